#include "core/convention/reading/term_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/convention/queries.h"
#include "core/convention/reading/ended.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// From 2024-01-01 to 2028-12-31; an avenant that is concluded prolongs it from 2026-01-01 on.
struct Prolonged {
  Scenario play;

  Prolonged() { play.SignByAll(play.frozen, "2024-02-01"); }
  void Prolong(const std::string& until) {
    const auto avenant =
        play.Avenant(play.a, "a", 7, Draft(play.original, {TermsElement("2024-01-01", until)}),
                     "2026-01-01", {play.Leaf(play.frozen)});
    play.history.LearnAll();
    play.SignByAll(avenant, "2025-02-01");
  }
  rules::Words Say(const char* on, std::optional<CivilDate> given_from = std::nullopt) {
    const StateData& data = play.Data();
    return TermChangedWords(data, TextInForce(data, Day(on)), given_from);
  }
};

TEST(TermChangedWords, SayTheOriginalTermAndWhatChangedIt) {
  Prolonged term;
  EXPECT_EQ(term.Say("2025-03-01").fr, "");

  term.Prolong("2030-12-31");

  const rules::Words to_come = term.Say("2025-03-01", Day("2026-01-01"));
  EXPECT_THAT(to_come.fr,
              AllOf(HasSubstr("Durée d'origine jusqu'au 31 décembre 2028, modifiée par "),
                    HasSubstr(" du 1er février 2025, en effet au 1er janvier 2026.")));
  EXPECT_THAT(to_come.en, AllOf(HasSubstr("Original term until 31 December 2028, changed by "),
                                HasSubstr(" of 1 February 2025, effective on 1 January 2026.")));
  EXPECT_EQ(term.Say("2026-02-01").fr, to_come.fr);
  // The text of a day before it is as it was.
  EXPECT_EQ(term.Say("2025-03-01").fr, "");
}

TEST(TermChangedWords, AreNoneOfATermPutAgain) {
  Prolonged term;
  term.Prolong("2028-12-31");
  EXPECT_EQ(term.Say("2026-02-01").fr, "");
}

TEST(TermChangedWords, StandBesideWhatIsInForce) {
  testing_support::SamplePlay play;
  play.ConcludeOriginal();
  const auto said = [&play](const char* on) {
    const auto view = ViewConvention(play.agglo().At(on), "");
    EXPECT_OK(view);
    return view.ok() ? view->force().text() : "";
  };
  EXPECT_THAT(said("2025-06-30"), Not(HasSubstr("Durée d'origine")));
  v1::Element terms = testing_support::SampleElement("terms");
  terms.mutable_terms()->set_end_date("2030-12-31");
  const std::string act = play.Propose({testing_support::Put(terms)});
  play.Conclude(act, play.Freeze(act, "2026-01-01"));

  for (const char* const on : {"2025-12-31", "2026-01-01"}) {
    EXPECT_THAT(said(on), AllOf(HasSubstr("31 décembre 2030"),
                                HasSubstr("Durée d'origine jusqu'au 31 décembre 2029, modifiée par "
                                          "l'avenant n° 1 du "),
                                HasSubstr("en effet au 1er janvier 2026.")));
  }
}

}  // namespace
}  // namespace greffe::test
