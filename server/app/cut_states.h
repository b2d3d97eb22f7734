#ifndef GREFFE_SERVER_APP_CUT_STATES_H_
#define GREFFE_SERVER_APP_CUT_STATES_H_

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "core/convention/convention.h"
#include "core/convention/queries.h"
#include "greffe/v1/view.pb.h"
#include "server/app/hosts.h"
#include "storage/event_store.h"

namespace greffe {

// Finds a cut of a host in its feeds. FAILED_PRECONDITION rule `cut-not-applied` naming the replica
// whose events are missing. The caller holds host.mutex.
absl::StatusOr<std::vector<LocalPoint>> ResolveCut(const ConventionHost& host, const v1::Cut& cut,
                                                   const std::string& field);

// States at cuts: the live one, or one folded for the read and kept for the next. Thread safe.
class CutStates final {
 public:
  CutStates(const EventStore& store, const Clock& clock, Hosts* hosts, std::size_t bytes_max);

  // One point to be read, and where the request says so.
  struct Wanted {
    const v1::ReadAt* at = nullptr;
    std::string field;
  };

  // Calls `read` with the convention at each of the points wanted. A live state is read under its
  // lock. An instant may be a date, which is the end of that day in Paris. INVALID_ARGUMENT for
  // dates and instants; FAILED_PRECONDITION (rule "not-known-yet") where nothing was known or
  // recorded by then; codes of Hosts::Read and ResolveCut.
  absl::Status Read(const ConventionId& id, const std::vector<Wanted>& wanted,
                    const std::function<absl::Status(const std::vector<Known>&)>& read);
  // The same for one point.
  absl::Status ReadOne(const ConventionId& id, const v1::ReadAt& at,
                       const std::function<absl::Status(const Known&)>& read);

 private:
  struct AtCut {
    std::shared_ptr<const ConventionState> state;
    std::string token;
    std::size_t bytes = 0;
  };
  // What a fold needs of a host, so that it holds no lock.
  struct Base {
    ConventionRow row;
    std::vector<FeedRow> feeds;
  };

  // Where to read: `past`, or the live state, which must then have `token` unless that is empty.
  struct Plan {
    std::shared_ptr<const AtCut> past;
    std::string token;
    CivilDate in_force_on;
    CivilDate clock_date;
  };

  absl::StatusOr<Plan> Prepare(const ConventionId& id, const Wanted& wanted);
  std::shared_ptr<const AtCut> Find(const std::string& key);
  void Keep(const std::string& key, std::shared_ptr<const AtCut> at);
  absl::StatusOr<std::shared_ptr<const AtCut>> Finish(const Base& base, ConventionState state);
  // The state after the arrivals [0, arrival).
  absl::StatusOr<std::shared_ptr<const AtCut>> AtArrival(const Base& base, std::uint64_t arrival);
  absl::StatusOr<std::shared_ptr<const AtCut>> AtPoints(const Base& base,
                                                        const std::vector<LocalPoint>& points,
                                                        const std::string& token,
                                                        const std::string& field);
  absl::StatusOr<std::shared_ptr<const AtCut>> RecordedBy(const Base& base, Instant instant);
  absl::StatusOr<std::uint64_t> ArrivalsBy(const Base& base, Instant instant) const;

  const EventStore& store_;
  const Clock& clock_;
  Hosts* const hosts_;
  const std::size_t bytes_max_;

  absl::Mutex mutex_;
  std::map<std::string, std::pair<std::shared_ptr<const AtCut>, std::list<std::string>::iterator>>
      cache_ ABSL_GUARDED_BY(mutex_);
  std::list<std::string> used_ ABSL_GUARDED_BY(mutex_);
  std::size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_CUT_STATES_H_
