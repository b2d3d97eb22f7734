"""The style sheets of the pages that Greffe writes: contrast (WCAG 2.1, 1.4.3 and 1.4.11), visible
focus, print, nothing fetched."""

import re
import unittest

import checks_support

SHEETS = ["core/export/page_style.inc", "core/reader/lexicon/report_style.inc"]
TEXT_MIN = 4.5
# What shows where the focus is.
OUTLINE_MIN = 3.0


def sheet(path):
    text = (checks_support.ROOT / path).read_text()
    return re.fullmatch(r'\s*R"css\((.*)\)css"\s*', text, re.S).group(1)


def luminance(colour):
    """Relative luminance of #rgb or #rrggbb."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def values(css, name):
    """Values of a property, whatever the rule."""
    return re.findall(rf"(?<![\w-]){name}:([^;}}]+)", css)


def colours(css, name):
    return {found for value in values(css, name) for found in re.findall(r"#[0-9a-f]+\b", value)}


class PageStyle(unittest.TestCase):
    def test_the_measure_itself(self):
        self.assertAlmostEqual(contrast("#000", "#ffffff"), 21.0)
        self.assertAlmostEqual(contrast("#777777", "#fff"), 4.48, places=2)

    def test_every_text_on_every_ground(self):
        for path in SHEETS:
            css = sheet(path)
            texts, grounds = colours(css, "color"), colours(css, "background")
            self.assertIn("#fff", grounds, path)
            self.assertGreaterEqual(len(texts), 2, path)
            for text in texts:
                for ground in grounds:
                    with self.subTest(path=path, text=text, ground=ground):
                        self.assertGreaterEqual(contrast(text, ground), TEXT_MIN)

    def test_colours_are_given_so_that_they_can_be_measured(self):
        for path in SHEETS:
            css = sheet(path)
            for name in ("color", "background"):
                for value in values(css, name):
                    self.assertRegex(value, r"^(#[0-9a-f]{3}|#[0-9a-f]{6}|inherit)$", path)

    def test_the_focus_is_seen(self):
        for path in SHEETS:
            css = sheet(path)
            self.assertRegex(css, r"a:focus-visible[^{]*{outline:3px solid #", path)
            for value in values(css, "outline"):
                colour, = re.findall(r"#[0-9a-f]+", value)
                self.assertGreaterEqual(contrast(colour, "#fff"), OUTLINE_MIN, path)

    def test_prints_and_fetches_nothing(self):
        for path in SHEETS:
            css = sheet(path)
            self.assertRegex(css, r"@media print{", path)
            self.assertNotRegex(css, r"url\(|@import|@font-face|https?:", path)


if __name__ == "__main__":
    unittest.main()
