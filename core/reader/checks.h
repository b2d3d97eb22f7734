// Checks of a reading against the rules of domain §7.9 that concern a document.
//
// Pure and thread safe. A check says what a person should see; it changes nothing. Each is a rule
// of core/rules/registry.h: one that is switched off finds nothing.
#ifndef GREFFE_CORE_READER_CHECKS_H_
#define GREFFE_CORE_READER_CHECKS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/blocks.h"
#include "core/reader/contract_parts.h"
#include "core/reader/deliberations.h"
#include "core/reader/model.h"
#include "core/rules/registry.h"

namespace greffe::reader {

// What the checks read.
struct Checked {
  const Blocks& blocks;
  const std::vector<ContractPart>& parts;
  const Convention& convention;
  const LeftOut& left_out;
};

// All findings: CHK-01 to 07, 10 to 18, 32 to 35 and 37, in the order of their numbers; within one,
// in the order of the text. Last what was left out of the reading (limit-deliberations).
std::vector<Finding> RunChecks(const Checked& checked);

// The groups that RunChecks runs, one room each.
// CHK-01 to 07, 10, 11, 33: identifiers, dates and figures of deliberations.
void CheckActs(const Checked& checked, std::vector<Finding>* findings);
// CHK-12, 15 to 18, 37: dates against each other and against the term.
void CheckDates(const Checked& checked, std::vector<Finding>* findings);
// CHK-13, 14: references to annexes, contents against body, placeholders.
void CheckReferences(const Checked& checked, std::vector<Finding>* findings);
// CHK-32, 34, 35: letters of the object, spellings of names, postcodes.
void CheckWording(const Checked& checked, std::vector<Finding>* findings);

// Adds a finding with its lines, each once and in order, under the number that the check of `rule`
// has; nothing where the rule is switched off.
void AddFinding(std::vector<Finding>* findings, rules::Rule rule, Severity severity, std::string fr,
                std::string en, std::vector<Lines> lines);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_CHECKS_H_
