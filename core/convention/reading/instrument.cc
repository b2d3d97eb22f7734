#include "core/convention/reading/instrument.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/limits.h"
#include "core/convention/elements/diff.h"
#include "core/convention/reading/committee.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/instrument.h"
#include "core/rules/sentence.h"

namespace greffe {
namespace {

bool InEffectOn(const StateData& data, RevisionNumber revision, std::optional<CivilDate> day) {
  const std::optional<CivilDate> from = data.revisions[revision].effective_from;
  return from.has_value() && (!day.has_value() || *from <= *day);
}

std::vector<RevisionNumber> FoundationOf(const StateData& data, const ActId& act,
                                         RevisionNumber revision) {
  std::vector<RevisionNumber> out;
  if (revision == kNone) {
    out = ConcludedRevisions(data);
  } else {
    const Revision& frozen = data.revisions[revision];
    out = WithAllBelow(data, frozen.bases);
    std::erase_if(
        out, [&](RevisionNumber one) { return !InEffectOn(data, one, frozen.effective_from); });
  }
  std::erase_if(out, [&](RevisionNumber one) { return data.revisions[one].act == act; });
  // Nearest first. Numbers of revisions are an order of arrival, which no view may show.
  std::sort(out.begin(), out.end(), [&](RevisionNumber a, RevisionNumber b) {
    return Before(data, data.revisions[b].event, data.revisions[a].event);
  });
  return out;
}

// An element that the state holds, without a share in it: the instrument lives no longer.
std::shared_ptr<const v1::Element> Borrowed(const v1::Element* element) {
  return {std::shared_ptr<const v1::Element>(), element};
}

AmendedText DraftedText(const TextInMaking& text, const AmendedText& base) {
  AmendedText out;
  for (const DraftedElement& one : text.Elements()) {
    // What the act leaves alone was hashed already.
    const AmendedText::Entry* const known = base.Find(one.element->id());
    const bool same = known != nullptr && known->element.get() == one.element;
    out.Put(Borrowed(one.element), same ? known->digest : ElementDigest(*one.element));
  }
  return out;
}

std::set<std::string> ChangedIds(const StateData& data, const ActFacts& act,
                                 RevisionNumber revision) {
  std::set<std::string> out;
  if (revision == kNone) {
    for (const DraftChange* change : data.CurrentDraft(act)) {
      if (!change->drop) out.insert(data.Text(change->element));
    }
    return out;
  }
  for (const std::uint32_t at : data.revisions[revision].content) {
    out.insert(data.Text(act.changes[at].element));
  }
  return out;
}

// Texts of an element in which a clause may stand.
std::vector<std::string> ClausesOf(const v1::Element& element) {
  std::vector<std::string> out;
  switch (element.content_case()) {
    case v1::Element::kArticle:
      return {element.article().body()};
    case v1::Element::kAnnex:
      return {element.annex().body()};
    case v1::Element::kTextBlock:
      return {element.text_block().body()};
    case v1::Element::kBody:
      out.assign(element.body().functions().begin(), element.body().functions().end());
      out.push_back(element.body().cadence());
      return out;
    case v1::Element::kRubric:
      for (const v1::RubricItem& item : element.rubric().items()) out.push_back(item.text());
      return out;
    case v1::Element::kSchedule:
      return {element.schedule().text()};
    default:
      return {};
  }
}

// Names of the bodies of the text as words, the first ones: clauses are searched for each.
std::vector<std::vector<std::string>> NamesOfBodies(const ConsolidatedText& text) {
  constexpr std::size_t kBodiesNamed = 32;
  std::vector<std::vector<std::string>> out;
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    if (!element.has_body() || out.size() == kBodiesNamed) continue;
    std::vector<std::string> name = rules::FoldedWords(element.body().name());
    if (!name.empty()) out.push_back(std::move(name));
  }
  return out;
}

const v1::Element* ElementIn(const AmendedText& text, const std::string& id) {
  const AmendedText::Entry* const entry = text.Find(id);
  return entry == nullptr ? nullptr : entry->element.get();
}

// The action that the element is or stands in; empty for none.
std::string ActionOf(const AmendedText& text, const v1::Element& element) {
  const v1::Element* one = &element;
  for (std::size_t level = 0; one != nullptr && level < limits::kTreeDepth; ++level) {
    if (one->has_action()) return one->id();
    one = ElementIn(text, one->parent_id());
  }
  return "";
}

bool EndsBeyondTerm(const AmendedText& base, const v1::Schedule& schedule) {
  const v1::Element* const terms = ElementIn(base, "terms");
  const auto end = CivilDate::TryParse(terms == nullptr ? "" : terms->terms().end_date());
  if (!end.has_value()) return true;
  std::vector<std::string> wordings = {schedule.from(), schedule.to(), schedule.text()};
  for (const v1::ScheduleStep& step : schedule.steps()) wordings.push_back(step.when());
  return rules::BeyondTerm(wordings, *end);
}

// In reading order, what is taken out last.
std::vector<AmendedElement> ChangesTo(const AmendedText& base, const AmendedText& after,
                                      std::set<std::string> changed) {
  std::vector<AmendedElement> out;
  const ConsolidatedText placed = after.Placed();
  for (const PlacedElement& one : placed.elements) {
    const auto found = changed.find(std::string(one.id));
    if (found == changed.end()) continue;
    out.push_back({*found, after.Find(*found)->element});
    changed.erase(found);
  }
  // What no longer stands: taken out, or put below something that was.
  for (const std::string& id : changed) {
    if (base.Find(id) != nullptr) out.push_back({id, nullptr});
  }
  return out;
}

// CHK-25, CHK-26.
std::vector<ForbiddenChange> ForbiddenToCommittees(const StateData& data, const AmendedText& base,
                                                   const AmendedText& after,
                                                   const std::vector<RevisionNumber>& foundation,
                                                   const std::vector<AmendedElement>& changes,
                                                   CivilDate from) {
  std::vector<ForbiddenChange> out;
  const std::vector<rules::Delegation> delegations = DelegationsOn(data, base, foundation, from);
  for (const AmendedElement& change : changes) {
    const rules::Classified of = Classify(base, after, change, delegations);
    for (rules::Oddity& odd : rules::CheckInstrument(v1::ACT_KIND_COMMITTEE_DECISION, of)) {
      out.push_back({change.id, std::move(odd)});
    }
  }
  return out;
}

}  // namespace

std::vector<TextOperation> OperationsOf(const StateData& data, RevisionNumber revision) {
  const Revision& frozen = data.revisions[revision];
  const ActFacts& act = data.acts.at(frozen.act);
  std::vector<RevisionNumber> with = FoundationOf(data, frozen.act, revision);
  const ConsolidatedText before = TextOfRevisions(data, with);
  with.push_back(revision);
  const ConsolidatedText after = TextOfRevisions(data, with);
  std::set<std::string> changed = ChangedIds(data, act, revision);
  // What stands above tells what goes with what is taken out: found from its children up.
  std::set<absl::string_view> needed(changed.begin(), changed.end());
  AmendedText base;
  for (auto one = before.elements.rbegin(); one != before.elements.rend(); ++one) {
    const v1::Element& element = *one->shown().element;
    if (needed.count(one->id) == 0) continue;
    needed.insert(element.parent_id());
    base.Put(Borrowed(&element), ElementDigest(element));
  }
  std::vector<AmendedElement> changes;
  for (const PlacedElement& one : after.elements) {
    const auto found = changed.find(std::string(one.id));
    if (found == changed.end()) continue;
    changes.push_back({*found, Borrowed(one.shown().element)});
    changed.erase(found);
  }
  for (const std::string& id : changed) {
    if (base.Find(id) != nullptr) changes.push_back({id, nullptr});
  }
  return MakeOperations(base, changes);
}

Instrument MakeInstrument(const StateData& data, const ActRef& act, RevisionNumber revision) {
  Instrument out;
  out.foundation = FoundationOf(data, act.id, revision);
  const ConsolidatedText base = TextOfRevisions(data, out.foundation);
  out.base = AmendedText(base);
  out.base_digest = TextDigest(base);
  if (revision == kNone) {
    out.after = DraftedText(TextInMaking::OfAct(data, *act.facts, EndOfTime()), out.base);
    out.consolidated_digest = out.after.TextDigest();
  } else {
    std::vector<RevisionNumber> with = out.foundation;
    with.push_back(revision);
    const ConsolidatedText after = TextOfRevisions(data, with);
    out.after = AmendedText(after);
    out.consolidated_digest = TextDigest(after);
  }
  out.changes = ChangesTo(out.base, out.after, ChangedIds(data, *act.facts, revision));
  return out;
}

AmendedText BaseOf(const StateData& data, const ActId& act, RevisionNumber revision) {
  return AmendedText(TextOfRevisions(data, FoundationOf(data, act, revision)));
}

std::vector<rules::Delegation> DelegationsIn(const AmendedText& text) {
  std::vector<rules::Delegation> out;
  const ConsolidatedText read = text.Placed();
  const std::vector<std::vector<std::string>> bodies = NamesOfBodies(read);
  for (const PlacedElement& placed : read.elements) {
    const v1::Element& element = *placed.shown().element;
    const rules::ClausePlace place{element.id(), ActionOf(text, element), element.has_body(),
                                   bodies};
    for (const std::string& clause : ClausesOf(element)) {
      for (rules::Delegation& one : rules::FindDelegations(place, clause)) {
        out.push_back(std::move(one));
      }
    }
  }
  return out;
}

std::optional<ConsultationClause> ConsultationIn(const AmendedText& text) {
  const ConsolidatedText read = text.Placed();
  const std::vector<std::vector<std::string>> bodies = NamesOfBodies(read);
  for (const PlacedElement& placed : read.elements) {
    const v1::Element& element = *placed.shown().element;
    for (const std::string& clause : ClausesOf(element)) {
      const std::optional<std::string> quote = rules::FindConsultation(clause, bodies);
      if (quote.has_value()) return ConsultationClause{element.id(), *quote};
    }
  }
  return std::nullopt;
}

rules::Classified Classify(const AmendedText& base, const AmendedText& after,
                           const AmendedElement& change,
                           const std::vector<rules::Delegation>& delegations) {
  const v1::Element* const was = ElementIn(base, change.id);
  const v1::Element* const becomes = change.put.get();
  const v1::Element& shown = becomes != nullptr ? *becomes : *was;
  rules::ChangeFacts facts;
  facts.kind = shown.content_case();
  if (was == nullptr || becomes == nullptr) {
    facts.how = was == nullptr ? v1::DIFF_KIND_ADDED : v1::DIFF_KIND_REMOVED;
  } else {
    const v1::DiffEntry diff = MakeDiffEntry(
        was, becomes, [](const std::string&) -> const v1::Element* { return nullptr; });
    facts.how = diff.kind();
    for (const v1::FieldDiff& field : diff.fields()) facts.fields.push_back(field.field());
    // Another kind of content is another element: nothing is known of it.
    if (was->content_case() != shown.content_case()) facts.kind = v1::Element::CONTENT_NOT_SET;
  }
  if (shown.has_rubric()) facts.rubric = shown.rubric().kind();
  // An article on communication stays one, whatever an act calls it.
  facts.role = shown.article().role();
  if (was != nullptr && was->article().role() == v1::CLAUSE_ROLE_COMMUNICATION) {
    facts.role = v1::CLAUSE_ROLE_COMMUNICATION;
  }
  facts.action_id = ActionOf(becomes != nullptr ? after : base, shown);
  facts.beyond_term = shown.has_schedule() && EndsBeyondTerm(base, shown.schedule());
  return rules::ClassOf(facts, delegations);
}

std::vector<ForbiddenChange> ForbiddenChanges(const StateData& data, const ActRef& act,
                                              CivilDate from) {
  if (data.OpeningOf(*act.facts).kind != v1::ACT_KIND_COMMITTEE_DECISION) return {};
  const Instrument made = MakeInstrument(data, act, kNone);
  return ForbiddenToCommittees(data, made.base, made.after, made.foundation, made.changes, from);
}

std::vector<ForbiddenChange> ForbiddenChanges(const StateData& data, const TextInMaking& text,
                                              const std::set<std::string>& changed,
                                              CivilDate from) {
  const std::vector<RevisionNumber> concluded = ConcludedRevisions(data);
  const AmendedText base(TextOfRevisions(data, concluded));
  const AmendedText after = DraftedText(text, base);
  return ForbiddenToCommittees(data, base, after, concluded, ChangesTo(base, after, changed), from);
}

}  // namespace greffe
