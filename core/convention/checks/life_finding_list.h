#ifndef GREFFE_CORE_CONVENTION_CHECKS_LIFE_FINDING_LIST_H_
#define GREFFE_CORE_CONVENTION_CHECKS_LIFE_FINDING_LIST_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/state/state.h"
#include "core/convention/text/party_book.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// Findings of facts of life, as they are made. Private to core/convention.
namespace greffe {

class LifeFindingList final {
 public:
  // Borrows both.
  LifeFindingList(const StateData& data, const PartyBook& names) : data_(data), names_(names) {}

  // Of an event about an element. The rule is the one that the words begin with.
  void Add(EventNumber event, absl::string_view element, absl::string_view code,
           v1::FindingSeverity severity, rules::Words words);
  // Of a fact about the element it names.
  void Add(const LifeFact& fact, absl::string_view code, v1::FindingSeverity severity,
           rules::Words words);
  // What a rule says of a fact, with who recorded it; nothing where it says nothing.
  void Add(const LifeFact& fact, const std::optional<rules::Oddity>& odd);

  // By (leaf, code).
  std::vector<v1::Finding> TakeSorted();

 private:
  const StateData& data_;
  const PartyBook& names_;
  std::vector<v1::Finding> out_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_LIFE_FINDING_LIST_H_
