#ifndef GREFFE_CORE_RULES_NOTICE_PERIOD_H_
#define GREFFE_CORE_RULES_NOTICE_PERIOD_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/rules/deadline.h"
#include "core/rules/notice_sentence.h"
#include "core/rules/registry.h"
#include "greffe/v1/life.pb.h"

// How long the notices of a convention run, as its own articles say it (L-50, L-53). Pure.
namespace greffe::rules {

struct NoticePeriod {
  // Its length: 1 to 120 months, or from 1 day where it is said in days or weeks. Both are 0 where
  // `given_before` says until when it is given.
  int months = 1;
  int days = 0;
  CountedFrom from = CountedFrom::kUnsaid;
  // It ends on that day of a year: the first before which it was given long enough, or by
  // `given_before` (included or not). A notice for the 1st of a month ends on the day before.
  std::optional<YearDay> ends_on = {};
  std::optional<YearDay> given_before = {};
  bool day_included = false;
  // It ends with the term, and is given that long before it.
  bool to_term = false;
  // Sentences that say it, as they stand, at most three; empty where the convention is silent, and
  // the period common to these conventions counts.
  std::vector<std::string> quotes = {};
  // What they say is not understood with certainty: the period above is supposed, the longest that
  // is written or usual, and what would end by it is for people to qualify.
  bool unclear = false;
  // The articles speak of such a notice at all, with a period or without.
  bool spoken_of = false;
  // The sentence that says how it is given, as it stands: by registered letter, delivered otherwise
  // (main propre contre décharge, acte extrajudiciaire), or as one chooses; empty where none does.
  std::string form = {};
  bool by_registered_letter = false;
  bool by_delivery = false;
  // The sentence that asks to tell all others, as it stands; empty where none does.
  std::string to_all = {};

  // Whether it is counted from the day of receipt: as the convention says; where it does not, a
  // dénonciation from receipt (domain.md section 9.4), a mise en demeure from sending (L-50).
  bool FromReceipt(v1::NoticeKind kind) const;
};

struct NoticePeriods {
  // After a mise en demeure for a breach of the convention (L-50).
  NoticePeriod formal{.months = 1};
  // For a breach of the law (L-51): as `formal` where the convention gives it none of its own.
  NoticePeriod law{.months = 1};
  // Of a dénonciation (L-53).
  NoticePeriod denunciation{.months = 6};
  // A sentence provides for an end when a term is changed without an avenant (L-52).
  bool without_notice = false;
  // Sentences that say what the exit of one party does to the others, at most three (L-53).
  std::vector<std::string> exit = {};

  const NoticePeriod& Of(v1::NoticeKind kind) const;
};

// From the articles that say how the convention ends, by their role and never their title (L-27).
// A sentence speaks of a notice by its words: « mise en demeure », « dénoncer », « préavis »; one
// with a period and none of these words leaves what the others do not say unclear, and one with
// words of both and one period leaves both. Of a mise en demeure, a sentence that speaks of the law
// and not of the convention's obligations says the period of L-51 alone. How a notice is given may
// stand in a sentence of its own: it is then of the notice of which the article spoke last, or of
// each.
NoticePeriods ReadNoticePeriods(std::span<const absl::string_view> articles);

// « 45 jours », « 2 mois avant le 31 décembre », « pour le 31 août, avant le 1er mars ».
Words LengthOf(const NoticePeriod& period);
// « La convention dit : « … ». » with what is unclear about it; empty for a silent one.
Words SaidOf(const NoticePeriod& period);
// « La convention ne dit pas ce délai : 1 mois … est supposé »; empty where it says one.
Words AssumedOf(const NoticePeriod& period);
// « La convention dit : « … ». », of what settles the exit of one, after a blank, with what each
// reading of it gives; empty where nothing does. `last_day`: of the notice, where it is known.
Words ExitSaid(const std::vector<std::string>& exit, std::optional<CivilDate> last_day);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_NOTICE_PERIOD_H_
