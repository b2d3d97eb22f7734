#include "core/convention/views/force_view.h"

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/renewal_words.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/term_words.h"
#include "core/convention/state/state.h"
#include "core/convention/text/follow_up.h"
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

// L-53: letters that would end the convention, and whose notice runs from a receipt that nobody
// recorded (domain.md section 9.4). Empty without one.
rules::Words Unreceived(const StateData& data, const LifeBook& book, CivilDate on) {
  const EndingFacts end = FindEnding(data, book);
  std::optional<CivilDate> first;
  std::size_t more = 0;
  for (const LifeLine& line : book.lines()) {
    if (line.kind() != v1::LifeRecorded::kNoticeSent || !book.Stands(line) ||
        line.opening->variant != v1::NOTICE_KIND_DENUNCIATION || line.opening->day > on) {
      continue;
    }
    const NoticeFacts notice = ReadNotice(data, book, line);
    const bool runs = notice.received_on.has_value() || notice.retracted != nullptr ||
                      end.denounced.count(notice.place) > 0;
    if (notice.defect != NoticeDefect::kNone || runs) continue;
    if (first.has_value()) ++more;
    if (!first.has_value()) first = notice.sent_on;
  }
  if (!first.has_value()) return {};
  const std::string others = more == 0 ? "" : absl::StrCat(", et ", more, " autre(s) depuis");
  const std::string others_en = more == 0 ? "" : absl::StrCat(", and ", more, " more since");
  return {absl::StrCat(" Dénonciation envoyée le ", FrenchDate(first->ToString()), others,
                       ", réception à enregistrer : le préavis court de la réception (L-53)."),
          absl::StrCat(" Dénonciation sent on ", EnglishDate(first->ToString()), others_en,
                       ", receipt to be recorded: the notice runs from the receipt (L-53).")};
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
  facts.unclear_termination = end.unclear_termination;
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
  if (force.state == v1::FORCE_STATE_IN_FORCE || force.state == v1::FORCE_STATE_TO_COME) {
    const rules::Words letters = Unreceived(known.state.data(), book, known.in_force_on);
    force.words.fr += letters.fr;
    force.words.en += letters.en;
    const auto known_end = book.rolls().TermEndFrom(known.in_force_on);
    const rules::Words changed = TermChangedWords(
        known.state.data(), text, known_end.has_value() ? known_end->given_from : std::nullopt);
    if (!changed.fr.empty()) {
      absl::StrAppend(&force.words.fr, " ", changed.fr);
      absl::StrAppend(&force.words.en, " ", changed.en);
    }
  }
  if (force.state == v1::FORCE_STATE_EXPIRED && facts.term.has_value()) {
    const RenewalRead renewal =
        ReadRenewal(known.state.data(), book, known.successors, facts.term->last, known.clock_date);
    if (renewal.renewed) {
      const rules::Words next = SayNext(*renewal.next);
      absl::StrAppend(&force.words.fr, " Renouvelée : ", next.fr, " (L-55).");
      absl::StrAppend(&force.words.en, " Renewed: ", next.en, " (L-55).");
    }
  }
  view.set_text(std::move(force.words.fr));
  view.set_text_en(std::move(force.words.en));
  return view;
}

}  // namespace greffe
