"""Signatures in Greffe, on paper and in an outside file are three things, with three words on the
screen; an avenant names the evaluation that led to it."""

import hashlib
import unittest

import harness
import playlib


def words(text):
    return " ".join(text.split())


class SignatureKinds(harness.E2eCase):
    def setUp(self):
        super().setUp()
        self.caf, self.commune, self.convention_id, self.act = harness.both(self)
        self.caf.add_user("caf-presidence", "caf-99", ["signatory"], "Présidence")
        self.caf.run("coordination", "act", "freeze", self.act, "--yes")
        self.settle()
        self.commune.run("secretariat", "deliberation", "record", self.act, *harness.vote())
        self.signed = self.folder / "signe.p7s"
        self.signed.write_bytes(b"signature d'un autre outil")

    def settle(self):
        self.assertTrue(playlib.settle([self.caf, self.commune], self.convention_id))

    def record(self, replica, office, *proof, call="run"):
        return getattr(replica, call)("secretariat", "signature", "record", self.act, "--office",
                                      office, "--signed-on", "2026-01-20", *proof)

    def test_are_told_apart_on_every_screen(self):
        self.refused(self.record(self.caf, "caf-direction", call="try_run"), 2, "--outside-file")
        both = ["--scan-digest", "a" * 64, "--outside-file", self.signed]
        self.refused(self.record(self.caf, "caf-direction", *both, call="try_run"), 2,
                     "--outside-file")

        self.caf.run("caf-presidence", "act", "sign", self.act, "--office", "caf-presidence",
                     "--yes")
        said = self.record(self.caf, "caf-direction", "--outside-file", self.signed).out
        self.assertIn("ne la vérifie pas", said)
        self.record(self.commune, "commune-maire", "--scan-digest", "a" * 64)
        self.settle()

        view = self.caf.json("coordination", "convention", "status", self.convention_id)["view"]
        self.assertTrue(view["revision"]["concluded"])
        parties = {p["partner_id"]: p for p in view["parties"]}
        self.assertEqual([parties["caf-99"].get(k, 0) for k in ("electronic", "paper", "outside")],
                         [1, 0, 1])
        self.assertEqual(
            [parties["commune-essai"].get(k, 0) for k in ("electronic", "paper", "outside")],
            [0, 1, 0])
        board = self.caf.run("coordination", "convention", "status", self.convention_id).out
        self.assertIn("1 dans Greffe, 1 sur papier, 1 en fichier externe", words(board))
        self.assertRegex(board, r"(?m)2/2 Gf\s*$")
        self.assertIn("non vérifié par Greffe", board)
        party = self.caf.run("coordination", "convention", "status", self.convention_id,
                             "--party", "caf-99").out
        self.assertIn("fichier de signature externe (que Greffe ne vérifie pas)", words(party))
        shown = self.caf.run("coordination", "act", "show", self.act).out
        for word in ("dans Greffe", "sur papier", "fichier de"):
            self.assertIn(word, shown)
        told = [s["event"]["summary"] for one in view["revision"]["signatories"]
                for s in one["signatures"]]
        self.assertEqual(sum("signature dans un fichier externe de" in one
                             and "(fichier que Greffe ne vérifie pas)" in one
                             for one in told), 1, told)

    def test_recorded_as_one_may_be_corrected_into_the_other(self):
        leaf = self.record(self.caf, "caf-direction", "--scan-digest", "a" * 64,
                           call="json")["signature"]
        self.caf.run("secretariat", "correct", leaf[:8], "--outside-file", self.signed, "--reason",
                     "c'était un fichier")
        view = self.caf.json("coordination", "act", "show", self.act)["act"]
        now = [s for one in view["revisions"][-1]["signatories"] for s in one.get("signatures", [])]
        self.assertEqual([one["kind"] for one in now], ["SIGNATURE_KIND_OUTSIDE_FILE"])
        self.assertEqual(now[0]["scan_digest"],
                         hashlib.sha256(self.signed.read_bytes()).hexdigest())

    def test_is_replaced_by_the_first_digits_of_its_hash(self):
        leaf = self.record(self.caf, "caf-direction", "--scan-digest", "a" * 64,
                           call="json")["signature"]
        self.record(self.caf, "caf-direction", "--scan-digest", "b" * 64, "--replaces", leaf[:12])
        view = self.caf.json("coordination", "act", "show", self.act)["act"]
        now = [s for one in view["revisions"][-1]["signatories"] for s in one.get("signatures", [])]
        self.assertEqual([one["scan_digest"] for one in now], ["b" * 64])


class PromptedBy(harness.E2eCase):
    def test_an_avenant_names_the_evaluation_that_led_to_it(self):
        caf, _, convention, _ = harness.concluded(self, "2026-01-20")
        report = caf.json("coordination", "evaluation", "report", convention, "--kind", "mid-term",
                          "--on", "2026-01-25")
        leaf = report["fact"]
        file = self.file("avenant.json", self.avenant())
        proposed = caf.json("coordination", "act", "propose", convention, "--file", file,
                            "--after-evaluation", leaf[:8])["act_id"]
        act = caf.json("coordination", "act", "show", proposed)["act"]
        self.assertEqual(act["prompted_by"], leaf)
        shown = caf.run("coordination", "act", "show", proposed).out
        self.assertIn("après l'évaluation à mi-parcours, rendue le 25 janvier 2026", words(shown))
        text = caf.run("coordination", "act", "text", proposed).out
        self.assertIn("Vu l'évaluation à mi-parcours, rendue le 25 janvier 2026", words(text))
        board = caf.json("coordination", "convention", "status", convention)["view"]
        vote = next(vote["event"]["leaf"] for party in board["parties"]
                    for vote in party.get("deliberations", []))
        self.refused(caf.try_run("coordination", "act", "propose", convention, "--file", file,
                                 "--after-evaluation", vote), 1, "évaluation", rule="L-33",
                     field="prompted_by", step="greffe life show")


if __name__ == "__main__":
    unittest.main()
