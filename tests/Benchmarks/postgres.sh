# A private PostgreSQL with its defaults, for the scripts beside this one, which source it. Expects $folder; KEEP=<folder> keeps its files there.
# start_postgres <database>... sets $server, the process, and $filled, which is not empty if the files were there.
server= filled=

start_postgres() {
  local as=() user=nobody programs data name
  # PostgreSQL refuses to run as root.
  if [ "$(id -u)" = 0 ]; then
    ! grep -q ^postgres: /etc/passwd || user=postgres
    as=(setpriv --reuid "$user" --regid "$(id -gn "$user")" --clear-groups)
  fi
  programs=${ACTORSHOP_POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)}
  programs=${programs:-$(dirname "$(command -v initdb)")}
  chmod 711 "$folder"
  mkdir -p "$folder/pg" ${KEEP:+"$KEEP"}
  data=${KEEP:-$folder/pg}/data
  [ ${#as[@]} -eq 0 ] || chown "$user" "$folder/pg" "${data%/data}"
  export LC_ALL=C
  if [ -d "$data" ]; then
    filled=1
  else
    ( cd / && "${as[@]}" "$programs/initdb" --pgdata "$data" --username shop --auth trust --encoding UTF8 --locale C ) >"$folder/log" 2>&1
    for name in "$@"; do echo "create database $name"; done |
      ( cd / && "${as[@]}" "$programs/postgres" --single -D "$data" postgres ) >>"$folder/log" 2>&1
  fi
  ( cd / && exec "${as[@]}" "$programs/postgres" -D "$data" -k "$folder/pg" -c listen_addresses= -c max_connections=200 >>"$folder/log" 2>&1 ) &
  server=$!
  until [ -S "$folder/pg/.s.PGSQL.5432" ]; do kill -0 $server; sleep 0.1; done
}

stop_postgres() {
  [ -z "$server" ] || { kill -INT "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
}

database() { echo "Host=$folder/pg;Username=shop;Database=$1"; }
