// What is asked before a text is frozen: what somebody must have looked at.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using testing_support::Put;
using testing_support::SampleElement;
using testing_support::SamplePlay;
using Life = v1::LifeRecorded;

v1::Element WrittenArticle(const std::string& body) {
  v1::Element out = SampleElement("art-1");
  out.mutable_article()->set_body(body);
  return out;
}

constexpr char kSound[] = "Le projet du territoire part du diagnostic partagé.";

struct Asking {
  SamplePlay play;

  // Before the convention has effect, unless another day is wanted.
  explicit Asking(const std::string& today = "2024-12-01") {
    play.agglo().today = play.caf().today = *CivilDate::Parse(today, "today");
  }

  void Revise(const v1::Element& element) {
    v1::ReviseActRequest request;
    request.set_act_id(play.original());
    *request.add_changes() = Put(element);
    ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
    play.net().SyncAll();
  }
  absl::Status Freeze(const std::string& act, const std::string& from = "",
                      const std::string& partner = "agglo") {
    v1::FreezeActRequest request;
    request.set_act_id(act);
    request.set_effective_from(from);
    testing_support::MiniReplica& replica = partner == "caf" ? play.caf() : play.agglo();
    return replica.Do(request, replica.Context(partner, {v1::ROLE_COORDINATOR}));
  }
  absl::Status Freeze() { return Freeze(play.original()); }
  Refusal Asked(const std::string& partner = "agglo") {
    return RefusalOf(Freeze(play.original(), "", partner));
  }
  // Asks for a review of the act; the leaf.
  Digest AskReview(const std::string& act) {
    Life fact = test::Plain(Life::kReviewRequested, "2024-11-20");
    fact.mutable_review_requested()->set_act_id(ActId::FromHex(act, "act_id")->ToBytes());
    return Record(play.agglo(), play.Coordinator(), fact);
  }
  void Review(const Digest& asked, v1::ReviewVerdict verdict, const std::string& partner = "caf") {
    Life fact = test::Answering(test::Plain(Life::kReviewGiven, "2024-11-25"), asked);
    fact.mutable_review_given()->set_verdict(verdict);
    if (verdict != v1::REVIEW_VERDICT_AGREED) fact.set_text("à revoir");
    testing_support::MiniReplica& replica = partner == "caf" ? play.caf() : play.agglo();
    Record(replica, replica.Context(partner, {v1::ROLE_COORDINATOR}), fact);
  }
  Digest Record(testing_support::MiniReplica& replica, const CommandContext& context,
                const Life& fact) {
    v1::RecordFactRequest request;
    *request.mutable_fact() = fact;
    std::vector<Digest> leaves;
    EXPECT_OK(replica.Do(request, context, &leaves));
    play.net().SyncAll();
    return leaves.front();
  }
};

TEST(FreezeConfirm, AsksEverythingAtOnceEachByItsRule) {
  Asking asking;
  asking.Revise(WrittenArticle("Voir l'annexe 4."));
  asking.play.agglo().today = *CivilDate::Parse("2025-06-23", "today");
  const Refusal refused = asking.Asked();
  EXPECT_EQ(refused.code, absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(refused.rule, "CHK-13");
  EXPECT_EQ(refused.field, "confirmed");
  EXPECT_THAT(refused.fr, AllOf(HasSubstr("CHK-13 : des renvois"), HasSubstr("CHK-16 : l'acte"),
                                HasSubstr("1er janvier 2025, 173 jours avant aujourd'hui"),
                                HasSubstr("L-01 : "), HasSubstr("L-20 : ")));
  EXPECT_THAT(refused.en,
              AllOf(HasSubstr("CHK-13: references"), HasSubstr("CHK-16: the act"),
                    HasSubstr("173 days before today"), HasSubstr("L-01: "), HasSubstr("L-20: ")));
  EXPECT_THAT(refused.next_fr, HasSubstr("--yes"));
  v1::FreezeActRequest confirmed;
  confirmed.set_act_id(asking.play.original());
  confirmed.set_confirmed(refused.confirm);
  EXPECT_OK(asking.play.agglo().Do(confirmed, asking.play.Coordinator()));
}

// What was confirmed is what was shown, of this act and this draft: anything new is asked again.
TEST(FreezeConfirm, TakesNoConfirmationOfSomethingElse) {
  Asking asking;
  asking.Revise(WrittenArticle("Voir l'annexe 4."));
  v1::FreezeActRequest request;
  request.set_act_id(asking.play.original());
  const auto refused = [&] {
    return RefusalOf(asking.play.agglo().Do(request, asking.play.Coordinator()));
  };
  request.set_confirmed(refused().confirm);
  EXPECT_THAT(request.confirmed(), StartsWith("CHK-13+L-01+L-20:"));

  // A question more, of a rule that was asked about already.
  asking.Revise(WrittenArticle("Voir l'annexe 4 et l'annexe 5."));
  const Refusal more = refused();
  EXPECT_THAT(more.fr, AllOf(HasSubstr("annexe 5"), HasSubstr("a changé depuis :\nCHK-13")));
  EXPECT_THAT(more.en, HasSubstr("has changed since:\nCHK-13"));
  EXPECT_NE(more.confirm, request.confirmed());

  // The same questions about another draft.
  request.set_confirmed(more.confirm);
  v1::Element facility = SampleElement("fac-1");
  facility.mutable_facility()->set_name("Crèche des Tilleuls");
  asking.Revise(facility);
  const Refusal other = refused();
  EXPECT_EQ(other.rule, "CHK-13");
  EXPECT_NE(other.confirm, more.confirm);

  // The same rules on another day.
  asking.play.agglo().today = *CivilDate::Parse("2025-06-23", "today");
  request.set_confirmed(refused().confirm);
  asking.play.agglo().today = *CivilDate::Parse("2025-06-24", "today");
  EXPECT_EQ(refused().rule, "CHK-13");
  request.set_confirmed(refused().confirm);
  EXPECT_OK(asking.play.agglo().Do(request, asking.play.Coordinator()));
}

// Two acts that ask the same: looking at one is not looking at the other.
TEST(FreezeConfirm, TakesNoConfirmationOfAnotherAct) {
  Asking asking("2025-06-30");
  asking.play.ConcludeOriginal();
  const std::string acts[] = {asking.play.Propose({Put(WrittenArticle("Autre chose."))}),
                              asking.play.Propose({Put(WrittenArticle("Autre chose."))})};
  const Refusal first = RefusalOf(asking.Freeze(acts[0], "2026-01-01"));
  const Refusal second = RefusalOf(asking.Freeze(acts[1], "2026-01-01"));
  EXPECT_EQ(first.fr, second.fr);
  EXPECT_NE(first.confirm, "");
  EXPECT_NE(first.confirm, second.confirm);
}

// L-07, CHK-19: who votes is known by what it is, never by its name.
TEST(FreezeConfirm, AsksForAPartyWhoseAssemblyVotesAndOfWhichTheTextDoesNotSaySo) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  const auto revise = [&](v1::PartnerKind kind, const std::string& insee,
                          const std::string& siren) {
    v1::Element party = SampleElement("party-vallon");
    party.mutable_party()->set_deliberates(false);
    party.mutable_party()->set_kind(kind);
    party.mutable_party()->set_insee(insee);
    party.mutable_party()->set_siren(siren);
    asking.Revise(party);
    return asking.Asked("caf");
  };

  const Refusal commune = revise(v1::PARTNER_KIND_COMMUNE, "", "");
  EXPECT_EQ(commune.rule, "L-07");
  EXPECT_EQ(commune.field, "confirmed");
  EXPECT_THAT(commune.fr, AllOf(HasSubstr("Commune du Vallon : une commune"), HasSubstr("CHK-19")));
  EXPECT_EQ(revise(v1::PARTNER_KIND_INTERCOMMUNALITY, "", "").rule, "L-07");
  EXPECT_THAT(revise(v1::PARTNER_KIND_OTHER, "12145", "").fr, HasSubstr("code INSEE"));
  EXPECT_THAT(revise(v1::PARTNER_KIND_OTHER, "", "211201454").fr, HasSubstr("SIREN"));
  EXPECT_EQ(revise(v1::PARTNER_KIND_OTHER, "", "").rule, "");
}

// An associate signs nothing, so nobody has to vote it.
TEST(FreezeConfirm, AsksNoVoteOfAPartyThatDoesNotSign) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  v1::Element associate = SampleElement("party-vallon");
  associate.mutable_party()->set_deliberates(false);
  associate.mutable_party()->clear_signing_offices();
  asking.Revise(associate);
  const Refusal refused = asking.Asked("caf");
  EXPECT_EQ(refused.rule, "L-02");
  EXPECT_THAT(refused.fr, Not(HasSubstr("L-07")));
}

// L-02, L-13, CHK-19: nobody is left out of the conclusion without a word.
TEST(FreezeConfirm, AsksForAPartyForWhichNobodySigns) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  v1::Element party = SampleElement("party-vallon");
  party.mutable_party()->clear_signing_offices();
  asking.Revise(party);
  const Refusal refused = asking.Asked("caf");
  EXPECT_EQ(refused.rule, "L-02");
  EXPECT_EQ(refused.field, "confirmed");
  EXPECT_THAT(refused.fr, AllOf(HasSubstr("Commune du Vallon : partie sans signataire"),
                                HasSubstr("CHK-19"), HasSubstr("délibère")));
  // In force, however it came to be: found.
  const auto view = ViewConvention(asking.play.caf().At("2025-06-30"), "");
  ASSERT_OK(view);
  std::vector<std::string> found;
  for (const v1::Finding& one : view->findings()) {
    if (one.rule() != "L-02") continue;
    found.push_back(absl::StrCat(one.code(), " ", one.element_id(), " ", one.field()));
    EXPECT_EQ(one.severity(), v1::FINDING_SEVERITY_SERIOUS);
  }
  EXPECT_THAT(found,
              testing::ElementsAre("party-without-signatory party-vallon party.signing_offices"));
}

TEST(FreezeConfirm, AsksOfAnAvenantForThePartiesThatItPutsAlone) {
  Asking amending("2025-06-30");
  amending.play.ConcludeOriginal();
  v1::Element party = SampleElement("party-vallon");
  party.mutable_party()->set_deliberates(false);
  const std::string act = amending.play.Propose({Put(party)});
  EXPECT_EQ(RefusalOf(amending.Freeze(act, "2026-01-01", "caf")).rule, "L-07");
}

TEST(FreezeConfirm, AsksWhereTheDurationWrittenAndTheDatesDisagree) {
  Asking asking;
  v1::Element term =
      WrittenArticle("Diagnostic partagé. La convention est conclue pour quatre ans.");
  term.mutable_article()->set_role(v1::CLAUSE_ROLE_TERM);
  asking.Revise(term);
  const Refusal refused = asking.Asked("caf");
  EXPECT_EQ(refused.rule, "L-15");
  EXPECT_THAT(refused.fr, AllOf(HasSubstr("48 mois"), HasSubstr("pour quatre ans")));
  term.mutable_article()->set_body("Diagnostic partagé. La convention est conclue pour cinq ans.");
  asking.Revise(term);
  EXPECT_OK(asking.Freeze(asking.play.original(), "", "caf"));
}

// An extension leaves the article on the term behind: the question and the text of the act say so.
TEST(FreezeConfirm, AsksOfAnExtensionForTheDurationThatItLeavesBehind) {
  Asking amending("2024-12-01");
  v1::Element term = WrittenArticle("Diagnostic partagé. La convention est conclue pour cinq ans.");
  term.mutable_article()->set_role(v1::CLAUSE_ROLE_TERM);
  amending.Revise(term);
  amending.play.agglo().today = amending.play.caf().today = *CivilDate::Parse("2025-06-30", "day");
  amending.play.ConcludeOriginal();
  v1::Element terms = SampleElement("terms");
  terms.mutable_terms()->set_end_date("2030-12-31");
  const std::string act = amending.play.Propose({Put(terms)});

  const Refusal refused = RefusalOf(amending.Freeze(act, "2026-01-01", "caf"));
  EXPECT_EQ(refused.rule, "L-15");
  EXPECT_THAT(refused.fr, HasSubstr("pour cinq ans"));
  const auto text = ViewInstrument(amending.play.caf().At("2025-06-30"), act);
  ASSERT_OK(text);
  ASSERT_GT(text->findings_size(), 0);
  EXPECT_EQ(text->findings(0).code(), "stated-duration");
  EXPECT_EQ(text->findings(0).element_id(), "art-1");
  // One that changes other words is not asked again.
  v1::Element action = SampleElement("act-1");
  action.mutable_action()->set_title("Autre titre");
  EXPECT_OK(amending.Freeze(amending.play.Propose({Put(action)}), "2026-01-01", "caf"));
}

TEST(FreezeConfirm, AsksWhereAScheduleGoesBeyondTheTerm) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  v1::Element schedule = SampleElement("act-1-sched");
  schedule.mutable_schedule()->set_to("2030");
  asking.Revise(schedule);
  const Refusal refused = asking.Asked("caf");
  EXPECT_EQ(refused.rule, "CHK-18");
  EXPECT_THAT(refused.fr, AllOf(HasSubstr("2030"), HasSubstr("31 décembre 2029")));
  schedule.mutable_schedule()->set_to("2029");
  // Wherever the schedule says it.
  const v1::Schedule within = schedule.schedule();
  const auto asked = [&] {
    asking.Revise(schedule);
    *schedule.mutable_schedule() = within;
    return asking.Asked("caf").rule;
  };
  schedule.mutable_schedule()->set_from("2030");
  EXPECT_EQ(asked(), "CHK-18");
  schedule.mutable_schedule()->set_text("jusqu'en 2030");
  EXPECT_EQ(asked(), "CHK-18");
  schedule.mutable_schedule()->add_steps()->set_when("2030");
  EXPECT_EQ(asked(), "CHK-18");
  asking.Revise(schedule);
  EXPECT_OK(asking.Freeze(asking.play.original(), "", "caf"));
}

// CHK-13, CHK-18, L-07: found in what is in force too, whatever was confirmed.
TEST(TextFindings, AreShownOfWhatIsOnRecord) {
  Asking asking;
  asking.Revise(WrittenArticle("Voir l'annexe 9."));
  v1::Element schedule = SampleElement("act-1-sched");
  schedule.mutable_schedule()->set_to("2030");
  asking.Revise(schedule);
  v1::Element party = SampleElement("party-vallon");
  party.mutable_party()->set_deliberates(false);
  asking.Revise(party);

  const auto view = ViewConvention(asking.play.caf().At("2025-06-30"), "");
  ASSERT_OK(view);
  std::vector<std::string> found;
  for (const v1::Finding& one : view->findings()) {
    found.push_back(absl::StrCat(one.rule(), " ", one.code(), " ", one.element_id()));
  }
  EXPECT_THAT(found, testing::IsSupersetOf({"CHK-13 reference-unresolved art-1",
                                            "CHK-18 schedule-beyond-term act-1-sched",
                                            "L-07 assembly-not-said party-vallon"}));
}

// The CAF, which has the co-chair with the authority, froze nothing alone either.
TEST(FreezeConfirm, AsksWhereADayOfEffectIsPast) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  asking.play.caf().today = *CivilDate::Parse("2025-01-02", "today");
  EXPECT_EQ(asking.Asked("caf").rule, "CHK-16");
  EXPECT_THAT(asking.Asked("caf").fr, HasSubstr("1 jour avant"));
  asking.play.caf().today = *CivilDate::Parse("2025-01-01", "today");
  EXPECT_OK(asking.Freeze(asking.play.original(), "", "caf"));
}

TEST(FreezeConfirm, AsksWhereAnOriginalSpeaksOfNoDiagnosis) {
  Asking asking;
  EXPECT_EQ(asking.Asked("caf").rule, "L-01");
  asking.Revise(WrittenArticle(kSound));
  EXPECT_OK(asking.Freeze(asking.play.original(), "", "caf"));

  // An avenant has no diagnosis of its own to join.
  Asking amending("2025-06-30");
  amending.play.ConcludeOriginal();
  const std::string act = amending.play.Propose({Put(WrittenArticle("Autre chose."))});
  EXPECT_OK(amending.Freeze(act, "2026-01-01", "caf"));
}

TEST(FreezeConfirm, AsksUntilTheCafFoundTheDraftGoodAsItStands) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  EXPECT_EQ(asking.Asked().rule, "L-20");
  EXPECT_THAT(asking.Asked().fr, HasSubstr("Caisse d'allocations familiales"));

  const Digest asked = asking.AskReview(asking.play.original());
  asking.Review(asked, v1::REVIEW_VERDICT_AGREED, "vallon");
  EXPECT_EQ(asking.Asked().rule, "L-20");
  asking.Review(asked, v1::REVIEW_VERDICT_RESERVED);
  EXPECT_EQ(asking.Asked().rule, "L-20");
  asking.Review(asked, v1::REVIEW_VERDICT_AGREED);
  // Not as it stands any more.
  asking.Revise(WrittenArticle(std::string(kSound) + " Et davantage."));
  EXPECT_EQ(asking.Asked().rule, "L-20");
  asking.Review(asked, v1::REVIEW_VERDICT_AGREED);
  EXPECT_OK(asking.Freeze());
}

TEST(FreezeConfirm, AsksAfterASecondThought) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  const Digest asked = asking.AskReview(asking.play.original());
  asking.Review(asked, v1::REVIEW_VERDICT_AGREED);
  asking.Review(asked, v1::REVIEW_VERDICT_OPPOSED);
  EXPECT_EQ(asking.Asked().rule, "L-20");
}

// What was said of one act says nothing of another.
TEST(FreezeConfirm, HearsReviewsOfTheActAlone) {
  Asking asking("2025-06-30");
  asking.play.ConcludeOriginal();
  const std::string first = asking.play.Propose({Put(WrittenArticle("Autre chose."))});
  const std::string second = asking.play.Propose({Put(WrittenArticle("Encore autre chose."))});
  asking.Review(asking.AskReview(first), v1::REVIEW_VERDICT_AGREED);
  EXPECT_EQ(RefusalOf(asking.Freeze(second, "2026-01-01")).rule, "L-20");
  EXPECT_OK(asking.Freeze(first, "2026-01-01"));
}

// The parties that the text names co-chairs, whoever they are.
TEST(FreezeConfirm, AsksTheCoChairsThatTheTextNames) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  v1::Element body = SampleElement("body-1");
  body.mutable_body()->add_co_chairs("agglo");
  body.mutable_body()->add_co_chairs("vallon");
  asking.Revise(body);
  EXPECT_THAT(asking.Asked().fr, AllOf(HasSubstr("Commune du Vallon"), Not(HasSubstr("Caisse"))));
  EXPECT_THAT(asking.Asked("caf").fr,
              AllOf(HasSubstr("Commune du Vallon"), HasSubstr("Agglomération du Vallon")));
  asking.Review(asking.AskReview(asking.play.original()), v1::REVIEW_VERDICT_AGREED, "vallon");
  EXPECT_OK(asking.Freeze());
}

// A convention that charges nobody has no co-chairs to freeze with.
TEST(FreezeConfirm, SaysWhomItAsksWhereNoCommitteeNamesCoChairs) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  EXPECT_THAT(asking.Asked().fr,
              AllOf(HasSubstr("ne nomme de coprésidence, on fige avec la Caf ; pas de relecture"),
                    Not(HasSubstr("on fige avec la coprésidence"))));
  EXPECT_THAT(asking.Asked().en, HasSubstr("names co-chairs, a text is frozen with the CAF; no"));
  v1::Element body = SampleElement("body-1");
  body.mutable_body()->add_co_chairs("vallon");
  asking.Revise(body);
  EXPECT_THAT(asking.Asked().fr, HasSubstr("L-20 : on fige avec la coprésidence ; pas de"));
  EXPECT_THAT(asking.Asked().en, HasSubstr("L-20: a text is frozen with the co-chairs; no"));
}

// The refusal must fit the trailers of a call.
TEST(FreezeConfirm, NamesEightWhoDidNotAgreeAndCountsTheOthers) {
  Asking asking;
  asking.Revise(WrittenArticle(kSound));
  v1::Element party = SampleElement("party-vallon");
  const auto refused = [&](int parties) {
    for (int i = 1; i <= parties; ++i) {
      party.set_id(absl::StrCat("party-more-", i));
      party.mutable_party()->set_partner_id(absl::StrCat("more-", i));
      party.mutable_party()->set_name(absl::StrCat("Caf numéro ", i));
      party.mutable_party()->set_kind(v1::PARTNER_KIND_CAF);
      party.mutable_party()->mutable_signing_offices(0)->set_id(absl::StrCat("more-office-", i));
      asking.Revise(party);
    }
    return asking.Asked();
  };
  EXPECT_THAT(refused(7).fr, AllOf(HasSubstr("Caf numéro 7"), Not(HasSubstr(" autre"))));
  const Refusal many = refused(10);
  EXPECT_THAT(many.fr, AllOf(HasSubstr("Caf numéro 10, "), HasSubstr(", et 3 autres (greffe")));
  EXPECT_THAT(many.en, HasSubstr(", and 3 more (greffe"));
  EXPECT_THAT(many.fr, Not(HasSubstr("Caf numéro 9")));
}

// What is refused all the same is not asked about first.
TEST(FreezeConfirm, AsksLast) {
  Asking asking;
  asking.play.Freeze(asking.play.original());
  EXPECT_EQ(asking.Asked().rule, "already-frozen");
}

}  // namespace
}  // namespace greffe
