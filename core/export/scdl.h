#ifndef GREFFE_CORE_EXPORT_SCDL_H_
#define GREFFE_CORE_EXPORT_SCDL_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/view.pb.h"

// Deliberations as open data: the SCDL schema « délibérations » 2.1 (OpenDataFrance), 17 columns,
// UTF-8, CRLF, comma (the schema names no separator; OpenDataFrance's guide of good CSV does).
// Pure.
namespace greffe {

// A value for all partners, under the empty key, and those of single partners.
using PerPartner = std::map<std::string, std::string>;

struct ScdlOptions {
  // Only this partner's deliberations; empty: all.
  std::string partner_id;
  // SIRET by partner, before the party's own.
  PerPartner siret;
  // DELIB_MATIERE_CODE; « 8.2 », aide sociale, where none is given.
  PerPartner matiere_code;
  // PREF_ID of the authority that received the deliberation, for those received.
  PerPartner pref_id;
  // DELIB_URL.
  PerPartner url;
  // ',' or ';'.
  char separator = ',';
};

// One row per deliberation on record, in the order of the sittings. FAILED_PRECONDITION (CHK-33)
// naming each deliberation that cannot be a row and what would lift it: nothing is left out
// silently, and a SIRET is never made from a SIREN. `view` gives names and SIRET of the parties,
// `history` the acts and their deliberations. Newer or strange values of options are refused by
// INVALID_ARGUMENT naming the option.
absl::StatusOr<std::string> RenderScdlDeliberations(const v1::ConventionView& view,
                                                    const v1::HistoryView& history,
                                                    const ScdlOptions& options);

// « domaines de compétences par thèmes/aide sociale » for « 8.2 »; empty for no code of the ACTES
// nomenclature, level 2.
std::string MatiereName(absl::string_view code);

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_SCDL_H_
