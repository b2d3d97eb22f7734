#ifndef GREFFE_CORE_CONVENTION_VIEWS_ERRATA_H_
#define GREFFE_CORE_CONVENTION_VIEWS_ERRATA_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/convention/queries.h"
#include "core/convention/reading/life.h"
#include "core/convention/text/party_book.h"
#include "greffe/v1/view.pb.h"

// Clerical errors in a clause (L-27). Private to core/convention.
namespace greffe {

inline constexpr char kErrorAttested[] = "error-attested";

// A note for each that a party other than its author attested: how the clause reads. It changes no
// commitment and is never silent (domain.md section 5.6). The wordings are read from the store: of
// very many, the first in the order of reading have theirs, the rest name their event alone. Of
// those read, attested or not, what L-30 finds in them: other words are no clerical error (slip.h).
absl::StatusOr<std::vector<v1::Finding>> ErrataFindings(const Known& known, const LifeBook& book,
                                                        const PartyBook& names);

// By element: « lire « … » au lieu de « … » » for each error that another party attested, in the
// order of reading. As above.
absl::StatusOr<std::map<std::string, std::string>> AttestedErrors(const Known& known,
                                                                  const LifeBook& book);

// L-40: names the rule or the decision in the findings of clauses deemed unwritten (domain.md
// section 7.5), which the state does not keep: of very many, those of the first in the order of
// reading. A court's is told by the day on which it became final, as recorded.
absl::Status NameDecisions(const Known& known, const LifeBook& book,
                           std::vector<v1::Finding>* findings);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_ERRATA_H_
