# shellcheck shell=bash
# Sourced by test.sh: adds up what the test runners counted.

# tally FOLDER FAILED_GATES: prints 'attache: N passed, N failed'. A gate that failed without a failed
# test of its own (a lint, the build) counts as one failure, so that 0 failed means that all is well.
tally() {
  local folder="$1" failed_gates="$2" passed=0 failed=0 line
  # nextest: "Summary [  12.3s] 250 tests run: 248 passed (3 slow), 2 failed, 1 skipped"
  line="$(sed 's/\x1b\[[0-9;]*m//g' "$folder/nextest.txt" 2>/dev/null | grep -E 'Summary \[' | tail -n 1 || true)"
  passed=$((passed + $(counted "$line" passed)))
  failed=$((failed + $(counted "$line" failed)))
  line="$(cat "$folder/end2end.txt" 2>/dev/null || true)"
  passed=$((passed + $(counted "$line" passed)))
  failed=$((failed + $(counted "$line" failed)))
  if [ "$failed_gates" -gt 0 ] && [ "$failed" = 0 ]; then failed=$failed_gates; fi
  printf 'attache: %s passed, %s failed\n' "$passed" "$failed"
}

# counted LINE WORD: the number before WORD in LINE, 0 when there is none.
counted() {
  local number
  number="$(printf '%s' "$1" | grep -oE "[0-9]+ $2" | head -n 1 | cut -d' ' -f1 || true)"
  printf '%s\n' "${number:-0}"
}
