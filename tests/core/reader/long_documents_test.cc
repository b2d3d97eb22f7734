// Documents far longer than any convention, up to the limits, come from strangers: what a reading
// and its draft cost grows with their length, not with its square.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/reader/draft.h"
#include "core/reader/reader.h"

namespace greffe::reader {
namespace {

// A text with one passage again and again; '#' stands for its count.
struct LongDocument {
  const char* name;
  const char* head;
  const char* passage;
  const char* end;
  int times;
};

std::string TextOf(const LongDocument& document, int times) {
  std::string text = document.head;
  for (int i = 1; i <= times; ++i) {
    for (const char* c = document.passage; *c != '\0'; ++c) {
      if (*c == '#') {
        absl::StrAppend(&text, i);
      } else {
        text += *c;
      }
    }
  }
  return text + document.end;
}

// Processor seconds, the better of two: what else the machine does is not counted.
double Seconds(const std::string& text) {
  double best = 1e9;
  for (int run = 0; run < 2; ++run) {
    const std::clock_t begin = std::clock();
    const auto reading = Read({{"document.txt", text}});
    EXPECT_TRUE(reading.ok()) << reading.status();
    if (!reading.ok()) return best;
    MakeDraft(*reading, {{std::string(64, '0'), text.size(), "text/plain"}});
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

class LongDocuments : public testing::TestWithParam<LongDocument> {};

TEST_P(LongDocuments, AreReadInTimeThatGrowsWithTheirLength) {
  constexpr int kLonger = 4;
  constexpr double kMost = 7;      // Linear is 4, square is 16.
  constexpr double kSlack = 0.05;  // Seconds, for what every reading costs.
  const double once = Seconds(TextOf(GetParam(), GetParam().times));

  const double longer = Seconds(TextOf(GetParam(), GetParam().times * kLonger));

  EXPECT_LT(longer, kMost * (once + kSlack)) << GetParam().name << ": " << once << " s";
}

INSTANTIATE_TEST_SUITE_P(
    Passages, LongDocuments,
    testing::Values(
        LongDocument{"Lines", "", "mot mot mot\n", "", 15'000},
        LongDocument{"Titles", "Axe 1 : Accueil\n\n", "Objectif 1.1 : Ouvrir le lieu #\n\n", "",
                     2'500},
        LongDocument{"Forms", "ANNEXE 1 – Plan d'actions\n\n",
                     "Action 1.# : Ouvrir\t\nContexte\tUn lieu manque.\nPilote\tVille\n", "", 600},
        LongDocument{"Communes", "Entre :\nles communes de ", "Aubry, ", "\n", 6'000},
        LongDocument{"Offices", "Entre :\nLa Caf du Val, représentée par ", "le ", "\n", 3'000},
        LongDocument{"Names", "Entre :\n",
                     "La commune d'Aubry, représentée par son maire, M. Ada EXEMPLE#\n\n", "",
                     1'000},
        LongDocument{"ListedAnnexes", "Article 1 – Annexes\n\n", "Annexe # : Le lieu\n\n",
                     "Article 2 – Durée\n\nQuatre ans.\n", 1'500},
        LongDocument{"Votes", "Entre :\n\n",
                     "La commune d'Aubry, représentée par son maire, Mme B. EXEMPLE, habilitée par "
                     "délibération n° # du 3 mars 2020\n\n",
                     "", 600},
        LongDocument{"Extracts", "",
                     "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS\nDélibération n° #\n"
                     "Séance du 3 mars 2020\n\nMembres en exercice : 30\n\n",
                     "", 600}),
    [](const testing::TestParamInfo<LongDocument>& info) { return info.param.name; });

}  // namespace
}  // namespace greffe::reader
