#include "core/convention/elements/french.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "core/base/time.h"
#include "core/rules/words.h"

namespace greffe {

std::string FrenchDate(absl::string_view date) {
  const std::optional<CivilDate> day = CivilDate::TryParse(date);
  return day.has_value() ? rules::DateFr(*day) : std::string(date);
}

std::string EnglishDate(absl::string_view date) {
  const std::optional<CivilDate> day = CivilDate::TryParse(date);
  return day.has_value() ? rules::DateEn(*day) : std::string(date);
}

std::string Count(std::size_t n, absl::string_view one, absl::string_view many) {
  return absl::StrCat(n, " ", n < 2 ? one : many);
}

std::string CountEn(std::size_t n, absl::string_view one, absl::string_view many) {
  return absl::StrCat(n, " ", n == 1 ? one : many);
}

std::string Short(absl::string_view hex) { return std::string(hex.substr(0, 12)); }

std::string FrenchName(v1::ActKind kind) {
  switch (kind) {
    case v1::ACT_KIND_ORIGINAL:
      return "convention initiale";
    case v1::ACT_KIND_AVENANT:
      return "avenant";
    case v1::ACT_KIND_COMMITTEE_DECISION:
      return "décision de comité";
    case v1::ACT_KIND_AGREED_TERMINATION:
      return "résiliation amiable";
    default:
      return "acte";
  }
}

std::string EnglishName(v1::ActKind kind) {
  switch (kind) {
    case v1::ACT_KIND_ORIGINAL:
      return "original convention";
    case v1::ACT_KIND_AVENANT:
      return "avenant";
    case v1::ACT_KIND_COMMITTEE_DECISION:
      return "décision de comité";
    case v1::ACT_KIND_AGREED_TERMINATION:
      return "résiliation amiable";
    default:
      return "act";
  }
}

std::string FrenchName(v1::ConventionStanding standing) {
  switch (standing) {
    case v1::CONVENTION_STANDING_PROJECT:
      return "projet";
    case v1::CONVENTION_STANDING_CONCLUDED:
      return "conclue, pas encore en vigueur";
    case v1::CONVENTION_STANDING_IN_FORCE:
      return "en vigueur";
    case v1::CONVENTION_STANDING_EXPIRED:
      return "expirée";
    case v1::CONVENTION_STANDING_TERMINATED:
      // By a termination or a dénonciation; the view of the force says which.
      return "finie avant son terme";
    default:
      return "état inconnu";
  }
}

std::string FrenchName(v1::SignatureKind kind) {
  switch (kind) {
    case v1::SIGNATURE_KIND_ELECTRONIC:
      return "signature dans Greffe";
    case v1::SIGNATURE_KIND_PAPER:
      return "signature sur papier";
    case v1::SIGNATURE_KIND_OUTSIDE_FILE:
      return "signature dans un fichier externe";
    default:
      return "signature";
  }
}

std::string EnglishName(v1::SignatureKind kind) {
  switch (kind) {
    case v1::SIGNATURE_KIND_ELECTRONIC:
      return "signature in Greffe";
    case v1::SIGNATURE_KIND_PAPER:
      return "signature on paper";
    case v1::SIGNATURE_KIND_OUTSIDE_FILE:
      return "signature in an outside file";
    default:
      return "signature";
  }
}

std::string FrenchName(v1::ProgressState state) {
  switch (state) {
    case v1::PROGRESS_STATE_NOT_STARTED:
      return "pas commencée";
    case v1::PROGRESS_STATE_IN_PROGRESS:
      return "en cours";
    case v1::PROGRESS_STATE_DONE:
      return "terminée";
    case v1::PROGRESS_STATE_DELAYED:
      return "en retard";
    case v1::PROGRESS_STATE_ABANDONED:
      return "abandonnée";
    default:
      return "état non précisé";
  }
}

std::string EnglishName(v1::ProgressState state) {
  switch (state) {
    case v1::PROGRESS_STATE_NOT_STARTED:
      return "not started";
    case v1::PROGRESS_STATE_IN_PROGRESS:
      return "in progress";
    case v1::PROGRESS_STATE_DONE:
      return "done";
    case v1::PROGRESS_STATE_DELAYED:
      return "delayed";
    case v1::PROGRESS_STATE_ABANDONED:
      return "abandoned";
    default:
      return "state not given";
  }
}

const char* ClassLetter(v1::ChangeClass change_class) {
  switch (change_class) {
    case v1::CHANGE_CLASS_AVENANT:
      return "A";
    case v1::CHANGE_CLASS_COMMITTEE_DECISION:
      return "B";
    case v1::CHANGE_CLASS_FOLLOW_UP:
      return "C";
    default:
      return "?";
  }
}

const char* FrenchName(v1::MandateCoverage coverage) {
  switch (coverage) {
    case v1::MANDATE_COVERAGE_COVERED:
      return "couvre";
    case v1::MANDATE_COVERAGE_NEW_DELIBERATION:
      return "à délibérer";
    case v1::MANDATE_COVERAGE_LEGAL_REVIEW:
      return "avis juridique";
    default:
      return "?";
  }
}

const char* EnglishName(v1::MandateCoverage coverage) {
  switch (coverage) {
    case v1::MANDATE_COVERAGE_COVERED:
      return "covers";
    case v1::MANDATE_COVERAGE_NEW_DELIBERATION:
      return "new vote";
    case v1::MANDATE_COVERAGE_LEGAL_REVIEW:
      return "legal review";
    default:
      return "?";
  }
}

}  // namespace greffe
