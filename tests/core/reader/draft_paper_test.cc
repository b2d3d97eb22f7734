#include "core/reader/draft_paper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/reader/draft.h"
#include "core/reader/redraft.h"
#include "core/reader/report_html.h"
#include "tests/core/reader/sample_reading.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::At;
using testing_support::SampleFiles;
using testing_support::SampleReading;

// The sample, with these lines from line 21 on.
Reading Printed(const std::vector<std::string>& lines) {
  Reading reading = SampleReading();
  for (std::size_t i = 0; i < lines.size(); ++i) reading.documents[0].lines[20 + i] = lines[i];
  return reading;
}

v1::ConventionDraft Drafted(const Reading& reading) {
  return MakeDraft(reading, SampleFiles()).draft;
}

std::vector<std::string> Dates(const v1::ConventionDraft& draft) {
  std::vector<std::string> out;
  for (const auto& one : draft.on_paper().signatures()) out.push_back(one.signed_on());
  return out;
}

Deliberation TownVote() {
  Deliberation vote;
  vote.party = At("conseil municipal de la ville de Valbourg", 25);
  vote.date = At("2024-12-10", 25);
  vote.number = At("2024-31", 25);
  vote.votes_for = At("11", 26);
  vote.votes_against = At("2", 26);
  vote.body = At(
      "Vu l'avis qui autorise Mme Jeanne EXEMPLE à signer\nLe conseil approuve le texte.", 25, 27);
  return vote;
}

TEST(DraftPaper, ADateUnderTheFormulaIsEveryOfficesDate) {
  for (const char* line : {"Fait à Valbourg, le 18 décembre 2024, en deux exemplaires",
                           "FAIT A VALBOURG, LE 18/12/2024", "Signé le 18 décembre 2024",
                           "**Fait à Valbourg, le mercredi 18 décembre 2024**"}) {
    EXPECT_THAT(Dates(Drafted(Printed({line}))), ElementsAre("2024-12-18", "2024-12-18")) << line;
  }
  EXPECT_THAT(Dates(Drafted(Printed(
                  {"Fait à Valbourg,", "", "En deux exemplaires,", "Le 18 décembre 2024"}))),
              ElementsAre("2024-12-18", "2024-12-18"));
}

TEST(DraftPaper, WithoutDateOrVoteItStaysAPlainDraft) {
  for (const char* line :
       {"Fait à Valbourg, le xx xxxxxx 2024", "Fait à Valbourg, le ..../..../....",
        "fait à la demande des familles, le 18 décembre 2024", "Fait en décembre 2024",
        "La période court jusqu'au 18 décembre 2024", "Faite à neuf le 18 décembre 2024"}) {
    const v1::ConventionDraft draft = Drafted(Printed({line}));
    EXPECT_FALSE(draft.has_on_paper()) << line;
    EXPECT_THAT(MissingPaper(draft), IsEmpty());
  }
}

TEST(DraftPaper, TwoFormulasOfDifferentDaysGiveNobodyADate) {
  const v1::ConventionDraft draft = Drafted(
      Printed({"Fait à Valbourg, le 18 décembre 2024", "", "Fait à Exempleville, le 3 mars 2025"}));

  EXPECT_TRUE(draft.has_on_paper());
  EXPECT_THAT(Dates(draft), IsEmpty());
}

TEST(DraftPaper, ADateOfOnePartyIsThatPartysAlone) {
  const v1::ConventionDraft draft =
      Drafted(Printed({"Pour la commune de Valbourg", "Le Maire", "le 3 janvier 2025"}));

  ASSERT_THAT(Dates(draft), ElementsAre("2025-01-03"));
  EXPECT_THAT(draft.on_paper().signatures(0).signatory_id(), HasSubstr("valbourg"));
  EXPECT_FALSE(
      Drafted(Printed({"Pour la commune d'Ailleurs", "le 3 janvier 2025"})).has_on_paper());
}

TEST(DraftPaper, AMarkOfSignatureShowsItWithoutADate) {
  for (const char* line :
       {"(signé)", "Signé électroniquement par le directeur", "*Signé*", "[Original signé]"}) {
    const v1::ConventionDraft draft = Drafted(Printed({line}));
    EXPECT_TRUE(draft.has_on_paper()) << line;
    EXPECT_THAT(Dates(draft), IsEmpty()) << line;
  }
  for (const char* line : {"Signature", "Signature du maire", "Il a signé le bail",
                           "Signés par les parties, les avenants sont annexés"}) {
    EXPECT_FALSE(Drafted(Printed({line})).has_on_paper()) << line;
  }
}

TEST(DraftPaper, AVoteSignsNothing) {
  Reading reading = Printed({"Fait à Valbourg, le ...../...../....."});
  reading.convention.deliberations.push_back(TownVote());

  const Draft drafted = MakeDraft(reading, SampleFiles());

  EXPECT_FALSE(drafted.draft.has_on_paper());
  EXPECT_EQ(drafted.paper.signing.deliberations_size(), 1) << "kept for --on-paper";
  EXPECT_THAT(drafted.paper.fr, HasSubstr("un vote ne signe rien"));
  EXPECT_THAT(drafted.paper.lines, testing::Contains(Lines{0, 21, 21}));
}

TEST(DraftPaper, TakesAVoteWithItsFiguresAndNoName) {
  Reading reading = Printed({"(signé)"});
  reading.convention.deliberations.push_back(TownVote());

  const v1::ConventionDraft draft = Drafted(reading);

  ASSERT_EQ(draft.on_paper().deliberations_size(), 1);
  const v1::Deliberation& vote = draft.on_paper().deliberations(0);
  EXPECT_EQ(vote.partner_id(), "commune-de-valbourg");
  EXPECT_EQ(vote.assembly(), "conseil municipal");
  EXPECT_EQ(vote.number(), "2024-31");
  EXPECT_EQ(vote.sitting_on(), "2024-12-10");
  EXPECT_EQ(vote.votes_for(), 11u);
  EXPECT_TRUE(vote.approves_text());
  // Only what it cites authorises anybody.
  EXPECT_FALSE(vote.authorises_signature());
  EXPECT_EQ(vote.published_on(), "");
  EXPECT_THAT(draft.on_paper().DebugString(), Not(HasSubstr("EXEMPLE")));
  const std::vector<DraftNote> missing = MissingPaper(draft);
  ASSERT_EQ(missing.size(), 2u);
  EXPECT_THAT(missing[1].fr, HasSubstr("publication de la délibération"));
  EXPECT_THAT(missing[1].fr, HasSubstr("date de signature (Maire)"));
}

TEST(DraftPaper, TakesTheDaysOfAVoteAndNamesTheSirenOfItsReceipt) {
  Reading reading = Printed({"(signé)"});
  Deliberation vote = TownVote();
  vote.convened_on = At("2024-12-03", 25);
  vote.sent_on = At("2024-12-12", 26);
  vote.received_on = At("2024-12-13", 26);
  vote.receipt_id = At("012-211202023-20241210-2024_31-DE", 26);
  reading.convention.deliberations.push_back(vote);

  v1::ConventionDraft draft = Drafted(reading);

  ASSERT_EQ(draft.on_paper().deliberations_size(), 1);
  EXPECT_EQ(draft.on_paper().deliberations(0).convened_on(), "2024-12-03");
  EXPECT_EQ(draft.on_paper().deliberations(0).transmitted_on(), "2024-12-12");
  const auto told = [&] {
    std::string out;
    for (const DraftNote& one : MissingPaper(draft)) absl::StrAppend(&out, one.fr, one.en);
    return out;
  };
  const auto set_siren = [&](const char* siren) {
    for (v1::Element& one : *draft.mutable_elements()) {
      if (one.has_party() && one.party().partner_id() == "commune-de-valbourg") {
        one.mutable_party()->set_siren(siren);
      }
    }
  };
  set_siren("");
  EXPECT_THAT(told(), HasSubstr("à reporter de l'accusé de réception (211202023)"));
  EXPECT_THAT(told(), HasSubstr("to be copied from the receipt (211202023)"));
  set_siren("211202023");
  EXPECT_THAT(told(), Not(HasSubstr("211202023")));
  // A number that fails its key is nobody's.
  set_siren("");
  draft.mutable_on_paper()->mutable_deliberations(0)->set_receipt_id(
      "012-211202024-20241210-2024_31-DE");
  EXPECT_THAT(told(), Not(HasSubstr("SIREN")));
}

TEST(DraftPaper, InventsNothingOfAVote) {
  Reading reading = Printed({"(signé)"});
  Deliberation vote = TownVote();
  vote.number = At("CM_xxx/2024", 25);
  vote.votes_against = At("11", 26);
  reading.convention.deliberations = {vote};
  v1::ConventionDraft draft = Drafted(reading);
  ASSERT_EQ(draft.on_paper().deliberations_size(), 1);
  EXPECT_EQ(draft.on_paper().deliberations(0).number(), "");
  EXPECT_FALSE(draft.on_paper().deliberations(0).approves_text());

  reading.convention.deliberations[0].party = At("conseil municipal d'Ailleurs", 25);
  draft = Drafted(reading);
  EXPECT_TRUE(draft.has_on_paper());
  EXPECT_EQ(draft.on_paper().deliberations_size(), 0);
}

TEST(DraftPaper, ACorrectionOfItIsKept) {
  const Reading reading = Printed({"Fait à Valbourg, le 18 décembre 2024"});
  v1::ConventionDraft before = Drafted(reading);
  SetAsRead(&before);
  v1::ConventionDraft later = Drafted(Printed({"Fait à Valbourg, le 19 décembre 2024"}));
  SetAsRead(&later);

  Redrafted merged = Redraft(before, later);
  ASSERT_EQ(merged.changes.size(), 1u);
  EXPECT_EQ(merged.changes[0].kind(), v1::IMPORT_CHANGE_KIND_CHANGED);
  EXPECT_EQ(merged.changes[0].element_id(), "on_paper");
  EXPECT_EQ(Dates(merged.draft)[0], "2024-12-19");

  before.mutable_on_paper()->mutable_signatures(0)->set_signed_on("2024-12-20");
  merged = Redraft(before, later);
  ASSERT_EQ(merged.changes.size(), 1u);
  EXPECT_EQ(merged.changes[0].kind(), v1::IMPORT_CHANGE_KIND_BOTH);
  EXPECT_EQ(Dates(merged.draft)[0], "2024-12-20");

  before.clear_on_paper();
  merged = Redraft(merged.draft, later);
  EXPECT_EQ(merged.changes[0].kind(), v1::IMPORT_CHANGE_KIND_CORRECTION_KEPT);
  EXPECT_FALSE(Redraft(before, later).draft.has_on_paper());
}

TEST(PlainText, HasAFigureAndAListOfItsOwn) {
  Reading reading = SampleReading();
  EXPECT_EQ(CountLines(reading).plain, 0u);
  Section rest;
  rest.body = At("On ne sait quoi", 21, 23);
  rest.body.source.confidence = 50;
  Section prose;
  prose.body = At("Un préambule", 24);
  Annex annex;
  annex.body = At("Une charte", 26);
  reading.convention.sections = {rest, prose};
  reading.convention.annexes = {annex};
  reading.uses[0][21] = LineUse::kBlank;
  reading.uses[0][24] = LineUse::kPageHeader;

  const LineCounts counts = CountLines(reading);

  EXPECT_EQ(counts.unread, 0u);
  EXPECT_EQ(counts.plain, 3u);
  // 3 of 28, rounded up.
  EXPECT_EQ(counts.PlainPerMille(), 108u);
  EXPECT_THAT(PlainPassages(reading), ElementsAre(Lines{0, 21, 23}, Lines{0, 26, 26}));
  const std::string html =
      ReportHtml(reading, SampleFiles(), MakeDraft(reading, SampleFiles()), {});
  EXPECT_THAT(html, HasSubstr("10,8 %"));
  EXPECT_LT(html.find("id=\"h-constats\""), html.find("id=\"h-texte\""));
  EXPECT_LT(html.find("id=\"h-texte\""), html.find("id=\"h-completer\""));
}

TEST(TellDecision, SaysWhatIsWrittenAndKeepsWhatWasLeftOut) {
  PaperReading paper;
  paper.fr = "Les documents ne montrent rien : l'ébauche reste un projet.";
  paper.unplaced = 2;
  TellDecision(false, &paper);
  EXPECT_EQ(paper.fr, "Les documents ne montrent rien : l'ébauche reste un projet.");

  TellDecision(true, &paper);

  EXPECT_NE(paper.fr.find("entre comme signée sur papier"), std::string::npos);
  EXPECT_EQ(paper.fr.find("reste un projet"), std::string::npos);
  EXPECT_NE(paper.fr.find("laissées de côté : 2."), std::string::npos);
  EXPECT_NE(paper.en.find("left out: 2."), std::string::npos);
  paper.shown = true;
  TellDecision(false, &paper);
  EXPECT_NE(paper.fr.find("reste un projet, comme demandé"), std::string::npos);
}

TEST(DraftPaper, AnAvenantBesideTheConventionSignsNothingAndIsNamed) {
  Reading reading = Printed({"Fait à Valbourg, le 18 décembre 2024"});
  reading.amendments = {0};

  const Draft draft = MakeDraft(reading, SampleFiles());

  EXPECT_FALSE(draft.draft.has_on_paper());
  ASSERT_FALSE(draft.notes.empty());
  EXPECT_THAT(draft.notes.back().fr, HasSubstr("convention.txt est un avenant"));
}

TEST(DraftPaper, SaysThatNoPartyWasRecognised) {
  Reading reading = SampleReading();
  EXPECT_THAT(MakeDraft(reading, SampleFiles()).notes.back().fr, Not(HasSubstr("Aucune partie")));
  reading.convention.parties.clear();

  EXPECT_THAT(MakeDraft(reading, SampleFiles()).notes.back().fr, HasSubstr("Aucune partie"));
}

}  // namespace
}  // namespace greffe::reader
