# shellcheck shell=bash
# Sourced by every script here: where things are kept, what is on PATH, and how a step is announced.
#
# Everything that is built or installed for Attaché, and is not the clone itself, lies in one cache
# folder, so that a second clone (or a second run) starts warm:
#   $ATTACHE_CACHE/target   what cargo compiles (CARGO_TARGET_DIR wins when it is set)
#   $ATTACHE_CACHE/tools    cargo-leptos, wasm-bindgen, cargo-deny, cargo-nextest, node when needed
#   $ATTACHE_CACHE/python   the virtual environment of the tests that use Meta's Python SDK

set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
ATTACHE_CACHE="${ATTACHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/attache}"
ATTACHE_TOOLS="$ATTACHE_CACHE/tools"
CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$ATTACHE_CACHE/target}"
export ROOT ATTACHE_CACHE ATTACHE_TOOLS CARGO_TARGET_DIR
mkdir -p "$ATTACHE_TOOLS/bin" "$CARGO_TARGET_DIR"

# The one executable that `make build` leaves behind.
# shellcheck disable=SC2034
ATTACHE_BIN="$ROOT/target/dist/attache"

# cargo's own folder may be missing from the PATH of a fresh shell or of a service.
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
if [ -d "$ATTACHE_TOOLS/node/bin" ]; then PATH="$ATTACHE_TOOLS/node/bin:$PATH"; fi
PATH="$ATTACHE_TOOLS/bin:$ROOT/style/node_modules/.bin:$PATH"
# Present only where rustup could not fetch the wasm target: see setup/rust-from-debian.sh.
if [ -d "$ATTACHE_TOOLS/rust-from-debian" ]; then PATH="$ATTACHE_TOOLS/rust-from-debian:$PATH"; fi
export PATH

if [ -t 1 ]; then BOLD=$'\033[1m' PLAIN=$'\033[0m'; else BOLD='' PLAIN=''; fi

# Says what is about to happen.
say() { printf '%s==> %s%s\n' "$BOLD" "$*" "$PLAIN"; }

# Says a detail of what is happening.
note() { printf '    %s\n' "$*"; }

# Says what went wrong and what to do, and stops.
fail() {
  printf '%serror:%s %s\n' "$BOLD" "$PLAIN" "$*" >&2
  exit 1
}

# timed NAME COMMAND…: announces a step, runs it and prints how long it took.
timed() {
  local name="$1" began=$SECONDS
  shift
  say "$name"
  "$@"
  note "$name: $((SECONDS - began)) s"
}

# have COMMAND: is it on PATH?
have() { command -v "$1" >/dev/null 2>&1; }
