#!/bin/sh
# Starts Keelson with the Node runtime beside it, from wherever the folder lies and through symbolic links.
set -eu
self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname "$self")/$link ;;
  esac
done
home=$(cd -P "$(dirname "$self")/.." && pwd -P)
exec "$home/runtime/node" "$home/dist/src/main.js" "$@"
