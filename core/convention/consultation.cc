#include "core/convention/consultation.h"

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/element_lookup.h"
#include "core/convention/instrument.h"
#include "core/convention/order.h"
#include "core/rules/instrument.h"
#include "greffe/v1/life.pb.h"

namespace greffe {

std::vector<EventNumber> ConsultationsOf(const StateData& data, RevisionNumber revision) {
  std::vector<EventNumber> out;
  if (revision == kNone) return out;
  const EventNumber frozen = data.revisions[revision].event;
  for (const LifeFact& fact : data.life) {
    const EventRow& row = data.events[fact.event];
    if (fact.kind != v1::LifeRecorded::kCommitteeConsulted || fact.answers != frozen ||
        !row.authorised || row.replaced) {
      continue;
    }
    // Of a body that the convention has, not of one that the author names.
    const v1::Element* const body = FindElementAnywhere(data, data.Text(fact.detail));
    if (body != nullptr && body->has_body()) out.push_back(fact.event);
  }
  SortEvents(data, &out);
  return out;
}

absl::Status CheckConsulted(const StateData& data, RevisionNumber revision) {
  const Revision& frozen = data.revisions[revision];
  const ActFacts& act = data.acts.at(frozen.act);
  if (data.OpeningOf(act).kind != v1::ACT_KIND_AVENANT) return absl::OkStatus();
  const auto clause = ConsultationIn(BaseOf(data, frozen.act, revision));
  if (!clause.has_value()) return absl::OkStatus();
  const bool consulted = !ConsultationsOf(data, revision).empty();
  for (const rules::Oddity& odd : rules::CheckConsultation(clause->quote, consulted)) {
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "L-32",
                     .field = "",
                     .fr = absl::StrCat("L-32 : ", odd.words.fr),
                     .en = absl::StrCat("L-32: ", odd.words.en),
                     .next_fr =
                         "Présentez l'avenant au comité, puis enregistrez-le : greffe committee "
                         "consulted.",
                     .next_en = "Show the avenant to the committee, then record that: greffe "
                                "committee consulted."});
  }
  return absl::OkStatus();
}

}  // namespace greffe
