#ifndef GREFFE_BENCH_SUPPORT_HISTORY_H_
#define GREFFE_BENCH_SUPPORT_HISTORY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/signature.h"
#include "core/base/time.h"
#include "greffe/v1/draft.pb.h"
#include "server/app/replica.h"
#include "storage/event_store.h"

namespace greffe::bench {

// The host's clock; dates in UTC, which benchmarks do not mind.
class HostClock final : public Clock {
 public:
  Instant Now() const override;
  CivilDate Today() const override;
};

// A replica over a store on disk, without gRPC. Its random bytes are seeded: ids repeat.
class BenchReplica final {
 public:
  // `partners` are those it acts for; peers are those it knows when it opens a convention.
  static std::unique_ptr<BenchReplica> Open(const std::string& dir, const std::string& seed32,
                                            const std::string& name,
                                            std::vector<std::string> partners,
                                            std::vector<RosterCandidate> peers = {});

  Replica& replica() { return *replica_; }
  EventStore& store() { return *store_; }
  const SigningKey& key() const { return *key_; }
  UserCall User(const std::string& partner) const;
  RequestId NextRequest();

  // Submits and steps until it is answered. Aborts the benchmark when it is refused.
  template <typename Request>
  ResponseOf<Request> Do(const std::string& partner, Request request) {
    return DoAs(User(partner), std::move(request));
  }
  // Confirms what the freeze asks.
  v1::FreezeActResponse Freeze(const std::string& partner, v1::FreezeActRequest freeze) {
    freeze.set_dry_run(true);
    freeze.set_confirmed(Do(partner, freeze).confirm());
    freeze.set_dry_run(false);
    return Do(partner, std::move(freeze));
  }
  template <typename Request>
  ResponseOf<Request> DoAs(const UserCall& call, Request request) {
    request.set_request_id(NextRequest().ToBytes());
    absl::StatusOr<ResponseOf<Request>> out = absl::UnknownError("unanswered");
    replica_->Submit(call, std::move(request),
                     [&](absl::StatusOr<ResponseOf<Request>> answer) { out = std::move(answer); });
    while (replica_->RunOnce()) {
    }
    Require(out.status());
    return *std::move(out);
  }

  static void Require(const absl::Status& status);

 private:
  BenchReplica() = default;
  HostClock clock_;
  std::unique_ptr<SigningKey> key_;
  std::unique_ptr<EventStore> store_;
  std::unique_ptr<Replica> replica_;
  std::uint64_t requests_ = 0;
};

// Freezes the original act and signs it for every office of the draft: the convention is concluded.
void Conclude(BenchReplica& replica, const v1::ConventionDraft& draft,
              const v1::CreateConventionResponse& created);

// A draft in protobuf JSON.
v1::ConventionDraft ReadDraft(const std::string& path);
// Ids of partners of a draft's parties.
std::vector<std::string> PartnersOf(const v1::ConventionDraft& draft);
// Id of the first element with the given content.
std::string FirstElement(const v1::ConventionDraft& draft, v1::Element::ContentCase content);

// Months of the years 1000 to 1999, by which Measurement tells values of one element apart: past
// ones, which alone may be measured.
inline constexpr std::uint64_t kPeriods = 12'000;

// A measurement event's request whose event is about 400 bytes long. `number`: of its period, from
// January 1000 on.
v1::RecordMeasurementRequest Measurement(const std::string& convention, const std::string& element,
                                         std::uint64_t number);

// Records `count` measurements in one convention, many to a commit: kPeriods of each element at
// most, one element after the other.
void Fill(BenchReplica& replica, const std::string& partner, const std::string& convention,
          const std::vector<std::string>& elements, std::uint64_t count);

}  // namespace greffe::bench

#endif  // GREFFE_BENCH_SUPPORT_HISTORY_H_
