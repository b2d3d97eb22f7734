#!/usr/bin/env python3
"""Checks that includes point one way (docs/ARCHITECTURE.md).

Each folder lists the folders it may include, and the system headers it may not. An arrow that is
not in the table fails; a folder that is not in the table fails too. Usage: check_layers.py [ROOT]
"""

import pathlib
import re
import sys

PROTO = "greffe/v1"
CORE = ["core/base", "core/feed", "core/rules", "core/convention", "core/export",
        "core/reader", "core/sync"]

# Its rooms, each of which may include those before it; and what all of them share.
ROOMS = ["elements", "state", "text", "reading", "fold", "checks", "decide", "views"]
SHARED = [f"core/convention/{name}.h"
          for name in ("convention", "decide", "decide_citing", "decide_common", "queries")]

# Folder -> folders, or single headers, that it may include. The longest matching folder counts;
# its own headers are always allowed.
ALLOWED = {
    "core/base": [PROTO],
    "core/feed": ["core/base"],
    "core/rules": ["core/base", PROTO],
    "core/convention": ["core/base", "core/feed", "core/rules", PROTO],
    "core/export": ["core/base", "core/rules", "core/convention", PROTO],
    "core/reader": ["core/base", "core/rules", "core/convention", PROTO],
    "core/sync": ["core/base", "core/feed", PROTO],
    "storage": [*CORE, PROTO],
    "server/ops": ["core/base", PROTO],
    "server/app": [*CORE, PROTO, "storage", "server/ops"],
    "server/identity": [*CORE, PROTO, "storage", "server/ops"],
    "server/peers": [*CORE, PROTO, "storage", "server/ops", "server/app", "server/identity",
                     # How a status travels over gRPC, one mapping for both ends.
                     "server/rpc/grpc_status.h"],
    "server/rpc": [*CORE, PROTO, "storage", "server/ops", "server/app", "server/identity",
                   "server/peers"],
    "server/main": [*CORE, PROTO, "storage", "server"],
    "client": [*CORE, PROTO],
    "client/pdf": ["core/base", "client/write_all.h"],
    "client/cli": [*CORE, PROTO, "client"],
    "bench": [*CORE, PROTO, "storage", "server", "client"],
    "tests": [*CORE, PROTO, "storage", "server", "client"],
    # Shares no code with what it damages or checks.
    "tools": [],
}

for i, room in enumerate(ROOMS):
    ALLOWED[f"core/convention/{room}"] = [
        *ALLOWED["core/convention"], *SHARED, *(f"core/convention/{below}" for below in ROOMS[:i])]

# Folder -> headers from outside the tree that it may not include, as prefixes.
IMPURE = ["grpc", "rocksdb/", "fstream", "filesystem", "iostream", "thread", "mutex",
          "condition_variable", "atomic", "future", "chrono", "ctime", "random", "sys/", "unistd.h",
          "fcntl.h", "pthread.h", "absl/synchronization/", "absl/time/clock.h", "absl/random/"]
FORBIDDEN = {
    "core": IMPURE,
    "storage": ["grpc"],
    "server/app": ["grpc", "rocksdb/"],
    "server/identity": ["rocksdb/"],
    "server/ops": ["grpc", "rocksdb/"],
    "server/peers": ["rocksdb/"],
    "server/rpc": ["rocksdb/"],
    "client": ["rocksdb/"],
}

OURS = re.compile(r"^(core|storage|server|client|bench|tests|tools|greffe)/")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)


def folder_of(path, folders):
    """The longest folder of `folders` that holds `path`, or None."""
    parts = path.split("/")
    for length in range(len(parts) - 1, 0, -1):
        folder = "/".join(parts[:length])
        if folder in folders:
            return folder
    return None


def holds(folder, path):
    return path.startswith(folder + "/")


def problems(root):
    found = []
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.suffix not in (".h", ".cc") or path.startswith(("build/", ".")):
            continue
        folder = folder_of(path, ALLOWED)
        if folder is None:
            found.append(f"{path}: its folder is not in the table of tools/check_layers.py")
            continue
        for include in INCLUDE.findall(file.read_text()):
            if OURS.match(include):
                if not any(f == include or holds(f, include) for f in [folder, *ALLOWED[folder]]):
                    found.append(f"{path}: {folder} may not include {include}")
                continue
            for layer, headers in FORBIDDEN.items():
                if holds(layer, path) and any(include.startswith(h) for h in headers):
                    found.append(f"{path}: {layer} may not include <{include}>")
    return found


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = problems(root)
    print("\n".join(found) if found else "layers: includes point one way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
