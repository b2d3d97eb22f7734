#ifndef GREFFE_TESTS_CORE_CONVENTION_SIGNING_PLAY_H_
#define GREFFE_TESTS_CORE_CONVENTION_SIGNING_PLAY_H_

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

// One party's vote as a test wants it, then its signature.
namespace greffe::test {

// The original frozen; Vallon's vote as a test wants it, then its mayor signs on 30 June 2025.
struct Signing {
  testing_support::SamplePlay play;
  std::string act = play.original();
  std::string revision = play.Freeze(act);
  Digest vote;

  void Vote(const std::function<void(v1::Deliberation*)>& change) { VoteOn(revision, change); }
  void VoteOn(const std::string& on, const std::function<void(v1::Deliberation*)>& change) {
    v1::RecordDeliberationRequest request;
    *request.mutable_deliberation() = testing_support::SoundDeliberation("vallon", on);
    change(request.mutable_deliberation());
    std::vector<Digest> leaves;
    ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon"), &leaves));
    vote = leaves.front();
  }
  void Correct(const std::function<void(v1::Deliberation*)>& change) {
    v1::RecordDeliberationRequest request;
    *request.mutable_deliberation() = testing_support::SoundDeliberation("vallon", revision);
    change(request.mutable_deliberation());
    request.add_replaces(vote.ToHex());
    request.set_reason("chiffres de la pièce");
    ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon")));
  }
  void SignOnPaper(const std::string& signed_on) {
    v1::RecordSignatureRequest paper;
    paper.set_act_id(act);
    paper.set_revision(revision);
    paper.set_signed_on(signed_on);
    paper.set_scan_digest(std::string(64, 'a'));
    ASSERT_OK(play.agglo().Do(paper, play.Secretariat("vallon")));
  }
  bool IsFlagged(const std::string& code, v1::FindingSeverity severity) {
    const v1::StatusView view = ViewStatus(play.agglo().At("2025-06-30")).value();
    return std::any_of(view.findings().begin(), view.findings().end(), [&](const auto& one) {
      return one.code() == code && one.severity() == severity;
    });
  }
  // The party says what became of its last vote.
  void Challenge(v1::ChallengeKind kind) {
    v1::RecordFactRequest request;
    request.mutable_fact()->set_happened_on("2025-06-29");
    request.mutable_fact()->set_answers(vote.ToBytes());
    request.mutable_fact()->mutable_deliberation_challenged()->set_kind(kind);
    ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon")));
  }

  absl::StatusOr<Decision> Sign(const std::string& at = "2025-06-30T08:30:00Z") {
    v1::SignActRequest request;
    request.set_act_id(act);
    request.set_revision(revision);
    CommandContext context = play.Signatory("vallon", "Maire");
    context.now = *Instant::Parse(at, "now");
    return Decide(play.agglo().state(), request, context);
  }
};

// The assembly sat again; all that follows from its vote came that very day.
inline std::function<void(v1::Deliberation*)> SatAgain(const std::string& on) {
  return [on](v1::Deliberation* vote) {
    vote->set_number(absl::StrCat("2025-", on));
    vote->set_sitting_on(on);
    vote->set_published_on(on);
    vote->set_received_on(on);
    vote->clear_receipt_id();
  };
}
inline std::function<void(v1::Deliberation*)> SaysNo(const std::string& on) {
  return [on](v1::Deliberation* vote) {
    SatAgain(on)(vote);
    vote->set_votes_for(3);
    vote->set_votes_against(10);
    vote->set_approves_text(false);
  };
}

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_SIGNING_PLAY_H_
