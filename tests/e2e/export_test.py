"""What leaves Greffe: the text and its changes as pages, deliberations as open data, a calendar."""

import csv
import io
import unittest

import harness
import pages
import playlib

SIRET = "21120202300019"


class Export(harness.E2eCase):
    def setUp(self):
        super().setUp()
        self.caf, self.commune, self.convention, self.act = harness.concluded(self)

    def amend(self):
        """An avenant rewrites the article with hostile words and adds a facility."""
        article = {"id": "article-1", "article": {
            "number": "1", "title": "Durée", "body": "Six ans. <script>alert('x')</script> B",
            "role": "CLAUSE_ROLE_TERM"}}
        draft = self.avenant()
        draft["changes"].insert(0, {"put": article})
        act = self.caf.json("coordination", "act", "propose", self.convention, "--file",
                            self.file("avenant.json", draft))["act_id"]
        self.caf.run("coordination", "act", "freeze", "--yes", act, "--effective-from", "2026-06-01")
        playlib.settle([self.caf, self.commune], self.convention)
        self.commune.run("secretariat", "deliberation", "record", act, *harness.vote())
        harness.sign_all(self.caf, self.commune, act)
        self.assertTrue(playlib.settle([self.caf, self.commune], self.convention))

    def page(self, replica, *args):
        page = pages.Page(replica.run("coordination", *args).out)
        self.assertEqual(page.problems, [])
        return page.text

    def test_the_text_of_a_day_as_a_page(self):
        self.amend()
        before = self.page(self.caf, "convention", "show", self.convention, "--html",
                           "--in-force-on", "2026-05-31")
        self.assertIn("Version en vigueur au 31 mai 2026", before)
        self.assertIn("Cinq ans.", before)
        self.assertNotIn("Modifié par", before)

        show = ["convention", "show", self.convention, "--html", "--in-force-on", "2026-06-01"]
        after = self.page(self.caf, *show)
        self.assertIn("Version en vigueur au 1er juin 2026", after)
        self.assertIn("Six ans. <script>alert('x')</script> B", after)
        self.assertRegex(after, r"Modifié par l'avenant n° 1 du \d+(er)? \S+ \d{4}, articles? 1er"
                                r"(?: et 2)?, en effet depuis le 1er juin 2026")
        one = [*show[:3], "--element", "article-1", "--in-force-on", "2026-06-01"]
        self.assertRegex(self.caf.run("coordination", *one).out,
                         r"par : avenant n° 1 du \d.* \d{4}, articles? 1er.*, effet au 1er juin 2026")
        self.assertRegex(self.caf.run("coordination", "--lang", "en", *one).out,
                         r"by: avenant n° 1 of \d.* \d{4}, articles? 1.*, effective 1 June 2026")
        view = self.caf.json("coordination", *show[:3], "--in-force-on", "2026-06-01")["view"]
        self.assertIn(view["text_digest"], after)
        self.assertIn(view["cut"], after)
        # The same cut reads the same on every replica.
        known = ["--known-at", view["cut"], "--clock-date", "2026-07-01"]
        self.assertEqual(self.caf.run("coordination", *show, *known).out,
                         self.commune.run("coordination", *show, *known).out)

    def test_words_that_would_read_otherwise_than_they_are_signed_are_refused(self):
        draft = self.avenant()
        draft["changes"].insert(0, {"put": {"id": "article-1", "article": {
            "number": "1", "title": "Durée", "body": "Six ans\u202esna."}}})
        self.refused(self.caf.try_run("coordination", "act", "propose", self.convention, "--file",
                                      self.file("renverse.json", draft)), 1,
                     "sens de l'écriture", rule="text-direction",
                     field="changes[0].put.article.body")

    def test_what_changed_word_by_word(self):
        self.amend()
        diff = ["convention", "diff", self.convention, "--from", "2026-05-31", "--to", "2026-06-01"]
        page = self.page(self.caf, *diff, "--html")
        self.assertIn("1 élément ajouté, 1 modifié, 0 supprimé", page)
        self.assertIn("[supprimé : Cinq] [ajouté : Six] ans.".replace("] [", "]["), page)
        self.assertRegex(page, r"Ajouté par l'avenant n° 1 du \d+(er)? \S+ \d{4}, article 2, "
                               r"en effet depuis le 1er juin 2026")
        text = self.caf.run("coordination", *diff, "--markdown").out
        self.assertIn("<ins>\\[ajouté\u00a0: Six\\]</ins>", text)
        for shown in (page, text.replace("\u00a0", " ")):
            self.assertIn("Porté par : Commune d'essai", shown)
            self.assertNotIn("commune-essai", shown)
        self.assertNotIn("<script>alert", text.replace("\\<script", ""))

    def test_a_document_goes_into_a_new_file(self):
        out = self.folder / "convention.html"
        show = ["convention", "show", self.convention, "--html"]
        said = self.caf.run("coordination", *show, "--output", out)
        self.assertEqual(said.out, "")
        self.assertIn(str(out), said.err)
        self.assertEqual(out.read_text(), self.caf.run("coordination", *show).out)
        self.refused(self.caf.try_run("coordination", *show, "--output", out), 1, "existe")
        self.refused(self.caf.try_run("coordination", *show, "--markdown"), 2, field="--html")
        self.refused(self.caf.try_run("coordination", *show[:3], "--output", out), 2,
                     field="--output")

    def rows(self, *args, delimiter=","):
        out = self.caf.run("coordination", "export", "deliberations", self.convention, *args).out
        return list(csv.DictReader(io.StringIO(out, newline=""), delimiter=delimiter))

    def test_deliberations_as_open_data(self):
        export = ["export", "deliberations", self.convention]
        self.refused(self.caf.try_run("coordination", *export), 1,
                     "Commune d'essai, conseil municipal n° 2026-001", rule="CHK-33",
                     step="--siret")
        row, = self.rows("--siret", f"commune-essai={SIRET}", "--pref", "PREF012")
        self.assertEqual(len(row), 17)
        self.assertEqual(
            (row["COLL_NOM"], row["COLL_SIRET"], row["DELIB_ID"], row["DELIB_DATE"],
             row["DELIB_MATIERE_CODE"], row["DELIB_OBJET"], row["PREF_ID"], row["PREF_DATE"]),
            ("Commune d'essai", SIRET, "2026-001", "2026-01-10", "8.2", "Convention d'essai",
             "PREF012", "2026-01-13"))
        self.assertEqual([row["VOTE_" + name] for name in
                          ("EFFECTIF", "REEL", "POUR", "CONTRE", "ABSTENTION")],
                         ["15", "14", "13", "0", "1"])
        other, = self.rows("--siret", f"commune-essai={SIRET}", "--separator", ";", "--url",
                           "https://exemple.fr/d?id=1", delimiter=";")
        self.assertEqual(other["DELIB_URL"], "https://exemple.fr/d?id=1")
        self.assertEqual(self.rows("--partner", "caf-99"), [])
        self.refused(self.caf.try_run("coordination", *export, "--siret", SIRET), 2,
                     field="--siret", rule=None)
        self.refused(self.caf.try_run("coordination", *export, "--partner", "personne"), 2,
                     field="--partner", step="commune-essai")
        answer = self.caf.json("coordination", *export)
        self.assertEqual(answer["view"]["convention_id"], self.convention)

    def test_deadlines_as_a_calendar(self):
        export = ["export", "calendar", self.convention, "--clock-date", "2026-02-01"]
        text = self.caf.run("coordination", *export).out
        # Python's reader of text turned CRLF into LF; the bytes are looked at in a file.
        out = self.folder / "echeances.ics"
        self.caf.run("coordination", *export, "--output", out)
        raw = out.read_bytes()
        self.assertTrue(raw.startswith(b"BEGIN:VCALENDAR\r\n"))
        self.assertTrue(all(len(line) <= 75 for line in raw.split(b"\r\n")))
        self.assertNotIn(b"\n", raw.replace(b"\r\n", b""))
        lines = raw.decode().replace("\r\n ", "").split("\r\n")
        self.assertEqual(lines, text.replace("\r\n", "\n").replace("\n ", "").split("\n"))
        self.assertIn("DTSTAMP:20260201T000000Z", lines)
        described = "\n".join(line for line in lines if line.startswith("DESCRIPTION:"))
        self.assertIn("Qui\u00a0: Commune d'essai", described)
        self.assertNotIn("commune-essai", described)
        # The last day of the convention.
        self.assertIn("DTSTART;VALUE=DATE:20301231", lines)
        uids = [line for line in lines if line.startswith("UID:")]
        self.assertEqual(len(uids), len(set(uids)))
        view = self.caf.json("coordination", *export)["view"]
        self.assertEqual(len(view["deadlines"]), len(uids))
        # The same bytes wherever the same cut is read.
        known = ["--known-at", view["cut"], "--in-force-on", "2026-02-01"]
        self.assertEqual(self.caf.run("coordination", *export, *known).out,
                         self.commune.run("coordination", *export, *known).out)
        until = self.caf.run("coordination", *export, "--until", "2026-12-31").out
        self.assertNotIn("20301231", until)


if __name__ == "__main__":
    unittest.main(verbosity=2)
