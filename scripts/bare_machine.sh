#!/usr/bin/env bash
# Proves `CHECK=1 make demo` on a bare machine: a Debian without anything but the prerequisites, an ordinary user,
# a fresh clone of HEAD. Needs Linux, root and debootstrap; where it cannot run it says so and proves nothing.
# Registries and mirrors are read from this machine's own settings at run time and are kept nowhere.
set -euo pipefail
cd "$(dirname "$0")/.."

not_tried() { echo "bare machine: NOT TRIED: $1"; exit 0; }
[[ $(uname -s) == Linux ]] || not_tried "it needs Linux, this is $(uname -s)."
[[ $(id -u) == 0 ]] || not_tried "it needs root to make a second system."
if ! command -v debootstrap >/dev/null; then
  [[ ${APT:-} == 1 ]] || not_tried "debootstrap is not installed (APT=1 would install it)."
  { apt-get update -qq && apt-get install -y -qq debootstrap >/dev/null; } || not_tried "debootstrap cannot be had here."
fi
unshare --mount true 2>/dev/null || not_tried "this machine lets nobody mount anything (a container without rights)."

# In a mount namespace of its own everything mounted below vanishes with the last process, even after a kill.
if [[ ${1:-} != inside ]]; then exec unshare --mount --propagation private "$0" inside; fi

started=$SECONDS
system=$(mktemp -d "${TMPDIR:-/tmp}/bare-machine.XXXXXX")
trap 'umount --recursive --lazy "$system"/{proc,dev,tmp} 2>/dev/null || true
      for shared in "${mounted[@]}"; do umount --lazy "$system$shared" || exit; done
      rm -rf --one-file-system "$system"' EXIT
mounted=()
chmod 755 "$system"  # mktemp makes it private, and the guest has to enter its own root

# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' "Created-By: Packages" |
  awk -v release="$codename" '$2 == release { print $1; exit }')
[[ -n $mirror ]] || not_tried "no apt source of this machine serves '$codename'."

echo "Making a bare $codename in $system."
debootstrap --variant=minbase --include=ca-certificates,git,make,python3,python3-venv \
  "$codename" "$system" "$mirror" >"$system.log" 2>&1 || { tail -20 "$system.log"; exit 1; }
rm -f "$system.log"
echo "Made in $((SECONDS - started)) s."

mount -t proc proc "$system/proc"
mount --rbind /dev "$system/dev"
cp -L /etc/resolv.conf /etc/hosts "$system/etc/"

# What this machine tells pip, as variables: `pip config list` joins files and environment, the last word wins.
settings=()
while IFS= read -r line; do
  name=${line%%=*} value=${line#*=\'}
  name=${name##*.}
  settings+=("PIP_$(tr 'a-z-' 'A-Z_' <<<"$name")=${value%\'}")
done < <("$(scripts/prerequisites.sh)" -m pip config list 2>/dev/null)
while IFS= read -r line; do settings+=("$line"); done < <(env | grep -iE '^(https?|no)_proxy=' || true)

# And what it tells npm, where it has one: the registry, and the certificates to trust.
for name in registry cafile; do
  value=$(npm config get "$name" 2>/dev/null) || true
  [[ -z $value || $value == null ]] || settings+=("npm_config_$name=$value")
done

# Folders that those settings name are shown read-only, files (certificates) are copied.
for place in $(printf '%s\n' "${settings[@]}" | sed 's/^[^=]*=//' | tr ' ' '\n' | sed -n 's|^\(file://\)\?\(/.*\)|\2|p' | sort -u); do
  # A folder of an index points at the files beside it, so its parent comes along.
  [[ $place != */simple ]] || place=${place%/simple}
  if [[ -d $place ]]; then
    mkdir -p "$system$place"
    mount --bind "$place" "$system$place" && mount -o remount,bind,ro "$system$place"
    mounted+=("$place")
  elif [[ -f $place ]]; then
    mkdir -p "$system${place%/*}" && cp -L "$place" "$system$place"
  fi
done

chroot "$system" useradd --create-home guest
home=/home/guest
git clone --quiet --no-local . "$system$home/secondstory"
chroot "$system" chown -R guest: "$home"

installing=$SECONDS
chroot --userspec=guest:guest "$system" env -i HOME="$home" PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 \
  CHECK=1 "${settings[@]}" make -C "$home/secondstory" demo </dev/null
echo "bare machine: CHECK=1 make demo passed as an ordinary user on $codename in $((SECONDS - installing)) s," \
  "$(du -sm "$system$home/secondstory" | cut -f1) MB."
