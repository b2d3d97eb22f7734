#!/usr/bin/env python3
"""Names in unnamed namespaces differ between the files of a target's folder and of those in it.

The preset `ci` compiles the files of a room several at a time (GREFFE_UNITY), where two unnamed
namespaces are one: two things of the same name would be told by the compiler far from the change that
made them meet. Said here instead, for every folder, whichever files share a unit today.

Functions may share a name if their parameters differ, and so may aliases of one type. None may bear the
name of what a header of its folder declares. Usage: check_names.py [ROOT]
"""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOPS = ("bench", "client", "core", "server", "storage", "tests", "tools")
OPEN = re.compile(r"^namespace \{$", re.M)
CLOSE = re.compile(r"^\}  // namespace$", re.M)
TYPE = re.compile(r"^(?:template <.*>\s*)?(?:struct|class|enum class|enum) (\w+)(?: final)?(?: : [^;{]+)? \{", re.M)
ALIAS = re.compile(r"^using (\w+) = ([^;]+);", re.M)
CONSTANT = re.compile(r"^(?:static |thread_local |inline )*const(?:expr|init)?\b[^=({;]*?\b(\w+)(?:\[\w*\])*(?: = |\{|\()", re.M)
FUNCTION = re.compile(r"^(?!using|struct|class|enum|const(?:expr)? \w[\w:<>]* k[A-Z]|return|static_assert|TEST)"
                      r"[A-Za-z_][\w:<>,&* ]*?[\s&*](\w+)\(([^;{}]*?)\)(?: const)?(?: \{|;)", re.M | re.S)
DECLARED = re.compile(r"^(?:struct|class|enum class|enum) (\w+)(?: final)?(?: : [^;{]+)? \{|^using (\w+) =", re.M)


def unnamed(text):
    """The insides of the unnamed namespaces of a file."""
    for start in OPEN.finditer(text):
        end = CLOSE.search(text, start.end())
        if end:
            yield text[start.end():end.start()]


def parameters(text):
    """The types of the parameters that a call must give, without names."""
    depth, part, parts = 0, "", []
    for c in text + ",":
        depth += c in "<({"
        depth -= c in ">)}"
        if c == "," and depth == 0:
            if "=" not in part:
                parts.append(re.sub(r"(?<=[&*> \w])\s*\b\w+$", "", part.strip())
                             if re.search(r"[&* ]\w+$", part.strip()) else part)
            part = ""
        else:
            part += c
    return ", ".join(re.sub(r"\s+", " ", p).strip() for p in parts)


def names(text):
    """(name, what tells it from another of that name) for what an unnamed namespace declares."""
    for pattern in (TYPE, CONSTANT):
        for found in pattern.finditer(text):
            yield found.group(1), None
    for found in ALIAS.finditer(text):
        yield found.group(1), "= " + found.group(2)
    for found in FUNCTION.finditer(text):
        yield found.group(1), parameters(found.group(2))


def meet(forms, others):
    """Whether things of one name, told apart by these forms, may not share a unit."""
    if None in forms or None in others:
        return True
    aliases = {form for form in forms | others if form.startswith("=")}
    if aliases:
        return len(forms | others) > 1
    return bool(forms & others)


def faults(files):
    seen = collections.defaultdict(dict)
    types = {}
    functions = {}
    for file in files:
        if file.suffix == ".h":
            text = file.read_text()
            for found in DECLARED.finditer(text):
                types.setdefault(found.group(1) or found.group(2), file)
            for found in FUNCTION.finditer(text):
                functions.setdefault((found.group(1), parameters(found.group(2))), file)
    for file in files:
        if file.suffix != ".cc":
            continue
        mine = {}
        for inside in unnamed(file.read_text()):
            for name, form in names(inside):
                mine.setdefault(name, set()).add(form)
        for name, forms in mine.items():
            if name in types and any(form is None or form.startswith("=") for form in forms):
                yield f"{file}: {name} is also declared by {types[name].name}"
            for (function, form), header in functions.items():
                if function == name and meet(forms, {form}):
                    yield f"{file}: {name} is also declared by {header.name}"
            for other, others in seen[name].items():
                if meet(forms, others):
                    yield f"{file}: {name} is also the name of something in {other.name}"
            seen[name][file] = forms


def room_of(file, root):
    """The folder that makes the targets of a file: the nearest with a CMakeLists.txt, or its own."""
    for folder in file.parents:
        if folder == root:
            break
        if (folder / "CMakeLists.txt").exists():
            return folder
    return file.parent


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT)
    folders = collections.defaultdict(list)
    for top in TOPS:
        for file in sorted((root / top).rglob("*")):
            if file.suffix in (".cc", ".h"):
                folders[room_of(file, root)].append(file)
    bad = [fault for _, files in sorted(folders.items()) for fault in faults(files)]
    for fault in bad:
        print(fault.replace(f"{root}/", ""))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
