#include "core/convention/reading/life_labels.h"

#include "core/base/ids.h"
#include "core/convention/elements/origin_words.h"
#include "core/convention/text/conclude.h"

namespace greffe {

void LifeLabels::Add(const v1::LifeFactView& fact) {
  AddPartner(fact.event().partner_id());
  Add(fact.fact());
}

void LifeLabels::Add(const v1::LifeRecorded& fact) {
  AddElement(fact.element_id());
  AddRevision(fact.answers());
  switch (fact.fact_case()) {
    case v1::LifeRecorded::kNoticeSent:
      for (const std::string& one : fact.notice_sent().to_partners()) AddPartner(one);
      break;
    case v1::LifeRecorded::kPartySucceeded:
      AddPartner(fact.party_succeeded().successor_partner_id());
      break;
    case v1::LifeRecorded::kRepresentativeChanged:
      AddOffice(fact.element_id(), fact.representative_changed().office_id());
      break;
    case v1::LifeRecorded::kDelegationRecorded:
      AddOffice(fact.element_id(), fact.delegation_recorded().office_id());
      break;
    case v1::LifeRecorded::kEvaluationValidated:
      AddElement(fact.evaluation_validated().body_id());
      break;
    case v1::LifeRecorded::kDataExchangeRequested:
      AddPartner(fact.data_exchange_requested().holder_partner_id());
      break;
    case v1::LifeRecorded::kCommitteeConsulted:
      AddElement(fact.committee_consulted().body_id());
      break;
    case v1::LifeRecorded::kCommentPosted:
      AddAct(fact.comment_posted().act_id());
      break;
    case v1::LifeRecorded::kReviewRequested:
      AddAct(fact.review_requested().act_id());
      for (const std::string& one : fact.review_requested().partner_ids()) AddPartner(one);
      break;
    default:
      break;
  }
}

std::vector<v1::LifeLabel> LifeLabels::Sorted() const {
  std::vector<v1::LifeLabel> out;
  for (const auto& [id, label] : labels_) {
    v1::LifeLabel& one = out.emplace_back();
    one.set_id(id);
    one.set_label(label.fr);
    one.set_label_en(label.en);
  }
  return out;
}

void LifeLabels::AddElement(const std::string& id) {
  if (id.empty() || labels_.count(id) > 0) return;
  const std::string& name = teller_.ElementName(id);
  Put(id, {name, name});
}

void LifeLabels::AddPartner(const std::string& id) {
  if (id.empty() || !partners_.insert(id).second) return;
  const std::string name = teller_.book().Name(id);
  // Anybody may give an element the id of a partner: it does not take its name.
  if (!name.empty() && name != id) labels_[id] = {name, name};
}

void LifeLabels::AddOffice(const std::string& party, const std::string& office) {
  if (!elements_.has_value()) elements_.emplace(data_);
  const v1::Element* const element = elements_->Find(party);
  if (element == nullptr) return;
  for (const v1::SigningOffice& one : element->party().signing_offices()) {
    if (one.id() == office) Put(office, {one.office(), one.office()});
  }
}

void LifeLabels::AddAct(const std::string& id) {
  const auto parsed = ActId::FromBytes(id, "act_id");
  const ActFacts* const act = parsed.ok() ? data_.FindAct(*parsed) : nullptr;
  if (act == nullptr) return;
  const std::string& title = data_.OpeningOf(*act).title;
  Put(parsed->ToHex(), {title, title});
}

void LifeLabels::AddRevision(const std::string& leaf) {
  const auto found = data_.revision_by_event.find(data_.FindEvent(leaf));
  if (found == data_.revision_by_event.end()) return;
  const Revision& revision = data_.revisions[found->second];
  v1::Origin origin;
  origin.set_label(revision.label);
  const auto act = data_.acts.find(revision.act);
  if (act != data_.acts.end()) origin.set_kind(data_.OpeningOf(act->second).kind);
  const Conclusion conclusion = Conclude(data_, found->second);
  if (conclusion.concluded && conclusion.concluded_on.has_value()) {
    origin.set_concluded_on(conclusion.concluded_on->ToString());
  }
  Put(data_.LeafOf(revision.event).ToHex(), OriginWords(origin));
}

void LifeLabels::Put(const std::string& id, const rules::Words& label) {
  // What nobody knows is called by its id.
  if (label.fr.empty() || label.fr == id) return;
  labels_.emplace(id, label);
}

}  // namespace greffe
