// Events come from peers. Apply is total: whatever the bytes, the state goes on and its canonical
// form is the same from a snapshot.
#include <google/protobuf/stubs/logging.h>

#include <cstdlib>

#include "core/convention/convention.h"
#include "greffe/v1/event.pb.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using greffe::v1::Event;

constexpr char kPublicKey[] = "0123456789abcdef0123456789abcdef";

greffe::ReplicaId Founder() {
  return greffe::ReplicaIdOf(*greffe::PublicKey::FromBytes(std::string(kPublicKey, 32), "key"));
}

Event Header(std::uint64_t sequence) {
  Event event;
  event.set_format(1);
  event.set_convention_id(greffe::DeriveConventionId(Founder(), std::string(16, 'n')).ToBytes());
  event.set_replica_id(Founder().ToBytes());
  event.set_sequence(sequence);
  event.mutable_recorded_at()->set_seconds(1700000000 + static_cast<std::int64_t>(sequence));
  event.mutable_actor()->set_partner_id("caf-47");
  event.mutable_actor()->set_person_id(std::string(16, 'p'));
  event.set_request_id(std::string(16, 'r'));
  return event;
}

Event Opened() {
  Event event = Header(0);
  event.mutable_convention_opened()->set_nonce(std::string(16, 'n'));
  event.mutable_convention_opened()->set_public_key(kPublicKey);
  event.mutable_convention_opened()->add_partner_ids("caf-47");
  return event;
}

void ApplyNext(greffe::ConventionState& state, const Event& event, absl::string_view bytes) {
  const greffe::EventPosition at{1, state.applied(1)};
  state.Apply({.at = at, .leaf = greffe::LeafHash(bytes), .seen = {}, .event = &event});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Event event;
  if (!event.ParseFromString(bytes)) return 0;
  greffe::ConventionState state(greffe::DeriveConventionId(Founder(), std::string(16, 'n')));
  state.AddBranch({.number = 1, .replica = Founder()});
  const Event opened = Opened();
  ApplyNext(state, opened, opened.SerializeAsString());
  ApplyNext(state, event, bytes);
  const auto again = greffe::ConventionState::FromSnapshot(state.Snapshot());
  if (!again.ok() || again->CanonicalBytes() != state.CanonicalBytes()) std::abort();
  return 0;
}

std::vector<std::string> Seeds() {
  // Broken strings are the point here; protobuf would report each.
  google::protobuf::SetLogHandler(nullptr);
  std::vector<Event> events = {Opened()};
  events.push_back(Header(1));
  events.back().mutable_act_opened()->set_act_id(std::string(16, 'a'));
  events.back().mutable_act_opened()->set_kind(greffe::v1::ACT_KIND_ORIGINAL);
  events.back().mutable_act_opened()->set_title("CTG");
  events.push_back(Header(1));
  auto* changes = events.back().mutable_changes_drafted();
  changes->set_act_id(std::string(16, 'a'));
  changes->add_changes()->mutable_put()->set_id("terms");
  changes->mutable_changes(0)->mutable_put()->mutable_terms()->set_start_date("2025-01-01");
  events.push_back(Header(1));
  events.back().mutable_revision_frozen()->set_act_id(std::string(16, 'a'));
  events.back().mutable_revision_frozen()->add_changes(std::string(32, 'c'));
  events.back().mutable_revision_frozen()->add_signatories()->set_id("president");
  events.push_back(Header(1));
  events.back().mutable_signature_given()->set_revision(std::string(32, 'v'));
  events.back().mutable_signature_given()->set_signatory_id("president");
  events.push_back(Header(1));
  events.back().mutable_roster_entry_set()->set_public_key(std::string(32, 'q'));
  events.back().mutable_roster_entry_set()->add_partner_ids("astaffort");
  events.push_back(Header(1));
  events.back().mutable_indicator_measured()->set_element_id("i-1");
  events.back().mutable_indicator_measured()->add_replaces(std::string(32, 'l'));
  events.push_back(Header(1));
  events.back().mutable_deliberation_recorded()->mutable_deliberation()->set_partner_id("caf-47");
  std::vector<std::string> seeds;
  for (const Event& event : events) seeds.push_back(event.SerializeAsString());
  return seeds;
}
