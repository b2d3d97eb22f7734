#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/digits.h"
#include "core/base/postcode.h"
#include "core/base/siren.h"
#include "core/reader/actes.h"
#include "core/reader/checks.h"
#include "core/reader/date_text.h"
#include "core/reader/deliberations.h"
#include "core/reader/letters.h"
#include "core/rules/identity.h"
#include "core/rules/printed.h"

namespace greffe::reader {
namespace {

std::optional<int> CountOf(const Text& text) {
  int value = 0;
  if (!AllDigits(text.text) || !absl::SimpleAtoi(text.text, &value)) return {};
  return value;
}

bool IsDate(const Text& text) { return text.text.size() == 10; }

std::vector<Lines> LinesOf(std::initializer_list<const Text*> texts) {
  std::vector<Lines> lines;
  for (const Text* text : texts) {
    lines.insert(lines.end(), text->source.lines.begin(), text->source.lines.end());
  }
  return lines;
}

std::string IsoOfEight(absl::string_view digits) {
  uint32_t year = 0;
  uint32_t month = 0;
  uint32_t day = 0;
  if (!absl::SimpleAtoi(digits.substr(0, 4), &year) ||
      !absl::SimpleAtoi(digits.substr(4, 2), &month) ||
      !absl::SimpleAtoi(digits.substr(6, 2), &day)) {
    return {};
  }
  return IsoDate(year, month, day);
}

// Departments of the parties' addresses, three characters as @ctes writes them.
std::set<std::string> DepartmentsOf(const Convention& convention) {
  std::set<std::string> departments;
  for (const Party& party : convention.parties) {
    const std::string department = DepartmentOfPostcode(FindPostcode(party.address.text));
    if (!department.empty())
      departments.insert(department.size() == 2 ? "0" + department : department);
  }
  return departments;
}

void CheckSirens(const Checked& checked, std::vector<Finding>* findings) {
  std::map<std::string, std::vector<Lines>> sirens;
  for (const Party& party : checked.convention.parties) {
    if (!party.siren.text.empty()) sirens[party.siren.text] = party.siren.source.lines;
  }
  for (const Deliberation& act : checked.convention.deliberations) {
    if (const auto id = ParseActesId(act.receipt_id.text)) {
      std::vector<Lines>& lines = sirens[id->siren];
      lines.insert(lines.end(), act.receipt_id.source.lines.begin(),
                   act.receipt_id.source.lines.end());
    }
  }
  for (const auto& [siren, lines] : sirens) {
    if (!IsValidSiren(siren)) {
      AddFinding(findings, rules::Rule::kSirenKey, Severity::kError,
                 absl::StrCat("SIREN ", siren, " : la clé de contrôle est fausse"),
                 absl::StrCat("SIREN ", siren, ": its check digit is wrong"), lines);
      continue;
    }
    const std::string insee = rules::CommuneOfSiren(siren);
    if (insee.empty()) continue;
    AddFinding(
        findings, rules::Rule::kCommuneOfSiren, Severity::kInfo,
        absl::StrCat("SIREN ", siren, " : celui de la commune INSEE ", insee, ", à confirmer"),
        absl::StrCat("SIREN ", siren, ": that of the commune INSEE ", insee, ", to be confirmed"),
        lines);
  }
}

void CheckIdentifier(const Checked& checked, const Deliberation& act,
                     std::vector<Finding>* findings) {
  const auto id = ParseActesId(act.receipt_id.text);
  if (!id) return;
  const std::string& printed = act.receipt_id.text;
  const std::vector<Lines>& lines = act.receipt_id.source.lines;
  const std::string date = IsoOfEight(id->date);
  if (date.empty() || !id->strict) {
    const bool bad_date = date.empty();
    AddFinding(findings, rules::Rule::kActesForm, Severity::kError,
               absl::StrCat("Identifiant ", printed,
                            bad_date ? " : sa date n'existe pas"
                                     : " : numéro ou nature hors de la forme attendue"),
               absl::StrCat("Identifier ", printed,
                            bad_date ? ": its date does not exist"
                                     : ": number or nature not of the expected form"),
               lines);
  }
  const std::set<std::string> departments = DepartmentsOf(checked.convention);
  if (!departments.empty() && !departments.contains(id->department)) {
    AddFinding(findings, rules::Rule::kActesParty, Severity::kError,
               absl::StrCat("Identifiant ", printed, " : département ", id->department,
                            ", aucune partie n'y a son siège"),
               absl::StrCat("Identifier ", printed, ": department ", id->department,
                            ", where no party has its seat"),
               lines);
  }
  const auto& parties = checked.convention.parties;
  const bool known = std::any_of(parties.begin(), parties.end(), [&](const Party& party) {
    return party.siren.text.empty() || party.siren.text == id->siren;
  });
  if (!parties.empty() && !known) {
    AddFinding(findings, rules::Rule::kActesParty, Severity::kError,
               absl::StrCat("Identifiant ", printed, " : aucune partie n'a le SIREN ", id->siren),
               absl::StrCat("Identifier ", printed, ": no party has the SIREN ", id->siren), lines);
  }
  if (!date.empty() && IsDate(act.date) && act.date.text != date) {
    AddFinding(findings, rules::Rule::kActesDate, Severity::kError,
               absl::StrCat("Identifiant ", printed, " : daté du ", FrenchDate(date), ", vote du ",
                            FrenchDate(act.date.text)),
               absl::StrCat("Identifier ", printed, ": dated ", date, ", vote of ", act.date.text),
               LinesOf({&act.receipt_id, &act.date}));
  }
}

// One order of two dates of an act that must hold.
void CheckOrder(const Text& first, const Text& second, absl::string_view fr, absl::string_view en,
                std::vector<Finding>* findings) {
  if (!IsDate(first) || !IsDate(second) || first.text <= second.text) return;
  AddFinding(findings, rules::Rule::kOrderOfDates, Severity::kError,
             absl::StrCat(fr, " : ", FrenchDate(second.text), " avant ", FrenchDate(first.text)),
             absl::StrCat(en, ": ", second.text, " before ", first.text),
             LinesOf({&first, &second}));
}

void CheckStamps(const Checked& checked, std::vector<Finding>* findings) {
  const std::vector<Stamp> stamps = FindStamps(checked.blocks);
  struct Field {
    std::string Stamp::*value;
    absl::string_view fr, en;
  };
  static constexpr Field kFields[] = {
      {&Stamp::id, "identifiants", "identifiers"},
      {&Stamp::sent_on, "dates d'envoi", "dates of sending"},
      {&Stamp::received_on, "dates de réception", "dates of receipt"},
      {&Stamp::published_on, "dates de publication", "dates of publication"},
  };
  // Stamps of other acts may stand in other documents.
  std::map<uint32_t, std::vector<const Stamp*>> of_document;
  for (const Stamp& stamp : stamps) of_document[stamp.lines.document].push_back(&stamp);
  for (const auto& [document, group] : of_document) {
    for (const Field& field : kFields) {
      std::vector<std::string> said;
      std::map<std::string, Lines> first;  // Where each value is read first.
      for (const Stamp* stamp : group) {
        said.push_back(stamp->*field.value);
        first.try_emplace(said.back(), stamp->lines);
      }
      const std::vector<std::string> values = rules::StampsDiffer(said);
      if (values.empty()) continue;
      std::vector<Lines> lines;
      for (const std::string& value : values) lines.push_back(first[value]);
      const std::string list = absl::StrJoin(values, ", ");
      AddFinding(findings, rules::Rule::kStampsAgree, Severity::kError,
                 absl::StrCat("Les cachets répétés ont plusieurs ", field.fr, " : ", list),
                 absl::StrCat("Repeated stamps have several ", field.en, ": ", list),
                 std::move(lines));
    }
  }
}

void CheckFigures(const Deliberation& act, std::vector<Finding>* findings) {
  const auto office = CountOf(act.members_in_office);
  const auto present = CountOf(act.present);
  const int represented = CountOf(act.represented).value_or(0);
  if (office && present && *present + represented > *office) {
    AddFinding(findings, rules::Rule::kVoteArithmetic, Severity::kError,
               absl::StrCat(*present, " présents et ", represented, " représentés pour ", *office,
                            " membres en exercice"),
               absl::StrCat(*present, " present and ", represented, " represented of ", *office,
                            " members in office"),
               LinesOf({&act.members_in_office, &act.present, &act.represented}));
  }
  if (office && present && *present * 2 <= *office) {
    AddFinding(
        findings, rules::Rule::kQuorum, Severity::kError,
        absl::StrCat("Quorum : ", *present, " présents, plus de la moitié de ", *office,
                     " est requise"),
        absl::StrCat("Quorum: ", *present, " present, more than half of ", *office, " is needed"),
        LinesOf({&act.members_in_office, &act.present}));
  }
  const auto votes_for = CountOf(act.votes_for);
  if (!votes_for || !present) return;
  const int votes =
      *votes_for + CountOf(act.votes_against).value_or(0) + CountOf(act.abstentions).value_or(0);
  const int real = *present + represented;
  if (votes > real) {
    AddFinding(findings, rules::Rule::kVoteArithmetic, Severity::kError,
               absl::StrCat(votes, " votes pour ", real, " présents et représentés"),
               absl::StrCat(votes, " votes of ", real, " present and represented"),
               LinesOf({&act.votes_for, &act.votes_against, &act.abstentions, &act.present,
                        &act.represented}));
  }
  const bool all = !act.votes_against.text.empty() && !act.abstentions.text.empty();
  if (all && votes < real) {
    AddFinding(findings, rules::Rule::kScdlFigures, Severity::kError,
               absl::StrCat("SCDL : ", votes, " votes exprimés et abstentions, ", real, " votants"),
               absl::StrCat("SCDL: ", votes, " votes and abstentions, ", real, " voters"),
               LinesOf({&act.votes_for, &act.votes_against, &act.abstentions, &act.present}));
  }
}

// Five clear days above 3,500 inhabitants (27 members or more) and in intercommunal councils, three
// below: neither the day of the notice nor that of the sitting counts.
void CheckConvocation(const Deliberation& act, std::vector<Finding>* findings) {
  if (!IsDate(act.convened_on) || !IsDate(act.date)) return;
  constexpr int kLargeCouncil = 27;
  const std::string assembly = Plain(act.party.text);
  const bool large = CountOf(act.members_in_office).value_or(0) >= kLargeCouncil ||
                     absl::StrContains(assembly, "communautaire") ||
                     absl::StrContains(assembly, "agglomeration");
  const int64_t clear = DaysBetween(act.convened_on.text, act.date.text) - 1;
  const int64_t needed = large ? 5 : 3;
  if (clear >= needed) return;
  AddFinding(findings, rules::Rule::kConvening, Severity::kWarning,
             absl::StrCat("Convocation du ", FrenchDate(act.convened_on.text), " : ",
                          std::max<int64_t>(clear, 0), " jours francs avant la séance, ", needed,
                          " sont requis"),
             absl::StrCat("Notice of ", act.convened_on.text, ": ", std::max<int64_t>(clear, 0),
                          " clear days before the sitting, ", needed, " are needed"),
             LinesOf({&act.convened_on, &act.date}));
}

}  // namespace

void CheckActs(const Checked& checked, std::vector<Finding>* findings) {
  CheckSirens(checked, findings);
  CheckStamps(checked, findings);
  for (const Deliberation& act : checked.convention.deliberations) {
    CheckIdentifier(checked, act, findings);
    CheckOrder(act.date, act.received_on, "Reçu en préfecture avant le vote",
               "Received before the vote", findings);
    CheckOrder(act.date, act.published_on, "Publié avant le vote", "Published before the vote",
               findings);
    CheckOrder(act.sent_on, act.received_on, "Reçu avant l'envoi", "Received before it was sent",
               findings);
    CheckFigures(act, findings);
    CheckConvocation(act, findings);
  }
}

}  // namespace greffe::reader
