#include "core/convention/state/same_text.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace greffe {
namespace {

// Element, whether it is put, and the content put.
using ContentKey = std::tuple<TextNumber, bool, Digest>;
using TextKey =
    std::tuple<std::vector<ContentKey>, std::vector<RevisionNumber>, std::optional<CivilDate>>;

TextKey KeyOf(const Revision& revision, const ActFacts& act) {
  std::vector<ContentKey> content;
  content.reserve(revision.content.size());
  for (const std::uint32_t at : revision.content) {
    const DraftChange& change = act.changes[at];
    content.emplace_back(change.element, change.put != nullptr, change.content);
  }
  std::sort(content.begin(), content.end());
  std::vector<RevisionNumber> bases = revision.bases;
  std::sort(bases.begin(), bases.end());
  return {std::move(content), std::move(bases), revision.effective_from};
}

}  // namespace

SameTexts::SameTexts(const StateData& data) {
  for (const auto& [id, act] : data.acts) {
    if (act.revisions.size() < 2) continue;
    std::map<TextKey, std::vector<RevisionNumber>> texts;
    for (const RevisionNumber one : act.revisions) {
      const Revision& revision = data.revisions[one];
      if (revision.valid) texts[KeyOf(revision, act)].push_back(one);
    }
    for (auto& [key, revisions] : texts) {
      if (revisions.size() < 2) continue;
      std::sort(revisions.begin(), revisions.end());
      for (const RevisionNumber one : revisions) group_of_[one] = groups_.size();
      groups_.push_back(std::move(revisions));
    }
  }
}

std::vector<RevisionNumber> SameTexts::Of(RevisionNumber revision) const {
  const auto found = group_of_.find(revision);
  if (found == group_of_.end()) return {revision};
  return groups_[found->second];
}

RevisionNumber SameTexts::FirstOf(RevisionNumber revision) const {
  const auto found = group_of_.find(revision);
  return found == group_of_.end() ? revision : groups_[found->second].front();
}

bool SameTexts::Are(RevisionNumber one, RevisionNumber other) const {
  if (one == other) return true;
  const auto first = group_of_.find(one);
  const auto second = group_of_.find(other);
  return first != group_of_.end() && second != group_of_.end() && first->second == second->second;
}

}  // namespace greffe
