#!/usr/bin/env bash
# Kills the product with SIGKILL at random moments under load, CRASH_ROUNDS times (50) on SQLite and on PostgreSQL, and
# checks that nothing it acknowledged is lost and nothing is doubled. CRASH_SEED repeats a run.
. "$(dirname "$0")/env.sh"

cd "$ROOT"
mkdir -p "$ROOT/target/site"
export CRASH_ROUNDS="${CRASH_ROUNDS:-50}"
bash tools/with-postgres.sh cargo nextest run -p attache --test crash --no-capture
