#include "tests/scenarios/record.h"

#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "core/convention/decide.h"

namespace greffe::scenario {

using Life = v1::LifeRecorded;

absl::Status Record(World& world, Who who, Life fact, const std::string& name) {
  v1::RecordFactRequest request;
  *request.mutable_fact() = std::move(fact);
  request.mutable_fact()->set_happened_on(world.today().ToString());
  std::vector<Digest> leaves;
  RETURN_IF_ERROR(world.Do(who, request, &leaves));
  if (!name.empty()) world.facts[name] = {.who = who, .leaf = leaves.front().ToBytes()};
  return absl::OkStatus();
}

absl::Status AnswerTo(World& world, Who who, Life fact, const std::string& name) {
  const auto found = world.facts.find(name);
  if (found == world.facts.end()) return absl::InvalidArgumentError("pas encore de " + name);
  fact.set_answers(found->second.leaf);
  return Record(world, who, std::move(fact), "");
}

absl::Status AnswerToOwn(World& world, Life fact, const std::string& name) {
  const auto found = world.facts.find(name);
  const Who who = found == world.facts.end() ? Who::kCommune : found->second.who;
  return AnswerTo(world, who, std::move(fact), name);
}

}  // namespace greffe::scenario
