#ifndef GREFFE_SERVER_APP_DOCUMENTS_H_
#define GREFFE_SERVER_APP_DOCUMENTS_H_

#include "absl/status/statusor.h"
#include "greffe/v1/export_service.pb.h"
#include "server/app/call.h"
#include "server/app/replica.h"

namespace greffe {

// A document of what the user may read, made by core/export of the replica's own reads: whatever
// one of them refuses is refused here. All of it is read at the cut of the first read, so that what
// is applied meanwhile is in no part of it. Codes of greffe.v1.ExportService. Takes long; thread
// safe.
absl::StatusOr<v1::ExportDocumentResponse> ExportDocument(const Replica& replica,
                                                          const UserCall& call,
                                                          const v1::ExportDocumentRequest& request);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_DOCUMENTS_H_
