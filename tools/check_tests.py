#!/usr/bin/env python3
"""Checks that every source is in a target and that no test is switched off.

A .cc file, or a *_test.py, that no CMakeLists.txt at its place or above names would never be built
or run, and nobody would notice. Usage: check_tests.py [ROOT]
"""

import pathlib
import re
import sys

SOURCE = re.compile(r"[\w./-]+\.(?:cc|py)\b")
SWITCHED_OFF = [re.compile(r"\bDISABLED_\w"), re.compile(r"@unittest\.skip\("),
                re.compile(r"@unittest\.expectedFailure")]


def skipped(path):
    return path.startswith(("build/", "."))


def named_sources(root):
    named = set()
    for lists in root.rglob("CMakeLists.txt"):
        if skipped(lists.relative_to(root).as_posix()):
            continue
        text = re.sub(r"#.*", "", lists.read_text())
        for source in SOURCE.findall(text):
            # Relative to the list, or, for scripts that ctest runs, to the root.
            named.add((lists.parent / source.removeprefix("/")).resolve())
            named.add((root / source.removeprefix("/")).resolve())
    return named


def problems(root):
    found = []
    named = named_sources(root)
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        is_source = file.suffix == ".cc" or file.name.endswith("_test.py")
        if not is_source or skipped(path):
            continue
        if file.resolve() not in named:
            found.append(f"{path}: no CMakeLists.txt names it, so it is never built or run")
        if path.startswith("tests/"):
            text = file.read_text()
            for pattern in SWITCHED_OFF:
                for match in pattern.finditer(text):
                    line = text.count("\n", 0, match.start()) + 1
                    found.append(f"{path}:{line}: a test is switched off: {match.group()}")
    return found


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = problems(root)
    print("\n".join(found) if found else "tests: every source is in a target, none switched off")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
