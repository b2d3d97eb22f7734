#ifndef GREFFE_CLIENT_CLI_LOOKUP_H_
#define GREFFE_CLIENT_CLI_LOOKUP_H_

#include <initializer_list>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/context.h"
#include "client/cli/parse.h"
#include "core/export/partner_names.h"

namespace greffe::cli {

// What people name without saying in which convention: found by asking the replica.

// Every convention that the user may see, all pages.
absl::StatusOr<v1::ListConventionsResponse> AllConventions(Client& client);

// The history that `request` asks for, all pages.
absl::StatusOr<v1::GetHistoryResponse> WholeHistory(Client& client, v1::GetHistoryRequest request);

// Adds what the board of a date and cut calls its parties, for a document that leaves with names.
absl::Status AddPartnerNames(Client& client, const std::string& convention, const v1::ReadAt& at,
                             PartnerNames* names);

// The same for tables on a terminal, which show ids where the names cannot be had.
PartnerNames NamesOnBoard(Client& client, const std::string& convention, const v1::ReadAt& at);

// The facts of life that `request` asks for, all pages; a thread cut between two is whole again.
absl::StatusOr<v1::GetLifeResponse> WholeLife(Client& client, v1::GetLifeRequest request);

// The conventions to search: the one given, else all.
absl::StatusOr<std::vector<std::string>> ConventionsToSearch(Client& client,
                                                             const std::string& given);

struct FoundAct {
  std::string convention_id;
  v1::GetActResponse answer;
};
// NOT_FOUND, or INVALID_ARGUMENT when two conventions have one.
absl::StatusOr<FoundAct> FindAct(Client& client, const std::string& act,
                                 const std::string& convention, const v1::ReadAt& at);

// The revision on which people decide: `given` (hex), else the latest that is not withdrawn.
// FAILED_PRECONDITION when nothing is frozen; NOT_FOUND when `given` is no revision of the act, so
// that nobody is shown another one in its place.
absl::StatusOr<std::string> RevisionToDecideOn(const FoundAct& found, const std::string& given);
// The latest revision that is not withdrawn, or null.
const v1::RevisionView* LatestRevision(const v1::ActView& act);

// Answers for one of several things of a kind.
absl::Status AmbiguousName(absl::string_view name, const std::vector<std::string>& candidates);

// Asks the replica who the user is. PERMISSION_DENIED (rule "role") without one of these roles:
// said before anything is read, shown or asked, and by the replica itself again when it decides.
absl::StatusOr<v1::UserView> UserWithRole(Client& client, std::initializer_list<v1::Role> roles);

// ParseReadAt, and a note on stderr where --known-at has not come yet: the answer then says what
// the replica knows now, which may be less than it will have known by then.
absl::StatusOr<v1::ReadAt> ReadAtOf(Context& context, const ReadOptions& options);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_LOOKUP_H_
