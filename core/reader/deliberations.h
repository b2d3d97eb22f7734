// Deliberations: extracts of registers, stamps of transmission, and what visas and parties mention.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_DELIBERATIONS_H_
#define GREFFE_CORE_READER_DELIBERATIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/contract_parts.h"
#include "core/reader/model.h"

namespace greffe::reader {

// One stamp of transmission, in either layout (domain §7.1). Fields are empty when not printed.
struct Stamp {
  std::string id;  // As printed, in capitals.
  std::string sent_on, received_on, published_on;
  Lines lines;
};
// Deliberations of one reading: a territory has some hundred communes.
inline constexpr std::size_t kActsMost = 500;

// The stamps of all documents, in order: runs of kPageStamp lines, cut where a label comes back.
std::vector<Stamp> FindStamps(const Blocks& blocks);

// What is no deliberation of the reading, because there are so many before it.
struct LeftOut {
  std::size_t count = 0;      // Extracts, mentions and stamps.
  std::vector<Lines> places;  // Of the first ones.
};

// Adds the deliberations: one an extract; stamps go to the one of their date, or make one; a
// mention in visas or parties makes one where no other is of that assembly. A date is YYYY-MM-DD.
// Five hundred at most: what more would make one stays text, and is told.
LeftOut ReadDeliberations(const Blocks& blocks, const std::vector<ContractPart>& parts,
                          Convention* convention);

// What the convention says elsewhere of a deliberation: number and date with their place.
struct DeliberationMention {
  std::string number, date, assembly;  // Assembly as AssemblyKind gives it.
  std::string authority;               // As printed.
  Lines lines;
  bool of_this_convention = false;  // It says that it authorises this convention.
  bool of_party = false;            // In the paragraph of the party that voted.
};
std::vector<DeliberationMention> FindMentions(const Blocks& blocks,
                                              const std::vector<ContractPart>& parts);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_DELIBERATIONS_H_
