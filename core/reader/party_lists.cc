#include "core/reader/party_lists.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/reader/letters.h"
#include "core/reader/party_text.h"
#include "core/reader/persons.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

enum class PartyColumn { kNone, kName, kAddress, kPerson, kOffice, kSiren };
struct ColumnWord {
  absl::string_view words;
  PartyColumn column;
};
constexpr ColumnWord kPartyColumnWords[] = {
#define X(words, column) {words, PartyColumn::column},
#include "core/reader/lexicon/party_columns.inc"
#undef X
};

constexpr std::size_t kHeadBytes = 50;  // A longer cell heads no column.

PartyColumn PartyColumnOf(absl::string_view head) {
  if (head.size() > kHeadBytes) return PartyColumn::kNone;
  const std::string plain = Plain(head);
  const ColumnWord* best = nullptr;
  for (const ColumnWord& word : kPartyColumnWords) {
    const bool fits = absl::StartsWith(plain, word.words);
    if (fits && (best == nullptr || word.words.size() > best->words.size())) best = &word;
  }
  return best == nullptr ? PartyColumn::kNone : best->column;
}

// The columns of a table of parties: one of names first among them, one of persons or addresses.
std::optional<std::vector<PartyColumn>> HeadsOf(const Row& row) {
  std::vector<PartyColumn> columns;
  for (const Cell& cell : row.cells) columns.push_back(PartyColumnOf(cell.text));
  const auto has = [&columns](PartyColumn column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  const bool parties =
      has(PartyColumn::kName) &&
      (has(PartyColumn::kPerson) || (has(PartyColumn::kAddress) && has(PartyColumn::kOffice)));
  if (!parties) return {};
  return columns;
}

void SetSiren(absl::string_view text, Lines lines, Party* party) {
  party->siren = MakeText(std::string(text), lines);
  std::string& siren = party->siren.text;
  siren.erase(std::remove_if(siren.begin(), siren.end(), [](char c) { return !IsDigit(c); }),
              siren.end());
}

// « Ville de Pont », « SIREN 210 000 012 » below it in the same cell.
void ReadNameCell(const Cell& cell, Party* party) {
  const Mapped mapped = MapPlain(cell.text);
  for (const FoundClause& clause : FindClauses(mapped.plain)) {
    if (clause.clause != Clause::kSiren || clause.begin == 0) continue;
    const absl::string_view text = cell.text;
    party->name = MakeText(TrimmedName(text.substr(0, mapped.at[clause.begin])), cell.lines);
    return SetSiren(text.substr(mapped.at[clause.end]), cell.lines, party);
  }
  party->name = MakeText(cell.text, cell.lines);
}

void AddCell(PartyColumn column, const Cell& cell, Party* party) {
  if (cell.text.empty()) return;
  switch (column) {
    case PartyColumn::kName:
      if (party->name.text.empty()) ReadNameCell(cell, party);
      break;
    case PartyColumn::kAddress:
      party->address = MakeText(cell.text, cell.lines);
      break;
    case PartyColumn::kSiren:
      SetSiren(cell.text, cell.lines, party);
      break;
    case PartyColumn::kPerson:
      for (NamedOffice& person : ParseRepresentatives(cell.text)) {
        const Source source{.lines = {cell.lines}};
        party->representatives.push_back(
            {{std::move(person.name), source}, {std::move(person.office), source}});
      }
      break;
    case PartyColumn::kOffice:
      if (!party->representatives.empty() && party->representatives.back().office.text.empty()) {
        party->representatives.back().office = MakeText(cell.text, cell.lines);
      }
      break;
    case PartyColumn::kNone:
      break;
  }
}

bool OpensWithVowel(absl::string_view name) {
  const std::string plain = Plain(name.substr(0, 8));
  return !plain.empty() && absl::string_view("aeiouy").find(plain[0]) != absl::string_view::npos;
}

// « de Pont » and « Pont » give « Commune de Pont », « Orsagne » gives « Commune d'Orsagne ».
std::string CommuneOf(absl::string_view name) {
  for (absl::string_view of : {"de la ", "de ", "du ", "des ", "d'", "d\u2019"}) {
    if (absl::StartsWith(name, of)) return absl::StrCat("Commune ", name);
  }
  return absl::StrCat(OpensWithVowel(name) ? "Commune d'" : "Commune de ", name);
}

}  // namespace

std::vector<Party> PartiesUnderHeads(const Block& table) {
  std::vector<Party> parties;
  if (table.rows.empty()) return parties;
  const auto columns = HeadsOf(table.rows[0]);
  if (!columns) return parties;
  // A bare name under « Commune » is that of a commune.
  const auto names = std::find(columns->begin(), columns->end(), PartyColumn::kName);
  const std::string head =
      Plain(table.rows[0].cells[static_cast<std::size_t>(names - columns->begin())].text);
  const bool communes = absl::StartsWith(head, "commune") || absl::StartsWith(head, "ville");
  const v1::PartnerKind unnamed = communes ? v1::PARTNER_KIND_COMMUNE : v1::PARTNER_KIND_OTHER;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const std::vector<Cell>& cells = table.rows[i].cells;
    Party party;
    for (std::size_t cell = 0; cell < cells.size() && cell < columns->size(); ++cell) {
      AddCell((*columns)[cell], cells[cell], &party);
    }
    if (party.name.text.empty()) continue;
    party.kind = PartnerKindWithin(party.name.text);
    if (party.kind == v1::PARTNER_KIND_UNSPECIFIED) party.kind = unnamed;
    parties.push_back(std::move(party));
  }
  return parties;
}

std::vector<std::string> CommunesIn(absl::string_view text) {
  const Mapped mapped = MapPlain(OneSpaced(text));
  absl::string_view plain = mapped.plain;
  const std::size_t whole = plain.size();
  plain.remove_prefix(PlainLeadBytes(plain));
  if (!absl::ConsumePrefix(&plain, "communes ") && !absl::ConsumePrefix(&plain, "villes "))
    return {};
  for (absl::string_view word :
       {"membres ", "signataires ", "suivantes ", "adherentes ", ": ", "de ", "d'"}) {
    absl::ConsumePrefix(&plain, word);  // Not « du »: the article is part of the name « du Val ».
  }
  const std::size_t from = mapped.at[whole - plain.size()];
  absl::string_view rest = absl::string_view(mapped.printed).substr(from);
  std::vector<std::string> names;
  const auto add = [&names](absl::string_view name) {
    name = absl::StripAsciiWhitespace(name);
    while (!name.empty() && absl::string_view(" ,;:.").find(name.back()) != name.npos)
      name.remove_suffix(1);
    if (!name.empty()) names.push_back(std::string(name));
  };
  constexpr absl::string_view kAnd = " et ";
  std::size_t begin = 0;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    const bool joined = absl::StartsWith(rest.substr(at), kAnd);
    if (!joined && rest[at] != ',') continue;
    add(rest.substr(begin, at - begin));
    begin = at + (joined ? kAnd.size() : 1);
    at = begin - 1;
  }
  add(rest.substr(begin));
  constexpr std::size_t kNameBytes = 80;
  const bool all_names = std::all_of(names.begin(), names.end(), [](const std::string& name) {
    const Mapped each = MapPlain(name);
    const std::size_t lead = absl::StartsWith(each.plain, "de ")  ? 3
                             : absl::StartsWith(each.plain, "d'") ? 2
                                                                  : 0;
    return name.size() <= kNameBytes && StartsUpper(name.substr(each.at[lead]));
  });
  if (names.size() < 2 || !all_names) return {};
  for (std::string& name : names) name = CommuneOf(name);
  return names;
}

std::vector<NamedCommune> CommunesWithPersons(absl::string_view text) {
  constexpr std::size_t kNameBytes = 80;
  constexpr std::size_t kOpeningBytes = 120;  // « les communes ci-après, représentées par … : ».
  const std::size_t colon = text.find(':');
  if (colon == absl::string_view::npos || colon > kOpeningBytes) return {};
  const std::string opening = Plain(text.substr(0, colon));
  const bool communes =
      absl::StrContains(opening, "communes") || absl::StrContains(opening, "villes");
  if (!communes) return {};
  std::vector<NamedCommune> named;
  for (absl::string_view rest = text.substr(colon + 1); HasWords(rest);) {
    const std::size_t open = rest.find('(');
    const std::size_t close = rest.find(')');
    if (open == rest.npos || close == rest.npos || close < open) return {};
    absl::string_view name = absl::StripAsciiWhitespace(rest.substr(0, open));
    for (absl::string_view join : {",", ";", "et ", "-"}) {
      absl::ConsumePrefix(&name, join);
      name = absl::StripLeadingAsciiWhitespace(name);
    }
    const absl::string_view person =
        absl::StripAsciiWhitespace(rest.substr(open + 1, close - open - 1));
    if (name.empty() || name.size() > kNameBytes || !StartsUpper(name) ||
        !StartsWithCivility(Plain(person))) {
      return {};
    }
    named.push_back({CommuneOf(name), std::string(person)});
    rest.remove_prefix(close + 1);
  }
  return named;
}

}  // namespace greffe::reader
