"""The life of a convention: notices, a denunciation among three, deadlines, and what is refused."""

import datetime
import os
import unittest

import harness
import playlib


CONCLUDED = "2026-01-20"


def three_parties():
    draft = harness.small_draft()
    draft["elements"].insert(3, {
        "id": "partie-voisine",
        "party": {"partner_id": "commune-voisine", "name": "Commune voisine",
                  "kind": "PARTNER_KIND_COMMUNE", "deliberates": False,
                  "signing_offices": [{"id": "voisine-maire", "office": "Maire"}]}})
    return draft


class Life(harness.E2eCase):
    """The term is 2026 to 2030; every fact of these tests lies in early 2026, after all had signed
    on paper."""

    def start(self):
        # As wide as the screen that some tests look at; refusals are read on one line.
        self.addCleanup(os.environ.__setitem__, "COLUMNS", os.environ["COLUMNS"])
        os.environ["COLUMNS"] = "80"
        self.caf, self.commune, self.convention_id, self.act = harness.concluded(self, CONCLUDED)

    def settle(self):
        self.assertTrue(playlib.settle([self.caf, self.commune], self.convention_id))

    def record(self, replica, user, *command):
        fact = replica.json(user, *command)["fact"]
        self.settle()
        return fact

    def notice(self, *more):
        return self.record(self.caf, "caf-direction", "notice", "send", self.convention_id,
                           "--kind", "breach", "--to", "commune-essai", "--on", "2026-02-10", *more)

    def threads(self, replica):
        view = replica.json("coordination", "life", "show", self.convention_id)["view"]
        return view["threads"]

    def test_a_formal_notice_is_cured(self):
        self.start()
        proof = self.file("preuve.pdf", "preuve de dépôt")
        said = self.caf.run("caf-direction", "notice", "send", self.convention_id, "--kind",
                            "breach", "--to", "commune-essai", "--on", "2026-02-10").out
        self.assertIn("CHK-30", said)
        self.settle()
        fact = self.threads(self.commune)[0]["opening"]["event"]["leaf"]
        corrected = self.record(self.caf, "caf-direction", "notice", "send", self.convention_id,
                                "--kind", "breach", "--to", "commune-essai", "--on", "2026-02-11",
                                "--evidence", proof, "--replaces", fact[:12], "--reason",
                                "date du cachet")
        self.assertEqual(self.threads(self.commune)[0]["standing"], "expired")

        self.record(self.commune, "secretariat", "notice", "received", self.convention_id,
                    corrected[:12], "--on", "2026-02-13")
        self.refused(self.commune.try_run("commune-maire", "notice", "cured", self.convention_id,
                                          corrected[:12], "--on", "2026-03-01"), 1,
                     rule="own-partner", field="fact.answers")
        self.record(self.caf, "caf-direction", "notice", "cured", self.convention_id,
                    corrected[:12], "--on", "2026-03-01")

        threads = self.threads(self.caf)
        self.assertEqual(threads, self.threads(self.commune))
        self.assertEqual([thread["standing"] for thread in threads], ["cured"])
        shown = self.commune.run("coordination", "life", "show", self.convention_id).out
        self.assertIn("Manquement réparé le 1er mars 2026.", shown)
        self.assertIn("(corrigé)", shown)
        self.assertLessEqual(harness.widest(shown), 80)
        deadline = threads[0]["deadlines"][0]
        self.assertEqual((deadline["last_day"], deadline["effect_on"], deadline["state"]),
                         ("2026-03-11", "2026-03-12", "DEADLINE_STATE_DONE"))

    def test_deadlines_fit_a_screen_and_say_what_is_missing(self):
        self.start()
        self.record(self.caf, "caf-direction", "notice", "send", self.convention_id, "--kind",
                    "denunciation", "--to", "commune-essai", "--on", "2026-03-31")
        answer = self.caf.json("coordination", "deadlines", self.convention_id,
                               "--until", "2030-12-31", "--clock-date", "2026-06-15")["view"]
        found = {one["id"].split("-")[0] + ":" + one["rule"]: one for one in answer["deadlines"]}
        self.assertEqual(found["challenge:L-58"]["last_day"], "2026-03-16")
        self.assertEqual(found["term:L-55"]["last_day"], "2030-12-31")
        self.assertEqual(found["meetings:L-21"]["rule"], "L-21")
        sent, received = [one for one in answer["deadlines"] if one["rule"] == "L-53"]
        self.assertEqual(sent["last_day"], "2026-09-30")
        self.assertEqual(received["state"], "DEADLINE_STATE_NOT_COMPUTABLE")
        self.assertIn("réception", received["why"])

        table = self.caf.run("coordination", "deadlines", self.convention_id, "--why",
                             "--clock-date", "2026-06-15").out
        self.assertIn("6 mois à compter du 31 mars", " ".join(table.split()))
        self.assertLessEqual(harness.widest(table), 80)
        mine = self.caf.json("coordination", "deadlines", self.convention_id, "--partner",
                             "caf-99")["view"]["deadlines"]
        self.assertTrue(mine)
        self.assertFalse([one for one in mine if one["partner_id"] == "commune-essai"])

    def test_a_termination_ends_the_convention(self):
        self.start()
        fact = self.notice()
        self.record(self.caf, "caf-direction", "notice", "fruitless", self.convention_id, fact,
                    "--on", "2026-03-11")
        ending = ["terminate", self.convention_id, fact, "--ground", "fruitless-notice", "--yes"]
        show = ["convention", "show", self.convention_id]
        today = self.caf.json("coordination", *show)["view"]["in_force_on"]
        after = str(datetime.date.fromisoformat(today) + datetime.timedelta(days=1))
        self.record(self.caf, "caf-direction", *ending, "--on", today)

        for day, state in ((today, "FORCE_STATE_IN_FORCE"), (after, "FORCE_STATE_TERMINATED")):
            view = self.commune.json("coordination", *show, "--in-force-on", day)["view"]
            self.assertEqual(view["force"]["state"], state, day)
            self.assertEqual(view["force"]["efficacy_until"], after)

    def test_what_breaks_a_rule_is_refused_and_nothing_written(self):
        self.start()
        fact = self.notice()
        life = ["--on", "2026-03-10"]

        os.environ["COLUMNS"] = "1000"

        def refused(replica, user, *command, **wanted):
            result = self.unchanged(replica, self.convention_id,
                                    lambda: replica.try_run(user, *command))
            said = wanted.pop("said", "")
            self.refused(result, 1, said, **wanted)

        refused(self.caf, "caf-direction", "notice", "send", self.convention_id, "--kind", "breach",
                "--to", "commune-essai", "--on", "2026-01-19", said="20 janvier 2026", rule="L-13",
                field="fact.happened_on", step="--on")
        refused(self.commune, "commune-maire", "notice", "send", self.convention_id, "--kind",
                "law", "--to", "caf-99", *life, said="seule la CAF", rule="L-51", step="breach")
        refused(self.caf, "caf-direction", "notice", "fruitless", self.convention_id, fact, *life,
                said="court jusqu'au 10 mars 2026", rule="L-50", step="11 mars 2026")
        refused(self.caf, "caf-direction", "terminate", self.convention_id, fact, "--ground",
                "fruitless-notice", *life, "--yes", rule="L-50", step="greffe notice fruitless")
        refused(self.commune, "commune-maire", "terminate", self.convention_id, fact, "--ground",
                "unsigned-modification", *life, "--yes", said="sans préavis", rule="L-52")
        refused(self.caf, "coordination", "evaluation", "report", self.convention_id, "action-9",
                "--kind", "annual", "--year", "2026", *life, said="action-9")
        refused(self.caf, "coordination", "notice", "send", self.convention_id, "--kind", "breach",
                "--to", "commune-essai", *life, said="rôle", rule="role", step="user set-roles")
        refused(self.caf, "caf-direction", "notice", "send", self.convention_id, "--kind", "breach",
                "--to", "commune-essai", "--on", "2199-01-01", rule="future-date",
                field="fact.happened_on")
        refused(self.caf, "caf-direction", "notice", "cured", self.convention_id, "0" * 12, *life,
                said="introuvable", step="greffe life show")
        succession = self.file("succession.json", {
            "element_id": "partie-commune",
            "party_succeeded": {"successor_name": "Commune nouvelle", "reference": "arrêté",
                                "successor_siren": "211202024"}})
        refused(self.caf, "coordination", "life", "record", self.convention_id, "--file",
                succession, *life, said="211202024", rule="CHK-01",
                field="fact.party_succeeded.successor_siren")
        self.assertEqual([thread["standing"] for thread in self.threads(self.caf)], ["expired"])
        for read in (["life", "show"], ["deadlines"]):
            self.refused(self.caf.try_run("coordination", *read, harness.NO_ONE), 1,
                         field="convention_id", step="greffe convention list")
        self.refused(self.caf.try_run("coordination", "deadlines", self.convention_id, "--until",
                                      "2026-02-30"), 1, "2026-02-30", field="until")
        self.refused(self.caf.try_run("coordination", "deadlines", self.convention_id, "--partner",
                                      "nulle-part"), 1, "nulle-part", "commune-essai",
                     rule="party", field="partner_id")
        self.refused(self.caf.try_run("caf-direction", "notice", "send", self.convention_id,
                                      "--kind", "menace", "--to", "commune-essai"), 2, "breach, law")

    def test_data_go_through_the_opinion_of_the_holders_officer(self):
        self.start()
        self.caf.add_user("dpo", "caf-99", ["dpo"])
        fact = self.record(self.commune, "coordination", "data", "request", self.convention_id,
                           "action-1", "--holder", "caf-99", "--purpose", "effectifs", "--on",
                           "2026-02-01")
        decide = ["data", "decide", self.convention_id, fact, "--accept", "--register",
                  "traitement 12", "--on", "2026-02-12"]
        self.refused(self.caf.try_run("caf-direction", *decide), 1, rule="L-24",
                     step="greffe data opinion")
        self.record(self.caf, "dpo", "data", "opinion", self.convention_id, fact, "--favourable",
                    "--on", "2026-02-10")
        self.record(self.caf, "caf-direction", *decide)
        self.assertEqual(self.threads(self.commune)[0]["standing"], "accepted")

    def test_a_denunciation_among_three_is_to_be_qualified(self):
        self.caf, self.commune = self.replica(), self.commune_for_two()
        playlib.join(self.caf, self.commune)
        self.convention_id, act = self.convention(self.caf, three_parties())
        self.settle()
        self.caf.run("coordination", "act", "freeze", "--yes", act)
        self.settle()
        self.commune.run("secretariat", "deliberation", "record", act, *harness.vote())
        for replica, office, partner in ((self.caf, "caf-presidence", "caf-99"),
                                         (self.caf, "caf-direction", "caf-99"),
                                         (self.commune, "commune-maire", "commune-essai"),
                                         (self.commune, "voisine-maire", "commune-voisine")):
            replica.add_user(office, partner, ["signatory", "secretariat"], office)
            harness.sign_on_paper(replica, act, office, CONCLUDED, user=office)
        self.settle()
        fact = self.record(self.commune, "voisine-maire", "notice", "send", self.convention_id,
                           "--kind", "denunciation", "--to", "caf-99", "--to", "commune-essai",
                           "--on", "2026-01-31")
        self.record(self.caf, "secretariat", "notice", "received", self.convention_id, fact,
                    "--on", "2026-02-03")

        thread = self.threads(self.caf)[0]
        self.assertEqual(thread["standing"], "to-qualify")
        self.assertIn("coprésidence", thread["next_step"])
        view = self.caf.json("coordination", "convention", "show", self.convention_id)["view"]
        self.assertEqual(view["force"]["state"], "FORCE_STATE_IN_FORCE")
        self.assertIn("effet à qualifier", view["force"]["text"])

    def commune_for_two(self):
        made = self.commune()
        made.run("admin", "partner", "add", "commune-voisine", "--name", "Commune voisine",
                 "--kind", "commune")
        return made


if __name__ == "__main__":
    unittest.main()
