"""The folder of a replica and the command line of greffed: what is missing, full, closed, mistyped."""

import json
import os
import resource
import shutil
import subprocess
import unittest

import harness
from harness import E2eCase, playlib

NOBODY = 65534


def greffed(*args, **more):
    return subprocess.run([harness.BIN / "greffed", *map(str, args)], capture_output=True,
                          text=True, timeout=30, env=playlib.environment(), **more)


def file_limit(bytes_max):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_max, hard))


class HomeCase(E2eCase):
    def says(self, done, code, *said, never=()):
        text = done.stdout + done.stderr
        self.assertEqual(done.returncode, code, text)
        for part in said:
            self.assertIn(part, text)
        for part in never:
            self.assertNotIn(part, text)
        return text

    def stopped(self):
        caf = self.replica()
        self.convention(caf)
        caf.stop()
        return caf


class Damage(HomeCase):
    def test_restores_the_whole_folder_and_syncs_before_any_command(self):
        caf = self.stopped()
        (caf.home / "store" / "CURRENT").write_text("MANIFEST-999999\n")

        for command in (["run", "--listen", "127.0.0.1:0"], ["check"]):
            text = self.says(greffed(*command, "--home", caf.home), 4,
                             "dernière sauvegarde de ce dossier entier",
                             "avant toute nouvelle commande : greffe sync --wait",
                             "greffe admin status")
            self.assertLess(text.index("sauvegarde de ce dossier"), text.index("greffed run et"))
            self.assertLess(text.index("greffed run et"), text.index("greffe sync --wait"))
            self.assertEqual("Constat : greffed check" in text, command[0] == "run")

    def test_asks_no_backup_for_a_rewritten_event_but_a_run_and_a_sync(self):
        caf = self.replica()
        convention, _ = self.convention(caf)
        event = caf.json("coordination", "audit", "events", convention)["events"][1]
        caf.stop()
        done = subprocess.run([harness.BIN / "greffe_tamper", "rewrite", caf.home / "store",
                               event["leaf"]], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

        self.says(greffed("check", "--home", caf.home), 4, "événement 1", "ne remettez pas",
                  "lancez greffed run, puis greffe sync --wait", never=["dernière sauvegarde"])

    def test_asks_no_backup_where_a_table_is_damaged_and_every_row_is_proven(self):
        caf = self.stopped()
        caf.start()
        convention = caf.json("coordination", "convention", "list")["conventions"][0]
        caf.stop()
        # The last byte of a table's footer before its version, which pads and says nothing.
        table = max((caf.home / "store").glob("*.sst"), key=lambda one: one.stat().st_size)
        content = bytearray(table.read_bytes())
        self.assertEqual(content[-13], 0)
        content[-13] ^= 4
        table.write_bytes(content)

        self.says(greffed("check", "--home", caf.home), 4, table.name, "passe sa preuve",
                  "disque sain", "jamais plus sur l'ancien", never=["dernière sauvegarde"])
        moved = self.folder / "sain"
        shutil.copytree(caf.home, moved)
        caf.home = moved
        caf.start()
        shown = caf.json("coordination", "convention", "list")["conventions"][0]
        self.assertEqual(shown["convention_id"], convention["convention_id"])

    def test_asks_for_rights_alone_when_the_store_may_not_be_read(self):
        caf = self.stopped()
        as_nobody = {}
        if os.geteuid() == 0:
            self.folder.chmod(0o755)
            for path in [caf.home, *caf.home.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)
            as_nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        (caf.home / "store").chmod(0)

        said = ["le système en refuse l'accès au compte qui lance greffed",
                "Rendez le dossier de la réplique à ce compte (chown -R"]
        for command in (["run", "--listen", "127.0.0.1:0"], ["check"]):
            self.says(greffed(*command, "--home", caf.home, **as_nobody), 4, *said,
                      never=["sauvegarde", "N'effacez rien"])
        (caf.home / "store").chmod(0o700)
        (caf.home / "store" / "CURRENT").chmod(0)
        self.says(greffed("run", "--home", caf.home, "--listen", "127.0.0.1:0", **as_nobody), 4,
                  *said, never=["sauvegarde"])
        # A file of the folder itself, in the same words.
        (caf.home / "greffed.json").chmod(0)
        self.says(greffed("check", "--home", caf.home, **as_nobody), 1, "greffed.json", *said,
                  never=["sauvegarde"])


class Files(HomeCase):
    def test_names_the_file_of_the_home_that_is_missing_and_never_offers_init(self):
        caf = self.stopped()
        for name in ("key", "certificate.pem", "greffed.json"):
            path = caf.home / name
            kept = path.read_bytes()
            path.unlink()
            for command in (["run", "--listen", "127.0.0.1:0"], ["check"]):
                self.says(greffed(*command, "--home", caf.home), 4, f"{path} manque",
                          "Remettez ce seul fichier depuis une sauvegarde",
                          never=["Créez-en une", "pas de réplique"])
            path.write_bytes(kept)
            path.chmod(0o600)
        self.says(greffed("check", "--home", caf.home), 0)

    def test_refuses_files_that_other_accounts_may_write(self):
        caf = self.stopped()
        for path in (caf.home / "certificate.pem", caf.home / "greffed.json", caf.home / "store",
                     caf.home):
            mode = path.stat().st_mode & 0o777
            path.chmod(mode | 0o020)
            for command in (["run", "--listen", "127.0.0.1:0"], ["check"]):
                self.says(greffed(*command, "--home", caf.home), 1,
                          f"D'autres comptes peuvent modifier {path}.", f"chmod go-w '{path}'")
            path.chmod(mode)
        self.says(greffed("check", "--home", caf.home), 0)

    def test_says_that_something_else_stands_where_its_socket_goes(self):
        caf = self.stopped()
        socket = caf.home / "greffe.sock"
        socket.write_text("x")
        self.says(greffed("run", "--listen", "127.0.0.1:0", "--home", caf.home), 1,
                  f"{socket} n'est pas une prise")
        self.assertEqual(socket.read_text(), "x")

    def test_names_a_key_that_is_short_or_of_another_replica(self):
        caf = self.stopped()
        key = caf.home / "key"
        for content, said in ((b"x" * 31, "compte 31 octets"), (b"", "compte 0 octets"),
                              (b"x" * 32, "l'un des deux a été remplacé")):
            key.write_bytes(content)
            for command in (["run", "--listen", "127.0.0.1:0"], ["check"]):
                self.says(greffed(*command, "--home", caf.home), 4, str(key), said)
        done = greffed("check", "--json", "--home", caf.home)
        self.assertEqual([p["file"] for p in json.loads(done.stdout)["problems"]], [str(key)])

    def test_says_what_a_configuration_holds(self):
        caf = self.stopped()
        (caf.home / "greffed.json").write_text("{")

        self.says(greffed("run", "--home", caf.home), 1, "greffed.json", "name et listen")

    def test_verifies_the_store_whatever_the_configuration(self):
        caf = self.stopped()
        config = caf.home / "greffed.json"
        for spoil, said in ((lambda: config.write_text("{"), "Configuration illisible"),
                            (config.unlink, f"{config} manque")):
            spoil()
            text = self.says(greffed("check", "--home", caf.home), 4, said, "1 convention, ",
                             "ce dossier ne passe pas sa vérification")
            self.assertNotIn("ce magasin", text)
            done = greffed("check", "--json", "--home", caf.home)
            self.assertEqual([p["file"] for p in json.loads(done.stdout)["problems"]],
                             [str(config)])
            self.assertEqual(done.returncode, 4)

    def test_names_the_commit_marker_that_is_missing(self):
        caf = self.stopped()
        (caf.home / "store" / "COMMITS").unlink()
        for log in (caf.home / "store").glob("*.log"):
            log.unlink()
        for command in (["run", "--listen", "127.0.0.1:0"], ["check"]):
            self.says(greffed(*command, "--home", caf.home), 4, "store/COMMITS manque",
                      "dernière sauvegarde de ce dossier entier", never=["ready"])

    def test_leaves_nothing_of_an_init_that_lacks_room(self):
        home = self.folder / "new"
        wanted = ["init", "--home", home, "--partner", "caf-99", "--name", "X", "--kind", "caf"]
        for bytes_max in (0, 40, 400):
            done = greffed(*wanted, preexec_fn=file_limit(bytes_max))

            self.says(done, 1, "rien n'est resté", "Libérez de la place", never=["de lui-même"])
            self.assertFalse(home.exists())
        self.says(greffed(*wanted), 0)


class CommandLine(HomeCase):
    def test_refuses_an_address_that_is_not_one(self):
        caf = self.stopped()
        for address in ("127.0.0.1:99999", "127.0.0.1:65536", "foo", ":7443", "127.0.0.1:",
                        "127.0.0.1:-1"):
            self.says(greffed("run", "--home", caf.home, "--listen", address), 2,
                      f"« {address} »", "HÔTE:PORT", "0 à 65535", never=["est prise", "ready"])
        home = self.folder / "new"
        self.says(greffed("init", "--home", home, "--partner", "x", "--name", "X", "--kind", "caf",
                          "--listen", "foo"), 1, "HÔTE:PORT")
        self.assertFalse(home.exists())

    def test_says_wrong_usage_in_the_language_asked_for(self):
        for args, french, english in (
                ([], "il manque une commande", "a command is missing"),
                (["run"], "il manque --home", "--home is missing"),
                (["frobnicate"], "« frobnicate » n'est ni", "\"frobnicate\" is no option"),
                (["run", "--home"], "--home demande une valeur", "--home takes one value"),
                (["init", "--kind", "x"], "--kind n'admet pas « x »", "--kind does not take \"x\"")):
            self.says(greffed(*args), 2, french, "Voyez : greffed",
                      never=["required", "not in", "expected"])
            self.says(greffed("--lang", "en", *args), 2, english, "See: greffed")

    def test_helps_in_one_language_at_a_time(self):
        for command in ([], ["init"], ["run"], ["check"]):
            self.says(greffed(*command, "--help"), 0, "Usage : greffed", "Cette aide", "Options :",
                      never=["Print this help", "Usage:", "Options:", "SUBCOMMAND", "REQUIRED", "DIR"])
            self.says(greffed("--lang", "en", *command, "--help"), 0, "Usage: greffed", "This help",
                      never=["Cette aide", "COMMANDE", "obligatoire", "DOSSIER"])
        self.says(greffed("--help"), 0, "[OPTIONS] COMMANDE", "Commandes :", "Version de greffed")

    def test_help_fits_80_columns(self):
        for language in ("fr", "en"):
            for command in ([], ["init"], ["run"], ["check"]):
                done = greffed("--lang", language, *command, "--help")
                self.assertEqual(done.returncode, 0, done.stderr)
                widest = max(done.stdout.splitlines(), key=len)
                self.assertLessEqual(len(widest), 80, widest)
        # A line to copy is broken where the shell takes it.
        self.assertIn("--partner caf-47 \\\n    --name", greffed("init", "--help").stdout)
        self.assertIn("national-education", greffed("init", "--help").stdout)

    def test_init_answers_scripts_in_json(self):
        home = self.folder / "new"
        done = greffed("init", "--home", home, "--partner", "caf-99", "--name", "Caf d'essai",
                       "--kind", "caf", "--json")

        self.assertEqual(done.returncode, 0, done.stderr)
        made = json.loads(done.stdout)
        self.assertEqual(sorted(made), ["home", "replica_id", "token_file"])
        self.assertRegex(made["replica_id"], "^[0-9a-f]{64}$")
        self.assertEqual(made["home"], str(home))
        self.assertEqual(made["token_file"], str(home / "admin.token"))
        self.assertIn("Ensuite : greffed run", done.stderr)

    def test_init_says_which_folder_above_the_home_it_made(self):
        wanted = ["init", "--partner", "caf-99", "--name", "X", "--kind", "caf"]
        self.says(greffed(*wanted, "--home", self.folder / "disque" / "deux" / "caf"), 0,
                  f"Le dossier {self.folder / 'disque'} n'était pas là")
        self.says(greffed(*wanted, "--home", self.folder / "disque" / "autre"), 0,
                  never=["n'était pas là"])

    def test_names_the_option_that_is_wrong(self):
        self.says(greffed("init", "--home", self.folder / "new", "--partner", "Caf 99", "--name",
                          "X", "--kind", "caf"), 1, "--partner", never=["partner_id"])
        self.says(greffed("init", "--home", self.folder / "new", "--partner", "caf-99", "--name",
                          "X", "--kind", "caf", "--siren", "12"), 1, "neuf chiffres",
                  "Corrigez --siren, puis recommencez.", never=["partner.siren"])


if __name__ == "__main__":
    unittest.main()
