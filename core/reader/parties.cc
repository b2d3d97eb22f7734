#include "core/reader/parties.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/postcode.h"
#include "core/reader/letters.h"
#include "core/reader/party_lists.h"
#include "core/reader/party_passage.h"
#include "core/reader/party_text.h"
#include "core/reader/persons.h"

namespace greffe::reader {
namespace {

// Whether a text names communes as CommunesIn reads them.
bool NamesCommunes(absl::string_view text) {
  constexpr std::size_t kLook = 4'000;  // A hundred names.
  text = text.substr(0, kLook);
  return !CommunesWithPersons(text).empty() || !CommunesIn(BeforeClauses(text)).empty();
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
  PartyPassage passage;
  passage.document = row.lines.document;
  for (const Cell& cell : row.cells) {
    if (cell.text.empty()) continue;
    if (passage.text.empty() && PartnerKindOf(cell.text) == v1::PARTNER_KIND_UNSPECIFIED) return;
    if (!passage.text.empty()) {
      const std::string plain = Plain(cell.text);
      const bool said = !FindClauses(plain).empty();
      if (!said && StartsWithCivility(plain)) passage.text += ", représentée par";
      if (!said && !FindPostcode(cell.text).empty()) passage.text += ", dont le siège est";
      passage.text += ' ';
    }
    passage.line_starts.push_back({passage.text.size(), cell.lines.first});
    passage.text += cell.text;
  }
  if (!passage.text.empty()) parties->push_back(ReadParty(std::move(passage)));
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
        passage_.document = block.lines.document;
        passage_.AddBlock(block);
      } else if (!passage_.text.empty() && GoesOn(block)) {
        passage_.AddBlock(block);
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
    std::vector<PartyPassage> passages;
    for (const BlockLine& line : block.parts) {
      if (passages.empty() || (!item && NamesListedCommune(line.text)))
        passages.emplace_back().document = block.lines.document;
      passages.back().AddLine(line.text, line.number);
    }
    for (PartyPassage& passage : passages) {
      // « Le Bourg » keeps its article.
      const std::string name(BeforeClauses(passage.text));
      Party party = ReadParty(std::move(passage));
      party.kind = v1::PARTNER_KIND_COMMUNE;
      party.name.text = TrimmedName(absl::string_view(name).substr(0, name.find_first_of(",(")));
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
    if (passage_.text.empty()) return;
    for (Party& party : ReadPartiesOf(std::exchange(passage_, {})))
      parties_.push_back(std::move(party));
  }

  const Blocks& blocks_;
  const bool scattered_;
  PartyPassage passage_;
  std::vector<Party> parties_;
};

// « Signataire : », « Siège : »: what a label at the start of a line says of the party above it, in
// the words of a clause; null for no such label. `rest` is what the label heads.
const char* ClauseOfLabel(absl::string_view line, absl::string_view* rest) {
  constexpr std::size_t kLabelBytes = 40;
  const std::size_t colon = line.find(':');
  if (colon == absl::string_view::npos || colon > kLabelBytes) return nullptr;
  const std::string label = Plain(line.substr(0, colon));
  *rest = line.substr(colon + 1);
  for (absl::string_view words : {"signataire", "representant", "represente"}) {
    if (absl::StartsWith(label, words)) return "représentée par";
  }
  for (absl::string_view words : {"siege", "adresse"}) {
    if (absl::StartsWith(label, words)) return "dont le siège est";
  }
  return nullptr;
}

// Reads lines one by one; `opens` says that the line stands first in its block.
class ListedParties {
 public:
  void Add(absl::string_view line, uint32_t document, uint32_t number, bool opens) {
    const std::string plain = Plain(line.substr(0, 1000));
    absl::string_view rest;
    const char* clause = ClauseOfLabel(line, &rest);
    const std::vector<FoundClause> clauses = FindClauses(plain);
    const bool says = clause != nullptr || (!clauses.empty() && clauses.front().begin <= 6);
    if (opens && !says && IsName(line, plain)) {
      Finish();
      passage_.document = document;
      return passage_.AddLine(line, number);
    }
    if (passage_.text.empty()) return;
    if (opens && !says) return Finish();
    if (clause == nullptr && clauses.empty() && !FindPostcode(line).empty()) {
      clause = "dont le siège est";
      rest = line;
    }
    if (clause == nullptr) return passage_.AddLine(line, number);
    passage_.AddLine(absl::StrCat(", ", clause, " ", OneSpaced(rest)), number);
  }

  std::vector<Party> Take() && {
    Finish();
    return std::move(parties_);
  }

 private:
  static bool IsName(absl::string_view line, absl::string_view plain) {
    constexpr std::size_t kNameBytes = 160;
    return line.size() <= kNameBytes && !absl::EndsWith(plain, ".") &&
           !absl::EndsWith(plain, ":") && !absl::EndsWith(plain, ";") && StartsUpper(line) &&
           PartnerKindWithin(line) != v1::PARTNER_KIND_UNSPECIFIED;
  }

  void Finish() {
    PartyPassage passage = std::exchange(passage_, {});
    if (SaysWhoRepresents(FindClauses(Plain(passage.text))))
      parties_.push_back(ReadParty(std::move(passage)));
  }

  PartyPassage passage_;
  std::vector<Party> parties_;
};

}  // namespace

std::vector<Party> ReadListedParties(const Blocks& blocks, std::size_t begin, std::size_t end) {
  ListedParties parties;
  for (std::size_t at = begin; at < end; ++at) {
    const Block& block = blocks.blocks[at];
    if (block.kind == BlockKind::kContents) continue;
    for (const Row& row : block.rows) {
      std::string line;
      for (const Cell& cell : row.cells)
        absl::StrAppend(&line, line.empty() || cell.text.empty() ? "" : " ", cell.text);
      parties.Add(line, row.lines.document, row.lines.first, &row == &block.rows[0]);
    }
    for (const BlockLine& line : block.parts) {
      if (block.rows.empty())
        parties.Add(line.text, block.lines.document, line.number, &line == &block.parts[0]);
    }
  }
  return std::move(parties).Take();
}

std::vector<Party> ReadParties(const Blocks& blocks, std::size_t begin, std::size_t end) {
  return PartyCollector(blocks, /*scattered=*/false).Read(begin, end);
}

std::vector<Party> ReadScatteredParties(const Blocks& blocks, std::size_t begin, std::size_t end) {
  return PartyCollector(blocks, /*scattered=*/true).Read(begin, end);
}

}  // namespace greffe::reader
