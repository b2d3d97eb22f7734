#ifndef GREFFE_CORE_CONVENTION_DELEGATION_H_
#define GREFFE_CORE_CONVENTION_DELEGATION_H_

#include "absl/status/status.h"
#include "core/convention/decide.h"
#include "core/convention/state.h"

// Who signs for an office in another's capacity (L-04). Private to core/convention.
namespace greffe {

// Puts the capacity and the delegation named into the signature, which bears its office and date.
// INVALID_ARGUMENT for one that is no delegation on record of the user's partner,
// FAILED_PRECONDITION (L-04) for one that does not allow the signature. DATA_LOSS from the reader.
absl::Status SetCapacity(const StateData& data, const v1::SignActRequest& request,
                         const CommandContext& context, v1::SignatureGiven* given);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DELEGATION_H_
