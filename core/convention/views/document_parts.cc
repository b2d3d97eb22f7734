#include "core/convention/views/document_parts.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/time.h"
#include "core/convention/checks/life_check.h"
#include "core/convention/elements/element_blocks.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/origin_words.h"
#include "core/convention/text/offices.h"
#include "core/convention/views/errata.h"

namespace greffe {
namespace {

using Elements = std::vector<const v1::ElementView*>;

// By supporting party, parties in the order of the text, then those nobody supports.
void SortFacilities(const v1::ConventionView& view, Elements* facilities) {
  std::map<std::string, std::size_t> rank;
  for (const v1::ElementView& one : view.elements()) {
    if (one.element().has_party()) rank.emplace(one.element().party().partner_id(), rank.size());
  }
  const auto rank_of = [&](const v1::ElementView* one) {
    const auto found = rank.find(one->element().facility().supported_by());
    return found == rank.end() ? rank.size() : found->second;
  };
  std::stable_sort(facilities->begin(), facilities->end(),
                   [&](const auto* a, const auto* b) { return rank_of(a) < rank_of(b); });
}

// The last day of effect as known here, not as the text of that day writes it: an act may have
// prolonged the term since, or something ended it before.
std::string LastDay(const v1::ConventionView& view) {
  const auto until = CivilDate::TryParse(view.force().efficacy_until());
  if (!until.has_value()) return view.end_date();
  return CivilDate{until->days - 1}.ToString();
}

}  // namespace

DocumentParts::DocumentParts(const v1::ConventionView& view) : view_(view) {
  std::string base_from;
  for (const v1::ElementView& one : view.elements()) {
    by_id_[one.element().id()] = &one;
    if (one.element().has_party()) {
      partner_names_[one.element().party().partner_id()] = one.element().party().name();
    }
    const v1::Origin& origin = one.origin();
    if (origin.revision().empty()) continue;
    // The oldest act is the convention itself; only later ones are worth a note.
    if (base_.empty() || origin.effective_from() < base_from) {
      base_ = origin.revision();
      base_from = origin.effective_from();
    }
  }
}

std::vector<DocumentPart> DocumentParts::Parts() const {
  std::vector<DocumentPart> out;
  const auto& all = view_.elements();
  for (int i = 0; i < all.size();) {
    const v1::Element& element = all[i].element();
    DocumentPart part;
    if (element.has_party()) part.kind = DocumentPart::Kind::kParties;
    if (element.has_facility()) part.kind = DocumentPart::Kind::kFacilities;
    if (element.has_indicator()) part.kind = DocumentPart::Kind::kIndicators;
    const int begin = i++;
    while (part.kind != DocumentPart::Kind::kElement && i < all.size() &&
           all[i].element().content_case() == element.content_case() &&
           all[i].element().parent_id() == element.parent_id()) {
      ++i;
    }
    if (element.has_terms()) continue;
    for (int j = begin; j < i; ++j) part.elements.push_back(&all[j]);
    if (part.kind == DocumentPart::Kind::kFacilities) SortFacilities(view_, &part.elements);
    out.push_back(std::move(part));
  }
  return out;
}

bool DocumentParts::IsLater(const v1::Origin& origin) const {
  return !origin.revision().empty() && origin.revision() != base_ && !origin.label().empty();
}

std::string DocumentParts::PartnerName(const std::string& partner) const {
  const auto found = partner_names_.find(partner);
  return found == partner_names_.end() ? partner : found->second;
}

std::string DocumentParts::ElementName(const std::string& element_id) const {
  const auto found = by_id_.find(element_id);
  return found == by_id_.end() ? element_id : ElementTitle(found->second->element());
}

v1::Element DocumentParts::Named(const v1::Element& element) const {
  return WithPartnerNames(element, [this](const std::string& id) { return PartnerName(id); });
}

v1::Element WithPartnerNames(v1::Element element,
                             const std::function<std::string(const std::string&)>& name) {
  if (element.has_funding_line() && !element.funding_line().payer().empty()) {
    element.mutable_funding_line()->set_payer(name(element.funding_line().payer()));
  }
  if (element.has_facility() && !element.facility().supported_by().empty()) {
    element.mutable_facility()->set_supported_by(name(element.facility().supported_by()));
  }
  if (element.has_body()) {
    for (std::string& one : *element.mutable_body()->mutable_co_chairs()) one = name(one);
  }
  return element;
}

std::string VersionTitle(const v1::ConventionView& view) {
  const std::string day = FrenchDate(view.in_force_on());
  if (view.project()) {
    return absl::StrCat("Projet", kNoBreak, ": ce texte n'est pas conclu. État au ", day);
  }
  switch (view.standing()) {
    case v1::CONVENTION_STANDING_CONCLUDED:
      return absl::StrCat("Version qui prendra effet le ", FrenchDate(view.start_date()));
    case v1::CONVENTION_STANDING_EXPIRED:
      return absl::StrCat("Version en vigueur jusqu'au ", FrenchDate(LastDay(view)));
    case v1::CONVENTION_STANDING_TERMINATED:
      return absl::StrCat("Version en vigueur jusqu'au ", FrenchDate(LastDay(view)),
                          " (fin avant le terme)");
    default:
      break;
  }
  // A day to come: further acts may still change its text. Dates of one form compare as texts.
  const bool to_come = !view.clock_date().empty() && view.clock_date() < view.in_force_on();
  return absl::StrCat(to_come ? "Version qui sera en vigueur au " : "Version en vigueur au ", day);
}

std::string ClashIntroduction(const v1::ConventionView& view) {
  if (view.project()) {
    return absl::StrCat("Le projet en est encore à plusieurs rédactions", kNoBreak,
                        ": toutes sont données, et l'une est à retenir avant de figer le texte.");
  }
  return absl::StrCat("Des actes conclus séparément disent chacun autre chose", kNoBreak,
                      ": toutes les rédactions sont données, seul un nouvel acte les départage "
                      "(L-30).");
}

std::string ClashSideTitle(const v1::ConventionView& view, const v1::ClashSide& side, int number) {
  if (view.project()) return absl::StrCat("Rédaction ", number);
  return absl::StrCat("Selon ", OriginAct(side.origin()), ", en effet depuis le ",
                      FrenchDate(side.origin().effective_from()));
}

std::string StandingText(const v1::ConventionView& view) {
  std::string out = FrenchName(view.standing());
  if (!view.in_force_since().empty()) {
    const std::string concluded =
        absl::StrCat("conclue le ", FrenchDate(view.in_force_since()), " (dernière signature)");
    out = view.standing() == v1::CONVENTION_STANDING_CONCLUDED
              ? absl::StrCat(concluded, ", pas encore en vigueur")
              : absl::StrCat(out, ", ", concluded);
  }
  if (!view.start_date().empty()) {
    absl::StrAppend(&out, kNarrowNoBreak, "; effet du ", FrenchDate(view.start_date()), " au ",
                    FrenchDate(LastDay(view)), " inclus");
  }
  return out;
}

std::vector<std::string> SigningOffices(const v1::Party& party) {
  std::vector<std::string> out;
  for (const v1::SigningOffice& office : party.signing_offices()) out.push_back(office.office());
  return out;
}

bool OriginNotes::Tells(const v1::ElementView& one) {
  const v1::Origin& origin = one.origin();
  told_[one.element().id()] = &origin;
  if (origin.revision().empty() && origin.label().empty()) return false;
  if (HasHeading(one.element())) return true;
  const auto above = told_.find(one.element().parent_id());
  return above == told_.end() || !SameOrigin(*above->second, origin);
}

std::vector<std::string> ClauseNotes(const v1::ConventionView& view, absl::string_view element_id) {
  std::vector<std::string> out;
  for (const v1::Finding& one : view.findings()) {
    const bool about = one.code() == kDeemedUnwritten || one.code() == kErrorAttested;
    if (about && one.element_id() == element_id) out.push_back(one.text());
  }
  return out;
}

std::vector<std::string> OfficeNotes(const v1::ConventionView& view, absl::string_view party_id) {
  std::vector<std::string> out;
  for (const v1::Finding& one : view.findings()) {
    if (one.code() == kRepresentativeChanged && one.element_id() == party_id) {
      out.push_back(one.text());
    }
  }
  return out;
}

std::string IndicatorDetail(const v1::Indicator& indicator) {
  std::vector<std::string> more;
  if (std::string kind(WordOf(indicator.kind())); !kind.empty()) {
    kind[0] = absl::ascii_tolower(static_cast<unsigned char>(kind[0]));
    more.push_back(std::move(kind));
  }
  if (!indicator.unit().empty()) {
    more.push_back(absl::StrCat("unité", kNoBreak, ": ", indicator.unit()));
  }
  if (!indicator.target().empty()) {
    more.push_back(absl::StrCat("cible", kNoBreak, ": ", indicator.target()));
  }
  return absl::StrJoin(more, ", ");
}

std::string FollowUpText(const v1::FollowUpValue& value) {
  if (value.has_measurement()) return value.measurement().value();
  if (value.has_meeting()) {
    return absl::StrCat(
        "réunion du ", FrenchDate(value.meeting().held_on()), ", ",
        Count(static_cast<std::size_t>(value.meeting().decisions_size()), "décision", "décisions"));
  }
  if (value.has_predecessor()) {
    const v1::Predecessor& before = value.predecessor();
    return absl::StrCat("convention précédente", kNoBreak, ": ", before.title(), ", du ",
                        FrenchDate(before.start_date()), " au ", FrenchDate(before.end_date()));
  }
  std::string out = FrenchName(value.progress().state());
  if (value.progress().has_percent()) {
    absl::StrAppend(&out, ", ", value.progress().percent(), kNoBreak, "%");
  }
  return absl::StrCat(out, " au ", FrenchDate(value.progress().as_of()));
}

}  // namespace greffe
