#!/usr/bin/env bash
# Prints the Python to use, or the one command that installs what is missing. With APT=1 it runs that command itself.
set -euo pipefail

# 3.11 first: the locks are resolved and tested with it. A name alone proves nothing (version switchers leave
# stubs behind), so each candidate has to run; "$1" is more that it has to do.
find_python() {
  local name
  for name in python3.11 python3.12 python3.13 python3.14 python3; do
    if "$name" -c "import sys; assert sys.version_info >= (3, 11)${1:-}" >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  return 1
}
WITH_VENV="; import venv, ensurepip"

system_family() {
  local tool
  for tool in apt-get dnf brew; do
    if command -v "$tool" >/dev/null; then echo "$tool"; return; fi
  done
}

# The command that installs the missing programs named as arguments, in the words of this system.
mending_command() {
  local family sudo="" missing packages=()
  family=$(system_family)
  [[ $(id -u) == 0 || $family == brew ]] || sudo="sudo "
  for missing in "$@"; do
    case $missing:$family in
      python:apt-get) packages+=("$(debian_python)" "$(debian_python)-venv") ;;
      venv:apt-get) packages+=("$(basename "$(find_python)")-venv") ;;
      python:dnf | venv:dnf) packages+=(python3.12) ;;
      python:brew | venv:brew) packages+=(python@3.12) ;;
      *) packages+=("$missing") ;;
    esac
  done
  case $family in
    apt-get) echo "${sudo}apt-get update && ${sudo}apt-get install -y ${packages[*]}" ;;
    dnf) echo "${sudo}dnf install -y ${packages[*]}" ;;
    brew) echo "brew install ${packages[*]}" ;;
  esac
}

# Where python3 is there and too old, a newer one has its number in the package's name.
debian_python() {
  if command -v python3 >/dev/null; then echo python3.11; else echo python3; fi
}

missing=()
for tool in git make; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
if ! find_python >/dev/null; then
  missing+=(python)
elif ! find_python "$WITH_VENV" >/dev/null; then
  missing+=(venv)
fi

if ((${#missing[@]})); then
  command=$(mending_command "${missing[@]}")
  if [[ ${APT:-} == 1 && $(id -u) == 0 && $command == apt-get* ]]; then
    DEBIAN_FRONTEND=noninteractive bash -c "$command" >&2
  else
    echo "Second Story needs git, make and Python 3.11 or newer with venv. Missing here: ${missing[*]}." >&2
    echo "This installs it:" >&2
    echo "  ${command:-your package manager, with the names above}" >&2
    exit 1
  fi
fi
find_python "$WITH_VENV"
