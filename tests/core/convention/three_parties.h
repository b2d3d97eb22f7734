#ifndef GREFFE_TESTS_CORE_CONVENTION_THREE_PARTIES_H_
#define GREFFE_TESTS_CORE_CONVENTION_THREE_PARTIES_H_

#include <string>
#include <utility>
#include <vector>

#include "core/convention/checks/life_check.h"
#include "core/convention/decide.h"
#include "core/convention/reading/ended.h"
#include "core/convention/views/life_standing.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

// A convention of three partners that is in force, and what happens to it.
namespace greffe::test {

inline std::vector<std::string> Codes(const std::vector<v1::Finding>& findings) {
  std::vector<std::string> out;
  for (const v1::Finding& finding : findings) out.push_back(finding.code());
  return out;
}

// Three partners a, b, c, concluded on 1 February 2024 by everybody.
struct ThreeParties {
  Scenario play;

  explicit ThreeParties(const std::string& signed_on = "2024-02-01") {
    play.SignByAll(play.frozen, signed_on);
  }

  History::Author Of(const std::string& partner) {
    return partner == "a" ? play.a : partner == "b" ? play.b : play.c;
  }
  // Recorded whatever it breaks, as by a peer, and known everywhere.
  Digest Write(const std::string& partner, v1::LifeRecorded fact) {
    const auto event = play.history.Write(Of(partner), partner, Happened(std::move(fact)));
    play.history.LearnAll();
    return play.Leaf(event);
  }
  void Receive(const std::string& partner, const Digest& notice, const std::string& day) {
    Write(partner, Answering(Plain(v1::LifeRecorded::kNoticeReceived, day), notice));
  }
  Digest Terminate(const std::string& partner, const Digest& answers, const std::string& day,
                   v1::TerminationGround ground = v1::TERMINATION_GROUND_FRUITLESS_NOTICE) {
    v1::LifeRecorded fact = Answering(Plain(v1::LifeRecorded::kTerminationDeclared, day), answers);
    fact.mutable_termination_declared()->set_ground(ground);
    return Write(partner, std::move(fact));
  }
  // An avenant of `a` that removes the party of `partner`, signed by all three.
  void Leave(const std::string& partner, int request, const std::string& effective_from) {
    ActId act;
    auto& history = play.history;
    history.Write(play.a, "a", OpenAct(history, "a", request, v1::ACT_KIND_AVENANT, &act));
    const auto drafted = history.Write(play.a, "a", Remove(act, "partie-" + partner));
    const auto frozen = history.Write(play.a, "a",
                                      Freeze(act, {history.leaf(drafted)}, play.offices,
                                             effective_from, {history.leaf(play.frozen)}));
    play.SignByAll(frozen, "2024-03-01");
  }
  // An avenant of `a` with these elements, signed by all three before any end.
  History::Event Amend(int request, const std::vector<v1::Element>& put,
                       const std::string& effective_from) {
    const auto amended = play.Avenant(play.a, "a", request, Draft(play.original, put),
                                      effective_from, {play.Leaf(play.frozen)});
    play.SignByAll(amended, "2024-04-01");
    return amended;
  }
  // What is said on a date of what ended it: standing and last day.
  v1::ConventionStanding On(const char* day) {
    const StateData& data = play.Data();
    const ConsolidatedText text = TextInForce(data, Day(day));
    return StandingOn(data, LifeBook(data, text, Day(day)), text, Day(day));
  }
  std::vector<v1::Finding> All(const char* day) {
    const StateData& data = play.Data();
    const ConsolidatedText text = TextInForce(data, Day(day));
    return LifeFindings(data, PartyBook(data), LifeBook(data, text, Day(day)), text, Day(day));
  }
  std::vector<std::string> Findings(const char* day) { return Codes(All(day)); }
  // What is said of one fact under one code.
  std::vector<std::string> Said(const Digest& fact, const char* code, const char* day) {
    std::vector<std::string> out;
    for (const v1::Finding& one : All(day)) {
      if (one.leaf() == fact.ToHex() && one.code() == code) out.push_back(one.text());
    }
    return out;
  }
};

inline v1::LifeRecorded Denunciation(const std::string& day, const std::string& to) {
  return Notice(v1::NOTICE_KIND_DENUNCIATION, day, {to});
}

// An avenant that prolongs the term, concluded by all in March 2026.
inline void Prolong(ThreeParties* life, const std::string& effective_from,
                    const std::string& last) {
  auto& play = life->play;
  const auto frozen =
      play.Avenant(play.a, "a", 9, Draft(play.original, {TermsElement("2024-01-01", last)}),
                   effective_from, {play.Leaf(play.frozen)});
  play.SignByAll(frozen, "2026-03-01");
}

inline CommandContext ContextOf(ThreeParties* life, const std::string& partner, const char* today) {
  CommandContext context;
  context.replica = life->play.history.replica(life->Of(partner));
  context.partner_id = partner;
  context.roles = {v1::ROLE_SIGNATORY};
  context.today = Day(today);
  return context;
}

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_THREE_PARTIES_H_
