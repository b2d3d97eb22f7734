#include "core/reader/names.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace greffe::reader {
namespace {

using Wordings = std::vector<std::pair<std::string, std::string>>;

void ExpectFiltered(const Wordings& wordings) {
  for (const auto& [text, wanted] : wordings) {
    NameFilter filter({}, {"Commune de Bon Encontre", "Accueil Jean Moulin"});
    EXPECT_EQ(filter.Filter(text), wanted);
  }
}

TEST(NameFilter, ReplacesEveryNameOfAListAfterACivility) {
  ExpectFiltered({
      {"Mesdames MODÈLE Odile, D'ESSAI-FICTIF Léa, GABARIT Zohra.",
       "Mesdames [nom], [nom], [nom]."},
      {"MM. LAMBDA, TÉMOIN et NEUTRE-ESSAI, conseillers", "MM. [nom], [nom] et [nom], conseillers"},
      {"Mmes Élise Gabarit et\nZoé Spécimen", "Mmes [nom] et\n[nom]"},
      {"M. Jean-Pierre LE MODÈLE, Maire de Bon Encontre", "M. [nom], Maire de Bon Encontre"},
      {"Monsieur Marcel\nEXEMPLE, directeur", "Monsieur [nom], directeur"},
  });
}

TEST(NameFilter, ReplacesWhateverIsNoBodyInAListOfAttendance) {
  ExpectFiltered({
      {"Conseillers présents (3)\nGABARIT Odile, Wassila Benfictif, A. EXEMPLE",
       "Conseillers présents (3)\n[nom], [nom], [nom]"},
      {"Étaient présents : DE LA TOUR Hugo – D. TÉMOIN ; Commune de Bon Encontre : Éloïse Lambda",
       "Étaient présents : [nom] – [nom] ; Commune de Bon Encontre : [nom]"},
      {"Absents excusés : Karim Neutre (pouvoir à Yasmina El Gabarit)",
       "Absents excusés : [nom] (pouvoir à [nom])"},
      {"Procurations :\nGABARIT Nora à LAMBDA Luc", "Procurations :\n[nom] à [nom]"},
      {"Présents : 22\nGrande Ourse, Petit Prince", "Présents : 22\nGrande Ourse, Petit Prince"},
      {"Présents : Ondine Gabarit, maire de Pont Neuf", "Présents : [nom], maire de Pont Neuf"},
      {"Étaient présents : D. TÉMOIN", "Étaient présents : [nom]"},
      {"Présents : Bon Encontre, Ondine Gabarit", "Présents : Bon Encontre, [nom]"},
      {"Secrétaire de séance : Lemodèle Bénédicte\nFête du Jeu",
       "Secrétaire de séance : [nom]\nFête du Jeu"},
  });
}

TEST(NameFilter, ReplacesNamesThatAPhraseAnnouncesOrFollows) {
  ExpectFiltered({
      {"GABARIT Alain | a donné pouvoir à | SPÉCIMEN Odile", "[nom] | a donné pouvoir à | [nom]"},
      {"Ondine Gabarit a été désignée secrétaire de séance.",
       "[nom] a été désignée secrétaire de séance."},
      {"la Ville, représentée par Ondine Gabarit, décide",
       "la Ville, représentée par [nom], décide"},
      {"sous la présidence de Ondine Le Gabarit, Maire", "sous la présidence de [nom], Maire"},
      {"Signé : Ondine GABARIT", "Signé : [nom]"},
  });
}

TEST(NameFilter, ReplacesNamesBesideAnOfficeAndUnderSignatures) {
  ExpectFiltered({
      {"La directrice du centre social, Sophie Gabarit, anime l'atelier",
       "La directrice du centre social, [nom], anime l'atelier"},
      {"Pierre Gabarit, 1er adjoint", "[nom], 1er adjoint"},
      {"Le Directeur de la Caf Alban GABARIT", "Le Directeur de la Caf [nom]"},
      {"Fait à Bon Encontre, le 3 mars\nLe Maire de Saint-Essai-de-Modèle, Ondine Gabarit | "
       "Pour la Ville de Pont du Modèle\nAïcha Lambda | Ferdinand TÉMOIN",
       "Fait à Bon Encontre, le 3 mars\nLe Maire de Saint-Essai-de-Modèle, [nom] | "
       "Pour la Ville de Pont du Modèle\n[nom] | [nom]"},
      {"Le Maire,\nOndine GABARIT", "Le Maire,\n[nom]"},
      {"Référente : Sophie GABARIT (CCAS)", "Référente : [nom] (CCAS)"},
  });
}

TEST(NameFilter, LeavesBodiesPlacesAndFacilities) {
  for (const char* text :
       {"la crèche Jean Moulin et l'école Simone VEIL",
        "Écoles Jean Moulin, Paul Bert et Marie CURIE", "3 rue Jean JAURÈS, Gymnase Alain COLAS",
        "Place du Général de Gaulle", "multi-accueil « Simone VEIL »",
        "La commune de Saint Pierre DE MODÈLE", "Les partenaires présents : Familles Rurales",
        "Présents : Accueil Jean Moulin, Communauté de Communes Pays Modèle",
        "Nombre de parents présents aux actions\nFête du Jeu",
        "Le Conseil Municipal donne pouvoir au Maire", "AXE I. NAÎTRE ET GRANDIR",
        "Pilote : Directeur CC, Référente PE", "Fait à Bon Encontre, le 2 mai",
        "Fait à Modèle\nLa Caf du Val | La Ville de Modèle\nAnnexe 1 : Diagnostic Commun"}) {
    NameFilter filter({}, {"Accueil Jean Moulin"});
    EXPECT_EQ(filter.Filter(text), text);
    EXPECT_EQ(filter.count(), 0u);
  }
}

TEST(NameFilter, KnowsALearntNameInEitherOrder) {
  NameFilter filter({});
  filter.Learn("Étaient présents : GABARIT Odile, SPÉCIMEN Léa");

  EXPECT_EQ(filter.Filter("un mot de Odile Gabarit et de Lea SPECIMEN"),
            "un mot de [nom] et de [nom]");
  EXPECT_EQ(filter.count(), 2u);
}

// What is asked at each word of a line looks at few of them: else this would take hours.
TEST(NameFilter, ReadsLongLinesOfCapitals) {
  for (const std::string words : {"M A ", "De La ", "M Exemple "}) {
    std::string line;
    while (line.size() < (1u << 17)) line.append(words);
    NameFilter filter({});
    EXPECT_FALSE(filter.Filter(line).empty()) << words;
  }
}

}  // namespace
}  // namespace greffe::reader
