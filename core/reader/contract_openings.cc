#include "core/reader/contract_openings.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "core/reader/date_text.h"
#include "core/reader/letters.h"
#include "core/reader/party_text.h"
#include "core/reader/votes.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kOpeningBytes = 200;  // « Il est convenu… » is one line.

bool Contains(absl::string_view plain, std::initializer_list<absl::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [plain](absl::string_view word) { return absl::StrContains(plain, word); });
}

bool Starts(absl::string_view plain, std::initializer_list<absl::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [plain](absl::string_view word) { return absl::StartsWith(plain, word); });
}

// What a heading over the signatures says, and nothing more.
constexpr std::array<absl::string_view, 12> kSignatureHeadings = {"signatures",
                                                                  "signature",
                                                                  "les signatures",
                                                                  "signataires",
                                                                  "les signataires",
                                                                  "signature des parties",
                                                                  "signatures des parties",
                                                                  "signature des partenaires",
                                                                  "signatures des partenaires",
                                                                  "signature des signataires",
                                                                  "signatures des signataires",
                                                                  "les parties signataires"};

}  // namespace

bool HeadsRegister(absl::string_view plain) {
  return plain.size() <= kOpeningBytes &&
         Contains(plain,
                  {"registre des deliberations", "extrait du registre", "extrait de deliberation",
                   "extrait du proces-verbal", "proces-verbal de la seance",
                   "proces verbal de la seance", "compte rendu de la seance"});
}

bool StartsDeliberation(absl::string_view plain) {
  return plain.size() <= kOpeningBytes &&
         Starts(plain, {"deliberation n", "deliberation du conseil", "deliberation d", "seance du",
                        "seance ordinaire du", "conseil municipal du", "conseil communautaire du",
                        "proces-verbal du conseil", "proces verbal du conseil",
                        "compte rendu du conseil", "compte-rendu du conseil"});
}

bool TellsOfASitting(absl::string_view plain) {
  return Contains(
      plain, {"en exercice", "apres en avoir delibere", "l'an deux mille", "l'an 20",
              "secretaire de seance", "etaient presents", "a l'unanimite", "sous la presidence"});
}

bool DatesASitting(absl::string_view plain) {
  constexpr std::size_t kLineBytes = 140;
  return plain.size() <= kLineBytes &&
         Starts(plain, {"seance", "reunion du", "conseil ", "comite syndical", "bureau ",
                        "assemblee deliberante", "proces-verbal", "compte rendu"}) &&
         !ActDateIn(plain, ActDate::kVoted).empty();
}

bool OpensAccount(absl::string_view plain) {
  return Starts(plain, {"l'an deux mil", "l'an 20"}) && !ActDateIn(plain, ActDate::kVoted).empty();
}

bool IsLetterhead(const Block& block, absl::string_view plain) {
  constexpr std::size_t kLineBytes = 90;
  if (block.kind == BlockKind::kTable || block.kind == BlockKind::kListItem ||
      plain.size() > kLineBytes || EndsSentence(block.text)) {
    return false;
  }
  return Starts(plain, {"republique francaise", "departement d", "arrondissement", "canton ",
                        "extrait du", "nombre de"}) ||
         PartnerKindOf(block.text) != v1::PARTNER_KIND_UNSPECIFIED;
}

bool StartsParties(absl::string_view plain) {
  if (plain.size() > kOpeningBytes) return false;
  return plain == "entre" || plain == "entre :" || plain == "entre," ||
         Starts(plain,
                {"entre les soussign", "entre d'une part", "entre, d'une part", "entre :"}) ||
         absl::EndsWith(plain, " entre :") || absl::EndsWith(plain, " entre") ||
         absl::EndsWith(plain, "parties signataires :") || plain == "les parties signataires";
}

bool NamesPartyAfterBetween(absl::string_view text) {
  for (absl::string_view between : {"Entre ", "ENTRE ", "Entre, ", "Entre : ", "ENTRE : "}) {
    if (absl::StartsWith(text, between) &&
        PartnerKindOf(text.substr(between.size())) != v1::PARTNER_KIND_UNSPECIFIED) {
      return true;
    }
  }
  return false;
}

bool IsFormula(absl::string_view plain) {
  if (plain.size() > kOpeningBytes) return false;
  return Starts(
      plain, {"il est convenu", "il a ete convenu", "il est arrete", "ont convenu", "il est expose",
              "il a ete expose", "il a ete arrete", "est convenu", "conviennent de ce qui suit",
              "sont convenu", "il est donc convenu", "il est prealablement expose"});
}

bool StartsVisa(absl::string_view plain) { return Starts(plain, {"vu ", "vu:", "vus "}); }

bool StartsPreamble(absl::string_view plain) {
  while (!plain.empty() && (plain.back() == ':' || plain.back() == ' ' || plain.back() == '.')) {
    plain.remove_suffix(1);
  }
  return plain.size() <= 60 &&
         (plain == "preambule" || absl::EndsWith(plain, " preambule") ||
          absl::StartsWith(plain, "preambule ") || plain == "expose des motifs" ||
          plain == "expose prealable" || plain == "expose");
}

bool StartsClosing(absl::string_view plain) {
  if (Starts(plain, {"fait a ", "fait en ", "fait le ", "fait, le", "en foi de quoi",
                     "fait et signe", "etabli a ", "etablie a ", "signe a ", "signee a "})) {
    return plain.size() <= kOpeningBytes * 2;
  }
  while (!plain.empty() && (plain.back() == ':' || plain.back() == ' ')) plain.remove_suffix(1);
  return std::find(kSignatureHeadings.begin(), kSignatureHeadings.end(), plain) !=
         kSignatureHeadings.end();
}

bool IsConventionTitle(const Block& block, absl::string_view plain) {
  return plain.size() <= 150 && !EndsSentence(block.text) && block.parts.size() <= 3 &&
         Starts(plain, {"convention territoriale globale", "la convention territoriale globale",
                        "projet de convention territoriale globale", "ctg "});
}

bool StartsGround(absl::string_view plain) {
  return StartsVisa(plain) || absl::StartsWith(plain, "considerant");
}

bool StartsPlan(absl::string_view plain) {
  return Starts(plain, {"plan d'action", "fiches action", "fiche action"});
}

bool HeadsExtract(absl::string_view plain) {
  return HeadsRegister(plain) ||
         (plain.size() <= kOpeningBytes && Starts(plain, {"extrait du ", "extrait des "}));
}

std::string RegisterDate(absl::string_view plain) {
  const bool head = plain.size() <= kOpeningBytes &&
                    Contains(plain, {"extrait du ", "registre des deliberations"}) &&
                    Contains(plain, {"conseil", "comite", "seance", "bureau"});
  if (!head) return {};
  const std::vector<FoundDate> dates = FindDates(plain);
  const bool day = dates.size() == 1 && dates[0].precision == Precision::kDay;
  return day ? dates[0].iso : std::string();
}

namespace {

// « AVENANT N° 1 », « Avenant à la convention… », « ÉCRIT ADDITIONNEL N° 2 »; « Article 5 :
// Avenants » is none.
bool IsAmendmentTitle(absl::string_view plain) {
  constexpr std::size_t kTitleBytes = 160;
  if (plain.size() > kTitleBytes || absl::EndsWith(plain, ".")) return false;
  absl::ConsumePrefix(&plain, "projet d'");
  return plain == "avenant" ||
         Starts(plain, {"avenant n", "avenant 1", "avenant 2", "avenant 3", "avenant a la conv",
                        "avenant au contrat", "avenant modificatif", "premier avenant",
                        "deuxieme avenant", "second avenant", "acte additionnel",
                        "ecrit additionnel", "clause additionnelle n"});
}

}  // namespace

std::set<uint32_t> FindAmendments(const std::vector<Block>& blocks,
                                  const std::vector<std::string>& plain) {
  constexpr std::size_t kTitleBlocks = 8;
  std::set<uint32_t> amendments;
  std::set<uint32_t> others;
  for (std::size_t begin = 0; begin < blocks.size();) {
    const uint32_t document = blocks[begin].lines.document;
    bool amends = false;
    std::size_t end = begin;
    for (; end < blocks.size() && blocks[end].lines.document == document; ++end) {
      if (end >= begin + kTitleBlocks || blocks[end].kind == BlockKind::kTable ||
          blocks[end].kind == BlockKind::kContents || blocks[end].kind == BlockKind::kListItem) {
        continue;
      }
      // A deliberation may approve one, and is none.
      if (TellsOfASitting(plain[end]) || HeadsRegister(plain[end])) break;
      amends = amends || IsAmendmentTitle(plain[end]);
      for (const BlockLine& line : blocks[end].parts)
        amends = amends || IsAmendmentTitle(Plain(line.text));
    }
    while (end < blocks.size() && blocks[end].lines.document == document) ++end;
    (amends ? amendments : others).insert(document);
    begin = end;
  }
  return others.empty() ? others : amendments;
}

bool IsPartiesTitle(absl::string_view plain) {
  absl::ConsumePrefix(&plain, "les ");
  absl::ConsumePrefix(&plain, "designation des ");
  absl::ConsumePrefix(&plain, "identification des ");
  for (absl::string_view word :
       {"parties", "signataires", "contractants", "cocontractants", "partenaires signataires"}) {
    if (plain == word) return true;
  }
  return Starts(plain, {"parties signataires", "parties contractantes", "parties a la convention",
                        "parties au contrat"});
}

bool HeadsGrounds(absl::string_view plain) {
  while (!plain.empty() && (plain.back() == ':' || plain.back() == ' ')) plain.remove_suffix(1);
  for (absl::string_view words :
       {"textes de reference", "references juridiques", "references reglementaires",
        "cadre juridique", "visas", "textes applicables", "les textes de reference"}) {
    if (plain == words) return true;
  }
  return false;
}

bool IsArticleTitle(absl::string_view plain) {
  return Contains(
      plain, {"objet", "champs d'intervention", "engagements", "duree", "resiliation", "recours",
              "confidentialite", "donnees", "fin de la convention", "execution formelle",
              "modalites de collaboration", "communication", "avenant", "litige"});
}

}  // namespace greffe::reader
