"""An avenant as an instrument: how it reads, its proof, its class, whom its mandates cover."""

import unittest

import harness
import playlib


class Instrument(harness.E2eCase):
    def propose(self, replica, convention, changes, **fields):
        draft = {"kind": "ACT_KIND_AVENANT", "title": "Un accueil de plus", "changes": changes,
                 **fields}
        return replica.json("coordination", "act", "propose", convention, "--file",
                            self.file("act.json", draft))["act_id"]

    def article(self, body):
        return {"put": {"id": "article-1", "article": {"number": "1", "title": "Durée",
                                                       "body": body, "role": "CLAUSE_ROLE_TERM"}}}

    def facility(self):
        return {"put": {"id": "equipement-2", "parent_id": "annexe-1",
                        "facility": {"type": "RPE", "name": "Un relais",
                                     "supported_by": "commune-essai"}}}

    def test_an_avenant_reads_and_proves_itself(self):
        caf, commune, convention, first = harness.concluded(self)
        act = self.propose(caf, convention, [self.article("Cinq ans fermes."), self.facility()])
        caf.run("coordination", "act", "freeze", "--yes", act, "--effective-from", "2026-06-01")
        playlib.settle([caf, commune], convention)

        view = commune.json("coordination", "act", "text", act)["view"]
        self.assertEqual([one["wording"] for one in view["operations"]], [
            "À l'article 1er, le mot : « ans » est remplacé par les mots : « ans fermes ».",
            "La liste de l'annexe 1 est complétée par : « Un relais (RPE), Commune d'essai ».",
        ])
        self.assertEqual([one["kind"] for one in view["operations"]],
                         ["OPERATION_KIND_REPLACE_WORDS", "OPERATION_KIND_ADD_ROW"])
        self.assertTrue(view["proved"])
        self.assertEqual(view["applied_digest"], view["consolidated_digest"])
        self.assertNotEqual(view["base_digest"], view["consolidated_digest"])
        self.assertEqual(view["change_class"], "CHANGE_CLASS_AVENANT")
        self.assertEqual({one["partner_id"]: one["coverage"] for one in view["coverage"]},
                         {"caf-99": "MANDATE_COVERAGE_COVERED",
                          "commune-essai": "MANDATE_COVERAGE_NEW_DELIBERATION"})
        # Both replicas say the same of the same cut.
        self.assertEqual(caf.json("coordination", "act", "text", act)["view"], view)

        said = caf.run("coordination", "act", "text", act).out
        for part in ("Avenant n° 1", "Article 1er", "prend effet le 1er juin 2026",
                     "à délibérer", "oui : les deux empreintes sont égales"):
            self.assertIn(part, said)
        printed = caf.run("coordination", "act", "text", act, "--markdown").out
        self.assertTrue(printed.startswith("# Avenant n° 1\n"), printed[:80])
        for part in ("## Entre les soussignés", "Vu la convention", "## Article 1er", "## Signatures",
                     "| Pour la Commune d'essai – Maire |", "| N° | Classe | Place | Avant | Après |", "## Preuve",
                     view["consolidated_digest"]):
            self.assertIn(part, printed)

        # The board is that of the avenant, which waits; that of the original is asked for by name.
        status = ["convention", "status", convention]
        board = commune.json("coordination", *status)["view"]
        self.assertEqual(board["revision"]["revision"], view["revision"])
        original = commune.json("coordination", *status, "--act", first)["view"]
        self.assertTrue(original["revision"]["concluded"])
        self.assertEqual(original.get("blocking_parties", 0), 0)
        self.assertIn(f"Tableau de l'acte {first[:12]}",
                      commune.run("coordination", *status, "--act", first[:8]).out)
        self.refused(commune.try_run("coordination", *status, "--act", harness.NO_ONE), 1,
                     "introuvable")

        # What the operations give is what is in force once it is signed.
        commune.run("secretariat", "deliberation", "record", act, *harness.vote())
        harness.sign_all(caf, commune, act)
        playlib.settle([caf, commune], convention)
        shown = caf.json("coordination", "convention", "show", convention, "--in-force-on",
                         "2026-07-01")["view"]
        self.assertEqual(shown["text_digest"], view["consolidated_digest"])

    def test_the_original_is_no_avenant(self):
        caf = self.replica()
        _, act = self.convention(caf)
        self.refused(caf.try_run("coordination", "act", "text", act), 1, "convention initiale",
                     rule="not-an-avenant")
        self.refused(caf.try_run("coordination", "act", "text", harness.NO_ONE), 1)
        self.refused(caf.try_run("coordination", "act", "text"), 2)

    def test_a_text_with_something_to_fill_in_is_not_frozen(self):
        caf = self.replica()
        draft = harness.small_draft()
        draft["elements"][3]["article"]["body"] = "Cinq ans.\nFait en xx exemplaires."
        _, act = self.convention(caf, draft)
        self.refused(caf.try_run("coordination", "act", "freeze", act), 1,
                     "« Article 1 – Durée » (article-1), Texte, ligne 2 : « xx »",
                     rule="CHK-14", step="greffe act revise")
        caf.run("coordination", "act", "revise", act, "--file",
                self.file("act.json", {"changes": [self.article("Voir l'annexe 7.")]}))
        self.refused(caf.try_run("coordination", "act", "freeze", act), 1, "annexe 7",
                     rule="CHK-13", step="--yes")
        caf.run("coordination", "act", "freeze", act, "--yes")

    def test_a_committee_decides_only_what_a_clause_leaves_it(self):
        draft = harness.small_draft()
        draft["elements"][-1]["body"]["functions"] = [
            "Le calendrier des actions est à affiner chaque année."]
        draft["elements"][-1]["body"]["co_chairs"] = ["caf-99", "commune-essai"]
        said = "Tout changement de la convention est fait par un avenant."
        draft["elements"].append({"id": "article-2", "article": {
            "number": "2", "title": "Révision", "body": said, "role": "CLAUSE_ROLE_AMENDMENT"}})
        draft["elements"].append(
            {"id": "partie-asso", "party": {
                "partner_id": "asso-essai", "name": "Association d'essai",
                "kind": "PARTNER_KIND_OTHER",
                "signing_offices": [{"id": "asso-presidence", "office": "Présidence"}]}})
        caf, commune = self.replica(), self.commune()
        commune.run("admin", "partner", "add", "asso-essai", "--name", "Association d'essai",
                    "--kind", "other")
        playlib.join(caf, commune)
        convention, original = self.convention(caf, draft)
        self.assertTrue(playlib.settle([caf, commune], convention))
        for office in ("caf-presidence", "caf-direction"):
            caf.add_user(office, "caf-99", ["signatory"],
                         "Présidence" if office == "caf-presidence" else "Direction")
        commune.add_user("commune-maire", "commune-essai", ["signatory"], "Maire")
        commune.add_user("asso-presidence", "asso-essai", ["signatory"], "Présidence")
        caf.run("coordination", "act", "freeze", "--yes", original)
        playlib.settle([caf, commune], convention)
        commune.run("secretariat", "deliberation", "record", original, *harness.vote())
        harness.sign_all(caf, commune, original)
        commune.run("asso-presidence", "act", "sign", original, "--yes")
        playlib.settle([caf, commune], convention)

        schedule = {"put": {"id": "action-1-echeancier", "parent_id": "action-1",
                            "schedule": {"from": "2026", "to": "2028",
                                         "state": "FILLED_STATE_FILLED"}}}
        fine = self.propose(caf, convention, [schedule], kind="ACT_KIND_COMMITTEE_DECISION")
        view = caf.json("coordination", "act", "text", fine)["view"]
        self.assertEqual(view["change_class"], "CHANGE_CLASS_COMMITTEE_DECISION")
        self.assertEqual(view["operations"][0]["clause_id"], "comite")
        frozen = caf.json("coordination", "act", "freeze", "--yes", fine, "--effective-from",
                          "2026-06-01")
        # Three offices of the two co-chairs decide; the association has nothing to sign (L-20).
        self.assertEqual(frozen["needed"], 3)
        playlib.settle([caf, commune], convention)
        board = commune.run("secretariat", "convention", "status", convention).out
        self.assertIn("Les coprésidents du comité décident seuls (L-20).", board)
        self.assertIn("Décider pour le comité, par la signature (L-20)", board)
        other = commune.run("secretariat", "convention", "status", convention, "--party",
                            "asso-essai").out
        self.assertIn("aucun. Les coprésidents du comité décident seuls", " ".join(other.split()))

        wide = self.propose(caf, convention, [self.article("Six ans.")],
                            kind="ACT_KIND_COMMITTEE_DECISION")
        freeze = ["act", "freeze", wide, "--effective-from", "2026-06-01"]
        # With the clause of the convention behind it, looked at first or not.
        for more in ([], ["--dry-run"]):
            refused = caf.try_run("coordination", *freeze, *more)
            text = " ".join((refused.err + refused.out).split())
            self.assertEqual(refused.code, 1, text)
            self.assertIn("CHK-25", text)
            self.assertIn(f"par avenant (article 2 – Révision : « {said} »)", text)
        english = caf.try_run("coordination", "--lang", "en", *freeze)
        self.assertIn(f"(article 2 – Révision: “{said}”)",
                      " ".join((english.err + english.out).split()))


if __name__ == "__main__":
    unittest.main()
