#ifndef GREFFE_CORE_CONVENTION_READING_ENDING_H_
#define GREFFE_CORE_CONVENTION_READING_ENDING_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "core/rules/deadline.h"
#include "core/rules/force.h"
#include "core/rules/notice.h"
#include "core/rules/notice_period.h"
#include "greffe/v1/view.pb.h"

// What ends a convention before its term. Each fact is judged by the parties of its own day (L-50
// to L-53): who joins, leaves or changes afterwards changes nothing about it, and the answer is the
// same whatever the date asked about. Private to core/convention.
namespace greffe {

// Absent when a day is none, or the end precedes the start.
std::optional<rules::Term> TermBetween(const std::string& first, const std::string& last);
// Of a text; absent, too, when it has no terms.
std::optional<rules::Term> TermOf(const ConsolidatedText& text);

// The articles about the end that stand on a day (L-40): what notices and their periods rest on.
struct EndArticles {
  // As those that stand say them; of none, the periods common to these conventions.
  rules::NoticePeriods periods;
  // « article 12 », of those deemed unwritten on that day, the first few; empty where each stands.
  std::string unwritten;
  // Where the text has such articles and each is deemed unwritten: nothing ends the convention by
  // them.
  bool none_stands = false;
};
// Worked out once for a book and a day.
const EndArticles& EndArticlesOn(const LifeBook& book, CivilDate day);

// Why a notice can end nothing, whatever follows.
enum class NoticeDefect : std::uint8_t {
  kNone,
  // Sent before the convention was concluded: there was nothing to breach or to leave.
  kBeforeConclusion,
  // Its sender was no party on that day.
  kNoParty,
  // Only the CAF may send it (L-51).
  kNoStanding,
  // Sent after the term was over: nothing was left to breach or to leave (L-55).
  kAfterTerm,
  // A dénonciation that rests on an article deemed unwritten on that day (L-40).
  kUnwritten,
};

// Where a notice stands, from its thread alone: whatever the date.
struct NoticeFacts {
  v1::NoticeKind kind = v1::NOTICE_KIND_UNSPECIFIED;
  std::string sender;
  // Element of the party that sent it; who succeeds that party by law speaks for it (L-60).
  std::string place;
  CivilDate sent_on;
  // Partners that it is sent to, and whether the number of its registered letter is on record.
  std::vector<std::string> to;
  bool numbered = false;
  // As the text of the day of sending says it, and what it says of those who stay (L-53).
  rules::NoticePeriod period;
  std::vector<std::string> exit;
  // Of those articles, the ones deemed unwritten on that day, and whether any other stands.
  std::string unwritten;
  bool rests_on_unwritten = false;
  NoticeDefect defect = NoticeDefect::kNone;
  // The first day of receipt that a party recorded, from the day of sending on, and its record.
  std::optional<CivilDate> received_on;
  const LifeFact* received = nullptr;
  // A mise en demeure that its sender says was cured, that was found without effect by a party with
  // standing, or followed by a termination that holds; a denunciation taken back by its sender in
  // time. Null otherwise.
  const LifeFact* cured = nullptr;
  const LifeFact* fruitless = nullptr;
  const LifeFact* terminated = nullptr;
  const LifeFact* retracted = nullptr;
  // A termination that would hold, were the period of the mise en demeure clear: what it did is for
  // people to qualify, and it ends nothing by itself.
  const LifeFact* unclear_termination = nullptr;
  // From sending; from receipt when it is known. Absent beyond the calendar.
  std::optional<rules::Deadline> from_sending;
  std::optional<rules::Deadline> from_receipt;
  // Of a denunciation: sides of the contract on the day of sending, or on the last day of the
  // notice if they are more by then: nothing ends by itself that ever had more than two.
  std::size_t sides = 0;

  // L-53, domain.md section 9.1: of a denunciation whose effect is to be qualified, and which ends
  // nothing by itself: among more than two parties, or of a period that is not clear.
  bool to_qualify() const;
  // Of a denunciation, on a day.
  rules::DenunciationEffect EffectOn(CivilDate on) const;
  // « 3 parties », « délai non compris avec certitude », or both.
  rules::Words WhyToQualify() const;
  // The deadline that counts (rules::NoticePeriod::FromReceipt).
  bool by_receipt() const { return period.FromReceipt(kind); }
  const std::optional<rules::Deadline>& counting() const {
    return by_receipt() ? from_receipt : from_sending;
  }
};
// « , reçue le 3 février 2025 »; empty where no receipt is on record.
rules::Words ReceivedWords(std::optional<CivilDate> received_on);
NoticeFacts ReadNotice(const StateData& data, const LifeBook& book, const LifeLine& line);
// True when a partner speaks on that day for who sent the notice: the sender itself, or who took
// its place by law.
bool SpeaksForSender(const LifeBook& book, const NoticeFacts& notice, const std::string& partner,
                     CivilDate day);

// L-52: an observation says what was modified, the element or in words; one that says nothing gives
// no ground to end the convention.
bool NamesWhatChanged(const StateData& data, const LifeFact& observed);
// True when a termination in the thread has the standing and the ground that it needs (L-50 to
// L-52), and ends what is concluded and not over by its term. `notice`: of the thread, when a
// notice opens it.
bool TerminationHolds(const StateData& data, const LifeBook& book, const LifeLine& line,
                      const NoticeFacts* notice, const LifeFact& termination);

// What ends the convention before its term: the earliest termination that holds, or denunciation
// between two parties; and a denunciation among more that ends nothing yet.
struct EndingFacts {
  std::optional<rules::Ending> ending;
  // The fact that ends it.
  const LifeFact* fact = nullptr;
  // First day after the notice of a denunciation whose effect is to be qualified.
  std::optional<CivilDate> to_qualify;
  // Day of the first termination whose effect is to be qualified (NoticeFacts).
  std::optional<CivilDate> unclear_termination = std::nullopt;
  // L-53: of each party, by its place, the denunciation whose notice runs and is over first.
  // Nothing runs from a letter that nobody received: it may be lost, and sent again.
  struct Denounced {
    const LifeLine* line = nullptr;
    // Absent for one counted from sending, of which no receipt is on record.
    std::optional<CivilDate> received_on;
    CivilDate last_day;
  };
  std::map<std::string, Denounced> denounced = {};
  // Of each party, by its place: whom its denunciations that stand are sent to.
  std::map<std::string, std::set<std::string>> told = {};
};
// Worked out once for a book. `book`: of that state.
EndingFacts FindEnding(const StateData& data, const LifeBook& book);
// L-53: the denunciation that counts for a partner, given by it or by who held its place: another
// letter changes nothing. Null while no notice runs: before the receipt of a letter is on record.
// `own`: the thread of a letter sent on `day`, which is not another one; null for a letter that is
// still to be recorded, before which the one that counts was sent by that day.
const EndingFacts::Denounced* DenouncedAlready(const LifeBook& book, const EndingFacts& ending,
                                               const std::string& partner, CivilDate day,
                                               const LifeLine* own = nullptr);
// The end of the convention as known here, seen from a day: of the term, extensions that take
// effect later included (PartyRolls::TermEndFrom), or what comes before it. Everything that says or
// counts when the convention ends asks this. Absent for a text without a term that nothing ended.
std::optional<rules::End> EndMet(const LifeBook& book, const EndingFacts& ending, CivilDate day);
// The days of effect as known here: from the first day that the text gives to that end. Absent
// without a term, and when nothing of it was left (L-54).
std::optional<rules::Term> EffectOf(const LifeBook& book, const ConsolidatedText& text,
                                    const EndingFacts& ending, CivilDate day);
// CheckNotOver of that end: a finding for what comes after it (L-54, L-55).
std::optional<rules::Oddity> NotOver(const LifeBook& book, const EndingFacts& ending,
                                     CivilDate day);

// StandingOn of the text; TERMINATED once something ended the convention before its term (L-53,
// L-54).
v1::ConventionStanding StandingOn(const StateData& data, const LifeBook& book,
                                  const ConsolidatedText& text, CivilDate on);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_ENDING_H_
