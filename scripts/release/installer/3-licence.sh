
# Nothing is written before this file is known to be whole and the licence to be accepted.
check_machine() {
  for tool in cat chmod chown chroot cp date dirname env gzip id ln mkdir mv readlink rm rmdir sed sha256sum sleep tail tar tr uname; do
    command -v "$tool" >/dev/null || fail "this machine has no $tool" 4
  done
  [ "$(uname -s) $(uname -m)" = "Linux $MACHINE" ] ||
    fail "this release is for Linux $MACHINE; this is $(uname -s) $(uname -m)" 4
}

payload() { tail -c "+$PAYLOAD_AT" "$self"; }

check_payload() {
  sum=$(payload | sha256sum)
  [ "${sum%% *}" = "$PAYLOAD_SHA256" ] || fail "$self is damaged: fetch it again" 4
}

accept_licence() {
  if [ "$accept" = flag ]; then return; fi
  if [ -t 0 ] && [ -t 1 ]; then
    licence_text | "${PAGER:-more}" || licence_text
  else
    licence_text
  fi
  printf 'Type "yes" to accept: '
  read -r answer || answer=''
  case $answer in
    yes | YES | Yes) accept=answer ;;
    *) say ''; fail 'the licence agreement was not accepted; nothing was installed' 3 ;;
  esac
}

# A line for each time: when, who, how, for which release, and which text.
record_acceptance() {
  printf '%s %s accepted by %s: %s, SHA-256 of the text %s\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${SUDO_USER:-$(id -un 2>/dev/null || id -u)}" "$accept" "$SIGNATURE" \
    "$LICENCE_SHA256" >>"$1/EULA-ACCEPTED"
}

# Asked only of a person, and only what no flag and no former installation says.
ask_settings() {
  if [ "$accept" = flag ] || [ -n "$found" ] || [ -n "$root" ] || [ ! -t 0 ]; then
    port=${port:-8443}
    return
  fi
  if [ -z "$port" ]; then
    ask 'Port of the VASA endpoint' 8443
    port=$(port_of "$answer")
  fi
  if [ -z "$names" ]; then
    ask 'Names or addresses by which vCenter and hosts reach it' "$(hostname -f 2>/dev/null || uname -n)"
    names=$(word_of 'the list of names' "$answer" 'A-Za-z0-9.:,-')
  fi
}

ask() {
  printf '%s [%s]: ' "$1" "$2"
  read -r answer || answer=''
  answer=${answer:-$2}
}
