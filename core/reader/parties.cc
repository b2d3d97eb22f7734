#include "core/reader/parties.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/reader/actes.h"
#include "core/reader/letters.h"
#include "core/reader/persons.h"

namespace greffe::reader {
namespace {

struct PartyWord {
  absl::string_view words;
  v1::PartnerKind kind;
};
constexpr PartyWord kPartyWords[] = {
#define X(words, kind) {words, v1::PARTNER_KIND_##kind},
#include "core/reader/lexicon/party_words.inc"
#undef X
};

// A clause of a party: what its words say about what follows them.
enum class Clause { kNone, kRepresented, kSeat, kAlias, kSiren, kMandate };
struct ClauseWord {
  absl::string_view words;
  Clause clause;
};
constexpr std::array<ClauseWord, 40> kClauses = {{
    {"representee par", Clause::kRepresented},
    {"represente par", Clause::kRepresented},
    {"representees par", Clause::kRepresented},
    {"representes par", Clause::kRepresented},
    {"representee(s) par", Clause::kRepresented},
    {"represente(e) par", Clause::kRepresented},
    {"represente-e par", Clause::kRepresented},
    {"agissant par", Clause::kRepresented},
    {"et dont le siege social est situe", Clause::kSeat},
    {"et dont le siege est situe", Clause::kSeat},
    {"dont le siege social est situe", Clause::kSeat},
    {"dont le siege social se situe", Clause::kSeat},
    {"dont le siege se situe", Clause::kSeat},
    {"dont le siege est situe", Clause::kSeat},
    {"dont le siege social est", Clause::kSeat},
    {"dont le siege est fixe", Clause::kSeat},
    {"dont le siege est", Clause::kSeat},
    {"dont le siege", Clause::kSeat},
    {"ayant son siege", Clause::kSeat},
    {"domiciliee", Clause::kSeat},
    {"domicilie", Clause::kSeat},
    {"sise au", Clause::kSeat},
    {"sise", Clause::kSeat},
    {"sis", Clause::kSeat},
    {"situee", Clause::kSeat},
    {"adresse :", Clause::kSeat},
    {"ci-apres", Clause::kAlias},
    {"ci apres", Clause::kAlias},
    {"denommee ci-apres", Clause::kAlias},
    {"denomme ci-apres", Clause::kAlias},
    {"designee ci-apres", Clause::kAlias},
    {"siren", Clause::kSiren},
    {"siret", Clause::kSiren},
    {"n\u00B0 siren", Clause::kSiren},
    {"n\u00B0 siret", Clause::kSiren},
    {"dument", Clause::kMandate},
    {"agissant", Clause::kMandate},
    {"habilite", Clause::kMandate},
    {"autorise", Clause::kMandate},
    {"en vertu", Clause::kMandate},
}};

bool IsWordByte(char c) { return (c >= 'a' && c <= 'z') || IsDigit(c); }

// A text with the plain form of each of its bytes' places, so that clauses found in the plain form
// can be cut out of the printed one.
struct Mapped {
  std::string printed;
  std::string plain;
  std::vector<std::size_t> at;  // Byte of `printed` where each byte of `plain` comes from.
};

Mapped MapPlain(std::string printed) {
  Mapped mapped;
  mapped.printed = std::move(printed);
  const absl::string_view text = mapped.printed;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t to = from + 1;
    while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) ++to;
    std::string piece = Plain(text.substr(from, to - from));
    if (piece.empty() && text[from] == ' ') piece = " ";
    if (piece.empty() && to - from > 1 &&
        Plain(absl::StrCat("a", text.substr(from, to - from), "a")) == "a a") {
      piece = " ";
    }
    mapped.plain += piece;
    mapped.at.insert(mapped.at.end(), piece.size(), from);
    from = to;
  }
  mapped.at.push_back(text.size());
  return mapped;
}

struct FoundClause {
  Clause clause = Clause::kNone;
  std::size_t begin = 0;  // Bytes of the plain text.
  std::size_t end = 0;    // After its words.
};

std::vector<FoundClause> FindClauses(absl::string_view plain) {
  std::vector<FoundClause> found;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    if (at > 0 && IsWordByte(plain[at - 1])) continue;
    const ClauseWord* best = nullptr;
    for (const ClauseWord& word : kClauses) {
      const std::size_t end = at + word.words.size();
      const bool fits =
          absl::StartsWith(plain.substr(at), word.words) &&
          (end >= plain.size() || !IsWordByte(plain[end]) || word.clause == Clause::kMandate);
      if (fits && (best == nullptr || word.words.size() > best->words.size())) best = &word;
    }
    if (best == nullptr) continue;
    found.push_back({best->clause, at, at + best->words.size()});
    at += best->words.size() - 1;
  }
  return found;
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

// What may stand before a party's name; of two that fit, the longer one counts.
constexpr absl::string_view kLeads[] = {
    "entre :",
    "entre,",
    "entre",
    "et :",
    "et",
    "d'une part :",
    "d'une part,",
    "d'une part",
    "d'autre part :",
    "d'autre part,",
    "d'autre part",
    "la",
    "le",
    "les",
    "l'",
    ":",
    "-",
    ",",
};

// Bytes of a plain text's leads: « entre : la commune » gives 11.
std::size_t PlainLeadBytes(absl::string_view plain) {
  std::size_t bytes = 0;
  while (true) {
    std::size_t best = 0;
    for (absl::string_view lead : kLeads) {
      const absl::string_view rest = plain.substr(bytes);
      const bool fits =
          absl::StartsWith(rest, lead) &&
          (!IsWordByte(lead.back()) || (rest.size() > lead.size() && rest[lead.size()] == ' '));
      if (fits && lead.size() > best) best = lead.size();
    }
    if (best == 0) return bytes;
    bytes += best;
    while (bytes < plain.size() && plain[bytes] == ' ') ++bytes;
  }
}

absl::string_view WithoutArticle(absl::string_view plain) {
  return plain.substr(PlainLeadBytes(plain));
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
    for (absl::string_view opening : {" (", ", "}) {  // « …, établissement public… »
      const std::size_t at = name.find(std::string(opening));
      if (at != std::string::npos && at > 3) name.resize(at);
    }
    name = Trimmed(name.substr(ArticleBytes(name)));
    party_.kind = PartnerKindOf(name);
    party_.name = {Capitalised(std::move(name)), SourceOf(0, end)};
  }

  void ReadClause(const FoundClause& clause, std::size_t end) {
    const std::string value = Printed(clause.end, end);
    const Source source = SourceOf(clause.begin, end);
    switch (clause.clause) {
      case Clause::kRepresented:
        for (NamedOffice& person : ParseRepresentatives(value)) {
          Representative& each = party_.representatives.emplace_back();
          each.name = {std::move(person.name), source};
          each.office = {std::move(person.office), source};
        }
        break;
      case Clause::kSeat:
        ReadSeat(value, source);
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

  void ReadSeat(std::string value, const Source& source) {
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

// Where a second party starts inside a paragraph: « …, d'une part, et la ville de Port, représentée
// par… ». Bytes of the plain text, in order, the first party left out.
std::vector<std::size_t> FurtherParties(absl::string_view plain) {
  std::vector<std::size_t> starts;
  bool represented = false;
  const std::vector<FoundClause> clauses = FindClauses(plain);
  std::size_t clause = 0;
  for (std::size_t at = 1; at < plain.size(); ++at) {
    while (clause < clauses.size() && clauses[clause].begin < at) {
      represented = clauses[clause].clause == Clause::kRepresented || represented;
      ++clause;
    }
    const bool more = clause < clauses.size() && represented;
    const bool joined =
        absl::StartsWith(plain.substr(at), " et ") || absl::StartsWith(plain.substr(at), ", et ");
    if (!more || !joined) continue;
    const absl::string_view rest = plain.substr(at);
    const absl::string_view name = rest.substr(rest.find("et "));
    if (PartnerKindOf(name) == v1::PARTNER_KIND_UNSPECIFIED) continue;
    // Its own clause must say who represents it; the office before may be « maire et président… ».
    const bool own =
        std::any_of(clauses.begin() + static_cast<std::ptrdiff_t>(clause), clauses.end(),
                    [](const FoundClause& each) { return each.clause == Clause::kRepresented; });
    if (!own) continue;
    starts.push_back(at);
    represented = false;
  }
  return starts;
}

// Cuts a draft of several parties in one paragraph.
std::vector<Draft> CutDraft(Draft draft) {
  const Mapped mapped = MapPlain(draft.text);
  std::vector<Draft> drafts;
  std::size_t begin = 0;
  std::vector<std::size_t> starts = FurtherParties(mapped.plain);
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

// Whether a block opens a party rather than goes on with one.
bool OpensParty(const Block& block) {
  if (block.kind == BlockKind::kTable || block.kind == BlockKind::kContents) return false;
  constexpr std::size_t kNameBytes = 200;
  if (PartnerKindOf(block.text) == v1::PARTNER_KIND_UNSPECIFIED) return false;
  const std::string plain = Plain(absl::string_view(block.text).substr(0, 1000));
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

}  // namespace

v1::PartnerKind PartnerKindOf(absl::string_view text) {
  const std::string whole = Plain(text.substr(0, 120));
  const absl::string_view plain = WithoutArticle(whole);
  const PartyWord* best = nullptr;
  for (const PartyWord& word : kPartyWords) {
    const std::size_t end = word.words.size();
    const bool fits = absl::StartsWith(plain, word.words) &&
                      (end >= plain.size() || !IsWordByte(plain[end]) || word.words.back() == ' ');
    if (fits && (best == nullptr || end > best->words.size())) best = &word;
  }
  return best == nullptr ? v1::PARTNER_KIND_UNSPECIFIED : best->kind;
}

std::vector<Party> ReadParties(const Blocks& blocks, std::size_t begin, std::size_t end) {
  std::vector<Party> parties;
  Draft draft;
  const auto finish = [&parties, &draft] {
    if (draft.text.empty()) return;
    for (Draft& one : CutDraft(std::exchange(draft, {})))
      parties.push_back(PartyReader(std::move(one)).Read());
  };
  for (std::size_t at = begin; at < end; ++at) {
    const Block& block = blocks.blocks[at];
    if (block.kind == BlockKind::kTable) {
      finish();
      for (const Row& row : block.rows) ReadPartyRow(row, &parties);
    } else if (OpensParty(block)) {
      finish();
      draft.document = block.lines.document;
      draft.Add(block);
    } else if (!draft.text.empty() && GoesOn(block)) {
      draft.Add(block);
    }
  }
  finish();
  return parties;
}

}  // namespace greffe::reader
