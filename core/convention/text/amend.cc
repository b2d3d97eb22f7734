#include "core/convention/text/amend.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/amount_words.h"
#include "core/convention/elements/diff.h"
#include "core/convention/text/reading_order.h"

namespace greffe {
namespace {

// Beyond this a comparison line by line costs more than it tells: the element is written anew.
constexpr std::size_t kComparedPairs = 40000;
// Words added to a run until it stands in its alinéa once; beyond, the alinéa is named as a whole.
// Bounds the work on texts made of one word.
constexpr int kExtensions = 64;
// A run of more than half an alinéa of some length reads better as a new alinéa.
constexpr std::size_t kLongRun = 12;

// A word, or an amount, with the blanks before it.
std::vector<absl::string_view> Words(absl::string_view text) {
  const auto blank = [&](std::size_t i) { return text[i] == ' ' || text[i] == '\t'; };
  std::vector<absl::string_view> out;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = start;
    while (end < text.size() && blank(end)) ++end;
    end = WordEnd(text, end, " \t");
    out.push_back(text.substr(start, end - start));
    start = end;
  }
  return out;
}

absl::string_view Trimmed(absl::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

std::string Run(const std::vector<absl::string_view>& words, std::size_t from, std::size_t to) {
  return std::string(Trimmed(absl::StrJoin(words.begin() + static_cast<std::ptrdiff_t>(from),
                                           words.begin() + static_cast<std::ptrdiff_t>(to), "")));
}

struct WordRun {
  std::string old_text;
  std::string new_text;
  // More than half of a long text.
  bool most = false;
};

// How often the words stand in the text, as whole words.
std::size_t Occurrences(const std::string& text, const std::string& words) {
  const auto edge = [&](std::size_t at) {
    return at == 0 || at == text.size() || text[at - 1] == ' ' || text[at] == ' ' ||
           text[at - 1] == '\t' || text[at] == '\t';
  };
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
    if (edge(at) && edge(at + words.size())) ++count;
  }
  return count;
}

// The smallest run of whole words that holds all differences and stands in the old text once.
WordRun FindRun(const std::string& before, const std::string& after) {
  const std::vector<absl::string_view> old_words = Words(before);
  const std::vector<absl::string_view> new_words = Words(after);
  auto [head, tail] = WordEnds(old_words, new_words);
  std::string run = Run(old_words, head, old_words.size() - tail);
  for (int i = 0; (run.empty() || Occurrences(before, run) != 1) && head + tail > 0; ++i) {
    if (i == kExtensions) head = tail = 0;
    if (head > 0) {
      --head;
    } else if (tail > 0) {
      --tail;
    }
    run = Run(old_words, head, old_words.size() - tail);
  }
  const std::size_t length = old_words.size() - tail - head;
  return {run, Run(new_words, head, new_words.size() - tail),
          length > kLongRun && 2 * length > old_words.size()};
}

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
    std::vector<TextOperation> made;
    if (!MakeParts(before, after, &made)) return false;
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

  static bool MakeParts(const v1::Element& before, const v1::Element& after,
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
      const WordRun run =
          FindRun(*PartOf(before, TextPart::kTitle), *PartOf(after, TextPart::kTitle));
      if (run.old_text.empty()) return false;
      TextOperation& one = out->emplace_back(Whole(v1::OPERATION_KIND_REPLACE_WORDS, before.id()));
      one.part = TextPart::kTitle;
      one.old_text = run.old_text;
      one.new_text = run.new_text;
    }
    if (!differs(TextPart::kBody)) return true;
    return MakeBody(before.id(), AlineasOf(*PartOf(before, TextPart::kBody)),
                    AlineasOf(*PartOf(after, TextPart::kBody)), out);
  }

  // What both have in common from both ends, then what is common between.
  static bool MakeBody(const std::string& id, const std::vector<Alinea>& before,
                       const std::vector<Alinea>& after, std::vector<TextOperation>* out) {
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
    // Longest common subsequence of what is between; kept[r][c]: of the rest from there.
    std::vector<std::vector<std::size_t>> kept(rows + 1, std::vector<std::size_t>(columns + 1));
    for (std::size_t r = rows; r-- > 0;) {
      for (std::size_t c = columns; c-- > 0;) {
        kept[r][c] = before[head + r].text == after[head + c].text
                         ? kept[r + 1][c + 1] + 1
                         : std::max(kept[r + 1][c], kept[r][c + 1]);
      }
    }
    std::size_t r = 0;
    std::size_t c = 0;
    while (r < rows || c < columns) {
      const std::size_t old_from = r;
      const std::size_t new_from = c;
      while (r < rows || c < columns) {
        const bool same = r < rows && c < columns && before[head + r].text == after[head + c].text;
        if (same) break;
        if (c == columns || (r < rows && kept[r + 1][c] >= kept[r][c + 1])) {
          ++r;
        } else {
          ++c;
        }
      }
      AddHunk(id,
              {before.begin() + static_cast<std::ptrdiff_t>(head + old_from),
               before.begin() + static_cast<std::ptrdiff_t>(head + r)},
              {after.begin() + static_cast<std::ptrdiff_t>(head + new_from),
               after.begin() + static_cast<std::ptrdiff_t>(head + c)},
              head + r, before.size(), out);
      while (r < rows && c < columns && before[head + r].text == after[head + c].text) {
        ++r;
        ++c;
      }
    }
    return true;
  }

  // `after_alinea`: the number of the last alinéa of the base before what follows the hunk.
  static void AddHunk(const std::string& id, const std::vector<Alinea>& old_ones,
                      const std::vector<Alinea>& new_ones, std::size_t after_alinea,
                      std::size_t all, std::vector<TextOperation>* out) {
    const std::size_t pairs = std::min(old_ones.size(), new_ones.size());
    const auto add = [&](v1::OperationKind kind, std::size_t alinea) -> TextOperation& {
      TextOperation& one = out->emplace_back(Whole(kind, id));
      one.part = TextPart::kBody;
      one.alinea = alinea;
      return one;
    };
    for (std::size_t i = 0; i < pairs; ++i) {
      const WordRun run = FindRun(old_ones[i].text, new_ones[i].text);
      const bool words = !run.most && run.old_text != old_ones[i].text && !run.old_text.empty();
      TextOperation& one =
          add(words ? v1::OPERATION_KIND_REPLACE_WORDS : v1::OPERATION_KIND_REPLACE_ALINEA,
              old_ones[i].number);
      one.old_text = words ? run.old_text : old_ones[i].text;
      one.new_text = words ? run.new_text : new_ones[i].text;
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

SameEnds WordEnds(const std::vector<absl::string_view>& before,
                  const std::vector<absl::string_view>& after) {
  const std::size_t shorter = std::min(before.size(), after.size());
  SameEnds out;
  while (out.head < shorter && before[out.head] == after[out.head]) ++out.head;
  while (out.tail < shorter - out.head &&
         before[before.size() - 1 - out.tail] == after[after.size() - 1 - out.tail]) {
    ++out.tail;
  }
  return out;
}

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
