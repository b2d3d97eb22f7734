#include "core/convention/text/consolidate.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/convention/elements/diff.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/tree.h"

namespace greffe {
namespace {

const Digest& RevisionLeaf(const StateData& data, RevisionNumber revision) {
  return data.LeafOf(data.revisions[revision].event);
}

bool ByFounder(const StateData& data, const ActOpening& opening) {
  return std::any_of(data.openings.begin(), data.openings.end(), [&](EventNumber e) {
    return data.AuthorOf(e) == data.AuthorOf(opening.event);
  });
}

struct Put {
  absl::string_view id;
  ElementSide side;
};

// Leaves out what another side builds on, and of equal sides all but the first. Anybody may draft
// any number of values of one element: sides are not compared with each other.
void Settle(const RevisionOrder& order, ElementSides& sides) {
  if (sides.size() < 2) return;
  std::set<RevisionNumber> revisions;
  for (const ElementSide& side : sides) revisions.insert(side.revision);
  std::set<RevisionNumber> superseded;
  for (const RevisionNumber r : revisions) {
    const bool built_on =
        std::any_of(revisions.begin(), revisions.end(),
                    [&](RevisionNumber other) { return other != r && order.BuildsOn(other, r); });
    if (built_on) superseded.insert(r);
  }
  ElementSides standing;
  for (const ElementSide& side : sides) {
    if (!superseded.contains(side.revision)) standing.push_back(side);
  }
  sides.clear();
  std::set<std::optional<Digest>> contents;
  for (const ElementSide& side : standing) {
    const bool first =
        standing.size() == 1 ||
        contents
            .insert(side.element == nullptr ? std::nullopt
                                            : std::optional<Digest>(WordingDigest(*side.element)))
            .second;
    if (first) sides.push_back(side);
  }
}

// By id, the sides of each in the order of `puts`.
std::vector<StandingElement> Standing(const RevisionOrder& order, std::vector<Put> puts) {
  const auto by_id = [](const Put& a, const Put& b) { return a.id < b.id; };
  // One revision's content is sorted already.
  if (!std::is_sorted(puts.begin(), puts.end(), by_id)) {
    std::stable_sort(puts.begin(), puts.end(), by_id);
  }
  std::vector<StandingElement> standing;
  standing.reserve(puts.size());
  for (const Put& put : puts) {
    if (standing.empty() || standing.back().id != put.id) standing.push_back({put.id, {}});
    standing.back().sides.push_back(put.side);
  }
  for (StandingElement& element : standing) Settle(order, element.sides);
  return standing;
}

bool IsOriginal(const StateData& data, RevisionNumber revision) {
  const auto act = data.acts.find(data.revisions[revision].act);
  if (act == data.acts.end()) return false;
  const ActOpening& opening = data.OpeningOf(act->second);
  return opening.kind == v1::ACT_KIND_ORIGINAL && ByFounder(data, opening);
}

// Several originals each say what the whole convention is: what one has and another has not, the
// other leaves out. A side without element says so, until an act built on both settles it.
void AddLeftOut(const StateData& data, const std::vector<RevisionNumber>& revisions,
                std::vector<Put>& puts) {
  std::vector<RevisionNumber> originals;
  for (const RevisionNumber r : revisions) {
    if (IsOriginal(data, r)) originals.push_back(r);
  }
  if (originals.size() < 2) return;
  std::map<RevisionNumber, std::set<absl::string_view>> has;
  std::set<absl::string_view> all;
  for (const Put& put : puts) {
    if (std::find(originals.begin(), originals.end(), put.side.revision) == originals.end()) {
      continue;
    }
    has[put.side.revision].insert(put.id);
    all.insert(put.id);
  }
  for (const RevisionNumber r : originals) {
    const ActId* const act = &data.acts.find(data.revisions[r].act)->first;
    for (const absl::string_view id : all) {
      if (!has[r].contains(id)) puts.push_back({id, {r, act, nullptr, nullptr}});
    }
  }
}

// `revisions` are sorted by leaf.
std::vector<StandingElement> Gather(const StateData& data, const RevisionOrder& order,
                                    const std::vector<RevisionNumber>& revisions) {
  std::vector<Put> puts;
  for (const RevisionNumber r : revisions) {
    const Revision& revision = data.revisions[r];
    const auto act = data.acts.find(revision.act);
    puts.reserve(puts.size() + revision.content.size());
    for (const std::uint32_t place : revision.content) {
      const DraftChange& change = act->second.changes[place];
      puts.push_back({data.Text(change.element), {r, &act->first, &change, change.put.get()}});
    }
  }
  AddLeftOut(data, revisions, puts);
  return Standing(order, std::move(puts));
}

ConsolidatedText FromSides(std::vector<StandingElement> standing, bool whole,
                           const Covers& covers) {
  ConsolidatedText text;
  PlaceElements(std::move(standing), whole, covers, text);
  const PlacedElement* const terms = text.Find("terms");
  if (terms != nullptr && terms->shown().element->has_terms()) {
    text.terms = &terms->shown().element->terms();
  } else if (whole && !text.elements.empty()) {
    text.findings.push_back(MakeFinding(FindingCode::kNoTerms, "", "", "terms"));
  }
  return text;
}

ConsolidatedText FromDraft(const StateData& data, const ActFacts& act, bool whole) {
  const ActId* id = nullptr;
  for (const auto& [known, facts] : data.acts) {
    if (&facts == &act) id = &known;
  }
  std::vector<Put> puts;
  for (const DraftChange* change : data.CurrentDraft(act)) {
    if (change->drop) continue;
    puts.push_back({data.Text(change->element), {kNone, id, change, change->put.get()}});
  }
  return FromSides(Standing(RevisionOrder(data, {}), std::move(puts)), whole,
                   [](const ElementSide&, const ElementSide&) { return false; });
}

ConsolidatedText FromRevisions(const StateData& data, const std::vector<RevisionNumber>& revisions,
                               bool whole) {
  const RevisionOrder order(data, revisions);
  return FromSides(Gather(data, order, revisions), whole,
                   [&](const ElementSide& removal, const ElementSide& below) {
                     return order.BuildsOn(removal.revision, below.revision);
                   });
}

// What people must know of the acts behind a text.
void FindOddities(const StateData& data, const std::vector<RevisionNumber>& concluded,
                  ConsolidatedText& text) {
  std::map<ActId, int> by_act;
  for (const RevisionNumber r : concluded) {
    if (++by_act[data.revisions[r].act] == 2) {
      text.findings.push_back(MakeFinding(FindingCode::kSeveralConcluded, data.revisions[r].label,
                                          RevisionLeaf(data, r).ToHex(), ""));
    }
  }
  std::set<Digest> too_long;
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    if (Conclude(data, r).too_long) too_long.insert(RevisionLeaf(data, r));
  }
  for (const Digest& leaf : too_long) {
    text.findings.push_back(MakeFinding(FindingCode::kSearchTooLong, "", leaf.ToHex(), ""));
  }
  const ActFacts* const original = OriginalAct(data);
  for (const auto& [id, act] : data.acts) {
    const ActOpening& opening = data.OpeningOf(act);
    if (opening.kind == v1::ACT_KIND_ORIGINAL && &act != original && ByFounder(data, opening)) {
      text.findings.push_back(
          MakeFinding(FindingCode::kSeveralOriginals, "", data.LeafOf(opening.event).ToHex(), ""));
    }
  }
}

}  // namespace

const ElementSide& PlacedElement::shown() const {
  for (const ElementSide& side : sides) {
    if (side.element != nullptr) return side;
  }
  return sides.front();
}

const PlacedElement* ConsolidatedText::Find(absl::string_view id) const {
  for (const PlacedElement& element : elements) {
    if (element.id == id) return &element;
  }
  return nullptr;
}

RevisionNumber LatestFrozen(const StateData& data, const ActFacts& act) {
  std::vector<EventNumber> open;
  for (const RevisionNumber r : act.revisions) {
    if (data.revisions[r].valid && !IsWithdrawn(data, r)) open.push_back(data.revisions[r].event);
  }
  // Whatever is followed is so by the last of some branch.
  const std::vector<EventNumber> last = LastOfEachBranch(data, open);
  EventNumber latest = kNone;
  for (const EventNumber event : last) {
    const bool followed = std::any_of(last.begin(), last.end(), [&](EventNumber other) {
      return other != event && data.Saw(other, event);
    });
    if (followed) continue;
    if (latest == kNone || data.LeafOf(event) < data.LeafOf(latest)) latest = event;
  }
  return latest == kNone ? kNone : data.revision_by_event.at(latest);
}

std::vector<RevisionNumber> InEffect(const StateData& data,
                                     const std::vector<RevisionNumber>& concluded, CivilDate on) {
  std::vector<RevisionNumber> in_effect;
  if (concluded.empty()) return in_effect;
  CivilDate first = *data.revisions[concluded.front()].effective_from;
  for (const RevisionNumber r : concluded)
    first = std::min(first, *data.revisions[r].effective_from);
  for (const RevisionNumber r : concluded) {
    if (*data.revisions[r].effective_from <= std::max(on, first)) in_effect.push_back(r);
  }
  return in_effect;
}

ConsolidatedText Consolidate(const StateData& data, CivilDate on) {
  const std::vector<RevisionNumber> concluded = ConcludedRevisions(data);
  if (concluded.empty()) {
    ConsolidatedText text = ProjectText(data);
    FindOddities(data, concluded, text);
    return text;
  }
  ConsolidatedText text = FromRevisions(data, InEffect(data, concluded, on), /*whole=*/true);
  FindOddities(data, concluded, text);
  return text;
}

ConsolidatedText ProjectText(const StateData& data) {
  const ActFacts* const original = OriginalAct(data);
  ConsolidatedText text;
  if (original != nullptr) {
    const RevisionNumber frozen = LatestFrozen(data, *original);
    text = frozen == kNone ? FromDraft(data, *original, /*whole=*/true)
                           : FromRevisions(data, {frozen}, /*whole=*/true);
  }
  text.project = true;
  return text;
}

ConsolidatedText RevisionText(const StateData& data, RevisionNumber revision) {
  return FromRevisions(data, {revision}, /*whole=*/false);
}

ConsolidatedText TextOfRevisions(const StateData& data, std::vector<RevisionNumber> revisions) {
  std::sort(revisions.begin(), revisions.end(), [&](RevisionNumber a, RevisionNumber b) {
    return RevisionLeaf(data, a) < RevisionLeaf(data, b);
  });
  return FromRevisions(data, revisions, /*whole=*/true);
}

ConsolidatedText DraftText(const StateData& data, const ActFacts& act) {
  return FromDraft(data, act, /*whole=*/false);
}

std::vector<const v1::Element*> PutElements(const ActFacts& act, const Revision& revision) {
  std::vector<const v1::Element*> elements;
  for (const std::uint32_t place : revision.content) {
    if (act.changes[place].put != nullptr) elements.push_back(act.changes[place].put.get());
  }
  return elements;
}

std::vector<const v1::Element*> ElementsOf(const StateData& data,
                                           const std::vector<RevisionNumber>& revisions) {
  std::vector<RevisionNumber> all = WithAllBelow(data, revisions);
  // Not as they arrived: whoever takes the first of two wordings takes the same everywhere.
  std::sort(all.begin(), all.end(), [&](RevisionNumber a, RevisionNumber b) {
    return RevisionLeaf(data, a) < RevisionLeaf(data, b);
  });
  std::vector<const v1::Element*> elements;
  for (const StandingElement& standing : Gather(data, RevisionOrder(data, all), all)) {
    for (const ElementSide& side : standing.sides) {
      if (side.element != nullptr) elements.push_back(side.element);
    }
  }
  return elements;
}

bool Puts(const StateData& data, const std::vector<RevisionNumber>& revisions,
          absl::string_view element_id) {
  const TextNumber element = data.FindText(element_id);
  if (element == kNone) return false;
  const std::vector<RevisionNumber> all = WithAllBelow(data, revisions);
  std::vector<Put> puts;
  for (const RevisionNumber r : all) {
    const auto act = data.acts.find(data.revisions[r].act);
    for (const std::uint32_t place : data.revisions[r].content) {
      const DraftChange& change = act->second.changes[place];
      if (change.element != element) continue;
      puts.push_back({element_id, {r, &act->first, &change, change.put.get()}});
    }
  }
  if (puts.empty()) return false;
  AddLeftOut(data, all, puts);
  std::vector<RevisionNumber> by;
  for (const Put& put : puts) by.push_back(put.side.revision);
  const std::vector<StandingElement> standing = Standing(RevisionOrder(data, by), std::move(puts));
  return std::any_of(standing.front().sides.begin(), standing.front().sides.end(),
                     [](const ElementSide& side) { return side.element != nullptr; });
}

v1::ConventionStanding StandingOn(const ConsolidatedText& text, CivilDate on) {
  if (text.project) return v1::CONVENTION_STANDING_PROJECT;
  if (text.terms == nullptr) return v1::CONVENTION_STANDING_CONCLUDED;
  const std::optional<CivilDate> start = CivilDate::TryParse(text.terms->start_date());
  const std::optional<CivilDate> end = CivilDate::TryParse(text.terms->end_date());
  if (!start.has_value() || on < *start) return v1::CONVENTION_STANDING_CONCLUDED;
  // The end is the last day of effect; an end that cannot be read ends nothing.
  if (!end.has_value() || on <= *end) return v1::CONVENTION_STANDING_IN_FORCE;
  return v1::CONVENTION_STANDING_EXPIRED;
}

std::optional<CivilDate> InForceSince(const StateData& data) {
  const ActFacts* const original = OriginalAct(data);
  std::optional<CivilDate> since;
  if (original == nullptr) return since;
  for (const RevisionNumber r : original->revisions) {
    const Conclusion conclusion = Conclude(data, r);
    if (conclusion.concluded && (!since.has_value() || *conclusion.concluded_on < *since)) {
      since = conclusion.concluded_on;
    }
  }
  return since;
}

const ActFacts* OriginalAct(const StateData& data) {
  const ActFacts* original = nullptr;
  EventNumber opened = kNone;
  for (const auto& [id, act] : data.acts) {
    const ActOpening& opening = data.OpeningOf(act);
    if (opening.kind != v1::ACT_KIND_ORIGINAL || !ByFounder(data, opening)) continue;
    // The founder's first; on branches of a fork the least leaf.
    const bool earlier =
        original == nullptr || data.Saw(opened, opening.event) ||
        (!data.Saw(opening.event, opened) && data.LeafOf(opening.event) < data.LeafOf(opened));
    if (earlier) {
      original = &act;
      opened = opening.event;
    }
  }
  return original;
}

}  // namespace greffe
