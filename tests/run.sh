#!/bin/sh
# Installs, builds and runs every test:
#
#   sh tests/run.sh [--long] [CTEST OPTION...]
#
# --long runs the simulation and the fuzz targets for longer (GREFFE_LONG=1). Other options go to
# ctest, such as `-L unit` or `-R merkle`.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
if [ "${1:-}" = "--long" ]; then
  export GREFFE_LONG=1
  shift
fi
started=$(date +%s)
sh deploy/install_packages.sh --tests
cmake --preset dev
cmake --build --preset dev
built=$(date +%s)

code=0
ctest --test-dir build/dev -j2 --output-on-failure --no-tests=error "$@" || code=$?
ended=$(date +%s)

echo
echo "Construction : $((built - started)) s. Tests : $((ended - built)) s."
if [ "$code" -eq 0 ]; then
  echo "Tous les tests passent."
else
  failed=build/dev/Testing/Temporary/LastTestsFailed.log
  echo "Des tests échouent :"
  [ ! -f "$failed" ] || sed 's/^[0-9]*:/  /' "$failed"
  echo "Pour en relancer un : ctest --test-dir build/dev --output-on-failure -R NOM"
fi
exit "$code"
