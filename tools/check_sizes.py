#!/usr/bin/env python3
"""Checks the length of files: above 400 lines it asks, above 600 (tests: 800) it fails.

Usage: check_sizes.py [ROOT]
"""

import pathlib
import sys

ASK, FAIL, FAIL_TEST = 400, 600, 800
SUFFIXES = {".h", ".cc", ".py", ".sh", ".proto"}


def lengths(root):
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.suffix in SUFFIXES and not path.startswith(("build/", ".")):
            yield path, len(file.read_text().splitlines())


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    failed = False
    for path, lines in lengths(root):
        limit = FAIL_TEST if path.startswith("tests/") else FAIL
        if lines > limit:
            print(f"{path}: {lines} lines, at most {limit}: split it")
            failed = True
        elif lines > ASK and not path.startswith("tests/"):
            print(f"{path}: {lines} lines: could it be two files? (no failure)")
    print("sizes: a file is too long" if failed else "sizes: no file is too long")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
