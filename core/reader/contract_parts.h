// Which blocks belong to which part of the contract: deliberation, parties, visas, articles,
// annexes…
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_CONTRACT_PARTS_H_
#define GREFFE_CORE_READER_CONTRACT_PARTS_H_

#include <cstddef>
#include <vector>

#include "core/reader/blocks.h"

namespace greffe::reader {

enum class PartKind {
  kCover,         // Before anything else of a document.
  kDeliberation,  // Extract of the register: from its letterhead to its last remedy.
  kParties,       // « Entre : … », up to « il est convenu ».
  kFormula,       // « Il est convenu et arrêté ce qui suit : », « Entre », « Et ».
  kVisas,         // « Vu … ».
  kPreamble,      // Under its heading, or prose between visas and articles.
  kArticle,       // One part an article: its heading (the first block) and what it heads.
  kClosing,       // « Fait à … » and the signatures.
  kAnnex,         // One part an annex: its heading and what it heads, the plan included.
  kAmendment,  // An avenant given beside its convention: text, nothing of it is the convention's.
  kBody,       // Anything else after the contract: a plan without an annex heading.
};

// Blocks [begin, end) of Blocks::blocks.
struct ContractPart {
  PartKind kind = PartKind::kCover;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The parts in order, each block in exactly one. Blocks of a contents list lie in the part around
// them and are to be skipped.
std::vector<ContractPart> FindContractParts(const Blocks& blocks);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_CONTRACT_PARTS_H_
