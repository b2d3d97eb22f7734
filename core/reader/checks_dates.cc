#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/reader/checks.h"
#include "core/reader/date_text.h"
#include "core/reader/deliberations.h"
#include "core/reader/letters.h"
#include "core/reader/period.h"
#include "core/reader/votes.h"
#include "core/rules/printed.h"

namespace greffe::reader {
namespace {

std::vector<Lines> LinesOf(const PeriodEnd& from, const PeriodEnd& to) {
  std::vector<Lines> lines = from.printed.source.lines;
  lines.insert(lines.end(), to.printed.source.lines.begin(), to.printed.source.lines.end());
  return lines;
}

// Headings outside the register that give a deliberation's date: « Décision du conseil municipal en
// date du 23 juin 2025 ».
std::vector<DeliberationMention> HeadingMentions(const Checked& checked) {
  std::vector<DeliberationMention> mentions;
  for (const ContractPart& part : checked.parts) {
    if (part.kind != PartKind::kAnnex && part.kind != PartKind::kBody) continue;
    const Block& block = checked.blocks.blocks[part.begin];
    const std::string plain = Plain(absl::string_view(block.text).substr(0, 400));
    const bool decision =
        absl::StrContains(plain, "deliberation") || absl::StrContains(plain, "decision du conseil");
    const std::vector<FoundDate> dates = FindDates(plain);
    if (!decision || dates.empty() || dates[0].precision != Precision::kDay) continue;
    DeliberationMention mention;
    mention.date = dates[0].iso;
    mention.assembly = AssemblyKind(plain);
    mention.lines = block.lines;
    mentions.push_back(std::move(mention));
  }
  return mentions;
}

void CheckDeliberationDates(const Checked& checked, std::vector<Finding>* findings) {
  constexpr std::size_t kDatesMost = 12;   // A person reads no more of one vote,
  constexpr std::size_t kPlacesMost = 40;  // nor goes to more places of one date.
  std::vector<DeliberationMention> mentions = FindMentions(checked.blocks, checked.parts);
  for (DeliberationMention& each : HeadingMentions(checked)) mentions.push_back(std::move(each));
  for (const Deliberation& act : checked.convention.deliberations) {
    const std::string assembly = AssemblyKind(Plain(act.party.text));
    std::map<std::string, std::vector<Lines>> dates;
    bool more = false;
    if (act.date.text.size() == 10) dates[act.date.text] = act.date.source.lines;
    for (const DeliberationMention& mention : mentions) {
      const bool numbered = !mention.number.empty() && mention.number == act.number.text;
      const bool same = numbered || (!assembly.empty() && mention.assembly == assembly &&
                                     (mention.number.empty() || act.number.text.empty()) &&
                                     mention.of_this_convention);
      const bool headed =
          mention.authority.empty() && mention.number.empty() && mention.assembly == assembly;
      if (mention.date.empty() || !(same || headed)) continue;
      if (dates.size() >= kDatesMost && dates.count(mention.date) == 0) {
        more = true;
        continue;
      }
      std::vector<Lines>& places = dates[mention.date];
      if (places.size() < kPlacesMost) {
        places.push_back(mention.lines);
      } else {
        more = true;
      }
    }
    std::vector<std::string> days;
    for (const auto& [date, places] : dates) days.push_back(date);
    if (rules::DaysDiffer(days).empty()) continue;
    std::string fr;
    std::string en;
    std::vector<Lines> lines;
    for (const auto& [date, places] : dates) {
      absl::StrAppend(&fr, fr.empty() ? "" : " et du ", FrenchDate(date));
      absl::StrAppend(&en, en.empty() ? "" : " and ", date);
      lines.insert(lines.end(), places.begin(), places.end());
    }
    if (more) {
      absl::StrAppend(&fr, " ; d'autres dates ou d'autres endroits ne sont pas montrés");
      absl::StrAppend(&en, "; more dates or places are not shown");
    }
    AddFinding(findings, rules::Rule::kOneDay, Severity::kWarning,
               absl::StrCat("La même délibération est datée du ", fr),
               absl::StrCat("The same deliberation is dated ", en), std::move(lines));
  }
}

// The years under the title against the term.
void CheckTitleYears(const Checked& checked, std::vector<Finding>* findings) {
  const Convention& convention = checked.convention;
  if (convention.from.precision != Precision::kDay || convention.to.date.empty()) return;
  for (const ContractPart& part : checked.parts) {
    if (part.kind != PartKind::kCover) continue;
    for (std::size_t at = part.begin; at < part.end; ++at) {
      const Block& block = checked.blocks.blocks[at];
      constexpr std::size_t kTitleBytes = 160;
      if (block.kind == BlockKind::kTable || block.kind == BlockKind::kContents ||
          block.text.size() > kTitleBytes)
        continue;
      const auto years = PeriodIn(block.text, {.lines = {block.lines}});
      if (!years || years->from.precision != Precision::kYear) continue;
      const bool agrees = YearOf(years->from.date) == YearOf(convention.from.date) &&
                          YearOf(years->to.date) == YearOf(convention.to.date);
      if (agrees) continue;
      std::vector<Lines> lines = LinesOf(convention.from, convention.to);
      lines.push_back(block.lines);
      AddFinding(
          findings, rules::Rule::kOneDay, Severity::kWarning,
          absl::StrCat("Le titre annonce ", block.text, ", la durée va du ",
                       FrenchDate(convention.from.date), " au ", FrenchDate(convention.to.date)),
          absl::StrCat("The title says ", block.text, ", the term runs from ", convention.from.date,
                       " to ", convention.to.date),
          std::move(lines));
      return;
    }
  }
}

void CheckDuration(const Convention& convention, std::vector<Finding>* findings) {
  const uint32_t months = DurationMonths(convention.from.printed.text);
  if (months == 0 || convention.from.date.empty() || convention.to.date.empty()) return;
  if (EndAfter(convention.from.date, months) == convention.to.date) return;
  AddFinding(
      findings, rules::Rule::kStatedDuration, Severity::kError,
      absl::StrCat("Durée annoncée : ", months, " mois ; du ", FrenchDate(convention.from.date),
                   " au ", FrenchDate(convention.to.date), " il y en a d'autres"),
      absl::StrCat("Duration announced: ", months, " months, which ", convention.from.date, " to ",
                   convention.to.date, " does not make"),
      LinesOf(convention.from, convention.to));
}

void CheckRetroactive(const Convention& convention, std::vector<Finding>* findings) {
  const Deliberation* last = nullptr;
  for (const Deliberation& act : convention.deliberations) {
    if (act.date.text.size() == 10 && (last == nullptr || act.date.text > last->date.text))
      last = &act;
  }
  if (last == nullptr || convention.from.date.size() != 10) return;
  const int64_t days = DaysBetween(convention.from.date, last->date.text);
  if (days <= 0) return;
  std::vector<Lines> lines = convention.from.printed.source.lines;
  lines.insert(lines.end(), last->date.source.lines.begin(), last->date.source.lines.end());
  AddFinding(
      findings, rules::Rule::kRetroactive, Severity::kInfo,
      absl::StrCat("Effet rétroactif de ", days, " jours : effet au ",
                   FrenchDate(convention.from.date), ", vote du ", FrenchDate(last->date.text)),
      absl::StrCat("Retroactive by ", days, " days: in effect from ", convention.from.date,
                   ", voted on ", last->date.text),
      std::move(lines));
}

// The last day of an earlier convention or contract that a sentence names; empty for none.
std::string PredecessorEnd(absl::string_view plain) {
  const bool names = absl::StrContains(plain, "convention") || absl::StrContains(plain, "ctg") ||
                     absl::StrContains(plain, "contrat enfance");
  if (!names) return {};
  std::size_t over = plain.npos;
  for (absl::string_view words :
       {"expiration le", "expire le", "expiree le", "echeance le", "echu le", "echue le",
        "pris fin le", "a son terme le", "terme le", "acheve le", "achevee le"}) {
    over = std::min(over, plain.find(words));
  }
  if (over == plain.npos) return {};
  for (const FoundDate& date : FindDates(plain)) {
    if (date.begin >= over && date.precision == Precision::kDay) return date.iso;
  }
  return {};
}

void CheckPredecessor(const Checked& checked, std::vector<Finding>* findings) {
  const std::string& from = checked.convention.from.date;
  if (from.size() != 10) return;
  std::set<std::string> seen;
  for (const Block& block : checked.blocks.blocks) {
    if (block.kind == BlockKind::kTable || block.kind == BlockKind::kContents) continue;
    constexpr std::size_t kLook = 4000;
    const std::string end = PredecessorEnd(Plain(absl::string_view(block.text).substr(0, kLook)));
    if (end.empty() || end == checked.convention.to.date || !seen.insert(end).second) continue;
    const int64_t days = DaysBetween(end, from) - 1;  // 0 when the day after is the first.
    if (days == 0) continue;
    std::vector<Lines> lines = checked.convention.from.printed.source.lines;
    lines.push_back(block.lines);
    const bool gap = days > 0;
    AddFinding(findings, rules::Rule::kGapOrOverlap, Severity::kWarning,
               absl::StrCat(gap ? "Rien n'est en vigueur pendant "
                                : "Deux conventions se recouvrent pendant ",
                            gap ? days : -days, " jours : la précédente finit le ", FrenchDate(end),
                            ", celle-ci commence le ", FrenchDate(from)),
               absl::StrCat(gap ? "Nothing is in force for " : "Two conventions overlap for ",
                            gap ? days : -days, " days: the earlier one ends on ", end,
                            ", this one starts on ", from),
               std::move(lines));
  }
}

// The years of « 2023-2027 », « 2023/24 », « Dès 2025 »: numbers of four digits from 1990 to 2099.
std::vector<uint32_t> YearsNamed(absl::string_view text) {
  std::vector<uint32_t> years;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && IsDigit(text[end])) ++end;
    uint32_t year = 0;
    if (end - at == 4 && absl::SimpleAtoi(text.substr(at, 4), &year) && year >= 1990 &&
        year < 2100) {
      years.push_back(year);
    }
    at = end == at ? at + 1 : end;
  }
  return years;
}

void CheckSchedules(const Convention& convention, std::vector<Finding>* findings) {
  const uint32_t first = YearOf(convention.from.date);
  const uint32_t last = YearOf(convention.to.date);
  if (first == 0 || last == 0) return;
  for (const Action& action : convention.actions) {
    for (const ScheduleStep& step : action.schedule) {
      for (const uint32_t year : YearsNamed(step.when)) {
        if (year >= first && year <= last) continue;
        AddFinding(findings, rules::Rule::kScheduleInsideTerm, Severity::kWarning,
                   absl::StrCat("Action ", action.ref, " : échéance « ", step.when,
                                " » hors de la durée ", first, "-", last),
                   absl::StrCat("Action ", action.ref, ": schedule \"", step.when,
                                "\" outside the term ", first, "-", last),
                   step.text.source.lines);
        break;
      }
    }
  }
}

// Dates that systems write for « none »: they are converted, never kept.
void CheckSentinels(const Checked& checked, std::vector<Finding>* findings) {
  for (const Block& block : checked.blocks.blocks) {
    if (block.kind == BlockKind::kContents) continue;
    std::vector<std::pair<absl::string_view, Lines>> texts;
    for (const Row& row : block.rows) {
      for (const Cell& cell : row.cells) texts.push_back({cell.text, cell.lines});
    }
    if (block.rows.empty()) texts.push_back({block.text, block.lines});
    for (const auto& [text, lines] : texts) {
      const bool may = absl::StrContains(text, "2222") || absl::StrContains(text, "2999") ||
                       absl::StrContains(text, "9999") || absl::StrContains(text, "1900") ||
                       absl::StrContains(text, "2099");
      if (!may) continue;
      for (const FoundDate& date : FindDates(Plain(text))) {
        if (!rules::IsSentinelDay(date.iso)) continue;
        AddFinding(
            findings, rules::Rule::kSentinelDate, Severity::kWarning,
            absl::StrCat(FrenchDate(date.iso), " : date conventionnelle qui veut dire « aucune »"),
            absl::StrCat(date.iso, ": a sentinel date that means none"), {lines});
      }
    }
  }
}

}  // namespace

void CheckDates(const Checked& checked, std::vector<Finding>* findings) {
  CheckDeliberationDates(checked, findings);
  CheckTitleYears(checked, findings);
  CheckDuration(checked.convention, findings);
  CheckRetroactive(checked.convention, findings);
  CheckPredecessor(checked, findings);
  CheckSchedules(checked.convention, findings);
  CheckSentinels(checked, findings);
}

}  // namespace greffe::reader
