#include <gtest/gtest.h>

#include <string>

#include "google/protobuf/stubs/logging.h"
#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

// With a right digest again, so that only the parser can refuse.
std::string Resealed(std::string body) { return body + Sha256({body}).ToBytes(); }

std::string Body(const ConventionState& state) {
  const std::string bytes = state.Snapshot();
  return bytes.substr(0, bytes.size() - Digest::kSize);
}

TEST(Snapshot, ComesBackEqual) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const ConventionState& state = s.State();
  const absl::StatusOr<ConventionState> read = ConventionState::FromSnapshot(state.Snapshot());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->CanonicalBytes(), state.CanonicalBytes());
  EXPECT_EQ(read->id(), state.id());
  EXPECT_EQ(read->applied(0), state.applied(0));
}

TEST(Snapshot, RefusesAFlippedBitAnywhere) {
  Scenario s;
  std::string bytes = s.State().Snapshot();
  ASSERT_GT(bytes.size(), 1000u);
  for (std::size_t i = 0; i < bytes.size(); i += 7) {
    bytes[i] ^= 1;
    EXPECT_EQ(ConventionState::FromSnapshot(bytes).status().code(), absl::StatusCode::kDataLoss);
    bytes[i] ^= 1;
  }
}

TEST(Snapshot, RefusesToBeCutAnywhere) {
  Scenario s;
  const std::string body = Body(s.State());
  ASSERT_GT(body.size(), 1000u);
  for (std::size_t size = 0; size < body.size(); size += 11) {
    EXPECT_FALSE(ConventionState::FromSnapshot(Resealed(body.substr(0, size))).ok());
  }
  EXPECT_FALSE(ConventionState::FromSnapshot("").ok());
}

// Sizes and numbers that lie: refused or read, never more than that.
TEST(Snapshot, SurvivesLiesUnderARightDigest) {
  Scenario s;
  s.SignByAll(s.frozen, "2024-02-01");
  const std::string body = Body(s.State());
  const google::protobuf::LogSilencer quiet;
  for (std::size_t i = 0; i < body.size(); ++i) {
    for (const char value : {'\x00', '\x7f', '\xff'}) {
      std::string lie = body;
      lie[i] = value;
      const absl::StatusOr<ConventionState> read = ConventionState::FromSnapshot(Resealed(lie));
      if (!read.ok()) continue;
      // What fits must be usable.
      read->CanonicalBytes();
      Consolidate(read->data(), Day("2024-06-01"));
    }
  }
}

TEST(Snapshot, RefusesAnotherFoldVersion) {
  Scenario s;
  std::string body = Body(s.State());
  const std::size_t version = std::string("greffe/v1/snapshot\n").size();
  ASSERT_EQ(body[version], static_cast<char>(kFoldVersion));
  body[version] = static_cast<char>(kFoldVersion + 1);
  EXPECT_EQ(ConventionState::FromSnapshot(Resealed(body)).status().code(),
            absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace greffe::test
