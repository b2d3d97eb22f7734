#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/support/confirmed.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;
using testing_support::Facility;
using testing_support::MiniReplica;
using testing_support::Put;
using testing_support::SamplePlay;
using testing_support::SoundDeliberation;

v1::SignActRequest SigningNow(const std::string& act, const std::string& revision) {
  v1::SignActRequest request;
  request.set_act_id(act);
  request.set_revision(revision);
  return request;
}

struct ToSign {
  SamplePlay play;

  std::string Avenant(const std::string& facility) {
    return play.Propose({Put(Facility(facility, "annex-1", "Relais petite enfance", "vallon"))});
  }
  void Revise(const std::string& act) {
    v1::ReviseActRequest revise;
    revise.set_act_id(act);
    *revise.add_changes() = Put(Facility("fac-9", "annex-1", "Ludothèque", "vallon"));
    ASSERT_OK(play.agglo().Do(revise, play.Coordinator()));
  }
  absl::Status Sign(MiniReplica& at, const std::string& act, const std::string& revision,
                    const std::string& office = "Directrice") {
    return at.Do(SigningNow(act, revision), play.Signatory("caf", office));
  }
  std::vector<v1::Finding> Findings() {
    const v1::StatusView view = ViewStatus(play.agglo().At("2025-06-30")).value();
    return {view.findings().begin(), view.findings().end()};
  }
  std::vector<std::string> Codes() {
    std::vector<std::string> out;
    for (const v1::Finding& one : Findings()) out.push_back(one.code());
    return out;
  }
  // Texts of the finding CHK-23.
  std::vector<std::string> Rebases() {
    std::vector<std::string> out;
    for (const v1::Finding& one : Findings()) {
      if (one.code() == "rebase") out.push_back(one.text());
    }
    return out;
  }
  // What the avenant itself says of it: the texts, and how many acts.
  std::pair<std::vector<std::string>, int> Told(const std::string& act) {
    const v1::InstrumentView view = ViewInstrument(play.agglo().At("2025-06-30"), act).value();
    std::vector<std::string> out;
    for (const v1::Finding& one : view.findings()) {
      if (one.code() == "rebase") out.push_back(one.text());
    }
    return {out, view.concluded_since_size()};
  }
};

// L-35, CHK-23: both were frozen on the original.
TEST(TextToSign, OfASecondAvenantIsTakenUpAgainOnceTheFirstIsConcluded) {
  ToSign two;
  two.play.ConcludeOriginal();
  const std::string first = two.Avenant("fac-2");
  const std::string second = two.Avenant("fac-3");
  const std::string of_first = two.play.Freeze(first, "2026-01-01");
  const std::string of_second = two.play.Freeze(second, "2026-01-01");
  EXPECT_OK(two.Sign(two.play.caf(), second, of_second)) << "neither is concluded";
  two.play.net().SyncAll();
  EXPECT_THAT(two.Codes(), Not(Contains("rebase")));

  two.play.Conclude(first, of_first);

  // One office has signed it: it is not concluded, and is still taken up again.
  EXPECT_THAT(two.Rebases(), ElementsAre(HasSubstr("reprenez l'acte")));
  EXPECT_THAT(two.Told(second), Pair(ElementsAre(HasSubstr("reprenez l'acte")), 1));
  EXPECT_THAT(two.Told(first), Pair(IsEmpty(), 0));
  const Refusal refusal = RefusalOf(
      two.Sign(two.play.caf(), second, of_second, "Présidente du conseil d'administration"));
  EXPECT_EQ(refusal.rule, "L-35");
  EXPECT_THAT(refusal.fr, HasSubstr("CHK-23"));
  // No revision is asked for where no element is in both.
  EXPECT_THAT(refusal.next_fr, StartsWith("Figez l'acte de nouveau, sur le texte en vigueur : "
                                          "greffe act freeze " +
                                          second.substr(0, 12)));
  EXPECT_THAT(refusal.next_en, HasSubstr("greffe act freeze " + second.substr(0, 12)));
  EXPECT_THAT(refusal.next_fr, HasSubstr("greffe act revise"));

  // Frozen anew on the text in force, it is signed.
  two.play.Conclude(second, two.play.Freeze(second, "2026-01-01"));
  EXPECT_THAT(two.Codes(), Not(Contains("rebase")));
}

// Two that were concluded on one base are a matter for people until an act builds on both.
TEST(TextToSign, IsNoMatterAnyMoreOnceALaterActBuildsOnBoth) {
  ToSign two;
  two.play.ConcludeOriginal();
  const std::string first = two.Avenant("fac-2");
  const std::string second = two.Avenant("fac-3");
  const std::string of_first = two.play.Freeze(first, "2026-01-01");
  const std::string of_second = two.play.Freeze(second, "2026-01-01");
  two.play.ConcludeBoth(first, of_first, second, of_second);

  const auto settle = HasSubstr("départagez-les par un nouvel acte");
  EXPECT_THAT(two.Rebases(), ElementsAre(settle, settle));
  EXPECT_THAT(two.Told(first), Pair(ElementsAre(settle), 1));

  const std::string third = two.Avenant("fac-4");
  const std::string of_third = two.play.Freeze(third, "2026-06-01");
  EXPECT_THAT(two.Rebases(), ElementsAre(settle, settle)) << "nobody has signed it yet";
  two.play.Conclude(third, of_third);

  EXPECT_THAT(two.Rebases(), IsEmpty());
  EXPECT_THAT(two.Told(first), Pair(IsEmpty(), 0));
  EXPECT_THAT(two.Told(third), Pair(IsEmpty(), 0));
}

// Nor once a later act builds on one that builds on it, and on what was concluded beside it.
TEST(TextToSign, IsNoMatterAnyMoreOnceALaterActBuildsOnWhatCameOfBoth) {
  ToSign all;
  all.play.ConcludeOriginal();
  const std::string first = all.Avenant("fac-2");
  const std::string beside = all.Avenant("fac-3");
  const std::string of_first = all.play.Freeze(first, "2026-01-01");
  const std::string of_beside = all.play.Freeze(beside, "2026-01-01");
  for (const auto& [partner, office] :
       {std::pair{"agglo", "president"}, std::pair{"vallon", "maire"},
        std::pair{"caf", "caf-pres"}}) {
    all.play.Sign(beside, of_beside, partner, office);
  }
  all.play.Conclude(first, of_first);
  const std::string after = all.Avenant("fac-4");
  all.play.Conclude(after, all.play.Freeze(after, "2026-02-01"));
  // What was signed on paper is a fact.
  v1::RecordSignatureRequest paper;
  paper.set_act_id(beside);
  paper.set_revision(of_beside);
  paper.set_signatory_id("caf-dir");
  paper.set_signed_on("2025-06-29");
  paper.set_scan_digest(std::string(64, 'a'));
  ASSERT_OK(all.play.caf().Do(paper, all.play.caf().Context("caf", {v1::ROLE_SECRETARIAT})));
  all.play.net().SyncAll();
  EXPECT_EQ(all.Rebases().size(), 3u);

  const std::string last = all.Avenant("fac-5");
  all.play.Conclude(last, all.play.Freeze(last, "2026-03-01"));

  EXPECT_THAT(all.Rebases(), IsEmpty());
}

// Whoever is party may freeze any number of texts on an old base: so many are said, the others
// counted.
TEST(TextToSign, SaysOfManyTextsOvertakenAsManyAsAreShown) {
  ToSign many;
  many.play.ConcludeOriginal();
  const std::string first = many.Avenant("fac-2");
  const std::string of_first = many.play.Freeze(first, "2026-01-01");
  std::vector<std::string> frozen;
  for (std::size_t i = 0; i < limits::kFindingsOfAKind + 3; ++i) {
    frozen.push_back(many.play.Freeze(many.Avenant(absl::StrCat("fac-", i + 3)), "2026-01-01"));
  }
  many.play.Conclude(first, of_first);

  std::vector<std::string> said;
  std::string more;
  for (const v1::Finding& one : many.Findings()) {
    if (one.code() == "rebase") said.push_back(one.leaf());
    if (one.code() == "findings-not-shown") more = one.text_en();
  }
  std::sort(frozen.begin(), frozen.end());
  frozen.resize(limits::kFindingsOfAKind);
  EXPECT_EQ(said, frozen);
  EXPECT_THAT(more, HasSubstr("3 more findings “rebase”"));
}

// By a peer: what builds on nothing has no base that others could share.
TEST(TextToSign, ThatBuildsOnNothingHasNothingBesideIt) {
  ToSign one;
  one.play.ConcludeOriginal();
  const std::string act = one.Avenant("fac-2");
  v1::FreezeActRequest freeze;
  freeze.set_act_id(act);
  freeze.set_effective_from("2026-01-01");
  const CommandContext coordinator = one.play.Coordinator();
  freeze = testing_support::Confirmed(one.play.agglo().state(), freeze, coordinator);
  absl::StatusOr<Decision> decision = Decide(one.play.agglo().state(), freeze, coordinator);
  ASSERT_OK(decision);
  decision->events.front().mutable_revision_frozen()->clear_base_revisions();
  one.play.agglo().Write(*decision, coordinator);

  EXPECT_THAT(one.Rebases(), IsEmpty());
  EXPECT_THAT(one.Told(act), Pair(IsEmpty(), 0));
}

TEST(TextToSign, IsTheOneFrozenLast) {
  ToSign act;
  const std::string original = act.play.original();
  const std::string first = act.play.Freeze(original);
  EXPECT_OK(act.Sign(act.play.caf(), original, first));
  act.play.net().SyncAll();
  act.Revise(original);
  const std::string last = act.play.Freeze(original);

  const Refusal refusal = RefusalOf(
      act.Sign(act.play.caf(), original, first, "Présidente du conseil d'administration"));
  EXPECT_EQ(refusal.rule, "L-11");
  EXPECT_THAT(refusal.fr, HasSubstr(last.substr(0, 12)));
  EXPECT_THAT(refusal.en, HasSubstr("frozen anew"));
  EXPECT_THAT(act.Codes(), Contains("signatures-left-behind"));
  EXPECT_OK(act.Sign(act.play.caf(), original, last));

  // Taken back, it replaces nothing.
  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(original);
  withdraw.set_revision(last);
  ASSERT_OK(act.play.agglo().Do(withdraw, act.play.Coordinator()));
  act.play.net().SyncAll();
  EXPECT_OK(act.Sign(act.play.caf(), original, first, "Présidente du conseil d'administration"));
  EXPECT_THAT(act.Codes(), Not(Contains("signatures-left-behind")));
}

// A vote that was held is a fact, whatever text was put to it.
TEST(TextToSign, LeavesAVoteOnAReplacedTextOnRecordAndFlagsIt) {
  ToSign act;
  const std::string first = act.play.Freeze(act.play.original());
  act.Revise(act.play.original());
  act.play.Freeze(act.play.original());

  v1::RecordDeliberationRequest request;
  *request.mutable_deliberation() = SoundDeliberation("vallon", first);
  std::vector<Digest> leaves;
  ASSERT_OK(act.play.agglo().Do(request, act.play.Secretariat("vallon"), &leaves));
  v1::RecordDeliberationResponse response;
  FillAnswer(act.play.agglo().state(), request, leaves, &response);

  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_EQ(response.findings(0).code(), "vote-on-replaced-text");
  EXPECT_THAT(response.findings(0).text(), HasSubstr("L-11"));
}

// L-11: also once the act is concluded on its other text, of what was recorded knowing that one.
TEST(TextToSign, LeavesAVoteAndASignatureOnAReplacedTextOnRecordOnceAnotherIsConcluded) {
  ToSign act;
  const std::string first = act.play.Freeze(act.play.original());
  ASSERT_OK(act.Sign(act.play.caf(), act.play.original(), first));
  act.play.net().SyncAll();
  act.Revise(act.play.original());
  act.play.Conclude(act.play.original(), act.play.Freeze(act.play.original()));
  EXPECT_THAT(act.Codes(), Not(Contains("signature-on-replaced-text"))) << "it was the text then";

  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = SoundDeliberation("vallon", first);
  std::vector<Digest> leaves;
  ASSERT_OK(act.play.agglo().Do(vote, act.play.Secretariat("vallon"), &leaves));
  v1::RecordDeliberationResponse response;
  FillAnswer(act.play.agglo().state(), vote, leaves, &response);
  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_EQ(response.findings(0).code(), "vote-on-replaced-text");
  v1::RecordSignatureRequest paper;
  paper.set_act_id(act.play.original());
  paper.set_revision(first);
  paper.set_signed_on("2025-06-01");
  paper.set_scan_digest(std::string(64, 'a'));
  ASSERT_OK(act.play.agglo().Do(paper, act.play.Secretariat("vallon"), &leaves));

  std::vector<std::string> found;
  for (const v1::Finding& one : act.Findings()) {
    if (one.code() == "signature-on-replaced-text") found.push_back(one.text());
  }
  EXPECT_THAT(found, ElementsAre(testing::AllOf(HasSubstr("L-11 : Commune du Vallon (Maire)"),
                                                HasSubstr(first.substr(0, 12)))));
}

// Frozen by two who did not know of each other: nobody says which is the text.
TEST(TextToSign, IsEitherOfTwoFrozenAtTheSameTime) {
  ToSign act;
  const std::string original = act.play.original();
  v1::FreezeActRequest freeze;
  freeze.set_act_id(original);
  std::vector<Digest> here;
  std::vector<Digest> there;
  const auto confirmed = [&](testing_support::MiniReplica& by, const CommandContext& context) {
    return testing_support::Confirmed(by.state(), freeze, context);
  };
  freeze.set_label("ici");
  const CommandContext agglo = act.play.Coordinator();
  ASSERT_OK(act.play.agglo().Do(confirmed(act.play.agglo(), agglo), agglo, &here));
  freeze.set_label("là");
  const CommandContext caf = act.play.CafCoordinator();
  ASSERT_OK(act.play.caf().Do(confirmed(act.play.caf(), caf), caf, &there));
  act.play.net().SyncAll();

  EXPECT_OK(act.Sign(act.play.caf(), original, here.front().ToHex()));
  EXPECT_OK(act.Sign(act.play.caf(), original, there.front().ToHex()));
}

}  // namespace
}  // namespace greffe
