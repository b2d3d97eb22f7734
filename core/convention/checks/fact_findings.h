#ifndef GREFFE_CORE_CONVENTION_CHECKS_FACT_FINDINGS_H_
#define GREFFE_CORE_CONVENTION_CHECKS_FACT_FINDINGS_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "core/convention/state/same_text.h"
#include "core/convention/state/state.h"
#include "core/convention/text/party_book.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// Findings of recorded facts as they are gathered (facts_check.h). Private to core/convention.
namespace greffe {

class FactFindings final {
 public:
  // Who a finding is about, in both languages; worked out for what is found alone.
  using Who = absl::FunctionRef<rules::Words()>;

  // Borrows the state.
  explicit FactFindings(const StateData& data) : data_(data) {}

  // The rule is the one that `fr` opens with; none where it opens with none.
  void Add(EventNumber event, absl::string_view code, v1::FindingSeverity severity, std::string fr,
           std::string en);
  // Of a vote; `who`: whose, and of which sitting.
  void Add(EventNumber event, const rules::Oddity& odd, Who who);

  std::vector<v1::Finding> Take() { return std::move(out_); }

 private:
  const StateData& data_;
  std::vector<v1::Finding> out_;
};

// When each text was first frozen, worked out once for all freezes of one. Borrows what it is
// given.
class FirstFreezes final {
 public:
  struct First {
    // In Paris, by its author's clock.
    CivilDate day;
    // Of several of that day the one with the least leaf.
    EventNumber event = kNone;
  };

  FirstFreezes(const StateData& data, const SameTexts& same) : data_(data), same_(same) {}

  const First& Of(RevisionNumber revision);
  const SameTexts& same() const { return same_; }

 private:
  const StateData& data_;
  const SameTexts& same_;
  // By SameTexts::FirstOf.
  std::map<RevisionNumber, First> by_text_;
};

// What the order of the days on record says of one revision: signatures dated before there was a
// text to sign (L-12), refusals beside signatures, and withdrawals that who signed did not know; of
// the first freeze of a text, all votes on it that are dated before it (L-11). None of it changes
// what is concluded.
void CheckOrderOfFacts(const StateData& data, const PartyBook& book, RevisionNumber revision,
                       FirstFreezes* freezes, FactFindings* out);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_FACT_FINDINGS_H_
