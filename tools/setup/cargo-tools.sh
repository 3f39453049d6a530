#!/usr/bin/env bash
# cargo-tools.sh demo|test: installs the cargo tools into the cache, each in the version that fits this
# workspace. They are compiled quickly rather than to be quick: they do little work.
. "$(dirname "$0")/../env.sh"

# The newest cargo-leptos that compiles with Rust 1.95.
cargo_leptos=0.3.10
cargo_deny=0.20.2
cargo_nextest=0.9.151
# The command must speak the very version of the library.
wasm_bindgen="$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p;}' "$ROOT/Cargo.lock")"

# The tools share this folder while they are compiled, since they share crates; it goes when they are there.
build_dir="$ATTACHE_CACHE/tools-target"

# at_version COMMAND VERSION ARGUMENT…: does COMMAND, asked with ARGUMENT…, name VERSION?
at_version() {
  local command="$1" version="$2"
  shift 2
  have "$command" && "$command" "$@" 2>/dev/null | grep -qwF "$version"
}

cargo_install() {
  CARGO_TARGET_DIR="$build_dir" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=false \
    cargo install --root "$ATTACHE_TOOLS" --force "$@"
}

# install CRATE VERSION MINUTES ARGUMENT…
install() {
  local crate="$1" version="$2" minutes="$3"
  shift 3
  note "once, about $minutes minutes on two cores"
  # The locked set first; a mirror that lacks one of its crates makes cargo choose for itself.
  cargo_install --locked "$crate" --version "=$version" "$@" || cargo_install "$crate" --version "=$version" "$@"
}

case "${1:-demo}" in
demo)
  at_version wasm-bindgen "$wasm_bindgen" --version ||
    timed "Compiling wasm-bindgen $wasm_bindgen" install wasm-bindgen-cli "$wasm_bindgen" 2
  at_version cargo-leptos "$cargo_leptos" --version ||
    timed "Compiling cargo-leptos $cargo_leptos" install cargo-leptos "$cargo_leptos" 10 --no-default-features --features no_downloads
  ;;
test)
  # Any recent one of these is good.
  have cargo-nextest ||
    timed "Compiling cargo-nextest $cargo_nextest" install cargo-nextest "$cargo_nextest" 4 --no-default-features --features default-no-update
  have cargo-deny ||
    timed "Compiling cargo-deny $cargo_deny" install cargo-deny "$cargo_deny" 2
  ;;
*) fail "usage: cargo-tools.sh demo|test" ;;
esac
rm -rf "$build_dir"
