#ifndef GREFFE_CORE_CONVENTION_EVENT_TELLER_H_
#define GREFFE_CORE_CONVENTION_EVENT_TELLER_H_

#include <map>
#include <optional>
#include <string>

#include "core/convention/element_lookup.h"
#include "core/convention/party_book.h"
#include "core/convention/state.h"
#include "greffe/v1/view.pb.h"

namespace greffe {

// Tells people what events say. Made once for many; lives no longer than the state. Private to
// core/convention. Not thread safe.
class EventTeller final {
 public:
  explicit EventTeller(const StateData& data);

  // From what the state keeps: the values of follow-up are not told.
  v1::EventView View(EventNumber event);
  // From the event itself, applied or not.
  v1::EventView View(const v1::Event& event, const Digest& leaf);

  const PartyBook& book() const { return book_; }
  // « Article 3 – Gouvernance », or the id of an unknown one.
  const std::string& ElementName(const std::string& id);

 private:
  std::string Summary(const v1::Event& event);
  std::string LifeSummary(const v1::Event& event);
  std::string PaperSummary(const v1::PaperSigningStated& stated) const;
  static std::string AttachmentSummary(const v1::Attachment& named);
  std::string ActTitle(const std::string& act_id) const;
  std::string Label(const std::string& revision) const;
  std::string Office(const std::string& revision, const std::string& signatory) const;

  const StateData& data_;
  const PartyBook book_;
  // Made when the first element is named.
  std::optional<ElementBook> elements_;
  std::map<std::string, std::string> element_names_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_EVENT_TELLER_H_
