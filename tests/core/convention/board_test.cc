#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using testing_support::SamplePlay;
using testing_support::SoundDeliberation;

struct OnBoard {
  SamplePlay play;
  std::string revision = play.Freeze(play.original());

  void Vote(const std::function<void(v1::Deliberation*)>& change) {
    v1::RecordDeliberationRequest request;
    *request.mutable_deliberation() = SoundDeliberation("vallon", revision);
    change(request.mutable_deliberation());
    ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon")));
  }
  v1::StatusView View(const StatusWanted& wanted = {}) {
    return ViewStatus(play.agglo().At("2025-06-30"), wanted).value();
  }
  v1::PartyStanding Party(const std::string& partner) {
    const v1::StatusView view = View();
    for (const v1::PartyStanding& one : view.parties()) {
      if (one.partner_id() == partner) return one;
    }
    ADD_FAILURE() << partner << " is not on the board";
    return {};
  }
};

TEST(Board, ShowsTheChainFromTheSittingToTheSignature) {
  OnBoard board;
  board.Vote([](v1::Deliberation* vote) {
    vote->mutable_scope()->set_reach(v1::MANDATE_REACH_TEXT_ALONE);
    vote->mutable_scope()->set_quote("autorise le maire à signer la convention");
  });

  const v1::PartyStanding party = board.Party("vallon");

  EXPECT_EQ(party.stage(), v1::AUTHORITY_STAGE_EXECUTORY);
  EXPECT_EQ(party.sitting_on(), "2025-03-10");
  EXPECT_EQ(party.vote(),
            "13 pour + 0 contre + 1 abstention = 14 = 12 présents + 2 représentés, sur 15 en "
            "exercice");
  EXPECT_EQ(party.published_on(), "2025-03-14");
  EXPECT_EQ(party.received_on(), "2025-03-17");
  EXPECT_EQ(party.executory_on(), "2025-03-17");
  EXPECT_EQ(party.scope().quote(), "autorise le maire à signer la convention");
  ASSERT_EQ(party.signing_size(), 1);
  EXPECT_EQ(party.signing(0).office(), "Maire");
  EXPECT_EQ(party.signing(0).signed_on(), "");
  EXPECT_TRUE(party.blocking());
  EXPECT_EQ(party.next_step(), "Signer : Maire.");
  EXPECT_EQ(party.next_step_en(), "Sign: Maire.");

  board.play.Sign(board.play.original(), board.revision, "vallon", "maire");
  const v1::PartyStanding signed_party = board.Party("vallon");
  EXPECT_EQ(signed_party.signing(0).signed_on(), "2025-06-30");
  EXPECT_EQ(signed_party.signing(0).kind(), v1::SIGNATURE_KIND_ELECTRONIC);
  EXPECT_FALSE(signed_party.blocking());
}

// What looks done may not hold: the step bears a mark for each serious finding about its record.
TEST(Board, MarksTheStepsAboutWhichSomethingSeriousWasFound) {
  using Marks = std::vector<std::pair<v1::ChainStep, std::string>>;
  const auto marks = [](OnBoard& board) {
    Marks out;
    const v1::PartyStanding party = board.Party("vallon");
    for (const v1::ChainMark& one : party.marks()) out.emplace_back(one.step(), one.rule());
    return out;
  };
  const auto sign_on_paper = [](OnBoard& board, const std::string& day) {
    v1::RecordSignatureRequest paper;
    paper.set_act_id(board.play.original());
    paper.set_revision(board.revision);
    paper.set_signed_on(day);
    paper.set_scan_digest(std::string(64, 'a'));
    ASSERT_OK(board.play.agglo().Do(paper, board.play.Secretariat("vallon")));
  };
  OnBoard sound;
  sound.Vote([](v1::Deliberation*) {});
  sign_on_paper(sound, "2025-06-30");
  EXPECT_EQ(marks(sound), Marks());

  OnBoard quorum;
  quorum.Vote([](v1::Deliberation* vote) {
    vote->set_members_present(7);
    vote->set_votes_for(8);
  });
  EXPECT_EQ(quorum.Party("vallon").stage(), v1::AUTHORITY_STAGE_EXECUTORY);
  EXPECT_EQ(marks(quorum), Marks({{v1::CHAIN_STEP_VOTE, "CHK-10"}}));
  EXPECT_EQ(quorum.Party("vallon").marks(0).leaf(),
            quorum.Party("vallon").deliberations(0).event().leaf());
  EXPECT_EQ(quorum.Party("vallon").marks(0).code(), "quorum");

  OnBoard receipt;
  receipt.Vote([](v1::Deliberation* vote) { vote->set_receipt_id("012-2112"); });
  EXPECT_EQ(marks(receipt), Marks({{v1::CHAIN_STEP_RECEIPT, "CHK-03"}}));

  OnBoard early;
  early.Vote([](v1::Deliberation*) {});
  sign_on_paper(early, "2025-03-16");
  EXPECT_EQ(marks(early), Marks({{v1::CHAIN_STEP_SIGNATURE, "L-08"}}));
  OnBoard same_day;
  same_day.Vote([](v1::Deliberation*) {});
  sign_on_paper(same_day, "2025-03-17");
  EXPECT_EQ(marks(same_day), Marks()) << "a note";
  OnBoard unvoted;
  sign_on_paper(unvoted, "2025-06-30");
  EXPECT_EQ(marks(unvoted), Marks({{v1::CHAIN_STEP_SIGNATURE, "L-08"}}));
  EXPECT_TRUE(unvoted.Party("agglo").marks().empty()) << "each party's own";

  // The day of publication is a step of its own.
  OnBoard published;
  published.Vote([](v1::Deliberation* vote) { vote->set_published_on("2025-03-09"); });
  EXPECT_EQ(marks(published), Marks({{v1::CHAIN_STEP_PUBLICATION, "CHK-06"}}));
}

TEST(Board, NamesTheNextStepOfEachStage) {
  OnBoard pending;
  EXPECT_EQ(pending.Party("vallon").stage(), v1::AUTHORITY_STAGE_PENDING);
  EXPECT_THAT(pending.Party("vallon").next_step(), HasSubstr("Faire délibérer"));
  EXPECT_EQ(pending.Party("caf").stage(), v1::AUTHORITY_STAGE_NOT_REQUIRED);
  EXPECT_EQ(pending.Party("caf").next_step(),
            "Signer : Directrice, Présidente du conseil d'administration.");

  OnBoard unauthorised;
  unauthorised.Vote([](v1::Deliberation* vote) { vote->set_authorises_signature(false); });
  EXPECT_EQ(unauthorised.Party("vallon").stage(), v1::AUTHORITY_STAGE_NO_MANDATE);
  EXPECT_THAT(unauthorised.Party("vallon").next_step(), HasSubstr("L-05"));
  EXPECT_EQ(unauthorised.Party("vallon").why(),
            "la délibération enregistrée n'autorise pas sa signature (L-05).");

  OnBoard annulled;
  annulled.Vote([](v1::Deliberation*) {});
  v1::RecordFactRequest challenge;
  challenge.mutable_fact()->set_happened_on("2025-06-29");
  const v1::PartyStanding voted = annulled.Party("vallon");
  challenge.mutable_fact()->set_answers(
      Digest::FromHex(voted.deliberations(0).event().leaf(), "leaf")->ToBytes());
  challenge.mutable_fact()->mutable_deliberation_challenged()->set_kind(
      v1::CHALLENGE_KIND_ANNULLED);
  ASSERT_OK(annulled.play.agglo().Do(challenge, annulled.play.Secretariat("vallon")));
  EXPECT_THAT(annulled.Party("vallon").next_step(), HasSubstr("Faire délibérer à nouveau"));
  EXPECT_THAT(annulled.Party("vallon").next_step(), HasSubstr("(L-58)"));

  OnBoard tie;
  tie.Vote([](v1::Deliberation* vote) {
    vote->set_votes_for(7);
    vote->set_votes_against(7);
    vote->set_abstentions(0);
  });
  EXPECT_EQ(tie.Party("vallon").stage(), v1::AUTHORITY_STAGE_NO_MANDATE);
  EXPECT_TRUE(tie.Party("vallon").blocking());
  EXPECT_THAT(tie.Party("vallon").next_step(), HasSubstr("voix prépondérante du président"));

  OnBoard contradicted;
  contradicted.Vote([](v1::Deliberation* vote) { vote->set_members_present(16); });
  EXPECT_EQ(contradicted.Party("vallon").stage(), v1::AUTHORITY_STAGE_NO_MANDATE);
  EXPECT_TRUE(contradicted.Party("vallon").blocking());
  EXPECT_EQ(contradicted.Party("vallon").next_step(),
            "Corriger la délibération enregistrée (L-06) : 16 présents pour 15 membres en "
            "exercice.");
  EXPECT_EQ(contradicted.View().deliberations(), 0u);
  EXPECT_EQ(contradicted.Party("vallon").why(),
            "la délibération enregistrée ne vaut pas (L-06) : 16 présents pour 15 membres en "
            "exercice.");

  OnBoard unpublished;
  unpublished.Vote([](v1::Deliberation* vote) { vote->clear_published_on(); });
  EXPECT_EQ(unpublished.Party("vallon").stage(), v1::AUTHORITY_STAGE_VOTED);
  EXPECT_EQ(unpublished.Party("vallon").why(), "publication à prouver");
  EXPECT_EQ(unpublished.Party("vallon").executory_on(), "");
  EXPECT_THAT(unpublished.Party("vallon").next_step(), HasSubstr("Publier la délibération"));

  OnBoard today;
  today.Vote([](v1::Deliberation* vote) { vote->set_received_on("2025-06-30"); });
  EXPECT_EQ(today.Party("vallon").next_step(), "Signer à partir du 1er juillet 2025 : Maire.");
  EXPECT_EQ(today.Party("vallon").next_step_en(), "Sign from 1 July 2025 on: Maire.");
}

TEST(Board, SaysWhoRefusedAndWhenUntilTheOfficeSigns) {
  OnBoard board;
  board.Vote([](v1::Deliberation*) {});
  v1::RefuseActRequest refuse;
  refuse.set_act_id(board.play.original());
  refuse.set_revision(board.revision);
  refuse.set_reason("le texte n'est pas celui qui fut voté");
  ASSERT_OK(board.play.agglo().Do(refuse, board.play.Signatory("vallon", "Maire")));

  const v1::PartyStanding refused = board.Party("vallon");
  EXPECT_TRUE(refused.blocking());
  EXPECT_THAT(refused.next_step(), HasSubstr("Refusé par « Maire » le "));
  EXPECT_THAT(refused.next_step(), HasSubstr("greffe act revise"));
  EXPECT_THAT(refused.next_step_en(), HasSubstr("Refused by “Maire” on 30 June 2025: "));
  EXPECT_THAT(board.Party("caf").next_step(), HasSubstr("Signer"));

  board.play.Sign(board.play.original(), board.revision, "vallon", "maire");
  EXPECT_FALSE(board.Party("vallon").blocking());
  const v1::StatusView view = board.View();
  EXPECT_TRUE(std::any_of(view.findings().begin(), view.findings().end(),
                          [](const auto& one) { return one.code() == "signature-after-refusal"; }));
}

// L-34: a mandate given on another text is said to be one.
TEST(Board, SaysOnWhichTextAnEarlierMandateWasGiven) {
  OnBoard board;
  board.play.Conclude(board.play.original(), board.revision);
  v1::Element article;
  const v1::ConventionDraft draft = testing_support::SampleDraft();
  for (const v1::Element& one : draft.elements()) {
    if (one.id() == "art-1") article = one;
  }
  article.mutable_article()->set_body("Autre chose.");
  board.play.Freeze(board.play.Propose({testing_support::Put(article)}), "2026-01-01");

  const v1::PartyStanding party = board.Party("vallon");
  EXPECT_EQ(party.stage(), v1::AUTHORITY_STAGE_PENDING);
  EXPECT_THAT(party.vote(), HasSubstr("voté sur un autre texte"));
  EXPECT_THAT(party.vote(), HasSubstr(board.revision.substr(0, 12)));
  EXPECT_THAT(party.next_step(), HasSubstr("(L-34)"));
  EXPECT_EQ(board.View().deliberations(), 0u);
  // The dates of that vote are shown: also the one from which it is executory (L-07).
  EXPECT_FALSE(party.published_on().empty());
  EXPECT_FALSE(party.executory_on().empty());
}

TEST(Board, ShowsOfSeveralVotesTheOneThatServes) {
  OnBoard board;
  board.Vote([](v1::Deliberation* vote) { vote->set_approves_text(false); });
  board.Vote([](v1::Deliberation* vote) {
    vote->set_number("2025-020");
    vote->set_sitting_on("2025-05-10");
    vote->clear_receipt_id();
    vote->set_published_on("2025-05-12");
    vote->set_received_on("2025-05-13");
  });
  board.Vote([](v1::Deliberation* vote) {
    vote->set_number("2025-030");
    vote->set_sitting_on("2025-06-10");
    vote->clear_receipt_id();
    vote->set_published_on("2025-06-12");
    vote->set_received_on("2025-06-13");
  });

  EXPECT_EQ(board.Party("vallon").executory_on(), "2025-05-13");
  EXPECT_EQ(board.Party("vallon").deliberations_size(), 3);
}

TEST(Board, LeavesOutThoseWhoHoldNothingUp) {
  OnBoard board;
  board.play.Sign(board.play.original(), board.revision, "vallon", "maire");

  const v1::StatusView blocking = board.View({.blocking = true});

  EXPECT_EQ(blocking.all_parties(), 3u);
  EXPECT_EQ(blocking.blocking_parties(), 2u);
  ASSERT_EQ(blocking.parties_size(), 2);
  for (const v1::PartyStanding& one : blocking.parties()) EXPECT_NE(one.partner_id(), "vallon");
  EXPECT_EQ(blocking.deliberating_parties(), board.View().deliberating_parties());
  EXPECT_EQ(blocking.deliberations(), 1u);
}

// The board of one act, whatever else is pending.
TEST(Board, IsThatOfTheActAskedFor) {
  OnBoard board;
  board.play.Conclude(board.play.original(), board.revision);
  const auto propose = [&](const std::string& facility) {
    return board.play.Propose({testing_support::Put(
        testing_support::Facility(facility, "annex-1", "Relais " + facility, "vallon"))});
  };
  const std::string first = propose("fac-2");
  const std::string of_first = board.play.Freeze(first, "2026-01-01");
  const std::string second = propose("fac-3");
  const std::string of_second = board.play.Freeze(second, "2026-01-01");
  const std::string draft = propose("fac-4");
  board.play.Vote("vallon", of_first);

  EXPECT_EQ(board.View().revision().revision(), of_second);
  EXPECT_EQ(board.View().deliberations(), 0u);
  const v1::StatusView asked = board.View({.act_id = first.substr(0, 12)});
  EXPECT_EQ(asked.revision().revision(), of_first);
  EXPECT_EQ(asked.deliberations(), 1u);
  EXPECT_EQ(asked.blocking_parties(), 3u);

  const v1::StatusView concluded = board.View({.act_id = board.play.original()});
  EXPECT_EQ(concluded.revision().revision(), board.revision);
  EXPECT_EQ(concluded.revision().signed_(), 4u);
  EXPECT_EQ(concluded.blocking_parties(), 0u);

  EXPECT_EQ(board.View({.act_id = draft}).revision().revision(), "");
  EXPECT_EQ(board.View({.act_id = draft}).parties_size(), 3);

  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(first);
  withdraw.set_revision(of_first);
  withdraw.set_reason("un autre texte vient");
  ASSERT_OK(board.play.agglo().Do(withdraw, board.play.Coordinator()));
  const v1::StatusView withdrawn = board.View({.act_id = first});
  EXPECT_EQ(withdrawn.revision().revision(), of_first);
  EXPECT_EQ(withdrawn.deliberations(), 1u);
  EXPECT_EQ(withdrawn.blocking_parties(), 0u) << "nobody is waited for";
}

TEST(Board, KnowsNoActThatIsNotThere) {
  OnBoard board;
  for (const char* const act : {"abcdef012345", "ab"}) {
    const auto got = ViewStatus(board.play.agglo().At("2025-06-30"), {.act_id = act});
    EXPECT_EQ(RefusalOf(got.status()).rule, "not-found") << act;
    EXPECT_EQ(RefusalOf(got.status()).field, "act_id") << act;
  }
}

TEST(Board, WaitsForNobodyOnceConcluded) {
  OnBoard board;
  board.play.Conclude(board.play.original(), board.revision);

  EXPECT_EQ(board.View().blocking_parties(), 0u);
  EXPECT_EQ(board.View({.blocking = true}).parties_size(), 0);
  EXPECT_EQ(board.Party("vallon").signing(0).signed_on(), "2025-06-30");
}

// L-58: a concluded act whose vote is gone is for people to qualify, not done with.
TEST(Board, SaysWhatBecameOfAVoteThatDoesNotStandAnyMore) {
  for (const bool concluded : {false, true}) {
    OnBoard board;
    if (concluded) {
      board.play.Conclude(board.play.original(), board.revision);
    } else {
      board.Vote([](v1::Deliberation*) {});
    }
    EXPECT_EQ(board.Party("vallon").next_step().empty(), concluded);
    const v1::StatusView before = board.View();
    v1::RecordFactRequest request;
    request.mutable_fact()->set_happened_on("2025-06-29");
    for (const v1::PartyStanding& one : before.parties()) {
      if (one.partner_id() != "vallon") continue;
      request.mutable_fact()->set_answers(
          Digest::FromHex(one.deliberations(0).event().leaf(), "leaf")->ToBytes());
    }
    request.mutable_fact()->mutable_deliberation_challenged()->set_kind(
        v1::CHALLENGE_KIND_ANNULLED);
    ASSERT_OK(board.play.agglo().Do(request, board.play.Secretariat("vallon")));

    const v1::PartyStanding party = board.Party("vallon");
    EXPECT_EQ(party.stage(), v1::AUTHORITY_STAGE_NO_MANDATE);
    EXPECT_EQ(party.why(), "annulée le 29 juin 2025 (L-58)");
    EXPECT_TRUE(party.blocking());
    EXPECT_THAT(party.next_step(), HasSubstr("annulée le 29 juin 2025"));
    EXPECT_EQ(party.next_step().find("qualifier par un juriste") != std::string::npos, concluded);
    EXPECT_THAT(party.next_step(), HasSubstr("délibérer à nouveau"));
    EXPECT_EQ(board.Party("agglo").next_step().empty(), concluded);
    if (!concluded) continue;
    const v1::StatusView view = board.View();
    const auto told =
        std::count_if(view.findings().begin(), view.findings().end(), [](const v1::Finding& one) {
          return one.code() == "signature-without-deliberation" &&
                 absl::StrContains(one.text(), "a été annulée le 29 juin 2025 (L-58)");
        });
    EXPECT_EQ(told, 1);
  }
}

// --- What is in force on a date (L-14) ---

v1::LinkPredecessorRequest Before(const std::string& start, const std::string& end) {
  v1::LinkPredecessorRequest request;
  request.mutable_predecessor()->set_title("Convention précédente");
  request.mutable_predecessor()->set_start_date(start);
  request.mutable_predecessor()->set_end_date(end);
  return request;
}

TEST(ForceView, KeepsForceApartFromEfficacy) {
  OnBoard board;
  board.play.Conclude(board.play.original(), board.revision);

  const v1::ForceView force = ViewStatus(board.play.agglo().At("2025-03-01"))->force();

  EXPECT_EQ(force.state(), v1::FORCE_STATE_IN_FORCE);
  EXPECT_EQ(force.efficacy_from(), "2025-01-01");
  EXPECT_EQ(force.efficacy_until(), "2030-01-01");
  EXPECT_EQ(force.force_from(), "2025-06-30");
  EXPECT_EQ(force.retroactive_days(), 180u);
  EXPECT_EQ(ViewConvention(board.play.agglo().At("2025-03-01"), "")->force().SerializeAsString(),
            force.SerializeAsString());
}

TEST(ForceView, KnowsThePredecessorAndTheGapAfterIt) {
  OnBoard board;
  ASSERT_OK(
      board.play.agglo().Do(Before("2020-01-01", "2024-06-30"), board.play.Secretariat("agglo")));

  const v1::ForceView during = ViewStatus(board.play.agglo().At("2024-06-30"))->force();
  EXPECT_EQ(during.state(), v1::FORCE_STATE_PREDECESSOR);
  EXPECT_EQ(during.predecessor().title(), "Convention précédente");
  const v1::ForceView after = ViewStatus(board.play.agglo().At("2024-07-01"))->force();
  EXPECT_EQ(after.state(), v1::FORCE_STATE_NOTHING);
  EXPECT_EQ(after.gap_from(), "2024-07-01");
  EXPECT_EQ(after.gap_until(), "");

  board.play.Conclude(board.play.original(), board.revision);
  const v1::ForceView closed = ViewStatus(board.play.agglo().At("2025-03-01"))->force();
  EXPECT_EQ(closed.gap_from(), "2024-07-01");
  EXPECT_EQ(closed.gap_until(), "2024-12-31");
}

TEST(ForceView, TakesACorrectionOfThePredecessorAndRefusesOneThatEndsBeforeItStarts) {
  OnBoard board;
  std::vector<Digest> leaves;
  ASSERT_OK(board.play.agglo().Do(Before("2020-01-01", "2024-06-30"),
                                  board.play.Secretariat("agglo"), &leaves));
  v1::CorrectFactRequest correction;
  correction.set_fact(leaves[0].ToHex());
  correction.set_reason("terme mal lu");
  *correction.mutable_predecessor() = Before("2020-01-01", "2024-12-31").predecessor();
  correction.mutable_predecessor()->set_element_id("terms");
  ASSERT_OK(board.play.agglo().Do(correction, board.play.Secretariat("agglo")));

  const v1::ForceView force = ViewStatus(board.play.agglo().At("2024-12-31"))->force();
  EXPECT_EQ(force.state(), v1::FORCE_STATE_PREDECESSOR);
  EXPECT_EQ(force.predecessor().source(), "Correction : terme mal lu");
  EXPECT_TRUE(force.predecessor().replaces().empty());
  EXPECT_THAT(Decide(board.play.agglo().state(), Before("2025-01-01", "2024-12-31"),
                     board.play.Secretariat("agglo")),
              testing_support::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("précède")));
  EXPECT_THAT(Decide(board.play.agglo().state(), Before("2024-02-30", "2024-12-31"),
                     board.play.Secretariat("agglo")),
              testing_support::StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ForceView, ShowsTwoPredecessorsAsAConflictAndTakesTheOneThatEndsLast) {
  OnBoard board;
  ASSERT_OK(
      board.play.agglo().Do(Before("2020-01-01", "2024-06-30"), board.play.Secretariat("agglo")));
  ASSERT_OK(board.play.caf().Do(Before("2020-01-01", "2024-12-31"),
                                board.play.caf().Context("caf", {v1::ROLE_SECRETARIAT})));
  board.play.net().SyncAll();

  for (const auto replica : {&SamplePlay::agglo, &SamplePlay::caf}) {
    const Known known = (board.play.*replica)().At("2024-12-31");
    EXPECT_EQ(ViewStatus(known)->force().state(), v1::FORCE_STATE_PREDECESSOR);
    EXPECT_EQ(ViewConflicts(known)->conflicts_size(), 1);
  }
}

TEST(Board, OfAnActOvertakenByAnotherSaysToTakeItUpAgain) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string first = play.Propose({testing_support::Remove("ind-1")});
  const std::string second = play.Propose({testing_support::Remove("fac-1")});
  const std::string of_first = play.Freeze(first, "2026-01-01");
  const std::string of_second = play.Freeze(second, "2026-01-01");
  play.Sign(second, of_second, "caf", "caf-pres");
  const auto steps = [&] {
    std::map<std::string, v1::PartyStanding> out;
    const v1::StatusView view =
        ViewStatus(play.agglo().At("2026-06-30"), {.act_id = second}).value();
    for (const v1::PartyStanding& one : view.parties()) out[one.partner_id()] = one;
    return out;
  };
  EXPECT_EQ(steps()["caf"].next_step(), "Signer : Directrice.");

  play.Conclude(first, of_first);

  for (const std::string partner : {"caf", "vallon"}) {
    const v1::PartyStanding party = steps()[partner];
    EXPECT_FALSE(party.blocking());
    EXPECT_THAT(party.next_step(), HasSubstr("par qui l'a proposé ou figé, Agglomération"));
    EXPECT_THAT(party.next_step(), HasSubstr("(L-35) : « avenant n° 1 »."));
  }
  const v1::PartyStanding author = steps()["agglo"];
  EXPECT_TRUE(author.blocking());
  EXPECT_THAT(author.next_step(), HasSubstr("Reprendre l'acte sur le texte en vigueur : le figer "
                                            "de nouveau (greffe act freeze), après révision"));
  EXPECT_THAT(author.next_step_en(), HasSubstr("freeze it anew (greffe act freeze), after a"));
}

// L-36: what has ended is signed no more, and not taken up again.
TEST(Board, SaysThatNothingIsSignedOnceTheConventionHasEnded) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string first = play.Propose({testing_support::Remove("ind-1")});
  const std::string second = play.Propose({testing_support::Remove("fac-1")});
  const std::string of_first = play.Freeze(first, "2026-01-01");
  const std::string of_second = play.Freeze(second, "2026-01-01");
  play.Sign(second, of_second, "vallon", "maire");
  play.Conclude(first, of_first);
  const auto step = [&](const char* day) {
    const v1::StatusView view = ViewStatus(play.agglo().At(day), {.act_id = second}).value();
    return view.parties(0).next_step();
  };
  Known late = play.agglo().At("2040-01-01");
  late.clock_date = *CivilDate::Parse("2040-01-01", "day");

  const v1::StatusView after = ViewStatus(late, {.act_id = second}).value();

  EXPECT_THAT(step("2026-06-30"), HasSubstr("Reprendre l'acte"));
  for (const v1::PartyStanding& one : after.parties()) {
    // Who signed in time had nothing more to do, and still has not.
    if (one.partner_id() == "vallon") {
      EXPECT_EQ(one.next_step(), "");
      EXPECT_FALSE(one.blocking());
      continue;
    }
    EXPECT_THAT(one.next_step(), HasSubstr("Plus rien ne se signe"));
    EXPECT_THAT(one.next_step(), HasSubstr("(L-36)"));
    EXPECT_THAT(one.next_step_en(), HasSubstr("Nothing is signed any more"));
    // Who proposed it withdraws it; the others wait, and are not waited for.
    const bool own = one.partner_id() == "agglo";
    EXPECT_EQ(one.blocking(), own) << one.partner_id();
    EXPECT_THAT(one.next_step(), HasSubstr(own ? "Retirez l'acte (greffe act withdraw)"
                                               : "À retirer par qui l'a proposé ou figé : "));
    EXPECT_THAT(one.next_step(), HasSubstr("(greffe convention new)"));
    EXPECT_EQ(one.next_step().find("(greffe act withdraw)") != std::string::npos, own);
  }
  EXPECT_EQ(after.blocking_parties(), 1u);
}

}  // namespace
}  // namespace greffe
