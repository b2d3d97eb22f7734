#include "core/rules/registry.h"

#include <cstddef>
#include <iterator>

namespace greffe::rules {
namespace {

constexpr Row kRows[] = {
    {Rule::kTwoDecisions, "L-05", "", "La délibération approuve le texte et autorise sa signature",
     "The deliberation approves the text and authorises its signature",
     "CGCT art. L. 2121-29, L. 2122-21 ; dispositif des délibérations", Severity::kBlock,
     "GivesMandate"},
    {Rule::kVoteArithmetic, "L-06", "CHK-10", "Les voix et les membres s'additionnent",
     "Votes and members add up", "CGCT art. L. 2121-20", Severity::kError, "CheckVote"},
    {Rule::kQuorum, "CHK-10", "", "Plus de la moitié des membres en exercice sont présents",
     "More than half of the members in office are present", "CGCT art. L. 2121-17", Severity::kInfo,
     "CheckQuorum"},
    {Rule::kExecutory, "L-07", "CHK-08",
     "La délibération est exécutoire une fois publiée et reçue en préfecture",
     "A deliberation is executory once published and received by the prefecture",
     "CGCT art. L. 2131-1", Severity::kBlock, "ExecutoryOf"},
    {Rule::kOrderOfDates, "CHK-06", "", "La publication et la réception ne précèdent pas le vote",
     "Publication and receipt do not precede the vote", "CGCT art. L. 2131-1", Severity::kError,
     "CheckOrderOfDates"},
    {Rule::kSignatureOrder, "L-08", "CHK-09",
     "La signature suit le jour où la délibération est exécutoire",
     "The signature follows the day on which the deliberation is executory",
     "CE, avis, 10 juin 1996 ; TA Montpellier, 2002", Severity::kBlock, "OrderOfSignature"},
    {Rule::kMandateScope, "L-34", "CHK-21", "Le mandat de chaque partie couvre l'avenant",
     "Each party's mandate covers the avenant",
     "Dispositif des délibérations : la phrase citée fait la portée", Severity::kBlock,
     "CoverageOf"},
    {Rule::kEfficacyAndForce, "L-14", "",
     "L'effet suit les dates du texte ; la force commence à la dernière signature",
     "Efficacy follows the dates of the text; force starts with the last signature",
     "Article sur la durée des conventions", Severity::kInfo, "ForceOn"},
    {Rule::kExpiry, "L-55", "", "La convention expire à son terme, sauf reconduction expresse",
     "The convention expires at its end date unless expressly renewed",
     "Article sur la durée des conventions", Severity::kInfo, "ForceOn"},
    {Rule::kStatedDuration, "L-15", "CHK-15", "La durée écrite et les dates concordent",
     "The stated duration and the dates agree", "Article sur la durée des conventions",
     Severity::kError, "CheckStatedDuration"},
    {Rule::kRetroactive, "CHK-16", "", "L'effet rétroactif se compte en jours",
     "A retroactive effect is counted in days", "Article sur la durée des conventions",
     Severity::kInfo, "RetroactiveDays"},
    {Rule::kGapOrOverlap, "L-56", "CHK-17", "La convention suit la précédente sans vide ni doublon",
     "The convention follows its predecessor without gap or overlap",
     "Article sur l'évaluation : une convention renouvelée est une convention nouvelle",
     Severity::kWarn, "CompareWithPredecessor"},
    {Rule::kContractPeriod, "L-50", "CHK-30",
     "Un délai contractuel en mois finit au même quantième, ou au dernier jour du mois",
     "A contract period in months ends on the same day of the month, or on its last day",
     "Articles sur la résiliation et la dénonciation ; code civil art. 2228, 2229", Severity::kInfo,
     "ContractDeadline"},
    {Rule::kChallengePeriod, "L-58", "",
     "Une délibération se conteste dans les deux mois francs de sa publication et de sa réception",
     "A deliberation may be challenged within two clear months of publication and receipt",
     "CJA art. R. 421-1, R. 421-5", Severity::kInfo, "ChallengeWindow"},
    {Rule::kReferralPeriod, "L-59", "",
     "Le préfet défère dans les deux mois francs de la réception",
     "The prefect may refer within two clear months of receipt", "CGCT art. L. 2131-6",
     Severity::kInfo, "ReferralWindow"},
};

// Set by SwitchOffForTest before anything else runs, then only read.
std::uint32_t switched_off = 0;

}  // namespace

std::span<const Row> Registry() { return kRows; }

const Row& RowOf(Rule rule) { return kRows[static_cast<std::size_t>(rule)]; }

const Row* FindRow(absl::string_view id) {
  for (const Row& row : kRows) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

v1::FindingSeverity FindingSeverityOf(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return v1::FINDING_SEVERITY_NOTE;
    case Severity::kWarn:
    case Severity::kError:
      return v1::FINDING_SEVERITY_WARNING;
    case Severity::kBlock:
      return v1::FINDING_SEVERITY_SERIOUS;
  }
  return v1::FINDING_SEVERITY_UNSPECIFIED;
}

void SwitchOffForTest(Rule rule) { switched_off |= 1u << static_cast<std::uint32_t>(rule); }

bool IsOn(Rule rule) { return (switched_off >> static_cast<std::uint32_t>(rule) & 1u) == 0; }

}  // namespace greffe::rules
