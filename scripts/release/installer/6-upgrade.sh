
# First installation: a first start makes the first user, whose password is then seen once and here, not in a log.
# Data that are there have their users.
try_first() {
  password=''
  if [ ! -e "$data/provider.db" ]; then
    password=${KEELSON_ADMIN_PASSWORD:-$("$target/runtime/node" -p \
      'require("node:crypto").randomBytes(15).toString("base64url")')}
  fi
  start_trial KEELSON_ADMIN_USER="$admin" ${password:+KEELSON_ADMIN_PASSWORD="$password"}
  wait_until_healthy || return 1
  end_trial
  if [ -n "${KEELSON_ADMIN_PASSWORD:-}" ]; then password=''; fi
}

# What the new release changes in the data cannot be read by the former one; so all of it is kept until the new one
# has proved well. Logs and backups are not data that a release changes.
kept=.before-upgrade

data_entries() {
  for entry in "$data"/* "$data"/.[!.]*; do
    case ${entry##*/} in "$kept" | log | backups) continue ;; esac
    if [ -e "$entry" ] || [ -L "$entry" ]; then printf '%s\n' "${entry##*/}"; fi
  done
}

keep_data() {
  rm -rf "${data:?}/$kept"
  mkdir -m 0700 "$data/$kept"
  data_entries | while IFS= read -r entry; do
    cp -pR "$data/$entry" "$data/$kept/" || exit 1
  done || fail "there is no room in $data for a copy of the data; nothing was changed"
}

restore_data() {
  data_entries | while IFS= read -r entry; do rm -rf "${data:?}/$entry"; done
  for entry in "$data/$kept"/* "$data/$kept"/.[!.]*; do
    if [ -e "$entry" ] || [ -L "$entry" ]; then mv "$entry" "$data/"; fi
  done
  rmdir "$data/$kept"
}

back_up() {
  as_user mkdir -p -m 0700 "$data/backups"
  backup=$data/backups/before-$VERSION-$(date -u +%Y%m%dT%H%M%SZ).backup
  as_user "$prefix/current/bin/keelson" backup create "$backup" >/dev/null ||
    fail 'no backup could be made; nothing was changed'
}

roll_back() {
  phase=finished
  if [ "$service" = yes ]; then systemctl stop keelson.service || true; fi
  end_trial
  switch_to "$found"
  write_service
  restore_data
  if [ -n "${target:-}" ]; then rm -rf "${target:?}"; fi
  if [ "$service" = yes ]; then systemctl start keelson.service || true; fi
}

upgrade() {
  say "Upgrading $(recorded SIGNATURE)."
  back_up
  say "Backup: $backup"
  phase=stopped
  stop_running
  keep_data
  phase=switched
  switch_to "$VERSION"
  write_service
  if ! start_and_wait; then
    tell_why
    former=$(recorded SIGNATURE)
    roll_back
    fail "the new release did not become healthy; $former is back, with its data as they were" 6
  fi
  rm -rf "${data:?}/$kept"
  phase=finished
}

# The release before this one stays, for a look; earlier ones go.
remove_old_versions() {
  for folder in "$home"/versions/*; do
    case ${folder##*/} in "$VERSION" | "$found") ;; *) rm -rf "$folder" ;; esac
  done
}
