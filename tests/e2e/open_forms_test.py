"""What leaves Greffe passes readers of its forms: of the convention of Agen as the play leaves it, and
of one whose texts hold every sign that these forms give a meaning to."""

import re
import subprocess
import sys
import unittest

import harness
import open_forms
import pages
import playlib

SIRET = "21120202300019"
TITLE = 'Convention d\'essai, dite "du Val" ; à \\ part : « é » 100 %'


def siret(number):
    """Fourteen digits with the key of Luhn."""
    digits = f"2{number:012}"
    total = sum(int(d) if i % 2 else sum(divmod(2 * int(d), 10))
                for i, d in enumerate(reversed(digits)))
    return digits + str(-total % 10)


class OpenForms(harness.E2eCase):
    def written(self, run, *args):
        """The bytes of a document, from a file: nothing between them and the test."""
        path = self.folder / f"out-{len(list(self.folder.iterdir()))}"
        run(*args, "--output", path)
        return path.read_bytes()

    def calendar(self, raw):
        calendar = open_forms.Calendar(raw)
        self.assertEqual(calendar.problems, [])
        return calendar

    def scdl(self, raw, separator=","):
        rows, problems = open_forms.scdl(raw, separator)
        self.assertEqual(problems, [])
        return rows

    def page(self, raw):
        page = pages.Page(raw.decode())
        self.assertEqual(page.problems, [])
        return page.text

    def test_the_convention_of_agen(self):
        work = self.folder / "w"
        played = subprocess.run(
            [sys.executable, "-B", harness.ROOT / "deploy" / "play.py", "--bin", harness.BIN,
             "--example", harness.ROOT / "examples" / "agen", "--work", work, "--keep"],
            capture_output=True, text=True, timeout=400)
        self.addCleanup(lambda: subprocess.run(["sh", work / "stop.sh"], capture_output=True))
        self.assertEqual(played.returncode, 0, played.stdout + played.stderr)
        convention = re.search(r"convention status ([0-9a-f]+)", played.stdout).group(1)

        def run(*args):
            done = subprocess.run(
                [harness.BIN / "greffe", "--home", work / "agglo", "--token-file",
                 work / "agglo.tokens" / "coordination.token", *map(str, args)],
                capture_output=True, text=True, timeout=100)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            return done.stdout

        calendar = self.calendar(self.written(run, "export", "calendar", convention))
        self.assertGreater(len(calendar.texts("VEVENT", "SUMMARY")), 100)
        partners = sorted(set(re.findall(r'"partner_id": "([^"]+)"', (
            harness.ROOT / "examples" / "agen" / "convention.json").read_text())))
        given = [word for number, partner in enumerate(partners)
                 for word in ("--siret", f"{partner}={siret(number)}")]
        rows = self.scdl(self.written(run, "export", "deliberations", convention, *given,
                                      "--pref", "PREF047"))
        # The convention, and an avenant that most voted on again.
        self.assertGreater(len(rows), len(partners))
        self.assertEqual({row["PREF_ID"] for row in rows}, {"PREF047"})
        text = self.page(self.written(run, "convention", "show", convention, "--html"))
        self.assertIn("financeur : Caisse d'allocations familiales de Lot-et-Garonne", text)
        avenant, = re.findall(r"(?m)^([0-9a-f]{12})\s+avenant", run("act", "list", convention))
        text = self.page(self.written(run, "act", "text", avenant, "--html"))
        self.assertIn("agissant par : Maire ;", text)

    def test_texts_that_hold_every_sign(self):
        draft = harness.small_draft(TITLE)
        name = 'Commune d\'essai, "la Grande" ; Val'
        for element in draft["elements"]:
            if element["id"] == "partie-commune":
                element["party"]["name"] = name
            if element["id"] == "comite":
                element["body"]["name"] = "Comité ; de \"suivi\", \\ n° 1 — " + "é€" * 60
            if element["id"] == "article-1":
                element["article"]["body"] = "A ; b, c\n\n<i>d</i> & \"e\" \\n\n– f"
        caf, commune, convention, act = harness.both(self, draft)
        caf.run("coordination", "act", "freeze", "--yes", act)
        playlib.settle([caf, commune], convention)
        vote = ["Conseil, \"municipal\" ; 1" if word == "conseil municipal" else
                "2026;\"1\", é" if word == "2026-001" else word for word in harness.vote()]
        commune.run("secretariat", "deliberation", "record", act, *vote)

        def run(*args):
            return commune.run("coordination", *args)

        calendar = self.calendar(self.written(run, "export", "calendar", convention))
        self.assertEqual(calendar.texts("VCALENDAR", "X-WR-CALNAME"), [TITLE])
        self.assertTrue(all(TITLE in text for text in calendar.texts("VEVENT", "DESCRIPTION")))
        for separator in ",;":
            row, = self.scdl(self.written(run, "export", "deliberations", convention, "--siret",
                                          f"commune-essai={SIRET}", "--separator", separator),
                             separator)
            self.assertEqual((row["COLL_NOM"], row["DELIB_ID"], row["DELIB_OBJET"]),
                             (name, "2026;\"1\", é", TITLE))
        text = self.page(self.written(run, "convention", "show", convention, "--html"))
        self.assertIn('<i>d</i> & "e" \\n', text)
        # Nothing is due before the convention begins: still a calendar.
        empty = self.calendar(self.written(run, "export", "calendar", convention, "--until",
                                           "2020-01-01"))
        self.assertEqual(empty.texts("VEVENT", "SUMMARY"), [])


if __name__ == "__main__":
    unittest.main()
