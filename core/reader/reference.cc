#include "core/reader/reference.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "core/reader/fold.h"
#include "core/reader/heading.h"
#include "core/reader/plan_ref.h"
#include "core/rules/instrument.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kReferencesMost = 20'000;
constexpr std::size_t kListMost = 6;  // « annexes 1, 2, 3 et 5 »

enum class Target { kAnnex, kArticle, kAction, kAxis };

bool IsRefWord(const Word& word) {
  if (word.number) return word.folded.size() <= 3;
  return word.capital && (word.folded.size() == 1 || RomanValue(word.folded) > 0);
}

bool SameNumber(absl::string_view a, absl::string_view b) {
  const std::string left = CanonicalRef(a);
  const std::string right = CanonicalRef(b);
  if (left == right) return !left.empty();
  const int roman_left = RomanValue(left);
  const int roman_right = RomanValue(right);
  if (roman_left > 0 && roman_right == 0) return absl::StrCat(roman_left) == right;
  if (roman_right > 0 && roman_left == 0) return absl::StrCat(roman_right) == left;
  return false;
}

class ReferenceFinder {
 public:
  explicit ReferenceFinder(const Convention& convention) : convention_(convention) {}

  std::vector<Reference> Find() {
    for (const Article& article : convention_.articles) {
      Scan(article.body, absl::StrCat("article:", article.number));
    }
    for (const Annex& annex : convention_.annexes) {
      Scan(annex.body, absl::StrCat("annex:", annex.number));
    }
    for (const Text& visa : convention_.visas) Scan(visa, "visa");
    for (const Section& section : convention_.sections) Scan(section.body, "section");
    for (const Action& action : convention_.actions) ScanAction(action);
    return std::move(found_);
  }

 private:
  void ScanAction(const Action& action) {
    const std::string from = absl::StrCat("action:", action.ref);
    action_ = &action;
    for (const Rubric& rubric : action.rubrics) {
      for (const RubricEntry& item : rubric.items) Scan(item.text, from);
    }
    for (const Text& result : action.expected_results) Scan(result, from);
    for (const ScheduleStep& step : action.schedule) Scan(step.text, from);
    for (const Indicator& indicator : action.indicators) Scan(indicator.text, from);
    action_ = nullptr;
  }

  void Scan(const Text& text, const std::string& from) {
    const std::vector<Word> words = Words(text.text);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      const absl::string_view word = words[i].folded;
      if (word == "annexe" || word == "annexes") {
        ScanList(text, words, i, Target::kAnnex, from);
      } else if (word == "article" || word == "articles") {
        ScanList(text, words, i, Target::kArticle, from);
      } else if (word == "axe" || word == "axes") {
        ScanList(text, words, i, Target::kAxis, from);
      } else if (word == "fiche" || word == "fiches" || word == "action" || word == "actions") {
        if (word.substr(0, 5) == "fiche" && i + 2 < words.size() &&
            words[i + 1].folded.substr(0, 6) == "action") {
          continue;  // « fiche action 3 »: read at « action ».
        }
        ScanList(text, words, i, Target::kAction, from);
      }
    }
  }

  // The numbers after words[at], such as « 2 et 3 ».
  void ScanList(const Text& text, const std::vector<Word>& words, std::size_t at, Target target,
                const std::string& from) {
    std::size_t next = at + 1;
    if (next < words.size() && (words[next].folded == "n" || words[next].folded == "no")) ++next;
    std::size_t mention = words[at].begin;
    std::vector<std::pair<std::string, std::string>> found;  // What is said, and the target.
    std::size_t end = next;
    for (std::size_t count = 0; count < kListMost && next < words.size(); ++count) {
      end = next;
      while (end < words.size() && end < next + 4 && IsPart(text.text, words, next, end)) ++end;
      if (end == next || !Plausible(text.text, words, next, end, target)) {
        end = next;
        break;
      }
      const std::string ref =
          text.text.substr(words[next].begin, words[end - 1].end - words[next].begin);
      std::string said = text.text.substr(mention, words[end - 1].end - mention);
      const bool outside = target == Target::kArticle && rules::IsArticleOfLaw(said);
      if (!outside) found.emplace_back(std::move(said), Resolve(ref, target));
      if (end >= words.size()) break;
      const absl::string_view gap = absl::string_view(text.text).substr(
          words[end - 1].end, words[end].begin - words[end - 1].end);
      const bool and_next = words[end].folded == "et" && end + 1 < words.size();
      if (!and_next && gap.substr(0, 1) != ",") break;
      next = and_next ? end + 1 : end;
      mention = words[next].begin;
    }
    // « articles 2, 3 et 4 de la loi »: what stands behind the list says of what they all are.
    // A visa cites texts that bind this one.
    const bool cited = from == "visa" && !OfThis(words, end);
    const bool law =
        target == Target::kArticle && (cited || IsOfLaw(words, end) || ActBefore(words, at));
    if (law || IsOfAct(words, end)) return;
    for (auto& [said, place] : found) Add(text, std::move(said), std::move(place), from);
  }

  static bool IsPart(absl::string_view text, const std::vector<Word>& words, std::size_t first,
                     std::size_t at) {
    const Word& word = words[at];
    const bool small = !word.number && !word.capital && at == first && word.folded.size() <= 2 &&
                       RomanValue(word.folded) > 0;  // « i.C.3 »
    if (!IsRefWord(word) && !small) return false;
    if (at == first) return true;
    const absl::string_view gap = text.substr(words[at - 1].end, word.begin - words[at - 1].end);
    return gap.empty() || gap == "." || gap == ". " || gap == "-";
  }

  // One number or capital alone counts for annexes, articles, axes and numbered actions; « A » in
  // « Action A minima » does not.
  static bool Plausible(absl::string_view text, const std::vector<Word>& words, std::size_t first,
                        std::size_t end, Target target) {
    if (words[first].number || end - first > 1) return true;
    if (target == Target::kAction) return false;
    const bool alone =
        end >= words.size() || !words[end].capital || text[words[end - 1].end] != ' ';
    return RomanValue(words[first].folded) > 0 && alone;
  }

  static bool IsOfLaw(const std::vector<Word>& words, std::size_t end) {
    if (end >= words.size()) return false;
    const absl::string_view next = words[end].folded;
    if (next != "de" && next != "du" && next != "des" && next != "d") return false;
    return !OfThis(words, end);
  }

  // « de la présente convention » behind words[end - 1].
  static bool OfThis(const std::vector<Word>& words, std::size_t end) {
    for (std::size_t i = end; i < std::min(words.size(), end + 5); ++i) {
      if (words[i].folded == "convention" || words[i].folded == "presente") return true;
    }
    return false;
  }

  static bool IsAct(const Word& word) {
    for (const char* act : {"loi", "code", "decret", "circulaire", "arrete", "ordonnance",
                            "reglement", "directive", "rgpd", "cgct", "casf", "css", "crpa"}) {
      if (word.folded == act) return true;
    }
    return false;
  }

  // « de la circulaire », « du décret » behind words[end - 1], which has annexes of its own.
  static bool IsOfAct(const std::vector<Word>& words, std::size_t end) {
    for (std::size_t i = end; i < std::min(words.size(), end + 3); ++i) {
      const absl::string_view word = words[i].folded;
      if (IsAct(words[i])) return true;
      if (word != "de" && word != "du" && word != "des" && word != "la" && word != "l" &&
          word != "d" && word != "un" && word != "une") {
        return false;
      }
    }
    return false;
  }

  // « la loi n° …, et notamment ses articles »: the act was named before.
  static bool ActBefore(const std::vector<Word>& words, std::size_t at) {
    if (at == 0 || (words[at - 1].folded != "ses" && words[at - 1].folded != "son")) return false;
    for (std::size_t i = at; i > 0 && at - i < 25; --i) {
      if (IsAct(words[i - 1])) return true;
    }
    return false;
  }

  std::string Resolve(absl::string_view ref, Target target) const {
    switch (target) {
      case Target::kAnnex:
        for (const Annex& annex : convention_.annexes) {
          if (SameNumber(annex.number, ref)) return absl::StrCat("annex:", annex.number);
        }
        return "";
      case Target::kArticle:
        for (const Article& article : convention_.articles) {
          if (SameNumber(article.number, ref)) return absl::StrCat("article:", article.number);
        }
        return "";
      case Target::kAxis:
        for (const Axis& axis : convention_.axes) {
          if (SameNumber(axis.ref, ref)) return absl::StrCat("axis:", axis.ref);
        }
        return "";
      case Target::kAction:
        return ResolveAction(RefParts(ref));
    }
    return "";
  }

  std::string ResolveAction(std::vector<std::string> parts) const {
    if (parts.empty()) return "";
    if (const std::string exact = ActionNamed(parts); !exact.empty()) return exact;
    std::vector<std::string> tried = parts;
    if (RomanValue(tried.back()) > 0) {  // « III.C.I » for « III.C.1 »
      tried.back() = absl::StrCat(RomanValue(tried.back()));
      if (const std::string read = ActionNamed(tried); !read.empty()) return read;
    }
    if (parts.size() == 3) {  // « II.1.A » for « II.A.1 »
      tried = {parts[0], parts[2], parts[1]};
      if (const std::string read = ActionNamed(tried); !read.empty()) return read;
    }
    if (action_ != nullptr && !action_->axis_ref.empty()) {  // « B2 » inside the axis I.
      tried = RefParts(action_->axis_ref);
      tried.insert(tried.end(), parts.begin(), parts.end());
      if (const std::string read = ActionNamed(tried); !read.empty()) return read;
    }
    return "";
  }

  std::string ActionNamed(const std::vector<std::string>& parts) const {
    const std::string want = absl::StrJoin(parts, ".");
    for (const Action& action : convention_.actions) {
      if (CanonicalRef(action.ref) == want) return absl::StrCat("action:", action.ref);
    }
    return "";
  }

  void Add(const Text& in, std::string mention, std::string target, const std::string& from) {
    if (found_.size() >= kReferencesMost) return;
    Reference& reference = found_.emplace_back();
    reference.text.text = std::move(mention);
    reference.text.source = in.source;
    reference.from = from;
    reference.target = std::move(target);
  }

  const Convention& convention_;
  const Action* action_ = nullptr;  // The action whose texts are read.
  std::vector<Reference> found_;
};

}  // namespace

std::vector<Reference> FindReferences(const Convention& convention) {
  return ReferenceFinder(convention).Find();
}

}  // namespace greffe::reader
