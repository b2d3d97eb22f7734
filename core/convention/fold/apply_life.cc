#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/base/limits.h"
#include "core/convention/elements/life_kinds.h"
#include "core/convention/fold/apply.h"
#include "core/convention/text/succession.h"

namespace greffe {
namespace {

// In code points this is at least the limit; only nonsense is longer.
constexpr std::size_t kWordBytes = 4 * limits::kTitleCharacters;

bool MayAnswer(const StateData& data, const LifeKind& kind, EventNumber named) {
  const auto life = data.life_by_event.find(named);
  if (life != data.life_by_event.end()) {
    return kind.answers.Has(static_cast<LifeCase>(data.life[life->second].kind));
  }
  return (kind.answers.HasDeliberation() && data.deliberation_by_event.count(named) > 0) ||
         (kind.answers.HasRevision() && data.revision_by_event.count(named) > 0);
}

// Records of the same kind by the same partner, or one whose place it has, that the author had
// received.
void Replace(const Applying& a, LifeFact* fact) {
  Speakers speakers(a.data, a.number);
  for (const std::string& leaf : a.event.life_recorded().replaces()) {
    const EventNumber named = a.Past(leaf);
    const auto found = a.data.life_by_event.find(named);
    if (found == a.data.life_by_event.end() || a.data.life[found->second].kind != fact->kind ||
        !speakers.SpeaksForAuthor(a.data.Text(a.partner), named)) {
      a.Find(FindingCode::kReplacesIneffective, a.event.life_recorded().element_id());
    } else if (a.row().authorised) {
      a.data.events[named].replaced = true;
      fact->replaces.push_back(named);
    }
  }
}

}  // namespace

void ApplyLife(const Applying& a) {
  const v1::LifeRecorded& life = a.event.life_recorded();
  // What newer software says may change what the rest means.
  if (!a.row().understood) return;
  const LifeKind* const kind = FindLifeKind(life.fact_case());
  const std::string detail = LifeDetail(life);
  const std::optional<CivilDate> day = a.Date(life.happened_on(), "happened_on");
  const std::vector<std::string> words = LifeWords(life);
  const bool long_words = words.size() > limits::kParties ||
                          std::any_of(words.begin(), words.end(), [](const std::string& one) {
                            return one.size() > kWordBytes;
                          });
  if (kind == nullptr || detail.size() > limits::kIdCharacters || long_words) {
    return a.Find(FindingCode::kMalformed, "fact");
  }
  if (life.element_id().empty() || life.element_id().size() > limits::kIdCharacters) {
    return a.Find(FindingCode::kMalformed, "element_id");
  }
  if (!day.has_value()) return a.Find(FindingCode::kMalformed, "happened_on");
  LifeFact fact;
  fact.event = a.number;
  fact.kind = static_cast<std::uint8_t>(kind->fact);
  fact.variant = static_cast<std::uint8_t>(LifeVariant(life));
  fact.day = *day;
  fact.evidence = a.Hash(life.evidence_digest(), "evidence_digest").has_value();
  fact.element = a.data.InternText(life.element_id());
  fact.detail = a.data.InternText(detail);
  for (const std::string& one : words) fact.words.push_back(a.data.InternText(one));
  const EventNumber named = life.answers().empty() ? kNone : a.Past(life.answers());
  if (named != kNone && MayAnswer(a.data, *kind, named)) {
    fact.answers = named;
  } else if (kind->must_answer || !life.answers().empty()) {
    a.Find(FindingCode::kAnswersIneffective, kind->name);
  }
  Replace(a, &fact);
  a.data.life_by_event[a.number] = static_cast<std::uint32_t>(a.data.life.size());
  a.data.life.push_back(std::move(fact));
}

}  // namespace greffe
