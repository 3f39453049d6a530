#!/usr/bin/env bash
# Prints how fast webhooks are accepted: verified and durably stored before the answer. Every figure is a median of
# $RUNS runs, and receivers take turns, so that ratios are of one run on one machine.
#   nothing     verifies and stores nothing: what HTTP alone allows
#   sqlite      the product's own route, journal on SQLite
#   postgres    the same, journal on PostgreSQL (fsync on)
#   fastapi     bench/fastapi-postgres, two workers, on the same PostgreSQL
. "$(dirname "$0")/../env.sh"

RUNS="${RUNS:-5}" CONNECTIONS="${CONNECTIONS:-128}" REQUESTS="${REQUESTS:-100000}"
examples="$CARGO_TARGET_DIR/release/examples"
python="$ATTACHE_CACHE/bench-python"
wanted="$ROOT/bench/fastapi-postgres/requirements.txt"

if [ -z "${ATTACHE_TEST_POSTGRES:-}" ]; then
  cargo build --quiet --release -p server --example intake_bench --example webhook_load
  if ! cmp -s "$wanted" "$python/.installed"; then
    rm -rf "$python"
    python3 -m venv "$python"
    "$python/bin/pip" install -q --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$python/.installed"
  fi
  ATTACHE_POSTGRES_FSYNC=on exec bash "$ROOT/tools/with-postgres.sh" bash "$0"
fi

work="$(mktemp -d "${TMPDIR:-/tmp}/attache-intake.XXXXXX")"
baseline=''
# shellcheck disable=SC2317 # called by the trap
clean() {
  [ -z "$baseline" ] || kill "$baseline" 2>/dev/null || true
  rm -rf "$work"
}
trap clean EXIT

# load ADDRESS REQUESTS [PER_SECOND]: one line of JSON.
load() { "$examples/webhook_load" "$1" /webhooks/meta secret "$CONNECTIONS" "$2" 100000 10000 "${@:3}"; }

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

# fastapi REQUESTS [PER_SECOND]
fastapi() {
  local port=$((20000 + RANDOM % 30000))
  (cd "$ROOT/bench/fastapi-postgres" && META_APP_SECRET=secret POSTGRES_DSN="$ATTACHE_TEST_POSTGRES" PYTHONDONTWRITEBYTECODE=1 \
    exec "$python/bin/uvicorn" app:app --port "$port" --workers 2 --log-level error) &
  baseline=$!
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 "$baseline"; sleep 0.1; done
  load "127.0.0.1:$port" "$@"
  kill "$baseline"
  wait "$baseline" || true
  baseline=''
}

# field NAME: of each line of JSON, sorted.
field() { sed -E "s/.*\"$1\":([0-9]+).*/\1/" | sort -n; }
# median NAME FILE
median() { field "$1" <"$2" | sed -n "$(((RUNS + 1) / 2))p"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

for _ in $(seq "$RUNS"); do
  for store in nothing sqlite postgres; do rust "$store" "$REQUESTS" >>"$work/$store"; done
  fastapi $((REQUESTS / 10)) >>"$work/fastapi"
done
if grep -vhE '"codes":\{"200":[0-9]+\}' "$work"/{nothing,sqlite,postgres,fastapi}; then fail "not every webhook was accepted"; fi

printf '%-12s %14s %10s %10s   %s\n' receiver 'a second' 'p50 ms' 'p99 ms' "as fast as it goes, $CONNECTIONS connections, median of $RUNS"
for store in nothing sqlite postgres fastapi; do
  printf '%-12s %14d %10.2f %10.2f\n' "$store" "$(median per_second "$work/$store")" \
    "$(median p50_us "$work/$store")e-3" "$(median p99_us "$work/$store")e-3"
done
for store in sqlite postgres; do
  half=$(($(median per_second "$work/$store") / 2))
  rust "$store" $((half * 3)) "$half" >"$work/half"
  printf '%-12s %14d %10.2f %10.2f   at half of that\n' "$store" "$half" "$(field p50_us <"$work/half")e-3" "$(field p99_us <"$work/half")e-3"
done
nothing="$(median per_second "$work/nothing")" postgres="$(median per_second "$work/postgres")"
printf 'sqlite / nothing     %s (at least 0.60)\n' "$(ratio "$(median per_second "$work/sqlite")" "$nothing")"
printf 'postgres / nothing   %s (at least 0.50)\n' "$(ratio "$postgres" "$nothing")"
printf 'postgres / fastapi   %s (at least 12)\n' "$(ratio "$postgres" "$(median per_second "$work/fastapi")")"
