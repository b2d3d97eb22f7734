#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/reader/actes.h"
#include "core/reader/checks.h"
#include "core/reader/letters.h"
#include "core/reader/persons.h"

namespace greffe::reader {
namespace {

// Characters of `text` that ISO-8859-1 lacks, each once, in order.
std::vector<std::string> OutsideLatin1(absl::string_view text) {
  std::vector<std::string> outside;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t start = at;
    UChar32 c;
    U8_NEXT(data, at, length, c);
    if (c >= 0 && c <= 0xFF) continue;
    std::string character(
        text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start)));
    if (std::find(outside.begin(), outside.end(), character) == outside.end())
      outside.push_back(std::move(character));
  }
  return outside;
}

std::size_t Characters(absl::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

void CheckObjects(const Convention& convention, std::vector<Finding>* findings) {
  constexpr std::size_t kObjectCharacters = 499;  // @ctes, domain §7.1.
  for (const Deliberation& act : convention.deliberations) {
    const std::vector<std::string> outside = OutsideLatin1(act.object.text);
    if (!outside.empty()) {
      std::string list;
      for (const std::string& character : outside)
        absl::StrAppend(&list, list.empty() ? "" : " ", character);
      findings->push_back(
          MakeFinding("CHK-32", Severity::kWarning,
                      absl::StrCat("L'objet contient ", list,
                                   " : à translittérer pour la télétransmission (ISO-8859-1)"),
                      absl::StrCat("The object holds ", list,
                                   ": to be transliterated for transmission (ISO-8859-1)"),
                      act.object.source.lines));
    }
    if (Characters(act.object.text) > kObjectCharacters) {
      findings->push_back(
          MakeFinding("CHK-32", Severity::kWarning,
                      absl::StrCat("L'objet dépasse ", kObjectCharacters, " caractères"),
                      absl::StrCat("The object exceeds ", kObjectCharacters, " characters"),
                      act.object.source.lines));
    }
  }
}

// One letter more, fewer or other.
bool OneLetterApart(absl::string_view a, absl::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  return a.substr(same + (a.size() == b.size() ? 1 : 0)) == b.substr(same + 1);
}

struct Word {
  std::string printed;
  std::string key;
  std::string before;  // Key of the word before.
  Lines lines;
};

std::vector<Word> WordsOf(absl::string_view text, Lines lines) {
  std::vector<Word> words;
  std::string before;
  for (absl::string_view piece :
       absl::StrSplit(text, absl::ByAnyChar(" ,;.()/:"), absl::SkipEmpty())) {
    std::string key = PlainKey(piece);
    if (key.empty()) continue;
    words.push_back({std::string(piece), key, before, lines});
    before = std::move(key);
  }
  return words;
}

// Words of signatures and deliberations, where names come back.
std::vector<Word> SignatureWords(const Checked& checked) {
  std::vector<Word> words;
  for (const ContractPart& part : checked.parts) {
    if (part.kind != PartKind::kClosing && part.kind != PartKind::kDeliberation) continue;
    for (std::size_t at = part.begin; at < part.end; ++at) {
      const Block& block = checked.blocks.blocks[at];
      for (const Row& row : block.rows) {
        for (const Cell& cell : row.cells) {
          for (Word& word : WordsOf(cell.text, cell.lines)) words.push_back(std::move(word));
        }
      }
      for (const BlockLine& line : block.parts) {
        const Lines lines{block.lines.document, line.number, line.number};
        for (Word& word : WordsOf(line.text, lines)) words.push_back(std::move(word));
      }
    }
  }
  return words;
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

void CheckSpellings(const Checked& checked, std::vector<Finding>* findings) {
  constexpr std::size_t kShortest = 5;
  int looks = 5'000'000;  // At words behind the same first name; a second of them at most.
  const std::vector<Word> places = SignatureWords(checked);
  std::multimap<absl::string_view, const Word*> by_key;
  std::multimap<absl::string_view, const Word*> by_before;
  std::set<std::pair<std::string, std::string>> known;  // A spelling behind a word counts once.
  for (const Word& word : places) {
    const std::string spelling = Spelling(word.printed);
    if (known.insert({spelling, ""}).second) by_key.emplace(word.key, &word);
    if (word.before.size() >= 3 && known.insert({spelling, word.before}).second)
      by_before.emplace(word.before, &word);
  }
  std::set<std::pair<std::string, std::string>> seen;
  const auto add = [&](const Word& a, const Word& b) {
    if (!seen.insert({Spelling(a.printed), Spelling(b.printed)}).second) return;
    findings->push_back(
        MakeFinding("CHK-34", Severity::kInfo,
                    absl::StrCat("Un même nom, deux graphies : ", a.printed, " et ", b.printed),
                    absl::StrCat("One name, two spellings: ", a.printed, " and ", b.printed),
                    {a.lines, b.lines}));
  };
  for (const Party& party : checked.convention.parties) {
    for (const Representative& person : party.representatives) {
      const Lines at = person.name.source.lines.empty() ? Lines{} : person.name.source.lines[0];
      for (const Word& name : WordsOf(person.name.text, at)) {
        if (name.key.size() < kShortest || StartsWithCivility(name.key)) continue;
        const auto [same, same_end] = by_key.equal_range(name.key);
        for (auto each = same; each != same_end; ++each) {
          if (Spelling(each->second->printed) != Spelling(name.printed)) add(name, *each->second);
        }
        if (name.before.size() < 3 || StartsWithCivility(name.before)) continue;
        const auto [near, near_end] = by_before.equal_range(name.before);
        for (auto each = near; each != near_end && looks > 0; ++each, --looks) {
          if (each->second->key != name.key && OneLetterApart(each->second->key, name.key))
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
    std::string department;
  };
  std::vector<Address> addresses;
  std::map<std::string, std::size_t> counts;
  const auto add = [&](const Text& text) {
    std::string postcode = FindPostcode(text.text);
    std::string department = DepartmentOfPostcode(postcode);
    if (department.empty()) return;
    ++counts[department];
    addresses.push_back({&text, std::move(postcode), std::move(department)});
  };
  for (const Party& party : convention.parties) add(party.address);
  for (const Facility& facility : convention.facilities) add(facility.address);
  constexpr std::size_t kEnough = 4;
  if (addresses.size() < kEnough) return;
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most->second * 4 < addresses.size() * 3) return;  // Several departments: nothing to tell.
  for (const Address& address : addresses) {
    if (address.department == most->first) continue;
    findings->push_back(MakeFinding(
        "CHK-35", Severity::kWarning,
        absl::StrCat("Code postal ", address.postcode, " : département ", address.department,
                     ", les autres adresses sont dans le ", most->first),
        absl::StrCat("Postcode ", address.postcode, ": department ", address.department,
                     ", the other addresses are in ", most->first),
        address.text->source.lines));
  }
}

}  // namespace

void CheckWording(const Checked& checked, std::vector<Finding>* findings) {
  CheckObjects(checked.convention, findings);
  CheckSpellings(checked, findings);
  CheckPostcodes(checked.convention, findings);
}

}  // namespace greffe::reader
