#include "core/export/scdl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "core/convention/queries.h"
#include "tests/core/export/scdl_check.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::ParseCsv;
using testing_support::ProblemsOfScdl;
using testing_support::StatusIs;

constexpr char kSiret[] = "21120202300019";

v1::ConventionView ScdlView() {
  v1::ConventionView view;
  view.set_title("Convention Territoriale Globale de Rodez 2025-2027");
  v1::Party& party = *view.add_elements()->mutable_element()->mutable_party();
  party.set_partner_id("rodez");
  party.set_name("Ville de Rodez");
  party.set_siret(kSiret);
  return view;
}

v1::Deliberation Vote() {
  v1::Deliberation vote;
  vote.set_partner_id("rodez");
  vote.set_assembly("conseil municipal");
  vote.set_number("2025-057");
  vote.set_sitting_on("2025-06-23");
  vote.set_members_in_office(35);
  vote.set_members_present(32);
  vote.set_members_represented(3);
  vote.set_votes_for(35);
  vote.set_received_on("2025-06-27");
  return vote;
}

v1::HistoryView Original(const v1::Deliberation& vote) {
  v1::HistoryView history;
  v1::HistoryEntry* entry = history.add_entries();
  entry->set_kind(v1::DIFF_KIND_ADDED);
  entry->mutable_origin()->set_label("convention");
  *entry->add_deliberations()->mutable_deliberation() = vote;
  return history;
}

absl::StatusOr<std::string> Rendered(const v1::Deliberation& vote,
                                     const ScdlOptions& options = {}) {
  return RenderScdlDeliberations(ScdlView(), Original(vote), options);
}

std::string ScdlRow(const absl::StatusOr<std::string>& file) {
  if (!file.ok()) return std::string(file.status().message());
  const std::size_t end = file->find("\r\n");
  return file->substr(end + 2);
}

TEST(RenderScdl, WritesTheRowOfTheSchemasOwnExample) {
  const ScdlOptions options = {.pref_id = {{"", "PREF012"}},
                               .url = {{"", "https://exemple.fr/2025-057.pdf"}},
                               .separator = ';'};

  const auto file = Rendered(Vote(), options);

  EXPECT_EQ(ScdlRow(file),
            "Ville de Rodez;21120202300019;2025-057;2025-06-23;8.2;domaines de compétences par "
            "thèmes/aide sociale;Convention Territoriale Globale de Rodez 2025-2027;;;PREF012;"
            "2025-06-27;35;35;35;0;0;https://exemple.fr/2025-057.pdf\r\n");
  EXPECT_THAT(ProblemsOfScdl(*file, ';'), IsEmpty());
}

TEST(RenderScdl, UsesACommaAndQuotesWhatHoldsOne) {
  v1::Deliberation vote = Vote();
  vote.set_number("57, \"bis\"\r\n=1+1");

  const auto file = Rendered(vote);

  ASSERT_OK(file);
  EXPECT_THAT(ProblemsOfScdl(*file), IsEmpty());
  EXPECT_EQ(ParseCsv(*file, ',').at(1).at(2), "57, \"bis\"  =1+1");
}

TEST(RenderScdl, WritesAHeaderWhereNobodyVoted) {
  const auto file = RenderScdlDeliberations(ScdlView(), {}, {});

  ASSERT_OK(file);
  EXPECT_EQ(ParseCsv(*file, ',').size(), 1u);
  EXPECT_THAT(ProblemsOfScdl(*file), IsEmpty());
}

TEST(RenderScdl, LeavesOutThePrefectureOfWhatItDidNotReceive) {
  v1::Deliberation vote = Vote();
  vote.clear_received_on();

  const auto file = Rendered(vote, {.pref_id = {{"", "PREF012"}}});

  ASSERT_OK(file);
  EXPECT_EQ(ParseCsv(*file, ',').at(1).at(9), "");
  EXPECT_EQ(ParseCsv(*file, ',').at(1).at(10), "");
}

TEST(RenderScdl, LeavesOutAVoteWithoutCountAsAWhole) {
  v1::Deliberation vote = Vote();
  vote.set_members_present(0);
  vote.set_members_represented(0);
  vote.set_votes_for(0);

  const auto file = Rendered(vote);

  ASSERT_OK(file);
  EXPECT_THAT(ProblemsOfScdl(*file), IsEmpty());
  EXPECT_EQ(ParseCsv(*file, ',').at(1).at(11), "");
}

// It stands behind each freeze of the text voted.
TEST(RenderScdl, NamesARecordWithoutANumberOnce) {
  v1::Deliberation vote = Vote();
  vote.clear_number();
  v1::HistoryView history = Original(vote);
  history.mutable_entries(0)->mutable_deliberations(0)->mutable_event()->set_leaf("abcdef");
  *history.add_entries() = history.entries(0);

  const Refusal refusal = RefusalOf(RenderScdlDeliberations(ScdlView(), history, {}).status());

  const std::size_t first = refusal.fr.find("Ville de Rodez");
  ASSERT_NE(first, std::string::npos) << refusal.fr;
  EXPECT_EQ(first, refusal.fr.rfind("Ville de Rodez")) << refusal.fr;
}

TEST(RenderScdl, RefusesARowWithoutSiretByName) {
  v1::ConventionView view = ScdlView();
  v1::Party& party = *view.mutable_elements(0)->mutable_element()->mutable_party();
  party.clear_siret();
  // Never made from it.
  party.set_siren("211202023");

  const auto file = RenderScdlDeliberations(view, Original(Vote()), {});

  EXPECT_THAT(file.status(), StatusIs(absl::StatusCode::kFailedPrecondition));
  const Refusal refusal = RefusalOf(file.status());
  EXPECT_EQ(refusal.rule, "CHK-33");
  EXPECT_THAT(refusal.fr, AllOf(HasSubstr("Ville de Rodez, conseil municipal n° 2025-057"),
                                HasSubstr("--siret rodez=SIRET")));
  EXPECT_THAT(refusal.next_en, HasSubstr("--siret"));
  EXPECT_THAT(refusal.next_en, HasSubstr("(greffe correct)"));
  EXPECT_OK(RenderScdlDeliberations(view, Original(Vote()), {.siret = {{"rodez", kSiret}}}));
}

TEST(RenderScdl, RefusesTheSiretOfAnotherBody) {
  v1::ConventionView view = ScdlView();
  v1::Party& party = *view.mutable_elements(0)->mutable_element()->mutable_party();
  party.set_siren("211202023");
  EXPECT_OK(RenderScdlDeliberations(view, Original(Vote()), {}));

  const auto other =
      RenderScdlDeliberations(view, Original(Vote()), {.siret = {{"rodez", "20009695600004"}}});

  EXPECT_THAT(RefusalOf(other.status()).fr,
              HasSubstr("« 20009695600004 » n'est pas de son SIREN 211202023"));
}

// A party of which no SIREN is known has no SIRET to compare with: that of another is not its own.
TEST(RenderScdl, RefusesTheSiretOfAnotherPartyForOneWithoutSiren) {
  v1::ConventionView view = ScdlView();
  view.mutable_elements(0)->mutable_element()->mutable_party()->clear_siret();
  v1::Party& other = *view.add_elements()->mutable_element()->mutable_party();
  other.set_partner_id("agglo");
  other.set_name("Rodez Agglomération");
  const auto rendered = [&] {
    return RenderScdlDeliberations(view, Original(Vote()), {.siret = {{"rodez", kSiret}}});
  };
  EXPECT_OK(rendered());

  other.set_siren("211202023");
  EXPECT_THAT(RefusalOf(rendered().status()).fr,
              AllOf(HasSubstr("« 21120202300019 » est d'une autre partie, Rodez Agglomération"),
                    HasSubstr("aucun SIREN n'est connu")));
  other.clear_siren();
  other.set_siret(kSiret);
  EXPECT_THAT(RefusalOf(rendered().status()).fr, HasSubstr("est d'une autre partie"));
  // With its own SIREN the two are one body's, which is for people to see.
  view.mutable_elements(0)->mutable_element()->mutable_party()->set_siren("211202023");
  EXPECT_OK(rendered());
}

TEST(RenderScdl, WritesADeliberationOnceThoughItBearsTwoTexts) {
  v1::HistoryView history = Original(Vote());
  *history.add_entries() = history.entries(0);
  history.mutable_entries(1)->set_kind(v1::DIFF_KIND_CHANGED);
  v1::Deliberation other = Vote();
  other.set_number("2025-058");
  *history.mutable_entries(1)->add_deliberations()->mutable_deliberation() = other;

  const auto file = RenderScdlDeliberations(ScdlView(), history, {});

  ASSERT_OK(file);
  const auto rows = ParseCsv(*file, ',');
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1][2], "2025-057");
  EXPECT_EQ(rows[1][6], "Convention Territoriale Globale de Rodez 2025-2027");
  EXPECT_EQ(rows[2][2], "2025-058");
}

TEST(RenderScdl, AsksOnceForThePartnersSiretAndTellsTheRest) {
  v1::ConventionView view = ScdlView();
  view.mutable_elements(0)->mutable_element()->mutable_party()->clear_siret();
  v1::Deliberation later = Vote();
  later.set_number("2026-001");
  later.clear_sitting_on();
  v1::HistoryView history = Original(Vote());
  *history.mutable_entries(0)->add_deliberations()->mutable_deliberation() = later;

  const std::string said = RefusalOf(RenderScdlDeliberations(view, history, {}).status()).fr;

  EXPECT_THAT(said, HasSubstr("n° 2025-057 : SIRET inconnu"));
  EXPECT_EQ(said.find("SIRET inconnu"), said.rfind("SIRET inconnu"));
  EXPECT_THAT(said, HasSubstr("n° 2026-001 : le jour de la séance manque"));
}

TEST(RenderScdl, RefusesWhatTheSchemaRefuses) {
  v1::Deliberation sum = Vote();
  sum.set_votes_against(1);
  v1::Deliberation missing = Vote();
  missing.set_votes_for(missing.votes_for() - 1);
  v1::Deliberation members = Vote();
  members.set_members_in_office(34);
  v1::Deliberation office = Vote();
  office.clear_members_in_office();
  v1::Deliberation received = Vote();
  received.set_received_on("2025-06-22");
  v1::Deliberation number = Vote();
  number.clear_number();
  v1::Deliberation sitting = Vote();
  sitting.clear_sitting_on();
  sitting.clear_received_on();
  v1::Deliberation formula = Vote();
  formula.set_number(" =HYPERLINK(1)");
  v1::Deliberation day = Vote();
  day.set_received_on("zzzz");
  const std::pair<v1::Deliberation, const char*> cases[] = {
      {formula, "formule de tableur"},
      {day, "jour de réception n'est pas une date"},
      {sum, "36 voix exprimées ou abstentions pour 35 membres présents ou représentés"},
      {missing, "34 voix et abstentions pour 35 membres présents ou représentés"},
      {members, "35 membres présents ou représentés pour 34 en exercice"},
      {office, "le nombre des membres en exercice manque"},
      {received, "avant la séance du 2025-06-23"},
      {number, "le numéro manque"},
      {sitting, "le jour de la séance manque"}};
  for (const auto& [vote, said] : cases) {
    const auto file = Rendered(vote);
    EXPECT_EQ(RefusalOf(file.status()).rule, "CHK-33") << said;
    EXPECT_THAT(RefusalOf(file.status()).fr, HasSubstr(said));
  }
}

// What an assembly refused is as public as what it approved.
TEST(RenderScdl, PublishesALostVote) {
  v1::Deliberation lost = Vote();
  lost.set_votes_against(lost.votes_for());
  lost.clear_votes_for();

  EXPECT_OK(Rendered(lost));
}

TEST(RenderScdl, TellsTheFirstTwentyProblems) {
  v1::HistoryView history;
  for (int i = 0; i < 21; ++i) {
    v1::Deliberation vote = Vote();
    vote.clear_number();
    *history.add_entries()->add_deliberations()->mutable_deliberation() = vote;
  }

  EXPECT_THAT(RefusalOf(RenderScdlDeliberations(ScdlView(), history, {}).status()).fr,
              HasSubstr(" ; et 1 de plus."));
}

TEST(RenderScdl, RefusesOptionsThatFitNoColumn) {
  EXPECT_EQ(RefusalOf(Rendered(Vote(), {.siret = {{"rodez", "21120202300018"}}}).status()).field,
            "--siret");
  EXPECT_EQ(RefusalOf(Rendered(Vote(), {.siret = {{"rodez", "2112020230001"}}}).status()).field,
            "--siret");
  EXPECT_EQ(RefusalOf(Rendered(Vote(), {.matiere_code = {{"", "8.10"}}}).status()).field,
            "--matiere-code");
  EXPECT_EQ(RefusalOf(Rendered(Vote(), {.pref_id = {{"", "PREF12"}}}).status()).field, "--pref");
  EXPECT_EQ(RefusalOf(Rendered(Vote(), {.url = {{"", "javascript:x"}}}).status()).field, "--url");
  EXPECT_EQ(RefusalOf(Rendered(Vote(), {.separator = '\t'}).status()).field, "--separator");
}

TEST(RenderScdl, TakesAPartnersOwnValueBeforeThatOfAll) {
  const auto file = Rendered(Vote(), {.matiere_code = {{"", "9.4"}, {"rodez", "7.10"}},
                                      .pref_id = {{"rodez", "SPREF02A1"}}});

  ASSERT_OK(file);
  EXPECT_THAT(ProblemsOfScdl(*file), IsEmpty());
  EXPECT_THAT(*file, HasSubstr("7.10,finances locales/divers,"));
  EXPECT_THAT(*file, HasSubstr(",SPREF02A1,"));
}

TEST(RenderScdl, TakesOnePartnerAlone) {
  const auto file = Rendered(Vote(), {.partner_id = "caf"});

  ASSERT_OK(file);
  EXPECT_EQ(ParseCsv(*file, ',').size(), 1u);
}

TEST(RenderScdl, NamesALaterActAndSortsBySitting) {
  v1::HistoryView history = Original(Vote());
  v1::HistoryEntry* avenant = history.add_entries();
  avenant->set_kind(v1::DIFF_KIND_CHANGED);
  avenant->mutable_origin()->set_label("avenant n° 1");
  v1::Deliberation earlier = Vote();
  earlier.set_sitting_on("2025-01-01");
  *avenant->add_deliberations()->mutable_deliberation() = earlier;

  const auto file = RenderScdlDeliberations(ScdlView(), history, {});

  ASSERT_OK(file);
  const auto rows = ParseCsv(*file, ',');
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1][6], "avenant n° 1 – Convention Territoriale Globale de Rodez 2025-2027");
  EXPECT_EQ(rows[2][3], "2025-06-23");
}

TEST(RenderScdl, FitsTheSchemaForAConventionThatWasPlayed) {
  testing_support::SamplePlay play;
  play.ConcludeOriginal();
  const Known known = play.agglo().At("2026-01-01");
  const auto view = ViewConvention(known, "");
  const auto history = ViewHistory(known, "");
  ASSERT_OK(view);
  ASSERT_OK(history);

  const auto file = RenderScdlDeliberations(*view, *history, {.siret = {{"", kSiret}}});

  ASSERT_OK(file);
  EXPECT_THAT(ProblemsOfScdl(*file), IsEmpty());
  EXPECT_EQ(ParseCsv(*file, ',').size(), 3u);
}

TEST(MatiereName, KnowsTheSecondLevelAlone) {
  EXPECT_EQ(MatiereName("8.2"), "domaines de compétences par thèmes/aide sociale");
  EXPECT_EQ(MatiereName("7.10"), "finances locales/divers");
  for (const char* none : {"", "8", "8.", "8.0", "8.10", "8.02", "0.1", "8.2.1", "8.2 ", ".1"}) {
    EXPECT_EQ(MatiereName(none), "") << none;
  }
}

// The check itself sees what it is for.
TEST(ProblemsOfScdl, NamesEachFault) {
  const std::string good = *Rendered(Vote());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.rfind(from), from.size(), to);
    return text;
  };
  EXPECT_THAT(ProblemsOfScdl(good), IsEmpty());
  EXPECT_THAT(ProblemsOfScdl(with("35,35,35,0,0", "35,35,34,0,0")),
              ElementsAre("votes do not add up"));
  EXPECT_THAT(ProblemsOfScdl(with("35,35,35,0,0", "34,35,35,0,0")),
              ElementsAre("more votes than members"));
  EXPECT_THAT(ProblemsOfScdl(with("35,35,35,0,0", "35,35,35,0,")), ElementsAre("half a vote"));
  EXPECT_THAT(ProblemsOfScdl(with(",,,,2025-06-27", ",2025,,,2025-06-27")),
              ElementsAre("half a budget"));
  EXPECT_THAT(ProblemsOfScdl(with("2025-06-27", "2025-06-22")),
              ElementsAre("received before it was voted"));
  EXPECT_THAT(ProblemsOfScdl(with("21120202300019", "2112020230001")),
              ElementsAre("COLL_SIRET: 2112020230001"));
  EXPECT_THAT(ProblemsOfScdl(with("\r\n", "\n")), ElementsAre("not a CSV file"));
}

}  // namespace
}  // namespace greffe
