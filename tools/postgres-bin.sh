#!/usr/bin/env bash
# Prints the folder of PostgreSQL's server programs (initdb, pg_ctl), newest version first; fails when there is none.
set -euo pipefail

if command -v pg_ctl >/dev/null && command -v initdb >/dev/null && command -v postgres >/dev/null; then
  dirname "$(readlink -f "$(command -v pg_ctl)")"
  exit 0
fi
# find complains of the folders that this system does not have.
newest="$({ find /usr/lib/postgresql /usr/pgsql-* /opt/homebrew/opt/postgresql* -path '*/bin/pg_ctl' 2>/dev/null || true; } | sort -V | tail -n 1)"
[ -n "$newest" ] && dirname "$newest"
