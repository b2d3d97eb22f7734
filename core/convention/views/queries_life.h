#ifndef GREFFE_CORE_CONVENTION_VIEWS_QUERIES_LIFE_H_
#define GREFFE_CORE_CONVENTION_VIEWS_QUERIES_LIFE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/convention/queries.h"
#include "greffe/v1/life_service.pb.h"

namespace greffe {

// The life of a convention and its deadlines, repeatable like the views of queries.h. States of
// deadlines and standings of threads are those of known.clock_date; parties, bodies and the term
// those of the text on known.in_force_on.

// Threads about one element, or all, and the findings about the facts shown. An answer of a thread
// is what a thread consists of: one too long for a part goes on in the next, its opening again and
// then the answers that follow. NOT_FOUND for an element that does not exist at the cut;
// OUT_OF_RANGE for a part beyond the end; DATA_LOSS from the reader.
absl::StatusOr<Parted<v1::LifeView>> ViewLife(const Known& known, absl::string_view element_id,
                                              const Part& part);
// All of them.
absl::StatusOr<v1::LifeView> ViewLife(const Known& known, absl::string_view element_id);

// What people call what a fact names by its id, by id; recorded or not. What is unknown has none.
std::vector<v1::LifeLabel> LabelsOf(const ConventionState& state, const v1::LifeRecorded& fact);

struct DeadlinesWanted {
  // Last day looked at; absent: the end of the term, when the text says one.
  std::optional<CivilDate> until;
  // Only what this partner, or everybody, must act on; empty: all.
  std::string partner_id;
  // Of these: what is to be met within so many days of the clock date or is late; what is late
  // alone. Either way also what cannot be computed, which may be due any day.
  std::optional<std::uint32_t> within_days;
  bool late = false;
  // Of these: what the rules named give, in capitals; empty: all.
  std::set<std::string> rules;

  // True when some are picked out: then the end of the term is no bound.
  bool picks() const { return within_days.has_value() || late || !rules.empty(); }
};
// INVALID_ARGUMENT, naming the parties, when `wanted` names a partner that is none of them.
absl::Status CheckWanted(const Known& known, const DeadlinesWanted& wanted);
v1::DeadlinesView ViewDeadlines(const Known& known, const DeadlinesWanted& wanted = {});

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_QUERIES_LIFE_H_
