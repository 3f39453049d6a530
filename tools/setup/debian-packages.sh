#!/usr/bin/env bash
# Installs the missing Debian packages. Looks for commands, not packages, so that a browser or a
# PostgreSQL from elsewhere is as good; on a system without apt it says what to install.
. "$(dirname "$0")/../env.sh"

purpose="$1"
missing=()

want() { missing+=("$1"); }

have cc || want build-essential
have perl || want perl
have git || want git

node_works() { have node && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }
venv_works() { have python3 && python3 -c 'import venv, ensurepip' 2>/dev/null; }
# Without a Node.js of its own the machine gets one through Python's package index (setup/node.sh).
if ! node_works && ! venv_works; then want python3-venv; fi

if [ "$purpose" != demo ]; then
  venv_works || want python3-venv
  have chromium || have chromium-browser || have google-chrome || want chromium
  "$ROOT/tools/postgres-bin.sh" >/dev/null || want postgresql
fi
if [ "$purpose" = bench ] || [ "$purpose" = all ]; then have wrk || want wrk; fi

# python3-venv may have been asked for twice.
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u | sed '/^$/d')
[ "${#missing[@]}" -gt 0 ] || exit 0

have apt-get || fail "these are missing and this system has no apt-get; install them and run again: ${missing[*]}"
as_root=()
if [ "$(id -u)" != 0 ]; then
  have sudo || fail "these packages are missing, and you are neither root nor is there sudo: ${missing[*]}"
  as_root=(sudo)
  # Without a terminal nobody can type a password: fail at once instead of waiting for one.
  [ -t 0 ] || as_root=(sudo -n)
fi
as_root+=(env DEBIAN_FRONTEND=noninteractive)
log="$ATTACHE_CACHE/apt.log"

install_packages() {
  note "${missing[*]}"
  "${as_root[@]}" apt-get update -q >"$log" 2>&1 || note "the package list could not be refreshed; trying with the old one"
  "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}" >>"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail "apt-get could not install ${missing[*]} (whole log: $log)"; }
}
timed "Installing Debian packages" install_packages
