
# Running it: as its own user, with none of the installing person's environment.
exec_as_user() {
  set -- env -i PATH="$PATH" KEELSON_CONFIG="$prefix/etc/keelson.yaml" "$@"
  if [ "$is_root" = yes ] && [ "$user" != root ]; then set -- chroot --userspec="$user" / "$@"; fi
  exec "$@"
}

as_user() { (exec_as_user "$@"); }

# The file is there while a provider listens, and after one that was killed; asking costs a process each time.
is_running() {
  [ -e "$data/admin.json" ] && as_user "$prefix/current/bin/keelson" status >/dev/null 2>&1
}

# From what `current` brings along.
write_service() {
  if [ "$service" = no ]; then return; fi
  case $data/ in
    /home/* | /root/* | /run/user/*) protect_home=no ;;
    *) protect_home=yes ;;
  esac
  case $data in
    /var/lib/*) state=${data#/var/lib/} ;;
    *) state='' ;;
  esac
  capabilities=''
  if [ "$port" -gt 0 ] && [ "$port" -lt 1024 ]; then capabilities=CAP_NET_BIND_SERVICE; fi
  units=$root/etc/systemd/system
  mkdir -p "$units/multi-user.target.wants"
  sed -e "s|__PREFIX__|$prefix|g" -e "s|__DATA_DIR__|$data|g" -e "s|__USER__|$user|g" \
    -e "s|__STATE__|$state|g" \
    -e "s|__PROTECT_HOME__|$protect_home|g" -e "s|__CAPABILITIES__|$capabilities|g" \
    "$home/current/install/keelson.service" | write_file "$units/keelson.service" 0644
  if [ -z "$root" ]; then
    systemctl daemon-reload
    systemctl --quiet enable keelson.service
  else
    ln -sf ../keelson.service "$units/multi-user.target.wants/keelson.service"
  fi
}

# A trial runs what `current` names on a port of its own, for this machine alone and without a console.
start_trial() {
  output=$root$data/log/installer-start.log
  as_user mkdir -p "$data/log"
  set -- KEELSON_PORT=0 KEELSON_HOST=127.0.0.1 KEELSON_CONSOLE_ENABLED=false "$@"
  exec_as_user env "$@" "$prefix/current/bin/keelson" serve >"$output" 2>&1 &
  trial=$!
}

# Starts what `current` names and waits until it says that it is well: the service, or else a trial.
start_and_wait() {
  if [ "$service" = yes ]; then
    systemctl restart keelson.service || return 1
  else
    start_trial
  fi
  wait_until_healthy || return 1
  end_trial
}

wait_until_healthy() {
  waited=0
  until is_running; do
    waited=$((waited + 1))
    if [ "$waited" -gt 300 ] || ! is_alive; then
      end_trial
      return 1
    fi
    sleep 0.2
  done
}

# What a trial said last; what a service said is in the journal.
tell_why() {
  if [ -n "$output" ]; then tail -n 20 "$output" >&2 || true; else say 'See: journalctl -u keelson.service' >&2; fi
}

is_alive() {
  if [ -n "$trial" ]; then
    kill -0 "$trial" 2>/dev/null
  elif systemctl --quiet is-failed keelson.service; then
    return 1
  fi
}

end_trial() {
  if [ -z "$trial" ]; then return; fi
  kill "$trial" 2>/dev/null || true
  wait "$trial" || true
  trial=''
}

stop_running() {
  if [ "$service" = yes ]; then systemctl stop keelson.service 2>/dev/null || true; fi
  if is_running; then fail "a provider runs on $data: stop it first" 5; fi
}
