"""tools/check_layers.py finds each kind of arrow that it forbids."""

import unittest

import checks_support


class Layers(checks_support.CheckCase):
    script = "check_layers.py"

    def test_accepts_arrows_of_the_table(self):
        code, out = self.check({"core/feed/a.cc": '#include "core/base/ids.h"\n#include <vector>\n',
                                "server/app/b.cc": '#include "storage/event_store.h"\n'})
        self.assertEqual(code, 0, out)

    def test_names_file_and_header_when_core_includes_server(self):
        code, out = self.check({"core/sync/a.cc": '#include "server/app/replica.h"\n'})
        self.assertEqual(code, 1)
        self.assertIn("core/sync/a.cc: core/sync may not include server/app/replica.h", out)

    def test_fails_when_feed_includes_convention(self):
        code, out = self.check({"core/feed/a.h": '#include "core/convention/state/state.h"\n'})
        self.assertEqual(code, 1)
        self.assertIn("core/convention/state/state.h", out)

    def test_rooms_of_the_convention_include_those_before_them_and_what_all_share(self):
        for include, wanted in (("text/tree.h", 0), ("decide_common.h", 0), ("views/board.h", 1)):
            with self.subTest(include):
                code, out = self.check(
                    {"core/convention/decide/a.cc": f'#include "core/convention/{include}"\n'})
                self.assertEqual(code, wanted, out)

    def test_fails_when_core_includes_a_clock_a_thread_or_grpc(self):
        for header in ("absl/time/clock.h", "thread", "grpcpp/grpcpp.h", "rocksdb/db.h", "fstream"):
            with self.subTest(header):
                code, out = self.check({"core/base/a.cc": f"#include <{header}>\n"})
                self.assertEqual(code, 1)
                self.assertIn(header, out)

    def test_fails_when_client_includes_server_or_rocksdb(self):
        for include in ('"server/app/replica.h"', '"storage/event_store.h"', "<rocksdb/db.h>"):
            with self.subTest(include):
                code, _ = self.check({"client/cli/a.cc": f"#include {include}\n"})
                self.assertEqual(code, 1)

    def test_fails_when_the_tamper_tool_shares_code_with_storage(self):
        code, _ = self.check({"tools/tamper.cc": '#include "storage/rocks_keys.h"\n'})
        self.assertEqual(code, 1)

    def test_fails_on_a_folder_that_is_not_in_the_table(self):
        code, out = self.check({"core/other/a.cc": ""})
        self.assertEqual(code, 1)
        self.assertIn("not in the table", out)


if __name__ == "__main__":
    unittest.main()
