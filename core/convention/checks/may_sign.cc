// Who may not sign yet, why, and what would lift it.

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/checks/authority.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/committee.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

struct Lift {
  std::string fr;
  std::string en;
  std::string next_fr;
  std::string next_en;
};

absl::Status Refused(const std::string& who, Lift lift) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "L-08",
                   .field = "",
                   .fr = absl::StrCat("L-08 : ", who, " ne peut pas encore signer : ", lift.fr),
                   .en = absl::StrCat("L-08: ", who, " may not sign yet: ", lift.en),
                   .next_fr = std::move(lift.next_fr),
                   .next_en = std::move(lift.next_en)});
}

// As the command line shows ids and hashes: enough digits to name one.
constexpr std::size_t kShown = 12;
std::string ShortLeaf(const StateData& data, const DeliberationFact& fact) {
  return data.LeafOf(fact.event).ToHex().substr(0, kShown);
}

constexpr char kRecordFr[] = "Faites délibérer l'assemblée, puis : greffe deliberation record.";
constexpr char kRecordEn[] = "Have the assembly vote, then: greffe deliberation record.";

Lift LiftOf(const StateData& data, const PartyAuthority& authority) {
  switch (authority.stage) {
    case v1::AUTHORITY_STAGE_NO_MANDATE:
      if (authority.struck.has_value()) {
        const rules::Words strike = StrikeWords(*authority.struck);
        return {absl::StrCat("la délibération enregistrée a été ", strike.fr, " (L-58)."),
                absl::StrCat("the délibération on record was ", strike.en, " (L-58)."), kRecordFr,
                kRecordEn};
      }
      if (authority.contrary != nullptr) {
        const rules::Words votes = DisagreeingVotes(authority);
        const std::string correct = CommandToCorrect(data, authority);
        const std::string became = CommandToChallenge(data, authority);
        return {absl::StrCat("les votes enregistrés ne s'accordent pas (L-05) : ", votes.fr, "."),
                absl::StrCat("the votes on record disagree (L-05): ", votes.en, "."),
                absl::StrCat("Corrigez l'un des deux d'après la pièce (", correct,
                             "), enregistrez ce qu'il est devenu (", became,
                             "), ou faites délibérer à nouveau."),
                absl::StrCat("Correct one of them from the document (", correct,
                             "), record what became of it (", became,
                             "), or have the assembly vote again.")};
      }
      if (authority.vote != nullptr && !rules::IsCarried(*authority.vote->deliberation)) {
        const rules::Words votes = rules::VoteArithmetic(*authority.vote->deliberation);
        return {
            absl::StrCat("la délibération enregistrée n'est pas adoptée à la majorité (L-05) : ",
                         votes.fr, "."),
            absl::StrCat(
                "the délibération on record is not carried by a majority (L-05): ", votes.en, "."),
            "Faites délibérer à nouveau ; à égalité, enregistrez la voix prépondérante du "
            "président : greffe correct (--casting-vote).",
            "Have the assembly vote again; of a tie, record the casting vote of whoever "
            "presides: greffe correct (--casting-vote)."};
      }
      return {absl::StrCat("la délibération enregistrée ",
                           WhatIsNotVoted(*authority.vote->deliberation).fr, " (L-05)."),
              absl::StrCat("the délibération on record ",
                           WhatIsNotVoted(*authority.vote->deliberation).en, " (L-05)."),
              "Enregistrez celle qui le fait, ou corrigez-la : greffe deliberation record.",
              "Record one that does, or correct it: greffe deliberation record."};
    case v1::AUTHORITY_STAGE_VOTED:
      return {absl::StrCat("la délibération n'est pas exécutoire, ", authority.executory.why.fr,
                           " (L-07)."),
              absl::StrCat("the délibération is not exécutoire, ", authority.executory.why.en,
                           " (L-07)."),
              "Publiez-la, transmettez-la, puis enregistrez-le : greffe correct (--published-on, "
              "--received-on).",
              "Publish it, transmit it, then record that: greffe correct (--published-on, "
              "--received-on)."};
    default:
      break;
  }
  if (authority.coverage == v1::MANDATE_COVERAGE_LEGAL_REVIEW) {
    const v1::MandateScope& scope = authority.vote->deliberation->scope();
    if (!rules::HasQuote(scope)) {
      return {
          "aucune délibération sur cet avenant, et du mandat donné aucune phrase n'est "
          "enregistrée qui le couvre (L-34).",
          "no délibération on this avenant, and of the mandate given no sentence is on record "
          "that covers it (L-34).",
          "Citez la phrase votée : greffe correct (--scope-quote), ou faites délibérer.",
          "Quote the sentence voted: greffe correct (--scope-quote), or have the assembly "
          "vote."};
    }
    return {absl::StrCat("aucune délibération sur cet avenant, et le mandat donné ne le couvre pas "
                         "à coup sûr (L-34) : « ",
                         scope.quote(), " »."),
            absl::StrCat("no délibération on this avenant, and the mandate given does not surely "
                         "cover it (L-34): “",
                         scope.quote(), "”."),
            "Faites trancher par un juriste : faites délibérer, ou précisez la portée du mandat.",
            "Ask a lawyer: have the assembly vote, or record the mandate's scope."};
  }
  if (authority.coverage == v1::MANDATE_COVERAGE_NEW_DELIBERATION) {
    return {"aucune délibération sur cet avenant, et aucun mandat antérieur ne le couvre (L-34).",
            "no délibération on this avenant, and no earlier mandate covers it (L-34).", kRecordFr,
            kRecordEn};
  }
  return {"aucune délibération sur ce texte n'est enregistrée.",
          "no délibération on this text is on record.", kRecordFr, kRecordEn};
}

// A record that cannot be so says nothing of what the assembly decided.
absl::Status Contradicted(const std::string& who, const PartyAuthority& authority) {
  const rules::Oddity& odd = *authority.contradiction;
  const std::string id(rules::RowOf(odd.rule).id);
  const std::string& day = authority.vote->deliberation->sitting_on();
  const bool figures = odd.rule == rules::Rule::kVoteArithmetic ||
                       odd.rule == rules::Rule::kScdlFigures ||
                       odd.rule == rules::Rule::kOrderOfDates;
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = id,
       .field = absl::StrCat("deliberation.", odd.field),
       .fr = absl::StrCat(id, " : ", who,
                          " ne peut pas signer : la délibération enregistrée "
                          "(séance du ",
                          FrenchDate(day),
                          figures ? ") se contredit : " : ") ne donne pas mandat : ", odd.words.fr),
       .en =
           absl::StrCat(id, ": ", who, " may not sign: the délibération on record (sitting of ",
                        EnglishDate(day),
                        figures ? ") contradicts itself: " : ") gives no mandate: ", odd.words.en),
       .next_fr = "Corrigez-la d'après la pièce : greffe correct.",
       .next_en = "Correct it from the document: greffe correct."});
}

// L-40: nobody decides by a clause that never was.
absl::Status LeftByNobody(const rules::Oddity& odd) {
  const std::string id(rules::RowOf(odd.rule).id);
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = id,
                   .field = "",
                   .fr = absl::StrCat(id, " : ", odd.words.fr),
                   .en = absl::StrCat(id, ": ", odd.words.en),
                   .next_fr = "Proposez-le en avenant : greffe act propose.",
                   .next_en = "Propose it as an avenant: greffe act propose."});
}

}  // namespace

rules::Words StrikeWords(const Strike& strike) {
  const std::string fr = FrenchDate(strike.on.ToString());
  const std::string en = EnglishDate(strike.on.ToString());
  switch (strike.kind) {
    case v1::CHALLENGE_KIND_ANNULLED:
      return {absl::StrCat("annulée le ", fr), absl::StrCat("annulled on ", en)};
    case v1::CHALLENGE_KIND_WITHDRAWN:
      return {absl::StrCat("retirée le ", fr), absl::StrCat("withdrawn on ", en)};
    default:
      return {absl::StrCat("suspendue le ", fr), absl::StrCat("suspended on ", en)};
  }
}

rules::Words WhatIsNotVoted(const v1::Deliberation& vote) {
  const bool both = !vote.approves_text() && !vote.authorises_signature();
  return {absl::StrCat(vote.approves_text() ? "" : "n'approuve pas le texte", both ? " et " : "",
                       vote.authorises_signature() ? "" : "n'autorise pas sa signature"),
          absl::StrCat("does not ", vote.approves_text() ? "" : "approve the text",
                       both ? " and not " : "",
                       vote.authorises_signature() ? "" : "authorise its signature")};
}

std::string CommandToCorrect(const StateData& data, const PartyAuthority& authority) {
  return absl::StrCat("greffe correct ", ShortLeaf(data, *authority.contrary), " --reason …");
}

std::string CommandToChallenge(const StateData& data, const PartyAuthority& authority) {
  return absl::StrCat("greffe deliberation challenge ", data.convention.ToHex().substr(0, kShown),
                      " ", ShortLeaf(data, *authority.contrary), " --kind withdrawn|annulled");
}

rules::Words DisagreeingVotes(const PartyAuthority& authority) {
  const v1::Deliberation& first = *authority.vote->deliberation;
  const v1::Deliberation& last = *authority.contrary->deliberation;
  const auto decided = [](const v1::Deliberation& vote, const std::string& by) {
    const std::string of = by.empty() ? "" : absl::StrCat(by, ", ");
    const bool both = vote.approves_text() && vote.authorises_signature();
    return rules::Words{absl::StrCat(of, "séance du ", FrenchDate(vote.sitting_on()), ", ",
                                     vote.votes_for(), " pour, ", vote.votes_against(), " contre",
                                     both ? "" : ", sans approuver et autoriser"),
                        absl::StrCat(of, "sitting of ", EnglishDate(vote.sitting_on()), ", ",
                                     vote.votes_for(), " for, ", vote.votes_against(), " against",
                                     both ? "" : ", without approving and authorising")};
  };
  const rules::Words one = decided(first, authority.voter);
  const rules::Words other = decided(last, authority.contrary_voter);
  return {absl::StrCat(one.fr, " ; ", other.fr), absl::StrCat(one.en, "; ", other.en)};
}

rules::Words WhyNoBasis(const StateData& data, const PartyAuthority& authority) {
  if (authority.contradiction.has_value()) {
    const rules::Oddity& odd = *authority.contradiction;
    const absl::string_view id = rules::RowOf(odd.rule).id;
    return {absl::StrCat("la délibération enregistrée ne vaut pas (", id, ") : ", odd.words.fr),
            absl::StrCat("the délibération on record does not hold (", id, "): ", odd.words.en)};
  }
  Lift lift = LiftOf(data, authority);
  return {std::move(lift.fr), std::move(lift.en)};
}

absl::Status CheckMaySign(const StateData& data, RevisionNumber revision,
                          const std::string& partner, CivilDate today, rules::Minute now) {
  if (const auto gone = FindUnwrittenClause(data, revision); gone.has_value()) {
    return LeftByNobody(gone->why);
  }
  const PartyBook book(data);
  const VoteReading reading(data, book);
  const PartyAuthority authority = Authorities(data, book, reading, revision).Of(partner, today);
  if (authority.stage == v1::AUTHORITY_STAGE_NOT_REQUIRED) return absl::OkStatus();
  const std::string who = book.Name(partner);
  if (authority.contradiction.has_value()) return Contradicted(who, authority);
  // With a stage short of executory nothing is proven, whatever the dates of the vote shown.
  const bool ready = rules::HasBasis(authority.stage);
  const rules::Order order =
      rules::OrderOfSignature(ready ? authority.executory : rules::Executory{}, today, now);
  switch (order) {
    case rules::Order::kAfter:
      return absl::OkStatus();
    case rules::Order::kNotProven:
      return Refused(who, LiftOf(data, authority));
    case rules::Order::kSameDay:
      return Refused(
          who, {absl::StrCat("la délibération est exécutoire de ce jour même, et rien ne prouve "
                             "que la signature la suit (",
                             authority.executory.why.fr, ")."),
                absl::StrCat("the délibération became exécutoire this very day, and nothing proves "
                             "that the signature follows it (",
                             authority.executory.why.en, ")."),
                "Signez demain, ou enregistrez l'heure de la publication et de la réception : "
                "greffe correct (--published-time, --received-time).",
                "Sign tomorrow, or record the time of publication and of receipt: greffe correct "
                "(--published-time, --received-time)."});
    case rules::Order::kBefore:
      return Refused(who, {absl::StrCat("la délibération sera exécutoire plus tard (",
                                        authority.executory.why.fr, ")."),
                           absl::StrCat("the délibération becomes exécutoire later (",
                                        authority.executory.why.en, ")."),
                           "Attendez ce jour, ou corrigez les dates : greffe correct.",
                           "Wait for that day, or correct the dates: greffe correct."});
  }
  return absl::OkStatus();
}

}  // namespace greffe
