#!/usr/bin/env bash
# Builds the one executable: the pages' WASM, script and style first, compressed into target/site, then
# the server with that folder embedded. Leaves target/dist/attache, which needs no file beside it.
. "$(dirname "$0")/env.sh"

cd "$ROOT"
# cargo-leptos takes Tailwind from PATH and compares its version with this one.
LEPTOS_TAILWIND_VERSION="v$(node -p "require('./style/node_modules/tailwindcss/package.json').version")"
export LEPTOS_TAILWIND_VERSION
# Only with -P is the site complete before the server is compiled.
timed "Building Attaché" cargo leptos build --release -P

mkdir -p "$(dirname "$ATTACHE_BIN")"
# Copied aside and renamed, so that a running one is not written over.
cp "$CARGO_TARGET_DIR/release/attache" "$ATTACHE_BIN.new"
mv "$ATTACHE_BIN.new" "$ATTACHE_BIN"
note "$ATTACHE_BIN ($(($(stat -c %s "$ATTACHE_BIN") / 1024 / 1024)) MB)"
