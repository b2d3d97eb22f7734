#include "core/convention/coverage_words.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/french.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

// Why what the assembly voted gives no mandate.
rules::Words WhyNoMandate(const PartyAuthority& authority) {
  const v1::Deliberation& vote = *authority.vote->deliberation;
  const std::string day = FrenchDate(vote.sitting_on());
  const std::string day_en = EnglishDate(vote.sitting_on());
  if (authority.struck) {
    return {absl::StrCat("L-58 : la délibération du ", day,
                         " est retirée, suspendue ou annulée : faire délibérer."),
            absl::StrCat("L-58: the délibération of ", day_en,
                         " is withdrawn, suspended or annulled: have the assembly vote.")};
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
  return {absl::StrCat("L-05 : la délibération du ", day,
                       " n'approuve pas le texte et n'autorise pas sa signature."),
          absl::StrCat("L-05: the délibération of ", day_en,
                       " does not both approve the text and authorise its signature.")};
}

}  // namespace

void SayCoverage(const PartyAuthority& authority, v1::PartyCoverage* out) {
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
    case v1::MANDATE_COVERAGE_COVERED:
      return say(authority.coverage,
                 absl::StrCat("L-34 : le mandat donné le ", FrenchDate(day),
                              " couvre les avenants de ce proposant en cette période."),
                 absl::StrCat("L-34: the mandate given on ", EnglishDate(day),
                              " covers avenants of this proposer in this period."));
    case v1::MANDATE_COVERAGE_LEGAL_REVIEW:
      return say(authority.coverage,
                 absl::StrCat("L-34 : la phrase citée de la délibération du ", FrenchDate(day),
                              " se lit dans les deux sens : à un juriste de le dire."),
                 absl::StrCat("L-34: the sentence quoted from the délibération of ",
                              EnglishDate(day), " can be read either way: a lawyer must say."));
    case v1::MANDATE_COVERAGE_NEW_DELIBERATION:
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
