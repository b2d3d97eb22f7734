#include "core/convention/coverage_words.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/french.h"

namespace greffe {

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
  if (authority.stage == v1::AUTHORITY_STAGE_NO_MANDATE) {
    return say(v1::MANDATE_COVERAGE_NEW_DELIBERATION,
               absl::StrCat("L-05 : la délibération du ", FrenchDate(day),
                            " n'approuve pas le texte et n'autorise pas sa signature."),
               absl::StrCat("L-05: the délibération of ", EnglishDate(day),
                            " does not both approve the text and authorise its signature."));
  }
  say(v1::MANDATE_COVERAGE_COVERED,
      absl::StrCat("Délibération du ", FrenchDate(day), " sur ce texte même."),
      absl::StrCat("Délibération of ", EnglishDate(day), " on this very text."));
}

}  // namespace greffe
