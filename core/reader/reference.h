// Mentions of other parts: « annexe 3 », « articles 4 et 5 », « fiche I.B. 2 », « action D2 ».
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_REFERENCE_H_
#define GREFFE_CORE_READER_REFERENCE_H_

#include <vector>

#include "core/reader/model.h"

namespace greffe::reader {

// Every mention in the texts of `convention`, resolved against its own articles, annexes, axes and
// actions. Tolerant: spaces, small letters, a missing axis (that of the action that mentions), « I »
// for « 1 » at the end. `target` is empty where nothing is meant by it here. Articles of codes and
// laws (« article 30 du Rgpd ») are no mentions.
std::vector<Reference> FindReferences(const Convention& convention);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_REFERENCE_H_
