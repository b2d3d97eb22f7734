#ifndef GREFFE_CORE_CONVENTION_VIEWS_PRINTED_AVENANT_H_
#define GREFFE_CORE_CONVENTION_VIEWS_PRINTED_AVENANT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/instrument.pb.h"

// The wording of an avenant as it is printed, in French: title, parties, visas, articles, places of
// signature. Private to core/convention and core/export. Pure; thread safe.
namespace greffe {

struct PrintedParty {
  // Who stands in the place: the party, or who succeeded it by law (L-60).
  std::string partner;
  // « Commune de Brion », « Commune de Brion, venant aux droits de la Commune d'Aubin ».
  std::string name;
  std::string address;
  // Offices that sign for it.
  std::vector<std::string> offices;
};

// One signature that is expected, and what is on record of it: « signature dans Greffe du … ».
struct PrintedSignature {
  // As PrintedParty.
  std::string partner;
  std::string name;
  std::string office;
  std::string said;
};

// What stands around the articles.
struct AvenantFrame {
  v1::ActKind kind = v1::ACT_KIND_UNSPECIFIED;
  // « avenant n° 1 », or the act's title for a draft.
  std::string label;
  // Title of the convention.
  std::string convention;
  std::vector<PrintedParty> parties;
  // Whole lines, « Vu … ».
  std::vector<std::string> visas;
  std::vector<PrintedSignature> signatures;
};

// Each line of the visas of a text, without the sign that ends it: that of the list takes its
// place.
void AddVisas(absl::string_view text, std::vector<std::string>* visas);
// « Vu la délibération n° 12 (conseil municipal) de la Commune d'Agen en date du 10 janvier 2026 »
// for a vote on record; with an empty day, a place to write it: « du ……………… ».
std::string VoteVisa(absl::string_view party, absl::string_view assembly, absl::string_view number,
                     absl::string_view day);
// « Vu l'avenant n° 1, conclu le 3 juillet 2025 » for an act that this one builds on; without the
// day when it is empty. A label that does not name its kind is quoted after it.
std::string ActVisa(v1::ActKind kind, absl::string_view label, absl::string_view concluded_on);

// Blocks parted by an empty line, none inside a block. The first is the title and what it amends;
// each other one has its heading on its first line: parties, visas, one article per operation of
// the view, the article on its effect, signatures.
std::string PrintedAvenant(const v1::InstrumentView& view, const AvenantFrame& frame);

// The blocks of a printed avenant again, for those that set it in another form.
struct PrintedBlock {
  std::string heading;
  std::vector<std::string> lines;
};
std::vector<PrintedBlock> BlocksOfAvenant(absl::string_view printed);
// True for the block of the places of signature: each of its lines but the first is one place.
bool HoldsSignatures(const PrintedBlock& block);
// True for the blocks of the parties and of the visas: each line is an item of a list, but the one
// that ends the visas.
bool HoldsItems(const PrintedBlock& block);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_PRINTED_AVENANT_H_
