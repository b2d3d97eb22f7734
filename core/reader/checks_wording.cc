#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/base/postcode.h"
#include "core/reader/checks.h"
#include "core/reader/letters.h"
#include "core/reader/persons.h"
#include "core/rules/identity.h"
#include "core/rules/transmission.h"

namespace greffe::reader {
namespace {

// As findings of a reading are written: a capital, no full stop.
std::string AsFinding(std::string words) {
  words[0] = absl::ascii_toupper(static_cast<unsigned char>(words[0]));
  if (words.back() == '.') words.pop_back();
  return words;
}

void CheckObjects(const Convention& convention, std::vector<Finding>* findings) {
  for (const Deliberation& act : convention.deliberations) {
    for (rules::Oddity& odd : rules::CheckTransmitted(act.object.text)) {
      AddFinding(findings, odd.rule, Severity::kWarning, AsFinding(std::move(odd.words.fr)),
                 AsFinding(std::move(odd.words.en)), act.object.source.lines);
    }
  }
}

// Small letters with their marks, so that case does not tell spellings apart.
std::string Spelling(absl::string_view printed) {
  std::string out;
  for (char c : printed) {
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  // Capitals of Latin-1: U+00C0 to U+00DE differ from the small ones by one bit of the second byte.
  for (std::size_t at = 0; at + 1 < out.size(); ++at) {
    const bool capital = out[at] == '\xC3' && static_cast<unsigned char>(out[at + 1]) >= 0x80 &&
                         static_cast<unsigned char>(out[at + 1]) <= 0x9E;
    if (capital) out[at + 1] = static_cast<char>(static_cast<unsigned char>(out[at + 1]) | 0x20);
  }
  return out;
}

struct CheckedWord {
  std::string printed;
  std::string spelling;
  std::string key;
  std::string before;  // Key of the word before.
  Lines lines;
};

std::vector<CheckedWord> WordsOf(absl::string_view text, Lines lines) {
  std::vector<CheckedWord> words;
  std::string before;
  for (absl::string_view piece :
       absl::StrSplit(text, absl::ByAnyChar(" ,;.()/:"), absl::SkipEmpty())) {
    std::string key = PlainKey(piece);
    if (key.empty()) continue;
    words.push_back({std::string(piece), Spelling(piece), key, before, lines});
    before = std::move(key);
  }
  return words;
}

// Words of signatures and deliberations, where names come back.
std::vector<CheckedWord> SignatureWords(const Checked& checked) {
  std::vector<CheckedWord> words;
  for (const ContractPart& part : checked.parts) {
    if (part.kind != PartKind::kClosing && part.kind != PartKind::kDeliberation) continue;
    for (std::size_t at = part.begin; at < part.end; ++at) {
      const Block& block = checked.blocks.blocks[at];
      for (const Row& row : block.rows) {
        for (const Cell& cell : row.cells) {
          for (CheckedWord& word : WordsOf(cell.text, cell.lines)) words.push_back(std::move(word));
        }
      }
      for (const BlockLine& line : block.parts) {
        const Lines lines{block.lines.document, line.number, line.number};
        for (CheckedWord& word : WordsOf(line.text, lines)) words.push_back(std::move(word));
      }
    }
  }
  return words;
}

rules::PrintedName NameOf(const CheckedWord& word) {
  return {word.spelling, word.key, word.before};
}

void CheckSpellings(const Checked& checked, std::vector<Finding>* findings) {
  constexpr std::size_t kShortest = 5;
  int looks = 5'000'000;  // At words behind the same first name; a second of them at most.
  const std::vector<CheckedWord> places = SignatureWords(checked);
  std::multimap<absl::string_view, const CheckedWord*> by_key;
  std::multimap<absl::string_view, const CheckedWord*> by_before;
  std::set<std::pair<std::string, std::string>> known;  // A spelling behind a word counts once.
  for (const CheckedWord& word : places) {
    if (known.insert({word.spelling, ""}).second) by_key.emplace(word.key, &word);
    if (word.before.size() >= 3 && known.insert({word.spelling, word.before}).second)
      by_before.emplace(word.before, &word);
  }
  std::set<std::pair<std::string, std::string>> seen;
  const auto add = [&](const CheckedWord& a, const CheckedWord& b) {
    if (!seen.insert({a.spelling, b.spelling}).second) return;
    AddFinding(findings, rules::Rule::kNamesHint, Severity::kInfo,
               absl::StrCat("Un même nom, deux graphies : ", a.printed, " et ", b.printed),
               absl::StrCat("One name, two spellings: ", a.printed, " and ", b.printed),
               {a.lines, b.lines});
  };
  for (const Party& party : checked.convention.parties) {
    for (const Representative& person : party.representatives) {
      const Lines at = person.name.source.lines.empty() ? Lines{} : person.name.source.lines[0];
      for (const CheckedWord& name : WordsOf(person.name.text, at)) {
        if (name.key.size() < kShortest || StartsWithCivility(name.key)) continue;
        const auto [same, same_end] = by_key.equal_range(name.key);
        for (auto each = same; each != same_end; ++each) {
          if (rules::MayBeOneName(NameOf(name), NameOf(*each->second))) add(name, *each->second);
        }
        if (name.before.size() < 3 || StartsWithCivility(name.before)) continue;
        const auto [near, near_end] = by_before.equal_range(name.before);
        for (auto each = near; each != near_end && looks > 0; ++each, --looks) {
          const bool other = each->second->key != name.key;
          if (other && rules::MayBeOneName(NameOf(name), NameOf(*each->second)))
            add(name, *each->second);
        }
      }
    }
  }
}

// Most addresses share a department: one that does not is shown.
void CheckPostcodes(const Convention& convention, std::vector<Finding>* findings) {
  struct Address {
    const Text* text;
    std::string postcode;
  };
  std::vector<Address> addresses;
  std::vector<std::string> departments;
  const auto add = [&](const Text& text) {
    std::string postcode = FindPostcode(text.text);
    std::string department = DepartmentOfPostcode(postcode);
    if (department.empty()) return;
    departments.push_back(std::move(department));
    addresses.push_back({&text, std::move(postcode)});
  };
  for (const Party& party : convention.parties) add(party.address);
  for (const Facility& facility : convention.facilities) add(facility.address);
  const std::vector<std::size_t> stray = rules::StrayDepartments(departments);
  if (stray.empty()) return;
  std::size_t common = 0;  // The first address that is not among them is of the others' department.
  while (std::find(stray.begin(), stray.end(), common) != stray.end()) ++common;
  for (const std::size_t at : stray) {
    AddFinding(
        findings, rules::Rule::kPostcode, Severity::kWarning,
        absl::StrCat("Code postal ", addresses[at].postcode, " : département ", departments[at],
                     ", les autres adresses sont dans le ", departments[common]),
        absl::StrCat("Postcode ", addresses[at].postcode, ": department ", departments[at],
                     ", the other addresses are in ", departments[common]),
        addresses[at].text->source.lines);
  }
}

}  // namespace

void CheckWording(const Checked& checked, std::vector<Finding>* findings) {
  CheckObjects(checked.convention, findings);
  CheckSpellings(checked, findings);
  CheckPostcodes(checked.convention, findings);
}

}  // namespace greffe::reader
