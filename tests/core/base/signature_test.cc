#include "core/base/signature.h"

#include "absl/strings/escaping.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::StatusIs;

// RFC 8032 section 7.1, test 2.
constexpr char kSeed[] = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
constexpr char kPublic[] = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr char kSigned[] =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

std::unique_ptr<SigningKey> Key() {
  auto key = SigningKey::FromSeed(absl::HexStringToBytes(kSeed));
  EXPECT_OK(key);
  return *std::move(key);
}

TEST(SigningKey, AgreesWithRfc8032) {
  const auto key = Key();
  EXPECT_EQ(key->public_key().ToHex(), kPublic);
  EXPECT_EQ(key->Sign("\x72").ToHex(), kSigned);
  EXPECT_EQ(key->replica_id().ToHex(), Sha256({key->public_key().view()}).ToHex());
}

TEST(SigningKey, RefusesASeedOfAnotherLength) {
  EXPECT_THAT(SigningKey::FromSeed(std::string(31, 'x')),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(VerifySignature, AcceptsTheRightAndRefusesAChangedMessageKeyOrSignature) {
  const auto key = Key();
  Signature signature = key->Sign("message");
  EXPECT_OK(VerifySignature(key->public_key(), "message", signature));
  EXPECT_THAT(VerifySignature(key->public_key(), "massage", signature),
              StatusIs(absl::StatusCode::kDataLoss));
  PublicKey other = key->public_key();
  other.bytes[3] ^= 1;
  EXPECT_THAT(VerifySignature(other, "message", signature), StatusIs(absl::StatusCode::kDataLoss));
  signature.bytes[10] ^= 1;
  EXPECT_THAT(VerifySignature(key->public_key(), "message", signature),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace greffe
