#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
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
