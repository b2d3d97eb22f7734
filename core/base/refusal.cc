#include "core/base/refusal.h"

#include <optional>

#include "absl/strings/cord.h"

namespace greffe {
namespace {

constexpr char kRule[] = "greffe/rule";
constexpr char kField[] = "greffe/field";
constexpr char kEn[] = "greffe/en";
constexpr char kNextFr[] = "greffe/next-fr";
constexpr char kNextEn[] = "greffe/next-en";
constexpr char kConfirm[] = "greffe/confirm";

void Put(absl::Status& status, absl::string_view url, const std::string& value) {
  if (!value.empty()) status.SetPayload(url, absl::Cord(value));
}

std::string Get(const absl::Status& status, absl::string_view url) {
  const auto payload = status.GetPayload(url);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace

absl::Status ToStatus(const Refusal& refusal) {
  absl::Status status(refusal.code, refusal.fr);
  Put(status, kRule, refusal.rule);
  Put(status, kField, refusal.field);
  Put(status, kEn, refusal.en);
  Put(status, kNextFr, refusal.next_fr);
  Put(status, kNextEn, refusal.next_en);
  Put(status, kConfirm, refusal.confirm);
  return status;
}

Refusal RefusalOf(const absl::Status& status) {
  Refusal out;
  out.code = status.code();
  out.fr = std::string(status.message());
  out.rule = Get(status, kRule);
  out.field = Get(status, kField);
  out.en = Get(status, kEn);
  if (out.en.empty()) out.en = out.fr;
  out.next_fr = Get(status, kNextFr);
  out.next_en = Get(status, kNextEn);
  out.confirm = Get(status, kConfirm);
  return out;
}

}  // namespace greffe
