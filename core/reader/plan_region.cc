#include "core/reader/plan_region.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "core/reader/fold.h"

namespace greffe::reader {
namespace {

struct RegionWords {
  const char* words;
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

// Regions of the blocks [begin, end) of one document.
class DocumentRegions {
 public:
  DocumentRegions(const std::vector<Block>& blocks, std::size_t begin, std::size_t end)
      : blocks_(blocks), begin_(begin), end_(end) {}

  void Fill(std::vector<Region>* regions) const {
    const std::size_t first = FirstOf(begin_, end_, IsArticle);
    std::size_t plan = begin_;
    if (first < end_) {
      const std::size_t annex = FirstOf(first, end_, IsAnnex);
      std::size_t last = first;
      for (std::size_t i = first; i < annex; ++i) {
        if (IsArticle(blocks_[i])) last = i;
      }
      plan = std::min(annex, FirstOf(last + 1, end_, OpensPlan));
      const bool early = CountActions(begin_, first) >= 2;  // The plan before its clauses.
      for (std::size_t i = begin_; i < first; ++i) {
        (*regions)[i] = early ? Region::kPlan : Region::kFront;
      }
      for (std::size_t i = first; i < plan; ++i) (*regions)[i] = Region::kClauses;
    }
    Region now = Region::kPlan;
    for (std::size_t i = plan; i < end_; ++i) {
      if (IsAnnex(blocks_[i])) {
        now = RegionOfTitle(TitleOf(i));
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

std::vector<Region> FindRegions(const std::vector<Block>& blocks) {
  std::vector<Region> regions(blocks.size(), Region::kPlan);
  for (std::size_t begin = 0; begin < blocks.size();) {
    std::size_t end = begin;
    while (end < blocks.size() && blocks[end].lines.document == blocks[begin].lines.document) ++end;
    DocumentRegions(blocks, begin, end).Fill(&regions);
    begin = end;
  }
  return regions;
}

}  // namespace greffe::reader
