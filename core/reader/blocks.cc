#include "core/reader/blocks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/reader/block_joins.h"
#include "core/reader/columns.h"
#include "core/reader/furniture.h"
#include "core/reader/gutter.h"
#include "core/reader/label_lines.h"
#include "core/reader/labels.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kHeadingBytes = 160;  // A line in bold or capitals longer than this is text.
constexpr std::size_t kHeadingLines = 6;
constexpr std::size_t kHtmlTableLines = 5000;  // An HTML table that nobody closes ends here.

// Words that open a paragraph of their own even without a blank line before.
bool OpensParagraph(absl::string_view text) {
  static constexpr std::array<absl::string_view, 12> kOpenings = {
      "Vu ",          "VU ",  "Considérant ", "CONSIDERANT ", "CONSIDÉRANT ", "Entre :",
      "Entre\u00A0:", "Et :", "Et\u00A0:",    "Ci-après ",    "ci-après ",    "Fait à "};
  return std::any_of(kOpenings.begin(), kOpenings.end(),
                     [text](absl::string_view opening) { return absl::StartsWith(text, opening); });
}

constexpr absl::string_view kStandalone[] = {
#include "core/reader/lexicon/standalone_headings.inc"
};
constexpr absl::string_view kBlockFormulas[] = {
#include "core/reader/lexicon/formula_lines.inc"
};

// A line that is a paragraph by itself wherever it stands: « Préambule », « Et : ».
bool StandsAlone(absl::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() > kLongest) return false;
  std::string plain = Plain(text);
  while (!plain.empty() &&
         absl::string_view(" :,.;").find(plain.back()) != absl::string_view::npos) {
    plain.pop_back();
  }
  return std::find(std::begin(kStandalone), std::end(kStandalone), plain) !=
             std::end(kStandalone) ||
         std::find(std::begin(kBlockFormulas), std::end(kBlockFormulas), plain) !=
             std::end(kBlockFormulas);
}

bool IsBold(absl::string_view line) {
  const absl::string_view body = absl::StripAsciiWhitespace(line);
  if (body.size() > 4 && absl::StartsWith(body, "**") && absl::EndsWith(body, "**")) {
    return !absl::StrContains(body.substr(2, body.size() - 4), "**");
  }
  return (absl::StartsWith(body, "<b>") && absl::EndsWith(body, "</b>")) ||
         (absl::StartsWith(body, "<strong>") && absl::EndsWith(body, "</strong>"));
}

// « ## Title »: its number of #, 0 for none.
uint32_t MarkdownLevel(absl::string_view line) {
  uint32_t level = 0;
  while (level < line.size() && line[level] == '#') ++level;
  return level <= 6 && level < line.size() && line[level] == ' ' ? level : 0;
}

// « > Text » of a Markdown quotation, without its mark.
absl::string_view WithoutQuote(absl::string_view line) {
  absl::string_view rest = absl::StripLeadingAsciiWhitespace(line);
  if (!absl::StartsWith(rest, ">")) return line;
  while (absl::StartsWith(rest, ">")) {
    rest = absl::StripLeadingAsciiWhitespace(rest.substr(1));
  }
  return rest;
}

// An entry of a contents list without its dots and page number.
std::string ContentsEntry(absl::string_view line) {
  absl::string_view entry = absl::StripTrailingAsciiWhitespace(line);
  std::size_t digits = 0;
  while (digits < entry.size() && IsDigit(entry[entry.size() - 1 - digits])) ++digits;
  const std::size_t before = entry.size() - digits;
  if (digits <= 3 && before > 0 &&
      absl::string_view(" \t.").find(entry[before - 1]) != entry.npos) {
    entry.remove_suffix(digits);
  }
  while (!entry.empty() && absl::string_view(" \t.").find(entry.back()) != entry.npos) {
    entry.remove_suffix(1);
  }
  return PlainText(entry);
}

// Appends a line to a text: no space where a hyphenated word goes on.
void AppendLine(absl::string_view line, std::string* text) {
  const bool hyphenated = text->size() > 1 && text->back() == '-' &&
                          (*text)[text->size() - 2] != ' ' && HasWords(line.substr(0, 4));
  if (!text->empty() && !hyphenated && !line.empty()) *text += ' ';
  text->append(line.data(), line.size());
}

// The uses without the lines in two columns of prose: no table is looked for there.
std::vector<LineUse> UsesWithout(const GutterRuns& gutters, std::vector<LineUse> uses) {
  for (const auto& [first, run] : gutters) {
    std::fill(uses.begin() + static_cast<std::ptrdiff_t>(first),
              uses.begin() + static_cast<std::ptrdiff_t>(run.end), LineUse::kRead);
  }
  return uses;
}

class BlockBuilder {
 public:
  BlockBuilder(const Document& document, uint32_t index, const std::vector<LineUse>& uses,
               std::vector<Block>* out)
      : document_(document),
        index_(index),
        uses_(uses),
        gutters_(FindGutters(document, uses)),
        spaced_(FindSpacedRows(document, index, UsesWithout(gutters_, uses))),
        labels_(document, uses),
        quotes_(std::any_of(
            document.lines.begin(), document.lines.end(),
            [](const std::string& line) { return absl::StripAsciiWhitespace(line) == ">"; })),
        out_(out),
        first_(out->size()) {}

  void Build() {
    for (std::size_t at = 0; at < document_.lines.size(); ++at) {
      if (const auto run = gutters_.find(at); run != gutters_.end()) {
        AddColumn(run->second.left);
        AddColumn(run->second.right);
        at = run->second.end - 1;
        continue;
      }
      switch (uses_[at]) {
        case LineUse::kBlank:
          // A rule of dashes or pipes inside a table does not end it.
          if (absl::StripAsciiWhitespace(document_.lines[at]).empty() || !HasLast() ||
              out_->back().kind != BlockKind::kTable) {
            ++blanks_;
          }
          break;
        case LineUse::kContents:
          Start(BlockKind::kContents, at).kind = BlockKind::kContents;
          AddText(&out_->back(), at, ContentsEntry(document_.lines[at]));
          blanks_ = 1;
          break;
        case LineUse::kUnread:
          at = Add(at);
          break;
        default:
          page_ = true;
          ++blanks_;
      }
    }
    for (std::size_t i = first_; i < out_->size(); ++i) Finish(&(*out_)[i]);
    JoinCutBlocks(document_, first_, out_);
  }

  void AddColumnsTo(std::vector<Lines>* columns) const {
    for (const auto& [first, run] : gutters_)
      columns->push_back({index_, NumberOf(first), NumberOf(run.end - 1)});
  }

 private:
  uint32_t NumberOf(std::size_t at) const { return static_cast<uint32_t>(at + 1); }
  bool HasLast() const { return out_->size() > first_; }

  Block& Start(BlockKind kind, std::size_t at) {
    Block& block = out_->emplace_back();
    block.kind = kind;
    block.lines = {index_, NumberOf(at), NumberOf(at)};
    block.after_page = page_ || blanks_ >= 3;
    page_ = false;
    blanks_ = 0;
    closed_ = false;
    return block;
  }

  void AddText(Block* block, std::size_t at, std::string text) {
    AppendLine(text, &block->text);
    block->lines.last = NumberOf(at);
    block->parts.push_back({NumberOf(at), std::move(text)});
  }

  // Adds line `at` (and those of an HTML table after it); the last line used.
  std::size_t Add(std::size_t at) {
    const absl::string_view raw =
        quotes_ ? WithoutQuote(document_.lines[at]) : absl::string_view(document_.lines[at]);
    if (const auto row = spaced_.find(at); row != spaced_.end()) {
      AddRow(row->second, at);
      return row->second.lines.last - 1;
    }
    if (OpensHtmlTable(raw)) return AddHtmlTable(at);
    if (IsTabRow(raw)) {
      AddRow(TabRow(raw, {index_, NumberOf(at), NumberOf(at)}), at);
    } else if (IsPipeRow(raw)) {
      AddRow(PipeRow(raw, {index_, NumberOf(at), NumberOf(at)}), at);
    } else if (HasBlockTag(raw)) {
      AddMarkup(at);
    } else {
      AddLine(at, raw);
    }
    return at;
  }

  // The lines of one of two columns. A block that goes on from the foot of the left column to the
  // head of the right one cites all lines between.
  void AddColumn(const std::vector<GutterRun::Line>& lines) {
    const std::size_t before = out_->size();
    const bool joins = HasLast() && before > first_;
    for (const GutterRun::Line& line : lines) {
      if (line.text.empty()) {
        ++blanks_;
      } else {
        AddLine(line.at, line.text);
      }
    }
    for (std::size_t i = joins ? before - 1 : before; i < out_->size(); ++i) {
      Block& block = (*out_)[i];
      for (const BlockLine& line : block.parts) {
        block.lines.first = std::min(block.lines.first, line.number);
        block.lines.last = std::max(block.lines.last, line.number);
      }
    }
  }

  void AddRow(Row row, std::size_t at) {
    const bool says = std::any_of(row.cells.begin(), row.cells.end(),
                                  [](const Cell& cell) { return !cell.text.empty(); });
    if (!says) return;
    const bool goes_on = HasLast() && out_->back().kind == BlockKind::kTable && blanks_ == 0;
    Block& block = goes_on ? out_->back() : Start(BlockKind::kTable, at);
    block.lines.last = row.lines.last;
    block.rows.push_back(std::move(row));
  }

  std::size_t AddHtmlTable(std::size_t at) {
    std::vector<NumberedLine> lines;
    std::size_t end = at;
    for (; end < document_.lines.size() && lines.size() < kHtmlTableLines; ++end) {
      const std::string& raw = document_.lines[end];
      if (uses_[end] == LineUse::kUnread) lines.push_back({NumberOf(end), raw});
      if (absl::StrContains(absl::AsciiStrToLower(raw), "</table")) break;
      if (EndsHtmlTable(end)) break;
    }
    end = std::min(end, document_.lines.size() - 1);
    std::vector<Row> rows = HtmlRows(lines, index_);
    if (rows.empty()) return end;
    Block& block = Start(BlockKind::kTable, at);
    block.lines.last = NumberOf(end);
    block.rows = std::move(rows);
    blanks_ = 1;
    return end;
  }

  // A table that was not closed ends before a gap that no tag follows.
  bool EndsHtmlTable(std::size_t at) const {
    if (at + 1 >= uses_.size() || uses_[at + 1] == LineUse::kUnread) return false;
    std::size_t next = at + 1;
    while (next < uses_.size() && uses_[next] != LineUse::kUnread) ++next;
    return next >= uses_.size() ||
           !absl::StartsWith(absl::StripLeadingAsciiWhitespace(document_.lines[next]), "<");
  }

  void AddMarkup(std::size_t at) {
    for (Part& part : ParseMarkup(document_.lines[at])) {
      Block& block = Start(part.item ? BlockKind::kListItem : BlockKind::kParagraph, at);
      block.level = part.level;
      block.marker = std::move(part.marker);
      AddText(&block, at, std::move(part.text));
    }
    blanks_ = 1;  // The next line does not go on with it.
  }

  void AddLine(std::size_t at, absl::string_view raw) {
    const uint32_t markdown = MarkdownLevel(raw);
    if (markdown > 0) raw.remove_prefix(markdown);
    const Bullet bullet = markdown > 0 ? Bullet{} : BulletOf(raw);
    std::string text = PlainText(raw.substr(bullet.bytes));
    const bool bold = IsBold(raw.substr(bullet.bytes));
    const bool alone = bullet.bytes == 0 && (StandsAlone(text) || IsNumberedTitle(text, at));
    if (markdown == 0 && bullet.bytes == 0 && !alone && GoesOn(text, bold)) {
      AddText(&out_->back(), at, std::move(text));
      blanks_ = 0;
      page_ = false;
      return;
    }
    Block& block = Start(BlockKind::kParagraph, at);
    block.bold = bold;
    block.marker = bullet.marker;
    if (markdown > 0) block.kind = BlockKind::kHeading;
    if (bullet.bytes > 0) {
      block.kind = BlockKind::kListItem;
      const std::size_t indent = raw.size() - absl::StripLeadingAsciiWhitespace(raw).size();
      block.level =
          static_cast<uint32_t>(std::min<std::size_t>(indent > 4 ? indent / 2 : indent, 4));
    }
    if (markdown > 0) block.level = markdown;
    AddText(&block, at, std::move(text));
    if (bold || markdown > 0 || alone) closed_ = true;
  }

  // « 3. OBJET », « 2.1 Comité de pilotage » with a text below: a title, though no blank line says
  // so.
  bool IsNumberedTitle(absl::string_view text, std::size_t at) const {
    constexpr std::size_t kTitle = 110;
    if (text.size() > kTitle || absl::string_view(".;,:!?").find(text.back()) != text.npos)
      return false;
    const Heading heading = ParseHeading(text);
    if (heading.kind != HeadingKind::kNumbered) return false;
    if (absl::StrContains(text, "représenté")) return false;  // « 2) La Caf, représentée par M. ».
    const bool after_sentence =
        !HasLast() || blanks_ > 0 || closed_ || EndsSentence(out_->back().text);
    if (!after_sentence) return IsAllCaps(heading.title);
    const bool more = at + 1 < document_.lines.size() && uses_[at + 1] == LineUse::kUnread;
    return !more || IsAllCaps(heading.title) || StartsUpper(document_.lines[at + 1]);
  }

  // Whether `text` goes on with the last block.
  bool GoesOn(absl::string_view text, bool bold) const {
    if (!HasLast() || closed_ || bold) return false;
    const Block& last = out_->back();
    if (last.kind == BlockKind::kTable || last.kind == BlockKind::kContents) return false;
    if (OpensParagraph(text) || ParseHeading(text).kind > HeadingKind::kNumbered) return false;
    if (last.kind == BlockKind::kListItem && labels_.Opens(text)) return false;
    if (blanks_ == 0) return HeadingTakes(last, text);
    // A page, or a gap that conversion made, cut a sentence in two.
    const bool cut = !EndsSentence(last.text) && StartsLower(text) &&
                     ParseHeading(text).kind == HeadingKind::kNone;
    return cut && last.text.size() >= (page_ ? 20 : 60) && blanks_ <= 8;
  }

  // A heading goes on over lines while it has no title, in capitals, or in small letters.
  static bool HeadingTakes(const Block& last, absl::string_view text) {
    if (last.parts.size() > kHeadingLines || last.text.size() > kHeadingBytes * kHeadingLines) {
      return true;  // Too long for a heading: text goes on.
    }
    const Heading heading = ParseHeading(last.text);
    if (last.kind == BlockKind::kListItem || heading.kind <= HeadingKind::kNumbered) return true;
    if (heading.title.empty()) {
      // « Fiche action n° 1 » over « Axe : Jeunesse »: a rubric of it, not its title.
      const std::size_t colon = text.find(':');
      const bool labelled =
          colon != text.npos && WholeLabel(text.substr(0, colon)) != LabelRole::kNone;
      return !labelled && text.size() <= kHeadingBytes && !EndsSentence(text);
    }
    if (IsAllCaps(heading.title)) return IsAllCaps(text);
    return !EndsSentence(last.text) && StartsLower(text);
  }

  static void Finish(Block* block) {
    if (block->kind == BlockKind::kTable) return;
    block->heading = ParseHeading(block->text);
    if (block->kind != BlockKind::kParagraph) return;
    const bool worded = block->heading.kind > HeadingKind::kNumbered;
    const bool alone = block->parts.size() == 1 && block->text.size() <= kHeadingBytes &&
                       !absl::EndsWith(block->text, ".") && !absl::EndsWith(block->text, ";");
    if (worded || (alone && (block->bold || IsAllCaps(block->text))))
      block->kind = BlockKind::kHeading;
  }

  const Document& document_;
  const uint32_t index_;
  const std::vector<LineUse>& uses_;
  const GutterRuns gutters_;
  const SpacedRows spaced_;
  const LabelLines labels_;
  const bool quotes_;  // Quotations in Markdown, where « > » stands alone between paragraphs.
  std::vector<Block>* out_;
  const std::size_t first_;  // Blocks of this document start here.
  std::size_t blanks_ = 0;   // Lines without text since the last block.
  bool page_ = false;        // Furniture since the last block.
  bool closed_ = false;      // The last block takes no further line.
};

}  // namespace

Blocks BuildBlocks(std::vector<Document> documents) {
  Blocks result;
  for (const Document& document : documents) {
    const auto index = static_cast<uint32_t>(result.uses.size());
    result.uses.push_back(FindFurniture(document));
    BlockBuilder builder(document, index, result.uses.back(), &result.blocks);
    builder.Build();
    builder.AddColumnsTo(&result.columns);
  }
  result.documents = std::move(documents);
  return result;
}

}  // namespace greffe::reader
