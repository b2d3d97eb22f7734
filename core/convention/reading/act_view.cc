#include "core/convention/reading/act_view.h"

#include <algorithm>
#include <map>

#include "core/convention/decide_common.h"
#include "core/convention/reading/paper.h"
#include "core/convention/reading/prompt.h"
#include "core/convention/state/order.h"

namespace greffe {

v1::SignatureView MakeSignatureView(const StateData& data, SignatureNumber number,
                                    EventTeller* teller) {
  const SignatureFact& fact = data.signatures[number];
  v1::SignatureView view;
  *view.mutable_event() = teller->View(fact.event);
  view.set_kind(fact.kind);
  if (fact.signed_on) view.set_signed_on(fact.signed_on->ToString());
  if (fact.scan_digest) view.set_scan_digest(fact.scan_digest->ToHex());
  if (fact.signer_name) view.set_signer_name(fact.signer_name->ToHex());
  view.set_retracted(IsRetracted(data, number));
  view.set_capacity(fact.capacity);
  if (fact.delegation) view.set_delegation(fact.delegation->ToHex());
  return view;
}

std::vector<v1::SignatoryView> MakeSignatoryViews(const StateData& data, RevisionNumber number,
                                                  EventTeller* teller) {
  const Revision& revision = data.revisions[number];
  std::vector<SignatureNumber> signatures = revision.signatures;
  std::sort(signatures.begin(), signatures.end(), [&](SignatureNumber a, SignatureNumber b) {
    return Before(data, data.signatures[a].event, data.signatures[b].event);
  });
  // What was corrected is in the history of its event; the board shows what stands.
  std::map<absl::string_view, std::vector<SignatureNumber>> signed_by;
  for (const SignatureNumber one : signatures) {
    const SignatureFact& fact = data.signatures[one];
    if (!fact.replaced) signed_by[fact.signatory_id].push_back(one);
  }
  std::vector<EventNumber> refusals;
  std::map<EventNumber, absl::string_view> refuser;
  for (const std::uint32_t at : revision.refusals) {
    refusals.push_back(data.refusals[at].event);
    refuser[data.refusals[at].event] = data.refusals[at].signatory_id;
  }
  SortEvents(data, &refusals);
  std::map<absl::string_view, std::vector<EventNumber>> refused_by;
  for (const EventNumber event : refusals) refused_by[refuser[event]].push_back(event);
  std::vector<v1::SignatoryView> out;
  for (const v1::Signatory& signatory : revision.signatories) {
    v1::SignatoryView& view = out.emplace_back();
    *view.mutable_signatory() = signatory;
    if (const auto found = signed_by.find(signatory.id()); found != signed_by.end()) {
      for (const SignatureNumber one : found->second) {
        *view.add_signatures() = MakeSignatureView(data, one, teller);
      }
    }
    if (const auto found = refused_by.find(signatory.id()); found != refused_by.end()) {
      for (const EventNumber event : found->second) *view.add_refusals() = teller->View(event);
    }
  }
  return out;
}

v1::RevisionView MakeRevisionView(const StateData& data, RevisionNumber number,
                                  EventTeller* teller) {
  const Revision& revision = data.revisions[number];
  v1::RevisionView view;
  view.set_revision(data.LeafOf(revision.event).ToHex());
  view.set_label(revision.label);
  if (revision.effective_from) view.set_effective_from(revision.effective_from->ToString());
  for (const RevisionNumber base : revision.bases) {
    view.add_base_revisions(data.LeafOf(data.revisions[base].event).ToHex());
  }
  const Conclusion conclusion = Conclude(data, number);
  view.set_concluded(conclusion.concluded);
  if (conclusion.concluded_on) view.set_concluded_on(conclusion.concluded_on->ToString());
  view.set_withdrawn(IsWithdrawn(data, number));
  for (const SignatureNumber one : conclusion.chosen) {
    if (one == kNone) continue;
    view.set_signed_(view.signed_() + 1);
    switch (data.signatures[ShownFor(data, one)].kind) {
      case v1::SIGNATURE_KIND_PAPER:
        view.set_paper(view.paper() + 1);
        break;
      case v1::SIGNATURE_KIND_OUTSIDE_FILE:
        view.set_outside(view.outside() + 1);
        break;
      default:
        view.set_electronic(view.electronic() + 1);
    }
  }
  view.set_needed(SignaturesNeeded(revision));
  for (v1::SignatoryView& one : MakeSignatoryViews(data, number, teller)) {
    *view.add_signatories() = std::move(one);
  }
  *view.mutable_frozen() = teller->View(revision.event);
  view.set_changes(static_cast<std::uint32_t>(revision.content.size()));
  if (revision.on_paper) *view.mutable_on_paper() = MakePaperView(data, number, teller);
  return view;
}

v1::DeliberationView MakeDeliberationView(const DeliberationFact& fact, EventTeller* teller) {
  v1::DeliberationView view;
  *view.mutable_deliberation() = *fact.deliberation;
  *view.mutable_event() = teller->View(fact.event);
  return view;
}

std::vector<const DraftChange*> UnfrozenDraft(const StateData& data, const ActFacts& act) {
  // By place in act.changes.
  std::vector<bool> frozen(act.changes.size(), false);
  for (const RevisionNumber number : act.revisions) {
    if (IsWithdrawn(data, number) && !IsConcluded(data, number)) continue;
    for (const std::uint32_t at : data.revisions[number].content) frozen[at] = true;
  }
  const auto left = [&](const DraftChange& change) {
    return !change.drop && !frozen[static_cast<std::size_t>(&change - act.changes.data())];
  };
  std::vector<const DraftChange*> out;
  // Most acts are frozen whole: their draft need not be put in order.
  const bool any = std::any_of(act.changes.begin(), act.changes.end(), [&](const auto& change) {
    return !change.replaced && left(change) && data.events[change.event].authorised;
  });
  if (!any) return out;
  for (const DraftChange* change : data.CurrentDraft(act)) {
    if (left(*change)) out.push_back(change);
  }
  return out;
}

v1::ActView MakeActView(const StateData& data, const ActId& id, const ActFacts& act,
                        EventTeller* teller) {
  v1::ActView view;
  const ActOpening& opening = data.OpeningOf(act);
  view.set_act_id(id.ToHex());
  view.set_kind(opening.kind);
  view.set_title(opening.title);
  view.set_prompted_by(PromptOf(data, opening));
  view.set_standing(StandingOf(data, act));
  for (const RevisionNumber revision : RevisionsInOrder(data, act)) {
    *view.add_revisions() = MakeRevisionView(data, revision, teller);
  }
  view.set_draft_changes(static_cast<std::uint32_t>(UnfrozenDraft(data, act).size()));
  *view.mutable_opened() = teller->View(opening.event);
  return view;
}

std::vector<const ActId*> ActsInOrder(const StateData& data) {
  std::vector<const ActId*> out;
  for (const auto& [id, act] : data.acts) out.push_back(&id);
  std::sort(out.begin(), out.end(), [&](const ActId* a, const ActId* b) {
    return Before(data, data.OpeningOf(data.acts.at(*a)).event,
                  data.OpeningOf(data.acts.at(*b)).event);
  });
  return out;
}

RevisionNumber LatestRevision(const StateData& data, const ActFacts& act) {
  const std::vector<RevisionNumber> all = RevisionsInOrder(data, act);
  for (auto it = all.rbegin(); it != all.rend(); ++it) {
    if (IsConcluded(data, *it)) return *it;
  }
  for (auto it = all.rbegin(); it != all.rend(); ++it) {
    if (data.revisions[*it].valid && !IsWithdrawn(data, *it)) return *it;
  }
  return all.empty() ? kNone : all.back();
}

}  // namespace greffe
