"""Files kept with a convention: joined, synced, missing, damaged on the way, got back."""

import hashlib
import random
import signal
import subprocess
import time
import unittest

import harness
import playlib

CHUNK = 128 * 1024


class Attachments(harness.E2eCase):
    def scan(self, name="scan.pdf", size=5 * CHUNK + 123):
        path = self.folder / name
        path.write_bytes(random.Random(size).randbytes(size))
        return path, hashlib.sha256(path.read_bytes()).hexdigest()

    def listed(self, replica, convention):
        found = replica.json("coordination", "attachment", "list", convention)
        again = replica.json("coordination", "attachment", "list", convention, "--known-at",
                             found["cut"])
        self.assertEqual(again["attachments"], found["attachments"])
        return list(zip(found["attachments"], found["here"]))

    def until_held(self, replica, convention, count=1):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            here = [h["state"] for _, h in self.listed(replica, convention)]
            if here.count("ATTACHMENT_STATE_HELD") == count:
                return
            time.sleep(0.1)
        self.fail(f"not held: {self.listed(replica, convention)}")

    def test_a_file_reaches_the_other_partner_and_comes_back_equal(self):
        caf, commune, convention, _ = harness.both(self)
        path, sha256 = self.scan()
        caf.run("coordination", "attachment", "add", convention, path, "--role", "signed")
        self.assertTrue(playlib.settle([caf, commune], convention))
        self.until_held(commune, convention)

        view, here = self.listed(commune, convention)[0]
        self.assertEqual((view["sha256"], view["label"], view["media_type"], here["chunks"]),
                         (sha256, "exemplaire signé", "application/pdf", 6))
        # Nothing of the name of the file went into the events.
        self.assertNotIn("scan.pdf", str(view))
        out = self.folder / "back.pdf"
        commune.run("coordination", "attachment", "get", convention, sha256[:8], "--out", out)
        self.assertEqual(out.read_bytes(), path.read_bytes())
        self.refused(commune.try_run("coordination", "attachment", "get", convention, sha256, "--out",
                                 out), 1, "existe déjà")

    def test_missing_bytes_are_said_and_come_after_a_restart(self):
        caf, commune, convention, _ = harness.both(self)
        path, sha256 = self.scan(size=40 * CHUNK)
        commune.stop()
        caf.run("coordination", "attachment", "add", convention, path)
        commune.start()
        self.assertTrue(playlib.settle([caf, commune], convention))
        self.until_held(commune, convention)
        # Kept across restarts, and served without the one who brought it.
        caf.stop()
        commune.stop()
        commune.start()
        out = self.folder / "back"
        commune.run("coordination", "attachment", "get", convention, sha256, "--out", out)
        self.assertEqual(hashlib.sha256(out.read_bytes()).hexdigest(), sha256)

    def test_a_kill_during_the_upload_loses_no_chunk_acknowledged(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        path, sha256 = self.scan(size=200 * CHUNK)
        upload = subprocess.Popen(
            [caf.bin / "greffe", "--home", caf.home, "--token-file", caf.token("coordination"),
             "attachment", "add", convention, path], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=playlib.environment())
        time.sleep(0.4)
        caf.end(signal.SIGKILL)
        upload.wait(timeout=60)
        caf.start()
        # Repeated, it goes on where it stopped; so does a second time, which has nothing to do.
        caf.run("coordination", "attachment", "add", convention, path)
        caf.run("coordination", "attachment", "add", convention, path)
        found = self.listed(caf, convention)
        self.assertEqual([h["state"] for _, h in found], ["ATTACHMENT_STATE_HELD"])
        caf.stop()
        checked = subprocess.run([caf.bin / "greffed", "check", "--home", caf.home],
                                 capture_output=True, text=True, env=playlib.environment())
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_limits_and_mistakes_are_refused_by_name(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        empty = self.folder / "empty"
        empty.write_bytes(b"")
        large = self.folder / "large"
        with open(large, "wb") as out:
            out.truncate(32 * 1024 * 1024 + 1)
        add = lambda *more: caf.try_run("coordination", "attachment", "add", convention, *more)
        self.refused(add(empty), 2, "vide")
        self.refused(add(large), 2, "33554432")
        self.refused(add(self.folder / "nowhere"), 2, "nowhere")
        self.refused(add(self.scan()[0], "--role", "nothing"), 2, "original, signed")
        self.refused(add(self.scan()[0], "--label", "x" * 201), 1, "201")
        self.refused(caf.try_run("coordination", "attachment", "get", convention, "0" * 64, "--out",
                             self.folder / "o"), 1, "Aucune pièce jointe")
        self.assertFalse((self.folder / "o").exists())
        caf.add_user("lecture", "caf-99", ["reader"])
        self.refused(caf.try_run("lecture", "attachment", "add", convention, self.scan()[0]), 1, "rôle")

    def test_a_new_convention_takes_its_documents_along(self):
        caf = self.replica()
        document, sha256 = self.scan("origine.pdf", 3000)
        draft = harness.small_draft()
        draft["documents"] = [{"name": "origine.pdf", "sha256": sha256, "bytes": "3000",
                               "media_type": "application/pdf"}]
        made = caf.json("coordination", "convention", "new", "--file",
                        self.file("draft.json", draft), "--attach", document)
        view, here = self.listed(caf, made["receipt"]["convention_id"])[0]
        self.assertEqual((view["sha256"], view["role"], here["state"]),
                         (sha256, "ATTACHMENT_ROLE_ORIGINAL", "ATTACHMENT_STATE_HELD"))


if __name__ == "__main__":
    unittest.main()
