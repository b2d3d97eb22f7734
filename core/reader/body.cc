#include "core/reader/body.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/body_words.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kOpeningWords = 10;  // The name stands among the first words of an item.
constexpr std::size_t kCellWords = 8;      // A longer cell says more than a name.
constexpr uint32_t kMentionConfidence = 60;

class BodyWalk {
 public:
  BodyWalk(const std::vector<Block>& blocks, const std::vector<Region>& regions)
      : blocks_(blocks), regions_(regions) {}

  BodyReading Walk() {
    for (at_ = 0; at_ < blocks_.size(); ++at_) {
      const Block& block = blocks_[at_];
      if (regions_[at_] != Region::kGovernance || block.heading.kind == HeadingKind::kAnnex ||
          block.kind == BlockKind::kContents) {
        open_ = false;
        continue;
      }
      if (block.kind == BlockKind::kTable) {
        ReadTable(block);
      } else if (block.kind == BlockKind::kListItem) {
        ReadItem(block);
      } else {
        ReadText(block);
      }
    }
    if (reading_.bodies.empty()) ReadTablesOfClauses();
    if (reading_.bodies.empty()) {
      ReadOpenings(Region::kClauses);
      ReadRegion(Region::kClauses);
    }
    if (reading_.bodies.empty()) ReadRegion(Region::kFront);
    AddMentions();
    return std::move(reading_);
  }

 private:
  void Open(const BodyName& name, Lines lines) {
    // The same body again, such as in a chart's legend: what follows belongs to the first.
    for (std::size_t i = 0; i < reading_.bodies.size(); ++i) {
      if (reading_.bodies[i].kind == name.kind &&
          Fold(reading_.bodies[i].name.text) == Fold(name.text)) {
        reading_.bodies[i].name.source.lines.push_back(lines);
        current_ = i;
        open_ = true;
        field_.reset();
        return;
      }
    }
    Body& body = reading_.bodies.emplace_back();
    body.kind = name.kind;
    body.name = MakeText(name.text, lines);
    current_ = reading_.bodies.size() - 1;
    open_ = true;
    field_.reset();
  }

  void Put(BodyField field, const std::string& text, Lines lines) {
    Body& body = reading_.bodies[current_];
    switch (field) {
      case BodyField::kMembers:
        body.members.push_back(MakeText(text, lines));
        break;
      case BodyField::kGuests:
        AddBelow(text, {lines}, &body.guests);
        break;
      case BodyField::kChair:
        AddBelow(text, {lines}, &body.chair);
        break;
      case BodyField::kSecretariat:
        AddBelow(text, {lines}, &body.secretariat);
        break;
      case BodyField::kCadence:
        AddBelow(text, {lines}, &body.cadence);
        break;
      case BodyField::kFunctions:
        body.functions.push_back(MakeText(text, lines));
        break;
    }
    if (body.meetings_per_year_min == 0) body.meetings_per_year_min = MeetingsPerYear(text);
  }

  // Below a label all belongs to it, but for what a sentence says of guests and meetings.
  void PutSentence(const std::string& text, Lines lines) {
    const BodyField said = BodyFieldOfSentence(text);
    const bool own = said == BodyField::kGuests || said == BodyField::kSecretariat;
    Put(field_.has_value() && !own ? *field_ : said, text, lines);
  }

  // Items below this one make it the head of a body.
  bool HasItemsBelow() const {
    const Block& block = blocks_[at_];
    return at_ + 1 < blocks_.size() && blocks_[at_ + 1].kind == BlockKind::kListItem &&
           blocks_[at_ + 1].level > block.level;
  }

  void ReadItem(const Block& block) {
    if (HasItemsBelow() || block.bold) {
      const std::optional<BodyName> name =
          FindBodyName(block.text, Words(block.text), kOpeningWords);
      if (name.has_value()) {
        Open(*name, block.lines);
        if (Fold(block.text) != Fold(name->text))
          Put(BodyField::kFunctions, block.text, block.lines);
        return;
      }
    }
    if (!open_) {
      NoteMention(block.text, block.lines);
      return;
    }
    NoteMention(block.text, block.lines);
    PutSentence(block.text, block.lines);
  }

  void ReadText(const Block& block) {
    const bool one_line = block.parts.size() == 1;
    if (const std::optional<BodyName> name = HeadingBodyName(block.text);
        one_line && name.has_value()) {
      constexpr std::size_t kWordsBeside = 4;  // « de la CTG du territoire ».
      Open(*name, block.lines);
      if (Words(block.text).size() > Words(name->text).size() + kWordsBeside) {
        Put(BodyField::kFunctions, block.text, block.lines);
      } else {
        reading_.labels.push_back(block.lines);
      }
      return;
    }
    // « Comité technique », then « Composition : … » or a sentence in the next line.
    std::size_t from = 0;
    if (!one_line) {
      const std::optional<BodyName> name = HeadingBodyName(block.parts[0].text);
      if (name.has_value()) {
        Open(*name, {block.lines.document, block.parts[0].number, block.parts[0].number});
        from = 1;
      }
    }
    std::string text;
    Lines lines = block.lines;
    const auto flush = [&] {
      if (!text.empty()) ReadSentence(block, text, lines);
      text.clear();
    };
    for (std::size_t i = from; i < block.parts.size(); ++i) {
      const BlockLine& line = block.parts[i];
      const Lines here{block.lines.document, line.number, line.number};
      if (const std::optional<BodyPair> pair = BodyPairOf(line.text); open_ && pair.has_value()) {
        flush();
        field_ = pair->field;
        Put(pair->field, pair->value, here);
        continue;
      }
      // « COMITÉ TECHNIQUE » below the last sentence about another body.
      if (i > from && EndsSentence(block.parts[i - 1].text)) {
        const std::optional<BodyName> next = HeadingBodyName(line.text);
        if (next.has_value() && Words(line.text).size() <= Words(next->text).size() + 1) {
          flush();
          Open(*next, here);
          continue;
        }
      }
      const std::optional<BodyField> label = open_ ? BodyFieldOf(line.text) : std::nullopt;
      if (label.has_value()) {
        flush();
        field_ = label;
        reading_.labels.push_back(here);
        continue;
      }
      if (text.empty()) lines = here;
      absl::StrAppend(&text, text.empty() ? "" : " ", line.text);
      lines.last = line.number;
    }
    flush();
  }

  // « Le comité de pilotage est composé de… »: a paragraph about a body without a heading.
  bool OpensWithName(const std::string& text, Lines lines) {
    const std::vector<Word> words = Words(text);
    const std::optional<BodyName> name = FindBodyName(text, words, 3);
    if (!name.has_value() || name->kind == v1::BODY_KIND_COORDINATION) return false;
    for (std::size_t i = 0; i < name->at; ++i) {
      const bool count = words[i].folded == "deux" || words[i].folded == "trois" ||
                         words[i].folded == "quatre" || words[i].number;
      if (!IsFrenchArticle(words[i].folded) && !count) return false;
    }
    // Below a label it is what the label names, unless another body begins.
    if (field_.has_value() && open_ && Knows(name->kind)) return false;
    Open(*name, lines);
    PutSentence(text, lines);
    return true;
  }

  void ReadSentence(const Block& block, const std::string& text, Lines lines) {
    NoteMention(text, lines);
    if (OpensWithName(text, lines)) return;
    // A short line that is no sentence heads something else.
    const bool heads = !EndsSentence(text) && Words(text).size() <= 8;
    if (heads || block.kind == BlockKind::kHeading) open_ = false;
    if (open_) PutSentence(text, lines);
  }

  // A row a body, or a form of labels and texts.
  void ReadTable(const Block& block) {
    for (const Row& row : block.rows) {
      if (row.cells.empty() || row.cells[0].text.empty()) {
        for (const Cell& cell : row.cells) PutCell(cell);
        continue;
      }
      const Cell& first = row.cells[0];
      const std::optional<BodyField> label = BodyFieldOf(first.text);
      if (label.has_value() && open_) {
        field_ = label;
        for (std::size_t i = 1; i < row.cells.size(); ++i) PutCell(row.cells[i]);
        continue;
      }
      std::optional<BodyName> name = HeadingBodyName(first.text);
      if (name.has_value()) {
        // A cell names the body whole: « Groupes de travail par enjeu ».
        if (name->at == 0 && Words(first.text).size() <= kCellWords) name->text = first.text;
        Open(*name, first.lines);
        for (std::size_t i = 1; i < row.cells.size(); ++i) {
          field_ = i < fields_.size() ? fields_[i] : std::nullopt;
          PutCell(row.cells[i]);
        }
        field_.reset();
        continue;
      }
      fields_.clear();
      for (const Cell& cell : row.cells) fields_.push_back(BodyFieldOf(cell.text));
    }
  }

  void PutCell(const Cell& cell) {
    if (!open_) return;
    for (const Part& part : cell.parts) PutSentence(part.text, cell.lines);
  }

  void NoteMention(absl::string_view text, Lines lines) {
    const std::vector<Word> words = Words(text);
    for (std::size_t at = 0; at < words.size(); ++at) {
      const std::optional<BodyName> name = BodyNameAt(text, words, at);
      if (!name.has_value() || name->kind != v1::BODY_KIND_WORKING_GROUP) continue;
      Body body;
      body.kind = name->kind;
      body.name = MakeText(name->text, lines, kMentionConfidence);
      mentions_.push_back(std::move(body));
      return;
    }
  }

  bool Knows(v1::BodyKind kind) const {
    return std::any_of(reading_.bodies.begin(), reading_.bodies.end(),
                       [&](const Body& body) { return body.kind == kind; });
  }

  void AddMentions() {
    for (Body& mention : mentions_) {
      if (!Knows(mention.kind)) reading_.bodies.push_back(std::move(mention));
    }
  }

  // « Instance | Qui y siège | Qui préside » among the clauses: a row a body, two at least.
  void ReadTablesOfClauses() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (regions_[i] != Region::kClauses || blocks_[i].kind != BlockKind::kTable) continue;
      const std::vector<Row>& rows = blocks_[i].rows;
      const auto named = std::count_if(rows.begin(), rows.end(), [](const Row& row) {
        return row.cells.size() > 1 && HeadingBodyName(row.cells[0].text).has_value();
      });
      const bool headed =
          std::any_of(rows[0].cells.begin(), rows[0].cells.end(),
                      [](const Cell& cell) { return BodyFieldOf(cell.text).has_value(); });
      if (named < 2 || !headed) continue;
      open_ = false;
      ReadTable(blocks_[i]);
    }
    open_ = false;
  }

  // « b) Le comité technique de suivi réunit… »: the name of a body opens a paragraph about it.
  void ReadOpenings(Region region) {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      if (regions_[i] != region || block.kind == BlockKind::kTable) continue;
      const std::vector<Word> words = Words(block.text);
      const std::optional<BodyName> name = FindBodyName(block.text, words, 3);
      if (!name.has_value() || Knows(name->kind) || name->kind == v1::BODY_KIND_OTHER ||
          IsPost(name->text)) {
        continue;
      }
      const bool opens =
          std::all_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(name->at),
                      [](const Word& word) {
                        // « Une instance… est créée » only mentions it.
                        return word.folded == "le" || word.folded == "la" || word.folded == "les" ||
                               word.number || word.folded.size() == 1;
                      });
      if (!opens) continue;
      Body& body = reading_.bodies.emplace_back();
      body.kind = name->kind;
      body.name = MakeText(name->text, block.lines, kMentionConfidence);
    }
  }

  // No annex: the committees that the clauses name, or the report before them.
  void ReadRegion(Region region) {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (regions_[i] != region || blocks_[i].kind == BlockKind::kTable) continue;
      const std::vector<Word> words = Words(blocks_[i].text);
      for (std::size_t at = 0; at < words.size(); ++at) {
        const std::optional<BodyName> name = BodyNameAt(blocks_[i].text, words, at);
        if (!name.has_value() || Knows(name->kind) || name->kind == v1::BODY_KIND_OTHER) continue;
        if (IsPost(name->text)) continue;
        Body& body = reading_.bodies.emplace_back();
        body.kind = name->kind;
        body.name = MakeText(name->text, blocks_[i].lines, kMentionConfidence);
      }
    }
  }

  const std::vector<Block>& blocks_;
  const std::vector<Region>& regions_;
  std::size_t at_ = 0;
  BodyReading reading_;
  std::vector<Body> mentions_;
  bool open_ = false;
  std::size_t current_ = 0;
  std::optional<BodyField> field_;
  std::vector<std::optional<BodyField>> fields_;  // Of a table's columns.
};

}  // namespace

BodyReading ReadBodies(const std::vector<Block>& blocks, const std::vector<Region>& regions) {
  return BodyWalk(blocks, regions).Walk();
}

}  // namespace greffe::reader
