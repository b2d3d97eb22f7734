#ifndef GREFFE_CORE_CONVENTION_READING_EVENT_TELLER_H_
#define GREFFE_CORE_CONVENTION_READING_EVENT_TELLER_H_

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/party_book.h"
#include "core/rules/registry.h"
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
  // Threads of all facts.
  const LifeBook& life();

 private:
  // One sentence on the payload, in both languages (event_sentence.cc). What people wrote, names of
  // offices and legal terms are French in both. `number`: kNone for one that is not applied.
  rules::Words Sentence(const v1::Event& event, EventNumber number);
  // RecordedForTail for an event that the replica of one organisation recorded for another that it
  // acts for; empty for any other. The roster of the state says who acts for whom, so every replica
  // says the same at the same cut.
  const rules::Words& ForAnother(EventNumber event);
  rules::Words ActSentence(const v1::Event& event, EventNumber number);
  rules::Words SigningSentence(const v1::Event& event) const;
  rules::Words PaperSentence(const v1::Event& event) const;
  rules::Words FollowUpSentence(const v1::Event& event);
  rules::Words LifeSentence(const v1::Event& event);
  rules::Words RosterSentence(const v1::Event& event) const;
  std::string ActTitle(const std::string& act_id) const;
  std::string Label(const std::string& revision) const;
  // « Commune du Vallon », « Maire »; of a revision unknown here, the office alone, by its id.
  struct Signer {
    std::string party;
    std::string office;
  };
  Signer SignerOf(const std::string& revision, const std::string& signatory) const;

  const StateData& data_;
  const PartyBook book_;
  // ForAnother, by replica and partner.
  std::map<std::pair<ReplicaNumber, TextNumber>, rules::Words> for_another_;
  // Made when the first element is named.
  std::optional<ElementBook> elements_;
  std::map<std::string, std::string> element_names_;
  // Made when it is first asked for.
  std::optional<LifeBook> life_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_EVENT_TELLER_H_
