#include "core/export/redline_text.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/time.h"
#include "core/convention/elements/element_blocks.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/field_words.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/origin_words.h"
#include "core/convention/views/document_parts.h"

namespace greffe {
namespace {

std::string Labelled(absl::string_view label, absl::string_view text) {
  return absl::StrCat(label, kNoBreak, ":", text.empty() ? "" : " ", text, "\n");
}

// Elements that are printed as rows of tables have no text of their own: their fields are.
bool IsRow(const v1::Element& element) {
  return element.has_party() || element.has_facility() || element.has_indicator() ||
         element.has_terms();
}

absl::string_view LastName(absl::string_view path) {
  const std::size_t dot = path.rfind('.');
  absl::string_view name = dot == absl::string_view::npos ? path : path.substr(dot + 1);
  return name.substr(0, name.find('['));
}

// Fields that stand in no line of PrintedText.
bool IsUnprinted(absl::string_view path) {
  static const auto* const kUnprinted = new std::set<absl::string_view>{
      "clash",   "position",  "parent_id", "kind",   "role",      "level",
      "wording", "target_id", "content",   "source", "unwritten", "errata"};
  return kUnprinted->count(LastName(path)) > 0;
}

std::string Verb(v1::DiffKind kind) {
  switch (kind) {
    case v1::DIFF_KIND_ADDED:
      return "Ajouté";
    case v1::DIFF_KIND_REMOVED:
      return "Supprimé";
    default:
      return "Modifié";
  }
}

std::string ActText(const v1::DiffEntry& entry) {
  const v1::Origin& origin = entry.origin();
  if (origin.label().empty()) return Verb(entry.kind());
  return absl::StrCat(Verb(entry.kind()), " par ", OriginAct(origin), ", en effet depuis le ",
                      FrenchDate(origin.effective_from()));
}

std::string Value(const std::string& path, const std::string& text) {
  // Fractional keys say nothing to people.
  if (path == "position") return "";
  return FieldValue({.path = path, .text = text});
}

std::vector<RedlineField> Unprinted(const v1::DiffEntry& entry) {
  std::vector<RedlineField> out;
  for (const v1::FieldDiff& field : entry.fields()) {
    const bool row = IsRow(entry.after()) && field.field() != "position" &&
                     field.field() != "clash" && field.field() != "parent_id" &&
                     field.field() != "unwritten" && field.field() != "errata";
    if (row || !IsUnprinted(field.field())) continue;
    out.push_back({.label = FieldLabel(field.field()),
                   .before = Value(field.field(), field.before()),
                   .after = Value(field.field(), field.after())});
  }
  return out;
}

}  // namespace

std::string PrintedText(const v1::Element& element) {
  std::string out;
  if (IsRow(element)) {
    for (const ElementField& field : ElementFields(element)) {
      // The place above the text says what it stands in.
      if (field.path == "parent_id") continue;
      absl::StrAppend(&out, Labelled(FieldLabel(field.path), Value(field.path, field.text)));
    }
    return out;
  }
  if (HasHeading(element)) absl::StrAppend(&out, ElementTitle(element), "\n");
  for (const ElementBlock& block : ElementBlocks(element)) {
    switch (block.kind) {
      case ElementBlock::Kind::kLabelled:
        absl::StrAppend(&out, Labelled(block.label, block.text));
        break;
      case ElementBlock::Kind::kList:
        for (const BlockItem& item : block.items) absl::StrAppend(&out, "– ", item.text, "\n");
        break;
      case ElementBlock::Kind::kParagraphs:
      case ElementBlock::Kind::kRemark:
        absl::StrAppend(&out, block.text, "\n");
        break;
    }
  }
  return out;
}

std::vector<RedlineEntry> RedlineEntries(const v1::DiffView& view, const PartnerNames& names) {
  std::vector<RedlineEntry> out;
  long budget = kRedlineSteps;
  for (const v1::DiffEntry& entry : view.entries()) {
    const v1::Element& shown = entry.has_after() ? entry.after() : entry.before();
    RedlineEntry& line = out.emplace_back();
    line.place = entry.place().empty() ? ElementTitle(shown) : entry.place();
    line.act = ActText(entry);
    const std::string before = entry.has_before() ? PrintedText(names.Named(entry.before())) : "";
    const std::string after = entry.has_after() ? PrintedText(names.Named(entry.after())) : "";
    line.text = WordDiff(before, after, &budget);
    if (entry.kind() == v1::DIFF_KIND_CHANGED) line.fields = Unprinted(entry);
  }
  return out;
}

std::string RedlineTitle(const v1::DiffView& view) {
  return absl::StrCat("Modifications du ", FrenchDate(view.from_in_force_on()), " au ",
                      FrenchDate(view.to_in_force_on()));
}

std::string RedlineCounts(const v1::DiffView& view) {
  std::size_t added = 0;
  std::size_t removed = 0;
  std::size_t changed = 0;
  for (const v1::DiffEntry& entry : view.entries()) {
    added += entry.kind() == v1::DIFF_KIND_ADDED;
    removed += entry.kind() == v1::DIFF_KIND_REMOVED;
    changed += entry.kind() == v1::DIFF_KIND_CHANGED;
  }
  return absl::StrCat(Count(added, "élément ajouté", "éléments ajoutés"), ", ",
                      Count(changed, "modifié", "modifiés"), ", ",
                      Count(removed, "supprimé", "supprimés"));
}

}  // namespace greffe
