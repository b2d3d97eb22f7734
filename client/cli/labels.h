#ifndef GREFFE_CLIENT_CLI_LABELS_H_
#define GREFFE_CLIENT_CLI_LABELS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/messages.h"
#include "core/export/partner_names.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/follow_up.pb.h"
#include "greffe/v1/view.pb.h"

namespace greffe::cli {

// Words for people for values of enums; « ? » for what newer software added.
const char* LabelOf(Lang lang, v1::ConventionStanding standing);
const char* LabelOf(Lang lang, v1::ActStanding standing);
const char* LabelOf(Lang lang, v1::ActKind kind);
const char* LabelOf(Lang lang, v1::PeerState state);
const char* LabelOf(Lang lang, v1::ProgressState state);
const char* LabelOf(Lang lang, v1::FindingSeverity severity);
const char* LabelOf(Lang lang, v1::SignatureKind kind);
// « + », « - » or « ~ ».
const char* SignOf(v1::DiffKind kind);

// What was recorded, on one line: « 12 (2025) », « en cours, 40 % ». `names`: as for SayAuthor.
std::string SayValue(Lang lang, const v1::FollowUpValue& value,
                     const PartnerNames* names = nullptr);
// « Commune d'Astaffort (commune-astaffort) »; the id alone of who has no name.
std::string NameAndId(const PartnerNames& names, const std::string& partner_id);
// By whom and when: « commune-astaffort, Maire, 22/11/2026 13:55 ». `names`: null where none are at
// hand.
std::string SayAuthor(Lang lang, const v1::EventView& event, const PartnerNames* names = nullptr);
// One sentence on the event, in the reader's language; what people wrote stays as it is.
std::string SaySummary(Lang lang, const v1::EventView& event);
// What is in conflict.
std::string SaySubject(Lang lang, const v1::ConflictView& conflict);
// « de la Ville de Rodez », “of Ville de Rodez”; « la Ville de Rodez », “Ville de Rodez”.
std::string OfWhom(Lang lang, absl::string_view party);
std::string Whom(Lang lang, absl::string_view party);
// « Voix pour (deliberation.votes_for) »: the word for people, the name for scripts. What has no
// word, such as an option, as it is.
std::string SayField(Lang lang, absl::string_view path);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_LABELS_H_
