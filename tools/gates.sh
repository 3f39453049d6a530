# shellcheck shell=bash
# Sourced by check.sh and test.sh: runs gates one after another, goes on after a failed one, and sums up.

gate_names=()
gate_results=()
gate_seconds=()

# gate NAME COMMAND…: runs COMMAND and remembers whether it passed. Returns its success.
gate() {
  local name="$1" began=$SECONDS result=passed
  shift
  say "$name"
  # In a shell of its own, so that its `exit` or `cd` ends with it. `set -e` does not hold in there: a
  # COMMAND that is a function passes or fails by its last line.
  ("$@") || result=failed
  gate_names+=("$name")
  gate_results+=("$result")
  gate_seconds+=($((SECONDS - began)))
  [ "$result" = passed ]
}

# skip NAME WHY: a gate that could not be run counts as failed.
skip() {
  say "$1: not run, $2"
  gate_names+=("$1")
  gate_results+=(failed)
  gate_seconds+=(0)
}

# Prints every gate with its result and time.
print_gates() {
  local i
  say "What was run"
  for i in "${!gate_names[@]}"; do
    printf '    %-52s %-7s %5d s\n' "${gate_names[$i]}" "${gate_results[$i]}" "${gate_seconds[$i]}"
  done
}

# How many gates failed.
failed_gates() {
  local i count=0
  for i in "${!gate_results[@]}"; do
    [ "${gate_results[$i]}" = passed ] || count=$((count + 1))
  done
  printf '%s\n' "$count"
}
