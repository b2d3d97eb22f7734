#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/convention/fold/apply.h"
#include "core/convention/reading/committee.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/succession.h"

namespace greffe {
namespace {

// The act, when an opening of it is in the author's past; else null with a finding.
ActFacts* FindAct(const Applying& a, absl::string_view id) {
  const absl::StatusOr<ActId> act = ActId::FromBytes(id, "act_id");
  if (act.ok()) {
    const auto found = a.data.acts.find(*act);
    if (found != a.data.acts.end()) {
      for (const ActOpening& opening : found->second.openings) {
        if (a.data.Saw(a.number, opening.event)) return &found->second;
      }
    }
  }
  a.Find(FindingCode::kUnknownAct);
  return nullptr;
}

// What the change is about; nothing when it makes no sense.
std::optional<DraftChange> ReadChange(const Applying& a, const v1::Change& change,
                                      std::uint32_t index) {
  const std::string& id = change.has_put() ? change.put().id() : change.remove();
  if (!CheckSlug(id, "id").ok()) {
    a.Find(FindingCode::kMalformed, absl::StrCat("changes[", index, "]"));
    return std::nullopt;
  }
  DraftChange read;
  read.event = a.number;
  read.index = index;
  read.element = a.data.InternText(id);
  read.drop = change.drop();
  if (change.has_put() && !change.drop()) {
    read.put = std::make_shared<const v1::Element>(change.put());
    read.content = ElementDigest(change.put());
  }
  return read;
}

bool ByElement(const DraftChange& a, const DraftChange& b) { return a.element < b.element; }

// What an event changes of an element; null when nothing. Sought, not walked to: one event names
// thousands of others, each with as many changes.
DraftChange* FindDraft(const Applying& a, ActFacts& act, EventNumber event,
                       const DraftChange& like) {
  const std::span<const DraftChange> changes = a.data.ChangesOf(act, event);
  const auto found = std::lower_bound(changes.begin(), changes.end(), like, ByElement);
  if (found == changes.end() || found->element != like.element) return nullptr;
  return &act.changes[static_cast<std::size_t>(&*found - act.changes.data())];
}

void ReplaceDrafts(const Applying& a, ActFacts& act, const v1::Change& change, DraftChange& read) {
  std::set<EventNumber> replaces;
  for (const std::string& leaf : change.replaces()) {
    const EventNumber named = a.Past(leaf);
    DraftChange* const found = named == kNone ? nullptr : FindDraft(a, act, named, read);
    if (found == nullptr) {
      a.Find(FindingCode::kReplacesIneffective, a.data.Text(read.element));
      continue;
    }
    replaces.insert(named);
    if (a.row().authorised) found->replaced = true;
  }
  read.replaces.assign(replaces.begin(), replaces.end());
}

// The places in act.changes that the listed events make up; false when one of them is not known,
// not seen, not of this act or not authorised.
bool ReadContent(const Applying& a, const ActFacts& act, const v1::RevisionFrozen& frozen,
                 std::vector<std::uint32_t>& content) {
  const StateData& data = a.data;
  std::set<EventNumber> listed;
  bool complete = true;
  for (const std::string& leaf : frozen.changes()) {
    const EventNumber named = a.Past(leaf);
    if (named == kNone || !data.events[named].authorised || data.ChangesOf(act, named).empty()) {
      complete = false;
    } else {
      listed.insert(named);
    }
  }
  absl::flat_hash_set<std::pair<EventNumber, TextNumber>> replaced;
  for (const EventNumber event : listed) {
    for (const DraftChange& change : data.ChangesOf(act, event)) {
      for (const EventNumber by : change.replaces) replaced.insert({by, change.element});
    }
  }
  for (const EventNumber event : listed) {
    for (const DraftChange& change : data.ChangesOf(act, event)) {
      if (change.drop || replaced.contains({event, change.element})) continue;
      content.push_back(static_cast<std::uint32_t>(&change - act.changes.data()));
    }
    if (content.size() > limits::kRevisionChanges) break;
  }
  // Few bytes of a freeze may name many changes: what no text needs is not kept.
  if (content.size() > limits::kRevisionChanges) {
    content.clear();
    return false;
  }
  std::sort(content.begin(), content.end(), [&](std::uint32_t x, std::uint32_t y) {
    const DraftChange& p = act.changes[x];
    const DraftChange& q = act.changes[y];
    if (p.element != q.element) return data.Text(p.element) < data.Text(q.element);
    if (p.event != q.event) return data.LeafOf(p.event) < data.LeafOf(q.event);
    return p.index < q.index;
  });
  for (std::size_t i = 1; i < content.size(); ++i) {
    const TextNumber element = act.changes[content[i]].element;
    if (element == act.changes[content[i - 1]].element) {
      a.Find(FindingCode::kRevisionClash, data.Text(element));
    }
  }
  return complete;
}

// Only what the author had seen concluded can be built on: a text of one's own making is no base,
// or its author could leave the other parties out of it.
std::vector<RevisionNumber> ReadBases(const Applying& a, const v1::RevisionFrozen& frozen) {
  std::set<RevisionNumber> bases;
  for (const std::string& leaf : frozen.base_revisions()) {
    const auto named = a.data.revision_by_event.find(a.Past(leaf));
    if (named == a.data.revision_by_event.end() || !IsConcluded(a.data, named->second, a.number)) {
      a.Find(FindingCode::kBaseIneffective);
    } else {
      bases.insert(named->second);
    }
  }
  std::vector<RevisionNumber> sorted(bases.begin(), bases.end());
  std::sort(sorted.begin(), sorted.end(), [&](RevisionNumber x, RevisionNumber y) {
    return a.data.LeafOf(a.data.revisions[x].event) < a.data.LeafOf(a.data.revisions[y].event);
  });
  return sorted;
}

// False when an id comes twice or is empty, or nobody signs, or more than a convention has.
bool ReadSignatories(const v1::RevisionFrozen& frozen, std::vector<v1::Signatory>& signatories) {
  if (static_cast<std::size_t>(frozen.signatories_size()) > limits::kSignatories) return false;
  std::map<std::string, const v1::Signatory*> by_id;
  bool fit = frozen.signatories_size() > 0;
  for (const v1::Signatory& signatory : frozen.signatories()) {
    if (!CheckSlug(signatory.id(), "id").ok() || signatory.partner_id().empty() ||
        !by_id.emplace(signatory.id(), &signatory).second) {
      fit = false;
    }
  }
  for (const auto& [id, signatory] : by_id) signatories.push_back(*signatory);
  return fit;
}

// Who must sign a frozen text: every office that signs for a party to the text concerned, or
// brought in, and one office is enough only where the party's own policy says so (L-03): nobody
// changes a contract alone, whatever the software of its author. Who succeeded a party by law may
// sign in its place (L-60). Borrows all three.
class Signing final {
 public:
  Signing(const Applying& a, const Revision& revision, const ActFacts& act)
      : revision_(revision), elements_(ElementsOf(a.data, revision.bases)) {
    places_ = SigningPlaces(a.data, elements_, a.number);
    const std::vector<const v1::Element*> put = PutElements(act, revision);
    elements_.insert(elements_.end(), put.begin(), put.end());
  }

  // True when all of them are among the signatories.
  bool ByEverybody() const {
    return std::all_of(elements_.begin(), elements_.end(),
                       [&](const v1::Element* element) { return By(*element); });
  }
  // Of the parties with these partner ids alone.
  bool ByPartners(const std::set<std::string>& partners) const {
    return std::all_of(elements_.begin(), elements_.end(), [&](const v1::Element* element) {
      return partners.count(element->party().partner_id()) == 0 || By(*element);
    });
  }
  // True when one partner signs for all: no committee decides so (L-20).
  bool ByOneAlone() const {
    const std::vector<v1::Signatory>& all = revision_.signatories;
    return std::all_of(all.begin(), all.end(), [&](const v1::Signatory& one) {
      return one.partner_id() == all.front().partner_id();
    });
  }

 private:
  bool By(const v1::Element& element) const {
    const v1::Party& party = element.party();
    const auto place = places_.find(element.id());
    const std::string& holder = place == places_.end() ? party.partner_id() : place->second;
    const bool one_of = party.signing_policy() == v1::SIGNING_POLICY_ONE_OF;
    const auto& offices = party.signing_offices();
    return std::all_of(offices.begin(), offices.end(), [&](const v1::SigningOffice& office) {
      const v1::Signatory* const s = FindSignatory(revision_, office.id());
      return s != nullptr && (s->partner_id() == party.partner_id() || s->partner_id() == holder) &&
             (one_of || !s->one_of());
    });
  }

  const Revision& revision_;
  std::vector<const v1::Element*> elements_;
  PartyPlaces places_;
};

CommitteeDecision DecisionOf(const Applying& a, const Revision& revision, const ActFacts& act) {
  CommitteeMatter matter{{}, revision.bases, *revision.effective_from, a.number};
  for (const std::uint32_t at : revision.content) matter.content.push_back(&act.changes[at]);
  return JudgeDecision(a.data, matter);
}

// L-20: what clauses leave to committees takes no vote, and is signed by the offices of the
// co-chairs alone. False when neither these nor everybody sign.
bool JudgeSigning(const Applying& a, bool committee, const ActFacts& act, Revision* revision) {
  const Signing signing(a, *revision, act);
  const bool everybody = signing.ByEverybody();
  if (!committee) return everybody;
  // Asked first: the text that a freeze builds on costs us much, a freeze its author little.
  if (!everybody && signing.ByOneAlone()) return false;
  const CommitteeDecision decision = DecisionOf(a, *revision, act);
  const std::set<std::string>& deciders = decision.co_chairs;
  if (!everybody && (deciders.empty() || !signing.ByPartners(deciders))) return false;
  revision->left_to_co_chairs = !everybody;
  for (const std::string& clause : decision.clauses) {
    revision->clauses.push_back(a.data.InternText(clause));
  }
  // Fail safe: whoever calls an avenant a decision has it voted and signed as one.
  if (decision.clauses.empty()) a.Find(FindingCode::kNotLeftToCommittee);
  return true;
}

bool JudgeRevision(const Applying& a, const ActFacts& act, Revision* revision) {
  // What the act is, as its author saw it.
  const ActOpening* opening = nullptr;
  for (const ActOpening& o : act.openings) {
    if (a.data.Saw(a.number, o.event) &&
        (opening == nullptr || a.data.LeafOf(o.event) < a.data.LeafOf(opening->event))) {
      opening = &o;
    }
  }
  const bool original = opening->kind == v1::ACT_KIND_ORIGINAL;
  if (original) {
    const bool founder = std::any_of(
        a.data.openings.begin(), a.data.openings.end(),
        [&](EventNumber e) { return a.data.AuthorOf(e) == a.data.AuthorOf(opening->event); });
    if (!founder) {
      a.Find(FindingCode::kNotFounder);
      return false;
    }
    // A contract that is concluded changes by acts that build on it.
    for (RevisionNumber r = 0; r < a.data.revisions.size(); ++r) {
      if (!IsConcluded(a.data, r, a.number)) continue;
      a.Find(FindingCode::kRevisionInvalid, "kind");
      return false;
    }
  } else if (revision->bases.empty()) {
    a.Find(FindingCode::kRevisionInvalid, "base_revisions");
    return false;
  }
  const bool committee = opening->kind == v1::ACT_KIND_COMMITTEE_DECISION;
  if (!JudgeSigning(a, committee, act, revision)) {
    a.Find(FindingCode::kSignatoriesMissing);
    return false;
  }
  return true;
}

}  // namespace

void ApplyActOpened(const Applying& a) {
  if (!a.row().authorised) return;
  const v1::ActOpened& opened = a.event.act_opened();
  const absl::StatusOr<ActId> id = ActId::FromBytes(opened.act_id(), "act_id");
  const absl::StatusOr<RequestId> request =
      RequestId::FromBytes(a.event.request_id(), "request_id");
  // Underived, an id could be another partner's.
  if (!id.ok() || !request.ok() ||
      DeriveActId(a.data.convention, a.data.Text(a.partner), *request) != *id) {
    a.Deny(FindingCode::kActIdNotDerived, "");
    return;
  }
  if (opened.kind() == v1::ACT_KIND_UNSPECIFIED) a.Find(FindingCode::kMalformed, "kind");
  ActFacts& act = a.data.acts[*id];
  act.openings.push_back(
      {a.number, opened.kind(), opened.title(), a.Hash(opened.prompted_by(), "prompted_by")});
  if (act.openings.size() > 1) {
    for (const ActOpening& opening : act.openings) {
      a.data.AddFinding(opening.event, FindingCode::kActOpenedTwice);
    }
  }
}

void ApplyChanges(const Applying& a) {
  const v1::ChangesDrafted& drafted = a.event.changes_drafted();
  ActFacts* const act = FindAct(a, drafted.act_id());
  if (act == nullptr) return;
  std::vector<DraftChange> read;
  // One value of an element is what its author wants: thousands would be compared with each other
  // at every reading. The first is the one that is shown where several stand.
  absl::flat_hash_set<TextNumber> changed;
  for (int i = 0; i < drafted.changes_size(); ++i) {
    std::optional<DraftChange> change =
        ReadChange(a, drafted.changes(i), static_cast<std::uint32_t>(i));
    if (!change.has_value()) continue;
    if (!changed.insert(change->element).second) {
      a.Find(FindingCode::kElementTwice, a.data.Text(change->element));
      continue;
    }
    ReplaceDrafts(a, *act, drafted.changes(i), *change);
    read.push_back(*std::move(change));
  }
  std::sort(read.begin(), read.end(), ByElement);
  for (DraftChange& change : read) act->changes.push_back(std::move(change));
}

void ApplyFreeze(const Applying& a) {
  const v1::RevisionFrozen& frozen = a.event.revision_frozen();
  ActFacts* const act = FindAct(a, frozen.act_id());
  if (act == nullptr) return;
  Revision revision;
  revision.event = a.number;
  revision.act = *ActId::FromBytes(frozen.act_id(), "act_id");
  revision.on_paper = frozen.on_paper();
  if (frozen.label().size() <= 4 * limits::kOfficeCharacters) revision.label = frozen.label();
  revision.effective_from = a.Date(frozen.effective_from(), "effective_from");
  revision.bases = ReadBases(a, frozen);
  bool valid = a.row().authorised && a.row().understood;
  const auto require = [&](bool fits, absl::string_view field) {
    if (fits) return;
    valid = false;
    a.Find(FindingCode::kRevisionInvalid, field);
  };
  require(revision.effective_from.has_value(), "effective_from");
  require(ReadSignatories(frozen, revision.signatories), "signatories");
  require(ReadContent(a, *act, frozen, revision.content), "changes");
  revision.valid = valid && JudgeRevision(a, *act, &revision);
  const RevisionNumber number = static_cast<RevisionNumber>(a.data.revisions.size());
  act->revisions.push_back(number);
  a.data.revision_by_event[a.number] = number;
  a.data.revisions.push_back(std::move(revision));
}

}  // namespace greffe
