#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/reader/checks.h"
#include "core/reader/date_text.h"
#include "core/reader/heading.h"
#include "core/reader/letters.h"
#include "core/rules/instrument.h"

namespace greffe::reader {
namespace {

// Arabic for either system, so that « annexe II » and « annexe 2 » meet.
std::string NumberKey(absl::string_view number) {
  const int roman = RomanValue(number);
  return roman > 0 ? absl::StrCat(roman) : Plain(number);
}

// Every line of running text with its place: blocks' lines and the cells of tables.
struct Place {
  absl::string_view text;
  Lines lines;
  bool annex_heading = false;
};
std::vector<Place> Places(const Blocks& blocks) {
  std::vector<Place> places;
  for (const Block& block : blocks.blocks) {
    if (block.kind == BlockKind::kContents) continue;
    for (const Row& row : block.rows) {
      for (const Cell& cell : row.cells) places.push_back({cell.text, cell.lines});
    }
    for (const BlockLine& line : block.parts) {
      const bool annex =
          block.kind == BlockKind::kHeading && block.heading.kind == HeadingKind::kAnnex;
      places.push_back({line.text, {block.lines.document, line.number, line.number}, annex});
    }
  }
  return places;
}

// The numbers after « annexe » and « annexes »: « annexes 2 et 3 », « annexes 2, 4 et 5 ».
std::vector<std::string> AnnexNumbers(absl::string_view plain, std::size_t at) {
  std::vector<std::string> numbers;
  absl::string_view rest = plain.substr(at);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == 's')) rest.remove_prefix(1);
  if (absl::StartsWith(rest, "n\u00B0")) rest.remove_prefix(3);
  while (true) {
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    std::size_t digits = 0;
    while (digits < rest.size() && IsDigit(rest[digits])) ++digits;
    if (digits == 0 || digits > 2) return numbers;
    numbers.emplace_back(rest.substr(0, digits));
    rest.remove_prefix(digits);
    if (absl::StartsWith(rest, " et ")) {
      rest.remove_prefix(4);
    } else if (absl::StartsWith(rest, ", ") || absl::StartsWith(rest, " a ")) {
      rest.remove_prefix(2);
    } else {
      return numbers;
    }
  }
}

struct CheckedReference {
  std::string title;
  Lines lines;
};
using Entries = std::map<std::string, CheckedReference>;

// Annexes: those with a heading of their own outside the contents.
Entries AnnexEntries(const Checked& checked) {
  Entries entries;
  for (const ContractPart& part : checked.parts) {
    const Block& block = checked.blocks.blocks[part.begin];
    if (part.kind != PartKind::kAnnex || block.heading.number.empty()) continue;
    std::string title = block.heading.title;
    for (const Annex& annex : checked.convention.annexes) {
      if (annex.number == block.heading.number && title.empty()) title = annex.title.text;
    }
    entries.try_emplace(NumberKey(block.heading.number), CheckedReference{title, block.lines});
  }
  return entries;
}

void CheckAnnexMentions(const Checked& checked, const std::vector<Place>& places,
                        std::vector<Finding>* findings) {
  std::set<std::string> there;
  for (const Annex& annex : checked.convention.annexes) {
    const bool nowhere = annex.content == v1::ANNEX_CONTENT_MISSING && annex.body.text.empty();
    if (!nowhere) there.insert(NumberKey(annex.number));
  }
  for (const auto& [number, entry] : AnnexEntries(checked)) {
    if (!there.insert(number).second) continue;
    AddFinding(findings, rules::Rule::kReferences, Severity::kWarning,
               absl::StrCat("L'annexe ", number, " n'a que son titre"),
               absl::StrCat("Annex ", number, " has nothing but its title"), {entry.lines});
  }
  std::map<std::string, std::vector<Lines>> missing;
  for (const Place& place : places) {
    if (place.annex_heading) continue;
    const std::string plain = Plain(place.text);
    for (std::size_t at = plain.find("annexe"); at != std::string::npos;
         at = plain.find("annexe", at + 1)) {
      for (std::string& number : AnnexNumbers(plain, at + 6)) {
        if (!there.contains(number)) missing[std::move(number)].push_back(place.lines);
      }
    }
  }
  for (auto& [number, lines] : missing) {
    AddFinding(findings, rules::Rule::kReferences, Severity::kWarning,
               absl::StrCat("L'annexe ", number, " est citée, elle ne figure pas dans le document"),
               absl::StrCat("Annex ", number, " is cited and is not in the document"),
               std::move(lines));
  }
}

// « les 6 annexes énumérées dans le sommaire » against the list.
void CheckAnnexCount(const Checked& checked, const std::vector<Place>& places,
                     std::vector<Finding>* findings) {
  std::set<std::string> announced;
  for (const Block& block : checked.blocks.blocks) {
    if (block.kind == BlockKind::kContents && block.heading.kind == HeadingKind::kAnnex) {
      announced.insert(NumberKey(block.heading.number));
    }
  }
  if (announced.empty()) return;
  for (const Place& place : places) {
    const std::string plain = Plain(place.text);
    const std::size_t at = plain.find(" annexes");
    if (at == std::string::npos || at == 0) continue;
    const std::size_t word = plain.rfind(' ', at - 1);
    const auto number =
        NumberAt(absl::string_view(plain).substr(word == std::string::npos ? 0 : word + 1));
    if (!number || number->value < 2 || number->value > 40 || number->value == announced.size())
      continue;
    AddFinding(findings, rules::Rule::kReferences, Severity::kWarning,
               absl::StrCat("Le texte parle de ", number->value,
                            " annexes, le sommaire en annonce ", announced.size()),
               absl::StrCat("The text speaks of ", number->value,
                            " annexes, the contents announce ", announced.size()),
               {place.lines});
  }
}

absl::string_view NameFr(HeadingKind kind) {
  return kind == HeadingKind::kArticle ? "L'article "
         : kind == HeadingKind::kAnnex ? "L'annexe "
                                       : "L'action ";
}
absl::string_view NameEn(HeadingKind kind) {
  return kind == HeadingKind::kArticle ? "Article "
         : kind == HeadingKind::kAnnex ? "Annex "
                                       : "Action ";
}

// What the document itself has of a kind, number to title.
Entries BodyEntries(const Convention& convention, HeadingKind kind) {
  Entries entries;
  const auto add = [&entries](absl::string_view number, const Text& title) {
    if (!number.empty() && !title.source.lines.empty()) {
      entries.try_emplace(NumberKey(number), CheckedReference{title.text, title.source.lines[0]});
    }
  };
  if (kind == HeadingKind::kArticle) {
    for (const Article& article : convention.articles) add(article.number, article.title);
  } else if (kind == HeadingKind::kAction) {
    for (const Action& action : convention.actions) add(action.ref, action.title);
  }
  return entries;
}

// Two titles name different things when they share no longer word.
bool DifferentThings(absl::string_view a, absl::string_view b) {
  constexpr std::size_t kLongWord = 5;
  const std::vector<std::string> words = PlainWords(a);
  const std::vector<std::string> others = PlainWords(b);
  if (words.empty() || others.empty()) return false;
  return std::none_of(words.begin(), words.end(), [&others](const std::string& word) {
    return word.size() >= kLongWord &&
           std::find(others.begin(), others.end(), word) != others.end();
  });
}

// The contents against the body, for one kind of entry.
void CheckContents(const Checked& checked, HeadingKind kind, std::vector<Finding>* findings) {
  Entries contents;
  for (const Block& block : checked.blocks.blocks) {
    if (block.kind != BlockKind::kContents || block.heading.kind != kind ||
        block.heading.number.empty())
      continue;
    contents.try_emplace(NumberKey(block.heading.number),
                         CheckedReference{block.heading.title, block.lines});
  }
  constexpr std::size_t kList = 2;  // One entry is no list.
  if (contents.size() < kList) return;
  const Entries body =
      kind == HeadingKind::kAnnex ? AnnexEntries(checked) : BodyEntries(checked.convention, kind);
  for (const auto& [number, entry] : contents) {
    const auto found = body.find(number);
    if (found == body.end()) {
      AddFinding(findings, rules::Rule::kReferences, Severity::kWarning,
                 absl::StrCat(NameFr(kind), number, " est au sommaire, pas dans le corps"),
                 absl::StrCat(NameEn(kind), number, " is in the contents and not in the body"),
                 {entry.lines});
    } else if (DifferentThings(entry.title, found->second.title)) {
      AddFinding(findings, rules::Rule::kReferences, Severity::kWarning,
                 absl::StrCat(NameFr(kind), number, " : « ", entry.title, " » au sommaire, « ",
                              found->second.title, " » dans le corps"),
                 absl::StrCat(NameEn(kind), number, ": \"", entry.title, "\" in the contents, \"",
                              found->second.title, "\" in the body"),
                 {entry.lines, found->second.lines});
    }
  }
  for (const auto& [number, entry] : body) {
    if (contents.contains(number)) continue;
    AddFinding(findings, rules::Rule::kReferences, Severity::kWarning,
               absl::StrCat(NameFr(kind), number, " est dans le corps, pas au sommaire"),
               absl::StrCat(NameEn(kind), number, " is in the body and not in the contents"),
               {entry.lines});
  }
}

// The part of a line that waits to be filled in; empty for none. What a freeze will refuse, by the
// function that refuses it, and more forms that documents have.
std::string PlaceholderIn(absl::string_view text) {
  const std::vector<rules::Placeholder> refused = rules::FindPlaceholders(text);
  if (!refused.empty()) return refused.front().mark;
  for (absl::string_view mark :
       {"XX/XX", "xx/xx", "/..", "__/", "____", "\u2026/", "/\u2026", "JJ/MM", "jj/mm", "[\u00E0 ",
        "à compléter", "à renseigner", "A COMPLETER", "A compléter", "À compléter"}) {
    if (absl::StrContains(text, mark)) return std::string(mark);
  }
  for (std::size_t at = 0; at < text.size();
       ++at) {  // « DCA_xxx/2022 », « le xx xxxx 2022 », « XX pages »
    std::size_t end = at;
    while (end < text.size() && (text[end] == 'x' || text[end] == 'X')) ++end;
    if (end == at) continue;
    const auto is_letter = [&text](std::size_t i) {
      const char c = text[i];
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) ||
             static_cast<unsigned char>(c) >= 0x80;
    };
    const bool word = (at == 0 || !is_letter(at - 1)) && (end >= text.size() || !is_letter(end));
    const bool roman =
        end - at <= 3 && text[at] == 'X' &&
        !(end < text.size() && (text[end] == '/' || absl::StartsWith(text.substr(end), " p") ||
                                absl::StartsWith(text.substr(end), " e")));
    if (word && end - at >= 2 && !roman) return std::string(text.substr(at, end - at));
    at = end;
  }
  return {};
}

void CheckPlaceholders(const std::vector<Place>& places, std::vector<Finding>* findings) {
  for (const Place& place : places) {
    const std::string mark = PlaceholderIn(place.text);
    if (mark.empty()) continue;
    AddFinding(findings, rules::Rule::kPlaceholders, Severity::kError,
               absl::StrCat("À remplir avant d'arrêter le texte : « ", mark, " »"),
               absl::StrCat("To be filled in before the text is frozen: \"", mark, "\""),
               {place.lines});
  }
}

}  // namespace

void CheckReferences(const Checked& checked, std::vector<Finding>* findings) {
  const std::vector<Place> places = Places(checked.blocks);
  CheckAnnexMentions(checked, places, findings);
  CheckAnnexCount(checked, places, findings);
  for (const HeadingKind kind :
       {HeadingKind::kArticle, HeadingKind::kAnnex, HeadingKind::kAction}) {
    CheckContents(checked, kind, findings);
  }
  CheckPlaceholders(places, findings);
}

}  // namespace greffe::reader
