"""Everything that people read fits 80 columns, in French and in English, and names no field as the
protocol does. Hashes and tokens, which people copy, may stand alone on a longer line."""

import json
import os
import re
import subprocess
import sys
import unicodedata
import unittest

import harness
import playlib

WIDTH = 80
# What the protocol calls things: `elements[3].article.body`, `votes_for`, `PARTNER_KIND_CAF`.
PROTOCOL = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[a-z]+\[\d+\]|\b[A-Z]{3,}_[A-Z_]+\b")


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


class Width(harness.E2eCase):
    def read(self, replica, *args, lang="fr", code=0):
        """Output of a command whose stdout is no terminal, checked line by line."""
        env = dict(playlib.environment())
        env.pop("COLUMNS", None)
        done = subprocess.run(
            [str(harness.BIN / "greffe"), "--home", str(replica.home), "--token-file",
             str(replica.token("coordination")), "--lang", lang, *map(str, args)],
            capture_output=True, text=True, env=env, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        text = done.stdout + done.stderr
        for line in text.splitlines():
            if " " in line.strip():
                self.assertLessEqual(columns(line), WIDTH, f"{args}: {line}")
        return text

    def everything(self, replica, convention, act, element, date):
        """Every command that reads, in both languages."""
        reads = [
            ["convention", "list"], ["convention", "show", convention],
            ["convention", "show", convention, "--element", element],
            ["convention", "status", convention], ["convention", "status", convention, "--blocking"],
            ["convention", "diff", convention, "--from", "2020-01-01", "--to", date],
            ["convention", "history", convention],
            ["convention", "history", convention, "--element", element],
            ["convention", "conflicts", convention], ["convention", "roster", convention],
            ["act", "list", convention], ["act", "show", act], ["deadlines", convention],
            ["deadlines", convention, "--why"], ["life", "show", convention],
            ["attachment", "list", convention], ["audit", "events", convention],
            ["audit", "verify", convention], ["admin", "status"], ["admin", "whoami"],
            ["partner", "list"], ["peer", "list"], ["peer", "status"],
        ]
        for lang in ("fr", "en"):
            for args in reads:
                text = self.read(replica, *args, lang=lang)
                if args == ["convention", "status", convention]:
                    # Findings are as many as there is to find, below the board.
                    board = re.split(r"\n(?:Constats|Findings)\n", text)[0]
                    self.assertLessEqual(len(board.splitlines()), 36, text)
                if args[:2] in (["convention", "show"], ["convention", "diff"]):
                    self.assertNotRegex(text, PROTOCOL, f"{lang} {args}")

    def look_at(self, draft):
        """Reads all of a convention that was frozen."""
        terms = next(e["terms"] for e in draft["elements"] if "terms" in e)
        parties = [e["party"] for e in draft["elements"] if "party" in e]
        caf = next(p for p in parties if p.get("kind") == "PARTNER_KIND_CAF")
        replica = self.replica("caf", caf["name"], caf["partner_id"])
        convention, act = self.convention(replica, draft)
        replica.run("coordination", "act", "freeze", act, "--yes")
        article = next(e for e in draft["elements"] if "article" in e)
        self.everything(replica, convention, act, article["id"], terms["end_date"])

    def test_the_example_of_agen(self):
        draft = json.loads((harness.ROOT / "examples/agen/convention.json").read_text())
        self.look_at(draft)

    def test_a_generated_convention(self):
        out = self.folder / "generated"
        subprocess.run([sys.executable, str(harness.ROOT / "tests/e2e/generate_example.py"), "7",
                        str(out)], check=True, capture_output=True)
        draft = json.loads((out / "convention.json").read_text())
        self.look_at(draft)

    def test_an_avenant_and_what_changed(self):
        caf, _, convention, _ = harness.concluded(self)
        draft = self.avenant()
        draft["changes"].append({"put": {"id": "action-1-echeancier", "parent_id": "action-1",
                                         "schedule": {"from": "2026", "to": "2028",
                                                      "state": "FILLED_STATE_OPEN"}}})
        act = caf.json("coordination", "act", "propose", convention, "--file",
                       self.file("avenant.json", draft))["act_id"]
        caf.run("coordination", "act", "freeze", "--yes", act, "--effective-from", "2026-06-01")
        for lang in ("fr", "en"):
            self.read(caf, "act", "text", act, lang=lang)
            self.read(caf, "act", "show", act, lang=lang)
        french = self.read(caf, "convention", "show", convention, "--element", "action-1-echeancier")
        self.assertIn("De : 2026", french)
        self.assertIn("État : Rempli", french)
        english = self.read(caf, "convention", "show", convention, "--element",
                            "action-1-echeancier", lang="en")
        self.assertIn("State: Filled in", english)

    def test_attesting_for_offices_of_long_names(self):
        draft = harness.small_draft()
        party = next(e["party"] for e in draft["elements"] if e["id"] == "partie-caf")
        party["signing_offices"] = [
            {"id": "signataire-caisse-allocations-familiales-presidence",
             "office": "Présidence du conseil d'administration de la Caisse"}]
        draft["on_paper"] = {"signatures": [
            {"signatory_id": party["signing_offices"][0]["id"]},
            {"signatory_id": "commune-maire", "signed_on": "2026-01-18"}]}
        caf = self.replica()
        _, act = self.convention(caf, draft)
        for lang in ("fr", "en"):
            self.assertIn(party["signing_offices"][0]["id"],
                          self.read(caf, "act", "attest", act, lang=lang, code=1))

    def test_refusals(self):
        caf = self.replica()
        _, act = self.convention(caf)
        for lang in ("fr", "en"):
            self.read(caf, "act", "show", harness.NO_ONE, lang=lang, code=1)
            self.read(caf, "convention", "show", harness.NO_ONE, lang=lang, code=1)
            self.read(caf, "act", "freeze", act, "--effective-from", "2026-02-30", lang=lang, code=1)
            self.read(caf, "act", "sign", act, lang=lang, code=1)

    def test_help(self):
        caf = self.replica()
        for lang in ("fr", "en"):
            self.read(caf, "--help", lang=lang)
            for group in ("convention", "act", "deliberation", "life", "follow"):
                self.read(caf, group, "--help", lang=lang)
            self.read(caf, "act", "freeze", "--help", lang=lang)


if __name__ == "__main__":
    unittest.main()
