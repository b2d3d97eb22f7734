// What must be so of the file of a convention: pieces by their digest, what is on record.

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/digest.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

// SHA-256 in hex of the piece of that label, as the convention names it; empty for none.
std::string DigestOf(const Answer& answer, const std::string& label) {
  for (const v1::AttachmentView& one : answer.attachments.attachments()) {
    if (one.label() == label) return one.sha256();
  }
  return "";
}

absl::Status ProvedBy(const Answer& answer, const Words& words) {
  const bool dispute = words[1] == "le litige";
  const std::string want = DigestOf(answer, words[2]);
  std::string got = "rien";
  for (const v1::LifeThread& thread : answer.life.threads()) {
    const v1::LifeRecorded& fact = thread.opening().fact();
    if (dispute ? !fact.has_dispute_opened() : !fact.has_notice_sent()) continue;
    got = absl::BytesToHexString(fact.evidence_digest());
  }
  return Want(!want.empty() && got == want, got);
}

absl::Status OnRecord(const Answer& answer, const Words& words) {
  std::string all;
  const auto tell = [&all](const v1::LifeFactView& one) {
    absl::StrAppend(&all, one.event().summary(), one.replaced() ? " (corrigé)" : "", " ",
                    one.fact().text(), "\n");
  };
  for (const v1::LifeThread& thread : answer.life.threads()) {
    tell(thread.opening());
    for (const v1::LifeFactView& one : thread.answers()) tell(one);
  }
  return Want(absl::StrContains(all, words[1].str()), all);
}

}  // namespace

const std::vector<Phrase>& FilePhrases() {
  static const auto* const kPhrases = new std::vector<Phrase>{
      {"la pièce {TEXTE} est au dossier",
       [](const Answer& answer, const Words& words) {
         return Want(!DigestOf(answer, words[1]).empty(), "elle n'y est pas");
       }},
      {"la pièce {TEXTE} n'est pas au dossier",
       [](const Answer& answer, const Words& words) {
         return Want(DigestOf(answer, words[1]).empty(), "elle y est");
       }},
      // Whoever is handed a file can tell by its digest whether it is the piece.
      {"la pièce {TEXTE} est bien le fichier qui contient {TEXTE}",
       [](const Answer& answer, const Words& words) {
         return Want(DigestOf(answer, words[1]) == Sha256({words[2].str()}).ToHex(),
                     "c'est un autre fichier");
       }},
      {"la pièce {TEXTE} n'est pas le fichier qui contient {TEXTE}",
       [](const Answer& answer, const Words& words) {
         return Want(DigestOf(answer, words[1]) != Sha256({words[2].str()}).ToHex(), "si");
       }},
      {"aucun événement ne porte le contenu de la pièce {TEXTE}",
       [](const Answer& answer, const Words& words) {
         const auto piece = answer.pieces.find(words[1]);
         if (piece == answer.pieces.end()) return Want(false, "pas de pièce de ce nom");
         return Want(!answer.has_in_events(piece->second), "un événement le porte");
       }},
      {"(le litige|la mise en demeure) est prouvée? par la pièce {TEXTE}", ProvedBy},
      {"il est enregistré {TEXTE}", OnRecord},
  };
  return *kPhrases;
}

}  // namespace greffe::scenario
