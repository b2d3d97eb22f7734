#include "core/reader/schedule.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/when.h"

namespace greffe::reader {
namespace {

// A stretch of one entry that one date opens.
struct Stretch {
  std::string when;
  std::string text;
};

absl::string_view SkipMarks(absl::string_view text, bool* colon) {
  static constexpr absl::string_view kMarks[] = {
      ":", "-", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x86\x92", "\xE2\x80\xA2", "\xEF\x82\xB7",
      "*"};
  for (bool again = true; again;) {
    again = false;
    text = TrimBlanks(text);
    for (const absl::string_view mark : kMarks) {
      if (text.substr(0, mark.size()) != mark) continue;
      text.remove_prefix(mark.size());
      *colon = true;
      again = true;
    }
  }
  return text;
}

bool IsMarked(const Part& part, std::size_t at) {
  return std::any_of(part.marked.begin(), part.marked.end(),
                     [&](const Range& range) { return range.begin <= at && at < range.end; });
}

// Words that open no date in the middle of a text; « dès » does, « des » does not.
bool OpensGlue(absl::string_view text, const Word& word) {
  const absl::string_view folded = word.folded;
  if (folded == "des") return text.substr(word.begin, 2) != "d\xC3" && !word.capital;
  return folded == "de" || folded == "d" || folded == "et" || folded == "la" || folded == "le" ||
         folded == "les" || folded == "l" || folded == "n" || folded == "du" || folded == "aux" ||
         folded == "ou" || folded == "puis";
}

// Whether the date at words[at] opens a stretch.
bool OpensEntry(const Part& part, const std::vector<Word>& words, std::size_t at,
                const When& when) {
  const absl::string_view text = part.text;
  bool mark = false;
  const absl::string_view after = SkipMarks(text.substr(when.end), &mark);
  if (at == 0) {
    const std::vector<Word> next = Words(after.substr(0, 40));
    return when.year || mark || after.empty() || IsMarked(part, when.begin) ||
           (!next.empty() && next[0].capital);
  }
  const absl::string_view word = words[at].folded;
  if (OpensGlue(text, words[at]) &&
      !(word == "d" && at + 1 < words.size() && words[at + 1].folded == "ici")) {
    return false;
  }
  const absl::string_view between =
      text.substr(words[at - 1].end, words[at].begin - words[at - 1].end);
  if (IsMarked(part, when.begin) && !IsMarked(part, words[at - 1].begin)) return true;
  const bool sentence = between.find_first_of(".;!?") != absl::string_view::npos;
  if (mark && after.data() != nullptr) {
    const bool printed_colon = TrimBlanks(text.substr(when.end)).substr(0, 1) == ":" || sentence;
    const bool binds = between.find_first_of("(,:/") != absl::string_view::npos;
    return printed_colon && !binds && (words[at].capital || words[at].number || sentence);
  }
  const std::vector<Word> next = Words(after.substr(0, 40));
  return sentence && (words[at].capital || words[at].number) && !next.empty() && next[0].capital;
}

std::vector<Stretch> Cut(const Part& part) {
  const absl::string_view text = part.text;
  const std::vector<Word> words = Words(ClearYears(text));
  std::vector<Stretch> stretches(1);
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    bool colon = false;
    absl::string_view rest = text.substr(begin, end - begin);
    if (!stretches.back().when.empty()) rest = SkipMarks(rest, &colon);
    stretches.back().text = std::string(TrimBlanks(rest));
  };
  for (std::size_t i = 0; i < words.size();) {
    const When when = WhenAt(text, words, i);
    if (when.end == when.begin || !OpensEntry(part, words, i, when)) {
      ++i;
      continue;
    }
    close(when.begin);
    if (stretches.size() > 1 || !stretches.back().text.empty()) stretches.emplace_back();
    stretches.back().when = std::string(text.substr(when.begin, when.end - when.begin));
    begin = when.end;
    while (i < words.size() && words[i].begin < when.end) ++i;
  }
  close(text.size());
  return stretches;
}

// « … dès 2023 » at the end of a text without a date before it.
bool TakeLastDate(Stretch& stretch) {
  const std::vector<Word> words = Words(stretch.text);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const When when = WhenAt(stretch.text, words, i);
    if (when.end == when.begin || when.end != words.back().end || !when.year || !when.lead)
      continue;
    if (OpensGlue(stretch.text, words[i])) continue;
    stretch.when = stretch.text.substr(when.begin, when.end - when.begin);
    stretch.text = std::string(TrimBlanks(absl::string_view(stretch.text).substr(0, when.begin)));
    return true;
  }
  return false;
}

// « études en 2024, travaux en 2025 ; ouverture en mars 2026 »: each piece with its own date at its
// end is a step. Empty where one of them has none.
std::vector<Stretch> CutAtCommas(absl::string_view text) {
  std::vector<Stretch> steps;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(",;", begin), text.size());
    Stretch step{.when = {}, .text = std::string(TrimBlanks(text.substr(begin, end - begin)))};
    if (!TakeLastDate(step)) return {};
    steps.push_back(std::move(step));
    begin = end + 1;
  }
  return steps;
}

struct Box {
  absl::string_view mark;
  bool ticked;
};
constexpr Box kBoxes[] = {{"\u2610", false}, {"\u25A1", false}, {"\u2611", true}, {"\u2612", true},
                          {"\u2714", true},  {"\u25A0", true},  {"\u2713", true}};

const Box* BoxAt(absl::string_view text) {
  for (const Box& box : kBoxes) {
    if (text.substr(0, box.mark.size()) == box.mark) return &box;
  }
  return nullptr;
}

// « ☐ 2023 ☒ 2024 », « 2023 ☐ 2024 ☒ »: the dates whose boxes are ticked. Empty when the text is
// no row of boxes and dates, two at least.
std::vector<std::string> TickedDates(absl::string_view text) {
  std::vector<std::string> ticked;
  std::vector<std::string> dates;
  std::vector<const Box*> boxes;
  std::string date;
  const auto flush = [&] {
    const absl::string_view whole = TrimBlanks(date);
    if (!whole.empty()) dates.emplace_back(whole);
    date.clear();
  };
  while (!text.empty()) {
    if (const Box* box = BoxAt(text)) {
      flush();
      boxes.push_back(box);
      text.remove_prefix(box->mark.size());
      continue;
    }
    date += text.front();
    text.remove_prefix(1);
  }
  flush();
  if (dates.size() < 2 || dates.size() != boxes.size()) return {};
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (!IsWhen(dates[i])) return {};
    if (boxes[i]->ticked) ticked.push_back(dates[i]);
  }
  return ticked;
}

}  // namespace

std::vector<ScheduleStep> ReadSchedule(const std::vector<Entry>& entries) {
  std::vector<ScheduleStep> steps;
  std::string now;
  Lines now_lines;
  bool waiting = false;  // A date that has no text yet.
  const auto add = [&](std::string when, std::string text, Lines lines) {
    ScheduleStep step;
    step.when = std::move(when);
    step.text.text = std::move(text);
    step.text.source.lines.push_back(lines);
    if (!(now_lines == lines) && !step.when.empty() && now_lines.first != 0) {
      step.text.source.lines.insert(step.text.source.lines.begin(), now_lines);
    }
    steps.push_back(std::move(step));
  };
  for (const Entry& entry : entries) {
    const std::vector<std::string> ticked = TickedDates(entry.part.text);
    for (const std::string& date : ticked) add(date, "", entry.lines);
    if (!ticked.empty()) continue;
    for (Stretch& stretch : Cut(entry.part)) {
      if (!stretch.when.empty()) {
        if (waiting) add(now, "", now_lines);
        now = stretch.when;
        now_lines = entry.lines;
        waiting = stretch.text.empty();
        if (!waiting) add(now, std::move(stretch.text), entry.lines);
        continue;
      }
      if (!HasWords(stretch.text)) continue;  // « * » before the date.
      if (now.empty()) {
        std::vector<Stretch> pieces = CutAtCommas(stretch.text);
        for (Stretch& piece : pieces)
          add(std::move(piece.when), std::move(piece.text), entry.lines);
        if (!pieces.empty()) continue;
      }
      if (now.empty() && TakeLastDate(stretch)) {
        add(std::move(stretch.when), std::move(stretch.text), entry.lines);
        continue;
      }
      add(now, std::move(stretch.text), entry.lines);
      waiting = false;
    }
  }
  if (waiting) add(now, "", now_lines);
  return steps;
}

}  // namespace greffe::reader
