#include "core/base/naming.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "core/base/digest.h"
#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::StatusIs;

ReplicaId IdOf(absl::string_view seed) {
  return *ReplicaId::FromBytes(Sha256({seed}).view(), "replica_id");
}

TEST(FindPeer, TakesANameOrTheFirstDigitsOfAFingerprintInEitherCase) {
  const std::vector<PeerName> peers = {{"Agen", IdOf("a")}, {"Caf", IdOf("c")}};
  const std::string hex = IdOf("c").ToHex();

  for (const std::string& wanted :
       {std::string("Caf"), hex, hex.substr(0, 6), absl::AsciiStrToUpper(hex)}) {
    ASSERT_OK_AND_ASSIGN(const std::size_t found, FindPeer(wanted, peers));
    EXPECT_EQ(found, 1u) << wanted;
  }
  for (const std::string& wanted : {std::string(), std::string("caf"), hex.substr(0, 5)}) {
    const absl::Status status = FindPeer(wanted, peers).status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound)) << wanted;
    EXPECT_EQ(RefusalOf(status).rule, "peer");
  }
}

// Who is named like the digits of another is meant by them.
TEST(FindPeer, TakesANameBeforeDigits) {
  const std::string digits = IdOf("c").ToHex().substr(0, 8);
  const std::vector<PeerName> peers = {{"Caf", IdOf("c")}, {digits, IdOf("a")}};

  ASSERT_OK_AND_ASSIGN(const std::size_t found, FindPeer(digits, peers));
  EXPECT_EQ(found, 1u);
}

TEST(FindPeer, AsksForMoreWhereSeveralAnswer) {
  const std::vector<PeerName> peers = {{"Agen", IdOf("a")}, {"Agen", IdOf("b")}};

  EXPECT_THAT(FindPeer("Agen", peers), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace greffe
