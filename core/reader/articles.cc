#include "core/reader/articles.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/reader/contract_openings.h"
#include "core/reader/letters.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

struct RolePhrase {
  v1::ClauseRole role;
  absl::string_view phrase;
  int weight;
};
constexpr RolePhrase kRolePhrases[] = {
#define X(role, phrase, weight) {v1::CLAUSE_ROLE_##role, phrase, weight},
#include "core/reader/lexicon/clause_roles.inc"
#undef X
};

constexpr RolePhrase kRoleTitles[] = {
#define X(role, phrase, weight) {v1::CLAUSE_ROLE_##role, phrase, weight},
#include "core/reader/lexicon/clause_titles.inc"
#undef X
};

constexpr std::size_t kTitleBytes = 240;

int CountOf(absl::string_view text, absl::string_view phrase) {
  int count = 0;
  for (std::size_t at = text.find(phrase); at != text.npos && count < 3;
       at = text.find(phrase, at + 1))
    ++count;
  return count;
}

// The blocks of a part, contents lists left out.
std::vector<const Block*> BlocksOf(const Blocks& blocks, const ContractPart& part) {
  std::vector<const Block*> of;
  for (std::size_t at = part.begin; at < part.end; ++at) {
    if (blocks.blocks[at].kind != BlockKind::kContents) of.push_back(&blocks.blocks[at]);
  }
  return of;
}

// « Vu A ; Vu B » in one block are two visas.
void AddVisas(const Block& block, std::vector<Text>* visas) {
  const absl::string_view text = block.text;
  const auto add = [&](std::size_t begin, std::size_t end) {
    visas->push_back({OneSpaced(text.substr(begin, end - begin)), {.lines = {block.lines}}});
  };
  std::size_t begin = 0;
  for (std::size_t at = text.find('V', 1); at != text.npos; at = text.find('V', at + 1)) {
    const bool opens =
        absl::StartsWith(text.substr(at), "Vu ") || absl::StartsWith(text.substr(at), "VU ");
    const absl::string_view before =
        absl::StripTrailingAsciiWhitespace(text.substr(begin, at - begin));
    const bool ends =
        absl::EndsWith(before, ";") || absl::EndsWith(before, ".") || absl::EndsWith(before, ",");
    if (!opens || !ends) continue;
    add(begin, at);
    begin = at;
  }
  add(begin, text.size());
}

// « Vu : » over a list: the items are the visas.
bool OnlyIntroduces(absl::string_view text) {
  const std::string plain = Plain(text);
  return plain == "vu :" || plain == "vu" || plain == "vu:" || HeadsGrounds(plain);
}

// Takes an article's title from the block after its number where the number stands alone.
bool TitleStandsBelow(const Heading& heading, const std::vector<const Block*>& of) {
  return heading.title.empty() && of.size() > 1 && of[1]->kind != BlockKind::kTable &&
         of[1]->kind != BlockKind::kListItem && of[1]->text.size() <= kTitleBytes &&
         !EndsSentence(of[1]->text);
}

// « Article 4 – Durée. La convention est conclue… »: the title ends at the first stop; a sentence
// without one is the body itself.
void SplitRunIn(Article* article) {
  constexpr std::size_t kTitleMost = 160;
  const std::string& title = article->title.text;
  if (!article->body.text.empty() || (title.size() <= kTitleMost && !absl::EndsWith(title, ".")))
    return;
  std::size_t cut = 0;
  for (absl::string_view stop : {". ", " : ", ": ", " \u2013 ", " - "}) {
    const std::size_t at = title.find(std::string(stop));
    if (at == std::string::npos || at > kTitleMost) continue;
    article->body = {OneSpaced(title.substr(at + stop.size())), article->title.source};
    cut = at;
    break;
  }
  if (cut == 0) article->body = {title, article->title.source};
  article->title.text.resize(cut);
}

Article ReadArticle(const std::vector<const Block*>& of) {
  const Block& head = *of[0];
  Article article;
  article.number = head.heading.number;
  article.title = {head.heading.title, {.lines = {head.lines}}};
  std::size_t body_at = 1;
  if (TitleStandsBelow(head.heading, of)) {
    article.title.text = of[1]->text;
    article.title.source.lines[0].last = of[1]->lines.last;
    body_at = 2;
  }
  for (std::size_t i = body_at; i < of.size(); ++i) {
    // « TITRE II – … » heads the articles below: it is none of this one's text.
    const bool part = of[i]->kind == BlockKind::kHeading &&
                      of[i]->heading.kind == HeadingKind::kPart && of[i]->heading.word == "titre";
    if (part) break;
    AppendBlock(*of[i], &article.body);
  }
  SplitRunIn(&article);
  article.role = RoleOf(article.title.text, article.body.text);
  return article;
}

// The articles of a convention. A list of titles before the text gives articles without text: the
// text takes their place.
class ArticleList {
 public:
  explicit ArticleList(std::vector<Article>* articles) : articles_(*articles) {}

  void Add(Article article) {
    std::set<std::size_t>& bare = bare_[article.number];
    if (article.body.text.empty()) {
      bare.insert(articles_.size());
    } else if (!bare.empty()) {
      Fill(std::move(article), articles_[bare.extract(bare.begin()).value()]);
      return;
    }
    articles_.push_back(std::move(article));
  }

 private:
  static void Fill(Article article, Article& known) {
    if (PlainKey(known.title.text) == PlainKey(article.title.text)) {
      article.title.source.lines.insert(article.title.source.lines.end(),
                                        known.title.source.lines.begin(),
                                        known.title.source.lines.end());
    } else {
      article.aliases.push_back(std::move(known.title));
    }
    known = std::move(article);
  }

  std::vector<Article>& articles_;
  std::map<std::string, std::set<std::size_t>> bare_;  // Articles without text, by number.
};

Section ReadSection(v1::TextBlockKind kind, const std::vector<const Block*>& of, bool titled) {
  Section section{.kind = kind};
  if (titled) section.title = {of[0]->text, {.lines = {of[0]->lines}}};
  for (std::size_t i = titled ? 1 : 0; i < of.size(); ++i) AppendBlock(*of[i], &section.body);
  return section;
}

v1::AnnexContent ContentOf(absl::string_view title, bool has_content) {
  const std::string plain = Plain(title);
  for (absl::string_view mark :
       {"document separe", "piece jointe", "ci-joint", "document joint", "document annexe",
        "en fichier joint", "voir document", "document a part"}) {
    if (absl::StrContains(plain, mark)) return v1::ANNEX_CONTENT_SEPARATE;
  }
  if (has_content) return v1::ANNEX_CONTENT_INLINE;
  for (absl::string_view mark : {"deliberation", "decision du conseil"}) {
    if (absl::StrContains(plain, mark)) return v1::ANNEX_CONTENT_RESERVED;
  }
  return v1::ANNEX_CONTENT_MISSING;
}

// « Diagnostic partagé (Document séparé) »: the remark is not the title.
std::string WithoutRemark(std::string title) {
  const std::size_t open = title.rfind('(');
  if (open == std::string::npos || !absl::EndsWith(title, ")")) return title;
  const bool remark = ContentOf(title.substr(open), false) == v1::ANNEX_CONTENT_SEPARATE;
  return remark ? OneSpaced(title.substr(0, open)) : title;
}

Annex ReadAnnex(const std::vector<const Block*>& of) {
  const Block& head = *of[0];
  Annex annex;
  annex.number = head.heading.number;
  annex.title = {head.heading.title, {.lines = {head.lines}}};
  std::size_t body_at = 1;
  if (TitleStandsBelow(head.heading, of)) {
    annex.title.text = of[1]->text;
    annex.title.source.lines[0].last = of[1]->lines.last;
    body_at = 2;
  }
  annex.content = ContentOf(annex.title.text, of.size() > body_at);
  annex.title.text = WithoutRemark(std::move(annex.title.text));
  return annex;
}

// The annexes of a convention, by number.
class AnnexList {
 public:
  explicit AnnexList(std::vector<Annex>* annexes) : annexes_(*annexes) {}

  // Adds an annex that the text has, or another printing of its heading.
  void Add(Annex annex) {
    Annex* known = annex.number.empty() ? nullptr : Find(annex.number);
    if (known == nullptr) {
      Push(std::move(annex));
    } else if (!annex.title.text.empty() &&
               PlainKey(known->title.text) != PlainKey(annex.title.text)) {
      known->aliases.push_back(std::move(annex.title));
    } else {
      known->title.source.lines.push_back(annex.title.source.lines[0]);
    }
  }

  // Adds the wording of a contents list: an alias of the annex, or the annex itself.
  void AddAnnounced(const Block& entry) {
    Text title{entry.heading.title, {.lines = {entry.lines}}};
    if (title.text.empty()) return;
    Annex* annex = Find(entry.heading.number);
    if (annex == nullptr) {
      Annex missing;
      missing.number = entry.heading.number;
      missing.content = ContentOf(title.text, false);
      missing.title = std::move(title);
      Push(std::move(missing));
    } else if (PlainKey(annex->title.text) != PlainKey(title.text)) {
      annex->aliases.push_back(std::move(title));
    }
  }

 private:
  Annex* Find(const std::string& number) {
    const auto at = by_number_.find(number);
    return at == by_number_.end() ? nullptr : &annexes_[at->second];
  }
  void Push(Annex annex) {
    by_number_.emplace(annex.number, annexes_.size());
    annexes_.push_back(std::move(annex));
  }

  std::vector<Annex>& annexes_;
  std::map<std::string, std::size_t> by_number_;  // The first of each.
};

}  // namespace

std::string BodyText(const Block& block) {
  if (block.kind == BlockKind::kListItem) return absl::StrCat("- ", block.text);
  if (block.kind != BlockKind::kTable) return block.text;
  std::string text;
  for (const Row& row : block.rows) {
    if (!text.empty()) text += "\n";
    for (const Cell& cell : row.cells) {
      if (&cell != &row.cells[0]) text += " | ";
      text += cell.text;
    }
  }
  return text;
}

void AppendBlock(const Block& block, Text* body) { AddBelow(BodyText(block), {block.lines}, body); }

v1::ClauseRole RoleOf(absl::string_view title, absl::string_view body) {
  constexpr std::size_t kLook = 20'000;  // Longer articles say what they are before.
  const std::string text = absl::StrCat(Plain(title), " . ", Plain(body.substr(0, kLook)));
  constexpr int kEnough = 3;
  std::array<int, v1::ClauseRole_ARRAYSIZE> sums = {};
  for (const RolePhrase& phrase : kRolePhrases) {
    sums[static_cast<std::size_t>(phrase.role)] += phrase.weight * CountOf(text, phrase.phrase);
  }
  // The text of the article counts first; its title says what one that is short does not.
  const std::string titled = Plain(title);
  if (std::none_of(sums.begin(), sums.end(), [](int sum) { return sum >= kEnough; })) {
    for (const RolePhrase& phrase : kRoleTitles) {
      if (absl::StrContains(titled, phrase.phrase))
        sums[static_cast<std::size_t>(phrase.role)] += phrase.weight;
    }
  }
  const auto best = std::max_element(sums.begin(), sums.end());
  // « Modification et fin anticipée » says two things alike: neither alone.
  if (std::count(sums.begin(), sums.end(), *best) > 1 && *best == kEnough)
    return v1::CLAUSE_ROLE_UNSPECIFIED;
  if (*best < kEnough) return v1::CLAUSE_ROLE_UNSPECIFIED;
  return static_cast<v1::ClauseRole>(best - sums.begin());
}

void ReadArticles(const Blocks& blocks, const std::vector<ContractPart>& parts,
                  Convention* convention) {
  ArticleList articles(&convention->articles);
  for (const ContractPart& part : parts) {
    const std::vector<const Block*> of = BlocksOf(blocks, part);
    if (of.empty()) continue;
    switch (part.kind) {
      case PartKind::kVisas:
        for (const Block* block : of) {
          if (!OnlyIntroduces(block->text)) AddVisas(*block, &convention->visas);
        }
        break;
      case PartKind::kPreamble: {
        const bool titled = of[0]->text.size() <= 60 && !EndsSentence(of[0]->text) && of.size() > 1;
        convention->sections.push_back(ReadSection(v1::TEXT_BLOCK_KIND_PREAMBLE, of, titled));
        break;
      }
      case PartKind::kArticle:
        articles.Add(ReadArticle(of));
        break;
      case PartKind::kClosing:
        convention->sections.push_back(ReadSection(v1::TEXT_BLOCK_KIND_CLOSING, of, false));
        break;
      default:
        break;
    }
  }
}

void ReadAnnexes(const Blocks& blocks, const std::vector<ContractPart>& parts,
                 Convention* convention) {
  AnnexList annexes(&convention->annexes);
  for (const ContractPart& part : parts) {
    if (part.kind == PartKind::kAnnex) annexes.Add(ReadAnnex(BlocksOf(blocks, part)));
  }
  for (const Block& block : blocks.blocks) {
    if (block.kind == BlockKind::kContents && block.heading.kind == HeadingKind::kAnnex)
      annexes.AddAnnounced(block);
  }
}

}  // namespace greffe::reader
