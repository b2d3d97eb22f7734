#ifndef GREFFE_CORE_CONVENTION_SUMMARY_TAIL_H_
#define GREFFE_CORE_CONVENTION_SUMMARY_TAIL_H_

#include <string>

#include "absl/strings/string_view.h"

// What Greffe adds to the sentence on an event. Sentences are in French in every answer, so that it
// is the same for all; who reads in English has these tails in English. Pure; thread safe.
namespace greffe {

// « Enregistré à la réplique « X » pour le compte de la Commune d'Y. », after a space.
std::string RecordedForTail(absl::string_view replica, absl::string_view partner);
// « Valeur de la Caf de X, retenue parmi 2. », after a space.
std::string KeptFromTail(absl::string_view partner, std::size_t values);

// The sentence with those tails in English: “Recorded at the replica “X” for Commune d'Y.”
std::string TailsInEnglish(absl::string_view summary);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_SUMMARY_TAIL_H_
