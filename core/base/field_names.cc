#include "core/base/field_names.h"

#include <utility>

#include "absl/strings/str_replace.h"
#include "core/base/refusals.h"

namespace greffe {
namespace {

Refusal Named(Refusal refusal, const FieldNames& names) {
  for (std::string* text :
       {&refusal.field, &refusal.fr, &refusal.en, &refusal.next_fr, &refusal.next_en}) {
    absl::StrReplaceAll(names, text);
  }
  return refusal;
}

}  // namespace

absl::Status NameFields(const absl::Status& status, const FieldNames& names) {
  if (status.ok()) return status;
  std::vector<Refusal> further = FurtherOf(status);
  for (Refusal& one : further) one = Named(std::move(one), names);
  return WithFurther(InOtherWords(status, Named(RefusalOf(status), names)), further);
}

}  // namespace greffe
