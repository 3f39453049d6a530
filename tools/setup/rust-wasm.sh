#!/usr/bin/env bash
# Makes sure that rustc can compile for wasm32-unknown-unknown: from rustup's server, or, where that
# cannot be reached, with Debian's own toolchain. ATTACHE_RUST=debian takes the second way at once.
. "$(dirname "$0")/../env.sh"

target=wasm32-unknown-unknown
has_target() { ls "$(rustc --print sysroot)/lib/rustlib/$target/lib/"libstd-*.rlib >/dev/null 2>&1; }

if [ "${ATTACHE_RUST:-}" = debian ]; then
  exec bash "$ROOT/tools/setup/rust-from-debian.sh"
fi
# With Debian's toolchain in use, that script knows whether it is still in order.
if [ -d "$ATTACHE_TOOLS/rust-from-debian" ]; then
  exec bash "$ROOT/tools/setup/rust-from-debian.sh"
fi

# The workspace names the oldest Rust that it compiles with.
needed="$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$ROOT/Cargo.toml" | head -n 1)"
present="$(rustc --version | cut -d' ' -f2)"
if [ "$(printf '%s\n%s\n' "$needed" "$present" | sort -V | head -n 1)" != "$needed" ]; then
  fail "Rust $needed or newer is needed and this is $present: run 'rustup update stable' (or ATTACHE_RUST=debian make setup)"
fi
has_target && exit 0

add_target() { have rustup && timeout 300 rustup target add "$target" && has_target; }
say "Adding Rust's $target target"
if add_target; then exit 0; fi
note "rustup could not fetch it: using Debian's Rust instead"
exec bash "$ROOT/tools/setup/rust-from-debian.sh"
