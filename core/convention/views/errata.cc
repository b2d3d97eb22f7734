#include "core/convention/views/errata.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/life_check.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/french.h"
#include "core/convention/state/finding.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/follow_up.h"
#include "core/rules/clerical.h"
#include "core/rules/slip.h"

namespace greffe {
namespace {

// Texts read from the store for one view.
constexpr int kRead = 64;

const LifeFact* Attestation(const StateData& data, const LifeBook& book, const LifeLine& line) {
  const std::string& author = data.PartnerOf(line.root->event);
  for (const LifeFact* fact : book.Standing(line, v1::LifeRecorded::kCorrectionAttested)) {
    if (rules::Attests(author, data.PartnerOf(fact->event))) return fact;
  }
  return nullptr;
}

// Where the element says the words, they are read with those around them.
std::optional<rules::Oddity> FindOtherWords(const ElementBook& elements, const std::string& id,
                                            const v1::ErrorCorrected& error) {
  const v1::Element* const element = elements.Find(id);
  bool found = false;
  for (const ElementField& field :
       element == nullptr ? std::vector<ElementField>() : ElementFields(*element)) {
    if (error.wrong().empty() || !absl::StrContains(field.text, error.wrong())) continue;
    found = true;
    if (auto odd = rules::CheckSlipIn(field.text, error.wrong(), error.right())) return odd;
  }
  return found ? std::nullopt : rules::CheckSlip(error.wrong(), error.right());
}

}  // namespace

absl::StatusOr<std::vector<v1::Finding>> ErrataFindings(const Known& known, const LifeBook& book,
                                                        const PartyBook& names) {
  const StateData& data = known.state.data();
  std::vector<v1::Finding> out;
  int read = 0;
  std::optional<ElementBook> elements;
  for (const LifeLine& line : book.lines()) {
    if (line.kind() != v1::LifeRecorded::kErrorCorrected || !book.Stands(line)) continue;
    const LifeFact* const attested = Attestation(data, book, line);
    std::string fr = "L-27 : erreur matérielle";
    std::string en = "L-27: clerical error";
    if (read++ < kRead) {
      ASSIGN_OR_RETURN(const v1::Event stored,
                       ReadStored(data, known.read_event, line.opening->event));
      const v1::ErrorCorrected& error = stored.life_recorded().error_corrected();
      if (!elements.has_value()) elements.emplace(data);
      if (const auto odd = FindOtherWords(*elements, data.Text(line.opening->element), error)) {
        v1::Finding& finding = out.emplace_back(MakeFinding(*odd));
        finding.set_leaf(data.LeafOf(line.opening->event).ToHex());
        finding.set_element_id(data.Text(line.opening->element));
      }
      absl::StrAppend(&fr, " : lire « ", error.right(), " » au lieu de « ", error.wrong(), " »");
      absl::StrAppend(&en, ": read “", error.right(), "” instead of “", error.wrong(), "”");
    }
    if (attested == nullptr) continue;
    const std::string author = names.Name(data.PartnerOf(line.root->event));
    const std::string other = names.Name(data.PartnerOf(attested->event));
    const std::string day = attested->day.ToString();
    v1::Finding& note = out.emplace_back();
    note.set_code(kErrorAttested);
    note.set_rule("L-27");
    note.set_severity(v1::FINDING_SEVERITY_NOTE);
    note.set_text(absl::StrCat(fr, " ; relevée par ", author, ", attestée le ", FrenchDate(day),
                               " par ", other, "."));
    note.set_text_en(absl::StrCat(en, "; found by ", author, ", attested on ", EnglishDate(day),
                                  " by ", other, "."));
    note.set_leaf(data.LeafOf(line.opening->event).ToHex());
    note.set_element_id(data.Text(line.opening->element));
  }
  return out;
}

absl::StatusOr<std::map<std::string, std::string>> AttestedErrors(const Known& known,
                                                                  const LifeBook& book) {
  const StateData& data = known.state.data();
  std::map<std::string, std::string> out;
  int read = 0;
  for (const LifeLine& line : book.lines()) {
    if (line.kind() != v1::LifeRecorded::kErrorCorrected || !book.Stands(line)) continue;
    if (Attestation(data, book, line) == nullptr) continue;
    std::string text = "erreur matérielle";
    if (read++ < kRead) {
      ASSIGN_OR_RETURN(const v1::Event stored,
                       ReadStored(data, known.read_event, line.opening->event));
      const v1::ErrorCorrected& error = stored.life_recorded().error_corrected();
      text = absl::StrCat("lire « ", error.right(), " » au lieu de « ", error.wrong(), " »");
    }
    std::string& all = out[std::string(data.Text(line.opening->element))];
    absl::StrAppend(&all, all.empty() ? "" : " ; ", text);
  }
  return out;
}

absl::Status NameDecisions(const Known& known, const LifeBook& book,
                           std::vector<v1::Finding>* findings) {
  const StateData& data = known.state.data();
  std::map<std::string, v1::Finding*> by_leaf;
  for (v1::Finding& one : *findings) {
    if (one.code() == kDeemedUnwritten) by_leaf.emplace(one.leaf(), &one);
  }
  if (by_leaf.empty()) return absl::OkStatus();
  const ElementBook elements(data);
  int read = 0;
  for (const LifeLine& line : book.lines()) {
    if (line.kind() != v1::LifeRecorded::kClauseDeemedUnwritten) continue;
    const auto found = by_leaf.find(data.LeafOf(line.opening->event).ToHex());
    if (found == by_leaf.end()) continue;
    if (read++ == kRead) break;
    ASSIGN_OR_RETURN(const v1::Event stored,
                     ReadStored(data, known.read_event, line.opening->event));
    const v1::ClauseDeemedUnwritten& one = stored.life_recorded().clause_deemed_unwritten();
    const bool court = one.cause() == v1::UNWRITTEN_CAUSE_COURT_DECISION;
    const std::string clause = elements.Name(stored.life_recorded().element_id());
    const std::string of = one.reference().empty() ? "" : absl::StrCat(" (", one.reference(), ")");
    const rules::Words cause =
        court ? rules::Words{absl::StrCat("décision devenue définitive le ",
                                          FrenchDate(one.final_on()), of),
                             absl::StrCat("decision, final on ", EnglishDate(one.final_on()), of)}
              : rules::Words{absl::StrCat("règle de droit en vigueur", of),
                             absl::StrCat("rule of law in force", of)};
    found->second->set_text(absl::StrCat("Réputé non écrit – ", cause.fr, " – ", clause,
                                         " (L-40) ; le reste demeure."));
    found->second->set_text_en(absl::StrCat("Réputé non écrit (deemed unwritten) – ", cause.en,
                                            " – ", clause, " (L-40); the rest stands."));
  }
  return absl::OkStatus();
}

}  // namespace greffe
