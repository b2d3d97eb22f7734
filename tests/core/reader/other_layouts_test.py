#!/usr/bin/env python3
"""Scores the reader on documents in other layouts (tests/reader/documents) against their references.

usage: other_layouts_test.py READ_FACTS DOCUMENTS SHARED

Each document has a floor: how many facts it may miss and add. Both numbers only ever go down; a
document without a floor fails. Exit code 77: SHARED has no scorer.
"""
import pathlib
import subprocess
import sys
import tempfile

# Facts that may be missed, facts that may be added.
FLOORS = {
    "council-report-and-plan": (0, 0),
    "ctg-2019-2022-decimal": (0, 0),
    "deliberation-and-convention": (0, 0),
    "fumelet-ville-2021": (0, 0),
    "haut-vernon": (2, 0),
    "html-remains": (0, 0),
    "moselette-2023-2027": (0, 0),
    "newspaper-columns": (0, 0),
    "numbered-questions": (0, 0),
    "ocr-faults": (0, 0),
    "overseas-inline-labels": (0, 0),
    "pays-de-brezel-2019": (0, 0),
    "pays-de-lorvain": (1, 1),
    "pipe-tables": (0, 0),
    "plan-only": (0, 0),
    "roquefleurie-2022": (0, 0),
    "services-by-commune": (0, 0),
    "sources-ardoise-2024": (0, 0),
    "tab-columns": (0, 0),
    "twelve-communes": (0, 0),
    "val-dorme": (0, 0),
    "vauvre-2020-2023": (0, 0),
    "villarmance": (5, 3),
    "workshop-sheets": (0, 0),
}
SECONDS_MAX = 20


def counts(output):
    """Missing and extra of all kinds, from the last row of score-import's table."""
    for line in output.splitlines():
        words = line.split()
        if words and words[0] == "all":
            return int(words[3]), int(words[6])
    raise ValueError("no row of all kinds in:\n" + output)


def problems_of(read_facts, scorer, reference):
    name = reference.stem
    document = next(path for path in sorted(reference.parent.glob(name + ".*"))
                    if path.suffix != ".json")
    if name not in FLOORS:
        return [f"{name}: no floor: add one"]
    try:
        facts = subprocess.run([read_facts, document], capture_output=True, check=True,
                               timeout=SECONDS_MAX).stdout
    except subprocess.TimeoutExpired:
        return [f"{name}: not read within {SECONDS_MAX} s"]
    with tempfile.NamedTemporaryFile(suffix=".tsv") as file:
        file.write(facts)
        file.flush()
        output = subprocess.run(
            [sys.executable, scorer, reference, file.name, "--missing", "30", "--extra", "30"],
            capture_output=True, check=True, text=True).stdout
    print(f"== {name}\n{output}")
    missing, extra = counts(output)
    most_missing, most_extra = FLOORS[name]
    if missing > most_missing or extra > most_extra:
        return [f"{name}: {missing} missing, {extra} extra; "
                f"at most {most_missing} and {most_extra} wanted"]
    return []


def main(read_facts, documents, shared):
    scorer = pathlib.Path(shared) / "tools/score-import"
    if not scorer.is_file():
        print(f"left out: {scorer} is not there; nothing is scored")
        return 77
    references = sorted(pathlib.Path(documents).glob("*.json"))
    problems = [f"{name}: its document is not there"
                for name in sorted(FLOORS.keys() - {path.stem for path in references})]
    for reference in references:
        problems += problems_of(read_facts, scorer, reference)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
