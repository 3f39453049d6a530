#!/usr/bin/env bash
# Takes the README's picture, docs/screenshot.png, of the built demo's status page.
. "$(dirname "$0")/env.sh"

mkdir -p "$ROOT/docs"
cd "$ROOT/end2end"
README_PICTURE=1 ATTACHE_BIN="$ATTACHE_BIN" npx playwright test --project=light specs/readme
note "$ROOT/docs/screenshot.png"
