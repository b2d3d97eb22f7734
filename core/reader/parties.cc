#include "core/reader/parties.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/reader/actes.h"
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

std::string Trimmed(absl::string_view text) {
  std::string out = OneSpaced(text);
  const auto cut = [&out](bool front) {
    while (!out.empty()) {
      const char c = front ? out.front() : out.back();
      if (absl::string_view(" ,;:").find(c) == absl::string_view::npos) return;
      out.erase(front ? 0 : out.size() - 1, 1);
    }
  };
  cut(true);
  cut(false);
  return out;
}

void DropEnd(absl::string_view end, std::string* text) {
  if (absl::EndsWith(Plain(*text), end) && text->size() >= end.size()) {
    text->resize(text->size() - end.size());
    *text = Trimmed(*text);
  }
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

// Collects the blocks of one party, then reads them.
struct Draft {
  std::string text;
  std::vector<std::pair<std::size_t, uint32_t>> line_starts;  // Byte of `text` → line.
  uint32_t document = 0;

  void Add(const Block& block) {
    for (const BlockLine& line : block.parts) {
      if (!text.empty() && text.back() != '-') text += ' ';
      line_starts.push_back({text.size(), line.number});
      text += line.text;
    }
  }
  uint32_t LineAt(std::size_t byte) const {
    uint32_t line = line_starts.empty() ? 0 : line_starts.front().second;
    for (const auto& [start, number] : line_starts) {
      if (start <= byte) line = number;
    }
    return line;
  }
};

class PartyReader {
 public:
  explicit PartyReader(Draft draft) : draft_(std::move(draft)), mapped_(MapPlain(draft_.text)) {}

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
    const uint32_t last = draft_.LineAt(to > from ? to - 1 : from);
    return {.lines = {{draft_.document, draft_.LineAt(from), last}}};
  }
  std::string Printed(std::size_t plain_begin, std::size_t plain_end) const {
    const std::size_t from = mapped_.at[plain_begin];
    return Trimmed(absl::string_view(mapped_.printed).substr(from, mapped_.at[plain_end] - from));
  }

  void ReadName(std::size_t end) {
    std::string name = Printed(0, end);
    // « …, établissement public… », « … – Hôtel communautaire, 1 quai Haut, 47990 PORT »
    for (absl::string_view opening : {" (", " \u2013 ", " - ", ", "}) {
      const std::size_t at = name.find(std::string(opening));
      if (at == std::string::npos || at <= 3) continue;
      const bool dash = absl::EndsWith(opening, " ") && opening != ", ";
      if (dash && FindPostcode(name.substr(at)).empty()) continue;
      ReadSeat(Trimmed(name.substr(at + opening.size())), SourceOf(0, end), /*certain=*/false);
      name.resize(at);
    }
    name = Trimmed(name.substr(EnumeratorBytes(name)));
    name = Trimmed(name.substr(ArticleBytes(name)));
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
      const std::string name = Trimmed(alias.text.substr(ArticleBytes(alias.text)));
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
      if (absl::StartsWith(value, lead)) value = Trimmed(value.substr(lead.size()));
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
    for (absl::string_view mark :
         {"\u00AB\u00A0", "\u00A0\u00BB", "\u00AB", "\u00BB", "\u201C", "\u201D", "\"", "."}) {
      for (std::size_t at = alias.find(std::string(mark)); at != std::string::npos;
           at = alias.find(std::string(mark))) {
        alias.erase(at, mark.size());
      }
    }
    alias = Trimmed(alias);
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

  Draft draft_;
  Mapped mapped_;
  Party party_;
};

// Cuts a draft of several parties in one paragraph.
std::vector<Draft> CutDraft(Draft draft) {
  const Mapped mapped = MapPlain(draft.text);
  std::vector<Draft> drafts;
  std::size_t begin = 0;
  std::set<std::size_t> lines;
  for (const auto& [byte, line] : draft.line_starts) {
    const auto at = std::lower_bound(mapped.at.begin(), mapped.at.end(), byte);
    lines.insert(static_cast<std::size_t>(at - mapped.at.begin()));
  }
  std::vector<std::size_t> starts = FurtherParties(mapped.plain, lines);
  starts.push_back(mapped.plain.size());
  for (const std::size_t start : starts) {
    const std::size_t end = mapped.at[start];
    Draft part;
    part.document = draft.document;
    part.text = draft.text.substr(begin, end - begin);
    part.line_starts.push_back({0, draft.LineAt(begin)});
    for (const auto& [byte, line] : draft.line_starts) {
      if (byte > begin && byte < end) part.line_starts.push_back({byte - begin, line});
    }
    drafts.push_back(std::move(part));
    begin = end;
  }
  return drafts;
}

// « les communes de A, B et C, représentées chacune par son maire » are as many parties.
void AddParties(Draft draft, std::vector<Party>* parties) {
  const Mapped mapped = MapPlain(draft.text);
  const std::vector<FoundClause> clauses = FindClauses(mapped.plain);
  const std::size_t end = clauses.empty() ? mapped.plain.size() : clauses.front().begin;
  const std::vector<std::string> communes =
      CommunesIn(absl::string_view(draft.text).substr(0, mapped.at[end]));
  const std::vector<NamedCommune> named = CommunesWithPersons(draft.text);
  Party party = PartyReader(std::move(draft)).Read();
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

// Whether a text names communes as CommunesIn reads them.
bool NamesCommunes(absl::string_view text) {
  constexpr std::size_t kLook = 4'000;  // A hundred names.
  if (!CommunesWithPersons(text.substr(0, kLook)).empty()) return true;
  const Mapped mapped = MapPlain(std::string(text.substr(0, kLook)));
  const std::vector<FoundClause> clauses = FindClauses(mapped.plain);
  const std::size_t end = clauses.empty() ? mapped.plain.size() : clauses.front().begin;
  return !CommunesIn(absl::string_view(mapped.printed).substr(0, mapped.at[end])).empty();
}

bool SaysWhoRepresents(const std::vector<FoundClause>& clauses) {
  return std::any_of(clauses.begin(), clauses.end(),
                     [](const FoundClause& each) { return each.clause == Clause::kRepresented; });
}

// « Valmont Agglomération, représentée par… »: the word of its kind stands inside the name.
bool OpensWithOtherName(absl::string_view plain, const std::vector<FoundClause>& clauses) {
  constexpr std::size_t kNameBytes = 80;
  if (!SaysWhoRepresents(clauses) || StartsWithCivility(plain)) return false;
  const absl::string_view name = plain.substr(0, std::min(plain.find(','), clauses.front().begin));
  return name.size() >= 6 && name.size() <= kNameBytes &&
         PartnerKindWithin(name) != v1::PARTNER_KIND_UNSPECIFIED;
}

// Whether a block opens a party rather than goes on with one.
bool OpensParty(const Block& block) {
  if (block.kind == BlockKind::kTable || block.kind == BlockKind::kContents) return false;
  constexpr std::size_t kNameBytes = 200;
  const std::string plain = Plain(absl::string_view(block.text).substr(0, 1000));
  if (PartnerKindOf(block.text) == v1::PARTNER_KIND_UNSPECIFIED)
    return NamesCommunes(block.text) || OpensWithOtherName(plain, FindClauses(plain));
  // « La Caf s'engage… » is prose: a name ends the block, or a clause of a party follows it.
  return block.text.size() <= kNameBytes
             ? !absl::EndsWith(plain, ".") || !FindClauses(plain).empty()
             : !FindClauses(plain).empty();
}

bool GoesOn(const Block& block) {
  if (block.kind == BlockKind::kTable || block.kind == BlockKind::kContents) return false;
  const std::vector<FoundClause> clauses =
      FindClauses(Plain(absl::string_view(block.text).substr(0, 1000)));
  return !clauses.empty() && clauses.front().begin <= 6;
}

// A row of a table that names a party: who represents it and where it sits in the cells after.
void ReadPartyRow(const Row& row, std::vector<Party>* parties) {
  Draft draft;
  draft.document = row.lines.document;
  for (const Cell& cell : row.cells) {
    if (cell.text.empty()) continue;
    if (draft.text.empty() && PartnerKindOf(cell.text) == v1::PARTNER_KIND_UNSPECIFIED) return;
    if (!draft.text.empty()) {
      const std::string plain = Plain(cell.text);
      const bool said = !FindClauses(plain).empty();
      if (!said && StartsWithCivility(plain)) draft.text += ", représentée par";
      if (!said && !FindPostcode(cell.text).empty()) draft.text += ", dont le siège est";
      draft.text += ' ';
    }
    draft.line_starts.push_back({draft.text.size(), cell.lines.first});
    draft.text += cell.text;
  }
  if (!draft.text.empty()) parties->push_back(PartyReader(std::move(draft)).Read());
}

// Goes through blocks and reads the parties that they open.
class PartyCollector {
 public:
  // `scattered`: among prose, where only what says who represents it is a party.
  PartyCollector(const Blocks& blocks, bool scattered) : blocks_(blocks), scattered_(scattered) {}

  std::vector<Party> Read(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      const Block& block = blocks_.blocks[at];
      if (block.kind == BlockKind::kTable) {
        Finish();
        ReadTable(block);
      } else if (OpensCommuneList(block)) {
        Finish();
        ReadCommuneList(&at, end);
      } else if (Opens(block)) {
        Finish();
        draft_.document = block.lines.document;
        draft_.Add(block);
      } else if (!draft_.text.empty() && GoesOn(block)) {
        draft_.Add(block);
      }
    }
    Finish();
    return std::move(parties_);
  }

 private:
  // « Et les communes membres suivantes : » over a list of names.
  bool OpensCommuneList(const Block& block) const {
    constexpr std::size_t kOpeningBytes = 160;
    if (scattered_ || block.kind == BlockKind::kContents || block.parts.empty()) return false;
    const std::string plain = Plain(block.parts.front().text);
    return plain.size() <= kOpeningBytes && absl::EndsWith(plain, ":") &&
           (absl::StrContains(plain, "communes") || absl::StrContains(plain, "villes"));
  }

  void ReadCommuneList(std::size_t* at, std::size_t end) {
    Block rest = blocks_.blocks[*at];  // Names may follow on the next lines without a gap.
    rest.parts.erase(rest.parts.begin());
    if (!rest.parts.empty() && !ReadListedCommunes(rest)) return;
    while (*at + 1 < end && ReadListedCommunes(blocks_.blocks[*at + 1])) ++*at;
  }

  // An item, or lines, each of which names a commune, who represents it behind the name or not.
  // False when the list is over.
  bool ReadListedCommunes(const Block& block) {
    const bool item = block.kind == BlockKind::kListItem;
    if ((!item && block.kind != BlockKind::kParagraph) || block.parts.empty() ||
        PartnerKindOf(block.parts.front().text) != v1::PARTNER_KIND_UNSPECIFIED ||
        !NamesListedCommune(block.parts.front().text)) {
      return false;
    }
    std::vector<Draft> drafts;
    for (const BlockLine& line : block.parts) {
      if (drafts.empty() || (!item && NamesListedCommune(line.text)))
        drafts.emplace_back().document = block.lines.document;
      Draft& draft = drafts.back();
      if (!draft.text.empty()) draft.text += ' ';
      draft.line_starts.push_back({draft.text.size(), line.number});
      draft.text += line.text;
    }
    for (Draft& draft : drafts) {
      // « Le Bourg » keeps its article.
      const Mapped mapped = MapPlain(draft.text);
      const std::vector<FoundClause> clauses = FindClauses(mapped.plain);
      const std::size_t end = clauses.empty() ? mapped.plain.size() : clauses.front().begin;
      const std::string name = draft.text.substr(0, mapped.at[end]);
      Party party = PartyReader(std::move(draft)).Read();
      party.kind = v1::PARTNER_KIND_COMMUNE;
      party.name.text = Trimmed(name.substr(0, name.find_first_of(",(")));
      if (!party.name.text.empty()) parties_.push_back(std::move(party));
    }
    return true;
  }

  // A short name, or a name before who represents it; « Et » and « D'une part » are none.
  static bool NamesListedCommune(absl::string_view text) {
    constexpr std::size_t kBareBytes = 60;
    const std::string plain = Plain(text);
    if (!StartsUpper(text) || absl::StartsWith(plain, "et ") || plain == "et" ||
        absl::StartsWith(plain, "d'une part") || absl::StartsWith(plain, "d'autre part")) {
      return false;
    }
    const std::vector<FoundClause> clauses = FindClauses(plain);
    if (!clauses.empty()) return clauses.front().begin > 2;
    return text.size() <= kBareBytes && !absl::EndsWith(plain, ".") && !absl::EndsWith(plain, ":");
  }

  bool Opens(const Block& block) const {
    if (!OpensParty(block)) return false;
    return !scattered_ ||
           SaysWhoRepresents(FindClauses(Plain(absl::string_view(block.text).substr(0, 1000))));
  }

  void ReadTable(const Block& block) {
    std::vector<Party> headed = PartiesUnderHeads(block);
    for (Party& party : headed) parties_.push_back(std::move(party));
    if (!headed.empty() || scattered_) return;
    for (const Row& row : block.rows) ReadPartyRow(row, &parties_);
  }

  void Finish() {
    if (draft_.text.empty()) return;
    for (Draft& one : CutDraft(std::exchange(draft_, {}))) AddParties(std::move(one), &parties_);
  }

  const Blocks& blocks_;
  const bool scattered_;
  Draft draft_;
  std::vector<Party> parties_;
};

}  // namespace

std::vector<Party> ReadParties(const Blocks& blocks, std::size_t begin, std::size_t end) {
  return PartyCollector(blocks, /*scattered=*/false).Read(begin, end);
}

std::vector<Party> ReadScatteredParties(const Blocks& blocks, std::size_t begin, std::size_t end) {
  return PartyCollector(blocks, /*scattered=*/true).Read(begin, end);
}

}  // namespace greffe::reader
