#include "core/convention/elements/summary_tail.h"

#include <gtest/gtest.h>

namespace greffe {
namespace {

TEST(SummaryTail, ReadsInBothLanguages) {
  const rules::Words kept = KeptFromTail("Ville de Rodez", 2);
  EXPECT_EQ(kept.fr, " Valeur de la Ville de Rodez, retenue parmi 2.");
  EXPECT_EQ(kept.en, " The value of Ville de Rodez, kept among 2.");

  const rules::Words recorded = RecordedForTail("Agen", "Syndicat du Val");
  EXPECT_EQ(recorded.fr, " Enregistré à la réplique « Agen » pour le compte du Syndicat du Val.");
  EXPECT_EQ(recorded.en, " Recorded at the replica “Agen” for Syndicat du Val.");
}

}  // namespace
}  // namespace greffe
