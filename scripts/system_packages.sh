#!/usr/bin/env bash
# With APT=1, installs the servers and the browser that some tests use. Without it those tests skip, and say why.
set -euo pipefail
[[ ${APT:-} == 1 ]] || exit 0

packages=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
command -v chromium >/dev/null || packages+=(chromium)
command -v prometheus >/dev/null || packages+=(prometheus)
((${#packages[@]})) || exit 0

if ! command -v apt-get >/dev/null || [[ $(id -u) != 0 ]]; then
  echo "APT=1 needs apt-get and root. Install by hand: ${packages[*]}" >&2
  exit 1
fi
echo "Installing for the tests: ${packages[*]} (about 400 MB, 1 to 2 minutes)."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
