#ifndef GREFFE_CLIENT_CLI_LIFE_SHOW_H_
#define GREFFE_CLIENT_CLI_LIFE_SHOW_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "client/cli/context.h"
#include "greffe/v1/life_service.pb.h"
#include "greffe/v1/view.pb.h"

namespace greffe::cli {

// `lead` and `text`, wrapped to the terminal; further lines stand under the text.
void PrintLed(Context& context, absl::string_view lead, absl::string_view text);

// What people call what facts name by ids, in one language.
using LifeNames = std::map<std::string, std::string>;
LifeNames NamesIn(const Context& context,
                  const google::protobuf::RepeatedPtrField<v1::LifeLabel>& labels);

// What a fact says beyond its summary, « lettre : 1A0000 », its evidence and its reason
// included; what has no name by its id. Not printable yet: texts come from other replicas.
std::vector<std::string> LifeDetails(Lang lang, const v1::LifeRecorded& fact,
                                     const LifeNames& names = {});

// A fact with its details and its text.
void PrintLifeFact(Context& context, const v1::LifeFactView& one, absl::string_view lead,
                   const LifeNames& names = {});
// The same as an entry of a history.
void PrintLifeEntry(Context& context, const v1::HistoryEntry& entry, const LifeNames& names);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_LIFE_SHOW_H_
