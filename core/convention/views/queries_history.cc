// Who changed what, when, by which act, signed by whom.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/decide_common.h"
#include "core/convention/queries.h"
#include "core/convention/reading/act_view.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/origin.h"
#include "core/convention/state/order.h"
#include "core/convention/state/same_text.h"
#include "core/convention/state/stamp.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/follow_up.h"
#include "core/convention/views/query_common.h"

namespace greffe {
namespace {

// The event that gives an entry its place, and how the entry is made: a page makes its own alone,
// however long the history.
struct Placed {
  EventNumber at = kNone;
  std::function<absl::Status(v1::HistoryEntry*)> fill;
};

class History {
 public:
  History(const Known& known, std::string element_id)
      : known_(known),
        data_(known.state.data()),
        element_id_(std::move(element_id)),
        teller_(data_),
        origins_(data_) {}

  // One entry per revision of each act; of an act never frozen, one for its draft.
  void AddActs() {
    for (const ActId* id : ActsInOrder(data_)) {
      const ActFacts& act = data_.acts.at(*id);
      for (const RevisionNumber revision : act.revisions) AddRevision(*id, act, revision);
      if (act.revisions.empty()) AddDraftedAct(*id, act);
    }
  }

  // The changes of one element, by acts and by its draft values.
  void AddElement() {
    lineage_ = Lineage();
    in_force_ = TextInForce(data_, known_.in_force_on).Find(element_id_) != nullptr;
    for (const auto& [id, act] : data_.acts) {
      for (const RevisionNumber revision : act.revisions) AddRevisionOf(id, act, revision);
      for (const DraftChange* change : UnfrozenDraft(data_, act)) {
        if (data_.Text(change->element) == element_id_) AddDraft(id, *change);
      }
    }
  }

  void AddFollowUp() {
    for (const FollowUpSubject& subject : data_.subjects) {
      if (data_.Text(subject.element) != element_id_) continue;
      for (const EventNumber event : subject.events) {
        entries_.push_back({event, [this, event](auto* out) { return FillFollowUp(event, out); }});
      }
    }
  }

  // Facts about `element`, corrected ones included.
  void AddLife(const std::string& element) {
    for (const LifeFact& fact : data_.life) {
      if (data_.Text(fact.element) != element) continue;
      const EventNumber event = fact.event;
      entries_.push_back({event, [this, event](auto* out) { return FillLife(event, out); }});
    }
  }
  void AddLife() { AddLife(element_id_); }
  void AddLifeOfTheWhole() { AddLife(kTermsId); }

  bool empty() const { return entries_.empty(); }

  // Only what the part shows is made.
  absl::StatusOr<Parted<v1::HistoryView>> Take(const Part& part) {
    if (part.from > entries_.size()) return absl::OutOfRangeError("part: beyond the last entry");
    std::stable_sort(entries_.begin(), entries_.end(),
                     [&](const Placed& a, const Placed& b) { return Before(data_, a.at, b.at); });
    Parted<v1::HistoryView> out;
    out.view.set_convention_id(known_.state.id().ToHex());
    out.view.set_element_id(element_id_);
    PutStamp(known_, &out.view);
    std::size_t bytes = 0;
    for (std::size_t n = part.from; n < entries_.size(); ++n) {
      if (n > part.from && (n - part.from >= part.count || bytes >= part.bytes)) {
        out.next = PartEnd{.from = n};
        break;
      }
      v1::HistoryEntry* const entry = out.view.add_entries();
      RETURN_IF_ERROR(entries_[n].fill(entry));
      bytes += entry->ByteSizeLong();
    }
    return out;
  }

 private:
  absl::Status FillFollowUp(EventNumber at, v1::HistoryEntry* entry) {
    ASSIGN_OR_RETURN(*entry->mutable_follow_up(),
                     MakeFollowUpValue(data_, known_.read_event, at, &teller_));
    *entry->add_events() = entry->follow_up().event();
    return absl::OkStatus();
  }

  absl::Status FillLife(EventNumber at, v1::HistoryEntry* entry) {
    ASSIGN_OR_RETURN(v1::Event stored, ReadStored(data_, known_.read_event, at));
    *entry->add_events() = teller_.View(stored, data_.LeafOf(at));
    *entry->mutable_life() = std::move(*stored.mutable_life_recorded());
    return absl::OkStatus();
  }

  // The element and everything it ever stood in: whatever takes one of these out takes it out.
  std::set<std::string> Lineage() const {
    std::map<std::string, std::set<std::string>> parents;
    for (const auto& [id, act] : data_.acts) {
      for (const DraftChange& change : act.changes) {
        if (change.put != nullptr) parents[change.put->id()].insert(change.put->parent_id());
      }
    }
    std::set<std::string> out;
    // Not recursive: depth is whatever peers sent.
    std::vector<std::string> next = {element_id_};
    while (!next.empty()) {
      const std::string id = std::move(next.back());
      next.pop_back();
      if (id.empty() || !out.insert(id).second) continue;
      next.insert(next.end(), parents[id].begin(), parents[id].end());
    }
    return out;
  }

  void AddEvents(std::vector<EventNumber> events, v1::HistoryEntry* entry) {
    SortEvents(data_, &events);
    events.erase(std::unique(events.begin(), events.end()), events.end());
    for (const EventNumber event : events) *entry->add_events() = teller_.View(event);
  }

  // Signatures, deliberations and conclusion of the revision behind the entry.
  void AddBacking(RevisionNumber number, v1::HistoryEntry* entry) {
    entry->set_concluded(IsConcluded(data_, number));
    for (v1::SignatoryView& one : MakeSignatoryViews(data_, number, &teller_)) {
      *entry->add_signatures() = std::move(one);
    }
    for (const DeliberationFact* fact : VotesOnText(number)) {
      *entry->add_deliberations() = MakeDeliberationView(*fact, &teller_);
    }
    if (!data_.revisions[number].bases.empty()) AddEarlierMandates(number, entry);
  }

  // Those on the revision first, then those on other freezes of its text: they count as much
  // (L-11).
  std::vector<const DeliberationFact*> VotesOnText(RevisionNumber number) {
    std::vector<const DeliberationFact*> out = StandingDeliberations(data_, number);
    if (!same_.has_value()) same_.emplace(data_);
    const auto own = static_cast<std::ptrdiff_t>(out.size());
    for (const RevisionNumber one : same_->Of(number)) {
      if (one == number) continue;
      const std::vector<const DeliberationFact*> more = StandingDeliberations(data_, one);
      out.insert(out.end(), more.begin(), more.end());
    }
    std::sort(out.begin() + own, out.end(),
              [&](const auto* a, const auto* b) { return Before(data_, a->event, b->event); });
    return out;
  }

  // Votes on what the avenant builds on that gave its signatories their mandate (L-34).
  void AddEarlierMandates(RevisionNumber number, v1::HistoryEntry* entry) {
    if (!votes_.has_value()) votes_.emplace(data_, teller_.book());
    Authorities authorities(data_, teller_.book(), *votes_, number);
    std::set<EventNumber> known;
    for (const v1::SignatoryView& one : entry->signatures()) {
      for (const v1::SignatureView& signature : one.signatures()) {
        const auto on = CivilDate::TryParse(signature.signed_on());
        if (signature.retracted() || !on.has_value()) continue;
        const PartyAuthority authority = authorities.Of(one.signatory().partner_id(), *on);
        const bool earlier = authority.vote != nullptr && authority.voted_on != number &&
                             authority.coverage == v1::MANDATE_COVERAGE_COVERED;
        if (!earlier || !known.insert(authority.vote->event).second) continue;
        *entry->add_deliberations() = MakeDeliberationView(*authority.vote, &teller_);
      }
    }
  }

  std::vector<EventNumber> Withdrawals(RevisionNumber number) const {
    std::vector<EventNumber> out;
    for (const std::uint32_t at : data_.revisions[number].withdrawals) {
      out.push_back(data_.withdrawals[at].event);
    }
    return out;
  }

  // Whoever makes the whole convention adds; all others change it.
  static v1::DiffKind KindOf(const ActOpening& opening) {
    return opening.kind == v1::ACT_KIND_ORIGINAL ? v1::DIFF_KIND_ADDED : v1::DIFF_KIND_CHANGED;
  }

  void AddRevision(const ActId& id, const ActFacts& act, RevisionNumber number) {
    entries_.push_back({data_.revisions[number].event, [this, &id, &act, number](auto* out) {
                          FillRevision(id, act, number, out);
                          return absl::OkStatus();
                        }});
  }
  void FillRevision(const ActId& id, const ActFacts& act, RevisionNumber number,
                    v1::HistoryEntry* out) {
    const ActOpening& opening = data_.OpeningOf(act);
    out->set_kind(KindOf(opening));
    *out->mutable_origin() = origins_.Of({.revision = number, .act = &id}, "");
    std::vector<EventNumber> events = Withdrawals(number);
    events.push_back(opening.event);
    events.push_back(data_.revisions[number].event);
    AddEvents(std::move(events), out);
    AddBacking(number, out);
  }

  void AddDraftedAct(const ActId& id, const ActFacts& act) {
    entries_.push_back({data_.OpeningOf(act).event, [this, &id, &act](auto* out) {
                          FillDraftedAct(id, act, out);
                          return absl::OkStatus();
                        }});
  }
  void FillDraftedAct(const ActId& id, const ActFacts& act, v1::HistoryEntry* out) {
    const ActOpening& opening = data_.OpeningOf(act);
    out->set_kind(KindOf(opening));
    out->mutable_origin()->set_act_id(id.ToHex());
    std::vector<EventNumber> events = {opening.event};
    for (const DraftChange& change : act.changes) events.push_back(change.event);
    AddEvents(std::move(events), out);
  }

  void AddRevisionOf(const ActId& id, const ActFacts& act, RevisionNumber number) {
    const Revision& revision = data_.revisions[number];
    const auto changed_here = [&](const DraftChange& change) {
      return data_.Text(change.element) == element_id_;
    };
    bool own = false;
    for (const std::uint32_t at : revision.content) own = own || changed_here(act.changes[at]);
    for (const std::uint32_t at : revision.content) {
      const DraftChange& change = act.changes[at];
      const bool taken_along =
          !own && change.put == nullptr && lineage_.count(data_.Text(change.element)) > 0;
      if (!changed_here(change) && !taken_along) continue;
      entries_.push_back({revision.event, [this, &id, &change, number](auto* out) {
                            FillChange(id, change, number, out);
                            return absl::OkStatus();
                          }});
    }
  }
  void FillChange(const ActId& id, const DraftChange& change, RevisionNumber number,
                  v1::HistoryEntry* out) {
    const Revision& revision = data_.revisions[number];
    out->set_kind(change.put == nullptr                      ? v1::DIFF_KIND_REMOVED
                  : Puts(data_, revision.bases, element_id_) ? v1::DIFF_KIND_CHANGED
                                                             : v1::DIFF_KIND_ADDED);
    *out->mutable_origin() = origins_.Of(
        {.revision = number, .act = &id, .change = &change, .element = change.put.get()},
        data_.Text(change.element));
    if (change.put != nullptr) *out->mutable_element() = *change.put;
    std::vector<EventNumber> events = Withdrawals(number);
    events.push_back(change.event);
    events.push_back(revision.event);
    AddEvents(std::move(events), out);
    AddBacking(number, out);
  }

  void AddDraft(const ActId& id, const DraftChange& change) {
    entries_.push_back({change.event, [this, &id, &change](auto* out) {
                          FillDraft(id, change, out);
                          return absl::OkStatus();
                        }});
  }
  void FillDraft(const ActId& id, const DraftChange& change, v1::HistoryEntry* out) {
    out->set_kind(change.put == nullptr ? v1::DIFF_KIND_REMOVED
                  : in_force_           ? v1::DIFF_KIND_CHANGED
                                        : v1::DIFF_KIND_ADDED);
    out->mutable_origin()->set_act_id(id.ToHex());
    if (change.put != nullptr) *out->mutable_element() = *change.put;
    AddEvents({change.event}, out);
  }

  const Known& known_;
  const StateData& data_;
  const std::string element_id_;
  EventTeller teller_;
  OriginBook origins_;
  // Made when the first revision is met.
  std::optional<SameTexts> same_;
  // Made when an avenant is met.
  std::optional<VoteReading> votes_;
  std::set<std::string> lineage_;
  // The element is in the text on the date asked.
  bool in_force_ = false;
  std::vector<Placed> entries_;
};

}  // namespace

absl::StatusOr<Parted<v1::HistoryView>> ViewHistory(const Known& known,
                                                    absl::string_view element_id,
                                                    const Part& part) {
  History history(known, std::string(element_id));
  if (element_id.empty()) {
    history.AddActs();
    history.AddLifeOfTheWhole();
    return history.Take(part);
  }
  history.AddElement();
  history.AddFollowUp();
  history.AddLife();
  if (history.empty()) return ElementNotFound(element_id);
  return history.Take(part);
}

absl::StatusOr<v1::HistoryView> ViewHistory(const Known& known, absl::string_view element_id) {
  ASSIGN_OR_RETURN(Parted<v1::HistoryView> all, ViewHistory(known, element_id, Part{}));
  return std::move(all.view);
}

}  // namespace greffe
