#ifndef GREFFE_CORE_CONVENTION_TEXT_AMENDED_TEXT_H_
#define GREFFE_CORE_CONVENTION_TEXT_AMENDED_TEXT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "core/base/digest.h"
#include "core/convention/text/consolidate.h"
#include "greffe/v1/element.pb.h"
#include "greffe/v1/instrument.pb.h"

// A text that operations amend (domain.md section 7.6), so that a list of operations can be proved
// complete: what they make of the base is compared with the consolidated text. Private to
// core/convention.
namespace greffe {

// The pieces of an element that operations change by words.
enum class TextPart : std::uint8_t { kWhole, kNumber, kTitle, kBody };
// Null when elements of the kind have no such part.
const std::string* PartOf(const v1::Element& element, TextPart part);
std::string* MutablePartOf(v1::Element* element, TextPart part);

// An alinéa: a line that is not blank (circular of 20 October 2000), with the bytes between the one
// before and it.
struct Alinea {
  std::string gap;
  std::string text;
  // Its number in the base, from 1; 0 for one that operations inserted.
  std::size_t number = 0;
};
std::vector<Alinea> AlineasOf(const std::string& body);

// One operation. What it changes is whole elements, or one part of one.
struct TextOperation {
  v1::OperationKind kind = v1::OPERATION_KIND_UNSPECIFIED;
  std::string element_id;
  // ElementDigest before and after; absent: there is none.
  std::optional<Digest> before;
  std::optional<Digest> after;
  TextPart part = TextPart::kWhole;
  // Alinéa of the base meant, from 1. INSERT_AFTER: 0 inserts before the first.
  std::size_t alinea = 0;
  // Words or alinéa replaced and put in place; what is inserted or added begins with its gap.
  std::string old_text;
  std::string new_text;
  // Whole elements as they shall read: the one meant first, then what stands below a new one.
  std::vector<std::shared_ptr<const v1::Element>> elements;
};

// Elements by id. Copies share what no operation changed.
class AmendedText final {
 public:
  struct Entry {
    std::shared_ptr<const v1::Element> element;
    Digest digest;
  };

  AmendedText() = default;
  // Of clashing sides the one shown.
  explicit AmendedText(const ConsolidatedText& text);

  void Put(std::shared_ptr<const v1::Element> element, const Digest& digest);
  // Null when the id is not in the text.
  const Entry* Find(const std::string& id) const;
  // Every element, by id.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const auto& [id, entry] : by_id_) visit(*entry.element);
  }
  // FAILED_PRECONDITION, changing nothing, when the text is not the one that the operation was made
  // for: another digest before or after, words that are not there exactly once, no such alinéa.
  absl::Status Apply(const TextOperation& operation);
  // The elements in reading order, without revisions behind them. Points into this text.
  ConsolidatedText Placed() const;
  // As TextDigest of the consolidated text that says the same.
  Digest TextDigest() const;

  // Lets Apply fill `before` and `after` of operations in the making instead of comparing them.
  absl::Status ApplyNew(TextOperation* operation);

 private:
  using PartKey = std::pair<std::string, TextPart>;

  absl::Status ApplyWhole(const TextOperation& operation, const std::optional<Digest>& after);
  // The element with its part changed.
  absl::Status EditPart(const TextOperation& operation, v1::Element* element,
                        std::vector<Alinea>* alineas) const;

  std::map<std::string, Entry> by_id_;
  // Bodies being changed, so that alinéas keep their number of the base.
  std::map<PartKey, std::vector<Alinea>> bodies_;
  // Taken out with what stands below.
  std::set<std::string> removed_;
};

// base ⊕ operations, each checked against what it was made for. Errors of Apply.
absl::Status ApplyOperations(const std::vector<TextOperation>& operations, AmendedText* text);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_AMENDED_TEXT_H_
