#ifndef GREFFE_CORE_CONVENTION_VIEWS_INSTRUMENT_HEADING_H_
#define GREFFE_CORE_CONVENTION_VIEWS_INSTRUMENT_HEADING_H_

#include <string>
#include <vector>

#include "core/convention/checks/authority.h"
#include "core/convention/queries.h"
#include "core/convention/reading/act_view.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/reading/instrument.h"
#include "core/convention/text/party_book.h"
#include "core/convention/text/succession.h"
#include "core/convention/views/printed_avenant.h"

// What stands around the articles of an instrument, from what is on record. Private to
// core/convention.
namespace greffe {

// An act's instrument and what was worked out for its view. Borrowed.
struct FramedInstrument {
  const Known& known;
  const ActRef& act;
  // kNone: its draft.
  RevisionNumber revision = kNone;
  const Instrument& instrument;
  Authorities& authorities;
  // The elements of the parties that sign, in reading order.
  const std::vector<const v1::Element*>& parties;
  // Who stands in their places (SigningPlaces).
  const PartyPlaces& places;
};

// « Commune de Brion », or « Commune de Brion, venant aux droits de la Commune d'Aubin » where it
// stands in the place of the party that `element` names (L-60).
std::string NameInPlace(const PartyBook& names, const PartyPlaces& places,
                        const v1::Element& element);

// Title, parties, visas and places of signature. `view` has its label and its coverage by now.
AvenantFrame FrameOf(const FramedInstrument& of, const v1::InstrumentView& view,
                     EventTeller* teller);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_INSTRUMENT_HEADING_H_
