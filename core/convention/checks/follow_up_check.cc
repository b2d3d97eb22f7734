#include "core/convention/checks/follow_up_check.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/checks/to_come.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/clause.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/follow_up_form.h"
#include "core/convention/state/finding.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/element_lookup.h"

namespace greffe {
namespace {

using Payload = v1::Event::PayloadCase;

// No text concluded ends earlier, nor did anything end it earlier: most days on record
// are not later, and need no more than this one comparison.
std::optional<CivilDate> EarliestEnd(const StateData& data, const EndingFacts& ending) {
  std::optional<CivilDate> out;
  const auto take = [&](const std::optional<CivilDate>& day) {
    if (day.has_value() && (!out.has_value() || *day < *out)) out = day;
  };
  if (ending.ending.has_value()) take(ending.ending->last_day);
  for (RevisionNumber number = 0; number < data.revisions.size(); ++number) {
    if (!IsConcluded(data, number)) continue;
    const Revision& revision = data.revisions[number];
    const ActFacts& act = data.acts.at(revision.act);
    for (const std::uint32_t at : revision.content) {
      const v1::Element* const put = act.changes[at].put.get();
      if (put != nullptr && put->has_terms()) take(CivilDate::TryParse(put->terms().end_date()));
    }
  }
  return out;
}

// Something on record may have ended the convention before that day, whether it did or not: a
// command asks this of every record, and nearly all are of a day long before.
bool MayBeOver(const StateData& data, CivilDate day) {
  // A mise en demeure ends nothing by itself.
  const bool ends = std::any_of(data.life.begin(), data.life.end(), [](const LifeFact& one) {
    return one.kind == v1::LifeRecorded::kTerminationDeclared ||
           (one.kind == v1::LifeRecorded::kNoticeSent &&
            one.variant == v1::NOTICE_KIND_DENUNCIATION);
  });
  if (ends) return true;
  for (const auto& [id, act] : data.acts) {
    for (const DraftChange& change : act.changes) {
      if (change.put == nullptr || !change.put->has_terms()) continue;
      const auto last = CivilDate::TryParse(change.put->terms().end_date());
      if (last.has_value() && *last < day) return true;
    }
  }
  return false;
}

absl::string_view FieldOf(Payload payload) {
  return payload == Payload::kProgressReported    ? "progress.as_of"
         : payload == Payload::kIndicatorMeasured ? "measurement.period"
                                                  : "meeting.held_on";
}

// An event on record of a day that the end of the convention came before; without an end, of one
// that was to come when it was recorded.
struct Late {
  EventNumber event;
  std::optional<rules::End> end;
};

std::vector<Late> FindToCome(const StateData& data,
                             const absl::flat_hash_set<absl::string_view>* scope) {
  std::vector<Late> out;
  for (EventNumber event = 0; event < data.events.size(); ++event) {
    const EventRow& row = data.events[event];
    if (row.day == kNoDay || !row.authorised || row.replaced || !WasToCome(row, row.day)) continue;
    const std::string& element = data.Text(data.subjects[row.subject].element);
    if (scope == nullptr || scope->count(element) > 0) out.push_back({event, std::nullopt});
  }
  return out;
}

// No words are made here: there may be very many.
std::vector<Late> FindLate(const StateData& data, const LifeBook& book,
                           const absl::flat_hash_set<absl::string_view>* scope) {
  std::vector<Late> out;
  const EndingFacts ending = FindEnding(data, book);
  const std::optional<CivilDate> earliest = EarliestEnd(data, ending);
  if (!earliest.has_value()) return out;
  for (EventNumber event = 0; event < data.events.size(); ++event) {
    const EventRow& row = data.events[event];
    if (row.day <= *earliest || !row.authorised || row.replaced) continue;
    const std::string& element = data.Text(data.subjects[row.subject].element);
    if (scope != nullptr && scope->count(element) == 0) continue;
    const std::optional<rules::End> end = EndMet(book, ending, row.day);
    if (rules::IsOver(end, row.day)) out.push_back({event, end});
  }
  return out;
}

v1::Finding FindingOf(const StateData& data, const ElementBook& elements, const Late& late) {
  const EventRow& row = data.events[late.event];
  const FollowUpSubject& subject = data.subjects[row.subject];
  const std::string& id = data.Text(subject.element);
  const std::string name = elements.Name(id);
  const std::string& period = data.Text(subject.period);
  const char* const comma = period.empty() ? "" : ", ";
  const rules::Words who{absl::StrCat("« ", name, " »", comma, FrenchDate(period)),
                         absl::StrCat("“", name, "”", comma, EnglishDate(period))};
  v1::Finding out;
  if (late.end.has_value()) {
    out = MakeFinding(*rules::CheckFollowUpNotOver(late.end, row.day), who);
  } else {
    const rules::Words words = WasToComeWords(row, row.day);
    out.set_code(std::string(kFutureDate));
    out.set_severity(v1::FINDING_SEVERITY_WARNING);
    out.set_text(absl::StrCat(who.fr, " : ", words.fr));
    out.set_text_en(absl::StrCat(who.en, ": ", words.en));
  }
  out.set_field(std::string(FieldOf(static_cast<Payload>(row.payload))));
  out.set_leaf(row.leaf.ToHex());
  out.set_element_id(id);
  return out;
}

// The first by leaf; the others are counted.
void AddFirst(const StateData& data, std::vector<Late> late, FindingList* list) {
  if (late.empty()) return;
  const std::size_t shown = std::min(late.size(), limits::kFindingsOfAKind);
  std::partial_sort(
      late.begin(), late.begin() + static_cast<std::ptrdiff_t>(shown), late.end(),
      [&](const Late& a, const Late& b) { return data.LeafOf(a.event) < data.LeafOf(b.event); });
  const ElementBook elements(data);
  for (std::size_t i = 0; i < shown; ++i) {
    list->found.push_back(FindingOf(data, elements, late[i]));
  }
  if (shown == late.size()) return;
  const v1::Finding& last = list->found.back();
  FindingList::LeftOut& left = list->left_out[last.code()];
  left.count += late.size() - shown;
  left.worst = std::max(left.worst, last.severity());
}

}  // namespace

void AddFollowUpFindings(const StateData& data, const LifeBook& book, const ConsolidatedText& text,
                         const absl::flat_hash_set<absl::string_view>* scope, FindingList* list) {
  // Most conventions have no follow-up, and their texts may be long.
  if (data.subjects.empty()) return;
  AddFirst(data, FindToCome(data, scope), list);
  if (!text.project) AddFirst(data, FindLate(data, book, scope), list);
}

void AddPercentFindings(const v1::ConventionView& view, const StateData& data, FindingList* list) {
  // Made for the first.
  std::optional<ElementBook> elements;
  for (const v1::FollowUpView& subject : view.follow_up()) {
    for (const v1::FollowUpValue& value : subject.values()) {
      const auto odd = CheckPercent(value.progress());
      if (!odd.has_value()) continue;
      if (!elements.has_value()) elements.emplace(data);
      const std::string name = elements->Name(subject.element_id());
      v1::Finding& out = list->found.emplace_back();
      out.set_code("percent");
      out.set_severity(v1::FINDING_SEVERITY_WARNING);
      out.set_text(absl::StrCat("« ", name, " » : ", odd->fr));
      out.set_text_en(absl::StrCat("“", name, "”: ", odd->en));
      out.set_field("progress.percent");
      out.set_leaf(value.event().leaf());
      out.set_element_id(subject.element_id());
    }
  }
}

std::vector<v1::Finding> FollowUpFindingsOf(const StateData& data, EventNumber event) {
  std::vector<v1::Finding> out = StoredFindingsOf(data, event);
  const EventRow& row = data.events[event];
  if (row.day == kNoDay || row.subject == kNone) return out;
  if (WasToCome(row, row.day)) {
    out.push_back(FindingOf(data, ElementBook(data), {event, std::nullopt}));
  }
  if (!MayBeOver(data, row.day)) return out;
  const ConsolidatedText text = TextInForce(data, row.day);
  if (text.project) return out;
  const LifeBook book(data, text, row.day);
  const std::optional<rules::End> end = EndMet(book, FindEnding(data, book), row.day);
  if (rules::IsOver(end, row.day)) {
    out.push_back(FindingOf(data, ElementBook(data), {event, end}));
  }
  CiteClauses(data, text, row.day, &out);
  return out;
}

}  // namespace greffe
