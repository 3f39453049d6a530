#!/usr/bin/env bash
# Installs what this machine lacks. Does nothing, in a second, when nothing is missing.
#
#   tools/setup.sh demo    what building and running needs
#   tools/setup.sh test    that, and the browser, PostgreSQL and the checkers
#   tools/setup.sh bench   that, and the load tool
#   tools/setup.sh all     everything
. "$(dirname "$0")/env.sh"

purpose="${1:-all}"
case "$purpose" in demo | test | bench | all) ;; *) fail "usage: tools/setup.sh demo|test|bench|all" ;; esac

have cargo || fail "cargo was not found: install Rust with rustup first"

bash "$ROOT/tools/setup/debian-packages.sh" "$purpose"
bash "$ROOT/tools/setup/rust-wasm.sh"
bash "$ROOT/tools/setup/node.sh"
bash "$ROOT/tools/setup/npm-packages.sh" style
bash "$ROOT/tools/setup/cargo-tools.sh" demo
if [ "$purpose" != demo ]; then
  bash "$ROOT/tools/setup/cargo-tools.sh" test
  bash "$ROOT/tools/setup/npm-packages.sh" end2end
  bash "$ROOT/tools/setup/python.sh"
fi
say "Set up for $purpose (${SECONDS} s)"
