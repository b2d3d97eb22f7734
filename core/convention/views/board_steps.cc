// What a party is to do next, whatever its way to the signature.

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/convention/checks/coverage_words.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/paper.h"
#include "core/convention/state/order.h"
#include "core/convention/text/text_to_sign.h"
#include "core/convention/views/board.h"
#include "core/rules/calendar.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

// Offices whose signature is missing, as people call them; those of which one is enough are parted
// by « ou ».
struct Missing {
  std::string fr;
  std::string en;
};
Missing Unsigned(const v1::PartyStanding& party) {
  std::vector<std::string> all;
  std::vector<std::string> one_of;
  bool enough = false;
  for (const v1::OfficeStanding& one : party.signing()) {
    if (one.signed_on().empty()) (one.one_of() ? one_of : all).push_back(one.office());
    enough = enough || (one.one_of() && !one.signed_on().empty());
  }
  std::vector<std::string> all_en = all;
  if (!enough && !one_of.empty()) {
    all.push_back(absl::StrJoin(one_of, " ou "));
    all_en.push_back(absl::StrJoin(one_of, " or "));
  }
  return {absl::StrJoin(all, ", "), absl::StrJoin(all_en, ", ")};
}

rules::Words StepToCorrect(const rules::Oddity& odd) {
  const absl::string_view id = rules::RowOf(odd.rule).id;
  return {absl::StrCat("Corriger la délibération enregistrée (", id, ") : ", odd.words.fr),
          absl::StrCat("Correct the délibération on record (", id, "): ", odd.words.en)};
}

bool IsTransmitted(const v1::PartyStanding& party) {
  const auto& votes = party.deliberations();
  return std::any_of(votes.begin(), votes.end(), [](const v1::DeliberationView& one) {
    return !one.deliberation().transmitted_on().empty();
  });
}

}  // namespace

rules::Words Board::NextStep(const PartyAuthority& authority,
                             const v1::PartyStanding& party) const {
  if (data_.revisions[revision_].on_paper) return PaperStep(party);
  if (rules::HasBasis(party.stage())) return StepToSign(party);
  switch (party.stage()) {
    case v1::AUTHORITY_STAGE_PENDING:
      if (party.coverage() == v1::MANDATE_COVERAGE_LEGAL_REVIEW) {
        if (!rules::HasQuote(party.scope())) {
          return {
              "Citer la phrase de la délibération qui donne mandat pour les avenants (greffe "
              "correct, --scope-quote), ou faire délibérer (L-34).",
              "Quote the sentence of the délibération that gives a mandate for avenants "
              "(greffe correct, --scope-quote), or have the assembly vote (L-34)."};
        }
        return {
            "Faire dire par un juriste si le mandat donné couvre l'avenant, ou faire "
            "délibérer (L-34).",
            "Ask a lawyer whether the mandate given covers the avenant, or have the assembly "
            "vote (L-34)."};
      }
      if (party.coverage() == v1::MANDATE_COVERAGE_NEW_DELIBERATION) return StepToVote(authority);
      return {"Faire délibérer l'assemblée, puis enregistrer la délibération.",
              "Have the assembly vote, then record the délibération."};
    case v1::AUTHORITY_STAGE_NO_MANDATE:
      if (authority.struck.has_value()) {
        const rules::Words strike = StrikeWords(*authority.struck);
        return {absl::StrCat("Faire délibérer à nouveau : la délibération enregistrée a été ",
                             strike.fr, " (L-58)."),
                absl::StrCat("Have the assembly vote again: the délibération on record was ",
                             strike.en, " (L-58).")};
      }
      if (authority.contradiction.has_value()) return StepToCorrect(*authority.contradiction);
      if (authority.contrary != nullptr) {
        const rules::Words votes = DisagreeingVotes(authority);
        const std::string correct = CommandToCorrect(data_, authority);
        const std::string became = CommandToChallenge(data_, authority);
        return {
            absl::StrCat("Les votes enregistrés ne s'accordent pas (", votes.fr,
                         ") : en corriger un (", correct, "), enregistrer ce qu'il est devenu (",
                         became, "), ou faire délibérer à nouveau."),
            absl::StrCat("The votes on record disagree (", votes.en, "): correct one (", correct,
                         "), record what became of it (", became,
                         "), or have the assembly vote again.")};
      }
      if (rules::IsUndecidedTie(*authority.vote->deliberation)) {
        return {
            "Enregistrer la voix prépondérante du président, ou faire délibérer à nouveau "
            "(L-06).",
            "Record the casting vote of whoever presides, or have the assembly vote again "
            "(L-06)."};
      }
      return {"Faire approuver le texte et autoriser sa signature (L-05).",
              "Have the text approved and its signature authorised (L-05)."};
    case v1::AUTHORITY_STAGE_VOTED:
      if (!party.published_on().empty() && IsTransmitted(party)) {
        return {"Enregistrer la réception en préfecture, ou le certificat exécutoire (L-07).",
                "Record the receipt by the préfecture, or the certificat exécutoire (L-07)."};
      }
      if (!party.published_on().empty()) {
        return {"Transmettre la délibération, puis enregistrer sa réception (L-07).",
                "Transmit the délibération, then record its receipt (L-07)."};
      }
      if (!party.received_on().empty()) {
        return {"Publier la délibération, puis l'enregistrer (L-07).",
                "Publish the délibération, then record that (L-07)."};
      }
      return {"Publier la délibération, la transmettre, puis enregistrer la réception (L-07).",
              "Publish the délibération, transmit it, then record the receipt (L-07)."};
    default:
      return StepToSign(party);
  }
}

rules::Words Board::StepToVote(const PartyAuthority& authority) const {
  const ActFacts& act = data_.acts.at(data_.revisions[revision_].act);
  const std::string proposer = data_.PartnerOf(data_.OpeningOf(act).event);
  const rules::Words why = WhyNotCovered(authority, {{proposer, today_}, teller_.book()});
  rules::Words out = {
      "Faire délibérer l'assemblée sur cet acte, qu'aucun mandat donné ne couvre (L-34), puis "
      "enregistrer la délibération.",
      "Have the assembly vote on this act, which no mandate given covers (L-34), then record the "
      "délibération."};
  if (!why.fr.empty()) absl::StrAppend(&out.fr, " Le mandat donné ne convient pas : ", why.fr, ".");
  if (!why.en.empty()) absl::StrAppend(&out.en, " The mandate given does not do: ", why.en, ".");
  return out;
}

rules::Words Board::StepToSign(const v1::PartyStanding& party) const {
  const Missing offices = Unsigned(party);
  if (offices.fr.empty()) return {};
  const auto executory = CivilDate::TryParse(party.executory_on());
  if (executory.has_value() && today_ <= *executory) {
    const std::string day = executory->NextDay().ToString();
    return {absl::StrCat("Signer à partir du ", FrenchDate(day), " : ", offices.fr, "."),
            absl::StrCat("Sign from ", EnglishDate(day), " on: ", offices.en, ".")};
  }
  if (left_to_co_chairs_) {
    return {absl::StrCat("Décider pour le comité, par la signature (L-20) : ", offices.fr, "."),
            absl::StrCat("Decide for the committee, by signing (L-20): ", offices.en, ".")};
  }
  return {absl::StrCat("Signer : ", offices.fr, "."), absl::StrCat("Sign: ", offices.en, ".")};
}

rules::Words Board::RefusalStep(const std::string& partner) const {
  const Revision& revision = data_.revisions[revision_];
  std::vector<EventNumber> refusals;
  std::map<EventNumber, std::string> offices;
  for (const std::uint32_t at : revision.refusals) {
    const RefusalFact& refusal = data_.refusals[at];
    const v1::Signatory* const signatory = FindSignatory(revision, refusal.signatory_id);
    if (!refusal.counts || signatory == nullptr || signatory->partner_id() != partner) continue;
    // Who signs after refusing has changed its mind; what was signed before was taken back.
    const bool signed_since =
        std::any_of(revision.signatures.begin(), revision.signatures.end(), [&](auto number) {
          const SignatureFact& one = data_.signatures[number];
          return one.signatory_id == refusal.signatory_id && one.counts &&
                 !IsRetracted(data_, number);
        });
    if (signed_since) continue;
    refusals.push_back(refusal.event);
    offices[refusal.event] = signatory->office();
  }
  if (refusals.empty()) return {};
  SortEvents(data_, &refusals);
  const EventNumber last = refusals.back();
  const std::string day =
      rules::ParisTimeOf(Instant{data_.events[last].recorded_micros}).day.ToString();
  return {absl::StrCat("Refusé par « ", offices[last], " » le ", FrenchDate(day),
                       " : lever le refus et signer (greffe act sign), réviser le texte (greffe "
                       "act revise) ou le retirer (greffe act withdraw)."),
          absl::StrCat("Refused by “", offices[last], "” on ", EnglishDate(day),
                       ": settle the refusal and sign (greffe act sign), revise the text (greffe "
                       "act revise) or withdraw it (greffe act withdraw).")};
}

rules::Words Board::StepOnceStruck(const PartyAuthority& authority) const {
  if (!authority.struck.has_value()) return {};
  const rules::Words strike = StrikeWords(*authority.struck);
  return {absl::StrCat("Délibération ", strike.fr,
                       " : faire qualifier par un juriste ce que devient l'acte conclu, et faire "
                       "délibérer à nouveau (L-58)."),
          absl::StrCat("Délibération ", strike.en,
                       ": have a lawyer qualify what becomes of the concluded act, and have the "
                       "assembly vote again (L-58).")};
}

bool Board::MayWithdraw(const std::string& partner) const {
  return std::find(withdrawers_.begin(), withdrawers_.end(), partner) != withdrawers_.end();
}

rules::Words Board::Withdrawers() const {
  std::vector<std::string> names;
  for (const std::string& one : withdrawers_) names.push_back(teller_.book().Name(one));
  return {absl::StrJoin(names, " ou "), absl::StrJoin(names, " or ")};
}

rules::Words Board::RebaseStep(bool author) const {
  std::vector<std::string> labels;
  for (const RevisionNumber one : concluded_since_) labels.push_back(data_.revisions[one].label);
  const rules::Words since = {absl::StrCat(" : conclu depuis sur la même base (L-35) : « ",
                                           absl::StrJoin(labels, " », « "), " »."),
                              absl::StrCat(": concluded since on the same base (L-35): “",
                                           absl::StrJoin(labels, "”, “"), "”.")};
  if (author) {
    return {absl::StrCat("Reprendre l'acte sur le texte en vigueur : le figer de nouveau (greffe "
                         "act freeze), après révision de ce que le gel dira changé depuis (greffe "
                         "act revise)",
                         since.fr),
            absl::StrCat("Take the act up again on the text in force: freeze it anew (greffe act "
                         "freeze), after a revision of what the freeze says has changed since "
                         "(greffe act revise)",
                         since.en)};
  }
  const rules::Words by = Withdrawers();
  return {absl::StrCat("À reprendre sur le texte en vigueur par qui l'a proposé ou figé, ", by.fr,
                       since.fr),
          absl::StrCat("To be taken up again on the text in force by who proposed or froze it, ",
                       by.en, since.en)};
}

void Board::SayOver(v1::PartyStanding* party) const {
  const bool withdraws = MayWithdraw(party->partner_id());
  // Who had nothing to do has nothing to know.
  if (!withdraws && !party->blocking()) return;
  party->set_blocking(withdraws);
  rules::Words step = over_;
  if (withdraws) {
    absl::StrAppend(&step.fr, " Retirez l'acte (greffe act withdraw)");
    absl::StrAppend(&step.en, " Withdraw the act (greffe act withdraw)");
  } else {
    const rules::Words by = Withdrawers();
    absl::StrAppend(&step.fr, " À retirer par qui l'a proposé ou figé : ", by.fr);
    absl::StrAppend(&step.en, " To be withdrawn by who proposed or froze it: ", by.en);
  }
  party->set_next_step(absl::StrCat(
      step.fr, " ; la suite est l'objet d'une convention nouvelle (greffe convention new)."));
  party->set_next_step_en(
      absl::StrCat(step.en, "; what follows is for a new convention (greffe convention new)."));
}

rules::Words Board::GivenOn(const PartyAuthority& authority) const {
  if (authority.voted_on == kNone || authority.voted_on == revision_) return {};
  const rules::Words name = NameOfRevision(data_, authority.voted_on);
  return {absl::StrCat(" ; voté sur un autre texte : ", name.fr, " (L-34)"),
          absl::StrCat("; voted on another text: ", name.en, " (L-34)")};
}

// Nobody votes or signs again on a text signed on paper.
rules::Words Board::PaperStep(const v1::PartyStanding& party) const {
  if (party.offices() == 0) return {};
  if (StandingAttestation(data_, data_.revisions[revision_], party.partner_id()) == kNone) {
    return {"Attester le texte signé sur papier : greffe act attest.",
            "Attest the text signed on paper: greffe act attest."};
  }
  const Missing offices = Unsigned(party);
  if (offices.fr.empty()) return {};
  return {absl::StrCat("Donner la date de signature : ", offices.fr, "."),
          absl::StrCat("Give the date of signature: ", offices.en, ".")};
}

}  // namespace greffe
