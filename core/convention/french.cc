#include "core/convention/french.h"

#include <array>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/time.h"

namespace greffe {
namespace {

constexpr std::array<const char*, 12> kMonths = {"janvier",   "février", "mars",     "avril",
                                                 "mai",       "juin",    "juillet",  "août",
                                                 "septembre", "octobre", "novembre", "décembre"};

}  // namespace

std::string FrenchDate(absl::string_view date) {
  int month = 0;
  int day = 0;
  if (!CivilDate::Parse(date, "date").ok() || !absl::SimpleAtoi(date.substr(5, 2), &month) ||
      !absl::SimpleAtoi(date.substr(8, 2), &day)) {
    return std::string(date);
  }
  return absl::StrCat(day, day == 1 ? "er " : " ", kMonths[static_cast<std::size_t>(month - 1)],
                      " ", date.substr(0, 4));
}

std::string Count(std::size_t n, absl::string_view one, absl::string_view many) {
  return absl::StrCat(n, " ", n < 2 ? one : many);
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
      return "résiliation d'un commun accord";
    default:
      return "acte";
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
      return "résiliée";
    default:
      return "état inconnu";
  }
}

std::string FrenchName(v1::SignatureKind kind) {
  switch (kind) {
    case v1::SIGNATURE_KIND_ELECTRONIC:
      return "signature électronique";
    case v1::SIGNATURE_KIND_PAPER:
      return "signature sur papier";
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

}  // namespace greffe
