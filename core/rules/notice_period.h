#ifndef GREFFE_CORE_RULES_NOTICE_PERIOD_H_
#define GREFFE_CORE_RULES_NOTICE_PERIOD_H_

#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/rules/registry.h"
#include "greffe/v1/life.pb.h"

// How long the notices of a convention run, as its own articles say it (L-50, L-53). Pure.
namespace greffe::rules {

struct NoticePeriod {
  // 1 to 120: what counts.
  int months = 1;
  // Sentences that say it, as they stand, at most three; empty where the convention is silent, and
  // the period common to these conventions counts.
  std::vector<std::string> quotes = {};
  // They do not give one whole number of months: the longest counts, so that nobody ends too early,
  // and people are asked to look.
  bool unclear = false;
  // The articles speak of such a notice at all, with a period or without.
  bool spoken_of = false;
  // The sentence that asks for a registered letter with it, as it stands; empty where none does.
  std::string registered = {};
};

struct NoticePeriods {
  // After a mise en demeure (L-50, L-51).
  NoticePeriod formal{.months = 1};
  // Of a dénonciation (L-53).
  NoticePeriod denunciation{.months = 6};
  // A sentence provides for an end when a term is changed without an avenant (L-52).
  bool without_notice = false;

  const NoticePeriod& Of(v1::NoticeKind kind) const;
};

// From the articles that say how the convention ends, by their role and never their title (L-27).
// A sentence speaks of a notice by its words: « mise en demeure », « dénoncer », « préavis »; one
// with a period and none of these words leaves what the others do not say unclear, and one with
// words of both and one period leaves both.
NoticePeriods ReadNoticePeriods(std::span<const absl::string_view> articles);

// « La convention dit : « … ». » with what is unclear about it; empty for a silent one.
Words SaidOf(const NoticePeriod& period);
// « La convention ne dit pas ce délai : 1 mois … est supposé »; empty where it says one.
Words AssumedOf(const NoticePeriod& period);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_NOTICE_PERIOD_H_
