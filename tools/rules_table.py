#!/usr/bin/env python3
"""The legal rules, and the tests that show them.

  rules_table.py table  --list BIN/greffe_list_rules            is docs/rules.md up to date?
  rules_table.py write  --list BIN/greffe_list_rules            makes it
  rules_table.py switch --list BIN/greffe_list_rules --tests D  switches each rule off in turn: the
                                                                tests named for it must then fail

The rules are those of core/rules/registry.cc; the tests those of tests/rules.txt. A rule without a
test, a test for no rule, or a function that core/rules does not declare fails every mode; so does a
rule of the domain, all of which tests/rules_domain.txt lists, that the registry does not hold.
"""

import argparse
import os
import pathlib
import subprocess
import sys

COLUMNS = ("id", "check", "severity", "function", "title_fr", "title_en", "source")
HEADER = """# Rules of law that Greffe applies

Made by `tools/rules_table.py write` from `core/rules/registry.cc` and `tests/rules.txt`; the test run
fails when it is not up to date, and switches each rule off in turn: its tests must then fail.

*Severity*: `block` refuses a command (a fact that breaks it is recorded and marked serious); `error`
refuses none and is marked serious beside what is on record; `warn` is a finding to look at; `info` is
said beside the answer.

| rule | check | what it says | source | severity | function | shown by |
|---|---|---|---|---|---|---|
"""
VECTORS = """
## Acceptance vectors

| rule | vector | shown by |
|---|---|---|
"""
FURTHER = """
## Further tests

Of what goes with a rule and holds without it, so that no switch is thrown for them: the test run runs
them as they are.

| rule | shown by |
|---|---|
"""


class Broken(Exception):
    pass


def read_rules(program):
    out = subprocess.run([program], capture_output=True, text=True, check=True).stdout
    return [dict(zip(COLUMNS, line.split("\t"))) for line in out.splitlines()]


def cells_of(path):
    """Each row's cells with its number."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in line.split("|")]


def read_test(path, number, cells):
    if len(cells) not in (3, 4):
        raise Broken(f"{path.name}:{number}: want rule | program | test | vector")
    return dict(zip(("rule", "program", "test", "vector"), [*cells, ""]))


def read_tests(path):
    return [read_test(path, number, cells) for number, cells in cells_of(path)]


def numbered(text):
    """L-01..L-03 L-05: every id that it names."""
    out = []
    for part in text.split():
        first, _, last = part.partition("..")
        prefix, number = first.split("-")
        for n in range(int(number), int((last or first).split("-")[1]) + 1):
            out.append(f"{prefix}-{n:02d}")
    return out


def read_domain(path):
    """Every id of the domain, and the further tests."""
    everything, rows = [], []
    for number, cells in cells_of(path):
        if cells[0] == "all" and len(cells) == 2:
            everything += numbered(cells[1])
        else:
            rows.append(read_test(path, number, cells))
    return everything, rows


def rules_named(rules):
    """Each id and check that the registry names, as a row."""
    return [{"rule": one} for rule in rules for one in (rule["id"], rule["check"]) if one]


def check(root, rules, tests, everything, further):
    problems = []
    held = {rule["id"] for rule in rules} | {rule["check"] for rule in rules}
    problems += [f"{one}: the registry does not hold it" for one in everything if one not in held]
    problems += [f"{row['rule']}: no rule of the domain" for row in [*rules_named(rules), *further]
                 if row["rule"] not in everything]
    ids = {rule["id"] for rule in rules}
    headers = "".join(p.read_text() for p in sorted((root / "core" / "rules").glob("*.h")))
    for rule in rules:
        if not any(t["rule"] == rule["id"] for t in tests):
            problems.append(f"{rule['id']}: no test in tests/rules.txt shows it")
        if f" {rule['function']}(" not in headers:
            problems.append(f"{rule['id']}: core/rules declares no {rule['function']}")
    problems += [f"{t['test']}: {t['rule']} is no rule" for t in tests if t["rule"] not in ids]
    if problems:
        raise Broken("\n".join(problems))


def table(rules, tests, further):
    out = HEADER
    for rule in rules:
        shown = ", ".join(f"`{t['test']}`" for t in tests if t["rule"] == rule["id"])
        out += (f"| {rule['id']} | {rule['check']} | {rule['title_fr']}<br>*{rule['title_en']}* | "
                f"{rule['source']} | {rule['severity']} | `{rule['function']}` | {shown} |\n")
    out += VECTORS
    for test in [*tests, *further]:
        if test["vector"]:
            out += f"| {test['rule']} | {test['vector']} | `{test['test']}` |\n"
    if not further:
        return out
    out += FURTHER
    for rule in dict.fromkeys(row["rule"] for row in further):
        shown = ", ".join(f"`{row['test']}`" for row in further if row["rule"] == rule)
        out += f"| {rule} | {shown} |\n"
    return out


def passes(folder, test, off):
    env = {k: v for k, v in os.environ.items() if k != "GREFFE_RULE_OFF"}
    if off:
        env["GREFFE_RULE_OFF"] = off
    done = subprocess.run([folder / test["program"], f"--gtest_filter={test['test']}"], env=env,
                          capture_output=True, text=True)
    ran = "[==========] 1 test from" in done.stdout
    if not off and not ran:
        raise Broken(f"{test['program']} has no test {test['test']}")
    # A program that does not know the rule, or that dies, shows nothing.
    if off and not ran:
        raise Broken(f"{test['test']} with {off} off: {done.stderr.strip() or 'did not run'}")
    return done.returncode == 0


def switch(folder, tests, further, pure):
    # What links gRPC or RocksDB is not built there; anywhere else a missing program is an error.
    if pure:
        tests, further = ([row for row in rows if (folder / row["program"]).exists()]
                          for rows in (tests, further))
    problems = [f"{row['test']} fails as it is" for row in further
                if not passes(folder, row, "")]
    for test in tests:
        if not passes(folder, test, ""):
            problems.append(f"{test['test']} fails as it is")
        elif passes(folder, test, test["rule"]):
            problems.append(f"{test['test']} passes although {test['rule']} is switched off")
    if problems:
        raise Broken("\n".join(problems))
    return (f"rules: {len(tests)} tests fail when their rule is switched off, "
            f"{len(further)} others pass")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("mode", choices=("table", "write", "switch"))
    parser.add_argument("--list", required=True, help="the program greffe_list_rules")
    parser.add_argument("--tests", help="folder of the test programs")
    parser.add_argument("--pure", action="store_true",
                        help="the build is GREFFE_PURE_ONLY: leave out programs that it has not")
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parents[1])
    options = parser.parse_args()
    root = pathlib.Path(options.root)
    try:
        rules, tests = read_rules(options.list), read_tests(root / "tests" / "rules.txt")
        everything, further = read_domain(root / "tests" / "rules_domain.txt")
        check(root, rules, tests, everything, further)
        page = root / "docs" / "rules.md"
        if options.mode == "switch":
            print(switch(pathlib.Path(options.tests), tests, further, options.pure))
        elif options.mode == "write":
            page.write_text(table(rules, tests, further))
        elif not page.exists() or page.read_text() != table(rules, tests, further):
            raise Broken("docs/rules.md is not up to date: tools/rules_table.py write --list …")
        else:
            print(f"rules: {len(rules)} rules, docs/rules.md is up to date")
    except Broken as problem:
        print(problem)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
