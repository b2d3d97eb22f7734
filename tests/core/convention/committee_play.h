#ifndef GREFFE_TESTS_CORE_CONVENTION_COMMITTEE_PLAY_H_
#define GREFFE_TESTS_CORE_CONVENTION_COMMITTEE_PLAY_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "core/convention/decide.h"
#include "core/convention/state/state.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

// The sample convention with a committee to which its own words leave something.
namespace greffe::testing_support {

inline constexpr char kClause[] = "Le calendrier des actions est à affiner chaque année.";

inline v1::Element Schedule(const std::string& to) {
  v1::Element out = SampleElement("act-1-sched");
  out.mutable_schedule()->set_to(to);
  return out;
}

inline v1::Element Steering(const std::vector<std::string>& co_chairs) {
  v1::Element out = SampleElement("body-1");
  for (const std::string& one : co_chairs) out.mutable_body()->add_co_chairs(one);
  return out;
}

inline v1::Element WithClause(v1::Element body, const std::string& clause = kClause) {
  body.mutable_body()->add_functions(clause);
  return body;
}

inline v1::Element Technical(const std::vector<std::string>& co_chairs) {
  v1::Element out = Steering(co_chairs);
  out.set_id("body-2");
  out.mutable_body()->set_name("Comité technique");
  out.mutable_body()->set_kind(v1::BODY_KIND_TECHNICAL);
  return out;
}

inline v1::Element Article(const std::string& body) {
  v1::Element out = SampleElement("art-1");
  out.mutable_article()->set_body(body);
  return out;
}

// The sample convention with elements of its own, and acts as decided here or written by others.
struct Deciding {
  SamplePlay play;
  std::string original;

  explicit Deciding(const std::vector<v1::Element>& elements) {
    for (const v1::Element& one : elements) Revise(one);
    original = play.ConcludeOriginal();
  }
  void Revise(const v1::Element& element) {
    v1::ReviseActRequest request;
    request.set_act_id(play.original());
    *request.add_changes() = Put(element);
    ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
  }
  std::string Propose(const std::vector<v1::Change>& changes,
                      v1::ActKind kind = v1::ACT_KIND_COMMITTEE_DECISION) {
    return play.Propose(changes, kind);
  }
  // Signatory ids that Greffe freezes the act for.
  std::vector<std::string> Frozen(const std::string& act, const std::string& from = "2026-01-01") {
    return SignatoriesOf(play.Freeze(act, from));
  }
  std::vector<std::string> SignatoriesOf(const std::string& revision) {
    const StateData& data = play.agglo().state().data();
    std::vector<std::string> out;
    for (const v1::Signatory& one : RevisionOf(revision).signatories) out.push_back(one.id());
    EXPECT_TRUE(RevisionOf(revision).valid) << data.revisions.size();
    return out;
  }
  const Revision& RevisionOf(const std::string& revision) {
    const StateData& data = play.agglo().state().data();
    return data.revisions[data.FindRevision(*Digest::FromHex(revision, "revision"))];
  }
  // Frozen for these signatories alone by whatever software; the revision in hex.
  std::string Wrote(const std::string& act,
                    const std::vector<std::pair<std::string, std::string>>& signs,
                    const std::string& from = "2026-01-01",
                    const std::vector<std::string>& bases = {}) {
    const StateData& data = play.agglo().state().data();
    const ActId id = *ActId::FromHex(act, "act_id");
    Decision decision;
    v1::RevisionFrozen* frozen = decision.events.emplace_back().mutable_revision_frozen();
    frozen->set_act_id(id.ToBytes());
    frozen->set_effective_from(from);
    for (const Digest& leaf : data.DraftLeaves(*data.FindAct(id))) {
      frozen->add_changes(leaf.ToBytes());
    }
    for (const std::string& base : bases) {
      frozen->add_base_revisions(absl::HexStringToBytes(base));
    }
    if (bases.empty()) frozen->add_base_revisions(absl::HexStringToBytes(original));
    for (const auto& [office, partner] : signs) {
      v1::Signatory* one = frozen->add_signatories();
      one->set_id(office);
      one->set_partner_id(partner);
    }
    return play.agglo().Write(decision, play.Coordinator()).front().ToHex();
  }
  bool Found(const std::string& revision, FindingCode code) {
    const StateData& data = play.agglo().state().data();
    return data.findings.contains({RevisionOf(revision).event, code, ""});
  }
  // Whether other replicas take such a freeze.
  bool Valid(const std::string& act, const std::vector<std::pair<std::string, std::string>>& signs,
             const std::string& from = "2026-01-01", const std::vector<std::string>& bases = {}) {
    const std::string revision = Wrote(act, signs, from, bases);
    play.net().SyncAll();
    EXPECT_EQ(RevisionOf(revision).valid, !Found(revision, FindingCode::kSignatoriesMissing));
    return RevisionOf(revision).valid;
  }
  // A fact of life by a partner, at its replica; nobody else learns of it.
  Digest Record(const std::string& partner, const v1::LifeRecorded& fact) {
    Decision record;
    record.events.push_back(test::Happened(fact));
    MiniReplica& at = partner == "caf" ? play.caf() : play.agglo();
    return at.Write(record, at.Context(partner, {v1::ROLE_SECRETARIAT})).front();
  }
};

using Signs = std::vector<std::pair<std::string, std::string>>;
inline const Signs kCoChairs = {{"caf-dir", "caf"}, {"caf-pres", "caf"}, {"president", "agglo"}};
inline const Signs kEverybody = {
    {"caf-dir", "caf"}, {"caf-pres", "caf"}, {"maire", "vallon"}, {"president", "agglo"}};
inline const auto kCoChairOffices = ::testing::ElementsAre("caf-dir", "caf-pres", "president");
inline const auto kAllOffices = ::testing::ElementsAre("caf-dir", "caf-pres", "maire", "president");

// A clause that nobody may go by, from that day on (L-40).
inline v1::LifeRecorded DeemedUnwritten(const std::string& clause, const std::string& from) {
  v1::LifeRecorded fact = test::Plain(v1::LifeRecorded::kClauseDeemedUnwritten, "2025-06-01");
  fact.set_element_id(clause);
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_RULE_OF_LAW);
  fact.mutable_clause_deemed_unwritten()->set_reference("CGCT");
  fact.mutable_clause_deemed_unwritten()->set_effective_from(from);
  return fact;
}

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_CORE_CONVENTION_COMMITTEE_PLAY_H_
