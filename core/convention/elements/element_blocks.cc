#include "core/convention/elements/element_blocks.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/french.h"

namespace greffe {
namespace {

using Kind = ElementBlock::Kind;
using Blocks = std::vector<ElementBlock>;

std::string Dash(absl::string_view left, absl::string_view right) {
  if (left.empty()) return std::string(right);
  if (right.empty()) return std::string(left);
  return absl::StrCat(left, " – ", right);
}

void Label(Blocks* out, absl::string_view label, absl::string_view text) {
  if (text.empty()) return;
  out->push_back({.kind = Kind::kLabelled, .label = std::string(label), .text = std::string(text)});
}

void Items(Blocks* out, std::vector<BlockItem> items) {
  if (!items.empty()) out->push_back({.kind = Kind::kList, .items = std::move(items)});
}

template <typename Texts>
void List(Blocks* out, absl::string_view label, const Texts& texts) {
  if (texts.empty()) return;
  out->push_back({.kind = Kind::kLabelled, .label = std::string(label)});
  std::vector<BlockItem> items;
  for (const std::string& text : texts) items.push_back({.text = text});
  Items(out, std::move(items));
}

void Paragraphs(Blocks* out, absl::string_view text) {
  if (!text.empty()) out->push_back({.kind = Kind::kParagraphs, .text = std::string(text)});
}

void Remark(Blocks* out, std::string text) {
  if (!text.empty()) out->push_back({.kind = Kind::kRemark, .text = std::move(text)});
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

void AddRubric(Blocks* out, const v1::Rubric& rubric) {
  out->push_back(
      {.kind = Kind::kLabelled,
       .label = rubric.label().empty() ? std::string(WordOf(rubric.kind())) : rubric.label(),
       .text = StateText(rubric.state())});
  std::vector<BlockItem> items;
  for (const v1::RubricItem& item : rubric.items()) {
    items.push_back({.text = item.text(), .level = std::min<std::size_t>(item.level(), 8)});
  }
  Items(out, std::move(items));
}

void AddSchedule(Blocks* out, const v1::Schedule& schedule) {
  std::vector<std::string> parts;
  if (!schedule.from().empty() && schedule.from() == schedule.to()) {
    parts.push_back(schedule.from());
  } else {
    if (!schedule.from().empty()) parts.push_back(absl::StrCat("de ", schedule.from()));
    if (!schedule.to().empty()) parts.push_back(absl::StrCat("à ", schedule.to()));
  }
  if (parts.empty()) parts.push_back(StateText(schedule.state()));
  out->push_back(
      {.kind = Kind::kLabelled, .label = "Calendrier", .text = absl::StrJoin(parts, " ")});
  Paragraphs(out, schedule.text());
  std::vector<BlockItem> items;
  for (const v1::ScheduleStep& step : schedule.steps()) {
    items.push_back({.text = Dash(step.when(), step.text())});
  }
  Items(out, std::move(items));
}

void AddBody(Blocks* out, const v1::Body& body) {
  List(out, "Composition", body.members());
  Label(out, "Invités", body.guests());
  Label(out, "Présidence", body.chair());
  Label(out, "Coprésidence", absl::StrJoin(body.co_chairs(), ", "));
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

void AddFunding(Blocks* out, const v1::FundingLine& line) {
  std::vector<std::string> parts;
  if (!line.text().empty()) parts.push_back(line.text());
  if (!line.payer().empty()) {
    parts.push_back(absl::StrCat("financeur", kNoBreak, ": ", line.payer()));
  }
  if (line.has_amount_cents()) parts.push_back(Euros(line.amount_cents()));
  if (!line.condition().empty()) {
    parts.push_back(absl::StrCat("condition", kNoBreak, ": ", line.condition()));
  }
  if (parts.empty()) parts.push_back(StateText(line.state()));
  out->push_back(
      {.kind = Kind::kLabelled, .label = "Financement", .text = absl::StrJoin(parts, ", ")});
}

std::string AnnexRemark(v1::AnnexContent content) {
  switch (content) {
    case v1::ANNEX_CONTENT_SEPARATE:
      return "Document séparé.";
    case v1::ANNEX_CONTENT_MISSING:
      return "Annexe annoncée, introuvable.";
    case v1::ANNEX_CONTENT_RESERVED:
      // L-10: what fills it is not part of the text.
      return "Annexe réservée à la délibération, hors de l'empreinte du texte.";
    default:
      return "";
  }
}

}  // namespace

bool HasHeading(const v1::Element& element) {
  return !(element.has_rubric() || element.has_schedule() || element.has_funding_line() ||
           element.has_reference() ||
           (element.has_text_block() && element.text_block().title().empty()));
}

std::vector<ElementBlock> ElementBlocks(const v1::Element& element) {
  Blocks out;
  switch (element.content_case()) {
    case v1::Element::kTextBlock:
      Paragraphs(&out, element.text_block().body());
      break;
    case v1::Element::kArticle:
      Paragraphs(&out, element.article().body());
      break;
    case v1::Element::kAnnex:
      Remark(&out, AnnexRemark(element.annex().content()));
      Paragraphs(&out, element.annex().body());
      break;
    case v1::Element::kAxis:
      Paragraphs(&out, element.axis().body());
      break;
    case v1::Element::kObjective:
      Paragraphs(&out, element.objective().body());
      break;
    case v1::Element::kRubric:
      AddRubric(&out, element.rubric());
      break;
    case v1::Element::kSchedule:
      AddSchedule(&out, element.schedule());
      break;
    case v1::Element::kBody:
      AddBody(&out, element.body());
      break;
    case v1::Element::kFundingLine:
      AddFunding(&out, element.funding_line());
      break;
    case v1::Element::kReference:
      Remark(&out, absl::StrCat("Renvoi", kNoBreak, ": ", element.reference().text()));
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
