"""Facts of a convention's life by a command each: comments and reviews, parties and who signs for
them, corrections, clauses, disputes, renewal; and where its history tells them."""

import base64
import os
import unittest

import harness
import playlib


class LifeFacts(harness.E2eCase):
    """The term is 2026 to 2030; every fact of these tests lies in early 2026."""

    def start(self):
        # As wide as the screen that some tests look at.
        self.addCleanup(os.environ.__setitem__, "COLUMNS", os.environ["COLUMNS"])
        os.environ["COLUMNS"] = "80"
        self.caf, self.commune, self.convention_id, self.act = harness.concluded(self, "2026-01-20")

    def record(self, replica, user, group, name, *more):
        fact = replica.json(user, group, name, self.convention_id, *more, "--on",
                            "2026-03-01")["fact"]
        self.assertTrue(playlib.settle([self.caf, self.commune], self.convention_id))
        return fact

    def refuse(self, replica, user, group, name, *more, **wanted):
        result = self.unchanged(replica, self.convention_id, lambda: replica.try_run(
            user, group, name, self.convention_id, *more))
        self.refused(result, 1, **wanted)

    def threads(self, replica=None):
        threads = (replica or self.caf).json("coordination", "life", "show",
                                             self.convention_id)["view"]["threads"]
        return {thread["opening"]["event"]["leaf"]: thread for thread in threads}

    def history(self, *more):
        return self.caf.json("coordination", "convention", "history", self.convention_id,
                             *more)["view"]["entries"]

    def test_a_text_in_the_making_is_commented_and_reviewed(self):
        self.start()
        avenant = self.caf.json("coordination", "act", "propose", self.convention_id, "--file",
                                self.file("avenant.json", self.avenant()))["act_id"]
        self.assertTrue(playlib.settle([self.caf, self.commune], self.convention_id))

        comment = self.record(self.commune, "coordination", "comment", "add", avenant[:8],
                              "annexe-1", "--text", "Qui finance ?")
        self.refuse(self.caf, "coordination", "comment", "reply", "0" * 8, "--text", "x",
                    step="greffe life show")
        self.record(self.caf, "coordination", "comment", "reply", comment[:8], "--text", "La Caf.")
        self.assertEqual(self.threads()[comment]["standing"], "open")
        self.record(self.commune, "coordination", "comment", "resolve", comment[:8])
        review = self.record(self.caf, "coordination", "review", "ask", avenant, "--partner",
                             "commune-essai")
        self.refuse(self.commune, "coordination", "review", "give", review, "--verdict",
                    "reserved", rule="required", field="fact.text", step="")
        self.refuse(self.caf, "coordination", "review", "give", review, "--verdict", "agreed",
                    rule="review-not-asked", field="fact.answers", step="--evidence")
        self.record(self.commune, "coordination", "review", "give", review[:8], "--verdict",
                    "reserved", "--text", "Le montant manque.")

        threads = self.threads()
        self.assertEqual(threads, self.threads(self.commune))
        self.assertEqual(threads[comment]["standing"], "resolved")
        reply = [one["fact"] for one in threads[comment]["answers"]
                 if one["fact"].get("comment_posted")][0]
        self.assertEqual((reply["element_id"], reply["text"]), ("annexe-1", "La Caf."))
        self.assertEqual(reply["comment_posted"], {"act_id": threads[comment]["opening"]["fact"][
            "comment_posted"]["act_id"]})
        shown = self.caf.run("coordination", "life", "show", self.convention_id).out
        for said in ("relecture rendue, avec des réserves", "Le montant manque.", "Qui finance ?",
                     "acte : Avenant d'essai", "demandée à : Commune d'essai",
                     "1 relecture rendue"):
            self.assertIn(said, shown)
        self.assertLessEqual(harness.widest(shown), 80)

        frozen = self.caf.json("coordination", "act", "freeze", "--yes", avenant, "--effective-from",
                               "2026-07-01")["revision"]
        self.assertTrue(playlib.settle([self.caf, self.commune], self.convention_id))
        consulted = self.record(self.caf, "coordination", "committee", "consulted", avenant,
                                "--body", "comite")
        answered = self.threads()[consulted]["opening"]["fact"]["answers"]
        self.assertEqual(hex_of(answered), frozen)
        self.refuse(self.caf, "coordination", "committee", "consulted", avenant, "--body",
                    "article-1", rule="element", field="fact.committee_consulted.body_id")

    def test_parties_change_and_errors_are_corrected(self):
        self.start()
        succession = self.record(self.caf, "coordination", "succession", "record",
                                 "partie-commune", "--successor", "Commune nouvelle",
                                 "--reference", "arrêté préfectoral")
        self.record(self.commune, "secretariat", "representative", "change", "partie-commune",
                    "--office", "commune-maire", "--reads", "Mairesse")
        self.refuse(self.caf, "secretariat", "delegation", "give", "partie-commune", "--office",
                    "commune-maire", "--capacity", "adjointe", rule="own-partner")
        given = self.record(self.commune, "secretariat", "delegation", "give", "partie-commune",
                            "--office", "commune-maire", "--capacity", "première adjointe",
                            "--from", "2026-01-01")
        self.refuse(self.commune, "secretariat", "delegation", "end", succession, "--until",
                    "2026-06-30", "--reason", "retrait")
        ended = self.record(self.commune, "secretariat", "delegation", "end", given[:8], "--until",
                            "2026-06-30", "--reason", "retrait")
        self.refuse(self.commune, "secretariat", "delegation", "end", given, "--until",
                    "2026-07-30", "--reason", "retrait", rule="changed-since-read")
        delegation = self.threads()[ended]
        self.assertEqual(delegation["opening"]["fact"]["delegation_recorded"],
                         {"office_id": "commune-maire", "capacity": "première adjointe",
                          "from": "2026-01-01", "until": "2026-06-30"})
        self.assertTrue(delegation["answers"][0]["replaced"])

        self.refuse(self.caf, "coordination", "correction", "record", "article-1", "--wrong",
                    "Six ans", "--right", "Cinq ans", rule="not-found")
        error = self.record(self.caf, "coordination", "correction", "record", "article-1",
                            "--wrong", "Cinq ans", "--right", "Cinq années")
        self.refuse(self.caf, "secretariat", "correction", "attest", error, rule="L-27",
                    step="autre partie")
        self.assertIn("greffe correction attest", self.threads()[error]["next_step"])
        self.record(self.commune, "secretariat", "correction", "attest", error[:8])
        self.assertEqual(self.threads()[error]["standing"], "attested")

        entries = self.history("--element", "article-1")
        self.assertEqual([set(entry) & {"life", "element"} for entry in entries],
                         [{"element"}, {"life"}, {"life"}][:len(entries)])
        self.assertEqual(entries[1]["life"]["error_corrected"]["right"], "Cinq années")
        told = self.caf.run("coordination", "convention", "history", self.convention_id,
                            "--element", "partie-commune").out
        for said in ("succession d'une partie", "successeur : Commune nouvelle",
                     "se dit désormais : Mairesse", "corrigé parce que : retrait"):
            self.assertIn(said, told)
        facts = told[told.index("•"):]
        self.assertLessEqual(harness.widest(facts), 80)

    def test_what_endangers_a_convention_is_on_record(self):
        self.start()
        clause = self.record(self.caf, "caf-direction", "clause", "unwritten", "article-1",
                             "--cause", "rule-of-law", "--reference", "code général")
        self.refuse(self.caf, "caf-direction", "clause", "unwritten", "article-1", "--cause",
                    "court-decision", "--reference", "n° 1", rule="required",
                    field="fact.clause_deemed_unwritten.final_on")
        dispute = self.record(self.commune, "commune-maire", "dispute", "open", "--court",
                              "tribunal administratif", "--case", "26-1")
        self.record(self.commune, "commune-maire", "dispute", "decided", dispute[:8],
                    "--reference", "jugement 26-1", "--final")
        vote = [entry for entry in self.history() if entry["deliberations"]][0]
        vote = vote["deliberations"][0]["event"]["leaf"]
        challenge = self.record(self.commune, "secretariat", "deliberation", "challenge", vote[:8],
                                "--kind", "referral")
        message = self.record(self.commune, "secretariat", "deliberation", "message", vote[:8],
                              "--code", "3-1")
        self.refuse(self.commune, "secretariat", "deliberation", "message", vote, "--code", "9-9",
                    rule="message-code")
        renewal = self.record(self.caf, "coordination", "renewal", "link", "--next-title",
                              "Suite", "--next-start", "2031-01-01", "--next-end", "2035-12-31")
        threads = self.threads()
        self.assertEqual(threads, self.threads(self.commune))
        self.assertEqual({leaf: threads[leaf]["standing"]
                          for leaf in (clause, dispute, challenge, message, renewal)},
                         {clause: "recorded", dispute: "final", challenge: "pending",
                          message: "recorded", renewal: "recorded"})
        whole = [entry["life"] for entry in self.history() if entry.get("life")]
        self.assertEqual(len(whole), 5, "the clause is told with its article alone")

        cut = self.caf.json("coordination", "convention", "history", self.convention_id)
        cut = cut["view"]["cut"]
        before = self.history("--known-at", cut)
        change = self.record(self.commune, "coordination", "change", "observe", "--text",
                             "gestion confiée à un tiers")
        self.assertEqual(self.history("--known-at", cut), before)
        ending = ["terminate", self.convention_id, change, "--ground", "unsigned-modification"]
        asked = self.caf.try_run("caf-direction", *ending)
        self.refused(asked, 1, "Caf d'essai, Commune d'essai", "Convention d'essai",
                     "31 décembre 2030", step="--yes")
        self.assertIn("modification sans avenant", " ".join(asked.err.split()))
        self.caf.run("caf-direction", *ending, "--yes")
        self.assertEqual(self.threads()[change]["standing"], "terminated")


def hex_of(base64_text):
    """Bytes of protobuf JSON as hex."""
    return base64.b64decode(base64_text).hex()


if __name__ == "__main__":
    unittest.main()
