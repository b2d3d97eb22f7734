#include "tests/core/convention/history_views.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "core/convention/views/markdown.h"
#include "core/convention/views/queries_life.h"
#include "core/export/calendar.h"
#include "core/export/convention_html.h"

namespace greffe::test {
namespace {

// The bytes of a history's events, at the places where this player has them.
EventReader ReaderOf(const History& history, const HistoryPlayer& player) {
  std::map<std::pair<FeedNumber, std::uint64_t>, History::Event> places;
  for (History::Event e = 0; e < history.size(); ++e) {
    const EventPosition at = player.PositionOf(e);
    places[{at.feed, at.sequence}] = e;
  }
  return [&history, places = std::move(places)](EventPosition at) -> absl::StatusOr<std::string> {
    const auto found = places.find({at.feed, at.sequence});
    if (found == places.end()) return absl::NotFoundError("no such event");
    return history.bytes(found->second);
  };
}

template <typename View>
void Append(const char* name, const absl::StatusOr<View>& view, std::string* out,
            std::vector<std::string>* refused = nullptr) {
  if (refused != nullptr && !view.ok()) {
    refused->push_back(absl::StrCat(name, ": ", view.status().message()));
  }
  absl::StrAppend(out, name, ": ",
                  view.ok() ? view->ShortDebugString() : std::string(view.status().message()),
                  "\n");
}

}  // namespace

std::string FirstDifference(const std::string& one, const std::string& other) {
  if (one == other) return "";
  const auto at = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  const auto around = [](const std::string& text, std::string::const_iterator it) {
    constexpr std::size_t kBefore = 300;
    constexpr std::size_t kShown = 500;
    const auto place = static_cast<std::size_t>(it - text.begin());
    return text.substr(place - std::min(place, kBefore), kShown);
  };
  return absl::StrCat(around(one, at.first), "\n  and\n", around(other, at.second));
}

std::string AllViews(const History& history, const HistoryPlayer& player,
                     const std::string& in_force_on, std::vector<std::string>* refused) {
  const EventReader reader = ReaderOf(history, player);
  const CivilDate on = *CivilDate::Parse(in_force_on, "in_force_on");
  const Known known{player.state(), "cut", on, on, reader};
  std::string out;
  const absl::StatusOr<v1::ConventionView> convention = ViewConvention(known, "");
  Append("convention", convention, &out, refused);
  if (convention.ok()) {
    absl::StrAppend(&out, RenderMarkdown(*convention), RenderConventionHtml(*convention, {}));
  }
  Append("status", ViewStatus(known), &out, refused);
  for (const char* const element : {"", "terms", "art-1", "partie-a", "act-1", "comite"}) {
    Append("history", ViewHistory(known, element), &out);
    Append("life", ViewLife(known, element), &out);
  }
  Append("conflicts", ViewConflicts(known), &out, refused);
  Append("acts", ViewActs(known), &out, refused);
  for (const auto& [id, act] : player.state().data().acts) {
    Append("act", ViewAct(known, id.ToHex()), &out, refused);
    Append("instrument", ViewInstrument(known, id.ToHex()), &out);
  }
  const absl::StatusOr<std::string> calendar = RenderCalendar(ViewDeadlines(known));
  if (refused != nullptr && !calendar.ok()) {
    refused->push_back(absl::StrCat("calendar: ", calendar.status().message()));
  }
  absl::StrAppend(&out, calendar.ok() ? *calendar : std::string(calendar.status().message()), "\n",
                  ViewDeadlines(known).ShortDebugString(), "\n",
                  ViewAttachments(known).ShortDebugString(), "\n",
                  Summarise(known).ShortDebugString(), "\n");
  for (const v1::RosterEntryView& entry : ViewRoster(player.state())) {
    absl::StrAppend(&out, entry.ShortDebugString(), "\n");
  }
  return out;
}

}  // namespace greffe::test
