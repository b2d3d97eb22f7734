#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/finding.h"
#include "core/convention/text/party_book.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::Put;
using testing_support::SampleDraft;
using testing_support::SamplePlay;
using testing_support::SoundDeliberation;
using testing_support::StatusIs;

// A vote by the commune of the sample, on the frozen original.
struct Vote {
  SamplePlay play;
  v1::RecordDeliberationRequest request;

  Vote() {
    *request.mutable_deliberation() = SoundDeliberation("vallon", play.Freeze(play.original()));
  }
  v1::Deliberation& fact() { return *request.mutable_deliberation(); }
  absl::StatusOr<Decision> Decide() {
    return greffe::Decide(play.agglo().state(), request, play.Secretariat("vallon"));
  }
  // Codes found about the recorded fact.
  std::set<std::string> Codes() {
    std::vector<Digest> leaves;
    EXPECT_OK(play.agglo().Do(request, play.Secretariat("vallon"), &leaves));
    v1::RecordDeliberationResponse response;
    FillAnswer(play.agglo().state(), request, leaves, &response);
    std::set<std::string> out;
    for (const v1::Finding& one : response.findings()) out.insert(one.code());
    return out;
  }
};

TEST(DecideDeliberation, RecordsASoundVoteWithoutFindings) {
  EXPECT_THAT(Vote().Codes(), IsEmpty());
}

TEST(DecideDeliberation, FindsWithTheRuleAndTheFieldAtFault) {
  Vote vote;
  vote.fact().set_abstentions(vote.fact().abstentions() + 1);
  std::vector<Digest> leaves;
  ASSERT_OK(vote.play.agglo().Do(vote.request, vote.play.Secretariat("vallon"), &leaves));
  v1::RecordDeliberationResponse response;
  FillAnswer(vote.play.agglo().state(), vote.request, leaves, &response);

  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_EQ(response.findings(0).rule(), "L-06");
  EXPECT_EQ(response.findings(0).field(), "deliberation.votes_for");
}

TEST(Finding, NamesTheRuleThatItsTextOpensWith) {
  EXPECT_EQ(LeadingRule("L-07 : Commune du Vallon : …"), "L-07");
  EXPECT_EQ(LeadingRule("CHK-29: Commune du Vallon…"), "CHK-29");
  EXPECT_EQ(LeadingRule("Commune du Vallon : L-07"), "");
  EXPECT_EQ(LeadingRule("L-x : …"), "");
  EXPECT_EQ(LeadingRule(""), "");
}

TEST(DecideDeliberation, FillsInTheUsersOwnPartnerAndRefusesAnother) {
  Vote vote;
  vote.fact().clear_partner_id();
  const auto own = vote.Decide();
  vote.fact().set_partner_id("agglo");
  const auto other = vote.Decide();

  ASSERT_OK(own);
  EXPECT_EQ(own->events[0].deliberation_recorded().deliberation().partner_id(), "vallon");
  EXPECT_THAT(other, StatusIs(absl::StatusCode::kPermissionDenied,
                              HasSubstr("pas pour « Agglomération du Vallon »")));
}

TEST(DecideDeliberation, RecordsFiguresThatDoNotAddUpAndFindsThem) {
  Vote members;
  members.fact().set_members_present(15);
  Vote votes;
  votes.fact().set_votes_against(2);
  Vote edge;
  edge.fact().set_members_present(13);
  edge.fact().set_votes_for(14);

  EXPECT_THAT(members.Codes(), Contains("votes-members"));
  EXPECT_THAT(votes.Codes(), Contains("votes-sum"));
  EXPECT_THAT(edge.Codes(), IsEmpty());
}

TEST(DecideDeliberation, FindsFiguresThatNameTheirRule) {
  Vote missing;
  missing.fact().clear_abstentions();
  Vote proxies;
  proxies.fact().set_members_present(6);
  proxies.fact().set_members_represented(8);
  Vote tie;
  tie.fact().set_votes_for(7);
  tie.fact().set_votes_against(7);
  tie.fact().set_abstentions(0);

  EXPECT_THAT(missing.Codes(), Contains("votes-missing"));
  EXPECT_THAT(proxies.Codes(), Contains("votes-proxies"));
  EXPECT_THAT(tie.Codes(), Contains("votes-majority"));
  tie.fact().set_number("2025-013");
  tie.fact().set_casting_vote(v1::CASTING_VOTE_FOR);
  EXPECT_THAT(tie.Codes(), Not(Contains("votes-majority")));
}

// CHK-03 to CHK-05: the identifier of the receipt beside the party and the vote.
TEST(DecideDeliberation, FindsTheReceiptOfAnotherCommune) {
  const auto found = [](const std::string& receipt) {
    Vote vote;
    v1::ReviseActRequest revise;
    revise.set_act_id(vote.play.original());
    const v1::ConventionDraft draft = SampleDraft();
    for (const v1::Element& one : draft.elements()) {
      if (one.id() != "party-vallon") continue;
      v1::Element party = one;
      party.mutable_party()->set_siren("211202023");
      party.mutable_party()->set_insee("12202");
      *revise.add_changes() = Put(party);
    }
    EXPECT_OK(vote.play.agglo().Do(revise, vote.play.Coordinator()));
    vote.fact().set_revision(
        Digest::FromHex(vote.play.Freeze(vote.play.original()), "revision")->ToBytes());
    vote.fact().set_receipt_id(receipt);
    return vote.Codes();
  };

  EXPECT_THAT(found("012-211202023-20250310-DEL2025012-DE"), IsEmpty());
  EXPECT_THAT(found("045-214502858-20250310-DELIB2025012-DE"), ElementsAre("receipt-of-another"));
  EXPECT_THAT(found("045-211202023-20250310-DEL2025012-DE"), ElementsAre("receipt-of-another"));
  EXPECT_THAT(found("012-211202023-20250309-DEL2025012-DE"), ElementsAre("receipt-of-another-day"));
  EXPECT_THAT(found("012-211202023-20250310-DEL2025012-XX"), ElementsAre("receipt-form"));
  EXPECT_THAT(found("012-2112"), ElementsAre("receipt-form"));
}

// Of a party without SIREN on record there is nothing to compare with but the others.
TEST(DecideDeliberation, FindsTheReceiptOfAnotherPartyForOneWithoutSiren) {
  const auto found = [](const std::string& receipt) {
    Vote vote;
    v1::Element party = testing_support::SampleElement("party-agglo");
    party.mutable_party()->set_siren("200096956");
    v1::ReviseActRequest revise;
    revise.set_act_id(vote.play.original());
    *revise.add_changes() = Put(party);
    EXPECT_OK(vote.play.agglo().Do(revise, vote.play.Coordinator()));
    vote.fact().set_revision(
        Digest::FromHex(vote.play.Freeze(vote.play.original()), "revision")->ToBytes());
    vote.fact().set_receipt_id(receipt);
    return vote.Codes();
  };

  EXPECT_THAT(found("047-200096956-20250310-DEL1-DE"), ElementsAre("receipt-of-another"));
  EXPECT_THAT(found("012-211202023-20250310-DEL1-DE"), IsEmpty());
  EXPECT_THAT(found("ABC"), ElementsAre("receipt-form"));
}

// What somebody drafts makes no SIREN another party's.
TEST(DecideDeliberation, TakesNoSirenOfADraftForThatOfAnotherParty) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element party = testing_support::SampleElement("party-agglo");
  party.mutable_party()->set_siren("200096956");
  const std::string act = play.Propose({Put(party)});
  const auto others = [&] {
    return *PartyBook(play.agglo().state().data()).ReceiptOwnerOf("vallon").others;
  };

  EXPECT_TRUE(others().empty());

  play.Conclude(act, play.Freeze(act, "2025-06-30"));
  EXPECT_EQ(others().size(), 1u);
}

TEST(DecideDeliberation, FindsAReceiptBeforeTheSittingAndAnIncompleteMandate) {
  Vote early;
  early.fact().set_received_on("2025-03-09");
  Vote partial;
  partial.fact().set_authorises_signature(false);
  Vote unproven;
  unproven.fact().clear_published_on();
  Vote lost;
  lost.fact().set_votes_for(3);
  lost.fact().set_votes_against(10);

  EXPECT_THAT(early.Codes(), Contains("receipt-before-sitting"));
  EXPECT_THAT(partial.Codes(), Contains("mandate-incomplete"));
  EXPECT_THAT(unproven.Codes(), Contains("not-executory"));
  EXPECT_THAT(lost.Codes(), Contains("votes-majority"));
}

// L-07: the board of the CAF votes nothing that a préfecture receives.
TEST(DecideDeliberation, FindsNothingUnprovenOfABoardThatTransmitsNothing) {
  Vote board;
  v1::Deliberation& fact = board.fact();
  fact.set_partner_id("caf");
  fact.clear_published_on();
  fact.clear_received_on();
  fact.clear_receipt_id();
  std::vector<Digest> leaves;
  ASSERT_OK(board.play.caf().Do(board.request,
                                board.play.caf().Context("caf", {v1::ROLE_SECRETARIAT}), &leaves));
  v1::RecordDeliberationResponse response;
  FillAnswer(board.play.caf().state(), board.request, leaves, &response);
  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_EQ(response.findings(0).code(), "vote-not-required");
}

// Refused where it is entered (CHK-37); what a peer recorded all the same is found.
TEST(DecideDeliberation, FindsADayThatMeansForEver) {
  Vote vote;
  vote.fact().set_convened_on("1900-01-01");
  EXPECT_EQ(RefusalOf(vote.Decide().status()).rule, "CHK-37");

  vote.fact().clear_convened_on();
  auto decision = vote.Decide();
  ASSERT_OK(decision);
  for (v1::Event& event : decision->events) {
    event.mutable_deliberation_recorded()->mutable_deliberation()->set_published_on("2222-02-22");
  }
  vote.play.agglo().Write(*decision, vote.play.Secretariat("vallon"));
  const auto view = ViewConvention(vote.play.agglo().At("2025-06-30"), "");
  ASSERT_OK(view);
  std::set<std::string> fields;
  for (const v1::Finding& one : view->findings()) {
    if (one.rule() == "CHK-37") fields.insert(one.field());
  }
  EXPECT_THAT(fields, ElementsAre("deliberation.published_on"));
}

TEST(DecideDeliberation, RefusesMalformedFieldsOnly) {
  const auto with = [](auto change) {
    Vote vote;
    change(vote.fact());
    return vote.Decide().status();
  };

  EXPECT_THAT(with([](v1::Deliberation& d) { d.set_sitting_on("2025-02-29"); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sitting_on")));
  EXPECT_THAT(with([](v1::Deliberation& d) { d.set_sitting_on("2025-07-01"); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("avenir")));
  EXPECT_THAT(with([](v1::Deliberation& d) { d.clear_assembly(); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("assembly")));
  EXPECT_THAT(with([](v1::Deliberation& d) { d.set_members_in_office(0); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("members_in_office")));
  EXPECT_THAT(with([](v1::Deliberation& d) { d.set_evidence_digest("abc"); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("evidence_digest")));
  EXPECT_OK(with([](v1::Deliberation& d) { d.set_number(std::string(100, 'n')); }));
  EXPECT_THAT(with([](v1::Deliberation& d) { d.set_number(std::string(101, 'n')); }),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("number")));
}

TEST(DecideDeliberation, WantsARevisionThatIsFrozenHere) {
  Vote vote;
  vote.fact().set_revision(std::string(32, 'x'));

  EXPECT_THAT(vote.Decide(), StatusIs(absl::StatusCode::kNotFound));
}

TEST(DecideDeliberation, RecordsOneSittingOnceAndCorrectsItWithAReason) {
  Vote vote;
  std::vector<Digest> leaves;
  ASSERT_OK(vote.play.agglo().Do(vote.request, vote.play.Secretariat("vallon"), &leaves));
  vote.fact().set_votes_for(12);

  EXPECT_THAT(vote.Decide(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("déjà enregistrée")));
  vote.request.add_replaces(leaves[0].ToHex());
  EXPECT_THAT(vote.Decide(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("reason")));
  vote.request.set_reason("Erreur de saisie");
  ASSERT_OK(vote.play.agglo().Do(vote.request, vote.play.Secretariat("vallon")));
  vote.fact().set_votes_for(11);
  EXPECT_THAT(vote.Decide(), StatusIs(absl::StatusCode::kAborted, HasSubstr("12 pour")));
}

TEST(DecideDeliberation, FindsASignatureGivenBeforeItWasExecutory) {
  Vote vote;
  const std::string revision = vote.play.Freeze(vote.play.original(), "2025-01-02");
  vote.fact().set_revision(Digest::FromHex(revision, "revision")->ToBytes());
  vote.Codes();
  const auto paper = [&](const std::string& date) {
    v1::RecordSignatureRequest request;
    request.set_act_id(vote.play.original());
    request.set_revision(revision);
    request.set_signed_on(date);
    request.set_scan_digest(std::string(64, 'a'));
    return request;
  };
  std::vector<Digest> leaves;
  ASSERT_OK(vote.play.agglo().Do(paper("2025-03-16"), vote.play.Secretariat("vallon"), &leaves));

  const auto before = ViewConvention(vote.play.agglo().At("2025-06-30"), "");
  v1::RecordSignatureRequest correction = paper("2025-03-18");
  correction.add_replaces(leaves[0].ToHex());
  ASSERT_OK(vote.play.agglo().Do(correction, vote.play.Secretariat("vallon")));
  const auto after = ViewConvention(vote.play.agglo().At("2025-06-30"), "");

  const auto codes = [](const v1::ConventionView& view) {
    std::set<std::string> out;
    for (const v1::Finding& one : view.findings()) out.insert(one.code());
    return out;
  };
  ASSERT_OK(before);
  ASSERT_OK(after);
  EXPECT_THAT(codes(*before), Contains("signature-before-receipt"));
  for (const v1::Finding& one : before->findings()) {
    if (one.code() != "signature-before-receipt") continue;
    EXPECT_THAT(one.text_en(), HasSubstr("signed on 16 March 2025, before the délibération became "
                                         "exécutoire (17 March 2025)"));
  }
  EXPECT_THAT(codes(*after), ::testing::Not(Contains("signature-before-receipt")));
}

// L-09. A slip is refused; what a peer recorded is found.
TEST(DecideDeliberation, RefusesLimitsOfAMandateThatCannotBeAndFindsAPeers) {
  const std::pair<const char*, std::function<void(v1::MandateScope*)>> wrong[] = {
      {"deliberation.scope.covers_until",
       [](v1::MandateScope* scope) {
         scope->set_covers_from("2027-01-01");
         scope->set_covers_until("2026-12-31");
       }},
      {"deliberation.scope.proposer",
       [](v1::MandateScope* scope) { scope->set_proposer("nulle-part"); }}};
  for (const auto& [field, change] : wrong) {
    Vote vote;
    vote.fact().mutable_scope()->set_reach(v1::MANDATE_REACH_AVENANTS);
    vote.fact().mutable_scope()->set_quote("et tout avenant à venir");
    Decision decision = vote.Decide().value();
    change(vote.fact().mutable_scope());
    EXPECT_EQ(RefusalOf(vote.Decide().status()).rule, "L-09");
    EXPECT_EQ(RefusalOf(vote.Decide().status()).field, field);

    *decision.events[0].mutable_deliberation_recorded()->mutable_deliberation() = vote.fact();
    vote.play.agglo().Write(decision, vote.play.Secretariat("vallon"));
    std::set<std::string> fields;
    const v1::StatusView view = ViewStatus(vote.play.agglo().At("2025-06-30")).value();
    for (const v1::Finding& one : view.findings()) {
      if (one.rule() == "L-09") fields.insert(one.field());
    }
    EXPECT_THAT(fields, ElementsAre(field));
  }
}

TEST(DecideDeliberation, FindsAMandateForAvenantsWithoutTheSentenceVoted) {
  Vote vote;
  vote.fact().mutable_scope()->set_reach(v1::MANDATE_REACH_AVENANTS);
  EXPECT_THAT(vote.Codes(), ElementsAre("scope-without-quote"));
}

// Nothing was received at a time that has not come; of a peer's record it is found.
TEST(DecideDeliberation, RefusesATimeOfThisDayThatHasNotComeAndFindsWhatAPeerWrote) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::RecordDeliberationRequest request;
  v1::Deliberation& vote = *request.mutable_deliberation();
  vote = SoundDeliberation("vallon", revision);
  vote.set_received_on("2025-06-30");
  const auto at = [&](const std::string& time) {
    vote.set_received_time(time);
    CommandContext context = play.Secretariat("vallon");
    context.now = *Instant::Parse("2025-06-30T08:30:00Z", "now");  // 10:30 in Paris.
    return Decide(play.agglo().state(), request, context).status();
  };
  EXPECT_OK(at("10:30"));
  const absl::Status refused = at("10:31");
  EXPECT_EQ(RefusalOf(refused).rule, "future-date");
  EXPECT_EQ(RefusalOf(refused).field, "deliberation.received_time");

  // Written at 10:00 in Paris.
  const auto written = [&](const std::string& day, const std::string& time) {
    vote.set_received_on(day);
    vote.set_received_time(time);
    Decision decision;
    *decision.events.emplace_back().mutable_deliberation_recorded()->mutable_deliberation() = vote;
    const Digest leaf = play.agglo().Write(decision, play.Secretariat("vallon")).front();
    const v1::StatusView view = ViewStatus(play.agglo().At("2025-06-30")).value();
    std::string out;
    for (const v1::Finding& one : view.findings()) {
      if (one.leaf() == leaf.ToHex() && one.code() == "future-date") out += one.text();
    }
    return out;
  };
  EXPECT_EQ(written("2025-06-30", "09:59"), "");
  EXPECT_THAT(written("2025-06-30", "10:01"), HasSubstr("réception à 10:01, après l'heure"));
  EXPECT_EQ(written("2025-06-29", "10:01"), "");
  EXPECT_THAT(written("2025-07-01", ""),
              HasSubstr("réception : le 1er juillet 2025 est après le jour de son enregistrement"));
}

TEST(DecideDeliberation, WantsTimesOfADayAndAScopeThatCanBe) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  const auto record = [&](const std::function<void(v1::Deliberation*)>& change) {
    v1::RecordDeliberationRequest request;
    *request.mutable_deliberation() = SoundDeliberation("vallon", revision);
    change(request.mutable_deliberation());
    return Decide(play.agglo().state(), request, play.Secretariat("vallon")).status();
  };

  EXPECT_OK(record([](v1::Deliberation* one) { one->set_received_time("09:05"); }));
  const absl::Status time = record([](v1::Deliberation* one) { one->set_received_time("9h05"); });
  EXPECT_THAT(time, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("HH:MM")));
  EXPECT_EQ(RefusalOf(time).field, "deliberation.received_time");
  EXPECT_THAT(
      record([](v1::Deliberation* one) { one->mutable_scope()->set_covers_until("2027-02-29"); }),
      StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(record([](v1::Deliberation* one) {
                one->mutable_scope()->set_quote(std::string(2001, 'x'));
              }),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace greffe
