#!/usr/bin/env bash
# with-postgres.sh COMMAND…: runs COMMAND beside a PostgreSQL of its own and stops that afterwards.
# COMMAND finds it in ATTACHE_TEST_POSTGRES. It listens on 127.0.0.1 and keeps nothing: its folder is deleted.
# With ATTACHE_POSTGRES_FSYNC=on each commit waits for the disk, as in production.
. "$(dirname "$0")/env.sh"

[ $# -gt 0 ] || fail "usage: tools/with-postgres.sh COMMAND…"
programs="$("$ROOT/tools/postgres-bin.sh")" || fail "PostgreSQL's programs were not found: run make setup"
folder="$(mktemp -d "${TMPDIR:-/tmp}/attache-postgres.XXXXXX")"

# PostgreSQL refuses to run as root.
as_postgres=()
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || fail "run as root, this needs the system user postgres, which Debian's package makes"
  chown postgres "$folder"
  as_postgres=(runuser -u postgres --)
fi

# shellcheck disable=SC2317 # called by the trap
stop() {
  # Only the server of this folder is asked to stop: pg_ctl reads its process id there.
  (cd / && "${as_postgres[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd / # a folder that the user postgres may enter
"${as_postgres[@]}" "$programs/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder.log" 2>&1 ||
  { cat "$folder.log" >&2; rm -f "$folder.log"; fail "initdb failed"; }
rm -f "$folder.log"

# Tests need no disk: what is lost with the power is thrown away in any case.
fsync="${ATTACHE_POSTGRES_FSYNC:-off}"
settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=200
  -c fsync=$fsync -c synchronous_commit=$fsync -c full_page_writes=$fsync -c shared_buffers=128MB"
port=''
for _ in 1 2 3 4 5; do
  try=$((20000 + RANDOM % 30000))
  if "${as_postgres[@]}" "$programs/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w -t 60 \
    -o "$(printf '%s ' "$settings" | tr '\n' ' ') -p $try" start >/dev/null 2>&1; then
    port=$try
    break
  fi
done
[ -n "$port" ] || { tail -n 20 "$folder/data/log" >&2; fail "PostgreSQL did not start"; }

cd "$ROOT"
export ATTACHE_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
note "PostgreSQL listens on 127.0.0.1:$port"
status=0
"$@" || status=$?
exit "$status"
