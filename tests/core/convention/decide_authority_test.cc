#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/core/convention/signing_play.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using test::SatAgain;
using test::SaysNo;
using test::Signing;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::Facility;
using testing_support::Put;
using testing_support::StatusIs;

TEST(DecideAuthority, RefusesASignatureWithoutAVoteAndSaysWhatLiftsIt) {
  Signing signing;

  const auto refused = signing.Sign();

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition,
                                AllOf(HasSubstr("L-08"), HasSubstr("Commune du Vallon"))));
  EXPECT_EQ(RefusalOf(refused.status()).rule, "L-08");
  EXPECT_THAT(RefusalOf(refused.status()).next_fr, HasSubstr("greffe deliberation record"));
  EXPECT_THAT(RefusalOf(refused.status()).en, HasSubstr("may not sign yet"));
}

TEST(DecideAuthority, SignsOnceTheVoteIsExecutory) {
  Signing signing;
  signing.Vote([](v1::Deliberation*) {});

  EXPECT_OK(signing.Sign());
}

TEST(DecideAuthority, RefusesASignatureWhosePublicationOrReceiptIsMissing) {
  for (const auto& [clear, missing] :
       {std::pair{&v1::Deliberation::clear_published_on, "publication à prouver"},
        std::pair{&v1::Deliberation::clear_received_on, "réception en préfecture à prouver"}}) {
    Signing signing;
    signing.Vote([clear = clear](v1::Deliberation* vote) { (vote->*clear)(); });
    EXPECT_THAT(signing.Sign(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                         AllOf(HasSubstr("L-07"), HasSubstr(missing))));
  }
}

TEST(DecideAuthority, RefusesASignatureThatTheVoteDoesNotAuthorise) {
  Signing signing;
  signing.Vote([](v1::Deliberation* vote) { vote->set_authorises_signature(false); });

  EXPECT_THAT(signing.Sign(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-05")));

  signing.Vote([](v1::Deliberation* vote) { vote->set_number("2025-013"); });
  EXPECT_OK(signing.Sign());
}

// L-11, CHK-20: a vote binds to the text voted.
TEST(DecideAuthority, WantsANewVoteOnATextFrozenAnew) {
  Signing signing;
  signing.Vote([](v1::Deliberation*) {});
  EXPECT_OK(signing.Sign());
  v1::ReviseActRequest revise;
  revise.set_act_id(signing.act);
  *revise.add_changes() = Put(Facility("fac-9", "annex-1", "Ludothèque", "vallon"));
  ASSERT_OK(signing.play.agglo().Do(revise, signing.play.Coordinator()));
  signing.revision = signing.play.Freeze(signing.act);

  EXPECT_THAT(signing.Sign(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                       HasSubstr("aucune délibération sur ce texte")));
  signing.Vote([](v1::Deliberation*) {});
  EXPECT_OK(signing.Sign());
}

// The text voted, frozen again as it was: the vote is on it, and nobody votes anew. It is another
// one once a word of it changes.
TEST(DecideAuthority, TakesTheVoteOnATextFrozenAgainWithoutAChange) {
  Signing signing;
  signing.Vote([](v1::Deliberation*) {});
  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(signing.act);
  withdraw.set_revision(signing.revision);
  withdraw.set_reason("mauvaise date de séance annoncée");
  ASSERT_OK(signing.play.agglo().Do(withdraw, signing.play.Coordinator()));
  const std::string first = signing.revision;
  signing.revision = signing.play.Freeze(signing.act);
  ASSERT_NE(signing.revision, first);

  EXPECT_OK(signing.Sign());
  EXPECT_FALSE(signing.IsFlagged("vote-on-replaced-text", v1::FINDING_SEVERITY_WARNING));
  const auto votes_behind = [&](const std::string& revision) {
    const v1::HistoryView history = ViewHistory(signing.play.agglo().At("2025-06-30"), "").value();
    std::vector<std::string> out;
    for (const v1::HistoryEntry& entry : history.entries()) {
      if (entry.origin().revision() != revision) continue;
      for (const auto& one : entry.deliberations()) out.push_back(one.event().leaf());
    }
    return out;
  };
  EXPECT_THAT(votes_behind(signing.revision), ElementsAre(signing.vote.ToHex()))
      << "the history lists what counts";
  EXPECT_THAT(votes_behind(first), ElementsAre(signing.vote.ToHex()));

  v1::ReviseActRequest revise;
  revise.set_act_id(signing.act);
  *revise.add_changes() = Put(Facility("fac-9", "annex-1", "Ludothèque", "vallon"));
  ASSERT_OK(signing.play.agglo().Do(revise, signing.play.Coordinator()));
  signing.revision = signing.play.Freeze(signing.act);
  EXPECT_THAT(signing.Sign(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                       HasSubstr("aucune délibération sur ce texte")));
  EXPECT_THAT(votes_behind(signing.revision), IsEmpty());
  EXPECT_TRUE(signing.IsFlagged("vote-on-replaced-text", v1::FINDING_SEVERITY_WARNING));
}

// CGCT art. L. 2121-20: an equal vote adopts nothing without the casting vote.
TEST(DecideAuthority, RefusesASignatureOnATieUntilTheCastingVoteIsOnRecord) {
  const auto tie = [](v1::CastingVote casting) {
    return [casting](v1::Deliberation* vote) {
      vote->set_votes_for(7);
      vote->set_votes_against(7);
      vote->set_abstentions(0);
      vote->set_casting_vote(casting);
    };
  };
  Signing signing;
  signing.Vote(tie(v1::CASTING_VOTE_UNSPECIFIED));
  const auto refused = signing.Sign();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition,
                                AllOf(HasSubstr("L-05"), HasSubstr("7 pour + 7 contre"))));
  EXPECT_THAT(RefusalOf(refused.status()).next_fr, HasSubstr("--casting-vote"));
  signing.Correct(tie(v1::CASTING_VOTE_FOR));
  EXPECT_OK(signing.Sign());

  Signing lost;
  lost.Vote(tie(v1::CASTING_VOTE_AGAINST));
  EXPECT_THAT(lost.Sign(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                    HasSubstr("voix prépondérante du président : contre")));
}

// Nobody can tell what an assembly decided from a record that cannot be so.
TEST(DecideAuthority, RefusesASignatureOnARecordThatContradictsItselfUntilItIsCorrected) {
  struct Case {
    const char* rule;
    const char* field;
    const char* words;
    std::function<void(v1::Deliberation*)> change;
  };
  const Case cases[] = {
      {"L-06", "deliberation.members_present", "16 présents pour 15",
       [](v1::Deliberation* vote) { vote->set_members_present(16); }},
      {"L-06", "deliberation.members_represented", "16 membres présents ou représentés pour 15",
       [](v1::Deliberation* vote) { vote->set_members_represented(4); }},
      {"L-06", "deliberation.members_represented", "8 représentés pour 6 présents",
       [](v1::Deliberation* vote) {
         vote->set_members_present(6);
         vote->set_members_represented(8);
       }},
      {"L-06", "deliberation.votes_for", "15 voix exprimées ou abstentions pour 14",
       [](v1::Deliberation* vote) { vote->set_votes_for(14); }},
      {"CHK-33", "deliberation.abstentions", "13 voix et abstentions pour 14",
       [](v1::Deliberation* vote) { vote->clear_abstentions(); }},
      {"CHK-06", "deliberation.received_on", "avant la séance",
       [](v1::Deliberation* vote) { vote->set_received_on("2025-03-09"); }},
      {"CHK-06", "deliberation.published_on", "avant la séance",
       [](v1::Deliberation* vote) { vote->set_published_on("2025-03-09"); }},
      {"CHK-06", "deliberation.certified_executory_on", "avant la séance",
       [](v1::Deliberation* vote) { vote->set_certified_executory_on("2025-03-09"); }},
      {"CHK-05", "deliberation.receipt_id", "daté du 9 mars 2025",
       [](v1::Deliberation* vote) {
         vote->set_receipt_id("012-211202023-20250309-DEL2025012-DE");
       }},
      {"CHK-06", "deliberation.transmitted_on", "après sa réception",
       [](v1::Deliberation* vote) { vote->set_transmitted_on("2025-03-18"); }},
  };
  for (const Case& one : cases) {
    Signing signing;
    signing.Vote(one.change);
    const auto refused = signing.Sign();
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(one.words)));
    EXPECT_EQ(RefusalOf(refused.status()).rule, one.rule) << one.words;
    EXPECT_EQ(RefusalOf(refused.status()).field, one.field);
    EXPECT_THAT(RefusalOf(refused.status()).next_fr, HasSubstr("greffe correct"));
    signing.Correct([](v1::Deliberation*) {});
    EXPECT_OK(signing.Sign()) << one.words;
  }
}

// CHK-04: the receipt of another commune proves nothing of this one's vote.
TEST(DecideAuthority, RefusesASignatureOnTheReceiptOfAnotherCommune) {
  Signing signing;
  v1::ReviseActRequest revise;
  revise.set_act_id(signing.act);
  const v1::ConventionDraft draft = testing_support::SampleDraft();
  for (const v1::Element& one : draft.elements()) {
    if (one.id() != "party-vallon") continue;
    v1::Change& change = *revise.add_changes();
    *change.mutable_put() = one;
    change.mutable_put()->mutable_party()->set_siren("211202023");
    change.mutable_put()->mutable_party()->set_insee("12202");
  }
  ASSERT_OK(signing.play.agglo().Do(revise, signing.play.Coordinator()));
  signing.revision = signing.play.Freeze(signing.act);
  signing.Vote([](v1::Deliberation* vote) {
    vote->set_receipt_id("045-214502858-20250310-DELIB2025012-DE");
  });

  const auto refused = signing.Sign();
  EXPECT_EQ(RefusalOf(refused.status()).rule, "CHK-04");
  EXPECT_EQ(RefusalOf(refused.status()).field, "deliberation.receipt_id");
  EXPECT_THAT(RefusalOf(refused.status()).fr, HasSubstr("celui de la partie est 211202023"));
  EXPECT_TRUE(signing.IsFlagged("receipt-of-another", v1::FINDING_SEVERITY_SERIOUS));
  signing.Correct(
      [](v1::Deliberation* vote) { vote->set_receipt_id("012-211202023-20250310-DEL2025012-DE"); });
  EXPECT_OK(signing.Sign());
}

// The same assembly, the same text, and a later sitting that turns it down.
TEST(DecideAuthority, RefusesASignatureWhileALaterVoteSaysTheContrary) {
  Signing signing;
  signing.Vote([](v1::Deliberation*) {});
  signing.Vote(SaysNo("2025-05-12"));
  const auto refused = signing.Sign();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition,
                                AllOf(HasSubstr("ne s'accordent pas"), HasSubstr("12 mai 2025"))));
  // Both commands name the record: `greffe` takes them as they stand.
  const std::string leaf = signing.vote.ToHex().substr(0, 12);
  const std::string challenge = absl::StrCat(
      "greffe deliberation challenge ", signing.play.agglo().state().id().ToHex().substr(0, 12),
      " ", leaf, " --kind withdrawn|annulled");
  const std::string correct = absl::StrCat("greffe correct ", leaf, " --reason");
  for (const std::string& next :
       {RefusalOf(refused.status()).next_fr, RefusalOf(refused.status()).next_en}) {
    EXPECT_THAT(next, AllOf(HasSubstr(challenge), HasSubstr(correct)));
  }
  const v1::StatusView view = ViewStatus(signing.play.agglo().At("2025-06-30")).value();
  for (const v1::PartyStanding& party : view.parties()) {
    if (party.partner_id() != "vallon") continue;
    EXPECT_EQ(party.stage(), v1::AUTHORITY_STAGE_NO_MANDATE);
    EXPECT_THAT(party.next_step(),
                AllOf(HasSubstr("10 contre"), HasSubstr(challenge), HasSubstr(correct)));
    EXPECT_THAT(party.next_step(), HasSubstr("ou faire délibérer à nouveau"));
  }
  EXPECT_EQ(view.deliberations(), 0u);

  // Its own party says that the later one does not stand.
  signing.Challenge(v1::CHALLENGE_KIND_WITHDRAWN);
  EXPECT_OK(signing.Sign());
}

TEST(DecideAuthority, LetsAMandateGivenAfterTheRefusalServe) {
  Signing signing;
  signing.Vote([](v1::Deliberation*) {});
  signing.Vote(SaysNo("2025-05-12"));
  // What cannot have been lifts no refusal, nor brings back what was voted before it.
  signing.Vote([](v1::Deliberation* vote) {
    SatAgain("2025-06-02")(vote);
    vote->set_members_present(16);
  });
  const auto refused = signing.Sign();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition,
                                AllOf(HasSubstr("16 présents pour 15"), HasSubstr("2 juin 2025"))));
  EXPECT_EQ(RefusalOf(refused.status()).rule, "L-06");

  signing.Vote(SatAgain("2025-06-10"));
  EXPECT_OK(signing.Sign());
}

// Neither published nor received, a vote after the refusal is the one that has to be.
TEST(DecideAuthority, WaitsForTheVoteAfterTheRefusalToBeExecutory) {
  Signing signing;
  signing.Vote([](v1::Deliberation*) {});
  signing.Vote(SaysNo("2025-05-12"));
  signing.Vote([](v1::Deliberation* vote) {
    SatAgain("2025-06-02")(vote);
    vote->clear_published_on();
  });

  EXPECT_THAT(signing.Sign(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                       AllOf(HasSubstr("L-07"), HasSubstr("publication"))));
}

TEST(DecideAuthority, CountsAMandateOfTheDayOfARefusalUnlessItIsWithdrawn) {
  Signing signing;
  signing.Vote([](v1::Deliberation*) {});
  signing.Vote(SaysNo("2025-05-12"));
  signing.Vote([](v1::Deliberation* vote) {
    SatAgain("2025-05-12")(vote);
    vote->set_number("2025-021");
  });
  EXPECT_OK(signing.Sign());

  // What was voted before the refusal does not come back.
  signing.Challenge(v1::CHALLENGE_KIND_WITHDRAWN);
  EXPECT_THAT(signing.Sign(),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("séance du 10 mars 2025"), HasSubstr("12 mai 2025"))));
}

// Each refusal counts from its own sitting on, not the last alone.
TEST(DecideAuthority, FlagsAPaperSignatureBetweenTwoRefusalsAndNoneBeforeThem) {
  for (const auto& [signed_on, flagged] :
       {std::pair{"2025-05-11", false}, std::pair{"2025-05-20", true}}) {
    Signing signing;
    signing.Vote([](v1::Deliberation*) {});
    signing.Vote(SaysNo("2025-05-12"));
    signing.Vote(SaysNo("2025-06-16"));
    signing.SignOnPaper(signed_on);
    EXPECT_EQ(signing.IsFlagged("signature-without-deliberation", v1::FINDING_SEVERITY_SERIOUS),
              flagged)
        << signed_on;
  }
}

// No mandate at all is no less than one that came too late; dates yet to be proven are.
TEST(DecideAuthority, FlagsAPaperSignatureWithoutAMandateAsSerious) {
  const auto severity = [](Signing& signing) {
    signing.SignOnPaper("2025-06-29");
    for (const v1::FindingSeverity one :
         {v1::FINDING_SEVERITY_SERIOUS, v1::FINDING_SEVERITY_WARNING}) {
      if (signing.IsFlagged("signature-without-deliberation", one)) return one;
    }
    return v1::FINDING_SEVERITY_UNSPECIFIED;
  };
  Signing none;
  EXPECT_EQ(severity(none), v1::FINDING_SEVERITY_SERIOUS);
  Signing unauthorised;
  unauthorised.Vote([](v1::Deliberation* vote) { vote->set_authorises_signature(false); });
  EXPECT_EQ(severity(unauthorised), v1::FINDING_SEVERITY_SERIOUS);
  Signing unpublished;
  unpublished.Vote([](v1::Deliberation* vote) { vote->clear_published_on(); });
  EXPECT_EQ(severity(unpublished), v1::FINDING_SEVERITY_WARNING);
}

// It says what is wrong with the vote on record: « no délibération » is said where there is none.
TEST(DecideAuthority, SaysOfASignatureWithoutBasisWhatTheVotesOnRecordLack) {
  const auto found = [](Signing& signing) {
    signing.SignOnPaper("2025-06-29");
    std::string out;
    const auto view = ViewStatus(signing.play.agglo().At("2025-06-30"), {});
    for (const v1::Finding& one : view->findings()) {
      if (one.code() == "signature-without-deliberation") absl::StrAppend(&out, one.text());
    }
    return out;
  };
  Signing none;
  EXPECT_THAT(found(none), HasSubstr(" ; aucune délibération sur ce texte n'est enregistrée."));

  // Published and received: executory, and no mandate all the same.
  Signing unauthorised;
  unauthorised.Vote([](v1::Deliberation* vote) { vote->set_authorises_signature(false); });
  EXPECT_THAT(found(unauthorised), AllOf(HasSubstr("n'autorise pas sa signature (L-05)"),
                                         Not(HasSubstr("aucune délibération"))));

  Signing unpublished;
  unpublished.Vote([](v1::Deliberation* vote) { vote->clear_published_on(); });
  EXPECT_THAT(found(unpublished), HasSubstr("n'est pas exécutoire, publication à prouver (L-07)"));

  Signing disagreeing;
  disagreeing.Vote([](v1::Deliberation*) {});
  disagreeing.Vote(SaysNo("2025-05-12"));
  EXPECT_THAT(found(disagreeing), HasSubstr("les votes enregistrés ne s'accordent pas (L-05)"));
}

TEST(DecideAuthority, RecordsAPaperSignatureOnAContradictionAndFlagsIt) {
  Signing signing;
  signing.Vote([](v1::Deliberation* vote) { vote->set_members_present(16); });
  signing.SignOnPaper("2025-06-29");

  EXPECT_TRUE(signing.IsFlagged("signature-on-contradiction", v1::FINDING_SEVERITY_SERIOUS));
  EXPECT_TRUE(signing.IsFlagged("votes-present", v1::FINDING_SEVERITY_SERIOUS));
  signing.Correct([](v1::Deliberation*) {});
  EXPECT_FALSE(signing.IsFlagged("signature-on-contradiction", v1::FINDING_SEVERITY_SERIOUS));
}

TEST(DecideAuthority, RefusesASignatureOnAVoteThatWasWithdrawnSuspendedOrAnnulled) {
  for (const v1::ChallengeKind kind :
       {v1::CHALLENGE_KIND_WITHDRAWN, v1::CHALLENGE_KIND_SUSPENDED, v1::CHALLENGE_KIND_ANNULLED}) {
    Signing signing;
    signing.Vote([](v1::Deliberation*) {});
    signing.Challenge(v1::CHALLENGE_KIND_GRACIOUS);
    EXPECT_OK(signing.Sign()) << "a challenge suspends nothing";
    signing.Challenge(kind);
    const auto refused = signing.Sign();
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-58")));
    signing.Vote([](v1::Deliberation* vote) { vote->set_number("2025-014"); });
    EXPECT_OK(signing.Sign()) << "the assembly voted again";
  }
}

TEST(DecideAuthority, RefusesTheSameDayUnlessTimesProveTheOrder) {
  Signing signing;
  signing.Vote([](v1::Deliberation* vote) { vote->set_received_on("2025-06-30"); });
  const auto refused = signing.Sign();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("ce jour même")));
  EXPECT_THAT(RefusalOf(refused.status()).next_fr, HasSubstr("Signez demain"));

  Signing timed;
  timed.Vote([](v1::Deliberation* vote) {
    vote->set_received_on("2025-06-30");
    vote->set_received_time("10:29");
  });
  // 10:30 in Paris, then 10:29.
  EXPECT_OK(timed.Sign("2025-06-30T08:30:00Z"));
  EXPECT_THAT(timed.Sign("2025-06-30T08:29:00Z"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-08")));
  // A clock that is of another day says nothing.
  EXPECT_THAT(timed.Sign("2025-07-01T08:30:00Z"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-08")));
}

// CHK-03 is an error of the record, no block of the signature (domain.md section 7.9): what makes
// the délibération exécutoire are its days, and an identifier typed with a slip does not take them
// away. That of another day is another act's (CHK-05).
TEST(DecideAuthority, FlagsAnIdentifierOutOfFormAndLetsThePartySign) {
  for (const char* const slip :
       {"047-000000000-20250310-délib 12", "047-000000000-20250230-DEL2025012-DE"}) {
    Signing signing;
    signing.Vote([&](v1::Deliberation* vote) { vote->set_receipt_id(slip); });
    EXPECT_TRUE(signing.IsFlagged("receipt-form", v1::FINDING_SEVERITY_SERIOUS)) << slip;
    EXPECT_OK(signing.Sign()) << slip;
  }
  Signing other;
  other.Vote(
      [](v1::Deliberation* vote) { vote->set_receipt_id("047-000000000-20250311-DEL2025012-DE"); });
  EXPECT_EQ(RefusalOf(other.Sign().status()).rule, "CHK-05");
}

TEST(DecideAuthority, LetsAPartySignOnOfficeWhereNobodyVotes) {
  Signing signing;
  v1::SignActRequest request;
  request.set_act_id(signing.act);
  request.set_revision(signing.revision);

  EXPECT_OK(
      Decide(signing.play.caf().state(), request, signing.play.Signatory("caf", "Directrice")));
}

// L-12: the sample is frozen on 30 June 2025.
TEST(DecideAuthority, FlagsASignatureDatedBeforeThereWasATextToSign) {
  for (const auto& [signed_on, flagged] :
       {std::pair{"2025-06-29", true}, std::pair{"2025-06-30", false}}) {
    Signing signing;
    signing.Vote([](v1::Deliberation*) {});
    signing.SignOnPaper(signed_on);
    EXPECT_EQ(signing.IsFlagged("signature-before-text", v1::FINDING_SEVERITY_WARNING), flagged)
        << signed_on;
  }
}

// L-11: so is a vote.
TEST(DecideAuthority, FlagsAVoteDatedBeforeThereWasATextToVote) {
  for (const auto& [sitting_on, flagged] :
       {std::pair{"2025-06-29", true}, std::pair{"2025-06-30", false}}) {
    Signing signing;
    signing.Vote([&](v1::Deliberation* vote) { vote->set_sitting_on(sitting_on); });
    EXPECT_EQ(signing.IsFlagged("vote-before-text", v1::FINDING_SEVERITY_WARNING), flagged)
        << sitting_on;
  }
}

// Of a text that was voted before it was entered here: one line, not one for each assembly.
TEST(DecideAuthority, TellsTheVotesDatedBeforeTheTextTogether) {
  Signing signing;
  const auto told = [&] {
    std::vector<v1::Finding> out;
    const v1::StatusView view = ViewStatus(signing.play.agglo().At("2025-06-30")).value();
    for (const v1::Finding& one : view.findings()) {
      if (one.code() == "vote-before-text") out.push_back(one);
    }
    return out;
  };
  signing.Vote([](v1::Deliberation*) {});
  ASSERT_EQ(told().size(), 1u);
  EXPECT_EQ(told()[0].leaf(), signing.vote.ToHex());
  EXPECT_EQ(told()[0].field(), "deliberation.sitting_on");
  EXPECT_THAT(told()[0].text(),
              HasSubstr("séance du 10 mars 2025 (Commune du Vallon), avant que le texte soit figé "
                        "dans Greffe (le 30 juin 2025)"));

  v1::RecordDeliberationRequest agglo;
  *agglo.mutable_deliberation() = testing_support::SoundDeliberation("agglo", signing.revision);
  agglo.mutable_deliberation()->set_sitting_on("2025-03-06");
  agglo.mutable_deliberation()->clear_receipt_id();
  ASSERT_OK(signing.play.agglo().Do(agglo, signing.play.Secretariat("agglo")));
  const std::string first = signing.revision;
  // Frozen again as it was, it is that text still, and a vote on it is told with the others.
  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(signing.act);
  withdraw.set_revision(first);
  withdraw.set_reason("une date");
  ASSERT_OK(signing.play.agglo().Do(withdraw, signing.play.Coordinator()));
  const std::string again = signing.play.Freeze(signing.act);
  signing.VoteOn(again, SatAgain("2025-04-03"));

  ASSERT_EQ(told().size(), 1u);
  EXPECT_THAT(told()[0].leaf(), AnyOf(first, again));
  EXPECT_EQ(told()[0].field(), "");
  EXPECT_THAT(told()[0].text(), HasSubstr("3 délibérations, séances du 6 mars 2025 au 3 avril "
                                          "2025"));
  EXPECT_THAT(told()[0].text(), HasSubstr("entré après le vote"));
}

// A peer may have written any day: a signature of a day that had not come is found.
TEST(DecideAuthority, FlagsASignatureOfADayThatHadNotCome) {
  for (const auto& [day, flagged] : {std::pair{"2025-06-30", false}, {"2025-07-01", true}}) {
    Signing signing;
    signing.Vote([](v1::Deliberation*) {});
    Decision decision;
    v1::SignatureGiven* given = decision.events.emplace_back().mutable_signature_given();
    given->set_revision(Digest::FromHex(signing.revision, "revision")->ToBytes());
    given->set_signatory_id("maire");
    given->set_kind(v1::SIGNATURE_KIND_ELECTRONIC);
    given->set_signed_on(day);
    signing.play.agglo().Write(decision, signing.play.Signatory("vallon", "Maire"));
    EXPECT_EQ(signing.IsFlagged("future-date", v1::FINDING_SEVERITY_WARNING), flagged) << day;
  }
}

// A refusal on record, then a paper dated before it: which came last is for people to say.
TEST(DecideAuthority, TellsARefusalFromAPaperSignatureDatedBeforeIt) {
  const auto said = [](const std::string& signed_on) {
    Signing signing;
    signing.Vote([](v1::Deliberation*) {});
    v1::RefuseActRequest refuse;
    refuse.set_act_id(signing.act);
    refuse.set_revision(signing.revision);
    refuse.set_reason("le conseil a changé d'avis");
    EXPECT_OK(signing.play.agglo().Do(refuse, signing.play.Signatory("vallon", "Maire")));
    signing.SignOnPaper(signed_on);
    std::string out;
    const v1::StatusView view = ViewStatus(signing.play.agglo().At("2025-06-30")).value();
    for (const v1::Finding& one : view.findings()) {
      if (one.code() == "refusal-after-signature" || one.code() == "signature-after-refusal") {
        out += one.text();
      }
    }
    return out;
  };
  EXPECT_THAT(said("2025-06-29"), AllOf(HasSubstr("refus enregistré le 30 juin 2025"),
                                        HasSubstr("datée du 29 juin 2025"),
                                        HasSubstr("refus postérieur à la signature, à qualifier"),
                                        Not(HasSubstr("puis l'a signé"))));
  EXPECT_THAT(said("2025-06-30"), AllOf(HasSubstr("puis l'a signé"), Not(HasSubstr("qualifier"))));
}

TEST(DecideAuthority, RecordsAnEarlyPaperSignatureAndFlagsIt) {
  Signing signing;
  signing.Vote([](v1::Deliberation*) {});
  signing.SignOnPaper("2025-03-16");

  EXPECT_TRUE(signing.IsFlagged("signature-before-receipt", v1::FINDING_SEVERITY_SERIOUS));
}

}  // namespace
}  // namespace greffe
