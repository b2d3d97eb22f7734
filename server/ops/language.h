#ifndef GREFFE_SERVER_OPS_LANGUAGE_H_
#define GREFFE_SERVER_OPS_LANGUAGE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace greffe {

enum class Language { kFrench, kEnglish };

// From LC_ALL, LC_MESSAGES, LANG, the first that is set: English for en*, else French.
Language LanguageOfEnvironment();
// From an Accept-Language header: English when it starts with en, else French.
Language LanguageOfHeader(absl::string_view accept_language);

// What a refusal tells people: its text, and its next step on a line of its own.
std::string TellPeople(const absl::Status& status, Language language);

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_LANGUAGE_H_
