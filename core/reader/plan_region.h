// Which blocks may speak of the plan: not the clauses, nor annexes that are something else.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PLAN_REGION_H_
#define GREFFE_CORE_READER_PLAN_REGION_H_

#include <vector>

#include "core/reader/blocks.h"

namespace greffe::reader {

enum class Region {
  kFront,       // Before the first article: parties, visas, preamble, a vote.
  kClauses,     // Articles and signatures.
  kPlan,        // The plan, or anything after the clauses that no annex says to be something else.
  kFacilities,  // Annex that lists facilities.
  kGovernance,  // Annex on bodies, steering, follow-up.
  kAmendment,   // An avenant beside its convention.
  kOther,       // Annex that is a diagnosis, statutes, a vote, a method of evaluation.
};

// One region a block. A document without articles is a plan from its start, up to its annexes.
// `articles` are the blocks that open an article of the contract, in order, numbered titles without
// the word « article » among them: what stands up to the last of them is clauses and no plan.
std::vector<Region> FindRegions(const std::vector<Block>& blocks,
                                const std::vector<std::size_t>& articles);

// What an annex with this title holds; kPlan when the title does not say.
Region RegionOfTitle(absl::string_view title);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_REGION_H_
