#include "server/peers/refused_run.h"

#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

using sync::NackReason;
using sync::RefusedRun;

// Digits of an id that people are shown.
constexpr std::size_t kShownDigits = 12;

struct Words {
  absl::string_view fr;
  absl::string_view en;
  absl::string_view In(Language language) const { return language == Language::kFrench ? fr : en; }
};

Words ReasonOf(const std::optional<NackReason>& reason) {
  if (!reason) return {"pour une raison inconnue de cette version", "for a reason not known here"};
  switch (*reason) {
    case NackReason::kGap:
      return {"il y manque des événements qui précèdent", "events before it are missing"};
    case NackReason::kBadHead:
      return {"sa tête signée ne va pas avec ses événements",
              "its signed head does not match its events"};
    case NackReason::kUnknownAuthor:
      return {"son auteur n'est pas encore parmi les répliques de cette convention",
              "its author is not yet among the replicas of this convention"};
    case NackReason::kLimit:
      return {"une limite est atteinte", "a limit is reached"};
    case NackReason::kMalformed:
      return {"ses événements n'ont pas la forme voulue", "its events are malformed"};
    case NackReason::kBranchLimit:
      return {"trop de suites de cette chronique sont déjà gardées",
              "too many continuations of this feed are already kept"};
    case NackReason::kDisk:
      return {"il n'a pas pu être écrit sur le disque", "it could not be written to disk"};
    case NackReason::kPartnerClaimed:
      return {
          "il ouvre une convention au nom d'un partenaire de qui l'a refusé, depuis une réplique "
          "qui n'est pas connue pour agir pour ce partenaire",
          "it opens a convention in the name of a partner of who refused it, from a replica not "
          "known to act for that partner"};
    case NackReason::kNotParty:
      return {
          "trop de conventions, ou de trop longues, où aucun partenaire de qui l'a refusé n'est "
          "partie",
          "too many conventions, or too long ones, to which no partner of who refused it is "
          "party"};
  }
  return {};
}

}  // namespace

std::string InWords(const RefusedRun& run, absl::string_view peer, bool names_convention,
                    Language language) {
  const bool french = language == Language::kFrench;
  std::string which;
  if (names_convention) {
    which = absl::StrCat(" (convention ", run.convention.ToHex().substr(0, kShownDigits), ")");
  }
  const absl::string_view why = ReasonOf(run.reason).In(language);
  switch (run.where) {
    case RefusedRun::Where::kThere:
      return french
                 ? absl::StrCat("« ", peer, " » a refusé le dernier envoi", which, " : ", why, ".")
                 : absl::StrCat("\"", peer, "\" refused what was sent last", which, ": ", why, ".");
    case RefusedRun::Where::kHere:
      return french ? absl::StrCat("Le dernier envoi de « ", peer, " » a été refusé ici", which,
                                   " : ", why, ".")
                    : absl::StrCat("What \"", peer, "\" sent last was refused here", which, ": ",
                                   why, ".");
    case RefusedRun::Where::kUnread:
      return french ? absl::StrCat("Ce qui est à envoyer à « ", peer, " » ne peut pas être lu ici",
                                   which, " : greffe audit verify")
                    : absl::StrCat("What is to be sent to \"", peer, "\" cannot be read here",
                                   which, ": greffe audit verify");
  }
  return "";
}

}  // namespace greffe
