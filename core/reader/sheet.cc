#include "core/reader/sheet.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/when.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

struct StateWords {
  absl::string_view words;
  v1::FilledState state;
};
constexpr StateWords kStateWords[] = {
#include "core/reader/lexicon/states.inc"
};

constexpr uint32_t kUnlabelledConfidence = 60;
constexpr uint32_t kCutConfidence = 80;  // An item that was cut where no break is printed.

v1::FilledState StateOfText(absl::string_view text) {
  const std::string fold = Fold(text);
  if (fold.empty()) {
    if (text.find('?') != absl::string_view::npos) return v1::FILLED_STATE_OPEN;
    return text.find_first_of("/-") != absl::string_view::npos ? v1::FILLED_STATE_NONE
                                                               : v1::FILLED_STATE_BLANK;
  }
  const auto* found = std::find_if(std::begin(kStateWords), std::end(kStateWords),
                                   [&](const StateWords& each) { return fold == each.words; });
  // « À définir avec les familles »: still open, and with whom.
  for (const absl::string_view open : {"a definir ", "a preciser ", "a determiner "}) {
    for (const absl::string_view how : {"avec ", "par ", "selon ", "lors ", "en ", "apres "}) {
      if (absl::StartsWith(fold, absl::StrCat(open, how))) return v1::FILLED_STATE_OPEN;
    }
  }
  return found == std::end(kStateWords) ? v1::FILLED_STATE_FILLED : found->state;
}

// « Cf PEDT »: the content is elsewhere.
bool IsPointer(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.empty() || words.size() > 8) return false;
  return words[0].folded == "cf" || words[0].folded == "voir" || words[0].folded == "idem";
}

// The items of a rubric whose line breaks may be lost.
std::vector<Text> CutEntries(const std::vector<Entry>& entries, bool from_cell,
                             const Vocabulary& vocabulary) {
  std::vector<Text> items;
  const bool bullets = std::any_of(entries.begin(), entries.end(),
                                   [](const Entry& entry) { return entry.part.item; });
  for (const Entry& entry : entries) {
    if (!from_cell && (entry.part.item || entries.size() > 1)) {
      items.push_back(MakeText(entry.part.text, entry.lines));
      continue;
    }
    const Cutting cutting = bullets || entries.size() > 2 ? Cutting::kStarters : Cutting::kCapitals;
    std::vector<std::string> cut = CutGlued(entry.part.text, vocabulary, cutting);
    const uint32_t confidence = cut.size() > 1 ? kCutConfidence : 100;
    for (std::string& item : cut) {
      items.push_back(MakeText(std::move(item), entry.lines, confidence));
    }
  }
  return items;
}

// « Étapes : - 2023 : … - 2024 : … » is a schedule by what it holds.
bool IsDatedSteps(absl::string_view label, const std::vector<Entry>& entries) {
  const std::vector<Word> words = Words(label);
  const bool steps = std::any_of(words.begin(), words.end(), [](const Word& word) {
    return word.folded.substr(0, 5) == "etape" || word.folded.substr(0, 5) == "phase";
  });
  return steps && !entries.empty() &&
         std::all_of(entries.begin(), entries.end(), [](const Entry& entry) {
           const absl::string_view text = entry.part.text;
           const When when = WhenAtStart(text);
           const bool said =
               when.end > when.begin && TrimBlanks(text.substr(when.end)).substr(0, 1) == ":";
           return when.year || said;
         });
}

// A results label glued to the first result: « Résultats attendus Emergence… ». Its bytes, or 0.
std::size_t GluedResultsLabel(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.size() < 4 || !words[0].capital) return 0;
  for (std::size_t i = 2; i <= 3; ++i) {
    const absl::string_view label = text.substr(0, words[i - 1].end);
    const absl::string_view gap = text.substr(words[i - 1].end, words[i].begin - words[i - 1].end);
    const bool cut = words[i].capital || gap.find(':') != absl::string_view::npos;
    if (cut && WholeLabel(label) == LabelRole::kExpectedResults) return words[i].begin;
  }
  return 0;
}

}  // namespace

v1::FilledState StateOf(const std::vector<Entry>& entries) {
  v1::FilledState state = v1::FILLED_STATE_BLANK;
  for (const Entry& entry : entries) {
    const v1::FilledState one = StateOfText(entry.part.text);
    if (one == v1::FILLED_STATE_FILLED) return one;
    if (one != v1::FILLED_STATE_BLANK) state = one;
  }
  return state;
}

void SheetBuilder::Open(LabelRole role, Text label) {
  open_ = true;
  if (!rubrics_.empty() && rubrics_.back().role == role && rubrics_.back().label.text.empty()) {
    rubrics_.back().label = std::move(label);
    return;
  }
  rubrics_.emplace_back();
  rubrics_.back().role = role;
  rubrics_.back().label = std::move(label);
}

void SheetBuilder::ExtendLabel(absl::string_view text, Lines lines) {
  if (rubrics_.empty() || text.empty()) return;
  Text& label = rubrics_.back().label;
  absl::StrAppend(&label.text, label.text.empty() ? "" : " ", text);
  label.source.lines.push_back(lines);
  const LabelRole role = CellLabel(label.text);
  if (rubrics_.back().role == LabelRole::kOther && role != LabelRole::kOther) {
    rubrics_.back().role = role;
  }
}

bool SheetBuilder::ExtendText(const Cell& cell) {
  if (!open_ || rubrics_.back().entries.empty() || cell.parts.size() != 1 || cell.parts[0].item ||
      !StartsLower(cell.text)) {
    return false;
  }
  Entry& last = rubrics_.back().entries.back();
  if (EndsSentence(last.part.text)) return false;
  absl::StrAppend(&last.part.text, " ", cell.text);
  last.lines.last = std::max(last.lines.last, cell.lines.last);
  return true;
}

void SheetBuilder::Add(Entry entry, bool from_cell) {
  if (!open_) {
    Open(LabelRole::kContext, Text{});
  }
  if (from_cell && rubrics_.back().role == LabelRole::kContent) {
    const std::size_t label = GluedResultsLabel(entry.part.text);
    if (label > 0) {
      absl::string_view printed = absl::string_view(entry.part.text).substr(0, label);
      Open(LabelRole::kExpectedResults, MakeText(OneSpaced(printed), entry.lines));
      entry.part.text.erase(0, label);
      entry.part.marked.clear();
    }
  }
  rubrics_.back().from_cell = rubrics_.back().from_cell || from_cell;
  rubrics_.back().entries.push_back(std::move(entry));
}

void SheetBuilder::AddRow(std::string text, Lines lines) {
  if (!open_ || rubrics_.back().role != LabelRole::kOther) Open(LabelRole::kOther, Text{});
  Entry entry;
  entry.part.text = std::move(text);
  entry.lines = lines;
  rubrics_.back().entries.push_back(std::move(entry));
}

bool SheetBuilder::Has(LabelRole role) const {
  return std::any_of(rubrics_.begin(), rubrics_.end(),
                     [&](const OpenRubric& each) { return each.role == role; });
}

LabelRole SheetBuilder::FirstRole() const {
  return rubrics_.empty() ? LabelRole::kNone : rubrics_.front().role;
}

std::vector<Indicator> ReadIndicators(const std::vector<Entry>& entries, v1::IndicatorKind kind,
                                      bool from_cell, const Vocabulary& vocabulary) {
  std::vector<Entry> kept;
  std::vector<Indicator> indicators;
  const auto flush = [&] {
    for (Text& text : CutEntries(kept, from_cell, vocabulary)) {
      indicators.emplace_back();
      indicators.back().kind = kind;
      indicators.back().text = std::move(text);
    }
    kept.clear();
  };
  for (const Entry& entry : entries) {
    const absl::string_view text = entry.part.text;
    const std::size_t colon = text.find(':');
    const v1::IndicatorKind whole = IndicatorKindOf(WholeLabel(text));
    if (whole != v1::INDICATOR_KIND_UNSPECIFIED && Words(text).size() <= 4) {
      flush();
      kind = whole;
      continue;
    }
    if (colon != absl::string_view::npos) {
      const absl::string_view rest = TrimBlanks(text.substr(colon + 1));
      const LabelRole role = WholeLabel(text.substr(0, colon));
      const v1::IndicatorKind lead = IndicatorKindOf(role);
      // « Réalisation du projet : … » is an indicator, « Réalisation : … » sorts one.
      const std::string label = Fold(text.substr(0, colon));
      const bool sorts = label.find(' ') == std::string::npos ||
                         label.substr(0, 10) == "indicateur" || label.substr(0, 7) == "critere";
      if (sorts && (lead != v1::INDICATOR_KIND_UNSPECIFIED || role == LabelRole::kIndicators)) {
        flush();
        if (lead != v1::INDICATOR_KIND_UNSPECIFIED) kind = lead;
        if (rest.empty()) continue;
        Entry cut = entry;
        cut.part.text = std::string(rest);
        kept.push_back(std::move(cut));
        continue;
      }
    }
    if (HasWords(text)) kept.push_back(entry);
  }
  flush();
  return indicators;
}

namespace {

// Where « Réalisation : » stands at the end of an entry, alone or below a bullet that it was glued
// to; npos where it does not.
std::size_t KindHead(absl::string_view text) {
  const absl::string_view trimmed = TrimBlanks(text);
  if (trimmed.empty() || trimmed.back() != ':') return absl::string_view::npos;
  const absl::string_view said = TrimBlanks(trimmed.substr(0, trimmed.size() - 1));
  const std::size_t space = said.rfind(' ');
  const absl::string_view word = space == absl::string_view::npos ? said : said.substr(space + 1);
  const bool kind = IndicatorKindOf(WholeLabel(word)) != v1::INDICATOR_KIND_UNSPECIFIED;
  if (!kind || StartsLower(word)) return absl::string_view::npos;
  return static_cast<std::size_t>(word.data() - text.data());
}

bool HasKindHead(const Entry& entry) {
  return KindHead(entry.part.text) != absl::string_view::npos;
}

}  // namespace

bool SheetBuilder::SortsByKind(std::size_t at) const {
  const std::vector<Entry>& entries = rubrics_[at].entries;
  // « Résultat : » that opens the indicators is a label of its own.
  const bool opens = at + 1 < rubrics_.size() &&
                     IndicatorKindOf(rubrics_[at + 1].role) != v1::INDICATOR_KIND_UNSPECIFIED;
  return opens || std::any_of(entries.begin(), entries.end(), HasKindHead);
}

// A label set in the middle of its cell's height leaves the first indicators to the results above
// it. The name of a kind tells them where the indicators below are sorted by such names, too:
// results may be sorted so themselves.
void SheetBuilder::GiveBackIndicators() {
  for (std::size_t i = 0; i + 1 < rubrics_.size(); ++i) {
    std::vector<Entry>& results = rubrics_[i].entries;
    std::vector<Entry>& indicators = rubrics_[i + 1].entries;
    if (rubrics_[i].role != LabelRole::kExpectedResults ||
        rubrics_[i + 1].role != LabelRole::kIndicators || !SortsByKind(i + 1)) {
      continue;
    }
    const auto from = std::find_if(results.begin(), results.end(), HasKindHead);
    if (from == results.end()) continue;
    const std::size_t head = KindHead(from->part.text);
    std::vector<Entry> given(from, results.end());
    given.front().part.text.erase(0, head);
    from->part.text.resize(head);
    results.erase(HasWords(from->part.text) ? from + 1 : from, results.end());
    indicators.insert(indicators.begin(), std::make_move_iterator(given.begin()),
                      std::make_move_iterator(given.end()));
  }
}

void SheetBuilder::Finish(const Vocabulary& vocabulary, Action* action) {
  GiveBackIndicators();
  const auto keep_label = [&](Text& label) {
    if (!label.text.empty()) action->labels.push_back(std::move(label));
  };
  for (OpenRubric& rubric : rubrics_) {
    if (rubric.role == LabelRole::kContent && IsDatedSteps(rubric.label.text, rubric.entries)) {
      rubric.role = LabelRole::kSchedule;
    }
    const v1::FilledState state = StateOf(rubric.entries);
    const bool filled = state == v1::FILLED_STATE_FILLED;
    const v1::IndicatorKind kind = IndicatorKindOf(rubric.role);
    const bool pointer = rubric.entries.size() == 1 && IsPointer(rubric.entries[0].part.text);
    if (rubric.role == LabelRole::kSchedule) {
      action->schedule_state = state;
      if (filled) {
        for (ScheduleStep& step : ReadSchedule(rubric.entries)) {
          action->schedule.push_back(std::move(step));
        }
        keep_label(rubric.label);
        continue;
      }
    } else if (rubric.role == LabelRole::kIndicators || kind != v1::INDICATOR_KIND_UNSPECIFIED) {
      // The heading over three kinds of indicators has nothing of its own.
      if (state == v1::FILLED_STATE_BLANK && kind == v1::INDICATOR_KIND_UNSPECIFIED) {
        keep_label(rubric.label);
        continue;
      }
      if (filled && !pointer) {
        for (Indicator& each : ReadIndicators(rubric.entries, kind, rubric.from_cell, vocabulary)) {
          action->indicators.push_back(std::move(each));
        }
        keep_label(rubric.label);
        continue;
      }
    } else if (rubric.role == LabelRole::kExpectedResults && filled && !pointer) {
      for (Text& text : CutEntries(rubric.entries, rubric.from_cell, vocabulary)) {
        action->expected_results.push_back(std::move(text));
      }
      keep_label(rubric.label);
      continue;
    }
    Rubric made;
    made.kind = RubricOf(rubric.role);
    made.label = std::move(rubric.label);
    made.state = state;
    for (Entry& entry : rubric.entries) {
      RubricEntry item;
      item.level = entry.part.level;
      const uint32_t confidence = made.label.text.empty() ? kUnlabelledConfidence : 100;
      item.text = MakeText(std::move(entry.part.text), entry.lines, confidence);
      made.items.push_back(std::move(item));
    }
    action->rubrics.push_back(std::move(made));
  }
  rubrics_.clear();
  open_ = false;
}

}  // namespace greffe::reader
