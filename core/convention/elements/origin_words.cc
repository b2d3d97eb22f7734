#include "core/convention/elements/origin_words.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "core/base/digits.h"
#include "core/convention/elements/french.h"

namespace greffe {
namespace {

// « article 1er », « articles 1er, 3 et 4 »; empty for none.
std::string Articles(const v1::Origin& origin, absl::string_view and_word, bool french) {
  std::vector<std::string> numbers;
  for (const std::uint32_t number : origin.articles()) {
    numbers.push_back(french && number == 1 ? "1er" : absl::StrCat(number));
  }
  if (numbers.empty()) return "";
  const std::string last = numbers.back();
  numbers.pop_back();
  if (numbers.empty()) return absl::StrCat(", article ", last);
  return absl::StrCat(", articles ", absl::StrJoin(numbers, ", "), " ", and_word, " ", last);
}

// How the label stands in a sentence: as a name, or quoted where it is no name of such an act.
struct NamedOrigin {
  absl::string_view article;
  std::string name;
};

NamedOrigin NameOf(const v1::Origin& origin) {
  const std::string& label = origin.label();
  const auto is = [&](absl::string_view first) {
    return absl::StartsWithIgnoreCase(label, first) &&
           (label.size() == first.size() || label[first.size()] == ' ');
  };
  if (is("avenant")) return {"l'", label};
  if (is("convention") || is("décision") || is("résiliation")) return {"la ", label};
  const std::string quoted = absl::StrCat("« ", label, " »");
  switch (origin.kind()) {
    case v1::ACT_KIND_ORIGINAL:
      return {"la ", absl::StrCat("convention ", quoted)};
    case v1::ACT_KIND_AVENANT:
      return {"l'", absl::StrCat("avenant ", quoted)};
    case v1::ACT_KIND_COMMITTEE_DECISION:
      return {"la ", absl::StrCat("décision de comité ", quoted)};
    case v1::ACT_KIND_AGREED_TERMINATION:
      return {"la ", absl::StrCat("résiliation amiable ", quoted)};
    default:
      return {"l'", absl::StrCat("acte ", quoted)};
  }
}

// The day to say behind the label: none where the label says one, « avenant du 2 mai 2024 ».
std::string DayOf(const v1::Origin& origin) {
  constexpr absl::string_view kOf = " du ";
  const absl::string_view label = origin.label();
  for (std::size_t at = label.find(kOf); at != label.npos; at = label.find(kOf, at + 1)) {
    const std::size_t next = at + kOf.size();
    if (next < label.size() && IsDigit(label[next])) return "";
  }
  return origin.concluded_on();
}

std::string InFrench(const v1::Origin& origin, absl::string_view name) {
  const std::string day = DayOf(origin);
  return absl::StrCat(name, day.empty() ? "" : absl::StrCat(" du ", FrenchDate(day)),
                      Articles(origin, "et", true));
}

}  // namespace

std::string OriginAct(const v1::Origin& origin) {
  if (origin.label().empty()) return "";
  const NamedOrigin named = NameOf(origin);
  return InFrench(origin, absl::StrCat(named.article, named.name));
}

rules::Words OriginWords(const v1::Origin& origin) {
  if (origin.label().empty()) return {};
  const std::string name = NameOf(origin).name;
  const std::string day = DayOf(origin);
  return {InFrench(origin, name),
          absl::StrCat(name, day.empty() ? "" : absl::StrCat(" of ", EnglishDate(day)),
                       Articles(origin, "and", false))};
}

bool SameOrigin(const v1::Origin& one, const v1::Origin& other) {
  return one.revision() == other.revision() &&
         std::equal(one.articles().begin(), one.articles().end(), other.articles().begin(),
                    other.articles().end());
}

}  // namespace greffe
