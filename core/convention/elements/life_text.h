#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_LIFE_TEXT_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_LIFE_TEXT_H_

#include <functional>
#include <string>

#include "core/rules/registry.h"
#include "greffe/v1/life.pb.h"

namespace greffe {

// « mise en demeure envoyée le 31 octobre 2025 », « évaluation annuelle 2025 rendue le 3 mai 2026
// (Axe 1) »: what a fact says, without its author and without a full stop. `element` is what it is
// about, in words; `name` names a partner. Private to core/convention.
rules::Words LifeText(const v1::LifeRecorded& life, const std::string& element,
                      const std::function<std::string(const std::string& partner_id)>& name);

// « mise en demeure », « dénonciation »; « évaluation annuelle 2025 »: kinds in words.
std::string FrenchName(v1::NoticeKind kind);
std::string EnglishName(v1::NoticeKind kind);
std::string FrenchName(v1::EvaluationKind kind);
std::string EnglishName(v1::EvaluationKind kind);
std::string FrenchName(v1::ChallengeKind kind);
std::string EnglishName(v1::ChallengeKind kind);
std::string FrenchName(v1::ReviewVerdict verdict);
std::string EnglishName(v1::ReviewVerdict verdict);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_LIFE_TEXT_H_
