#include "core/convention/text/signature_search.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace greffe {
namespace {

// Candidates tried where there is a choice of feeds: two offices at 500 replicas each, a fifth of a
// second at worst. Real conventions take none: an office signs at one replica.
constexpr int kStepsMax = 250000;

}  // namespace

SignatureSearch::SignatureSearch(const StateData& data, const Candidates& candidates)
    : data_(data), candidates_(candidates) {
  chains_.reserve(candidates.size());
  for (const std::vector<Candidate>& own : candidates) chains_.push_back(ChainsOf(own));
}

bool SignatureSearch::IsOnTheWayTo(EventNumber later, EventNumber event) const {
  const std::uint32_t sequence = data_.events[event].sequence;
  return sequence <= data_.events[later].sequence &&
         data_.EventAt(data_.events[later].branch, sequence) == event;
}

// One per replica, or per branch of a forked feed: the last candidate of it with those on the way
// to it. What it saw of a sibling branch is no part of its chain: pasts would not grow along it. A
// function of the events alone, not of which branch came here first.
std::vector<SignatureSearch::Chain> SignatureSearch::ChainsOf(
    const std::vector<Candidate>& own) const {
  const auto feed = [&](std::uint32_t c) -> const ReplicaId& {
    return data_.AuthorOf(own[c].event);
  };
  const auto sequence = [&](std::uint32_t c) { return data_.events[own[c].event].sequence; };
  std::vector<std::uint32_t> by_feed(own.size());
  std::iota(by_feed.begin(), by_feed.end(), 0);
  std::sort(by_feed.begin(), by_feed.end(), [&](std::uint32_t x, std::uint32_t y) {
    if (feed(x) != feed(y)) return feed(x) < feed(y);
    if (sequence(x) != sequence(y)) return sequence(x) < sequence(y);
    return data_.LeafOf(own[x].event) < data_.LeafOf(own[y].event);
  });
  std::vector<Chain> chains;
  for (auto first = by_feed.begin(); first != by_feed.end();) {
    const auto end = std::find_if(first, by_feed.end(),
                                  [&](std::uint32_t c) { return feed(c) != feed(*first); });
    std::vector<std::uint32_t> last;
    for (auto c = end; c != first;) {
      --c;
      const bool seen = std::any_of(last.begin(), last.end(), [&](std::uint32_t l) {
        return IsOnTheWayTo(own[l].event, own[*c].event);
      });
      if (!seen) last.push_back(*c);
    }
    for (const std::uint32_t l : last) {
      Chain& chain = chains.emplace_back();
      std::copy_if(first, end, std::back_inserter(chain),
                   [&](std::uint32_t c) { return IsOnTheWayTo(own[l].event, own[c].event); });
    }
    first = end;
  }
  // The preferred candidates are tried first.
  std::sort(chains.begin(), chains.end(), [](const Chain& x, const Chain& y) {
    return std::pair(*std::min_element(x.begin(), x.end()), x.back()) <
           std::pair(*std::min_element(y.begin(), y.end()), y.back());
  });
  return chains;
}

const Candidate& SignatureSearch::At(std::size_t need) const {
  const Standing& standing = standing_[need];
  return candidates_[need][(*standing.chain)[standing.at]];
}

bool SignatureSearch::TakenBackBefore(const Candidate& candidate, EventNumber event) const {
  return std::any_of(candidate.retracted_by.begin(), candidate.retracted_by.end(),
                     [&](EventNumber retraction) { return data_.Saw(event, retraction); });
}

bool SignatureSearch::Advance(std::size_t need) {
  --steps_;
  return ++standing_[need].at < standing_[need].chain->size();
}

// Lets those that were taken back give way until all that are placed stand together; false when a
// chain ends.
bool SignatureSearch::Settle(std::vector<std::size_t> moved) {
  while (!moved.empty()) {
    const std::size_t one = moved.back();
    moved.pop_back();
    for (std::size_t other = 0; other < standing_.size(); ++other) {
      if (other == one || standing_[other].chain == nullptr) continue;
      if (TakenBackBefore(At(other), At(one).event)) {
        if (!Advance(other)) return false;
        moved.push_back(other);
      } else if (TakenBackBefore(At(one), At(other).event)) {
        if (!Advance(one)) return false;
        moved.push_back(one);
        break;
      }
    }
  }
  return true;
}

bool SignatureSearch::Place(std::size_t next) {
  if (next == order_.size()) return true;
  const std::size_t need = order_[next];
  const std::vector<Standing> before = standing_;
  for (const Chain& chain : open_[need]) {
    if (--steps_ < 0) return false;
    standing_[need] = {&chain, 0};
    if (Settle({need}) && Place(next + 1)) return true;
    standing_ = before;
  }
  return false;
}

SignatureSearch::Answer SignatureSearch::Run(CivilDate latest) {
  open_.assign(candidates_.size(), {});
  for (std::size_t need = 0; need < candidates_.size(); ++need) {
    for (const Chain& chain : chains_[need]) {
      Chain in_time;
      std::copy_if(chain.begin(), chain.end(), std::back_inserter(in_time),
                   [&](std::uint32_t c) { return candidates_[need][c].date <= latest; });
      if (!in_time.empty()) open_[need].push_back(std::move(in_time));
    }
    if (open_[need].empty()) return {};
  }
  order_.clear();
  standing_.assign(candidates_.size(), {});
  // Where there is no choice of feed the walk decides, however long it is.
  std::vector<std::size_t> placed;
  for (std::size_t need = 0; need < candidates_.size(); ++need) {
    if (open_[need].size() > 1) {
      order_.push_back(need);
    } else {
      standing_[need] = {&open_[need][0], 0};
      placed.push_back(need);
    }
  }
  std::stable_sort(order_.begin(), order_.end(), [this](std::size_t x, std::size_t y) {
    return open_[x].size() < open_[y].size();
  });
  if (!Settle(std::move(placed))) return {};
  steps_ = kStepsMax;
  Answer answer;
  if (Place(0)) {
    answer.choice.emplace();
    for (const Standing& one : standing_) answer.choice->push_back((*one.chain)[one.at]);
  }
  answer.gave_up = !answer.choice.has_value() && steps_ < 0;
  return answer;
}

}  // namespace greffe
