#ifndef GREFFE_CLIENT_CLI_SHOW_H_
#define GREFFE_CLIENT_CLI_SHOW_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/context.h"
#include "core/export/partner_names.h"

namespace greffe::cli {

// How parts of answers look to people, shared by commands. They write to stdout unless said.

// In the language of the command; newer software may leave the English out.
std::string Words(const Context& context, const std::string& fr, const std::string& en);
// The act behind a clause: "avenant n° 1 of 14 March 2025, article 3".
std::string SayOrigin(const Context& context, const v1::Origin& origin);
// What a finding or a problem says, in the language of the command.
std::string WordsOf(const Context& context, const v1::Finding& finding);
std::string WordsOf(const Context& context, const v1::DraftProblem& problem);

// A text behind its mark, wrapped; further lines stand under its first word.
void PrintText(Context& context, absl::string_view mark, absl::string_view text, int indent);
void PrintElementFields(Context& context, const v1::Element& element, int indent);
void PrintFollowUp(Context& context, const v1::FollowUpView& follow_up, int indent);
void PrintFindings(Context& context,
                   const google::protobuf::RepeatedPtrField<v1::Finding>& findings);
enum class Detail { kTitles, kFields };
// Added, removed and changed elements; with kFields, both texts of each changed field.
void PrintDiff(Context& context, const google::protobuf::RepeatedPtrField<v1::DiffEntry>& entries,
               Detail detail = Detail::kFields);
void PrintConflict(Context& context, const v1::ConflictView& conflict);
// Beside an error, on stderr.
void PrintConflictOnErr(Context& context, const v1::ConflictView& conflict);
// The convention ends on another day than the text shown says: a concluded avenant prolongs it from
// a later day on, or something ended it. `end_date`: the last day that the text says.
bool EndsOtherwise(const v1::ForceView& force, const std::string& end_date);
// One value with its author, on one line. `names`: as for SayAuthor.
std::string DescribeValue(const Context& context, const v1::FollowUpValue& value,
                          const PartnerNames* names = nullptr);
// « 50 signature(s) sur 50 (29 dans Greffe, 20 sur papier, 1 en fichier externe) ».
std::string SaySignatures(const Context& context, const v1::RevisionView& revision);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_SHOW_H_
