#include "core/rules/receipt.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/actes.h"
#include "core/base/time.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

Oddity Odd(Rule rule, absl::string_view code, v1::FindingSeverity severity, Words words) {
  return {rule, code, severity, std::move(words), "receipt_id"};
}

std::optional<CivilDate> DateOf(const ActesId& id) {
  const absl::string_view date = id.date;
  return CivilDate::TryParse(
      absl::StrCat(date.substr(0, 4), "-", date.substr(4, 2), "-", date.substr(6, 2)));
}

// « 012 » of 12202, « 02A » of 2A004, « 974 » of 97411; empty for what is no code of a commune. A
// SIREN and the communes of the other parties would be hints alone (domain.md section 7.3: an EPCI
// may lie in two départements, a commune nouvelle keep another number), and a receipt of another
// département takes the mandate away: where the text has no INSEE code, nothing is said of it.
std::string DepartmentOf(absl::string_view insee) {
  if (insee.size() != 5) return "";
  const bool overseas = absl::StartsWith(insee, "97") || absl::StartsWith(insee, "98");
  return overseas ? std::string(insee.substr(0, 3)) : absl::StrCat("0", insee.substr(0, 2));
}

}  // namespace

std::vector<Oddity> CheckActesId(const v1::Deliberation& vote, const ReceiptOwner& owner) {
  std::vector<Oddity> out;
  const v1::FindingSeverity form = FindingSeverityOf(RowOf(Rule::kActesForm).severity);
  const std::string& printed = vote.receipt_id();
  if (printed.empty()) return out;
  const std::optional<ActesId> id = ParseActesId(printed);
  if (!id.has_value()) {
    if (!IsOn(Rule::kActesForm)) return out;
    // That of @ctes begins with the département.
    const bool meant = absl::ascii_isdigit(static_cast<unsigned char>(printed[0]));
    out.push_back(
        Odd(Rule::kActesForm, "receipt-form", meant ? form : v1::FINDING_SEVERITY_WARNING,
            {absl::StrCat("accusé « ", printed, " » : ce n'est pas un identifiant ACTES",
                          meant ? "." : " ; seul un accusé donné sur papier porte un tel numéro."),
             absl::StrCat("receipt “", printed, "”: it is no ACTES identifier",
                          meant ? "." : "; only a receipt given on paper bears such a number.")}));
    return out;
  }
  const std::optional<CivilDate> day = DateOf(*id);
  if (IsOn(Rule::kActesForm) && (!day.has_value() || !id->strict)) {
    out.push_back(Odd(Rule::kActesForm, "receipt-form", form,
                      {absl::StrCat("accusé ", printed,
                                    day.has_value() ? " : numéro ou nature hors de la forme ACTES."
                                                    : " : sa date n'existe pas."),
                       absl::StrCat("receipt ", printed,
                                    day.has_value() ? ": number or nature not of the ACTES form."
                                                    : ": its date does not exist.")}));
  }
  if (IsOn(Rule::kActesParty)) {
    const std::string department = DepartmentOf(owner.insee);
    std::string other;
    if (owner.siren.empty() && owner.others != nullptr) {
      if (const auto found = owner.others->find(id->siren); found != owner.others->end()) {
        other = found->second;
      }
    }
    if (!other.empty()) {
      out.push_back(Odd(Rule::kActesParty, "receipt-of-another", v1::FINDING_SEVERITY_SERIOUS,
                        {absl::StrCat("accusé ", printed, " : SIREN ", id->siren,
                                      ", celui d'une autre partie : ", other, "."),
                         absl::StrCat("receipt ", printed, ": SIREN ", id->siren,
                                      ", that of another party: ", other, ".")}));
    } else if (!owner.siren.empty() && owner.siren != id->siren) {
      out.push_back(Odd(Rule::kActesParty, "receipt-of-another", v1::FINDING_SEVERITY_SERIOUS,
                        {absl::StrCat("accusé ", printed, " : SIREN ", id->siren,
                                      ", celui de la partie est ", owner.siren, "."),
                         absl::StrCat("receipt ", printed, ": SIREN ", id->siren,
                                      ", the party's is ", owner.siren, ".")}));
    } else if (!department.empty() && department != id->department) {
      out.push_back(Odd(Rule::kActesParty, "receipt-of-another", v1::FINDING_SEVERITY_SERIOUS,
                        {absl::StrCat("accusé ", printed, " : département ", id->department,
                                      ", celui de la partie est ", department, "."),
                         absl::StrCat("receipt ", printed, ": département ", id->department,
                                      ", the party's is ", department, ".")}));
    }
  }
  const std::optional<CivilDate> sitting = CivilDate::TryParse(vote.sitting_on());
  if (IsOn(Rule::kActesDate) && day.has_value() && sitting.has_value() && *day != *sitting) {
    out.push_back(Odd(Rule::kActesDate, "receipt-of-another-day", v1::FINDING_SEVERITY_SERIOUS,
                      {absl::StrCat("accusé ", printed, " : daté du ", DateFr(*day), ", séance du ",
                                    DateFr(*sitting), "."),
                       absl::StrCat("receipt ", printed, ": dated ", DateEn(*day), ", sitting of ",
                                    DateEn(*sitting), ".")}));
  }
  return out;
}

}  // namespace greffe::rules
