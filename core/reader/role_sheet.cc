#include "core/reader/role_sheet.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

constexpr absl::string_view kRoles[] = {
#include "core/reader/lexicon/role_words.inc"
};

constexpr std::size_t kTitleWords = 24;
constexpr std::size_t kBlocksToMissions = 6;

bool IsMissionsLabel(absl::string_view text) {
  const std::string fold = Fold(text);
  return fold == "principales missions" || fold == "missions principales" || fold == "missions" ||
         fold == "ses missions" || fold == "missions et activites" ||
         fold == "activites principales";
}

bool IsLinksLabel(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.empty() || words.size() > 8) return false;
  const absl::string_view first = words[0].folded;
  return first == "liens" || first == "lien" || first == "competences" || first == "profil" ||
         first == "relations" || (first == "positionnement" && words.size() <= 3);
}

bool OpensSheets(const Block& block) {
  const std::string fold = Fold(block.text);
  return block.text.size() < 200 && (fold.find("fiches mission") != std::string::npos ||
                                     fold.find("fiche mission") != std::string::npos ||
                                     fold.find("fiches de mission") != std::string::npos ||
                                     fold.find("fiche de mission") != std::string::npos ||
                                     fold.find("fiches de poste") != std::string::npos ||
                                     fold.find("fiche de poste") != std::string::npos);
}

bool NamesRole(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.empty() || words.size() > kTitleWords || EndsSentence(text.substr(0, text.size()))) {
    return false;
  }
  return words[0].capital &&
         std::any_of(std::begin(kRoles), std::end(kRoles),
                     [&](absl::string_view role) { return MatchPhrase(role, words, 0) > 0; });
}

class RoleWalk {
 public:
  RoleWalk(const std::vector<Block>& blocks, const std::vector<Region>& regions)
      : blocks_(blocks), regions_(regions) {}

  RoleReading Walk() {
    for (at_ = 0; at_ < blocks_.size(); ++at_) {
      const Block& block = blocks_[at_];
      const bool readable = regions_[at_] == Region::kPlan ||
                            regions_[at_] == Region::kGovernance || regions_[at_] == Region::kOther;
      const bool other = block.kind == BlockKind::kHeading &&
                         block.heading.kind > HeadingKind::kNumbered && !OpensSheets(block);
      if (!readable || other || block.kind == BlockKind::kContents ||
          block.kind == BlockKind::kTable) {
        area_ = open_ = false;
        continue;
      }
      if (block.kind == BlockKind::kHeading && OpensSheets(block)) {
        area_ = true;
        open_ = false;
        continue;
      }
      if (area_) Read(block);
    }
    return std::move(reading_);
  }

 private:
  enum class Part { kHead, kMissions, kLinks };

  bool MissionsFollow() const {
    for (std::size_t i = at_ + 1; i < std::min(blocks_.size(), at_ + kBlocksToMissions); ++i) {
      if (IsMissionsLabel(blocks_[i].text)) return true;
    }
    return false;
  }

  void Read(const Block& block) {
    if (block.parts.empty()) return;
    const bool title =
        block.kind != BlockKind::kListItem && NamesRole(block.parts[0].text) && MissionsFollow();
    if (title && (!open_ || part_ != Part::kHead)) {
      RoleSheet& sheet = reading_.sheets.emplace_back();
      Lines first{block.lines.document, block.parts[0].number, block.parts[0].number};
      sheet.title = MakeText(block.parts[0].text, first);
      for (std::size_t i = 1; i < block.parts.size(); ++i) {
        const uint32_t line = block.parts[i].number;
        AddBelow(block.parts[i].text, {{first.document, line, line}}, &sheet.attachment);
      }
      open_ = true;
      part_ = Part::kHead;
      return;
    }
    if (!open_) return;
    if (IsMissionsLabel(block.text) || IsLinksLabel(block.text)) {
      part_ = IsMissionsLabel(block.text) ? Part::kMissions : Part::kLinks;
      reading_.labels.push_back(block.lines);
      return;
    }
    RoleSheet& sheet = reading_.sheets.back();
    switch (part_) {
      case Part::kHead:
        AddBelow(block.text, {block.lines}, &sheet.summary);
        break;
      case Part::kMissions:
        sheet.missions.push_back(MakeText(block.text, block.lines));
        break;
      case Part::kLinks:
        sheet.skills.push_back(MakeText(block.text, block.lines));
        break;
    }
  }

  const std::vector<Block>& blocks_;
  const std::vector<Region>& regions_;
  std::size_t at_ = 0;
  RoleReading reading_;
  bool area_ = false;
  bool open_ = false;
  Part part_ = Part::kHead;
};

}  // namespace

RoleReading ReadRoleSheets(const std::vector<Block>& blocks, const std::vector<Region>& regions) {
  return RoleWalk(blocks, regions).Walk();
}

}  // namespace greffe::reader
