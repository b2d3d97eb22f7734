"""What people and files may get wrong: each is refused with a reason, a next step, an exit code,
and leaves nothing behind."""

import json
import re
import unittest

import harness
from harness import E2eCase, playlib


class Reading(E2eCase):
    def test_answers_an_unknown_convention_like_one_that_is_not_yours(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        caf.run("admin", "partner", "add", "autre-caf", "--name", "Autre Caf", "--kind", "caf")
        caf.add_user("etranger", "autre-caf", ["reader", "coordinator"])

        unknown = caf.try_run("etranger", "convention", "show", harness.NO_ONE)
        hidden = caf.try_run("etranger", "convention", "show", convention)

        self.refused(unknown, 1, "Aucune convention", field="convention_id",
                     step="greffe convention list")
        self.assertEqual((hidden.code, hidden.out, hidden.err),
                         (unknown.code, unknown.out, unknown.err))

    def test_names_what_an_unknown_element_or_act_is(self):
        caf = self.replica()
        convention, _ = self.convention(caf)

        self.refused(caf.try_run("coordination", "convention", "show", convention, "--element",
                                 "inconnu"), 1, "inconnu", field="element_id",
                     step="greffe convention show")
        self.refused(caf.try_run("coordination", "act", "show", harness.NO_ONE), 1,
                     field="act_id", step="greffe act list")

    def test_speaks_english_when_asked(self):
        caf = self.replica()

        done = caf.try_run("coordination", "--lang", "en", "convention", "show", harness.NO_ONE)

        self.refused(done, 1, "Refused", "greffe convention list")
        self.assertNotIn("Refusé", done.err)

    def test_refuses_a_date_that_does_not_exist(self):
        caf = self.replica()
        convention, _ = self.convention(caf)

        done = caf.try_run("coordination", "convention", "show", convention, "--in-force-on",
                           "2022-02-30")

        self.refused(done, 1, "« 2022-02-30 »", "n'existe pas dans le calendrier",
                     rule="date-calendar", field="at.in_force_on",
                     step="Écrivez la date AAAA-MM-JJ")

    def test_says_that_a_convention_did_not_exist_yet(self):
        caf = self.replica()
        convention, _ = self.convention(caf)

        done = caf.try_run("coordination", "convention", "show", convention, "--known-at",
                           "2020-01-01T00:00:00Z")

        self.refused(done, 1, "ne savait encore rien de la convention", rule="not-known-yet",
                     step="greffe audit events")

    def test_refuses_the_token_of_an_answer_that_is_not_applied_here(self):
        caf, commune, convention, _ = harness.both(self)
        for peer in commune.json("admin", "peer", "list")["peers"]:
            commune.run("admin", "peer", "pause", peer["replica_id"])
        caf.run("coordination", "follow", "measure", convention, "indicateur-1", "--period", "2026",
                "--value", "3")
        cut = caf.json("coordination", "convention", "show", convention)["view"]["cut"]

        done = commune.try_run("coordination", "convention", "show", convention, "--known-at", cut)

        self.refused(done, 1, rule="cut-not-applied", field="at.cut", step="greffe sync --wait")

    def test_says_that_what_is_asked_to_be_known_has_not_come_yet(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        for known, to_come in (("2090-01-01", True), ("2090-01-01T00:00:00Z", True),
                               ("2026-01-01T00:00:00Z", False)):
            with self.subTest(known):
                done = caf.try_run("coordination", "convention", "show", convention, "--known-at",
                                   known)
                self.assertEqual("n'est pas encore venu" in done.err, to_come, done.err)

    def test_refuses_a_token_that_was_cut(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        cut = caf.json("coordination", "convention", "show", convention)["view"]["cut"]

        for wrong, rule, step in ((cut[:-7], "cut-form", "Reprenez le jeton"),
                                  ("gt1.", "cut-form", "Reprenez le jeton"),
                                  ("gt1.!!!!", "cut-form", "Reprenez le jeton"),
                                  ("gt2." + cut[4:], "instant-form", "Écrivez l'instant")):
            with self.subTest(wrong[:8]):
                done = caf.try_run("coordination", "convention", "show", convention, "--known-at",
                                   wrong)
                self.refused(done, 1, rule=rule, step=step)


class Files(E2eCase):
    def setUp(self):
        super().setUp()
        self.caf = self.replica()

    def new(self, draft, *more):
        return self.caf.try_run("coordination", "convention", "new", "--file",
                                self.file("d.json", draft), *more)

    def test_names_an_unknown_field(self):
        draft = harness.small_draft()
        draft["elements"][3]["article"]["couleur"] = "bleu"

        self.refused(self.new(draft), 1, "couleur", rule="file-form", field="--file",
                     step="greffe convention template")
        self.assertEqual(self.caf.json("coordination", "convention", "list")["conventions"], [])

    def test_names_every_field_over_its_limit_and_takes_one_at_the_limit(self):
        draft = harness.small_draft()
        draft["elements"][3]["article"]["title"] = "é" * 501
        draft["elements"][3]["article"]["body"] = "a" * (64 * 1024 + 1)

        self.refused(self.new(draft), 1, "501", "500", rule="limit-title",
                     field="elements[3].article.title", step="--dry-run")
        self.refused(self.new(draft, "--dry-run"), 1, "elements[3].article.title",
                     "elements[3].article.body")

        draft["elements"][3]["article"]["title"] = "é" * 500
        draft["elements"][3]["article"]["body"] = "a" * (64 * 1024)
        self.assertEqual(self.new(draft).code, 0)

    def test_names_a_date_of_the_draft_that_does_not_exist(self):
        draft = harness.small_draft()
        draft["elements"][0]["terms"]["start_date"] = "2022-02-30"

        self.refused(self.new(draft), 1, "2022-02-30", rule="date-calendar",
                     field="elements[0].terms.start_date", step="Corrigez ce champ")

    def test_checks_by_line_without_writing_when_asked_for_a_dry_run(self):
        draft = json.dumps(harness.small_draft(), indent=1).replace('"2030-12-31"', '"2030-13-31"')
        line = next(n for n, text in enumerate(draft.splitlines(), 1) if "2030-13-31" in text)

        text = self.refused(self.new(draft, "--dry-run"), 1, "elements[0].terms.end_date")
        self.assertRegex(text, rf"(?m)^ +{line}  terms +« 2030-13-31 »")
        self.assertEqual(self.caf.json("coordination", "convention", "list")["conventions"], [])

    def test_refuses_what_is_not_json_and_a_file_that_is_not_there(self):
        self.refused(self.new('{"elements": ['), 1, "d.json", rule="file-form",
                     step="corrigez le fichier")
        done = self.caf.try_run("coordination", "convention", "new", "--file",
                                self.folder / "absent.json")
        self.refused(done, 2, "absent.json", field="--file", step="vérifiez le chemin")

    def test_takes_its_own_template(self):
        template = self.caf.run("coordination", "convention", "template").out
        example = re.search(r'partner_id: "([^"]+)"', template).group(1)
        self.file("t.txtpb", template.replace(f'"{example}"', '"caf-99"'))

        done = self.caf.try_run("coordination", "convention", "new", "--dry-run", "--file",
                                self.folder / "t.txtpb")
        self.assertEqual(done.code, 0, done.err)


class Acting(E2eCase):
    def test_refuses_to_sign_what_is_not_frozen(self):
        caf = self.replica()
        convention, act = self.convention(caf)
        caf.add_user("president", "caf-99", ["signatory"], "Présidence")

        done = self.unchanged(caf, convention, lambda: caf.try_run(
            "president", "act", "sign", act, "--office", "caf-presidence", "--yes"))

        self.refused(done, 1, "n'est pas figé", rule="not-frozen", step="greffe act freeze")

    def test_refuses_to_sign_for_a_partner_one_does_not_belong_to(self):
        caf, commune, convention, act = harness.both(self)
        caf.add_user("president", "caf-99", ["signatory"], "Présidence")
        caf.run("coordination", "act", "freeze", "--yes", act)

        done = self.unchanged(caf, convention, lambda: caf.try_run(
            "president", "act", "sign", act, "--office", "commune-maire", "--yes"))

        self.refused(done, 1, "commune-maire", rule="own-partner", field="signatory_id",
                     step="caf-presidence")

    def test_refuses_a_signature_without_the_role(self):
        caf = self.replica()
        convention, act = self.convention(caf)
        caf.run("coordination", "act", "freeze", "--yes", act)

        done = self.unchanged(caf, convention, lambda: caf.try_run(
            "secretariat", "act", "sign", act, "--office", "caf-presidence", "--yes"))

        self.refused(done, 1, "signatory", rule="role", step="greffe user set-roles")
        # Before the sheet is shown, or what is on record.
        self.assertNotIn(act[:6], done.err)
        caf.run("coordination", "follow", "measure", convention, "indicateur-1", "--period", "2026",
                "--value", "41")
        caf.add_user("lecture", "caf-99", ["reader"])
        done = caf.try_run("lecture", "follow", "measure", convention, "indicateur-1", "--period",
                           "2026", "--value", "2", "--yes")
        self.refused(done, 1, "coordinator ou secretariat", rule="role")
        self.assertNotIn("41", done.err)

    def test_refuses_a_signature_over_another_revision(self):
        caf = self.replica()
        convention, act = self.convention(caf)
        caf.add_user("president", "caf-99", ["signatory"], "Présidence")
        caf.run("coordination", "act", "freeze", "--yes", act)

        done = self.unchanged(caf, convention, lambda: caf.try_run(
            "president", "act", "sign", act, "--office", "caf-presidence", "--yes",
            "--revision", "ab" * 32))

        self.refused(done, 1, "ab" * 32, field="revision", step="greffe act show")

    def test_names_an_unknown_field_of_an_act_and_an_element_that_cannot_be_there(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        wrong = self.avenant()
        wrong["changes"][0]["put"]["facility"]["couleur"] = "bleu"
        orphan = self.avenant()
        orphan["changes"][0]["put"]["parent_id"] = "nulle-part"

        for draft, said, rule, step in (
                (wrong, "couleur", "file-form", "greffe act propose --help"),
                (orphan, "nulle-part", "parent", "Corrigez ce champ")):
            with self.subTest(said):
                done = self.unchanged(caf, convention, lambda d=draft: caf.try_run(
                    "coordination", "act", "propose", convention, "--file",
                    self.file("a.json", d)))
                self.refused(done, 1, said, rule=rule, step=step)

    def test_refuses_an_avenant_on_a_base_that_has_changed_since_it_was_read(self):
        caf, commune, convention, _ = harness.concluded(self)
        read = caf.json("coordination", "convention", "show", convention)["view"]["cut"]
        first = caf.json("coordination", "act", "propose", convention, "--file",
                         self.file("a.json", self.avenant()))["act_id"]
        caf.run("coordination", "act", "freeze", "--yes", first, "--effective-from", "2026-02-01")
        playlib.settle([caf, commune], convention)
        commune.run("secretariat", "deliberation", "record", first, *harness.vote())
        harness.sign_all(caf, commune, first)
        playlib.settle([caf, commune], convention)

        done = self.unchanged(caf, convention, lambda: caf.try_run(
            "coordination", "act", "propose", convention, "--read-cut", read, "--file",
            self.file("b.json", self.avenant(title="Un autre"))))

        self.refused(done, 1, "equipement-2", rule="L-35", field="changes",
                     step="greffe convention show")

    def test_refuses_an_avenant_whose_old_text_is_not_what_is_in_force(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        draft = self.avenant(
            changes=[{"remove": "equipement-1"}],
            old_texts=[{"element_id": "equipement-1", "words": "Maison des lapins bleus"}])
        propose = ["act", "propose", convention, "--file", self.file("a.json", draft)]

        done = self.unchanged(caf, convention, lambda: caf.try_run("coordination", *propose))
        self.refused(done, 1, "« Maison des lapins bleus »", "tel qu'il se lit aujourd'hui",
                     rule="CHK-22", field="old_texts[0].words", step="Corrigez ce champ")
        english = caf.try_run("coordination", "--lang", "en", *propose)
        self.refused(english, 1, "“Maison des lapins bleus”", "as it reads today", "CHK-22")
        listed = caf.try_run("coordination", *propose, "--dry-run")
        self.refused(listed, 1, "CHK-22", "old_texts[0].words")

    def test_tells_the_second_of_two_users_who_change_the_same_thing(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        caf.add_user("collegue", "caf-99", ["coordinator"])
        measure = ["follow", "measure", convention, "indicateur-1", "--period", "2026", "--value"]
        cut = caf.json("coordination", "convention", "show", convention)["view"]["cut"]

        caf.run("coordination", *measure, "12", "--read-cut", cut)
        done = self.unchanged(caf, convention, lambda: caf.try_run(
            "collegue", *measure, "13", "--read-cut", cut))

        self.refused(done, 1, "12", "13", rule="changed-since-read", field="measurement",
                     step="Relisez")

    def test_gives_the_same_answer_to_the_same_request_and_refuses_other_content(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        cut = caf.json("coordination", "convention", "show", convention)["view"]["cut"]
        request = ["--request-id", "00112233445566778899aabbccddeeff", "follow", "measure",
                   convention, "indicateur-1", "--period", "2026", "--read-cut", cut, "--value"]

        first = caf.json("coordination", *request, "12")
        again = self.unchanged(caf, convention, lambda: caf.json("coordination", *request, "12"))
        other = self.unchanged(caf, convention,
                               lambda: caf.try_run("coordination", *request, "13"))

        self.assertEqual(first["receipt"]["leaves"], again["receipt"]["leaves"])
        self.refused(other, 1, rule="request-id-reused", field="request_id",
                     step="nouvel identifiant")

        # Without the cut either, nothing is asked about what was done, and nothing done anew.
        without = [word for word in request if word not in ("--read-cut", cut)]
        bare = self.unchanged(caf, convention, lambda: caf.json("coordination", *without, "12"))
        self.assertEqual(first["receipt"]["leaves"], bare["receipt"]["leaves"])
        self.refused(caf.try_run("coordination", *without, "13"), 1, rule="request-id-reused")
        # Of an id that did nothing yet, the question is asked.
        without[1] = "ff" * 16
        self.refused(self.unchanged(caf, convention,
                                    lambda: caf.try_run("coordination", *without, "13")),
                     1, rule="confirmation", step="--yes")

    def test_records_a_fact_that_breaks_a_rule_and_shows_the_finding(self):
        caf, commune, convention, act = harness.both(self)
        caf.run("coordination", "act", "freeze", "--yes", act)
        playlib.settle([caf, commune], convention)

        commune.run("secretariat", "signature", "record", act, "--office", "commune-maire",
                    "--signed-on", "2026-01-05", "--scan-digest", "cd" * 32)
        commune.run("secretariat", "deliberation", "record", act, *harness.vote())

        findings = commune.json("coordination", "convention", "status",
                                convention)["view"]["findings"]
        self.assertTrue(findings)


class Users(E2eCase):
    def test_refuses_a_wrong_token_and_a_removed_one(self):
        caf = self.replica()
        token = caf.token("coordination")
        good = token.read_text()

        token.write_text(good[:-6] + "AAAAA\n")
        self.refused(caf.try_run("coordination", "convention", "list"), 1, rule="token",
                     step="greffe user add")

        token.write_text(good)
        caf.run("admin", "user", "remove", "coordination")
        self.refused(caf.try_run("coordination", "convention", "list"), 1, rule="token",
                     step="greffe user add")

    def test_names_the_role_that_is_missing(self):
        caf = self.replica()

        done = caf.try_run("coordination", "user", "add", "intrus", "--role", "admin")

        self.refused(done, 1, "admin", rule="role", step="administrateur de la réplique")

    def test_says_that_nothing_listens_when_the_replica_is_stopped(self):
        caf = self.replica()
        caf.stop()

        self.refused(caf.try_run("coordination", "convention", "list"), 3, rule="not-reachable",
                     step="greffed run")

    def test_refuses_wrong_usage_with_2(self):
        caf = self.replica()

        self.assertEqual(caf.try_run("coordination", "convention", "shwo").code, 2)
        self.assertEqual(caf.try_run("coordination", "convention", "show").code, 2)


if __name__ == "__main__":
    unittest.main()
