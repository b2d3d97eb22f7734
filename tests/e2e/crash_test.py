"""kill -9 under load: everything acknowledged is there, nothing half."""

import itertools
import os
import random
import signal
import sys
import threading
import unittest

from harness import E2eCase, playlib

ROUNDS = 12 if os.environ.get("GREFFE_LONG") else 3
WRITERS = 4


class Crash(E2eCase):
    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("GREFFE_SEED") or random.randrange(1 << 31))
        print(f"GREFFE_SEED={seed}", file=sys.stderr)
        self.random = random.Random(seed)
        self.numbers = itertools.count()

    def write(self, replica, convention, acknowledged, stopped):
        while not stopped.is_set():
            number = next(self.numbers)
            period = f"{2000 + number // 12}-{number % 12 + 1:02d}"
            done = replica.try_run("coordination", "--json", "--timeout", "5s", "follow", "measure",
                                   convention, "indicateur-1", "--period", period, "--value", "1",
                                   "--yes")
            if done.code == 0:
                acknowledged.extend(done.json["receipt"]["leaves"])

    def test_keeps_all_that_was_acknowledged_through_kill_9(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        acknowledged = []
        for _ in range(ROUNDS):
            stopped = threading.Event()
            writers = [threading.Thread(target=self.write,
                                        args=(caf, convention, acknowledged, stopped))
                       for _ in range(WRITERS)]
            for thread in writers:
                thread.start()
            # How long the load runs is the fault's own randomness, not a wait for something.
            stopped.wait(self.random.uniform(0.3, 1.2))
            code = caf.end(signal.SIGKILL)
            stopped.set()
            for thread in writers:
                thread.join()
            self.assertEqual(code, -signal.SIGKILL)
            caf.start()

        self.assertGreater(len(acknowledged), ROUNDS)
        leaves = set(self.leaves(caf, convention))
        self.assertEqual(set(acknowledged) - leaves, set())
        report = caf.json("coordination", "audit", "verify")
        self.assertTrue(report["ok"])
        line = playlib.figures(caf, convention, "coordination")
        self.assertEqual(line["events_applied"], line["events_held"])
        self.assertEqual(int(line["events_held"]), len(leaves))

    def leaves(self, replica, convention):
        return [e["leaf"] for e in
                replica.json("coordination", "audit", "events", convention)["events"]]


if __name__ == "__main__":
    unittest.main()
