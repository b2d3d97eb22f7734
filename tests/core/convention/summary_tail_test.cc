#include "core/convention/summary_tail.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

TEST(SummaryTail, ReadsInBothLanguages) {
  const std::string kept =
      absl::StrCat("Mesure de « Places », 2026 : 12.", KeptFromTail("Ville de Rodez", 2));
  EXPECT_EQ(kept, "Mesure de « Places », 2026 : 12. Valeur de la Ville de Rodez, retenue parmi 2.");
  EXPECT_EQ(TailsInEnglish(kept),
            "Mesure de « Places », 2026 : 12. The value of Ville de Rodez, kept among 2.");

  const std::string recorded =
      absl::StrCat("Texte figé.", RecordedForTail("Agen", "Syndicat du Val"));
  EXPECT_EQ(recorded,
            "Texte figé. Enregistré à la réplique « Agen » pour le compte du Syndicat "
            "du Val.");
  EXPECT_EQ(TailsInEnglish(recorded),
            "Texte figé. Recorded at the replica “Agen” for Syndicat du Val.");
}

TEST(SummaryTail, HoldsForEveryKindOfNameAndForBothTails) {
  for (const char* name :
       {"Commune d'Agen", "État", "Communes du Val", "Département", "Agen 2030", "du Val"}) {
    const std::string both =
        absl::StrCat("Fait.", RecordedForTail("X", name), KeptFromTail(name, 3));
    EXPECT_EQ(TailsInEnglish(both), absl::StrCat("Fait. Recorded at the replica “X” for ", name,
                                                 ". The value of ", name, ", kept among 3."));
  }
}

TEST(SummaryTail, LeavesOtherSentencesAlone) {
  for (const char* said : {"", "Texte figé.", " Valeur de rien.", " » pour le compte de X."}) {
    EXPECT_EQ(TailsInEnglish(said), said);
  }
}

}  // namespace
}  // namespace greffe
