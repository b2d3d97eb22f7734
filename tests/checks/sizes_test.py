"""tools/check_sizes.py asks, then fails."""

import unittest

import checks_support


class Sizes(checks_support.CheckCase):
    script = "check_sizes.py"

    def test_is_silent_at_400_lines(self):
        code, out = self.check({"core/a.cc": "\n" * 400})
        self.assertEqual((code, "a.cc" in out), (0, False))

    def test_asks_at_401_lines(self):
        code, out = self.check({"core/a.cc": "\n" * 401})
        self.assertEqual((code, "core/a.cc: 401 lines" in out), (0, True))

    def test_fails_above_600_lines_but_a_test_above_800(self):
        self.assertEqual(self.check({"core/a.cc": "\n" * 600})[0], 0)
        self.assertEqual(self.check({"core/a.cc": "\n" * 601})[0], 1)
        self.assertEqual(self.check({"tests/a_test.cc": "\n" * 800})[0], 0)
        self.assertEqual(self.check({"tests/a_test.cc": "\n" * 801})[0], 1)


if __name__ == "__main__":
    unittest.main()
