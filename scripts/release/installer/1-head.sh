#!/bin/sh
# Installer of @SIGNATURE@: this script, and after its last line the program as a gzipped tar.
# Needs sh, tar, gzip and the usual small programs (sha256sum, tail, sed, chroot: coreutils), and nothing
# else: no Node, no compiler, no network.
#
# Exit codes: 0 done; 1 failed; 2 wrong command line; 3 licence not accepted; 4 this file or this machine
# will not do; 5 refused, nothing was changed; 6 the new release did not become healthy, the former runs again.
set -eu
umask 022

VERSION='@VERSION@'
SIGNATURE='@SIGNATURE@'
FOLDER='@FOLDER@'
MACHINE='@MACHINE@'
GLIBC='@GLIBC@'
PAYLOAD_AT=@PAYLOAD_AT@
PAYLOAD_SHA256='@PAYLOAD_SHA256@'
LICENCE_SHA256='@LICENCE_SHA256@'

usage() {
  cat <<END
Installer of $SIGNATURE

  sh $(basename "$0") [options]

  --accept-eula        accept the licence agreement without being asked; it is recorded that the flag did it
  --prefix DIR         where the program goes (/opt/keelson)
  --data-dir DIR       where its data go (/var/lib/keelson)
  --user NAME          who runs it; made when root installs and there is none (keelson)
  --port N             port of the VASA endpoint (8443)
  --public-names LIST  names and addresses by which vCenter and hosts reach it, separated by commas
  --admin-user NAME    first user, for registering in vCenter (admin). Password: KEELSON_ADMIN_PASSWORD, or
                       one is made and shown
  --no-service         set up no systemd service; --service: do, although the former installation has none
  --root DIR           install into DIR as the root of another system; starts nothing, asks nothing
  --verify             check this file, install nothing
  --extract DIR        unpack the program into DIR, install nothing
  --version, --help

Run again, a later release upgrades: data and configuration stay.
END
}

say() { printf '%s\n' "$1"; }

fail() {
  printf 'keelson installer: %s\n' "$1" >&2
  exit "${2:-1}"
}

licence_text() {
  cat <<'END_OF_LICENCE_TEXT'
@LICENCE@
END_OF_LICENCE_TEXT
}
