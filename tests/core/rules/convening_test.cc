#include "core/rules/convening.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/limits.h"

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

// What a clause says is denied by one before it or after it, however far; its own « sans » after
// the words speaks of something else.
TEST(Convening, HearsADenialInAnyClause) {
  std::string named;
  for (int i = 0; i < 50; ++i) named += ", une nouvelle convocation suivra";
  EXPECT_TRUE(OnSecondConvening("Votée" + named + ", sur seconde convocation, sans débat"));
  EXPECT_FALSE(OnSecondConvening("Sans vote" + named + ", sur seconde convocation"));
  EXPECT_FALSE(OnSecondConvening("Votée" + named + ", sur seconde convocation" + named + ", non"));
  EXPECT_TRUE(OnSecondConvening("Sans quorum" + named + ", sur seconde convocation"));
}

// As long as one event: thousands of clauses that each name what is looked for.
TEST(Convening, HearsEachClauseOfAHostileRemarkOnce) {
  std::string remark;
  while (remark.size() < limits::kEventBytes) remark += ",a nouvelle convocation";
  EXPECT_FALSE(OnSecondConvening(remark));
  EXPECT_TRUE(OnSecondConvening(remark + ",seconde convocation"));
}

}  // namespace
}  // namespace greffe::rules
