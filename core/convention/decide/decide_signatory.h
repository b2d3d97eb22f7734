#ifndef GREFFE_CORE_CONVENTION_DECIDE_DECIDE_SIGNATORY_H_
#define GREFFE_CORE_CONVENTION_DECIDE_DECIDE_SIGNATORY_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "core/convention/decide.h"
#include "core/convention/state/state.h"

// Which signatory of a frozen revision a user is. Private to core/convention.
namespace greffe {

struct WantedSignatory {
  const Revision* revision = nullptr;
  // SigningPartners of the revision.
  std::map<std::string, std::string> signing;
  // What happened is recorded by the party that it happened to, and by who has its place since.
  bool fact = false;
  // As given, may be empty.
  std::string signatory_id;
  // The user must hold the office: a secretariat records for every office of its partner.
  bool own_office = false;
  // In which a delegation is used: its holder signs for an office that is not the holder's own.
  std::string capacity = {};
};

// The signatory that the user is, or records for; it points into the revision. INVALID_ARGUMENT for
// one that does not exist or must be said, PERMISSION_DENIED for another partner's or office's.
absl::StatusOr<const v1::Signatory*> FindSignatory(const StateData& data,
                                                   const WantedSignatory& wanted,
                                                   const CommandContext& context);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_DECIDE_SIGNATORY_H_
