// Which steps of a party's way something serious was found about.

#include <map>
#include <string>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "core/convention/views/board.h"

namespace greffe {
namespace {

// A vote's dates are steps of their own; whatever else is said of it is about the vote.
v1::ChainStep StepOfVote(absl::string_view field) {
  absl::ConsumePrefix(&field, "deliberation.");
  if (absl::StartsWith(field, "published_")) return v1::CHAIN_STEP_PUBLICATION;
  if (absl::StartsWith(field, "received_") || field == "receipt_id" || field == "transmitted_on") {
    return v1::CHAIN_STEP_RECEIPT;
  }
  return field == "certified_executory_on" ? v1::CHAIN_STEP_EXECUTORY : v1::CHAIN_STEP_VOTE;
}

// That somebody signed without a mandate that may be used is a warning where none is on record;
// that it was the very day is a note, and no mark.
bool IsMarked(const v1::Finding& finding) {
  return finding.severity() == v1::FINDING_SEVERITY_SERIOUS ||
         (finding.rule() == "L-08" && finding.severity() == v1::FINDING_SEVERITY_WARNING);
}

}  // namespace

void Board::Mark(std::span<const v1::Finding> findings, v1::StatusView* view) const {
  // The order of the marks, each once; then the rule.
  using Key = std::tuple<v1::ChainStep, std::string, std::string>;
  std::map<std::string, std::map<Key, std::string>> marks;
  for (const v1::Finding& finding : findings) {
    if (finding.leaf().empty() || !IsMarked(finding)) continue;
    const auto [begin, end] = links_.equal_range(finding.leaf());
    for (auto link = begin; link != end; ++link) {
      const v1::ChainStep step =
          link->second.vote ? StepOfVote(finding.field()) : v1::CHAIN_STEP_SIGNATURE;
      marks[link->second.partner].try_emplace({step, finding.leaf(), finding.code()},
                                              finding.rule());
    }
  }
  for (v1::PartyStanding& party : *view->mutable_parties()) {
    const auto found = marks.find(party.partner_id());
    if (found == marks.end()) continue;
    for (const auto& [key, rule] : found->second) {
      v1::ChainMark* mark = party.add_marks();
      mark->set_step(std::get<0>(key));
      mark->set_leaf(std::get<1>(key));
      mark->set_code(std::get<2>(key));
      mark->set_rule(rule);
    }
  }
}

}  // namespace greffe
