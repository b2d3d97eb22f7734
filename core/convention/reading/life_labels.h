#ifndef GREFFE_CORE_CONVENTION_READING_LIFE_LABELS_H_
#define GREFFE_CORE_CONVENTION_READING_LIFE_LABELS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/convention/reading/event_teller.h"
#include "core/convention/state/state.h"
#include "core/convention/text/element_lookup.h"
#include "core/rules/registry.h"
#include "greffe/v1/life_service.pb.h"

// What people call what facts of life name by ids: elements, partners, offices, acts, revisions.
// What is unknown here has no label. Private to core/convention.
namespace greffe {

// The labels of one answer. Borrows the state and the teller. One thread.
class LifeLabels final {
 public:
  LifeLabels(const StateData& data, EventTeller* teller) : data_(data), teller_(*teller) {}

  // Who recorded it, and what the fact names.
  void Add(const v1::LifeFactView& fact);
  void Add(const v1::LifeRecorded& fact);
  // By id, each once.
  std::vector<v1::LifeLabel> Sorted() const;

 private:
  void AddElement(const std::string& id);
  void AddPartner(const std::string& id);
  // Of a party, by its element.
  void AddOffice(const std::string& party, const std::string& office);
  // Bytes.
  void AddAct(const std::string& id);
  void AddRevision(const std::string& leaf);
  void Put(const std::string& id, const rules::Words& label);

  const StateData& data_;
  EventTeller& teller_;
  std::optional<ElementBook> elements_;
  std::map<std::string, rules::Words> labels_;
  // Those whose names are in labels_, before whatever else bears the id.
  std::set<std::string> partners_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_LIFE_LABELS_H_
