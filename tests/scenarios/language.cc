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
       {"{VALEUR}", R"re((\d+(?:\.\d+)?))re"},
       {"{PÉRIODE}", R"re((\d{4}(?:-T?\d{1,2})?))re"},
       {"{AVANCEMENT}", "(pas commencée|en cours|terminée|en retard|abandonnée)"},
       {"{COMITÉ}", "(comité(?: technique)?)"},
       {"{CODE}", R"re(([a-z0-9-]+))re"},
       {"{TEXTE}", "« ?(.*?) ?»"},
       {"{QUI}",
        "((?:la |le |l'|de la |du |à la |au |)(?:commune|CAF|service|département|collectivité))"},
       {"{SIGNATAIRE}",
        "(le maire|la présidente de la CAF|la directrice de la CAF|le président du département|le "
        "président "
        "de la collectivité)"},
       {"{DE L'ACTE}", "(du texte|de l'avenant(?: de la commune| de la CAF| du département))"},
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

absl::Status Want(bool right, absl::string_view instead) {
  return right ? absl::OkStatus() : absl::FailedPreconditionError(instead);
}

absl::StatusOr<PlayedAct*> ActIn(World& world, const std::string& words) {
  if (absl::StrContains(words, "texte")) return &world.original;
  if (absl::StrContains(words, "avenant d")) {
    const auto found = world.avenants.find(WhoIn(words));
    if (found == world.avenants.end()) return absl::InvalidArgumentError("pas d'avenant de ce nom");
    return &found->second;
  }
  if (world.frozen == nullptr) return absl::InvalidArgumentError("rien n'est encore figé");
  return world.frozen;
}

v1::ProgressState ProgressIn(const std::string& words) {
  if (words == "pas commencée") return v1::PROGRESS_STATE_NOT_STARTED;
  if (words == "en cours") return v1::PROGRESS_STATE_IN_PROGRESS;
  if (words == "terminée") return v1::PROGRESS_STATE_DONE;
  return words == "en retard" ? v1::PROGRESS_STATE_DELAYED : v1::PROGRESS_STATE_ABANDONED;
}

std::string BodyIn(const std::string& words) {
  return absl::StrContains(words, "technique") ? "technique" : "comite";
}

CivilDate DayIn(const std::string& date) {
  const auto day = CivilDate::Parse(date, "date");
  return day.ok() ? *day : CivilDate();
}

}  // namespace greffe::scenario
