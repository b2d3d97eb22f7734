#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_ORIGIN_WORDS_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_ORIGIN_WORDS_H_

#include <string>

#include "core/rules/registry.h"
#include "greffe/v1/reply.pb.h"

// How people name the act that put a clause, with the day of its conclusion and its articles, as
// consolidated texts of law do: « modifié par l'avenant n° 2 du 14 mars 2025, article 3 ». Pure;
// thread safe.
namespace greffe {

// « l'avenant n° 1 du 14 mars 2025, articles 3 et 4 », « la convention du 4 novembre 2024 », in
// French: what stands after « par ». Empty for an act without a label.
std::string OriginAct(const v1::Origin& origin);
// The same for a list, without « l' » or « la »; in English "avenant n° 1 of 14 March 2025,
// articles 3 and 4".
rules::Words OriginWords(const v1::Origin& origin);
// Two origins that read alike: one revision, and the same of its articles.
bool SameOrigin(const v1::Origin& one, const v1::Origin& other);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_ORIGIN_WORDS_H_
