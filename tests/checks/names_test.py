"""tools/check_names.py tells what two files of a folder may not both declare in unnamed namespaces."""

import unittest

import checks_support


def unnamed(inside):
    return "namespace greffe {\nnamespace {\n\n" + inside + "\n\n}  // namespace\n}  // namespace greffe\n"


class Names(checks_support.CheckCase):
    script = "check_names.py"

    def fault_of(self, one, other, name="b.cc"):
        code, out = self.check({"core/a.cc": unnamed(one), f"core/{name}": other})
        self.assertEqual(code, 1 if out else 0)
        return out.strip()

    def test_says_two_constants_of_one_name(self):
        self.assertEqual(
            self.fault_of("constexpr int kMost = 3;", unnamed("constexpr std::size_t kMost = 4;")),
            "core/b.cc: kMost is also the name of something in a.cc")

    def test_takes_the_folders_of_one_room_together(self):
        one = unnamed("constexpr int kMost = 3;")
        files = {"core/a/a.cc": one, "core/b/b.cc": one}
        self.assertEqual(self.check(files)[0], 0)
        self.assertEqual(self.check({**files, "core/CMakeLists.txt": ""})[0], 1)

    def test_says_two_types_of_one_name(self):
        self.assertIn("b.cc: Row", self.fault_of("struct Row {\n  int a;\n};", unnamed("class Row final {\n};")))

    def test_says_two_tables_of_one_name(self):
        self.assertIn("b.cc: kRows", self.fault_of("constexpr Row kRows[] = {\n};", unnamed("constexpr Line kRows[] = {\n};")))

    def test_says_functions_of_one_name_and_equal_parameters(self):
        self.assertIn("b.cc: Of", self.fault_of("int Of(const Row& row, int n) {\n}",
                                                unnamed("bool Of(const Row& other,\n        int) {\n}")))

    def test_lets_functions_differ_by_their_parameters(self):
        self.assertEqual(self.fault_of("int Of(const Row& row) {\n}", unnamed("int Of(const Line& line) {\n}")), "")

    def test_counts_only_the_parameters_that_a_call_must_give(self):
        self.assertIn("b.cc: Of", self.fault_of("int Of(int n) {\n}", unnamed("int Of(int n, bool all = true) {\n}")))

    def test_lets_two_aliases_name_one_type_and_says_those_that_do_not(self):
        self.assertEqual(self.fault_of("using Life = v1::Life;", unnamed("using Life = v1::Life;")), "")
        self.assertIn("b.cc: Life", self.fault_of("using Life = v1::Life;", unnamed("using Life = v1::Lives;")))

    def test_says_what_a_header_of_the_folder_declares(self):
        self.assertIn("core/a.cc: Form is also declared by form.h",
                      self.fault_of("class Form {\n};", "enum class Form {\n};\n", "form.h"))
        self.assertIn("core/a.cc: Day is also declared by day.h",
                      self.fault_of("int Day(int d) {\n}", "inline int Day(int day) {\n}\n", "day.h"))

    def test_says_a_type_of_the_name_of_a_function(self):
        self.assertIn("core/a.cc: Day is also declared by day.h",
                      self.fault_of("struct Day {\n};", "int Day(int day);\n", "day.h"))

    def test_leaves_other_folders_and_named_namespaces_alone(self):
        code, out = self.check({"core/a.cc": unnamed("constexpr int kMost = 3;"),
                                "core/x/b.cc": unnamed("constexpr int kMost = 3;"),
                                "core/c.cc": "namespace greffe {\nconstexpr int kMost = 3;\n}\n"})
        self.assertEqual((code, out), (0, ""))


if __name__ == "__main__":
    unittest.main()
