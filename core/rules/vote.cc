#include "core/rules/vote.h"

#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/base/time.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

std::uint64_t TakingPart(const v1::Deliberation& vote) {
  return std::uint64_t{vote.members_present()} + vote.members_represented();
}

std::uint64_t Votes(const v1::Deliberation& vote) {
  return std::uint64_t{vote.votes_for()} + vote.votes_against() + vote.abstentions();
}

std::optional<CivilDate> Date(const std::string& text) {
  const auto date = CivilDate::Parse(text, "date");
  return date.ok() ? std::optional<CivilDate>(*date) : std::nullopt;
}

}  // namespace

bool GivesMandate(const v1::Deliberation& vote) {
  const bool both = vote.approves_text() && vote.authorises_signature();
  return (both || !IsOn(Rule::kTwoDecisions)) && vote.votes_against() <= vote.votes_for();
}

std::vector<Oddity> CheckVote(const v1::Deliberation& vote) {
  std::vector<Oddity> out;
  if (!IsOn(Rule::kVoteArithmetic)) return out;
  const std::uint64_t there = TakingPart(vote);
  if (there > vote.members_in_office()) {
    out.push_back({Rule::kVoteArithmetic,
                   "votes-members",
                   v1::FINDING_SEVERITY_WARNING,
                   {absl::StrCat(there, " membres présents ou représentés pour ",
                                 vote.members_in_office(), " en exercice."),
                    absl::StrCat(there, " members present or represented of ",
                                 vote.members_in_office(), " in office.")}});
  }
  if (Votes(vote) > there) {
    out.push_back({Rule::kVoteArithmetic,
                   "votes-sum",
                   v1::FINDING_SEVERITY_WARNING,
                   {absl::StrCat(Votes(vote), " voix exprimées ou abstentions pour ", there,
                                 " membres présents ou représentés."),
                    absl::StrCat(Votes(vote), " votes or abstentions of ", there,
                                 " members present or represented.")}});
  }
  if (vote.votes_for() <= vote.votes_against()) {
    out.push_back({Rule::kVoteArithmetic,
                   "votes-majority",
                   v1::FINDING_SEVERITY_SERIOUS,
                   {absl::StrCat(vote.votes_for(), " voix pour, ", vote.votes_against(),
                                 " contre ; la délibération n'est pas adoptée."),
                    absl::StrCat(vote.votes_for(), " votes for, ", vote.votes_against(),
                                 " against; the délibération is not adopted.")}});
  }
  return out;
}

std::vector<Oddity> CheckQuorum(const v1::Deliberation& vote) {
  if (!IsOn(Rule::kQuorum) ||
      std::uint64_t{2} * vote.members_present() > vote.members_in_office()) {
    return {};
  }
  return {{Rule::kQuorum,
           "quorum",
           v1::FINDING_SEVERITY_NOTE,
           {absl::StrCat(vote.members_present(), " présents sur ", vote.members_in_office(),
                         " en exercice, quorum à vérifier."),
            absl::StrCat(vote.members_present(), " present of ", vote.members_in_office(),
                         " in office, quorum to be checked.")}}};
}

std::vector<Oddity> CheckOrderOfDates(const v1::Deliberation& vote) {
  std::vector<Oddity> out;
  const auto sitting = Date(vote.sitting_on());
  if (!IsOn(Rule::kOrderOfDates) || !sitting) return out;
  const auto received = Date(vote.received_on());
  if (received && *received < *sitting) {
    out.push_back(
        {Rule::kOrderOfDates,
         "receipt-before-sitting",
         v1::FINDING_SEVERITY_WARNING,
         {absl::StrCat("reçue en préfecture le ", DateFr(*received), ", avant la séance."),
          absl::StrCat("received by the préfecture on ", DateEn(*received),
                       ", before the sitting.")}});
  }
  const auto published = Date(vote.published_on());
  if (published && *published < *sitting) {
    out.push_back({Rule::kOrderOfDates,
                   "publication-before-sitting",
                   v1::FINDING_SEVERITY_WARNING,
                   {absl::StrCat("publiée le ", DateFr(*published), ", avant la séance."),
                    absl::StrCat("published on ", DateEn(*published), ", before the sitting.")}});
  }
  const auto certified = Date(vote.certified_executory_on());
  if (certified && *certified < *sitting) {
    out.push_back(
        {Rule::kOrderOfDates,
         "certificate-before-sitting",
         v1::FINDING_SEVERITY_WARNING,
         {absl::StrCat("certifiée exécutoire le ", DateFr(*certified), ", avant la séance."),
          absl::StrCat("certified exécutoire on ", DateEn(*certified), ", before the sitting.")}});
  }
  const auto sent = Date(vote.transmitted_on());
  if (sent && received && *received < *sent) {
    out.push_back({Rule::kOrderOfDates,
                   "receipt-before-transmission",
                   v1::FINDING_SEVERITY_WARNING,
                   {absl::StrCat("transmise le ", DateFr(*sent), ", après sa réception le ",
                                 DateFr(*received), "."),
                    absl::StrCat("transmitted on ", DateEn(*sent), ", after its receipt on ",
                                 DateEn(*received), ".")}});
  }
  return out;
}

std::vector<Oddity> CheckConvening(const v1::Deliberation& vote) {
  const auto sitting = Date(vote.sitting_on());
  const auto convened = Date(vote.convened_on());
  if (!IsOn(Rule::kConvening) || !sitting || !convened) return {};
  // Clear days: neither the day of convening nor that of the sitting.
  const std::int64_t clear = std::int64_t{sitting->days} - convened->days - 1;
  if (clear >= 5) return {};
  const std::uint64_t shown = clear < 0 ? 0 : static_cast<std::uint64_t>(clear);
  const bool short_of_three = clear < 3;
  return {{Rule::kConvening,
           short_of_three ? "convened-late" : "convened-under-five-days",
           short_of_three ? v1::FINDING_SEVERITY_WARNING : v1::FINDING_SEVERITY_NOTE,
           {absl::StrCat("convoquée le ", DateFr(*convened), ", ",
                         Counted(shown, "jour franc", "jours francs"), " avant la séance",
                         short_of_three ? " : il en faut trois, sauf urgence."
                                        : " : il en faut cinq à partir de 3 500 habitants."),
            absl::StrCat("convened on ", DateEn(*convened), ", ",
                         Counted(shown, "clear day", "clear days"), " before the sitting",
                         short_of_three ? ": three are needed, unless urgent."
                                        : ": five are needed from 3,500 inhabitants.")}}};
}

Words VoteArithmetic(const v1::Deliberation& vote) {
  const std::uint64_t there = TakingPart(vote);
  const std::uint64_t votes = Votes(vote);
  // Members there who take no part in the vote are no contradiction; more votes than members are.
  const char* const relation = votes == there ? " = " : votes < there ? " ≤ " : " ≠ ";
  return {absl::StrCat(vote.votes_for(), " pour + ", vote.votes_against(), " contre + ",
                       Counted(vote.abstentions(), "abstention", "abstentions"), " = ", votes,
                       relation, votes == there ? "" : absl::StrCat(there, " = "),
                       Counted(vote.members_present(), "présent", "présents"), " + ",
                       Counted(vote.members_represented(), "représenté", "représentés"), ", sur ",
                       vote.members_in_office(), " en exercice"),
          absl::StrCat(vote.votes_for(), " for + ", vote.votes_against(), " against + ",
                       vote.abstentions(), " abstaining = ", votes, relation,
                       votes == there ? "" : absl::StrCat(there, " = "), vote.members_present(),
                       " present + ", vote.members_represented(), " represented, of ",
                       vote.members_in_office(), " in office")};
}

}  // namespace greffe::rules
