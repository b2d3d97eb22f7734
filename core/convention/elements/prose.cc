#include "core/convention/elements/prose.h"

#include <cstdint>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/field_words.h"
#include "core/convention/elements/french.h"

namespace greffe {
namespace {

std::string Line(const std::vector<std::string>& parts, absl::string_view between) {
  std::vector<std::string> filled;
  for (const std::string& one : parts) {
    if (!one.empty()) filled.push_back(one);
  }
  return absl::StrJoin(filled, between);
}

// « 1250,50 € ».
std::string PlainEuros(std::int64_t cents) {
  const std::int64_t rest = cents < 0 ? -(cents % 100) : cents % 100;
  return absl::StrCat(cents < 0 && cents > -100 ? "-" : "", cents / 100, ",", rest < 10 ? "0" : "",
                      rest, " €");
}

// Enums, flags, ids and what the title says already are not prose.
bool IsProse(const ElementField& field) {
  for (const absl::string_view end :
       {".kind", ".state", ".amount_cents", ".role", ".content", ".level", ".planned",
        ".deliberates", ".signing_policy", ".partner_id", ".id", ".number", ".ref", ".title",
        "parent_id", ".target_id"}) {
    if (absl::EndsWith(field.path, end)) return false;
  }
  return !absl::StartsWith(field.path, "aliases");
}

}  // namespace

std::string ProseOf(const v1::Element& element) {
  if (element.has_facility()) {
    const v1::Facility& one = element.facility();
    const std::string type = one.type().empty() || one.type() == one.name() || one.name().empty()
                                 ? one.type()
                                 : absl::StrCat("(", one.type(), ")");
    return Line({Line({one.name(), type}, " "), one.address(), one.supported_by(),
                 one.planned() ? "en projet" : ""},
                ", ");
  }
  if (element.has_terms()) {
    const v1::Terms& one = element.terms();
    return Line(
        {one.title(), one.territory(),
         absl::StrCat("du ", FrenchDate(one.start_date()), " au ", FrenchDate(one.end_date()))},
        "\n");
  }
  if (element.has_schedule()) {
    const v1::Schedule& one = element.schedule();
    std::vector<std::string> lines = {Line({one.from(), one.to()}, " – "), one.text()};
    for (const v1::ScheduleStep& step : one.steps()) {
      lines.push_back(Line({step.when(), step.text()}, " : "));
    }
    return Line(lines, "\n");
  }
  std::vector<std::string> lines;
  const std::string title = ElementTitle(element);
  if (title != element.id()) lines.push_back(title);
  for (const ElementField& field : ElementFields(element)) {
    if (field.path == "body.meetings_per_year_min") {
      lines.push_back(absl::StrCat("réunions par an, au moins : ", field.text));
    } else if (IsProse(field) && field.text != title) {
      // Values of a form say nothing without their names.
      const bool form = element.has_party() || element.has_body() || element.has_indicator();
      lines.push_back(form ? absl::StrCat(FieldLabel(field.path), " : ", FieldValue(field))
                           : field.text);
    }
  }
  if (element.has_funding_line() && element.funding_line().has_amount_cents()) {
    lines.push_back(PlainEuros(element.funding_line().amount_cents()));
  }
  return absl::StrJoin(lines, "\n");
}

}  // namespace greffe
