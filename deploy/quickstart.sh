#!/bin/sh
# From a clone on Debian 12 to running replicas that share a convention:
#
#   sh deploy/quickstart.sh [--example DIR] [--work DIR]
#
# Installs missing packages, builds, plays the example, leaves the replicas running, and reads a
# document into a draft. Run again, it stops those it started before and begins anew.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
example="$root/examples/agen"
work=/var/tmp/greffe-quickstart

usage() {
  echo "usage : sh deploy/quickstart.sh [--example DOSSIER] [--work DOSSIER]" >&2
  exit 2
}
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --example) example=$2 ;;
    --work) work=$2 ;;
    *) usage ;;
  esac
  shift 2
done
if [ ! -f "$example/play.json" ]; then
  echo "$example/play.json n'existe pas. Donnez un dossier comme examples/agen." >&2
  exit 2
fi
example=$(cd "$example" && pwd)
started=$(date +%s)

echo "Greffe, prise en main. Exemple : $example"
sh "$root/deploy/install_packages.sh"

echo "Compilation…"
cd "$root"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cmake --preset release && cmake --build --preset release; } >"$log" 2>&1; then
  tail -40 "$log" >&2
  echo "La compilation a échoué ; les lignes ci-dessus disent pourquoi." >&2
  exit 1
fi
echo "Compilé en $(($(date +%s) - started)) s, paquets compris."

# Only a folder that the play marked as its own is ever removed.
if [ -f "$work/.greffe-play" ]; then
  [ ! -f "$work/stop.sh" ] || sh "$work/stop.sh"
  rm -rf "$work"
fi

python3 "$root/deploy/play.py" --bin "$root/build/release/bin" --example "$example" \
  --work "$work" --keep

echo
echo "Une convention qui existe déjà, lue hors ligne :"
mkdir -p "$work/import"
"$root/build/release/bin/greffe" import "$root/examples/import/convention.txt" \
  --out "$work/import/projet.json" --report "$work/import/rapport.html"
echo "Le rapport, à ouvrir dans un navigateur : $work/import/rapport.html"
echo
echo "Tout, de la première ligne à celle-ci : $(($(date +%s) - started)) s."
