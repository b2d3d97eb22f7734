#include "tests/core/convention/random_draw.h"

#include "absl/strings/str_cat.h"

namespace greffe::test {

int Draw::Below(int bound) {
  return static_cast<int>(random_() % static_cast<std::uint64_t>(bound));
}

std::string Draw::Date() {
  const bool few = Chance(50);
  return absl::StrCat(Chance(8) ? "2029-0" : "2024-0", 1 + Below(few ? 2 : 9), "-1",
                      Below(few ? 2 : 10));
}

History::Event Draw::PickWhere(History::Author author,
                               const std::function<bool(const v1::Event&)>& wanted) {
  std::vector<History::Event> known;
  std::vector<History::Event> any;
  for (History::Event e = 0; e < history_.size(); ++e) {
    if (!wanted(history_.message(e))) continue;
    any.push_back(e);
    if (history_.Knows(author, e)) known.push_back(e);
  }
  const std::vector<History::Event>& from = known.empty() || Chance(3) ? any : known;
  return from.empty() ? -1 : from[static_cast<std::size_t>(Below(static_cast<int>(from.size())))];
}

History::Event Draw::Pick(History::Author author, Case kind) {
  return PickWhere(author, [kind](const v1::Event& one) { return one.payload_case() == kind; });
}

History::Event Draw::PickOwn(History::Author author, const std::string& partner, Case kind) {
  for (int tries = 0; tries < 8; ++tries) {
    const History::Event e = Pick(author, kind);
    if (e < 0 || history_.message(e).actor().partner_id() == partner) return e;
  }
  return Pick(author, kind);
}

Digest Draw::PickLeaf(History::Author author, Case kind) {
  const History::Event e = Pick(author, kind);
  return e < 0 ? Sha256({"nothing"}) : history_.leaf(e);
}

std::vector<Digest> Draw::Some(History::Author author, Case kind) {
  std::vector<Digest> leaves;
  while (Chance(60)) leaves.push_back(PickLeaf(author, kind));
  return leaves;
}

}  // namespace greffe::test
