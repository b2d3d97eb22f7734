#include "core/convention/summary_tail.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/base/french_name.h"

namespace greffe {
namespace {

constexpr absl::string_view kRecorded = " Enregistré à la réplique « ";
constexpr absl::string_view kFor = " » pour le compte ";
constexpr absl::string_view kValue = " Valeur ";
constexpr absl::string_view kKept = ", retenue parmi ";

// « de la Ville de Rodez » without what OfParty set before the name.
std::string NameIn(absl::string_view of_party) {
  for (const absl::string_view lead : {"du partenaire « ", "de la ", "de l'", "du ", "des "}) {
    if (!absl::ConsumePrefix(&of_party, lead)) continue;
    absl::ConsumeSuffix(&of_party, " »");
    break;
  }
  return std::string(of_party);
}

}  // namespace

std::string RecordedForTail(absl::string_view replica, absl::string_view partner) {
  return absl::StrCat(kRecorded, replica, kFor, OfParty(partner), ".");
}

std::string KeptFromTail(absl::string_view partner, std::size_t values) {
  return absl::StrCat(kValue, OfParty(partner), kKept, values, ".");
}

std::string TailsInEnglish(absl::string_view summary) {
  std::string english;
  // The one on the value comes last.
  const std::size_t kept = summary.rfind(kKept);
  const std::size_t value = summary.substr(0, kept).rfind(kValue);
  if (kept != absl::string_view::npos && value != absl::string_view::npos) {
    const std::size_t name = value + kValue.size();
    english = absl::StrCat(" The value of ", NameIn(summary.substr(name, kept - name)),
                           ", kept among ", summary.substr(kept + kKept.size()));
    summary = summary.substr(0, value);
  }
  const std::size_t recorded = summary.rfind(kRecorded);
  const std::size_t whom = summary.rfind(kFor);
  if (recorded != absl::string_view::npos && whom != absl::string_view::npos && recorded < whom) {
    const std::size_t name = recorded + kRecorded.size();
    absl::string_view partner = summary.substr(whom + kFor.size());
    absl::ConsumeSuffix(&partner, ".");
    english = absl::StrCat(" Recorded at the replica “", summary.substr(name, whom - name),
                           "” for ", NameIn(partner), ".", english);
    summary = summary.substr(0, recorded);
  }
  return absl::StrCat(summary, english);
}

}  // namespace greffe
