#ifndef GREFFE_CLIENT_CLI_IMPORT_SHOW_H_
#define GREFFE_CLIENT_CLI_IMPORT_SHOW_H_

#include "client/cli/context.h"
#include "core/reader/draft.h"
#include "core/reader/model.h"
#include "greffe/v1/import.pb.h"

namespace greffe::cli {

// What a reading says of itself; changes and files written are left to the caller.
v1::ImportReport ReportOf(const reader::Reading& reading, const reader::Draft& draft);

// For people: the shares of unread lines and of plain text first, then findings, passages kept as
// plain text, the signing on paper, changes, what the draft lacks. `draft`: has the names.
void PrintImport(Context& context, const v1::ImportReport& report,
                 const v1::ConventionDraft& draft);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_IMPORT_SHOW_H_
