#!/bin/sh
# Installs, builds and runs every test:
#
#   sh tests/run.sh [--long] [CTEST OPTION...]
#
# --long runs the simulation, the fuzz targets and the kill -9 loop thirty times longer, and
# 5,000 conventions in place of 1,000 through the simulation (GREFFE_LONG=1):
# hours, by another seed with GREFFE_SEED=N. Other options go to ctest, such as `-L unit`, `-R merkle`.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
long=OFF
if [ "${1:-}" = "--long" ]; then
  export GREFFE_LONG=1
  long=ON
  shift
fi
started=$(date +%s)
sh deploy/install_packages.sh --tests
cmake --preset ci -DGREFFE_LONG="$long"
cmake --build --preset ci
built=$(date +%s)

code=0
ctest --test-dir build/ci -j2 --output-on-failure --no-tests=error "$@" || code=$?
ended=$(date +%s)

echo
echo "Construction : $((built - started)) s. Tests : $((ended - built)) s."
if [ "$code" -eq 0 ]; then
  echo "Tous les tests passent."
else
  failed=build/ci/Testing/Temporary/LastTestsFailed.log
  echo "Des tests échouent :"
  [ ! -f "$failed" ] || sed 's/^[0-9]*:/  /' "$failed"
  echo "Pour en relancer un : ctest --test-dir build/ci --output-on-failure -R NOM"
fi
exit "$code"
