"""Words of documents that enter the state rise with the fold version, and not without it."""

import hashlib
import re
import unittest

import checks_support

# By fold version, what a clause may leave to a committee: it decides who must sign (ADR 19). When
# this test fails, the words changed: raise kFoldVersion, and put the new pair here.
DELEGATIONS = {10: "c8a356a46c89d4bdda4a1fd9779cb9e18e5196347618cff98d12c53b9afca2e8"}

# And how many names of bodies of a text count as those of committees there.
BODIES_NAMED = {10: 32}


def words(text):
    """The rows alone: comments and layout say nothing."""
    lines = (re.sub(r"//.*", "", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def fold_version():
    header = (checks_support.ROOT / "core/convention/convention.h").read_text()
    return int(re.search(r"kFoldVersion = (\d+);", header).group(1))


class FoldWords(unittest.TestCase):
    def test_delegations_belong_to_the_fold_version(self):
        rows = (checks_support.ROOT / "core/rules/lexicon/delegations.inc").read_text()
        got = hashlib.sha256(words(rows).encode()).hexdigest()
        self.assertEqual({fold_version(): got}, DELEGATIONS)

    def test_names_of_bodies_belong_to_the_fold_version(self):
        source = (checks_support.ROOT / "core/convention/reading/instrument.cc").read_text()
        most = int(re.search(r"kBodiesNamed = (\d+);", source).group(1))
        self.assertEqual({fold_version(): most}, BODIES_NAMED)

    def test_comments_are_no_words(self):
        self.assertEqual(words("// a\n{b}  // c\n\n"), "{b}")


if __name__ == "__main__":
    unittest.main()
