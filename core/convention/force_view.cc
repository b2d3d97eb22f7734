#include "core/convention/force_view.h"

#include <optional>

#include "core/base/status_macros.h"
#include "core/convention/ending.h"
#include "core/convention/follow_up.h"
#include "core/convention/state.h"
#include "core/rules/force.h"

namespace greffe {
namespace {

absl::StatusOr<std::optional<v1::Predecessor>> FindPredecessor(const Known& known) {
  const StateData& data = known.state.data();
  std::optional<v1::Predecessor> out;
  const std::uint32_t subject =
      data.FindSubject(static_cast<std::uint8_t>(v1::Event::kPredecessorLinked), "terms", "");
  for (const EventNumber event : CurrentValues(data, subject)) {
    ASSIGN_OR_RETURN(const v1::Event stored, ReadStored(data, known.read_event, event));
    const v1::Predecessor& one = stored.predecessor_linked();
    // Dates of one form compare as texts.
    if (!out.has_value() || out->end_date() < one.end_date()) out = one;
  }
  return out;
}

}  // namespace

absl::StatusOr<v1::ForceView> MakeForceView(const Known& known, const ConsolidatedText& text,
                                            const LifeBook& book) {
  rules::ForceFacts facts;
  facts.on = known.in_force_on;
  facts.today = known.clock_date;
  facts.term = TermOf(text);
  // L-36: an extension counts from its conclusion on, whenever it takes effect.
  if (const auto known_end = book.rolls().TermEndFrom(known.in_force_on); facts.term && known_end) {
    facts.term->last = known_end->last;
  }
  const EndingFacts end = FindEnding(known.state.data(), book);
  facts.ending = end.ending;
  facts.to_qualify = end.to_qualify;
  facts.concluded_on = InForceSince(known.state.data());
  ASSIGN_OR_RETURN(const std::optional<v1::Predecessor> before, FindPredecessor(known));
  if (before.has_value()) facts.predecessor = TermBetween(before->start_date(), before->end_date());

  rules::Force force = rules::ForceOn(facts);
  v1::ForceView view;
  view.set_state(force.state);
  if (facts.term.has_value()) {
    const CivilDate last = force.last_day.value_or(facts.term->last);
    // Ended before its first day of effect, it never had any.
    if (facts.term->first <= last) view.set_efficacy_from(facts.term->first.ToString());
    view.set_efficacy_until(last.NextDay().ToString());
  }
  if (facts.concluded_on.has_value()) view.set_force_from(facts.concluded_on->ToString());
  view.set_retroactive_days(force.retroactive_days);
  if (before.has_value()) {
    *view.mutable_predecessor() = *before;
    view.mutable_predecessor()->clear_replaces();
  }
  if (force.gap_from.has_value()) view.set_gap_from(force.gap_from->ToString());
  if (force.gap_until.has_value()) view.set_gap_until(force.gap_until->ToString());
  view.set_overlap(force.overlap);
  view.set_text(std::move(force.words.fr));
  view.set_text_en(std::move(force.words.en));
  return view;
}

}  // namespace greffe
