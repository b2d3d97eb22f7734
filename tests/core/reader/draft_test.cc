#include "core/reader/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/convention/decide.h"
#include "core/reader/draft_text.h"
#include "core/reader/names.h"
#include "tests/core/reader/sample_reading.h"

namespace greffe::reader {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::At;
using testing_support::SampleFiles;
using testing_support::SampleReading;

std::map<std::string, v1::Element> ById(const Draft& draft) {
  std::map<std::string, v1::Element> out;
  for (const v1::Element& element : draft.draft.elements()) out[element.id()] = element;
  return out;
}

std::string ProblemsOf(const Draft& draft) {
  std::string out;
  for (const v1::DraftProblem& problem : CheckDraft(draft.draft)) {
    absl::StrAppend(&out, problem.field(), ": ", problem.text(), "\n");
  }
  return out;
}

TEST(MakeDraft, GivesWhatConventionNewTakes) {
  const Draft draft = MakeDraft(SampleReading(), SampleFiles());

  EXPECT_EQ(ProblemsOf(draft), "");
  const auto elements = ById(draft);
  EXPECT_EQ(elements.at("terms").terms().end_date(), "2029-12-31");
  EXPECT_EQ(elements.at("article-3").article().title(), "Pilotage");
  EXPECT_EQ(elements.at("objectif-i-a").parent_id(), "axe-i");
  EXPECT_EQ(elements.at("action-i-a-1").parent_id(), "objectif-i-a");
  EXPECT_EQ(elements.at("action-i-a-1-indic-nombre-de-places").indicator().kind(),
            v1::INDICATOR_KIND_RESULT);
  EXPECT_EQ(elements.at("partie-commune-de-valbourg").party().siren(), "211234562");
  EXPECT_TRUE(elements.at("partie-commune-de-valbourg").party().deliberates());
  EXPECT_EQ(elements.at("equipement-eaje-creche-madame-colette").facility().supported_by(),
            "commune-de-valbourg");
  EXPECT_EQ(elements.at("article-3-renvoi-fiche-i-a-1").reference().target_id(), "action-i-a-1");
}

TEST(MakeDraft, LeavesOutAnActionThatSaysNothing) {
  Reading reading = SampleReading();
  Action husk;
  husk.schedule_state = v1::FILLED_STATE_FILLED;
  reading.convention.actions.push_back(husk);

  const Draft draft = MakeDraft(reading, SampleFiles());

  EXPECT_EQ(ProblemsOf(draft), "");
  EXPECT_EQ(ById(draft).size(), ById(MakeDraft(SampleReading(), SampleFiles())).size());
}

TEST(MakeDraft, KeepsTheFourStatesApartAndAbsentRubricsAbsent) {
  const auto elements = ById(MakeDraft(SampleReading(), SampleFiles()));

  EXPECT_EQ(elements.at("action-i-a-1-moyens").rubric().state(), v1::FILLED_STATE_NONE);
  EXPECT_EQ(elements.at("action-i-a-1-pilotes").rubric().state(), v1::FILLED_STATE_OPEN);
  EXPECT_EQ(elements.at("action-i-a-1-partenaires").rubric().state(), v1::FILLED_STATE_BLANK);
  EXPECT_EQ(elements.at("action-i-a-1-public").rubric().state(), v1::FILLED_STATE_FILLED);
  EXPECT_EQ(elements.count("action-i-a-1-contexte"), 0u);
}

TEST(MakeDraft, CitesLinesConfidenceAndHowItWasRecovered) {
  const auto elements = ById(MakeDraft(SampleReading(), SampleFiles()));

  const v1::Element& action = elements.at("action-i-a-1");
  ASSERT_EQ(action.sources_size(), 2);
  EXPECT_EQ(action.sources(0).document_sha256(), std::string(64, 'a'));
  EXPECT_EQ(action.sources(0).first_line(), 12u);
  EXPECT_EQ(action.sources(0).confidence(), 50u);
  EXPECT_EQ(action.sources(0).recovered(), "order");
  EXPECT_EQ(action.sources(1).first_line(), 20u);
  ASSERT_EQ(action.aliases_size(), 1);
  EXPECT_EQ(action.aliases(0).source(), "convention.txt:20");
  const v1::Element& article = elements.at("article-3");
  ASSERT_EQ(article.sources_size(), 1);
  EXPECT_EQ(article.sources(0).first_line(), 7u);
  EXPECT_EQ(article.sources(0).last_line(), 9u);
}

TEST(MakeDraft, HoldsOfficesAndNoNamesOfPersons) {
  const Draft draft = MakeDraft(SampleReading(), SampleFiles());

  const std::string all = draft.draft.DebugString();
  EXPECT_FALSE(absl::StrContains(all, "EXEMPLE")) << all;
  EXPECT_FALSE(absl::StrContains(all, "Jeanne")) << all;
  EXPECT_FALSE(absl::StrContains(all, "MODELE")) << all;
  const auto elements = ById(draft);
  EXPECT_EQ(elements.at("article-3").article().body(),
            "Le comité est présidé par Madame [nom].\nIl se réunit.");
  EXPECT_EQ(elements.at("partie-commune-de-valbourg").party().signing_offices(0).office(), "Maire");
  EXPECT_EQ(elements.count("equipement-eaje-creche-madame-colette"), 1u);
}

TEST(MakeDraft, LeavesEmptyWhatTheDocumentsDoNotSay) {
  Reading reading = SampleReading();
  reading.convention.to.date.clear();
  reading.convention.parties[0].representatives.clear();
  reading.convention.parties[1].representatives.clear();

  const std::string problems = ProblemsOf(MakeDraft(reading, SampleFiles()));

  EXPECT_THAT(problems, HasSubstr("terms.end_date"));
  EXPECT_THAT(problems, HasSubstr("L-02"));
}

TEST(MakeDraft, SaysThatADayIsNotPrinted) {
  const Draft draft = MakeDraft(SampleReading(), SampleFiles());

  ASSERT_FALSE(draft.notes.empty());
  EXPECT_EQ(draft.notes[0].element_id, "terms");
  EXPECT_THAT(draft.notes[0].fr, HasSubstr("2025-01-01"));
}

TEST(MakeDraft, CutsWhatIsTooLongAndKeepsItWholeInAChild) {
  Reading reading = SampleReading();
  std::string title;
  while (CountCodePoints(title) <= limits::kTitleCharacters) title += "allongé ";
  reading.convention.articles[0].title = At(title, 7);
  std::string body;
  while (body.size() <= limits::kTextBytes) body += "Une phrase de plus.\n";
  reading.convention.articles[0].body = At(body, 8);

  const Draft draft = MakeDraft(reading, SampleFiles());

  EXPECT_EQ(ProblemsOf(draft), "");
  const auto elements = ById(draft);
  EXPECT_LE(CountCodePoints(elements.at("article-3").article().title()), limits::kTitleCharacters);
  std::string whole_title, rest;
  for (const auto& [id, element] : elements) {
    if (element.parent_id() != "article-3" || !element.has_text_block()) continue;
    (absl::StrContains(element.text_block().title(), "suite") ? rest : whole_title) +=
        element.text_block().body();
  }
  EXPECT_EQ(whole_title, CleanLine(title));
  // Compared apart from the message: the texts are long.
  const std::string joined = absl::StrCat(elements.at("article-3").article().body(), "\n", rest);
  EXPECT_TRUE(joined == CleanText(body));
  EXPECT_GE(draft.notes.size(), 3u);
}

TEST(MakeDraft, JoinsPlacesBeyondTheLimitInsteadOfLosingOne) {
  Reading reading = SampleReading();
  Source& source = reading.convention.articles[0].body.source;
  source.lines.clear();
  for (std::uint32_t i = 0; i < 3 * limits::kSources; ++i) {
    source.lines.push_back({0, 10 + 5 * i, 10 + 5 * i});
  }

  const Draft draft = MakeDraft(reading, SampleFiles());

  EXPECT_EQ(ProblemsOf(draft), "");
  const v1::Element article = ById(draft).at("article-3");
  for (const Lines& lines : source.lines) {
    bool cited = false;
    for (const v1::SourcePlace& place : article.sources()) {
      cited = cited || (place.first_line() <= lines.first && lines.last <= place.last_line());
    }
    EXPECT_TRUE(cited) << lines.first;
  }
}

TEST(MakeDraft, KeepsIdsWhenAnElementIsPutBeforeTheOthers) {
  Reading reading = SampleReading();
  const auto before = ById(MakeDraft(reading, SampleFiles()));
  auto& indicators = reading.convention.actions[0].indicators;
  indicators.insert(indicators.begin(),
                    {v1::INDICATOR_KIND_IMPACT, At("Part des familles satisfaites", 15), {}});

  const auto after = ById(MakeDraft(reading, SampleFiles()));

  EXPECT_EQ(after.size(), before.size() + 1);
  for (const auto& [id, element] : before) EXPECT_EQ(after.count(id), 1u) << id;
}

TEST(MakeDraft, FollowsTheOrderOfTheDocuments) {
  Reading reading = SampleReading();
  Section preamble;
  preamble.kind = v1::TEXT_BLOCK_KIND_PREAMBLE;
  preamble.body = At("Préambule", 6);
  Section closing;
  closing.kind = v1::TEXT_BLOCK_KIND_CLOSING;
  closing.body = At("Fait en deux exemplaires", 28);
  reading.convention.sections = {closing, preamble};

  const Draft draft = MakeDraft(reading, SampleFiles());
  std::vector<std::string> top;
  for (const v1::Element& element : draft.draft.elements()) {
    if (element.parent_id().empty()) top.push_back(element.id());
  }

  EXPECT_THAT(
      top, ElementsAre("terms", "partie-caisse-d-allocations-familiales-du-val",
                       "partie-commune-de-valbourg", "visa-vu-le-code-de-l-action", "preambule",
                       "article-3", "axe-i", "equipement-eaje-creche-madame-colette", "cloture"));
}

// L-10: nothing that was read is left out, and people are told what is none of the text.
TEST(MakeDraft, SaysThatADeliberationIsNoneOfATextThatReservesAnAnnexForIt) {
  Reading reading = SampleReading();
  Deliberation vote;
  vote.number = At("2025-057", 2);
  vote.body = At("Le conseil approuve la convention.", 3);
  reading.convention.deliberations.push_back(vote);
  const auto noted = [&] {
    for (const DraftNote& one : MakeDraft(reading, SampleFiles()).notes) {
      if (one.element_id == "deliberation-2025-057") return one.fr;
    }
    return std::string();
  };
  EXPECT_EQ(noted(), "");

  Annex annex;
  annex.number = "6";
  annex.title = At("Délibération du conseil municipal", 28);
  annex.content = v1::ANNEX_CONTENT_RESERVED;
  reading.convention.annexes.push_back(annex);

  EXPECT_THAT(noted(), HasSubstr("réserve l'annexe 6"));
  EXPECT_THAT(ById(MakeDraft(reading, SampleFiles())).at("deliberation-2025-057").annex().body(),
              HasSubstr("Le conseil approuve"));
}

TEST(NameFilter, ReplacesNamesAfterCivilitiesAndKnownOnes) {
  NameFilter filter({"Mme Jeanne EXEMPLE"});

  EXPECT_EQ(filter.Filter("Mme Léa Le Modèle-Dupré, adjointe"), "Mme [nom], adjointe");
  EXPECT_EQ(filter.Filter("M. DUPONT. Le comité siège."), "M. [nom]. Le comité siège.");
  EXPECT_EQ(filter.Filter("présidé par Jeanne Exemple"), "présidé par [nom]");
  EXPECT_EQ(filter.Filter("Monsieur J. P. de La Tour"), "Monsieur [nom]");
  EXPECT_EQ(filter.count(), 4u);
}

TEST(NameFilter, LeavesOfficesPlacesAndPlainWords) {
  NameFilter filter({"Mme Jeanne EXEMPLE"});

  for (const char* text :
       {"Monsieur le Maire de Valbourg", "Madame la Présidente", "M. LE MAIRE", "Madame Présidente",
        "une place jeanne exemple", "I. M 2 places", "Le Conseil départemental"}) {
    EXPECT_EQ(filter.Filter(text), text);
  }
  EXPECT_EQ(filter.count(), 0u);
}

TEST(DraftText, SplitsWithoutLosingAWord) {
  const std::string text = "un deux\ntrois quatre\ncinqé";
  for (std::size_t bytes = 4; bytes <= text.size(); ++bytes) {
    std::string joined;
    for (const std::string& piece : SplitText(text, bytes)) {
      EXPECT_LE(piece.size(), bytes);
      joined += piece;
    }
    std::string expected = text, got = joined;
    for (std::string* s : {&expected, &got}) {
      s->erase(std::remove_if(s->begin(), s->end(), [](char c) { return c == ' ' || c == '\n'; }),
               s->end());
    }
    EXPECT_EQ(got, expected) << bytes;
  }
}

TEST(IdBook, GivesEachIdOnceWithinTheLimit) {
  IdBook book;
  std::set<std::string> seen;
  for (int i = 0; i < 2000; ++i) {
    const std::string id = book.Take(std::string(70, 'a'));
    EXPECT_TRUE(CheckSlug(id, "id").ok()) << id;
    EXPECT_TRUE(seen.insert(id).second) << id;
  }
  EXPECT_EQ(book.Take("a-2"), "a-2");
  EXPECT_EQ(book.Take("a"), "a");
  EXPECT_EQ(book.Take("a"), "a-3");
}

TEST(MakeDraft, CitesTheTypeOfAFacilityAndTheHeadingOfResultsAsPrinted) {
  Reading reading = SampleReading();
  Facility facility;
  facility.type = "EAJE";
  facility.type_text = At("Crèches :", 21);
  facility.name = At("Les Ours", 22);
  reading.convention.facilities = {facility};
  reading.convention.actions[0].expected_results = {At("Des parents rassurés", 24)};
  reading.convention.actions[0].labels = {At("Échéancier", 25),
                                          At("Ce que nous attendons : résultats", 23)};

  const v1::ConventionDraft draft = MakeDraft(reading, SampleFiles()).draft;

  const auto cites = [](const v1::Element& element, std::uint32_t line) {
    return std::any_of(element.sources().begin(), element.sources().end(), [&](const auto& place) {
      return place.first_line() <= line && line <= place.last_line();
    });
  };
  int seen = 0;
  for (const v1::Element& element : draft.elements()) {
    if (element.has_facility()) {
      EXPECT_EQ(element.facility().type(), "Crèches");
      EXPECT_TRUE(cites(element, 21));
      ++seen;
    }
    const bool results =
        element.has_rubric() && element.rubric().kind() == v1::RUBRIC_KIND_EXPECTED_RESULTS;
    if (!results) continue;
    EXPECT_EQ(element.rubric().label(), "Ce que nous attendons : résultats");
    EXPECT_TRUE(cites(element, 23));
    ++seen;
  }
  EXPECT_EQ(seen, 2);
}

TEST(MakeDraft, CitesTheHeadingsOfSchedulesAndIndicators) {
  Reading reading = SampleReading();
  Action& action = reading.convention.actions[0];
  action.schedule = {{"2027", At("travaux", 22)}};
  action.schedule_state = v1::FILLED_STATE_FILLED;
  action.indicators = {{v1::INDICATOR_KIND_RESULT, At("Nombre de places", 25), {}},
                       {v1::INDICATOR_KIND_RESULT, At("Taux d'occupation", 26), {}}};
  action.labels = {At("Échéancier", 20), At("Indicateurs d'évaluation", 24)};

  const Draft draft = MakeDraft(reading, SampleFiles());
  std::vector<std::string> cited;
  for (const v1::Element& element : draft.draft.elements()) {
    if (!element.has_schedule() && !element.has_indicator()) continue;
    std::string& places = cited.emplace_back();
    for (const v1::SourcePlace& place : element.sources())
      absl::StrAppend(&places, place.first_line(), "-", place.last_line(), " ");
  }
  EXPECT_THAT(cited, ElementsAre("20-20 22-22 ", "24-25 ", "26-26 "));
}

// A draft of what a text reader shows can be signed: characters that nobody sees are left out.
TEST(CleanText, LeavesOutControlsAndWhatTurnsTheDirectionOfWriting) {
  EXPECT_EQ(CleanText("a\x01\xc2\x85\xe2\x80\xae"
                      "b\xe2\x81\xa6"
                      "c\xe2\x80\x8f"
                      "d\xc3\xa9"),
            "abc\xe2\x80\x8f"
            "d\xc3\xa9");
}

}  // namespace
}  // namespace greffe::reader
