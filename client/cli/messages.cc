#include "client/cli/messages.h"

#include "absl/strings/match.h"

namespace greffe::cli {

Lang ChooseLang(absl::string_view flag,
                const std::function<const char*(const char*)>& environment) {
  if (flag == "fr") return Lang::kFrench;
  if (flag == "en") return Lang::kEnglish;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = environment(name);
    if (value == nullptr || *value == '\0') continue;
    return absl::StartsWithIgnoreCase(value, "en") ? Lang::kEnglish : Lang::kFrench;
  }
  return Lang::kFrench;
}

const char* Say(Lang lang, const Message& message) {
  return lang == Lang::kFrench ? message.fr : message.en;
}

}  // namespace greffe::cli
