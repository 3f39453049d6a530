#!/usr/bin/env bash
# Prints how fast webhooks are accepted: verified and durably stored before the answer. Every figure is a median of
# $RUNS runs, and receivers take turns, so that ratios are of one run on one machine.
#   nothing     verifies and stores nothing: what HTTP alone allows
#   sqlite      the product's own route, journal on SQLite
#   postgres    the same, journal on PostgreSQL (fsync on)
#   fastapi     bench/fastapi-postgres, two workers, on the same PostgreSQL
. "$(dirname "$0")/receivers.sh"
[ -n "${ATTACHE_TEST_POSTGRES:-}" ] || beside_postgres "$0" intake_bench
begin_work

# rust STORE REQUESTS [PER_SECOND]: our door, in a process and a folder of its own.
rust() {
  local url="sqlite:$work/data/attache.db" store=journal address
  case "$1" in
    nothing) store=nothing ;;
    postgres) url="$ATTACHE_TEST_POSTGRES" ;;
  esac
  coproc DOOR {
    exec "$examples/intake_bench" --store "$store" --database-url "$url" --data-dir "$work/data" \
      --meta-app-id 1 --meta-app-secret secret
  }
  local pid="$DOOR_PID" input="${DOOR[1]}"
  read -r address <&"${DOOR[0]}"
  load "$address" "${@:2}"
  # It ends with its standard input.
  exec {input}>&-
  wait "$pid" || true
  rm -rf "$work/data"
}

for _ in $(seq "$RUNS"); do
  for store in nothing sqlite postgres; do rust "$store" "$REQUESTS" >>"$work/$store"; done
  fastapi $((REQUESTS / 10)) >>"$work/fastapi"
done
all_accepted "$work"/{nothing,sqlite,postgres,fastapi}

printf '%-12s %14s %10s %10s   %s\n' receiver 'a second' 'p50 ms' 'p99 ms' "as fast as it goes, $CONNECTIONS connections, median of $RUNS"
for store in nothing sqlite postgres fastapi; do
  printf '%-12s %14d %10.2f %10.2f\n' "$store" "$(median per_second "$work/$store")" \
    "$(median p50_us "$work/$store")e-3" "$(median p99_us "$work/$store")e-3"
done
nothing="$(median per_second "$work/nothing")" postgres="$(median per_second "$work/postgres")"
printf 'sqlite / nothing     %s (at least 0.60)\n' "$(ratio "$(median per_second "$work/sqlite")" "$nothing")"
printf 'postgres / nothing   %s (at least 0.50)\n' "$(ratio "$postgres" "$nothing")"
printf 'postgres / fastapi   %s (at least 12)\n' "$(ratio "$postgres" "$(median per_second "$work/fastapi")")"
