#ifndef GREFFE_TESTS_SCENARIOS_LANGUAGE_H_
#define GREFFE_TESTS_SCENARIOS_LANGUAGE_H_

#include <functional>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
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
  // The board of those alone whom the act waits for.
  v1::StatusView blocking;
  // What changed since another date, as known at the same moment.
  std::function<absl::StatusOr<v1::DiffView>(CivilDate)> since;
  v1::ConventionView convention;
  v1::LifeView life;
  v1::DeadlinesView deadlines;
  v1::HistoryView history;
  v1::ConflictsView conflicts;
  v1::ListAttachmentsResponse attachments;
  // True when an event that the replica holds today has these bytes in it.
  std::function<bool(const std::string&)> has_in_events;
  // World::pieces.
  std::map<std::string, std::string> pieces;
};

// Something that must be so. FAILED_PRECONDITION saying what is instead.
struct Phrase {
  std::string form;
  std::function<absl::Status(const Answer&, const Words&)> check;
};

const std::vector<Sentence>& Steps();
const std::vector<Sentence>& LifeSteps();
const std::vector<Sentence>& FollowSteps();
const std::vector<Sentence>& ReviewSteps();
const std::vector<Sentence>& FileSteps();
const std::vector<Phrase>& Phrases();
const std::vector<Phrase>& LifePhrases();
const std::vector<Phrase>& FollowPhrases();
const std::vector<Phrase>& FilePhrases();
const std::vector<Phrase>& ExportPhrases();

// A form as an expression: {DATE}, {HEURE}, {N}, {TEXTE} (without its « »), {QUI}, {SIGNATAIRE},
// {VALEUR}, {PÉRIODE}, {AVANCEMENT} and {COMITÉ} stand for one group each.
std::regex Expression(const std::string& form);

// Named in a sentence with whatever article: « de la CAF », « au département ».
Who WhoIn(const std::string& words);
// Of a sentence: what must be so, or what is instead.
absl::Status Want(bool right, absl::string_view instead);
// « le texte » is the original; « l'avenant de la CAF » its own; otherwise the last frozen.
// INVALID_ARGUMENT for one that is not there.
absl::StatusOr<PlayedAct*> ActIn(World& world, const std::string& words);
// « en cours », « terminée »…; « comité », « comité technique ».
v1::ProgressState ProgressIn(const std::string& words);
std::string BodyIn(const std::string& words);
CivilDate DayIn(const std::string& date);

}  // namespace greffe::scenario

#endif  // GREFFE_TESTS_SCENARIOS_LANGUAGE_H_
