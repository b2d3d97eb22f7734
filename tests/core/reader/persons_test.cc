#include "core/reader/persons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Persons(absl::string_view text) {
  std::vector<std::string> persons;
  for (const NamedOffice& person : ParseRepresentatives(text))
    persons.push_back(person.name + " | " + person.office);
  return persons;
}

TEST(ParseRepresentatives, ReadsNameThenOffice) {
  EXPECT_THAT(Persons("Monsieur Jean du Val, Président"),
              ElementsAre("Monsieur Jean du Val | Président"));
  EXPECT_THAT(Persons("Madame Ada Lune, 1ère Adjointe au Maire"),
              ElementsAre("Madame Ada Lune | 1ère Adjointe au Maire"));
}

TEST(ParseRepresentatives, ReadsOfficeThenName) {
  EXPECT_THAT(Persons("son Maire, Monsieur Luc FAURE"), ElementsAre("Monsieur Luc FAURE | Maire"));
  EXPECT_THAT(
      Persons(
          "la présidente de son conseil d'administration, Madame Ada LUNE et par sa directrice, "
          "Madame Zoé MONT"),
      ElementsAre("Madame Ada LUNE | présidente de son conseil d'administration",
                  "Madame Zoé MONT | directrice"));
  EXPECT_THAT(Persons("Madame la Préfète du Val, Claire Monet"),
              ElementsAre("Claire Monet | Madame la Préfète du Val"));
}

TEST(ParseRepresentatives, ReadsTwoNamesWithOffices) {
  EXPECT_THAT(Persons("M. Karim Benali, Directeur, et Mme Anne Le Goff, Présidente du Conseil "
                      "d'administration"),
              ElementsAre("M. Karim Benali | Directeur",
                          "Mme Anne Le Goff | Présidente du Conseil d'administration"));
}

TEST(ParseRepresentatives, KeepsALongOfficeWhole) {
  EXPECT_THAT(
      Persons("Monsieur Luc FAURE, Directeur des Services Départementaux de l'Education Nationale"),
      ElementsAre(
          "Monsieur Luc FAURE | Directeur des Services Départementaux de l'Education Nationale"));
}

TEST(ParseRepresentatives, GivesAnOfficeWithoutAName) {
  EXPECT_THAT(Persons("son Maire"), ElementsAre(" | Maire"));
}

}  // namespace
}  // namespace greffe::reader
