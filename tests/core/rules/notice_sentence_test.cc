// What clauses of many wordings say of their notices.

#include "core/rules/notice_sentence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "core/rules/notice_period.h"

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

NoticePeriods ReadClause(absl::string_view article) {
  const absl::string_view articles[] = {article};
  return ReadNoticePeriods(articles);
}

// No period is read from a word of time without a number: it says one all the same, and is quoted.
TEST(NoticeClause, OfWordsOfTimeWithoutANumberIsUnclear) {
  for (const char* text :
       {"Dénonciation avec un préavis de quelques mois.", "Dénonciation avec un préavis de 0 mois.",
        "Elle se dénonce avant le 31 décembre 2026.", "Elle se dénonce au cours du mois de mars.",
        "Dénoncée, elle prend fin trois mois après le premier jour du mois suivant."}) {
    const NoticePeriod period = ReadClause(text).denunciation;
    EXPECT_EQ(period.months, 6) << text;
    EXPECT_TRUE(period.unclear) << text;
    EXPECT_THAT(period.quotes, ElementsAre(text));
  }
  const NoticePeriod dated = ReadClause(
                                 "Conclue du 1er janvier 2023 au 31 décembre 2026, elle se dénonce "
                                 "avec un préavis de trois mois.")
                                 .denunciation;
  EXPECT_EQ(dated.months, 3);
  EXPECT_FALSE(dated.unclear);
}

// L-51: of a breach of the law, the sentence that speaks of it alone.
TEST(NoticeClause, OfABreachOfTheLawIsItsOwn) {
  const NoticePeriods own = ReadClause(
      "Faute. Le signataire défaillant est mis en demeure. Si, à l'issue de trois mois à compter "
      "de l'envoi, il n'a pas déféré à la mise en demeure, la convention peut être résiliée. La "
      "Caf peut, après mise en demeure restée infructueuse un mois, résilier en cas de violation "
      "des lois et règlements.");
  EXPECT_EQ(own.formal.months, 3);
  EXPECT_FALSE(own.formal.unclear);
  EXPECT_EQ(own.formal.from, CountedFrom::kSending);
  EXPECT_EQ(own.Of(v1::NOTICE_KIND_LAW).months, 1);
  EXPECT_FALSE(own.law.unclear);
  EXPECT_EQ(own.Of(v1::NOTICE_KIND_BREACH).months, 3);

  // The consequence follows the sentence of its breach.
  const NoticePeriods after = ReadClause(
      "Un manquement donne lieu à mise en demeure. Au bout de deux mois, elle est résiliée. Une "
      "infraction à la loi donne lieu à mise en demeure. Au bout de quinze jours, elle est "
      "résiliée.");
  EXPECT_EQ(after.formal.months, 2);
  EXPECT_FALSE(after.formal.unclear);
  EXPECT_EQ(after.law.days, 15);

  // « Le même droit » says no period of its own.
  const NoticePeriods same = ReadClause(
      "Résiliation deux mois après mise en demeure. La Caf a le même droit quand la loi est "
      "enfreinte.");
  EXPECT_EQ(same.law.months, 2);
  EXPECT_THAT(same.law.quotes, SizeIs(1));

  // Both at once; and the law's alone says nothing sure of the other.
  const NoticePeriods both = ReadClause(
      "Un manquement aux lois ou aux obligations de la convention est à réparer quinze jours après "
      "mise en demeure.");
  EXPECT_EQ(both.formal.days, 15);
  EXPECT_EQ(both.law.days, 15);
  const NoticePeriods lone = ReadClause("Une infraction aux lois : résiliée deux mois plus tard.");
  EXPECT_EQ(lone.law.months, 2);
  EXPECT_FALSE(lone.law.unclear);
  EXPECT_TRUE(lone.formal.unclear);
}

// Days are no months, and weeks are seven of them.
TEST(NoticeClause, InDaysAndWeeksIsOfThoseDays) {
  const NoticePeriod days = ReadClause("Dénonciation avec un préavis de 45 jours.").denunciation;
  EXPECT_EQ(days.days, 45);
  EXPECT_EQ(days.months, 0);
  EXPECT_FALSE(days.unclear);
  EXPECT_EQ(LengthOf(days).fr, "45 jours");
  const NoticePeriod weeks = ReadClause("Six semaines après mise en demeure.").formal;
  EXPECT_EQ(weeks.days, 42);
  EXPECT_FALSE(weeks.unclear);
  EXPECT_EQ(ReadClause("Dénoncée un trimestre à l'avance.").denunciation.months, 3);
  for (const char* const counted : {"jours ouvrés", "jours francs", "jours ouvrables"}) {
    EXPECT_TRUE(
        ReadClause(absl::StrCat("Trente ", counted, " après mise en demeure.")).formal.unclear);
  }
  const NoticePeriod none = ReadClause("Résiliée 0 mois après mise en demeure.").formal;
  EXPECT_EQ(none.months, 1);
  EXPECT_TRUE(none.unclear);
  EXPECT_THAT(none.quotes, SizeIs(1));
}

// L-27: from when it is counted is what the sentence says; « avec avis de réception » says nothing.
TEST(NoticeClause, IsCountedFromWhatTheSentenceSays) {
  const struct {
    const char* text;
    CountedFrom from;
  } kRows[] = {
      {"Un mois suivant l'envoi d'une lettre avec avis de réception valant mise en demeure.",
       CountedFrom::kSending},
      {"Mise en demeure sans effet pendant deux mois à compter de sa réception.",
       CountedFrom::kReceipt},
      {"Mise en demeure sans effet deux mois après la première présentation du pli.",
       CountedFrom::kPresentation},
      {"Deux mois après mise en demeure par lettre recommandée avec demande d'avis de réception.",
       CountedFrom::kUnsaid},
      {"Dans les trente jours de la réception de la mise en demeure, elle est résiliée.",
       CountedFrom::kReceipt},
      {"Trente jours à compter de la date de l'accusé de réception de la mise en demeure.",
       CountedFrom::kReceipt},
      {"Mise en demeure. La résiliation prend effet un mois plus tard. Ce délai court de la "
       "réception de la lettre.",
       CountedFrom::kReceipt},
  };
  for (const auto& row : kRows) {
    const NoticePeriod formal = ReadClause(row.text).formal;
    EXPECT_EQ(formal.from, row.from) << row.text;
    EXPECT_FALSE(formal.unclear) << row.text;
  }
  EXPECT_TRUE(ReadClause("Un mois après notification de la mise en demeure.").formal.unclear);
  EXPECT_TRUE(ReadClause("La mise en demeure reçue, résiliée sous un mois.").formal.unclear);
  EXPECT_EQ(ReadClause("Préavis de six mois à compter de l'envoi.").denunciation.from,
            CountedFrom::kSending);
  EXPECT_FALSE(NoticePeriod().FromReceipt(v1::NOTICE_KIND_BREACH));
  EXPECT_TRUE(NoticePeriod().FromReceipt(v1::NOTICE_KIND_DENUNCIATION));
}

// A notice for a day of the year, by another day of the year or a length before it.
TEST(NoticeClause, IsForADayOfTheYear) {
  for (const char* const text :
       {"Chacun peut dénoncer la convention, pour le 31 août de chaque année, en prévenant les "
        "autres avant le 1er mars précédent.",
        "Dénoncée avant le premier mars, elle prend fin au 31 août.",
        "Chacun peut la dénoncer pour le trente et un août. Il prévient les autres avant le 1er "
        "mars."}) {
    const NoticePeriod period = ReadClause(text).denunciation;
    EXPECT_FALSE(period.unclear) << text;
    EXPECT_EQ(period.ends_on, (YearDay{8, 31})) << text;
    EXPECT_EQ(period.given_before, (YearDay{3, 1})) << text;
    EXPECT_FALSE(period.day_included) << text;
    EXPECT_EQ(LengthOf(period).fr, "pour le 31 août, avant le 1er mars") << text;
  }
  const NoticePeriod latest =
      ReadClause("La dénonciation est notifiée au plus tard le 30 juin pour le 31 décembre.")
          .denunciation;
  EXPECT_EQ(latest.ends_on, (YearDay{12, 31}));
  EXPECT_EQ(latest.given_before, (YearDay{6, 30}));
  EXPECT_TRUE(latest.day_included);
  EXPECT_FALSE(latest.unclear);
  for (const char* const text :
       {"Dénoncée avant son échéance annuelle, avec un préavis de 2 mois avant le 31 décembre.",
        "Dénoncée pour le 31 décembre avec un préavis de deux mois.",
        "Dénoncée deux mois au moins avant le 31 décembre de chaque année."}) {
    const NoticePeriod period = ReadClause(text).denunciation;
    EXPECT_FALSE(period.unclear) << text;
    EXPECT_EQ(period.ends_on, (YearDay{12, 31})) << text;
    EXPECT_EQ(period.months, 2) << text;
    EXPECT_EQ(LengthOf(period).en, "2 months before 31 December") << text;
  }
}

TEST(NoticeClause, IsForTheTerm) {
  for (const char* const text : {"Dénoncée deux mois avant l'échéance.",
                                 "Dénoncée par pli recommandé, deux mois au moins avant son terme.",
                                 "Dénoncée deux mois avant la date d'expiration."}) {
    const NoticePeriod period = ReadClause(text).denunciation;
    EXPECT_TRUE(period.to_term) << text;
    EXPECT_FALSE(period.unclear) << text;
    EXPECT_EQ(period.months, 2) << text;
  }
  for (const char* const text : {"Dénoncée trois mois avant la date souhaitée.",
                                 "Dénoncée trois mois avant, par lettre recommandée.",
                                 "Dénoncée avant son terme avec un préavis de trois mois."}) {
    const NoticePeriod period = ReadClause(text).denunciation;
    EXPECT_FALSE(period.to_term) << text;
    EXPECT_FALSE(period.unclear) << text;
    EXPECT_EQ(period.months, 3) << text;
  }
}

// What is quoted and not understood is never counted without a word.
TEST(NoticeClause, ThatIsNotUnderstoodSaysSo) {
  for (const char* const text :
       {"Dénoncée pour le 31 août de chaque année.", "Dénoncée avant le 1er mars.",
        "Dénoncée entre le 1er mars et le 30 juin.",
        "Dénoncée le 1er mars avec deux mois de préavis.",
        "Dénoncée deux mois avant son échéance annuelle.",
        "Dénoncée deux mois avant la date anniversaire.",
        "Dénoncée deux mois avant la rentrée scolaire.",
        "Dénoncée deux mois avant le 31 décembre, en prévenant avant le 30 juin.",
        "Dénoncée deux mois avant l'échéance, pour le 31 décembre.",
        "Dénoncée pour le 31 août. Dénoncée pour le 31 décembre avec deux mois de préavis.",
        "Préavis de deux mois à compter de l'envoi. Préavis de deux mois à compter de la "
        "réception."}) {
    const NoticePeriod period = ReadClause(text).denunciation;
    EXPECT_TRUE(period.unclear) << text;
    EXPECT_EQ(period.months, 6) << text;
    EXPECT_FALSE(period.ends_on.has_value()) << text;
    EXPECT_FALSE(period.to_term) << text;
    EXPECT_THAT(period.quotes, ::testing::Not(IsEmpty())) << text;
    EXPECT_THAT(SaidOf(period).fr, HasSubstr("6 mois supposés, à vérifier ; ce qui en dépend"));
    EXPECT_EQ(AssumedOf(period).fr, "");
  }
}

// CHK-30: whatever words say it, in the sentence of the notice or in one of its own.
TEST(NoticeClause, SaysHowANoticeIsGiven) {
  for (const char* const letter :
       {"La convention est dénoncée par lettre recommandée avec accusé de réception.",
        "La convention est dénoncée. La dénonciation se fait par LRAR.",
        "Chaque partie peut dénoncer la convention. Elle l'écrit par pli recommandé.",
        "Chaque partie peut dénoncer la convention. L'envoi se fait en recommandé avec AR.",
        "Chacune peut mettre fin à la convention par L.R.A.R.",
        "Chacune dénonce la convention par courrier LR/AR.",
        "Dénoncée par courrier avec accusé de réception."}) {
    const NoticePeriod period = ReadClause(letter).denunciation;
    EXPECT_TRUE(period.by_registered_letter) << letter;
    EXPECT_FALSE(period.by_delivery) << letter;
    EXPECT_NE(period.form, "") << letter;
  }
  for (const char* const delivered :
       {"La dénonciation est remise en main propre contre décharge.",
        "Dénoncée par acte extrajudiciaire.", "Dénoncée par acte de commissaire de justice.",
        "Dénoncée par exploit d'huissier."}) {
    const NoticePeriod period = ReadClause(delivered).denunciation;
    EXPECT_TRUE(period.by_delivery) << delivered;
    EXPECT_FALSE(period.by_registered_letter) << delivered;
  }
  const NoticePeriod either =
      ReadClause("Dénoncée par lettre recommandée ou remise en main propre contre récépissé.")
          .denunciation;
  EXPECT_TRUE(either.by_delivery && either.by_registered_letter);
  for (const char* const silent :
       {"La convention peut être dénoncée par lettre.",
        "La convention est dénoncée ; il est recommandé d'en parler avant."}) {
    EXPECT_EQ(ReadClause(silent).denunciation.form, "") << silent;
  }
  // Of the notice of which the article spoke last; « toute notification » is each.
  const char* const both =
      "Une mise en demeure restée un mois infructueuse résilie la convention. La convention peut "
      "être dénoncée. ";
  const NoticePeriods last = ReadClause(absl::StrCat(both, "Elle l'est par lettre recommandée."));
  EXPECT_EQ(last.formal.form, "");
  EXPECT_EQ(last.denunciation.form, "Elle l'est par lettre recommandée.");
  const NoticePeriods each =
      ReadClause(absl::StrCat(both, "Toute notification se fait par lettre recommandée."));
  EXPECT_NE(each.formal.form, "");
  EXPECT_NE(each.law.form, "");
}

// L-53: who is to be told.
TEST(NoticeClause, SaysThatAllAreTold) {
  for (const char* const all :
       {"Chacun peut dénoncer en prévenant les autres.",
        "La dénonciation est notifiée à toutes les parties.",
        "Qui dénonce en avertit chacun des signataires.",
        "Qui dénonce en informe l'ensemble des partenaires.",
        "La dénonciation se fait par écrit. Elle est adressée aux autres signataires.",
        "Dénoncée par lettre adressée à chacune des autres parties."}) {
    EXPECT_NE(ReadClause(all).denunciation.to_all, "") << all;
  }
  for (const char* const not_all :
       {"Chacun peut dénoncer en prévenant l'autre partie.",
        "Chacune des parties peut dénoncer, en avertissant la CAF.",
        "La dénonciation est notifiée sans préjudice des autres droits.",
        "Toutes les parties peuvent dénoncer par lettre adressée à la CAF."}) {
    EXPECT_EQ(ReadClause(not_all).denunciation.to_all, "") << not_all;
  }
  // Which of several receipts is the last one cannot be told here.
  EXPECT_TRUE(ReadClause("Préavis de deux mois à compter de la dernière réception, en prévenant "
                         "toutes les parties.")
                  .denunciation.unclear);
}

// L-53: what the clause says of those who stay.
TEST(NoticeClause, SettlesTheExitOfOne) {
  const NoticePeriods periods = ReadClause(
      "Chacun peut se retirer, à charge d'en avertir les autres quatre mois à l'avance. Le retrait "
      "d'une commune laisse subsister le contrat entre les autres ; celui de la Caisse y met fin "
      "pour tous.");
  EXPECT_EQ(periods.denunciation.months, 4);
  EXPECT_FALSE(periods.denunciation.unclear);
  EXPECT_THAT(periods.exit,
              ElementsAre("Le retrait d'une commune laisse subsister le contrat entre les autres ;",
                          "celui de la Caisse y met fin pour tous."));
  EXPECT_THAT(ReadClause("Un signataire peut dénoncer avec un préavis de neuf mois. Dans ce cas la "
                         "convention se poursuit entre les autres signataires.")
                  .exit,
              SizeIs(1));
  for (const char* const settles :
       {"Une commune peut se retirer seule avec un préavis de six mois.",
        "Préavis de six mois ; le retrait de la CAF met fin à la convention.",
        "Le retrait d'une commune n'entraîne pas la résiliation de la convention."}) {
    EXPECT_THAT(ReadClause(settles).exit, SizeIs(1)) << settles;
  }
  EXPECT_THAT(ReadClause("Chacun peut dénoncer en prévenant les autres. La convention est signée "
                         "par toutes.")
                  .exit,
              IsEmpty());
}

}  // namespace
}  // namespace greffe::rules
