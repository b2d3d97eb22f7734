"""The first hour of a partner with a convention that exists: read, corrected by a script, entered at
one replica, attested by each partner, and any wording traced to its line and document."""

import hashlib
import json
import subprocess
import unittest

import harness
import playlib

EXAMPLE = harness.ROOT / "examples" / "import" / "convention.txt"
# What the documents call the parties, and what the replicas are registered as.
PARTNERS = {"caisse": "caf-99", "communaute": "cc-essai", "commune": "commune-essai"}


class FirstHour(harness.E2eCase):
    def read(self, *more):
        out = self.folder / "projet.json"
        done = subprocess.run([harness.BIN / "greffe", "--lang", "fr", "import", EXAMPLE, "--out", out,
                               "--json", *more], capture_output=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return out, json.loads(done.stdout)

    def corrected(self, out):
        """Gives each party the id that its partner is registered with, as a person would."""
        draft = json.loads(out.read_text())
        ids = {}
        for element in draft["elements"]:
            if "party" in element:
                read = element["party"]["partner_id"]
                ids[read] = PARTNERS[read.split("-")[0]]
        text = out.read_text()
        for read, registered in ids.items():
            text = text.replace(f'"{read}"', f'"{registered}"')
        out.write_text(text)
        return json.loads(text)

    def partners(self):
        caf = self.replica()
        community = self.replica("cc", "Communauté d'essai", "cc-essai", "intercommunality")
        commune = self.commune()
        for other in (community, commune):
            playlib.join(caf, other)
        return caf, community, commune

    def status(self, replica, convention, *at):
        return replica.json("coordination", "convention", "status", convention, *at)["view"]

    def test_from_a_document_to_a_convention_in_force(self):
        out, report = self.read()
        self.assertTrue(report["paper"]["on_paper"])
        self.assertEqual(report["problems"], [])
        self.assertIn("délibération", " ".join(one["text"] for one in report["paper"]["missing"]))
        draft = self.corrected(out)
        caf, community, commune = everyone = self.partners()

        made = caf.json("coordination", "convention", "new", "--file", out,
                        "--attach", EXAMPLE)
        convention, act = made["receipt"]["convention_id"], made["act_id"]
        self.assertTrue(playlib.settle(everyone, convention))
        self.assertEqual(self.status(commune, convention)["standing"], "CONVENTION_STANDING_PROJECT")
        for number, replica in enumerate(everyone, 1):
            replica.run("secretariat", "act", "attest", act, "--yes")
            self.assertTrue(playlib.settle(everyone, convention))
            board = self.status(caf, convention)
            self.assertEqual(board["revision"]["on_paper"]["attested"], number)
            self.assertEqual(board["revision"]["concluded"], number == len(everyone))

        # The dates are those of the document.
        board = self.status(commune, convention, "--in-force-on", "2026-06-01",
                            "--clock-date", "2026-06-01")
        self.assertEqual(board["revision"]["concluded_on"], "2025-12-18")
        self.assertEqual(board["standing"], "CONVENTION_STANDING_IN_FORCE")
        before = self.status(commune, convention, "--in-force-on", "2025-12-31",
                             "--clock-date", "2025-12-31")
        self.assertNotEqual(before["standing"], "CONVENTION_STANDING_IN_FORCE")
        missing = " ".join(one["text"] for one in board["findings"]
                           if one["code"].startswith("paper-"))
        self.assertIn("numérisation de la signature (Maire)", missing)
        self.assertNotIn("date de signature", missing)

        # Years later, elsewhere: the line of a wording, and the document itself.
        article = next(e for e in draft["elements"] if e.get("article", {}).get("number") == "3")
        title = article["article"]["title"]
        line = next(i for i, text in enumerate(EXAMPLE.read_text().splitlines(), 1)
                    if text == f"Article 3 : {title}")
        self.assertEqual(article["sources"][0]["first_line"], line)
        shown = commune.run("coordination", "convention", "show", convention, "--element",
                            article["id"]).out
        self.assertIn(str(line), shown)
        sha256 = hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
        self.assertIn(sha256[:8], shown)
        back = self.folder / "back.txt"
        commune.run("coordination", "attachment", "get", convention, sha256, "--out", back)
        self.assertEqual(hashlib.sha256(back.read_bytes()).hexdigest(), sha256)

    def test_a_flag_decides_and_a_further_reading_keeps_its_answer(self):
        out, report = self.read("--not-on-paper")
        self.assertFalse(report["paper"]["on_paper"])
        self.assertNotIn("on_paper", json.loads(out.read_text()))

        _, again = self.read("--force")

        self.assertFalse(again["paper"]["on_paper"])
        self.assertEqual([(one["kind"], one["element_id"]) for one in again["changes"]],
                         [("IMPORT_CHANGE_KIND_CORRECTION_KEPT", "on_paper")])
        _, said = self.read("--force", "--on-paper")
        self.assertTrue(said["paper"]["on_paper"])
        self.assertEqual(len(json.loads(out.read_text())["on_paper"]["signatures"]), 4)

        both = subprocess.run([harness.BIN / "greffe", "import", EXAMPLE, "--on-paper",
                               "--not-on-paper"], capture_output=True, timeout=60, check=False)
        self.assertEqual(both.returncode, 2)

    def test_says_what_was_kept_without_being_understood(self):
        text = EXAMPLE.read_text().replace(
            "Exemple fictif : aucun lieu", "Un avis dont la place ne dit rien.\n\nExemple fictif : aucun lieu")
        path = self.file("convention.txt", text)
        done = subprocess.run([harness.BIN / "greffe", "import", path, "--json"],
                              capture_output=True, timeout=60, check=True)
        report = json.loads(done.stdout)
        self.assertEqual(report["lines_unread"], 0)
        self.assertGreater(report["lines_plain"], 0)
        line = text.splitlines().index("Un avis dont la place ne dit rien.") + 1
        spans = [tuple(map(int, one.split(":")[1].split("-"))) for one in report["plain_passages"]]
        self.assertTrue(any(span[0] <= line <= span[-1] for span in spans), spans)


if __name__ == "__main__":
    unittest.main()
