#ifndef GREFFE_CORE_CONVENTION_READING_FREEZE_SIGNATORIES_H_
#define GREFFE_CORE_CONVENTION_READING_FREEZE_SIGNATORIES_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "core/convention/text/text_in_making.h"

// Who signs what is frozen. Private to core/convention.
namespace greffe {

// Every office that signs for a party, before the act or after it: nobody enters, leaves or is
// changed without signing. Who succeeded a party by law signs in its place (L-60). `on`: the day
// whose offices are named, so that a new holder is (class C); absent: as the texts say. Of a
// committee decision the offices of `deciders` alone.
// FAILED_PRECONDITION where two parties would sign under one id: neither could ever conclude.
absl::StatusOr<std::vector<v1::Signatory>> SignatoriesOf(const StateData& data,
                                                         const TextInMaking& after,
                                                         const std::vector<RevisionNumber>& bases,
                                                         std::optional<CivilDate> on,
                                                         const std::set<std::string>& deciders);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_FREEZE_SIGNATORIES_H_
