// Lets the test run switch one legal rule off: GREFFE_RULE_OFF=L-07. Linked into the programs whose
// tests show that rules work; tools/rules_table.py wants those to fail then.

#include <cstdio>
#include <cstdlib>

#include "core/rules/registry.h"

namespace greffe {
namespace {

bool SwitchOff() {
  const char* const id = std::getenv("GREFFE_RULE_OFF");
  if (id == nullptr) return false;
  const rules::Row* const row = rules::FindRow(id);
  if (row == nullptr) {
    std::fprintf(stderr, "GREFFE_RULE_OFF=%s: no such rule\n", id);
    std::exit(2);
  }
  rules::SwitchOffForTest(row->rule);
  return true;
}

[[maybe_unused]] const bool switched_off = SwitchOff();

}  // namespace
}  // namespace greffe
