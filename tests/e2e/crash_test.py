"""kill -9 under load: everything acknowledged is there, nothing half, nothing twice."""

import os
import random
import signal
import subprocess
import sys
import time
import unittest

from harness import BIN, E2eCase, playlib, small_draft

LONG = bool(os.environ.get("GREFFE_LONG"))
# Each with a store of its own.
PLAYS = 30 if LONG else 1
KILLS = 20
IN_FLIGHT = 64
INDICATORS = [f"indicateur-{n}" for n in range(1, 11)]
# More than one play sends; each has an indicator and a month of its own.
ALL = 12_000 * len(INDICATORS)
# What a load is waited for; it needs a second.
WAIT_SECONDS = 60


class Crash(E2eCase):
    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("GREFFE_SEED") or random.randrange(1 << 31))
        print(f"GREFFE_SEED={seed}", file=sys.stderr)
        self.random = random.Random(seed)

    def load(self, replica, convention, journal, until=ALL):
        """Begins to send measurements, IN_FLIGHT at once, until `until` were sent."""
        return subprocess.Popen(
            [str(BIN / "greffe_load"), str(replica.home), str(replica.token("coordination")),
             convention, ",".join(INDICATORS), str(IN_FLIGHT), str(journal), str(until)],
            stdout=subprocess.PIPE, text=True, env=playlib.environment())

    def sent(self, load):
        """Waits until a load has ended; returns one more than the largest number that it sent."""
        out, _ = load.communicate(timeout=WAIT_SECONDS)
        self.assertEqual(load.returncode, 0)
        return int(out)

    def wait_for(self, journal, bytes, load):
        """Until the load has written so much: the fault comes at a place, not at a time."""
        end = time.monotonic() + WAIT_SECONDS
        while (journal.stat().st_size if journal.exists() else 0) < bytes:
            self.assertIsNone(load.poll(), "the load ended by itself")
            self.assertLess(time.monotonic(), end, "nothing is acknowledged")
            time.sleep(0.001)

    def kill_under_load(self, replica, convention, journal):
        """Kills it in the middle of a load, verifies what is left and starts it again. Returns how
        many measurements were sent."""
        before = journal.stat().st_size if journal.exists() else 0
        load = self.load(replica, convention, journal)
        self.wait_for(journal, before + self.random.randrange(1, 150_000), load)
        code = replica.end(signal.SIGKILL)
        sent = self.sent(load)
        self.assertEqual(code, -signal.SIGKILL)
        # Before anything is written again: what the kill left is sound by itself.
        checked = subprocess.run([str(BIN / "greffed"), "check", "--home", str(replica.home)],
                                 capture_output=True, text=True, env=playlib.environment())
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        replica.start()
        return sent

    def acknowledged(self, journal):
        """Leaves by number, as the load wrote them down."""
        lines = [line.split() for line in journal.read_text().splitlines()]
        by_number = {int(number): leaf for number, leaf in lines}
        self.assertEqual(len(by_number), len(lines), "a measurement was acknowledged twice")
        return by_number

    def play(self, name):
        caf = self.replica(name)
        draft = small_draft()
        draft["elements"] += [{"id": id, "parent_id": "action-1", "indicator": {"text": id}}
                              for id in INDICATORS[1:]]
        convention, _ = self.convention(caf, draft)
        earlier = self.leaves(caf, convention)
        journal = self.folder / f"{name}.journal"
        sent = 0
        for _ in range(KILLS):
            sent = max(sent, self.kill_under_load(caf, convention, journal))
            held = self.held(caf, convention) - len(earlier)
            acknowledged = len(self.acknowledged(journal))
            # What had no answer may be there or not.
            self.assertLessEqual(acknowledged, held)
            self.assertLessEqual(held, sent)
            self.assertLess(acknowledged, sent, "nothing was under way when it was killed")

        # Once everything was asked for again, each is there once.
        self.assertEqual(self.sent(self.load(caf, convention, journal, until=sent)), sent)
        acknowledged = self.acknowledged(journal)
        self.assertEqual(sorted(acknowledged), list(range(sent)))
        self.assertEqual(sorted(self.leaves(caf, convention)),
                         sorted(earlier + list(acknowledged.values())))
        self.assertTrue(caf.json("coordination", "audit", "verify")["ok"])
        self.assertEqual(self.held(caf, convention), len(earlier) + sent)
        caf.stop()

    def held(self, replica, convention):
        """Events held, all of them applied."""
        line = playlib.figures(replica, convention, "coordination")
        self.assertEqual(line["events_applied"], line["events_held"])
        return int(line["events_held"])

    def leaves(self, replica, convention):
        return [e["leaf"] for e in
                replica.json("coordination", "audit", "events", convention)["events"]]

    def test_keeps_all_that_was_acknowledged_through_kill_9(self):
        for play in range(PLAYS):
            self.play(f"caf{play}")


if __name__ == "__main__":
    unittest.main()
