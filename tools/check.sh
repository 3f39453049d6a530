#!/usr/bin/env bash
# The quick look while working: format, lints, and the tests on SQLite alone. No browser, no PostgreSQL.
. "$(dirname "$0")/env.sh"
. "$(dirname "$0")/gates.sh"
. "$(dirname "$0")/lints.sh"

cd "$ROOT"
run_lints
if have cargo-nextest; then tests=(cargo nextest run --no-fail-fast); else tests=(cargo test --quiet); fi
gate "Tests on SQLite" env -u ATTACHE_TEST_POSTGRES INSTA_UPDATE=no "${tests[@]}" "$@" || true
print_gates
[ "$(failed_gates)" = 0 ]
