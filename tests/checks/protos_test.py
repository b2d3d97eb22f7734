"""tools/check_protos.py finds each kind of element that says nothing."""

import unittest

import checks_support

# Every kind of element with its comment, each on a line of its own.
GOOD = """syntax = "proto3";
package a;
// What a thing may be.
enum Kind {
  // Not said: refused.
  KIND_UNSPECIFIED = 0;
}
// One thing.
message Thing {
  // Title as printed, at most 500 characters.
  string title = 1;
  // Which of them it is.
  oneof content {
    // Present for a tree.
    Kind kind = 2;
  }
  // In percent, 0 to 100; absent when nobody said.
  optional uint32 percent = 3;
  // A part of it.
  message Part {
    // Bytes, at least 1.
    uint64 size = 1;
  }
}
// Things, kept.
service Things {
  // Gives the thing back as it was taken.
  rpc Echo(Thing) returns (Thing);
}
"""


class Protos(checks_support.CheckCase):
    script = "check_protos.py"

    def check_proto(self, text):
        return self.check({"proto/a.proto": text})

    def test_accepts_a_proto_whose_every_element_says_what_it_means(self):
        code, out = self.check_proto(GOOD)
        self.assertEqual(code, 0, out)

    def test_names_each_kind_of_element_without_a_comment(self):
        for comment, line, name in (
                ("// What a thing may be.", 3, "enum Kind"),
                ("  // Not said: refused.", 5, "enum value Kind.KIND_UNSPECIFIED"),
                ("// One thing.", 8, "message Thing"),
                ("  // Title as printed, at most 500 characters.", 10, "field Thing.title"),
                ("  // Which of them it is.", 12, "oneof Thing.content"),
                ("    // Present for a tree.", 14, "field Thing.kind"),
                ("  // A part of it.", 19, "message Thing.Part"),
                ("    // Bytes, at least 1.", 21, "field Thing.Part.size"),
                ("// Things, kept.", 25, "service Things"),
                ("  // Gives the thing back as it was taken.", 27, "rpc Things.Echo")):
            with self.subTest(name):
                self.assertIn(comment + "\n", GOOD)
                code, out = self.check_proto(GOOD.replace(comment + "\n", ""))
                self.assertEqual(code, 1)
                self.assertEqual(out, f"proto/a.proto:{line}: {name} has no comment\n")

    def test_fails_on_a_comment_that_says_only_the_name(self):
        code, out = self.check_proto(GOOD.replace("Title as printed, at most 500 characters.",
                                                  "The title of the thing."))
        self.assertEqual(code, 1)
        self.assertIn("the comment of field Thing.title says only its name", out)

    def test_fails_on_a_comment_behind_an_element_or_apart_from_it(self):
        for text in ("  string title = 1;  // Title as printed.\n\n",
                     "  // Title as printed.\n\n  string title = 1;\n"):
            with self.subTest(text):
                code, _ = self.check_proto(GOOD.replace(
                    "  // Title as printed, at most 500 characters.\n  string title = 1;\n", text))
                self.assertEqual(code, 1)

    def test_fails_on_what_protoc_refuses_and_on_no_proto_at_all(self):
        self.assertEqual(self.check_proto(GOOD.replace("uint64", "uint65"))[0], 1)
        self.assertEqual(self.check({"proto/README.md": ""})[0], 1)


if __name__ == "__main__":
    unittest.main()
