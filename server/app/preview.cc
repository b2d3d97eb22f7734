#include "server/app/preview.h"

#include <limits>
#include <span>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/base/refusals.h"
#include "core/convention/checks/freeze_outlook.h"
#include "core/convention/decide_citing.h"
#include "core/convention/views/queries_life.h"

namespace greffe {
namespace {

// A refusal's sentence begins with its field; in a list the field stands beside it.
void AddProblem(const Refusal& refusal, v1::DraftProblem* problem) {
  const auto without_field = [&](const std::string& text, const char* colon) {
    return std::string(absl::StripPrefix(text, absl::StrCat(refusal.field, colon)));
  };
  problem->set_field(refusal.field);
  problem->set_rule(refusal.rule);
  problem->set_text(without_field(refusal.fr, " : "));
  problem->set_text_en(without_field(refusal.en, ": "));
  problem->set_next_step(refusal.next_fr);
  problem->set_next_step_en(refusal.next_en);
}

// A draft's own fault becomes a line of the list; anything else stays a refusal.
template <typename Response>
absl::Status Explain(const absl::Status& refused, Response* response) {
  if (refused.ok()) return refused;
  if (!absl::IsInvalidArgument(refused) && !absl::IsFailedPrecondition(refused) &&
      !absl::IsAborted(refused)) {
    return refused;
  }
  AddProblem(RefusalOf(refused), response->add_problems());
  for (const Refusal& more : FurtherOf(refused)) AddProblem(more, response->add_problems());
  return absl::OkStatus();
}

// Fills the answer that the command would have: its first event is applied to a copy that is thrown
// away, on a branch of its own, by an author who has seen everything.
template <typename Request, typename Response>
void AnswerAsIf(const ConventionState& state, const Request& request, const CommandContext& context,
                v1::Event* event, Response* response) {
  constexpr FeedNumber kFeed = std::numeric_limits<FeedNumber>::max();
  const std::vector<LocalPoint> seen = state.Tips();
  ConventionState after(state);
  after.AddBranch(FeedBranch{kFeed, context.replica, std::nullopt, 0});
  event->set_format(1);
  event->set_convention_id(state.id().ToBytes());
  event->set_replica_id(context.replica.ToBytes());
  event->mutable_actor()->set_partner_id(context.partner_id);
  event->set_request_id(context.request.ToBytes());
  const Digest leaf = LeafHash(event->SerializeAsString());
  after.Apply(ApplicableEvent{EventPosition{kFeed, 0}, leaf, seen, event});
  FillAnswer(after, request, std::span(&leaf, 1), response);
}

template <typename Response>
bool AddProblems(std::vector<v1::DraftProblem> problems, Response* response) {
  for (v1::DraftProblem& problem : problems) *response->add_problems() = std::move(problem);
  return response->problems_size() > 0;
}

}  // namespace

absl::Status PreviewCreate(const v1::CreateConventionRequest& request,
                           const CommandContext& context, const Founding& founding,
                           v1::CreateConventionResponse* response) {
  if (AddProblems(CheckDraft(request.draft()), response)) return absl::OkStatus();
  ConventionState state(DeriveConventionId(context.replica, founding.nonce));
  auto decision = DecideCreate(state, request, context, founding.nonce, founding.own_key,
                               founding.own_partners, founding.candidates);
  if (!decision.ok()) return Explain(decision.status(), response);

  // Applied to a state that is thrown away, so that the counts are those of the real thing.
  constexpr FeedNumber kFeed = 1;
  state.AddBranch(FeedBranch{kFeed, context.replica, std::nullopt, 0});
  std::vector<Digest> leaves;
  for (v1::Event& event : decision->events) {
    event.set_format(1);
    event.set_convention_id(state.id().ToBytes());
    event.set_replica_id(context.replica.ToBytes());
    event.set_sequence(leaves.size());
    event.mutable_actor()->set_partner_id(context.partner_id);
    event.set_request_id(context.request.ToBytes());
    if (decision->complete) decision->complete(leaves, &event);
    leaves.push_back(LeafHash(event.SerializeAsString()));
    state.Apply(
        ApplicableEvent{EventPosition{kFeed, leaves.size() - 1}, leaves.back(), {}, &event});
  }
  FillAnswer(state, request, leaves, response);
  NameSharers(state, context.replica, response);
  const FreezeOutlook outlook = OutlookOf(request.draft(), context.today);
  response->mutable_freeze_refuses()->Add(outlook.refused.begin(), outlook.refused.end());
  response->mutable_freeze_asks()->Add(outlook.asked.begin(), outlook.asked.end());
  // Nothing of this exists: no act, no receipt.
  response->clear_act_id();
  response->clear_receipt();
  return absl::OkStatus();
}

absl::Status PreviewChange(const ConventionState& state, const v1::ProposeActRequest& request,
                           const CommandContext& context, v1::ProposeActResponse* response) {
  if (AddProblems(CheckDraft(state, request.draft()), response)) return absl::OkStatus();
  const absl::Status decided = DecideCiting(state, request, context).status();
  if (!decided.ok()) return Explain(decided, response);
  AddProblems(AgreedEndOutlook(state, request.draft()), response);
  AddProblems(CommitteeOutlook(state, request.draft(), context.today), response);
  return decided;
}

absl::Status PreviewChange(const ConventionState& state, const v1::ReviseActRequest& request,
                           const CommandContext& context, v1::ReviseActResponse* response) {
  if (AddProblems(CheckDraft(state, request), response)) return absl::OkStatus();
  return Explain(DecideCiting(state, request, context).status(), response);
}

absl::Status PreviewChange(const ConventionState& state, const v1::FreezeActRequest& request,
                           const CommandContext& context, v1::FreezeActResponse* response) {
  auto decision = DecideCiting(state, request, context);
  if (!decision.ok()) {
    response->set_confirm(RefusalOf(decision.status()).confirm);
    return Explain(decision.status(), response);
  }
  AnswerAsIf(state, request, context, &decision->events.front(), response);
  // Nothing of this exists: nobody can sign it.
  response->clear_revision();
  return absl::OkStatus();
}

absl::Status PreviewChange(const ConventionState& state, const v1::RecordFactRequest& request,
                           const CommandContext& context, v1::RecordFactResponse* response) {
  auto decision = DecideCiting(state, request, context);
  if (!decision.ok()) return Explain(decision.status(), response);
  v1::Event& event = decision->events.front();
  AnswerAsIf(state, request, context, &event, response);
  *response->mutable_would_record() = event.life_recorded();
  for (v1::LifeLabel& one : LabelsOf(state, event.life_recorded())) {
    *response->add_labels() = std::move(one);
  }
  // Nothing of this exists: nobody can answer it. What is found about events on record names them.
  const std::string own = response->fact();
  response->clear_fact();
  for (v1::Finding& finding : *response->mutable_findings()) {
    if (finding.leaf() == own) finding.clear_leaf();
  }
  return absl::OkStatus();
}

void NameSharers(const ConventionState& state, const ReplicaId& self,
                 v1::CreateConventionResponse* response) {
  response->clear_shared_with();
  for (const RosterEntry& entry : state.Roster()) {
    if (entry.replica != self) response->add_shared_with(entry.name);
  }
}

}  // namespace greffe
