#ifndef GREFFE_CLIENT_CLI_PROBLEMS_H_
#define GREFFE_CLIENT_CLI_PROBLEMS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/context.h"
#include "client/cli/source_map.h"
#include "greffe/v1/convention_service.pb.h"

namespace greffe::cli {

// Gives each problem the line of the file where its field or element stands, and puts them in the
// order of the file. What is not found there comes first, without a line.
void PlaceProblems(google::protobuf::RepeatedPtrField<v1::DraftProblem>* problems,
                   const SourceMap& map);
// One problem behind what is said of it, such as `Would be refused: `, with its rule and field.
void PrintProblem(Context& context, absl::string_view led_by, const v1::DraftProblem& problem);
// All problems of a dry run, placed; or that there is none.
void PrintProblems(Context& context, const std::string& file,
                   const google::protobuf::RepeatedPtrField<v1::DraftProblem>& problems);
// What a freeze of the draft that was checked will say: what it will refuse, and what it will want
// confirmed, placed. Nothing of it is a problem of the draft.
void PrintOutlook(Context& context, const v1::CreateConventionResponse& checked);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_PROBLEMS_H_
