#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/actes.h"
#include "core/base/siren.h"
#include "core/reader/draft_paper.h"

namespace greffe::reader {

std::vector<DraftNote> MissingPaper(const v1::ConventionDraft& draft) {
  std::vector<DraftNote> notes;
  if (!draft.has_on_paper()) return notes;
  std::map<std::string, const v1::PaperSignature*> signatures;
  for (const auto& one : draft.on_paper().signatures()) signatures[one.signatory_id()] = &one;
  for (const v1::Element& element : draft.elements()) {
    if (!element.has_party()) continue;
    const v1::Party& party = element.party();
    std::vector<std::string> fr, en;
    const auto lacks = [&](std::string french, std::string english) {
      fr.push_back(std::move(french));
      en.push_back(std::move(english));
    };
    for (const auto& office : party.signing_offices()) {
      const auto found = signatures.find(office.id());
      const v1::PaperSignature* known = found == signatures.end() ? nullptr : found->second;
      if (known == nullptr || known->signed_on().empty()) {
        lacks(absl::StrCat("date de signature (", office.office(), ")"),
              absl::StrCat("date of signature (", office.office(), ")"));
      }
      if (known == nullptr || known->scan_sha256().empty()) {
        lacks(absl::StrCat("numérisation de la signature (", office.office(), ")"),
              absl::StrCat("scan of the signature (", office.office(), ")"));
      }
    }
    bool voted = false;
    for (const v1::Deliberation& vote : draft.on_paper().deliberations()) {
      if (vote.partner_id() != party.partner_id()) continue;
      voted = true;
      if (vote.number().empty()) lacks("numéro de la délibération", "number of the deliberation");
      if (vote.votes_for() == 0) lacks("votes de la délibération", "votes of the deliberation");
      if (vote.published_on().empty()) {
        lacks("publication de la délibération", "publication of the deliberation");
      }
      if (vote.received_on().empty() || vote.receipt_id().empty()) {
        lacks("accusé de réception de la délibération", "receipt of the deliberation");
      }
      // Whoever sent the act is who voted: the number is there to be copied, and people look first.
      const auto receipt = ParseActesId(vote.receipt_id());
      if (party.siren().empty() && receipt.has_value() && IsValidSiren(receipt->siren)) {
        lacks(absl::StrCat("SIREN de la partie, à reporter de l'accusé de réception (",
                           receipt->siren, ")"),
              absl::StrCat("SIREN of the party, to be copied from the receipt (", receipt->siren,
                           ")"));
      }
    }
    if (party.deliberates() && !voted) lacks("délibération", "deliberation");
    if (fr.empty()) continue;
    notes.push_back({element.id(), absl::StrCat("Manque : ", absl::StrJoin(fr, " ; "), "."),
                     absl::StrCat("Missing: ", absl::StrJoin(en, "; "), ".")});
  }
  return notes;
}

void TellUnplaced(PaperReading* paper) {
  if (paper->unplaced == 0) return;
  absl::StrAppend(&paper->fr,
                  " Délibérations dont la partie n'est pas reconnue, laissées de côté : ",
                  paper->unplaced, ".");
  absl::StrAppend(&paper->en,
                  " Deliberations of a party that is not recognised, left out: ", paper->unplaced,
                  ".");
}

void TellDecision(bool on_paper, PaperReading* paper) {
  if (on_paper == paper->shown) return;
  if (on_paper) {
    paper->fr =
        "Les documents ne montrent pas que le texte a été signé ; l'ébauche entre comme signée sur "
        "papier, comme demandé. Si elle ne l'a pas été : --not-on-paper.";
    paper->en =
        "The documents do not show that the text was signed; the draft enters as signed on paper, "
        "as asked. If it was not: --not-on-paper.";
  } else {
    paper->fr =
        "Les documents montrent une signature ; l'ébauche reste un projet, comme demandé. Si le "
        "texte a été signé sur papier : --on-paper.";
    paper->en =
        "The documents show a signature; the draft stays a project, as asked. If the text was "
        "signed on paper: --on-paper.";
  }
  TellUnplaced(paper);
}

}  // namespace greffe::reader
