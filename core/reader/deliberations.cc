#include "core/reader/deliberations.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/reader/actes.h"
#include "core/reader/articles.h"
#include "core/reader/contract_openings.h"
#include "core/reader/date_text.h"
#include "core/reader/letters.h"
#include "core/reader/markup.h"
#include "core/reader/votes.h"

namespace greffe::reader {
namespace {

// Sets an empty fact, or adds a line to one of the same value.
void Note(std::string value, Lines lines, Text* text) {
  if (value.empty()) return;
  if (text->text.empty()) {
    *text = {std::move(value), {.lines = {lines}}};
  } else if (text->text == value && std::find(text->source.lines.begin(), text->source.lines.end(),
                                              lines) == text->source.lines.end()) {
    text->source.lines.push_back(lines);
  }
}

std::string DashedDay(absl::string_view digits) {
  return absl::StrCat(digits.substr(0, 4), "-", digits.substr(4, 2), "-", digits.substr(6, 2));
}

// « DELIBERATION N°2025-057 – Convention territoriale globale »: what follows the number.
std::string ObjectAfterNumber(absl::string_view text, absl::string_view number) {
  const std::size_t at = text.find(number);
  if (number.empty() || at == absl::string_view::npos) return {};
  absl::string_view rest = text.substr(at + number.size());
  bool separated = false;
  for (bool again = true; again;) {
    again = false;
    for (absl::string_view mark : {" ", "-", "\u2013", "\u2014", ":"}) {
      if (!absl::StartsWith(rest, mark)) continue;
      separated = separated || mark != " ";
      rest.remove_prefix(mark.size());
      again = true;
    }
  }
  return separated && HasWords(rest) ? OneSpaced(rest) : std::string();
}

// « Délibération 2024_031 »: a number that no sign announces is one word of figures and marks.
std::string NumberAfterWord(absl::string_view text) {
  const std::vector<absl::string_view> words = absl::StrSplit(text, ' ', absl::SkipEmpty());
  if (words.size() < 2 || Plain(words[0]) != "deliberation") return {};
  const absl::string_view number = words[1];
  const bool figures = IsDigit(number.front()) && IsDigit(number.back());
  const bool marks = number.find_first_of("_-/") != number.npos &&
                     std::all_of(number.begin(), number.end(), [](char c) {
                       return IsDigit(c) || absl::string_view("_-/.").find(c) != std::string::npos;
                     });
  return figures && marks && FindDates(number).empty() ? std::string(number) : std::string();
}

class ExtractReader {
 public:
  ExtractReader(const Blocks& blocks, const ContractPart& part) : blocks_(blocks), part_(part) {}

  Deliberation Read() {
    for (std::size_t at = part_.begin; at < part_.end; ++at) {
      const Block& block = blocks_.blocks[at];
      if (block.kind == BlockKind::kContents) continue;
      AppendBlock(block, &act_.body);
      if (block.kind == BlockKind::kTable) {
        for (std::size_t r = 0; r < block.rows.size(); ++r) {
          if (r > 0) ReadFiguresBelow(block.rows[r - 1], block.rows[r]);
          ReadRow(block.rows[r]);
        }
        continue;
      }
      ReadObject(block);
      for (const BlockLine& line : block.parts) {
        Note(RegisterDate(Plain(line.text)), {block.lines.document, line.number, line.number},
             &act_.date);
        ReadVotesAtLineEnd(line, block.lines.document);
      }
      // The object behind a number ends with its line where figures follow it.
      if (block.parts.size() > 1 && TellsOfASitting(Plain(block.text))) ReadNumberedLines(block);
      ReadText(block.text, block.lines);
      if (block.parts.size() > 1) ReadNumberedLines(block);
    }
    return std::move(act_);
  }

 private:
  // « OBJET : … », from its line to the end of the block.
  void ReadObject(const Block& block) {
    std::string object;
    for (const BlockLine& line : block.parts) {
      if (object.empty() && !absl::StartsWith(Plain(line.text), "objet")) continue;
      absl::StrAppend(&object, object.empty() ? "" : " ", line.text);
    }
    const std::size_t colon = object.find(':');
    if (colon == std::string::npos || colon > 20 || !act_.object.text.empty()) return;
    Note(OneSpaced(object.substr(colon + 1)), block.lines, &act_.object);
  }

  // « pour 40, contre 6, abstentions 10 » ends its line: what the next one says counts nothing.
  void ReadVotesAtLineEnd(const BlockLine& line, uint32_t document) {
    const std::string plain = Plain(line.text);
    if (absl::StrContains(plain, "contre") && absl::StrContains(plain, "abstention"))
      ReadFigures(plain, {document, line.number, line.number});
  }

  // « Délibération n° 28 » in a head without gaps.
  void ReadNumberedLines(const Block& block) {
    for (const BlockLine& line : block.parts) {
      const std::string plain = Plain(line.text);
      if (!absl::StartsWith(plain, "deliberation ") && !absl::StartsWith(plain, "n\u00B0"))
        continue;
      ReadNumber(line.text, plain, {block.lines.document, line.number, line.number});
    }
  }

  // « Présents | Pouvoirs » over « 25 | 6 ».
  void ReadFiguresBelow(const Row& heads, const Row& row) {
    constexpr std::size_t kDigits = 3;
    if (heads.cells.size() != row.cells.size()) return;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string& figure = row.cells[i].text;
      const bool headed = AllDigits(figure) && figure.size() <= kDigits &&
                          HasWords(heads.cells[i].text) && !AllDigits(heads.cells[i].text);
      if (headed) ReadFigures(Plain(absl::StrCat(heads.cells[i].text, " : ", figure)), row.lines);
    }
  }

  void ReadRow(const Row& row) {
    std::string joined;
    for (const Cell& cell : row.cells)
      absl::StrAppend(&joined, joined.empty() ? "" : " : ", cell.text);
    ReadText(joined, row.lines);
  }

  void ReadText(absl::string_view text, Lines lines) {
    const std::string plain = Plain(text);
    if (StartsGround(plain)) return;  // Other acts, other dates.
    Note(ActDateIn(plain, ActDate::kVoted), lines, &act_.date);
    Note(ActDateIn(plain, ActDate::kConvened), lines, &act_.convened_on);
    Note(ActDateIn(plain, ActDate::kPublished), lines, &act_.published_on);
    Note(ActDateIn(plain, ActDate::kSent), lines, &act_.sent_on);
    Note(ActDateIn(plain, ActDate::kReceived), lines, &act_.received_on);
    ReadFigures(plain, lines);
    if (act_.party.text.empty()) Note(AssemblyIn(text), lines, &act_.party);
    ReadNumber(text, plain, lines);
    if (const auto id = FindActesId(text)) {
      Note(id->Text(), lines, &act_.receipt_id);
      act_.receipt_ids.push_back({id->Text(), {.lines = {lines}}});
    }
  }

  void ReadFigures(absl::string_view plain, Lines lines) {
    Note(FigureIn(plain, Figure::kMembersInOffice), lines, &act_.members_in_office);
    Note(FigureIn(plain, Figure::kPresent), lines, &act_.present);
    Note(FigureIn(plain, Figure::kRepresented), lines, &act_.represented);
    Note(FigureIn(plain, Figure::kVotesFor), lines, &act_.votes_for);
    Note(FigureIn(plain, Figure::kVotesAgainst), lines, &act_.votes_against);
    Note(FigureIn(plain, Figure::kAbstentions), lines, &act_.abstentions);
  }

  void ReadNumber(absl::string_view text, absl::string_view plain, Lines lines) {
    const bool numbered = absl::StrContains(plain, "deliberation") ||
                          absl::StartsWith(plain, "n\u00B0") || absl::StartsWith(plain, "numero");
    if (numbered && plain.size() < 400) {
      std::string number = NumberAfterSign(text);
      if (number.empty()) number = NumberAfterWord(text);
      if (act_.object.text.empty()) Note(ObjectAfterNumber(text, number), lines, &act_.object);
      Note(std::move(number), lines, &act_.number);
    }
  }

  const Blocks& blocks_;
  const ContractPart& part_;
  Deliberation act_;
};

void AddStamp(const Stamp& stamp, Deliberation* act) {
  if (!stamp.id.empty()) {
    Note(stamp.id, stamp.lines, &act->receipt_id);
    act->receipt_ids.push_back({stamp.id, {.lines = {stamp.lines}}});
    if (const auto id = ParseActesId(stamp.id)) {
      Note(id->number, stamp.lines, &act->transmitted_number);
      if (act->date.text.empty()) Note(DashedDay(id->date), stamp.lines, &act->date);
    }
  }
  Note(stamp.sent_on, stamp.lines, &act->sent_on);
  Note(stamp.received_on, stamp.lines, &act->received_on);
  Note(stamp.published_on, stamp.lines, &act->published_on);
}

// The deliberation a stamp is about: that of its date, else one in its document, else none.
Deliberation* ActOf(const Stamp& stamp, std::vector<Deliberation>* acts) {
  const auto id = ParseActesId(stamp.id);
  const std::string date = id ? DashedDay(id->date) : std::string();
  for (Deliberation& act : *acts) {
    if (id && act.date.text == date) return &act;
  }
  for (Deliberation& act : *acts) {
    const bool here = std::any_of(
        act.body.source.lines.begin(), act.body.source.lines.end(),
        [&stamp](const Lines& lines) { return lines.document == stamp.lines.document; });
    if (here) return &act;
  }
  return acts->size() == 1 ? &acts->front() : nullptr;
}

bool SameAssembly(const Deliberation& act, const DeliberationMention& mention) {
  if (!mention.number.empty() && act.number.text == mention.number) return true;
  if (!mention.date.empty() && act.date.text == mention.date) return true;
  const std::string kind = AssemblyKind(Plain(act.party.text));
  return kind.empty() || mention.assembly.empty() || kind == mention.assembly;
}

// Where the next « représentée par » stands; « leurs représentants » are no party's.
std::size_t RepresentedAt(absl::string_view text, std::size_t from) {
  for (std::size_t at = from; (at = text.find_first_of("rR", at)) != text.npos; ++at) {
    for (absl::string_view word : {"représenté", "Représenté", "REPRÉSENTÉ"}) {
      if (absl::StartsWith(text.substr(at), word)) return at;
    }
  }
  return text.npos;
}

// The pieces of a paragraph of parties, one for each « représentée par ».
std::vector<absl::string_view> PartyTexts(absl::string_view text) {
  std::vector<absl::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = RepresentedAt(text, 0); at != text.npos;) {
    at = RepresentedAt(text, at + 1);
    pieces.push_back(text.substr(begin, at == text.npos ? at : at - begin));
    begin = at;
  }
  if (pieces.empty()) pieces.push_back(text);
  return pieces;
}

}  // namespace

std::vector<Stamp> FindStamps(const Blocks& blocks) {
  std::vector<Stamp> stamps;
  for (std::size_t d = 0; d < blocks.documents.size(); ++d) {
    bool open = false;
    std::size_t gap = 0;
    for (std::size_t i = 0; i < blocks.documents[d].lines.size(); ++i) {
      const LineUse use = blocks.uses[d][i];
      if (use == LineUse::kBlank) {
        open = open && ++gap < 6;
        continue;
      }
      if (use != LineUse::kPageStamp) {
        open = false;
        continue;
      }
      const std::string& raw = blocks.documents[d].lines[i];
      const std::string plain = Plain(PlainText(raw));
      const auto id = FindActesId(raw);
      Stamp line{.sent_on = ActDateIn(plain, ActDate::kSent),
                 .received_on = ActDateIn(plain, ActDate::kReceived),
                 .published_on = ActDateIn(plain, ActDate::kPublished)};
      if (id) line.id = id->Text();
      const auto clashes = [](const std::string& a, const std::string& b) {
        return !a.empty() && !b.empty();
      };
      const bool again = open && (clashes(stamps.back().id, line.id) ||
                                  clashes(stamps.back().sent_on, line.sent_on) ||
                                  clashes(stamps.back().received_on, line.received_on));
      const auto number = static_cast<uint32_t>(i + 1);
      if (!open || again) stamps.push_back({.lines = {static_cast<uint32_t>(d), number, number}});
      open = true;
      gap = 0;
      Stamp& stamp = stamps.back();
      const bool says = !line.id.empty() || !line.sent_on.empty() || !line.received_on.empty() ||
                        !line.published_on.empty();
      if (says) stamp.lines.last = number;
      if (stamp.id.empty()) stamp.id = line.id;
      if (stamp.sent_on.empty()) stamp.sent_on = line.sent_on;
      if (stamp.received_on.empty()) stamp.received_on = line.received_on;
      if (stamp.published_on.empty()) stamp.published_on = line.published_on;
    }
  }
  // Runs of page numbers are no stamps.
  stamps.erase(std::remove_if(stamps.begin(), stamps.end(),
                              [](const Stamp& stamp) {
                                return stamp.id.empty() && stamp.sent_on.empty() &&
                                       stamp.received_on.empty() && stamp.published_on.empty();
                              }),
               stamps.end());
  return stamps;
}

std::vector<DeliberationMention> FindMentions(const Blocks& blocks,
                                              const std::vector<ContractPart>& parts) {
  std::vector<DeliberationMention> mentions;
  for (const ContractPart& part : parts) {
    if (part.kind != PartKind::kVisas && part.kind != PartKind::kParties &&
        part.kind != PartKind::kFormula)
      continue;
    for (std::size_t at = part.begin; at < part.end; ++at) {
      const Block& block = blocks.blocks[at];
      if (block.kind == BlockKind::kContents || block.kind == BlockKind::kTable) continue;
      const bool of_party = part.kind == PartKind::kParties;
      for (const absl::string_view text :
           of_party ? PartyTexts(block.text) : std::vector<absl::string_view>{block.text}) {
        const auto found = MentionIn(text);
        if (!found) continue;
        const std::string plain = Plain(text);
        DeliberationMention mention{.number = found->number, .date = found->date};
        mention.assembly = AssemblyKind(plain);
        // The board of a fund decides its strategy; councils vote the convention.
        const bool board = mention.assembly == "conseil d'administration";
        if (board && !absl::StrContains(plain, "annexe")) continue;
        mention.authority = AssemblyIn(text);
        mention.lines = block.lines;
        mention.of_party = of_party;
        mention.of_this_convention = of_party || absl::StrContains(plain, "annexe") ||
                                     absl::StrContains(plain, "present") ||
                                     absl::StrContains(plain, "autoris") ||
                                     absl::StrContains(plain, "convention territoriale globale");
        mentions.push_back(std::move(mention));
      }
    }
  }
  return mentions;
}

LeftOut ReadDeliberations(const Blocks& blocks, const std::vector<ContractPart>& parts,
                          Convention* convention) {
  LeftOut left;
  const auto leave = [&left](const Lines& lines) {
    constexpr std::size_t kPlacesMost = 20;  // A person looks at no more.
    if (left.count++ < kPlacesMost) left.places.push_back(lines);
  };
  std::vector<Deliberation>& acts = convention->deliberations;
  for (const ContractPart& part : parts) {
    if (part.kind != PartKind::kDeliberation) continue;
    if (acts.size() < kActsMost) {
      acts.push_back(ExtractReader(blocks, part).Read());
    } else {
      leave(blocks.blocks[part.begin].lines);
    }
  }
  const std::vector<DeliberationMention> mentions = FindMentions(blocks, parts);
  const bool any_own =
      std::any_of(mentions.begin(), mentions.end(),
                  [](const DeliberationMention& mention) { return mention.of_this_convention; });
  std::set<std::size_t> by_parties;  // Acts that the paragraph of a party names.
  for (const DeliberationMention& mention : mentions) {
    if (any_own && !mention.of_this_convention) continue;
    const auto known = std::find_if(acts.begin(), acts.end(), [&](const Deliberation& act) {
      const bool told = !mention.date.empty() && act.date.text == mention.date;
      // Two communes have a municipal council each: two parties, two votes.
      const auto at = static_cast<std::size_t>(&act - acts.data());
      const bool others = mention.of_party && by_parties.count(at) > 0;
      return told || (!others && SameAssembly(act, mention));
    });
    if (mention.of_party) by_parties.insert(static_cast<std::size_t>(known - acts.begin()));
    if (known == acts.end() && acts.size() >= kActsMost) {
      leave(mention.lines);
      continue;
    }
    Deliberation& act = known == acts.end() ? acts.emplace_back() : *known;
    Note(mention.date, mention.lines, &act.date);
    Note(mention.number, mention.lines, &act.number);
    Note(mention.authority, mention.lines, &act.party);
  }
  for (const Stamp& stamp : FindStamps(blocks)) {
    Deliberation* act = ActOf(stamp, &acts);
    if (act == nullptr && acts.size() >= kActsMost) {
      leave(stamp.lines);
      continue;
    }
    AddStamp(stamp, act != nullptr ? act : &acts.emplace_back());
  }
  return left;
}

}  // namespace greffe::reader
