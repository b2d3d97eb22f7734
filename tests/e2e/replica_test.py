"""One replica as its operator sees it: restart, a second process, damage, what it logs."""

import resource
import shutil
import socket
import subprocess
import time
import unittest

import harness
from harness import E2eCase, playlib


def greffed(*args, **env):
    return subprocess.run([harness.BIN / "greffed", *map(str, args)], capture_output=True,
                          text=True, timeout=30, env={**playlib.environment(), **env})


class Home(E2eCase):
    def test_keeps_everything_through_a_restart(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        caf.run("coordination", "follow", "measure", convention, "indicateur-1", "--period", "2026",
                "--value", "12")
        before = playlib.figures(caf, convention, "coordination")

        self.assertEqual(caf.stop(), 0)
        caf.start()

        after = playlib.figures(caf, convention, "coordination")
        self.assertEqual(after, before)

    def test_a_text_answer_says_how_to_get_it_again_elsewhere(self):
        caf, commune, convention, act = harness.concluded(self)
        for args in (["convention", "show", convention], ["convention", "status", convention],
                     ["convention", "history", convention], ["convention", "conflicts", convention],
                     ["convention", "diff", convention, "--from", "2020-01-01", "--to", "2026-06-01"],
                     ["life", "show", convention], ["deadlines", convention],
                     ["act", "list", convention], ["act", "show", act]):
            said = caf.run("coordination", *args).out
            caf_line = said.splitlines()[-1]
            self.assertIn("Selon la réplique Caf d'essai [", caf_line, said)
            again = caf_line.split(" : ", 1)[1].split()
            # What has come since changes nothing of it.
            caf.run("coordination", "follow", "measure", convention, "indicateur-1", "--period",
                    "2026", "--value", "12", "--yes")
            base = args[:3] if args[1] == "diff" else args
            there = commune.run("coordination", *base, *again).out
            self.assertEqual(there.splitlines()[:-1], said.splitlines()[:-1])
            self.assertIn("Selon la réplique Commune d'essai [", there.splitlines()[-1])

    def test_refuses_a_second_process_on_one_home(self):
        caf = self.replica()

        done = greffed("run", "--home", caf.home, "--listen", "127.0.0.1:0")

        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(str(caf.home), done.stderr)
        self.assertEqual(caf.try_run("coordination", "convention", "list").code, 0)

    def test_speaks_the_language_asked_for(self):
        for args, language in ((("--lang", "en", "check", "--home", "/nowhere"), "no replica"),
                               (("check", "--home", "/nowhere", "--lang=en"), "no replica"),
                               (("check", "--home", "/nowhere", "--lang", "fr"), "pas de réplique"),
                               (("check", "--home", "/nowhere"), "pas de réplique")):
            done = greffed(*args)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(language, done.stderr)
        self.assertIn("Serves a replica", greffed("run", "--lang", "en", "--help").stdout)
        self.assertEqual(greffed("check", "--lang", "de", "--home", "/nowhere").returncode, 2)

    def test_goes_on_after_more_idle_connections_than_it_could_first_open(self):
        caf = self.replica(start=False)
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        # What a service gets: few to begin with, more for who asks.
        caf.start(before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard)))
        host, port = caf.address.rsplit(":", 1)

        idle = [socket.create_connection((host, int(port))) for _ in range(400)]
        self.assertEqual(caf.try_run("admin", "admin", "whoami").code, 0)
        for one in idle:
            one.close()

        self.assertEqual(caf.try_run("admin", "--server", caf.address, "admin", "whoami").code, 0)
        self.assertEqual(caf.try_run("admin", "admin", "whoami").code, 0)
        soft = int(resource.prlimit(caf.process.pid, resource.RLIMIT_NOFILE)[0])
        self.assertEqual(soft, min(hard, 65536))
        self.assertEqual("event=few-open-files" in caf.log.read_text(), hard < 65536)

    def test_refuses_to_make_a_home_over_another(self):
        caf = self.replica()

        done = greffed("init", "--home", caf.home, "--partner", "x", "--name", "X", "--kind", "caf")

        self.assertEqual(done.returncode, 1, done.stderr)

    def test_refuses_a_home_whose_socket_would_have_too_long_a_path(self):
        home = self.folder / ("h" * 120)

        done = greffed("init", "--home", home, "--partner", "caf-99", "--name", "X", "--kind", "caf")
        if done.returncode == 0:
            done = greffed("run", "--home", home, "--listen", "127.0.0.1:0")

        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("107", done.stderr)

    def test_says_the_way_out_when_time_zone_data_is_missing(self):
        caf = self.replica(start=False)

        done = greffed("run", "--home", caf.home, "--listen", "127.0.0.1:0",
                       TZDIR=str(self.folder / "none"))

        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("tzdata", done.stderr)

    def test_does_not_take_another_zone_for_that_of_paris(self):
        caf = self.replica(start=False)
        zones = self.folder / "zones"
        (zones / "Europe").mkdir(parents=True)
        shutil.copy("/usr/share/zoneinfo/UTC", zones / "Europe" / "Paris")

        done = greffed("run", "--home", caf.home, "--listen", "127.0.0.1:0", TZDIR=str(zones))

        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("tzdata", done.stderr)

    def test_refuses_with_4_a_store_that_cannot_open_and_says_the_way_out(self):
        caf = self.replica()
        self.convention(caf)
        caf.stop()
        (caf.home / "store" / "CURRENT").write_text("MANIFEST-999999\n")

        done = greffed("run", "--home", caf.home, "--listen", "127.0.0.1:0")

        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertRegex(done.stderr, r"sauvegarde|pair")

    def test_serves_other_conventions_when_one_fails_its_proof(self):
        caf = self.replica()
        damaged, _ = self.convention(caf)
        sound, _ = self.convention(caf, harness.small_draft("Une autre convention"))
        event = caf.json("coordination", "audit", "events", damaged)["events"][1]
        caf.stop()
        done = subprocess.run([harness.BIN / "greffe_tamper", "rewrite", caf.home / "store",
                               event["leaf"]], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

        caf.start()

        measure = ["indicateur-1", "--period", "2026", "--value", "1", "--yes"]
        self.refused(caf.try_run("coordination", "follow", "measure", damaged, *measure), 1,
                     "convention-read-only", "greffe audit verify")
        caf.run("coordination", "follow", "measure", sound, *measure)
        status = caf.json("coordination", "admin", "status")
        self.assertEqual({c["convention_id"]: c["read_only"] for c in status["conventions"]},
                         {damaged: True, sound: False})
        done = caf.try_run("coordination", "--json", "audit", "verify")
        self.assertEqual(done.code, 4, done.err)
        problems = [f["problem"] for f in done.json["feeds"] if not f["ok"]]
        self.assertEqual(len(problems), 1)
        self.assertIn(event["leaf"], problems[0])


class Disk(E2eCase):
    def test_stores_nothing_half_when_the_disk_is_full_and_goes_on_once_there_is_room(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        caf.stop()
        largest = max(f.stat().st_size for f in (caf.home / "store").iterdir())
        # The kernel refuses to let a file grow beyond this, as a full disk would.
        caf.start(before=lambda: full_disk(largest + 256 * 1024))
        acknowledged = []

        for number in range(200):
            done = caf.try_run("coordination", "--json", "follow", "report", convention, "action-1",
                               "--state", "in-progress", "--yes", "--as-of", "2026-02-01",
                               "--comment", f"{number} " + "x" * 60000)
            if done.code != 0:
                break
            acknowledged += done.json["receipt"]["leaves"]

        self.refused(done, 1, "store-must-be-reopened", "de lui-même", "--request-id")
        shown = caf.try_run("coordination", "convention", "show", convention)
        self.assertEqual(shown.code, 0, shown.err)
        self.assertIn("elle n'écrit plus rien", shown.out + shown.err)
        self.assertIn("\ngreffe_writable 0\n", caf.run("admin", "admin", "metrics").out)

        # Room again, the same process: it goes on by itself.
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.prlimit(caf.process.pid, resource.RLIMIT_FSIZE, (limit, limit))
        end = time.monotonic() + 60
        while "\ngreffe_writable 1\n" not in caf.run("admin", "admin", "metrics").out:
            self.assertLess(time.monotonic(), end, caf.log.read_text()[-2000:])
            time.sleep(0.2)
        caf.run("coordination", "follow", "measure", convention, "indicateur-1", "--period", "2025",
                "--value", "1")
        log = caf.log.read_text()
        for event in ("event=commit-failed", "event=store-not-reopened", "event=store-reopened"):
            self.assertIn(event, log)
        leaves = [e["leaf"] for e in
                  caf.json("coordination", "audit", "events", convention)["events"]]
        self.assertEqual([leaf for leaf in leaves if leaf in acknowledged], acknowledged)
        self.assertTrue(caf.json("coordination", "audit", "verify")["ok"])

        caf.stop()
        caf.start()
        again = [e["leaf"] for e in
                 caf.json("coordination", "audit", "events", convention)["events"]]
        self.assertEqual(again, leaves)
        self.assertTrue(caf.json("coordination", "audit", "verify")["ok"])


def full_disk(bytes_max):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_max, hard))


class Peers(E2eCase):
    def test_takes_an_invitation_once(self):
        caf, commune = self.replica(), self.commune()
        third = self.replica("tiers", "Tiers", "tiers", "other")
        line = caf.run("admin", "peer", "invite").out
        commune.run("admin", "peer", "join", "-", stdin=line)

        done = third.try_run("admin", "peer", "join", "-", stdin=line)

        self.refused(done, 1, "greffe peer invite")
        self.assertEqual(len(caf.json("admin", "peer", "list")["peers"]), 1)

    def test_says_what_to_send_is_unknown_while_a_peer_is_paused(self):
        caf, commune, convention, _ = harness.both(self)
        self.assertIn("↑ 0", caf.run("admin", "peer", "list").out)
        caf.run("admin", "peer", "pause", "Commune d'essai")
        caf.run("coordination", "follow", "measure", convention, "indicateur-1", "--period", "2026",
                "--value", "3")

        self.assertIn("↑ ?", caf.run("admin", "peer", "list").out)
        self.assertRegex(caf.run("admin", "peer", "status", "Commune d'essai").out,
                         r"À envoyer +\?")

    def test_changes_the_roles_of_a_user_who_keeps_the_token(self):
        caf = self.replica()
        self.refused(caf.try_run("admin", "user", "add", "coordination", "--role", "signatory",
                                 "--office", "Présidence"), 1, "déjà pris",
                     step="greffe user set-roles")

        done = caf.run("admin", "user", "set-roles", "coordination", "--role", "reader")

        self.assertIn("Rôles de l'utilisateur coordination désormais : reader", done.out)
        self.refused(caf.try_run("coordination", "convention", "new", "--file",
                                 self.file("draft.json", harness.small_draft())), 1, rule="role")
        self.refused(caf.try_run("admin", "user", "set-roles", "admin", "--role", "reader"), 1,
                     rule="last-admin")
        self.assertIn("user-roles-changed", caf.log.read_text())
        self.assertNotIn("coordination", caf.log.read_text())

    def test_a_watch_says_where_to_go_on(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        first = caf.run("coordination", "watch", convention, "--after", "0", "--count", "1")
        self.assertIn(f"greffe watch {convention} --after 1", first.err)

    def test_is_found_by_its_peers_at_another_place_and_address(self):
        caf, commune, convention, _ = harness.both(self)
        old = commune.address
        peer = caf.json("admin", "peer", "list")["peers"][0]
        self.assertEqual(peer["address"], old)

        # Another folder, another port: what a move to another machine comes to.
        self.assertEqual(commune.stop(), 0)
        moved = self.folder / "ailleurs"
        shutil.copytree(commune.home, moved)
        shutil.rmtree(commune.home)
        commune.home, commune.address = moved, "127.0.0.1:0"
        commune.start()
        self.assertNotEqual(commune.address, old)
        # The one that moved dials those whose address it has.
        commune.run("admin", "sync", "--wait")
        caf.run("coordination", "follow", "measure", convention, "indicateur-1", "--period", "2026",
                "--value", "3")
        self.assertTrue(playlib.settle([caf, commune], convention))

        # Joined again, the peer has the new address, and is the same peer.
        playlib.join(commune, caf)
        peers = caf.json("admin", "peer", "list")["peers"]
        self.assertEqual([(one["replica_id"], one["address"]) for one in peers],
                         [(peer["replica_id"], commune.address)])
        caf.run("admin", "sync", "--wait")
        commune.run("coordination", "follow", "measure", convention, "indicateur-1", "--period",
                    "2025", "--value", "4")
        self.assertTrue(playlib.settle([caf, commune], convention))

    def test_warns_at_the_join_of_a_replica_that_claims_the_partner_of_another(self):
        caf, commune = self.replica(), self.commune()
        playlib.join(caf, commune)
        partner = commune.json("admin", "partner", "list")["partners"]
        own = next(one["card"] for one in partner if one["here"])
        second = self.replica("autre", "Autre", own["partner_id"], "commune")
        line = second.run("admin", "peer", "invite").out.strip()

        joined = caf.run("admin", "peer", "join", "-", stdin=line)

        self.assertIn(f"dit agir pour « {own['partner_id']} »", joined.err)
        said = " ".join(joined.err.split())
        first = next(one["replica_id"] for one in caf.json("admin", "peer", "list")["peers"]
                     if one["name"] == "Commune d'essai")
        self.assertIn(f"comme le fait déjà : Commune d'essai ({first[:12]})", said)
        self.assertIn(f"--replica {own['partner_id']}=EMPREINTE", said)
        self.assertIn("greffe peer remove", said)

        # A convention with it asks which one acts there, and takes the answer.
        draft = self.file("draft.json", harness.small_draft())
        refused = caf.try_run("coordination", "convention", "new", "--file", draft)
        self.refused(refused, 1, first[:12], rule="partner-claimed-twice",
                     step=f"--replica {own['partner_id']}=")
        self.refused(caf.try_run("coordination", "convention", "new", "--file", draft, "--replica",
                                 "rien"), 2)
        made = caf.json("coordination", "convention", "new", "--file", draft, "--replica",
                        f"{own['partner_id']}={first[:12]}")
        self.assertEqual(made["shared_with"], ["Commune d'essai"])
        roster = caf.json("coordination", "convention", "roster",
                          made["receipt"]["convention_id"])["entries"]
        self.assertEqual({e["replica_id"] for e in roster if own["partner_id"] in e["partner_ids"]},
                         {first})

    def test_tells_peers_of_one_name_apart(self):
        caf = self.replica()
        alike = [self.replica(f"v{n}", "Voisine", f"voisine-{n}", "other") for n in (1, 2)]
        for one in alike:
            playlib.join(caf, one)
        peers = caf.json("admin", "peer", "list")["peers"]
        listed = caf.run("admin", "partner", "list").out
        for peer in peers:
            partner = peer["partners"][0]["partner_id"]
            self.assertRegex(listed, rf"{partner} .*Voisine \({peer['replica_id'][:12]}\)")
            shown = caf.json("admin", "partner", "show", partner)["partners"]
            self.assertEqual([one["replica_id"] for one in shown], [peer["replica_id"]])

    def test_refuses_a_peer_whose_key_was_removed(self):
        caf, commune, convention, _ = harness.both(self)
        caf.run("admin", "peer", "remove",
                caf.json("admin", "peer", "list")["peers"][0]["replica_id"])
        caf.run("coordination", "follow", "measure", convention, "indicateur-1", "--period", "2026",
                "--value", "3")

        commune.try_run("admin", "sync", timeout=60)

        peer = commune.json("admin", "peer", "status")["peers"][0]
        self.assertNotEqual(peer["state"], "PEER_STATE_IN_SYNC")
        self.assertNotEqual(
            playlib.heads(playlib.figures(caf, convention, "coordination")),
            playlib.heads(playlib.figures(commune, convention, "coordination")))

    def test_says_that_the_only_peer_is_paused_instead_of_syncing_with_nobody(self):
        caf, commune = self.replica(), self.commune()
        playlib.join(caf, commune)
        caf.run("admin", "peer", "pause", "Commune d'essai")

        for asked in (("sync",), ("sync", "--wait"), ("--json", "sync")):
            with self.subTest(asked):
                done = caf.try_run("admin", *asked)
                self.refused(done, 1, "En pause", "greffe peer resume 'Commune d'\\''essai'")
                self.assertEqual(done.out, "")

    def test_says_for_whom_a_sync_waits_and_answers_a_program_only_when_done(self):
        caf, commune = self.replica(), self.commune()
        playlib.join(caf, commune)
        commune.stop()

        first = caf.try_run("admin", "--timeout", "4s", "sync", "--wait", timeout=60)
        self.refused(first, 1, "Tous les pairs ne sont pas à jour")
        self.assertIn("Commune d'essai", first.out)
        again = caf.try_run("admin", "--json", "--timeout", "3s", "sync", "--wait", timeout=60)
        self.refused(again, 1, "« Commune d'essai » était injoignable au dernier essai",
                     "Commune d'essai (Pas de réponse à l'adresse")
        self.assertEqual(again.out, "")

    def test_shows_nothing_of_a_convention_to_a_peer_that_is_not_party(self):
        caf = self.replica()
        stranger = self.replica("tiers", "Tiers", "tiers", "other")
        playlib.join(caf, stranger)
        convention, _ = self.convention(caf)
        caf.try_run("admin", "sync", "--wait", timeout=60)

        self.assertEqual(stranger.json("coordination", "convention", "list")["conventions"], [])
        self.assertIsNone(playlib.figures(stranger, convention, "admin"))


class Remote(E2eCase):
    def list_from_afar(self, caf, certificate):
        return subprocess.run(
            [harness.BIN / "greffe", "--server", caf.address, "--server-cert", certificate,
             "--token-file", caf.token("coordination"), "--timeout", "5s", "--json", "convention",
             "list"], capture_output=True, text=True, timeout=60, env=playlib.environment())

    def test_serves_token_users_over_tls_with_its_own_certificate_as_only_root(self):
        caf = self.replica()
        convention, _ = self.convention(caf)

        done = self.list_from_afar(caf, caf.home / "certificate.pem")

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(convention, done.stdout)

    def test_is_not_trusted_when_another_certificate_is_pinned(self):
        caf, commune = self.replica(), self.commune()

        done = self.list_from_afar(caf, commune.home / "certificate.pem")

        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)


class Logs(E2eCase):
    def test_hold_no_personal_data_and_no_token(self):
        caf = self.replica()
        name = "Zéphyrine Exemple"
        _, act = self.convention(caf)
        caf.add_user("zephyrine.exemple", "caf-99", ["signatory"], "Présidence")
        caf.run("coordination", "act", "freeze", "--yes", act)
        caf.run("zephyrine.exemple", "act", "sign", act, "--office", "caf-presidence",
                "--signer-name", name, "--yes")
        caf.try_run("zephyrine.exemple", "act", "sign", act, "--office", "inconnu", "--yes")
        caf.token("wrong").write_text("greffe_b_" + "x" * 43)
        for _ in range(5):
            self.refused(caf.try_run("wrong", "convention", "list"), 1, rule="token")
        caf.stop()

        # Who tries is told to the operator, once in a while and without what was tried.
        self.assertEqual(caf.log.read_text().count("event=not-authenticated rule=token"), 1)
        log = caf.log.read_text() + (caf.home.parent / "caf.out").read_text()
        self.assertTrue(log)
        for secret in (name, "Zéphyrine", "zephyrine",
                       *(t.read_text().strip() for t in caf.tokens.iterdir())):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    unittest.main()
