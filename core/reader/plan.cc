#include "core/reader/plan.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

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

// `labels` without those of passages that are no actions: they are kept with the text below them.
std::vector<Lines> WithoutLabelsOf(const std::vector<Action>& passages, std::vector<Lines> labels) {
  std::set<Lines> theirs;
  for (const Action& passage : passages) {
    for (const Text& label : passage.labels)
      theirs.insert(label.source.lines.begin(), label.source.lines.end());
    for (const Rubric& rubric : passage.rubrics)
      theirs.insert(rubric.label.source.lines.begin(), rubric.label.source.lines.end());
  }
  labels.erase(std::remove_if(labels.begin(), labels.end(),
                              [&](const Lines& lines) { return theirs.count(lines) > 0; }),
               labels.end());
  return labels;
}

}  // namespace

void ReadPlan(const Blocks& blocks, const std::vector<ContractPart>& parts, LineUses* uses,
              Convention* convention) {
  std::vector<std::size_t> articles;
  for (const ContractPart& part : parts) {
    if (part.kind == PartKind::kArticle) articles.push_back(part.begin);
  }
  std::vector<Region> regions = FindRegions(blocks.blocks, articles);
  for (const ContractPart& part : parts) {
    if (part.kind != PartKind::kAmendment) continue;
    std::fill(regions.begin() + static_cast<std::ptrdiff_t>(part.begin),
              regions.begin() + static_cast<std::ptrdiff_t>(part.end), Region::kAmendment);
  }
  const Vocabulary vocabulary(blocks.documents);
  PlanFindings plan = WalkPlan(blocks, regions, vocabulary);
  convention->axes = std::move(plan.axes);
  convention->actions = JoinActions(std::move(plan.found));
  SetLabels(WithoutLabelsOf(TakeUnnamed(&convention->actions), std::move(plan.labels)), uses);
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
