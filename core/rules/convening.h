#ifndef GREFFE_CORE_RULES_CONVENING_H_
#define GREFFE_CORE_RULES_CONVENING_H_

#include "absl/strings/string_view.h"

// What the remark on a vote says of how the assembly was convened. Pure. Private to core/rules.
namespace greffe::rules {

// CGCT art. L. 2121-17: convened a second time, the assembly decides whoever is there. No field
// says it, the remark does: « votée sur seconde convocation », « seconde convocation du 17 juin ».
// False for what denies it, asks, or names a second convening otherwise (« une seconde convocation
// est nécessaire »); in doubt false, since people then look at the quorum.
bool OnSecondConvening(absl::string_view remark);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_CONVENING_H_
