#include "core/convention/act_view.h"

#include <algorithm>
#include <set>

#include "core/convention/decide_common.h"
#include "core/convention/order.h"
#include "core/convention/paper.h"
#include "core/convention/prompt.h"

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
  std::vector<EventNumber> refusals;
  std::map<EventNumber, std::string> refused_by;
  for (const std::uint32_t at : revision.refusals) {
    refusals.push_back(data.refusals[at].event);
    refused_by[data.refusals[at].event] = data.refusals[at].signatory_id;
  }
  SortEvents(data, &refusals);
  std::vector<v1::SignatoryView> out;
  for (const v1::Signatory& signatory : revision.signatories) {
    v1::SignatoryView& view = out.emplace_back();
    *view.mutable_signatory() = signatory;
    for (const SignatureNumber one : signatures) {
      // What was corrected is in the history of its event; the board shows what stands.
      if (data.signatures[one].signatory_id != signatory.id() || data.signatures[one].replaced) {
        continue;
      }
      *view.add_signatures() = MakeSignatureView(data, one, teller);
    }
    for (const EventNumber event : refusals) {
      if (refused_by[event] == signatory.id()) *view.add_refusals() = teller->View(event);
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
  std::set<const DraftChange*> frozen;
  for (const RevisionNumber number : act.revisions) {
    if (IsWithdrawn(data, number) && !IsConcluded(data, number)) continue;
    for (const std::uint32_t at : data.revisions[number].content) frozen.insert(&act.changes[at]);
  }
  std::vector<const DraftChange*> out;
  for (const DraftChange* change : data.CurrentDraft(act)) {
    if (!change->drop && frozen.count(change) == 0) out.push_back(change);
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
