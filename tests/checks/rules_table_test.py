"""tools/rules_table.py finds rules that nothing shows and tests that need no rule."""

import pathlib
import stat
import subprocess
import sys
import tempfile
import unittest

import checks_support

HEADER = "bool Holds(int a);\n"
RULE = "L-01\\tCHK-01\\tblock\\tHolds\\tTitre\\tTitle\\tSource\\n"
ROW = "L-01 | program | Suite.Test | a vector\n"
# A test program in one line: one test, which fails as GREFFE_RULE_OFF says.
PROGRAM = '#!/bin/sh\necho "[==========] 1 test from 1 test suite ran."\n{}\n'
NEEDS_THE_RULE = '[ -z "$GREFFE_RULE_OFF" ]'


class RulesTable(unittest.TestCase):
    def run_tool(self, mode, rules=RULE, rows=ROW, header=HEADER, program=NEEDS_THE_RULE, page=None,
                 domain="all | L-01 CHK-01\n", flags=()):
        with tempfile.TemporaryDirectory() as name:
            root = pathlib.Path(name)
            for path, text in {"core/rules/a.h": header, "tests/rules.txt": rows,
                               "tests/rules_domain.txt": domain,
                               "list": f"#!/bin/sh\nprintf '{rules}'\n",
                               "program": PROGRAM.format(program)}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
                (root / path).chmod(0o600 | stat.S_IXUSR)
            (root / "docs").mkdir()
            if page is not None:
                (root / "docs" / "rules.md").write_text(page)
            done = subprocess.run(
                [sys.executable, "-B", checks_support.ROOT / "tools" / "rules_table.py", mode,
                 "--list", root / "list", "--tests", root, "--root", root,
                 *flags],
                capture_output=True, text=True)
            written = root / "docs" / "rules.md"
            return done.returncode, done.stdout, written.read_text() if written.exists() else ""

    def test_writes_a_table_that_is_then_up_to_date(self):
        code, out, page = self.run_tool("write")
        self.assertEqual(code, 0, out)
        self.assertIn("| L-01 | CHK-01 | Titre<br>*Title* | Source | block | `Holds` | `Suite.Test`",
                      page)
        self.assertIn("| L-01 | a vector | `Suite.Test` |", page)
        self.assertEqual(self.run_tool("table", page=page)[0], 0)
        self.assertEqual(self.run_tool("table", page=page + " ")[0], 1)
        self.assertEqual(self.run_tool("table")[0], 1)

    def test_names_a_rule_without_a_test_and_a_test_without_a_rule(self):
        code, out, _ = self.run_tool("write", rows="L-02 | program | Suite.Test\n")
        self.assertEqual(code, 1)
        self.assertIn("L-01: no test", out)
        self.assertIn("L-02 is no rule", out)

    def test_names_a_function_that_does_not_exist(self):
        code, out, _ = self.run_tool("write", header="bool Held(int a);\n")
        self.assertEqual(code, 1)
        self.assertIn("core/rules declares no Holds", out)

    def test_accepts_a_test_that_fails_without_its_rule(self):
        code, out, _ = self.run_tool("switch")
        self.assertEqual(code, 0, out)

    def test_names_a_test_that_passes_without_its_rule(self):
        code, out, _ = self.run_tool("switch", program="true")
        self.assertEqual(code, 1)
        self.assertIn("Suite.Test passes although L-01 is switched off", out)

    def test_names_a_test_that_fails_anyway_or_does_not_exist(self):
        self.assertIn("fails as it is", self.run_tool("switch", program="false")[1])
        code, out, _ = self.run_tool("switch", program="exec echo none", rows=ROW)
        self.assertEqual(code, 1)

    def test_leaves_out_a_missing_program_only_where_told(self):
        rows = ROW + "L-01 | not-built | Suite.Test\n"
        code, out, _ = self.run_tool("switch", rows=rows)
        self.assertNotEqual(code, 0, out)
        code, out, _ = self.run_tool("switch", rows=rows, flags=["--pure"])
        self.assertEqual(code, 0, out)
        # What is there is run all the same.
        code, out, _ = self.run_tool("switch", rows=rows, flags=["--pure"], program="true")
        self.assertEqual(code, 1)
        self.assertIn("Suite.Test passes although", out)

    def test_wants_every_rule_of_the_domain_in_the_registry(self):
        code, out, _ = self.run_tool("write", domain="all | L-01..L-03 CHK-01\n")
        self.assertEqual(code, 1)
        self.assertIn("L-02: the registry does not hold it", out)
        self.assertIn("L-03: the registry", out)
        self.assertNotIn("CHK-01:", out)
        # A test that needs no rule is no place for a rule.
        code, out, _ = self.run_tool("write", domain="all | L-01 L-02 CHK-01\n"
                                                     "L-02 | program | Suite.Other\n")
        self.assertEqual(code, 1)
        self.assertIn("L-02: the registry", out)

    def test_names_a_rule_that_the_domain_does_not_have(self):
        code, out, _ = self.run_tool("write", domain="all | L-01 CHK-01\n"
                                                     "L-04 | program | Suite.Other\n")
        self.assertEqual(code, 1)
        self.assertIn("L-04: no rule of the domain", out)
        self.assertIn("CHK-01: no rule of the domain",
                      self.run_tool("write", domain="all | L-01\n")[1])

    def test_shows_further_tests_and_runs_them_as_they_are(self):
        domain = ("all | L-01 CHK-01\nL-01 | program | Suite.Other | of old\n"
                  "L-01 | program | Suite.Third\n")
        code, out, page = self.run_tool("write", domain=domain)
        self.assertEqual(code, 0, out)
        self.assertIn("| L-01 | `Suite.Other`, `Suite.Third` |", page)
        self.assertIn("| L-01 | of old | `Suite.Other` |", page)
        self.assertEqual(self.run_tool("switch", domain=domain)[0], 0)
        only_the_rule = '[ "$1" = "--gtest_filter=Suite.Test" ] && [ -z "$GREFFE_RULE_OFF" ]'
        code, out, _ = self.run_tool("switch", domain=domain, program=only_the_rule)
        self.assertEqual(code, 1)
        self.assertIn("Suite.Other fails as it is", out)


if __name__ == "__main__":
    unittest.main()
