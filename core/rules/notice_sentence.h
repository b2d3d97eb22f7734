#ifndef GREFFE_CORE_RULES_NOTICE_SENTENCE_H_
#define GREFFE_CORE_RULES_NOTICE_SENTENCE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/rules/deadline.h"

// What one sentence of a convention says of a notice: lengths, days of the year, from when. Pure.
// Private to core/rules.
namespace greffe::rules {

// The day from which a notice is counted, as the convention says it.
enum class CountedFrom : std::uint8_t {
  kUnsaid,
  kSending,
  kReceipt,
  // Of the letter at the addressee's, for the first time.
  kPresentation,
};

// « deux mois », « quarante-cinq jours », and what they stand before.
struct SaidLength {
  // What it is a length before: « deux mois avant le 31 décembre », « avant l'échéance ».
  enum class Before : std::uint8_t { kNothing, kYearDay, kTerm, kUnsure };

  // Its unit, and its last word: « un an et six mois » is one length.
  std::size_t at = 0;
  std::size_t last = 0;
  // One of the two is 0.
  int months = 0;
  int days = 0;
  // False for what is no number of months or days: half a month, « jours ouvrés ».
  bool sure = true;
  Before before = Before::kNothing;
};

// A day of every year, « le 31 août ».
struct SaidDay {
  enum class Role : std::uint8_t {
    // The notice ends then: « pour le 31 août ».
    kEnd,
    // The notice is given before that day, and at the latest on that day.
    kBefore,
    kLatest,
    kUnsure,
  };

  // Its month.
  std::size_t at = 0;
  YearDay day;
  Role role = Role::kUnsure;
};

struct SaidStart {
  std::size_t at = 0;
  CountedFrom from = CountedFrom::kUnsaid;
  // False for words of which one cannot say from when: « à compter de la notification ».
  bool sure = true;
};

// One sentence, with where its words of each kind stand: each is looked at once, whoever wrote it.
class NoticeSentence {
 public:
  enum class About : std::uint8_t { kNothing, kBreach, kDenunciation };

  explicit NoticeSentence(absl::string_view text);

  const std::vector<SaidLength>& lengths() const { return lengths_; }
  const std::vector<SaidDay>& days() const { return days_; }
  // « dans le mois », « avant le 31 décembre 2026 »: a time is said that is none of the above.
  bool vague() const { return vague_ || (dated_ && lengths_.empty()); }

  bool SpeaksOfDenunciation() const;
  bool SpeaksOfBreach() const { return of_breach_; }
  // Of a breach: of the law, and of the convention; the first alone is not the second (L-51).
  bool SpeaksOfLaw() const { return of_law_; }
  bool SpeaksOfContract() const { return of_contract_; }
  // How a letter is to be given; a sentence may leave the choice of the two.
  bool AsksForRegisteredLetter() const;
  // « remise en main propre contre décharge », « par acte extrajudiciaire ».
  bool AsksForDelivery() const;
  // « en prévenant les autres », « notifiée à toutes les parties ».
  bool TellsAll() const;
  // « Toute notification »: of whatever kind.
  bool IsOfEveryNotice() const;
  // A term changed without an avenant (L-52).
  bool EndsWithoutNotice() const;
  // « Ce délai court de la réception »: of the length of a sentence before it.
  bool GoesOn() const;
  // That one party alone leaves, or ends the convention for all. `after`: a sentence about leaving
  // stands before it.
  bool SettlesExit(bool after) const;
  // One length, and words of both kinds of notice: it may be of either.
  bool IsOfEither() const;
  // The words around it say; where none does, « préavis », then those of an article on a breach.
  About Of(const SaidLength& length, bool breach_in_article) const;
  // Of several lengths, those that stand nearest to a « préavis »; any, without that word.
  bool IsOfNotice(const SaidLength& length) const;
  // From when it runs: the words just after the length, else those of the sentence.
  SaidStart StartOf(const SaidLength& length) const;
  SaidStart Start() const;

 private:
  bool Is(std::size_t at, absl::string_view alternatives) const;
  std::vector<std::size_t> Places(absl::string_view alternatives) const;
  void ReadLengths();
  std::optional<SaidLength> LengthAt(std::size_t at) const;
  // Sets what a length stands before, from the word after it on.
  void ReadBefore(SaidLength* length) const;
  std::optional<YearDay> YearDayAt(std::size_t month) const;
  void ReadDays();
  SaidDay::Role RoleOf(std::size_t month) const;
  void ReadStarts();
  std::optional<SaidStart> StartAfter(std::size_t trigger, std::size_t gap) const;
  // « avec avis de réception » is a kind of letter, and no day.
  bool IsKindOfLetter(std::size_t reception) const;
  void FindNearest(std::size_t place);

  std::vector<std::string> words_;
  std::vector<SaidLength> lengths_;
  std::vector<SaidDay> days_;
  std::vector<SaidStart> starts_;
  bool vague_ = false;
  // A month is named, and no day of every year with it.
  bool dated_ = false;
  bool of_denunciation_ = false;
  bool of_breach_ = false;
  bool of_law_ = false;
  bool of_contract_ = false;
  std::vector<std::size_t> denunciation_;
  std::vector<std::size_t> breach_;
  std::vector<std::size_t> notice_;
  std::set<std::size_t> nearest_;
};

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_NOTICE_SENTENCE_H_
