#include "core/reader/accounting.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/reader/articles.h"
#include "core/reader/date_text.h"
#include "core/reader/heading.h"
#include "core/reader/letters.h"
#include "core/reader/markup.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

using WordSet = std::unordered_set<std::string>;

constexpr absl::string_view kFormulaLines[] = {
#include "core/reader/lexicon/formula_lines.inc"
};
constexpr absl::string_view kPartyFormula[] = {
#include "core/reader/lexicon/party_formula.inc"
};

bool IsPartyFormula(absl::string_view word) {
  return std::find(std::begin(kPartyFormula), std::end(kPartyFormula), word) !=
         std::end(kPartyFormula);
}

void AddWords(absl::string_view text, WordSet* words) {
  for (std::string& word : PlainWords(text)) words->insert(std::move(word));
}

// The words that print an ISO date: « 2025-06-23 » may stand as « 23 juin 2025 » or « 23/06/2025 ».
void AddDateWords(absl::string_view iso, WordSet* words) {
  const bool date =
      iso.size() == 10 && iso[4] == '-' && iso[7] == '-' && AllDigits(iso.substr(0, 4));
  if (!date) return;
  AddWords(FrenchDate(iso), words);
  for (const absl::string_view day :
       {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}) {
    words->insert(std::string(day));
  }
}

// Which pieces cite each line, and the words of each piece.
class Pieces {
 public:
  explicit Pieces(const std::vector<Document>& documents) {
    for (const Document& document : documents) citing_.emplace_back(document.lines.size());
  }

  // A piece of several wordings that cite the same lines.
  void Add(std::vector<absl::string_view> texts, const Source& source, bool of_party = false) {
    if (source.lines.empty()) return;
    WordSet& words = words_.emplace_back();
    of_party_.push_back(of_party);
    for (absl::string_view text : texts) {
      AddWords(text, &words);
      AddDateWords(text, &words);
    }
    const auto piece = static_cast<uint32_t>(words_.size() - 1);
    for (const Lines& lines : source.lines) {
      if (lines.document >= citing_.size()) continue;
      std::vector<std::vector<uint32_t>>& of = citing_[lines.document];
      for (std::size_t line = lines.first; line <= lines.last && line <= of.size(); ++line) {
        if (line > 0) of[line - 1].push_back(piece);
      }
    }
  }
  void Add(const Text& text) { Add({text.text}, text.source); }
  void Add(const std::vector<Text>& texts) {
    for (const Text& text : texts) Add(text);
  }

  // Whether the words of a line all occur in the pieces that cite it.
  bool Read(std::size_t document, std::size_t line, absl::string_view text) const {
    const std::vector<uint32_t>& pieces = citing_[document][line];
    if (pieces.empty()) return false;
    WordSet opening;
    const absl::string_view body = text.substr(BulletOf(text).bytes);
    const std::string plain = PlainText(body);
    const Heading heading = ParseHeading(plain);
    if (heading.kind != HeadingKind::kNone)
      AddWords(absl::StrCat(heading.word, " ", heading.number, " n"), &opening);
    const bool party = std::any_of(pieces.begin(), pieces.end(),
                                   [this](uint32_t piece) { return of_party_[piece]; });
    for (const std::string& word : PlainWords(plain)) {
      if (party && IsPartyFormula(word)) continue;
      const bool found = opening.contains(word) ||
                         std::any_of(pieces.begin(), pieces.end(),
                                     [&](uint32_t piece) { return words_[piece].contains(word); });
      if (!found) return false;
    }
    return true;
  }

 private:
  std::vector<WordSet> words_;
  std::vector<bool> of_party_;  // Per piece: the formulas of a party may stand around it.
  std::vector<std::vector<std::vector<uint32_t>>> citing_;  // Document, line → pieces.
};

void AddParty(const Party& party, Pieces* pieces) {
  const auto add = [pieces](const Text& text) {
    if (!text.text.empty()) pieces->Add({text.text}, text.source, /*of_party=*/true);
  };
  add(party.name);
  add(party.address);
  add(party.siren);
  for (const Text& alias : party.aliases) add(alias);
  for (const Representative& person : party.representatives) {
    add(person.name);
    add(person.office);
  }
}

void AddRubric(const Rubric& rubric, Pieces* pieces) {
  pieces->Add(rubric.label);
  for (const RubricEntry& item : rubric.items) pieces->Add(item.text);
}

void AddAction(const Action& action, Pieces* pieces) {
  pieces->Add({action.title.text, action.ref}, action.title.source);
  for (const Text& alias : action.aliases) pieces->Add({alias.text, action.ref}, alias.source);
  for (const Rubric& rubric : action.rubrics) AddRubric(rubric, pieces);
  for (const ScheduleStep& step : action.schedule)
    pieces->Add({step.when, step.text.text}, step.text.source);
  pieces->Add(action.expected_results);
  pieces->Add(action.labels);
  for (const Indicator& indicator : action.indicators) {
    pieces->Add(indicator.text);
    pieces->Add(indicator.aliases);
  }
  for (const Action& sub : action.sub_actions)
    AddAction(sub, pieces);  // One level by construction.
}

void AddAxis(const Axis& axis, Pieces* pieces) {
  pieces->Add({axis.title.text, axis.ref}, axis.title.source);
  pieces->Add(axis.body);
  pieces->Add(axis.aliases);
  for (const Objective& objective : axis.objectives) {
    pieces->Add({objective.title.text, objective.ref}, objective.title.source);
    pieces->Add(objective.aliases);
  }
}

void AddFacility(const Facility& facility, Pieces* pieces) {
  pieces->Add({facility.name.text, facility.type}, facility.name.source);
  pieces->Add(facility.type_text);
  pieces->Add(facility.address);
  pieces->Add(facility.supported_by);
}

void AddBody(const Body& body, Pieces* pieces) {
  for (const Text* text : {&body.name, &body.guests, &body.chair, &body.secretariat, &body.cadence})
    pieces->Add(*text);
  pieces->Add(body.members);
  pieces->Add(body.functions);
}

void AddDeliberation(const Deliberation& act, Pieces* pieces) {
  for (const Text* text :
       {&act.party, &act.date, &act.number, &act.object, &act.convened_on, &act.transmitted_number,
        &act.members_in_office, &act.present, &act.represented, &act.votes_for, &act.votes_against,
        &act.abstentions, &act.receipt_id, &act.sent_on, &act.received_on, &act.published_on,
        &act.body}) {
    pieces->Add(*text);
  }
  pieces->Add(act.receipt_ids);
}

void AddPlan(const Convention& convention, Pieces* pieces) {
  for (const Axis& axis : convention.axes) AddAxis(axis, pieces);
  for (const Action& action : convention.actions) AddAction(action, pieces);
  for (const Facility& facility : convention.facilities) AddFacility(facility, pieces);
  for (const Body& body : convention.bodies) AddBody(body, pieces);
  for (const FundingLine& line : convention.funding) {
    pieces->Add(line.text);
    pieces->Add(line.payer);
    pieces->Add(line.condition);
  }
  for (const RoleSheet& sheet : convention.role_sheets) {
    for (const Text* text : {&sheet.title, &sheet.attachment, &sheet.summary}) pieces->Add(*text);
    pieces->Add(sheet.missions);
    pieces->Add(sheet.skills);
  }
}

// The words of a printed period that its dates keep: what else stands in the line is no part of it.
std::string PeriodWords(absl::string_view printed) {
  static constexpr absl::string_view kWords[] = {
      "du",      "au",      "de",        "a",       "le",       "la",       "et",
      "er",      "janvier", "fevrier",   "mars",    "avril",    "mai",      "juin",
      "juillet", "aout",    "septembre", "octobre", "novembre", "decembre", "periode",
      "annee",   "annees",  "pour",      "les",     "des"};
  std::string kept;
  for (const std::string& word : PlainWords(printed)) {
    const bool number = std::any_of(word.begin(), word.end(), IsDigit);
    const bool closed = std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
    if (number || closed) absl::StrAppend(&kept, word, " ");
  }
  return kept;
}

Pieces PiecesOf(const std::vector<Document>& documents, const Convention& convention) {
  Pieces pieces(documents);
  pieces.Add(convention.title);
  pieces.Add(convention.territory);
  for (const PeriodEnd* end : {&convention.from, &convention.to}) {
    const std::string words = PeriodWords(end->printed.text);
    pieces.Add({words, end->date}, end->printed.source);
  }
  for (const Party& party : convention.parties) AddParty(party, &pieces);
  pieces.Add(convention.visas);
  for (const Section& section : convention.sections) {
    pieces.Add(section.title);
    pieces.Add(section.body);
  }
  for (const Article& article : convention.articles) {
    pieces.Add({article.title.text, article.number}, article.title.source);
    pieces.Add(article.body);
    pieces.Add(article.aliases);
  }
  for (const Annex& annex : convention.annexes) {
    // A remark such as « (document séparé) » is kept as the annex's content, not in its title.
    const bool separate = annex.content == v1::ANNEX_CONTENT_SEPARATE;
    pieces.Add({annex.title.text, annex.number, separate ? "document separe joint ci piece" : ""},
               annex.title.source);
    pieces.Add(annex.body);
    pieces.Add(annex.aliases);
  }
  for (const Deliberation& act : convention.deliberations) AddDeliberation(act, &pieces);
  AddPlan(convention, &pieces);
  return pieces;
}

bool IsFormulaLine(absl::string_view line) {
  std::string plain = Plain(PlainText(line));
  while (!plain.empty() && absl::string_view(" :,.;").find(plain.back()) != absl::string_view::npos)
    plain.pop_back();
  return std::find(std::begin(kFormulaLines), std::end(kFormulaLines), plain) !=
         std::end(kFormulaLines);
}

// The text of a block that is unread: the whole block, or the rows of a table.
Text UnreadText(const Block& block, const LineUses& uses) {
  const auto unread = [&uses](const Lines& lines) {
    const std::vector<LineUse>& of = uses[lines.document];
    for (std::size_t line = lines.first; line <= lines.last && line <= of.size(); ++line) {
      if (of[line - 1] == LineUse::kUnread) return true;
    }
    return false;
  };
  Text text;
  if (block.kind == BlockKind::kContents || !unread(block.lines)) return text;
  if (block.kind != BlockKind::kTable) {
    AppendBlock(block, &text);
    return text;
  }
  for (const Row& row : block.rows) {
    if (!unread(row.lines)) continue;
    Block one;
    one.kind = BlockKind::kTable;
    one.lines = row.lines;
    one.rows = {row};
    AppendBlock(one, &text);
  }
  return text;
}

constexpr uint32_t kUnsure = 50;  // Below 60 the report asks a person to look.

// Collects unread blocks into sections or the body of an annex.
class Rest {
 public:
  Rest(const Blocks& blocks, const LineUses& uses, Convention* convention)
      : blocks_(blocks), uses_(uses), convention_(convention) {
    for (Annex& annex : convention_->annexes) {
      for (const Lines& lines : annex.title.source.lines)
        titles_.emplace(std::pair(lines.document, lines.first), std::pair(lines.last, &annex));
    }
  }

  void Read(const ContractPart& part) {
    Annex* annex = AnnexOf(part);
    for (std::size_t at = part.begin; at < part.end; ++at) {
      const Block& block = blocks_.blocks[at];
      const Text text = UnreadText(block, uses_);
      if (text.text.empty()) {
        End();
      } else if (annex != nullptr) {
        AddBelow(text.text, text.source.lines, &annex->body);
      } else {
        AddToSection(block, text);
      }
    }
    End();
  }

 private:
  Annex* AnnexOf(const ContractPart& part) const {
    if (part.kind != PartKind::kAnnex) return nullptr;
    const Lines heading = blocks_.blocks[part.begin].lines;
    const auto after = titles_.upper_bound({heading.document, heading.first});
    if (after == titles_.begin()) return nullptr;
    const auto& [begins, title] = *std::prev(after);
    return begins.first == heading.document && heading.first <= title.first ? title.second
                                                                            : nullptr;
  }

  void AddToSection(const Block& block, const Text& text) {
    if (block.kind == BlockKind::kHeading && !section_.body.text.empty()) End();
    const bool titles = block.kind == BlockKind::kHeading && section_.title.text.empty();
    if (titles) {
      section_.title = {block.text, {.lines = {block.lines}, .confidence = kUnsure}};
    } else {
      AddBelow(text.text, text.source.lines, &section_.body);
      section_.body.source.confidence = kUnsure;
    }
  }

  void End() {
    if (section_.title.text.empty() && section_.body.text.empty()) return;
    const bool diagnosis = absl::StrContains(Plain(section_.title.text), "diagnostic");
    section_.kind = diagnosis ? v1::TEXT_BLOCK_KIND_DIAGNOSIS : v1::TEXT_BLOCK_KIND_HEADING;
    convention_->sections.push_back(std::exchange(section_, {}));
  }

  const Blocks& blocks_;
  const LineUses& uses_;
  Convention* convention_;
  // Of each title of an annex: the document and line where it starts, the line where it ends.
  std::map<std::pair<uint32_t, uint32_t>, std::pair<uint32_t, Annex*>> titles_;
  Section section_;
};

}  // namespace

void Account(const std::vector<Document>& documents, const Convention& convention, LineUses* uses) {
  const Pieces pieces = PiecesOf(documents, convention);
  for (std::size_t d = 0; d < documents.size(); ++d) {
    for (std::size_t line = 0; line < documents[d].lines.size(); ++line) {
      LineUse& use = (*uses)[d][line];
      if (use != LineUse::kUnread) continue;
      const std::string& text = documents[d].lines[line];
      if (pieces.Read(d, line, text)) {
        use = LineUse::kRead;
      } else if (IsFormulaLine(text)) {
        use = LineUse::kLabel;
      }
    }
  }
}

void ReadRest(const Blocks& blocks, const std::vector<ContractPart>& parts, const LineUses& uses,
              Convention* convention) {
  Rest rest(blocks, uses, convention);
  for (const ContractPart& part : parts) rest.Read(part);
  // A plan that stands in the document without the heading that the contents announce.
  for (Annex& annex : convention->annexes) {
    const bool plan = absl::StrContains(Plain(annex.title.text), "plan d'action");
    if (plan && annex.content == v1::ANNEX_CONTENT_MISSING && !convention->actions.empty()) {
      annex.content = v1::ANNEX_CONTENT_INLINE;
    }
  }
}

}  // namespace greffe::reader
