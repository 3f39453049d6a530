# shellcheck shell=bash
# Sourced by test.sh: databases and profiles that tests throw away lie in memory, where there is enough of it.

# So much has to be free, of memory and of what may be kept in it. Tests take a fifth of it at once.
MEMORY_FREE_KB=$((6 * 1024 * 1024))

# Has temporary files in a folder in memory until the shell ends; leaves them where they are when that cannot be.
use_memory() {
  local folder
  folder="$(folder_in_memory)" || { note "temporary files are on the disk"; return 0; }
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$folder'" EXIT
  export TMPDIR="$folder"
}

folder_in_memory() {
  local folder free old
  # What a run left behind that was killed: its number is in the name.
  for old in /dev/shm/attache-tests.[0-9]*.*; do
    kill -0 "$(printf '%s' "$old" | cut -d. -f2)" 2>/dev/null || rm -rf "$old"
  done
  for free in "$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" "$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)"; do
    [ "${free:-0}" -ge "$MEMORY_FREE_KB" ] || return 1
  done
  folder="$(mktemp -d "/dev/shm/attache-tests.$$.XXXXXX" 2>/dev/null)" || return 1
  # The user postgres passes through; and a test starts a copy of the executable, which containers often forbid here.
  chmod 711 "$folder"
  printf '#!/bin/sh\n' >"$folder/runs"
  chmod +x "$folder/runs"
  "$folder/runs" 2>/dev/null || { rm -rf "$folder"; return 1; }
  printf '%s\n' "$folder"
}
