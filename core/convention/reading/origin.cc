#include "core/convention/reading/origin.h"

#include "core/convention/reading/instrument.h"
#include "core/convention/text/conclude.h"

namespace greffe {
namespace {

// One article for each operation, as PrintedAvenant has them.
std::map<std::string, std::vector<std::uint32_t>> ArticlesOf(
    const std::vector<TextOperation>& operations) {
  std::map<std::string, std::vector<std::uint32_t>> out;
  std::uint32_t number = 0;
  for (const TextOperation& one : operations) {
    ++number;
    const auto add = [&](const std::string& id) {
      std::vector<std::uint32_t>& numbers = out[id];
      if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
    };
    add(one.element_id);
    for (const auto& element : one.elements) add(element->id());
  }
  return out;
}

}  // namespace

OriginBook::ActBook& OriginBook::BookOf(const ElementSide& side) {
  const auto [at, added] = by_revision_.try_emplace(side.revision);
  ActBook& book = at->second;
  if (!added) return book;
  const Revision& revision = data_.revisions[side.revision];
  v1::Origin& origin = book.origin;
  origin.set_revision(data_.LeafOf(revision.event).ToHex());
  origin.set_label(revision.label);
  if (revision.effective_from.has_value()) {
    origin.set_effective_from(revision.effective_from->ToString());
  }
  const auto act = data_.acts.find(revision.act);
  if (act != data_.acts.end()) origin.set_kind(data_.OpeningOf(act->second).kind);
  const Conclusion conclusion = Conclude(data_, side.revision);
  if (conclusion.concluded && conclusion.concluded_on.has_value()) {
    origin.set_concluded_on(conclusion.concluded_on->ToString());
  }
  return book;
}

v1::Origin OriginBook::Of(const ElementSide& side, absl::string_view element_id) {
  v1::Origin out;
  if (side.revision == kNone) {
    if (side.act != nullptr) out.set_act_id(side.act->ToHex());
    return out;
  }
  ActBook& book = BookOf(side);
  out = book.origin;
  if (side.act != nullptr) out.set_act_id(side.act->ToHex());
  const bool wanted = !element_id.empty() && out.kind() != v1::ACT_KIND_ORIGINAL &&
                      !data_.revisions[side.revision].on_paper;
  if (!wanted) return out;
  if (!book.numbered) {
    book.numbered = true;
    book.articles = ArticlesOf(OperationsOf(data_, side.revision));
  }
  const auto found = book.articles.find(std::string(element_id));
  if (found == book.articles.end()) return out;
  for (const std::uint32_t number : found->second) out.add_articles(number);
  return out;
}

}  // namespace greffe
