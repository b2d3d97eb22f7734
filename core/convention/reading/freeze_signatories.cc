#include "core/convention/reading/freeze_signatories.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/decide_common.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/offices.h"
#include "core/convention/text/succession.h"

namespace greffe {

absl::StatusOr<std::vector<v1::Signatory>> SignatoriesOf(const StateData& data,
                                                         const TextInMaking& after,
                                                         const std::vector<RevisionNumber>& bases,
                                                         std::optional<CivilDate> on,
                                                         const std::set<std::string>& deciders) {
  std::map<std::string, v1::Signatory> out;
  std::string shared;
  const std::vector<const v1::Element*> before = ElementsOf(data, bases);
  const PartyPlaces places = SigningPlaces(data, before);
  const PartyRolls rolls(data);
  const OfficeBook offices(data, rolls);
  const ConsolidatedText in_force = Consolidate(data, EndOfTime());
  const auto add = [&](const v1::Element& element) {
    if (!deciders.empty() && deciders.count(element.party().partner_id()) == 0) return;
    const std::string partner = HolderIn(places, element);
    for (const v1::SigningOffice& office : element.party().signing_offices()) {
      const auto [at, first] = out.emplace(office.id(), v1::Signatory());
      v1::Signatory& signatory = at->second;
      const bool one_of = element.party().signing_policy() == v1::SIGNING_POLICY_ONE_OF;
      // L-03; of a party whose policy the act changes, each office signs.
      signatory.set_one_of(one_of && (first || signatory.one_of()));
      if (!first && signatory.partner_id() != partner) shared = office.id();
      signatory.set_id(office.id());
      signatory.set_partner_id(partner);
      signatory.set_office(on.has_value() ? OfficeReads(offices, in_force, element, office, *on)
                                          : office.office());
    }
  };
  for (const v1::Element* element : before) {
    if (element->has_party()) add(*element);
  }
  for (const DraftedElement& one : after.Elements()) {
    if (one.element->has_party()) add(*one.element);
  }
  if (!shared.empty()) {
    return RuleError(
        "unique-office",
        absl::StrCat("l'identifiant de signataire « ", shared,
                     " » sert à une partie que l'acte fait sortir et à une autre qu'il "
                     "fait entrer : les deux signent."),
        absl::StrCat("the signatory id \"", shared,
                     "\" is of a party that the act takes out and of another that it "
                     "brings in: both sign."),
        "Donnez à la nouvelle partie un autre identifiant (greffe act revise), puis "
        "figez.",
        "Give the new party another id (greffe act revise), then freeze.");
  }
  std::vector<v1::Signatory> signatories;
  for (auto& [id, signatory] : out) signatories.push_back(std::move(signatory));
  return signatories;
}

}  // namespace greffe
