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

uint32_t YearOf(absl::string_view iso) {
  uint32_t year = 0;
  return absl::SimpleAtoi(iso.substr(0, 4), &year) ? year : 0;
}

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

bool SaysTerm(absl::string_view plain) {
  for (absl::string_view words : {"conclue",
                                  "prend effet",
                                  "prendra effet",
                                  "entre en vigueur",
                                  "entrera en vigueur",
                                  "pour une duree",
                                  "d'une duree",
                                  "couvre la periode",
                                  "pour la periode",
                                  "jusqu'au",
                                  "prend fin",
                                  "prendra fin",
                                  "etablie pour",
                                  "s'applique du",
                                  "s'applique a compter",
                                  "court du",
                                  "court a compter",
                                  "applicable du",
                                  "valable du",
                                  "s'etend du",
                                  "produit ses effets",
                                  "couvre les annees",
                                  "porte sur la periode",
                                  "s'acheve",
                                  "se termine",
                                  "expire",
                                  "arrive a echeance"}) {
    if (absl::StrContains(plain, words)) return true;
  }
  return false;
}

enum class Other { kConvention, kDeed };
struct OtherWord {
  absl::string_view word;
  Other kind;
};
constexpr OtherWord kOtherWords[] = {
#include "core/reader/lexicon/other_terms.inc"
};

// « La présente convention prend la suite de la précédente et s'achève le … »: of this one again.
bool ComesBack(absl::string_view plain, absl::string_view after_word) {
  const bool own = absl::StartsWith(plain, "elle ") || absl::StartsWith(plain, "la presente ") ||
                   absl::StartsWith(plain, "le present ");
  return own && absl::StrContains(after_word, " et ");
}

// Whether the first date of a sentence is another's: an earlier convention's, or, for an end alone,
// that of what may be done with this one (« des avenants sont possibles jusqu'au … »).
bool IsOfAnother(absl::string_view plain, bool end_alone) {
  const std::vector<FoundDate> dates = FindDates(plain);
  const absl::string_view head = plain.substr(0, dates.empty() ? plain.size() : dates[0].begin);
  return std::any_of(std::begin(kOtherWords), std::end(kOtherWords), [&](const OtherWord& other) {
    const std::size_t at = head.rfind(other.word);
    if (at == absl::string_view::npos) return false;
    return other.kind == Other::kDeed ? end_alone : !ComesBack(plain, head.substr(at));
  });
}

// The sentences of a text; a full stop after a digit or a lone letter ends none.
std::vector<std::string> Sentences(absl::string_view text) {
  std::vector<std::string> sentences;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool stop = text[at] == '\n' || (text[at] == '.' && at + 1 < text.size() &&
                                           text[at + 1] == ' ' && at > 1 && text[at - 2] != ' ');
    if (!stop) continue;
    sentences.emplace_back(text.substr(begin, at - begin));
    begin = at + 1;
  }
  sentences.emplace_back(text.substr(begin));
  return sentences;
}

std::optional<Period> WholePeriodIn(absl::string_view text, const Source& source) {
  std::optional<Period> period = PeriodIn(text, source);
  if (period && period->from.date.empty()) period.reset();
  return period;
}

enum class Sentence { kSaysTerm, kAny, kSaysEnd };

// The best period of a part's blocks: a sentence that says it is the term, any, or one that gives
// the end alone.
std::optional<Period> TermIn(const Blocks& blocks, const ContractPart& part,
                             Sentence wanted = Sentence::kSaysTerm) {
  for (std::size_t at = part.begin; at < part.end; ++at) {
    const Block& block = blocks.blocks[at];
    if (block.kind == BlockKind::kTable || block.kind == BlockKind::kContents) continue;
    for (const std::string& sentence : Sentences(block.text)) {
      const std::string plain = Plain(sentence);
      if (wanted != Sentence::kAny && !SaysTerm(plain)) continue;
      if (IsOfAnother(plain, wanted == Sentence::kSaysEnd)) continue;
      auto period = PeriodIn(sentence, {.lines = {block.lines}});
      if (period && period->from.date.empty() == (wanted == Sentence::kSaysEnd)) return period;
    }
  }
  return {};
}

void SetPeriod(Period period, Convention* convention) {
  convention->from = std::move(period.from);
  convention->to = std::move(period.to);
}

// `end` is set where the article on the term gives the end alone.
bool SetFromArticles(const Blocks& blocks, const std::vector<ContractPart>& parts,
                     std::optional<PeriodEnd>* end, Convention* convention) {
  std::vector<const ContractPart*> others;
  for (const ContractPart& part : parts) {
    if (part.kind != PartKind::kArticle) continue;
    const Lines heading = blocks.blocks[part.begin].lines;
    const bool term =
        std::any_of(convention->articles.begin(), convention->articles.end(),
                    [&heading](const Article& article) {
                      const bool says = article.role == v1::CLAUSE_ROLE_TERM ||
                                        absl::StrContains(Plain(article.title.text), "duree");
                      return says && article.title.source.lines[0].document == heading.document &&
                             article.title.source.lines[0].first == heading.first;
                    });
    if (!term) {
      others.push_back(&part);
      continue;
    }
    auto period = TermIn(blocks, part);
    // Under « Durée » a period is the term whatever the words around it.
    if (!period) period = TermIn(blocks, part, Sentence::kAny);
    if (auto last = TermIn(blocks, part, Sentence::kSaysEnd); last && !period && !*end) {
      *end = std::move(last->to);
    }
    if (!period) continue;
    SetPeriod(*std::move(period), convention);
    return true;
  }
  if (*end) return false;
  for (const ContractPart* part : others) {
    if (auto period = TermIn(blocks, *part)) {
      SetPeriod(*std::move(period), convention);
      return true;
    }
  }
  return false;
}

// « 2024-2028 » and nothing else, as a cover prints the term.
bool IsYearsAlone(const Block& block, absl::string_view plain) {
  constexpr std::size_t kYearsBytes = 40;  // « (2024 - 2028) », « période 2024 à 2028 »
  if (block.kind == BlockKind::kTable || plain.size() > kYearsBytes) return false;
  for (absl::string_view lead : {"periode ", "annees ", "pour la periode "}) {
    absl::ConsumePrefix(&plain, lead);
  }
  const std::string years = WithHealedDigits(plain);
  return std::all_of(years.begin(), years.end(), [](char c) {
    return IsDigit(c) || absl::string_view(" -/()a:").find(c) != absl::string_view::npos;
  });
}

bool IsTitle(const Block& block, absl::string_view plain) {
  return plain.size() <= 220 && block.kind != BlockKind::kTable &&
         block.kind != BlockKind::kContents && !absl::EndsWith(plain, ".") &&
         !absl::EndsWith(plain, ";") &&
         (absl::StartsWith(plain, "convention territoriale globale") ||
          absl::StartsWith(plain, "projet de convention territoriale globale") ||
          absl::StartsWith(plain, "la convention territoriale globale") ||
          (absl::StrContains(plain, "convention territoriale globale") && IsAllCaps(block.text)));
}

// What the title says beyond « Convention territoriale globale »: the territory, years left out.
std::string TerritoryIn(absl::string_view title) {
  const std::string plain = Plain(title);
  const std::size_t at = plain.find("globale");
  if (at == std::string::npos) return {};
  // The plain form of the title's start is as long as the printed one but for accents.
  std::size_t bytes = 0;
  while (bytes < title.size() && Plain(title.substr(0, bytes)).size() < at + 7) ++bytes;
  std::string rest = OneSpaced(title.substr(bytes));
  std::string out;
  for (char c : rest) {
    if (!IsDigit(c)) out += c;
  }
  out = OneSpaced(out);
  while (!out.empty() && absl::string_view(" -/:,.(").find(out.back()) != absl::string_view::npos)
    out.pop_back();
  for (absl::string_view mark : {"\u2013", "\u2014"}) {
    while (absl::EndsWith(out, mark)) out = OneSpaced(out.substr(0, out.size() - mark.size()));
  }
  for (absl::string_view lead : {"- ", ": ", "\u2013 ", "(CTG) ", "(CTG)", "CTG "}) {
    if (absl::StartsWith(out, lead)) out = out.substr(lead.size());
  }
  return LetterCount(out) >= 3 ? out : std::string();
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

// « quatre (4) ans », « 36 mois »: the months, and the text after; 0 for none.
uint32_t MonthsAt(absl::string_view* rest) {
  const auto number = NumberAt(*rest);
  if (!number || number->value == 0 || number->value > 600) return 0;
  rest->remove_prefix(number->bytes);
  while (!rest->empty() && (rest->front() == ' ' || rest->front() == '(' || rest->front() == ')' ||
                            IsDigit(rest->front()))) {
    rest->remove_prefix(1);
  }
  if (absl::ConsumePrefix(rest, "mois")) return number->value;
  if (number->value > 50) return 0;
  const bool years = absl::ConsumePrefix(rest, "annees") || absl::ConsumePrefix(rest, "annee") ||
                     absl::ConsumePrefix(rest, "ans") || absl::ConsumePrefix(rest, "an");
  return years ? number->value * 12 : 0;
}

}  // namespace

uint32_t DurationMonths(absl::string_view text) {
  const std::string plain = Plain(text);
  for (std::size_t at = plain.find("duree"); at != std::string::npos;
       at = plain.find("duree", at + 1)) {
    absl::string_view rest = absl::string_view(plain).substr(at + 5);
    for (absl::string_view word :
         {" totale", " maximale", " initiale", " est", " fixee", " a", " de", " :"}) {
      absl::ConsumePrefix(&rest, word);
    }
    if (const uint32_t months = MonthsAt(&rest); months > 0) return months;
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
  for (absl::string_view words :
       {"jusqu'au", "prend fin", "prendra fin", "s'acheve", "s'achevera", "se termine", "expire",
        "arrive a echeance", "arrivera a echeance", "echeance au", "terme le"}) {
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

// A title of a plan whose convention stands elsewhere.
bool NamesThePlan(const Block& block, absl::string_view plain) {
  constexpr std::size_t kTitleBytes = 120;
  if (block.kind == BlockKind::kTable || block.text.size() > kTitleBytes ||
      EndsSentence(block.text)) {
    return false;
  }
  const bool ctg = absl::StartsWith(plain, "ctg ") || absl::StrContains(plain, " ctg");
  return ctg || absl::StrContains(plain, "plan d'action") ||
         absl::StrContains(plain, "programme d'action");
}

void ReadTerms(const Blocks& blocks, const std::vector<ContractPart>& parts,
               Convention* convention) {
  constexpr std::size_t kCoverBlocks = 30;
  constexpr std::size_t kTitleBlocks = 6;
  std::optional<Period> years;  // Under the title.
  std::optional<Period> cover;  // Alone on a line near the start of a document.
  std::optional<Period> named;  // In « Plan d'actions de la CTG 2022-2025 », the very first lines.
  std::optional<Period> anywhere;  // In a sentence outside the articles.
  for (const ContractPart& part : parts) {
    const bool front = part.kind == PartKind::kCover || part.kind == PartKind::kParties ||
                       part.kind == PartKind::kBody;
    for (std::size_t at = part.begin; at < part.end; ++at) {
      const Block& block = blocks.blocks[at];
      const absl::string_view head = absl::string_view(block.text).substr(0, 300);
      const std::string plain = Plain(head);
      const Source source{.lines = {block.lines}};
      if (front && IsTitle(block, plain) && convention->title.text.empty()) {
        convention->title = {block.text, source};
        convention->territory = {TerritoryIn(block.text), source};
      }
      const bool under_title = front && block.text.size() <= 160 &&
                               block.kind != BlockKind::kTable && !convention->title.text.empty();
      if (under_title && !years) years = WholePeriodIn(block.text, source);
      const bool early = at < kCoverBlocks && part.kind != PartKind::kArticle;
      if (early && !cover && IsYearsAlone(block, plain)) cover = WholePeriodIn(block.text, source);
      if (at < kTitleBlocks && !named && NamesThePlan(block, plain))
        named = WholePeriodIn(block.text, source);
    }
    if (!anywhere && part.kind != PartKind::kArticle && part.kind != PartKind::kAnnex)
      anywhere = TermIn(blocks, part);
  }
  std::optional<PeriodEnd> end;
  if (SetFromArticles(blocks, parts, &end, convention)) return;
  if (!years) years = std::move(cover);
  if (!years) years = std::move(named);
  // A sentence elsewhere may be about an earlier convention: the years of the title settle that.
  const bool agrees = years && anywhere &&
                      YearOf(years->from.date) == YearOf(anywhere->from.date) &&
                      YearOf(years->to.date) == YearOf(anywhere->to.date);
  if (years && !agrees) {
    SetPeriod(*std::move(years), convention);
  } else if (anywhere) {
    SetPeriod(*std::move(anywhere), convention);
  }
  // « jusqu'au 31 décembre 2026 » in the article on the term, « 2023-2026 » under the title.
  const std::string& known = convention->to.date;
  if (!end) return;
  if (!known.empty() && YearOf(known) != YearOf(end->date)) convention->from = {};
  convention->to = *std::move(end);
}

}  // namespace greffe::reader
