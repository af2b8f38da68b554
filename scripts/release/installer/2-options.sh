
# The command line. Paths and names are kept to characters that mean nothing to a shell, to YAML and to systemd.
read_options() {
  accept=no only_verify=no given=no admin=admin
  prefix='' data='' user='' port='' names='' service='' root='' extract=''
  while [ $# -gt 0 ]; do
    case $1 in
      --accept-eula) accept=flag ;;
      --no-service) service=no ;;
      --service) service=yes ;;
      --verify) only_verify=yes ;;
      --version) say "$SIGNATURE"; exit 0 ;;
      --help) usage; exit 0 ;;
      --*=*) option=${1%%=*} value=${1#*=}; shift; set -- "$option" "$value" "$@"; continue ;;
      --prefix | --data-dir | --user | --port | --public-names | --admin-user | --root | --extract)
        [ $# -gt 1 ] || fail "$1 wants a value" 2
        read_value "$1" "$2"
        shift ;;
      *) usage >&2; fail "unknown: $1" 2 ;;
    esac
    shift
  done
}

read_value() {
  case $1 in
    --prefix) prefix=$(path_of "$1" "$2") ;;
    --data-dir) data=$(path_of "$1" "$2") given=yes ;;
    --root) root=$(path_of "$1" "$2") ;;
    --extract) case $2 in /*) extract=$2 ;; *) extract=$PWD/$2 ;; esac ;;
    --user) user=$(word_of "$1" "$2" 'A-Za-z0-9_-') ;;
    --admin-user) admin=$(word_of "$1" "$2" 'A-Za-z0-9_.@-') ;;
    --public-names) names=$(word_of "$1" "$2" 'A-Za-z0-9.:,-') given=yes ;;
    --port) port=$(port_of "$2") given=yes ;;
  esac
}

word_of() {
  rest=$(printf '%s' "$2" | tr -d "$3")
  if [ -n "$2" ] && [ -z "$rest" ]; then printf '%s' "$2"; else fail "$1 may have $3 only: $2" 2; fi
}

port_of() {
  rest=$(printf '%s' "$1" | tr -d '0-9')
  if [ -n "$1" ] && [ -z "$rest" ] && [ "${#1}" -le 5 ] && [ "$1" -le 65535 ]; then
    printf '%s' "$1"
  else
    fail "--port wants a number from 0 to 65535: $1" 2
  fi
}

path_of() {
  case $2 in
    /?*) ;;
    *) fail "$1 wants a path from the root: $2" 2 ;;
  esac
  case $2/ in */../* | */./* | *//*) fail "$1 wants a plain path: $2" 2 ;; esac
  word_of "$1" "$2" 'A-Za-z0-9_./-'
}

# What was not said comes from the installation that is there, and else is usual.
complete_options() {
  prefix=${prefix:-/opt/keelson}
  home=$root$prefix
  record=$home/etc/installed
  is_root=no
  if [ "$(id -u)" = 0 ]; then is_root=yes; fi
  found=$(recorded VERSION)
  if [ -n "$found" ] && [ -n "$data" ] && [ "$data" != "$(recorded DATA_DIR)" ]; then
    fail "the data are in $(recorded DATA_DIR); an upgrade does not move them" 5
  fi
  data=${data:-$(recorded DATA_DIR)}
  port=${port:-$(recorded PORT)}
  names=${names:-$(recorded NAMES)}
  data=${data:-/var/lib/keelson}
  complete_user
  complete_service
}

complete_user() {
  if [ "$is_root" = no ]; then
    if [ -n "$user" ] && [ "$user" != "$(id -un)" ]; then fail "only root can install for $user" 2; fi
    user=$(id -un)
  fi
  user=${user:-$(recorded USER)}
  user=${user:-keelson}
}

complete_service() {
  service=${service:-$(recorded SERVICE)}
  if [ -n "$service" ]; then return; fi
  service=yes
  if [ "$is_root" = no ]; then service=no; fi
  if [ -z "$root" ] && [ ! -d /run/systemd/system ]; then service=no; fi
}

recorded() {
  if [ -f "$record" ]; then sed -n "s/^$1=//p" "$record"; fi
}
