// Refusals of what changed since somebody looked: each language in its own words and dates.

#include "core/convention/reading/stale.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/reading/changed_words.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleElement;
using testing_support::SamplePlay;

v1::ReportProgressRequest Progress(v1::ProgressState state) {
  v1::ReportProgressRequest request;
  request.mutable_progress()->set_element_id("act-1");
  request.mutable_progress()->set_state(state);
  return request;
}

v1::Element Body(v1::BodyKind kind) {
  v1::Element element;
  element.set_id("body-1");
  element.mutable_body()->set_name("Comité");
  element.mutable_body()->set_kind(kind);
  return element;
}

TEST(Stale, SaysStatesAndDaysOfAValueInEachLanguage) {
  SamplePlay play;
  const CommandContext read_before = play.Coordinator();
  ASSERT_OK(play.agglo().Do(Progress(v1::PROGRESS_STATE_IN_PROGRESS), play.Coordinator()));

  const Refusal refusal = RefusalOf(
      Decide(play.agglo().state(), Progress(v1::PROGRESS_STATE_DELAYED), read_before).status());

  EXPECT_THAT(refusal.fr, AllOf(HasSubstr("en cours, au 30 juin 2025 (Agglomération du Vallon, le"),
                                HasSubstr("La vôtre : en retard, au 30 juin 2025.")));
  EXPECT_THAT(refusal.en, AllOf(HasSubstr("in progress, on 30 June 2025 (Agglomération du Vallon, "
                                          "on "),
                                HasSubstr("Yours: delayed, on 30 June 2025.")));
  EXPECT_THAT(refusal.en, AllOf(Not(HasSubstr("en cours")), Not(HasSubstr("«"))));
}

TEST(Stale, SaysWhatIsNowOfACorrectedFactInEachLanguage) {
  SamplePlay play;
  std::vector<Digest> leaves;
  ASSERT_OK(play.agglo().Do(Progress(v1::PROGRESS_STATE_IN_PROGRESS), play.Coordinator(), &leaves));
  v1::CorrectFactRequest request;
  request.set_fact(leaves[0].ToHex());
  request.set_reason("Erreur");
  *request.mutable_progress() = Progress(v1::PROGRESS_STATE_DONE).progress();
  request.mutable_progress()->set_as_of("2025-06-30");
  ASSERT_OK(play.agglo().Do(request, play.Coordinator()));

  const Refusal refusal =
      RefusalOf(Decide(play.agglo().state(), request, play.Coordinator()).status());

  EXPECT_THAT(refusal.fr, HasSubstr("ce fait a changé depuis votre lecture. Valeur actuelle : "
                                    "terminée, au 30 juin 2025"));
  EXPECT_THAT(refusal.en, HasSubstr("this fact: changed since you read it. Current value: done, on "
                                    "30 June 2025"));
}

TEST(Stale, SaysTheValueThatCameToAConflictInEachLanguage) {
  SamplePlay play;
  ASSERT_OK(play.agglo().Do(Progress(v1::PROGRESS_STATE_DONE), play.Coordinator()));
  ASSERT_OK(play.caf().Do(Progress(v1::PROGRESS_STATE_IN_PROGRESS), play.CafCoordinator()));
  play.net().SyncAll();
  CommandContext unread = play.CafCoordinator();
  unread.read_cut.reset();
  const v1::ConflictView conflict = ViewConflicts(play.caf().At("2025-06-30"))->conflicts(0);
  v1::SettleConflictRequest request;
  request.set_conflict_id(conflict.conflict_id());
  request.set_keep(conflict.values(0).event().leaf());

  const Refusal refusal = RefusalOf(Decide(play.caf().state(), request, unread).status());

  EXPECT_THAT(refusal.fr, AllOf(HasSubstr("ce conflit"), HasSubstr("s'y est ajoutée.")));
  EXPECT_THAT(refusal.en, AllOf(HasSubstr("this conflict"), HasSubstr("was added to it."),
                                HasSubstr("2 values are to be seen together.")));
  EXPECT_THAT(refusal.en, AllOf(Not(HasSubstr("ce conflit")), Not(HasSubstr("terminée")),
                                Not(HasSubstr("en cours"))));
}

TEST(Excerpt, NamesFieldsAndKindsByTheirWords) {
  const v1::Element before = Body(v1::BODY_KIND_WORKING_GROUP);
  const v1::Element after = Body(v1::BODY_KIND_COORDINATION);

  const rules::Words words = Excerpt(&after, &before);

  EXPECT_EQ(words.fr, "Nature = « Coordination ».");
  EXPECT_EQ(words.en, "Kind = “Coordination”.");
  EXPECT_EQ(Excerpt(&before, &after).en, "Kind = “Working group”.");
  EXPECT_EQ(Excerpt(&before, &before).fr, "« Comité ».");
  EXPECT_EQ(Excerpt(&before, &before).en, "“Comité”.");
}

v1::ProposeActRequest Avenant(const v1::Change& change) {
  v1::ProposeActRequest out;
  out.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  out.mutable_draft()->set_title("Avenant");
  *out.mutable_draft()->add_changes() = change;
  return out;
}

TEST(Stale, SaysInEachLanguageWhatAConcludedActRemoved) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Remove("body-1")});
  const CommandContext context = play.Coordinator();
  play.Conclude(act, play.Freeze(act, "2026-01-01"));
  const v1::ProposeActRequest request = Avenant(Put(Body(v1::BODY_KIND_WORKING_GROUP)));

  const Refusal refusal = RefusalOf(Decide(play.agglo().state(), request, context).status());

  EXPECT_EQ(refusal.rule, "L-35");
  EXPECT_THAT(refusal.fr, HasSubstr("En vigueur : supprimé. Votre acte : "));
  EXPECT_THAT(refusal.fr, HasSubstr("devient « Groupe de travail »"));
  // Named as it was: it is in the text no more.
  EXPECT_THAT(refusal.fr, HasSubstr("« Comité de pilotage » (body-1)"));
  EXPECT_THAT(refusal.en, HasSubstr("In force: removed. Your act: "));
  EXPECT_THAT(refusal.en, HasSubstr("becomes “Working group”"));
}

TEST(Stale, TellsTheWordsThatEachActChangesNotTheTitleAlone) {
  SamplePlay play;
  play.ConcludeOriginal();
  const auto article = [](const std::string& what) {
    v1::Element out = SampleElement("art-1");
    out.mutable_article()->set_body("La convention définit " + what + " du territoire.");
    return out;
  };
  const std::string act = play.Propose({Put(article("le projet commun"))});
  const CommandContext context = play.Coordinator();
  play.Conclude(act, play.Freeze(act, "2026-01-01"));
  const v1::ProposeActRequest request = Avenant(Put(article("le plan")));

  const Refusal refusal = RefusalOf(Decide(play.agglo().state(), request, context).status());

  EXPECT_THAT(refusal.fr, HasSubstr("L-35 : « Article 1 – Objet » (art-1) a été changé par « "));
  EXPECT_THAT(refusal.fr, HasSubstr("En vigueur : Texte : « projet » devient « projet commun »."));
  EXPECT_THAT(refusal.fr, HasSubstr("Votre acte : Texte : « projet » devient « plan »."));
  EXPECT_THAT(refusal.en, HasSubstr("Your act: Text: “projet” becomes “plan”."));
  EXPECT_THAT(refusal.next_fr, HasSubstr("changes { remove: \"art-1\" drop: true }"));
}

TEST(Stale, NamesWhatBothAddAsTheOtherOneAddedIt) {
  SamplePlay play;
  play.ConcludeOriginal();
  const auto article = [](const std::string& title) {
    v1::Element out = SampleElement("art-1");
    out.set_id("art-2");
    out.mutable_article()->set_number("2");
    out.mutable_article()->set_title(title);
    return out;
  };
  const std::string act = play.Propose({Put(article("Réserve"))});
  const CommandContext context = play.Coordinator();
  play.Conclude(act, play.Freeze(act, "2026-01-01"));

  const Refusal refusal =
      RefusalOf(Decide(play.agglo().state(), Avenant(Put(article("Fonds"))), context).status());

  EXPECT_THAT(refusal.fr,
              HasSubstr("« Article 2 – Réserve » (art-2) a été changé par « avenant n° 1 »"));
  EXPECT_THAT(refusal.en, HasSubstr("“Article 2 – Réserve” (art-2) was changed by “avenant n° 1”"));
  EXPECT_THAT(refusal.next_en, HasSubstr("{ remove: \"art-2\" drop: true }"));
}

TEST(ChangedWords, ShowsTheRunThatDiffersAndWhatIsBesideAnAddition) {
  const auto body = [](const std::string& cadence) {
    v1::Element out = Body(v1::BODY_KIND_WORKING_GROUP);
    out.mutable_body()->set_cadence(cadence);
    return out;
  };
  const v1::Element once = body("Il se réunit une fois par an");
  const v1::Element more = body("Il se réunit une fois par an au moins");
  const v1::Element none = body("");

  EXPECT_THAT(ChangedWords(&once, &more).fr, HasSubstr(": « an » devient « an au moins »."));
  EXPECT_THAT(ChangedWords(&more, &once).fr, HasSubstr(": « an au moins » devient « an »."));
  EXPECT_THAT(ChangedWords(&none, &once).fr, HasSubstr(": rien devient « Il se réunit"));
  EXPECT_EQ(ChangedWords(&once, &once).fr, "inchangé.");
  EXPECT_EQ(ChangedWords(&once, nullptr).en, "removed.");
  EXPECT_EQ(ChangedWords(&once, &once).en, "unchanged.");
  EXPECT_THAT(ChangedWords(nullptr, &once).fr, HasSubstr("Nom = « Comité »"));
  EXPECT_THAT(ChangedWords(&once, &none).en, HasSubstr("” becomes nothing."));
  v1::Element moved = once;
  moved.set_position("z");
  EXPECT_EQ(ChangedWords(&once, &moved).fr, "déplacé.");
  EXPECT_EQ(ChangedWords(&once, &moved).en, "moved.");
  // What is put before the rest is shown with the word after it.
  const v1::Element first = body("Ainsi Il se réunit une fois par an");
  EXPECT_THAT(ChangedWords(&once, &first).fr, HasSubstr(": « Il » devient « Ainsi Il »."));
  const v1::Element wide = body("Il se réunit  une fois par an");
  EXPECT_THAT(ChangedWords(&once, &wide).fr,
              HasSubstr("« Il se réunit une fois par an » devient « Il se réunit  une"));
}

TEST(ChangedWords, CutsNoAmount) {
  const auto body = [](const std::string& cadence) {
    v1::Element out = Body(v1::BODY_KIND_WORKING_GROUP);
    out.mutable_body()->set_cadence(cadence);
    return out;
  };
  const v1::Element less = body("Il dispose de 24 000 € par an.");
  const v1::Element more = body("Il dispose de 30 000 € par an.");
  const v1::Element other = body("Il dispose de 24 000 000 € par an.");
  EXPECT_THAT(ChangedWords(&less, &more).fr, HasSubstr(": « 24 000 € » devient « 30 000 € »."));
  EXPECT_THAT(ChangedWords(&less, &other).fr, HasSubstr("« 24 000 € » devient « 24 000 000 € »."));
}

TEST(ChangedWords, ShowsThreeFieldsAndSaysThatThereAreMore) {
  const v1::Element before = Body(v1::BODY_KIND_WORKING_GROUP);
  v1::Element after = Body(v1::BODY_KIND_COORDINATION);
  after.mutable_body()->set_name("Instance");
  after.mutable_body()->set_cadence("tous les mois");
  const rules::Words three = ChangedWords(&before, &after);
  EXPECT_THAT(three.fr, Not(HasSubstr("…")));
  EXPECT_EQ(std::count(three.fr.begin(), three.fr.end(), ':'), 3);
  EXPECT_THAT(three.fr, HasSubstr(" ; "));
  EXPECT_EQ(three.fr.back(), '.');
  after.mutable_body()->set_chair("Présidence tournante");
  const rules::Words four = ChangedWords(&before, &after);
  EXPECT_THAT(four.fr, ::testing::EndsWith(" ; …"));
  EXPECT_THAT(four.fr, Not(HasSubstr("tous les mois")));
  EXPECT_THAT(four.en, ::testing::EndsWith(" ; …"));
}

}  // namespace
}  // namespace greffe
