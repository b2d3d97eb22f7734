"""cmake --install: programs that run where they are put, and a service that systemd takes."""

import configparser
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import harness
from harness import ROOT, playlib

UNIT = "lib/systemd/system/greffed.service"


def run(*args):
    return subprocess.run([str(a) for a in args], capture_output=True, text=True, timeout=120,
                          env=playlib.environment())


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="gr-")
        cls.prefix = pathlib.Path(cls.folder.name) / "usr"
        # Once for all: it writes where it put what into the folder of the build.
        cls.done = run("cmake", "--install", harness.BIN.parent, "--prefix", cls.prefix)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def setUp(self):
        self.assertEqual(self.done.returncode, 0, self.done.stdout + self.done.stderr)

    def test_puts_programs_service_and_pages_and_nothing_else(self):
        files = sorted(str(f.relative_to(self.prefix)) for f in self.prefix.rglob("*")
                       if f.is_file())
        self.assertEqual(files, ["bin/greffe", "bin/greffed", UNIT,
                                 "share/doc/greffe/OPERATIONS.md", "share/doc/greffe/cli.md"])

    def test_programs_run_where_they_are_put(self):
        home = pathlib.Path(self.folder.name) / "home"
        made = run(self.prefix / "bin/greffed", "init", "--home", home, "--partner", "caf-99",
                   "--name", "Caf d'essai", "--kind", "caf")
        self.assertEqual(made.returncode, 0, made.stderr)
        checked = run(self.prefix / "bin/greffed", "check", "--home", home)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        helped = run(self.prefix / "bin/greffe", "admin", "backup", "--help")
        self.assertEqual(helped.returncode, 0, helped.stderr)
        self.assertIn("OPERATIONS.md", helped.stdout)

    def test_the_service_shuts_greffed_in_and_leaves_it_its_home(self):
        unit = configparser.ConfigParser(interpolation=None)
        unit.optionxform = str
        unit.read_string((self.prefix / UNIT).read_text())
        service = dict(unit["Service"])
        for name, value in (("User", "greffe"), ("StateDirectory", "greffe"),
                            ("StateDirectoryMode", "0700"), ("UMask", "0077"),
                            ("NoNewPrivileges", "yes"), ("ProtectSystem", "strict"),
                            ("ProtectHome", "yes"), ("CapabilityBoundingSet", ""),
                            ("LimitNOFILE", "65536"), ("RestartPreventExitStatus", "2 4"),
                            ("ExecStart", "greffed run --home /var/lib/greffe")):
            self.assertEqual(service.get(name), value, name)
        self.assertTrue((ROOT / "docs/OPERATIONS.md").read_text().count("/var/backups/greffe"))
        self.assertIn("/var/backups/greffe", service["ReadWritePaths"])

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd on this machine")
    def test_systemd_understands_the_service(self):
        unit = pathlib.Path(self.folder.name) / "greffed.service"
        # Found in systemd's own search path once it is installed there.
        unit.write_text((self.prefix / UNIT).read_text().replace(
            "ExecStart=greffed", f"ExecStart={self.prefix}/bin/greffed"))
        done = run("systemd-analyze", "verify", unit)
        said = [line for line in (done.stdout + done.stderr).splitlines() if unit.name in line]
        self.assertEqual(said, [])


if __name__ == "__main__":
    unittest.main()
