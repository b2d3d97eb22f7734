#ifndef GREFFE_CLIENT_CLI_ATTACHMENT_FILE_H_
#define GREFFE_CLIENT_CLI_ATTACHMENT_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "client/cli/context.h"
#include "greffe/v1/attachment_service.pb.h"

namespace greffe::cli {

// What a file is as an attachment: size, SHA-256 of the whole and of each chunk, and, where
// `media_type` is empty, the type that its ending suggests. Read in pieces. Label and role are
// left. A usage error naming `option` for a file that cannot be read, is empty or too large.
absl::StatusOr<v1::Attachment> DescribeFile(const std::string& path, absl::string_view option,
                                            const std::string& media_type = "");

// `original`, `signed`, `evidence`, `minutes` or `other`.
absl::StatusOr<v1::AttachmentRole> ParseAttachmentRole(absl::string_view word);
const char* AttachmentRoleWord(v1::AttachmentRole role);
// What people call an attachment of that role when they do not say: no name of a file, which may
// hold one of a person.
const char* DefaultLabel(v1::AttachmentRole role);

// Names the attachment unless the convention does already, then brings the chunks that are not
// there. Repeated after a break it goes on. `request_id`: of the command that names it.
absl::StatusOr<v1::AddAttachmentResponse> AttachFile(Context& context, Client& client,
                                                     const std::string& convention,
                                                     const v1::Attachment& attachment,
                                                     const std::string& path,
                                                     const std::string& request_id);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_ATTACHMENT_FILE_H_
