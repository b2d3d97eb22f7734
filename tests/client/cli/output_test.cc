#include "client/cli/output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/format.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/error.pb.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ToJson, KeepsTheNamesOfTheProtosAndWritesOutZerosAndEmptyLists) {
  v1::PeerView peer;
  peer.set_name("Agglomération d'Agen");
  peer.set_clock_offset_ms(-5);

  EXPECT_EQ(ToJson(peer, JsonForm::kOneLine),
            "{\"name\":\"Agglomération d'Agen\",\"replica_id\":\"\",\"address\":\"\","
            "\"state\":\"PEER_STATE_UNSPECIFIED\",\"partners\":[],\"reason\":\"\","
            "\"bytes_sent\":\"0\",\"bytes_received\":\"0\",\"clock_offset_ms\":\"-5\","
            "\"to_send\":\"0\",\"to_receive\":\"0\",\"refused_by\":\"\"}\n");
}

TEST(ToJson, GivesEqualBytesForEqualMessages) {
  v1::SyncNowResponse one;
  one.set_in_sync(true);
  one.add_peers()->set_name("a");
  v1::SyncNowResponse two;
  two.add_peers()->set_name("a");
  two.set_in_sync(true);

  EXPECT_EQ(ToJson(one), ToJson(two));
  EXPECT_EQ(ToJson(v1::RemoveUserResponse()), "{}\n");
}

absl::Status Refused() {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "L-08",
                   .field = "revision",
                   .fr = "La délibération n'est pas exécutoire.",
                   .en = "The deliberation is not in force.",
                   .next_fr = "enregistrez sa réception",
                   .next_en = "record its receipt"});
}

TEST(RenderError, SaysTextRuleFieldAndNextStepInFrench) {
  EXPECT_EQ(RenderError(Lang::kFrench, Refused()),
            "Refusé : La délibération n'est pas exécutoire.\n"
            "  Règle : L-08\n"
            "  Champ : Révision (revision)\n"
            "  À faire : enregistrez sa réception\n");
}

TEST(RenderError, SaysThemInEnglish) {
  EXPECT_EQ(RenderError(Lang::kEnglish, Refused()),
            "Refused: The deliberation is not in force.\n"
            "  Rule: L-08\n"
            "  Field: Revision (revision)\n"
            "  What to do: record its receipt\n");
}

TEST(RenderError, ListsFurtherProblems) {
  v1::ErrorDetail detail;
  detail.set_text_fr("deux problèmes");
  detail.set_text_en("two problems");
  auto& more = *detail.add_more();
  more.set_text_fr("titre trop long");
  more.set_field("draft.elements[0].terms.title");
  const grpc::Status refused(grpc::StatusCode::INVALID_ARGUMENT, "x", detail.SerializeAsString());

  const std::string text = RenderError(Lang::kFrench, FromGrpc(refused, "here"));

  EXPECT_THAT(text, HasSubstr("- titre trop long\n"));
  EXPECT_THAT(text, HasSubstr("Champ : Intitulé (draft.elements[0].terms.title)"));
}

TEST(RenderError, NamesAFieldForPeopleAndForScripts) {
  const auto said = [](const char* field, Lang lang) {
    return RenderError(lang, ToStatus({.field = field, .fr = "non", .en = "no"}));
  };
  EXPECT_THAT(said("deliberation.votes_for", Lang::kFrench),
              HasSubstr("  Champ : Voix pour (deliberation.votes_for)\n"));
  EXPECT_THAT(said("deliberation.votes_for", Lang::kEnglish),
              HasSubstr("  Field: Votes for (deliberation.votes_for)\n"));
  // An option is its own name.
  EXPECT_THAT(said("--html", Lang::kFrench), HasSubstr("  Champ : --html\n"));
}

TEST(InnerQuotes, AreThoseThatFrenchPutsInsideOthers) {
  EXPECT_EQ(InnerQuotes("« voir « Charte » du « comité\u00a0» »"), "« voir “Charte” du “comité” »");
  EXPECT_EQ(InnerQuotes("« a » et « b »"), "« a » et « b »");
  EXPECT_EQ(InnerQuotes("« a « b « c » »"), "« a « b « c » »");
  EXPECT_EQ(InnerQuotes("a » « b"), "a » « b");
}

TEST(RenderError, PutsNoQuotationMarksInsideOthers) {
  const absl::Status refused = ToStatus({.fr = "« Avenant « Crèche » » est figé.",
                                         .en = "“Avenant « Crèche »” is frozen.",
                                         .next_fr = "Voyez « l'acte « Crèche » »."});
  EXPECT_THAT(
      RenderError(Lang::kFrench, refused),
      AllOf(HasSubstr("« Avenant “Crèche” » est figé."), HasSubstr("Voyez « l'acte “Crèche” ».")));
}

TEST(RenderError, SaysTheNameOfTheFieldOnceOnly) {
  const auto said = [](const char* fr) {
    return RenderError(Lang::kFrench, ToStatus({.field = "at.cut", .fr = fr, .en = "no"}));
  };
  EXPECT_THAT(said("at.cut : « x » donné."), HasSubstr(" : « x » donné.\n  Champ"));
  EXPECT_THAT(said("at.cutter : non."), HasSubstr(" : at.cutter : non.\n"));
  EXPECT_THAT(said("non."), HasSubstr(" : non.\n"));
}

TEST(RenderError, LetsNoControlCharacterThrough) {
  const absl::Status status = absl::InvalidArgumentError("a\x1b[2J");
  EXPECT_THAT(RenderError(Lang::kFrench, status), Not(HasSubstr("\x1b")));
}

TEST(ExitCodeOf, FollowsTheInterface) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), 0);
  for (const auto code : {absl::StatusCode::kInvalidArgument, absl::StatusCode::kNotFound,
                          absl::StatusCode::kFailedPrecondition, absl::StatusCode::kAborted,
                          absl::StatusCode::kPermissionDenied, absl::StatusCode::kUnauthenticated,
                          absl::StatusCode::kAlreadyExists}) {
    EXPECT_EQ(ExitCodeOf(absl::Status(code, "x")), 1);
  }
  EXPECT_EQ(ExitCodeOf(UsageError({.fr = "x", .en = "x"})), 2);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("x")), 3);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("x")), 3);
  EXPECT_EQ(ExitCodeOf(absl::DataLossError("x")), 4);
}

TEST(ExitCodeOf, TellsARefusalOfTheReplicaFromNobodyThere) {
  const auto answered = [](const std::string& rule) {
    v1::ErrorDetail detail;
    detail.set_text_fr("non");
    detail.set_rule(rule);
    return ExitCodeOf(FromGrpc(
        grpc::Status(grpc::StatusCode::UNAVAILABLE, "x", detail.SerializeAsString()), "here"));
  };

  EXPECT_EQ(answered("store-must-be-reopened"), 1);
  EXPECT_EQ(answered("store-failed"), 1);
  EXPECT_EQ(answered("stopping"), 3);
  EXPECT_EQ(answered(""), 3);
  EXPECT_EQ(ExitCodeOf(FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "x"), "here")), 3);
}

}  // namespace
}  // namespace greffe::cli
