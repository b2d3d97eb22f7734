// Freezing a draft into what can be signed.

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/conflicts.h"
#include "core/convention/checks/freeze_check.h"
#include "core/convention/checks/freeze_confirm.h"
#include "core/convention/decide.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/diff.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/act_label.h"
#include "core/convention/reading/agreed_end.h"
#include "core/convention/reading/committee.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/reading/freeze_signatories.h"
#include "core/convention/reading/instrument.h"
#include "core/convention/reading/paper.h"
#include "core/convention/reading/stale.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/text_in_making.h"

namespace greffe {
namespace {

// The draft in one voice: something in it, and no element in two wordings.
absl::Status CheckDraftSettled(const StateData& data, const ActRef& act) {
  const std::vector<const DraftChange*> draft = data.CurrentDraft(*act.facts);
  const bool empty = std::all_of(draft.begin(), draft.end(),
                                 [](const DraftChange* change) { return change->drop; });
  if (empty) {
    return RuleError("nothing-to-freeze", "cet acte ne contient aucun changement.",
                     "this act holds no change.", "Ajoutez-en : greffe act revise.",
                     "Add some: greffe act revise.");
  }
  for (std::size_t i = 1; i < draft.size(); ++i) {
    if (draft[i]->element != draft[i - 1]->element) continue;
    const std::string& id = data.Text(draft[i]->element);
    const std::string conflict = DraftConflictId(act.id, id);
    return RuleError("draft-conflict",
                     absl::StrCat("le projet contient deux rédactions de l'élément « ", id, " »."),
                     absl::StrCat("the draft holds two wordings of the element \"", id, "\"."),
                     absl::StrCat("Lisez-les (greffe convention conflicts), puis gardez l'une : "
                                  "greffe conflict settle CONVENTION ",
                                  conflict, " --keep VALEUR."),
                     absl::StrCat("Read them (greffe convention conflicts), then keep one: greffe "
                                  "conflict settle CONVENTION ",
                                  conflict, " --keep VALUE."));
  }
  return absl::OkStatus();
}

// A text to sign says something: what was revised away, or concluded elsewhere meanwhile, is not
// signed again. Judged on the day of effect too: what is in force later may be brought forward.
absl::Status CheckChangesSomething(const StateData& data, const ActRef& act, CivilDate from) {
  const TextInMaking on_the_day = TextInMaking::InForce(data, from);
  const TextInMaking at_last = TextInMaking::InForce(data, EndOfTime());
  const auto says = [](const TextInMaking& text, const DraftChange& change, const std::string& id) {
    const v1::Element* const now = text.Find(id);
    return change.put == nullptr ? now == nullptr
                                 : now != nullptr && SameElement(*now, *change.put);
  };
  for (const DraftChange* change : data.CurrentDraft(*act.facts)) {
    const std::string& id = data.Text(change->element);
    if (change->drop) continue;
    if (!says(on_the_day, *change, id) || !says(at_last, *change, id)) return absl::OkStatus();
  }
  return RuleError(
      "no-change",
      "cet acte ne change rien : chaque élément se lit déjà ainsi dans le texte en vigueur.",
      "this act changes nothing: each element already reads so in the text in force.",
      "Révisez l'acte pour qu'il change quelque chose (greffe act revise), ou laissez ce projet : "
      "il n'engage personne.",
      "Revise the act so that it changes something (greffe act revise), or leave this draft: it "
      "binds nobody.");
}

// Nobody drafts blindly over what was concluded meanwhile.
absl::Status CheckBase(const StateData& data, const ActRef& act) {
  ConcludedElsewhere elsewhere(data, act.id);
  for (const DraftChange* change : data.CurrentDraft(*act.facts)) {
    if (change->drop) continue;
    const Knows knows = [&](EventNumber event) { return data.Saw(change->event, event); };
    const std::string& id = data.Text(change->element);
    const auto unknown = elsewhere.UnknownChange(id, change->put == nullptr, knows);
    if (unknown.revision != kNone) return StaleBase(data, unknown, id, change->put.get());
  }
  return absl::OkStatus();
}

// CHK-25, CHK-26: a committee decides only what a clause leaves to it.
absl::Status CheckClasses(const StateData& data, const ActRef& act, CivilDate from) {
  const std::vector<ForbiddenChange> forbidden = ForbiddenChanges(data, act, from);
  if (forbidden.empty()) return absl::OkStatus();
  const ForbiddenChange& first = forbidden.front();
  const std::string id(rules::RowOf(first.why.rule).id);
  const std::string name = EventTeller(data).ElementName(first.element_id);
  return RuleError(
      id, absl::StrCat(id, " : « ", name, " » : ", first.why.words.fr),
      absl::StrCat(id, ": “", name, "”: ", first.why.words.en),
      "Proposez un avenant : greffe act propose ; le texte et ses classes : greffe act "
      "text.",
      "Propose an avenant: greffe act propose; the text and its classes: greffe act "
      "text.");
}

// Concluded revisions on which no other concluded one builds.
std::vector<RevisionNumber> MaximalConcluded(const StateData& data) {
  const std::vector<RevisionNumber> all = ConcludedRevisions(data);
  std::vector<RevisionNumber> bases;
  for (const RevisionNumber one : all) {
    const std::vector<RevisionNumber>& of_one = data.revisions[one].bases;
    bases.insert(bases.end(), of_one.begin(), of_one.end());
  }
  const std::vector<RevisionNumber> below = WithAllBelow(data, bases);
  const std::set<RevisionNumber> covered(below.begin(), below.end());
  std::vector<RevisionNumber> out;
  for (const RevisionNumber one : all) {
    if (covered.count(one) == 0) out.push_back(one);
  }
  return out;
}

absl::StatusOr<CivilDate> EffectiveFrom(const StateData& data, const ActRef& act,
                                        const v1::FreezeActRequest& request, CivilDate today) {
  const std::string& given = request.effective_from();
  const bool original = data.OpeningOf(*act.facts).kind == v1::ACT_KIND_ORIGINAL;
  const TextInMaking text = TextInMaking::OfAct(data, *act.facts, EndOfTime());
  const v1::Element* terms = text.Find("terms");
  const std::string start = terms == nullptr ? "" : terms->terms().start_date();
  if (given.empty() && !original) {
    return FieldError("date", "effective_from",
                      "donnez la date d'effet de l'acte (--effective-from AAAA-MM-JJ).",
                      "give the act's day of effect (--effective-from YYYY-MM-DD).");
  }
  ASSIGN_OR_RETURN(const CivilDate date, ParseDay(given.empty() ? start : given, "effective_from"));
  if (const auto first = CivilDate::TryParse(start); first.has_value() && date < *first) {
    return FieldError("before-term", "effective_from",
                      absl::StrCat("le ", FrenchDate(date.ToString()),
                                   " précède le début de la convention (", FrenchDate(start), ")."),
                      absl::StrCat(EnglishDate(date.ToString()),
                                   " is before the convention starts (", EnglishDate(start), ")."));
  }
  // What was signed on paper is a fact.
  if (!request.has_on_paper()) {
    const auto last =
        terms == nullptr ? std::nullopt : CivilDate::TryParse(terms->terms().end_date());
    RETURN_IF_ERROR(RequireEffectBeforeEnd(data, last, date, today));
  }
  return date;
}

// The same offices, whoever holds them.
bool SameOffices(const Revision& revision, const v1::RevisionFrozen& frozen) {
  const auto& ours = frozen.signatories();
  return std::equal(
      ours.begin(), ours.end(), revision.signatories.begin(), revision.signatories.end(),
      [](const v1::Signatory& a, const v1::Signatory& b) { return a.id() == b.id(); });
}

// A revision not taken back that says the same, for the same offices to sign: freezing again would
// only split the signatures.
absl::Status CheckNotFrozen(const StateData& data, const ActRef& act,
                            const v1::RevisionFrozen& frozen,
                            const std::vector<RevisionNumber>& bases) {
  std::vector<const DraftChange*> draft = data.CurrentDraft(*act.facts);
  std::erase_if(draft, [](const DraftChange* change) { return change->drop; });
  std::sort(draft.begin(), draft.end());
  for (const RevisionNumber number : act.facts->revisions) {
    const Revision& revision = data.revisions[number];
    if (!revision.valid || IsWithdrawn(data, number)) continue;
    std::vector<const DraftChange*> content;
    for (const std::uint32_t at : revision.content) content.push_back(&act.facts->changes[at]);
    std::sort(content.begin(), content.end());
    std::vector<RevisionNumber> theirs = revision.bases;
    std::vector<RevisionNumber> ours = bases;
    std::sort(theirs.begin(), theirs.end());
    std::sort(ours.begin(), ours.end());
    const bool same = content == draft && ours == theirs && revision.label == frozen.label() &&
                      revision.effective_from->ToString() == frozen.effective_from() &&
                      SameOffices(revision, frozen);
    if (!same) continue;
    const std::string leaf = data.LeafOf(revision.event).ToHex();
    return RuleError("already-frozen",
                     absl::StrCat("ce texte est déjà figé : révision ", leaf, "."),
                     absl::StrCat("this text is already frozen: revision ", leaf, "."),
                     "Signez cette révision : greffe act sign.", "Sign it: greffe act sign.");
  }
  return absl::OkStatus();
}

// Makes the freeze, the decision's first event, one of a text signed on paper.
absl::Status AppendPaper(const v1::PaperSigning& given, CivilDate today, Decision* decision) {
  v1::PaperSigning signing = given;
  NormaliseFields(&signing);
  v1::RevisionFrozen* frozen = decision->events.front().mutable_revision_frozen();
  std::map<std::string, std::string> offices;
  for (const v1::Signatory& one : frozen->signatories()) offices[one.id()] = one.partner_id();
  std::vector<Problem> problems;
  CheckPaperSigning(signing, offices, today, "on_paper", &problems);
  RETURN_IF_ERROR(ToStatus(problems, DryRun::kNone));
  frozen->set_on_paper(true);
  AppendPaperStatements(signing, decision);
  decision->complete = [](std::span<const Digest> before, v1::Event* event) {
    if (!event->has_paper_signing_stated()) return;
    event->mutable_paper_signing_stated()->set_revision(before.front().ToBytes());
  };
  return absl::OkStatus();
}

// What no replica takes as a text to sign (apply_act.cc).
absl::Status CheckSize(const StateData& data, const ActRef& act, const v1::RevisionFrozen& frozen) {
  const auto signatories = static_cast<std::size_t>(frozen.signatories_size());
  const std::vector<const DraftChange*> draft = data.CurrentDraft(*act.facts);
  const auto changes = static_cast<std::size_t>(std::count_if(
      draft.begin(), draft.end(), [](const DraftChange* change) { return !change->drop; }));
  if (signatories > limits::kSignatories) {
    return RuleError(
        "limit-signatories",
        absl::StrCat("signatories : ", signatories, " signataires, ", limits::kSignatories,
                     " au plus."),
        absl::StrCat("signatories: ", signatories, ", at most ", limits::kSignatories, "."), "",
        "");
  }
  if (changes > limits::kRevisionChanges) {
    return RuleError(
        "limit-changes",
        absl::StrCat("changes : ", changes, " changements, ", limits::kRevisionChanges,
                     " au plus."),
        absl::StrCat("changes: ", changes, ", at most ", limits::kRevisionChanges, "."),
        "Partagez l'acte en plusieurs avenants : greffe act propose.",
        "Divide the act into several avenants: greffe act propose.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::FreezeActRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  RETURN_IF_ERROR(RequireUnderstood(data));
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, request.act_id()));
  if (StandingOf(data, *act.facts) == v1::ACT_STANDING_CONCLUDED) {
    return RuleError("L-30", "L-30 : cet acte est conclu.", "L-30: this act is concluded.",
                     "Proposez un avenant : greffe act propose.",
                     "Propose an avenant: greffe act propose.");
  }
  // What was signed on paper is a fact; its signatures' days tell.
  if (!request.has_on_paper()) RETURN_IF_ERROR(RequireNotEnded(data, context.today));
  RETURN_IF_ERROR(CheckDraftSettled(data, act));
  const bool original = data.OpeningOf(*act.facts).kind == v1::ACT_KIND_ORIGINAL;
  const std::vector<RevisionNumber> bases =
      original ? std::vector<RevisionNumber>() : MaximalConcluded(data);
  if (!original && bases.empty()) {
    return RuleError(
        "L-30",
        "L-30 : la convention initiale n'est pas conclue ; il n'y a rien à "
        "modifier encore.",
        "L-30: the original convention is not concluded; there is nothing to amend yet.",
        "Révisez plutôt le projet de convention : greffe act revise.",
        "Revise the draft of the convention instead: greffe act revise.");
  }
  ASSIGN_OR_RETURN(const CivilDate from, EffectiveFrom(data, act, request, context.today));
  // What was signed on paper is a fact, whatever it says.
  if (!original && !request.has_on_paper()) {
    RETURN_IF_ERROR(CheckChangesSomething(data, act, from));
    RETURN_IF_ERROR(RequireEndsEarlier(data, act));
  }
  RETURN_IF_ERROR(CheckBase(data, act));
  const TextInMaking text = TextInMaking::OfAct(data, *act.facts, from);
  std::vector<Problem> problems;
  CheckTree(text.Elements(), "changes", &problems);
  RETURN_IF_ERROR(ToStatus(problems, DryRun::kNone));

  const CommitteeDecision by = JudgeDraftDecision(data, *act.facts, bases, from);
  if (by.clauses.empty()) RETURN_IF_ERROR(CheckClasses(data, act, from));
  // What was signed on paper is a fact, whatever it says.
  if (!request.has_on_paper()) RETURN_IF_ERROR(CheckFilledIn(data, *act.facts));

  Decision decision;
  v1::RevisionFrozen* frozen = decision.events.emplace_back().mutable_revision_frozen();
  frozen->set_act_id(act.id.ToBytes());
  ASSIGN_OR_RETURN(*frozen->mutable_label(), LabelFor(data, act, request.label()));
  frozen->set_effective_from(from.ToString());
  for (const Digest& leaf : data.DraftLeaves(*act.facts)) frozen->add_changes(leaf.ToBytes());
  for (const RevisionNumber base : bases) {
    frozen->add_base_revisions(data.LeafOf(data.revisions[base].event).ToBytes());
  }
  const std::optional<CivilDate> on =
      request.has_on_paper() ? std::nullopt : std::optional<CivilDate>(context.today);
  ASSIGN_OR_RETURN(std::vector<v1::Signatory> signatories,
                   SignatoriesOf(data, text, bases, on, by.co_chairs));
  for (v1::Signatory& signatory : signatories) {
    *frozen->add_signatories() = std::move(signatory);
  }
  RETURN_IF_ERROR(CheckSize(data, act, *frozen));
  RETURN_IF_ERROR(CheckNotFrozen(data, act, *frozen, bases));
  // Asked last: nobody confirms what is refused all the same.
  if (!request.has_on_paper()) {
    RETURN_IF_ERROR(CheckConfirmed(data, {act, text, from}, request.confirmed(), context));
  }
  if (request.has_on_paper()) {
    RETURN_IF_ERROR(AppendPaper(request.on_paper(), context.today, &decision));
  }
  RETURN_IF_ERROR(CheckEventSizes(decision));
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::FreezeActRequest&,
                std::span<const Digest> leaves, v1::FreezeActResponse* response) {
  if (leaves.empty()) return;
  const RevisionNumber number = after.data().FindRevision(leaves.front());
  if (number == kNone) return;
  const Revision& revision = after.data().revisions[number];
  response->set_revision(leaves.front().ToHex());
  response->set_label(revision.label);
  response->set_needed(SignaturesNeeded(revision));
}

}  // namespace greffe
