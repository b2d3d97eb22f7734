#include "core/rules/clear_days.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/time.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

constexpr v1::FindingSeverity kWarning = v1::FINDING_SEVERITY_WARNING;
constexpr v1::FindingSeverity kNote = v1::FINDING_SEVERITY_NOTE;

// What the law wants of an assembly, and the words that say so at the end of a sentence.
struct Wanted {
  std::int64_t clear_days;
  v1::FindingSeverity severity;
  absl::string_view fr;
  absl::string_view en;
};
constexpr Wanted kThree{3, kWarning, " : il en faut trois, sauf urgence.",
                        ": three are needed, unless urgent."};
constexpr Wanted kFive{5, kWarning, " : il en faut cinq à partir de 3 500 habitants, sauf urgence.",
                       ": five are needed from 3,500 inhabitants, unless urgent."};
constexpr Wanted kFivePerhaps{5, kNote, kFive.fr, kFive.en};
constexpr Wanted kFiveOfEpci{5, kWarning,
                             " : il en faut cinq dans un EPCI (CGCT art. L. 5211-1), sauf urgence.",
                             ": five are needed in an EPCI (CGCT art. L. 5211-1), unless urgent."};
constexpr Wanted kFiveOfClosed{
    5, kWarning,
    " : il en faut cinq dans un syndicat mixte fermé (CGCT art. L. 5711-1), sauf urgence.",
    ": five are needed in a syndicat mixte fermé (CGCT art. L. 5711-1), unless urgent."};
constexpr Wanted kFiveOfSyndicate{
    5, kNote,
    " : il en faut cinq, sauf urgence, dans un syndicat de communes ou un syndicat mixte fermé "
    "(CGCT art. L. 5211-1, L. 5711-1) ; d'un syndicat mixte ouvert, les statuts le disent.",
    ": five are needed, unless urgent, in a syndicat de communes or a syndicat mixte fermé (CGCT "
    "art. L. 5211-1, L. 5711-1); of a syndicat mixte ouvert, its statutes say."};
// Twelve days before are eleven between.
constexpr Wanted kTwelveOfDepartement{
    11, kNote,
    " ; le rapport sur chaque affaire part douze jours au moins avant, sauf urgence (CGCT art. "
    "L. 3121-19) : à vérifier.",
    "; the report on each matter goes out at least twelve days before, unless urgent (CGCT art. "
    "L. 3121-19): to be checked."};
constexpr Wanted kTwelveOfRegion{
    11, kNote,
    " ; le rapport sur chaque affaire part douze jours au moins avant, sauf urgence (CGCT art. "
    "L. 4132-18) : à vérifier.",
    "; the report on each matter goes out at least twelve days before, unless urgent (CGCT art. "
    "L. 4132-18): to be checked."};

// Of one of a syndicat, what its name says.
const Wanted* OfSyndicate(const std::vector<std::string>& words) {
  if (HasWord(words, "intercommunal|communes|sivu|sivom|sivos")) return &kFiveOfEpci;
  if (HasWord(words, "ouvert")) return nullptr;
  return HasWord(words, "ferme") ? &kFiveOfClosed : &kFiveOfSyndicate;
}

// What is wanted at most, or of that which the record shows was not done; null where nothing here
// says. `clear`: the clear days there were.
const Wanted* WantedOf(const v1::Deliberation& vote, std::int64_t clear) {
  const std::vector<std::string> words = FoldedWords(vote.assembly());
  if (HasWord(words, "communautaire|communaute|agglomeration|metropole|metropolitain")) {
    return &kFiveOfEpci;
  }
  if (HasWord(words, "syndical|syndicat|sivu|sivom|sivos")) return OfSyndicate(words);
  if (HasWord(words, "permanente")) return nullptr;
  if (HasWord(words, "departemental|departementale")) return &kTwelveOfDepartement;
  if (HasWord(words, "regional|regionale")) return &kTwelveOfRegion;
  const std::uint32_t members = vote.members_in_office();
  if (members >= 27) return &kFive;
  // Every commune wants three.
  const bool small = members > 0 && members <= 23;
  return small || clear < kThree.clear_days ? &kThree : &kFivePerhaps;
}

}  // namespace

std::vector<Oddity> CheckConvening(const v1::Deliberation& vote) {
  const auto sitting = CivilDate::TryParse(vote.sitting_on());
  const auto convened = CivilDate::TryParse(vote.convened_on());
  if (!IsOn(Rule::kConvening) || !sitting || !convened) return {};
  const std::int64_t clear = std::int64_t{sitting->days} - convened->days - 1;
  if (*convened > *sitting) {
    return {{Rule::kConvening,
             "convened-after-sitting",
             v1::FINDING_SEVERITY_SERIOUS,
             {absl::StrCat("convoquée le ", DateFr(*convened),
                           ", après la séance : une des deux "
                           "dates est fausse."),
              absl::StrCat("convened on ", DateEn(*convened),
                           ", after the sitting: one of the two "
                           "dates is wrong.")},
             "convened_on"}};
  }
  const Wanted* const wanted = WantedOf(vote, clear);
  if (wanted == nullptr || clear >= wanted->clear_days) return {};
  const std::uint64_t shown = clear < 0 ? 0 : static_cast<std::uint64_t>(clear);
  const absl::string_view code = wanted->clear_days > 5 ? "convened-under-twelve-days"
                                 : clear < 3            ? "convened-late"
                                                        : "convened-under-five-days";
  return {
      {Rule::kConvening,
       code,
       wanted->severity,
       {absl::StrCat("convoquée le ", DateFr(*convened), ", ",
                     Counted(shown, "jour franc", "jours francs"), " avant la séance", wanted->fr),
        absl::StrCat("convened on ", DateEn(*convened), ", ",
                     Counted(shown, "clear day", "clear days"), " before the sitting",
                     wanted->en)}}};
}

}  // namespace greffe::rules
