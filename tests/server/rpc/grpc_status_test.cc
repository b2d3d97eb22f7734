#include "server/rpc/grpc_status.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/refusals.h"
#include "greffe/v1/error.pb.h"

namespace greffe {
namespace {

absl::Status Refused() {
  return ToStatus({.code = absl::StatusCode::kAborted,
                   .rule = "L-30",
                   .field = "read_cut",
                   .fr = "changé",
                   .en = "changed",
                   .next_fr = "relisez",
                   .next_en = "read again",
                   .confirm = "L-30:01"});
}

TEST(GrpcStatus, SpeaksTheCallersLanguage) {
  EXPECT_EQ(ToGrpcStatus(Refused(), Language::kFrench).error_message(), "changé");
  EXPECT_EQ(ToGrpcStatus(Refused(), Language::kEnglish).error_message(), "changed");
}

TEST(GrpcStatus, CarriesRuleFieldAndNextStep) {
  const grpc::Status status = ToGrpcStatus(Refused(), Language::kFrench);

  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  v1::ErrorDetail detail;
  ASSERT_TRUE(detail.ParseFromString(status.error_details()));
  EXPECT_EQ(detail.rule(), "L-30");
  EXPECT_EQ(detail.field(), "read_cut");
  EXPECT_EQ(detail.text_fr(), "changé");
  EXPECT_EQ(detail.text_en(), "changed");
  EXPECT_EQ(detail.next_fr(), "relisez");
  EXPECT_EQ(detail.next_en(), "read again");
  EXPECT_EQ(detail.confirm(), "L-30:01");
}

TEST(GrpcStatus, CarriesEverythingThatIsWrong) {
  const absl::Status two =
      WithFurther(Refused(), {{.rule = "digest", .field = "proof", .fr = "non", .en = "no"}});

  v1::ErrorDetail detail;
  ASSERT_TRUE(detail.ParseFromString(ToGrpcStatus(two, Language::kFrench).error_details()));

  EXPECT_EQ(detail.rule(), "L-30");
  ASSERT_EQ(detail.more_size(), 1);
  EXPECT_EQ(detail.more(0).rule(), "digest");
  EXPECT_EQ(detail.more(0).field(), "proof");
  EXPECT_EQ(detail.more(0).text_en(), "no");
}

TEST(GrpcStatus, LosesTheLastProblemsBeforeItTakesMoreThanTrailersHold) {
  const std::string text(3'000, 'x');
  const std::vector<Refusal> nine(9, {.rule = "digest", .field = "proof", .fr = text, .en = text});

  const grpc::Status status = ToGrpcStatus(WithFurther(Refused(), nine), Language::kFrench);

  v1::ErrorDetail detail;
  ASSERT_TRUE(detail.ParseFromString(status.error_details()));
  EXPECT_EQ(detail.text_fr(), "changé");
  // 6 000 bytes each, 4/3 of that in the trailers.
  ASSERT_EQ(detail.more_size(), 4);
  EXPECT_EQ(detail.more(3).text_en(), text);
}

TEST(GrpcStatus, LosesTheEndsOfLongTextsAndNeverItsRuleAndField) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "é";
  Refusal refusal = RefusalOf(Refused());
  refusal.fr = refusal.en = refusal.next_fr = refusal.next_en = text;

  const grpc::Status status = ToGrpcStatus(ToStatus(refusal), Language::kFrench);

  v1::ErrorDetail detail;
  ASSERT_TRUE(detail.ParseFromString(status.error_details()));
  EXPECT_EQ(detail.rule(), "L-30");
  EXPECT_EQ(detail.field(), "read_cut");
  EXPECT_EQ(detail.text_fr(), text.substr(0, 2'048) + "…");
  EXPECT_EQ(status.error_message(), detail.text_fr());
  EXPECT_LE(3 * status.error_message().size() + 4 * status.error_details().size() / 3,
            kRefusalBytesMax);
}

TEST(GrpcStatus, ComesBackWhole) {
  const Refusal back = RefusalOf(FromGrpcStatus(ToGrpcStatus(Refused(), Language::kEnglish)));

  EXPECT_EQ(back.code, absl::StatusCode::kAborted);
  EXPECT_EQ(back.rule, "L-30");
  EXPECT_EQ(back.fr, "changé");
  EXPECT_EQ(back.next_en, "read again");
}

TEST(GrpcStatus, KeepsTheMessageOfOneWithoutDetails) {
  const Refusal back =
      RefusalOf(FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "no route")));

  EXPECT_EQ(back.code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(back.fr, "no route");
  EXPECT_TRUE(back.rule.empty());
}

TEST(GrpcStatus, IsOkForOk) { EXPECT_TRUE(ToGrpcStatus(absl::OkStatus(), Language::kFrench).ok()); }

}  // namespace
}  // namespace greffe
