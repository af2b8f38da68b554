
# Putting the program there: each release in a folder of its own, `current` names the one that runs.
number_of() {
  printf '%s\n' "$1" | { IFS=. read -r a b c; printf '%s' "$((a * 1000000 + b * 1000 + c))"; }
}

check_found() {
  if [ -z "$found" ]; then return; fi
  if [ "$(number_of "$VERSION")" -lt "$(number_of "$found")" ]; then
    fail "$(recorded SIGNATURE) is installed, which is later: its data cannot be opened by an earlier release. Uninstall, and restore a backup of that time." 5
  fi
  if [ "$VERSION" = "$found" ] && [ "$SIGNATURE" != "$(recorded SIGNATURE)" ]; then
    fail "another build of $VERSION is installed: $(recorded SIGNATURE). Uninstall it first; the data stay." 5
  fi
  if [ "$VERSION" != "$found" ] && [ "$service" = no ] && [ -z "$root" ] && is_running; then
    fail "a provider runs on $data: stop it first" 5
  fi
}

unpack() {
  target=$home/versions/$VERSION
  if [ -d "$target" ]; then return; fi
  mkdir -p "$home/versions"
  unpacking=$home/versions/.unpacking
  rm -rf "$unpacking"
  mkdir "$unpacking"
  payload | tar -xzof - -C "$unpacking" || fail 'the program could not be unpacked: is the disk full?'
  check_runtime "$unpacking/$FOLDER"
  mv "$unpacking/$FOLDER" "$target"
  rmdir "$unpacking"
}

# The two compiled parts are loaded once, before anything depends on them.
check_runtime() {
  says=$("$1/runtime/node" -e 'process.dlopen({ exports: {} }, process.argv[1])' \
    "$1/node_modules/better-sqlite3/build/Release/better_sqlite3.node" 2>&1) ||
    fail "the program does not run here; it needs glibc $GLIBC and libstdc++ of the same age, or later: $says" 4
}

make_user() {
  made_user=$(recorded MADE_USER)
  made_user=${made_user:-no}
  if [ "$is_root" = no ] || [ -n "$root" ] || id "$user" >/dev/null 2>&1; then return; fi
  command -v useradd >/dev/null || fail "there is no user $user, and no useradd to make one" 4
  useradd --system --home-dir "$data" --no-create-home --shell /usr/sbin/nologin "$user"
  made_user=yes
}

make_data_folder() {
  if [ ! -d "$root$data" ]; then
    mkdir -p "$(dirname "$root$data")"
    mkdir -m 0700 "$root$data"
    made_data=yes
  fi
  # The user may have been made anew since these data were written.
  if [ "$is_root" = yes ] && [ -z "$root" ]; then chown -R "$user" "$data"; fi
}

write_file() {
  cat >"$1.new"
  chmod "$2" "$1.new"
  mv -f "$1.new" "$1"
}

write_configuration() {
  mkdir -p "$home/etc" "$home/bin"
  file=$home/etc/keelson.yaml
  if [ -f "$file" ] && [ "$given" = no ]; then return; fi
  if [ -f "$file" ]; then cp -p "$file" "$file.previous"; fi
  write_file "$file" 0644 <<END
# Written by the installer of $SIGNATURE. Yours to change: the documentation has every setting (docs/configuration).
# An upgrade leaves this file alone, unless it is told a setting by flag; then the former is kept beside it.
dataDir: $data
port: $port
publicNames: [$(printf '%s' "$names" | sed "s/[^,][^,]*/'&'/g")]
log:
  directory: $data/log
  stdout: false
END
}

write_commands() {
  write_file "$home/bin/keelson" 0755 <<END
#!/bin/sh
# Written by the installer: keelson with this installation's configuration.
: "\${KEELSON_CONFIG:=$prefix/etc/keelson.yaml}"
export KEELSON_CONFIG
exec $prefix/current/bin/keelson "\$@"
END
  write_file "$home/uninstall.sh" 0755 <"$target/install/uninstall.sh"
  link=$(recorded LINK)
  if [ "$is_root" = yes ] && [ -d "$root/usr/local/bin" ] && [ ! -e "$root/usr/local/bin/keelson" ] &&
    [ ! -L "$root/usr/local/bin/keelson" ]; then
    ln -s "$prefix/bin/keelson" "$root/usr/local/bin/keelson"
    link=/usr/local/bin/keelson
  fi
}

write_record() {
  write_file "$record" 0644 <<END
VERSION=$VERSION
SIGNATURE=$SIGNATURE
PREFIX=$prefix
DATA_DIR=$data
USER=$user
MADE_USER=$made_user
SERVICE=$service
PORT=$port
NAMES=$names
LINK=$link
END
}

# One rename: whoever starts the program at this moment gets the one or the other.
switch_to() {
  rm -f "$home/.current"
  ln -s "versions/$1" "$home/.current"
  mv -fT "$home/.current" "$home/current"
}
