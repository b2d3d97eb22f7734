"""Step 7's damage: on copies of one store, never on the store itself."""

import pathlib
import shutil
import subprocess

from playlib import Result, environment, synced


def show(play, say):
    replica = play.away
    victim = replica.json("coordination", "audit", "events", play.convention)["events"][-1]
    copies = [play.work / "copie-retouchee", play.work / "copie-abimee"]
    copy_home(replica, copies)
    done = check(replica, copies[0])
    say.that("copie intacte : greffed check rend", done.code, 0)

    tamper = subprocess.run(
        [str(replica.bin / "greffe_tamper"), "rewrite", str(copies[0] / "store"), victim["leaf"]],
        capture_output=True, text=True, env=environment())
    say.that("un événement récrit par RocksDB, sans passer par Greffe", tamper.returncode, 0)
    done = check(replica, copies[0])
    say.that("  greffed check rend", done.code, 4)
    say.note(done.out.splitlines()[0])
    place = f"{victim['replica_id'][:12]}"
    named = victim["leaf"] in done.out + done.err or (
        place in done.out + done.err and str(victim["sequence"]) in done.out + done.err)
    say.that("  et nomme l'événement récrit", named, True)

    table = largest_table(copies[1] / "store")
    say.that("une table existe dans l'autre copie", table is not None, True)
    content = bytearray(table.read_bytes())
    content[len(content) // 3] ^= 0x40
    table.write_bytes(content)
    done = check(replica, copies[1])
    say.that(f"un octet retourné dans {table.name} : greffed check rend", done.code, 4)
    say.that("  et nomme le fichier", table.name in done.out + done.err, True)


def copy_home(replica, copies):
    """Copies a home while its process is stopped. A store that never closed has its events in its
    write-ahead log alone: a second start moves them into tables."""
    replica.synced_before = synced(replica)
    replica.stop()
    if largest_table(replica.home / "store") is None:
        replica.start()
        replica.stop()
    for copy in copies:
        shutil.copytree(replica.home, copy, ignore=shutil.ignore_patterns("*.sock", "LOCK"))
    replica.start()


def check(replica, home):
    done = subprocess.run([str(replica.bin / "greffed"), "check", "--home", str(home)],
                          capture_output=True, text=True, env=environment())
    return Result(done.returncode, done.stdout, done.stderr)


def largest_table(store):
    tables = sorted(pathlib.Path(store).rglob("*.sst"), key=lambda t: t.stat().st_size)
    return tables[-1] if tables else None
