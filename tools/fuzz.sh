#!/usr/bin/env bash
# Fuzzes what Meta or a stranger can send: FUZZ_SECONDS (600) for each target, one after another.
#   tools/fuzz.sh [TARGET…]            a finding ends the run; its input lies in fuzz/artifacts/TARGET
#   FUZZ_KEEP=1 tools/fuzz.sh …        afterwards, adds to fuzz/corpus what reached new code, as few inputs as do
# Works with stable Rust: the compiler's own coverage counters, and libFuzzer without a sanitizer. Needs a C++ compiler.
. "$(dirname "$0")/env.sh"
cd "$ROOT/fuzz"

have c++ || fail "libFuzzer is built from C++: install g++ or clang."
seconds="${FUZZ_SECONDS:-600}"
targets=("$@")
[ $# -gt 0 ] || targets=(signature_header webhook_body signed_request callback_query)

host="$(rustc -vV | sed -n 's/^host: //p')"
counters="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
# A folder of its own: other flags would have everything else compiled again. Not for build scripts: hence --target.
export CARGO_TARGET_DIR="$CARGO_TARGET_DIR/fuzz"
timed "Build the targets" env RUSTFLAGS="$counters" cargo build --release --quiet --target "$host"

for target in "${targets[@]}"; do
  found="$CARGO_TARGET_DIR/corpus/$target"
  mkdir -p "$found" "artifacts/$target"
  binary="$CARGO_TARGET_DIR/$host/release/$target"
  # What is new goes to the first folder; the second is the one that is kept with the code.
  timed "$target" nice -n 19 "$binary" "$found" "corpus/$target" -max_total_time="$seconds" -max_len=16384 \
    -artifact_prefix="artifacts/$target/" -print_final_stats=1 -verbosity=0
  if [ -n "${FUZZ_KEEP:-}" ]; then
    timed "Keep what is new of $target" nice -n 19 "$binary" -set_cover_merge=1 -use_counters=0 "corpus/$target" "$found" -verbosity=0
  fi
done
