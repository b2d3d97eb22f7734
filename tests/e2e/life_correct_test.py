"""Facts of a convention's life before and after they are on record: dry runs and corrections; and what
passes on when a party or the holder of an office changes."""

import json
import unittest

import harness
import playlib


class LifeCorrect(harness.E2eCase):
    """The convention is concluded on paper on 20 January 2026."""

    def setUp(self):
        super().setUp()
        self.caf, self.commune, self.convention_id, _ = harness.concluded(self, "2026-01-20")

    def settle(self):
        self.assertTrue(playlib.settle([self.caf, self.commune], self.convention_id))

    def dry(self, replica, user, *command):
        return self.unchanged(replica, self.convention_id, lambda: replica.try_run(
            user, *command, "--dry-run"))

    def threads(self):
        return self.commune.json("coordination", "life", "show",
                                 self.convention_id)["view"]["threads"]

    def test_a_dry_run_shows_what_would_be_recorded_and_found_and_records_nothing(self):
        send = ["notice", "send", self.convention_id, "--kind", "breach", "--to", "commune-essai",
                "--letter", "1A 0000", "--on", "2026-03-01"]

        shown = self.dry(self.caf, "caf-direction", *send)
        self.assertEqual(shown.code, 0, shown.err)
        for said in ("Serait enregistré : 1er mars 2026", "adressé à : Commune d'essai",
                     "lettre : 1A 0000", "CHK-30"):
            self.assertIn(said, shown.out)
        self.assertIn("rien n'a été enregistré", shown.err)
        answer = self.caf.json("caf-direction", *send, "--dry-run")
        self.assertEqual((answer["fact"], answer["problems"]), ("", []))
        self.assertEqual(answer["would_record"]["notice_sent"]["letter_number"], "1A 0000")
        self.assertEqual([one["code"] for one in answer["findings"]], ["proof-of-sending"])
        self.assertEqual(self.threads(), [])

        recorded = self.caf.json("caf-direction", *send)
        self.assertEqual([one["code"] for one in recorded["findings"]], ["proof-of-sending"])

    def test_a_dry_run_says_why_a_fact_would_be_refused(self):
        law = ["notice", "send", self.convention_id, "--kind", "law", "--to", "caf-99", "--on",
               "2026-03-01"]

        refused = self.dry(self.commune, "commune-maire", *law)
        self.assertEqual(refused.code, 1, refused.err)
        for said in ("Serait refusé : ", "seule la CAF", "Règle : L-51"):
            self.assertIn(said, refused.out)
        english = self.dry(self.commune, "commune-maire", "--lang", "en", *law)
        self.assertIn("Would be refused: ", english.out)
        # Who may not at all is refused as ever.
        self.refused(self.dry(self.commune, "coordination", *law), 1, rule="role")

    def test_a_dry_run_takes_a_file_and_asks_nothing(self):
        fact = self.file("fait.json", {"element_id": "article-1", "error_corrected": {
            "wrong": "Cinq ans", "right": "Cinq années"}})
        shown = self.dry(self.caf, "coordination", "life", "record", self.convention_id, "--file",
                         fact, "--on", "2026-03-01")
        self.assertEqual(shown.code, 0, shown.err)
        self.assertIn("au lieu de : Cinq ans", shown.out)
        wrong = self.file("faux.json", json.dumps({"element_id": "article-1", "error_corrected": {
            "wrong": "Six ans", "right": "Cinq ans"}}, indent=1))
        refused = self.dry(self.caf, "coordination", "life", "record", self.convention_id, "--file",
                           wrong, "--on", "2026-03-01")
        self.assertEqual(refused.code, 1)
        self.assertIn("« Six ans » n'est pas dans", refused.out)

        change = self.caf.json("coordination", "change", "observe", self.convention_id, "--on",
                               "2026-03-01", "--text", "Un service a changé de lieu")["fact"]
        ended = self.dry(self.caf, "caf-direction", "terminate", self.convention_id, change,
                         "--ground", "unsigned-modification")
        self.assertEqual(ended.code, 0, ended.err)
        self.assertIn("Serait enregistré", ended.out)

    def test_a_fact_of_life_is_corrected_by_its_hash_and_stays_in_its_thread(self):
        sent = self.caf.json("caf-direction", "notice", "send", self.convention_id, "--kind",
                             "breach", "--to", "commune-essai", "--letter", "1A 0000", "--text",
                             "Équipement fermé.", "--on", "2026-03-01")["fact"]
        self.settle()
        received = self.commune.json("secretariat", "notice", "received", self.convention_id, sent,
                                     "--on", "2026-03-04")["fact"]
        self.settle()

        corrected = self.caf.json("caf-direction", "correct", sent[:8], "--on", "2026-03-02",
                                  "--letter", "1A 0001", "--evidence-digest", "ab" * 32, "--reason",
                                  "mal lu")["fact"]
        self.settle()

        self.assertEqual(len(self.threads()), 1)
        thread = self.threads()[0]
        self.assertEqual(thread["opening"]["event"]["leaf"], corrected)
        fact = thread["opening"]["fact"]
        self.assertEqual((fact["happened_on"], fact["text"], fact["reason"]),
                         ("2026-03-02", "Équipement fermé.", "mal lu"))
        self.assertEqual(fact["notice_sent"], {"kind": "NOTICE_KIND_BREACH",
                                               "to_partners": ["commune-essai"],
                                               "letter_number": "1A 0001"})
        self.assertEqual({one["event"]["leaf"]: one["replaced"] for one in thread["answers"]},
                         {sent: True, received: False})
        told = self.caf.try_run("caf-direction", "correct", sent, "--on", "2026-03-03", "--reason",
                                "encore")
        self.refused(told, 1, rule="changed-since-read", field="fact.replaces")

    def test_flags_and_lists_are_corrected_too_and_other_options_are_not_taken(self):
        request = self.caf.json("coordination", "data", "request", self.convention_id, "--holder",
                                "commune-essai", "--purpose", "effectifs", "--on",
                                "2026-03-01")["fact"]
        self.settle()
        self.commune.add_user("dpo", "commune-essai", ["dpo"])
        opinion = self.commune.json("dpo", "data", "opinion", self.convention_id, request,
                                    "--favourable", "--on", "2026-03-05")["fact"]

        wrong = self.commune.try_run("dpo", "correct", opinion, "--court", "tribunal", "--reason",
                                     "x")
        self.refused(wrong, 2, "--court", field="--court")
        self.commune.run("dpo", "correct", opinion, "--unfavourable", "--reason", "mal saisi")
        opinions = [one["fact"]["dpo_opinion_given"] for one in self.threads()[0]["answers"]
                    if not one["replaced"]]
        self.assertEqual(opinions, [{"favourable": False}])
        self.settle()
        # One's own alone.
        self.refused(self.caf.try_run("coordination", "correct", opinion, "--unfavourable",
                                      "--reason", "x"), 1, rule="role")
        self.refused(self.commune.try_run("coordination", "correct", request, "--purpose", "autre",
                                          "--reason", "x"), 1, rule="replaces",
                     field="fact.replaces")

    def test_a_new_holder_of_an_office_is_named_from_then_on(self):
        self.commune.run("secretariat", "representative", "change", self.convention_id,
                         "partie-commune", "--office", "commune-maire", "--reads", "Mairesse",
                         "--on", "2026-03-01")
        self.settle()
        show = ["convention", "show", self.convention_id, "--markdown", "--in-force-on"]

        self.assertIn("« Maire » se lit « Mairesse »",
                      self.caf.run("coordination", *show, "2026-03-01").out)
        self.assertNotIn("Mairesse", self.caf.run("coordination", *show, "2026-02-28").out)
        act = self.caf.json("coordination", "act", "propose", self.convention_id, "--file",
                            self.file("a.json", self.avenant()))["act_id"]
        self.caf.run("coordination", "act", "freeze", "--yes", act, "--effective-from", "2027-01-01")
        text = self.caf.run("coordination", "act", "text", act, "--markdown").out
        self.assertIn("agissant par : Mairesse", text.replace("\u00a0", " "))
        original = self.caf.json("coordination", "convention", "show", self.convention_id)["view"]
        offices = [one["element"]["party"]["signing_offices"][0]["office"]
                   for one in original["elements"] if one["element"]["id"] == "partie-commune"]
        self.assertEqual(offices, ["Maire"])

    def test_a_successor_signs_what_was_frozen_for_its_party(self):
        act = self.caf.json("coordination", "act", "propose", self.convention_id, "--file",
                            self.file("a.json", self.avenant()))["act_id"]
        self.caf.run("coordination", "act", "freeze", "--yes", act, "--effective-from", "2027-01-01")
        self.settle()
        self.commune.run("secretariat", "deliberation", "record", act, *harness.vote())
        self.commune.run("coordination", "succession", "record", self.convention_id,
                         "partie-commune", "--successor", "Organisme nouveau", "--reference",
                         "décret", "--successor-partner", "caf-99", "--on", "2026-03-01")
        self.settle()
        sign = ["act", "sign", act, "--office", "commune-maire", "--yes"]

        self.refused(self.commune.try_run("commune-maire", *sign), 1, "a un successeur",
                     rule="L-60", field="signatory_id", step="greffe act sign")
        self.caf.add_user("heritier", "caf-99", ["signatory"], "commune-maire")
        self.caf.run("heritier", *sign)
        for office in ("caf-presidence", "caf-direction"):
            self.caf.run(office, "act", "sign", act, "--office", office, "--yes")
        self.settle()
        shown = self.commune.json("coordination", "act", "show", act)["act"]
        self.assertTrue(shown["revisions"][0]["concluded"])


if __name__ == "__main__":
    unittest.main()
