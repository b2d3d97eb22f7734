#include "core/reader/markup.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "core/reader/bullets.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr uint32_t kListDepth = 8;  // Deeper lists count as this deep.

enum class TagKind { kNone, kBreak, kParagraph, kList, kItem, kMark, kInline };

struct TagName {
  absl::string_view name;
  TagKind kind;
};

constexpr std::array<TagName, 34> kTags = {{
    {"p", TagKind::kParagraph},   {"div", TagKind::kParagraph},
    {"h1", TagKind::kParagraph},  {"h2", TagKind::kParagraph},
    {"h3", TagKind::kParagraph},  {"h4", TagKind::kParagraph},
    {"h5", TagKind::kParagraph},  {"h6", TagKind::kParagraph},
    {"br", TagKind::kBreak},      {"hr", TagKind::kBreak},
    {"table", TagKind::kBreak},   {"thead", TagKind::kBreak},
    {"tbody", TagKind::kBreak},   {"tr", TagKind::kBreak},
    {"td", TagKind::kBreak},      {"th", TagKind::kBreak},
    {"ul", TagKind::kList},       {"ol", TagKind::kList},
    {"li", TagKind::kItem},       {"u", TagKind::kMark},
    {"b", TagKind::kMark},        {"strong", TagKind::kMark},
    {"i", TagKind::kInline},      {"em", TagKind::kInline},
    {"sup", TagKind::kInline},    {"sub", TagKind::kInline},
    {"span", TagKind::kInline},   {"a", TagKind::kInline},
    {"font", TagKind::kInline},   {"small", TagKind::kInline},
    {"img", TagKind::kInline},    {"center", TagKind::kInline},
    {"caption", TagKind::kBreak}, {"blockquote", TagKind::kParagraph},
}};

struct Tag {
  TagKind kind = TagKind::kNone;
  bool closes = false;
  std::size_t bytes = 0;
};

// The tag at the start of `text`, kNone when there is none: « <http://… > » is text.
Tag TagAt(absl::string_view text) {
  if (text.empty() || text[0] != '<') return {};
  std::size_t at = 1;
  const bool closes = at < text.size() && text[at] == '/';
  if (closes) ++at;
  const std::size_t name_at = at;
  while (at < text.size() && absl::ascii_isalnum(static_cast<unsigned char>(text[at]))) ++at;
  const std::string name = absl::AsciiStrToLower(text.substr(name_at, at - name_at));
  if (at < text.size() && absl::string_view(" \t/>").find(text[at]) == absl::string_view::npos) {
    return {};
  }
  const auto* known = std::find_if(kTags.begin(), kTags.end(),
                                   [&name](const TagName& tag) { return tag.name == name; });
  if (known == kTags.end()) return {};
  constexpr std::size_t kTagBytes = 400;  // Longer is no tag: nothing is swallowed up to a far '>'.
  const std::size_t end = text.substr(0, kTagBytes).find('>', at);
  if (end == absl::string_view::npos) return {};
  return {known->kind, closes, end + 1};
}

struct Named {
  absl::string_view name;
  absl::string_view text;
};
constexpr std::array<Named, 15> kEntities = {{{"amp", "&"},
                                              {"lt", "<"},
                                              {"gt", ">"},
                                              {"quot", "\""},
                                              {"apos", "'"},
                                              {"nbsp", " "},
                                              {"#39", "'"},
                                              {"#34", "\""},
                                              {"#160", " "},
                                              {"#8217", "\u2019"},
                                              {"rsquo", "\u2019"},
                                              {"laquo", "«"},
                                              {"raquo", "»"},
                                              {"euro", "€"},
                                              {"bull", "•"}}};

// Collects text with its marked ranges, one space at a time.
class TextBuilder {
 public:
  void Put(absl::string_view text) {
    for (char c : text) PutByte(c);
  }
  void PutByte(char c) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap_ = !text_.empty();
      return;
    }
    if (gap_) text_ += ' ';
    gap_ = false;
    if (depth_ > 0 && mark_begin_ == kNoMark) mark_begin_ = text_.size();
    text_ += c;
  }
  void Mark(bool closes) {
    if (closes && depth_ > 0) --depth_;
    if (!closes) ++depth_;
    if (depth_ == 0) EndMark();
  }
  bool marking() const { return depth_ > 0; }
  char last() const { return gap_ || text_.empty() ? ' ' : text_.back(); }
  // Gives the text collected; marks open stay open for what follows.
  Part Take() {
    EndMark();
    gap_ = false;
    Part part;
    part.text = std::exchange(text_, {});
    part.marked = std::exchange(marked_, {});
    return part;
  }

 private:
  static constexpr std::size_t kNoMark = static_cast<std::size_t>(-1);
  void EndMark() {
    if (mark_begin_ != kNoMark && mark_begin_ < text_.size()) {
      marked_.push_back({mark_begin_, text_.size()});
    }
    mark_begin_ = kNoMark;
  }

  std::string text_;
  std::vector<Range> marked_;
  std::size_t mark_begin_ = kNoMark;
  uint32_t depth_ = 0;
  bool gap_ = false;
};

bool IsWordEnd(absl::string_view raw, std::size_t at) {
  return at >= raw.size() || absl::ascii_isspace(static_cast<unsigned char>(raw[at])) ||
         absl::ascii_ispunct(static_cast<unsigned char>(raw[at]));
}

// Markdown and entities at `raw[at]`: puts what they say and gives the bytes used, 0 for none.
std::size_t PutInline(absl::string_view raw, std::size_t at, TextBuilder* out) {
  const absl::string_view rest = raw.substr(at);
  if (absl::StartsWith(rest, "**")) {
    out->Mark(out->marking());
    return 2;
  }
  if (rest[0] == '*') {  // Emphasis opens before a word or closes after one.
    const bool opens = (at == 0 || IsWordEnd(raw, at - 1)) && !IsWordEnd(raw, at + 1);
    const bool closes = at > 0 && raw[at - 1] != ' ' && raw.substr(0, at).find('*') != raw.npos;
    return opens || closes || at + 1 == raw.size() ? 1 : 0;
  }
  if (absl::StartsWith(rest, "{#") || absl::StartsWith(rest, "{.")) {  // « # Title {#title} »
    constexpr std::size_t kAttributeBytes = 120;
    const std::size_t end = rest.substr(0, kAttributeBytes).find('}');
    return end == absl::string_view::npos ? 0 : end + 1;
  }
  if (rest[0] == '^' && !absl::StartsWith(rest, "^{")) {  // « 1^er^ »
    constexpr std::size_t kRaisedBytes = 8;
    const std::size_t end = rest.substr(0, kRaisedBytes).find('^', 1);
    if (end != absl::string_view::npos && end > 1) {
      out->Put(rest.substr(1, end - 1));
      return end + 1;
    }
  }
  if (absl::StartsWith(rest, "^{")) {  // « 1^{er} »
    const std::size_t end = rest.substr(0, 12).find('}');
    if (end == absl::string_view::npos) return 0;
    out->Put(rest.substr(2, end - 2));
    return end + 1;
  }
  if (rest[0] == '\\' && rest.size() > 1 &&
      absl::string_view("*_-#|.[]()").find(rest[1]) != absl::string_view::npos) {
    out->PutByte(rest[1]);
    return 2;
  }
  if (rest[0] == '&') {
    for (const Named& entity : kEntities) {
      if (absl::StartsWith(rest.substr(1), entity.name) && rest.size() > entity.name.size() + 1 &&
          rest[entity.name.size() + 1] == ';') {
        out->Put(entity.text);
        return entity.name.size() + 2;
      }
    }
  }
  return 0;
}

// Whether « - » at `text[at]` starts an item, given how the list's first item starts.
bool StartsItem(absl::string_view text, std::size_t at, bool first_lower) {
  if (at + 1 >= text.size() || text[at] != '-' || text[at + 1] != ' ') return false;
  const absl::string_view after = text.substr(at + 2);
  const bool spaced = at == 0 || text[at - 1] == ' ';
  if (spaced && at >= 2 && IsDigit(text[at - 2]) && !after.empty() && IsDigit(after[0]))
    return false;
  if (!spaced) return StartsUpper(after.substr(0, 4));  // « …diplômés- Augmentation… »
  return first_lower ? HasWords(after.substr(0, 4)) : !StartsLower(after.substr(0, 4));
}

// Cuts a part of a list at its hyphens.
std::vector<Part> CutAtHyphens(Part part) {
  std::vector<std::size_t> cuts;
  const std::size_t first = part.text.find("- ");
  if (first == std::string::npos) return {std::move(part)};
  const bool first_lower = StartsLower(absl::string_view(part.text).substr(first, 6));
  for (std::size_t at = first; at != std::string::npos; at = part.text.find("- ", at + 1)) {
    if (StartsItem(part.text, at, first_lower)) cuts.push_back(at);
  }
  if (cuts.empty()) return {std::move(part)};
  std::vector<Part> items;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    std::size_t begin = i == 0 ? 0 : cuts[i - 1] + 2;
    std::size_t end = i == cuts.size() ? part.text.size() : cuts[i];
    while (end > begin && part.text[end - 1] == ' ') --end;
    while (begin < end && part.text[begin] == ' ') ++begin;
    if (begin == end) continue;
    Part item;
    item.item = i > 0 || part.item;
    item.level = part.level;
    item.marker = i > 0 ? "-" : part.marker;
    item.text = part.text.substr(begin, end - begin);
    for (const Range& range : part.marked) {
      const std::size_t from = std::max(range.begin, begin);
      const std::size_t to = std::min(range.end, end);
      if (from < to) item.marked.push_back({from - begin, to - begin});
    }
    items.push_back(std::move(item));
  }
  return items;
}

// One pass over `raw`; see ParseMarkup.
class MarkupReader {
 public:
  std::vector<Part> Read(absl::string_view raw) {
    for (std::size_t at = 0; at < raw.size();) {
      const absl::string_view rest = raw.substr(at);
      std::size_t used = 0;
      if (const Tag tag = TagAt(rest); tag.kind != TagKind::kNone) {
        Apply(tag);
        used = tag.bytes;
      } else if (const absl::string_view bullet = BulletHere(rest); !bullet.empty()) {
        End();
        marker_ = std::string(bullet);
        used = bullet.size();
      } else {
        used = PutInline(raw, at, &text_);
        if (used == 0) {
          text_.PutByte(raw[at]);
          used = 1;
        }
      }
      at += used;
    }
    End();
    SetLevels();
    return std::move(parts_);
  }

 private:
  void Apply(const Tag& tag) {
    switch (tag.kind) {
      case TagKind::kMark:
        text_.Mark(tag.closes);
        return;
      case TagKind::kInline:
      case TagKind::kNone:
        return;
      case TagKind::kBreak:
        End();
        return;
      case TagKind::kParagraph:
        End();
        if (!tag.closes && !in_item_) lists_ = 0;  // A list that nobody closed ends here.
        return;
      case TagKind::kItem:
        End();
        in_item_ = !tag.closes;
        return;
      case TagKind::kList:
        End();
        in_item_ = false;
        if (tag.closes && lists_ > 0) --lists_;
        if (!tag.closes && lists_ < kListDepth) ++lists_;
        return;
    }
  }

  void End() {
    Part part = text_.Take();
    part.item = in_item_ || !marker_.empty();
    part.level = lists_ > 1 ? lists_ - 1 : 0;
    part.marker = part.item && marker_.empty() ? "-" : std::exchange(marker_, {});
    const bool in_list = lists_ > 0 || absl::StartsWith(part.text, "- ");
    std::vector<Part> cut;
    if (in_list && !in_item_ && part.marker.empty()) {
      cut = CutAtHyphens(std::move(part));
    } else {
      cut.push_back(std::move(part));
    }
    for (Part& each : cut) {
      if (HasWords(each.text) || each.text.find_first_of("/?") != std::string::npos) {
        parts_.push_back(std::move(each));
      }
    }
  }

  // Where kinds of bullets are mixed, each new kind lies deeper than those before it.
  void SetLevels() {
    std::vector<std::string> seen;
    for (Part& part : parts_) {
      if (!part.item || lists_seen_levels(part)) continue;
      auto at = std::find(seen.begin(), seen.end(), part.marker);
      if (at == seen.end()) at = seen.insert(seen.end(), part.marker);
      part.level = std::min<uint32_t>(static_cast<uint32_t>(at - seen.begin()), kListDepth);
    }
  }
  static bool lists_seen_levels(const Part& part) { return part.level > 0; }

  TextBuilder text_;
  std::string marker_;
  uint32_t lists_ = 0;
  bool in_item_ = false;
  std::vector<Part> parts_;
};

}  // namespace

std::vector<Part> ParseMarkup(absl::string_view raw) { return MarkupReader().Read(raw); }

std::string PlainText(absl::string_view raw) {
  TextBuilder text;
  for (std::size_t at = 0; at < raw.size();) {
    if (const Tag tag = TagAt(raw.substr(at)); tag.kind != TagKind::kNone) {
      if (tag.kind != TagKind::kMark && tag.kind != TagKind::kInline) text.PutByte(' ');
      at += tag.bytes;
      continue;
    }
    std::size_t used = PutInline(raw, at, &text);
    if (used == 0) {
      text.PutByte(raw[at]);
      used = 1;
    }
    at += used;
  }
  return OneSpaced(text.Take().text);
}

bool HasBlockTag(absl::string_view raw) {
  for (std::size_t at = raw.find('<'); at != raw.npos; at = raw.find('<', at + 1)) {
    const TagKind kind = TagAt(raw.substr(at)).kind;
    if (kind != TagKind::kNone && kind != TagKind::kMark && kind != TagKind::kInline) return true;
  }
  return false;
}

std::string JoinParts(const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts) {
    if (!text.empty()) text += ' ';
    text += part.text;
  }
  return text;
}

}  // namespace greffe::reader
