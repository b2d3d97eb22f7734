#include "core/base/field_names.h"

#include "absl/strings/str_replace.h"
#include "core/base/refusals.h"

namespace greffe {

absl::Status NameFields(const absl::Status& status, const FieldNames& names) {
  if (status.ok()) return status;
  Refusal refusal = RefusalOf(status);
  for (std::string* text :
       {&refusal.field, &refusal.fr, &refusal.en, &refusal.next_fr, &refusal.next_en}) {
    absl::StrReplaceAll(names, text);
  }
  return InOtherWords(status, refusal);
}

}  // namespace greffe
