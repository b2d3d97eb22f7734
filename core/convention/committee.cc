#include "core/convention/committee.h"

#include <algorithm>
#include <optional>

#include "core/convention/conclude.h"
#include "core/convention/consolidate.h"
#include "core/convention/instrument.h"
#include "core/convention/standing_facts.h"
#include "core/rules/change_class.h"
#include "core/rules/life.h"

namespace greffe {
namespace {

// The revisions and all that they build on.
std::vector<RevisionNumber> WithFoundations(const StateData& data,
                                            const std::vector<RevisionNumber>& bases) {
  std::vector<RevisionNumber> out = bases;
  std::set<RevisionNumber> known(out.begin(), out.end());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const RevisionNumber base : data.revisions[out[i]].bases) {
      if (known.insert(base).second) out.push_back(base);
    }
  }
  return out;
}

// False where something was concluded beside the foundation: it may have taken the clause away, and
// two parties would go by what all had left behind.
bool HoldsAllConcluded(const StateData& data, const std::vector<RevisionNumber>& foundation,
                       EventNumber seen_by) {
  const std::set<RevisionNumber> held(foundation.begin(), foundation.end());
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    if (held.count(r) == 0 && IsConcluded(data, r, seen_by)) return false;
  }
  return true;
}

// Whether a clause could leave the changes to a committee, by what they are alone: they are some,
// take nothing out, change no element twice, are of software known here and of kinds that are ever
// left. Asked first: a freeze costs its author little, and the text that it builds on us much.
bool CouldBeLeft(const StateData& data, const std::vector<const DraftChange*>& content) {
  std::set<TextNumber> changed;
  return !content.empty() &&
         std::all_of(content.begin(), content.end(), [&](const DraftChange* change) {
           return change->put != nullptr && rules::EverDelegated(change->put->content_case()) &&
                  data.events[change->event].understood && changed.insert(change->element).second;
         });
}

// Partners of the parties that sign.
std::set<std::string> SigningPartnersOf(const AmendedText& text) {
  std::set<std::string> out;
  text.ForEach([&](const v1::Element& element) {
    if (element.party().signing_offices_size() > 0) out.insert(element.party().partner_id());
  });
  return out;
}

// Adds the co-chairs of the bodies to which the clause leaves something; false where one of the
// bodies has none that sign, or there is no body.
bool AddCoChairs(const AmendedText& text, const rules::Delegation& clause,
                 const std::set<std::string>& signing, std::set<std::string>* out) {
  FittingBodies fitting = BodiesThatFit(text, clause.quote, clause.clause_id);
  if (fitting.fit == rules::CommitteeFit::kNotNamed) {
    std::erase_if(fitting.bodies, [](const v1::Element* one) {
      return one->body().kind() != v1::BODY_KIND_STEERING;
    });
  }
  for (const v1::Element* one : fitting.bodies) {
    if (one->body().co_chairs().empty()) return false;
    for (const std::string& partner : one->body().co_chairs()) {
      if (signing.count(partner) == 0) return false;
      out->insert(partner);
    }
  }
  return !fitting.bodies.empty();
}

// Who decides, and by which clauses.
struct Deciders {
  std::set<std::string> partners;
  // Ids of the elements in which they stand.
  std::set<std::string> clauses;
};

Deciders FindDeciders(const StateData& data, const CommitteeMatter& matter) {
  if (!rules::IsOn(rules::Rule::kSteering) || !CouldBeLeft(data, matter.content)) return {};
  Instrument instrument;
  instrument.foundation = WithFoundations(data, matter.bases);
  for (const RevisionNumber base : instrument.foundation) {
    const std::optional<CivilDate> from = data.revisions[base].effective_from;
    // It would replace, by what an older text allowed, what a later one says.
    if (!from.has_value() || matter.effective_from < *from) return {};
  }
  if (!HoldsAllConcluded(data, instrument.foundation, matter.seen_by)) return {};
  const ConsolidatedText base = TextOfRevisions(data, instrument.foundation);
  if (!base.clashes.empty()) return {};
  instrument.base = AmendedText(base);
  instrument.after = instrument.base;
  for (const DraftChange* change : matter.content) {
    instrument.after.Put(change->put, change->content);
  }

  const std::vector<rules::Delegation> delegations = DelegationsIn(instrument.base);
  const std::set<std::string> signing = SigningPartnersOf(instrument.base);
  Deciders out;
  for (const DraftChange* change : matter.content) {
    const std::string& above = change->put->parent_id();
    // What hangs nowhere yet could be placed anywhere later.
    if (!above.empty() && instrument.base.Find(above) == nullptr) return {};
    const rules::Classified of =
        Classify(instrument, {data.Text(change->element), change->put}, delegations);
    // Of class B by a clause, or not at all.
    if (of.clause == nullptr || !AddCoChairs(instrument.base, *of.clause, signing, &out.partners)) {
      return {};
    }
    out.clauses.insert(of.clause->clause_id);
  }
  // A committee has a co-chair of either side (L-20): nobody changes a contract alone.
  if (out.partners.size() < 2) return {};
  return out;
}

// True when one of the clauses is deemed unwritten on that day, as far as is on record (L-40).
bool AnyUnwritten(const StateData& data, const std::set<std::string>& clauses, CivilDate on) {
  const StandingFacts standing(data);
  return std::any_of(data.life.begin(), data.life.end(), [&](const LifeFact& fact) {
    return static_cast<v1::LifeRecorded::FactCase>(fact.kind) ==
               v1::LifeRecorded::kClauseDeemedUnwritten &&
           standing.Has(fact) && clauses.count(data.Text(fact.element)) > 0 &&
           // Without a day of its own: since the start of the term, before any decision.
           rules::IsUnwritten(CivilDate::TryParse(data.Text(fact.detail)), std::nullopt, on);
  });
}

}  // namespace

FittingBodies BodiesThatFit(const AmendedText& text, absl::string_view quote,
                            absl::string_view clause_id) {
  FittingBodies out;
  text.ForEach([&](const v1::Element& element) {
    if (!element.has_body()) return;
    rules::CommitteeFit fit = rules::FitOfCommittee(quote, element.body());
    if (element.id() == clause_id) fit = std::max(fit, rules::CommitteeFit::kByKind);
    if (fit < out.fit) return;
    if (fit > out.fit) out.bodies.clear();
    out.fit = fit;
    out.bodies.push_back(&element);
  });
  return out;
}

std::set<std::string> CommitteeDeciders(const StateData& data, const CommitteeMatter& matter) {
  return FindDeciders(data, matter).partners;
}

std::set<std::string> DecidersOfDraft(const StateData& data, const ActFacts& act,
                                      const std::vector<RevisionNumber>& bases, CivilDate from) {
  if (data.OpeningOf(act).kind != v1::ACT_KIND_COMMITTEE_DECISION) return {};
  CommitteeMatter matter{data.CurrentDraft(act), bases, from};
  std::erase_if(matter.content, [](const DraftChange* change) { return change->drop; });
  const Deciders deciders = FindDeciders(data, matter);
  if (AnyUnwritten(data, deciders.clauses, from)) return {};
  return deciders.partners;
}

bool LeftToCoChairs(const StateData& data, RevisionNumber revision) {
  const Revision& frozen = data.revisions[revision];
  if (!frozen.valid) return false;
  if (data.OpeningOf(data.acts.at(frozen.act)).kind != v1::ACT_KIND_COMMITTEE_DECISION) {
    return false;
  }
  for (const v1::Element* element : ElementsOf(data, frozen.bases)) {
    for (const v1::SigningOffice& office : element->party().signing_offices()) {
      if (FindSignatory(frozen, office.id()) == nullptr) return true;
    }
  }
  return false;
}

}  // namespace greffe
