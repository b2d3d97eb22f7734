#include "tests/scenarios/language.h"

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"

namespace greffe::scenario {

std::regex Expression(const std::string& form) {
  // Forms are plain words but for what stands in braces, alternatives (a|b) and optional parts.
  const std::string pattern = absl::StrReplaceAll(
      form,
      {{"{DATE}", R"re((\d{4}-\d{2}-\d{2}))re"},
       {"{HEURE}", R"re((\d{2}:\d{2}))re"},
       {"{N}", R"re((\d+))re"},
       {"{RÈGLE}", R"re(([A-Z]+-\d+))re"},
       {"{CODE}", R"re(([a-z0-9-]+))re"},
       {"{TEXTE}", "« ?(.*?) ?»"},
       {"{QUI}",
        "((?:la |le |l'|de la |du |à la |au |)(?:commune|CAF|service|département|collectivité))"},
       {"{SIGNATAIRE}",
        "(le maire|la présidente de la CAF|la directrice de la CAF|le président du département|le "
        "président "
        "de la collectivité)"},
       {"{TEXTE FIGÉ}", "(le texte|l'avenant(?: de la commune| de la CAF| du département)?)"}});
  return std::regex(pattern);
}

Who WhoIn(const std::string& words) {
  if (absl::StrContains(words, "CAF")) return Who::kCaf;
  if (absl::StrContains(words, "collectivité")) return Who::kCollectivite;
  if (absl::StrContains(words, "service")) return Who::kService;
  if (absl::StrContains(words, "département")) return Who::kDepartement;
  return Who::kCommune;
}

CivilDate DayIn(const std::string& date) {
  const auto day = CivilDate::Parse(date, "date");
  return day.ok() ? *day : CivilDate();
}

}  // namespace greffe::scenario
