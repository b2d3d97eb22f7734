#!/usr/bin/env python3
"""Scores the reader on the documents beside the project, by issue 3's table.

usage: score_test.py READ_FACTS SHARED

Skips, naming what is left out, where SHARED or one of its documents is not there. Exit code 77: all
were left out.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

# Kinds, and the least recall and precision wanted of each.
WANTED = {
    **dict.fromkeys(("period", "party", "representative", "article", "axis", "objective", "action",
                     "sub_action", "deliberation", "body"), 0.98),
    **dict.fromkeys(("article_body", "visa", "indicator", "indicator_kind", "facility",
                     "facility_address"), 0.95),
    **dict.fromkeys(("schedule", "expected_result"), 0.85),
}
SMALL = 50  # A kind with fewer facts may miss one and add one.
UNREAD_MAX = 0.03


def rows(output):
    """Lines `kind reference found missing recall given extra precision` of score-import."""
    for line in output.splitlines():
        words = line.split()
        if len(words) == 8 and words[0] in WANTED:
            yield words[0], *(int(words[i]) for i in (1, 2, 3, 5, 6))


def problems_of(name, output):
    found = []
    for kind, reference, hits, missing, given, extra in rows(output):
        if reference < SMALL and missing <= 1 and extra <= 1:
            continue
        least = WANTED[kind]
        recall = hits / reference if reference else 1.0
        precision = hits / given if given else 1.0
        if recall < least or precision < least:
            found.append(f"{name}: {kind}: recall {recall:.3f}, precision {precision:.3f}, "
                         f"wanted {least} ({missing} missing, {extra} extra)")
    return found


def document_of(shared, reference):
    source = json.loads(reference.read_text(encoding="utf-8"))["source"]
    words = json.dumps(source)
    return [path for path in sorted((shared / "documents").glob("*.txt")) if path.name in words]


def score(read_facts, shared, reference):
    documents = document_of(shared, reference)
    if not documents:
        print(f"left out: {reference.name}: its document is not there")
        return None
    facts = subprocess.run([read_facts, *documents], capture_output=True, check=True).stdout
    with tempfile.NamedTemporaryFile(suffix=".tsv") as file:
        file.write(facts)
        file.flush()
        output = subprocess.run(
            [sys.executable, shared / "tools/score-import", reference, file.name,
             "--missing", "30", "--extra", "30"],
            capture_output=True, check=True, text=True).stdout
    print(f"== {reference.name}\n{output}")
    found = problems_of(reference.name, output)
    unread = subprocess.run([read_facts, "--unread", *documents], capture_output=True, check=True,
                            text=True).stderr
    print(unread)
    words = unread.split()
    if int(words[0]) > UNREAD_MAX * int(words[2]):
        found.append(f"{reference.name}: {unread.strip()}, at most {UNREAD_MAX:.0%} wanted")
    return found


def main(read_facts, shared):
    shared = pathlib.Path(shared)
    references = sorted((shared / "corpus").glob("*.json"))
    if not references or not (shared / "tools/score-import").is_file():
        print(f"left out: {shared} is not there; nothing is scored")
        return 77
    results = [score(read_facts, shared, reference) for reference in references]
    problems = [problem for result in results if result for problem in result]
    print("\n".join(problems))
    if all(result is None for result in results):
        return 77
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
