#include "server/app/paging.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/app/refusals.h"

namespace greffe {

absl::StatusOr<ViewPage> FindViewPage(const v1::ReadAt& at, const std::string& token,
                                      std::size_t count) {
  ViewPage page{.at = at, .part = {.count = count, .bytes = kPageBytes}, .beside = {}};
  if (token.empty()) return page;
  std::string text;
  if (!absl::WebSafeBase64Unescape(token, &text)) return BadPageToken();
  const std::vector<std::string> parts = absl::StrSplit(text, '\n');
  if (parts.size() != 6 || !absl::SimpleAtoi(parts[0], &page.part.from) ||
      !absl::SimpleAtoi(parts[1], &page.part.within)) {
    return BadPageToken();
  }
  std::optional<ReadBesides> beside = ReadBesides::OfFurtherPage(parts[5]);
  if (!beside.has_value()) return BadPageToken();
  page.beside = *std::move(beside);
  page.at.Clear();
  page.at.set_in_force_on(parts[2]);
  page.at.set_clock_date(parts[3]);
  page.at.set_cut(parts[4]);
  return page;
}

std::string NextViewPage(const Known& known, const std::optional<PartEnd>& next,
                         const ReadBesides& beside) {
  if (!next.has_value()) return "";
  return absl::WebSafeBase64Escape(
      absl::StrCat(next->from, "\n", next->within, "\n", known.in_force_on.ToString(), "\n",
                   known.clock_date.ToString(), "\n", known.cut, "\n", beside.ToText()));
}

absl::Status PageError(const absl::Status& status) {
  return absl::IsOutOfRange(status) ? BadPageToken() : status;
}

}  // namespace greffe
