// Old texts of an act that are not what is in force (CHK-22).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::Facility;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SamplePlay;
using testing_support::StatusIs;

v1::Change Renamed(const std::string& name) {
  return Put(Facility("fac-1", "annex-1", name, "vallon"));
}

v1::OldText Old(const std::string& element, const std::string& words) {
  v1::OldText old;
  old.set_element_id(element);
  old.set_words(words);
  return old;
}

v1::ProposeActRequest Proposal(const v1::Change& change, const v1::OldText& old) {
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  request.mutable_draft()->set_title("Avenant");
  *request.mutable_draft()->add_changes() = change;
  *request.mutable_draft()->add_old_texts() = old;
  return request;
}

absl::Status Propose(SamplePlay& play, const v1::Change& change, const v1::OldText& old) {
  return Decide(play.agglo().state(), Proposal(change, old), play.Coordinator()).status();
}

TEST(OldText, LetsAnActInWhoseWordsAreInForce) {
  SamplePlay play;
  play.ConcludeOriginal();

  EXPECT_OK(Propose(play, Renamed("Crèche du Vallon"), Old("fac-1", "Les Lutins")));
  EXPECT_OK(Propose(play, Remove("fac-1"), Old("fac-1", "Les Lutins")));
}

TEST(OldText, IsReadInAnyUnicodeForm) {
  SamplePlay play;
  play.ConcludeOriginal();

  // « Crèche » with a combining accent.
  EXPECT_OK(Propose(play, Renamed("Halte"),
                    Old("fac-1",
                        "Cre\xCC\x80"
                        "che")));
}

TEST(OldText, RefusesAnActWhoseWordsAreNotThere) {
  SamplePlay play;
  play.ConcludeOriginal();

  const absl::Status refused =
      Propose(play, Renamed("Crèche du Vallon"), Old("fac-1", "Les Gnomes"));

  EXPECT_THAT(refused,
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("« Les Gnomes »"), HasSubstr("« Crèche Les Lutins »"))));
  const Refusal why = RefusalOf(refused);
  EXPECT_EQ(why.rule, "CHK-22");
  EXPECT_EQ(why.field, "old_texts[0].words");
  EXPECT_THAT(why.fr, HasSubstr("(convention)"));
  EXPECT_THAT(why.en, AllOf(HasSubstr("“Les Gnomes”"), HasSubstr("as it reads today")));
}

TEST(OldText, IsThatOfTheLastAvenantInForce) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Renamed("Crèche du Vallon")});
  play.Conclude(act, play.Freeze(act, "2026-01-01"));

  const absl::Status refused = Propose(play, Renamed("Halte"), Old("fac-1", "Les Lutins"));

  EXPECT_EQ(RefusalOf(refused).rule, "CHK-22");
  EXPECT_THAT(RefusalOf(refused).fr,
              AllOf(HasSubstr("« Crèche du Vallon »"), HasSubstr("avenant n° 1")));
  EXPECT_OK(Propose(play, Renamed("Halte"), Old("fac-1", "du Vallon")));
}

TEST(OldText, NamesAnElementThatTheActChangesAndThatIsThere) {
  SamplePlay play;
  play.ConcludeOriginal();

  const Refusal untouched = RefusalOf(Propose(play, Renamed("Halte"), Old("art-1", "territoire")));
  const Refusal absent = RefusalOf(
      Propose(play, Put(Facility("fac-9", "annex-1", "Relais", "vallon")), Old("fac-9", "Relais")));
  const Refusal empty = RefusalOf(Propose(play, Renamed("Halte"), Old("fac-1", "")));

  EXPECT_EQ(untouched.field, "old_texts[0].element_id");
  EXPECT_THAT(untouched.fr, HasSubstr("ne change pas l'élément « art-1 »"));
  EXPECT_EQ(absent.rule, "CHK-22");
  EXPECT_THAT(absent.fr, HasSubstr("n'est pas dans le texte en vigueur"));
  EXPECT_EQ(empty.rule, "required");
  EXPECT_EQ(empty.field, "old_texts[0].words");
}

TEST(OldText, OfARevisedDraftIsWhatIsInForceNotWhatTheDraftSays) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::ReviseActRequest request;
  request.set_act_id(play.Propose({Renamed("Crèche du Vallon")}));
  *request.add_changes() = Renamed("Halte");
  *request.add_old_texts() = Old("fac-1", "du Vallon");

  const absl::Status refused = Decide(play.agglo().state(), request, play.Coordinator()).status();
  EXPECT_EQ(RefusalOf(refused).rule, "CHK-22");
  const auto problems = CheckDraft(play.agglo().state(), request);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].field(), "old_texts[0].words");

  // « Crèche » with a combining accent.
  request.mutable_old_texts(0)->set_words(
      "Cre\xCC\x80"
      "che Les Lutins");
  EXPECT_OK(Decide(play.agglo().state(), request, play.Coordinator()));
}

TEST(OldText, ComesAtMostOncePerElementThatATextMayHave) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::ProposeActRequest request = Proposal(Renamed("Halte"), Old("fac-1", "Les Lutins"));
  while (static_cast<std::size_t>(request.draft().old_texts_size()) < limits::kElements) {
    *request.mutable_draft()->add_old_texts() = Old("fac-1", "Crèche");
  }

  EXPECT_OK(Decide(play.agglo().state(), request, play.Coordinator()));
  *request.mutable_draft()->add_old_texts() = Old("fac-1", "Crèche");
  EXPECT_EQ(RefusalOf(Decide(play.agglo().state(), request, play.Coordinator()).status()).rule,
            "limit-elements");
}

}  // namespace
}  // namespace greffe
