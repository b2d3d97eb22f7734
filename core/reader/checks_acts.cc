#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "core/base/digits.h"
#include "core/base/postcode.h"
#include "core/base/siren.h"
#include "core/reader/actes.h"
#include "core/reader/checks.h"
#include "core/reader/date_text.h"
#include "core/reader/deliberations.h"
#include "core/reader/letters.h"
#include "core/rules/clear_days.h"
#include "core/rules/identity.h"
#include "core/rules/printed.h"
#include "core/rules/vote.h"

namespace greffe::reader {
namespace {

// More members or votes than any assembly has are no figures.
constexpr std::size_t kCountDigits = 6;

bool IsCount(const Text& text) { return AllDigits(text.text) && text.text.size() <= kCountDigits; }

// 0 for what is no figure.
std::uint32_t CountOf(const Text& text) {
  std::uint32_t value = 0;
  return IsCount(text) && absl::SimpleAtoi(text.text, &value) ? value : 0;
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

// The vote as its record in Greffe would have it: the rules are the same. What is not printed, or
// not a figure, stays unsaid.
v1::Deliberation RecordOf(const Deliberation& act) {
  // A remark on how the assembly was convened stands near the top.
  constexpr std::size_t kRemark = 20'000;
  v1::Deliberation out;
  out.set_assembly(act.party.text);
  out.set_sitting_on(act.date.text);
  out.set_convened_on(act.convened_on.text);
  out.set_transmitted_on(act.sent_on.text);
  out.set_received_on(act.received_on.text);
  out.set_published_on(act.published_on.text);
  out.set_members_in_office(CountOf(act.members_in_office));
  out.set_members_present(CountOf(act.present));
  out.set_members_represented(CountOf(act.represented));
  if (IsCount(act.votes_for)) {
    out.set_votes_for(CountOf(act.votes_for));
    out.set_votes_against(CountOf(act.votes_against));
    out.set_abstentions(CountOf(act.abstentions));
  }
  out.set_remark(act.body.text.substr(0, kRemark));
  return out;
}

// Where what is odd is printed.
std::vector<Lines> LinesOf(const rules::Oddity& odd, const Deliberation& act) {
  if (odd.rule == rules::Rule::kConvening) return LinesOf({&act.convened_on, &act.date});
  if (odd.field == "transmitted_on") return LinesOf({&act.sent_on, &act.received_on});
  if (odd.field == "received_on") return LinesOf({&act.date, &act.received_on});
  if (odd.field == "published_on") return LinesOf({&act.date, &act.published_on});
  std::vector<Lines> lines = LinesOf({&act.members_in_office, &act.present, &act.represented});
  for (const Lines& one : LinesOf({&act.votes_for, &act.votes_against, &act.abstentions})) {
    if (odd.rule != rules::Rule::kQuorum) lines.push_back(one);
  }
  return lines;
}

Severity SeverityOf(v1::FindingSeverity severity) {
  switch (severity) {
    case v1::FINDING_SEVERITY_SERIOUS:
      return Severity::kError;
    case v1::FINDING_SEVERITY_WARNING:
      return Severity::kWarning;
    default:
      return Severity::kInfo;
  }
}

void AddOddities(const std::vector<rules::Oddity>& odd, const Deliberation& act,
                 std::vector<Finding>* findings) {
  for (const rules::Oddity& one : odd) {
    const bool dated = IsDate(act.date);
    AddFinding(
        findings, one.rule, SeverityOf(one.severity),
        absl::StrCat("Délibération", dated ? " du " : "", dated ? FrenchDate(act.date.text) : "",
                     " : ", absl::StripSuffix(one.words.fr, ".")),
        absl::StrCat("Deliberation", dated ? " of " : "", dated ? act.date.text : "", ": ",
                     absl::StripSuffix(one.words.en, ".")),
        LinesOf(one, act));
  }
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

// What the rules say of the figures, as far as they are printed.
void CheckFigures(v1::Deliberation vote, const Deliberation& act, std::vector<Finding>* findings) {
  if (!IsCount(act.present)) return;
  if (IsCount(act.members_in_office)) {
    AddOddities(rules::CheckQuorum(vote), act, findings);
  } else {
    // At least those who were there.
    vote.set_members_in_office(vote.members_present() + vote.members_represented());
  }
  AddOddities(rules::CheckVote(vote), act, findings);
  const bool all =
      IsCount(act.votes_for) && !act.votes_against.text.empty() && !act.abstentions.text.empty();
  if (all) AddOddities(rules::CheckScdlFigures(vote), act, findings);
}

}  // namespace

void CheckActs(const Checked& checked, std::vector<Finding>* findings) {
  CheckSirens(checked, findings);
  CheckStamps(checked, findings);
  for (const Deliberation& act : checked.convention.deliberations) {
    CheckIdentifier(checked, act, findings);
    const v1::Deliberation vote = RecordOf(act);
    AddOddities(rules::CheckOrderOfDates(vote), act, findings);
    CheckFigures(vote, act, findings);
    AddOddities(rules::CheckConvening(vote), act, findings);
  }
}

}  // namespace greffe::reader
