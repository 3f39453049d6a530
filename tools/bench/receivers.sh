# shellcheck shell=bash
# Sourced by intake.sh and apply.sh: the load, the baseline, and reading what they print.
. "$(dirname "${BASH_SOURCE[0]}")/../env.sh"

RUNS="${RUNS:-5}" CONNECTIONS="${CONNECTIONS:-128}" REQUESTS="${REQUESTS:-100000}"
examples="$CARGO_TARGET_DIR/release/examples"
python="$ATTACHE_CACHE/bench-python"

# beside_postgres SCRIPT EXAMPLE…: builds what is measured, then starts SCRIPT anew beside a PostgreSQL whose commits wait
# for the disk.
beside_postgres() {
  local script="$1" example wanted="$ROOT/bench/fastapi-postgres/requirements.txt" build=()
  shift
  for example in webhook_load "$@"; do build+=(--example "$example"); done
  cargo build --quiet --release -p server "${build[@]}"
  if ! cmp -s "$wanted" "$python/.installed"; then
    rm -rf "$python"
    python3 -m venv "$python"
    "$python/bin/pip" install -q --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$python/.installed"
  fi
  ATTACHE_POSTGRES_FSYNC=on exec bash "$ROOT/tools/with-postgres.sh" bash "$script"
}

work=''
baseline=''
# A folder of this run, $work, which goes with it.
begin_work() {
  work="$(mktemp -d "${TMPDIR:-/tmp}/attache-bench.XXXXXX")"
  trap end_work EXIT
}
# shellcheck disable=SC2317 # called by the trap
end_work() {
  [ -z "$baseline" ] || kill "$baseline" 2>/dev/null || true
  rm -rf "$work"
}

# load ADDRESS REQUESTS [PER_SECOND]: one line of JSON.
load() { "$examples/webhook_load" "$1" /webhooks/meta secret "$CONNECTIONS" "$2" 100000 10000 "${@:3}"; }

# fastapi REQUESTS [PER_SECOND]: bench/fastapi-postgres, two workers, under that load.
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

# fields NAME: of each line of JSON, sorted.
fields() { sed -E "s/.*\"$1\":([0-9]+).*/\1/" | sort -n; }
# median NAME FILE
median() { fields "$1" <"$2" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
# Fails when any answer was not 200.
all_accepted() { if grep -vhE '"codes":\{"200":[0-9]+\}' "$@"; then fail "not every webhook was accepted"; fi; }
