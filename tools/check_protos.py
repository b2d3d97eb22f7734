#!/usr/bin/env python3
"""Checks that every element of the protos says what it means.

protoc gives the comments; each message, field, oneof, enum, enum value, service and rpc needs one
right above it that says more than its name. Usage: check_protos.py [ROOT]; PROTOC names another
compiler.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = "proto"
# Words that tell a reader nothing beside a name.
FILLERS = {"a", "an", "the", "of", "for", "to", "in", "on", "as", "is", "and", "its", "this"}

# Kind of element -> {field number in its descriptor: kind of what it holds} (descriptor.proto).
CHILDREN = {
    "file": {4: "message", 5: "enum", 6: "service"},
    "message": {2: "field", 3: "message", 4: "enum", 8: "oneof"},
    "enum": {2: "enum value"},
    "service": {2: "rpc"},
}
NAME, SOURCE_CODE_INFO = 1, 9
# Messages and enums are named by their comment's first words; these need more than the name.
MUST_SAY_MORE = {"field", "oneof", "enum value", "rpc"}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def fields(data):
    """(number, value) of each field of a serialised message: bytes, or an int for a varint."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            raise ValueError(f"wire type {key & 7} in a descriptor set")
        yield key >> 3, value


def numbers(packed):
    out, at = [], 0
    while at < len(packed):
        value, at = varint(packed, at)
        out.append(value)
    return tuple(out)


def comments_of(file):
    """Path of an element in the descriptor -> (line from 1, its leading comment)."""
    out = {}
    for number, info in fields(file):
        if number != SOURCE_CODE_INFO:
            continue
        for _, location in fields(info):
            parts = dict(fields(location))
            if 1 in parts:
                comment = parts.get(3, b"").decode().strip()
                out[numbers(parts[1])] = (numbers(parts[2])[0] + 1, comment)
    return out


def elements(data, kind, path=(), above=""):
    """(kind, full name, path) of everything inside a descriptor, in the order of the descriptor."""
    seen = {}
    for number, value in fields(data):
        child = CHILDREN.get(kind, {}).get(number)
        if child is None:
            continue
        index = seen[number] = seen.get(number, -1) + 1
        name = next(v for n, v in fields(value) if n == NAME).decode()
        if child == "oneof" and name.startswith("_"):
            continue  # Made by protoc for an `optional` field.
        full = f"{above}.{name}" if above else name
        yield child, full, (*path, number, index)
        yield from elements(value, child, (*path, number, index), full)


def words(text):
    return {w.rstrip("s") for w in re.findall(r"\w+", text.lower().replace("_", " "))} - FILLERS


def says_only_its_name(full, comment):
    """True for `// The title.` above `title`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", full.replace(".", " "))
    return words(comment) <= words(spaced)


def problems_of(file):
    name = next(v for n, v in fields(file) if n == NAME).decode()
    comments = comments_of(file)
    for kind, full, path in elements(file, "file"):
        line, comment = comments[path]
        if not comment:
            yield f"{FOLDER}/{name}:{line}: {kind} {full} has no comment"
        elif kind in MUST_SAY_MORE and says_only_its_name(full, comment):
            yield f"{FOLDER}/{name}:{line}: the comment of {kind} {full} says only its name"


def descriptor_set(root, files):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "set"
        done = subprocess.run([os.environ.get("PROTOC", "protoc"), f"-I{FOLDER}",
                               f"--descriptor_set_out={out}", "--include_source_info", *files],
                              cwd=root, capture_output=True, text=True)
        return out.read_bytes() if done.returncode == 0 else None, done.stderr


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    files = sorted(p.relative_to(root / FOLDER).as_posix() for p in (root / FOLDER).rglob("*.proto"))
    if not files:
        print(f"{FOLDER}: no protos")
        return 1
    data, error = descriptor_set(root, files)
    if data is None:
        print(error)
        return 1
    found = [problem for _, file in fields(data) for problem in problems_of(file)]
    print("\n".join(found) if found else "protos: every element says what it means")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
