#!/usr/bin/env python3
"""Plays a convention from its first text to an avenant, with `greffed` and `greffe` only.

  python3 deploy/play.py --bin build/release/bin --example examples/agen [--work DIR] [--keep]

Prints each step with its figures. Every figure is read from `--json`; the play ends with 1 at the
first that differs from what the step claims. With --keep the replicas go on running.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import play_files
import play_steps
from playlib import Claims, Refused


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bin", required=True, help="folder of greffed, greffe, greffe_tamper")
    parser.add_argument("--example", required=True, help="folder with convention.json, play.json")
    parser.add_argument("--work", help="folder for homes and copies; made new, must not hold files")
    parser.add_argument("--keep", action="store_true", help="leave the replicas running")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)

    work = pathlib.Path(options.work or tempfile.mkdtemp(prefix="greffe-play-")).absolute()
    work.mkdir(parents=True, exist_ok=True)
    if any(work.iterdir()):
        print(f"{work} n'est pas vide : donnez un dossier neuf.", file=sys.stderr)
        return 2
    (work / ".greffe-play").touch()
    started = time.monotonic()
    claims = Claims()
    play = play_steps.Play(pathlib.Path(options.bin).absolute(),
                           play_files.load(options.example, work / "files"), work, claims)
    kept = False
    try:
        play.run()
        seconds = time.monotonic() - started
        print(f"\nTout ce qui était annoncé a été lu. Durée : {seconds:.0f} s.")
        kept = options.keep
    except (Claims.Broken, Refused, RuntimeError, OSError, subprocess.TimeoutExpired) as problem:
        print(f"\nLa démonstration s'arrête : {problem}", file=sys.stderr)
        print(f"Journaux et données : {work}", file=sys.stderr)
        return 1
    finally:
        if not kept:
            play.stop()
    if kept:
        play_files.write_stop_script(play, work)
        print(play_files.how_to_go_on(play, work))
    elif not options.work:
        shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
