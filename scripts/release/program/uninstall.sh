#!/bin/sh
# Takes Keelson away. The data folder stays unless --purge is given.
set -eu

usage() {
  cat <<'END'
uninstall.sh [--purge] [--yes] [--root DIR]

  --purge     delete the data folder too: keys, users, registrations, the simulated array, backups
  --yes       do not ask before that
  --root DIR  the installation was staged in DIR (installer --root)
END
}

fail() {
  echo "uninstall: $1" >&2
  exit "${2:-1}"
}

recorded() { sed -n "s/^$1=//p" "$record"; }

confirm_purge() {
  [ "$assume_yes" = no ] || return 0
  printf 'Delete %s with everything in it? Type "purge" to do so: ' "$data"
  read -r answer || answer=''
  [ "$answer" = purge ] || fail 'nothing was removed'
}

stop_service() {
  if [ "$service" = yes ] && [ -z "$root" ] && [ -d /run/systemd/system ]; then
    systemctl disable --now keelson.service >/dev/null 2>&1 || true
  elif [ -z "$root" ] && [ -e "$data/admin.json" ] && "$prefix/bin/keelson" status >/dev/null 2>&1; then
    fail "a provider runs on $data: stop it first" 5
  fi
}

remove_service() {
  [ "$service" = yes ] || return 0
  rm -f "$root/etc/systemd/system/keelson.service" \
    "$root/etc/systemd/system/multi-user.target.wants/keelson.service"
  if [ -z "$root" ] && [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
}

# Only what the installer made, by name: whatever else somebody put there stays.
remove_program() {
  link=$(recorded LINK)
  if [ -n "$link" ] && [ "$(readlink "$root$link" || true)" = "$(recorded PREFIX)/bin/keelson" ]; then
    rm -f "$root$link"
  fi
  for name in versions current bin/keelson etc/keelson.yaml etc/keelson.yaml.previous etc/installed \
    EULA-ACCEPTED uninstall.sh; do
    rm -rf "${prefix:?}/$name"
  done
  rmdir "$prefix/bin" "$prefix/etc" "$prefix" 2>/dev/null || true
}

purge_data() {
  rm -rf "${data:?}"
  if [ "$made_user" = yes ] && [ -z "$root" ] && command -v userdel >/dev/null; then
    userdel "$user" || echo "uninstall: the user $user could not be removed" >&2
  fi
}

main() {
  purge=no assume_yes=no root=''
  while [ $# -gt 0 ]; do
    case $1 in
      --purge) purge=yes ;;
      --yes) assume_yes=yes ;;
      --root) [ $# -gt 1 ] || fail '--root wants a folder' 2; root=${2%/}; shift ;;
      --help) usage; exit 0 ;;
      *) usage >&2; fail "unknown: $1" 2 ;;
    esac
    shift
  done
  prefix=$(cd -P "$(dirname "$0")" && pwd -P)
  cd /
  record=$prefix/etc/installed
  [ -f "$record" ] || fail "there is no installation in $prefix" 5
  data=$root$(recorded DATA_DIR) user=$(recorded USER) service=$(recorded SERVICE)
  made_user=$(recorded MADE_USER)
  if [ "$purge" = yes ]; then confirm_purge; fi
  stop_service
  remove_service
  remove_program
  if [ "$purge" = yes ]; then purge_data; else echo "The data stay in $data."; fi
  echo 'Keelson was removed.'
}

# One call that ends the shell: the file goes while it runs.
main "$@"
exit
