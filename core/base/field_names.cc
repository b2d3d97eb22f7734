#include "core/base/field_names.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_replace.h"
#include "core/base/refusal.h"

namespace greffe {

absl::Status NameFields(const absl::Status& status, const FieldNames& names) {
  if (status.ok()) return status;
  Refusal refusal = RefusalOf(status);
  for (std::string* text :
       {&refusal.field, &refusal.fr, &refusal.en, &refusal.next_fr, &refusal.next_en}) {
    absl::StrReplaceAll(names, text);
  }
  absl::Status out = ToStatus(refusal);
  status.ForEachPayload([&out](absl::string_view url, const absl::Cord& payload) {
    if (!out.GetPayload(url).has_value()) out.SetPayload(url, payload);
  });
  return out;
}

}  // namespace greffe
