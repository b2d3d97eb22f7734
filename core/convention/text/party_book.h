#ifndef GREFFE_CORE_CONVENTION_TEXT_PARTY_BOOK_H_
#define GREFFE_CORE_CONVENTION_TEXT_PARTY_BOOK_H_

#include <map>
#include <set>
#include <string>

#include "core/convention/state/state.h"
#include "core/rules/receipt.h"

namespace greffe {

// What texts, present and past, say of the organisations that are or were parties: for each, what
// binds most (TextWeight), so that a draft speaks only for who is in no text. Made once for many
// questions. Private to core/convention.
class PartyBook final {
 public:
  explicit PartyBook(const StateData& data);

  // « Commune d'Astaffort »; the id itself for an unknown one. Of several names the least, so that
  // every replica says the same.
  std::string Name(const std::string& partner_id) const;
  // True of who is a party in some text, present or past, or succeeded one by law.
  bool IsKnown(const std::string& partner_id) const { return entries_.count(partner_id) > 0; }
  // True when that text says that an assembly votes for it. What a revision itself says of its
  // signatories: VotesFor (authority.h).
  bool Deliberates(const std::string& partner_id) const;
  // False of a party whose votes are no acts to publish and transmit, as those of a board of the
  // CAF: nothing of theirs becomes executory, and no period runs from it (L-07).
  bool TransmitsVotes(const std::string& partner_id) const;
  // What its receipts must bear: SIREN and INSEE code, each empty where texts do not say, or where
  // texts that were ever in force say several: a receipt may be older than the last one. Of a party
  // whose SIREN no text says, those of the others; borrows the book.
  rules::ReceiptOwner ReceiptOwnerOf(const std::string& partner_id) const;

 private:
  void AddSuccessors(const StateData& data);

  struct Entry {
    std::string name;
    bool deliberates = false;
    std::set<std::string> sirens;
    std::set<std::string> insee;
  };
  std::map<std::string, Entry> entries_;
  // Names of parties by the SIREN that the project, or any concluded text, says of them; of several
  // the least.
  std::map<std::string, std::string> by_siren_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_PARTY_BOOK_H_
