#ifndef GREFFE_CORE_CONVENTION_CHECKS_RENEWAL_H_
#define GREFFE_CORE_CONVENTION_CHECKS_RENEWAL_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/digest.h"
#include "core/convention/queries.h"
#include "core/rules/obligations.h"

// Express renewal (L-55, L-56): a convention is folded from its own events alone, and what became
// of the one that renews it stands in another. Whoever holds both reads facts of the one and hands
// them to the views of the other (Known::successors); nothing of it enters a state.
namespace greffe {

// A record that stands, and the convention that it names.
struct RenewalLink {
  // Of the record.
  Digest leaf;
  // As its author wrote it: hostile, and empty where none is named.
  std::string convention_id;
};
// More conventions than this are not followed, and more links not looked at: each costs a reading.
inline constexpr std::size_t kRenewalsFollowed = 4;
inline constexpr std::size_t kRenewalsRead = 8;
// The latest by day, then leaf, of links that name a convention. One that cannot be read is left
// out: it is not compared.
std::vector<RenewalLink> RenewalLinks(const Known& known);

// A convention that renews another, as read where and when the other is.
struct SuccessorFacts {
  // Of its own text.
  std::string title;
  rules::Renewal renewal;
};
SuccessorFacts ReadSuccessor(const Known& known);

// What is known of the conventions that renew one.
struct Successors {
  // Read at a cut of the one: it names no instant at which to read another.
  bool at_cut = false;
  // The convention that each record names, by leaf of the record (RenewalLinks).
  std::map<Digest, std::string> named;
  // By leaf of the record that links it. Absent: not here, not of the reader's, or not readable.
  std::map<Digest, SuccessorFacts> by_link;

  // Null where nothing is known.
  const SuccessorFacts* Of(const Digest& leaf) const;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_RENEWAL_H_
