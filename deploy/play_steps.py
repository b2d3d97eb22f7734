"""The eight steps of the play, in order. Each claims what it expects and shows what was read."""

import datetime
import hashlib
import json
import time

import play_damage
import play_files
from playlib import Replica, at_once, figures, heads, join, settle, synced

STANDINGS = {"CONVENTION_STANDING_PROJECT": "en projet",
             "CONVENTION_STANDING_CONCLUDED": "conclue, pas encore en vigueur",
             "CONVENTION_STANDING_IN_FORCE": "en vigueur",
             "CONVENTION_STANDING_EXPIRED": "expirée"}
CHANGES = {"ADDED": "ajouté", "REMOVED": "retiré", "CHANGED": "modifié"}
COUNTED = (("parties", "party", "parties"), ("articles", "article", "articles"),
           ("annexes", "annex", "annexes"), ("axes", "axis", "axes"),
           ("actions", "action", "actions"), ("indicators", "indicator", "indicateurs"),
           ("facilities", "facility", "équipements"), ("bodies", "body", "instances"))


class Play:
    def __init__(self, bin_dir, example, work, claims):
        self.bin, self.example, self.work, self.claims = bin_dir, example, work, claims
        self.play, self.want = example.play, example.play["want"]
        self.replicas, self.host_of = {}, {}
        for row in self.play["replicas"]:
            replica = Replica(bin_dir, work / row["name"], row["name"], row["title"],
                              row["partner_id"], example.kind(row["partner_id"]))
            replica.reader = "coordination"
            self.replicas[row["name"]] = replica
            for partner in [row["partner_id"], *row["hosts"]]:
                self.host_of[partner] = replica
        self.founder = self.replicas[self.play["founder"]]
        self.away = self.replicas[self.play["cut_off"]]
        self.other = self.replicas[self.play["other"]]
        self.convention = ""

    def run(self):
        for step in (self.open_replicas, self.enter_convention, self.conclude, self.diverge,
                     self.amend, self.look_back, self.verify, self.close):
            step()

    def stop(self):
        for replica in self.replicas.values():
            if replica.process:
                replica.stop()

    def all(self):
        return list(self.replicas.values())

    # 1 ------------------------------------------------------------------------------------------
    def open_replicas(self):
        say, example = self.claims, self.example
        say.step(1, f"{len(self.replicas)} répliques, chacune avec sa clé, ses données, ses agents")
        at_once([r.init for r in self.all()])
        for replica in self.all():
            replica.start()
            say.note(f"{replica.title} : {replica.address}")
        at_once([lambda r=r, p=p: r.run(
            "admin", "partner", "add", p, "--name", example.parties[p]["name"],
            "--kind", example.kind(p)) for p, r in self.host_of.items() if p != r.partner_id])
        at_once([lambda a=args: a[0].add_user(*a[1:]) for args in self.users()])
        for i, inviting in enumerate(self.all()):
            for joining in self.all()[i + 1:]:
                join(inviting, joining)
        say.each("pairs connus", self.from_each(
            lambda r: len(r.json("admin", "peer", "status")["peers"])), len(self.replicas) - 1)
        for replica in self.all():
            here = [p for p in replica.json("admin", "partner", "list")["partners"] if p["here"]]
            say.that(f"partenaires pour qui agit {replica.title}", len(here),
                     sum(r is replica for r in self.host_of.values()))

    def users(self):
        """(replica, user, partner, roles, office): everyone who acts in the play."""
        out = []
        for replica in self.all():
            out.append((replica, "coordination", replica.partner_id,
                        ["reader", "coordinator", "auditor"], ""))
        for partner, replica in self.host_of.items():
            out.append((replica, f"secretariat.{partner}"[:64], partner, ["secretariat"], ""))
            for office in self.example.parties[partner].get("signing_offices", []):
                if office["id"] not in self.example.paper:
                    out.append((replica, office["id"], partner, ["signatory"], office["office"]))
        return out

    # 2 ------------------------------------------------------------------------------------------
    def enter_convention(self):
        say, example = self.claims, self.example
        say.step(2, f"la convention : {example.terms['title']}")
        say.note("Pour jouer tout jour de l'année, le texte est recopié avec un terme qui part du "
                 f"1er janvier de l'an dernier ({example.terms['start_date']} au "
                 f"{example.terms['end_date']}).\n" + self.play["remark"])
        made = self.founder.json("coordination", "convention", "new", "--file",
                                 self.work / "files" / "convention.json")
        self.convention, self.act = made["receipt"]["convention_id"], made["act_id"]
        for name, content, words in COUNTED:
            if example.count(content) != self.want[name]:
                say.that(f"{words} dans le fichier", example.count(content), self.want[name])
            say.that(f"{words} au registre", made["counts"][name], self.want[name])
        say.that("signataires au registre", made["counts"]["signatories"], self.want["signatories"])
        say.that("les autres répliques ont tout reçu", settle(self.all(), self.convention), True)
        views = self.from_each(self.show)
        say.each("éléments lus", {t: len(v["elements"]) for t, v in views.items()},
                 len(example.convention["elements"]))
        say.each("état", {t: STANDINGS[v["standing"]] for t, v in views.items()}, "en projet")

    # 3 ------------------------------------------------------------------------------------------
    def conclude(self):
        say = self.claims
        say.step(3, "le texte est figé, délibéré, signé")
        # Texts refer to documents that are not in them, and have effect before: somebody looked
        # (CHK-13, CHK-16).
        frozen = self.founder.json("coordination", "act", "freeze", self.act,
                                   "--convention", self.convention, "--yes")
        say.note(f"révision figée : {frozen['revision']} ({frozen['label']})")
        say.that("signatures nécessaires", frozen["needed"], self.want["signatories"])
        settle(self.all(), self.convention)
        self.cut_off(True)
        self.vote_and_sign(self.act, frozen, self.play["deliberations"], "convention")
        here = [len(self.example.offices(p)) for p, r in self.host_of.items() if r is self.away]
        behind = self.status(self.other)
        say.that(f"signatures connues chez {self.other.title}, coupure en cours",
                 behind["revision"]["signed"], self.want["signatories"] - sum(here))
        say.that(f"signatures connues chez {self.away.title}",
                 self.status(self.away)["revision"]["signed"], sum(here))
        say.that("conclue avant que la dernière signature rejoigne les autres",
                 behind["revision"]["concluded"], False)
        self.cut_off(False)
        say.that("tout est échangé", settle(self.all(), self.convention), True)
        views = self.from_each(self.status)
        for what, read, want in (
                ("délibérations", lambda v: v["deliberations"], self.want["deliberations"]),
                ("signatures dans Greffe", lambda v: v["revision"]["electronic"],
                 self.want["electronic"]),
                ("signatures sur papier", lambda v: v["revision"]["paper"], self.want["paper"]),
                ("conclue, calculé par elle seule", lambda v: v["revision"]["concluded"], True),
                ("a effet depuis", lambda v: v["start_date"], self.example.terms["start_date"]),
                ("en vigueur depuis la dernière signature", lambda v: v["in_force_since"],
                 self.example.today.isoformat()),
                ("état", lambda v: STANDINGS[v["standing"]], "en vigueur")):
            say.each(what, {title: read(view) for title, view in views.items()}, want)

    def vote_and_sign(self, act, frozen, rows, label):
        say, example = self.claims, self.example
        common = ["--revision", frozen["revision"], "--convention", self.convention]
        votes = at_once([lambda r=row: self.host_of[r["partner_id"]].json(
            f"secretariat.{r['partner_id']}"[:64], "deliberation", "record", act, *common,
            *play_files.deliberation_args(r, example.today)) for row in rows])
        say.that("délibérations enregistrées (vote, publication, récépissé)", len(votes), len(rows))
        jobs, paper = [], 0
        for partner, replica in self.host_of.items():
            for office in example.offices(partner):
                if office in example.paper:
                    paper += 1
                    signed_on = play_files.days(example.today, -1 - paper % 5)
                    jobs.append(lambda r=replica, p=partner, o=office, d=signed_on: r.json(
                        f"secretariat.{p}"[:64], "signature", "record", act, "--office", o,
                        "--signed-on", d, "--scan-digest", play_files.scan_digest(o, label),
                        *common))
                else:
                    jobs.append(lambda r=replica, o=office: r.json(
                        o, "act", "sign", act, "--office", o, "--yes", *common))
        signatures = at_once(jobs)
        say.that("signatures données, chacune par son agent chez son partenaire",
                 len({s["signature"] for s in signatures}), len(jobs))

    def cut_off(self, pause):
        verb, state = ("pause", "PEER_STATE_PAUSED") if pause else ("resume", None)
        names = [r.title for r in self.all() if r is not self.away]
        for peer in self.away.json("admin", "peer", "list")["peers"]:
            self.away.run("admin", "peer", verb, peer["replica_id"])
        peers = self.away.json("admin", "peer", "status")["peers"]
        paused = [p for p in peers if p["state"] == "PEER_STATE_PAUSED"]
        self.claims.that(f"pairs en pause chez {self.away.title}", len(paused),
                         len(names) if pause else 0)

    def from_each(self, read):
        """What each replica answers, by title; asked side by side."""
        answers = at_once([lambda r=r: read(r) for r in self.all()])
        return {r.title: answer for r, answer in zip(self.all(), answers)}

    def show(self, replica, *at):
        return replica.json("coordination", "convention", "show", self.convention, *at)["view"]

    def status(self, replica):
        return replica.json("coordination", "convention", "status", self.convention)["view"]

    # 4 ------------------------------------------------------------------------------------------
    def diverge(self):
        say, plan = self.claims, self.play["indicator"]
        say.step(4, "coupure : deux valeurs pour un indicateur, un avenant en projet")
        self.cut_off(True)
        period = str(self.example.today.year - 1)
        for replica, value in ((self.away, plan["cut_off_value"]),
                               (self.other, plan["other_value"])):
            replica.run("coordination", "follow", "measure", self.convention, plan["element_id"],
                        "--period", period, "--value", value, "--source", plan["source"])
        proposed = self.away.json("coordination", "act", "propose", self.convention, "--file",
                                  self.work / "files" / "avenant.json")
        self.avenant = proposed["act_id"]
        time.sleep(0.02)
        self.apart = datetime.datetime.now(datetime.timezone.utc).strftime(
            "%Y-%m-%dT%H:%M:%S.%fZ")
        time.sleep(0.02)
        self.cut_off(False)
        say.that("de nouveau reliées, les répliques convergent",
                 settle(self.all(), self.convention), True)
        found = self.from_each(lambda r: r.json(
            "coordination", "convention", "conflicts", self.convention)["view"]["conflicts"])
        say.each("conflits ouverts", {t: len(c) for t, c in found.items()}, 1)
        by_partner = {r.partner_id: r.title for r in self.all()}
        say.each("valeurs", {t: {by_partner[v["event"]["partner_id"]]: v["measurement"]["value"]
                                 for v in c[0]["values"]} for t, c in found.items()},
                 {self.away.title: plan["cut_off_value"], self.other.title: plan["other_value"]})
        conflict = found[self.founder.title][0]
        settler = {"cut_off": self.away, "other": self.other}[plan["settled_by"]]
        kept_by = {"cut_off": self.away, "other": self.other}[plan["keep"]]
        kept = next(v for v in conflict["values"]
                    if v["event"]["partner_id"] == kept_by.partner_id)
        settler.run("coordination", "conflict", "settle", self.convention,
                    conflict["conflict_id"], "--keep", kept["event"]["leaf"], "--yes")
        say.note(f"{settler.title} règle le conflit et garde la valeur de {kept_by.title}")
        settle(self.all(), self.convention)
        say.each("valeur de l'indicateur",
                 self.from_each(lambda r: self.values(r, "--element", plan["element_id"])),
                 [kept["measurement"]["value"]])

    def values(self, replica, *at):
        """Current values of the play's indicator."""
        element = self.play["indicator"]["element_id"]
        return [v["measurement"]["value"] for f in self.show(replica, *at)["follow_up"]
                if f["element_id"] == element for v in f["values"]]

    # 5 ------------------------------------------------------------------------------------------
    def amend(self):
        say, plan = self.claims, self.play["avenant"]
        say.step(5, f"l'avenant : {self.example.avenant['title']}")
        effect = play_files.first_of_next_month(self.example.today)
        before = effect - datetime.timedelta(days=1)
        frozen = self.away.json("coordination", "act", "freeze", self.avenant, "--effective-from",
                                effect, "--convention", self.convention, "--yes")
        settle(self.all(), self.convention)
        self.vote_and_sign(self.avenant, frozen, plan["deliberations"], "avenant")
        say.that("tout est échangé", settle(self.all(), self.convention), True)
        def concluded(replica):
            return next(r["concluded"] for a in self.status(replica)["acts"]
                        if a["act_id"] == self.avenant for r in a["revisions"])
        say.each("avenant conclu, calculé par elle seule", self.from_each(concluded), True)
        old, new = (self.show(self.founder, "--in-force-on", d) for d in (before, effect))
        seen = changes(old, new)
        diff = self.founder.json("coordination", "convention", "diff", self.convention,
                                 "--from", before, "--to", effect)["view"]["entries"]
        say.that(f"changent entre le {before} et le {effect}", words(seen),
                 {plan["facility"]: "ajouté", plan["schedule"]: "modifié"})
        say.that("« convention diff » le dit aussi",
                 words({e["element_id"]: e["kind"].removeprefix("DIFF_KIND_") for e in diff}),
                 words(seen))
        entry = self.founder.json("coordination", "convention", "history", self.convention,
                                  "--element", plan["facility"])["view"]["entries"][-1]
        say.that("l'historique de l'équipement nomme l'acte", entry["origin"]["label"],
                 frozen["label"])
        signed = [s["signatory"] for s in entry["signatures"] if s["signatures"]]
        say.that("  les signatures derrière lui", len(signed), self.want["signatories"])
        say.that("  les délibérations derrière lui", len(entry["deliberations"]),
                 len(plan["deliberations"]))
        say.note("par exemple " + " ; ".join(
            [f"{s['office']} ({s['partner_id']})" for s in signed[:2]]
            + [f"{d['deliberation']['assembly']} n° {d['deliberation']['number']}"
               for d in entry["deliberations"][:1]]))
        text = self.founder.run("coordination", "convention", "show", self.convention,
                                "--in-force-on", effect, "--markdown").out
        path = self.work / "convention.md"
        path.write_text(text)
        name = next(c["put"]["facility"]["name"] for c in self.example.avenant["changes"]
                    if "facility" in c.get("put", {}))
        say.that("le texte consolidé porte l'équipement ajouté", name in text, True)
        say.note(f"texte à imprimer : {path} ({len(text.splitlines())} lignes)")

    # 6 ------------------------------------------------------------------------------------------
    def look_back(self):
        say, plan = self.claims, self.play["indicator"]
        say.step(6, f"ce que chacun savait à {self.apart}, juste avant d'être relié")
        cuts = {}
        for replica, value in ((self.away, plan["cut_off_value"]),
                               (self.other, plan["other_value"])):
            at = ["--known-at", self.apart]
            cuts[replica.name] = self.show(replica, *at)["cut"]
            say.that(f"valeur connue chez {replica.title}", self.values(replica, *at), [value])
        say.that("les deux jetons diffèrent", cuts[self.away.name] != cuts[self.other.name], True)
        for owner, reader in ((self.away, self.other), (self.other, self.away)):
            at = ["--known-at", cuts[owner.name], "--in-force-on", self.example.today,
                  "--clock-date", self.example.today]
            answers = [json.dumps(self.show(r, *at), ensure_ascii=False) for r in (owner, reader)]
            say.that(f"le jeton de {owner.title}, donné à {reader.title}, rend la même réponse",
                     answers[0] == answers[1], True)
            papers = [r.run("coordination", "convention", "show", self.convention, *at,
                            "--markdown").out for r in (owner, reader)]
            digests = [hashlib.sha256(p.encode()).hexdigest() for p in papers]
            say.that("  octet pour octet, texte compris", digests[0] == digests[1], True)

    # 7 ------------------------------------------------------------------------------------------
    def verify(self):
        say = self.claims
        say.step(7, "vérifier, et voir ce qu'une retouche laisse comme trace")
        reports = self.from_each(lambda r: r.json("coordination", "audit", "verify"))
        say.each("preuves justes", {t: r["ok"] for t, r in reports.items()}, True)
        events = {t: int(r["events"]) for t, r in reports.items()}
        say.each("événements vérifiés", events, events[self.founder.title])
        play_damage.show(self, say)

    # 8 ------------------------------------------------------------------------------------------
    def close(self):
        say = self.claims
        say.step(8, "où en est chaque réplique")
        say.that("toutes tiennent la même histoire", settle(self.all(), self.convention), True)
        statuses = self.from_each(lambda r: r.json("coordination", "admin", "status"))
        lines = self.from_each(lambda r: figures(r, self.convention, "coordination"))
        say.note("têtes signées (réplique, événements, racine) :")
        for replica_id, size, root in heads(lines[self.founder.title]):
            say.note(f"  {replica_id[:16]}…  {size:>6}  {root[:32]}…")
        say.note("")
        row = "{:<28} {:>10}  {:<18} {:>10} {:>10} {:>10}"
        say.out("     " + row.format("réplique", "événements", "empreinte d'état", "disque",
                                     "envoyés", "reçus"))
        for replica in self.all():
            line = lines[replica.title]
            sent, received = (f"{n // 1024} Kio" for n in synced(replica))
            disk = f"{int(statuses[replica.title]['disk_bytes']) // 1024} Kio"
            say.out("     " + row.format(replica.title[:28], line["events_applied"],
                                         line["state_digest"][:16] + "…", disk, sent, received))
        say.note("")
        say.each("mêmes têtes", {t: json.dumps(heads(x)) == json.dumps(heads(lines[self.founder.title]))
                           for t, x in lines.items()}, True)
        say.that("empreintes d'état distinctes", len({x["state_digest"] for x in lines.values()}),
                 1)


def words(changed):
    return {element: CHANGES[kind] for element, kind in changed.items()}


def changes(old, new):
    """What differs between two consolidated texts, element by element."""
    before = {e["element"]["id"]: e["element"] for e in old["elements"]}
    after = {e["element"]["id"]: e["element"] for e in new["elements"]}
    out = {i: "ADDED" for i in after if i not in before}
    out |= {i: "REMOVED" for i in before if i not in after}
    return out | {i: "CHANGED" for i in after if i in before and after[i] != before[i]}
