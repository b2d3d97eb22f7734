#ifndef GREFFE_CORE_CONVENTION_READING_LIFE_H_
#define GREFFE_CORE_CONVENTION_READING_LIFE_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/elements/life_kinds.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/party_roll.h"
#include "core/convention/text/unwritten.h"
#include "core/rules/notice_period.h"

// The facts of a convention's life as they hang together, and what they do to it: read, never
// stored. Private to core/convention. Everything borrows the state.
namespace greffe {

// A fact and everything that answers or corrects it.
struct LifeLine {
  // The record that opened it: keeps naming the thread when it is corrected.
  const LifeFact* root = nullptr;
  // The opening record that stands; of two made at the same time, the one with the least leaf.
  const LifeFact* opening = nullptr;
  // All others, corrected ones included, by day, then leaf.
  std::vector<const LifeFact*> others;

  LifeCase kind() const { return static_cast<LifeCase>(opening->kind); }
};

struct EndingFacts;
struct EndArticles;

// Authorised facts in threads, and the parties of every day. Made once for many questions, by one
// thread.
class LifeBook final {
 public:
  explicit LifeBook(const StateData& data);
  // Lends the text of a day, which must live as long as this, so that it is not made again.
  LifeBook(const StateData& data, const ConsolidatedText& text, CivilDate on);

  // By day of the opening, then leaf.
  const std::vector<LifeLine>& lines() const { return lines_; }
  // Null for an event that is no authorised fact of life.
  const LifeLine* LineOf(EventNumber event) const;

  // Records of a kind in a thread that stand, by day, then leaf.
  std::vector<const LifeFact*> Standing(const LifeLine& line, LifeCase kind) const;
  // Of those alone who, on the day of each, speak for a party of the day of the opening.
  std::vector<const LifeFact*> StandingFor(const LifeLine& line, LifeCase kind,
                                           const std::string& party) const;
  // The last that stands; null when there is none.
  const LifeFact* Last(const LifeLine& line, LifeCase kind) const;
  // False for a thread whose opening was corrected into another one.
  bool Stands(const LifeLine& line) const;
  // L-40: of these elements the first whose words of that day a record that stands deems unwritten
  // (UnwrittenBook); null when each stands.
  const std::string* FirstUnwritten(const std::vector<std::string>& elements, CivilDate day) const;
  // Day of the conclusion; absent before it, and where nothing on record could end it.
  std::optional<CivilDate> concluded_on() const { return concluded_on_; }
  // Who was party on each day.
  const PartyRolls& rolls() const { return rolls_; }
  const PartyRoll& RollOn(CivilDate day) const { return rolls_.On(day); }

 private:
  friend EndingFacts FindEnding(const StateData& data, const LifeBook& book);
  friend const EndArticles& EndArticlesOn(const LifeBook& book, CivilDate day);

  const StateData& data_;
  std::vector<LifeLine> lines_;
  std::map<EventNumber, std::size_t> line_by_event_;
  std::optional<CivilDate> concluded_on_;
  UnwrittenBook unwritten_;
  PartyRolls rolls_;
  // Null until it is first asked for (ending.h).
  mutable std::shared_ptr<const EndingFacts> ending_;
  // By day asked about, and by the articles that stand then: each set is read once (ending.h).
  mutable std::map<CivilDate, std::shared_ptr<const EndArticles>> end_articles_;
  mutable std::map<std::vector<const v1::Element*>, std::shared_ptr<const rules::NoticePeriods>>
      periods_;
};

// Who speaks on `day` for a party of the day `then`: the party, or who has its place by law (L-60).
std::string SpeakerFor(const LifeBook& book, const std::string& party, CivilDate then,
                       CivilDate day);

// Rule of a review that was not asked for.
inline constexpr absl::string_view kReviewNotAsked = "review-not-asked";
// True when a partner, or whose place it has by law, was asked for a review: by name, or as a party
// where all were. `line`: a request for a review; `day`: that of the review.
bool WasAsked(const StateData& data, const LifeBook& book, const LifeLine& line,
              const std::string& partner, CivilDate day);

// Domain.md section 5.6: a field that makes the contract (the term and its days, a party, a funding
// line), whatever its words. `path` as ElementFields gives it.
bool IsAgreed(const v1::Element& element, absl::string_view path);
// The last opinion of that holder until a day; null when there is none. `line`: a request for data.
const LifeFact* LastOpinion(const StateData& data, const LifeBook& book, const LifeLine& line,
                            CivilDate until);
// Day of the first opinion that the holder of the data asked for has on record (L-24), or who has
// its place by law: nobody else's officer speaks for it. `line`: a request for data.
std::optional<CivilDate> FirstOpinion(const StateData& data, const LifeBook& book,
                                      const LifeLine& line);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_LIFE_H_
