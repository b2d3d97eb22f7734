#include "core/base/refusals.h"

#include <string>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

struct Part {
  const char* name;
  std::string Refusal::*text;
};

constexpr Part kParts[] = {{"fr", &Refusal::fr},           {"en", &Refusal::en},
                           {"rule", &Refusal::rule},       {"field", &Refusal::field},
                           {"next-fr", &Refusal::next_fr}, {"next-en", &Refusal::next_en}};

std::string UrlOf(std::size_t index, const Part& part) {
  return absl::StrCat("greffe/further/", index, "/", part.name);
}

}  // namespace

absl::Status InOtherWords(const absl::Status& status, const Refusal& words) {
  absl::Status out = ToStatus(words);
  status.ForEachPayload([&out](absl::string_view url, const absl::Cord& payload) {
    if (!out.GetPayload(url).has_value()) out.SetPayload(url, payload);
  });
  return out;
}

absl::Status WithFurther(absl::Status first, const std::vector<Refusal>& further) {
  for (std::size_t i = 0; i < further.size(); ++i) {
    for (const Part& part : kParts) {
      first.SetPayload(UrlOf(i, part), absl::Cord(further[i].*part.text));
    }
  }
  return first;
}

std::vector<Refusal> FurtherOf(const absl::Status& status) {
  std::vector<Refusal> out;
  while (status.GetPayload(UrlOf(out.size(), kParts[0])).has_value()) {
    Refusal one{.code = status.code()};
    for (const Part& part : kParts) {
      one.*part.text =
          std::string(status.GetPayload(UrlOf(out.size(), part)).value_or(absl::Cord()));
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace greffe
