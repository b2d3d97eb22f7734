#ifndef GREFFE_TESTS_SCENARIOS_LANGUAGE_H_
#define GREFFE_TESTS_SCENARIOS_LANGUAGE_H_

#include <functional>
#include <regex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "greffe/v1/life_service.pb.h"
#include "tests/scenarios/world.h"

// The sentences of scenarios and what they mean (README.md beside). Private to the runner.
namespace greffe::scenario {

using Words = std::smatch;

// Something that happens. Its refusal by a rule is a status that names the rule.
struct Sentence {
  // Whole sentence without date and full stop; `{…}` stands for what is named in README.md.
  const char* form;
  std::function<absl::Status(World&, const Words&)> act;
};

// What a replica answers about one date, as known on another.
struct Answer {
  v1::StatusView status;
  v1::ConventionView convention;
  v1::LifeView life;
  v1::DeadlinesView deadlines;
};

// Something that must be so. FAILED_PRECONDITION saying what is instead.
struct Phrase {
  std::string form;
  std::function<absl::Status(const Answer&, const Words&)> check;
};

const std::vector<Sentence>& Steps();
const std::vector<Sentence>& LifeSteps();
const std::vector<Phrase>& Phrases();
const std::vector<Phrase>& LifePhrases();

// A form as an expression: {DATE}, {HEURE}, {N}, {TEXTE} (without its « »), {QUI}, {CHEZ} and
// {SIGNATAIRE} stand for one group each.
std::regex Expression(const std::string& form);

// Named in a sentence with whatever article: « de la CAF », « au département ».
Who WhoIn(const std::string& words);
CivilDate DayIn(const std::string& date);

}  // namespace greffe::scenario

#endif  // GREFFE_TESTS_SCENARIOS_LANGUAGE_H_
