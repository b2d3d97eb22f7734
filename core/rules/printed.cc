#include "core/rules/printed.h"

#include <set>

#include "absl/strings/str_cat.h"

namespace greffe::rules {
namespace {

// What is said, each once; nothing where it is one thing.
std::vector<std::string> Several(const std::vector<std::string>& values) {
  std::set<std::string> said(values.begin(), values.end());
  said.erase("");
  if (said.size() < 2) return {};
  return {said.begin(), said.end()};
}

}  // namespace

std::vector<std::string> StampsDiffer(const std::vector<std::string>& values) {
  return IsOn(Rule::kStampsAgree) ? Several(values) : std::vector<std::string>();
}

std::vector<std::string> DaysDiffer(const std::vector<std::string>& days) {
  return IsOn(Rule::kOneDay) ? Several(days) : std::vector<std::string>();
}

bool IsSentinelDay(absl::string_view day) {
  if (!IsOn(Rule::kSentinelDate) || day.size() != 10) return false;
  const absl::string_view year = day.substr(0, 4);
  return year == "2222" || year == "2999" || year == "9999" || day == "1900-01-01" ||
         day == "2099-12-31";
}

std::optional<Oddity> CheckSentinelDay(absl::string_view day) {
  if (!IsSentinelDay(day)) return std::nullopt;
  return Oddity{Rule::kSentinelDate,
                "sentinel-date",
                FindingSeverityOf(RowOf(Rule::kSentinelDate).severity),
                {absl::StrCat("« ", day,
                              " » est une date conventionnelle qui veut dire « aucune » ou "
                              "« toujours » : donnez le jour, ou rien là où il peut manquer."),
                 absl::StrCat("\"", day,
                              "\" is a sentinel date that means none or for ever: give the day, or "
                              "nothing where it may be missing.")}};
}

}  // namespace greffe::rules
