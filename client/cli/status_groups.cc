#include "client/cli/status_groups.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/cli/text_width.h"

namespace greffe::cli {
namespace {

struct Group {
  v1::AuthorityStage stage = v1::AUTHORITY_STAGE_UNSPECIFIED;
  std::string step;
  std::vector<std::string> names;
};

std::vector<Group> MakeGroups(const std::vector<BoardParty>& parties) {
  std::vector<Group> out;
  std::map<std::pair<v1::AuthorityStage, std::string>, std::size_t> known;
  for (const BoardParty& party : parties) {
    const std::string step = PrintableLine(party.step);
    // However they came there, they are done.
    const v1::AuthorityStage stage = step.empty() ? v1::AUTHORITY_STAGE_UNSPECIFIED : party.stage;
    const auto [at, added] = known.emplace(std::pair(stage, step), out.size());
    if (added) out.push_back({stage, step, {}});
    out[at->second].names.push_back(PrintableLine(party.name));
  }
  std::stable_sort(out.begin(), out.end(), [](const Group& a, const Group& b) {
    if (a.step.empty() != b.step.empty()) return b.step.empty();
    return a.names.size() > b.names.size();
  });
  return out;
}

std::string Title(Lang lang, const Group& group) {
  constexpr Message kOne = {"$0 : $1", "$0: $1"};
  constexpr Message kMany = {"$0 parties : $1", "$0 parties: $1"};
  const std::string step =
      !group.step.empty() ? group.step : Say(lang, Message{"Rien à faire.", "Nothing to do."});
  if (group.names.size() == 1) return Fill(lang, kOne, group.names.front(), step);
  return Fill(lang, kMany, group.names.size(), step);
}

std::vector<std::string> Indented(absl::string_view text, int indent, int width) {
  std::vector<std::string> out = Wrap(text, width - indent);
  for (std::string& line : out) line.insert(0, static_cast<std::size_t>(indent), ' ');
  return out;
}

// Names on lines, none broken that fits on one.
std::vector<std::string> Filled(const std::vector<std::string>& names, int indent, int width) {
  std::vector<std::string> out;
  int used = width;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = absl::StrCat(names[i], i + 1 < names.size() ? "," : "");
    const int columns = DisplayWidth(name);
    if (!out.empty() && used + 1 + columns <= width) {
      absl::StrAppend(&out.back(), " ", name);
      used += 1 + columns;
      continue;
    }
    for (std::string& line : Indented(name, indent, width)) out.push_back(std::move(line));
    used = DisplayWidth(out.back());
  }
  return out;
}

// As many names as fit, then how many more there are.
std::vector<std::string> NameLines(Lang lang, const Group& group, int width,
                                   std::size_t lines_max) {
  constexpr int kIndent = 4;
  constexpr Message kMore = {"… et encore $0 (--all)", "… and $0 more (--all)"};
  const auto lines = [&](std::size_t shown) {
    std::vector<std::string> names(group.names.begin(),
                                   group.names.begin() + static_cast<std::ptrdiff_t>(shown));
    const std::size_t left = group.names.size() - shown;
    if (left > 0) names.push_back(Fill(lang, kMore, left));
    return Filled(names, kIndent, width);
  };
  if (std::vector<std::string> all = lines(group.names.size()); all.size() <= lines_max) return all;
  // By halves: of many parties each try writes many names.
  std::size_t fits = 0;
  for (std::size_t too_many = group.names.size(); too_many - fits > 1;) {
    const std::size_t middle = fits + (too_many - fits) / 2;
    (lines(middle).size() <= lines_max ? fits : too_many) = middle;
  }
  return lines(fits);
}

// One group, its names on at most `names_max` lines.
std::vector<std::string> LinesOf(Lang lang, const Group& group, int width, std::size_t names_max) {
  std::vector<std::string> out = Indented(Title(lang, group), 4, width);
  out.front().erase(0, 2);
  if (group.names.size() == 1) return out;
  for (std::string& line : NameLines(lang, group, width, names_max)) {
    out.push_back(std::move(line));
  }
  return out;
}

// What has too many groups ends with how many parties are not told.
std::vector<std::string> CutGroups(Lang lang, const std::vector<Group>& groups, int width,
                                   std::size_t lines_max) {
  constexpr Message kMore = {"  … et encore $0 (--all pour toutes)",
                             "  … and $0 more (--all for all)"};
  std::vector<std::string> out;
  std::size_t left = 0;
  for (const Group& group : groups) {
    const std::vector<std::string> lines = LinesOf(lang, group, width, 1);
    if (left > 0 || out.size() + lines.size() >= lines_max) {
      left += group.names.size();
      continue;
    }
    out.insert(out.end(), lines.begin(), lines.end());
  }
  if (left > 0) out.push_back(Fill(lang, kMore, left));
  return out;
}

}  // namespace

std::vector<std::string> GroupLines(Lang lang, const std::vector<BoardParty>& parties, int width,
                                    std::size_t lines_max) {
  const std::vector<Group> groups = MakeGroups(parties);
  for (std::size_t names_max = lines_max; names_max > 0; --names_max) {
    std::vector<std::string> out;
    for (const Group& group : groups) {
      for (std::string& line : LinesOf(lang, group, width, names_max)) {
        out.push_back(std::move(line));
      }
      if (out.size() > lines_max) break;
    }
    if (out.size() <= lines_max) return out;
  }
  return CutGroups(lang, groups, width, lines_max);
}

}  // namespace greffe::cli
