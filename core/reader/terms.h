// Title, territory and term of the convention.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_TERMS_H_
#define GREFFE_CORE_READER_TERMS_H_

#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/contract_parts.h"
#include "core/reader/model.h"

namespace greffe::reader {

// Sets title, territory and period. The period comes from the article on the term, then from a
// sentence that says the convention takes effect and ends, then from the years under the title. A
// sentence about an earlier convention, or about an act on this one, gives none.
void ReadTerms(const Blocks& blocks, const std::vector<ContractPart>& parts,
               Convention* convention);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_TERMS_H_
