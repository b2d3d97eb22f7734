#!/usr/bin/env python3
"""Start-up time and memory of greffed over a filled home, beside opening an empty one.

    startup.py BIN_DIR HOME
"""
import json
import os
import subprocess
import sys
import tempfile
import time


def row(what, figure, instead, ratio, mark):
    print(f"{what:<52} | {figure:<22} | {instead:<38} | {ratio:<7} | {mark}", flush=True)


def resident(pid):
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def measure(binaries, home):
    """Seconds until `ready`, resident bytes then, and after every convention was listed."""
    start = time.monotonic()
    server = subprocess.Popen(
        [f"{binaries}/greffed", "run", "--home", home, "--listen", "127.0.0.1:0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        if not server.stdout.readline().startswith("ready"):
            sys.exit("greffed did not start")
        seconds = time.monotonic() - start
        at_start = resident(server.pid)
        listing = subprocess.run(
            [f"{binaries}/greffe", "--home", home, "convention", "list", "--json"],
            capture_output=True, text=True, check=True)
        count = len(json.loads(listing.stdout).get("conventions", []))
        return seconds, at_start, resident(server.pid), count
    finally:
        server.terminate()
        server.wait()


def main():
    binaries, home = sys.argv[1:3]
    full = measure(binaries, home)
    with tempfile.TemporaryDirectory() as folder:
        empty_home = f"{folder}/home"
        subprocess.run([f"{binaries}/greffed", "init", "--home", empty_home, "--partner", "vide",
                        "--name", "Vide", "--kind", "other"], check=True, capture_output=True)
        empty = measure(binaries, empty_home)
    mib = 1048576
    row(f"memory of greffed, {full[3]} conventions, all listed", f"{full[2] / mib:.0f} MiB",
        f"empty {empty[2] / mib:.0f} MiB", f"{full[2] / empty[2]:.2f}", "<= 200 MiB")
    row("  start-up", f"{full[0]:.2f} s", f"empty {empty[0]:.2f} s", f"{full[0] / empty[0]:.2f}",
        "<= 2 s")


if __name__ == "__main__":
    main()
