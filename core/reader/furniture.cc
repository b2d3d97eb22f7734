#include "core/reader/furniture.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/reader/heading.h"
#include "core/reader/labels.h"
#include "core/reader/letters.h"
#include "core/reader/markup.h"
#include "core/reader/page_lines.h"
#include "core/reader/table.h"
#include "core/reader/votes.h"

namespace greffe::reader {
namespace {

constexpr std::array<absl::string_view, 12> kWatermarks = {"projet",
                                                           "brouillon",
                                                           "draft",
                                                           "document de travail",
                                                           "confidentiel",
                                                           "copie",
                                                           "specimen",
                                                           "provisoire",
                                                           "version provisoire",
                                                           "document provisoire",
                                                           "projet de convention",
                                                           "non signe"};

constexpr std::array<absl::string_view, 7> kContentsHeadings = {
    "sommaire",         "table des matieres", "contenu",          "table",
    "sommaire general", "sommaire detaille",  "table des annexes"};

constexpr std::size_t kRepeats = 3;             // « Repeats »: at least this often.
constexpr std::size_t kCoverLines = 12;         // With text; a title stands no later.
constexpr std::size_t kHeaderCharacters = 160;  // A running header is one line of a page.

struct Line {
  std::string plain;  // Without markup.
  std::string key;    // Plain, without a page number at its end.
};

// Everything FindFurniture knows while it works.
class Furniture {
 public:
  explicit Furniture(const Document& document) : document_(document) {
    lines_.reserve(document.lines.size());
    for (const std::string& line : document.lines) {
      Line& each = lines_.emplace_back();
      each.plain = Plain(PlainText(line));
      each.key = WithoutPageNumber(each.plain);
      const bool says = HasWords(each.plain) || each.plain.find_first_of("/?") != std::string::npos;
      uses_.push_back(says ? LineUse::kUnread : LineUse::kBlank);
    }
  }

  std::vector<LineUse> Find() {
    MarkStamps();
    MarkPageNumbers();
    MarkWatermarks();
    MarkContents();
    MarkLeaders();
    MarkHeaders();
    return std::move(uses_);
  }

 private:
  bool Open(std::size_t at) const { return uses_[at] == LineUse::kUnread; }

  void MarkStamps() {
    constexpr std::size_t kNear = 6;  // Lines of one stamp, with blank ones between.
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      if (!Open(at)) continue;
      const StampPart part = StampPartOf(lines_[at].plain);
      if (part == StampPart::kNone) continue;
      bool stamp = part == StampPart::kStrong;
      const std::size_t from = at > kNear ? at - kNear : 0;
      for (std::size_t near = from; near < lines_.size() && near <= at + kNear && !stamp; ++near) {
        stamp = StampPartOf(lines_[near].plain) == StampPart::kStrong;
      }
      if (stamp) uses_[at] = LineUse::kPageStamp;
    }
  }

  // Numbers alone on their lines count when they run on: 3, 4, 6…
  void MarkPageNumbers() {
    std::vector<std::size_t> run;
    int last = 0;
    const auto end_run = [&] {
      if (run.size() >= kRepeats) {
        for (std::size_t at : run) uses_[at] = LineUse::kPageStamp;
      }
      run.clear();
    };
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      if (!Open(at)) continue;
      bool certain = false;
      const int number = PageNumberOf(lines_[at].plain, &certain);
      if (number == 0) continue;
      if (certain) {
        uses_[at] = LineUse::kPageStamp;
        continue;
      }
      if (!run.empty() && (number <= last || number > last + 5)) end_run();
      run.push_back(at);
      last = number;
    }
    end_run();
  }

  void MarkWatermarks() {
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      if (Open(at) && std::find(kWatermarks.begin(), kWatermarks.end(), lines_[at].plain) !=
                          kWatermarks.end()) {
        uses_[at] = LineUse::kWatermark;
      }
    }
  }

  // An entry: dots or a tab or a gap before a page number, or the words of a heading of the body.
  bool IsContentsEntry(std::size_t at) const {
    const std::string& raw = document_.lines[at];
    if (absl::StrContains(raw, ".....") || absl::StrContains(raw, "…….") ||
        absl::StrContains(raw, "……")) {
      return true;
    }
    std::string tail = raw;
    while (!tail.empty() && (tail.back() == ' ' || tail.back() == '\t')) tail.pop_back();
    std::size_t digits = 0;
    while (digits < tail.size() && IsDigit(tail[tail.size() - 1 - digits])) ++digits;
    const bool numbered = digits >= 1 && digits <= 3 && digits < tail.size();
    const std::size_t before = tail.size() - digits;
    if (numbered && (tail[before - 1] == '\t' || absl::EndsWith(tail.substr(0, before), "  ")))
      return true;
    const std::string key = PlainKey(numbered ? tail.substr(0, before) : tail);
    if (key.size() >= 6 && repeated_.contains(key)) return true;
    return ParseHeading(PlainText(raw)).kind > HeadingKind::kNumbered && raw.size() <= 300 &&
           !EndsSentence(PlainText(raw));
  }

  void MarkContents() {
    std::unordered_map<std::string, std::size_t> keys;
    for (const Line& line : lines_) {
      std::string key = PlainKey(line.plain);
      if (++keys[key] == 2) repeated_.insert(std::move(key));
    }
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      absl::string_view plain = lines_[at].plain;
      while (!plain.empty() && (plain.back() == ':' || plain.back() == ' ')) plain.remove_suffix(1);
      const bool heads = Open(at) && std::find(kContentsHeadings.begin(), kContentsHeadings.end(),
                                               plain) != kContentsHeadings.end();
      if (heads) at = MarkEntries(at);
    }
  }

  // Entries with leaders and page numbers, three or more near each other, though no heading says
  // so.
  void MarkLeaders() {
    std::vector<std::size_t> run;
    const auto end_run = [&] {
      for (std::size_t at : run) {
        if (run.size() >= kRepeats) uses_[at] = LineUse::kContents;
      }
      run.clear();
    };
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      if (!Open(at)) continue;
      // A long title has its dots and page number below it.
      if (IsLeaders(at) || LeadersBelow(at) || (!run.empty() && TitleInContents(at))) {
        run.push_back(at);
      } else {
        end_run();
      }
    }
    end_run();
  }

  // Whether the next line is dots and a page number, nothing else.
  bool LeadersBelow(std::size_t at) const {
    if (at + 1 >= lines_.size() || !Open(at + 1) || !IsLeaders(at + 1)) return false;
    const std::string& plain = lines_[at + 1].plain;
    return std::none_of(plain.begin(), plain.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }

  // « Axe 2 : Enfance » between entries with page numbers.
  bool TitleInContents(std::size_t at) const {
    if (ParseHeading(PlainText(document_.lines[at])).kind <= HeadingKind::kNumbered) return false;
    return at + 2 < lines_.size() && Open(at + 1) && (LeadersBelow(at + 1) || IsLeaders(at + 1));
  }

  bool IsLeaders(std::size_t at) const {
    // « Présents :...... 24 » counts heads, not pages.
    for (const Figure figure : {Figure::kMembersInOffice, Figure::kPresent, Figure::kRepresented,
                                Figure::kVotesFor, Figure::kVotesAgainst, Figure::kAbstentions}) {
      if (!FigureIn(lines_[at].plain, figure).empty()) return false;
    }
    const std::string& raw = document_.lines[at];
    const std::size_t end = raw.find_last_not_of(" \t");
    const bool leads = absl::StrContains(raw, ".....") || absl::StrContains(raw, "……");
    return leads && end != std::string::npos && IsDigit(raw[end]);
  }

  // Marks the entries under the heading at `at`, when there are some; the last line looked at.
  std::size_t MarkEntries(std::size_t heading) {
    std::vector<std::size_t> entries;
    std::unordered_set<std::string> seen;
    std::size_t at = heading + 1;
    for (; at < lines_.size(); ++at) {
      if (!Open(at)) continue;
      // Where a heading comes back without page number, the body has begun.
      if (!IsContentsEntry(at) || !seen.insert(lines_[at].key).second) break;
      entries.push_back(at);
    }
    DropBody(&entries);
    if (entries.size() < 2) return heading;
    uses_[heading] = LineUse::kContents;
    for (std::size_t entry : entries) uses_[entry] = LineUse::kContents;
    return entries.back();
  }

  // Entries at the end that are the body's own first headings: after a gap, without page number,
  // where the entries before have one.
  void DropBody(std::vector<std::size_t>* entries) const {
    const auto paged = [this](std::size_t at) {
      const std::string& raw = document_.lines[at];
      const std::size_t end = raw.find_last_not_of(" \t");
      if (end == std::string::npos || !IsDigit(raw[end])) return false;
      const Heading heading =
          ParseHeading(PlainText(raw));  // « Fiche 1 » ends with its own number.
      return heading.kind == HeadingKind::kNone || !heading.title.empty();
    };
    const auto last_paged = std::find_if(entries->rbegin(), entries->rend(), paged);
    if (last_paged == entries->rend()) return;
    for (auto entry = last_paged.base(); entry != entries->end(); ++entry) {
      if (*entry - *(entry - 1) < 2) continue;
      entries->erase(entry, entries->end());
      return;
    }
  }

  // Whether the text on both sides of line `at` is one sentence.
  bool CutsSentence(std::size_t at) const {
    std::size_t before = at;
    while (before > 0 && uses_[--before] == LineUse::kBlank) {
    }
    std::size_t after = at + 1;
    while (after < lines_.size() && uses_[after] == LineUse::kBlank) ++after;
    if (before == at || after >= lines_.size()) return false;
    const std::string& text = document_.lines[before];
    const std::string& rest = document_.lines[after];
    if (IsTabRow(text) || IsTabRow(rest) || HasBlockTag(text) || HasBlockTag(rest)) return false;
    // « Action 2 : … » over « Pilote » and a name printed small is no sentence.
    if (ParseHeading(PlainText(text)).kind != HeadingKind::kNone) return false;
    return text.size() > 40 && !EndsSentence(text) && StartsLower(rest) &&
           BulletOf(rest).bytes == 0;
  }

  bool NearPageEdge(std::size_t at) const {
    for (std::size_t near = at > 2 ? at - 2 : 0; near < lines_.size() && near <= at + 2; ++near) {
      if (near != at && uses_[near] == LineUse::kPageStamp) return true;
    }
    return false;
  }

  // Whether « Page 3 sur 14 » is the very next line, or the one before.
  bool TouchesPageNumber(std::size_t at) const {
    for (std::size_t near = at > 0 ? at - 1 : 0; near < lines_.size() && near <= at + 1; ++near) {
      bool certain = false;
      const bool number = near != at && uses_[near] == LineUse::kPageStamp &&
                          PageNumberOf(lines_[near].plain, &certain) > 0;
      if (number) return true;
    }
    return false;
  }

  std::size_t LinesBefore(std::size_t at) const {
    return static_cast<std::size_t>(
        std::count_if(uses_.begin(), uses_.begin() + static_cast<std::ptrdiff_t>(at),
                      [](LineUse use) { return use != LineUse::kBlank; }));
  }

  static bool NamesConvention(absl::string_view key) {
    for (absl::string_view words :
         {"convention territoriale globale", "conseil municipal du", "conseil communautaire du",
          "seance du", "deliberation n", "annexe a la deliberation"}) {
      if (absl::StrContains(key, words)) return true;
    }
    return absl::StartsWith(key, "ctg ");
  }

  static bool IsPeriod(absl::string_view key) {  // « 2021-2025 » under the title.
    std::size_t digits = 0;
    for (char c : key) {
      if (IsDigit(c)) {
        ++digits;
      } else if (c != ' ' && c != '-' && c != '/') {
        return false;
      }
    }
    return digits == 8;
  }

  void MarkHeaders() {
    std::map<std::string, std::vector<std::size_t>> places;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      const std::string& key = lines_[at].key;
      if (!Open(at) || key.size() < 4 || key.size() > kHeaderCharacters) continue;
      const std::string& raw = document_.lines[at];
      if (IsTabRow(raw) || IsPipeRow(raw) || BulletOf(raw).bytes > 0) continue;
      if (ParseHeading(PlainText(raw)).kind != HeadingKind::kNone) continue;
      if (IsRubric(WholeLabel(PlainText(raw)))) continue;  // « Contexte » in each sheet.
      places[key].push_back(at);
    }
    for (const auto& [key, at] : places) {
      if (at.size() < kRepeats || key.back() == ':') continue;
      std::size_t cuts = 0;
      std::size_t edges = 0;
      std::size_t paged = 0;
      for (std::size_t each : at) {
        cuts += CutsSentence(each) ? 1 : 0;
        edges += NearPageEdge(each) ? 1 : 0;
        paged += lines_[each].key != lines_[each].plain ? 1 : 0;
      }
      const bool header = (cuts >= 2) || edges * 2 > at.size() || paged * 2 > at.size() ||
                          NamesConvention(key) || IsPeriod(key);
      if (!header) continue;
      // The first one is the title itself, unless it too carries a page number or stands by one, or
      // the document is well under way.
      const bool numbered = lines_[at[0]].key != lines_[at[0]].plain || TouchesPageNumber(at[0]);
      const bool late = LinesBefore(at[0]) > kCoverLines;
      const std::size_t first = numbered || late ? 0 : 1;
      for (std::size_t i = first; i < at.size(); ++i) uses_[at[i]] = LineUse::kPageHeader;
    }
  }

  const Document& document_;
  std::vector<Line> lines_;
  std::vector<LineUse> uses_;
  std::unordered_set<std::string> repeated_;  // Keys of lines that stand twice or more.
};

}  // namespace

std::vector<LineUse> FindFurniture(const Document& document) { return Furniture(document).Find(); }

}  // namespace greffe::reader
