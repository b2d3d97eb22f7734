#include "core/reader/plan.h"

#include <utility>

#include "core/reader/body.h"
#include "core/reader/facility.h"
#include "core/reader/funding.h"
#include "core/reader/glue.h"
#include "core/reader/plan_join.h"
#include "core/reader/plan_reader.h"
#include "core/reader/plan_region.h"
#include "core/reader/reference.h"
#include "core/reader/role_sheet.h"

namespace greffe::reader {
namespace {

void SetLabels(const std::vector<Lines>& labels, LineUses* uses) {
  for (const Lines& lines : labels) {
    if (lines.document >= uses->size()) continue;
    std::vector<LineUse>& document = (*uses)[lines.document];
    for (uint32_t line = lines.first; line <= lines.last && line <= document.size(); ++line) {
      if (line > 0 && document[line - 1] == LineUse::kUnread) document[line - 1] = LineUse::kLabel;
    }
  }
}

}  // namespace

void ReadPlan(const Blocks& blocks, LineUses* uses, Convention* convention) {
  const std::vector<Region> regions = FindRegions(blocks.blocks);
  const Vocabulary vocabulary(blocks.documents);
  PlanFindings plan = WalkPlan(blocks, regions, vocabulary);
  SetLabels(plan.labels, uses);
  convention->axes = std::move(plan.axes);
  convention->actions = JoinActions(std::move(plan.found));
  FacilityReading facilities = ReadFacilities(blocks.blocks, regions);
  SetLabels(facilities.labels, uses);
  convention->facilities = std::move(facilities.facilities);
  BodyReading bodies = ReadBodies(blocks.blocks, regions);
  SetLabels(bodies.labels, uses);
  convention->bodies = std::move(bodies.bodies);
  RoleReading roles = ReadRoleSheets(blocks.blocks, regions);
  SetLabels(roles.labels, uses);
  convention->role_sheets = std::move(roles.sheets);
  convention->funding = ReadFunding(convention->actions);
  convention->references = FindReferences(*convention);
}

}  // namespace greffe::reader
