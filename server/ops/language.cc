#include "server/ops/language.h"

#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"

namespace greffe {

Language LanguageOfEnvironment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return absl::StartsWithIgnoreCase(value, "en") ? Language::kEnglish : Language::kFrench;
  }
  return Language::kFrench;
}

Language LanguageOfHeader(absl::string_view accept_language) {
  return absl::StartsWithIgnoreCase(absl::StripLeadingAsciiWhitespace(accept_language), "en")
             ? Language::kEnglish
             : Language::kFrench;
}

std::string TellPeople(const absl::Status& status, Language language) {
  const Refusal refusal = RefusalOf(status);
  const bool french = language == Language::kFrench;
  const std::string& text = french ? refusal.fr : refusal.en;
  const std::string& next = french ? refusal.next_fr : refusal.next_en;
  return next.empty() ? text : absl::StrCat(text, "\n", next);
}

}  // namespace greffe
