"""What the end-to-end tests share: replicas in a folder of their own, a small convention, refusals.

Black box: only `greffed` and `greffe` are used. The folder of the programs comes in GREFFE_BIN.
"""

import json
import os
import pathlib
import re
import shutil
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "deploy"))

import playlib  # noqa: E402  (found once the path is set)

# What is said stays on one line, so that tests find it; width_test.py looks at 80 columns.
os.environ["COLUMNS"] = "1000"

BIN = pathlib.Path(os.environ.get("GREFFE_BIN", ROOT / "build" / "dev" / "bin"))
NO_ONE = "0123456789abcdef0123456789abcdef"


def small_draft(title="Convention d'essai"):
    """Two parties, three signing offices, one of each kind of element that tests change."""
    def party(id, partner, name, kind, offices, deliberates):
        return {"id": id, "party": {"partner_id": partner, "name": name, "kind": kind,
                                    "signing_offices": offices, "deliberates": deliberates}}
    return {"elements": [
        {"id": "terms", "terms": {"title": title, "territory": "Un territoire d'essai",
                                  "start_date": "2026-01-01", "end_date": "2030-12-31"}},
        party("partie-caf", "caf-99", "Caf d'essai", "PARTNER_KIND_CAF",
              [{"id": "caf-presidence", "office": "Présidence"},
               {"id": "caf-direction", "office": "Direction"}], False),
        party("partie-commune", "commune-essai", "Commune d'essai", "PARTNER_KIND_COMMUNE",
              [{"id": "commune-maire", "office": "Maire"}], True),
        {"id": "article-1", "article": {"number": "1", "title": "Durée", "body": "Cinq ans.",
                                        "role": "CLAUSE_ROLE_TERM"}},
        {"id": "axe-1", "axis": {"ref": "1", "title": "Un axe"}},
        {"id": "action-1", "parent_id": "axe-1", "action": {"ref": "1", "title": "Une action"}},
        {"id": "action-1-echeancier", "parent_id": "action-1",
         "schedule": {"from": "2026", "state": "FILLED_STATE_FILLED"}},
        {"id": "indicateur-1", "parent_id": "action-1", "indicator": {"text": "Un nombre"}},
        {"id": "annexe-1", "annex": {"number": "1", "title": "Équipements",
                                     "content": "ANNEX_CONTENT_INLINE"}},
        {"id": "equipement-1", "parent_id": "annexe-1",
         "facility": {"type": "ALSH", "name": "Un accueil", "supported_by": "commune-essai"}},
        {"id": "comite", "body": {"name": "Comité", "kind": "BODY_KIND_STEERING",
                                  "meetings_per_year_min": 1}},
    ]}


class E2eCase(unittest.TestCase):
    """A folder per test; replicas still running at its end are stopped."""

    def setUp(self):
        # Short: the path of a Unix socket holds at most 107 bytes.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gr-"))
        self.replicas = []
        self.addCleanup(self.clean)

    def clean(self):
        for replica in self.replicas:
            if replica.process:
                replica.stop()
        outcome = getattr(self, "_outcome", None)
        failed = outcome and any(e for _, e in getattr(outcome, "errors", []) if e)
        if failed or os.environ.get("GREFFE_KEEP"):
            print(f"kept: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def replica(self, name="caf", title="Caf d'essai", partner="caf-99", kind="caf", start=True):
        made = playlib.Replica(BIN, self.folder / name, name, title, partner, kind)
        made.reader = "coordination"
        made.init()
        self.replicas.append(made)
        if start:
            made.start()
            made.add_user("coordination", partner, ["reader", "coordinator", "auditor"])
            made.add_user("secretariat", partner, ["secretariat"])
        return made

    def commune(self, **more):
        made = self.replica("com", "Commune d'essai", "commune-essai", "commune", **more)
        return made

    def file(self, name, content):
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else
                        json.dumps(content, ensure_ascii=False))
        return path

    def convention(self, replica, draft=None):
        """Opens a convention; returns its id and the id of its original act."""
        made = replica.json("coordination", "convention", "new", "--file",
                            self.file("draft.json", draft or small_draft()))
        return made["receipt"]["convention_id"], made["act_id"]

    def avenant(self, **fields):
        facility = {"type": "ALSH", "name": "Un autre accueil", "supported_by": "commune-essai"}
        return {"kind": "ACT_KIND_AVENANT", "title": "Avenant d'essai", "changes": [
            {"put": {"id": "equipement-2", "parent_id": "annexe-1", "facility": facility}}], **fields}

    def refused(self, result, code, *said, rule=None, field=None, step=None):
        """Asserts that a command was refused, in French, saying each of `said`: by this rule, for
        this field, with a next step that says `step`. What nobody may tell from what is not there
        has a field alone."""
        text = result.err + result.out
        self.assertEqual(result.code, code, text)
        for label, wanted in (("Règle", rule), ("Champ", field)):
            if wanted is None:
                continue
            # A field is named for people, then for scripts.
            named = rf"(?:[^(\n]* \({re.escape(wanted)}\)|{re.escape(wanted)})"
            self.assertRegex(text, rf"\n  {label} : {named}\n")
        if step is not None:
            steps = re.findall(r"(?m)^  À faire : (.*(?:\n    .*)*)", text)
            self.assertIn(step, "\n".join(steps), text)
        for part in said:
            self.assertIn(part, text)
        self.assertNotIn("Traceback", text)
        return text

    def unchanged(self, replica, convention, action):
        """Asserts that `action` leaves heads and state as they were."""
        before = playlib.figures(replica, convention, "coordination")
        out = action()
        after = playlib.figures(replica, convention, "coordination")
        self.assertEqual((playlib.heads(before), before["state_digest"]),
                         (playlib.heads(after), after["state_digest"]))
        return out


def both(case, draft=None):
    """A CAF and a commune on replicas of their own, joined, sharing one convention."""
    caf, commune = case.replica(), case.commune()
    playlib.join(caf, commune)
    convention, act = case.convention(caf, draft)
    case.assertTrue(playlib.settle([caf, commune], convention))
    return caf, commune, convention, act


def concluded(case, on=""):
    """The same, with the original convention voted on, signed by all and concluded: today, or on
    paper on a day."""
    caf, commune, convention, act = both(case)
    for replica, office, name in ((caf, "caf-presidence", "Présidence"),
                                  (caf, "caf-direction", "Direction"),
                                  (commune, "commune-maire", "Maire")):
        replica.add_user(office, replica.partner_id, ["signatory"], name)
    caf.run("coordination", "act", "freeze", "--yes", act)
    playlib.settle([caf, commune], convention)
    commune.run("secretariat", "deliberation", "record", act, *vote())
    if on:
        for replica, office in signing_offices(caf, commune):
            sign_on_paper(replica, act, office, on)
    else:
        sign_all(caf, commune, act)
    case.assertTrue(playlib.settle([caf, commune], convention))
    status = caf.json("coordination", "convention", "status", convention)["view"]
    case.assertTrue(status["revision"]["concluded"])
    return caf, commune, convention, act


def widest(text):
    """Characters of the longest line; a token stands alone on one, however long."""
    return max(len(line) for line in text.splitlines() if not line.strip().startswith("gt1."))


def vote():
    return ["--assembly", "conseil municipal", "--number", "2026-001", "--sitting-on", "2026-01-10",
            "--in-office", 15, "--present", 12, "--represented", 2, "--for", 13, "--against", 0,
            "--abstentions", 1, "--approves", "--authorises", "--published-on", "2026-01-12",
            "--publication", "web", "--received-on", "2026-01-13", "--receipt", "essai-1",
            "--remark", "exemple fictif"]


def signing_offices(caf, commune):
    return (caf, "caf-presidence"), (caf, "caf-direction"), (commune, "commune-maire")


def sign_on_paper(replica, act, office, on, user="secretariat"):
    replica.run(user, "signature", "record", act, "--office", office, "--signed-on", on,
                "--scan-digest", "a" * 64)


def sign_all(caf, commune, act):
    for replica, office in signing_offices(caf, commune):
        replica.run(office, "act", "sign", act, "--office", office, "--yes")
