#include "core/rules/obligations.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/rules/calendar.h"
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
