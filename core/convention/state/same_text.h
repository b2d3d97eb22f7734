#ifndef GREFFE_CORE_CONVENTION_STATE_SAME_TEXT_H_
#define GREFFE_CORE_CONVENTION_STATE_SAME_TEXT_H_

#include <cstddef>
#include <map>
#include <vector>

#include "core/convention/state/state.h"

// Frozen texts that are one and the same: a vote binds to the text voted (L-11, domain.md section
// 0.5), and an act withdrawn and frozen again without a change is that text still. Private to
// core/convention.
namespace greffe {

// Revisions of one act that change the same elements to the same content, on the same bases and
// with the same day of effect. Names of acts and offices that sign are not the text. In time linear
// in what the revisions of all acts change, and none of it for acts frozen once.
class SameTexts final {
 public:
  explicit SameTexts(const StateData& data);

  // The revision itself and those of its text, in the order of arrival.
  std::vector<RevisionNumber> Of(RevisionNumber revision) const;
  // The first of these: one number for each text.
  RevisionNumber FirstOf(RevisionNumber revision) const;
  bool Are(RevisionNumber one, RevisionNumber other) const;

 private:
  // Of revisions that are not the only ones of their text.
  std::map<RevisionNumber, std::size_t> group_of_;
  std::vector<std::vector<RevisionNumber>> groups_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_SAME_TEXT_H_
