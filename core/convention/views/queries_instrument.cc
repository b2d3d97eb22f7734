// An act as an instrument: wording, classes, coverage by the mandates, proof.

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/coverage_words.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/checks/rivals.h"
#include "core/convention/elements/diff.h"
#include "core/convention/queries.h"
#include "core/convention/reading/act_view.h"
#include "core/convention/reading/committee.h"
#include "core/convention/reading/consultation.h"
#include "core/convention/reading/instrument.h"
#include "core/convention/reading/life.h"
#include "core/convention/reading/origin.h"
#include "core/convention/reading/stale.h"
#include "core/convention/reading/text_check.h"
#include "core/convention/state/finding.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/state/order.h"
#include "core/convention/state/stamp.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/succession.h"
#include "core/convention/text/text_in_making.h"
#include "core/convention/text/text_to_sign.h"
#include "core/convention/views/instrument_heading.h"
#include "core/convention/views/printed_avenant.h"
#include "core/convention/views/wording.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

class Viewing final {
 public:
  Viewing(const Known& known, const ActRef& act, RevisionNumber revision)
      : known_(known),
        data_(known.state.data()),
        act_(act),
        revision_(revision),
        kind_(data_.OpeningOf(*act.facts).kind),
        teller_(data_),
        origins_(data_),
        reading_(data_, teller_.book()),
        instrument_(MakeInstrument(data_, act, revision)),
        delegations_(DelegationsOn(data_, instrument_.base, instrument_.foundation, DayOfEffect(),
                                   SeenBy())) {
    if (revision == kNone) {
      by_ = JudgeDraftDecision(data_, *act.facts, instrument_.foundation, DayOfEffect());
    }
    MakeAuthorities();
  }

  v1::InstrumentView View() {
    view_.set_convention_id(known_.state.id().ToHex());
    view_.set_act_id(act_.id.ToHex());
    PutStamp(known_, &view_);
    if (revision_ != kNone) {
      const Revision& revision = data_.revisions[revision_];
      view_.set_revision(data_.LeafOf(revision.event).ToHex());
      view_.set_label(revision.label);
      if (revision.effective_from) view_.set_effective_from(revision.effective_from->ToString());
    }
    FillOperations();
    FillCoverage();
    FillConcludedSince();
    FindUnwritten();
    for (v1::Finding& one : RivalFindings(data_, act_.id)) *view_.add_findings() = std::move(one);
    FindLateExtension();
    FillConsultation();
    const std::vector<const v1::Element*> parties = SigningParties();
    view_.set_heading(
        PrintedAvenant(view_, FrameOf({.known = known_,
                                       .act = act_,
                                       .revision = revision_,
                                       .instrument = instrument_,
                                       .authorities = *authorities_,
                                       .parties = parties,
                                       .places = SigningPlaces(data_, parties, SeenBy())},
                                      view_, &teller_)));
    FindInText();
    FindingList list;
    list.found.assign(view_.findings().begin(), view_.findings().end());
    view_.clear_findings();
    for (v1::Finding& one : CapFindings(std::move(list))) *view_.add_findings() = std::move(one);
    return std::move(view_);
  }

 private:
  void Find(const rules::Oddity& odd, const std::string& element_id) {
    v1::Finding* const out = view_.add_findings();
    *out = MakeFinding(odd);
    out->set_element_id(element_id);
  }

  // Of a draft: as a freeze of this day, the usual one, would have it.
  CivilDate DayOfEffect() const {
    if (revision_ == kNone) return known_.clock_date;
    return data_.revisions[revision_].effective_from.value_or(known_.clock_date);
  }
  // Of a freeze its own past: by that it was judged.
  EventNumber SeenBy() const {
    return revision_ == kNone ? kNone : data_.revisions[revision_].event;
  }

  // What the text that the act makes says against itself, as a freeze asks (L-07, L-15, CHK-18).
  void FindInText() {
    std::set<std::string> changed;
    for (const AmendedElement& one : instrument_.changes) changed.insert(one.id);
    for (const TextOddity& odd : CheckChangedText(ElementsOf(instrument_.after), changed)) {
      *view_.add_findings() = FindingOf(odd);
    }
  }

  // The class of an operation: the widest of the elements that it puts.
  void FillClass(const TextOperation& operation, v1::Operation* out) {
    std::vector<AmendedElement> changes;
    for (const auto& element : operation.elements) changes.push_back({element->id(), element});
    if (changes.empty()) {
      const AmendedText::Entry* const after = instrument_.after.Find(operation.element_id);
      changes.push_back({operation.element_id, after == nullptr ? nullptr : after->element});
    }
    for (const AmendedElement& change : changes) {
      const rules::Classified got =
          Classify(instrument_.base, instrument_.after, change, delegations_);
      for (const rules::Oddity& odd : rules::CheckInstrument(kind_, got)) Find(odd, change.id);
      if (out->change_class() != v1::CHANGE_CLASS_UNSPECIFIED &&
          got.change_class >= out->change_class()) {
        continue;
      }
      out->set_change_class(got.change_class);
      out->set_clause_id(got.clause == nullptr ? "" : got.clause->clause_id);
      out->set_quote(got.clause == nullptr ? "" : got.clause->quote);
      out->set_why(got.why.fr);
      out->set_why_en(got.why.en);
    }
  }

  void FillOperations() {
    const std::vector<TextOperation> operations =
        MakeOperations(instrument_.base, instrument_.changes);
    const Wording wording(instrument_.base, instrument_.after);
    for (const TextOperation& one : operations) {
      v1::Operation* const out = view_.add_operations();
      out->set_kind(one.kind);
      out->set_element_id(one.element_id);
      if (one.before.has_value()) out->set_before_digest(one.before->ToHex());
      if (one.after.has_value()) out->set_after_digest(one.after->ToHex());
      out->set_wording(wording.Of(one));
      out->set_place(wording.PlaceOf(one));
      out->set_before(wording.Before(one));
      out->set_after(wording.After(one));
      FillClass(one, out);
      const v1::ChangeClass widest = view_.change_class();
      if (widest == v1::CHANGE_CLASS_UNSPECIFIED || out->change_class() < widest) {
        view_.set_change_class(out->change_class());
      }
    }
    AmendedText applied = instrument_.base;
    const bool made = ApplyOperations(operations, &applied).ok();
    const Digest digest = made ? applied.TextDigest() : Digest{};
    view_.set_base_digest(instrument_.base_digest.ToHex());
    view_.set_applied_digest(made ? digest.ToHex() : "");
    view_.set_consolidated_digest(instrument_.consolidated_digest.ToHex());
    const std::vector<rules::Oddity> odd =
        rules::CheckOperations(digest, instrument_.consolidated_digest);
    view_.set_proved(odd.empty());
    for (const rules::Oddity& one : odd) Find(one, "");
  }

  // Of a decision of a committee those alone whose offices decide it (L-20).
  bool Signs(const v1::Party& party) const {
    if (revision_ == kNone) {
      return by_.co_chairs.empty() || by_.co_chairs.count(party.partner_id()) > 0;
    }
    if (!data_.revisions[revision_].left_to_co_chairs) return true;
    return std::any_of(party.signing_offices().begin(), party.signing_offices().end(),
                       [&](const v1::SigningOffice& office) {
                         return FindSignatory(data_.revisions[revision_], office.id()) != nullptr;
                       });
  }

  // Every party that signs, before the act or after it, in reading order. Points into the texts.
  std::vector<const v1::Element*> SigningParties() const {
    std::vector<const v1::Element*> out;
    std::set<std::string> known;
    for (const AmendedText* text : {&instrument_.after, &instrument_.base}) {
      const ConsolidatedText placed = text->Placed();
      for (const PlacedElement& one : placed.elements) {
        const v1::Element& element = *one.shown().element;
        if (!element.has_party() || element.party().signing_offices().empty()) continue;
        if (!Signs(element.party())) continue;
        if (known.insert(element.party().partner_id()).second) out.push_back(&element);
      }
    }
    return out;
  }

  void MakeAuthorities() {
    if (revision_ != kNone) {
      authorities_.emplace(data_, teller_.book(), reading_, revision_);
      return;
    }
    const std::string& proposer = data_.PartnerOf(data_.OpeningOf(*act_.facts).event);
    authorities_.emplace(data_, teller_.book(), reading_,
                         Authorities::Draft{instrument_.foundation, proposer, by_.clauses.empty()});
  }

  void FillCoverage() {
    const std::string proposer = data_.PartnerOf(data_.OpeningOf(*act_.facts).event);
    const std::vector<const v1::Element*> parties = SigningParties();
    const PartyPlaces places = SigningPlaces(data_, parties, SeenBy());
    for (const v1::Element* element : parties) {
      const std::string& partner = element->party().partner_id();
      const PartyAuthority authority = authorities_->Of(partner, known_.clock_date);
      v1::PartyCoverage* const out = view_.add_coverage();
      out->set_partner_id(partner);
      out->set_name(HolderIn(places, *element) == partner
                        ? teller_.book().Name(partner)
                        : NameInPlace(teller_.book(), places, *element));
      SayCoverage(authority, {{proposer, known_.clock_date}, teller_.book()}, out);
    }
  }

  // L-35, CHK-23: concluded on the same base.
  void FillConcludedSince() {
    const ElementOf where = [this](const std::string& id) -> const v1::Element* {
      const AmendedText::Entry* const entry = instrument_.base.Find(id);
      return entry == nullptr ? nullptr : entry->element.get();
    };
    if (revision_ == kNone) return FindUnseen();
    std::vector<std::string> labels;
    for (const RevisionNumber other : ConcludedBeside(data_, revision_)) {
      labels.push_back(data_.revisions[other].label);
      *view_.add_concluded_since() = origins_.Of({.revision = other, .act = &act_.id}, "");
      view_.mutable_concluded_since()->rbegin()->set_act_id(data_.revisions[other].act.ToHex());
      AddRebase(other, where);
    }
    const bool concluded = IsConcluded(data_, revision_);
    for (const rules::Oddity& odd : CheckBeside(labels, concluded)) Find(odd, "");
  }

  // L-40.
  void FindUnwritten() {
    if (revision_ == kNone) return;
    const auto gone = FindUnwrittenClause(data_, revision_);
    if (gone.has_value()) Find(gone->why, gone->element_id);
  }

  // L-36, by the day on which it was concluded, else the day of the question.
  void FindLateExtension() {
    const auto last = [](const AmendedText& text) -> std::optional<CivilDate> {
      const AmendedText::Entry* const entry = text.Find("terms");
      if (entry == nullptr || entry->element == nullptr) return std::nullopt;
      return CivilDate::TryParse(entry->element->terms().end_date());
    };
    const std::optional<CivilDate> before = last(instrument_.base);
    const std::optional<CivilDate> after = last(instrument_.after);
    if (!before.has_value() || !after.has_value()) return;
    std::optional<CivilDate> on;
    if (revision_ != kNone) on = Conclude(data_, revision_).concluded_on;
    const auto odd = rules::CheckExtension(*before, *after, on.value_or(known_.clock_date));
    if (odd.has_value()) Find(*odd, "terms");
  }

  void AddRebase(RevisionNumber other, const ElementOf& where) {
    const ActFacts& act = data_.acts.at(data_.revisions[other].act);
    for (const std::uint32_t at : data_.revisions[other].content) {
      const DraftChange& change = act.changes[at];
      const std::string& id = data_.Text(change.element);
      const bool both = std::any_of(instrument_.changes.begin(), instrument_.changes.end(),
                                    [&](const AmendedElement& ours) { return ours.id == id; });
      const v1::Element* const before = where(id);
      if (!both || (before == nullptr && change.put == nullptr)) continue;
      v1::DiffEntry* const out = view_.add_rebase();
      *out = MakeDiffEntry(before, change.put.get(), where);
      *out->mutable_origin() =
          origins_.Of({.revision = other, .act = &data_.revisions[other].act}, id);
    }
  }

  // CHK-22: what was concluded and the author of a draft change had not been shown.
  void FindUnseen() {
    ConcludedElsewhere elsewhere(data_, act_.id);
    std::set<std::pair<RevisionNumber, std::string>> found;
    for (const DraftChange* change : data_.CurrentDraft(*act_.facts)) {
      if (change->drop) continue;
      const Knows knows = [&](EventNumber event) { return data_.Saw(change->event, event); };
      const std::string& id = data_.Text(change->element);
      const RevisionNumber unseen =
          elsewhere.UnknownChange(id, change->put == nullptr, knows).revision;
      if (unseen == kNone || !found.emplace(unseen, id).second) continue;
      for (const rules::Oddity& odd : rules::CheckBase(data_.revisions[unseen].label)) {
        Find(odd, id);
      }
    }
  }

  void FillConsultation() {
    const bool avenant = kind_ == v1::ACT_KIND_AVENANT;
    const std::optional<ConsultationClause> clause =
        avenant ? ConsultationIn(instrument_.base) : std::nullopt;
    // What builds on nothing brings its own committees.
    const AmendedText& text = instrument_.foundation.empty() ? instrument_.after : instrument_.base;
    for (const EventNumber event : ConsultationsOf(data_, revision_, text, clause)) {
      *view_.add_consultations() = teller_.View(event);
    }
    if (!clause.has_value()) return;
    view_.set_consultation_required(true);
    view_.set_consultation_quote(clause->quote);
    const bool consulted = !view_.consultations().empty();
    for (const rules::Oddity& odd : rules::CheckConsultation(clause->quote, consulted)) {
      Find(odd, clause->element_id);
    }
  }

  const Known& known_;
  const StateData& data_;
  const ActRef act_;
  const RevisionNumber revision_;
  const v1::ActKind kind_;
  EventTeller teller_;
  OriginBook origins_;
  const VoteReading reading_;
  const Instrument instrument_;
  const std::vector<rules::Delegation> delegations_;
  // Of a draft.
  CommitteeDecision by_;
  std::optional<Authorities> authorities_;
  v1::InstrumentView view_;
};

}  // namespace

absl::StatusOr<v1::InstrumentView> ViewInstrument(const Known& known, absl::string_view act_id) {
  const StateData& data = known.state.data();
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, act_id));
  if (data.OpeningOf(*act.facts).kind == v1::ACT_KIND_ORIGINAL) {
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "not-an-avenant",
                     .field = "act_id",
                     .fr = "cet acte est la convention initiale : elle ne modifie rien.",
                     .en = "this act is the original convention: it amends nothing.",
                     .next_fr = "Lisez-la : greffe convention show CONVENTION --markdown.",
                     .next_en = "Read it: greffe convention show CONVENTION --markdown."});
  }
  const RevisionNumber latest = LatestRevision(data, *act.facts);
  const bool frozen = latest != kNone && (!IsWithdrawn(data, latest) || IsConcluded(data, latest));
  return Viewing(known, act, frozen ? latest : kNone).View();
}

}  // namespace greffe
