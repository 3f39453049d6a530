#!/usr/bin/env bash
# Makes the virtual environment in which Meta's own Python SDK talks to the simulator (a test of the simulator).
. "$(dirname "$0")/../env.sh"

requirements="$ROOT/simulator/tests/facebook_business/requirements.txt"
venv="$ATTACHE_CACHE/python"
[ -f "$requirements" ] || exit 0
wanted="$(sha256sum "$requirements" | cut -d' ' -f1)"
[ "$(cat "$venv/.installed-for" 2>/dev/null || true)" = "$wanted" ] && exit 0

install_requirements() {
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$requirements"
  printf '%s\n' "$wanted" >"$venv/.installed-for"
}
timed "Installing Meta's Python SDK for the tests" install_requirements
