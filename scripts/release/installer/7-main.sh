
# Whatever ends the installer half-way leaves what was there before.
clean_up() {
  code=$?
  trap - EXIT
  case $phase in
    fresh) remove_fresh ;;
    unpacked) remove_unpacked ;;
    stopped)
      remove_unpacked
      rm -rf "${data:?}/$kept"
      if [ "$service" = yes ]; then systemctl start keelson.service || true; fi ;;
    switched) roll_back ;;
  esac
  exit "$code"
}

remove_unpacked() {
  rm -rf "$home/versions/.unpacking"
  if [ "$VERSION" != "$found" ]; then rm -rf "$home/versions/$VERSION"; fi
}

remove_fresh() {
  if [ "$service" = yes ] && [ -z "$root" ]; then systemctl disable --now keelson.service 2>/dev/null || true; fi
  end_trial
  rm -rf "${home:?}/versions" "$home/current" "$home/.current" "$home/bin/keelson" "$home/uninstall.sh"
  rm -f "$home/etc/keelson.yaml" "$home/etc/keelson.yaml.new" "$home/etc/installed" "$home/EULA-ACCEPTED"
  if [ "$service" = yes ]; then
    rm -f "$root/etc/systemd/system/keelson.service" \
      "$root/etc/systemd/system/multi-user.target.wants/keelson.service"
  fi
  if [ -n "${link:-}" ]; then rm -f "$root$link"; fi
  rmdir "$home/bin" "$home/etc" "$home" 2>/dev/null || true
  if [ "$made_data" = yes ]; then rm -rf "${root}${data:?}"; fi
  if [ "${made_user:-no}" = yes ]; then userdel "$user" 2>/dev/null || true; fi
}

extract_only() {
  [ ! -e "$extract" ] || fail "$extract is there already" 5
  mkdir -p "$extract"
  payload | tar -xzof - -C "$extract"
  record_acceptance "$extract"
  say "$extract/$FOLDER"
}

install_fresh() {
  phase=fresh
  unpack
  make_user
  make_data_folder
  link='' password=''
  write_configuration
  write_commands
  switch_to "$VERSION"
  write_service
  if [ -z "$root" ]; then
    try_first || give_up
    if [ "$service" = yes ]; then start_and_wait || give_up; fi
  fi
  record_acceptance "$home"
  write_record
  phase=finished
}

give_up() {
  tell_why
  fail 'the provider did not become healthy; nothing stays installed'
}

install_over() {
  link='' password=''
  phase=unpacked
  unpack
  make_user
  if [ -n "$root" ]; then
    switch_to "$VERSION"
  elif [ "$VERSION" != "$found" ]; then
    upgrade
    remove_old_versions
  fi
  phase=finished
  write_configuration
  write_commands
  write_service
  record_acceptance "$home"
  write_record
  if [ "$service" = yes ] && [ "$given" = yes ] && [ -z "$root" ]; then systemctl restart keelson.service; fi
}

tell_result() {
  say ''
  say "$SIGNATURE is installed in $prefix."
  say "  configuration   $prefix/etc/keelson.yaml"
  say "  data            $data"
  say "  command         $prefix/bin/keelson"
  say "  documentation   $prefix/current/documentation/README.html"
  say "  uninstall       $prefix/uninstall.sh"
  if [ -n "$password" ]; then
    say "  user            $admin"
    say "  password        $password   (shown this once)"
  fi
  if [ -n "$root" ]; then return; fi
  if [ "$service" = yes ]; then
    say "  service         keelson.service runs; $prefix/bin/keelson status"
    say "  console         http://127.0.0.1:8444/ on this machine, unless configured otherwise"
  else
    say "  start it        $prefix/bin/keelson serve   (as the user $user)"
  fi
}

offer_documentation() {
  if [ "$accept" = flag ] || [ -n "$root" ] || [ ! -t 0 ]; then return; fi
  if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || ! command -v xdg-open >/dev/null; then return; fi
  ask 'Open the documentation now' yes
  if [ "$answer" = yes ]; then xdg-open "$prefix/current/documentation/README.html" || true; fi
}

main() {
  read_options "$@"
  case $0 in /*) self=$0 ;; *) self=$PWD/$0 ;; esac
  phase=none made_data=no trial='' output=''
  complete_options
  check_machine
  check_payload
  if [ "$only_verify" = yes ]; then say "whole: $SIGNATURE, SHA-256 of the program $PAYLOAD_SHA256"; exit 0; fi
  if [ -z "$extract" ]; then check_found; fi
  accept_licence
  if [ -n "$extract" ]; then extract_only; exit 0; fi
  ask_settings
  cd /
  trap clean_up EXIT
  trap 'exit 1' HUP INT TERM
  if [ -z "$found" ]; then install_fresh; else install_over; fi
  tell_result
  offer_documentation
}

main "$@"
exit
