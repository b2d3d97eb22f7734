#include "core/reader/party_passage.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/base/postcode.h"
#include "core/reader/letters.h"
#include "core/reader/party_lists.h"
#include "core/reader/party_text.h"
#include "core/reader/persons.h"

namespace greffe::reader {
namespace {

// Bytes of « 3. », « 3) », « 3° » or « 3 - » before a name in a numbered list of parties.
std::size_t EnumeratorBytes(absl::string_view name) {
  std::size_t at = 0;
  while (at < name.size() && at < 3 && IsDigit(name[at])) ++at;
  if (at == 0) return 0;
  const std::size_t mark = name.find_first_not_of(' ', at);
  if (mark == absl::string_view::npos || mark > at + 1) return 0;
  if (absl::StartsWith(name.substr(mark), "\u00B0")) return mark + 2;
  if (absl::string_view(".)-").find(name[mark]) == absl::string_view::npos) return 0;
  return mark + 1;
}

// Drops `end`, plain words, from the end of the printed text.
void DropEnd(absl::string_view end, std::string* text) {
  const Mapped mapped = MapPlain(*text);
  if (absl::EndsWith(mapped.plain, end))
    *text = TrimmedName(
        absl::string_view(*text).substr(0, mapped.at[mapped.plain.size() - end.size()]));
}

// Bytes of the printed name's leads: « La commune d'Agen » gives 3.
std::size_t ArticleBytes(const std::string& printed) {
  const Mapped mapped = MapPlain(printed);
  return mapped.at[PlainLeadBytes(mapped.plain)];
}

std::string Capitalised(std::string text) {
  if (!text.empty()) text[0] = absl::ascii_toupper(static_cast<unsigned char>(text[0]));
  return text;
}

// Whether a text may name a person: few words, and hardly any that is printed small, particles left
// out. A sentence that a page put between the office and the name is none.
bool MayBeName(absl::string_view text) {
  constexpr std::size_t kNameWords = 9;
  constexpr std::size_t kSmallMost = 3;
  std::size_t words = 0;
  std::size_t small = 0;
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    ++words;
    small += StartsLower(word) && word.size() > 3 ? 1 : 0;  // « de », « du », « la », « des ».
  }
  return words <= kNameWords && small <= kSmallMost;
}

class PartyReader {
 public:
  explicit PartyReader(PartyPassage passage)
      : passage_(std::move(passage)), mapped_(MapPlain(passage_.text)) {}

  Party Read() {
    const std::vector<FoundClause> clauses = FindClauses(mapped_.plain);
    ReadName(clauses.empty() ? mapped_.plain.size() : clauses.front().begin);
    for (std::size_t i = 0; i < clauses.size(); ++i) {
      const std::size_t end = i + 1 < clauses.size() ? clauses[i + 1].begin : mapped_.plain.size();
      ReadClause(clauses[i], end);
    }
    HealName();
    return std::move(party_);
  }

 private:
  Source SourceOf(std::size_t plain_begin, std::size_t plain_end) const {
    const std::size_t from = mapped_.at[std::min(plain_begin, mapped_.at.size() - 1)];
    const std::size_t to = mapped_.at[std::min(plain_end, mapped_.at.size() - 1)];
    const uint32_t last = passage_.LineAt(to > from ? to - 1 : from);
    return {.lines = {{passage_.document, passage_.LineAt(from), last}}};
  }
  std::string Printed(std::size_t plain_begin, std::size_t plain_end) const {
    const std::size_t from = mapped_.at[plain_begin];
    return TrimmedName(
        absl::string_view(mapped_.printed).substr(from, mapped_.at[plain_end] - from));
  }

  void ReadName(std::size_t end) {
    std::string name = Printed(0, end);
    // « …, établissement public… », « … – Hôtel communautaire, 1 quai Haut, 47990 PORT »
    for (absl::string_view opening : {" (", " \u2013 ", " - ", ", "}) {
      const std::size_t at = name.find(std::string(opening));
      if (at == std::string::npos || at <= 3) continue;
      const bool dash = absl::EndsWith(opening, " ") && opening != ", ";
      if (dash && FindPostcode(name.substr(at)).empty()) continue;
      ReadSeat(TrimmedName(name.substr(at + opening.size())), SourceOf(0, end), /*certain=*/false);
      name.resize(at);
    }
    name = TrimmedName(name.substr(EnumeratorBytes(name)));
    name = TrimmedName(name.substr(ArticleBytes(name)));
    party_.kind = PartnerKindOf(name);
    if (party_.kind == v1::PARTNER_KIND_UNSPECIFIED) party_.kind = PartnerKindWithin(name);
    party_.name = {Capitalised(std::move(name)), SourceOf(0, end)};
  }

  // « La commune de , … ci-après dénommée « la commune de Port » »: conversion lost the name.
  void HealName() {
    constexpr uint32_t kAliasConfidence = 70;
    const std::string plain = Plain(party_.name.text);
    const bool cut = absl::EndsWith(plain, " de") || absl::EndsWith(plain, " d'") ||
                     absl::EndsWith(plain, " des") || absl::EndsWith(plain, " du");
    if (!cut) return;
    for (const Text& alias : party_.aliases) {
      const std::string name = TrimmedName(alias.text.substr(ArticleBytes(alias.text)));
      if (!absl::StartsWith(Plain(name), plain) || name.size() <= party_.name.text.size()) continue;
      party_.name = {Capitalised(name), alias.source};
      party_.name.source.recovered = "alias";
      party_.name.source.confidence = kAliasConfidence;
      return;
    }
  }

  void ReadClause(const FoundClause& clause, std::size_t end) {
    const std::string value = Printed(clause.end, end);
    const Source source = SourceOf(clause.begin, end);
    switch (clause.clause) {
      case Clause::kRepresented:
        for (NamedOffice& person : ParseRepresentatives(value)) {
          if (!MayBeName(person.name)) continue;
          Representative& each = party_.representatives.emplace_back();
          each.name = {std::move(person.name), source};
          each.office = {std::move(person.office), source};
        }
        break;
      case Clause::kSeat:
        ReadSeat(value, source, /*certain=*/true);
        break;
      case Clause::kAlias:
        ReadAlias(value, source);
        break;
      case Clause::kSiren:
        ReadSiren(value, source);
        break;
      case Clause::kMandate:
      case Clause::kNone:
        break;
    }
  }

  // Where no word announces a seat, what bears a postcode is one: « …, 5 place Haute, 47990 PORT ».
  void ReadSeat(std::string value, const Source& source, bool certain) {
    if (!certain && FindPostcode(value).empty()) return;
    for (absl::string_view lead :
         {"est situé", "est situee", "au ", "à ", "a ", ": ", "situé ", "sis ", "fixé "}) {
      if (absl::StartsWith(value, lead)) value = TrimmedName(value.substr(lead.size()));
    }
    DropEnd(" et", &value);
    while (absl::EndsWith(value, ".")) value.pop_back();
    if (!value.empty() && party_.address.text.empty()) party_.address = {std::move(value), source};
  }

  void ReadAlias(absl::string_view value, const Source& source) {
    for (absl::string_view word :
         {"dénommée(s)", "dénommés",  "dénommées",      "dénommée",      "dénommé",
          "désignés",    "désignées", "désignée",       "désigné",       "denommee",
          "denomme",     "designee",  "designe",        "nommée",        "nommé",
          "appelée",     "appelé",    "par les termes", "sous le terme", "par"}) {
      if (absl::StartsWith(value, word))
        value = absl::StripLeadingAsciiWhitespace(value.substr(word.size()));
    }
    std::string alias(value);
    absl::StrReplaceAll(
        {{"\u00AB", ""}, {"\u00BB", ""}, {"\u201C", ""}, {"\u201D", ""}, {"\"", ""}, {".", ""}},
        &alias);
    alias = TrimmedName(alias);
    for (absl::string_view end :
         {", d'une part", ", d'autre part", " d'une part", " d'autre part", ", et", " et"}) {
      DropEnd(end, &alias);
    }
    if (!alias.empty()) party_.aliases.push_back({std::move(alias), source});
  }

  void ReadSiren(absl::string_view value, const Source& source) {
    std::string digits;
    for (char c : value) {
      if (IsDigit(c)) digits += c;
      if (digits.size() == 14 || (!digits.empty() && c != ' ' && !IsDigit(c))) break;
    }
    if (digits.size() == 9 || digits.size() == 14) {
      party_.siren = {digits.substr(0, 9), source};
    }
  }

  PartyPassage passage_;
  Mapped mapped_;
  Party party_;
};

// Cuts a passage of several parties in one paragraph.
std::vector<PartyPassage> Cut(const PartyPassage& passage) {
  const Mapped mapped = MapPlain(passage.text);
  std::set<std::size_t> lines;
  for (const auto& [byte, line] : passage.line_starts) {
    const auto at = std::lower_bound(mapped.at.begin(), mapped.at.end(), byte);
    lines.insert(static_cast<std::size_t>(at - mapped.at.begin()));
  }
  std::vector<std::size_t> starts = FurtherParties(mapped.plain, lines);
  starts.push_back(mapped.plain.size());
  std::vector<PartyPassage> parts;
  std::size_t begin = 0;
  auto line = passage.line_starts.begin();
  for (const std::size_t start : starts) {
    const std::size_t end = mapped.at[start];
    PartyPassage& part = parts.emplace_back();
    part.document = passage.document;
    part.text = passage.text.substr(begin, end - begin);
    part.line_starts.push_back({0, passage.LineAt(begin)});
    for (; line != passage.line_starts.end() && line->first < end; ++line) {
      if (line->first > begin) part.line_starts.push_back({line->first - begin, line->second});
    }
    begin = end;
  }
  return parts;
}

// « les communes de A, B et C, représentées chacune par son maire » are as many parties.
void AddParties(PartyPassage passage, std::vector<Party>* parties) {
  const std::vector<std::string> communes = CommunesIn(BeforeClauses(passage.text));
  const std::vector<NamedCommune> named = CommunesWithPersons(passage.text);
  Party party = ReadParty(std::move(passage));
  for (const NamedCommune& commune : named) {
    Party& one = parties->emplace_back();
    one.kind = v1::PARTNER_KIND_COMMUNE;
    one.name = {commune.name, party.name.source};
    one.representatives.push_back({{commune.person, party.name.source}, {}});
  }
  if (!named.empty()) return;
  if (communes.empty()) return parties->push_back(std::move(party));
  const bool each_named = party.representatives.size() == communes.size();
  for (std::size_t i = 0; i < communes.size(); ++i) {
    Party& one = parties->emplace_back();
    one.kind = v1::PARTNER_KIND_COMMUNE;
    one.name = {communes[i], party.name.source};
    if (each_named) one.representatives.push_back(party.representatives[i]);
  }
}

}  // namespace

void PartyPassage::AddLine(absl::string_view words, uint32_t line) {
  if (!text.empty() && text.back() != '-') text += ' ';
  line_starts.push_back({text.size(), line});
  text.append(words.data(), words.size());
}

void PartyPassage::AddBlock(const Block& block) {
  for (const BlockLine& line : block.parts) AddLine(line.text, line.number);
}

uint32_t PartyPassage::LineAt(std::size_t byte) const {
  const auto after =
      std::upper_bound(line_starts.begin(), line_starts.end(), byte,
                       [](std::size_t sought, const auto& start) { return sought < start.first; });
  if (after != line_starts.begin()) return std::prev(after)->second;
  return line_starts.empty() ? 0 : line_starts.front().second;
}

Party ReadParty(PartyPassage passage) { return PartyReader(std::move(passage)).Read(); }

std::vector<Party> ReadPartiesOf(PartyPassage passage) {
  std::vector<Party> parties;
  for (PartyPassage& part : Cut(passage)) AddParties(std::move(part), &parties);
  return parties;
}

}  // namespace greffe::reader
