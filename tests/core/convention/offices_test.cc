// How offices read as their holders change (class C): signed texts keep their words.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "core/convention/views/markdown.h"
#include "tests/core/convention/living_play.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Life = v1::LifeRecorded;
using test::Living;
using testing_support::Facility;
using testing_support::Put;
using testing_support::SampleDraft;

Life Reads(const std::string& words, const std::string& day) {
  Life fact = test::Plain(Life::kRepresentativeChanged, day);
  fact.set_element_id("party-vallon");
  fact.mutable_representative_changed()->set_office_id("maire");
  fact.mutable_representative_changed()->set_office(words);
  return fact;
}

// The convention is concluded on 15 May 2025 and asked about in autumn.
struct Elected : Living {
  Elected() { On("2025-10-01"); }

  void Change(const std::string& words, const std::string& day) {
    Record("vallon", v1::ROLE_SECRETARIAT, Reads(words, day));
  }
  std::string Avenant() {
    return play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "vallon"))});
  }
  std::string Heading(const std::string& act) {
    return ViewInstrument(play.agglo().At("2025-10-01"), act).value().heading();
  }
  v1::ConventionView Text(const char* on) {
    return ViewConvention(play.agglo().At(on), "").value();
  }
  std::vector<std::string> Notes(const char* on) {
    std::vector<std::string> out;
    const v1::ConventionView view = Text(on);
    for (const v1::Finding& one : view.findings()) {
      if (one.code() == "representative-changed") out.push_back(one.text());
    }
    return out;
  }
};

TEST(Offices, ReadAsTheirHolderDoesInLaterAvenants) {
  Elected life;
  life.Change("Mairesse", "2025-09-01");
  const std::string act = life.Avenant();

  EXPECT_THAT(life.Heading(act), HasSubstr("– la Commune du Vallon, agissant par : Mairesse"));
  EXPECT_THAT(life.Heading(act), HasSubstr("Pour la Commune du Vallon – Mairesse : "));
  const std::string revision = life.play.Freeze(act, "2026-01-01");
  EXPECT_THAT(life.Heading(act), HasSubstr("agissant par : Mairesse"));
  // The account of the office signs in either wording.
  life.play.Vote("vallon", revision);
  v1::SignActRequest request;
  request.set_act_id(act);
  request.set_revision(revision);
  EXPECT_OK(Decide(life.play.agglo().state(), request, life.play.Signatory("vallon", "Maire")));
  EXPECT_OK(Decide(life.play.agglo().state(), request, life.play.Signatory("vallon", "Mairesse")));
}

TEST(Offices, KeepTheWordsOfWhatWasFrozenBefore) {
  Elected life;
  const std::string act = life.Avenant();
  const std::string revision = life.play.Freeze(act, "2026-01-01");
  life.play.Vote("vallon", revision);
  life.Change("Mairesse", "2025-09-01");

  EXPECT_THAT(life.Heading(act), HasSubstr("agissant par : Maire ;"));
  EXPECT_THAT(life.Heading(act), Not(HasSubstr("Mairesse")));
  v1::SignActRequest request;
  request.set_act_id(act);
  request.set_revision(revision);
  EXPECT_OK(Decide(life.play.agglo().state(), request, life.play.Signatory("vallon", "Mairesse")));
}

TEST(Offices, StandBesideTheConsolidatedTextFromTheirDayOn) {
  Elected life;
  const std::string signed_text = life.Text("2025-09-30").text_digest();
  life.Change("Mairesse", "2025-09-01");

  EXPECT_TRUE(life.Notes("2025-08-31").empty());
  ASSERT_EQ(life.Notes("2025-09-01").size(), 1u);
  EXPECT_THAT(life.Notes("2025-09-01")[0],
              HasSubstr("Depuis le 1er septembre 2025, « Maire » se lit « Mairesse »"));
  EXPECT_THAT(RenderMarkdown(life.Text("2025-09-30")),
              HasSubstr("| Maire *(Depuis le 1er septembre 2025"));
  EXPECT_THAT(RenderMarkdown(life.Text("2025-08-31")), Not(HasSubstr("Mairesse")));
  // What was signed says what it said.
  EXPECT_EQ(life.Text("2025-09-30").text_digest(), signed_text);
}

TEST(Offices, ReadAsTheLastChangeUntilAnAvenantSaysItself) {
  Elected life;
  life.Change("Mairesse", "2025-09-01");
  life.Change("Maire par intérim", "2025-09-15");
  ASSERT_EQ(life.Notes("2025-09-30").size(), 1u);
  EXPECT_THAT(life.Notes("2025-09-30")[0], HasSubstr("« Maire par intérim »"));

  v1::Element party;
  const v1::ConventionDraft draft = SampleDraft();
  for (const v1::Element& one : draft.elements()) {
    if (one.id() == "party-vallon") party = one;
  }
  party.mutable_party()->mutable_signing_offices(0)->set_office("La maire");
  const std::string act = life.play.Propose({Put(party)});
  const std::string revision = life.play.Freeze(act, "2025-10-01");
  EXPECT_THAT(life.Heading(act), HasSubstr("Pour la Commune du Vallon – La maire : "));
  life.play.Conclude(act, revision);

  EXPECT_TRUE(life.Notes("2025-10-01").empty());
}

// Nobody renames another party's offices.
TEST(Offices, AreChangedByTheirOwnPartyAlone) {
  Elected life;
  Decision decision;
  *decision.events.emplace_back().mutable_life_recorded() = Reads("Personne", "2025-09-01");
  life.play.caf().Write(decision, life.As("caf", v1::ROLE_SECRETARIAT));
  life.play.net().SyncAll();

  EXPECT_TRUE(life.Notes("2025-10-01").empty());
  EXPECT_THAT(life.Heading(life.Avenant()), Not(HasSubstr("Personne")));
}

}  // namespace
}  // namespace greffe
