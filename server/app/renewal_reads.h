#ifndef GREFFE_SERVER_APP_RENEWAL_READS_H_
#define GREFFE_SERVER_APP_RENEWAL_READS_H_

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/convention/queries.h"
#include "greffe/v1/view.pb.h"
#include "server/app/cut_states.h"
#include "server/app/hosts.h"

namespace greffe {

// Conventions read beside one. A page that is not the first takes those of the first, so that both
// say the same whatever came since.
struct ReadBesides {
  // Of a further page: `at_cut` and `cuts` are those of the first.
  bool further = false;
  // The first page was asked for at a cut: none is read.
  bool at_cut = false;
  // Token of the cut at which each is read, by lower-case hex of the convention.
  std::map<std::string, std::string> cuts;

  // As part of the token of a page, on one line; and back, nullopt for what is none.
  std::string ToText() const;
  static std::optional<ReadBesides> OfFurtherPage(absl::string_view text);
  // ReplyContext.read_beside: the cut of the answer says nothing of them.
  void Tell(v1::ReplyContext* context) const;
};

// CutStates::ReadOne, with what may be known of the conventions that renew this one (L-55, L-56):
// those that this replica holds and `partner` may see, read on the same dates and as known here at
// the same instant. A cut names no instant of another convention: then none is read. One that
// cannot be read is not compared, and the answer says so. `beside` has those that were read, before
// `read` is called. No two conventions are locked at once.
absl::Status ReadRenewed(const std::string& partner, const Hosts& hosts, CutStates* cuts,
                         const ConventionId& id, const v1::ReadAt& at, ReadBesides* beside,
                         const std::function<absl::Status(const Known&)>& read);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_RENEWAL_READS_H_
