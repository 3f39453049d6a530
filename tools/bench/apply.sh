#!/usr/bin/env bash
# Prints how fast webhooks reach their conversations: accepted durably, routed, contact and conversation found or made,
# message written, pages told. From the first request to the last message; every figure is a median of $RUNS runs, and
# receivers take turns. The baseline, bench/fastapi-postgres, has its message in a table when it answers.
. "$(dirname "$0")/receivers.sh"
[ -n "${ATTACHE_TEST_POSTGRES:-}" ] || beside_postgres "$0" apply_bench
begin_work
BACKLOG="${BACKLOG:-200000}" ROUTES="${ROUTES:-1000000}"

# bench DATABASE ARGUMENT…: the program that accepts and applies.
bench() {
  local database=()
  [ "$1" = sqlite ] || database=(--database-url "$ATTACHE_TEST_POSTGRES")
  exec "$examples/apply_bench" "${database[@]}" --meta-app-id 1 --meta-app-secret secret "${@:2}"
}

# end_to_end DATABASE FILE REQUESTS BACKLOG [PER_SECOND]: adds what the load saw to FILE.load, what was applied to FILE.
end_to_end() {
  local address
  coproc DESK { bench "$1" --deliveries "$3" --backlog "$4" serve; }
  local pid="$DESK_PID" output
  exec {output}<&"${DESK[0]}"
  read -r address <&"$output"
  load "$address" "$3" "${@:5}" >>"$2.load"
  cat <&"$output" >>"$2"
  exec {output}<&-
  wait "$pid"
}

# drained DATABASE FILE MORE_ROUTES
drained() { (bench "$1" --deliveries "$REQUESTS" --phones 100 --more-routes "$3" drain) >>"$2"; }

for _ in $(seq "$RUNS"); do
  for database in sqlite postgres; do end_to_end "$database" "$work/$database" "$REQUESTS" 0; done
  fastapi $((REQUESTS / 10)) >>"$work/fastapi"
done
printf '%-12s %14s %12s %10s %10s   %s\n' receiver 'applied/s' 'accepted/s' 'p50 ms' 'peak MB' \
  "as fast as it goes, $CONNECTIONS connections, median of $RUNS"
for database in sqlite postgres; do
  printf '%-12s %14d %12d %10.2f %10d\n' "$database" "$(median per_second "$work/$database")" \
    "$(median per_second "$work/$database.load")" "$(median p50_us "$work/$database.load")e-3" "$(median peak_mb "$work/$database")"
done
fastapi="$(median per_second "$work/fastapi")"
printf '%-12s %14d %12d %10.2f\n' fastapi "$fastapi" "$fastapi" "$(median p50_us "$work/fastapi")e-3"
printf 'applied: sqlite / fastapi     %s (at least 4)\n' "$(ratio "$(median per_second "$work/sqlite")" "$fastapi")"
printf 'applied: postgres / fastapi   %s (at least 3)\n' "$(ratio "$(median per_second "$work/postgres")" "$fastapi")"

for database in sqlite postgres; do
  top="$(median per_second "$work/$database.load")"
  end_to_end "$database" "$work/half-$database" $((top * 3)) 0 $((top / 2))
  printf '%-12s accepting at half of that while applying: %d a second, p50 %.2f ms (below 5), p99 %.2f ms (below 50)\n' "$database" \
    "$(median per_second "$work/half-$database.load")" "$(median p50_us "$work/half-$database.load")e-3" \
    "$(median p99_us "$work/half-$database.load")e-3"
done

for database in sqlite postgres; do
  end_to_end "$database" "$work/backlog-$database" "$REQUESTS" "$BACKLOG"
  printf '%-12s accepting with a backlog of %d: %s of the rate without (at least 0.50), all applied at %d a second, peak %d MB (below 200)\n' \
    "$database" "$BACKLOG" "$(ratio "$(median per_second "$work/backlog-$database.load")" "$(median per_second "$work/$database.load")")" \
    "$(median per_second "$work/backlog-$database")" "$(median peak_mb "$work/backlog-$database")"
done

for database in sqlite postgres; do
  for _ in 1 2 3; do
    drained "$database" "$work/few-$database" 0
    drained "$database" "$work/many-$database" $((ROUTES - 100))
  done
  printf '%-12s applying with %d routes: %s of the rate with 100 (at least 0.90)\n' "$database" "$ROUTES" \
    "$(ratio "$(median per_second "$work/many-$database")" "$(median per_second "$work/few-$database")")"
done
all_accepted "$work"/*.load "$work/fastapi"
