"""tools/check_tests.py finds what would never be built, and tests that are switched off."""

import unittest

import checks_support

OFF = "DISABLED" + "_"


class Targets(checks_support.CheckCase):
    script = "check_tests.py"

    def test_accepts_a_source_that_its_folder_names(self):
        code, out = self.check({"tests/a/CMakeLists.txt": "greffe_test(NAME a SOURCES a_test.cc)",
                                "tests/a/a_test.cc": "TEST(A, DoesB) {}"})
        self.assertEqual(code, 0, out)

    def test_accepts_a_source_named_from_above(self):
        code, out = self.check({"core/CMakeLists.txt": "greffe_library(SOURCES base/a.cc)",
                                "core/base/a.cc": ""})
        self.assertEqual(code, 0, out)

    def test_names_a_test_that_no_target_builds(self):
        code, out = self.check({"tests/a/CMakeLists.txt": "# a_test.cc\n", "tests/a/a_test.cc": ""})
        self.assertEqual(code, 1)
        self.assertIn("tests/a/a_test.cc: no CMakeLists.txt names it", out)

    def test_names_a_python_test_that_nothing_runs(self):
        code, out = self.check({"tests/e2e/CMakeLists.txt": "", "tests/e2e/x_test.py": ""})
        self.assertEqual(code, 1)
        self.assertIn("tests/e2e/x_test.py", out)

    def test_is_not_misled_by_a_file_of_that_name_elsewhere(self):
        code, _ = self.check({"tests/b/CMakeLists.txt": "greffe_test(SOURCES a_test.cc)",
                              "tests/a/a_test.cc": ""})
        self.assertEqual(code, 1)

    def test_names_the_line_of_a_test_that_is_switched_off(self):
        code, out = self.check({"tests/a/CMakeLists.txt": "greffe_test(SOURCES a_test.cc)",
                                "tests/a/a_test.cc": f"\nTEST(A, {OFF}DoesB) {{}}\n"})
        self.assertEqual(code, 1)
        self.assertIn("tests/a/a_test.cc:2: a test is switched off", out)


if __name__ == "__main__":
    unittest.main()
