#include "core/convention/checks/conflicts.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "core/base/digest.h"
#include "core/convention/checks/rivals.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/follow_up.h"

namespace greffe {
namespace {

// Short enough to type; two among a convention's handful of conflicts never meet by chance.
constexpr std::size_t kIdDigits = 12;

std::string IdOf(absl::string_view kind, absl::string_view element, absl::string_view detail) {
  const absl::string_view zero("\0", 1);
  return Sha256({"greffe/v1/conflict", zero, kind, zero, element, zero, detail})
      .ToHex()
      .substr(0, kIdDigits);
}

void AddDrafts(const StateData& data, const ActId& id, const ActFacts& act,
               std::vector<Conflict>* out) {
  std::map<std::string, std::vector<const DraftChange*>> by_element;
  for (const DraftChange* change : data.CurrentDraft(act)) {
    by_element[data.Text(change->element)].push_back(change);
  }
  for (auto& [element, changes] : by_element) {
    if (changes.size() < 2) continue;
    Conflict& conflict = out->emplace_back();
    conflict.kind = ConflictKind::kDraft;
    conflict.id = DraftConflictId(id, element);
    conflict.element_id = element;
    conflict.act = id;
    conflict.drafts = std::move(changes);
  }
}

}  // namespace

std::string DraftConflictId(const ActId& act, const std::string& element_id) {
  return IdOf("draft", element_id, act.ToHex());
}

std::vector<Conflict> OpenConflicts(const StateData& data, const ConsolidatedText& text) {
  std::vector<Conflict> out;
  for (const PlacedElement& clash : text.clashes) {
    if (text.project) break;
    Conflict& conflict = out.emplace_back();
    conflict.kind = ConflictKind::kClash;
    conflict.element_id = std::string(clash.id);
    conflict.id = IdOf("clash", conflict.element_id, "");
    conflict.sides = clash.sides;
  }
  for (std::uint32_t i = 0; i < data.subjects.size(); ++i) {
    const FollowUpSubject& subject = data.subjects[i];
    if (subject.events.size() < 2) continue;
    std::vector<EventNumber> values = CurrentValues(data, i);
    if (values.size() < 2) continue;
    Conflict& conflict = out.emplace_back();
    conflict.kind = ConflictKind::kFollowUp;
    conflict.element_id = data.Text(subject.element);
    conflict.period = data.Text(subject.period);
    conflict.id = IdOf(absl::StrCat("follow-up-", static_cast<int>(subject.payload)),
                       conflict.element_id, conflict.period);
    conflict.values = std::move(values);
  }
  for (const auto& [id, act] : data.acts) {
    if (StandingOf(data, act) != v1::ACT_STANDING_CONCLUDED) AddDrafts(data, id, act, &out);
  }
  for (Rivalry& rivalry : RivalriesIn(data)) {
    Conflict& conflict = out.emplace_back();
    conflict.kind = ConflictKind::kRivals;
    conflict.id = IdOf("rivals", rivalry.element_id, "");
    conflict.element_id = std::move(rivalry.element_id);
    conflict.drafts = std::move(rivalry.changes);
    conflict.draft_acts = std::move(rivalry.of_change);
  }
  std::sort(out.begin(), out.end(), [](const Conflict& a, const Conflict& b) {
    return std::tie(a.kind, a.element_id, a.period, a.id) <
           std::tie(b.kind, b.element_id, b.period, b.id);
  });
  return out;
}

}  // namespace greffe
