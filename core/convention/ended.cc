#include "core/convention/ended.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/consolidate.h"
#include "core/convention/ending.h"
#include "core/convention/finding.h"
#include "core/convention/french.h"
#include "core/rules/force.h"

namespace greffe {
namespace {

const v1::Terms* TermsAmong(const std::vector<const v1::Element*>& elements) {
  for (const v1::Element* element : elements) {
    if (element->has_terms()) return &element->terms();
  }
  return nullptr;
}

// The end that an act finds: of the text that it builds on, or what came before it.
std::optional<CivilDate> EndFoundBy(const StateData& data, const Revision& revision,
                                    const std::optional<rules::Ending>& ending) {
  const v1::Terms* const terms = TermsAmong(ElementsOf(data, revision.bases));
  if (terms == nullptr) return std::nullopt;
  const std::optional<rules::Term> term = TermBetween(terms->start_date(), terms->end_date());
  if (!term.has_value()) return std::nullopt;
  return ending.has_value() ? std::min(term->last, ending->last_day) : term->last;
}

v1::Finding Late(const StateData& data, EventNumber event, const rules::Oddity& odd) {
  v1::Finding out = MakeFinding(odd);
  out.set_leaf(data.LeafOf(event).ToHex());
  return out;
}

}  // namespace

absl::Status RequireNotEnded(const StateData& data, CivilDate today) {
  const ConsolidatedText text = Consolidate(data, today);
  if (text.project) return absl::OkStatus();
  const LifeBook book(data, text, today);
  const std::optional<rules::End> end = EndMet(book, FindEnding(data, book), today);
  if (!end.has_value()) return absl::OkStatus();
  const auto odd = rules::CheckBeforeEnd(end->last_day, today);
  if (!odd.has_value()) return absl::OkStatus();
  const std::string id(rules::RowOf(odd->rule).id);
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = id,
       .fr = absl::StrCat(id, " : ", odd->words.fr),
       .en = absl::StrCat(id, ": ", odd->words.en),
       .next_fr = "Concluez une convention nouvelle (greffe convention new), puis reliez-la à "
                  "celle-ci : greffe life record, renewal_linked.",
       .next_en = "Conclude a new convention (greffe convention new), then link it to this one: "
                  "greffe life record, renewal_linked."});
}

absl::Status RequireEffectBeforeEnd(const StateData& data, std::optional<CivilDate> last,
                                    CivilDate effective_from, CivilDate today) {
  const ConsolidatedText text = Consolidate(data, today);
  if (!text.project) {
    const EndingFacts end = FindEnding(data, LifeBook(data, text, today));
    if (end.ending.has_value()) {
      last = std::min(last.value_or(end.ending->last_day), end.ending->last_day);
    }
  }
  if (!last.has_value()) return absl::OkStatus();
  const auto odd = rules::CheckBeforeEnd(*last, effective_from);
  if (!odd.has_value()) return absl::OkStatus();
  const std::string id(rules::RowOf(odd->rule).id);
  const std::string from = effective_from.ToString();
  const std::string end = last->ToString();
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = id,
       .field = "effective_from",
       .fr = absl::StrCat(id, " : un acte qui prend effet le ", FrenchDate(from),
                          " n'en aurait aucun : la convention prend fin le ", FrenchDate(end), "."),
       .en = absl::StrCat(id, ": an act that takes effect on ", EnglishDate(from),
                          " would have none: the convention ends on ", EnglishDate(end), "."),
       .next_fr = absl::StrCat("Donnez une date d'effet jusqu'au ", FrenchDate(end),
                               " ; ce qui vient après est l'objet d'une convention nouvelle "
                               "(greffe convention new)."),
       .next_en = absl::StrCat("Give a day of effect no later than ", EnglishDate(end),
                               "; what comes after is for a new convention (greffe convention "
                               "new).")});
}

std::vector<v1::Finding> EndedFindings(const StateData& data, const LifeBook& book) {
  std::vector<v1::Finding> out;
  const EndingFacts end = FindEnding(data, book);
  for (const Revision& revision : data.revisions) {
    if (!revision.valid || revision.bases.empty() || revision.signatures.empty()) continue;
    const std::optional<CivilDate> last = EndFoundBy(data, revision, end.ending);
    if (!last.has_value()) continue;
    for (const SignatureNumber number : revision.signatures) {
      const SignatureFact& one = data.signatures[number];
      if (!one.counts || one.replaced || !one.signed_on.has_value()) continue;
      const auto odd = rules::CheckBeforeEnd(*last, *one.signed_on);
      if (odd.has_value()) out.push_back(Late(data, one.event, *odd));
    }
  }
  std::sort(out.begin(), out.end(),
            [](const v1::Finding& a, const v1::Finding& b) { return a.leaf() < b.leaf(); });
  return out;
}

}  // namespace greffe
