#include "core/rules/identity.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/digits.h"
#include "core/base/postcode.h"
#include "core/base/siren.h"

namespace greffe::rules {
namespace {

// Corsica has two departments and one beginning of postcodes and SIREN.
std::string Mainland(absl::string_view insee) {
  return absl::StartsWith(insee, "2A") || absl::StartsWith(insee, "2B")
             ? absl::StrCat("20", insee.substr(2))
             : std::string(insee);
}

// One letter more, fewer or other.
bool OneLetterApart(absl::string_view a, absl::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  return a.substr(same + (a.size() == b.size() ? 1 : 0)) == b.substr(same + 1);
}

}  // namespace

std::optional<Oddity> CheckSiren(const std::string& siren) {
  if (!IsOn(Rule::kSirenKey) || IsValidSiren(siren)) return std::nullopt;
  return Oddity{
      Rule::kSirenKey,
      "siren-key",
      FindingSeverityOf(RowOf(Rule::kSirenKey).severity),
      {absl::StrCat("« ", siren,
                    " » donné, attendu un SIREN : neuf chiffres dont le "
                    "dernier est la clé de Luhn."),
       absl::StrCat("got \"", siren, "\", want a SIREN: nine digits, the last one the Luhn key.")}};
}

std::optional<Oddity> CheckSiret(const std::string& siret) {
  if (!IsOn(Rule::kSirenKey) || IsValidSiret(siret)) return std::nullopt;
  return Oddity{Rule::kSirenKey,
                "siret-key",
                FindingSeverityOf(RowOf(Rule::kSirenKey).severity),
                {absl::StrCat("« ", siret,
                              " » donné, attendu un SIRET : quatorze chiffres dont le "
                              "dernier est la clé de Luhn."),
                 absl::StrCat("got \"", siret,
                              "\", want a SIRET: fourteen digits, the last one the Luhn key.")}};
}

std::string CommuneOfSiren(absl::string_view siren) {
  const bool commune =
      siren.size() == 9 && AllDigits(siren) && absl::StartsWith(siren, "21") && siren[4] == '0';
  if (!commune || !IsOn(Rule::kCommuneOfSiren)) return {};
  return absl::StrCat(siren.substr(2, 2), siren.substr(5, 3));
}

std::optional<Oddity> CheckCommuneOfSiren(absl::string_view siren, absl::string_view insee) {
  const std::string guess = CommuneOfSiren(siren);
  if (guess.empty() || insee.empty() || Mainland(insee) == guess) return std::nullopt;
  return Oddity{Rule::kCommuneOfSiren,
                "siren-of-another-commune",
                FindingSeverityOf(RowOf(Rule::kCommuneOfSiren).severity),
                {absl::StrCat("le SIREN ", siren, " est celui de la commune INSEE ", guess,
                              ", le code INSEE donné est ", insee, " : à confirmer."),
                 absl::StrCat("the SIREN ", siren, " is that of the commune INSEE ", guess,
                              ", the INSEE code given is ", insee, ": to be confirmed.")},
                "siren"};
}

std::optional<Oddity> CheckAssembly(v1::PartnerKind kind, absl::string_view siren,
                                    absl::string_view insee) {
  if (!IsOn(Rule::kExecutory)) return std::nullopt;
  Words by;
  switch (kind) {
    case v1::PARTNER_KIND_COMMUNE:
      by = {"une commune", "a commune"};
      break;
    case v1::PARTNER_KIND_INTERCOMMUNALITY:
      by = {"un EPCI", "an EPCI"};
      break;
    case v1::PARTNER_KIND_SYNDICATE:
      by = {"un syndicat", "a syndicat"};
      break;
    case v1::PARTNER_KIND_DEPARTMENT:
      by = {"un département", "a département"};
      break;
    case v1::PARTNER_KIND_CAF:
    case v1::PARTNER_KIND_STATE:
    case v1::PARTNER_KIND_NATIONAL_EDUCATION:
      return std::nullopt;
    default:
      if (!insee.empty()) {
        by = {"qui porte le code INSEE d'une commune", "which has the INSEE code of a commune"};
      } else if (!CommuneOfSiren(siren).empty()) {
        by = {"qui porte le SIREN d'une commune", "which has the SIREN of a commune"};
      } else {
        return std::nullopt;
      }
  }
  return Oddity{
      Rule::kExecutory,
      "assembly-not-said",
      v1::FINDING_SEVERITY_WARNING,
      {absl::StrCat(by.fr,
                    ", sans que le texte dise que son assemblée délibère (deliberates) : "
                    "personne ne vérifierait son mandat avant la signature (CHK-19, L-08)."),
       absl::StrCat(by.en,
                    ", and the text does not say that its assembly votes (deliberates): "
                    "nobody would look at its mandate before it signs (CHK-19, L-08).")},
      "deliberates"};
}

std::optional<Oddity> CheckPostcode(absl::string_view address, absl::string_view insee) {
  if (!IsOn(Rule::kPostcode) || insee.size() != 5) return std::nullopt;
  const std::string postcode = FindPostcode(address);
  const std::string department = DepartmentOfPostcode(postcode);
  const std::string of_commune = DepartmentOfPostcode(Mainland(insee));
  if (department.empty() || of_commune.empty() || department == of_commune) return std::nullopt;
  return Oddity{Rule::kPostcode,
                "postcode-of-another-department",
                FindingSeverityOf(RowOf(Rule::kPostcode).severity),
                {absl::StrCat("code postal ", postcode, " : département ", department,
                              ", la commune INSEE ", insee, " est d'un autre."),
                 absl::StrCat("postcode ", postcode, ": département ", department,
                              ", the commune INSEE ", insee, " is in another one.")},
                "address"};
}

std::vector<std::size_t> StrayDepartments(const std::vector<std::string>& departments) {
  constexpr std::size_t kEnough = 4;
  if (!IsOn(Rule::kPostcode) || departments.size() < kEnough) return {};
  std::map<std::string, std::size_t> counts;
  for (const std::string& one : departments) ++counts[one];
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most->second * 4 < departments.size() * 3) return {};
  std::vector<std::size_t> stray;
  for (std::size_t i = 0; i < departments.size(); ++i) {
    if (departments[i] != most->first) stray.push_back(i);
  }
  return stray;
}

bool MayBeOneName(const PrintedName& a, const PrintedName& b) {
  constexpr std::size_t kFirstName = 3;
  if (!IsOn(Rule::kNamesHint)) return false;
  if (a.key == b.key) return a.spelling != b.spelling;
  return a.before.size() >= kFirstName && a.before == b.before && OneLetterApart(a.key, b.key);
}

}  // namespace greffe::rules
