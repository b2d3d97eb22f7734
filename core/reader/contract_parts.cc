#include "core/reader/contract_parts.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "core/reader/contract_openings.h"
#include "core/reader/letters.h"
#include "core/reader/party_text.h"
#include "core/reader/votes.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kPartTitleBytes = 200;  // A numbered title is one line.
constexpr std::size_t kClosingBlocks = 120;   // Signatures of fifty parties fit.
constexpr std::size_t kProseBytes = 180;      // Longer is no signature.

// Goes through the blocks once; each step says which part the block opens.
class PartFinder {
 public:
  explicit PartFinder(const Blocks& blocks) : blocks_(blocks.blocks) {
    plain_.reserve(blocks_.size());
    for (const Block& block : blocks_) {
      constexpr std::size_t kLook = 600;  // No rule looks further than its formula.
      plain_.push_back(Plain(absl::string_view(block.text).substr(0, kLook)));
    }
    next_article_.resize(blocks_.size() + 1, blocks_.size());
    for (std::size_t at = blocks_.size(); at-- > 0;)
      next_article_[at] = IsArticle(blocks_[at]) ? at : next_article_[at + 1];
  }

  std::vector<ContractPart> Find() {
    const std::set<uint32_t> amendments = FindAmendments(blocks_, plain_);
    for (std::size_t at = 0; at < blocks_.size(); ++at) {
      const Block& block = blocks_[at];
      const bool amends = amendments.count(block.lines.document) > 0;
      if (at == 0 || block.lines.document != blocks_[at - 1].lines.document)
        Open(amends ? PartKind::kAmendment : PartKind::kCover, at);
      if (block.kind == BlockKind::kContents || amends) continue;
      Step(at);
    }
    if (!parts_.empty()) parts_.back().end = blocks_.size();
    if (!ArticleFrom(0)) CutAtNumbers();
    return std::move(parts_);
  }

 private:
  static bool IsArticle(const Block& block) {
    return block.kind == BlockKind::kHeading && block.heading.kind == HeadingKind::kArticle;
  }
  // Whether an article stands at `at` or below.
  bool ArticleFrom(std::size_t at) const { return next_article_[at] < blocks_.size(); }
  PartKind Now() const { return parts_.back().kind; }
  // Titles numbered 1, 2, 3… (or I, II, III…) among which are those of contracts: articles that
  // lack their word. Needs four in a row and two known titles.
  void CutAtNumbers() {
    std::vector<std::size_t> titles;
    std::size_t known = 0;
    for (const ContractPart& part : parts_) {
      if (part.kind == PartKind::kAnnex || part.kind == PartKind::kDeliberation ||
          part.kind == PartKind::kClosing || part.kind == PartKind::kAmendment) {
        continue;
      }
      for (std::size_t at = part.begin; at < part.end; ++at) {
        const Heading& heading = blocks_[at].heading;
        const bool title =
            heading.kind == HeadingKind::kNumbered && blocks_[at].kind != BlockKind::kListItem &&
            blocks_[at].kind != BlockKind::kContents &&
            blocks_[at].text.size() <= kPartTitleBytes && !EndsSentence(blocks_[at].text) &&
            OrdinalOf(heading.number) == static_cast<int>(titles.size()) + 1;
        if (!title) continue;
        titles.push_back(at);
        known += IsArticleTitle(Plain(heading.title)) ? 1 : 0;
      }
    }
    constexpr std::size_t kInARow = 4;
    if (titles.size() < kInARow || known < 2) return;
    std::vector<ContractPart> cut;
    for (ContractPart part : parts_) {
      for (std::size_t title : titles) {
        if (title < part.begin || title >= part.end) continue;
        if (title > part.begin) cut.push_back({part.kind, part.begin, title});
        part = {PartKind::kArticle, title, part.end};
      }
      cut.push_back(part);
    }
    parts_ = std::move(cut);
    CutClosing();
  }

  // The last article ends where the closing starts.
  void CutClosing() {
    const auto last = std::find_if(parts_.rbegin(), parts_.rend(), [](const ContractPart& part) {
      return part.kind == PartKind::kArticle;
    });
    for (std::size_t at = last->begin + 1; at < last->end; ++at) {
      if (!StartsClosing(plain_[at])) continue;
      const ContractPart closing{PartKind::kClosing, at, last->end};
      last->end = at;
      parts_.insert(last.base(), closing);
      return;
    }
  }

  static int OrdinalOf(absl::string_view number) {
    if (AllDigits(number) && number.size() <= 2) {
      return number.size() == 1 ? number[0] - '0' : (number[0] - '0') * 10 + (number[1] - '0');
    }
    return RomanValue(number);
  }

  bool In(std::initializer_list<PartKind> kinds) const {
    return std::find(kinds.begin(), kinds.end(), Now()) != kinds.end();
  }

  void Open(PartKind kind, std::size_t at) {
    if (!parts_.empty()) parts_.back().end = at;
    if (!parts_.empty() && parts_.back().begin == at) parts_.pop_back();
    parts_.push_back({kind, at, at});
  }

  void Step(std::size_t at) {
    const Block& block = blocks_[at];
    const absl::string_view plain = plain_[at];
    if (Now() == PartKind::kDeliberation) return StepDeliberation(at);
    const bool contract = In({PartKind::kCover, PartKind::kParties, PartKind::kFormula,
                              PartKind::kVisas, PartKind::kPreamble, PartKind::kBody});
    if (block.kind != BlockKind::kListItem && OpensDeliberation(at)) return OpenDeliberation(at);
    if (OpensAnnex(block) && !ListsAnnexes(at)) return Open(PartKind::kAnnex, at);
    if (Now() == PartKind::kAnnex) return;
    if (IsArticle(block) && (Now() != PartKind::kClosing || GoesOnCounting(block.heading)))
      return OpenArticle(at);
    if (In({PartKind::kArticle, PartKind::kPreamble}) && StartsClosing(plain) && at > 0) {
      return Open(PartKind::kClosing, at);
    }
    if (OpensPlan(at)) return Open(PartKind::kBody, at);
    if (Now() == PartKind::kArticle) {  // After a list of titles the text begins.
      const bool bare = parts_.back().begin + 1 == at;
      if (bare && StartsPreamble(plain)) Open(PartKind::kPreamble, at);
      return;
    }
    if (Now() == PartKind::kClosing) {
      if (EndsClosing(at)) Open(PartKind::kBody, at);
      return;
    }
    if (!contract || Now() == PartKind::kBody) return;
    StepBeforeArticles(at);
  }

  void StepBeforeArticles(std::size_t at) {
    const absl::string_view plain = plain_[at];
    if (StartsPreamble(plain)) return Open(PartKind::kPreamble, at);
    if (IsFormula(plain)) return Open(PartKind::kFormula, at);
    const bool list = at + 1 < blocks_.size() && blocks_[at + 1].kind == BlockKind::kListItem;
    if (StartsVisa(plain) || (HeadsGrounds(plain) && list)) {
      if (Now() != PartKind::kVisas) Open(PartKind::kVisas, at);
      return;
    }
    const bool parties = StartsParties(plain) || NamesPartyAfterBetween(blocks_[at].text);
    if (parties && Now() != PartKind::kParties) return Open(PartKind::kParties, at);
    const bool goes_on = blocks_[at].kind == BlockKind::kListItem;
    if (Now() == PartKind::kVisas && !goes_on) return Open(PartKind::kPreamble, at);
    if (Now() == PartKind::kFormula) return Open(PartKind::kPreamble, at);
  }

  void OpenArticle(std::size_t at) {
    ordinal_ = OrdinalOf(blocks_[at].heading.number);
    Open(PartKind::kArticle, at);
  }

  // What looked like the signatures was not when the next article follows.
  bool GoesOnCounting(const Heading& heading) const {
    return ordinal_ > 0 && OrdinalOf(heading.number) == ordinal_ + 1;
  }

  // « MIREVENT AGGLOMÉRATION », « CONSEIL COMMUNAUTAIRE DU … » on lines without a gap.
  bool LetterheadDeliberates(std::size_t at) const {
    const std::vector<BlockLine>& lines = blocks_[at].parts;
    for (std::size_t i = 0; i < std::min(kHeadLines, lines.size()); ++i) {
      const std::string plain = Plain(lines[i].text);
      if (HeadsRegister(plain)) return true;
      if (i > 0 && StartsDeliberation(plain) && IsAllCaps(lines[i].text)) return true;
      if (!EndsSentence(lines[i].text) && DatesASitting(plain)) return true;
      if (i == 0 && OpensAccount(plain)) return true;
    }
    return false;
  }

  // The date of a sitting that the head of an extract prints, in one of its first lines.
  std::string SittingOf(std::size_t at) const {
    const Block& block = blocks_[at];
    if (block.kind == BlockKind::kTable || block.kind == BlockKind::kListItem) return {};
    for (std::size_t i = 0; i < std::min(kHeadLines, block.parts.size()); ++i) {
      const std::string plain = Plain(block.parts[i].text);
      if (std::string date = RegisterDate(plain); !date.empty()) return date;
      if (DatesASitting(plain) && !EndsSentence(block.parts[i].text))
        return ActDateIn(plain, ActDate::kVoted);
    }
    return {};
  }

  // The date of the sitting that the head at `at` opens, there or soon below.
  std::string SittingBelow(std::size_t at) const {
    constexpr std::size_t kBelowBlocks = 12;
    for (std::size_t i = at; i < blocks_.size() && i < at + kBelowBlocks; ++i) {
      if (StartsGround(plain_[i])) return {};
      std::string date = ActDateIn(plain_[i], ActDate::kVoted);
      if (!date.empty()) return date;
    }
    return {};
  }

  // The number of the deliberation that the head at `at` prints, or soon below.
  std::string NumberBelow(std::size_t at) const {
    constexpr std::size_t kBelowBlocks = 4;
    for (std::size_t i = at; i < std::min(blocks_.size(), at + kBelowBlocks); ++i) {
      if (i > at && HeadsExtract(plain_[i])) return {};
      std::string number = NumberOf(i);
      if (!number.empty()) return number;
    }
    return {};
  }
  std::string NumberOf(std::size_t at) const {
    const Block& block = blocks_[at];
    if (block.kind == BlockKind::kTable || block.kind == BlockKind::kListItem) return {};
    for (std::size_t i = 0; i < std::min(kHeadLines, block.parts.size()); ++i) {
      const std::string plain = Plain(block.parts[i].text);
      if (!absl::StartsWith(plain, "deliberation n") && !absl::StartsWith(plain, "n\u00B0"))
        continue;
      std::string number = NumberAfterSign(block.parts[i].text);
      if (!number.empty()) return number;
    }
    return {};
  }

  // Another council's vote below the first, in the same annex: its head bears another date, or is
  // that of an extract with another number.
  bool OpensNextDeliberation(std::size_t at) const {
    const bool head = HeadsRegister(plain_[at]);
    const std::string date = head ? SittingBelow(at) : SittingOf(at);
    const bool extract = !blocks_[at].parts.empty() && blocks_[at].kind != BlockKind::kTable &&
                         HeadsExtract(Plain(blocks_[at].parts[0].text));
    const std::string number = extract ? NumberBelow(at) : std::string();
    if (date.empty() && number.empty()) return false;
    std::string first;
    std::string first_number;
    for (std::size_t i = parts_.back().begin; i < at && (first.empty() || first_number.empty());
         ++i) {
      if (StartsGround(plain_[i])) continue;
      if (first.empty()) first = SittingOf(i);
      if (first.empty()) first = ActDateIn(plain_[i], ActDate::kVoted);
      if (first_number.empty()) first_number = NumberOf(i);
    }
    const bool other_day = !first.empty() && !date.empty() && first != date;
    const bool other_number = !first_number.empty() && !number.empty() && first_number != number;
    return (other_day || other_number) && SittingTold(at);
  }

  bool SittingTold(std::size_t at) const {
    constexpr std::size_t kSittingBlocks = 40;
    for (std::size_t i = at; i < blocks_.size() && i < at + kSittingBlocks; ++i) {
      if (IsConventionTitle(blocks_[i], plain_[i]) && i > at) return false;
      if (TellsOfASitting(plain_[i])) return true;
    }
    return false;
  }

  // An extract of the register, or a numbered deliberation with the account of its sitting below.
  bool OpensDeliberation(std::size_t at) const {
    if (!In({PartKind::kCover, PartKind::kAnnex, PartKind::kClosing, PartKind::kBody}))
      return false;
    if (HeadsRegister(plain_[at])) return true;
    return (StartsDeliberation(plain_[at]) || LetterheadDeliberates(at)) && SittingTold(at);
  }

  // A letterhead before the extract belongs to it, unless the convention has begun.
  void OpenDeliberation(std::size_t at) {
    const ContractPart& last = parts_.back();
    bool letterhead = last.kind == PartKind::kCover;
    for (std::size_t i = last.begin; i < at && letterhead; ++i) {
      letterhead = !IsConventionTitle(blocks_[i], plain_[i]);
    }
    if (letterhead) {
      parts_.back().kind = PartKind::kDeliberation;
    } else {
      Open(PartKind::kDeliberation, at);
    }
  }

  void StepDeliberation(std::size_t at) {
    const Block& block = blocks_[at];
    const bool title = IsConventionTitle(block, plain_[at]) &&
                       (block.after_page || block.kind == BlockKind::kHeading ||
                        IsAllCaps(block.text));  // Over the years, on two lines.
    if (title && PartiesFollow(at)) return Open(PartKind::kCover, at);
    if (OpensPartiesBelowVote(at)) return Open(PartKind::kParties, at);
    if (OpensNextDeliberation(at)) {
      std::size_t head = at;
      while (head > parts_.back().begin + 1 && IsLetterhead(blocks_[head - 1], plain_[head - 1]))
        --head;
      return Open(PartKind::kDeliberation, head);
    }
    const bool annex = OpensAnnex(block) && !absl::StrContains(plain_[at], "deliberation");
    if (annex) Open(PartKind::kAnnex, at);
  }

  // « Entre : … » with who represents whom, and articles after it: the convention that was voted,
  // though no title on a new page opens it.
  bool OpensPartiesBelowVote(std::size_t at) const {
    constexpr std::size_t kPartyBlocks = 4;
    if (!ArticleFrom(at) ||
        !(StartsParties(plain_[at]) || NamesPartyAfterBetween(blocks_[at].text))) {
      return false;
    }
    for (std::size_t i = at; i < std::min(blocks_.size(), at + kPartyBlocks); ++i) {
      const bool party = PartnerKindOf(blocks_[i].text) != v1::PARTNER_KIND_UNSPECIFIED ||
                         NamesPartyAfterBetween(blocks_[i].text);
      if (party && absl::StrContains(plain_[i], "represent")) return true;
    }
    return false;
  }

  // Whether the convention's parties or articles follow soon.
  bool PartiesFollow(std::size_t at) const {
    constexpr std::size_t kCoverBlocks = 60;
    for (std::size_t i = at + 1; i < blocks_.size() && i < at + kCoverBlocks; ++i) {
      if (StartsParties(plain_[i]) || NamesPartyAfterBetween(blocks_[i].text) ||
          StartsPreamble(plain_[i]) || IsArticle(blocks_[i])) {
        return true;
      }
    }
    return false;
  }

  bool OpensAnnex(const Block& block) const {
    if (block.kind != BlockKind::kHeading || block.heading.kind != HeadingKind::kAnnex)
      return false;
    // « Annexes : … » among the articles is a mention unless the articles are over.
    return Now() != PartKind::kArticle || !block.heading.number.empty() || block.after_page;
  }

  // « Annexe 1 : Diagnostic », « Annexe 2 : … » line by line, or before the next article: an
  // article names the annexes there, none begins.
  bool ListsAnnexes(std::size_t at) const {
    if (Now() != PartKind::kArticle) return false;
    const auto annex = [this](std::size_t i) {
      return blocks_[i].kind == BlockKind::kHeading &&
             blocks_[i].heading.kind == HeadingKind::kAnnex && !blocks_[i].heading.number.empty();
    };
    const auto next_line = [this](std::size_t i) {
      return blocks_[i].lines.last + 1 == blocks_[i + 1].lines.first;
    };
    const bool above = at > 0 && annex(at - 1) && next_line(at - 1);
    const bool below = at + 1 < blocks_.size() && annex(at + 1) && next_line(at);
    if (above || below) return true;
    const std::size_t next = next_article_[at + 1];
    return next < blocks_.size() && GoesOnCounting(blocks_[next].heading);
  }

  // The plan begins where its headings stand and no article follows.
  bool OpensPlan(std::size_t at) const {
    const Block& block = blocks_[at];
    if (Now() == PartKind::kBody || block.kind != BlockKind::kHeading) return false;
    const bool plan = block.heading.kind == HeadingKind::kAxis ||
                      block.heading.kind == HeadingKind::kAction || StartsPlan(plain_[at]);
    if (!plan) return false;
    return !ArticleFrom(at + 1) && !In({PartKind::kParties, PartKind::kPreamble});
  }

  bool EndsClosing(std::size_t at) const {
    const Block& block = blocks_[at];
    const bool prose = block.kind == BlockKind::kParagraph && block.text.size() > kProseBytes;
    const bool early = at - parts_.back().begin < 3;
    if (at - parts_.back().begin > kClosingBlocks) return true;
    const bool page =
        block.after_page && block.text.size() > 100 && block.kind != BlockKind::kTable;
    return !early &&
           (prose || page ||
            (block.heading.kind >= HeadingKind::kAxis && block.kind == BlockKind::kHeading));
  }

  static constexpr std::size_t kHeadLines = 8;
  const std::vector<Block>& blocks_;
  std::vector<std::string> plain_;
  std::vector<std::size_t> next_article_;  // Of each block: itself or the first one below.
  int ordinal_ = 0;                        // Of the last article opened; 0 when its number is none.
  std::vector<ContractPart> parts_;
};

}  // namespace

std::vector<ContractPart> FindContractParts(const Blocks& blocks) {
  return PartFinder(blocks).Find();
}

}  // namespace greffe::reader
