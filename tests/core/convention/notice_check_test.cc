#include "core/convention/checks/notice_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "core/convention/checks/life_check.h"
#include "core/convention/views/life_standing.h"
#include "core/convention/views/queries_life.h"
#include "tests/core/convention/three_parties.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using test::Day;
using test::Denunciation;
using test::Prolong;
using test::ThreeParties;
using ::testing::Contains;
using ::testing::HasSubstr;
using Life = v1::LifeRecorded;

// Deadlines of notices, as ViewDeadlines gives them on a day, beyond the term as well.
std::vector<v1::Deadline> NoticesOn(ThreeParties* life, const char* day) {
  const ConventionState& state = life->play.State();
  const EventReader none;
  std::vector<v1::Deadline> out;
  const v1::DeadlinesView view =
      ViewDeadlines({state, "", Day(day), Day(day), none}, {.rules = {"L-50", "L-53"}});
  for (const v1::Deadline& one : view.deadlines()) {
    if (absl::StartsWith(one.id(), "notice-")) out.push_back(one);
  }
  return out;
}

// L-50: it is owed until it is found without effect, which cures nothing, and nobody owes it once
// all is over.
TEST(NoticeDeadlines, OfAFormalNoticeArePastOnceItIsFoundFruitlessAndAfterTheEnd) {
  ThreeParties life;
  const Digest sent = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2028-11-01", {"b"}));
  ASSERT_EQ(NoticesOn(&life, "2028-12-15").size(), 1u);
  EXPECT_EQ(NoticesOn(&life, "2028-12-15")[0].state(), v1::DEADLINE_STATE_LATE);
  EXPECT_EQ(NoticesOn(&life, "2029-01-15")[0].state(), v1::DEADLINE_STATE_PASSED);
  life.Write("b", test::Answering(test::Plain(Life::kNoticeFruitless, "2028-12-02"), sent));
  EXPECT_EQ(NoticesOn(&life, "2028-12-15")[0].state(), v1::DEADLINE_STATE_PASSED);
  EXPECT_THAT(NoticesOn(&life, "2028-12-15")[0].text(),
              testing::AllOf(HasSubstr("restée sans effet"), testing::Not(HasSubstr("Réparer"))));
  life.Terminate("a", sent, "2028-12-05");
  EXPECT_EQ(NoticesOn(&life, "2028-12-04")[0].state(), v1::DEADLINE_STATE_PASSED);
}

TEST(NoticeDeadlines, OfAFormalNoticeAreDoneOnceTheBreachIsCured) {
  ThreeParties life;
  const Digest sent = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2028-11-01", {"b"}));
  life.Write("b", test::Answering(test::Plain(Life::kNoticeFruitless, "2028-12-02"), sent));
  life.Write("a", test::Answering(test::Plain(Life::kNoticeCured, "2028-12-10"), sent));
  EXPECT_EQ(NoticesOn(&life, "2028-12-15")[0].state(), v1::DEADLINE_STATE_DONE);
  EXPECT_THAT(NoticesOn(&life, "2028-12-15")[0].text(), HasSubstr("Réparer"));
}

// L-55: what the end overtook runs no more.
TEST(NoticeDeadlines, AreGoneWhereTheEndCameFirst) {
  ThreeParties life;
  life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2028-12-10", {"b"}));
  EXPECT_EQ(NoticesOn(&life, "2028-12-31").size(), 1u);
  EXPECT_THAT(NoticesOn(&life, "2029-01-01"), testing::IsEmpty());
}

// L-53: what was taken back has none, and leaves those of the letter that counts.
TEST(NoticeDeadlines, OfALetterTakenBackAreGoneAndTheOtherOnesStay) {
  ThreeParties life;
  life.Receive("b", life.Write("a", Denunciation("2026-01-31", "b")), "2026-02-02");
  const Digest again = life.Write("a", Denunciation("2026-02-10", "b"));
  const auto first = [&] {
    const std::vector<v1::Deadline> all = NoticesOn(&life, "2026-03-01");
    EXPECT_EQ(all.size(), 2u);
    return all.empty() ? std::string() : all[0].last_day();
  };
  const std::string before = first();
  life.Receive("b", again, "2026-02-11");
  EXPECT_EQ(first(), before);

  life.Write("a", test::Answering(test::Plain(Life::kDenunciationRetracted, "2026-02-12"), again));

  EXPECT_EQ(first(), before);
}

// CHK-29: who left is no party any more, whatever it sends or says that it received.
TEST(NoticeFindings, NameWhoWasNoPartyOnThatDay) {
  ThreeParties life;
  const Digest before = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2024-05-01", {"c"}));
  life.Leave("c", 7, "2024-06-01");
  const Digest sent = life.Write("c", test::Notice(v1::NOTICE_KIND_BREACH, "2024-07-01", {"a"}));
  const Digest received =
      life.Write("c", test::Answering(test::Plain(Life::kNoticeReceived, "2024-06-02"), before));

  EXPECT_THAT(life.Said(before, "notice-standing", "2024-07-01"), testing::IsEmpty());
  EXPECT_THAT(life.Said(sent, "notice-standing", "2024-07-01"),
              testing::ElementsAre(HasSubstr("CHK-29")));
  EXPECT_THAT(life.Said(received, "notice-standing", "2024-07-01"),
              testing::ElementsAre(HasSubstr("ce fait ne compte pas")));
}

// L-50, L-53: what is counted of a period that is not understood is for people to check.
TEST(NoticeFindings, QuoteAPeriodThatIsNotClear) {
  ThreeParties life;
  v1::Element article = test::ArticleElement("art-9", "fin");
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_TERMINATION);
  article.mutable_article()->set_body(
      "Résiliation vingt et un jours ouvrés après mise en demeure.");
  auto& play = life.play;
  play.SignByAll(play.Avenant(play.a, "a", 9, test::Draft(play.original, {article}), "2025-01-01",
                              {play.Leaf(play.frozen)}),
                 "2024-12-01");
  const Digest sent = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2025-04-01", {"b"}));

  EXPECT_THAT(life.Said(sent, "notice-period-unclear", "2025-04-01"),
              testing::ElementsAre(testing::AllOf(HasSubstr("L-50 : "), HasSubstr("vingt et un"),
                                                  HasSubstr("1 mois supposés, à vérifier"))));
}

// An article about the end, concluded from the start of 2025 on.
void Provide(ThreeParties* life, const std::string& body) {
  v1::Element article = test::ArticleElement("art-9", body);
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_TERMINATION);
  life->Amend(9, {article}, "2025-01-01");
}

// CHK-30: the form of a letter is what the convention says of that letter.
TEST(NoticeFindings, AskForARegisteredLetterWhereTheClauseOfThatNoticeDoes) {
  const char* const code = "proof-of-sending";
  ThreeParties silent;
  const Digest unsaid = silent.Write("a", Denunciation("2025-02-01", "b"));
  EXPECT_THAT(silent.Said(unsaid, code, "2025-02-02"),
              testing::ElementsAre(testing::Not(HasSubstr("recommandé"))));
  ThreeParties life;
  Provide(&life,
          "La convention est résiliée un mois après l'envoi d'une lettre recommandée valant mise "
          "en demeure. Elle peut être dénoncée avec un préavis de six mois.");
  const Digest breach = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2025-02-01", {"b"}));
  const Digest leaves = life.Write("a", Denunciation("2025-02-01", "b"));
  EXPECT_THAT(life.Said(breach, code, "2025-02-02"),
              testing::ElementsAre(HasSubstr("(« La convention est résiliée un mois après l'envoi "
                                             "d'une lettre recommandée")));
  EXPECT_THAT(life.Said(leaves, code, "2025-02-02"),
              testing::ElementsAre(testing::Not(HasSubstr("recommandé"))));
}

// CHK-30: and what is on record of the letter is compared with it.
TEST(NoticeFindings, CompareTheFormOnRecordWithTheClause) {
  const auto send = [](ThreeParties* life, const char* number) {
    Life fact = Denunciation("2025-02-01", "b");
    fact.mutable_notice_sent()->set_letter_number(number);
    fact.set_evidence_digest(std::string(32, 'e'));
    return life->Write("a", fact);
  };
  ThreeParties letter;
  Provide(&letter, "Elle peut être dénoncée. Elle l'est par lettre recommandée.");
  EXPECT_THAT(letter.Said(send(&letter, ""), "notice-form", "2025-02-02"),
              testing::ElementsAre(HasSubstr("« Elle l'est par lettre recommandée. »")));
  EXPECT_THAT(letter.Said(send(&letter, "1A"), "notice-form", "2025-02-02"), testing::IsEmpty());
  ThreeParties deed;
  Provide(&deed, "Elle peut être dénoncée par acte extrajudiciaire.");
  EXPECT_THAT(deed.Said(send(&deed, "1A"), "notice-form", "2025-02-02"),
              testing::ElementsAre(HasSubstr("une autre forme")));
  EXPECT_THAT(deed.Said(send(&deed, ""), "notice-form", "2025-02-02"), testing::IsEmpty());
}

// L-53: who leaves tells those whom the clause names, by one letter or by several.
TEST(NoticeFindings, NameWhoIsStillToBeTold) {
  const char* const code = "notice-not-to-all";
  ThreeParties life;
  Provide(&life, "Chacune peut dénoncer en prévenant les autres.");
  const Digest first = life.Write("a", Denunciation("2025-02-01", "b"));
  ASSERT_EQ(life.Said(first, code, "2025-02-02").size(), 1u);
  EXPECT_THAT(life.Said(first, code, "2025-02-02")[0],
              testing::AllOf(HasSubstr("« Chacune peut dénoncer en prévenant les autres. »"),
                             HasSubstr("restent à prévenir : ")));
  const Digest second = life.Write("a", Denunciation("2025-02-03", "c"));
  EXPECT_THAT(life.Said(first, code, "2025-02-04"), testing::IsEmpty());
  EXPECT_THAT(life.Said(second, code, "2025-02-04"), testing::IsEmpty());
  // A letter taken back told nobody.
  life.Write("a", test::Answering(test::Plain(Life::kDenunciationRetracted, "2025-02-04"), second));
  EXPECT_THAT(life.Said(first, code, "2025-02-05"), testing::SizeIs(1));

  ThreeParties at_once;
  Provide(&at_once, "Chacune peut dénoncer en prévenant les autres.");
  const Digest both =
      at_once.Write("a", test::Notice(v1::NOTICE_KIND_DENUNCIATION, "2025-02-01", {"b", "c"}));
  EXPECT_THAT(at_once.Said(both, code, "2025-02-02"), testing::IsEmpty());
  ThreeParties silent;
  const Digest one = silent.Write("a", Denunciation("2025-02-01", "b"));
  EXPECT_THAT(silent.Said(one, code, "2025-02-02"), testing::IsEmpty());
}

// CHK-30, L-53: nobody moves the start of a notice by its own word alone without being told.
TEST(NoticeFindings, TellAReceiptThatItsSenderAloneRecorded) {
  ThreeParties life;
  const Digest sent = life.Write("a", Denunciation("2025-01-31", "b"));
  const Digest own =
      life.Write("a", test::Answering(test::Plain(Life::kNoticeReceived, "2025-02-03"), sent));
  const auto said = [&](const char* code) { return life.Said(own, code, "2025-04-01"); };
  EXPECT_THAT(said("receipt-unproven"), testing::ElementsAre(HasSubstr("3 février 2025")));

  life.Receive("b", sent, "2025-02-20");
  EXPECT_THAT(said("receipt-unproven"), testing::IsEmpty());
  EXPECT_THAT(
      said("receipt-contested"),
      testing::ElementsAre(testing::AllOf(HasSubstr("3 février 2025"), HasSubstr("20 février 2025"),
                                          HasSubstr("date contestée"))));
  // Confirmed by who received it.
  life.Receive("b", sent, "2025-02-03");
  EXPECT_THAT(said("receipt-contested"), testing::IsEmpty());

  ThreeParties proven;
  const Digest letter = proven.Write("a", Denunciation("2025-01-31", "b"));
  Life slip = test::Answering(test::Plain(Life::kNoticeReceived, "2025-02-03"), letter);
  slip.set_evidence_digest(std::string(32, 'e'));
  const Digest with_proof = proven.Write("a", slip);
  EXPECT_THAT(proven.Said(with_proof, "receipt-unproven", "2025-04-01"), testing::IsEmpty());
}

// L-50: no article that is not there is named, and what is assumed is said to be.
TEST(NoticeFindings, TellATerminationThatNoClauseProvidesFor) {
  const char* const code = "termination-without-clause";
  const auto terminate = [](ThreeParties* life) {
    const Digest sent = life->Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2025-02-01", {"b"}));
    life->Write("b", test::Answering(test::Plain(Life::kNoticeFruitless, "2025-03-05"), sent));
    return std::pair(sent, life->Terminate("a", sent, "2025-03-06"));
  };
  const auto standing = [](ThreeParties* life, const Digest& sent) {
    const CivilDate day = Day("2025-04-01");
    const StateData& data = life->play.Data();
    const ConsolidatedText text = TextInForce(data, day);
    const LifeBook book(data, text, day);
    const PartyBook names(data);
    const DeadlineInput in{data, text, book, names, FindEnding(data, book), InForceSince(data),
                           day};
    return StandingOf(in, *book.LineOf(data.FindEvent(sent))).text.fr;
  };
  ThreeParties silent;
  const auto [sent, ends] = terminate(&silent);
  EXPECT_THAT(silent.Said(ends, code, "2025-04-01"),
              testing::ElementsAre(testing::AllOf(HasSubstr("L-50"), HasSubstr("à faire qualifier"),
                                                  HasSubstr("1 mois"), HasSubstr("supposés"))));
  EXPECT_THAT(silent.Said(ends, "termination-to-qualify", "2025-04-01"),
              testing::ElementsAre(testing::Not(HasSubstr("article"))));
  EXPECT_THAT(standing(&silent, sent),
              testing::AllOf(HasSubstr("Aucun article ne la prévoit"),
                             testing::Not(HasSubstr("lettre de l'article"))));

  ThreeParties said;
  Provide(&said, "Résiliation de plein droit un mois après une mise en demeure sans effet.");
  const auto [breach, by_clause] = terminate(&said);
  EXPECT_THAT(said.Said(by_clause, code, "2025-04-01"), testing::IsEmpty());
  EXPECT_THAT(said.Said(by_clause, "termination-to-qualify", "2025-04-01"),
              testing::ElementsAre(HasSubstr("selon la lettre de l'article")));
  EXPECT_THAT(standing(&said, breach), HasSubstr("selon la lettre de l'article"));
}

// L-53: taken back on the last day of its notice, it asks for nothing more.
TEST(NoticeFindings, SayNothingOfADenunciationTakenBackInTime) {
  for (const char* const day : {"2025-07-31", "2025-08-01"}) {
    ThreeParties life;
    const Digest sent = life.Write("a", Denunciation("2025-01-31", "b"));
    life.Receive("b", sent, "2025-01-31");
    const Digest back =
        life.Write("a", test::Answering(test::Plain(Life::kDenunciationRetracted, day), sent));
    const bool late = day == std::string("2025-08-01");
    EXPECT_EQ(life.Said(back, "retraction-late", "2025-09-01").size(), late ? 1u : 0u) << day;
    EXPECT_EQ(life.Said(sent, "denunciation-to-qualify", "2025-09-01").size(), late ? 1u : 0u);
  }
}

// CHK-31: its notice is counted from receipt once that is known, from sending until then.
TEST(NoticeFindings, CompareADenunciationWithTheTermFromItsReceipt) {
  ThreeParties life;
  const Digest sent = life.Write("a", Denunciation("2028-06-20", "b"));
  const char* const code = "denunciation-after-end";
  EXPECT_THAT(life.Said(sent, code, "2028-08-01"), testing::IsEmpty());
  life.Receive("b", sent, "2028-07-05");
  EXPECT_THAT(life.Said(sent, code, "2028-08-01"), testing::SizeIs(1));
  // Beyond the calendar there is nothing to compare or to qualify.
  Prolong(&life, "2028-06-01", "2199-12-31");
  const Digest beyond = life.Write("b", Denunciation("2199-12-01", "a"));
  EXPECT_THAT(life.Said(beyond, code, "2199-12-01"), testing::IsEmpty());
  EXPECT_THAT(life.Said(beyond, "denunciation-to-qualify", "2199-12-01"), testing::IsEmpty());
}

// L-50: cured once it had been found without effect, the finding was right on its day.
TEST(NoticeFindings, CallNoticesCuredBeforeTheyWereFoundFruitlessAlone) {
  ThreeParties life;
  const Digest sent = life.Write("a", test::Notice(v1::NOTICE_KIND_BREACH, "2024-04-01", {"b"}));
  const Digest found =
      life.Write("b", test::Answering(test::Plain(Life::kNoticeFruitless, "2024-05-02"), sent));
  const char* const code = "fruitless-after-cure";
  const Digest cured =
      life.Write("a", test::Answering(test::Plain(Life::kNoticeCured, "2024-05-03"), sent));
  EXPECT_THAT(life.Said(found, code, "2024-06-01"), testing::IsEmpty());
  Life earlier = test::Answering(test::Plain(Life::kNoticeCured, "2024-05-02"), sent);
  earlier.set_reason("date");
  life.Write("a", test::Replacing(earlier, {cured}));
  EXPECT_THAT(life.Said(found, code, "2024-06-01"), testing::SizeIs(1));
}

// L-24, L-30: what a peer recorded all the same is found.
TEST(LifeFindings, NameACorrectionOfTheTermAndAnExchangeWithoutItsRegister) {
  ThreeParties life;
  Life error = test::Plain(Life::kErrorCorrected, "2025-06-01");
  error.mutable_error_corrected()->set_wrong("2028-12-31");
  error.mutable_error_corrected()->set_right("2029-12-31");
  life.Write("a", error);
  Life request = test::Plain(Life::kDataExchangeRequested, "2025-06-01");
  request.mutable_data_exchange_requested()->set_holder_partner_id("b");
  const Digest asked = life.Write("a", request);
  life.Write("b", test::Answering(test::Plain(Life::kDpoOpinionGiven, "2025-06-02"), asked));
  Life accepted = test::Answering(test::Plain(Life::kDataExchangeDecided, "2025-06-03"), asked);
  accepted.mutable_data_exchange_decided()->set_accepted(true);
  life.Write("b", accepted);

  for (const char* code :
       {"correction-of-terms", "exchange-unregistered", "accepted-against-opinion"}) {
    EXPECT_THAT(life.Findings("2025-06-03"), Contains(code));
  }
}

}  // namespace
}  // namespace greffe
