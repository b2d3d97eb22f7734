#include "core/convention/reading/consultation.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/refusal.h"
#include "core/convention/reading/committee.h"
#include "core/convention/state/order.h"
#include "core/rules/instrument.h"
#include "greffe/v1/life.pb.h"

namespace greffe {
namespace {

// Names of the bodies of the text that fit the clause best, by id.
std::map<std::string, std::string> Committees(const AmendedText& base,
                                              const std::optional<ConsultationClause>& clause) {
  const ConsultationClause any;
  const ConsultationClause& asked = clause.has_value() ? *clause : any;
  std::map<std::string, std::string> out;
  for (const v1::Element* one : BodiesThatFit(base, asked.quote, asked.element_id).bodies) {
    out.emplace(one->id(), one->body().name());
  }
  return out;
}

}  // namespace

std::vector<EventNumber> ConsultationsOf(const StateData& data, RevisionNumber revision,
                                         const AmendedText& base,
                                         const std::optional<ConsultationClause>& clause) {
  std::vector<EventNumber> out;
  if (revision == kNone) return out;
  const EventNumber frozen = data.revisions[revision].event;
  std::optional<std::map<std::string, std::string>> committees;
  for (const LifeFact& fact : data.life) {
    const EventRow& row = data.events[fact.event];
    if (fact.kind != v1::LifeRecorded::kCommitteeConsulted || fact.answers != frozen ||
        !row.authorised || row.replaced) {
      continue;
    }
    if (!committees.has_value()) committees = Committees(base, clause);
    // Of a body that the convention has, not of one that the author names or drafts.
    if (committees->contains(data.Text(fact.detail))) out.push_back(fact.event);
  }
  SortEvents(data, &out);
  return out;
}

absl::Status CheckConsulted(const StateData& data, RevisionNumber revision) {
  const Revision& frozen = data.revisions[revision];
  const ActFacts& act = data.acts.at(frozen.act);
  if (data.OpeningOf(act).kind != v1::ACT_KIND_AVENANT) return absl::OkStatus();
  const AmendedText base = BaseOf(data, frozen.act, revision);
  const auto clause = ConsultationIn(base);
  if (!clause.has_value()) return absl::OkStatus();
  const bool consulted = !ConsultationsOf(data, revision, base, clause).empty();
  for (const rules::Oddity& odd : rules::CheckConsultation(clause->quote, consulted)) {
    const std::map<std::string, std::string> committees = Committees(base, clause);
    const std::string which =
        committees.empty()
            ? ""
            : absl::StrCat(" (", absl::StrJoin(committees, ", ", absl::PairFormatter(" – ")), ")");
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "L-32",
                     .field = "",
                     .fr = absl::StrCat("L-32 : ", odd.words.fr),
                     .en = absl::StrCat("L-32: ", odd.words.en),
                     .next_fr = absl::StrCat("Présentez l'avenant au comité", which,
                                             ", puis enregistrez-le : greffe committee consulted."),
                     .next_en = absl::StrCat("Show the avenant to the committee", which,
                                             ", then record that: greffe committee consulted.")});
  }
  return absl::OkStatus();
}

}  // namespace greffe
