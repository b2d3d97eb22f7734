#include "core/convention/elements/diff.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/elements/element_text.h"

namespace greffe {
namespace {

void AddField(const std::string& path, const std::string& before, const std::string& after,
              v1::DiffEntry* entry) {
  v1::FieldDiff* field = entry->add_fields();
  field->set_field(path);
  field->set_before(before);
  field->set_after(after);
}

// Fields of `after` in their order, then those only `before` has.
void AddFields(const v1::Element& before, const v1::Element& after, v1::DiffEntry* entry) {
  const std::vector<ElementField> old_fields = ElementFields(before);
  const std::vector<ElementField> new_fields = ElementFields(after);
  std::map<std::string, const std::string*> old_texts;
  for (const ElementField& field : old_fields) old_texts[field.path] = &field.text;
  std::set<std::string> known;
  for (const ElementField& field : new_fields) {
    known.insert(field.path);
    const auto found = old_texts.find(field.path);
    const std::string text = found == old_texts.end() ? std::string() : *found->second;
    if (text != field.text) AddField(field.path, text, field.text, entry);
  }
  for (const ElementField& field : old_fields) {
    if (known.count(field.path) == 0) AddField(field.path, field.text, "", entry);
  }
  if (before.position() != after.position()) {
    AddField("position", before.position(), after.position(), entry);
  }
}

std::string Place(const v1::Element& element, const ElementOf& where) {
  std::string out = ElementTitle(element);
  std::string parent = element.parent_id();
  for (std::size_t level = 0; !parent.empty() && level < limits::kTreeDepth; ++level) {
    const v1::Element* above = where(parent);
    if (above == nullptr) break;
    out = absl::StrCat(ElementTitle(*above), " › ", out);
    parent = above->parent_id();
  }
  return out;
}

std::string WordingOf(const v1::Element& element) {
  if (element.sources().empty()) return element.SerializeAsString();
  v1::Element copy = element;
  copy.clear_sources();
  return copy.SerializeAsString();
}

}  // namespace

v1::DiffEntry MakeDiffEntry(const v1::Element* before, const v1::Element* after,
                            const ElementOf& where) {
  v1::DiffEntry entry;
  const v1::Element& shown = after != nullptr ? *after : *before;
  entry.set_element_id(shown.id());
  entry.set_place(Place(shown, where));
  if (before != nullptr) *entry.mutable_before() = *before;
  if (after != nullptr) *entry.mutable_after() = *after;
  if (before == nullptr) {
    entry.set_kind(v1::DIFF_KIND_ADDED);
  } else if (after == nullptr) {
    entry.set_kind(v1::DIFF_KIND_REMOVED);
  } else {
    entry.set_kind(v1::DIFF_KIND_CHANGED);
    AddFields(*before, *after, &entry);
  }
  return entry;
}

bool SameElement(const v1::Element& a, const v1::Element& b) {
  return &a == &b || WordingOf(a) == WordingOf(b);
}

Digest WordingDigest(const v1::Element& element) { return Sha256({WordingOf(element)}); }

}  // namespace greffe
