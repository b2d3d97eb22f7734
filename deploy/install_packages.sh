#!/bin/sh
# Installs the packages of deploy/packages.txt that are missing; touches nothing, and needs neither
# network nor root, when none is. `--tests` adds those of the tests.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
with_tests=0
[ "${1:-}" = "--tests" ] && with_tests=1

wanted=$(awk -v tests="$with_tests" '
  /^#/ || /^$/ { next }
  /^\[tests\]$/ { if (!tests) exit; next }
  { print }' "$here/packages.txt")

missing=""
for package in $wanted; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done

if [ -z "$missing" ]; then
  echo "Paquets : tous présents."
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "Il manque des paquets :$missing" >&2
  echo "Lancez en root : apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
echo "Paquets à installer :$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # one word per package is wanted
apt-get install -y -qq --no-install-recommends $missing >/dev/null
