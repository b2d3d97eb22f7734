"""The examples hold what they say, name nobody, and agree with themselves."""

import datetime
import json
import re
import sys
import unittest

import checks_support

sys.path.insert(0, str(checks_support.ROOT / "deploy"))
import play_files  # noqa: E402: found in the folder above

CONTENT = {"parties": "party", "articles": "article", "annexes": "annex", "axes": "axis",
           "actions": "action", "indicators": "indicator", "facilities": "facility",
           "bodies": "body"}
AGEN = {"parties": 49, "articles": 15, "annexes": 6, "axes": 4, "actions": 13, "indicators": 55,
        "facilities": 73, "bodies": 4}
RODEZ = {"parties": 2, "articles": 14, "annexes": 6, "axes": 3, "actions": 16, "indicators": 66,
         "facilities": 13, "bodies": 3}


def load(name, file):
    return json.loads((checks_support.ROOT / "examples" / name / file).read_text())


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


class Examples(unittest.TestCase):
    def each(self):
        for name, counts, signatories in (("agen", AGEN, 50), ("rodez", RODEZ, 3)):
            with self.subTest(name):
                yield name, counts, signatories, load(name, "convention.json")["elements"]

    def test_hold_the_counts_of_the_public_documents(self):
        for name, counts, signatories, elements in self.each():
            self.assertEqual({k: sum(c in e for e in elements) for k, c in CONTENT.items()}, counts)
            offices = [o["id"] for e in elements if "party" in e
                       for o in e["party"]["signing_offices"]]
            self.assertEqual(len(set(offices)), signatories)

    def test_are_trees_of_unique_ids_with_parents_before_children(self):
        for _, _, _, elements in self.each():
            seen = set()
            for element in elements:
                self.assertNotIn(element["id"], seen)
                self.assertTrue(not element.get("parent_id") or element["parent_id"] in seen)
                seen.add(element["id"])
            for element in elements:
                target = element.get("reference", {}).get("target_id")
                self.assertTrue(not target or target in seen, element)

    def test_support_each_facility_by_a_party(self):
        for _, _, _, elements in self.each():
            parties = {e["party"]["partner_id"] for e in elements if "party" in e}
            for element in elements:
                if "facility" in element:
                    self.assertIn(element["facility"]["supported_by"], parties)

    def test_are_chaired_together_by_parties(self):
        for name, _, _, elements in self.each():
            parties = {e["party"]["partner_id"] for e in elements if "party" in e}
            chairs = {e["id"]: e["body"].get("co_chairs", []) for e in elements if "body" in e}
            for named in chairs.values():
                self.assertLessEqual(set(named), parties)
            self.assertEqual(len(chairs["comite-pilotage"]), 2 if name == "agen" else 0)

    def test_give_every_action_rubrics_and_a_schedule(self):
        for _, _, _, elements in self.each():
            for action in (e["id"] for e in elements if "action" in e):
                below = [e for e in elements if e.get("parent_id") == action]
                self.assertGreaterEqual(sum("rubric" in e for e in below), 5, action)
                self.assertEqual(sum("schedule" in e for e in below), 1, action)

    def test_name_nobody(self):
        civility = re.compile(r"\b(M\.|Mme|Monsieur|Madame)\s")
        for name, _, _, elements in self.each():
            for text in [*texts(elements), *texts(load(name, "play.json"))]:
                self.assertNotRegex(text, civility)

    def test_plays_host_every_party_once_and_mark_what_is_invented(self):
        for name, _, _, elements in self.each():
            play = load(name, "play.json")
            hosted = [p for r in play["replicas"] for p in [r["partner_id"], *r["hosts"]]]
            parties = {e["party"]["partner_id"]: e["party"] for e in elements if "party" in e}
            self.assertEqual(sorted(hosted), sorted(parties))
            self.assertIn("xemple fictif", play["remark"])
            voting = sorted(p for p, party in parties.items() if party["deliberates"])
            for rows in (play["deliberations"], play["avenant"]["deliberations"]):
                self.assertEqual(sorted(r["partner_id"] for r in rows), voting)
                for row in rows:
                    voters = row["members_present"] + row["members_represented"]
                    self.assertLessEqual(voters, row["members_in_office"])
                    self.assertEqual(
                        row["votes_for"] + row["votes_against"] + row["abstentions"], voters)

    def test_plays_give_a_party_with_a_siren_receipts_of_its_own_and_of_the_sitting(self):
        today = datetime.date(2026, 3, 31)
        compared = set()
        for name, _, _, elements in self.each():
            sirens = {e["party"]["partner_id"]: e["party"].get("siren") for e in elements
                      if "party" in e}
            play = load(name, "play.json")
            for row in (*play["deliberations"], *play["avenant"]["deliberations"]):
                receipt = play_files.receipt(row, today)
                self.assertIn("FICTIF", receipt)
                self.assertNotIn("{", receipt)
                siren = sirens[row["partner_id"]]
                if siren is None:
                    continue
                compared.add(row["partner_id"])
                day = today - datetime.timedelta(days=row["sitting_days_ago"])
                self.assertRegex(receipt, rf"^\d{{3}}-{siren}-{day:%Y%m%d}-[0-9A-Z_]{{1,15}}-DE$")
        self.assertEqual(compared, {"commune-rodez"})


if __name__ == "__main__":
    unittest.main()
