#include "client/cli/fact_search.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "client/cli/format.h"
#include "client/cli/lookup.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

constexpr std::size_t kPrefixDigits = 6;

// Looks through everything that still counts; several with one prefix are told apart by the caller.
class FactSearch {
 public:
  FactSearch(Client& client, absl::string_view prefix) : client_(client), prefix_(prefix) {}

  absl::Status LookIn(const std::string& convention) {
    v1::GetConventionRequest read;
    read.set_convention_id(convention);
    ASSIGN_OR_RETURN(const v1::GetConventionResponse text, client_.GetConvention(read));
    const std::string& cut = text.view().cut();
    for (const auto& follow_up : text.view().follow_up()) {
      for (const auto& value : follow_up.values()) {
        Take(convention, cut, value.event(), value);
        Note(ReplacedBy(value), value.event());
      }
    }
    v1::GetStatusRequest ask;
    ask.set_convention_id(convention);
    ASSIGN_OR_RETURN(const v1::GetStatusResponse status, client_.GetStatus(ask));
    for (const auto& party : status.view().parties()) {
      for (const auto& vote : party.deliberations()) {
        Take(convention, status.view().cut(), vote.event(), vote.deliberation());
      }
    }
    for (const auto& act : status.view().acts()) {
      for (const auto& revision : act.revisions()) {
        for (const auto& signatory : revision.signatories()) {
          for (const auto& signature : signatory.signatures()) {
            // One given in Greffe is its signatory's own word: nobody corrects it.
            if (signature.kind() == v1::SIGNATURE_KIND_ELECTRONIC) continue;
            Take(convention, status.view().cut(), signature.event(),
                 RecordedSignature{act.act_id(), revision.revision(), signatory.signatory().id(),
                                   signature});
          }
        }
      }
    }
    RETURN_IF_ERROR(LookInLife(convention));
    return LookInHistory(convention);
  }

  std::vector<Fact> found;
  // Of what the prefix names no more: the leaf of the record that stands in its place.
  std::string correction;

 private:
  using Leaves = google::protobuf::RepeatedPtrField<std::string>;

  static const Leaves& ReplacedBy(const v1::FollowUpValue& value) {
    switch (value.value_case()) {
      case v1::FollowUpValue::kProgress:
        return value.progress().replaces();
      case v1::FollowUpValue::kMeeting:
        return value.meeting().replaces();
      case v1::FollowUpValue::kPredecessor:
        return value.predecessor().replaces();
      default:
        return value.measurement().replaces();
    }
  }

  void Note(const Leaves& replaced, const v1::EventView& by) {
    for (const std::string& leaf : replaced) {
      if (absl::StartsWith(absl::BytesToHexString(leaf), prefix_)) correction = by.leaf();
    }
  }

  absl::Status LookInLife(const std::string& convention) {
    v1::GetLifeRequest request;
    request.set_convention_id(convention);
    ASSIGN_OR_RETURN(const v1::GetLifeResponse life, WholeLife(client_, std::move(request)));
    for (const v1::LifeThread& thread : life.view().threads()) {
      const std::string& cut = life.view().cut();
      Take(convention, cut, thread.opening().event(), thread.opening().fact());
      for (const auto& one : thread.answers()) Take(convention, cut, one.event(), one.fact());
      if (!thread.opening().replaced()) {
        Note(thread.opening().fact().replaces(), thread.opening().event());
      }
      for (const auto& one : thread.answers()) {
        if (!one.replaced()) Note(one.fact().replaces(), one.event());
      }
    }
    return absl::OkStatus();
  }

  // Votes on earlier revisions.
  absl::Status LookInHistory(const std::string& convention) {
    v1::GetHistoryRequest request;
    request.set_convention_id(convention);
    request.set_page_size(200);
    do {
      ASSIGN_OR_RETURN(const v1::GetHistoryResponse page, client_.GetHistory(request));
      for (const auto& entry : page.view().entries()) {
        for (const auto& vote : entry.deliberations()) {
          Take(convention, page.view().cut(), vote.event(), vote.deliberation());
        }
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }

  template <typename Content>
  void Take(const std::string& convention, const std::string& cut, const v1::EventView& event,
            const Content& content) {
    if (!absl::StartsWith(event.leaf(), prefix_)) return;
    for (const Fact& known : found) {
      if (known.leaf == event.leaf()) return;
    }
    found.push_back({convention, event.leaf(), cut, content});
  }

  Client& client_;
  const absl::string_view prefix_;
};

}  // namespace

absl::StatusOr<Fact> FindFact(Client& client, const std::string& prefix,
                              const std::string& convention) {
  FactSearch search(client, prefix);
  if (prefix.size() >= kPrefixDigits) {
    ASSIGN_OR_RETURN(const auto ids, ConventionsToSearch(client, convention));
    for (const std::string& id : ids) RETURN_IF_ERROR(search.LookIn(id));
  }
  if (search.found.empty() && !search.correction.empty()) {
    return Context::RefuseBy("changed-since-read", absl::StatusCode::kFailedPrecondition,
                             msg::kFactReplaced, msg::kFactReplacedNext, prefix,
                             ShortHash(search.correction));
  }
  if (search.found.empty()) {
    return Context::RefuseBy("not-found", absl::StatusCode::kNotFound, msg::kFactNotFound,
                             msg::kFactNotFoundNext, prefix);
  }
  if (search.found.size() > 1) {
    std::vector<std::string> leaves;
    for (const Fact& fact : search.found) leaves.push_back(fact.leaf);
    return AmbiguousName(prefix, leaves);
  }
  return std::move(search.found.front());
}

}  // namespace greffe::cli
