// What must be so in scenarios: force, efficacy, gaps, votes, mandates, texts, findings.

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/convention/views/markdown.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

absl::Status Same(absl::string_view got, absl::string_view want) {
  return Want(got == want, absl::StrCat("« ", got, " »"));
}

const v1::PartyStanding& PartyIn(const Answer& answer, const std::string& words) {
  static const auto* const kNone = new v1::PartyStanding();
  for (const v1::PartyStanding& one : answer.status.parties()) {
    if (one.partner_id() == PartnerOf(WhoIn(words))) return one;
  }
  return *kNone;
}

std::string Blocking(const Answer& answer) {
  std::vector<std::string> names;
  for (const v1::PartyStanding& one : answer.status.parties()) {
    if (one.blocking()) names.push_back(one.partner_id());
  }
  return absl::StrJoin(names, ", ");
}

std::string OnBoard(const v1::StatusView& board) {
  return absl::StrJoin(board.parties(), ", ", [](std::string* out, const v1::PartyStanding& one) {
    out->append(one.partner_id());
  });
}

Phrase InForce(const char* form, v1::ForceState state) {
  return {form, [state](const Answer& answer, const Words&) {
            return Want(answer.status.force().state() == state, answer.status.force().text());
          }};
}

Phrase AtStage(const char* form, v1::AuthorityStage stage) {
  return {form, [stage](const Answer& answer, const Words& words) {
            const v1::PartyStanding& party = PartyIn(answer, words[1]);
            return Want(party.stage() == stage,
                        absl::StrCat(v1::AuthorityStage_Name(party.stage()), " : ", party.why()));
          }};
}

Phrase Covered(const char* form, v1::MandateCoverage coverage) {
  return {form, [coverage](const Answer& answer, const Words& words) {
            const v1::PartyStanding& party = PartyIn(answer, words[1]);
            return Want(party.coverage() == coverage, v1::MandateCoverage_Name(party.coverage()));
          }};
}

bool Found(const Answer& answer, absl::string_view code) {
  const auto has = [&](const auto& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const v1::Finding& one) { return one.code() == code; });
  };
  return has(answer.status.findings()) || has(answer.convention.findings());
}

std::string Codes(const Answer& answer) {
  std::vector<std::string> codes;
  for (const auto& one : answer.status.findings()) codes.push_back(one.code());
  for (const auto& one : answer.convention.findings()) codes.push_back(one.code());
  return absl::StrJoin(codes, ", ");
}

bool TextHas(const Answer& answer, const std::string& text) {
  return absl::StrContains(RenderMarkdown(answer.convention), text);
}

}  // namespace

const std::vector<Phrase>& Phrases() {
  static const auto* const kPhrases = new std::vector<Phrase>{
      InForce("en vigueur", v1::FORCE_STATE_IN_FORCE),
      InForce("rien n'est en vigueur", v1::FORCE_STATE_NOTHING),
      InForce("la convention précédente est en vigueur", v1::FORCE_STATE_PREDECESSOR),
      InForce("à venir", v1::FORCE_STATE_TO_COME),
      InForce("expirée", v1::FORCE_STATE_EXPIRED),
      InForce("résiliée", v1::FORCE_STATE_TERMINATED),
      {"on lit {TEXTE}",
       [](const Answer& answer, const Words& words) {
         return Want(absl::StrContains(answer.status.force().text(), words[1].str()),
                     answer.status.force().text());
       }},
      {"effet du {DATE} au {DATE}",
       [](const Answer& answer, const Words& words) {
         const v1::ForceView& force = answer.status.force();
         const std::string last =
             force.efficacy_until().empty()
                 ? ""
                 : CivilDate{DayIn(force.efficacy_until()).days - 1}.ToString();
         return Want(force.efficacy_from() == words[1] && last == words[2],
                     absl::StrCat("effet du ", force.efficacy_from(), " au ", last));
       }},
      {"conclue le {DATE}",
       [](const Answer& answer, const Words& words) {
         return Same(answer.status.force().force_from(), words[1].str());
       }},
      {"pas conclue",
       [](const Answer& answer, const Words&) {
         return Want(
             answer.status.force().force_from().empty() && !answer.status.revision().concluded(),
             absl::StrCat("conclue le ", answer.status.force().force_from()));
       }},
      {"l'acte figé est conclu",
       [](const Answer& answer, const Words&) {
         return Want(answer.status.revision().concluded(), "il ne l'est pas");
       }},
      {"l'acte figé n'est pas conclu",
       [](const Answer& answer, const Words&) {
         return Want(!answer.status.revision().concluded(), "il l'est");
       }},
      {"{N} jours de rétroactivité",
       [](const Answer& answer, const Words& words) {
         return Same(absl::StrCat(answer.status.force().retroactive_days()), words[1].str());
       }},
      {"vide du {DATE} au {DATE}",
       [](const Answer& answer, const Words& words) {
         const v1::ForceView& force = answer.status.force();
         return Want(force.gap_from() == words[1] && force.gap_until() == words[2],
                     absl::StrCat("vide du ", force.gap_from(), " au ", force.gap_until()));
       }},
      {"vide depuis le {DATE}",
       [](const Answer& answer, const Words& words) {
         const v1::ForceView& force = answer.status.force();
         return Want(force.gap_from() == words[1] && force.gap_until().empty(),
                     absl::StrCat("vide du ", force.gap_from(), " au ", force.gap_until()));
       }},
      {"pas de vide", [](const Answer& answer,
                         const Words&) { return Same(answer.status.force().gap_from(), ""); }},
      {"doublon avec la précédente",
       [](const Answer& answer, const Words&) {
         return Want(answer.status.force().overlap(), answer.status.force().text());
       }},
      AtStage("la délibération {QUI} est à voter", v1::AUTHORITY_STAGE_PENDING),
      AtStage("la délibération {QUI} ne donne pas mandat", v1::AUTHORITY_STAGE_NO_MANDATE),
      AtStage("la délibération {QUI} est votée, pas exécutoire", v1::AUTHORITY_STAGE_VOTED),
      AtStage("la délibération {QUI} est exécutoire", v1::AUTHORITY_STAGE_EXECUTORY),
      AtStage("{QUI} signe sans délibération", v1::AUTHORITY_STAGE_NOT_REQUIRED),
      {"la délibération {QUI} est exécutoire depuis le {DATE}",
       [](const Answer& answer, const Words& words) {
         return Same(PartyIn(answer, words[1]).executory_on(), words[2].str());
       }},
      {"suite pour {QUI} : {TEXTE}",
       [](const Answer& answer, const Words& words) {
         return Same(PartyIn(answer, words[1]).next_step(), words[2].str());
       }},
      {"l'acte n'attend que {QUI}",
       [](const Answer& answer, const Words& words) {
         return Same(Blocking(answer), PartnerOf(WhoIn(words[1])));
       }},
      {"l'acte n'attend personne",
       [](const Answer& answer, const Words&) { return Same(Blocking(answer), ""); }},
      {"le tableau de ce qui bloque est vide",
       [](const Answer& answer, const Words&) { return Same(OnBoard(answer.blocking), ""); }},
      {"le tableau de ce qui bloque montre (.+)",
       [](const Answer& answer, const Words& words) {
         std::vector<std::string> names;
         for (const absl::string_view one : absl::StrSplit(words[1].str(), " et ")) {
           names.push_back(PartnerOf(WhoIn(std::string(one))));
         }
         return Same(OnBoard(answer.blocking), absl::StrJoin(names, ", "));
       }},
      {"{QUI} n'a rien à signer",
       [](const Answer& answer, const Words& words) {
         const v1::PartyStanding& party = PartyIn(answer, words[1]);
         return Want(!party.name().empty() && party.offices() == 0 && !party.blocking(),
                     absl::StrCat(party.offices(), " signature(s) : ", party.next_step()));
       }},
      Covered("le mandat {QUI} couvre l'avenant", v1::MANDATE_COVERAGE_COVERED),
      Covered("il faut {QUI} une nouvelle délibération", v1::MANDATE_COVERAGE_NEW_DELIBERATION),
      Covered("le mandat {QUI} est à faire lire par un juriste", v1::MANDATE_COVERAGE_LEGAL_REVIEW),
      {"constat {CODE}",
       [](const Answer& answer, const Words& words) {
         return Want(Found(answer, words[1].str()), "constats : " + Codes(answer));
       }},
      {"pas de constat {CODE}",
       [](const Answer& answer, const Words& words) {
         return Want(!Found(answer, words[1].str()), "il y est");
       }},
      {"le texte dit {TEXTE}",
       [](const Answer& answer, const Words& words) {
         return Want(TextHas(answer, words[1]), "il ne le dit pas");
       }},
      {"le texte ne dit pas {TEXTE}",
       [](const Answer& answer, const Words& words) {
         return Want(!TextHas(answer, words[1]), "il le dit");
       }},
      {"{N} rédactions concurrentes",
       [](const Answer& answer, const Words& words) {
         const int sides =
             answer.convention.clashes().empty() ? 0 : answer.convention.clashes(0).sides_size();
         return Same(absl::StrCat(sides), words[1].str());
       }},
  };
  return *kPhrases;
}

}  // namespace greffe::scenario
