"""Reads an example and writes the play's working copies, moved to dates that work today."""

import datetime
import hashlib
import json
import pathlib
import re
import zoneinfo

KINDS = {"PARTNER_KIND_CAF": "caf", "PARTNER_KIND_COMMUNE": "commune",
         "PARTNER_KIND_INTERCOMMUNALITY": "intercommunality",
         "PARTNER_KIND_SYNDICATE": "syndicate", "PARTNER_KIND_STATE": "state",
         "PARTNER_KIND_NATIONAL_EDUCATION": "national-education",
         "PARTNER_KIND_DEPARTMENT": "department", "PARTNER_KIND_OTHER": "other"}


class Example:
    """One example in memory: the draft, the avenant, who plays what."""

    def __init__(self, play, convention, avenant, shift, today):
        self.play, self.convention, self.avenant = play, convention, avenant
        self.shift, self.today = shift, today
        self.parties = {e["party"]["partner_id"]: e["party"]
                        for e in convention["elements"] if "party" in e}
        self.elements = {e["id"]: e for e in convention["elements"]}
        self.terms = next(e["terms"] for e in convention["elements"] if "terms" in e)
        self.paper = set(play["paper"])

    def offices(self, partner_id):
        return [o["id"] for o in self.parties[partner_id].get("signing_offices", [])]

    def kind(self, partner_id):
        return KINDS[self.parties[partner_id]["kind"]]

    def count(self, content):
        return sum(content in e for e in self.convention["elements"])


def today_in_paris():
    return datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Paris")).date()


def move_years(value, years):
    """Moves every year of a text or a tree of texts."""
    if isinstance(value, str):
        return re.sub(r"\b20\d\d\b", lambda m: str(int(m.group()) + years), value)
    if isinstance(value, list):
        return [move_years(v, years) for v in value]
    if isinstance(value, dict):
        return {k: move_years(v, years) for k, v in value.items()}
    return value


def move_element(element, years):
    moving = ("terms" in element or "schedule" in element
              or element.get("article", {}).get("role") == "CLAUSE_ROLE_TERM")
    return move_years(element, years) if moving else element


def load(folder, copies):
    folder = pathlib.Path(folder)
    copies.mkdir(parents=True, exist_ok=True)
    play = json.loads((folder / "play.json").read_text())
    convention = json.loads((folder / "convention.json").read_text())
    avenant = json.loads((folder / play["avenant"]["file"]).read_text())
    today = today_in_paris()
    start = next(e["terms"]["start_date"] for e in convention["elements"] if "terms" in e)
    shift = today.year - 1 - int(start[:4])
    convention["elements"] = [move_element(e, shift) for e in convention["elements"]]
    for change in avenant["changes"]:
        if "put" in change:
            change["put"] = move_element(change["put"], shift)
    (copies / "convention.json").write_text(json.dumps(convention, ensure_ascii=False))
    (copies / "avenant.json").write_text(json.dumps(avenant, ensure_ascii=False))
    return Example(play, convention, avenant, shift, today)


def days(today, count):
    return (today + datetime.timedelta(days=count)).isoformat()


def receipt(row, today):
    """Its identifier; `{date}` in it is the day of the sitting, as ACTES writes it."""
    sitting = days(today, -row["sitting_days_ago"])
    return row["receipt_id"].replace("{date}", sitting.replace("-", ""))


def deliberation_args(row, today):
    """The options of `deliberation record` for one row of play.json."""
    sitting = -row["sitting_days_ago"]
    published = sitting + row["published_days_later"]
    return ["--partner", row["partner_id"], "--assembly", row["assembly"],
            "--number", row["number"], "--sitting-on", days(today, sitting),
            "--in-office", row["members_in_office"], "--present", row["members_present"],
            "--represented", row["members_represented"], "--for", row["votes_for"],
            "--against", row["votes_against"], "--abstentions", row["abstentions"],
            "--approves", "--authorises", "--published-on", days(today, published),
            "--publication", row["publication"],
            "--received-on", days(today, published + row["received_days_later"]),
            "--receipt", receipt(row, today), "--remark", "exemple fictif"]


def scan_digest(office, label):
    return hashlib.sha256(f"exemple fictif : {label}, {office}".encode()).hexdigest()


def first_of_next_month(today):
    return (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


STOP_SCRIPT = """#!/bin/sh
# Stops the replicas that the play left running, and nothing else: a process is stopped only if it
# is still a greffed on the home written here.
while read -r pid home; do
  if tr '\\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "greffed run --home $home "; then
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
    echo "arrêtée : $home"
  fi
done <<'END'
{lines}
END
"""


def write_stop_script(play, work):
    lines = "\n".join(f"{r.process.pid} {r.home}" for r in play.replicas.values())
    (work / "stop.sh").write_text(STOP_SCRIPT.replace("{lines}", lines))


def how_to_go_on(play, work):
    """What the play prints at its end: how to look around, how to stop."""
    replica = play.founder
    greffe = (f"{replica.bin}/greffe --home {replica.home} "
              f"--token-file {replica.token('coordination')}")
    lines = ["", "Les répliques continuent :"]
    lines += [f"  {r.title} : {r.address}, dossier {r.home}" for r in play.replicas.values()]
    lines += ["", "Pour regarder :",
              f"  {greffe} convention list",
              f"  {greffe} convention status {play.convention[:12]}",
              f"  {greffe} convention show {play.convention[:12]} --markdown | less",
              f"  {greffe} audit verify",
              "", "Pour les arrêter :", f"  sh {work}/stop.sh"]
    return "\n".join(lines)
