#include "core/convention/reading/agreed_end.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/finding.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

std::optional<CivilDate> LastDayOf(const v1::Element* terms) {
  return terms == nullptr ? std::nullopt : CivilDate::TryParse(terms->terms().end_date());
}

// The last day that a revision writes; absent where it leaves the term alone.
std::optional<CivilDate> LastDayPut(const StateData& data, RevisionNumber revision) {
  const Revision& one = data.revisions[revision];
  for (const v1::Element* element : PutElements(data.acts.at(one.act), one)) {
    if (element->has_terms()) return LastDayOf(element);
  }
  return std::nullopt;
}

// The last day as revisions, with all that they build on, leave it: of several that write one, the
// last in the order of events, which is the same everywhere. What is stillborn has no effect and
// writes none (L-36). Made in one pass for many questions.
class LastDays final {
 public:
  explicit LastDays(const StateData& data) : data_(data), by_(data.revisions.size(), kNone) {
    const LifeBook book(data);
    for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
      if (LastDayPut(data, r).has_value() && !IsStillborn(data, book, r)) by_[r] = r;
      // What a revision builds on has a lesser number.
      for (const RevisionNumber base : data.revisions[r].bases) by_[r] = Later(by_[r], by_[base]);
    }
  }

  std::optional<CivilDate> Of(const std::vector<RevisionNumber>& revisions) const {
    RevisionNumber by = kNone;
    for (const RevisionNumber r : revisions) by = Later(by, by_[r]);
    return by == kNone ? std::nullopt : LastDayPut(data_, by);
  }

 private:
  RevisionNumber Later(RevisionNumber a, RevisionNumber b) const {
    if (a == kNone || b == kNone) return a == kNone ? b : a;
    return Before(data_, data_.revisions[a].event, data_.revisions[b].event) ? b : a;
  }

  const StateData& data_;
  // Of each revision the one, itself or below, that wrote the last day; kNone where none did.
  std::vector<RevisionNumber> by_;
};

}  // namespace

std::optional<rules::Oddity> KeepsTerm(const StateData& data, const TextInMaking& text) {
  return rules::CheckEndsEarlier(LastDays(data).Of(ConcludedRevisions(data)),
                                 LastDayOf(text.Find("terms")));
}

absl::Status RequireEndsEarlier(const StateData& data, const ActRef& act) {
  if (data.OpeningOf(*act.facts).kind != v1::ACT_KIND_AGREED_TERMINATION) return absl::OkStatus();
  const TextInMaking text = TextInMaking::OfAct(data, *act.facts, EndOfTime());
  const auto odd = KeepsTerm(data, text);
  if (!odd.has_value()) return absl::OkStatus();
  const std::string id(rules::RowOf(odd->rule).id);
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = id,
                   .field = "terms.end_date",
                   .fr = absl::StrCat(id, " : ", odd->words.fr),
                   .en = absl::StrCat(id, ": ", odd->words.en),
                   .next_fr =
                       "Donnez au terme (terms.end_date) le nouveau dernier jour : greffe act "
                       "revise ; pour un autre changement, proposez un avenant.",
                   .next_en = "Give the term (terms.end_date) its new last day: greffe act revise; "
                              "for any other change, propose an avenant."});
}

std::vector<v1::Finding> AgreedEndFindings(const StateData& data) {
  std::vector<v1::Finding> out;
  // Made for the first: most conventions have none.
  std::optional<LastDays> days;
  for (const auto& [id, act] : data.acts) {
    if (data.OpeningOf(act).kind != v1::ACT_KIND_AGREED_TERMINATION) continue;
    if (!days.has_value()) days.emplace(data);
    const RevisionNumber waiting = LatestFrozen(data, act);
    for (const RevisionNumber number : act.revisions) {
      const Revision& one = data.revisions[number];
      if (!one.valid || (number != waiting && !IsConcluded(data, number))) continue;
      const std::optional<CivilDate> before = days->Of(one.bases);
      const std::optional<CivilDate> put = LastDayPut(data, number);
      const auto odd = rules::CheckEndsEarlier(before, put.has_value() ? put : before);
      if (!odd.has_value()) continue;
      v1::Finding& finding = out.emplace_back(MakeFinding(*odd));
      finding.set_leaf(data.LeafOf(one.event).ToHex());
      finding.set_element_id("terms");
      finding.set_field("terms.end_date");
    }
  }
  std::sort(out.begin(), out.end(),
            [](const v1::Finding& a, const v1::Finding& b) { return a.leaf() < b.leaf(); });
  return out;
}

}  // namespace greffe
