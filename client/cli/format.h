#ifndef GREFFE_CLIENT_CLI_FORMAT_H_
#define GREFFE_CLIENT_CLI_FORMAT_H_

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/messages.h"

namespace greffe::cli {

// Dates, instants and numbers as people read them. Instants are shown in Paris time.

// « 1er janvier 2025 », “1 January 2025”. What is not a date is given back as it is.
std::string LongDate(Lang lang, absl::string_view iso_date);
// « 22 novembre 2026 à 13:55:20 ».
std::string LongInstant(Lang lang, const google::protobuf::Timestamp& at);
// « 22/11/2026 13:55 », for tables.
std::string ShortInstant(Lang lang, const google::protobuf::Timestamp& at);
// Its day alone, « 22/11/2026 ».
std::string ShortDay(Lang lang, const google::protobuf::Timestamp& at);
// YYYY-MM-DD.
std::string TodayInParis();
// Groups of three digits, with a narrow no-break space in French and a comma in English.
std::string Count(Lang lang, std::uint64_t number);
// « 12,4 Mio », “12.4 MiB”.
std::string Bytes(Lang lang, std::uint64_t bytes);
// « voir “Charte” du comité » for « voir « Charte » du comité »: quotation marks inside others, as
// French prints them. What does not close as it opens is given back as it is.
std::string InnerQuotes(absl::string_view text);
// The first 12 digits of a hash, for tables.
std::string ShortHash(absl::string_view hex);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_FORMAT_H_
