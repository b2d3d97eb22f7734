#include "core/convention/text/unwritten.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tuple>
#include <utility>

#include "core/convention/text/standing_facts.h"
#include "core/rules/life.h"

namespace greffe {
namespace {

// What an act makes of an element, from its day of effect on.
struct Version {
  CivilDate from;
  Digest leaf;
  // Absent where it takes the element out.
  std::optional<std::string> words;
  // Place of the first later version with other words; the number of versions where there is none.
  std::size_t next = 0;
};

std::optional<std::string> WordsOf(const DraftChange& change) {
  if (change.put == nullptr) return std::nullopt;
  const v1::Element& element = *change.put;
  if (element.has_article()) return element.article().body();
  if (element.has_annex()) return element.annex().body();
  if (element.has_text_block()) return element.text_block().body();
  return change.content.ToBytes();
}

std::map<std::string, std::vector<Version>> VersionsOf(
    const StateData& data, const std::map<std::string, std::vector<UnwrittenRecord>>& of,
    const std::vector<RevisionNumber>& revisions) {
  std::map<std::string, std::vector<Version>> out;
  for (const RevisionNumber r : revisions) {
    const Revision& revision = data.revisions[r];
    // A peer may freeze without a day of effect: it says nothing of any day.
    if (!revision.effective_from.has_value()) continue;
    const ActFacts& act = data.acts.at(revision.act);
    for (const std::uint32_t at : revision.content) {
      const DraftChange& change = act.changes[at];
      const std::string& element = data.Text(change.element);
      if (of.count(element) == 0) continue;
      out[element].push_back(
          {*revision.effective_from, data.LeafOf(revision.event), WordsOf(change)});
    }
  }
  for (auto& [element, versions] : out) {
    std::sort(versions.begin(), versions.end(), [](const Version& a, const Version& b) {
      return std::tie(a.from, a.leaf) < std::tie(b.from, b.leaf);
    });
    for (std::size_t i = versions.size(); i-- > 0;) {
      const bool last = i + 1 == versions.size();
      versions[i].next =
          last || versions[i + 1].words != versions[i].words ? i + 1 : versions[i + 1].next;
    }
  }
  return out;
}

// First day on which other words than those of `day` are in force.
std::optional<CivilDate> ChangedAfter(const std::vector<Version>& versions, CivilDate day) {
  if (versions.empty()) return std::nullopt;
  const auto after = std::upper_bound(versions.begin(), versions.end(), day,
                                      [](CivilDate d, const Version& one) { return d < one.from; });
  // Before the first day of effect, the text that will have effect first.
  const Version& then = after == versions.begin() ? versions.front() : *std::prev(after);
  if (then.next == versions.size()) return std::nullopt;
  return versions[then.next].from;
}

}  // namespace

std::vector<UnwrittenRecord> UnwrittenRecordsIn(const StateData& data, EventNumber seen_by) {
  std::vector<const LifeFact*> records;
  for (const LifeFact& fact : data.life) {
    if (static_cast<v1::LifeRecorded::FactCase>(fact.kind) ==
        v1::LifeRecorded::kClauseDeemedUnwritten) {
      records.push_back(&fact);
    }
  }
  std::vector<UnwrittenRecord> out;
  // Most conventions have none.
  if (records.empty()) return out;
  const StandingFacts standing(data, seen_by);
  // Records come after what they correct. By the first of each row of corrections, what stands.
  std::map<EventNumber, EventNumber> first;
  std::map<EventNumber, const LifeFact*> stands;
  for (const LifeFact* record : records) {
    if (!data.events[record->event].authorised) continue;
    EventNumber corrected = kNone;
    for (const EventNumber one : record->replaces) {
      if (first.count(one) == 0) continue;
      if (corrected == kNone || data.LeafOf(one) < data.LeafOf(corrected)) corrected = one;
    }
    const EventNumber root = corrected == kNone ? record->event : first[corrected];
    first[record->event] = root;
    if (!standing.Has(*record)) continue;
    const auto [at, added] = stands.emplace(root, record);
    if (!added && data.LeafOf(record->event) < data.LeafOf(at->second->event)) at->second = record;
  }
  for (const auto& [root, record] : stands) {
    out.push_back(
        {data.Text(record->element), CivilDate::TryParse(data.Text(record->detail)), record->day});
  }
  return out;
}

UnwrittenBook::UnwrittenBook(const StateData& data, const std::vector<UnwrittenRecord>& records,
                             const std::vector<RevisionNumber>& revisions) {
  // Most conventions have none.
  if (records.empty()) return;
  std::map<std::string, std::vector<UnwrittenRecord>> by_element;
  for (const UnwrittenRecord& one : records) by_element[one.element].push_back(one);
  const std::map<std::string, std::vector<Version>> versions =
      VersionsOf(data, by_element, revisions);
  for (const auto& [element, all] : by_element) {
    const auto found = versions.find(element);
    std::vector<Span> spans;
    for (const UnwrittenRecord& one : all) {
      const CivilDate day = one.from.has_value() ? std::max(*one.from, one.day) : one.day;
      spans.push_back(
          {one.from, found == versions.end() ? std::nullopt : ChangedAfter(found->second, day)});
    }
    // No day is before all days.
    std::sort(spans.begin(), spans.end(),
              [](const Span& a, const Span& b) { return a.from < b.from; });
    std::vector<Span>& joined = spans_[element];
    for (const Span& one : spans) {
      const bool apart =
          joined.empty() || (joined.back().until.has_value() && one.from.has_value() &&
                             *joined.back().until < *one.from);
      if (apart) {
        joined.push_back(one);
      } else if (joined.back().until.has_value()) {
        joined.back().until =
            one.until.has_value() ? std::max(joined.back().until, one.until) : std::nullopt;
      }
    }
  }
}

bool UnwrittenBook::Has(const std::string& element, CivilDate day, CivilDate text_day) const {
  const auto found = spans_.find(element);
  if (found == spans_.end()) return false;
  const auto after = std::upper_bound(found->second.begin(), found->second.end(), day,
                                      [](CivilDate d, const Span& one) { return d < one.from; });
  if (after == found->second.begin()) return false;
  const Span& span = *std::prev(after);
  return rules::IsUnwritten(span.from, std::nullopt, day) &&
         (!span.until.has_value() || text_day < *span.until);
}

}  // namespace greffe
