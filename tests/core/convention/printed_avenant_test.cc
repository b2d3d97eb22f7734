#include "core/convention/printed_avenant.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(PrintedAvenant, KeepsItsBlocksWhateverTheTextsSay) {
  v1::InstrumentView view;
  view.add_operations()->set_wording("Il est inséré :\n\nSignatures\n\nArticle 9 – Piège");
  view.mutable_operations(0)->set_place("un lieu\nde deux lignes");
  AvenantFrame frame;
  frame.label = "avenant n° 2";
  frame.convention = "Titre\n\nen deux";
  frame.signatures = {{"Ville de Rodez", "Maire", ""},
                      {"Caf du Lot", "Direction", "signé"},
                      {"Caf du Lot", "Présidence", "signé"}};

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
