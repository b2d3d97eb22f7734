// What is to come, due and late.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/refusal.h"
#include "core/convention/reading/ended.h"
#include "core/convention/state/stamp.h"
#include "core/convention/text/text_in_making.h"
#include "core/convention/views/deadlines.h"
#include "core/convention/views/queries_life.h"

namespace greffe {
namespace {

void Append(std::vector<v1::Deadline> more, std::vector<v1::Deadline>* out) {
  out->insert(out->end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
}

// `until` is a date or empty: dates of one form compare as texts.
bool IsWanted(const v1::Deadline& deadline, const std::string& partner, const std::string& until) {
  if (!partner.empty() && !deadline.partner_id().empty() && deadline.partner_id() != partner) {
    return false;
  }
  // What cannot be computed may be due any day.
  return until.empty() || deadline.last_day() <= until;
}

// The last of so many days, or of all that dates have.
std::string LastDayWithin(CivilDate clock, std::uint32_t days) {
  const std::int64_t left = EndOfTime().days - std::int64_t{clock.days};
  const auto ahead = static_cast<std::int32_t>(std::min<std::int64_t>(days, left));
  return CivilDate{clock.days + ahead}.ToString();
}

// Of those wanted, by state and rule.
bool IsPicked(const v1::Deadline& one, const DeadlinesWanted& wanted, CivilDate clock) {
  if (!wanted.rules.empty() && wanted.rules.count(one.rule()) == 0) return false;
  if (!wanted.late && !wanted.within_days.has_value()) return true;
  switch (one.state()) {
    case v1::DEADLINE_STATE_LATE:
    case v1::DEADLINE_STATE_NOT_COMPUTABLE:
      return true;
    case v1::DEADLINE_STATE_DUE:
    case v1::DEADLINE_STATE_TO_COME:
      return wanted.within_days.has_value() &&
             one.last_day() <= LastDayWithin(clock, *wanted.within_days);
    default:
      return false;
  }
}

}  // namespace

absl::Status CheckWanted(const Known& known, const DeadlinesWanted& wanted) {
  if (wanted.partner_id.empty()) return absl::OkStatus();
  const PartyRolls rolls(known.state.data());
  const PartyRoll& roll = rolls.On(known.in_force_on);
  if (roll.parties.empty() || roll.parties.count(wanted.partner_id) > 0) return absl::OkStatus();
  const auto name = [](std::string* out, const auto& entry) { absl::StrAppend(out, entry.first); };
  const std::string all = absl::StrJoin(roll.parties, ", ", name);
  return ToStatus(
      {.code = absl::StatusCode::kInvalidArgument,
       .rule = "party",
       .field = "partner_id",
       .fr = absl::StrCat("« ", wanted.partner_id, " » n'est pas partie à la convention."),
       .en = absl::StrCat("\"", wanted.partner_id, "\" is no party to the convention."),
       .next_fr = absl::StrCat("Ses parties : ", all, "."),
       .next_en = absl::StrCat("Its parties: ", all, ".")});
}

v1::DeadlinesView ViewDeadlines(const Known& known, const DeadlinesWanted& wanted) {
  const StateData& data = known.state.data();
  const ConsolidatedText text = TextInForce(data, known.in_force_on);
  const LifeBook book(data, text, known.in_force_on);
  const PartyBook names(data);
  const DeadlineInput in = DeadlineInputOf(known, text, book, names);
  std::vector<v1::Deadline> deadlines;
  for (const LifeLine& line : book.lines()) {
    if (line.kind() == v1::LifeRecorded::kNoticeSent) {
      Append(NoticeDeadlines(in, line), &deadlines);
    }
  }
  Append(WindowDeadlines(in), &deadlines);
  Append(ObligationDeadlines(in), &deadlines);
  Append(EndDeadlines(in), &deadlines);
  std::sort(deadlines.begin(), deadlines.end(), [](const v1::Deadline& a, const v1::Deadline& b) {
    return std::make_tuple(a.last_day().empty(), absl::string_view(a.last_day()),
                           absl::string_view(a.id())) <
           std::make_tuple(b.last_day().empty(), absl::string_view(b.last_day()),
                           absl::string_view(b.id()));
  });
  v1::DeadlinesView view;
  view.set_convention_id(known.state.id().ToHex());
  if (text.terms != nullptr) view.set_title(text.terms->title());
  PutStamp(known, &view);
  const auto term = book.rolls().TermEndFrom(known.clock_date);
  const std::string until = wanted.until.has_value()              ? wanted.until->ToString()
                            : wanted.picks() || !term.has_value() ? ""
                                                                  : term->last.ToString();
  std::uint32_t all = 0;
  for (v1::Deadline& deadline : deadlines) {
    if (!IsWanted(deadline, wanted.partner_id, until)) continue;
    ++all;
    if (IsPicked(deadline, wanted, known.clock_date)) *view.add_deadlines() = std::move(deadline);
  }
  view.set_picked_from(all);
  return view;
}

}  // namespace greffe
