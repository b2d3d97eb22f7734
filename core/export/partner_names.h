#ifndef GREFFE_CORE_EXPORT_PARTNER_NAMES_H_
#define GREFFE_CORE_EXPORT_PARTNER_NAMES_H_

#include <map>
#include <set>
#include <string>

#include "greffe/v1/convention_service.pb.h"

namespace greffe {

// What partners are called in documents whose view has only their ids, taken from the boards of the
// same dates and cuts: a board names each party as all texts and successions do. Pure; not thread
// safe while boards are added.
class PartnerNames final {
 public:
  // Of a partner named before, the first name stays.
  void Add(const v1::StatusView& board);
  // The name; the id itself of a partner without one; both where two partners have one name.
  std::string Of(const std::string& partner_id) const;
  // The element with names in the place of ids, where people read them.
  v1::Element Named(const v1::Element& element) const;

 private:
  std::map<std::string, std::string> names_;
  // By name, who bears it.
  std::map<std::string, std::set<std::string>> bearers_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_PARTNER_NAMES_H_
