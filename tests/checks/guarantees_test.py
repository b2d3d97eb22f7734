"""Every test that docs/GUARANTEES.md names exists: a promise without its test is none."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CPP = re.compile(r"^(?:TYPED_)?TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\s*\)", re.M)
PYTHON = re.compile(r"^\s+def (test_\w+)\(", re.M)
NAMED = re.compile(r"`(\w+\.\w+|test_\w+)`")


def existing(root):
    names = set()
    for path in (root / "tests").rglob("*"):
        if path.suffix in (".cc", ".h"):
            names |= {f"{suite}.{name}" for suite, name in CPP.findall(path.read_text())}
        elif path.suffix == ".py":
            names |= set(PYTHON.findall(path.read_text()))
    return names


def named(text):
    return [name for name in NAMED.findall(text) if not name.endswith((".py", ".md"))]


class Guarantees(unittest.TestCase):
    def test_names_only_tests_that_exist(self):
        text = (ROOT / "docs" / "GUARANTEES.md").read_text()
        missing = [n for n in named(text) if n not in existing(ROOT) and n != "test_name"
                   and n != "Suite.Test"]
        self.assertEqual(missing, [])

    def test_promises_in_rows_of_tables_all_name_a_test(self):
        text = (ROOT / "docs" / "GUARANTEES.md").read_text().split("## Not promised")[0]
        rows = [r for r in text.splitlines() if r.startswith("| ") and "shown by" not in r]
        self.assertGreater(len(rows), 20)
        self.assertEqual([r for r in rows if not named(r)], [])

    def test_sees_a_name_that_no_test_has(self):
        self.assertNotIn("Nobody.WroteThis", existing(ROOT))
        self.assertEqual(named("| x | `Nobody.WroteThis` |"), ["Nobody.WroteThis"])


if __name__ == "__main__":
    sys.exit(unittest.main())
