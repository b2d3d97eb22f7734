#include "core/convention/views/printed_avenant.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PrintedAvenant, KeepsItsBlocksWhateverTheTextsSay) {
  v1::InstrumentView view;
  view.add_operations()->set_wording("Il est inséré :\n\nSignatures\n\nArticle 9 – Piège");
  view.mutable_operations(0)->set_place("un lieu\nde deux lignes");
  AvenantFrame frame;
  frame.label = "avenant n° 2";
  frame.convention = "Titre\n\nen deux";
  frame.signatures = {{"rodez", "Ville de Rodez", "Maire", ""},
                      {"caf", "Caf du Lot", "Direction", "signé"},
                      {"caf", "Caf du Lot", "Présidence", "signé"}};

  const std::vector<PrintedBlock> blocks = BlocksOfAvenant(PrintedAvenant(view, frame));

  ASSERT_EQ(blocks.size(), 5u);
  EXPECT_EQ(blocks[0].heading, "Avenant n° 2");
  EXPECT_EQ(blocks[1].heading, "Visas");
  EXPECT_EQ(blocks[2].heading, "Article 1er – Modification : un lieu de deux lignes");
  EXPECT_THAT(blocks[2].lines, ElementsAre("Il est inséré :", "\u00a0", "Signatures", "\u00a0",
                                           "Article 9 – Piège"));
  EXPECT_FALSE(HoldsSignatures(blocks[3]));
  ASSERT_TRUE(HoldsSignatures(blocks[4]));
  EXPECT_THAT(blocks[4].lines, ElementsAre(HasSubstr("en 2 exemplaires originaux."),
                                           "Pour la Ville de Rodez – Maire : le ………………",
                                           "Pour la Caf du Lot – Direction : signé",
                                           "Pour la Caf du Lot – Présidence : signé"));
}

// Each kind of act is called by its name.
TEST(PrintedAvenant, IsWordedByItsKind) {
  const auto printed = [](v1::ActKind kind, const char* label) {
    v1::InstrumentView view;
    view.set_effective_from("2026-07-01");
    AvenantFrame frame;
    frame.kind = kind;
    frame.label = label;
    frame.convention = "CTG";
    return PrintedAvenant(view, frame);
  };
  const std::string end = printed(v1::ACT_KIND_AGREED_TERMINATION, "résiliation amiable");
  EXPECT_THAT(end, HasSubstr("Résiliation amiable\nde la convention « CTG »"));
  EXPECT_THAT(end, HasSubstr("La présente résiliation amiable prend effet le 1er juillet 2026.\n"
                             "Jusqu'au dernier jour de la convention ainsi fixé"));
  EXPECT_THAT(end, Not(HasSubstr("avenant")));
  const std::string avenant = printed(v1::ACT_KIND_AVENANT, "avenant n° 1");
  EXPECT_THAT(avenant, HasSubstr("Avenant n° 1\nà la convention « CTG »"));
  EXPECT_THAT(avenant, HasSubstr("Le présent avenant prend effet le 1er juillet 2026.\nLes autres "
                                 "stipulations de la convention"));
  EXPECT_THAT(printed(v1::ACT_KIND_COMMITTEE_DECISION, "décision de comité n° 1"),
              HasSubstr("prise en application de la convention « CTG »"));
}

TEST(PrintedAvenant, TakesVisasLineByLine) {
  std::vector<std::string> visas;
  AddVisas("Vu le code ;\n\n Vu l'arrêté.\u00a0;\n;\nVu la loi", &visas);
  EXPECT_THAT(visas, ElementsAre("Vu le code", "Vu l'arrêté", "Vu la loi"));
}

TEST(PrintedAvenant, CitesAVoteAsFarAsItIsKnown) {
  EXPECT_EQ(VoteVisa("Ville de Rodez", "conseil municipal", "12", "2026-01-10"),
            "Vu la délibération n° 12 (conseil municipal) de la Ville de Rodez en date du 10 "
            "janvier 2026");
  EXPECT_EQ(VoteVisa("Agen 2030", "", "", ""),
            "Vu la délibération du partenaire « Agen 2030 » en date du ………………");
}

}  // namespace
}  // namespace greffe
