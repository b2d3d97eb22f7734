#include "core/convention/checks/coverage_words.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/time.h"
#include "core/convention/elements/french.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

// The avenants that a mandate covers: no more is said than what is on record of it.
rules::Words WhatIsCovered(const v1::MandateScope& scope, const PartyBook& book) {
  rules::Words out{"les avenants", "avenants"};
  if (!scope.proposer().empty()) {
    const std::string name = book.Name(scope.proposer());
    absl::StrAppend(&out.fr, " proposés par « ", name, " »");
    absl::StrAppend(&out.en, " proposed by “", name, "”");
  }
  const bool from = CivilDate::TryParse(scope.covers_from()).has_value();
  const bool until = CivilDate::TryParse(scope.covers_until()).has_value();
  if (from) {
    absl::StrAppend(&out.fr, until ? " du " : " à partir du ", FrenchDate(scope.covers_from()));
    absl::StrAppend(&out.en, " from ", EnglishDate(scope.covers_from()), until ? "" : " on");
  }
  if (until) {
    absl::StrAppend(&out.fr, from ? " au " : " jusqu'au ", FrenchDate(scope.covers_until()));
    absl::StrAppend(&out.en, from ? " to " : " until ", EnglishDate(scope.covers_until()));
  }
  return out;
}

rules::Words WhyToReview(const v1::Deliberation& vote) {
  const std::string day = FrenchDate(vote.sitting_on());
  const std::string day_en = EnglishDate(vote.sitting_on());
  if (!rules::HasQuote(vote.scope())) {
    return {absl::StrCat("L-34 : de la délibération du ", day,
                         " aucune phrase n'est enregistrée qui dise jusqu'où va le mandat : citer "
                         "la phrase (greffe correct, --scope-quote), ou faire délibérer."),
            absl::StrCat("L-34: of the délibération of ", day_en,
                         " no sentence is on record that says how far the mandate goes: quote the "
                         "sentence (greffe correct, --scope-quote), or have the assembly vote.")};
  }
  return {absl::StrCat("L-34 : la phrase citée de la délibération du ", day,
                       " se lit dans les deux sens : à un juriste de le dire."),
          absl::StrCat("L-34: the sentence quoted from the délibération of ", day_en,
                       " can be read either way: a lawyer must say.")};
}

// Why what the assembly voted gives no mandate.
rules::Words WhyNoMandate(const PartyAuthority& authority) {
  const v1::Deliberation& vote = *authority.vote->deliberation;
  const std::string day = FrenchDate(vote.sitting_on());
  const std::string day_en = EnglishDate(vote.sitting_on());
  if (authority.struck.has_value()) {
    const rules::Words strike = StrikeWords(*authority.struck);
    return {absl::StrCat("L-58 : la délibération du ", day, " a été ", strike.fr,
                         " : faire délibérer."),
            absl::StrCat("L-58: the délibération of ", day_en, " was ", strike.en,
                         ": have the assembly vote.")};
  }
  if (authority.contradiction.has_value()) {
    const rules::Oddity& odd = *authority.contradiction;
    const absl::string_view id = rules::RowOf(odd.rule).id;
    return {absl::StrCat(id, " : la délibération enregistrée du ", day,
                         " ne vaut pas tant qu'elle n'est pas corrigée : ", odd.words.fr),
            absl::StrCat(id, ": the délibération on record of ", day_en,
                         " does not hold until it is corrected: ", odd.words.en)};
  }
  if (authority.contrary != nullptr) {
    const rules::Words votes = DisagreeingVotes(authority);
    return {absl::StrCat("L-05 : les votes enregistrés ne s'accordent pas : ", votes.fr, "."),
            absl::StrCat("L-05: the votes on record disagree: ", votes.en, ".")};
  }
  if (!rules::IsCarried(vote)) {
    const rules::Words votes = rules::VoteArithmetic(vote);
    return {absl::StrCat("L-05 : la délibération du ", day,
                         " n'est pas adoptée à la majorité : ", votes.fr, "."),
            absl::StrCat("L-05: the délibération of ", day_en,
                         " is not carried by a majority: ", votes.en, ".")};
  }
  const rules::Words missing = WhatIsNotVoted(vote);
  return {absl::StrCat("L-05 : la délibération du ", day, " ", missing.fr, "."),
          absl::StrCat("L-05: the délibération of ", day_en, " ", missing.en, ".")};
}

}  // namespace

rules::Words WhyNotCovered(const PartyAuthority& authority, const CoveredAct& act) {
  if (authority.vote == nullptr) return {};
  const v1::MandateScope& scope = authority.vote->deliberation->scope();
  std::vector<std::string> fr;
  std::vector<std::string> en;
  const auto add = [&](std::string french, std::string english) {
    fr.push_back(std::move(french));
    en.push_back(std::move(english));
  };
  if (scope.reach() != v1::MANDATE_REACH_AVENANTS) {
    add("il ne dit pas qu'il vaut pour des avenants", "it does not say that it holds for avenants");
  }
  const auto from = CivilDate::TryParse(scope.covers_from());
  const auto until = CivilDate::TryParse(scope.covers_until());
  if (from.has_value() && act.avenant.on < *from) {
    add(absl::StrCat("il ne vaut qu'à partir du ", FrenchDate(scope.covers_from())),
        absl::StrCat("it holds only from ", EnglishDate(scope.covers_from()), " on"));
  }
  if (until.has_value() && act.avenant.on > *until) {
    add(absl::StrCat("il a pris fin le ", FrenchDate(scope.covers_until())),
        absl::StrCat("it ended on ", EnglishDate(scope.covers_until())));
  }
  if (!scope.proposer().empty() && scope.proposer() != act.avenant.proposer) {
    const std::string named = act.book.Name(scope.proposer());
    const std::string proposer = act.book.Name(act.avenant.proposer);
    add(absl::StrCat("il ne vaut que pour les avenants proposés par « ", named,
                     " », et celui-ci l'est par « ", proposer, " »"),
        absl::StrCat("it holds only for avenants proposed by “", named, "”, and this one is by “",
                     proposer, "”"));
  }
  return {absl::StrJoin(fr, " ; "), absl::StrJoin(en, "; ")};
}

void SayCoverage(const PartyAuthority& authority, const CoveredAct& act, v1::PartyCoverage* out) {
  const auto say = [out](v1::MandateCoverage coverage, std::string fr, std::string en) {
    out->set_coverage(coverage);
    out->set_why(std::move(fr));
    out->set_why_en(std::move(en));
  };
  if (authority.stage == v1::AUTHORITY_STAGE_NOT_REQUIRED) {
    return say(v1::MANDATE_COVERAGE_COVERED, "Signe en sa fonction : aucun vote n'est attendu.",
               "Signs on office: no vote is expected.");
  }
  if (authority.vote != nullptr) out->set_quote(authority.vote->deliberation->scope().quote());
  const std::string day =
      authority.vote == nullptr ? "" : authority.vote->deliberation->sitting_on();
  // Even one whose words cover the act.
  if (authority.stage == v1::AUTHORITY_STAGE_NO_MANDATE) {
    rules::Words why = WhyNoMandate(authority);
    return say(v1::MANDATE_COVERAGE_NEW_DELIBERATION, std::move(why.fr), std::move(why.en));
  }
  switch (authority.coverage) {
    case v1::MANDATE_COVERAGE_COVERED: {
      const rules::Words covered = WhatIsCovered(authority.vote->deliberation->scope(), act.book);
      return say(
          authority.coverage,
          absl::StrCat("L-34 : le mandat donné le ", FrenchDate(day), " couvre ", covered.fr, "."),
          absl::StrCat("L-34: the mandate given on ", EnglishDate(day), " covers ", covered.en,
                       "."));
    }
    case v1::MANDATE_COVERAGE_LEGAL_REVIEW: {
      rules::Words why = WhyToReview(*authority.vote->deliberation);
      return say(authority.coverage, std::move(why.fr), std::move(why.en));
    }
    case v1::MANDATE_COVERAGE_NEW_DELIBERATION:
      if (const rules::Words why = WhyNotCovered(authority, act); !why.fr.empty()) {
        return say(authority.coverage,
                   absl::StrCat("L-34 : le mandat donné le ", FrenchDate(day),
                                " ne couvre pas cet acte : ", why.fr, ". Faire délibérer."),
                   absl::StrCat("L-34: the mandate given on ", EnglishDate(day),
                                " does not cover this act: ", why.en, ". Have the assembly vote."));
      }
      return say(authority.coverage,
                 "L-34 : aucun mandat antérieur ne couvre cet acte : faire délibérer.",
                 "L-34: no earlier mandate covers this act: have the assembly vote.");
    default:
      break;
  }
  // A vote on this very text.
  say(v1::MANDATE_COVERAGE_COVERED,
      absl::StrCat("Délibération du ", FrenchDate(day), " sur ce texte même."),
      absl::StrCat("Délibération of ", EnglishDate(day), " on this very text."));
}

}  // namespace greffe
