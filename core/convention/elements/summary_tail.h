#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_SUMMARY_TAIL_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_SUMMARY_TAIL_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "core/rules/registry.h"

// What Greffe adds to the sentence on an event, after a space. Pure; thread safe. Private to
// core/convention.
namespace greffe {

// « Enregistré à la réplique « X » pour le compte de la Commune d'Y. »
rules::Words RecordedForTail(absl::string_view replica, absl::string_view partner);
// « Valeur de la Caf de X, retenue parmi 2. »
rules::Words KeptFromTail(absl::string_view partner, std::size_t values);
// « (fichier que Greffe ne vérifie pas) » of a signature in an outside file; empty for others.
rules::Words UnverifiedTail(v1::SignatureKind kind);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_SUMMARY_TAIL_H_
