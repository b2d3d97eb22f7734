#include "core/convention/reading/committee.h"

#include <algorithm>
#include <map>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/convention/reading/instrument.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/finding.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/succession.h"
#include "core/convention/text/unwritten.h"
#include "core/rules/change_class.h"

namespace greffe {
namespace {

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

// The co-chairs of the bodies to which the clause leaves something; none where one of the bodies
// has none that sign, or there is no body.
std::set<std::string> CoChairsBy(const AmendedText& text, const rules::Delegation& clause,
                                 const std::set<std::string>& signing) {
  FittingBodies fitting = BodiesThatFit(text, clause.quote, clause.clause_id);
  if (fitting.fit == rules::CommitteeFit::kNotNamed) {
    std::erase_if(fitting.bodies, [](const v1::Element* one) {
      return one->body().kind() != v1::BODY_KIND_STEERING;
    });
  }
  std::set<std::string> out;
  for (const v1::Element* one : fitting.bodies) {
    if (one->body().co_chairs().empty()) return {};
    for (const std::string& partner : one->body().co_chairs()) {
      if (signing.count(partner) == 0) return {};
      out.insert(partner);
    }
  }
  return out;
}

bool IsLocalAuthority(v1::PartnerKind kind) {
  return kind == v1::PARTNER_KIND_COMMUNE || kind == v1::PARTNER_KIND_INTERCOMMUNALITY ||
         kind == v1::PARTNER_KIND_SYNDICATE || kind == v1::PARTNER_KIND_DEPARTMENT;
}

// L-20: the CAF and a local authority chair. Who has by law the places of both is one party, and
// nobody changes a contract alone (L-60).
bool AreOfBothSides(const StateData& data, const AmendedText& text,
                    const std::set<std::string>& co_chairs, EventNumber seen_by) {
  std::vector<const v1::Element*> parties;
  text.ForEach([&](const v1::Element& element) {
    const v1::Party& party = element.party();
    if (party.signing_offices().empty() || co_chairs.count(party.partner_id()) == 0) return;
    parties.push_back(&element);
  });
  const PartyPlaces places = SigningPlaces(data, parties, seen_by);
  std::set<std::string> holders;
  bool caf = false;
  bool authority = false;
  for (const v1::Element* party : parties) {
    const v1::PartnerKind kind = party->party().kind();
    caf = caf || kind == v1::PARTNER_KIND_CAF;
    authority = authority || IsLocalAuthority(kind);
    holders.insert(places.at(party->id()));
  }
  return caf && authority && holders.size() > 1;
}

// The text that the matter builds on; absent where nobody can go by one text of it.
std::optional<AmendedText> BaseOfMatter(const StateData& data, const CommitteeMatter& matter) {
  const std::vector<RevisionNumber> foundation = WithAllBelow(data, matter.bases);
  for (const RevisionNumber base : foundation) {
    const std::optional<CivilDate> from = data.revisions[base].effective_from;
    // It would replace, by what an older text allowed, what a later one says.
    if (!from.has_value() || matter.effective_from < *from) return std::nullopt;
  }
  if (!HoldsAllConcluded(data, foundation, matter.seen_by)) return std::nullopt;
  const ConsolidatedText base = TextOfRevisions(data, foundation);
  if (!base.clashes.empty()) return std::nullopt;
  return AmendedText(base);
}

// The clauses that leave each of the changes to a committee; none where one is left to nobody.
std::set<const rules::Delegation*> ClausesFor(const StateData& data, const CommitteeMatter& matter,
                                              const AmendedText& base,
                                              const std::vector<rules::Delegation>& delegations) {
  std::set<const rules::Delegation*> out;
  for (const DraftChange* change : matter.content) {
    const std::string& above = change->put->parent_id();
    // What hangs nowhere yet could be placed anywhere later.
    if (!above.empty() && base.Find(above) == nullptr) return {};
    // Nothing of class B moves what the base has to another action: what is below which action can
    // be read there.
    const rules::Classified of =
        Classify(base, base, {data.Text(change->element), change->put}, delegations);
    if (of.clause == nullptr) return {};
    out.insert(of.clause);
  }
  return out;
}

// Id of the clause of the revision whose words of its day of effect are; null where each stands.
const std::string* UnwrittenClauseOf(const StateData& data, const Revision& revision,
                                     const LifeBook& book) {
  for (const TextNumber clause : revision.clauses) {
    const std::string& id = data.Text(clause);
    if (book.FirstUnwritten({id}, *revision.effective_from) != nullptr) return &id;
  }
  return nullptr;
}

rules::Oddity RestsOnUnwritten(const StateData& data, const Revision& revision,
                               const std::string& clause) {
  // A peer may freeze without a label.
  const std::string& act =
      revision.label.empty() ? data.OpeningOf(data.acts.at(revision.act)).title : revision.label;
  return {rules::Rule::kUnwritten,
          "decision-on-unwritten-clause",
          v1::FINDING_SEVERITY_SERIOUS,
          {absl::StrCat("« ", act, " » repose sur une clause réputée non écrite (", clause,
                        ") : ce changement ne se fait que par avenant."),
           absl::StrCat("“", act, "” rests on a clause deemed unwritten (", clause,
                        "): this change is made by an avenant alone.")}};
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

CommitteeDecision JudgeDecision(const StateData& data, const CommitteeMatter& matter) {
  if (!CouldBeLeft(data, matter.content)) return {};
  const std::optional<AmendedText> base = BaseOfMatter(data, matter);
  if (!base.has_value()) return {};
  const std::vector<rules::Delegation> delegations = DelegationsOn(
      data, *base, WithAllBelow(data, matter.bases), matter.effective_from, matter.seen_by);
  CommitteeDecision out;
  const std::set<std::string> signing = SigningPartnersOf(*base);
  bool chaired = rules::IsOn(rules::Rule::kSteering);
  for (const rules::Delegation* clause : ClausesFor(data, matter, *base, delegations)) {
    out.clauses.insert(clause->clause_id);
    const std::set<std::string> co_chairs = CoChairsBy(*base, *clause, signing);
    chaired = chaired && !co_chairs.empty();
    out.co_chairs.insert(co_chairs.begin(), co_chairs.end());
  }
  if (!chaired || !AreOfBothSides(data, *base, out.co_chairs, matter.seen_by)) {
    out.co_chairs.clear();
  }
  return out;
}

CommitteeDecision JudgeDraftDecision(const StateData& data, const ActFacts& act,
                                     const std::vector<RevisionNumber>& bases, CivilDate from) {
  if (data.OpeningOf(act).kind != v1::ACT_KIND_COMMITTEE_DECISION) return {};
  CommitteeMatter matter{data.CurrentDraft(act), bases, from};
  std::erase_if(matter.content, [](const DraftChange* change) { return change->drop; });
  return JudgeDecision(data, matter);
}

std::vector<rules::Delegation> DelegationsOn(const StateData& data, const AmendedText& text,
                                             const std::vector<RevisionNumber>& foundation,
                                             CivilDate on, EventNumber seen_by) {
  std::vector<rules::Delegation> out = DelegationsIn(text);
  if (out.empty()) return out;
  const std::vector<UnwrittenRecord> records = UnwrittenRecordsIn(data, seen_by);
  if (records.empty()) return out;
  const UnwrittenBook unwritten(data, records, foundation);
  std::erase_if(out,
                [&](const rules::Delegation& one) { return unwritten.Has(one.clause_id, on, on); });
  return out;
}

std::optional<UnwrittenClause> FindUnwrittenClause(const StateData& data, RevisionNumber revision) {
  const Revision& frozen = data.revisions[revision];
  if (frozen.clauses.empty()) return std::nullopt;
  const std::string* const id = UnwrittenClauseOf(data, frozen, LifeBook(data));
  if (id == nullptr) return std::nullopt;
  return UnwrittenClause{*id, RestsOnUnwritten(data, frozen, ElementName(data, *id))};
}

std::vector<v1::Finding> UnwrittenClauseFindings(const StateData& data) {
  std::vector<v1::Finding> out;
  // Most conventions have no such record.
  if (UnwrittenRecordsIn(data).empty()) return out;
  const LifeBook book(data);
  const ElementBook elements(data);
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    const Revision& revision = data.revisions[r];
    const std::string* const id = UnwrittenClauseOf(data, revision, book);
    if (id == nullptr || (IsWithdrawn(data, r) && !IsConcluded(data, r))) continue;
    v1::Finding& finding =
        out.emplace_back(MakeFinding(RestsOnUnwritten(data, revision, elements.Name(*id))));
    finding.set_element_id(*id);
    finding.set_leaf(data.LeafOf(revision.event).ToHex());
  }
  return out;
}

}  // namespace greffe
