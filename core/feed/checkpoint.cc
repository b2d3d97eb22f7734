#include "core/feed/checkpoint.h"

#include <array>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/base/status_macros.h"

namespace greffe {
namespace {

constexpr absl::string_view kOriginPrefix = "greffe/v1/";
// U+2014 and a space start a signature line of a signed note.
constexpr absl::string_view kSignatureStart = "\xe2\x80\x94 ";
constexpr char kEd25519 = 0x01;
constexpr std::size_t kKeyIdBytes = 4;

std::string OriginOf(const ConventionId& convention, const ReplicaId& replica) {
  return absl::StrCat(kOriginPrefix, convention.ToHex(), "/", replica.ToHex());
}

std::string TextOf(const Checkpoint& head) {
  return absl::StrCat(OriginOf(head.convention, head.replica), "\n", head.size, "\n",
                      absl::Base64Escape(head.root.view()), "\n");
}

// First 4 bytes of SHA-256(key name | LF | signature type | public key).
std::string KeyIdOf(absl::string_view name, const PublicKey& key) {
  const Digest digest = Sha256({name, "\n", absl::string_view(&kEd25519, 1), key.view()});
  return std::string(digest.view().substr(0, kKeyIdBytes));
}

absl::Status Malformed(absl::string_view line, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("checkpoint: ", line, ": ", what));
}

// Base64 that encodes back to itself, so that one value has one form.
absl::StatusOr<std::string> CanonicalBase64(absl::string_view text, std::size_t bytes,
                                            absl::string_view line) {
  std::string raw;
  if (!absl::Base64Unescape(text, &raw) || raw.size() != bytes || absl::Base64Escape(raw) != text) {
    return Malformed(line, absl::StrCat("want ", bytes, " bytes in canonical base64"));
  }
  return raw;
}

struct Note {
  Checkpoint head;
  // What is signed: the text with its last LF.
  std::string text;
  std::string key_id;
  Signature signature;
};

absl::StatusOr<Checkpoint> ParseText(absl::string_view origin, absl::string_view size,
                                     absl::string_view root) {
  Checkpoint head;
  const std::size_t convention_digits = 2 * ConventionId::kSize;
  const std::size_t replica_digits = 2 * ReplicaId::kSize;
  if (origin.size() != kOriginPrefix.size() + convention_digits + 1 + replica_digits ||
      origin.substr(0, kOriginPrefix.size()) != kOriginPrefix ||
      origin[kOriginPrefix.size() + convention_digits] != '/') {
    return Malformed("origin", "want greffe/v1/<convention>/<replica>");
  }
  ASSIGN_OR_RETURN(head.convention,
                   ConventionId::FromHex(origin.substr(kOriginPrefix.size(), convention_digits),
                                         "checkpoint: origin: convention"));
  ASSIGN_OR_RETURN(head.replica, ReplicaId::FromHex(origin.substr(origin.size() - replica_digits),
                                                    "checkpoint: origin: replica"));
  if (!absl::SimpleAtoi(size, &head.size) || absl::StrCat(head.size) != size || head.size == 0) {
    return Malformed("size", "want a decimal number from 1, without leading zeros");
  }
  ASSIGN_OR_RETURN(const std::string raw, CanonicalBase64(root, Digest::kSize, "root"));
  ASSIGN_OR_RETURN(head.root, Digest::FromBytes(raw, "checkpoint: root"));
  return head;
}

absl::StatusOr<Note> ParseNote(absl::string_view bytes) {
  if (bytes.size() > kCheckpointBytesMax) {
    return Malformed("note", absl::StrCat("more than ", kCheckpointBytesMax, " bytes"));
  }
  const std::vector<absl::string_view> lines = absl::StrSplit(bytes, '\n');
  if (lines.size() != 6 || !lines[3].empty() || !lines[5].empty()) {
    return Malformed("note", "want three lines, an empty one and one signature line");
  }
  Note note;
  ASSIGN_OR_RETURN(note.head, ParseText(lines[0], lines[1], lines[2]));
  note.text = absl::StrCat(lines[0], "\n", lines[1], "\n", lines[2], "\n");
  const std::string start = absl::StrCat(kSignatureStart, lines[0], " ");
  if (lines[4].substr(0, start.size()) != start) {
    return Malformed("signature", "the key name is not the origin");
  }
  ASSIGN_OR_RETURN(
      const std::string raw,
      CanonicalBase64(lines[4].substr(start.size()), kKeyIdBytes + Signature::kSize, "signature"));
  note.key_id = raw.substr(0, kKeyIdBytes);
  ASSIGN_OR_RETURN(note.signature, Signature::FromBytes(absl::string_view(raw).substr(kKeyIdBytes),
                                                        "checkpoint: signature"));
  return note;
}

}  // namespace

std::string SignCheckpoint(const Checkpoint& head, const SigningKey& key) {
  const std::string text = TextOf(head);
  const std::string origin = OriginOf(head.convention, head.replica);
  const std::string blob = absl::StrCat(KeyIdOf(origin, key.public_key()), key.Sign(text).view());
  return absl::StrCat(text, "\n", kSignatureStart, origin, " ", absl::Base64Escape(blob), "\n");
}

absl::StatusOr<Checkpoint> ParseCheckpoint(absl::string_view note) {
  ASSIGN_OR_RETURN(const Note parsed, ParseNote(note));
  return parsed.head;
}

absl::StatusOr<Checkpoint> OpenCheckpoint(absl::string_view note, const PublicKey& key) {
  ASSIGN_OR_RETURN(const Note parsed, ParseNote(note));
  if (ReplicaIdOf(key) != parsed.head.replica) {
    return absl::DataLossError("checkpoint: key: not the key that the origin names");
  }
  const std::string origin = OriginOf(parsed.head.convention, parsed.head.replica);
  if (KeyIdOf(origin, key) != parsed.key_id) {
    return absl::DataLossError("checkpoint: key id: does not match the key");
  }
  const absl::Status verified = VerifySignature(key, parsed.text, parsed.signature);
  if (!verified.ok()) {
    return absl::DataLossError(absl::StrCat("checkpoint: ", verified.message()));
  }
  return parsed.head;
}

}  // namespace greffe
