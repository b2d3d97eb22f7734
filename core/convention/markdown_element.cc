#include "core/convention/markdown_element.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/convention/element_text.h"
#include "core/convention/french.h"

namespace greffe {
namespace {

std::string EscapeInline(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"},
                                    {"`", "\\`"},
                                    {"*", "\\*"},
                                    {"_", "\\_"},
                                    {"[", "\\["},
                                    {"<", "\\<"},
                                    {"~", "\\~"}});
}

// What would make a heading, a quote or a rule only at the start of a line.
std::string EscapeLine(absl::string_view line) {
  const bool marks = !line.empty() && (line[0] == '#' || line[0] == '>' || line[0] == '=' ||
                                       line.substr(0, 3) == "---");
  return absl::StrCat(marks ? "\\" : "", EscapeInline(line));
}

std::string Dash(absl::string_view left, absl::string_view right) {
  if (left.empty()) return std::string(right);
  if (right.empty()) return std::string(left);
  return absl::StrCat(left, " – ", right);
}

void Label(std::string* out, absl::string_view label, absl::string_view text) {
  if (text.empty()) return;
  absl::StrAppend(out, "**", MarkdownLine(label), kNoBreak, ":** ", MarkdownLine(text), "\n\n");
}

template <typename Texts>
void List(std::string* out, absl::string_view label, const Texts& texts) {
  if (texts.empty()) return;
  absl::StrAppend(out, "**", MarkdownLine(label), kNoBreak, ":**\n\n");
  for (const std::string& text : texts) absl::StrAppend(out, "- ", MarkdownLine(text), "\n");
  absl::StrAppend(out, "\n");
}

void Paragraphs(std::string* out, absl::string_view text) {
  if (!text.empty()) absl::StrAppend(out, MarkdownText(text), "\n\n");
}

// What a document says where it says nothing.
std::string StateText(v1::FilledState state) {
  switch (state) {
    case v1::FILLED_STATE_NONE:
      return "Néant.";
    case v1::FILLED_STATE_OPEN:
      return "À préciser.";
    case v1::FILLED_STATE_BLANK:
      return "Non renseigné.";
    default:
      return "";
  }
}

void AppendRubric(std::string* out, const v1::Rubric& rubric) {
  const std::string state = StateText(rubric.state());
  const std::string label =
      rubric.label().empty() ? std::string(WordOf(rubric.kind())) : rubric.label();
  absl::StrAppend(out, "**", MarkdownLine(label), kNoBreak, ":**", state.empty() ? "" : " ", state,
                  "\n\n");
  for (const v1::RubricItem& item : rubric.items()) {
    const std::size_t level = std::min<std::size_t>(item.level(), 8);
    absl::StrAppend(out, std::string(2 * level, ' '), "- ", MarkdownLine(item.text()), "\n");
  }
  if (rubric.items_size() > 0) absl::StrAppend(out, "\n");
}

void AppendSchedule(std::string* out, const v1::Schedule& schedule) {
  std::vector<std::string> parts;
  if (!schedule.from().empty() && schedule.from() == schedule.to()) {
    parts.push_back(schedule.from());
  } else {
    if (!schedule.from().empty()) parts.push_back(absl::StrCat("de ", schedule.from()));
    if (!schedule.to().empty()) parts.push_back(absl::StrCat("à ", schedule.to()));
  }
  if (parts.empty()) parts.push_back(StateText(schedule.state()));
  absl::StrAppend(out, "**Calendrier", kNoBreak, ":** ", MarkdownLine(absl::StrJoin(parts, " ")),
                  "\n\n");
  Paragraphs(out, schedule.text());
  for (const v1::ScheduleStep& step : schedule.steps()) {
    absl::StrAppend(out, "- ", MarkdownLine(Dash(step.when(), step.text())), "\n");
  }
  if (schedule.steps_size() > 0) absl::StrAppend(out, "\n");
}

void AppendBody(std::string* out, const v1::Body& body) {
  List(out, "Composition", body.members());
  Label(out, "Invités", body.guests());
  Label(out, "Présidence", body.chair());
  Label(out, "Secrétariat", body.secretariat());
  Label(out, "Rythme", body.cadence());
  if (body.cadence().empty() && body.meetings_per_year_min() > 0) {
    Label(out, "Rythme",
          absl::StrCat("au moins ", Count(body.meetings_per_year_min(), "réunion", "réunions"),
                       " par an"));
  }
  List(out, "Missions", body.functions());
}

// 1234567 cents: « 12 345,67 € ».
std::string Euros(std::int64_t cents) {
  const bool negative = cents < 0;
  const std::uint64_t all =
      negative ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
  std::string whole = absl::StrCat(all / 100);
  for (std::size_t at = whole.size(); at > 3;) {
    at -= 3;
    whole.insert(at, kNarrowNoBreak);
  }
  const std::uint64_t rest = all % 100;
  return absl::StrCat(negative ? "-" : "", whole, ",", rest < 10 ? "0" : "", rest, kNoBreak, "€");
}

void AppendFunding(std::string* out, const v1::FundingLine& line) {
  std::vector<std::string> parts;
  if (!line.text().empty()) parts.push_back(MarkdownLine(line.text()));
  if (!line.payer().empty()) {
    parts.push_back(absl::StrCat("financeur", kNoBreak, ": ", MarkdownLine(line.payer())));
  }
  if (line.has_amount_cents()) parts.push_back(Euros(line.amount_cents()));
  if (!line.condition().empty()) {
    parts.push_back(absl::StrCat("condition", kNoBreak, ": ", MarkdownLine(line.condition())));
  }
  if (parts.empty()) parts.push_back(StateText(line.state()));
  absl::StrAppend(out, "**Financement", kNoBreak, ":** ", absl::StrJoin(parts, ", "), "\n\n");
}

std::string AnnexRemark(v1::AnnexContent content) {
  switch (content) {
    case v1::ANNEX_CONTENT_SEPARATE:
      return "*Document séparé.*\n\n";
    case v1::ANNEX_CONTENT_MISSING:
      return "*Annexe annoncée, introuvable.*\n\n";
    case v1::ANNEX_CONTENT_RESERVED:
      return "*Annexe réservée, à compléter.*\n\n";
    default:
      return "";
  }
}

}  // namespace

std::string MarkdownText(absl::string_view text) {
  std::string out;
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    absl::StrAppend(&out, EscapeLine(lines[i]));
    if (i + 1 == lines.size()) break;
    // Two spaces keep a break inside a paragraph.
    const bool inside = !lines[i].empty() && !lines[i + 1].empty();
    absl::StrAppend(&out, inside ? "  \n" : "\n");
  }
  return out;
}

std::string MarkdownLine(absl::string_view text) {
  return EscapeInline(absl::StrReplaceAll(text, {{"\n", " "}}));
}

std::string MarkdownCell(absl::string_view text) {
  return absl::StrReplaceAll(MarkdownLine(text), {{"|", "\\|"}});
}

std::string MarkdownElement(const v1::Element& element, std::size_t level) {
  std::string out;
  const bool untitled = element.has_rubric() || element.has_schedule() ||
                        element.has_funding_line() || element.has_reference() ||
                        (element.has_text_block() && element.text_block().title().empty());
  if (!untitled) {
    absl::StrAppend(&out, std::string(std::clamp<std::size_t>(level, 1, 6), '#'), " ",
                    MarkdownLine(ElementTitle(element)), "\n\n");
  }
  switch (element.content_case()) {
    case v1::Element::kTextBlock:
      Paragraphs(&out, element.text_block().body());
      break;
    case v1::Element::kArticle:
      Paragraphs(&out, element.article().body());
      break;
    case v1::Element::kAnnex:
      absl::StrAppend(&out, AnnexRemark(element.annex().content()));
      Paragraphs(&out, element.annex().body());
      break;
    case v1::Element::kAxis:
      Paragraphs(&out, element.axis().body());
      break;
    case v1::Element::kObjective:
      Paragraphs(&out, element.objective().body());
      break;
    case v1::Element::kRubric:
      AppendRubric(&out, element.rubric());
      break;
    case v1::Element::kSchedule:
      AppendSchedule(&out, element.schedule());
      break;
    case v1::Element::kBody:
      AppendBody(&out, element.body());
      break;
    case v1::Element::kFundingLine:
      AppendFunding(&out, element.funding_line());
      break;
    case v1::Element::kReference:
      absl::StrAppend(&out, "*Renvoi", kNoBreak, ": ", MarkdownLine(element.reference().text()),
                      "*\n\n");
      break;
    case v1::Element::kRoleSheet:
      Label(&out, "Rattachement", element.role_sheet().attachment());
      Paragraphs(&out, element.role_sheet().summary());
      List(&out, "Missions", element.role_sheet().missions());
      List(&out, "Compétences", element.role_sheet().skills());
      break;
    default:
      break;
  }
  return out;
}

}  // namespace greffe
