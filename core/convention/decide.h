#ifndef GREFFE_CORE_CONVENTION_DECIDE_H_
#define GREFFE_CORE_CONVENTION_DECIDE_H_

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/convention/convention.h"
#include "greffe/v1/act_service.pb.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/attachment_service.pb.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/follow_up_service.pb.h"
#include "greffe/v1/life_service.pb.h"

namespace greffe {

// Who commands, when, having read what.
struct CommandContext {
  ReplicaId replica;
  // The user's partner: the replica acts for it.
  std::string partner_id;
  std::string office;
  std::vector<v1::Role> roles;
  RequestId request;
  CivilDate today;
  // The same moment to the minute: tells the order of what happened today. Its day in Paris is
  // `today`, or it says nothing.
  Instant now;
  // The cut that the user read, found in this store; absent: none given.
  std::optional<std::vector<LocalPoint>> read_cut;
  // 32 random bytes for the salt of a sealed value.
  std::string salt;
  // For commands that look into stored follow-up.
  EventReader read_event;
};

// What a command writes.
struct Decision {
  // Only `payload` is set; the sequencer fills the rest.
  std::vector<v1::Event> events;
  std::vector<v1::SealedValue> sealed;
  // Called for each event in order, before it is serialised, with the leaf hashes of those before
  // it in this decision: an event can name one that the same command writes. May be empty. Sizes
  // stay as they are.
  std::function<void(std::span<const Digest> before, v1::Event* event)> complete;
};

// Each Decide is pure: the same state, request and context give the same answer. INVALID_ARGUMENT
// "field: got X, want Y"; FAILED_PRECONDITION starting with the rule id; ABORTED with both values;
// PERMISSION_DENIED naming the role or partner. Messages are French sentences (kFrench) for people.
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::ProposeActRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::ReviseActRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::FreezeActRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::SignActRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::RecordSignatureRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::AttestActRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::AddAttachmentRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::RefuseActRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::WithdrawActRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::RecordDeliberationRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::ReportProgressRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::RecordMeasurementRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::RecordMeetingRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::LinkPredecessorRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::CorrectFactRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::RecordFactRequest&,
                                const CommandContext&);
absl::StatusOr<Decision> Decide(const ConventionState&, const v1::SettleConflictRequest&,
                                const CommandContext&);

// A replica of the roster to be, as the commanding replica knows it.
struct RosterCandidate {
  PublicKey key;
  std::string name;
  std::vector<std::string> partner_ids;
};

// Opens a convention: event 0, roster entries for the candidates that act for its parties, the
// original act and its changes. `state` is empty; `nonce` is the one its id derives from.
// FAILED_PRECONDITION (rule "partner-claimed-twice") when two of them, or one and this replica, say
// that they act for one party and the request does not say which one does: who reads the convention
// in its name is for people to say. Rules "replica-choice" and "peer" for what it says wrongly.
absl::StatusOr<Decision> DecideCreate(const ConventionState& state,
                                      const v1::CreateConventionRequest&, const CommandContext&,
                                      absl::string_view nonce, const PublicKey& own_key,
                                      std::span<const std::string> own_partners,
                                      std::span<const RosterCandidate> candidates);
// Brings a peer's replica into the roster for those of its partners that are parties. For a partner
// that has no replica there yet, refuses like DecideCreate what this replica (`own_partners`) or
// another of `peers` claims too, unless the request chooses this one for it.
absl::StatusOr<Decision> DecideShare(const ConventionState& state, const CommandContext&,
                                     const RosterCandidate& candidate,
                                     std::span<const std::string> own_partners = {},
                                     std::span<const RosterCandidate> peers = {},
                                     const v1::ShareConventionRequest& request = {});

// Fills what the answer says beyond its receipt, from the state after the command.
// `leaves` are the leaf hashes of the events written, in order.
void FillAnswer(const ConventionState& after, const v1::ProposeActRequest&,
                std::span<const Digest> leaves, v1::ProposeActResponse*);
void FillAnswer(const ConventionState& after, const v1::FreezeActRequest&,
                std::span<const Digest> leaves, v1::FreezeActResponse*);
void FillAnswer(const ConventionState& after, const v1::SignActRequest&,
                std::span<const Digest> leaves, v1::SignActResponse*);
void FillAnswer(const ConventionState& after, const v1::RecordSignatureRequest&,
                std::span<const Digest> leaves, v1::RecordSignatureResponse*);
void FillAnswer(const ConventionState& after, const v1::AttestActRequest&,
                std::span<const Digest> leaves, v1::AttestActResponse*);
void FillAnswer(const ConventionState& after, const v1::AddAttachmentRequest&,
                std::span<const Digest> leaves, v1::AddAttachmentResponse*);
void FillAnswer(const ConventionState& after, const v1::RecordDeliberationRequest&,
                std::span<const Digest> leaves, v1::RecordDeliberationResponse*);
void FillAnswer(const ConventionState& after, const v1::CreateConventionRequest&,
                std::span<const Digest> leaves, v1::CreateConventionResponse*);
void FillAnswer(const ConventionState& after, const v1::RecordFactRequest&,
                std::span<const Digest> leaves, v1::RecordFactResponse*);
void FillAnswer(const ConventionState& after, const v1::ReportProgressRequest&,
                std::span<const Digest> leaves, v1::ReportProgressResponse*);
void FillAnswer(const ConventionState& after, const v1::RecordMeasurementRequest&,
                std::span<const Digest> leaves, v1::RecordMeasurementResponse*);
void FillAnswer(const ConventionState& after, const v1::RecordMeetingRequest&,
                std::span<const Digest> leaves, v1::RecordMeetingResponse*);
void FillAnswer(const ConventionState& after, const v1::LinkPredecessorRequest&,
                std::span<const Digest> leaves, v1::LinkPredecessorResponse*);
void FillAnswer(const ConventionState& after, const v1::CorrectFactRequest&,
                std::span<const Digest> leaves, v1::CorrectFactResponse*);
// The commands that answer with a receipt alone.
template <typename Request, typename Response>
void FillAnswer(const ConventionState&, const Request&, std::span<const Digest>, Response*) {}

// All problems of a draft, in order; empty when it may enter.
std::vector<v1::DraftProblem> CheckDraft(const v1::ConventionDraft& draft);
std::vector<v1::DraftProblem> CheckDraft(const ConventionState& state, const v1::ActDraft& draft);
// Of a revision's changes; empty for an act that is not known, which Decide refuses.
std::vector<v1::DraftProblem> CheckDraft(const ConventionState& state,
                                         const v1::ReviseActRequest& request);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_H_
