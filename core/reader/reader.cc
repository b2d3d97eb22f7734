#include "core/reader/reader.h"

#include <utility>

#include "core/base/status_macros.h"
#include "core/reader/accounting.h"
#include "core/reader/articles.h"
#include "core/reader/blocks.h"
#include "core/reader/checks.h"
#include "core/reader/contract_openings.h"
#include "core/reader/contract_parts.h"
#include "core/reader/deliberations.h"
#include "core/reader/letters.h"
#include "core/reader/parties.h"
#include "core/reader/plan.h"
#include "core/reader/terms.h"

namespace greffe::reader {
namespace {

// Parties that no « Entre : … » introduces, before the first article.
void ReadPartiesElsewhere(const Blocks& blocks, const std::vector<ContractPart>& parts,
                          Convention* convention) {
  for (const ContractPart& part : parts) {
    if (part.kind == PartKind::kArticle || part.kind == PartKind::kAnnex) return;
    if (part.kind == PartKind::kDeliberation || part.kind == PartKind::kVisas) continue;
    for (Party& party : ReadScatteredParties(blocks, part.begin, part.end))
      convention->parties.push_back(std::move(party));
  }
}

// « Article 1 – Les parties » holds them.
void ReadPartiesOfArticle(const Blocks& blocks, const std::vector<ContractPart>& parts,
                          Convention* convention) {
  for (const ContractPart& part : parts) {
    if (part.kind != PartKind::kArticle) continue;
    if (!IsPartiesTitle(Plain(blocks.blocks[part.begin].heading.title))) continue;
    for (Party& party : ReadListedParties(blocks, part.begin + 1, part.end))
      convention->parties.push_back(std::move(party));
  }
}

LeftOut ReadContract(const Blocks& blocks, const std::vector<ContractPart>& parts,
                     Convention* convention) {
  for (const ContractPart& part : parts) {
    if (part.kind != PartKind::kParties) continue;
    for (Party& party : ReadParties(blocks, part.begin, part.end))
      convention->parties.push_back(std::move(party));
  }
  if (convention->parties.empty()) ReadPartiesElsewhere(blocks, parts, convention);
  if (convention->parties.empty()) ReadPartiesOfArticle(blocks, parts, convention);
  ReadArticles(blocks, parts, convention);
  ReadAnnexes(blocks, parts, convention);
  ReadTerms(blocks, parts, convention);
  return ReadDeliberations(blocks, parts, convention);
}

}  // namespace

absl::StatusOr<Reading> Read(std::vector<InputText> inputs) {
  ASSIGN_OR_RETURN(std::vector<Document> documents, SplitLines(inputs));
  Blocks blocks = BuildBlocks(std::move(documents));
  const std::vector<ContractPart> parts = FindContractParts(blocks);
  Reading reading;
  reading.uses = blocks.uses;
  for (const ContractPart& part : parts) {
    if (part.kind == PartKind::kAmendment)
      reading.amendments.push_back(blocks.blocks[part.begin].lines.document);
  }
  const LeftOut left_out = ReadContract(blocks, parts, &reading.convention);
  ReadPlan(blocks, parts, &reading.uses, &reading.convention);

  // What is unread after all stages becomes text of its own; then the lines are accounted for.
  LineUses before_rest = reading.uses;
  Account(blocks.documents, reading.convention, &before_rest);
  ReadRest(blocks, parts, before_rest, &reading.convention);
  Account(blocks.documents, reading.convention, &reading.uses);
  reading.findings = RunChecks({blocks, parts, reading.convention, left_out});
  reading.columns = std::move(blocks.columns);
  reading.documents = std::move(blocks.documents);
  return reading;
}

}  // namespace greffe::reader
