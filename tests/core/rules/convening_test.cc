#include "core/rules/convening.h"

#include <gtest/gtest.h>

namespace greffe::rules {
namespace {

TEST(Convening, ReadsThatAnAssemblyWasConvenedASecondTime) {
  for (const char* const remark : {
           "seconde convocation",
           "Seconde convocation du mardi 17 juin 2025.",
           "Séance du 23 juin, 2e convocation",
           "Votée sur seconde convocation, le quorum n'étant pas atteint le 16 juin.",
           "Le quorum n'ayant pas été atteint, vote sur une deuxième convocation.",
           "Délibérée après une nouvelle convocation sans condition de quorum.",
           "Huis clos. Adoptée sur 2ème convocation, sans débat.",
       }) {
    EXPECT_TRUE(OnSecondConvening(remark)) << remark;
  }
}

TEST(Convening, ReadsNoSecondOneWhereItIsDeniedOrOnlyNamed) {
  for (const char* const remark : {
           "",
           "Convocation du 12 juin.",
           "Ce n'était pas une seconde convocation.",
           "Pas de seconde convocation",
           "Votée sans seconde convocation.",
           "La délibération n'a pas été votée sur seconde convocation.",
           "Ce n'était pas, contrairement au procès-verbal, une seconde convocation.",
           "Votée sur seconde convocation, ce qui n'est pas exact.",
           "Sur seconde convocation ?",
           "Une seconde convocation est nécessaire.",
           "Seconde convocation à prévoir",
           "Aucune seconde convocation",
           "Votée sur seconde convocation. Rectification : ce n'était pas une seconde convocation.",
           "À défaut de seconde convocation, le quorum manque.",
       }) {
    EXPECT_FALSE(OnSecondConvening(remark)) << remark;
  }
}

}  // namespace
}  // namespace greffe::rules
