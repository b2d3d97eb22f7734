#ifndef GREFFE_TESTS_CORE_CONVENTION_SCENARIO_H_
#define GREFFE_TESTS_CORE_CONVENTION_SCENARIO_H_

#include <map>
#include <string>
#include <vector>

#include "core/convention/state/state.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "tests/support/history.h"

namespace greffe::test {

// A convention of three partners a, b, c, each with a replica and one office (oa, ob, oc), whose
// original act holds the terms, the parties and two articles. Everybody knows all of it.
class Scenario {
 public:
  Scenario() : history({"a"}) {
    b = history.AddReplica();
    c = history.AddReplica();
    history.Write(a, "a", Enrol(history.key(b), {"b"}));
    history.Write(a, "a", Enrol(history.key(c), {"c"}));
    history.Write(a, "a", OpenAct(history, "a", 1, v1::ACT_KIND_ORIGINAL, &original));
    draft = history.Write(
        a, "a",
        Draft(original, {TermsElement("2024-01-01", "2028-12-31"), PartyElement("a", {"oa"}),
                         PartyElement("b", {"ob"}), PartyElement("c", {"oc"}),
                         ArticleElement("art-1", "un"), ArticleElement("art-2", "deux", "art-1")}));
    frozen = history.Write(a, "a", Freeze(original, {Leaf(draft)}, offices, "2024-01-01"));
    history.LearnAll();
  }

  Digest Leaf(History::Event event) const { return history.leaf(event); }

  // Everybody signs a revision, each at home, and learns of it.
  void SignByAll(History::Event revision, const std::string& date) {
    history.LearnAll();
    history.Write(a, "a", Sign(Leaf(revision), "oa", date));
    history.Write(b, "b", Sign(Leaf(revision), "ob", date));
    history.Write(c, "c", Sign(Leaf(revision), "oc", date));
    history.LearnAll();
  }

  // An avenant by one partner, frozen with `changes` on `bases`; not signed.
  History::Event Avenant(History::Author author, const std::string& partner, int request,
                         v1::Event changes, const std::string& effective_from,
                         const std::vector<Digest>& bases) {
    ActId act;
    history.Write(author, partner, OpenAct(history, partner, request, v1::ACT_KIND_AVENANT, &act));
    changes.mutable_changes_drafted()->set_act_id(act.ToBytes());
    const History::Event drafted = history.Write(author, partner, std::move(changes));
    return history.Write(author, partner,
                         Freeze(act, {Leaf(drafted)}, offices, effective_from, bases));
  }

  // A state with everything applied. Lives until the next call.
  const StateData& Data() {
    player_ = std::make_unique<HistoryPlayer>(history);
    player_->ApplyAll();
    return player_->state().data();
  }
  const ConventionState& State() {
    Data();
    return player_->state();
  }
  Conclusion ConclusionOf(History::Event revision) {
    const StateData& data = Data();
    return Conclude(data, data.FindRevision(Leaf(revision)));
  }
  bool Found(History::Event event, FindingCode code) {
    const StateData& data = Data();
    for (const FindingFact& fact : data.findings) {
      if (fact.event == data.FindEvent(Leaf(event)) && fact.code == code) return true;
    }
    return false;
  }
  bool Authorised(History::Event event) {
    const StateData& data = Data();
    return data.events[data.FindEvent(Leaf(event))].authorised;
  }

  History history;
  const History::Author a = 0;
  History::Author b = 0;
  History::Author c = 0;
  ActId original;
  History::Event draft = 0;
  History::Event frozen = 0;
  const std::map<std::string, std::string> offices{{"oa", "a"}, {"ob", "b"}, {"oc", "c"}};

 private:
  std::unique_ptr<HistoryPlayer> player_;
};

inline CivilDate Day(const std::string& text) { return *CivilDate::Parse(text, "day"); }

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_SCENARIO_H_
