#include "core/rules/convening.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "core/rules/sentence.h"

namespace greffe::rules {
namespace {

constexpr absl::string_view kWhich = "seconde|2nde|2de|deuxieme|2e|2eme|nouvelle";
constexpr absl::string_view kArticles = "une|la|cette";
constexpr absl::string_view kLeads = "sur|apres";
constexpr absl::string_view kNegations = "ne|n|pas|non|jamais";
// Before the words they deny them; after them they speak of something else.
constexpr absl::string_view kNegationsBefore = "ne|n|pas|non|jamais|sans|ni|aucun|aucune";
// « Seconde convocation du lundi 17 juin 2025 ».
constexpr absl::string_view kDayWords =
    "du|le|en|date|1er|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|fevrier|mars|"
    "avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre";

using ConveningWords = std::span<const std::string>;

bool Is(const std::string& word, absl::string_view alternatives) {
  return HasWord(ConveningWords(&word, 1), alternatives);
}

// The quorum that there was not is why an assembly is convened again.
bool Denies(ConveningWords words, absl::string_view negations) {
  return HasWord(words, negations) && !HasWord(words, "quorum");
}

bool IsOfADay(const std::string& word) {
  return Is(word, kDayWords) || std::all_of(word.begin(), word.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

// Where « seconde convocation » begins; the number of words when it is not there.
std::size_t FindPhrase(ConveningWords clause) {
  for (std::size_t i = 1; i < clause.size(); ++i) {
    if (clause[i] == "convocation" && Is(clause[i - 1], kWhich)) return i - 1;
  }
  return clause.size();
}

enum class Said { kNothing, kYes, kNo };

Said Hear(absl::string_view sentence) {
  std::vector<std::vector<std::string>> clauses;
  for (const absl::string_view part : absl::StrSplit(sentence, absl::ByAnyChar(",:()"))) {
    clauses.push_back(FoldedWords(part));
  }
  // Any clause after this one denies what it says; heard once for all of them, as remarks of peers
  // may have thousands.
  std::vector<bool> denied_after(clauses.size(), false);
  for (std::size_t c = clauses.size() - 1; c > 0; --c) {
    denied_after[c - 1] = denied_after[c] || Denies(clauses[c], kNegations);
  }
  bool denied_before = false;
  for (std::size_t c = 0; c < clauses.size(); ++c) {
    if (c > 0) denied_before = denied_before || Denies(clauses[c - 1], kNegationsBefore);
    const ConveningWords clause = clauses[c];
    const std::size_t at = FindPhrase(clause);
    if (at == clause.size()) continue;
    const ConveningWords after = clause.subspan(at + 2);
    const bool no = absl::EndsWith(sentence, "?") || HasWord(clause.first(at), kNegationsBefore) ||
                    Denies(after, kNegations) || denied_before || denied_after[c];
    if (no) return Said::kNo;
    const std::size_t article = at > 0 && Is(clause[at - 1], kArticles) ? at - 1 : at;
    const bool led = article > 0 && Is(clause[article - 1], kLeads);
    const bool alone = article == 0 && std::all_of(after.begin(), after.end(), IsOfADay);
    if (led || alone) return Said::kYes;
  }
  return Said::kNothing;
}

}  // namespace

bool OnSecondConvening(absl::string_view remark) {
  bool yes = false;
  for (const absl::string_view sentence : Sentences(remark)) {
    const Said said = Hear(sentence);
    if (said == Said::kNo) return false;
    yes = yes || said == Said::kYes;
  }
  return yes;
}

}  // namespace greffe::rules
