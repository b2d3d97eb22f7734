"""`greffe import`, from documents to files: no replica runs, nothing leaves the machine, nothing is
written over, and bad documents are refused by name."""

import hashlib
import json
import pathlib
import resource
import subprocess
import unittest

import harness
import pages

EXAMPLE = harness.ROOT / "examples" / "import" / "convention.txt"


def small_pdf(lines):
    """A PDF of one page with these lines (ASCII, without brackets)."""
    content = "BT /F1 11 Tf 14 TL 60 780 Td\n" + "".join(f"({line}) Tj T*\n" for line in lines) + "ET"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
               "<< /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
               f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010} 00000 n \n" for place in places)
    return (out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n"
            "%%EOF\n").encode()


class Outcome:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()


class Import(harness.E2eCase):
    def greffe(self, *words, lang="fr"):
        done = subprocess.run([harness.BIN / "greffe", "--lang", lang, "--home",
                               self.folder / "no-home", *map(str, words)],
                              capture_output=True, timeout=120, check=False)
        return Outcome(done)

    def path(self, name, content=None):
        path = self.folder / name
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def drafted(self):
        out = self.path("projet.json")
        done = self.greffe("import", EXAMPLE, "--out", out)
        self.assertEqual(done.code, 0, done.err)
        return out

    def test_a_file_that_may_not_grow_is_a_full_disk_and_leaves_nothing(self):
        out = self.path("modele.txtpb")
        done = Outcome(subprocess.run(
            [harness.BIN / "greffe", "--lang", "fr", "convention", "template", "--output", out],
            capture_output=True, timeout=60, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))))

        self.assertEqual(done.code, 1, done.err)
        self.assertIn("Règle : output", done.err)
        self.assertEqual(list(self.folder.glob("modele*")), [])

    def test_reads_the_example_into_a_draft_that_convention_new_would_take(self):
        out, report, facts = (self.path(name) for name in ("p.json", "r.html", "f.tsv"))

        done = self.greffe("import", EXAMPLE, "--out", out, "--report", report, "--facts", facts)

        self.assertEqual(done.code, 0, done.err)
        self.assertTrue(done.out.startswith("Lignes non lues : 0,0 %"), done.out)
        self.assertIn("L'ébauche est prête", done.out)
        self.assertIn("  Commune de Valbourg (partie-commune-de-valbourg)\n      Manque : ", done.out)
        draft = json.loads(out.read_text())
        self.assertEqual(draft["documents"][0]["sha256"],
                         hashlib.sha256(EXAMPLE.read_bytes()).hexdigest())
        kinds = [kind for element in draft["elements"] for kind in element]
        for kind, count in (("article", 5), ("party", 3), ("action", 2), ("facility", 4)):
            self.assertEqual(kinds.count(kind), count, kind)
        self.assertNotIn("SPECIMEN", out.read_text())
        self.assertIn("SPECIMEN", report.read_text())
        self.assertRegex(facts.read_text(), r"(?m)^article\t3\tPilotage et suivi\tconvention.txt:\d+$")

    def test_the_report_is_a_page_that_stands_alone(self):
        report = self.path("r.html")
        self.greffe("import", EXAMPLE, "--report", report)

        page = pages.Page(report.read_text())

        self.assertEqual(page.problems, [])
        self.assertGreater(len(page.links), 100)

    def test_says_what_is_missing_in_the_words_of_the_dry_run(self):
        text = self.path("court.txt", "Fiche action n° 1 : Ouvrir un lieu\n\nContexte : rien.\n")

        french = self.greffe("import", text).out
        english = self.greffe("import", text, lang="en").out

        self.assertRegex(french, r"Premier jour\s+\(elements\[0\]\.terms\.start_date\)")
        self.assertRegex(english, r"First day\s+\(elements\[0\]\.terms\.start_date\)")

    def test_says_the_same_in_json(self):
        done = self.greffe("import", EXAMPLE, "--json")

        report = json.loads(done.out)
        self.assertEqual(done.code, 0, done.err)
        self.assertEqual(report["lines"], report["lines_read"] + report["lines_set_aside"] +
                         report["lines_unread"])
        self.assertEqual(report["counts"]["articles"], 5)
        self.assertEqual(report["problems"], [])

    def test_compares_with_the_draft_that_is_there_and_keeps_corrections(self):
        out = self.drafted()
        draft = json.loads(out.read_text())
        for element in draft["elements"]:
            if element["id"] == "article-3":
                element["article"]["title"] = "Pilotage, corrigé"
        corrected = json.dumps(draft)
        out.write_text(corrected)
        changed = self.path("convention.txt", EXAMPLE.read_text().replace(
            "Article 4 : Durée de la convention\n\n", "Article 4 : Durée\n\n"))

        held_back = self.greffe("import", changed, "--out", out)

        self.assertEqual(held_back.code, 1)
        self.assertRegex(held_back.out, r"correction gardée +article-3")
        self.assertRegex(held_back.out, r"changé +article-4")
        self.assertIn("--force", held_back.err)
        self.assertEqual(out.read_text(), corrected)

        taken = self.greffe("import", changed, "--out", out, "--force")

        self.assertEqual(taken.code, 0, taken.err)
        titles = {element["id"]: element["article"]["title"]
                  for element in json.loads(out.read_text())["elements"] if "article" in element}
        self.assertEqual(titles["article-3"], "Pilotage, corrigé")
        self.assertEqual(titles["article-4"], "Durée")
        again = json.loads(self.greffe("import", changed, "--out", out, "--json").out)
        self.assertEqual([(change["kind"], change["element_id"]) for change in again["changes"]],
                         [("IMPORT_CHANGE_KIND_CORRECTION_KEPT", "article-3")])

    def test_writes_over_nothing(self):
        for option in ("--report", "--facts"):
            mine = self.path("à-moi", "à moi")
            done = self.greffe("import", EXAMPLE, option, mine)
            self.refused(done, 1, "existe déjà", "--force")
            self.assertEqual(mine.read_text(), "à moi")
        mine = self.path("projet.json", "ceci n'est pas une ébauche")
        done = self.greffe("import", EXAMPLE, "--out", mine, "--force")
        self.assertEqual(done.code, 1, done.err)
        self.assertEqual(mine.read_text(), "ceci n'est pas une ébauche")

    def test_refuses_by_name_what_it_cannot_read(self):
        for name, content, words in (
                ("vide.txt", "", ("vide",)),
                ("texte.docx", b"PK\x03\x04 rest", ("traitement de texte", "PDF")),
                ("zeros.txt", b"Article 1\n\x00\x00\n", ("ligne 2", "UTF-8")),
                ("utf16.txt", "Article 1 : Objet\n".encode("utf-16"), ("UTF-8",)),
                ("faux.pdf", b"%PDF-1.4\nrien", ("PDF lisible",)),
                ("ligne.txt", b"a" * (1024 * 1024 + 1), ("ligne 1",)),
                ("gros.txt", b"un mot\n" * (17 * 1024 * 1024 // 7), ("16777216",))):
            with self.subTest(name):
                out = self.path("sortie.json")
                done = self.greffe("import", self.path(name, content), "--out", out)
                self.refused(done, 1, name, *words)
                self.assertFalse(out.exists())
        missing = self.greffe("import", self.folder / "absent.txt")
        self.assertEqual(missing.code, 2)
        self.assertIn("absent.txt", missing.err)
        folder = self.greffe("import", self.folder)
        self.assertEqual(folder.code, 2, folder.err)
        twice = self.greffe("import", EXAMPLE, EXAMPLE)
        self.refused(twice, 1, "convention.txt", "avant lui")

    def test_reads_several_documents_as_one_convention(self):
        text = EXAMPLE.read_text()
        cut = text.index("Annexe 2 : Plan d'actions\n\nAxe 1")
        first, second = self.path("convention.txt", text[:cut]), self.path("plan.txt", text[cut:])

        done = self.greffe("import", first, second, "--json")

        report = json.loads(done.out)
        self.assertEqual([document["name"] for document in report["documents"]],
                         ["convention.txt", "plan.txt"])
        self.assertEqual(report["counts"]["articles"], 5)
        self.assertEqual(report["counts"]["actions"], 2)

    def test_reads_a_pdf_and_names_it_by_the_digest_of_its_own_bytes(self):
        pdf = self.path("convention.pdf", small_pdf(
            ["Convention territoriale globale", "", "Article 1 : Objet", "",
             "La convention vise les familles.", "", "Article 2 : Duree", "",
             "Du 1er janvier 2026 au 31 decembre 2029."]))
        out = self.path("p.json")

        done = self.greffe("import", pdf, "--out", out, "--json")

        self.assertEqual(done.code, 0, done.err)
        self.assertEqual(json.loads(done.out)["counts"]["articles"], 2)
        document = json.loads(out.read_text())["documents"][0]
        self.assertEqual(document["media_type"], "application/pdf")
        self.assertEqual(document["sha256"], hashlib.sha256(pdf.read_bytes()).hexdigest())

    def test_tells_its_options_and_needs_a_document(self):
        help_text = self.greffe("import", "--help").out
        for word in ("--out", "--report", "--facts", "--force", "greffe import convention.pdf"):
            self.assertIn(word, help_text)
        self.assertEqual(self.greffe("import").code, 2)
        self.assertIn("Reads a convention", self.greffe("import", "--help", lang="en").out)

    def test_needs_no_replica_and_opens_no_connection(self):
        done = self.greffe("import", EXAMPLE, "--server", "127.0.0.1:1")
        self.assertEqual(done.code, 0, done.err)
        self.assertFalse(pathlib.Path(self.folder / "no-home").exists())


if __name__ == "__main__":
    unittest.main()
