#include "core/convention/text/amend.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/diff.h"
#include "core/convention/text/reading_order.h"
#include "core/convention/text/word_runs.h"

namespace greffe {
namespace {

// Beyond this a comparison line by line costs more than it tells: the element is written anew.
constexpr std::size_t kComparedPairs = 40000;
class Amending {
 public:
  explicit Amending(const AmendedText& base) : text_(base) {}

  void Insert(std::vector<std::shared_ptr<const v1::Element>> elements) {
    TextOperation one = Whole(
        IsRow(*elements.front()) ? v1::OPERATION_KIND_ADD_ROW : v1::OPERATION_KIND_INSERT_AFTER,
        elements.front()->id());
    one.elements = std::move(elements);
    Take(std::move(one));
  }

  void Remove(const v1::Element& element) {
    Take(Whole(IsRow(element) ? v1::OPERATION_KIND_REMOVE_ROW : v1::OPERATION_KIND_REPEAL,
               element.id()));
  }

  void Change(const std::shared_ptr<const v1::Element>& before,
              const std::shared_ptr<const v1::Element>& after) {
    if (SameElement(*before, *after)) return;
    if (ByParts(*before, *after)) return;
    const bool annex = before->has_annex() && before->parent_id() == after->parent_id() &&
                       before->annex().SerializeAsString() != after->annex().SerializeAsString();
    TextOperation one =
        Whole(annex ? v1::OPERATION_KIND_REPLACE_ANNEX : v1::OPERATION_KIND_REWRITE, before->id());
    one.elements = {after};
    Take(std::move(one));
  }

  std::vector<TextOperation> Done() { return std::move(out_); }

 private:
  static TextOperation Whole(v1::OperationKind kind, const std::string& id) {
    TextOperation out;
    out.kind = kind;
    out.element_id = id;
    return out;
  }

  // Lines of a list rather than texts.
  static bool IsRow(const v1::Element& element) {
    switch (element.content_case()) {
      case v1::Element::kFacility:
      case v1::Element::kFundingLine:
      case v1::Element::kIndicator:
      case v1::Element::kParty:
      case v1::Element::kReference:
        return true;
      default:
        return false;
    }
  }

  void Take(TextOperation operation) {
    // Cannot fail: made for this very text.
    if (text_.ApplyNew(&operation).ok()) out_.push_back(std::move(operation));
  }

  // Operations on parts, when these are all that changed and give the element to the byte.
  bool ByParts(const v1::Element& before, const v1::Element& after) {
    v1::Element reached = before;
    for (const TextPart part : {TextPart::kNumber, TextPart::kTitle, TextPart::kBody}) {
      if (before.content_case() != after.content_case()) return false;
      const std::string* const shall = PartOf(after, part);
      std::string* const is = MutablePartOf(&reached, part);
      if (shall != nullptr && is != nullptr) *is = *shall;
    }
    if (!SameElement(reached, after)) return false;
    // Words put in by one change may be those that another one replaces: then all is one change.
    return TryParts(before, after, /*apart=*/true) || TryParts(before, after, /*apart=*/false);
  }

  bool TryParts(const v1::Element& before, const v1::Element& after, bool apart) {
    std::vector<TextOperation> made;
    if (!MakeParts(before, after, apart, &made)) return false;
    // The element alone: a copy of the whole text for each would cost more than all else.
    AmendedText tried;
    tried.Put(text_.Find(before.id())->element, text_.Find(before.id())->digest);
    for (TextOperation& one : made) {
      if (!tried.ApplyNew(&one).ok()) return false;
    }
    const AmendedText::Entry* const entry = tried.Find(before.id());
    if (entry->digest != ElementDigest(after)) return false;
    text_.Put(entry->element, entry->digest);
    for (TextOperation& one : made) out_.push_back(std::move(one));
    return true;
  }

  static void AddWords(const TextOperation& where, const std::vector<WordRun>& runs,
                       std::vector<TextOperation>* out) {
    for (const WordRun& run : runs) {
      TextOperation& one = out->emplace_back(where);
      one.old_text = run.old_text;
      one.new_text = run.new_text;
    }
  }

  static bool MakeParts(const v1::Element& before, const v1::Element& after, bool apart,
                        std::vector<TextOperation>* out) {
    const auto differs = [&](TextPart part) {
      const std::string* const is = PartOf(before, part);
      return is != nullptr && *is != *PartOf(after, part);
    };
    if (differs(TextPart::kNumber)) {
      TextOperation& one = out->emplace_back(Whole(v1::OPERATION_KIND_RENUMBER, before.id()));
      one.part = TextPart::kNumber;
      one.old_text = *PartOf(before, TextPart::kNumber);
      one.new_text = *PartOf(after, TextPart::kNumber);
    }
    if (differs(TextPart::kTitle)) {
      const WordRuns found =
          FindRuns(*PartOf(before, TextPart::kTitle), *PartOf(after, TextPart::kTitle), apart);
      if (found.runs.empty()) return false;
      TextOperation one = Whole(v1::OPERATION_KIND_REPLACE_WORDS, before.id());
      one.part = TextPart::kTitle;
      AddWords(one, found.runs, out);
    }
    if (!differs(TextPart::kBody)) return true;
    return MakeBody(before.id(), AlineasOf(*PartOf(before, TextPart::kBody)),
                    AlineasOf(*PartOf(after, TextPart::kBody)), apart, out);
  }

  // What both have in common from both ends, then what is common between.
  static bool MakeBody(const std::string& id, const std::vector<Alinea>& before,
                       const std::vector<Alinea>& after, bool apart,
                       std::vector<TextOperation>* out) {
    std::size_t head = 0;
    const std::size_t shorter = std::min(before.size(), after.size());
    while (head < shorter && before[head].text == after[head].text) ++head;
    std::size_t tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail].text == after[after.size() - 1 - tail].text) {
      ++tail;
    }
    const std::size_t rows = before.size() - head - tail;
    const std::size_t columns = after.size() - head - tail;
    if (rows * columns > kComparedPairs) return false;
    const auto from = [](const std::vector<Alinea>& all, std::size_t begin, std::size_t end) {
      return std::vector<Alinea>(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                 all.begin() + static_cast<std::ptrdiff_t>(end));
    };
    for (const Hunk& one : HunksOf(rows, columns, [&](std::size_t r, std::size_t c) {
           return before[head + r].text == after[head + c].text;
         })) {
      AddHunk(id, from(before, head + one.old_from, head + one.old_to),
              from(after, head + one.new_from, head + one.new_to), head + one.old_to, before.size(),
              apart, out);
    }
    return true;
  }

  // `after_alinea`: the number of the last alinéa of the base before what follows the hunk.
  static void AddHunk(const std::string& id, const std::vector<Alinea>& old_ones,
                      const std::vector<Alinea>& new_ones, std::size_t after_alinea,
                      std::size_t all, bool apart, std::vector<TextOperation>* out) {
    const std::size_t pairs = std::min(old_ones.size(), new_ones.size());
    const auto add = [&](v1::OperationKind kind, std::size_t alinea) -> TextOperation& {
      TextOperation& one = out->emplace_back(Whole(kind, id));
      one.part = TextPart::kBody;
      one.alinea = alinea;
      return one;
    };
    for (std::size_t i = 0; i < pairs; ++i) {
      const WordRuns found = FindRuns(old_ones[i].text, new_ones[i].text, apart);
      if (!found.most && !found.runs.empty()) {
        TextOperation one = Whole(v1::OPERATION_KIND_REPLACE_WORDS, id);
        one.part = TextPart::kBody;
        one.alinea = old_ones[i].number;
        AddWords(one, found.runs, out);
        continue;
      }
      TextOperation& one = add(v1::OPERATION_KIND_REPLACE_ALINEA, old_ones[i].number);
      one.old_text = old_ones[i].text;
      one.new_text = new_ones[i].text;
    }
    for (std::size_t i = pairs; i < old_ones.size(); ++i) {
      add(v1::OPERATION_KIND_REPEAL, old_ones[i].number).old_text = old_ones[i].text;
    }
    if (new_ones.size() == pairs) return;
    std::string added;
    for (std::size_t i = pairs; i < new_ones.size(); ++i) {
      absl::StrAppend(&added, new_ones[i].gap, new_ones[i].text);
    }
    const bool at_end = after_alinea == all;
    add(at_end ? v1::OPERATION_KIND_ADD_AT_END : v1::OPERATION_KIND_INSERT_AFTER, after_alinea)
        .new_text = std::move(added);
  }

  AmendedText text_;
  std::vector<TextOperation> out_;
};

// True when something above the element is taken out too.
bool Covered(const AmendedText& base, const std::set<std::string>& removed,
             const v1::Element& element) {
  std::set<std::string> seen;
  std::string parent = element.parent_id();
  while (!parent.empty() && seen.insert(parent).second) {
    if (removed.contains(parent)) return true;
    const AmendedText::Entry* const entry = base.Find(parent);
    if (entry == nullptr) return false;
    parent = entry->element->parent_id();
  }
  return false;
}

}  // namespace

std::vector<TextOperation> MakeOperations(const AmendedText& base,
                                          const std::vector<AmendedElement>& given) {
  Amending amending(base);
  const std::vector<AmendedElement> changes = InReadingOrder(base, given);
  std::set<std::string> fresh;
  std::set<std::string> removed;
  for (const AmendedElement& change : changes) {
    if (change.put == nullptr) {
      removed.insert(change.id);
    } else if (base.Find(change.id) == nullptr) {
      fresh.insert(change.id);
    }
  }
  // What stands below something new comes with it, in the order given.
  std::map<std::string, std::string> top_of;
  std::map<std::string, std::vector<std::shared_ptr<const v1::Element>>> below;
  for (const AmendedElement& change : changes) {
    if (change.put == nullptr || !fresh.contains(change.id)) continue;
    const auto above = top_of.find(change.put->parent_id());
    const std::string top = above == top_of.end() ? change.id : above->second;
    top_of[change.id] = top;
    below[top].push_back(change.put);
  }
  const std::set<std::string> first = TakenOutFirst(base, changes, removed);
  const auto take_out = [&](bool now) {
    for (const std::string& id : removed) {
      const AmendedText::Entry* const before = base.Find(id);
      if (before == nullptr || first.contains(id) != now) continue;
      if (!Covered(base, removed, *before->element)) amending.Remove(*before->element);
    }
  };
  take_out(true);
  for (const AmendedElement& change : changes) {
    if (change.put == nullptr) continue;
    const AmendedText::Entry* const before = base.Find(change.id);
    if (before != nullptr) {
      amending.Change(before->element, change.put);
    } else if (const auto one = below.find(change.id); one != below.end()) {
      amending.Insert(std::move(one->second));
    }
  }
  take_out(false);
  return amending.Done();
}

}  // namespace greffe
