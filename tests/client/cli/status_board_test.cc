#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/text_width.h"
#include "tests/client/cli/greffe_test.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(GreffeTest, ListsEachPartyWhereThatIsAskedFor) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    response->mutable_context()->add_banners("2 événements attendent leur passé.");
    v1::StatusView& view = *response->mutable_view();
    view.set_title("Convention territoriale globale du territoire");
    view.mutable_revision()->set_revision(std::string(64, 'a'));
    view.mutable_revision()->set_label("convention");
    for (int i = 0; i < 49; ++i) {
      auto* party = view.add_parties();
      party->set_name(absl::StrCat("Commune de Saint-Loup-", i));
      party->set_deliberates(true);
      party->set_offices(1);
      if (i % 7 == 0) party->set_next_step("délibérer, puis signer");
      party->set_stage(i == 0   ? v1::AUTHORITY_STAGE_NO_MANDATE
                       : i == 1 ? v1::AUTHORITY_STAGE_VOTED
                                : v1::AUTHORITY_STAGE_PENDING);
      if (i > 1) continue;
      auto* vote = party->add_deliberations()->mutable_deliberation();
      vote->set_approves_text(true);
      vote->set_authorises_signature(true);
      vote->set_votes_for(9);
      vote->set_votes_against(i == 0 ? 10 : 9);
    }
    return grpc::Status::OK;
  };

  const Outcome board = Greffe({"convention", "status", "c0c0c0", "--all"}, {.width = 100});

  const std::vector<std::string> lines = absl::StrSplit(board.out, '\n');
  EXPECT_LE(lines.size(), 48u) << board.out;
  std::vector<int> widths;
  for (const std::string& line : lines) widths.push_back(DisplayWidth(line));
  EXPECT_THAT(widths, Each(Le(100))) << board.out;
  EXPECT_THAT(board.out,
              AllOf(StartsWith("! 2 événements attendent"), HasSubstr("On attend 7 partie(s)"),
                    HasSubstr("délibérer, puis signer"), HasSubstr("-48"),
                    HasSubstr("Saint-Loup-0"), HasSubstr("✗ sans mandat")));
  for (const std::string& line : lines) {
    // Two parties a line: the first of a line stands before its mark.
    if (absl::StartsWith(line, "Commune de Saint-Loup-0 ")) {
      EXPECT_LT(line.find("✗"), line.find("–"));
    }
    if (absl::StartsWith(line, "Commune de Saint-Loup-1 ")) {
      EXPECT_LT(line.find("✓"), line.find("–"));
    }
  }
}

TEST_F(GreffeTest, TellsOfEachPartyOnOneLineWhereThatIsAskedFor) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    v1::StatusView& view = *response->mutable_view();
    for (int i = 0; i < 49; ++i) {
      auto* party = view.add_parties();
      party->set_name(absl::StrCat("Commune ", 10 + i));
      party->set_deliberates(i > 0);
      party->set_offices(1);
      auto* office = party->add_signing();
      office->set_office("Maire");
      if (i != 1) continue;
      party->set_stage(v1::AUTHORITY_STAGE_EXECUTORY);
      party->set_sitting_on("2025-06-23");
      party->set_executory_on("2025-06-27");
      party->set_vote("9 pour + 2 contre + 1 abstention = 12");
      party->mutable_scope()->set_quote("autorise le maire à signer");
      auto* vote = party->add_deliberations()->mutable_deliberation();
      vote->set_sitting_on("2025-06-23");
      vote->set_votes_for(9);
      vote->set_votes_against(2);
      vote->set_abstentions(1);
      office->set_signed_on("2025-07-01");
      office->set_kind(v1::SIGNATURE_KIND_PAPER);
    }
    return grpc::Status::OK;
  };

  const Outcome board = Greffe({"convention", "status", "c0c0c0", "--wide"}, {.width = 120});

  const std::vector<std::string> lines = absl::StrSplit(board.out, '\n');
  std::size_t parties = 0;
  for (const std::string& line : lines) {
    EXPECT_LE(DisplayWidth(line), 120) << line;
    if (absl::StartsWith(line, "Commune ")) ++parties;
    if (absl::StartsWith(line, "Commune 10 ")) {
      EXPECT_THAT(line, AllOf(HasSubstr("·"), HasSubstr("Maire –")));
    }
    if (absl::StartsWith(line, "Commune 11 ")) {
      EXPECT_THAT(line,
                  AllOf(HasSubstr("2025-06-23"), HasSubstr("9/2/1"), HasSubstr("2025-06-27"),
                        HasSubstr("autorise le maire à signer"), HasSubstr("Maire p 2025-07-01")));
    }
  }
  EXPECT_EQ(parties, 49u) << board.out;
  EXPECT_THAT(board.out, HasSubstr("pour/contre/abstentions"));
}

// A vote that does not stand is not one to wait for.
TEST_F(GreffeTest, SaysOfAPartyWhyItsVoteGivesNoMandate) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    auto* party = response->mutable_view()->add_parties();
    party->set_partner_id("brax");
    party->set_name("Commune de Brax");
    party->set_deliberates(true);
    party->set_sitting_on("2026-03-02");
    party->set_stage(v1::AUTHORITY_STAGE_NO_MANDATE);
    party->set_why("annulée le 29 juin 2026 (L-58)");
    return grpc::Status::OK;
  };

  const Outcome shown = Greffe({"convention", "status", "c0c0c0", "--party", "brax"});

  EXPECT_THAT(shown.out, HasSubstr("ne donne pas mandat : annulée le 29 juin 2026 (L-58)"));
}

v1::DeliberationView VoteOf(const std::string& day, char leaf, std::uint32_t votes_for) {
  v1::DeliberationView view;
  v1::Deliberation& vote = *view.mutable_deliberation();
  vote.set_sitting_on(day);
  vote.set_members_in_office(15);
  vote.set_members_present(12);
  vote.set_votes_for(votes_for);
  vote.set_votes_against(12 - votes_for);
  vote.set_approves_text(true);
  vote.set_authorises_signature(true);
  view.mutable_event()->set_leaf(std::string(64, leaf));
  view.mutable_event()->set_summary(absl::StrCat("Brax : séance du ", day));
  return view;
}

// Quorum, a vote against after the conclusion, a delegation that ended, an early signature.
TEST_F(GreffeTest, TellsTheWholeWayOfAParty) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    v1::StatusView& view = *response->mutable_view();
    view.set_clock_date("2026-06-30");
    view.set_cut("gt1.abc");
    view.mutable_revision()->set_concluded_on("2026-04-01");
    v1::PartyStanding& party = *view.add_parties();
    party.set_partner_id("brax");
    party.set_name("Commune de Brax");
    party.set_stage(v1::AUTHORITY_STAGE_EXECUTORY);
    party.set_sitting_on("2026-03-02");
    *party.add_deliberations() = VoteOf("2026-03-02", '1', 12);
    *party.add_deliberations() = VoteOf("2026-05-04", '2', 3);
    auto* of_act = view.add_acts()->add_revisions()->add_signatories();
    of_act->mutable_signatory()->set_partner_id("brax");
    of_act->add_signatures()->mutable_event()->set_leaf(std::string(64, '3'));
    for (const auto& [leaf, text] :
         {std::pair{'3', "Brax a signé trop tôt."}, {'9', "Une autre a signé trop tôt."}}) {
      v1::Finding& finding = *view.add_findings();
      finding.set_leaf(std::string(64, leaf));
      finding.set_text(text);
      finding.set_code("signature-before-receipt");
      finding.set_severity(v1::FINDING_SEVERITY_SERIOUS);
    }
    return grpc::Status::OK;
  };
  std::string life_cut;
  replica_.life.get = [&](const v1::GetLifeRequest& request, v1::GetLifeResponse* response) {
    life_cut = request.at().cut();
    for (const auto& [partner, replaced] :
         {std::pair{"brax", true}, std::pair{"brax", false}, std::pair{"autre", false}}) {
      v1::LifeFactView& fact = *response->mutable_view()->add_threads()->mutable_opening();
      fact.mutable_event()->set_partner_id(partner);
      fact.mutable_event()->set_leaf(std::string(64, '4'));
      fact.set_replaced(replaced);
      v1::DelegationRecorded& given = *fact.mutable_fact()->mutable_delegation_recorded();
      given.set_office_id("maire");
      given.set_capacity(replaced ? "ancienne" : "première adjointe");
      given.set_until("2026-03-31");
    }
    v1::LifeLabel& label = *response->mutable_view()->add_labels();
    label.set_id("maire");
    label.set_label("Maire");
    return grpc::Status::OK;
  };

  const std::string shown =
      Greffe({"convention", "status", "c0c0c0", "--party", "brax"}, {.width = 200}).out;

  EXPECT_THAT(shown, HasSubstr("atteint : 12 présents, plus de la moitié de 15 en exercice"));
  EXPECT_THAT(shown, HasSubstr("Brax : séance du 2026-05-04 [222222222222] ; ne donne pas mandat ; "
                               "séance après la conclusion du 1er avril 2026"));
  EXPECT_THAT(shown, Not(HasSubstr("[111111111111]")));
  EXPECT_THAT(shown, AllOf(HasSubstr("Maire : première adjointe, terminée le 31 mars 2026 "
                                     "[444444444444]"),
                           Not(HasSubstr("ancienne"))));
  EXPECT_EQ(shown.find("première adjointe"), shown.rfind("première adjointe")) << shown;
  EXPECT_THAT(shown, AllOf(HasSubstr("Brax a signé trop tôt."), Not(HasSubstr("Une autre"))));
  EXPECT_EQ(life_cut, "gt1.abc") << "of the same knowledge";
}

TEST_F(GreffeTest, SaysOfAPartyThatNoQuorumWasReachedOrNeeded) {
  std::string remark;
  replica_.conventions.status = [&](const auto&, v1::GetStatusResponse* response) {
    v1::PartyStanding& party = *response->mutable_view()->add_parties();
    party.set_partner_id("brax");
    party.set_stage(v1::AUTHORITY_STAGE_EXECUTORY);
    party.set_sitting_on("2026-03-02");
    *party.add_deliberations() = VoteOf("2026-03-02", '1', 12);
    v1::Deliberation& vote = *party.mutable_deliberations(0)->mutable_deliberation();
    vote.set_members_in_office(30);
    vote.set_remark(remark);
    return grpc::Status::OK;
  };
  const auto shown = [&] {
    return Greffe({"convention", "status", "c0c0c0", "--party", "brax"}, {.width = 200}).out;
  };

  EXPECT_THAT(shown(), HasSubstr("12 présents sur 30 en exercice : le quorum n'est pas atteint. "
                                 "(CHK-10)"));
  remark = "votée sur seconde convocation";
  EXPECT_THAT(shown(), HasSubstr("aucun n'est exigé sur seconde convocation"));
}

// What looks done may not hold: the step says so, on the board and in the way of the party.
TEST_F(GreffeTest, MarksTheStepsThatAFindingCallsIntoQuestion) {
  int marked = 0;
  int parties = 1;
  replica_.conventions.status = [&](const auto&, v1::GetStatusResponse* response) {
    v1::StatusView& view = *response->mutable_view();
    view.set_convention_id(std::string(32, 'c'));
    for (int i = 0; i < parties; ++i) {
      v1::PartyStanding& party = *view.add_parties();
      party.set_partner_id(i == 0 ? "brax" : absl::StrCat("p", i));
      party.set_name(i == 0 ? "Brax" : absl::StrCat("Commune ", i));
      party.set_stage(v1::AUTHORITY_STAGE_EXECUTORY);
      party.set_sitting_on("2026-03-04");
      party.set_published_on("2026-03-04");
      party.set_received_on("2026-03-04");
      party.set_executory_on("2026-03-04");
      party.set_vote("7 pour");
      party.set_offices(1);
      party.set_signed_(1);
      party.set_paper(1);
      v1::OfficeStanding& office = *party.add_signing();
      office.set_id("maire");
      office.set_office("Maire");
      office.set_signed_on("2026-03-03");
      office.set_kind(v1::SIGNATURE_KIND_PAPER);
    }
    v1::SignatoryView& of_board = *view.mutable_revision()->add_signatories();
    of_board.mutable_signatory()->set_id("maire");
    of_board.add_signatures()->mutable_event()->set_leaf(std::string(64, '3'));
    for (int i = 0; i < marked; ++i) {
      v1::ChainMark& mark = *view.mutable_parties(0)->add_marks();
      mark.set_step(i == 0 ? v1::CHAIN_STEP_VOTE : v1::CHAIN_STEP_SIGNATURE);
      mark.set_rule(i == 0 ? "CHK-10" : "L-08");
      // The last is of another office.
      mark.set_leaf(std::string(64, i == 2 ? '9' : '3'));
    }
    return grpc::Status::OK;
  };
  const auto board = [&] { return Greffe({"convention", "status", "c0c0c0"}).out; };
  const auto party = [&] {
    return Greffe({"convention", "status", "c0c0c0", "--party", "brax"}, {.width = 200}).out;
  };
  EXPECT_THAT(board(), AllOf(HasSubstr("✓✓✓✓"), HasSubstr("1/1 p\n"), Not(HasSubstr("! :"))));
  EXPECT_THAT(party(), Not(HasSubstr("à vérifier")));

  marked = 3;
  EXPECT_THAT(board(), AllOf(HasSubstr("!✓✓✓"), HasSubstr("1/1 p!"),
                             HasSubstr("! : une observation met l'étape en cause"),
                             HasSubstr("convention status cccccccccccc --party")));
  EXPECT_THAT(party(), AllOf(HasSubstr("7 pour ! à vérifier : CHK-10"),
                             HasSubstr("sur papier ! à vérifier : L-08")));
  EXPECT_EQ(party().find("CHK-10"), party().rfind("CHK-10"));

  // Of many parties told together too.
  parties = 30;
  EXPECT_THAT(board(), AllOf(HasSubstr("Brax ! (p!)"), Not(HasSubstr("Commune 1 !")),
                             HasSubstr("! : une observation")));
}

// Forty-six findings that differ by who they are about are one.
TEST_F(GreffeTest, TellsFindingsThatDifferByTheirPartyTogether) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    for (int i = 0; i < 46; ++i) {
      v1::Finding& finding = *response->mutable_view()->add_findings();
      finding.set_code("signature-without-deliberation");
      finding.set_severity(v1::FINDING_SEVERITY_WARNING);
      finding.set_text(absl::StrCat("L-08 : Loup-", 10 + i,
                                    " (Maire) a signé le 3 mars 2025 ; "
                                    "aucune délibération sur ce texte n'est enregistrée."));
    }
    return grpc::Status::OK;
  };

  const std::string board = Greffe({"convention", "status", "c0c0c0"}).out;

  EXPECT_THAT(board, HasSubstr("attention, 46 fois : L-08 : … (Maire) a signé le 3 mars 2025 ; "));
  EXPECT_THAT(board, AllOf(HasSubstr("Loup-10 ; Loup-11"), HasSubstr("Loup-55")));
  const std::vector<std::string> lines = absl::StrSplit(board, '\n');
  EXPECT_LE(lines.size(), 20u) << board;
}

// Forty-six assemblies that have not voted, one party that signs on office, two that signed.
void FillPending(v1::StatusView* view) {
  view->set_convention_id(std::string(32, 'c'));
  view->set_title("Convention territoriale globale du territoire");
  view->mutable_revision()->set_revision(std::string(64, 'a'));
  view->mutable_revision()->set_label("convention");
  view->set_start_date("2026-01-01");
  view->set_end_date("2030-12-31");
  view->mutable_force()->set_text("Rien n'est en vigueur : la convention n'est pas conclue.");
  for (int i = 0; i < 49; ++i) {
    auto* party = view->add_parties();
    party->set_name(absl::StrCat("Commune de Saint-Loup-", 10 + i));
    party->set_offices(1);
    if (i < 46) {
      party->set_stage(v1::AUTHORITY_STAGE_PENDING);
      party->set_next_step("Faire délibérer l'assemblée, puis enregistrer la délibération.");
    } else if (i == 46) {
      party->set_stage(v1::AUTHORITY_STAGE_NOT_REQUIRED);
      party->set_next_step("Signer : Directrice.");
    } else {
      party->set_stage(v1::AUTHORITY_STAGE_NOT_REQUIRED);
      party->set_signed_(1);
      (i == 47 ? party->set_electronic(1) : party->set_paper(1));
    }
  }
}

TEST_F(GreffeTest, FitsTheBoardOfFortyNinePartiesOnAScreen) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    FillPending(response->mutable_view());
    return grpc::Status::OK;
  };
  for (const int width : {80, 100}) {
    const std::string board = Greffe({"convention", "status", "c0c0c0"}, {.width = width}).out;

    const std::vector<std::string> lines = absl::StrSplit(board, '\n');
    EXPECT_LE(lines.size(), 40u) << board;
    std::vector<int> widths;
    for (const std::string& line : lines) widths.push_back(DisplayWidth(line));
    EXPECT_THAT(widths, Each(Le(width))) << board;
    EXPECT_THAT(board, AllOf(HasSubstr("On attend 47 partie(s) sur 49 :"),
                             HasSubstr("46 parties : Faire délibérer l'assemblée, puis "),
                             HasSubstr("Commune de Saint-Loup-56 : Signer : Dir"),
                             HasSubstr("2 parties : Rien à faire."), HasSubstr("Loup-57 (G)"),
                             HasSubstr("Loup-58 (p)"), HasSubstr("G dans Greffe")));
    EXPECT_THAT(board, HasSubstr("Saint-Loup-10,"));
    EXPECT_EQ(absl::StrContains(board, "--all"), width == 80) << board;
  }
}

TEST_F(GreffeTest, GivesTheWidestMarkOfTheBoardItsRoom) {
  replica_.conventions.status = [](const auto&, v1::GetStatusResponse* response) {
    for (int i = 0; i < 24; ++i) {
      auto* party = response->mutable_view()->add_parties();
      party->set_name(absl::StrCat(i < 12 ? "Aire " : "Bourg ", i));
      party->set_offices(12);
      if (i % 12 != 3) continue;
      party->set_signed_(12);
      party->set_electronic(1);
      party->set_paper(1);
      party->set_outside(1);
    }
    return grpc::Status::OK;
  };
  const std::string board = Greffe({"convention", "status", "c0c0c0", "--all"}, {.width = 100}).out;

  std::vector<int> at;
  for (const absl::string_view line : absl::StrSplit(board, '\n')) {
    const std::size_t right = line.find("Bourg ");
    if (absl::StrContains(line, "Aire ") && right != std::string::npos) {
      at.push_back(DisplayWidth(line.substr(0, right)));
    }
  }
  ASSERT_EQ(at.size(), 12u) << board;
  EXPECT_THAT(at, Each(at[0])) << board;
  EXPECT_THAT(board, HasSubstr("12/12 Gpf"));
}

TEST_F(GreffeTest, SaysOfWhichActABoardIsAndHowToSeeAnother) {
  std::string asked;
  replica_.conventions.status = [&](const v1::GetStatusRequest& request,
                                    v1::GetStatusResponse* response) {
    asked = request.act_id();
    v1::StatusView& view = *response->mutable_view();
    FillPending(&view);
    for (const auto& [id, standing] :
         {std::pair{'1', v1::ACT_STANDING_CONCLUDED}, std::pair{'2', v1::ACT_STANDING_FROZEN},
          std::pair{'3', v1::ACT_STANDING_FROZEN}, std::pair{'4', v1::ACT_STANDING_DRAFT}}) {
      auto* act = view.add_acts();
      act->set_act_id(std::string(32, id));
      act->set_title(absl::StrCat("Avenant ", std::string(1, id)));
      act->set_standing(standing);
      if (standing != v1::ACT_STANDING_DRAFT) {
        act->add_revisions()->set_revision(std::string(64, id));
      }
    }
    const char shown = asked.empty() ? '3' : asked[0];
    view.mutable_revision()->set_revision(shown == '4' ? "" : std::string(64, shown));
    return grpc::Status::OK;
  };
  const auto board = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"convention", "status", "c0c0c0"});
    return Greffe(std::move(more), {.width = 200}).out;
  };

  EXPECT_THAT(board({}),
              AllOf(HasSubstr("Tableau de l'acte 333333333333, « Avenant 3 », figé le dernier."),
                    HasSubstr("2 acte(s) en attente de signatures ; un autre : greffe convention "
                              "status cccccccccccc --act 222222222222")));
  EXPECT_EQ(asked, "");
  EXPECT_THAT(board({"--blocking"}), HasSubstr("--act 222222222222"));
  EXPECT_THAT(board({"--act", "222222"}), AllOf(HasSubstr("de l'acte 222222222222, « Avenant 2 »"),
                                                HasSubstr("--act 333333333333")));
  EXPECT_EQ(asked, "222222");
  EXPECT_THAT(board({"--act", "444444"}), HasSubstr("Rien n'en est figé encore."));
  EXPECT_THAT(board({"--act", "111111"}),
              AllOf(HasSubstr("« Avenant 1 » (conclu"), Not(HasSubstr("figé le dernier"))));
}

}  // namespace
}  // namespace greffe::cli
