#include "core/convention/views/instrument_heading.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/summary_tail.h"
#include "core/convention/reading/life.h"
#include "core/convention/reading/prompt.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/offices.h"
#include "core/convention/text/text_to_sign.h"

namespace greffe {
namespace {

class Framing final {
 public:
  Framing(const FramedInstrument& of, const v1::InstrumentView& view, EventTeller* teller)
      : known_(of.known),
        data_(of.known.state.data()),
        act_(of.act),
        revision_(of.revision),
        instrument_(of.instrument),
        authorities_(of.authorities),
        parties_(of.parties),
        places_(of.places),
        view_(view),
        teller_(*teller) {}

  AvenantFrame Make() {
    const AmendedText::Entry* const terms = instrument_.base.Find("terms");
    const std::string label =
        view_.label().empty() ? data_.OpeningOf(*act_.facts).title : view_.label();
    AvenantFrame frame;
    frame.kind = data_.OpeningOf(*act_.facts).kind;
    frame.label = label;
    if (terms != nullptr) frame.convention = terms->element->terms().title();
    FillParties(&frame);
    FillVisas(&frame);
    FillSignatures(&frame);
    return frame;
  }

 private:
  // Its own seat, where a text gives it; that of who was there before says nothing of it.
  std::string SeatOf(const v1::Element& element, const std::string& partner) const {
    for (const v1::Element* one : parties_) {
      if (one->party().partner_id() == partner) return one->party().address();
    }
    return partner == element.party().partner_id() ? element.party().address() : "";
  }

  // Offices as the revision froze them; of a draft, as they read today.
  void FillParties(AvenantFrame* frame) const {
    std::map<std::string, std::string> frozen;
    if (revision_ != kNone) {
      for (const v1::Signatory& one : data_.revisions[revision_].signatories) {
        frozen[one.id()] = one.office();
      }
    }
    const PartyRolls rolls(data_);
    const OfficeBook offices(data_, rolls);
    const ConsolidatedText in_force = Consolidate(data_, EndOfTime());
    for (const v1::Element* element : parties_) {
      PrintedParty& party = frame->parties.emplace_back();
      party.partner = HolderIn(places_, *element);
      party.name = NameInPlace(teller_.book(), places_, *element);
      party.address = SeatOf(*element, party.partner);
      for (const v1::SigningOffice& office : element->party().signing_offices()) {
        const auto as_frozen = frozen.find(office.id());
        party.offices.push_back(as_frozen != frozen.end() ? as_frozen->second
                                                          : OfficeReads(offices, in_force, *element,
                                                                        office, known_.clock_date));
      }
    }
  }

  // What the convention cites, the convention, the acts on which this one builds, the evaluation
  // that led to it, the votes.
  void FillVisas(AvenantFrame* frame) {
    for (const PlacedElement& one : instrument_.base.Placed().elements) {
      const v1::Element& element = *one.shown().element;
      if (!element.has_text_block() || element.text_block().kind() != v1::TEXT_BLOCK_KIND_VISA) {
        continue;
      }
      AddVisas(element.text_block().body(), &frame->visas);
    }
    if (!frame->convention.empty()) {
      frame->visas.push_back(absl::StrCat("Vu la convention « ", frame->convention, " »"));
    }
    // The oldest first.
    for (auto base = instrument_.foundation.rbegin(); base != instrument_.foundation.rend();
         ++base) {
      const Revision& revision = data_.revisions[*base];
      const v1::ActKind kind = data_.OpeningOf(data_.acts.at(revision.act)).kind;
      if (kind == v1::ACT_KIND_ORIGINAL) continue;
      const std::optional<CivilDate> on = Conclude(data_, *base).concluded_on;
      frame->visas.push_back(
          ActVisa(kind, revision.label, on.has_value() ? on->ToString() : std::string()));
    }
    const ActOpening& opening = data_.OpeningOf(*act_.facts);
    if (!PromptOf(data_, opening).empty()) {
      const LifeFact& prompt = *FindEvaluation(data_, opening.prompted_by->view());
      frame->visas.push_back(absl::StrCat("Vu ", EvaluationText(data_, teller_.life(), prompt).fr));
    }
    for (const v1::Element* element : parties_) {
      const v1::Party& party = element->party();
      // Each place has its own mandate, whoever holds it (L-60).
      const PartyAuthority authority = authorities_.Of(party.partner_id(), known_.clock_date);
      if (authority.stage == v1::AUTHORITY_STAGE_NOT_REQUIRED) continue;
      // A vote that does not carry this act is no ground for it: the one to come has a place.
      const bool carries = std::any_of(view_.coverage().begin(), view_.coverage().end(),
                                       [&](const v1::PartyCoverage& one) {
                                         return one.partner_id() == party.partner_id() &&
                                                one.coverage() == v1::MANDATE_COVERAGE_COVERED;
                                       });
      const v1::Deliberation vote =
          carries && authority.vote != nullptr ? *authority.vote->deliberation : v1::Deliberation();
      const std::string voter =
          vote.partner_id().empty() ? HolderIn(places_, *element) : vote.partner_id();
      std::string visa =
          VoteVisa(voter == party.partner_id() ? party.name() : teller_.book().Name(voter),
                   vote.assembly(), vote.number(), vote.sitting_on());
      // One assembly votes once, in however many places its party stands.
      const bool said =
          std::find(frame->visas.begin(), frame->visas.end(), visa) != frame->visas.end();
      if (!said) frame->visas.push_back(std::move(visa));
    }
  }

  // The first signature of an office that was not taken back; all offices without a revision.
  void FillSignatures(AvenantFrame* frame) {
    if (revision_ == kNone) {
      for (const PrintedParty& party : frame->parties) {
        for (const std::string& office : party.offices) {
          frame->signatures.push_back({party.partner, party.name, office, ""});
        }
      }
      return;
    }
    std::map<std::string, const v1::Element*> party_of;
    for (const v1::Element* element : parties_) {
      for (const v1::SigningOffice& office : element->party().signing_offices()) {
        party_of.emplace(office.id(), element);
      }
    }
    for (const v1::SignatoryView& one : MakeSignatoryViews(data_, revision_, &teller_)) {
      PrintedSignature& place = frame->signatures.emplace_back();
      place.partner = one.signatory().partner_id();
      const auto party = party_of.find(one.signatory().id());
      const bool moved =
          party != party_of.end() && party->second->party().partner_id() != place.partner;
      place.name = moved ? NameInPlace(teller_.book(), places_, *party->second)
                         : teller_.book().Name(place.partner);
      place.office = one.signatory().office();
      for (const v1::SignatureView& given : one.signatures()) {
        if (given.retracted() || !place.said.empty()) continue;
        place.said = absl::StrCat(FrenchName(given.kind()), " du ", FrenchDate(given.signed_on()),
                                  UnverifiedTail(given.kind()).fr);
      }
    }
  }

  const Known& known_;
  const StateData& data_;
  const ActRef& act_;
  const RevisionNumber revision_;
  const Instrument& instrument_;
  Authorities& authorities_;
  const std::vector<const v1::Element*>& parties_;
  const PartyPlaces& places_;
  const v1::InstrumentView& view_;
  EventTeller& teller_;
};

}  // namespace

std::string NameInPlace(const PartyBook& names, const PartyPlaces& places,
                        const v1::Element& element) {
  const v1::Party& party = element.party();
  const std::string holder = HolderIn(places, element);
  if (holder == party.partner_id()) return party.name();
  return absl::StrCat(names.Name(holder), ", venant aux droits ", OfParty(party.name()));
}

AvenantFrame FrameOf(const FramedInstrument& of, const v1::InstrumentView& view,
                     EventTeller* teller) {
  return Framing(of, view, teller).Make();
}

}  // namespace greffe
