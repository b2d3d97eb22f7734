#!/bin/sh
# Builds the benchmarks (release) and prints one table: each figure beside what one would use
# instead, taken in the same run. Shared machines are noisy: read the ratios.
#   sh bench/run.sh
set -eu
cd "$(dirname "$0")/.."
cmake --preset release -DGREFFE_BENCH=ON >/dev/null
# The preset builds the programs alone.
cmake --build build/release >/dev/null
bin=build/release/bin
work=$(mktemp -d)
server=
stop() { [ -z "$server" ] || { kill "$server"; wait "$server" 2>/dev/null || true; server=; }; }
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

init() { # home
  "$bin/greffed" init --home "$1" --partner "$partner" --name Mesure --kind caf \
    >"$work/init" 2>&1 || { cat "$work/init" >&2; exit 1; }
}

start() { # home
  "$bin/greffed" run --home "$1" --listen 127.0.0.1:0 >"$work/out" 2>"$work/log" &
  server=$!
  while ! grep -q '^ready' "$work/out"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.01
  done
}

"$bin/bench_apply"
export GREFFE_BENCH_NO_HEADER=1
"$bin/bench_reads" examples/agen/convention.json
"$bin/bench_sync"
"$bin/bench_import" examples/import/convention.txt

partner=$(python3 -c 'import json,sys; print(next(e["party"]["partner_id"] for e in json.load(open(sys.argv[1]))["elements"] if "party" in e))' examples/rodez/convention.json)
indicators=$(python3 -c 'import json,sys; print(",".join(e["id"] for e in json.load(open(sys.argv[1]))["elements"] if "indicator" in e))' examples/rodez/convention.json)
init "$work/home"
start "$work/home"
convention=$("$bin/bench_fill" "$work/home" examples/rodez/convention.json 1)
"$bin/bench_commands" "$work/home" "$convention" "$indicators"
stop

rm -rf "$work/home"
init "$work/home"
start "$work/home"
"$bin/bench_fill" "$work/home" examples/rodez/convention.json 1000 >/dev/null
stop
python3 bench/startup.py "$bin" "$work/home"
