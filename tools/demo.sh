#!/usr/bin/env bash
# Runs the built product beside the Meta simulator, with sample people. Arguments go to `attache demo`.
. "$(dirname "$0")/env.sh"

[ -x "$ATTACHE_BIN" ] || fail "there is no $ATTACHE_BIN yet: run make build"
say "Starting Attaché and the Meta simulator; Ctrl-C stops both"
exec "$ATTACHE_BIN" demo "$@"
