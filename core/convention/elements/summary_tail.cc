#include "core/convention/elements/summary_tail.h"

#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"

namespace greffe {

rules::Words RecordedForTail(absl::string_view replica, absl::string_view partner) {
  return {absl::StrCat(" Enregistré à la réplique « ", replica, " » pour le compte ",
                       OfParty(partner), "."),
          absl::StrCat(" Recorded at the replica “", replica, "” for ", partner, ".")};
}

rules::Words KeptFromTail(absl::string_view partner, std::size_t values) {
  return {absl::StrCat(" Valeur ", OfParty(partner), ", retenue parmi ", values, "."),
          absl::StrCat(" The value of ", partner, ", kept among ", values, ".")};
}

rules::Words UnverifiedTail(v1::SignatureKind kind) {
  if (kind != v1::SIGNATURE_KIND_OUTSIDE_FILE) return {};
  return {" (fichier que Greffe ne vérifie pas)", " (a file that Greffe does not verify)"};
}

}  // namespace greffe
