#!/usr/bin/env bash
# npm-packages.sh FOLDER: installs what FOLDER/package-lock.json names, unless that was done for this very lock file.
. "$(dirname "$0")/../env.sh"

folder="$ROOT/$1"
stamp="$folder/node_modules/.installed-for"
lock="$(sha256sum "$folder/package-lock.json" | cut -d' ' -f1)"
[ "$(cat "$stamp" 2>/dev/null || true)" = "$lock" ] && exit 0

# No package needs its install script here, and none gets to run one.
install_packages() {
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  printf '%s\n' "$lock" >"$stamp"
}
timed "Installing npm packages of $1" install_packages
