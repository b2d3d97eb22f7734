"""The play on a generated convention, with other names and counts than the examples."""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

import generate_example
import harness


def play(example, work):
    return subprocess.run(
        [sys.executable, "-B", harness.ROOT / "deploy" / "play.py", "--bin", harness.BIN,
         "--example", example, "--work", work], capture_output=True, text=True, timeout=280)


class Play(unittest.TestCase):
    def setUp(self):
        self.seed = int(os.environ.get("GREFFE_SEED") or random.randrange(1 << 31))
        print(f"GREFFE_SEED={self.seed}", file=sys.stderr)
        folder = tempfile.TemporaryDirectory(prefix="gr-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_finds_every_figure_of_a_generated_convention(self):
        want = generate_example.write(self.seed, self.folder / "ex")["want"]

        done = play(self.folder / "ex", self.folder / "w")

        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertRegex(done.stdout, rf"équipements au registre \.+ {want['facilities']}\n")
        self.assertRegex(done.stdout, rf"indicateurs au registre \.+ {want['indicators']}\n")
        self.assertIn("Tout ce qui était annoncé a été lu", done.stdout)

    def test_ends_with_1_at_the_first_figure_that_differs(self):
        generate_example.write(self.seed, self.folder / "ex")
        path = self.folder / "ex" / "play.json"
        plan = json.loads(path.read_text())
        plan["want"]["signatories"] += 1
        path.write_text(json.dumps(plan))

        done = play(self.folder / "ex", self.folder / "w")

        self.assertEqual(done.returncode, 1)
        self.assertIn("✗ signataires au registre : lu", done.stdout)
        self.assertNotIn("Étape 3", done.stdout)

    def test_plays_the_convention_of_rodez(self):
        done = play(harness.ROOT / "examples" / "rodez", self.folder / "w")

        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
