#include "core/reader/outline.h"

#include <algorithm>
#include <utility>

#include "core/reader/fold.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kAxesMost = 200;
constexpr std::size_t kObjectivesMost = 500;

}  // namespace

Axis* Outline::Find(absl::string_view ref) {
  const auto at =
      std::find_if(axes_.begin(), axes_.end(), [&](const Axis& axis) { return axis.ref == ref; });
  return at == axes_.end() ? nullptr : &*at;
}

bool Outline::HasAxis(absl::string_view ref) const {
  return std::any_of(axes_.begin(), axes_.end(), [&](const Axis& axis) { return axis.ref == ref; });
}

absl::string_view Outline::AxisTitle(absl::string_view ref) const {
  for (const Axis& axis : axes_) {
    if (axis.ref == ref) return axis.title.text;
  }
  return {};
}

void Outline::EnterAxis(absl::string_view ref, Text title) {
  objective_.clear();
  Axis* axis = nullptr;
  if (!ref.empty()) {
    axis = Find(ref);
  } else {
    for (Axis& each : axes_) {
      if (Fold(each.title.text) == Fold(title.text)) axis = &each;
    }
  }
  if (axis == nullptr) {
    if (axes_.size() >= kAxesMost) return;
    axis = &axes_.emplace_back();
    axis->ref = std::string(ref);
  }
  AddWording(std::move(title), &axis->title, &axis->aliases);
  axis_ = axis->ref;
}

void Outline::EnterObjective(absl::string_view axis_ref, absl::string_view ref, Text title) {
  Axis* axis = Find(axis_ref.empty() ? absl::string_view(axis_) : axis_ref);
  if (axis == nullptr) {
    if (axes_.size() >= kAxesMost) return;
    axis = &axes_.emplace_back();
    axis->ref = std::string(axis_ref);
  }
  axis_ = axis->ref;
  for (Objective& objective : axis->objectives) {
    const bool same =
        ref.empty() ? Fold(objective.title.text) == Fold(title.text) : objective.ref == ref;
    if (!same) continue;
    AddWording(std::move(title), &objective.title, &objective.aliases);
    objective_ = objective.ref;
    return;
  }
  if (axis->objectives.size() >= kObjectivesMost) return;
  Objective& objective = axis->objectives.emplace_back();
  objective.ref = std::string(ref);
  objective.title = std::move(title);
  objective_ = objective.ref;
}

void Outline::Select(absl::string_view axis_ref, absl::string_view objective_ref) {
  if (!HasAxis(axis_ref)) return;
  axis_ = std::string(axis_ref);
  objective_ = std::string(objective_ref);
}

}  // namespace greffe::reader
