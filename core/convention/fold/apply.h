#ifndef GREFFE_CORE_CONVENTION_FOLD_APPLY_H_
#define GREFFE_CORE_CONVENTION_FOLD_APPLY_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "greffe/v1/event.pb.h"

// How each family of events becomes facts. For the files of core/convention alone.
//
// Rules that make any two causal orders agree: a fact looks only at events in its own causal past,
// never at what else is applied; flags on earlier facts only go up; whatever does not fit leaves a
// finding that depends on the event and its past alone.

namespace greffe {

// One event being applied. Its row and its causality are already in `data`.
struct Applying {
  StateData& data;
  EventNumber number;
  const v1::Event& event;
  ReplicaNumber author;
  TextNumber partner;

  EventRow& row() const { return data.events[number]; }
  void Find(FindingCode code, absl::string_view detail = "") const {
    data.AddFinding(number, code, detail);
  }
  // The event named by a leaf, when it is strictly in this one's past; else kNone.
  EventNumber Past(absl::string_view leaf) const;
  // Takes the authority back, with a finding.
  void Deny(FindingCode code, absl::string_view detail) const;
  // Parses a date; a finding and nothing when it is malformed. Empty is nothing without a finding.
  std::optional<CivilDate> Date(absl::string_view text, absl::string_view field) const;
  // 32 bytes; a finding and nothing when it has another length. Empty is nothing.
  std::optional<Digest> Hash(absl::string_view bytes, absl::string_view field) const;
  // True when a withdrawal of the revision that counts is in this event's past; with a finding.
  bool SawWithdrawal(RevisionNumber revision) const;
  // The revision named, when it is known and seen; else kNone with a finding.
  RevisionNumber RevisionOf(absl::string_view leaf) const;
};

// Puts an event's facts into the state. The causality of the event is appended already.
void ApplyFacts(StateData& data, const ApplicableEvent& applicable);

void ApplyOpening(const Applying& a);
void ApplyRosterEntry(const Applying& a);
void ApplyActOpened(const Applying& a);
void ApplyChanges(const Applying& a);
void ApplyFreeze(const Applying& a);
void ApplyWithdrawal(const Applying& a);
void ApplySignature(const Applying& a);
void ApplyRefusal(const Applying& a);
void ApplyRetraction(const Applying& a);
void ApplyDeliberation(const Applying& a);
void ApplyPaperStatement(const Applying& a);
void ApplyAttestation(const Applying& a);
void ApplyAttachment(const Applying& a);
void ApplyFollowUp(const Applying& a);
void ApplyLife(const Applying& a);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_FOLD_APPLY_H_
