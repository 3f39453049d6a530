#!/usr/bin/env bash
# Everything that has to be true before a change is kept: lints, tests on both databases, the built
# executable driven in a browser. Goes on after a failure, so that one run tells all, and fails at the end.
. "$(dirname "$0")/env.sh"
. "$(dirname "$0")/gates.sh"
. "$(dirname "$0")/lints.sh"
. "$(dirname "$0")/memory.sh"
. "$(dirname "$0")/tally.sh"

cd "$ROOT"
reports="$ROOT/target/reports"
rm -rf "$reports"
mkdir -p "$reports"

# Tests that talk to the simulator with Meta's Python SDK use this interpreter.
if [ -x "$ATTACHE_CACHE/python/bin/python" ]; then export ATTACHE_TEST_PYTHON="$ATTACHE_CACHE/python/bin/python"; fi
# What makes a second build of the same clone quicker makes the first one slower, and fills the disk.
if [ -n "${CI:-}" ]; then export CARGO_INCREMENTAL=0; fi
use_memory
# A snapshot that differs fails its test and is never written here.
export INSTA_UPDATE=no

rust_tests() {
  bash tools/with-postgres.sh cargo nextest run --no-fail-fast --status-level slow --final-status-level slow 2>&1 | tee "$reports/nextest.txt"
}
page_checks() { node end2end/lighthouse.mjs --start "$ATTACHE_BIN"; }
end_to_end() { (cd end2end && ATTACHE_BIN="$ATTACHE_BIN" npx playwright test); }

run_lints
gate "Dependencies" dependencies_are_allowed || true
gate "Types of the end-to-end tests" end_to_end_types_fit || true
gate "Tests on SQLite and PostgreSQL" rust_tests || true
if gate "Release build" bash tools/build.sh; then
  gate "Lighthouse on every page" page_checks || true
  print_gates
  gate "End to end in Chromium" end_to_end || true
else
  skip "Lighthouse on every page" "there is no executable"
  print_gates
  skip "End to end in Chromium" "there is no executable"
fi
note "all of it: $((SECONDS / 60)) min $((SECONDS % 60)) s"
tally "$reports" "$(failed_gates)"
[ "$(failed_gates)" = 0 ]
