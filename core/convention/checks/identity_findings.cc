#include "core/convention/checks/identity_findings.h"

#include <map>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/convention/state/finding.h"
#include "core/convention/text/conclude.h"
#include "core/rules/identity.h"
#include "core/rules/transmission.h"

namespace greffe {
namespace {

void Add(const std::optional<rules::Oddity>& odd, const v1::Element& element,
         absl::string_view content, const std::string& name, std::vector<v1::Finding>* out) {
  if (!odd.has_value()) return;
  v1::Finding& finding = out->emplace_back(MakeFinding(*odd, {name, name}));
  finding.set_element_id(element.id());
  finding.set_field(absl::StrCat(content, ".", odd->field));
}

}  // namespace

std::vector<v1::Finding> IdentityFindings(const ConsolidatedText& text) {
  std::map<std::string, std::string> communes;  // INSEE codes by partner.
  for (const PlacedElement& placed : text.elements) {
    const v1::Party& party = placed.shown().element->party();
    if (!party.insee().empty()) communes.emplace(party.partner_id(), party.insee());
  }
  std::vector<v1::Finding> out;
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    if (element.has_party()) {
      const v1::Party& party = element.party();
      Add(rules::CheckCommuneOfSiren(party.siren(), party.insee()), element, "party", party.name(),
          &out);
      Add(rules::CheckPostcode(party.address(), party.insee()), element, "party", party.name(),
          &out);
    } else if (element.has_facility()) {
      const v1::Facility& facility = element.facility();
      const auto commune = communes.find(facility.supported_by());
      if (commune == communes.end()) continue;
      Add(rules::CheckPostcode(facility.address(), commune->second), element, "facility",
          facility.name(), &out);
    }
  }
  return out;
}

void AddObjectFindings(const StateData& data, FindingList* list) {
  ActFindings findings(list);
  for (const auto& [id, act] : data.acts) {
    const ActOpening& opening = data.OpeningOf(act);
    if (opening.kind == v1::ACT_KIND_COMMITTEE_DECISION) continue;
    const std::vector<rules::Oddity> odd = rules::CheckTransmitted(opening.title);
    if (odd.empty()) continue;
    const v1::ActStanding standing = StandingOf(data, act);
    if (standing != v1::ACT_STANDING_DRAFT && standing != v1::ACT_STANDING_FROZEN) continue;
    for (const rules::Oddity& one : odd) {
      findings.Add(one, opening.title, data.LeafOf(opening.event));
    }
  }
}

}  // namespace greffe
