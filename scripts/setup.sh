#!/usr/bin/env bash
# Makes .venv ready: `setup.sh demo` for what the demo needs, `setup.sh full` for tests as well.
# The lock comes first, then the package itself without looking anything up, so that nothing unpinned gets in.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=${1:?usage: scripts/setup.sh demo|full}
case $wanted in
  demo) lock=requirements-demo.lock size_mb=455 download_mb=150 minutes="1 to 2" ;;
  full) lock=requirements.lock size_mb=1690 download_mb=480 minutes="2 to 3" ;;
  *) echo "setup: '$wanted' is neither 'demo' nor 'full'." >&2; exit 2 ;;
esac

python=$(scripts/prerequisites.sh)
if [[ $wanted == full ]]; then scripts/system_packages.sh; fi

# One stamp for each lock; the full one serves the demo too. The folder is in it because a moved .venv is broken.
stamp_of() { { echo "$PWD"; cat "$1" pyproject.toml; } | cksum | tr -d ' '; }
full_stamp=.venv/.full-$(stamp_of requirements.lock)
stamp=.venv/.$wanted-$(stamp_of "$lock")
if [[ -e $stamp || -e $full_stamp ]]; then exit 0; fi

free_mb=$(df -Pm . | awk 'NR == 2 { print $4 }')
needed_mb=$((size_mb + download_mb))
if ((free_mb < needed_mb)); then
  echo "setup: $PWD has $free_mb MB free, the installation needs $needed_mb MB. Free some space and run it again." >&2
  exit 1
fi
echo "Installing into .venv: about $size_mb MB on disk, $download_mb MB to download, $minutes minutes the first time."

started=$SECONDS
# A demo's .venv lacks parts of packages that pip believes to be there, so it cannot grow into a full one.
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  [[ $wanted == full && -e .venv/.lean ]]; then
  rm -rf .venv
  "$python" -m venv .venv
fi
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }
# Bytecode of modules that are never imported would be 100 MB; Python writes it for the others as it goes.
pip install -qq --no-compile --no-deps --require-hashes --requirement "$lock"
pip install -qq --no-deps --no-build-isolation --editable .
# 70 MB of other projects' own tests and 40 MB of a network protocol and headers for C++; nothing imports them.
# Without the extra for Spark nothing reads object storage either, and pip needs no setuptools: 30 MB more.
find .venv/lib/python3*/site-packages/{ibis,numpy,pandas,pyarrow,scipy} -type d -name tests -prune -exec rm -rf {} +
rm -rf .venv/lib/python3*/site-packages/pyarrow/{include,*flight*}
if [[ $wanted == demo ]]; then
  rm -rf .venv/lib/python3*/site-packages/pyarrow/*s3*
  pip uninstall -qq --yes setuptools
  find .venv/lib/python3*/site-packages -name '*.pyi' -delete  # for type checkers alone
  touch .venv/.lean
fi
rm -f .venv/.demo-* .venv/.full-*
touch "$stamp"
echo "Installed in $((SECONDS - started)) s: $(du -sm .venv | cut -f1) MB in .venv."
