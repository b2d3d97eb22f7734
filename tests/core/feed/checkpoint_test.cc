#include "core/feed/checkpoint.h"

#include "absl/strings/str_replace.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using testing_support::StatusIs;

std::unique_ptr<SigningKey> Key(char fill) { return *SigningKey::FromSeed(std::string(32, fill)); }

Checkpoint Head(const SigningKey& key) {
  Checkpoint head;
  head.convention = *ConventionId::FromBytes(std::string(16, '\x11'), "c");
  head.replica = key.replica_id();
  head.size = 42;
  head.root = LeafHash("root");
  return head;
}

// Made by an independent implementation of the signed note format. A change here is a change of
// the format, and needs an ADR.
constexpr char kGolden[] =
    "greffe/v1/11111111111111111111111111111111/"
    "cd8fa86afd6bf20d66d6c248647e5ecd5e778c2f78a30699d52506ce021baca8\n"
    "42\n"
    "PAb5plclr2BSYfY2ZyyWINQJcx2JpFHXRV/pxK4WeCk=\n"
    "\n"
    "\xe2\x80\x94 "
    "greffe/v1/11111111111111111111111111111111/"
    "cd8fa86afd6bf20d66d6c248647e5ecd5e778c2f78a30699d52506ce021baca8 "
    "842zy2tly1xOuDDN7RZNjilXGkX8qRa1p4Mw0D10kQGY/xKYQdnTwSLbclSYFyWverBPC6Ia/"
    "10rpjHaQdEYSdmd+A4=\n";

TEST(Checkpoint, HasExactlyTheGoldenBytes) {
  const auto key = Key('k');
  EXPECT_EQ(SignCheckpoint(Head(*key), *key), kGolden);
}

TEST(Checkpoint, OpensUnderItsKeyAlone) {
  const auto key = Key('k');
  const std::string note = SignCheckpoint(Head(*key), *key);
  const auto head = OpenCheckpoint(note, key->public_key());
  ASSERT_OK(head);
  EXPECT_EQ(*head, Head(*key));
  EXPECT_THAT(OpenCheckpoint(note, Key('x')->public_key()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("key")));
}

TEST(Checkpoint, FailsWhenAnyByteChanges) {
  const auto key = Key('k');
  const std::string note = SignCheckpoint(Head(*key), *key);
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(OpenCheckpoint(changed, key->public_key()).ok()) << i;
  }
}

TEST(Checkpoint, FailsWhenCutOrExtendedAnywhere) {
  const auto key = Key('k');
  const std::string note = SignCheckpoint(Head(*key), *key);
  for (std::size_t i = 0; i < note.size(); ++i) {
    EXPECT_FALSE(OpenCheckpoint(note.substr(0, i), key->public_key()).ok()) << i;
  }
  EXPECT_FALSE(OpenCheckpoint(note + "\n", key->public_key()).ok());
  EXPECT_FALSE(OpenCheckpoint(note + note, key->public_key()).ok());
}

TEST(Checkpoint, RefusesExtensionLinesLeadingZerosAndGiants) {
  const auto key = Key('k');
  const std::string note = SignCheckpoint(Head(*key), *key);
  EXPECT_THAT(ParseCheckpoint(absl::StrReplaceAll(note, {{"\n42\n", "\n042\n"}})),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("size")));
  EXPECT_THAT(ParseCheckpoint(absl::StrReplaceAll(note, {{"\n42\n", "\n0\n"}})),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("size")));
  EXPECT_THAT(ParseCheckpoint(absl::StrReplaceAll(note, {{"\n\n", "\nextension\n\n"}})),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseCheckpoint(std::string(kCheckpointBytesMax + 1, 'a')),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("1024")));
}

}  // namespace
}  // namespace greffe
