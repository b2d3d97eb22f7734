"""What the play and the end-to-end tests share: replicas as processes, commands, claims.

Only `greffed` and `greffe` are used, the way an operator and a user would. Figures come from
`--json`, never from what is printed for people.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import signal
import subprocess
import textwrap
import time

PARALLEL = 8
READY_SECONDS = 20


class Refused(Exception):
    """A command that did not end with 0."""

    def __init__(self, args, result):
        super().__init__(f"« {' '.join(map(str, args))} » a rendu {result.code} : {result.err.strip()}")
        self.result = result


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        return json.loads(self.out)


class Replica:
    """One greffed with its home, its log and the tokens of its users."""

    def __init__(self, bin_dir, home, name, title, partner_id, kind):
        self.bin = pathlib.Path(bin_dir)
        self.home = pathlib.Path(home)
        self.name, self.title, self.partner_id, self.kind = name, title, partner_id, kind
        self.log = self.home.parent / f"{self.home.name}.log"
        self.tokens = self.home.parent / f"{self.home.name}.tokens"
        self.address = "127.0.0.1:0"
        self.process = None
        # Bytes synced by processes of this home that have ended.
        self.synced_before = [0, 0]

    def init(self):
        self.home.parent.mkdir(parents=True, exist_ok=True)
        self.tokens.mkdir(mode=0o700, exist_ok=True)
        args = [str(self.bin / "greffed"), "init", "--home", str(self.home), "--partner",
                self.partner_id, "--name", self.title, "--kind", self.kind]
        done = subprocess.run(args, capture_output=True, text=True, env=environment())
        if done.returncode != 0:
            raise Refused(args[1:], Result(done.returncode, done.stdout, done.stderr))
        return done.stdout

    def start(self, before=None):
        """Starts greffed and waits until it says ready. `before` runs in the new process first."""
        out_path = self.home.parent / f"{self.home.name}.out"
        out = open(out_path, "w")
        with open(self.log, "a") as log:
            # A session of its own: the replica outlives the play.
            self.process = subprocess.Popen(
                [str(self.bin / "greffed"), "run", "--home", str(self.home), "--listen",
                 self.address], stdin=subprocess.DEVNULL, stdout=out, stderr=log,
                start_new_session=True, preexec_fn=before, env=environment())
        out.close()
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            ready = re.search(r"^ready (\S+)$", out_path.read_text(), re.M)
            if ready:
                self.address = ready.group(1)
                return self.address
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        raise RuntimeError(f"{self.name} ne démarre pas : {self.log.read_text()[-2000:]}")

    def stop(self):
        """SIGTERM, then wait. Returns the exit code."""
        return self.end(signal.SIGTERM)

    def end(self, how):
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=READY_SECONDS)
        self.process = None
        return code

    def token(self, user):
        return self.home / "admin.token" if user == "admin" else self.tokens / f"{user}.token"

    def try_run(self, user, *args, stdin=None, timeout=120):
        """Runs a `greffe` command as a user of this replica."""
        command = [str(self.bin / "greffe"), "--home", str(self.home), "--token-file",
                   str(self.token(user)), *map(str, args)]
        done = subprocess.run(command, capture_output=True, text=True, input=stdin or "",
                              timeout=timeout, env=environment())
        return Result(done.returncode, done.stdout, done.stderr)

    def run(self, user, *args, **more):
        result = self.try_run(user, *args, **more)
        if result.code != 0:
            raise Refused(args, result)
        return result

    def json(self, user, *args, **more):
        return self.run(user, "--json", *args, **more).json

    def add_user(self, user, partner_id, roles, office=""):
        args = ["user", "add", user, "--role", ",".join(roles), "--partner", partner_id,
                "--token-out", str(self.token(user))]
        if office:
            args += ["--office", office]
        self.run("admin", *args)


def environment():
    env = dict(os.environ, LC_ALL="C.UTF-8")  # French unless the locale says English.
    env.pop("GREFFE_HOME", None)
    return env


def join(inviting, joining):
    """Makes two replicas peers by one pasted line."""
    line = inviting.run("admin", "peer", "invite").out.strip()
    joining.run("admin", "peer", "join", "-", stdin=line + "\n")


def at_once(jobs, parallel=PARALLEL):
    """Runs independent calls side by side; the first failure is raised. Results in order."""
    with concurrent.futures.ThreadPoolExecutor(parallel) as pool:
        return [f.result() for f in [pool.submit(job) for job in jobs]]


def figures(replica, convention, user="admin"):
    """The convention's line of `admin status`, or None."""
    status = replica.json(user, "admin", "status")
    for line in status.get("conventions", []):
        if line["convention_id"] == convention:
            return line
    return None


def synced(replica):
    """Bytes sent to and received from peers since the home was made."""
    status = replica.json(replica.reader, "admin", "status")
    return [before + int(status[field]) for before, field in
            zip(replica.synced_before, ("sync_bytes_sent", "sync_bytes_received"))]


def heads(line):
    return sorted((f["replica_id"], int(f["size"]), f["root"]) for f in line["feeds"]
                  if int(f["size"]) > 0)


def settle(replicas, convention, seconds=20):
    """Waits until all replicas hold and have applied the same. Returns whether they do."""
    at_once([lambda r=r: r.try_run(r.reader, "sync", "--wait", timeout=60) for r in replicas])
    end = time.monotonic() + seconds
    while True:
        lines = [figures(r, convention, r.reader) for r in replicas]
        if all(lines) and all(heads(x) == heads(lines[0]) for x in lines) and all(
                x["events_applied"] == x["events_held"] for x in lines):
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.1)


class Claims:
    """Prints what a step claims beside what was read; ends the play at the first difference."""

    class Broken(Exception):
        pass

    WIDTH = 68

    def __init__(self, out=print):
        self.out = out

    def step(self, number, text):
        self.out(f"\n── Étape {number} · {text}")

    def note(self, text):
        for line in text.splitlines():
            for part in textwrap.wrap(line, 94, break_long_words=False) or [""]:
                self.out(f"     {part}")

    def that(self, what, got, want):
        if got != want:
            self.out(f"   ✗ {what} : lu {shown(got)}, attendu {shown(want)}")
            raise Claims.Broken(f"{what} : lu {shown(got)}, attendu {shown(want)}")
        dots = "." * max(2, self.WIDTH - len(what))
        self.out(f"   ✓ {what} {dots} {shown(got)}")

    def each(self, what, got_by_replica, want):
        """The same claim for each replica: one line when all agree."""
        for title, got in got_by_replica.items():
            if got != want:
                self.that(f"{what}, chez {title}", got, want)
        self.that(f"{what}, chez chacune", want, want)


def shown(value):
    """A value as people read it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return ", ".join(f"{k} : {shown(v)}" for k, v in sorted(value.items()))
    if isinstance(value, (list, tuple, set)):
        return ", ".join(shown(v) for v in value) or "rien"
    return str(value)
