#include "core/reader/plan_region.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "core/reader/body_words.h"
#include "core/reader/fold.h"
#include "core/reader/labels.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

struct RegionWords {
  absl::string_view words;
  Region region;
};
constexpr RegionWords kRegionWords[] = {
#include "core/reader/lexicon/annex_regions.inc"
};

bool OpensPlan(const Block& block) {
  if (block.kind != BlockKind::kHeading) return false;
  const HeadingKind kind = block.heading.kind;
  return kind == HeadingKind::kAxis || kind == HeadingKind::kAction ||
         kind == HeadingKind::kObjective;
}

bool IsArticle(const Block& block) {
  return block.kind == BlockKind::kHeading && block.heading.kind == HeadingKind::kArticle;
}
bool IsAnnex(const Block& block) {
  return block.kind == BlockKind::kHeading && block.heading.kind == HeadingKind::kAnnex;
}

// « TITRE III. LES ÉQUIPEMENTS »: a part of the contract, as an annex is. Themes sort actions.
bool IsPart(const Block& block) {
  return block.kind == BlockKind::kHeading && block.heading.kind == HeadingKind::kPart &&
         block.heading.word != "theme" && block.heading.word != "thematique";
}

// Regions of the blocks [begin, end) of one document.
class DocumentRegions {
 public:
  DocumentRegions(const std::vector<Block>& blocks, const std::vector<std::size_t>& articles,
                  std::size_t begin, std::size_t end)
      : blocks_(blocks), begin_(begin), end_(end), last_sheet_(end), articles_(end - begin) {
    for (std::size_t i = begin; i < end; ++i) articles_[i - begin] = IsArticle(blocks[i]);
    for (auto at = std::lower_bound(articles.begin(), articles.end(), begin);
         at != articles.end() && *at < end; ++at) {
      articles_[*at - begin] = true;
    }
    for (std::size_t i = begin; i < end; ++i) {
      const auto row_opens = [](const Row& row) {
        return !row.cells.empty() && ParseHeading(row.cells[0].text).kind == HeadingKind::kAction;
      };
      if (blocks[i].heading.kind == HeadingKind::kAction ||
          std::any_of(blocks[i].rows.begin(), blocks[i].rows.end(), row_opens)) {
        last_sheet_ = i;
      }
    }
  }

  void Fill(std::vector<Region>* regions) const {
    const auto found = std::find(articles_.begin(), articles_.end(), true);
    const std::size_t first = begin_ + static_cast<std::size_t>(found - articles_.begin());
    std::size_t plan = begin_;
    if (first < end_) {
      const std::size_t annex = FirstOf(first, end_, IsAnnex);
      std::size_t last = first;
      for (std::size_t i = first; i < annex; ++i) {
        if (articles_[i - begin_]) last = i;
      }
      plan = std::min({annex, FirstOf(last + 1, end_, OpensPlan), FirstOf(last + 1, end_, IsPart)});
      const bool early = CountActions(begin_, first) >= 2;  // The plan before its clauses.
      for (std::size_t i = begin_; i < first; ++i) {
        (*regions)[i] = early ? Region::kPlan : Region::kFront;
      }
      for (std::size_t i = first; i < plan; ++i) (*regions)[i] = Region::kClauses;
    }
    if (first >= end_) plan = AfterReport();
    for (std::size_t i = begin_; first >= end_ && i < plan; ++i) (*regions)[i] = Region::kFront;
    Region now = Region::kPlan;
    bool annexes = false;
    for (std::size_t i = plan; i < end_; ++i) {
      if (IsAnnex(blocks_[i]) || (!annexes && IsPart(blocks_[i]))) {
        annexes = annexes || IsAnnex(blocks_[i]);
        now = RegionOfTitle(TitleOf(i));
      } else if (const Region titled = RegionOfHeading(i); titled != Region::kPlan) {
        now = titled;
      } else if (now != Region::kPlan && OpensPlan(blocks_[i]) &&
                 blocks_[i].heading.kind == HeadingKind::kAction) {
        now = Region::kPlan;  // Sheets are sheets, whatever the annex is called.
      }
      (*regions)[i] = now;
    }
  }

 private:
  template <typename Test>
  std::size_t FirstOf(std::size_t from, std::size_t to, Test test) const {
    while (from < to && !test(blocks_[from])) ++from;
    return from;
  }
  // A report of a vote may stand before a plan without clauses: the first block after it.
  std::size_t AfterReport() const {
    bool voted = false;
    for (std::size_t i = begin_; i < end_; ++i) {
      const Block& block = blocks_[i];
      if (OpensPlan(block) || block.kind == BlockKind::kTable || IsAnnex(block) ||
          block.kind == BlockKind::kContents) {
        return voted ? i : begin_;
      }
      voted = voted || Fold(block.text).find("deliber") != std::string::npos;
    }
    return begin_;
  }
  // « ÉQUIPEMENTS SOUTENUS » after the last sheet, though no annex is called so.
  Region RegionOfHeading(std::size_t at) const {
    constexpr std::size_t kWords = 8;
    const Block& block = blocks_[at];
    if (block.kind != BlockKind::kHeading || block.heading.kind != HeadingKind::kNone ||
        at < last_sheet_ || !(block.level > 0 || IsAllCaps(block.text)) ||
        Words(block.text).size() > kWords ||
        (WholeLabel(block.text) != LabelRole::kNone && !BodiesBelow(at))) {
      return Region::kPlan;
    }
    const Region region = RegionOfTitle(block.text);
    return region == Region::kFacilities || region == Region::kGovernance ? region : Region::kPlan;
  }
  // « GOUVERNANCE » is the name of a rubric too, but for the committees below it.
  bool BodiesBelow(std::size_t at) const {
    constexpr std::size_t kBlocks = 2;
    constexpr std::size_t kRows = 3;
    for (std::size_t i = at + 1; i < std::min(end_, at + 1 + kBlocks); ++i) {
      if (HeadingBodyName(blocks_[i].text).has_value()) return true;
      for (std::size_t r = 0; r < std::min(kRows, blocks_[i].rows.size()); ++r) {
        const std::vector<Cell>& cells = blocks_[i].rows[r].cells;
        if (!cells.empty() && HeadingBodyName(cells[0].text).has_value()) return true;
      }
    }
    return false;
  }
  std::size_t CountActions(std::size_t from, std::size_t to) const {
    std::size_t count = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (OpensPlan(blocks_[i]) && blocks_[i].heading.kind == HeadingKind::kAction) ++count;
    }
    return count;
  }
  // The title may stand in the heading after « ANNEXE 5 ».
  std::string TitleOf(std::size_t at) const {
    std::string title = blocks_[at].heading.title;
    if (title.empty() && at + 1 < end_ && blocks_[at + 1].kind != BlockKind::kTable) {
      title = blocks_[at + 1].text;
    }
    return title;
  }

  const std::vector<Block>& blocks_;
  const std::size_t begin_;
  const std::size_t end_;
  std::size_t last_sheet_;      // The last action heading, the end where there is none.
  std::vector<bool> articles_;  // Of each block: whether it opens an article.
};

}  // namespace

Region RegionOfTitle(absl::string_view title) {
  const std::vector<Word> words = Words(title);
  for (const RegionWords& each : kRegionWords) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (MatchPhrase(each.words, words, at) > 0) return each.region;
    }
  }
  return Region::kPlan;
}

std::vector<Region> FindRegions(const std::vector<Block>& blocks,
                                const std::vector<std::size_t>& articles) {
  std::vector<Region> regions(blocks.size(), Region::kPlan);
  for (std::size_t begin = 0; begin < blocks.size();) {
    std::size_t end = begin;
    while (end < blocks.size() && blocks[end].lines.document == blocks[begin].lines.document) ++end;
    DocumentRegions(blocks, articles, begin, end).Fill(&regions);
    begin = end;
  }
  return regions;
}

}  // namespace greffe::reader
