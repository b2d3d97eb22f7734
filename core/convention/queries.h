#ifndef GREFFE_CORE_CONVENTION_QUERIES_H_
#define GREFFE_CORE_CONVENTION_QUERIES_H_

#include <cstddef>
#include <limits>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "core/convention/convention.h"
#include "greffe/v1/act_service.pb.h"
#include "greffe/v1/attachment_service.pb.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/instrument.pb.h"
#include "greffe/v1/view.pb.h"

namespace greffe {

struct Successors;

// A state at a cut, with what the cut is called.
struct Known {
  const ConventionState& state;
  // Token of the cut.
  std::string cut;
  CivilDate in_force_on;
  CivilDate clock_date;
  const EventReader& read_event;
  // What was read of the conventions that renew this one, as of the same instant (renewal.h); null:
  // nobody looked.
  const Successors* successors = nullptr;
};

// Which part of a long list a caller wants. Items are numbered from 0; `within` numbers what one
// item consists of, where it may be cut. A part ends with `count` items, or with the one that makes
// it reach `bytes`, whichever comes first; it has at least one piece where there is one.
struct Part {
  std::size_t from = 0;
  std::size_t within = 0;
  std::size_t count = std::numeric_limits<std::size_t>::max();
  std::size_t bytes = std::numeric_limits<std::size_t>::max();
};
// Where the next part begins; absent after the last.
struct PartEnd {
  std::size_t from = 0;
  std::size_t within = 0;
};
template <typename View>
struct Parted {
  View view;
  std::optional<PartEnd> next;
};

// Views are repeatable: equal cuts, dates and requests give equal bytes (invariant 12). NOT_FOUND
// for an element or act that does not exist at the cut; DATA_LOSS from the reader.
absl::StatusOr<v1::ConventionView> ViewConvention(const Known& known, absl::string_view element_id);
struct StatusWanted {
  // Only the parties that the act waits for.
  bool blocking = false;
  // The act whose board is asked for, hex or a unique prefix of at least 6 digits; empty: of the
  // latest frozen one not concluded, else of the latest.
  std::string act_id = {};
};
absl::StatusOr<v1::StatusView> ViewStatus(const Known& known, const StatusWanted& wanted = {});
absl::StatusOr<v1::DiffView> ViewDiff(const Known& from, const Known& to);
// Entries, oldest first: the acts of the convention and the facts of its life as a whole; of one
// element the changes, follow-up and facts about it. OUT_OF_RANGE for a part beyond the end.
absl::StatusOr<Parted<v1::HistoryView>> ViewHistory(const Known& known,
                                                    absl::string_view element_id, const Part& part);
// All of them.
absl::StatusOr<v1::HistoryView> ViewHistory(const Known& known, absl::string_view element_id);
absl::StatusOr<v1::ConflictsView> ViewConflicts(const Known& known);
absl::StatusOr<v1::ListActsResponse> ViewActs(const Known& known);
// `act_id`: hex, or a unique prefix of at least 6 digits.
absl::StatusOr<v1::GetActResponse> ViewAct(const Known& known, absl::string_view act_id);
// The act as an avenant reads: its latest revision not taken back, else its draft.
// FAILED_PRECONDITION for an original, which amends nothing.
absl::StatusOr<v1::InstrumentView> ViewInstrument(const Known& known, absl::string_view act_id);
// Attachments named, oldest first; `here` and `context` are left for the caller.
v1::ListAttachmentsResponse ViewAttachments(const Known& known);
v1::ConventionSummary Summarise(const Known& known);
std::vector<v1::RosterEntryView> ViewRoster(const ConventionState& state);

// One event for people. `authorised` as the state found; true for one not applied.
v1::EventView DescribeEvent(const ConventionState& state, const v1::Event& event,
                            const Digest& leaf);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_QUERIES_H_
