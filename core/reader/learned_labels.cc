#include "core/reader/learned_labels.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "core/reader/fold.h"
#include "core/reader/heading.h"
#include "core/reader/letters.h"
#include "core/reader/plan_ref.h"
#include "core/reader/when.h"

namespace greffe::reader {
namespace {

struct LabelWords {
  absl::string_view words;
  LabelRole role;
};
constexpr LabelWords kLearnedLabelWords[] = {
#include "core/reader/lexicon/label_words.inc"
};

constexpr std::size_t kLabelBytes = 70;
constexpr std::size_t kLabelMostWords = 9;
constexpr std::size_t kSheetsLeast = 3;      // A label that recurs less often may be chance.
constexpr std::size_t kItemLabelsLeast = 3;  // Fewer items with labels are no form.

// The label without its number: « 2. En quoi elle consiste ».
absl::string_view WithoutNumber(absl::string_view label, std::string* kept) {
  const Heading heading = ParseHeading(label);
  if (heading.kind != HeadingKind::kNumbered || heading.title.empty()) return label;
  *kept = heading.title;
  return *kept;
}

// What a label may look like: some words with a capital first, no number, no date.
bool MayBeLabel(absl::string_view text) {
  if (text.empty() || text.size() > kLabelBytes || !HasWords(text) || StartsLower(text))
    return false;
  if (ParseHeading(text).kind > HeadingKind::kNumbered || IsWhen(text)) return false;
  const std::vector<Word> words = Words(text);
  return words.size() <= kLabelMostWords &&
         std::none_of(words.begin(), words.end(), [](const Word& word) { return word.number; });
}

// « Nombre de … », « Taux de … »: words that open an indicator.
bool CountsSomething(absl::string_view text) {
  static constexpr absl::string_view kOpenings[] = {
      "nombre",    "nb",    "taux",          "part",        "pourcentage",
      "evolution", "delai", "frequentation", "satisfaction"};
  const std::vector<Word> words = Words(text.substr(0, 60));
  return !words.empty() && std::find(std::begin(kOpenings), std::end(kOpenings), words[0].folded) !=
                               std::end(kOpenings);
}

// « 2024 : … »: a step of a schedule.
bool IsDated(absl::string_view text) {
  const When when = WhenAtStart(text);
  if (when.end == when.begin) return false;
  return when.year || TrimBlanks(text.substr(when.end)).substr(0, 1) == ":";
}

// How often a label stands in a sheet, and what stands below it.
struct Candidate {
  std::size_t last_sheet = 0;
  std::size_t sheets = 0;
  std::size_t times = 0;
  bool loose = false;  // It stood among the dates or items of another label: it may be one of them.
  std::size_t entries = 0;
  std::size_t dated = 0;
  std::size_t counted = 0;
};

class Learner {
 public:
  Learner(const std::vector<Block>& blocks, const std::vector<Region>& regions) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      worded_ = worded_ || (regions[i] == Region::kPlan && OpensSheet(blocks[i]));
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (regions[i] == Region::kPlan && blocks[i].kind != BlockKind::kContents) Look(blocks[i]);
    }
  }

  std::map<std::string, LabelRole> Roles() const {
    std::map<std::string, LabelRole> roles;
    for (const auto& [label, seen] : candidates_) {
      if (WholeLabel(label) != LabelRole::kNone || !Recurs(seen)) continue;
      const LabelRole role = RoleOf(label, seen);
      if (role != LabelRole::kNone) roles.emplace(label, role);
    }
    return roles;
  }

  std::set<std::string> ItemLabels() const {
    std::set<std::string> labels;
    for (const auto& [label, seen] : items_) {
      if (Recurs(seen)) labels.insert(label);
    }
    if (labels.size() < kItemLabelsLeast) labels.clear();
    return labels;
  }

 private:
  void Look(const Block& block) {
    // Numbers alone head the sheets where no word does: « E1.1 … » may stand inside one.
    const bool numbered = !worded_ && block.kind != BlockKind::kListItem &&
                          block.heading.kind == HeadingKind::kNumbered &&
                          RefParts(block.heading.number).size() >= 2;
    if (OpensSheet(block) || numbered) {
      ++sheet_;
      open_ = nullptr;
      return;
    }
    if (sheet_ == 0) return;
    if (block.kind == BlockKind::kTable) {
      for (const Row& row : block.rows) LookAtRow(row);
      return;
    }
    const bool item = block.kind == BlockKind::kListItem;
    for (const BlockLine& line : block.parts) {
      const absl::string_view text = line.text;
      const std::size_t colon = text.find(':');
      const bool marked = colon != absl::string_view::npos && colon > 0;
      const bool alone = !item && block.parts.size() == 1 && !EndsSentence(text);
      const absl::string_view label = TrimBlanks(marked ? text.substr(0, colon) : text);
      if (!(marked || alone) || !Note(label, item)) {
        NoteEntry(text, item);
        continue;
      }
      const absl::string_view value = marked ? TrimBlanks(text.substr(colon + 1)) : "";
      if (HasWords(value)) NoteEntry(value, false);
    }
  }

  static bool OpensSheet(const Block& block) {
    return block.heading.kind == HeadingKind::kAction && block.kind != BlockKind::kListItem &&
           block.kind != BlockKind::kContents;
  }

  void LookAtRow(const Row& row) {
    if (row.cells.empty()) return;
    if (ParseHeading(row.cells[0].text).kind == HeadingKind::kAction) {
      ++sheet_;
      return;
    }
    if (row.cells.size() < 2 || row.cells[1].text.empty()) return;
    if (!Note(row.cells[0].text, false)) return;
    for (const Part& part : row.cells[1].parts) NoteEntry(part.text, part.item);
  }

  bool Note(absl::string_view printed, bool item) {
    std::string kept;
    const absl::string_view label = WithoutNumber(printed, &kept);
    if (!MayBeLabel(label)) return false;
    const bool known = IsRubric(WholeLabel(label));
    if (item && !known) return false;
    Candidate& seen = (item ? items_ : candidates_)[Fold(label)];
    if (seen.last_sheet != sheet_) ++seen.sheets;
    seen.last_sheet = sheet_;
    ++seen.times;
    // Below « Calendrier », « Court terme : … » is a step unless a list stands between.
    const bool loose = in_list_role_ && !items_below_;
    seen.loose = seen.loose || loose;
    if (item) return true;
    open_ = &seen;
    const LabelRole role = known ? WholeLabel(label) : RoleByWords(label);
    if (loose && role == LabelRole::kNone) return true;
    in_list_role_ = role == LabelRole::kSchedule || role == LabelRole::kIndicators ||
                    role == LabelRole::kExpectedResults || role == LabelRole::kMeans;
    items_below_ = false;
    return true;
  }

  void NoteEntry(absl::string_view text, bool item) {
    items_below_ = items_below_ || item;
    if (open_ == nullptr || !HasWords(text)) return;
    ++open_->entries;
    open_->dated += IsDated(text) ? 1 : 0;
    open_->counted += CountsSomething(text) ? 1 : 0;
  }

  // In half of the sheets or more, and about once in each.
  bool Recurs(const Candidate& seen) const {
    return seen.sheets >= kSheetsLeast && seen.sheets * 2 >= sheet_ &&
           seen.times * 2 <= seen.sheets * 3;
  }

  static LabelRole RoleOf(const std::string& label, const Candidate& seen) {
    const LabelRole words = RoleByWords(label);
    const bool steps = seen.entries >= kSheetsLeast && seen.dated * 5 >= seen.entries * 3;
    const bool counts = seen.entries >= kSheetsLeast && seen.counted * 5 >= seen.entries * 3;
    if (words == LabelRole::kNone && seen.loose) return LabelRole::kNone;
    if (words != LabelRole::kNone && words != LabelRole::kContent) return words;
    if (steps) return LabelRole::kSchedule;
    if (counts) return LabelRole::kIndicators;
    return words == LabelRole::kNone ? LabelRole::kOther : words;
  }

  bool worded_ = false;  // A word heads the sheets: « Fiche 3 », « Action 3 ».
  std::size_t sheet_ = 0;
  std::map<std::string, Candidate> candidates_;
  std::map<std::string, Candidate> items_;
  Candidate* open_ = nullptr;
  bool in_list_role_ = false;
  bool items_below_ = false;
};

}  // namespace

LabelRole RoleByWords(absl::string_view label) {
  const std::vector<Word> words = Words(label);
  for (const LabelWords& each : kLearnedLabelWords) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (MatchPhrase(each.words, words, at) > 0) return each.role;
    }
  }
  return LabelRole::kNone;
}

LearnedLabels::LearnedLabels(const std::vector<Block>& blocks, const std::vector<Region>& regions) {
  const Learner learner(blocks, regions);
  roles_ = learner.Roles();
  item_labels_ = learner.ItemLabels();
}

LabelRole LearnedLabels::RoleOf(absl::string_view label) const {
  if (roles_.empty() || label.size() > 2 * kLabelBytes) return LabelRole::kNone;
  std::string kept;
  const auto at = roles_.find(Fold(WithoutNumber(label, &kept)));
  return at == roles_.end() ? LabelRole::kNone : at->second;
}

LabelRole LearnedLabels::Label(absl::string_view text) const {
  const LabelRole role = WholeLabel(text);
  return role != LabelRole::kNone ? role : RoleOf(text);
}

bool LearnedLabels::IsItemLabel(absl::string_view label) const {
  return item_labels_.count(Fold(label)) > 0;
}

}  // namespace greffe::reader
