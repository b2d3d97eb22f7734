#include "core/reader/terms.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "core/reader/date_text.h"
#include "core/reader/letters.h"
#include "core/reader/period.h"

namespace greffe::reader {
namespace {

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
                                  "arrive a echeance",
                                  "arrivera a echeance",
                                  "s'eteint",
                                  "cesse de produire ses effets"}) {
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

void AddLines(const std::vector<Lines>& lines, std::vector<Lines>* to) {
  for (const Lines& each : lines) {
    if (std::find(to->begin(), to->end(), each) == to->end()) to->push_back(each);
  }
}

void SetPeriod(Period period, Convention* convention) {
  convention->from = std::move(period.from);
  convention->to = std::move(period.to);
}

// What the sentences of the article on the term say one by one.
struct TermParts {
  std::optional<PeriodEnd> from, to;
  uint32_t months = 0;  // The length, and the sentence that gives it.
  Text length;
};

TermParts TermPartsIn(const Blocks& blocks, const ContractPart& part) {
  TermParts parts;
  for (std::size_t at = part.begin; at < part.end; ++at) {
    const Block& block = blocks.blocks[at];
    if (block.kind == BlockKind::kTable || block.kind == BlockKind::kContents) continue;
    for (const std::string& sentence : Sentences(block.text)) {
      const std::string plain = Plain(sentence);
      const Source source{.lines = {block.lines}};
      if (IsOfAnother(plain, false)) continue;
      if (!parts.from) parts.from = StartIn(sentence, source);
      if (parts.months == 0) {
        parts.months = DurationMonths(sentence);
        if (parts.months > 0) parts.length = {sentence, source};
      }
      if (parts.to || IsOfAnother(plain, true)) continue;
      auto period = PeriodIn(sentence, source);
      const bool end =
          period && period->to.printed.source.recovered.empty() &&
          (period->from.date.empty() || !period->from.printed.source.recovered.empty());
      if (end) parts.to = std::move(period->to);
    }
  }
  return parts;
}

// « Conclue pour cinq ans, elle entre en vigueur le … » and, in the next sentence, « Elle prend fin
// le … »: the first day, and the last as printed, or else counted from the length.
std::optional<Period> PeriodOf(TermParts parts) {
  if (!parts.from) return {};
  Period period{*std::move(parts.from), {}};
  const bool apart = parts.months > 0 && period.from.printed.text != parts.length.text;
  if (parts.to) {
    if (parts.to->date <= period.from.date) return {};
    period.to = *std::move(parts.to);
  } else if (parts.months > 0) {
    period.to = {.date = EndAfter(period.from.date, parts.months),
                 .precision = Precision::kDay,
                 .printed = parts.length};
    period.to.printed.source.recovered = "duration";
  } else {
    return {};
  }
  if (apart) {  // The length stays beside the days, so that a check can count it.
    absl::StrAppend(&period.from.printed.text, " ", parts.length.text);
    AddLines(parts.length.source.lines, &period.from.printed.source.lines);
  }
  return period;
}

bool IsTermTitle(absl::string_view plain) {
  for (absl::string_view words : {"duree", "prise d'effet", "entree en vigueur", "date d'effet"}) {
    if (absl::StrContains(plain, words)) return true;
  }
  return plain == "terme" || absl::StartsWith(plain, "terme ") || absl::EndsWith(plain, " terme");
}

// Where articles about the term begin: document and line.
std::set<std::pair<uint32_t, uint32_t>> TermHeadings(const std::vector<Article>& articles) {
  std::set<std::pair<uint32_t, uint32_t>> headings;
  for (const Article& article : articles) {
    const Lines& title = article.title.source.lines[0];
    if (article.role == v1::CLAUSE_ROLE_TERM || IsTermTitle(Plain(article.title.text))) {
      headings.emplace(title.document, title.first);
    }
  }
  return headings;
}

// `start` and `end` are set where the article on the term gives one of them alone.
bool SetFromArticles(const Blocks& blocks, const std::vector<ContractPart>& parts,
                     std::optional<PeriodEnd>* start, std::optional<PeriodEnd>* end,
                     Convention* convention) {
  const auto headings = TermHeadings(convention->articles);
  std::vector<const ContractPart*> others;
  for (const ContractPart& part : parts) {
    if (part.kind != PartKind::kArticle) continue;
    const Lines heading = blocks.blocks[part.begin].lines;
    const bool term = headings.count({heading.document, heading.first}) > 0;
    if (!term) {
      others.push_back(&part);
      continue;
    }
    auto period = TermIn(blocks, part);
    // A last day that is printed counts before one that is worked out.
    TermParts parts_of = TermPartsIn(blocks, part);
    const bool counted = period && !period->to.printed.source.recovered.empty();
    if (!period || (counted && parts_of.from && parts_of.to)) {
      if (!period && parts_of.from && !parts_of.to && !*start) *start = parts_of.from;
      if (auto told = PeriodOf(std::move(parts_of))) period = std::move(told);
    }
    // Under « Durée » a period is the term whatever the words around it.
    if (!period) period = TermIn(blocks, part, Sentence::kAny);
    if (auto last = TermIn(blocks, part, Sentence::kSaysEnd); last && !period && !*end) {
      *end = std::move(last->to);
    }
    if (!period) continue;
    SetPeriod(*std::move(period), convention);
    return true;
  }
  if (*start || *end) return false;
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

}  // namespace

void ReadTerms(const Blocks& blocks, const std::vector<ContractPart>& parts,
               Convention* convention) {
  constexpr std::size_t kCoverBlocks = 30;
  constexpr std::size_t kTitleBlocks = 6;
  std::optional<Period> years;  // Under the title.
  std::optional<Period> cover;  // Alone on a line near the start of a document.
  std::optional<Period> named;  // In « Plan d'actions de la CTG 2022-2025 », the very first lines.
  std::optional<Period> anywhere;  // In a sentence outside the articles.
  for (const ContractPart& part : parts) {
    if (part.kind == PartKind::kAmendment) continue;
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
  std::optional<PeriodEnd> start;
  std::optional<PeriodEnd> end;
  if (SetFromArticles(blocks, parts, &start, &end, convention)) return;
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
  if (start) {
    // Years on a cover say no last day where the first is none of January: it stays to be filled.
    const bool whole = absl::EndsWith(start->date, "-01-01") &&
                       YearOf(start->date) == YearOf(convention->from.date);
    if (!whole) convention->to = {};
    convention->from = *std::move(start);
  }
  if (!end) return;
  if (!known.empty() && YearOf(known) != YearOf(end->date)) convention->from = {};
  convention->to = *std::move(end);
}

}  // namespace greffe::reader
