#!/usr/bin/env bash
# The way for a closed network: Debian's own rustc and cargo, with the standard library for wasm built
# from Debian's sources. Leaves a folder of links that env.sh puts first on PATH; rustup is not touched.
# To go back to rustup's Rust, delete that folder: rust-from-debian in $ATTACHE_CACHE/tools.
. "$(dirname "$0")/../env.sh"

target=wasm32-unknown-unknown
links="$ATTACHE_TOOLS/rust-from-debian"
rustlib=/usr/lib/rustlib
packages=(rustc-web cargo-web rust-web-src rust-web-llvm rustfmt-web rust-web-clippy)
as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo); fi

# A library built by another rustc is useless, and Debian's moves with security updates.
in_order() {
  [ -x /usr/bin/rustc ] && [ -f "$links/.built-by" ] &&
    [ "$(cat "$links/.built-by")" = "$(/usr/bin/rustc -vV)" ] &&
    ls "$rustlib/$target/lib/"libstd-*.rlib >/dev/null 2>&1
}

install_packages() {
  "${as_root[@]}" apt-get update -q >/dev/null || note "the package list could not be refreshed"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" >/dev/null
  # rust-lld is a link to the linker of rustc's LLVM; the package of that version is not pulled in by itself.
  local linker version
  linker="$(readlink /usr/bin/rust-lld || readlink "$rustlib/x86_64-unknown-linux-gnu/bin/rust-lld" || true)"
  version="$(printf '%s' "$linker" | grep -oE '[0-9]+' | head -n 1 || true)"
  [ -n "$version" ] || version="$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "lld-$version" >/dev/null
}

link_programs() {
  mkdir -p "$links"
  local program
  for program in cargo rustc rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
    [ -x "/usr/bin/$program" ] || fail "Debian's Rust packages brought no /usr/bin/$program"
    ln -sf "/usr/bin/$program" "$links/$program"
  done
}

build_standard_library() {
  local work
  work="$(mktemp -d)"
  mkdir "$work/src"
  : >"$work/src/lib.rs"
  printf '[package]\nname = "nothing"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$work/Cargo.toml"
  # A feature of nightly, allowed on Debian's stable rustc for this one build.
  (cd "$work" && PATH="$links:$PATH" RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" RUSTUP_TOOLCHAIN='' \
    "$links/cargo" build -q --release -Zbuild-std=std,panic_abort --target "$target")
  rm -f "$work/target/$target/release/deps/"libnothing-*
  "${as_root[@]}" mkdir -p "$rustlib/$target/lib"
  "${as_root[@]}" rm -f "$rustlib/$target/lib/"*.rlib
  "${as_root[@]}" cp "$work/target/$target/release/deps/"*.rlib "$rustlib/$target/lib/"
  rm -rf "$work"
  /usr/bin/rustc -vV >"$links/.built-by"
}

in_order && exit 0
have apt-get || fail "Rust's $target target is missing, rustup could not fetch it, and there is no apt-get to take Debian's Rust from"
timed "Installing Debian's Rust" install_packages
link_programs
timed "Building Rust's standard library for $target" build_standard_library
in_order || fail "Debian's Rust is installed, but its $target library is not in order in $rustlib/$target"
