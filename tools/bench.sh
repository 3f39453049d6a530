#!/usr/bin/env bash
# Prints the figures of docs/PERFORMANCE.md. Asserts nothing and writes nothing. Figures that depend on
# the machine are printed beside another figure of the same run, or as the median of five.
. "$(dirname "$0")/env.sh"

[ -x "$ATTACHE_BIN" ] || fail "there is no $ATTACHE_BIN yet: run make build"
export ATTACHE_BIN
cd "$ROOT/end2end"

say "The one executable"
printf '%-44s %10.1f MB\n' "size" "$(($(stat -c %s "$ATTACHE_BIN") / 1000))e-3"
printf '%-44s %10.1f MB\n' "size, gzip" "$(($(gzip -9 -c "$ATTACHE_BIN" | wc -c) / 1000))e-3"

say "First load of each page, brotli (at most 200 KB)"
node bench/first-load.mjs

say "Start and memory of attache serve (idle at most 40 MB)"
node bench/start-and-memory.mjs

say "Status page of a signed-in owner beside a static answer of about its size"
node bench/pages-per-second.mjs

say "From signing up to a connected business, scripted"
node bench/first-connect.mjs

# Rounds and calls of discovering the agency world, and its time against one call per Page.
if [ -f "$ROOT/server/examples/discovery_bench.rs" ]; then
  say "Discovery of the agency world"
  (cd "$ROOT" && cargo run --quiet --release -p server --example discovery_bench)
fi

say "Looking after 10,000 assets of 1,000 businesses for a day"
(cd "$ROOT" && cargo run --quiet --release -p server --example health_bench)

say "Webhooks accepted: verified and stored before the answer"
bash "$ROOT/tools/bench/intake.sh"

say "Webhooks applied: routed, and in their conversations"
bash "$ROOT/tools/bench/apply.sh"

say "Lighthouse"
node lighthouse.mjs --start "$ATTACHE_BIN" --performance --runs "${LIGHTHOUSE_RUNS:-3}"
