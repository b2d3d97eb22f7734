#include "client/cli/format.h"

#include <unicode/calendar.h>
#include <unicode/timezone.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "core/base/time.h"

namespace greffe::cli {
namespace {

constexpr std::array<Message, 12> kMonths = {{{"janvier", "January"},
                                              {"février", "February"},
                                              {"mars", "March"},
                                              {"avril", "April"},
                                              {"mai", "May"},
                                              {"juin", "June"},
                                              {"juillet", "July"},
                                              {"août", "August"},
                                              {"septembre", "September"},
                                              {"octobre", "October"},
                                              {"novembre", "November"},
                                              {"décembre", "December"}}};

struct Moment {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

// ICU carries the rules of Paris: this works where the system has no time-zone data.
Moment InParis(const google::protobuf::Timestamp& at) {
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      icu::TimeZone::createTimeZone("Europe/Paris"), icu::Locale::getRoot(), code));
  if (U_FAILURE(code)) return {};
  calendar->setTime(static_cast<double>(at.seconds()) * 1000.0, code);
  Moment out;
  out.year = calendar->get(UCAL_YEAR, code);
  out.month = calendar->get(UCAL_MONTH, code) + 1;
  out.day = calendar->get(UCAL_DATE, code);
  out.hour = calendar->get(UCAL_HOUR_OF_DAY, code);
  out.minute = calendar->get(UCAL_MINUTE, code);
  out.second = calendar->get(UCAL_SECOND, code);
  return out;
}

std::string DayInWords(Lang lang, int year, int month, int day) {
  const char* first = lang == Lang::kFrench && day == 1 ? "er" : "";
  return absl::StrCat(day, first, " ", Say(lang, kMonths[(month - 1) % 12]), " ", year);
}

}  // namespace

std::string LongDate(Lang lang, absl::string_view iso_date) {
  if (!CivilDate::TryParse(iso_date)) return std::string(iso_date);
  int year = 0, month = 0, day = 0;
  std::sscanf(std::string(iso_date).c_str(), "%d-%d-%d", &year, &month, &day);
  return DayInWords(lang, year, month, day);
}

std::string LongInstant(Lang lang, const google::protobuf::Timestamp& at) {
  const Moment m = InParis(at);
  return absl::StrFormat("%s %s %02d:%02d:%02d", DayInWords(lang, m.year, m.month, m.day),
                         lang == Lang::kFrench ? "à" : "at", m.hour, m.minute, m.second);
}

std::string ShortInstant(Lang lang, const google::protobuf::Timestamp& at) {
  const Moment m = InParis(at);
  if (lang == Lang::kFrench) {
    return absl::StrFormat("%02d/%02d/%d %02d:%02d", m.day, m.month, m.year, m.hour, m.minute);
  }
  return absl::StrFormat("%d-%02d-%02d %02d:%02d", m.year, m.month, m.day, m.hour, m.minute);
}

std::string ShortDay(Lang lang, const google::protobuf::Timestamp& at) {
  const std::string instant = ShortInstant(lang, at);
  return instant.substr(0, instant.find(' '));
}

std::string TodayInParis() {
  google::protobuf::Timestamp now;
  now.set_seconds(std::time(nullptr));
  const Moment m = InParis(now);
  return absl::StrFormat("%04d-%02d-%02d", m.year, m.month, m.day);
}

std::string Count(Lang lang, std::uint64_t number) {
  const std::string digits = absl::StrCat(number);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += lang == Lang::kFrench ? "\u202F" : ",";
    out += digits[i];
  }
  return out;
}

std::string Bytes(Lang lang, std::uint64_t bytes) {
  constexpr std::array<Message, 5> kUnits = {
      {{"o", "B"}, {"Kio", "KiB"}, {"Mio", "MiB"}, {"Gio", "GiB"}, {"Tio", "TiB"}}};
  std::size_t unit = 0;
  double value = static_cast<double>(bytes);
  while (value >= 1024 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  std::string number = unit == 0 ? absl::StrCat(bytes) : absl::StrFormat("%.1f", value);
  if (lang == Lang::kFrench) {
    if (const auto point = number.find('.'); point != std::string::npos) number[point] = ',';
  }
  return absl::StrCat(number, " ", Say(lang, kUnits[unit]));
}

std::string ShortHash(absl::string_view hex) { return std::string(hex.substr(0, 12)); }

std::string InnerQuotes(absl::string_view text) {
  constexpr absl::string_view kBlanks[] = {" ", "\u00a0", "\u202f"};
  std::string out;
  int depth = 0;
  for (absl::string_view rest = text; !rest.empty();) {
    if (absl::ConsumePrefix(&rest, "«")) {
      if (++depth == 1) {
        out.append("«");
        continue;
      }
      out.append("“");
      for (const absl::string_view blank : kBlanks) {
        if (absl::ConsumePrefix(&rest, blank)) break;
      }
      continue;
    }
    if (absl::ConsumePrefix(&rest, "»")) {
      if (--depth < 0) return std::string(text);
      if (depth == 0) {
        out.append("»");
        continue;
      }
      for (const absl::string_view blank : kBlanks) {
        if (!absl::EndsWith(out, blank)) continue;
        out.resize(out.size() - blank.size());
        break;
      }
      out.append("”");
      continue;
    }
    out.push_back(rest.front());
    rest.remove_prefix(1);
  }
  return depth == 0 ? out : std::string(text);
}

}  // namespace greffe::cli
