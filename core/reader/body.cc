#include "core/reader/body.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

enum class Field { kMembers, kGuests, kChair, kSecretariat, kCadence, kFunctions };

struct BodyWords {
  const char* words;
  v1::BodyKind kind;
};
constexpr BodyWords kBodies[] = {
#include "core/reader/lexicon/bodies.inc"
};

struct FieldWords {
  const char* words;
  Field field;
};
constexpr FieldWords kFields[] = {
#include "core/reader/lexicon/body_fields.inc"
};
constexpr FieldWords kSentences[] = {
#include "core/reader/lexicon/body_sentences.inc"
};

constexpr std::size_t kHeadingWords = 16;
constexpr std::size_t kOpeningWords = 10;  // The name stands among the first words of an item.
constexpr uint32_t kMentionConfidence = 60;

struct Name {
  v1::BodyKind kind = v1::BODY_KIND_UNSPECIFIED;
  std::string text;
  std::size_t at = 0;  // Index of its first word.
};

// The first name of a body among the first `within` words.
std::optional<Name> FindName(absl::string_view text, std::size_t within) {
  const std::vector<Word> words = Words(text);
  for (std::size_t at = 0; at < std::min(within, words.size()); ++at) {
    std::size_t best = 0;
    Name name;
    for (const BodyWords& body : kBodies) {
      const std::size_t count = MatchPhrase(body.words, words, at);
      if (count <= best) continue;
      best = count;
      name.kind = body.kind;
      name.text =
          std::string(text.substr(words[at].begin, words[at + count - 1].end - words[at].begin));
      name.at = at;
    }
    if (best > 0) return name;
  }
  return std::nullopt;
}

bool IsArticle(absl::string_view word) {
  return word == "le" || word == "la" || word == "les" || word == "l" || word == "un" ||
         word == "une" || word == "des";
}

// « Le Comité de pilotage », « Les Groupes Projets de la Convention… »: a heading that names a
// body.
std::optional<Name> HeadingName(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.empty() || words.size() > kHeadingWords || EndsSentence(text)) {
    if (text.empty() || text.back() != ':' || words.size() > kHeadingWords) return std::nullopt;
  }
  std::optional<Name> name = FindName(text, 4);
  if (!name.has_value()) return std::nullopt;
  for (std::size_t i = 0; i < name->at; ++i) {
    const bool number = words[i].number || words[i].folded.size() == 1;
    if (!IsArticle(words[i].folded) && !number) return std::nullopt;
  }
  // A verb after the name makes it a sentence.
  static constexpr absl::string_view kVerbs[] = {
      "est", "sont", "se",     "assure", "assurent", "sera",     "seront",
      "a",   "ont",  "reunit", "veille", "valide",   "constitue"};
  for (const Word& word : words) {
    if (std::find(std::begin(kVerbs), std::end(kVerbs), word.folded) != std::end(kVerbs)) {
      return std::nullopt;
    }
  }
  return name;
}

std::optional<Field> LabelField(absl::string_view text) {
  const std::string fold = Fold(text);
  for (const FieldWords& each : kFields) {
    if (fold == each.words) return each.field;
  }
  return std::nullopt;
}

Field FieldOfSentence(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  for (const FieldWords& each : kSentences) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (MatchPhrase(each.words, words, at) > 0) return each.field;
    }
  }
  return Field::kFunctions;
}

uint32_t NumberOf(const Word& word) {
  static constexpr absl::string_view kNumbers[] = {"une",  "deux", "trois", "quatre",
                                                   "cinq", "six",  "sept",  "huit",
                                                   "neuf", "dix",  "onze",  "douze"};
  if (word.number && word.folded.size() <= 2) return static_cast<uint32_t>(std::stoul(word.folded));
  for (uint32_t i = 0; i < std::size(kNumbers); ++i) {
    if (word.folded == kNumbers[i] || (i == 0 && word.folded == "un")) return i + 1;
  }
  return 0;
}

Text MakeText(std::string text, Lines lines, uint32_t confidence = 100) {
  Text made;
  made.text = std::move(text);
  made.source.lines.push_back(lines);
  made.source.confidence = confidence;
  return made;
}

void Append(Text* to, absl::string_view text, Lines lines) {
  absl::StrAppend(&to->text, to->text.empty() ? "" : "\n", text);
  to->source.lines.push_back(lines);
}

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
    if (reading_.bodies.empty()) ReadClauses();
    AddMentions();
    return std::move(reading_);
  }

 private:
  void Open(const Name& name, Lines lines) {
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

  void Put(Field field, const std::string& text, Lines lines) {
    Body& body = reading_.bodies[current_];
    switch (field) {
      case Field::kMembers:
        body.members.push_back(MakeText(text, lines));
        break;
      case Field::kGuests:
        Append(&body.guests, text, lines);
        break;
      case Field::kChair:
        Append(&body.chair, text, lines);
        break;
      case Field::kSecretariat:
        Append(&body.secretariat, text, lines);
        break;
      case Field::kCadence:
        Append(&body.cadence, text, lines);
        break;
      case Field::kFunctions:
        body.functions.push_back(MakeText(text, lines));
        break;
    }
    if (body.meetings_per_year_min == 0) body.meetings_per_year_min = MeetingsPerYear(text);
  }

  // Below a label all belongs to it, but for what a sentence says of guests and meetings.
  void PutSentence(const std::string& text, Lines lines) {
    const Field said = FieldOfSentence(text);
    const bool own = said == Field::kGuests || said == Field::kSecretariat;
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
      const std::optional<Name> name = FindName(block.text, kOpeningWords);
      if (name.has_value()) {
        Open(*name, block.lines);
        if (Fold(block.text) != Fold(name->text)) Put(Field::kFunctions, block.text, block.lines);
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
    if (const std::optional<Name> name = HeadingName(block.text); name.has_value()) {
      Open(*name, block.lines);
      reading_.labels.push_back(block.lines);
      return;
    }
    std::string text;
    Lines lines = block.lines;
    const auto flush = [&] {
      if (!text.empty()) ReadSentence(block, text, lines);
      text.clear();
    };
    for (const BlockLine& line : block.parts) {
      const Lines here{block.lines.document, line.number, line.number};
      const std::optional<Field> label = open_ ? LabelField(line.text) : std::nullopt;
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
    const std::optional<Name> name = FindName(text, 3);
    if (!name.has_value() || name->kind == v1::BODY_KIND_COORDINATION) return false;
    for (std::size_t i = 0; i < name->at; ++i) {
      const bool count = words[i].folded == "deux" || words[i].folded == "trois" ||
                         words[i].folded == "quatre" || words[i].number;
      if (!IsArticle(words[i].folded) && !count) return false;
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
      const std::optional<Field> label = LabelField(first.text);
      if (label.has_value() && open_) {
        field_ = label;
        for (std::size_t i = 1; i < row.cells.size(); ++i) PutCell(row.cells[i]);
        continue;
      }
      const std::optional<Name> name = HeadingName(first.text);
      if (name.has_value()) {
        Open(*name, first.lines);
        for (std::size_t i = 1; i < row.cells.size(); ++i) {
          field_ = i < fields_.size() ? fields_[i] : std::nullopt;
          PutCell(row.cells[i]);
        }
        field_.reset();
        continue;
      }
      fields_.clear();
      for (const Cell& cell : row.cells) fields_.push_back(LabelField(cell.text));
    }
  }

  void PutCell(const Cell& cell) {
    if (!open_) return;
    for (const Part& part : cell.parts) PutSentence(part.text, cell.lines);
  }

  void NoteMention(absl::string_view text, Lines lines) {
    const std::vector<Word> words = Words(text);
    for (std::size_t at = 0; at < words.size(); ++at) {
      const std::optional<Name> name = FindName(text.substr(words[at].begin), 1);
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

  // No annex: the committees that the clauses name.
  void ReadClauses() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (regions_[i] != Region::kClauses || blocks_[i].kind == BlockKind::kTable) continue;
      const std::vector<Word> words = Words(blocks_[i].text);
      for (std::size_t at = 0; at < words.size(); ++at) {
        const std::optional<Name> name =
            FindName(absl::string_view(blocks_[i].text).substr(words[at].begin), 1);
        if (!name.has_value() || Knows(name->kind) || name->kind == v1::BODY_KIND_OTHER) continue;
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
  std::optional<Field> field_;
  std::vector<std::optional<Field>> fields_;  // Of a table's columns.
};

}  // namespace

uint32_t MeetingsPerYear(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 3 < words.size() && words[i + 1].folded == "fois" && words[i + 2].folded == "par" &&
        (words[i + 3].folded == "an" || words[i + 3].folded == "annee")) {
      return NumberOf(words[i]);
    }
    if (i + 3 < words.size() && words[i + 1].folded.substr(0, 7) == "reunion" &&
        words[i + 2].folded == "par" && words[i + 3].folded == "an") {
      return NumberOf(words[i]);
    }
    if (i + 3 < words.size() && words[i].folded == "tous" && words[i + 1].folded == "les" &&
        words[i + 3].folded == "mois") {
      const uint32_t months = NumberOf(words[i + 2]);
      return months == 0 ? 0 : 12 / months;
    }
    if (words[i].folded.substr(0, 11) == "trimestriel") return 4;
    if (words[i].folded.substr(0, 10) == "semestriel") return 2;
    if (words[i].folded == "annuellement") return 1;
  }
  return 0;
}

BodyReading ReadBodies(const std::vector<Block>& blocks, const std::vector<Region>& regions) {
  return BodyWalk(blocks, regions).Walk();
}

}  // namespace greffe::reader
