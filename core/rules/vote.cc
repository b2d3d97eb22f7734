#include "core/rules/vote.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/time.h"
#include "core/rules/convening.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

std::uint64_t TakingPart(const v1::Deliberation& vote) {
  return std::uint64_t{vote.members_present()} + vote.members_represented();
}

std::uint64_t Votes(const v1::Deliberation& vote) {
  return std::uint64_t{vote.votes_for()} + vote.votes_against() + vote.abstentions();
}

// Of votes told together, how many are named.
constexpr std::size_t kVotesTold = 3;

// Figures and dates that cannot be so: what rests on the record waits for its correction.
Oddity Impossible(Rule rule, absl::string_view code, absl::string_view field, Words words) {
  return {rule, code, v1::FINDING_SEVERITY_SERIOUS, std::move(words), field};
}

bool IsTie(const v1::Deliberation& vote) {
  return vote.votes_for() == vote.votes_against() && vote.votes_for() > 0;
}

// Of a text signed long ago the figures may not be known.
bool HasMembers(const v1::Deliberation& vote) { return vote.members_in_office() > 0; }

void CheckMembers(const v1::Deliberation& vote, std::vector<Oddity>* out) {
  const std::uint32_t office = vote.members_in_office();
  const std::uint64_t there = TakingPart(vote);
  if (vote.members_present() > office) {
    out->push_back(Impossible(
        Rule::kVoteArithmetic, "votes-present", "members_present",
        {absl::StrCat(vote.members_present(), " présents pour ", office, " membres en exercice."),
         absl::StrCat(vote.members_present(), " present of ", office, " members in office.")}));
  } else if (there > office) {
    out->push_back(Impossible(
        Rule::kVoteArithmetic, "votes-members", "members_represented",
        {absl::StrCat(there, " membres présents ou représentés pour ", office, " en exercice."),
         absl::StrCat(there, " members present or represented of ", office, " in office.")}));
  }
  if (vote.members_represented() > vote.members_present()) {
    out->push_back(Impossible(
        Rule::kVoteArithmetic, "votes-proxies", "members_represented",
        {absl::StrCat(vote.members_represented(), " représentés pour ", vote.members_present(),
                      " présents, qui portent un pouvoir chacun au plus."),
         absl::StrCat(vote.members_represented(), " by proxy for ", vote.members_present(),
                      " present, who hold one proxy each at most.")}));
  }
}

}  // namespace

bool IsCarried(const v1::Deliberation& vote) {
  if (!IsOn(Rule::kVoteArithmetic) || Votes(vote) == 0) return true;
  if (vote.votes_for() > vote.votes_against()) return true;
  return IsTie(vote) && vote.casting_vote() == v1::CASTING_VOTE_FOR;
}

bool IsUndecidedTie(const v1::Deliberation& vote) {
  return IsTie(vote) && vote.casting_vote() == v1::CASTING_VOTE_UNSPECIFIED;
}

bool GivesMandate(const v1::Deliberation& vote) {
  const bool both = vote.approves_text() && vote.authorises_signature();
  return (both || !IsOn(Rule::kTwoDecisions)) && IsCarried(vote);
}

std::vector<Oddity> CheckVote(const v1::Deliberation& vote) {
  std::vector<Oddity> out;
  if (!IsOn(Rule::kVoteArithmetic) || !HasMembers(vote)) return out;
  CheckMembers(vote, &out);
  const std::uint64_t there = TakingPart(vote);
  if (Votes(vote) > there) {
    Oddity odd = Impossible(Rule::kVoteArithmetic, "votes-sum", "votes_for",
                            {absl::StrCat(Votes(vote), " voix exprimées ou abstentions pour ",
                                          there, " membres présents ou représentés."),
                             absl::StrCat(Votes(vote), " votes or abstentions of ", there,
                                          " members present or represented.")});
    if (there == 0) {
      // Left out rather than wrong, as in documents that count the votes alone.
      odd.severity = v1::FINDING_SEVERITY_WARNING;
      odd.field = "members_present";
    }
    out.push_back(std::move(odd));
  }
  if (IsCarried(vote)) return out;
  const bool open = IsUndecidedTie(vote);
  out.push_back({Rule::kVoteArithmetic,
                 "votes-majority",
                 v1::FINDING_SEVERITY_SERIOUS,
                 {absl::StrCat(vote.votes_for(), " voix pour, ", vote.votes_against(), " contre",
                               open ? ", sans voix prépondérante du président enregistrée" : "",
                               " ; la délibération n'est pas adoptée."),
                  absl::StrCat(vote.votes_for(), " votes for, ", vote.votes_against(), " against",
                               open ? ", no casting vote of whoever presides on record" : "",
                               "; the délibération is not adopted.")},
                 open ? "casting_vote" : ""});
  return out;
}

std::vector<Oddity> CheckScdlFigures(const v1::Deliberation& vote) {
  const std::uint64_t there = TakingPart(vote);
  if (!IsOn(Rule::kScdlFigures) || !HasMembers(vote) || Votes(vote) >= there) return {};
  return {Impossible(
      Rule::kScdlFigures, "votes-missing", "abstentions",
      {absl::StrCat(Votes(vote), " voix et abstentions pour ", there,
                    " membres présents ou représentés : le compte n'y est pas (CHK-10). Vérifiez "
                    "les abstentions, et qui était là pour ce vote."),
       absl::StrCat(Votes(vote), " votes and abstentions of ", there,
                    " members present or represented: they do not add up (CHK-10). Check the "
                    "abstentions, and who was there for this vote.")})};
}

std::optional<Oddity> FirstContradictionOfDates(const v1::Deliberation& vote,
                                                const ReceiptOwner& owner) {
  for (Oddity& one : CheckOrderOfDates(vote)) return std::move(one);
  for (Oddity& one : CheckActesId(vote, owner)) {
    // A form that is not quite that of ACTES may be a slip of the pen.
    if (one.rule != Rule::kActesForm) return std::move(one);
  }
  return std::nullopt;
}

std::optional<Oddity> FirstContradiction(const v1::Deliberation& vote, const ReceiptOwner& owner) {
  std::vector<Oddity> all = CheckVote(vote);
  for (Oddity& one : CheckScdlFigures(vote)) all.push_back(std::move(one));
  for (Oddity& one : all) {
    // A vote that is lost is no contradiction.
    if (one.code != "votes-majority") return std::move(one);
  }
  return FirstContradictionOfDates(vote, owner);
}

std::vector<Oddity> CheckQuorum(const v1::Deliberation& vote) {
  if (!IsOn(Rule::kQuorum) ||
      std::uint64_t{2} * vote.members_present() > vote.members_in_office() ||
      OnSecondConvening(vote.remark())) {
    return {};
  }
  // Where nobody said who was there, nothing speaks against the quorum.
  const bool counted = vote.members_present() > 0;
  return {{Rule::kQuorum,
           "quorum",
           counted ? v1::FINDING_SEVERITY_SERIOUS : v1::FINDING_SEVERITY_NOTE,
           {absl::StrCat(vote.members_present(), " présents sur ", vote.members_in_office(),
                         counted ? " en exercice : le quorum n'est pas atteint."
                                 : " en exercice, quorum à vérifier."),
            absl::StrCat(
                vote.members_present(), " present of ", vote.members_in_office(),
                counted ? " in office: there is no quorum." : " in office, quorum to be checked.")},
           "members_present"}};
}

std::vector<Oddity> CheckOrderOfDates(const v1::Deliberation& vote) {
  std::vector<Oddity> out;
  if (!IsOn(Rule::kOrderOfDates)) return out;
  const auto sitting = CivilDate::TryParse(vote.sitting_on());
  const auto received = CivilDate::TryParse(vote.received_on());
  if (sitting && received && *received < *sitting) {
    out.push_back(Impossible(
        Rule::kOrderOfDates, "receipt-before-sitting", "received_on",
        {absl::StrCat("reçue en préfecture le ", DateFr(*received), ", avant la séance."),
         absl::StrCat("received by the préfecture on ", DateEn(*received),
                      ", before the sitting.")}));
  }
  const auto published = CivilDate::TryParse(vote.published_on());
  if (sitting && published && *published < *sitting) {
    out.push_back(
        Impossible(Rule::kOrderOfDates, "publication-before-sitting", "published_on",
                   {absl::StrCat("publiée le ", DateFr(*published), ", avant la séance."),
                    absl::StrCat("published on ", DateEn(*published), ", before the sitting.")}));
  }
  const auto certified = CivilDate::TryParse(vote.certified_executory_on());
  if (sitting && certified && *certified < *sitting) {
    out.push_back(Impossible(
        Rule::kOrderOfDates, "certificate-before-sitting", "certified_executory_on",
        {absl::StrCat("certifiée exécutoire le ", DateFr(*certified), ", avant la séance."),
         absl::StrCat("certified exécutoire on ", DateEn(*certified), ", before the sitting.")}));
  }
  const auto sent = CivilDate::TryParse(vote.transmitted_on());
  if (sent && received && *received < *sent) {
    out.push_back(Impossible(Rule::kOrderOfDates, "receipt-before-transmission", "transmitted_on",
                             {absl::StrCat("transmise le ", DateFr(*sent),
                                           ", après sa réception le ", DateFr(*received), "."),
                              absl::StrCat("transmitted on ", DateEn(*sent),
                                           ", after its receipt on ", DateEn(*received), ".")}));
  }
  return out;
}

Words VoteArithmetic(const v1::Deliberation& vote) {
  const std::uint64_t there = TakingPart(vote);
  const std::uint64_t votes = Votes(vote);
  const bool even = votes == there;
  const char* const relation = even ? " = " : " ≠ ";
  const bool decided = IsTie(vote) && vote.casting_vote() != v1::CASTING_VOTE_UNSPECIFIED;
  const bool carried = vote.casting_vote() == v1::CASTING_VOTE_FOR;
  return {absl::StrCat(vote.votes_for(), " pour + ", vote.votes_against(), " contre + ",
                       Counted(vote.abstentions(), "abstention", "abstentions"), " = ", votes,
                       relation, even ? "" : absl::StrCat(there, " = "),
                       Counted(vote.members_present(), "présent", "présents"), " + ",
                       Counted(vote.members_represented(), "représenté", "représentés"), ", sur ",
                       vote.members_in_office(), " en exercice",
                       !decided  ? ""
                       : carried ? " ; à égalité, voix prépondérante du président : pour"
                                 : " ; à égalité, voix prépondérante du président : contre"),
          absl::StrCat(vote.votes_for(), " for + ", vote.votes_against(), " against + ",
                       vote.abstentions(), " abstaining = ", votes, relation,
                       even ? "" : absl::StrCat(there, " = "), vote.members_present(),
                       " present + ", vote.members_represented(), " represented, of ",
                       vote.members_in_office(), " in office",
                       !decided  ? ""
                       : carried ? "; a tie, casting vote of whoever presides: for"
                                 : "; a tie, casting vote of whoever presides: against")};
}

std::optional<Oddity> CheckVotedText(const std::optional<Words>& current) {
  if (!IsOn(Rule::kVotedText) || !current.has_value()) return std::nullopt;
  return Oddity{
      Rule::kVotedText,
      "vote-on-replaced-text",
      v1::FINDING_SEVERITY_WARNING,
      {absl::StrCat(
           "la délibération porte sur un texte remplacé ; elle ne vaut pas pour le texte à "
           "signer (",
           current->fr, ")."),
       absl::StrCat(
           "the délibération is on a text that was replaced; it does not hold for the text "
           "to sign (",
           current->en, ").")}};
}

std::optional<Oddity> CheckVotesAfterText(std::vector<DatedVote> votes, CivilDate frozen_on) {
  if (!IsOn(Rule::kVotedText)) return std::nullopt;
  std::erase_if(votes, [&](const DatedVote& one) { return one.sitting_on >= frozen_on; });
  if (votes.empty()) return std::nullopt;
  std::sort(votes.begin(), votes.end(), [](const DatedVote& a, const DatedVote& b) {
    return std::tie(a.sitting_on, a.who) < std::tie(b.sitting_on, b.who);
  });
  const CivilDate first = votes.front().sitting_on;
  const CivilDate last = votes.back().sitting_on;
  Words days{absl::StrCat("du ", DateFr(first)), absl::StrCat("of ", DateEn(first))};
  if (first != last) {
    days = {absl::StrCat(days.fr, " au ", DateFr(last)),
            absl::StrCat(days.en, " to ", DateEn(last))};
  }
  Words who;
  const std::size_t told = std::min(votes.size(), kVotesTold);
  for (std::size_t i = 0; i < told; ++i) {
    absl::StrAppend(&who.fr, i == 0 ? "" : ", ", votes[i].who);
  }
  who.en = who.fr;
  if (told < votes.size()) {
    absl::StrAppend(&who.fr, " et ", votes.size() - told, " de plus");
    absl::StrAppend(&who.en, " and ", votes.size() - told, " more");
  }
  const bool one = votes.size() == 1;
  return Oddity{
      Rule::kVotedText,
      "vote-before-text",
      v1::FINDING_SEVERITY_WARNING,
      {absl::StrCat(one ? "séance " : absl::StrCat(votes.size(), " délibérations, séances "),
                    days.fr, " (", who.fr, "), avant que le texte soit figé dans Greffe (le ",
                    DateFr(frozen_on),
                    "). S'il y a été entré après le vote, vérifiez que c'est le texte voté ; "
                    "sinon, la date de la séance est à corriger."),
       absl::StrCat(one ? "sitting " : absl::StrCat(votes.size(), " délibérations, sittings "),
                    days.en, " (", who.en, "), before the text was frozen in Greffe (",
                    DateEn(frozen_on),
                    "). If it was entered there after the vote, check that it is the text voted; "
                    "else the date of the sitting is to be corrected.")},
      one ? "sitting_on" : ""};
}

}  // namespace greffe::rules
