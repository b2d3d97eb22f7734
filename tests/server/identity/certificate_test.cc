#include "server/identity/certificate.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/signature.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::StatusIs;

const std::string& Seed() {
  static const auto& kSeed = *new std::string(32, '\x07');
  return kSeed;
}

TEST(Certificate, CarriesTheReplicasKey) {
  ASSERT_OK_AND_ASSIGN(const auto key, SigningKey::FromSeed(Seed()));
  ASSERT_OK_AND_ASSIGN(const std::string pem, MakeCertificate(Seed()));
  ASSERT_OK_AND_ASSIGN(const PublicKey certified, KeyOfCertificatePem(pem));

  EXPECT_EQ(certified, key->public_key());
}

TEST(Certificate, GoesThroughDerUnchanged) {
  ASSERT_OK_AND_ASSIGN(const std::string pem, MakeCertificate(Seed()));
  ASSERT_OK_AND_ASSIGN(const std::string der, CertificatePemToDer(pem));
  ASSERT_OK_AND_ASSIGN(const std::string back, CertificateDerToPem(der));

  EXPECT_EQ(back, pem);
  EXPECT_LE(der.size(), kCertificateBytes);
}

TEST(Certificate, IsTheSameForTheSameKey) {
  ASSERT_OK_AND_ASSIGN(const std::string one, MakeCertificate(Seed()));
  ASSERT_OK_AND_ASSIGN(const std::string two, MakeCertificate(Seed()));

  EXPECT_EQ(one, two);
}

TEST(Certificate, RefusesBytesThatAreNone) {
  ASSERT_OK_AND_ASSIGN(const std::string pem, MakeCertificate(Seed()));
  ASSERT_OK_AND_ASSIGN(std::string der, CertificatePemToDer(pem));

  EXPECT_THAT(KeyOfCertificateDer(""), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(KeyOfCertificateDer(der.substr(0, der.size() - 1)),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(KeyOfCertificateDer(der + "x"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(KeyOfCertificateDer(std::string(kCertificateBytes + 1, 'x')),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(KeyOfCertificatePem("-----BEGIN CERTIFICATE-----"),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Certificate, RefusesASeedOfAnotherLength) {
  EXPECT_THAT(MakeCertificate("short"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(PrivateKeyPem("short"), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace greffe
