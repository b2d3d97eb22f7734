#include "core/reader/plan_contents.h"

#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/plan_ref.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

// « Ouvrir une crèche ........ 12 » without its leader and page.
std::string WithoutPage(std::string title) {
  constexpr std::size_t kLeaderBytes = 24;
  const std::size_t dots = title.find("...");
  if (dots != std::string::npos && dots + kLeaderBytes >= title.size()) title.erase(dots);
  while (!title.empty() && (IsDigit(title.back()) || title.back() == '.' || title.back() == ' ' ||
                            title.back() == '\t')) {
    title.pop_back();
  }
  return title;
}

}  // namespace

bool PlanContents::EndsAt(const Block& block) {
  const Heading& heading = block.heading;
  if (!over_ && heading.kind == HeadingKind::kAxis && block.after_page)
    over_ = met_.count({CanonicalRef(heading.number), Fold(heading.title)}) > 0;
  return over_ && heading.kind != HeadingKind::kNone;
}

void PlanContents::Add(const Block& block) {
  const Heading& heading = block.heading;
  const std::string title = WithoutPage(heading.title);
  if (title.empty()) return;
  if (heading.kind == HeadingKind::kAxis) {
    axes_.emplace_back(CanonicalRef(heading.number), MakeText(title, block.lines));
    met_.emplace(axes_.back().first, Fold(title));
  } else if (heading.kind == HeadingKind::kAction) {
    Found& found = actions_.emplace_back();
    found.origin = Origin::kContents;
    found.action.ref = PrintedRef(heading.number);
    found.action.title = MakeText(title, block.lines);
  }
}

void PlanContents::AddTo(Outline* outline, std::vector<Found>* found) && {
  for (auto& [ref, title] : axes_) {
    if (outline->HasAxis(ref)) outline->EnterAxis(ref, std::move(title));
  }
  for (Found& each : actions_) found->push_back(std::move(each));
}

}  // namespace greffe::reader
