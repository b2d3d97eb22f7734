#include "client/cli/parse.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "client/cli/messages.h"
#include "client/status.h"

namespace greffe::cli {
namespace {

template <typename... Args>
absl::Status Wrong(absl::string_view option, const Message& message, const Args&... args) {
  return UsageError({.field = std::string(option),
                     .fr = Fill(Lang::kFrench, message, args...),
                     .en = Fill(Lang::kEnglish, message, args...)});
}

template <typename Enum>
using Word = std::pair<const char*, Enum>;

constexpr Word<v1::Role> kRoles[] = {{"reader", v1::ROLE_READER},
                                     {"coordinator", v1::ROLE_COORDINATOR},
                                     {"secretariat", v1::ROLE_SECRETARIAT},
                                     {"signatory", v1::ROLE_SIGNATORY},
                                     {"dpo", v1::ROLE_DPO},
                                     {"auditor", v1::ROLE_AUDITOR},
                                     {"admin", v1::ROLE_ADMIN}};

constexpr Word<v1::PartnerKind> kPartnerKinds[] = {
    {"caf", v1::PARTNER_KIND_CAF},
    {"commune", v1::PARTNER_KIND_COMMUNE},
    {"intercommunality", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"syndicate", v1::PARTNER_KIND_SYNDICATE},
    {"state", v1::PARTNER_KIND_STATE},
    {"national-education", v1::PARTNER_KIND_NATIONAL_EDUCATION},
    {"department", v1::PARTNER_KIND_DEPARTMENT},
    {"other", v1::PARTNER_KIND_OTHER}};

constexpr Word<v1::ProgressState> kProgressStates[] = {
    {"not-started", v1::PROGRESS_STATE_NOT_STARTED},
    {"in-progress", v1::PROGRESS_STATE_IN_PROGRESS},
    {"done", v1::PROGRESS_STATE_DONE},
    {"delayed", v1::PROGRESS_STATE_DELAYED},
    {"abandoned", v1::PROGRESS_STATE_ABANDONED}};

constexpr Word<v1::PublicationMode> kPublicationModes[] = {
    {"web", v1::PUBLICATION_MODE_WEB},
    {"posting", v1::PUBLICATION_MODE_POSTING},
    {"paper", v1::PUBLICATION_MODE_PAPER}};
constexpr Word<v1::CastingVote> kCastingVotes[] = {{"for", v1::CASTING_VOTE_FOR},
                                                   {"against", v1::CASTING_VOTE_AGAINST}};
constexpr Word<v1::MandateReach> kMandateReaches[] = {
    {"text", v1::MANDATE_REACH_TEXT_ALONE},
    {"execution", v1::MANDATE_REACH_EXECUTION},
    {"avenants", v1::MANDATE_REACH_AVENANTS},
};

template <typename Enum>
absl::StatusOr<Enum> Choose(absl::string_view option, absl::string_view given,
                            std::span<const Word<Enum>> words) {
  for (const auto& [word, value] : words) {
    if (given == word) return value;
  }
  return Wrong(option, msg::kBadChoice, given,
               absl::StrJoin(words, ", ", [](std::string* out, const Word<Enum>& word) {
                 absl::StrAppend(out, word.first);
               }));
}

template <typename Enum>
const char* WordFor(Enum value, std::span<const Word<Enum>> words) {
  for (const auto& [word, known] : words) {
    if (value == known) return word;
  }
  return "?";
}

}  // namespace

absl::StatusOr<std::chrono::milliseconds> ParseDuration(absl::string_view text) {
  using std::chrono::milliseconds;
  absl::string_view digits = text;
  std::int64_t unit = 1000;
  if (absl::ConsumeSuffix(&digits, "ms")) {
    unit = 1;
  } else if (absl::ConsumeSuffix(&digits, "s")) {
    unit = 1000;
  } else if (absl::ConsumeSuffix(&digits, "m")) {
    unit = 60'000;
  } else if (absl::ConsumeSuffix(&digits, "h")) {
    unit = 3'600'000;
  }
  std::int64_t number = 0;
  const bool plain =
      !digits.empty() && std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit);
  constexpr std::int64_t kDay = 24 * 3'600'000;
  if (!plain || !absl::SimpleAtoi(digits, &number) || number <= 0 || number > kDay / unit) {
    return Wrong("--timeout", msg::kBadDuration, text);
  }
  return milliseconds(number * unit);
}

bool LooksLikeCut(absl::string_view text) { return absl::StartsWith(text, "gt1."); }

absl::StatusOr<v1::ReadAt> ParseDatedPoint(absl::string_view text, absl::string_view option) {
  const std::size_t at = text.find('@');
  const absl::string_view date = text.substr(0, at);
  v1::ReadAt out;
  out.set_in_force_on(std::string(date));
  if (date.empty()) return Wrong(option, msg::kBadPoint, text);
  if (at == absl::string_view::npos) return out;
  const std::string known(text.substr(at + 1));
  if (known.empty()) return Wrong(option, msg::kBadPoint, text);
  if (LooksLikeCut(known)) {
    out.set_cut(known);
  } else {
    out.set_known_at(known);
  }
  return out;
}

absl::StatusOr<v1::ReadAt> ParseReadAt(const ReadOptions& options) {
  if (!options.known_at.empty() && !options.recorded_by.empty()) {
    return Wrong("--recorded-by", msg::kNotBoth, "--known-at", "--recorded-by");
  }
  v1::ReadAt out;
  out.set_in_force_on(options.in_force_on);
  out.set_clock_date(options.clock_date);
  if (LooksLikeCut(options.known_at)) {
    out.set_cut(options.known_at);
  } else if (!options.known_at.empty()) {
    out.set_known_at(options.known_at);
  } else if (!options.recorded_by.empty()) {
    out.set_recorded_by(options.recorded_by);
  }
  return out;
}

absl::StatusOr<std::string> ParseHex(absl::string_view hex, std::size_t bytes,
                                     absl::string_view option) {
  if (hex.size() != 2 * bytes || !std::all_of(hex.begin(), hex.end(), absl::ascii_isxdigit)) {
    constexpr Message kBadHex = {"« $0 » : il faut $1 chiffres hexadécimaux.",
                                 "“$0”: $1 hexadecimal digits are wanted."};
    return Wrong(option, kBadHex, hex, 2 * bytes);
  }
  return absl::HexStringToBytes(hex);
}

absl::StatusOr<std::string> ParseRequestId(absl::string_view hex) {
  if (hex.size() != 32 || !std::all_of(hex.begin(), hex.end(), absl::ascii_isxdigit)) {
    return Wrong("--request-id", msg::kBadRequestId, hex);
  }
  return absl::HexStringToBytes(hex);
}

absl::StatusOr<v1::Role> ParseRole(absl::string_view word) {
  return Choose<v1::Role>("--role", word, kRoles);
}
absl::StatusOr<v1::PartnerKind> ParsePartnerKind(absl::string_view word) {
  return Choose<v1::PartnerKind>("--kind", word, kPartnerKinds);
}
absl::StatusOr<v1::ProgressState> ParseProgressState(absl::string_view word) {
  return Choose<v1::ProgressState>("--state", word, kProgressStates);
}
absl::StatusOr<v1::PublicationMode> ParsePublicationMode(absl::string_view word) {
  return Choose<v1::PublicationMode>("--publication", word, kPublicationModes);
}
absl::StatusOr<v1::CastingVote> ParseCastingVote(absl::string_view word) {
  return Choose<v1::CastingVote>("--casting-vote", word, kCastingVotes);
}
absl::StatusOr<v1::MandateReach> ParseMandateReach(absl::string_view word) {
  return Choose<v1::MandateReach>("--scope", word, kMandateReaches);
}
const char* RoleWord(v1::Role role) { return WordFor<v1::Role>(role, kRoles); }

}  // namespace greffe::cli
