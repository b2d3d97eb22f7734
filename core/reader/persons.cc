#include "core/reader/persons.h"

#include <array>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr absl::string_view kOffices[] = {
#include "core/reader/lexicon/party_offices.inc"
};

constexpr std::array<absl::string_view, 10> kCivilities = {
    "monsieur", "madame", "mademoiselle", "mme",      "mr",
    "m.",       "mlle",   "messieurs",    "mesdames", "mmes"};
constexpr std::array<absl::string_view, 12> kDeterminers = {
    "son ",  "sa ",    "ses ", "le ",  "la ", "l'",
    "leur ", "leurs ", "les ", "par ", "et ", "en la personne de "};

// Whether `plain` starts with the whole word or words `start`.
bool StartsWithWords(absl::string_view plain, absl::string_view start) {
  return absl::StartsWith(plain, start) &&
         (plain.size() == start.size() || !IsPlainWordByte(plain[start.size()]) ||
          !IsPlainWordByte(start.back()));
}

bool StartsWithOffice(absl::string_view plain) {
  for (absl::string_view office : kOffices) {
    if (StartsWithWords(plain, office)) return true;
  }
  return false;
}

absl::string_view WithoutDeterminers(absl::string_view plain) {
  for (bool again = true; again;) {
    again = false;
    for (absl::string_view determiner : kDeterminers) {
      again = absl::ConsumePrefix(&plain, determiner) || again;
    }
  }
  return plain;
}

// « Monsieur le Maire », « Madame la Présidente »: the office after the civility.
bool IsCivilOffice(absl::string_view plain) {
  for (absl::string_view civility : kCivilities) {
    if (!StartsWithWords(plain, civility)) continue;
    absl::string_view rest = plain.substr(civility.size());
    while (absl::ConsumePrefix(&rest, " ") || absl::ConsumePrefix(&rest, ".")) {
    }
    return WithoutDeterminers(rest).size() < rest.size() &&
           StartsWithOffice(WithoutDeterminers(rest));
  }
  return false;
}

std::string Trimmed(absl::string_view text) {
  std::string out = OneSpaced(text);
  while (!out.empty() && absl::string_view(" ,;.:").find(out.back()) != absl::string_view::npos)
    out.pop_back();
  return out;
}

// Cuts a leading word (« son », « et », « par »…) off the printed text.
bool CutWord(absl::string_view word, absl::string_view* text) {
  const std::string plain = Plain(text->substr(0, word.size() + 4));
  if (!absl::StartsWith(plain, word)) return false;
  std::size_t bytes = 0;  // Bytes of the printed text that the word stands for.
  while (bytes <= text->size() && Plain(text->substr(0, bytes)) != Plain(word)) ++bytes;
  if (bytes > text->size()) return false;
  *text = absl::StripLeadingAsciiWhitespace(text->substr(bytes));
  return true;
}

std::string WithoutLead(const std::string& text) {
  absl::string_view rest = text;
  for (bool again = true; again;) {
    again = false;
    for (absl::string_view lead : kDeterminers) again = CutWord(lead, &rest) || again;
  }
  return OneSpaced(rest);
}

// Whether a new clause starts at `at`, where « et » or « , » stands before.
bool OpensClause(absl::string_view text) {
  const std::string plain = Plain(text.substr(0, 60));
  return StartsWithCivility(plain) || StartsWithWords(plain, "par") ||
         (WithoutDeterminers(plain).size() < plain.size() &&
          StartsWithOffice(WithoutDeterminers(plain)));
}

// « en qualité de directrice » is the office « directrice ».
std::string WithoutCapacity(std::string clause) {
  absl::string_view rest = clause;
  absl::ConsumePrefix(&rest, "agissant ");
  for (absl::string_view lead : {"en sa qualité ", "en leur qualité ", "en qualité "}) {
    if (!absl::ConsumePrefix(&rest, lead)) continue;
    for (absl::string_view joint : {"de ", "d'", "d’"}) {
      if (absl::ConsumePrefix(&rest, joint)) break;
    }
    return std::string(rest);
  }
  return clause;
}

// The clauses between commas, and between « et » where a person or an office follows.
std::vector<std::string> Clauses(absl::string_view text) {
  std::vector<std::string> clauses;
  std::size_t begin = 0;
  std::size_t depth = 0;
  const auto end_clause = [&](std::size_t end, std::size_t next) {
    std::string clause = WithoutCapacity(Trimmed(text.substr(begin, end - begin)));
    if (!clause.empty()) clauses.push_back(std::move(clause));
    begin = next;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && depth > 0) --depth;
    if (depth > 0) continue;
    if (text[at] == ',' || text[at] == ';') {
      end_clause(at, at + 1);
    } else if (absl::StartsWith(text.substr(at), " et ") && OpensClause(text.substr(at + 4))) {
      end_clause(at, at + 4);
    }
  }
  end_clause(text.size(), text.size());
  return clauses;
}

enum class ClauseKind { kName, kOffice, kOther };

ClauseKind KindOf(absl::string_view clause) {
  const std::string plain = Plain(clause);
  const absl::string_view bare = WithoutDeterminers(plain);
  if (IsCivilOffice(bare)) return ClauseKind::kOffice;
  if (StartsWithCivility(bare)) return ClauseKind::kName;
  if (StartsWithOffice(bare)) return ClauseKind::kOffice;
  return ClauseKind::kOther;
}

// « Présidente Madame X » and « Monsieur X Maire »: two things without a comma between them.
std::vector<std::string> SplitAtCivility(const std::string& clause) {
  for (absl::string_view mark : {" Monsieur ", " Madame ", " Mme ", " M. ", " Mr "}) {
    const std::size_t at = clause.find(std::string(mark));
    if (at == std::string::npos || KindOf(clause) != ClauseKind::kOffice) continue;
    const std::string before = clause.substr(0, at);
    const std::string after = clause.substr(at + 1);
    if (IsCivilOffice(Plain(clause))) continue;
    return {Trimmed(before), Trimmed(after)};
  }
  return {clause};
}

}  // namespace

bool StartsWithCivility(absl::string_view plain) {
  for (absl::string_view civility : kCivilities) {
    if (StartsWithWords(plain, civility)) return true;
  }
  return absl::StartsWith(plain, "m ");
}

std::vector<NamedOffice> ParseRepresentatives(absl::string_view text) {
  std::vector<NamedOffice> persons;
  bool office_first = false;
  const auto last_lacks_name = [&persons] {
    return !persons.empty() && persons.back().name.empty();
  };
  for (const std::string& whole : Clauses(text)) {
    for (const std::string& clause : SplitAtCivility(whole)) {
      const std::string bare = WithoutLead(clause);
      ClauseKind kind = KindOf(clause);
      // After an office, capitalised words are the name; after a name, the rest of its office.
      if (kind == ClauseKind::kOther && StartsUpper(bare)) {
        const bool name = persons.empty() || last_lacks_name();
        kind = name ? ClauseKind::kName : ClauseKind::kOffice;
      }
      if (kind == ClauseKind::kName) {
        if (last_lacks_name()) {
          persons.back().name = bare;
        } else {
          persons.push_back({bare, ""});
          office_first = false;
        }
      } else if (kind == ClauseKind::kOffice) {
        const bool fits = !persons.empty() && !office_first && persons.back().office.empty();
        if (fits) {
          persons.back().office = bare;
        } else if (!persons.empty() && !last_lacks_name() && bare == clause && StartsLower(bare)) {
          persons.back().office += ", " + clause;
        } else {
          persons.push_back({"", bare});
          office_first = true;
        }
      } else if (!persons.empty() && !bare.empty()) {
        std::string& office = persons.back().office;
        office += (office.empty() ? "" : ", ") + clause;
      }
    }
  }
  return persons;
}

}  // namespace greffe::reader
