"""Small trees with a known fault, for the tests of the checks."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class CheckCase(unittest.TestCase):
    """Runs one of tools/check_*.py over a tree made of {path: text}."""

    script = ""

    def check(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                file = pathlib.Path(folder) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            done = subprocess.run([sys.executable, "-B", ROOT / "tools" / self.script, folder],
                                  capture_output=True, text=True)
        return done.returncode, done.stdout
