# shellcheck shell=bash
# Sourced by check.sh and test.sh: the gates that read the source and run none of it.

format_is_kept() { cargo fmt --all --check; }

clippy_server() { cargo clippy --all-targets --quiet -- -D warnings; }

# The front end is compiled for the browser alone: its features must not meet the server's.
clippy_browser() { cargo clippy -p frontend --target wasm32-unknown-unknown --quiet -- -D warnings; }

# Licences, duplicate and banned crates, and where crates come from. The list of known
# vulnerabilities is fetched from a Git host, so that check is left to who can reach it.
dependencies_are_allowed() { cargo deny --log-level error --all-features check --hide-inclusion-graph bans licenses sources; }

# A lock file that names a download address works on one network only.
lock_files_name_no_address() {
  local found
  found="$(git ls-files '*package-lock.json' '*.npmrc' | xargs -r grep -nE '"resolved"|https?://[^"]*\.tgz|registry *=' || true)"
  [ -z "$found" ] || { printf '%s\n' "$found"; fail "lock files name download addresses: run npm install with the .npmrc of that folder"; }
}

cargo_lock_is_current() { cargo metadata --locked --format-version 1 >/dev/null; }

# insta writes a snapshot under the name of its test; one whose test is gone proves nothing.
snapshots_are_used() {
  local file name sample unused=0
  while IFS= read -r file; do
    case "$file" in *.snap.new) note "not reviewed: $file"; unused=1; continue ;; esac
    # A test over sample files names each snapshot after its sample: whatsapp__text.snap is of whatsapp/text.json.
    sample="${file##*/}"
    sample="${sample%.snap}"
    if [ -e "${file%%/snapshots/*}/samples/${sample/__//}.json" ]; then continue; fi
    # it__connect__finish@case.snap -> the last part without a counter
    name="$(basename "$file" .snap)"
    name="${name##*__}"
    name="${name%%@*}"
    if ! grep -rqF --include='*.rs' "$name" "${file%%/snapshots/*}" &&
      ! grep -rqF --include='*.rs' "${name%-[0-9]*}" "${file%%/snapshots/*}"; then
      note "no test writes $file"
      unused=1
    fi
  done < <(git ls-files --cached --others --exclude-standard '*.snap' '*.snap.new')
  [ "$unused" = 0 ]
}

scripts_are_sound() {
  if ! have shellcheck; then note "shellcheck is not installed: skipped"; return 0; fi
  git ls-files 'tools/*.sh' '.ci/run' | xargs -r shellcheck -x
}

end_to_end_types_fit() { (cd end2end && npx tsc -p .); }

run_lints() {
  # The server embeds this folder when it is compiled; before the first build it is empty.
  mkdir -p "$ROOT/target/site"
  gate "Format" format_is_kept || true
  gate "Scripts" scripts_are_sound || true
  gate "Cargo.lock" cargo_lock_is_current || true
  gate "npm lock files" lock_files_name_no_address || true
  gate "Snapshots" snapshots_are_used || true
  gate "Clippy" clippy_server || true
  gate "Clippy for the browser" clippy_browser || true
}
