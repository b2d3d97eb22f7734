#include "core/reader/period.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "core/reader/date_text.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr uint32_t kYearsMax = 12;  // No convention of this kind lasts longer.

bool IsTerm(absl::string_view from, absl::string_view to) {
  return from < to && YearOf(to) - YearOf(from) <= kYearsMax;
}

PeriodEnd EndOf(const FoundDate& date, bool last, absl::string_view text, const Source& source) {
  PeriodEnd end{
      .date = date.iso, .precision = date.precision, .printed = {std::string(text), source}};
  if (date.precision == Precision::kMonth && last) {
    uint32_t month = 0;
    if (absl::SimpleAtoi(date.iso.substr(5, 2), &month)) {
      end.date = IsoDate(YearOf(date.iso), month, DaysInMonth(YearOf(date.iso), month));
    }
  }
  return end;
}

// « 2021-2025 », « 2021 à 2025 », « 2021/2025 » and « 20222026 » (a hyphen lost): the two years.
std::optional<std::pair<uint32_t, uint32_t>> YearsIn(absl::string_view plain) {
  std::vector<std::pair<uint32_t, std::size_t>> years;  // Year and its place.
  for (std::size_t at = 0; at < plain.size();) {
    if (!IsDigit(plain[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < plain.size() && IsDigit(plain[end])) ++end;
    uint32_t value = 0;
    if (end - at == 8) {
      uint32_t second = 0;
      if (absl::SimpleAtoi(plain.substr(at, 4), &value) &&
          absl::SimpleAtoi(plain.substr(at + 4, 4), &second)) {
        years.push_back({value, at});
        years.push_back({second, at + 5});
      }
    } else if (end - at == 4 && absl::SimpleAtoi(plain.substr(at, 4), &value)) {
      years.push_back({value, at});
    }
    at = end;
  }
  for (std::size_t i = 0; i + 1 < years.size(); ++i) {
    const auto [first, at] = years[i];
    const auto [second, next] = years[i + 1];
    const absl::string_view between = plain.substr(at + 4, next > at + 4 ? next - at - 4 : 0);
    const bool joined =
        next <= at + 5 || between.find_first_not_of(" -/a") == absl::string_view::npos;
    if (joined && first >= 1990 && second > first && second - first <= kYearsMax && second < 2100) {
      return std::pair{first, second};
    }
  }
  return {};
}

}  // namespace

std::string EndAfter(absl::string_view from, uint32_t months) {
  uint32_t month = 0;
  uint32_t day = 0;
  if (from.size() != 10 || !absl::SimpleAtoi(from.substr(5, 2), &month) ||
      !absl::SimpleAtoi(from.substr(8, 2), &day)) {
    return {};
  }
  uint32_t year = YearOf(from) + (month - 1 + months) / 12;
  month = (month - 1 + months) % 12 + 1;
  if (day > 1) return IsoDate(year, month, std::min(day - 1, DaysInMonth(year, month)));
  year -= month == 1 ? 1 : 0;
  month = month == 1 ? 12 : month - 1;
  return IsoDate(year, month, DaysInMonth(year, month));
}

std::string StartBefore(absl::string_view to, uint32_t months) {
  uint32_t month = 0;
  uint32_t day = 0;
  if (to.size() != 10 || !absl::SimpleAtoi(to.substr(5, 2), &month) ||
      !absl::SimpleAtoi(to.substr(8, 2), &day) || months / 12 + 1 > YearOf(to)) {
    return {};
  }
  // The day after `to`, then back by whole months.
  const bool last = day >= DaysInMonth(YearOf(to), month);
  uint32_t count = YearOf(to) * 12 + (month - 1) + (last ? 1 : 0) - months;
  const uint32_t year = count / 12;
  month = count % 12 + 1;
  return IsoDate(year, month, std::min(last ? 1 : day + 1, DaysInMonth(year, month)));
}

namespace {

// « quatre (4) », « 36 » and the blanks after it; 0 for no number.
uint32_t CountAt(absl::string_view* rest) {
  const auto number = NumberAt(*rest);
  if (!number || number->value == 0 || number->value > 600) return 0;
  rest->remove_prefix(number->bytes);
  while (!rest->empty() && (rest->front() == ' ' || rest->front() == '(' || rest->front() == ')' ||
                            IsDigit(rest->front()))) {
    rest->remove_prefix(1);
  }
  return number->value;
}

// « et six (6) mois », « et demi » after years: the months, and the text after; 0 for none.
uint32_t MonthsAfterYears(absl::string_view* rest) {
  absl::string_view more = *rest;
  if (!absl::ConsumePrefix(&more, " et ")) return 0;
  uint32_t months = 6;
  if (absl::ConsumePrefix(&more, "demi")) {
    absl::ConsumePrefix(&more, "e");
  } else {
    months = CountAt(&more);
    if (months == 0 || !absl::ConsumePrefix(&more, "mois") || absl::StartsWith(more, " avant") ||
        absl::StartsWith(more, " apres")) {
      return 0;
    }
  }
  *rest = more;
  return months;
}

// « quatre (4) ans », « 36 mois », « un an et six mois », « deux ans et demi »: the months, and the
// text after; 0 for none.
uint32_t MonthsAt(absl::string_view* rest) {
  const uint32_t number = CountAt(rest);
  if (number == 0) return 0;
  if (absl::ConsumePrefix(rest, "mois")) return number;
  if (number > 50) return 0;
  const bool years = absl::ConsumePrefix(rest, "annees") || absl::ConsumePrefix(rest, "annee") ||
                     absl::ConsumePrefix(rest, "ans") || absl::ConsumePrefix(rest, "an");
  return years ? number * 12 + MonthsAfterYears(rest) : 0;
}

}  // namespace

namespace {

// Whether what stands before a length says that it is that of a renewal: « reconduite pour une
// durée d'un an ». « non renouvelable, d'une durée de quatre ans » is the term.
bool IsOfRenewal(absl::string_view before) {
  constexpr std::size_t kNear = 60;
  if (before.size() > kNear) before.remove_prefix(before.size() - kNear);
  if (const std::size_t stop = before.rfind(". "); stop != before.npos)
    before.remove_prefix(stop + 2);
  for (absl::string_view word : {"renouvel", "reconduc", "reconduit", "prorog", "prolong"}) {
    const std::size_t at = before.find(word);
    if (at != before.npos && !absl::EndsWith(before.substr(0, at), "non ")) return true;
  }
  return false;
}

// « conclue pour cinq ans », « court du … pour trente-six mois »: whether « pour » may be followed
// by the term's length, the sentence before it given.
bool SaysTermBefore(absl::string_view before) {
  if (const std::size_t stop = before.rfind(". "); stop != before.npos)
    before.remove_prefix(stop + 2);
  for (absl::string_view word :
       {"conclu", "etabli", " court ", "vigueur", "effet", "valable", "signe"}) {
    if (absl::StrContains(before, word)) return true;
  }
  return false;
}

}  // namespace

uint32_t DurationMonths(absl::string_view text) {
  const std::string plain = Plain(text);
  const absl::string_view all = plain;
  for (absl::string_view lead : {"duree", "pour une periode", "pour "}) {
    for (std::size_t at = all.find(lead); at != all.npos; at = all.find(lead, at + 1)) {
      const absl::string_view before = all.substr(0, at);
      if (IsOfRenewal(before) || (lead == "pour " && !SaysTermBefore(before))) continue;
      absl::string_view rest = all.substr(at + lead.size());
      for (absl::string_view word :
           {" totale", " maximale", " initiale", " est", " fixee", " a", " de", " d'", " :"}) {
        absl::ConsumePrefix(&rest, word);
      }
      if (const uint32_t months = MonthsAt(&rest); months > 0) return months;
    }
  }
  return 0;
}

namespace {

// What stands between « jusqu'au », « prend fin » and the date after it; none without such words.
std::optional<absl::string_view> AfterEnd(absl::string_view plain, const FoundDate& date) {
  constexpr std::size_t kNear = 60;
  const absl::string_view before =
      plain.substr(date.begin > kNear ? date.begin - kNear : 0, std::min(date.begin, kNear));
  std::optional<absl::string_view> after;
  for (absl::string_view words : {"jusqu'au",
                                  "prend fin",
                                  "prendra fin",
                                  "s'acheve",
                                  "s'achevera",
                                  "se termine",
                                  "se terminera",
                                  "expire",
                                  "expirera",
                                  "arrive a echeance",
                                  "arrivera a echeance",
                                  "vient a echeance",
                                  "viendra a echeance",
                                  "echeance au",
                                  "terme le",
                                  "s'eteint",
                                  "s'eteindra",
                                  "cesse de produire ses effets",
                                  "cessera de produire ses effets",
                                  "cesse ses effets"}) {
    const std::size_t at = before.rfind(words);
    if (at == absl::string_view::npos) continue;
    const absl::string_view rest = before.substr(at + words.size());
    if (!after || rest.size() < after->size()) after = rest;
  }
  return after;
}

// Whether the term ends at the date: no words count from it.
bool EndsAt(absl::string_view after_end) {
  for (absl::string_view words : {"compter", "partir", "depuis", "apres", "avant", "suivant",
                                  " an ", " ans", "annee", "mois"}) {
    if (absl::StrContains(after_end, words)) return false;
  }
  return true;
}

// « 4 ans à compter du », between the end and the date: the months that the term lasts from it.
uint32_t MonthsFrom(absl::string_view after_end) {
  for (absl::string_view lead : {" a l'issue de", " au bout de", " au terme de"}) {
    absl::ConsumePrefix(&after_end, lead);
  }
  const uint32_t months = MonthsAt(&after_end);
  for (absl::string_view from : {" a compter d", " a partir d", " apres l"}) {
    if (absl::StartsWith(after_end, from)) return months;
  }
  return 0;
}

// A period of which the text gives the end alone, or the end and the length.
std::optional<Period> PeriodUpTo(absl::string_view text, const FoundDate& date, uint32_t months,
                                 const Source& source) {
  Period period;
  period.to = EndOf(date, true, text, source);
  if (months == 0) return period;
  period.from = {.date = StartBefore(period.to.date, months),
                 .precision = Precision::kDay,
                 .printed = {std::string(text), source}};
  period.from.printed.source.recovered = "duration";
  return period;
}

}  // namespace

std::optional<PeriodEnd> StartIn(absl::string_view text, const Source& source) {
  const std::string plain = Plain(text);
  const std::vector<FoundDate> dates = FindDates(plain);
  if (dates.size() != 1 || dates[0].precision != Precision::kDay) return {};
  constexpr std::size_t kNear = 60;
  const std::size_t begin = dates[0].begin > kNear ? dates[0].begin - kNear : 0;
  const absl::string_view before = absl::string_view(plain).substr(begin, dates[0].begin - begin);
  if (AfterEnd(plain, dates[0])) return {};
  for (absl::string_view words :
       {"entre en vigueur", "entrera en vigueur", "prend effet", "prendra effet", "prenant effet",
        "produit ses effets", "produit effet", "commence", "debute", "demarre", "court du",
        "court a compter", "courra", "conclu", "s'applique a", "applicable a"}) {
    if (absl::StrContains(before, words)) return EndOf(dates[0], false, text, source);
  }
  return {};
}

std::optional<Period> PeriodIn(absl::string_view text, const Source& source) {
  const std::string plain = Plain(text);
  const std::vector<FoundDate> dates = FindDates(plain);
  for (std::size_t i = 0; i + 1 < dates.size(); ++i) {
    if (IsTerm(dates[i].iso, dates[i + 1].iso)) {
      return Period{EndOf(dates[i], false, text, source), EndOf(dates[i + 1], true, text, source)};
    }
  }
  uint32_t months = DurationMonths(text);
  if (dates.size() == 1 && dates[0].precision == Precision::kDay) {
    const auto after_end = AfterEnd(plain, dates[0]);
    if (after_end && EndsAt(*after_end)) return PeriodUpTo(text, dates[0], months, source);
    if (after_end && months == 0) months = MonthsFrom(*after_end);
  }
  if (months > 0 && dates.size() == 1) {
    PeriodEnd to{.date = EndAfter(dates[0].iso, months),
                 .precision = Precision::kDay,
                 .printed = {std::string(text), source}};
    to.printed.source.recovered = "duration";
    if (!to.date.empty()) return Period{EndOf(dates[0], false, text, source), std::move(to)};
  }
  if (!dates.empty()) return {};
  if (const auto years = YearsIn(WithHealedDigits(plain))) {
    return Period{{absl::StrFormat("%04d-01-01", years->first),
                   Precision::kYear,
                   {std::string(text), source}},
                  {absl::StrFormat("%04d-12-31", years->second),
                   Precision::kYear,
                   {std::string(text), source}}};
  }
  return {};
}

}  // namespace greffe::reader
