#include "bench/support/history.h"

#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/rocks_event_store.h"

namespace greffe::bench {

Instant HostClock::Now() const { return Instant{absl::ToUnixMicros(absl::Now())}; }

CivilDate HostClock::Today() const {
  return CivilDate{static_cast<std::int32_t>(absl::ToUnixSeconds(absl::Now()) / 86400)};
}

void BenchReplica::Require(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "bench: %s\n", status.ToString().c_str());
  std::abort();
}

std::unique_ptr<BenchReplica> BenchReplica::Open(const std::string& dir, const std::string& seed32,
                                                 const std::string& name,
                                                 std::vector<std::string> partners,
                                                 std::vector<RosterCandidate> peers) {
  std::unique_ptr<BenchReplica> out(new BenchReplica);
  out->key_ = SigningKey::FromSeed(seed32).value();
  auto store = RocksEventStore::Open({.path = dir});
  Require(store.status());
  out->store_ = *std::move(store);
  ReplicaOptions options;
  options.store = out->store_.get();
  options.key = out->key_.get();
  options.clock = &out->clock_;
  options.random = [state = seed32, n = std::uint64_t{0}](std::size_t count) mutable {
    std::string bytes;
    while (bytes.size() < count) bytes += Sha256({state, absl::StrCat(n++)}).ToBytes();
    return bytes.substr(0, count);
  };
  options.name = name;
  options.own_partners = [partners] {
    std::vector<v1::PartnerCard> cards;
    for (const std::string& id : partners) {
      cards.emplace_back().set_partner_id(id);
      cards.back().set_name(id);
    }
    return cards;
  };
  options.peers = [peers] { return peers; };
  auto replica = Replica::Open(std::move(options));
  Require(replica.status());
  out->replica_ = *std::move(replica);
  return out;
}

UserCall BenchReplica::User(const std::string& partner) const {
  UserCall call;
  call.user = "bench";
  call.partner_id = partner;
  call.office = "bench";
  call.roles = {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT, v1::ROLE_READER,
                v1::ROLE_AUDITOR,     v1::ROLE_SIGNATORY,   v1::ROLE_ADMIN};
  return call;
}

RequestId BenchReplica::NextRequest() {
  RequestId out;
  const Digest digest = Sha256({"bench", key_->public_key().view(), absl::StrCat(requests_++)});
  std::copy_n(digest.bytes.begin(), RequestId::kSize, out.bytes.begin());
  return out;
}

namespace {

v1::Deliberation SoundVote(const std::string& revision_hex) {
  v1::Deliberation out;
  out.set_assembly("conseil");
  out.set_number("1");
  out.set_sitting_on("2025-01-06");
  out.set_revision(absl::HexStringToBytes(revision_hex));
  out.set_members_in_office(15);
  out.set_members_present(12);
  out.set_votes_for(12);
  out.set_approves_text(true);
  out.set_authorises_signature(true);
  out.set_published_on("2025-01-08");
  out.set_received_on("2025-01-09");
  return out;
}

}  // namespace

void Conclude(BenchReplica& replica, const v1::ConventionDraft& draft,
              const v1::CreateConventionResponse& created) {
  v1::FreezeActRequest freeze;
  freeze.set_convention_id(created.receipt().convention_id());
  freeze.set_act_id(created.act_id());
  const auto frozen = replica.Freeze(PartnersOf(draft)[0], freeze);
  bool concluded = false;
  for (const auto& element : draft.elements()) {
    // Nobody signs before the assembly has voted (L-08).
    if (element.party().deliberates()) {
      v1::RecordDeliberationRequest vote;
      vote.set_convention_id(freeze.convention_id());
      *vote.mutable_deliberation() = SoundVote(frozen.revision());
      replica.Do(element.party().partner_id(), vote);
    }
    for (const auto& office : element.party().signing_offices()) {
      UserCall call = replica.User(element.party().partner_id());
      call.office = office.office();
      v1::SignActRequest sign;
      sign.set_convention_id(freeze.convention_id());
      sign.set_act_id(created.act_id());
      sign.set_revision(frozen.revision());
      sign.set_signatory_id(office.id());
      concluded = replica.DoAs(call, sign).concluded();
    }
  }
  if (!concluded) BenchReplica::Require(absl::InternalError("signed by all and not concluded"));
}

v1::ConventionDraft ReadDraft(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  v1::ConventionDraft draft;
  const auto status = google::protobuf::util::JsonStringToMessage(text.str(), &draft);
  if (!status.ok() || draft.elements().empty()) {
    BenchReplica::Require(absl::NotFoundError(absl::StrCat(path, " is no draft")));
  }
  return draft;
}

std::vector<std::string> PartnersOf(const v1::ConventionDraft& draft) {
  std::vector<std::string> out;
  for (const auto& element : draft.elements()) {
    if (element.has_party()) out.push_back(element.party().partner_id());
  }
  return out;
}

std::string FirstElement(const v1::ConventionDraft& draft, v1::Element::ContentCase content) {
  for (const auto& element : draft.elements()) {
    if (element.content_case() == content) return element.id();
  }
  BenchReplica::Require(absl::NotFoundError("no such element"));
  return "";
}

v1::RecordMeasurementRequest Measurement(const std::string& convention, const std::string& element,
                                         std::uint64_t number) {
  v1::RecordMeasurementRequest request;
  request.set_convention_id(convention);
  request.mutable_measurement()->set_element_id(element);
  // Each number is a period of its own, so that values pile up without conflict.
  const std::uint64_t year = 1000 + number / 12 % 9000;
  request.mutable_measurement()->set_period(
      absl::StrCat(year, number % 12 < 9 ? "-0" : "-", 1 + number % 12));
  request.mutable_measurement()->set_value(absl::StrCat(number));
  request.mutable_measurement()->set_source(std::string(180, 's'));
  return request;
}

void Fill(BenchReplica& replica, const std::string& partner, const std::string& convention,
          const std::vector<std::string>& elements, std::uint64_t count) {
  if (count > kPeriods * elements.size()) {
    BenchReplica::Require(absl::InvalidArgumentError("more measurements than there are periods"));
  }
  const UserCall call = replica.User(partner);
  std::uint64_t answered = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    v1::RecordMeasurementRequest request =
        Measurement(convention, elements[i / kPeriods], i % kPeriods);
    request.set_request_id(replica.NextRequest().ToBytes());
    replica.replica().Submit(call, std::move(request),
                             [&](absl::StatusOr<v1::RecordMeasurementResponse> answer) {
                               BenchReplica::Require(answer.status());
                               ++answered;
                             });
    if (i % 256 == 255) {
      while (replica.replica().RunOnce()) {
      }
    }
  }
  while (replica.replica().RunOnce()) {
  }
  if (answered != count) BenchReplica::Require(absl::InternalError("commands without an answer"));
}

}  // namespace greffe::bench
