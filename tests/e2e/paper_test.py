"""A convention that was signed on paper: entered frozen, attested by each partner, never signed."""

import hashlib
import unittest

import harness
import playlib


def signed_draft():
    draft = harness.small_draft()
    draft["on_paper"] = {
        "signatures": [
            {"signatory_id": "caf-presidence", "signed_on": "2026-01-20"},
            {"signatory_id": "caf-direction"},
            {"signatory_id": "commune-maire", "signed_on": "2026-01-18"},
        ],
        "deliberations": [
            {"partner_id": "commune-essai", "assembly": "conseil municipal", "number": "2026-001",
             "sitting_on": "2026-01-10", "approves_text": True, "authorises_signature": True},
        ],
    }
    return draft


class Paper(harness.E2eCase):
    def setUp(self):
        super().setUp()
        self.caf, self.commune, self.convention_id, self.act = harness.both(self, signed_draft())

    def status(self, replica):
        return replica.json("coordination", "convention", "status", self.convention_id)["view"]

    def settle(self):
        self.assertTrue(playlib.settle([self.caf, self.commune], self.convention_id))

    def attest(self, replica, *more):
        return replica.run("secretariat", "act", "attest", self.act, "--yes", *more)

    def try_attest(self, replica, *more):
        return replica.try_run("secretariat", "act", "attest", self.act, "--yes", *more)

    def test_each_partner_attests_and_nobody_signs(self):
        board = self.status(self.commune)
        self.assertEqual(board["revision"]["on_paper"]["text"],
                         "déclarée signée sur papier, attestée par 0 sur 2")
        self.assertEqual(board["standing"], "CONVENTION_STANDING_PROJECT")
        said = self.caf.run("coordination", "convention", "status", self.convention_id).out
        self.assertIn("déclarée signée sur papier, attestée par 0 sur 2", said)

        self.commune.add_user("maire", "commune-essai", ["signatory"], "Maire")
        self.refused(self.commune.try_run("maire", "act", "sign", self.act, "--yes"), 1,
                     "personne ne le signe", "act attest")

        shown = self.attest(self.commune).err
        self.assertIn("Maire (commune-maire)", shown)
        self.assertIn("18 janvier 2026", shown)
        self.settle()
        self.attest(self.caf)
        self.settle()
        board = self.status(self.commune)
        # One office of the CAF has no date: nothing is invented, nothing concluded.
        self.assertEqual((board["revision"]["on_paper"]["attested"], board["revision"]["signed"],
                          board["revision"]["concluded"]), (2, 2, False))
        self.attest(self.caf, "--signed-on", "caf-direction=2026-01-21")
        self.settle()
        board = self.status(self.commune)
        self.assertTrue(board["revision"]["concluded"])
        self.assertEqual(board["revision"]["concluded_on"], "2026-01-21")
        self.assertEqual(board["revision"]["paper"], 3)

    def test_the_importer_alone_concludes_nothing(self):
        for date in ("caf-presidence=2026-01-20", "caf-direction=2026-01-20"):
            self.try_attest(self.caf, "--signed-on", date)
        self.try_attest(self.caf, "--signed-on", "commune-maire=2026-01-18")
        self.settle()
        board = self.status(self.commune)
        self.assertFalse(board["revision"]["concluded"])
        self.assertEqual(board["revision"]["on_paper"]["attested"], 1)
        self.refused(self.try_attest(self.caf, "--signed-on", "commune-maire=2026-01-18"),
                     1, "commune-maire")

    def test_missing_evidence_stays_listed(self):
        def missing():
            found = self.status(self.caf)["findings"]
            return " ".join(f["text"] for f in found if f["code"].startswith("paper-"))
        text = missing()
        self.assertIn("date de signature (Direction)", text)
        self.assertNotIn("date de signature (Maire)", text)
        self.assertIn("numérisation de la signature (Maire)", text)
        self.assertIn("publication de la délibération", text)
        self.assertIn("n'est pas encore attesté par", text)
        shown = self.caf.run("coordination", "convention", "show", self.convention_id,
                             "--markdown").out
        self.assertIn("déclarée signée sur papier, attestée par 0 sur 2", shown)

        scan = self.folder / "page.pdf"
        scan.write_bytes(b"%PDF page signee")
        self.attest(self.commune, "--scan", f"commune-maire={scan}")
        self.settle()
        self.assertIn("fichier de la numérisation (Maire)", missing())
        self.commune.run("secretariat", "attachment", "add", self.convention_id, scan, "--role",
                         "signed")
        self.settle()
        self.assertNotIn("numérisation (Maire)", missing())
        self.assertNotIn("signature (Maire)", missing())
        sha256 = hashlib.sha256(scan.read_bytes()).hexdigest()
        office = self.status(self.caf)["revision"]["on_paper"]["parties"][1]["offices"][0]
        self.assertEqual(office["own"]["scan_digest"], sha256)

    def test_a_text_entered_wrong_is_withdrawn_corrected_and_attested(self):
        self.caf.run("coordination", "act", "withdraw", self.act, "--reason", "mal relu")
        article = {"id": "article-1", "article": {"number": "1", "title": "Durée",
                                                  "body": "Cinq ans, relu.",
                                                  "role": "CLAUSE_ROLE_TERM"}}
        self.caf.run("coordination", "act", "revise", self.act, "--file",
                     self.file("act.json", {"changes": [{"put": article}]}))
        wrong = self.file("wrong.json", {"signatures": [{"signatory_id": "nobody"}]})
        self.refused(self.caf.try_run("coordination", "act", "freeze", self.act, "--on-paper",
                                      wrong), 1, "nobody")
        signing = self.file("signing.json", {"signatures": [
            {"signatory_id": office, "signed_on": "2026-01-20"}
            for office in ("caf-presidence", "caf-direction", "commune-maire")]})
        self.caf.run("coordination", "act", "freeze", self.act, "--on-paper", signing)
        self.settle()
        self.attest(self.caf)
        self.settle()
        self.attest(self.commune)
        self.settle()
        board = self.status(self.caf)
        self.assertTrue(board["revision"]["concluded"])
        self.assertEqual(board["revision"]["concluded_on"], "2026-01-20")

    def test_attesting_asks_first_and_happens_once(self):
        self.refused(self.commune.try_run("secretariat", "act", "attest", self.act), 1,
                     "confirmation")
        self.assertEqual(self.status(self.commune)["revision"]["on_paper"]["attested"], 0)
        self.attest(self.commune)
        self.refused(self.try_attest(self.commune), 1, "déjà attesté")
        self.refused(self.commune.try_run("coordination", "act", "attest", self.act, "--yes"), 1, "rôle")


if __name__ == "__main__":
    unittest.main()
