#ifndef GREFFE_CORE_CONVENTION_VIEWS_ANNEXED_WORDS_H_
#define GREFFE_CORE_CONVENTION_VIEWS_ANNEXED_WORDS_H_

#include <vector>

#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// What a reserved annex shows of the délibérations that fill it (L-10), for documents and for the
// command line. Pure; thread safe.
namespace greffe {

// « Commune du Vallon : conseil municipal, n° 2025-12, séance du 12 mars 2025, 30 pour, 0 contre, 2
// abstentions ; publiée le …, reçue le … (accusé …) ; pièce « … », SHA-256 … »: the digest of the
// document that proves it, whole, for whoever holds a copy.
rules::Words SayAnnexed(const v1::AnnexedDeliberation& one);
// One for each; of a reserved annex without any, that none is on record. Nothing for other
// elements.
std::vector<rules::Words> SayAnnexedAll(const v1::ElementView& one);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_ANNEXED_WORDS_H_
