#include "core/base/digest.h"

#include <gtest/gtest.h>

#include "core/base/ids.h"

namespace greffe {
namespace {

TEST(Sha256, AgreesWithThePublishedVectors) {
  // FIPS 180-4 examples.
  EXPECT_EQ(Sha256({}).ToHex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256({"a", "bc"}).ToHex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HmacSha256, AgreesWithRfc4231Case2) {
  EXPECT_EQ(HmacSha256("Jefe", "what do ya want for nothing?").ToHex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(LeafHash, IsPrefixedByZeroAsRfc6962Says) {
  EXPECT_EQ(LeafHash("").ToHex(),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_NE(LeafHash("x"), Sha256({"x"}));
}

TEST(SealedCommitment, DependsOnSaltAndValue) {
  const std::string salt(32, 's');
  EXPECT_EQ(SealedCommitment(salt, "v"), Sha256({"greffe/v1/sealed", salt, "v"}));
  EXPECT_NE(SealedCommitment(salt, "v"), SealedCommitment(std::string(32, 't'), "v"));
}

TEST(DeriveActId, SeparatesPartnerFromRequest) {
  const ConventionId convention;
  RequestId request;
  const ActId one = DeriveActId(convention, "caf-47", request);
  EXPECT_EQ(one, DeriveActId(convention, "caf-47", request));
  EXPECT_NE(one, DeriveActId(convention, "caf-4", request));
  request.bytes[0] = 1;
  EXPECT_NE(one, DeriveActId(convention, "caf-47", request));
}

TEST(DeriveConventionId, IsTheFirstHalfOfTheDigest) {
  const ReplicaId founder;
  const std::string nonce(16, 'n');
  const Digest digest = Sha256({"greffe/v1/convention", founder.view(), nonce});
  EXPECT_EQ(DeriveConventionId(founder, nonce).ToHex(), digest.ToHex().substr(0, 32));
}

}  // namespace
}  // namespace greffe
