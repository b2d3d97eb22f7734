#include "core/rules/notice_period.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

NoticePeriods Read(absl::string_view article) {
  const absl::string_view articles[] = {article};
  return ReadNoticePeriods(articles);
}

TEST(NoticePeriods, AreThoseThatTheArticleSays) {
  const NoticePeriods periods = Read(
      "Résiliation deux mois après mise en demeure restée infructueuse. Chaque partie peut "
      "dénoncer la convention avec un préavis de trois (3) mois.");
  EXPECT_EQ(periods.formal.months, 2);
  EXPECT_FALSE(periods.formal.unclear);
  EXPECT_THAT(periods.formal.quotes, ElementsAre(HasSubstr("deux mois après mise en demeure")));
  EXPECT_EQ(SaidOf(periods.formal).en,
            "The convention says: “Résiliation deux mois après mise en demeure restée "
            "infructueuse.”.");
  EXPECT_EQ(periods.denunciation.months, 3);
  EXPECT_THAT(periods.denunciation.quotes, ElementsAre(HasSubstr("préavis de trois (3) mois")));
  EXPECT_EQ(periods.Of(v1::NOTICE_KIND_LAW).months, 2);
  EXPECT_EQ(&periods.Of(v1::NOTICE_KIND_DENUNCIATION), &periods.denunciation);
}

TEST(NoticePeriods, AreTheCommonOnesWhereTheArticlesSayNothing) {
  const NoticePeriods periods = Read("La résiliation arrête les engagements des parties.");
  EXPECT_EQ(periods.formal.months, 1);
  EXPECT_EQ(periods.denunciation.months, 6);
  EXPECT_THAT(periods.formal.quotes, IsEmpty());
  EXPECT_EQ(SaidOf(periods.formal).fr, "");
}

// What is assumed is said to be, and nothing of a notice of which the articles say nothing.
TEST(NoticePeriods, TellWhichNoticesAndLettersTheArticlesSpeakOf) {
  const NoticePeriods periods = Read(
      "En cas de manquement, une lettre recommandée avec avis de réception met en demeure. La "
      "convention est résiliée lorsqu'un terme est modifié sans avenant signé.");
  EXPECT_TRUE(periods.formal.spoken_of);
  EXPECT_THAT(periods.formal.form, HasSubstr("avec avis de réception met en demeure"));
  EXPECT_TRUE(periods.without_notice);
  EXPECT_FALSE(periods.denunciation.spoken_of);
  EXPECT_EQ(periods.denunciation.form, "");
  EXPECT_THAT(AssumedOf(periods.denunciation).fr, HasSubstr("6 mois"));

  const NoticePeriods other = Read("Elle se dénonce trois mois avant, par courrier recommandé.");
  EXPECT_TRUE(other.denunciation.spoken_of);
  EXPECT_THAT(other.denunciation.form, HasSubstr("par courrier recommandé"));
  EXPECT_EQ(AssumedOf(other.denunciation).fr, "");
  EXPECT_FALSE(other.formal.spoken_of);
  EXPECT_FALSE(other.without_notice);
}

// The words of a breach may stand in the sentence before.
TEST(NoticePeriods, AreReadFromTheConsequenceAlone) {
  const NoticePeriods periods = Read(
      "Une partie peut mettre l'autre en demeure. Sans effet au bout de deux mois, la "
      "convention est résiliée de plein droit. Un préavis d'un an vaut pour qui s'en va.");
  EXPECT_EQ(periods.formal.months, 2);
  EXPECT_EQ(periods.denunciation.months, 12);
}

// In one sentence, each period goes with the words nearest to it.
TEST(NoticePeriods, OfTwoKindsInOneSentenceAreKeptApart) {
  const NoticePeriods periods = Read(
      "La convention peut être dénoncée six mois à l'avance, ou résiliée un mois après une "
      "mise en demeure");
  EXPECT_EQ(periods.formal.months, 1);
  EXPECT_EQ(periods.denunciation.months, 6);
}

// Whose period it is cannot be told by which word stands nearer.
TEST(NoticePeriods, OfOnePeriodAmongWordsOfBothKindsAreUnclear) {
  const NoticePeriods periods = Read(
      "L'autre partie pourra dénoncer la convention un mois après une mise en demeure restée sans "
      "effet.");
  EXPECT_EQ(periods.formal.months, 1);
  EXPECT_TRUE(periods.formal.unclear);
  EXPECT_EQ(periods.denunciation.months, 6);
  EXPECT_TRUE(periods.denunciation.unclear);
}

// What « demeure en vigueur » is put on no notice.
TEST(NoticePeriods, OfWhoLeavesAreNoneOfABreach) {
  const NoticePeriods periods = Read(
      "Elle peut être dénoncée avec un préavis de trois mois et demeure en vigueur entre les "
      "autres "
      "parties. Une mise en demeure restée vaine deux mois y met fin.");
  EXPECT_EQ(periods.denunciation.months, 3);
  EXPECT_FALSE(periods.denunciation.unclear);
  EXPECT_EQ(periods.formal.months, 2);
  EXPECT_FALSE(periods.formal.unclear);
}

TEST(NoticePeriods, OfABreachAreNotCountedBackFromTheEnd) {
  EXPECT_TRUE(Read("Une mise en demeure se fait deux mois avant l'échéance.").formal.unclear);
}

TEST(NoticePeriods, AreNotTheDurationOfTheConventionBesideThem) {
  const NoticePeriods periods = Read(
      "La convention, conclue pour quatre ans, peut être dénoncée avec un préavis de six mois.");
  EXPECT_EQ(periods.denunciation.months, 6);
  EXPECT_TRUE(periods.denunciation.unclear);
  EXPECT_EQ(Read("La résiliation prend effet trois mois après la lettre.").formal.months, 1);
}

TEST(NoticePeriods, AreReadInWordsToo) {
  const NoticePeriod days = Read("Résiliée quinze jours après mise en demeure.").formal;
  EXPECT_EQ(days.days, 15);
  EXPECT_FALSE(days.unclear);
  EXPECT_EQ(Read("Quatre-vingt-dix jours après mise en demeure.").formal.days, 90);
  EXPECT_EQ(Read("Cent vingt jours après mise en demeure.").formal.days, 120);
  EXPECT_EQ(Read("Trente-six mois après mise en demeure.").formal.months, 36);
  for (const char* notice :
       {"un an et six mois", "dix-huit mois", "18 mois", "une année et demie"}) {
    const NoticePeriods read = Read(absl::StrCat("Dénoncée avec un préavis d'", notice, "."));
    EXPECT_EQ(read.denunciation.months, 18) << notice;
    EXPECT_FALSE(read.denunciation.unclear) << notice;
  }
  EXPECT_TRUE(Read("Dénoncée avec un préavis d'un mois et demi.").denunciation.unclear);
  EXPECT_EQ(Read("Deux cents jours après mise en demeure.").formal.days, 200);
  EXPECT_EQ(Read("Soixante et onze jours après mise en demeure.").formal.days, 71);
  EXPECT_EQ(Read("Dénonciation avec un préavis de vingt et un mois.").denunciation.months, 21);
}

// Of several periods of a dénonciation, the one nearest to « préavis », before it or after it.
TEST(NoticePeriods, AreThoseNearestToTheWord) {
  const NoticePeriods before =
      Read("Elle dure quatre ans, dénoncée six mois de préavis, pour les trois ans qui suivent.");
  EXPECT_EQ(before.denunciation.months, 6);
  const NoticePeriods after =
      Read("Conclue pour dix ans, elle est dénoncée avec un préavis de sept mois au plus tard.");
  EXPECT_EQ(after.denunciation.months, 7);
}

TEST(NoticePeriods, OfOneSentenceQuoteItOnce) {
  const NoticePeriods periods =
      Read("Chaque partie peut se retirer au bout de trois mois ou de six mois.");
  EXPECT_THAT(periods.denunciation.quotes, SizeIs(1));
  std::string many;
  for (const char* number : {"deux", "trois", "quatre", "cinq"}) {
    many += std::string("Dénoncée avec un préavis de ") + number + " mois. ";
  }
  EXPECT_THAT(Read(many).denunciation.quotes, SizeIs(3));
}

TEST(NoticePeriods, ThatDifferCountTheLongestAndAskToLook) {
  const NoticePeriods periods = Read(
      "En cas de manquement, un mois après mise en demeure. Le manquement entraîne la résiliation "
      "au bout de deux mois.");
  EXPECT_EQ(periods.formal.months, 2);
  EXPECT_TRUE(periods.formal.unclear);
  EXPECT_THAT(periods.formal.quotes, SizeIs(2));
  EXPECT_THAT(SaidOf(periods.formal).fr,
              HasSubstr("n'en comprend pas le délai avec certitude : 2 mois supposés"));
  EXPECT_THAT(SaidOf(periods.formal).en,
              HasSubstr("with certainty: 2 months supposed, to be checked"));
  EXPECT_THAT(SaidOf(periods.formal).en, HasSubstr(periods.formal.quotes[1]));
}

// Whichever word says what the period is of.
TEST(NoticePeriods, AreKnownByAnyWordForABreachOrANotice) {
  for (const char* const breach :
       {"Résiliation deux mois après mise en demeure.", "Résiliée après deux mois infructueux.",
        "Deux mois après le manquement.", "Qui enfreint ces règles a deux mois pour s'y conformer.",
        "Une infraction est à faire cesser sous deux mois."}) {
    const NoticePeriods periods = Read(breach);
    EXPECT_EQ(periods.formal.months, 2) << breach;
    EXPECT_FALSE(periods.formal.unclear) << breach;
    EXPECT_EQ(periods.denunciation.months, 6) << breach;
    EXPECT_THAT(periods.denunciation.quotes, IsEmpty()) << breach;
  }
  for (const char* const notice :
       {"Dénoncée trois mois à l'avance.", "Avec un préavis de trois mois.",
        "Avec un délai de prévenance de trois mois.", "En prévenant les autres trois mois avant.",
        "Elle doit prévenir les autres trois mois avant.",
        "Elle prévient les autres trois mois avant.",
        "Elle avertit les autres trois mois à l'avance."}) {
    const NoticePeriods periods = Read(notice);
    EXPECT_EQ(periods.denunciation.months, 3) << notice;
    EXPECT_FALSE(periods.denunciation.unclear) << notice;
    EXPECT_THAT(periods.denunciation.quotes, SizeIs(1)) << notice;
    EXPECT_EQ(periods.formal.months, 1) << notice;
  }
}

// After words of a breach a period is its own where the sentence speaks of the end, and else not.
TEST(NoticePeriods, OfASentenceAfterABreachAreThoseOfTheEndAlone) {
  const auto after = [](absl::string_view sentence) {
    return Read(absl::StrCat("Une partie peut mettre l'autre en demeure. ", sentence)).formal;
  };
  EXPECT_EQ(after("Deux mois plus tard, la convention est résiliée.").months, 2);
  EXPECT_EQ(after("Elle reste sans effet pendant deux mois.").months, 2);
  const NoticePeriod other = after("La convention dure quatre ans.");
  EXPECT_EQ(other.months, 1);
  EXPECT_TRUE(other.unclear);
  // What is said clearly stays clear beside it.
  const NoticePeriod both =
      Read("Résiliation deux mois après mise en demeure. La convention dure quatre ans.").formal;
  EXPECT_EQ(both.months, 2);
  EXPECT_FALSE(both.unclear);
}

TEST(NoticePeriods, AreThoseNearestToTheWordForThem) {
  EXPECT_EQ(Read("Dénoncée avec six mois de préavis, avant les quatre ans de sa durée.")
                .denunciation.months,
            6);
  // As near on either side: the longer one, and somebody looks.
  for (const char* const tie : {"Dénoncée : trois mois de préavis, quatre ans.",
                                "Dénoncée : quatre ans de préavis, trois mois."}) {
    EXPECT_EQ(Read(tie).denunciation.months, 48) << tie;
    EXPECT_TRUE(Read(tie).denunciation.unclear) << tie;
  }
}

TEST(NoticePeriods, OfSeveralSentencesQuoteThreeEachOnce) {
  const char* const one = "Un mois après mise en demeure.";
  const NoticePeriod period =
      Read(absl::StrCat(one, " ", one,
                        " Deux mois après un manquement. Trois mois après une "
                        "infraction. Un mois après une autre infraction."))
          .formal;
  // The longest, wherever it stands.
  EXPECT_EQ(period.months, 3);
  EXPECT_TRUE(period.unclear);
  EXPECT_THAT(period.quotes, ElementsAre(one, HasSubstr("Deux mois"), HasSubstr("Trois mois")));
}

TEST(NoticePeriods, OfASentenceAboutNoNoticeAreUnclear) {
  const NoticePeriods periods = Read("Chaque partie peut se retirer au bout de trois mois.");
  EXPECT_EQ(periods.denunciation.months, 6);
  EXPECT_TRUE(periods.denunciation.unclear);
  EXPECT_THAT(periods.denunciation.quotes, ElementsAre(HasSubstr("se retirer")));
}

TEST(NoticePeriods, StayWithinWhatAContractPeriodMayBe) {
  EXPECT_FALSE(Read("Dénonciation avec un préavis de 120 mois.").denunciation.unclear);
  const NoticePeriod period = Read("Dénonciation avec un préavis de 999 ans.").denunciation;
  EXPECT_EQ(period.months, 120);
  EXPECT_TRUE(period.unclear);
  EXPECT_LT(Read("Préavis d'un mois " + std::string(5000, 'x')).denunciation.quotes[0].size(),
            700u);
}

}  // namespace
}  // namespace greffe::rules
