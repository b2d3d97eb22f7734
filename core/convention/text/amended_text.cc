#include "core/convention/text/amended_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/text/tree.h"
#include "core/convention/text/word_runs.h"

namespace greffe {
namespace {

absl::Status Mismatch(const TextOperation& operation, absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(operation.element_id, ": ", why));
}

bool IsBlank(absl::string_view line) { return absl::StripAsciiWhitespace(line).empty(); }

std::string Joined(const std::vector<Alinea>& alineas) {
  std::string out;
  for (const Alinea& one : alineas) absl::StrAppend(&out, one.gap, one.text);
  return out;
}

// Puts `to` in the place of the words `from`, which must stand there exactly once.
bool ReplaceWords(const std::string& from, const std::string& to, std::string* text) {
  if (from.empty()) return false;
  std::size_t found = std::string::npos;
  for (std::size_t at = text->find(from); at != std::string::npos; at = text->find(from, at + 1)) {
    if (!IsWordEdge(*text, at) || !IsWordEdge(*text, at + from.size())) continue;
    if (found != std::string::npos) return false;
    found = at;
  }
  if (found == std::string::npos) return false;
  std::size_t length = from.size();
  if (to.empty() && found > 0) {
    // The blank before words that go, goes with them.
    --found;
    ++length;
  } else if (to.empty() && length < text->size()) {
    ++length;
  }
  text->replace(found, length, to);
  return true;
}

std::vector<Alinea>::iterator Numbered(std::vector<Alinea>* alineas, std::size_t number) {
  return std::find_if(alineas->begin(), alineas->end(),
                      [&](const Alinea& one) { return one.number == number; });
}

// New alinéas after the one meant and after what was already inserted there.
bool InsertAlineas(const TextOperation& operation, std::vector<Alinea>* alineas) {
  std::vector<Alinea> added = AlineasOf(operation.new_text);
  if (added.empty()) return false;
  for (Alinea& one : added) one.number = 0;
  auto at = alineas->begin();
  if (operation.alinea > 0) {
    at = Numbered(alineas, operation.alinea);
    if (at == alineas->end()) return false;
    ++at;
  }
  while (at != alineas->end() && at->number == 0) ++at;
  if (at == alineas->begin() && at != alineas->end()) {
    // What was first is parted from the new ones as alinéas are elsewhere.
    added.front().gap = at->gap;
    const bool known = alineas->size() > 1;
    at->gap = added.size() > 1 ? added[1].gap : known ? (*alineas)[1].gap : "\n";
  }
  alineas->insert(at, added.begin(), added.end());
  return true;
}

bool RemoveAlinea(const TextOperation& operation, std::vector<Alinea>* alineas) {
  const auto at = Numbered(alineas, operation.alinea);
  if (at == alineas->end() || at->text != operation.old_text) return false;
  const bool first = at == alineas->begin();
  const std::string gap = at->gap;
  const auto next = alineas->erase(at);
  if (first && next != alineas->end()) next->gap = gap;
  return true;
}

bool EditBody(const TextOperation& operation, std::vector<Alinea>* alineas) {
  switch (operation.kind) {
    case v1::OPERATION_KIND_REPLACE_WORDS:
    case v1::OPERATION_KIND_REPLACE_ALINEA: {
      const auto at = Numbered(alineas, operation.alinea);
      if (at == alineas->end()) return false;
      if (operation.kind == v1::OPERATION_KIND_REPLACE_WORDS) {
        return ReplaceWords(operation.old_text, operation.new_text, &at->text);
      }
      if (at->text != operation.old_text) return false;
      at->text = operation.new_text;
      return true;
    }
    case v1::OPERATION_KIND_INSERT_AFTER:
      return InsertAlineas(operation, alineas);
    case v1::OPERATION_KIND_ADD_AT_END: {
      std::vector<Alinea> added = AlineasOf(operation.new_text);
      if (added.empty()) return false;
      for (Alinea& one : added) one.number = 0;
      alineas->insert(alineas->end(), added.begin(), added.end());
      return true;
    }
    case v1::OPERATION_KIND_REPEAL:
      return RemoveAlinea(operation, alineas);
    default:
      return false;
  }
}

}  // namespace

std::string* MutablePartOf(v1::Element* element, TextPart part) {
  const bool number = part == TextPart::kNumber;
  const bool title = part == TextPart::kTitle;
  if (part == TextPart::kWhole) return nullptr;
  switch (element->content_case()) {
    case v1::Element::kArticle: {
      v1::Article* const one = element->mutable_article();
      return number ? one->mutable_number() : title ? one->mutable_title() : one->mutable_body();
    }
    case v1::Element::kAnnex: {
      v1::Annex* const one = element->mutable_annex();
      return number ? one->mutable_number() : title ? one->mutable_title() : one->mutable_body();
    }
    case v1::Element::kAxis: {
      v1::Axis* const one = element->mutable_axis();
      return number ? one->mutable_ref() : title ? one->mutable_title() : one->mutable_body();
    }
    case v1::Element::kObjective: {
      v1::Objective* const one = element->mutable_objective();
      return number ? one->mutable_ref() : title ? one->mutable_title() : one->mutable_body();
    }
    case v1::Element::kAction: {
      v1::Action* const one = element->mutable_action();
      return number ? one->mutable_ref() : title ? one->mutable_title() : nullptr;
    }
    case v1::Element::kTextBlock: {
      v1::TextBlock* const one = element->mutable_text_block();
      return number ? nullptr : title ? one->mutable_title() : one->mutable_body();
    }
    default:
      return nullptr;
  }
}

const std::string* PartOf(const v1::Element& element, TextPart part) {
  // Not by MutablePartOf: it may fill in what is not there, in an element that others read.
  const bool number = part == TextPart::kNumber;
  const bool title = part == TextPart::kTitle;
  if (part == TextPart::kWhole) return nullptr;
  switch (element.content_case()) {
    case v1::Element::kArticle: {
      const v1::Article& one = element.article();
      return number ? &one.number() : title ? &one.title() : &one.body();
    }
    case v1::Element::kAnnex: {
      const v1::Annex& one = element.annex();
      return number ? &one.number() : title ? &one.title() : &one.body();
    }
    case v1::Element::kAxis:
      return number  ? &element.axis().ref()
             : title ? &element.axis().title()
                     : &element.axis().body();
    case v1::Element::kObjective: {
      const v1::Objective& one = element.objective();
      return number ? &one.ref() : title ? &one.title() : &one.body();
    }
    case v1::Element::kAction:
      return number ? &element.action().ref() : title ? &element.action().title() : nullptr;
    case v1::Element::kTextBlock: {
      const v1::TextBlock& one = element.text_block();
      return number ? nullptr : title ? &one.title() : &one.body();
    }
    default:
      return nullptr;
  }
}

std::vector<Alinea> AlineasOf(const std::string& body) {
  std::vector<Alinea> out;
  std::size_t gap = 0;
  for (std::size_t start = 0; start < body.size();) {
    const std::size_t end = std::min(body.find('\n', start), body.size());
    const absl::string_view line = absl::string_view(body).substr(start, end - start);
    if (!IsBlank(line)) {
      out.push_back({body.substr(gap, start - gap), std::string(line), out.size() + 1});
      gap = end;
    }
    start = end + 1;
  }
  // What follows the last one stays with it.
  if (!out.empty() && gap < body.size()) out.back().text += body.substr(gap);
  return out;
}

AmendedText::AmendedText(const ConsolidatedText& text) {
  for (const PlacedElement& placed : text.elements) {
    const ElementSide& side = placed.shown();
    by_id_[std::string(placed.id)] = {side.change->put, side.change->content};
  }
}

void AmendedText::Put(std::shared_ptr<const v1::Element> element, const Digest& digest) {
  std::string id = element->id();
  by_id_[std::move(id)] = {std::move(element), digest};
}

const AmendedText::Entry* AmendedText::Find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &found->second;
}

absl::Status AmendedText::ApplyWhole(const TextOperation& operation,
                                     const std::optional<Digest>& after) {
  const std::string& id = operation.element_id;
  const bool takes_out = operation.kind == v1::OPERATION_KIND_REPEAL ||
                         operation.kind == v1::OPERATION_KIND_REMOVE_ROW;
  if (takes_out) {
    if (after.has_value() || by_id_.erase(id) == 0) return Mismatch(operation, "not in the text");
    removed_.insert(id);
    return absl::OkStatus();
  }
  if (operation.elements.empty() || operation.elements.front()->id() != id) {
    return Mismatch(operation, "nothing to put");
  }
  for (const auto& element : operation.elements) {
    const bool below = element != operation.elements.front();
    if (below && by_id_.contains(element->id())) return Mismatch(operation, "stands there already");
  }
  for (const auto& element : operation.elements) Put(element, ElementDigest(*element));
  for (const TextPart part : {TextPart::kNumber, TextPart::kTitle, TextPart::kBody}) {
    bodies_.erase({id, part});
  }
  return absl::OkStatus();
}

absl::Status AmendedText::EditPart(const TextOperation& operation, v1::Element* element,
                                   std::vector<Alinea>* alineas) const {
  std::string* const part = MutablePartOf(element, operation.part);
  if (part == nullptr) return Mismatch(operation, "no such part");
  bool done = false;
  if (operation.part == TextPart::kBody) {
    done = EditBody(operation, alineas);
    if (done) *part = Joined(*alineas);
  } else if (operation.kind == v1::OPERATION_KIND_RENUMBER) {
    done = *part == operation.old_text;
    if (done) *part = operation.new_text;
  } else {
    done = ReplaceWords(operation.old_text, operation.new_text, part);
  }
  return done ? absl::OkStatus() : Mismatch(operation, "the old text is not there");
}

absl::Status AmendedText::ApplyNew(TextOperation* operation) {
  const Entry* const entry = Find(operation->element_id);
  operation->before.reset();
  operation->after.reset();
  if (entry != nullptr) operation->before = entry->digest;
  if (operation->part == TextPart::kWhole) {
    if (!operation->elements.empty()) operation->after = ElementDigest(*operation->elements[0]);
    return Apply(*operation);
  }
  if (entry == nullptr) return Mismatch(*operation, "not in the text");
  v1::Element element = *entry->element;
  const auto key = PartKey(operation->element_id, operation->part);
  const auto known = bodies_.find(key);
  std::vector<Alinea> alineas;
  if (operation->part == TextPart::kBody) {
    const std::string* const body = PartOf(element, TextPart::kBody);
    if (body == nullptr) return Mismatch(*operation, "no such part");
    alineas = known != bodies_.end() ? known->second : AlineasOf(*body);
  }
  RETURN_IF_ERROR(EditPart(*operation, &element, &alineas));
  operation->after = ElementDigest(element);
  if (operation->part == TextPart::kBody) bodies_[key] = std::move(alineas);
  Put(std::make_shared<const v1::Element>(std::move(element)), *operation->after);
  return absl::OkStatus();
}

absl::Status AmendedText::Apply(const TextOperation& operation) {
  const Entry* const entry = Find(operation.element_id);
  const std::optional<Digest> before =
      entry == nullptr ? std::nullopt : std::optional<Digest>(entry->digest);
  if (before != operation.before) return Mismatch(operation, "another text before");
  if (operation.part == TextPart::kWhole) {
    if (!operation.elements.empty() &&
        operation.after != std::optional<Digest>(ElementDigest(*operation.elements[0]))) {
      return Mismatch(operation, "another text after");
    }
    return ApplyWhole(operation, operation.after);
  }
  if (entry == nullptr) return Mismatch(operation, "not in the text");
  const Entry old = *entry;
  const auto key = PartKey(operation.element_id, operation.part);
  const auto body = bodies_.find(key);
  const std::optional<std::vector<Alinea>> alineas =
      body == bodies_.end() ? std::nullopt : std::optional(body->second);
  TextOperation made = operation;
  RETURN_IF_ERROR(ApplyNew(&made));
  if (made.after == operation.after) return absl::OkStatus();
  by_id_[operation.element_id] = old;
  bodies_.erase(key);
  if (alineas.has_value()) bodies_[key] = *alineas;
  return Mismatch(operation, "another text after");
}

ConsolidatedText AmendedText::Placed() const {
  std::vector<StandingElement> standing;
  standing.reserve(by_id_.size());
  for (const auto& [id, entry] : by_id_) {
    standing.push_back({id, {ElementSide{.element = entry.element.get()}}});
  }
  // A removal takes out all that stands below it.
  for (const std::string& id : removed_) {
    if (!by_id_.contains(id)) standing.push_back({id, {ElementSide{}}});
  }
  std::sort(standing.begin(), standing.end(),
            [](const StandingElement& a, const StandingElement& b) { return a.id < b.id; });
  ConsolidatedText text;
  PlaceElements(
      std::move(standing), /*whole=*/true,
      [](const ElementSide&, const ElementSide&) { return true; }, text);
  return text;
}

Digest AmendedText::TextDigest() const {
  return DigestOfText(Placed(), [this](const PlacedElement& placed, const ElementSide&) {
    return by_id_.find(std::string(placed.id))->second.digest;
  });
}

absl::Status ApplyOperations(const std::vector<TextOperation>& operations, AmendedText* text) {
  for (const TextOperation& one : operations) RETURN_IF_ERROR(text->Apply(one));
  return absl::OkStatus();
}

}  // namespace greffe
