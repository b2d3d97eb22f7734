#include "core/rules/clerical.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/rules/amount.h"
#include "core/rules/number_words.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

// Lengths of time, as often as they are said, sorted: in months (true), or in days, which no number
// of months is.
std::vector<std::pair<bool, int>> Durations(absl::string_view text) {
  std::vector<std::pair<bool, int>> out;
  const std::vector<std::string> words = FoldedWords(text);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto is = [&](absl::string_view units) { return HasWord({&words[i], 1}, units); };
    const int months = is("an|ans|annee|annees") ? 12 : is("mois") ? 1 : 0;
    const int days = is("semaine|semaines") ? 7 : is("jour|jours") ? 1 : 0;
    if (months + days == 0) continue;
    const std::optional<int> number = NumberBefore(words, i);
    if (number.has_value()) out.emplace_back(months > 0, (months + days) * *number);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t Occurrences(absl::string_view text, absl::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != absl::string_view::npos;
       at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

// As texts write a day: « 31 décembre 2027 », « 31/12/2027 », 2027-12-31.
bool TakesDayAway(absl::string_view before, absl::string_view after, CivilDate day) {
  const std::string iso = day.ToString();
  const std::string slashes =
      absl::StrCat(iso.substr(8, 2), "/", iso.substr(5, 2), "/", iso.substr(0, 4));
  for (const std::string& form : {DateFr(day), iso, slashes}) {
    if (Occurrences(after, form) < Occurrences(before, form)) return true;
  }
  return false;
}

Oddity Avenant(absl::string_view fr, absl::string_view en) {
  return {Rule::kAmendment,
          "correction-of-terms",
          FindingSeverityOf(RowOf(Rule::kAmendment).severity),
          {absl::StrCat(fr, " : ce n'est pas une erreur matérielle, c'est un avenant."),
           absl::StrCat(en, ": that is no clerical error, it is an avenant.")}};
}

}  // namespace

bool Provides(const v1::Article& clause, v1::ClauseRole role) {
  return IsOn(Rule::kContentPrevails) && clause.role() == role;
}

bool Attests(absl::string_view author, absl::string_view partner) {
  return author != partner || !IsOn(Rule::kContentPrevails);
}

std::optional<Oddity> CheckClerical(absl::string_view before, absl::string_view after,
                                    const std::vector<CivilDate>& days) {
  if (!IsOn(Rule::kAmendment)) return std::nullopt;
  if (Durations(before) != Durations(after)) {
    return Avenant("la rectification change une durée", "the correction changes a duration");
  }
  if (AmountsIn(before) != AmountsIn(after)) {
    return Avenant("la rectification change un montant", "the correction changes an amount");
  }
  for (const CivilDate day : days) {
    if (!TakesDayAway(before, after, day)) continue;
    return Avenant(absl::StrCat("la rectification ôte le ", DateFr(day), ", date de la durée"),
                   absl::StrCat("the correction takes away ", DateEn(day), ", a day of the term"));
  }
  return std::nullopt;
}

std::optional<Oddity> ClericalNever() {
  if (!IsOn(Rule::kAmendment)) return std::nullopt;
  return Avenant("la durée, les dates d'effet, les montants et les parties font le contrat",
                 "the term, the days of effect, amounts and parties make the contract");
}

}  // namespace greffe::rules
