#ifndef GREFFE_CORE_CONVENTION_CHECKS_RIVALS_H_
#define GREFFE_CORE_CONVENTION_CHECKS_RIVALS_H_

#include <string>
#include <vector>

#include "core/convention/state/state.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// Acts in the making that change the same element, or of which one takes out what the other changes
// something below: once one is concluded, the others are to be taken up again (L-35). None builds
// on another, since only what is concluded is built on. Told before that, so that people settle it
// while nothing is signed. Functions of the facts; every replica says the same. Private to
// core/convention.
namespace greffe {

struct Rivalry {
  std::string element_id;
  // At least two, drafted or frozen, not concluded and not withdrawn, in the order in which they
  // were opened. Point into the state.
  std::vector<const ActId*> acts;
  // What they say of the element, one or more an act, in that order. Of an act that changes
  // something below what another takes out: the first such change.
  std::vector<const DraftChange*> changes;
  // The acts of `changes`.
  std::vector<const ActId*> of_change;
};

// By element.
std::vector<Rivalry> RivalriesIn(const StateData& data);

// One finding for all that the same acts change, at the last of them. With an act: only what
// concerns it, said of the others. In order of the acts.
std::vector<v1::Finding> RivalFindings(const StateData& data);
std::vector<v1::Finding> RivalFindings(const StateData& data, const ActId& act);

// What names an act for people: the label of its frozen text, else its title.
std::string NameOfAct(const StateData& data, const ActId& act);
// Of several, each once: those of one name bear the beginning of their ids too. Frozen at two
// replicas that had not met, two avenants get the same number.
std::vector<std::string> NamesOfActs(const StateData& data, std::vector<const ActId*> acts);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_RIVALS_H_
