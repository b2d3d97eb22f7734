// Errors of writing, changes observed, clauses unwritten: what they may say of the text.

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/base/status_macros.h"
#include "core/convention/decide/decide_life.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/french.h"
#include "core/convention/text/element_lookup.h"
#include "core/rules/clerical.h"
#include "core/rules/slip.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

// L-27: a clerical error is one of writing; what makes the contract is changed by an avenant.
absl::Status CheckErrorClass(const LifeInput& in, const v1::Element& element,
                             const ElementField& field, const v1::ErrorCorrected& error) {
  std::optional<rules::Oddity> odd;
  if (IsAgreed(element, field.path)) {
    odd = rules::ClericalNever();
  } else {
    std::vector<CivilDate> days;
    if (const auto term = TermOf(in.text)) days = {term->first, term->last};
    odd = rules::CheckClerical(
        field.text, absl::StrReplaceAll(field.text, {{error.wrong(), error.right()}}), days);
    if (!odd.has_value()) odd = rules::CheckSlipIn(field.text, error.wrong(), error.right());
  }
  if (!odd.has_value()) return absl::OkStatus();
  return Blocked(
      *odd, "fact.error_corrected.right",
      {"Proposez un avenant : greffe act propose.", "Propose an avenant: greffe act propose."});
}

absl::Status CheckError(const LifeInput& in, const Life& fact) {
  const v1::ErrorCorrected& error = fact.error_corrected();
  const v1::Element* const element =
      FindElementAnywhere(in.data, fact.element_id(), in.context.today);
  if (error.wrong() == error.right()) {
    return FieldError("same", "fact.error_corrected.right", "les deux textes sont les mêmes.",
                      "both texts are the same.");
  }
  bool found = false;
  for (const ElementField& field : ElementFields(*element)) {
    if (!absl::StrContains(field.text, error.wrong())) continue;
    found = true;
    if (rules::ReadsTheSame(field.text, error.wrong(), error.right())) {
      return FieldError(
          "no-change", "fact.error_corrected.right",
          "cette rectification ne change rien de ce qui se lit : des blancs seulement.",
          "this correction changes nothing that is read: blanks alone.");
    }
    RETURN_IF_ERROR(CheckErrorClass(in, *element, field, error));
  }
  if (found) return absl::OkStatus();
  return FieldError("not-found", "fact.error_corrected.wrong",
                    absl::StrCat("« ", error.wrong(), " » n'est pas dans « ",
                                 ElementName(in.data, fact.element_id(), in.context.today), " »."),
                    absl::StrCat("\"", error.wrong(), "\" is not in \"",
                                 ElementName(in.data, fact.element_id(), in.context.today), "\"."));
}

// L-52, CHK-25: an observation is of something.
absl::Status CheckObserved(const Life& fact) {
  if (fact.element_id() != "terms" || !absl::StripAsciiWhitespace(fact.text()).empty()) {
    return absl::OkStatus();
  }
  return FieldError("required", "fact.text",
                    "dites ce qui a été modifié : l'élément, ou en toutes lettres (L-52).",
                    "say what was modified: the element, or in words (L-52).");
}

absl::Status CheckClause(const LifeInput& in, const Life& fact) {
  const v1::Element* const element =
      FindElementAnywhere(in.data, fact.element_id(), in.context.today);
  if (element->has_terms() || element->has_party()) {
    return FieldError("element", "fact.element_id",
                      absl::StrCat("« ", fact.element_id(), " » n'est pas une clause."),
                      absl::StrCat("\"", fact.element_id(), "\" is no clause."));
  }
  const v1::ClauseDeemedUnwritten& clause = fact.clause_deemed_unwritten();
  // Domain.md section 9.5: from the start of the term, unless a reason says otherwise.
  if (!clause.effective_from().empty() && absl::StripAsciiWhitespace(fact.text()).empty()) {
    return FieldError("required", "fact.text",
                      "dites pourquoi la clause n'est non écrite que depuis ce jour (L-40).",
                      "say why the clause is unwritten from that day only (L-40).");
  }
  // Dates of one form compare as texts.
  if (clause.final_on() > in.context.today.ToString()) {
    return FieldError("future-date", "fact.clause_deemed_unwritten.final_on",
                      absl::StrCat("le ", FrenchDate(clause.final_on()),
                                   " est dans l'avenir : la décision n'est pas définitive (L-40)."),
                      absl::StrCat(EnglishDate(clause.final_on()),
                                   " is in the future: the decision is not final (L-40)."));
  }
  const bool court = clause.cause() == v1::UNWRITTEN_CAUSE_COURT_DECISION;
  if (!court || !clause.final_on().empty()) return absl::OkStatus();
  return FieldError("required", "fact.clause_deemed_unwritten.final_on",
                    "donnez le jour où la décision est devenue définitive (L-40).",
                    "give the day on which the decision became final (L-40).");
}

}  // namespace

absl::Status CheckWords(const LifeInput& in, const Life& fact) {
  switch (fact.fact_case()) {
    case Life::kErrorCorrected:
      return CheckError(in, fact);
    case Life::kUncoveredChangeObserved:
      return CheckObserved(fact);
    case Life::kClauseDeemedUnwritten:
      return CheckClause(in, fact);
    default:
      return absl::OkStatus();
  }
}

}  // namespace greffe
