#include "core/rules/obligations.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/digits.h"
#include "core/base/utf8.h"
#include "core/rules/calendar.h"
#include "core/rules/number_words.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

constexpr int kMonthsPerYear = 12;
// The evaluation of a year is written in the first quarter of the next one.
constexpr int kAnnualMonths = 3;
// Shorter terms have no middle worth a report of its own.
constexpr int kMidTermMonths = 36;
constexpr int kAlarmMonths[] = {12, 6, 3};
// Of a sentence that is quoted.
constexpr std::size_t kStatedBytes = 300;
// More meetings a year than this are a habit, not an obligation to watch.
constexpr std::uint32_t kMeetingsMax = 12;

std::optional<CivilDate> YearStart(int year) {
  return CivilDate::TryParse(absl::StrCat(year, "-01-01"));
}

CivilDate Eve(CivilDate day) { return CivilDate{day.days - 1}; }

int WholeMonths(const Term& term) {
  int months = 0;
  while (true) {
    const std::optional<CivilDate> after = AddMonths(term.first, months + 1);
    if (!after.has_value() || Eve(*after) > term.last) return months;
    ++months;
  }
}

Words WhyAnnual(int year, CivilDate by, bool at_end) {
  if (at_end) {
    return {absl::StrCat("Année ", year, " : au plus tard à la fin de la convention, le ",
                         DateFr(by), "."),
            absl::StrCat("Year ", year, ": by the end of the convention at the latest, ",
                         DateEn(by), ".")};
  }
  return {absl::StrCat("Année ", year, " : dans les ", kAnnualMonths,
                       " mois qui suivent l'année, jusqu'au ", DateFr(by), "."),
          absl::StrCat("Year ", year, ": within ", kAnnualMonths, " months after the year, until ",
                       DateEn(by), ".")};
}

Words WhyMidTerm(const Term& term, int months, CivilDate by) {
  return {absl::StrCat("À mi-parcours : ", months / 2, " des ", months, " mois à compter du ",
                       DateFr(term.first), ", jusqu'au ", DateFr(by), "."),
          absl::StrCat("Mid-term: ", months / 2, " of ", months, " months from ",
                       DateEn(term.first), ", until ", DateEn(by), ".")};
}

using WordSpan = std::span<const std::string>;

std::string TwoFigures(int number) { return absl::StrCat(number < 10 ? "0" : "", number); }

bool IsYearWord(const std::string& word) { return word.size() == 4 && AllDigits(word); }

// « 31 decembre 2027 » with the day at `at`.
std::optional<CivilDate> DayAt(WordSpan words, std::size_t at) {
  int day = words[at] == "1er" ? 1 : 0;
  if (at + 2 >= words.size() || !IsYearWord(words[at + 2]) || MonthOf(words[at + 1]) == 0 ||
      (day == 0 && (words[at].size() > 2 || !absl::SimpleAtoi(words[at], &day)))) {
    return std::nullopt;
  }
  return CivilDate::TryParse(
      absl::StrCat(words[at + 2], "-", TwoFigures(MonthOf(words[at + 1])), "-", TwoFigures(day)));
}

// The last day of « premier semestre [de l'annee] 2026 », with « semestre » at `at`.
std::optional<CivilDate> PartOfYearAt(WordSpan words, std::size_t at) {
  const bool half = words[at] == "semestre";
  if ((!half && words[at] != "trimestre") || at == 0) return std::nullopt;
  constexpr absl::string_view kNth[] = {"premier|1er", "second|deuxieme|2e|2eme",
                                        "troisieme|3e|3eme", "quatrieme|4e|4eme|dernier"};
  int nth = 0;
  for (int i = 0; i < (half ? 2 : 4); ++i) {
    if (HasWord(words.subspan(at - 1, 1), kNth[i])) nth = i + 1;
  }
  std::size_t year = at + 1;
  while (year < words.size() && HasWord(words.subspan(year, 1), "de|l|annee")) ++year;
  if (nth == 0 || year >= words.size() || !IsYearWord(words[year])) return std::nullopt;
  int number = 0;
  if (!absl::SimpleAtoi(words[year], &number)) return std::nullopt;
  const std::optional<CivilDate> start = YearStart(number);
  const auto after = start.has_value() ? AddMonths(*start, nth * (half ? 6 : 3)) : std::nullopt;
  return after.has_value() ? std::optional(Eve(*after)) : std::nullopt;
}

// « six mois [au plus tard] avant le terme », with « mois » at `at`.
std::optional<CivilDate> BeforeTermAt(WordSpan words, std::size_t at, const Term& term) {
  const std::optional<MonthsSaid> said = MonthsAt(words, at);
  if (!said.has_value() || !said->whole) return std::nullopt;
  const std::size_t next = said->last + 1;
  const WordSpan after = words.subspan(std::min(next, words.size()));
  if (!Matches(after.first(std::min<std::size_t>(after.size(), 8)),
               {{"avant", "terme|fin|echeance|expiration"}, 3})) {
    return std::nullopt;
  }
  return AddMonths(term.last, -said->months);
}

std::optional<CivilDate> DayToldIn(WordSpan words, const Term& term) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::optional<CivilDate> day = DayAt(words, i);
    // « avant le 31 mars »: the day before.
    if (day.has_value() && i >= 2 && words[i - 2] == "avant") day = Eve(*day);
    if (!day.has_value()) day = PartOfYearAt(words, i);
    if (!day.has_value()) day = BeforeTermAt(words, i, term);
    if (day.has_value()) return day;
  }
  return std::nullopt;
}

// The words speak of a time: other than those of a kind of evaluation.
bool TellsATime(WordSpan words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& one) {
    return MonthOf(one) > 0 || IsYearWord(one) ||
           HasWord({&one, 1}, "mois|semestre|trimestre|terme|echeance|expiration");
  });
}

v1::EvaluationKind KindAt(WordSpan words, std::size_t at) {
  const auto is = [&](std::size_t i, absl::string_view names) {
    return i < words.size() && HasWord(words.subspan(i, 1), names);
  };
  // « par l'intermédiaire du comité », « son échéance finale » speak of no evaluation.
  if (is(at, "intermediaire") && is(at + 1, "de|du|des|d")) return v1::EVALUATION_KIND_UNSPECIFIED;
  if (at > 0 && is(at - 1, "echeance|date|version")) return v1::EVALUATION_KIND_UNSPECIFIED;
  if (is(at, "final|finale|finaux|finales")) return v1::EVALUATION_KIND_FINAL;
  const bool half = words[at] == "mi" && at + 1 < words.size() &&
                    HasWord(words.subspan(at + 1, 1), "parcours|chemin|terme|periode");
  return half || HasWord(words.subspan(at, 1), "intermediaire|intermediaires")
             ? v1::EVALUATION_KIND_MID_TERM
             : v1::EVALUATION_KIND_UNSPECIFIED;
}

}  // namespace

std::uint32_t MeetingsOwed(const v1::Body& body) {
  if (!IsOn(Rule::kCadence)) return 0;
  const std::uint32_t least = body.kind() == v1::BODY_KIND_STEERING ? 1 : 0;
  return std::min(std::max(body.meetings_per_year_min(), least), kMeetingsMax);
}

std::optional<Oddity> CheckSteering(const std::vector<v1::BodyKind>& bodies) {
  const bool steered =
      std::find(bodies.begin(), bodies.end(), v1::BODY_KIND_STEERING) != bodies.end();
  if (steered || !IsOn(Rule::kSteering)) return std::nullopt;
  return Oddity{Rule::kSteering,
                "no-steering-committee",
                FindingSeverityOf(RowOf(Rule::kSteering).severity),
                {"le texte ne prévoit pas de comité de pilotage : sa réunion annuelle n'est pas "
                 "calculable.",
                 "the text provides for no comité de pilotage: its yearly meeting cannot be "
                 "computed."}};
}

std::vector<MeetingsDueInYear> MeetingsDue(const Term& term, std::uint32_t per_year) {
  std::vector<MeetingsDueInYear> out;
  if (!IsOn(Rule::kCadence)) return out;
  for (int year = 0;; ++year) {
    const std::optional<CivilDate> from = AddMonths(term.first, kMonthsPerYear * year);
    const std::optional<CivilDate> next = AddMonths(term.first, kMonthsPerYear * (year + 1));
    if (!from.has_value() || !next.has_value() || term.last < *from) break;
    const CivilDate by = std::min(Eve(*next), term.last);
    const auto whole = static_cast<std::uint32_t>(next->days - from->days);
    const auto covered = static_cast<std::uint32_t>(by.days - from->days + 1);
    const std::uint32_t count =
        (2 * std::min(per_year, kMeetingsMax) * covered + whole) / (2 * whole);
    if (count > 0) out.push_back({count, {by, *from, absl::StrCat(from->year())}});
  }
  return out;
}

std::vector<EvaluationDue> EvaluationsDue(const Term& term) {
  std::vector<EvaluationDue> out;
  if (!IsOn(Rule::kEvaluations)) return out;
  for (int year = term.first.year(); year <= term.last.year(); ++year) {
    const std::optional<CivilDate> next = YearStart(year + 1);
    const std::optional<CivilDate> start = YearStart(year);
    const std::optional<CivilDate> after =
        next.has_value() ? AddMonths(*next, kAnnualMonths) : std::nullopt;
    if (!start.has_value() || !after.has_value()) break;
    // Reported while its year runs it tells of a part of it, but for the last year.
    const CivilDate from = year == term.last.year() ? std::max(*start, term.first) : *next;
    const CivilDate by = std::min(Eve(*after), term.last);
    out.push_back({v1::EVALUATION_KIND_ANNUAL,
                   {by, from, absl::StrCat(year)},
                   WhyAnnual(year, by, by == term.last)});
  }
  const int months = WholeMonths(term);
  if (months >= kMidTermMonths) {
    if (const auto half = AddMonths(term.first, months / 2); half.has_value()) {
      out.push_back({v1::EVALUATION_KIND_MID_TERM,
                     {Eve(*half), term.first, ""},
                     WhyMidTerm(term, months, Eve(*half))});
    }
  }
  out.push_back({v1::EVALUATION_KIND_FINAL,
                 {term.last, term.first, ""},
                 {absl::StrCat("Avant la fin de la convention, le ", DateFr(term.last),
                               " : elle prépare la suite (L-56)."),
                  absl::StrCat("Before the end of the convention, ", DateEn(term.last),
                               ": it prepares what follows (L-56).")}});
  return out;
}

std::vector<EvaluationStated> FindEvaluationsStated(absl::string_view clause, const Term& term) {
  std::vector<EvaluationStated> out;
  if (!IsOn(Rule::kEvaluations)) return out;
  for (const absl::string_view sentence : Sentences(clause)) {
    const std::vector<std::string> all = FoldedWords(sentence);
    if (!HasWord(all, "evaluation*|bilan*|revue*")) continue;
    const WordSpan words(all);
    // « Le 31 mars, une évaluation finale »: the day stands before its kind, and whose the others
    // are is not certain.
    std::size_t start = 0;
    while (start < words.size() && KindAt(words, start) == v1::EVALUATION_KIND_UNSPECIFIED) ++start;
    const bool before = DayToldIn(words.first(start), term).has_value();
    // Each kind is told with the words up to the next.
    for (std::size_t from = 0; from < words.size();) {
      const v1::EvaluationKind kind = KindAt(words, from);
      std::size_t to = from + 1;
      if (kind == v1::EVALUATION_KIND_UNSPECIFIED) {
        from = to;
        continue;
      }
      while (to < words.size() && KindAt(words, to) == v1::EVALUATION_KIND_UNSPECIFIED) ++to;
      // « mi-terme » is no time.
      const std::size_t first = std::min(from + (words[from] == "mi" ? 2 : 1), to);
      const WordSpan told = words.subspan(first, to - first);
      if (before || TellsATime(told)) {
        std::optional<CivilDate> by = DayToldIn(told, term);
        if (before || (by.has_value() && (*by < term.first || *by > term.last))) by = std::nullopt;
        // « du 1er janvier 2024 au 31 décembre 2026 » is a period, no day to be ready by.
        if (HasWord(told, "periode")) by = std::nullopt;
        out.push_back({kind, by, Shortened(sentence, kStatedBytes)});
      }
      from = to;
    }
  }
  return out;
}

void TakeStated(const std::vector<EvaluationStated>& stated, const Term& term,
                std::vector<EvaluationDue>* due) {
  for (const v1::EvaluationKind kind : {v1::EVALUATION_KIND_MID_TERM, v1::EVALUATION_KIND_FINAL}) {
    const auto said = std::find_if(stated.begin(), stated.end(),
                                   [&](const EvaluationStated& one) { return one.kind == kind; });
    if (said == stated.end()) continue;
    auto one = std::find_if(due->begin(), due->end(),
                            [&](const EvaluationDue& other) { return other.kind == kind; });
    if (said->by.has_value()) {
      if (one == due->end())
        one = due->insert(due->end() - 1, EvaluationDue{kind, {term.last, term.first, ""}});
      one->due.by = std::min(*said->by, term.last);
      one->why = {absl::StrCat("Jusqu'au ", DateFr(one->due.by), " : « ", said->quote, " »."),
                  absl::StrCat("Until ", DateEn(one->due.by), ": “", said->quote, "”.")};
    } else if (one != due->end()) {
      absl::StrAppend(&one->why.fr,
                      " À vérifier : la convention dit un moment qui n'est pas compris"
                      ", « ",
                      said->quote, " ».");
      absl::StrAppend(&one->why.en,
                      " To be checked: the convention tells a time that is not "
                      "understood, “",
                      said->quote, "”.");
    }
  }
}

std::optional<Oddity> CheckYearBegun(int year, CivilDate reported_on) {
  if (!IsOn(Rule::kEvaluations) || reported_on.year() >= year) return std::nullopt;
  return Oddity{Rule::kEvaluations,
                "evaluation-before-year",
                v1::FINDING_SEVERITY_WARNING,
                {absl::StrCat("l'année ", year, " n'a pas commencé le ", DateFr(reported_on),
                              " : elle ne s'évalue pas encore."),
                 absl::StrCat("the year ", year, " has not begun on ", DateEn(reported_on),
                              ": it cannot be evaluated yet.")}};
}

std::optional<Oddity> CheckYearOfTerm(int year, const Term& term) {
  if (!IsOn(Rule::kEvaluations) || (term.first.year() <= year && year <= term.last.year())) {
    return std::nullopt;
  }
  return Oddity{Rule::kEvaluations,
                "evaluation-outside-term",
                v1::FINDING_SEVERITY_WARNING,
                {absl::StrCat("la convention a effet du ", DateFr(term.first), " au ",
                              DateFr(term.last), " : l'année ", year, " n'y est pas."),
                 absl::StrCat("the convention has effect from ", DateEn(term.first), " to ",
                              DateEn(term.last), ": the year ", year, " is not in it.")}};
}

std::optional<Oddity> CheckYearOver(int year, CivilDate reported_on, const Term& term) {
  if (!IsOn(Rule::kEvaluations) || year >= term.last.year() || reported_on.year() > year) {
    return std::nullopt;
  }
  return Oddity{Rule::kEvaluations,
                "evaluation-year-not-over",
                v1::FINDING_SEVERITY_WARNING,
                {absl::StrCat("évaluation de ", year, " rendue le ", DateFr(reported_on),
                              ", avant la fin de l'année : l'évaluation annuelle reste due."),
                 absl::StrCat("evaluation of ", year, " reported on ", DateEn(reported_on),
                              ", before the year is over: the annual one is still due.")}};
}

std::optional<Oddity> CheckValidatingBody(const v1::Body& body) {
  if (!IsOn(Rule::kEvaluations) || body.kind() == v1::BODY_KIND_STEERING) return std::nullopt;
  for (const std::string& function : body.functions()) {
    const std::vector<std::string> words = FoldedWords(function);
    if (HasWord(words, "valid*|approuv*|arret*") && HasWord(words, "evaluat*|bilan*")) {
      return std::nullopt;
    }
  }
  return Oddity{
      Rule::kEvaluations,
      "validated-by-another-body",
      v1::FINDING_SEVERITY_WARNING,
      {absl::StrCat("la convention ne charge pas « ", body.name(), " » de valider l'évaluation."),
       absl::StrCat("the convention does not charge \"", body.name(),
                    "\" with validating the evaluation.")}};
}

std::optional<Oddity> CheckPrompt(bool evaluation, v1::ActKind kind) {
  constexpr absl::string_view kField = "prompted_by";
  if (!IsOn(Rule::kPromptedByEvaluation)) return std::nullopt;
  if (!evaluation) {
    return Oddity{Rule::kPromptedByEvaluation,
                  "prompted-by-no-evaluation",
                  v1::FINDING_SEVERITY_WARNING,
                  {"ce que l'acte nomme comme son motif n'est pas une évaluation de cette "
                   "convention que son auteur avait reçue.",
                   "what the act names as its ground is no evaluation of this convention that its "
                   "author had received."},
                  kField};
  }
  if (kind != v1::ACT_KIND_ORIGINAL) return std::nullopt;
  return Oddity{Rule::kPromptedByEvaluation,
                "prompted-original",
                v1::FINDING_SEVERITY_WARNING,
                {"une évaluation conduit à un avenant, non à la convention qu'elle évalue.",
                 "an evaluation leads to an avenant, not to the convention that it evaluates."},
                kField};
}

std::vector<Alarm> RenewalAlarms(const Term& term) {
  std::vector<Alarm> out;
  if (!IsOn(Rule::kExpiry)) return out;
  for (const int months : kAlarmMonths) {
    const std::optional<CivilDate> on = AddMonths(term.last, -months);
    if (on.has_value() && *on >= term.first) out.push_back({months, *on});
  }
  return out;
}

bool IsRenewed(CivilDate last_day, const Renewal& next, CivilDate today) {
  if (!IsOn(Rule::kExpiry) || !next.concluded_on.has_value() || !next.effect.has_value()) {
    return false;
  }
  const CivilDate after = last_day.NextDay();
  return *next.concluded_on <= today && next.effect->first <= after && after <= next.effect->last;
}

}  // namespace greffe::rules
