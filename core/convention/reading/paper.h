#ifndef GREFFE_CORE_CONVENTION_READING_PAPER_H_
#define GREFFE_CORE_CONVENTION_READING_PAPER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/convention/decide.h"
#include "core/convention/elements/problem.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/state/state.h"
#include "core/convention/text/party_book.h"
#include "greffe/v1/view.pb.h"

// Texts signed on paper before they entered (docs/adr/0013-signed-on-paper.md). Private to
// core/convention.
namespace greffe {

// --- What the facts say ---

// Partners that sign the revision, each once, by id.
std::vector<std::string> PartnersOf(const Revision& revision);
// The partner's attestation that stands: it counts, and no refusal by that partner had seen it. Of
// several the first, causes before effects. kNone when there is none.
EventNumber StandingAttestation(const StateData& data, const Revision& revision,
                                const std::string& partner);
// Partners whose attestation stands.
std::uint32_t CountAttested(const StateData& data, const Revision& revision);
// Statements that count, causes before effects.
std::vector<const PaperStatement*> StatementsOf(const StateData& data, const Revision& revision);
// The text signed on paper that the convention is about: of those that are valid and not withdrawn
// (or concluded all the same) the latest. kNone when there is none.
RevisionNumber ShownPaperRevision(const StateData& data);

// --- Views (paper_view.cc) ---

v1::PaperView MakePaperView(const StateData& data, RevisionNumber revision, EventTeller* teller);
// `text`, `text_en` and figures alone.
v1::PaperView SummarisePaper(const StateData& data, RevisionNumber revision);
// Who has not attested, and what evidence is missing of each partner. Stays listed once concluded.
std::vector<v1::Finding> PaperFindings(const StateData& data, const PartyBook& book,
                                       RevisionNumber revision);

// --- What people write (paper_check.cc) ---

// Problems of a normalised signing. `offices`: partner by signing office of the text. Without
// `today`, dates in the future pass.
void CheckPaperSigning(const v1::PaperSigning& signing,
                       const std::map<std::string, std::string>& offices,
                       std::optional<CivilDate> today, absl::string_view path,
                       std::vector<Problem>* problems);
// Appends statements, as few as fit. Their revision is left for Decision.complete.
void AppendPaperStatements(const v1::PaperSigning& signing, Decision* decision);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_PAPER_H_
