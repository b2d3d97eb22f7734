#include "core/convention/reading/repeated.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/convention/elements/life_kinds.h"
#include "core/convention/state/order.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

constexpr LifeCase kOnce[] = {Life::kNoticeReceived, Life::kDenunciationRetracted,
                              Life::kEvaluationValidated};

// What makes two records of a kind one fact; what says nothing of that is left empty.
using OnceKey = std::tuple<CivilDate, std::string, std::string>;
OnceKey KeyOf(LifeCase kind, CivilDate day, const std::string& detail, const std::string& partner) {
  switch (kind) {
    case Life::kNoticeReceived:
      return {day, "", partner};
    case Life::kEvaluationValidated:
      return {kNoDay, detail, ""};
    default:
      return {kNoDay, "", partner};
  }
}

OnceKey KeyOf(const StateData& data, const LifeFact& fact) {
  return KeyOf(static_cast<LifeCase>(fact.kind), fact.day, data.Text(fact.detail),
               data.PartnerOf(fact.event));
}

bool StandsAsConsultation(const StateData& data, const LifeFact& fact) {
  const EventRow& row = data.events[fact.event];
  return fact.kind == Life::kCommitteeConsulted && row.authorised && !row.replaced;
}

}  // namespace

std::vector<RepeatedFact> RepeatedIn(const StateData& data, const LifeBook& book,
                                     const LifeLine& line) {
  std::vector<RepeatedFact> out;
  for (const LifeCase kind : kOnce) {
    std::vector<const LifeFact*> facts = book.Standing(line, kind);
    if (facts.size() < 2) continue;
    std::sort(facts.begin(), facts.end(), [&](const LifeFact* a, const LifeFact* b) {
      return Before(data, a->event, b->event);
    });
    std::map<OnceKey, const LifeFact*> known;
    for (const LifeFact* fact : facts) {
      const auto [at, first] = known.emplace(KeyOf(data, *fact), fact);
      if (!first) out.push_back({fact, at->second});
    }
  }
  return out;
}

std::vector<RepeatedFact> RepeatedConsultations(const StateData& data) {
  std::vector<const LifeFact*> facts;
  for (const LifeFact& fact : data.life) {
    if (StandsAsConsultation(data, fact)) facts.push_back(&fact);
  }
  std::sort(facts.begin(), facts.end(),
            [&](const LifeFact* a, const LifeFact* b) { return Before(data, a->event, b->event); });
  std::vector<RepeatedFact> out;
  std::map<std::tuple<EventNumber, TextNumber, CivilDate>, const LifeFact*> known;
  for (const LifeFact* fact : facts) {
    const auto [at, first] =
        known.emplace(std::tuple(fact->answers, fact->detail, fact->day), fact);
    if (!first) out.push_back({fact, at->second});
  }
  return out;
}

const LifeFact* ConsultedAlready(const StateData& data, const v1::LifeRecorded& fact) {
  if (fact.fact_case() != Life::kCommitteeConsulted) return nullptr;
  const EventNumber text = data.FindEvent(fact.answers());
  for (const LifeFact& one : data.life) {
    if (StandsAsConsultation(data, one) && one.answers == text &&
        data.Text(one.detail) == LifeDetail(fact) && one.day.ToString() == fact.happened_on()) {
      return &one;
    }
  }
  return nullptr;
}

const LifeFact* RecordedAlready(const StateData& data, const LifeBook& book, const LifeLine& line,
                                const v1::LifeRecorded& fact, const std::string& partner) {
  const auto day = CivilDate::TryParse(fact.happened_on());
  for (const LifeCase kind : kOnce) {
    if (kind != fact.fact_case() || !day.has_value()) continue;
    const OnceKey key = KeyOf(kind, *day, LifeDetail(fact), partner);
    for (const LifeFact* other : book.Standing(line, kind)) {
      if (KeyOf(data, *other) == key) return other;
    }
  }
  return nullptr;
}

}  // namespace greffe
