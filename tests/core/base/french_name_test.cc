#include "core/base/french_name.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

struct Said {
  const char* name;
  const char* the;
  const char* of;
  const char* to;
};

TEST(FrenchName, TakesTheArticleOfItsFirstWord) {
  constexpr Said kAll[] = {
      {"Ville de Rodez", "la Ville de Rodez", "de la Ville de Rodez", "à la Ville de Rodez"},
      {"Commune d'Agen", "la Commune d'Agen", "de la Commune d'Agen", "à la Commune d'Agen"},
      {"COMMUNE DE BOÉ", "la COMMUNE DE BOÉ", "de la COMMUNE DE BOÉ", "à la COMMUNE DE BOÉ"},
      {"Agglomération d'Agen", "l'Agglomération d'Agen", "de l'Agglomération d'Agen",
       "à l'Agglomération d'Agen"},
      {"syndicat mixte du Val", "le syndicat mixte du Val", "du syndicat mixte du Val",
       "au syndicat mixte du Val"},
      {"Caf de l'Aveyron", "la Caf de l'Aveyron", "de la Caf de l'Aveyron",
       "à la Caf de l'Aveyron"},
      {"C.A.F. du Lot", "la C.A.F. du Lot", "de la C.A.F. du Lot", "à la C.A.F. du Lot"},
      {"Communauté de communes du Réolais", "la Communauté de communes du Réolais",
       "de la Communauté de communes du Réolais", "à la Communauté de communes du Réolais"},
      {"Métropole du Grand Paris", "la Métropole du Grand Paris", "de la Métropole du Grand Paris",
       "à la Métropole du Grand Paris"},
      {"État", "l'État", "de l'État", "à l'État"},
      {"Éducation nationale", "l'Éducation nationale", "de l'Éducation nationale",
       "à l'Éducation nationale"},
      {"Département du Lot", "le Département du Lot", "du Département du Lot",
       "au Département du Lot"},
      {"Communes de Foulayronnes et de Pont", "les Communes de Foulayronnes et de Pont",
       "des Communes de Foulayronnes et de Pont", "aux Communes de Foulayronnes et de Pont"},
      {"CCAS\u00a0de Rodez", "le CCAS\u00a0de Rodez", "du CCAS\u00a0de Rodez",
       "au CCAS\u00a0de Rodez"},
  };
  for (const Said& one : kAll) {
    EXPECT_EQ(TheParty(one.name), one.the);
    EXPECT_EQ(OfParty(one.name), one.of);
    EXPECT_EQ(ToParty(one.name), one.to);
  }
}

TEST(FrenchName, DoesNotTakeTwoArticles) {
  EXPECT_EQ(OfParty("Le Département du Lot"), "du Département du Lot");
  EXPECT_EQ(OfParty("La Ville d'Albi"), "de la Ville d'Albi");
  EXPECT_EQ(ToParty("L'Agglomération d'Agen"), "à l'Agglomération d'Agen");
  EXPECT_EQ(ToParty("l\u2019État"), "à l'État");
  EXPECT_EQ(OfParty("les communes du Val"), "des communes du Val");
}

TEST(FrenchName, TurnsAroundANameThatItDoesNotKnow) {
  // Towns, ids, names of their own, words that only begin like a known one.
  for (const char* name : {"Agen Agglomération", "Le Mans Métropole", "La Rochelle", "caf-12",
                           "Ville-d'Avray", "Cafétéria", "L'Isle-Adam", "Œuvre des crèches", ""}) {
    EXPECT_EQ(TheParty(name), absl::StrCat("le partenaire « ", name, " »"));
    EXPECT_EQ(OfParty(name), absl::StrCat("du partenaire « ", name, " »"));
    EXPECT_EQ(ToParty(name), absl::StrCat("au partenaire « ", name, " »"));
  }
}

}  // namespace
}  // namespace greffe
