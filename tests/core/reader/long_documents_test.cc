// Documents far longer than any convention come from strangers: what a reading and its draft cost
// grows with their length, not with its square.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/reader/draft.h"
#include "core/reader/reader.h"
#include "tests/support/allocations.h"

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

// Bytes that a reading and its draft ask for: a count, which no machine and no load changes. What
// only compares again and again shows in no count, and outlasts the limit of the test.
std::uint64_t Cost(const std::string& text) {
  const std::uint64_t before = testing_support::BytesAllocated();
  const auto reading = Read({{"document.txt", text}});
  EXPECT_TRUE(reading.ok()) << reading.status();
  if (reading.ok()) MakeDraft(*reading, {{std::string(64, '0'), text.size(), "text/plain"}});
  return testing_support::BytesAllocated() - before;
}

class LongDocuments : public testing::TestWithParam<LongDocument> {};

TEST_P(LongDocuments, CostWhatGrowsWithTheirLength) {
  constexpr int kLonger = 4;
  constexpr std::uint64_t kMost = 6;  // Linear is 4, square is 16.
  const std::uint64_t once = Cost(TextOf(GetParam(), GetParam().times));

  const std::uint64_t longer = Cost(TextOf(GetParam(), GetParam().times * kLonger));

  EXPECT_GT(once, 0u);
  EXPECT_LT(longer, kMost * once);
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
                     3'000},
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
