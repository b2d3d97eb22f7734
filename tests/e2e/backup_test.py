"""Backups: taken while the replica writes, verified, put back in another folder, and no fork after."""

import itertools
import os
import resource
import shutil
import subprocess
import threading
import unittest

import harness
from harness import E2eCase, playlib

WRITERS = 3


def greffed(*args):
    return subprocess.run([harness.BIN / "greffed", *map(str, args)], capture_output=True,
                          text=True, timeout=60, env=playlib.environment())


class BackupCase(E2eCase):
    def setUp(self):
        super().setUp()
        self.backups = self.folder / "backups"
        self.backups.mkdir()
        self.periods = (f"{2000 + n // 12}-{n % 12 + 1:02d}" for n in itertools.count())

    def measure(self, replica, convention):
        return replica.try_run("coordination", "--json", "follow", "measure", convention,
                               "indicateur-1", "--period", next(self.periods), "--value", "1",
                               "--yes")

    def leaves(self, replica, convention):
        return [e["leaf"] for e in
                replica.json("coordination", "audit", "events", convention)["events"]]

    def back_up(self, replica, name="one"):
        made = replica.json("admin", "admin", "backup", "--to", self.backups / name)
        self.assertEqual(made["path"], str((self.backups / name).resolve()))
        return made

    def verified(self, home):
        done = greffed("check", "--home", home)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def restored(self, original, name="one"):
        """The backup as another home, served at the address of the original, which has ended."""
        self.assertIsNone(original.process)
        home = self.folder / f"restored-{name}"
        shutil.copytree(self.backups / name, home)
        made = playlib.Replica(harness.BIN, home, "restored", original.title, original.partner_id,
                               original.kind)
        made.reader, made.address, made.tokens = "coordination", original.address, original.tokens
        self.replicas.append(made)
        made.start()
        return made

    def held(self, replica, convention):
        self.refused(self.measure(replica, convention), 1, rule="restored-not-synced",
                     step="greffe sync --wait")

    def nothing_made(self, action):
        before = sorted(os.listdir(self.backups))
        out = action()
        self.assertEqual(sorted(os.listdir(self.backups)), before)
        return out


class Restore(BackupCase):
    def test_a_backup_taken_under_writes_holds_all_that_was_acknowledged_before(self):
        caf, commune, convention, _ = harness.both(self)
        caf.run("admin", "peer", "pause", "Commune d'essai")
        acknowledged, stopped, enough = [], threading.Event(), threading.Event()
        lock = threading.Lock()

        def write():
            while not stopped.is_set():
                with lock:
                    period = next(self.periods)
                done = caf.try_run("coordination", "--json", "follow", "measure", convention,
                                   "indicateur-1", "--period", period, "--value", "1", "--yes")
                if done.code == 0:
                    acknowledged.extend(done.json["receipt"]["leaves"])
                if len(acknowledged) >= 10:
                    enough.set()

        writers = [threading.Thread(target=write) for _ in range(WRITERS)]
        for thread in writers:
            thread.start()
        enough.wait(60)
        before = list(acknowledged)
        made = self.back_up(caf)
        stopped.set()
        for thread in writers:
            thread.join()
        self.assertGreaterEqual(len(before), 10)
        self.assertEqual(caf.stop(), 0)

        copy = self.backups / "one"
        self.verified(copy)
        self.assertEqual(copy.stat().st_mode & 0o777, 0o700)
        for secret in ("key", "admin.token"):
            self.assertEqual((copy / secret).stat().st_mode & 0o777, 0o600)
        self.assertEqual(int(made["conventions"]), 1)
        again = self.restored(caf)
        leaves = self.leaves(again, convention)
        self.assertEqual(set(before) - set(leaves), set())
        self.assertEqual(int(made["events"]), len(leaves))

        # Nobody has more of its feed: it goes on, with the users, the pause and the peer it had.
        # Until it has met that one it signs nothing.
        self.held(again, convention)
        self.assertEqual(again.try_run("admin", "sync", "--wait").code, 1)
        again.stop()
        again.start()
        self.held(again, convention)
        again.run("admin", "peer", "resume", "Commune d'essai")
        self.held(again, convention)
        again.run("admin", "sync", "--wait")
        self.assertEqual(self.measure(again, convention).code, 0)
        self.assertTrue(playlib.settle([again, commune], convention))
        self.assertTrue(again.json("coordination", "audit", "verify")["ok"])

    def test_a_backup_behind_its_peers_receives_everything_and_signs_no_more(self):
        caf, commune, convention, _ = harness.both(self)
        self.back_up(caf)
        later = self.measure(caf, convention)
        self.assertEqual(later.code, 0, later.err)
        self.assertTrue(playlib.settle([caf, commune], convention))
        everything = self.leaves(caf, convention)
        caf.stop()
        self.verified(self.backups / "one")

        # The only one that knows is not there: nothing is signed, however often one tries.
        commune.stop()
        again = self.restored(caf)
        self.held(again, convention)
        self.refused(again.try_run("admin", "--timeout", "3s", "sync", "--wait"), 1,
                     rule="peers-behind")
        self.held(again, convention)
        commune.start()
        self.refused(again.try_run("admin", "sync", "--wait"), 1, "L'échange est fait",
                     rule="signing-stopped", step="greffed init")

        self.assertEqual(sorted(self.leaves(again, convention)), sorted(everything))
        self.refused(self.measure(again, convention), 1, rule="signing-stopped")
        # No fork, on either side, and the peer goes on.
        for replica in (again, commune):
            self.assertTrue(replica.json("coordination", "audit", "verify")["ok"])
            line = playlib.figures(replica, convention, "coordination")
            self.assertFalse([f for f in line["feeds"] if f["branch"]])
        self.assertEqual(self.measure(commune, convention).code, 0)
        self.assertTrue(playlib.settle([again, commune], convention))

    def test_a_backup_catches_up_with_what_peers_wrote_since_and_goes_on(self):
        caf, commune, convention, _ = harness.both(self)
        self.back_up(caf)
        caf.stop()
        self.assertEqual(self.measure(commune, convention).code, 0)

        again = self.restored(caf)
        self.held(again, convention)
        said = again.json("admin", "admin", "status")["context"]["banners"]
        self.assertIn("n'a pas encore revu tous ses pairs", said[0])
        again.run("admin", "sync", "--wait")

        self.assertEqual(self.measure(again, convention).code, 0)
        self.assertTrue(playlib.settle([again, commune], convention))
        # Once is enough.
        again.stop()
        again.start()
        self.assertEqual(self.measure(again, convention).code, 0)

    def test_a_backup_of_a_replica_without_peers_waits_for_its_administrators_word(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        self.back_up(caf)
        caf.stop()
        again = self.restored(caf)
        # A peer may have joined after the backup, which does not know of it.
        self.held(again, convention)
        again.run("admin", "sync", "--wait")
        self.assertEqual(self.measure(again, convention).code, 0)
        self.assertFalse((again.home / "from-backup").exists())


class Refusals(BackupCase):
    def backup(self, replica, to, user="admin"):
        return replica.try_run(user, "admin", "backup", "--to", to)

    def test_goes_nowhere_but_to_a_new_folder_outside_the_home(self):
        caf = self.replica()
        self.back_up(caf, "there")
        for to, rule, step in (("backups/one", "backup-path", "chemin absolu"),
                               (self.backups / "there", "backup-exists", "dossier neuf"),
                               (caf.home / "one", "backup-inside-home", "autre disque"),
                               (self.backups / "none" / "one", "file", "Vérifiez le chemin"),
                               ("/proc/one", "file", "")):
            with self.subTest(to):
                self.refused(self.nothing_made(lambda: self.backup(caf, to)), 1, rule=rule,
                             field="to", step=step)
        self.assertEqual(caf.try_run("admin", "admin", "backup").code, 2)
        self.verified(self.backups / "there")

    def test_leaves_nothing_where_the_disk_is_full_and_the_replica_goes_on(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        # The kernel refuses to let a file grow beyond this, as a full disk would.
        resource.prlimit(caf.process.pid, resource.RLIMIT_FSIZE, (8192, limit))

        self.refused(self.nothing_made(lambda: self.backup(caf, self.backups / "one")), 1,
                     "il n'en reste rien", field="to", step="disque")

        resource.prlimit(caf.process.pid, resource.RLIMIT_FSIZE, (limit, limit))
        self.assertEqual(self.measure(caf, convention).code, 0)
        self.back_up(caf)
        self.verified(self.backups / "one")

    def test_copies_no_table_that_is_not_what_was_written(self):
        caf = self.replica()
        self.convention(caf)
        caf.stop()
        caf.start()
        tables = sorted((caf.home / "store").glob("*.sst"), key=lambda one: one.stat().st_size)
        content = bytearray(tables[-1].read_bytes())
        content[len(content) // 2] ^= 4
        tables[-1].write_bytes(content)

        self.refused(self.nothing_made(lambda: self.backup(caf, self.backups / "one")), 4,
                     tables[-1].name, "il n'en reste rien", rule="store-damaged",
                     step="greffed check")

    def test_is_for_the_administrator_of_the_machine_at_the_machine(self):
        caf = self.replica()
        caf.run("admin", "partner", "add", "hebergee", "--name", "Hébergée", "--kind", "commune")
        caf.add_user("mairie", "hebergee", ["admin"])
        to = self.backups / "one"
        self.refused(self.nothing_made(lambda: self.backup(caf, to, "coordination")), 1,
                     rule="role")
        self.refused(self.nothing_made(lambda: self.backup(caf, to, "mairie")), 1,
                     rule="host-admin")
        afar = subprocess.run(
            [harness.BIN / "greffe", "--server", caf.address, "--server-cert",
             caf.home / "certificate.pem", "--token-file", caf.token("admin"), "admin", "backup",
             "--to", to], capture_output=True, text=True, timeout=60, env=playlib.environment())
        self.nothing_made(lambda: self.refused(
            playlib.Result(afar.returncode, afar.stdout, afar.stderr), 1, rule="local-only",
            step="sans --server"))


class ReadOnly(BackupCase):
    def test_is_verified_on_a_disk_mounted_read_only(self):
        caf = self.replica()
        self.convention(caf)
        self.back_up(caf)
        copy = self.backups / "one"
        script = ('mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && '
                  '! touch "$1/x" 2>/dev/null || exit 99; exec "$2" check --home "$1"')

        def check(home):
            command = ["unshare", "-m", "sh", "-c", script, "sh", str(home),
                       str(harness.BIN / "greffed")]
            if os.geteuid() != 0:
                command.insert(1, "-r")
            return subprocess.run(command, capture_output=True, text=True, timeout=60,
                                  env=playlib.environment())

        done = check(copy)
        if done.returncode in (1, 99) and "mount" in done.stderr:
            self.skipTest(f"this machine lets nobody mount: {done.stderr.strip()}")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("1 convention", done.stdout)
        self.assertFalse((copy / "lock").exists())
        # Of a replica at work, whose disk is mounted a second time, its lock is still seen.
        busy = check(caf.home)
        self.assertEqual(busy.returncode, 1, busy.stdout + busy.stderr)
        self.assertIn("Un autre greffed", busy.stderr)
        # Damage is found there as anywhere.
        tables = sorted((copy / "store").glob("MANIFEST-*"))
        tables[0].write_bytes(b"x" + tables[0].read_bytes()[1:])
        self.assertEqual(check(copy).returncode, 4)


if __name__ == "__main__":
    unittest.main()
