// What must be so of the files that people take out: open data, calendar, page.

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/export/calendar.h"
#include "core/export/convention_html.h"
#include "core/export/redline.h"
#include "core/export/scdl.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

absl::StatusOr<std::string> Scdl(const Answer& answer, const std::string& siret) {
  ScdlOptions options;
  if (!siret.empty()) options.siret["commune"] = siret;
  return RenderScdlDeliberations(answer.convention, answer.history, options);
}

// The lines of what is taken out; its refusal is the answer to compare with.
absl::Status ScdlHasLine(const Answer& answer, const Words& words) {
  const absl::StatusOr<std::string> file = Scdl(answer, words[1]);
  if (!file.ok()) return Want(false, RefusalOf(file.status()).fr);
  for (const absl::string_view line : absl::StrSplit(*file, "\r\n")) {
    if (absl::StrContains(line, words[2].str())) return absl::OkStatus();
  }
  return Want(false, *file);
}

absl::Status ScdlIsRefused(const Answer& answer, const Words& words) {
  const absl::StatusOr<std::string> file = Scdl(answer, "");
  if (file.ok()) return Want(false, *file);
  const Refusal refusal = RefusalOf(file.status());
  return Want(refusal.rule == words[1] && absl::StrContains(refusal.fr, words[2].str()),
              absl::StrCat(refusal.rule, " : ", refusal.fr));
}

// An all-day event of that day with these words in its summary.
bool InCalendar(const std::string& calendar, const std::string& text, const std::string& day) {
  const std::string start =
      absl::StrCat("DTSTART;VALUE=DATE:", absl::StrReplaceAll(day, {{"-", ""}}), "\r\n");
  for (const absl::string_view event : absl::StrSplit(calendar, "BEGIN:VEVENT")) {
    const std::size_t summary = event.find("SUMMARY:");
    if (summary == absl::string_view::npos || !absl::StrContains(event, start)) continue;
    const absl::string_view line = event.substr(summary, event.find("\r\n", summary) - summary);
    if (absl::StrContains(line, text)) return true;
  }
  return false;
}

absl::Status CalendarHas(const Answer& answer, const Words& words, bool wanted) {
  const absl::StatusOr<std::string> file = RenderCalendar(answer.deadlines);
  if (!file.ok()) return Want(false, file.status().message());
  const std::string unfolded = absl::StrReplaceAll(*file, {{"\r\n ", ""}, {"\\,", ","}});
  return Want(InCalendar(unfolded, words[1], words[2]) == wanted, unfolded);
}

// Both forms of the redline, with the words that stand beside what came and went (RGAA: not by
// colour alone).
absl::Status RedlineMarks(const Answer& answer, const Words& words) {
  ASSIGN_OR_RETURN(const v1::DiffView diff, answer.since(DayIn(words[1])));
  const bool added = words[2] == "ajoute";
  const std::string mark = added ? "ajouté\u00a0:" : "supprimé\u00a0:";
  const std::string page = RenderRedlineHtml(diff);
  const std::string text = RenderRedlineMarkdown(diff);
  const std::string in_page = absl::StrCat(added ? "<ins>" : "<del>", "<span class=\"mark\">[",
                                           mark, " </span>", words[3].str());
  const std::string in_text =
      absl::StrCat(added ? "<ins>" : "<del>", "\\[", mark, " ", words[3].str());
  return Want(absl::StrContains(page, in_page) && absl::StrContains(text, in_text), text);
}

}  // namespace

const std::vector<Phrase>& ExportPhrases() {
  static const auto* const kPhrases = new std::vector<Phrase>{
      {"le fichier SCDL, avec le SIRET {N}, a une ligne {TEXTE}", ScdlHasLine},
      {"le fichier SCDL ne se fait pas : ([A-Z]+-\\d+), {TEXTE}", ScdlIsRefused},
      {"l'agenda porte {TEXTE} le {DATE}",
       [](const Answer& answer, const Words& words) { return CalendarHas(answer, words, true); }},
      {"l'agenda ne porte pas {TEXTE} le {DATE}",
       [](const Answer& answer, const Words& words) { return CalendarHas(answer, words, false); }},
      {"la comparaison avec le {DATE} (ajoute|retire) {TEXTE}", RedlineMarks},
      {"la comparaison avec le {DATE} ne trouve rien",
       [](const Answer& answer, const Words& words) {
         const absl::StatusOr<v1::DiffView> diff = answer.since(DayIn(words[1]));
         if (!diff.ok()) return diff.status();
         return Want(diff->entries().empty(), RenderRedlineMarkdown(*diff));
       }},
      {"la page dit {TEXTE}",
       [](const Answer& answer, const Words& words) {
         const std::string page = RenderConventionHtml(answer.convention, {});
         return Want(absl::StrContains(page, words[1].str()), "elle ne le dit pas");
       }},
  };
  return *kPhrases;
}

}  // namespace greffe::scenario
