#!/usr/bin/env python3
"""Writes an example of made-up places for the play, different for each seed.

  generate_example.py SEED FOLDER
"""

import json
import pathlib
import random
import sys

PLACES = ["Aubeterre", "Belcastel", "Clairvaux", "Dourgne", "Estaing", "Florentin", "Gramond",
          "Hautpoul", "Issendolus", "Jouqueviel", "Lacaze", "Montirat", "Najac", "Orban",
          "Palleville", "Quins", "Roquecor", "Senouillac", "Tanus", "Valderies"]
TYPES = ["EAJE", "ALSH", "RPE", "LAEP", "Ludothèque"]


def party(partner, name, kind, offices, deliberates):
    return {"id": f"partie-{partner}", "party": {
        "partner_id": partner, "name": name, "kind": f"PARTNER_KIND_{kind}",
        "signing_offices": [{"id": f"{partner}-{i}", "office": o} for i, o in enumerate(offices)],
        "deliberates": deliberates}}


def parties(rng):
    places = rng.sample(PLACES, rng.randint(3, 7))
    out = [party("caf-00", "Caisse d'allocations familiales d'essai", "CAF",
                 ["Présidence", "Direction"][:rng.randint(1, 2)], False),
           party("communaute", "Communauté de communes d'essai", "INTERCOMMUNALITY",
                 ["Présidence"], True)]
    if rng.random() < 0.5:
        out.append(party("etat", "État, préfecture d'essai", "STATE", ["Préfecture"], False))
    return out + [party(f"commune-{p.lower()}", f"Commune de {p}", "COMMUNE", ["Maire"], True)
                  for p in places]


def elements(rng, who, year):
    out = [{"id": "terms", "terms": {
        "title": f"Convention d'essai n° {rng.randint(2, 99)}", "territory": "Pays d'essai",
        "start_date": f"{year}-01-01", "end_date": f"{year + rng.randint(3, 6)}-12-31"}}, *who]
    for n in range(rng.randint(3, 18)):
        out.append({"id": f"article-{n}", "article": {
            "number": str(n + 1), "title": f"Article d'essai {n + 1}",
            "body": f"Première phrase.\n\nSeconde phrase : {rng.random():.3f}."}})
    out.append({"id": "plan", "annex": {"number": "1", "title": "Plan",
                                        "content": "ANNEX_CONTENT_INLINE"}})
    out.append({"id": "liste", "annex": {"number": "2", "title": "Équipements",
                                         "content": "ANNEX_CONTENT_INLINE"}})
    for a in range(rng.randint(1, 5)):
        out.append({"id": f"axe-{a}", "parent_id": "plan",
                    "axis": {"ref": str(a + 1), "title": f"Axe d'essai {a + 1}"}})
        for n in range(rng.randint(1, 6)):
            action = f"action-{a}-{n}"
            out.append({"id": action, "parent_id": f"axe-{a}",
                        "action": {"ref": f"{a + 1}.{n + 1}", "title": "Une action"}})
            out.append({"id": f"{action}-objectifs", "parent_id": action, "rubric": {
                "kind": "RUBRIC_KIND_OBJECTIVES", "label": "Objectifs",
                "state": "FILLED_STATE_FILLED", "items": [{"text": "Un objectif"}]}})
            out.append({"id": f"{action}-calendrier", "parent_id": action, "schedule": {
                "from": str(year + 1), "state": "FILLED_STATE_FILLED"}})
            for i in range(rng.randint(1, 5)):
                out.append({"id": f"{action}-indicateur-{i}", "parent_id": action,
                            "indicator": {"text": f"Indicateur d'essai {i + 1}"}})
    communes = [p["party"]["partner_id"] for p in who]
    for n in range(rng.randint(1, 30)):
        out.append({"id": f"equipement-{n}", "parent_id": "liste", "facility": {
            "type": rng.choice(TYPES), "name": f"Équipement d'essai {n + 1}",
            "supported_by": rng.choice(communes)}})
    for n in range(rng.randint(1, 4)):
        out.append({"id": f"comite-{n}", "body": {"name": f"Comité {n + 1}",
                                                  "kind": "BODY_KIND_STEERING",
                                                  "meetings_per_year_min": rng.randint(0, 4)}})
    return out


def vote(rng, partner, tag):
    seats = rng.randrange(11, 60)
    voters = rng.randint(seats // 2 + 1, seats)
    # A quorum (L-06), and one proxy each at most.
    present = rng.randint(seats // 2 + 1, voters)
    against = rng.randint(0, voters // 4)
    return {"partner_id": partner, "assembly": "assemblée d'essai", "number": f"{tag}-{seats}",
            "sitting_days_ago": rng.randint(14, 40), "members_in_office": seats,
            "members_present": present, "members_represented": voters - present,
            "votes_for": voters - against, "votes_against": against, "abstentions": 0,
            "published_days_later": rng.randint(0, 4),
            "publication": rng.choice(["web", "posting", "paper"]),
            "received_days_later": rng.randint(0, 4), "receipt_id": f"ESSAI-{tag}-{seats}"}


def write(seed, folder):
    rng = random.Random(seed)
    who = parties(rng)
    content = elements(rng, who, rng.randint(2021, 2025))
    ids = [p["party"]["partner_id"] for p in who]
    voting = [p["party"]["partner_id"] for p in who if p["party"]["deliberates"]]
    alone = ids[-1]
    offices = [o["id"] for p in who for o in p["party"]["signing_offices"]]
    paper = rng.sample([o for o in offices if not o.startswith(alone)],
                       rng.randint(0, len(offices) // 2))
    indicator = rng.choice([e["id"] for e in content if "indicator" in e])
    schedule = json.loads(json.dumps(rng.choice([e for e in content if "schedule" in e])))
    schedule["schedule"]["text"] = "Calendrier revu"
    hosted = [i for i in ids if i not in ("caf-00", "communaute", alone)]
    with_caf = [i for i in hosted if i == "etat"]

    def count(kind):
        return sum(kind in e for e in content)

    play = {
        "remark": "Exemple fictif, écrit par un programme.", "term_years": 5,
        "replicas": [
            {"name": "caf", "title": "Caf d'essai", "partner_id": "caf-00", "hosts": with_caf},
            {"name": "com", "title": "Communauté d'essai", "partner_id": "communaute",
             "hosts": [i for i in hosted if i not in with_caf]},
            {"name": "seule", "title": "Commune seule", "partner_id": alone, "hosts": []}],
        "founder": rng.choice(["caf", "com"]), "cut_off": "seule",
        "other": rng.choice(["caf", "com"]),
        "indicator": {"element_id": indicator, "cut_off_value": str(rng.randint(0, 99)),
                      "other_value": f"{rng.randint(100, 999)}.5",
                      "settled_by": rng.choice(["cut_off", "other"]),
                      "keep": rng.choice(["cut_off", "other"]), "source": "exemple fictif"},
        "avenant": {"file": "avenant.json", "facility": "equipement-nouveau",
                    "schedule": schedule["id"],
                    "deliberations": [vote(rng, p, "AV") for p in voting]},
        "paper": paper,
        "want": {"parties": len(ids), "signatories": len(offices), "articles": count("article"),
                 "annexes": 2, "axes": count("axis"), "actions": count("action"),
                 "indicators": count("indicator"), "facilities": count("facility"),
                 "bodies": count("body"), "deliberations": len(voting),
                 "electronic": len(offices) - len(paper), "paper": len(paper)},
        "deliberations": [vote(rng, p, "CO") for p in voting]}
    new = {"id": "equipement-nouveau", "parent_id": "liste", "facility": {
        "type": "LAEP", "name": "Équipement ajouté par l'avenant", "supported_by": alone}}
    avenant = {"kind": "ACT_KIND_AVENANT", "title": "Avenant d'essai",
               "changes": [{"put": new}, {"put": schedule}]}
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in (("play", play), ("avenant", avenant), ("convention", {"elements": content})):
        (folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False, indent=1))
    return play


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])
