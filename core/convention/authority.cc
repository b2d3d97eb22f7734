#include "core/convention/authority.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/facts_check.h"
#include "core/convention/french.h"
#include "core/convention/succession.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

// Every revision that this one builds on, nearest first.
std::vector<RevisionNumber> Foundations(const StateData& data, RevisionNumber revision) {
  std::vector<RevisionNumber> out = data.revisions[revision].bases;
  std::set<RevisionNumber> known(out.begin(), out.end());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const RevisionNumber base : data.revisions[out[i]].bases) {
      if (known.insert(base).second) out.push_back(base);
    }
  }
  return out;
}

// How much a coverage gives.
int Rank(v1::MandateCoverage coverage) {
  switch (coverage) {
    case v1::MANDATE_COVERAGE_COVERED:
      return 2;
    case v1::MANDATE_COVERAGE_LEGAL_REVIEW:
      return 1;
    default:
      return 0;
  }
}

struct Lift {
  std::string fr;
  std::string en;
  std::string next_fr;
  std::string next_en;
};

absl::Status Refused(const std::string& who, Lift lift) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "L-08",
                   .field = "",
                   .fr = absl::StrCat("L-08 : ", who, " ne peut pas encore signer : ", lift.fr),
                   .en = absl::StrCat("L-08: ", who, " may not sign yet: ", lift.en),
                   .next_fr = std::move(lift.next_fr),
                   .next_en = std::move(lift.next_en)});
}

constexpr char kRecordFr[] = "Faites délibérer l'assemblée, puis : greffe deliberation record.";
constexpr char kRecordEn[] = "Have the assembly vote, then: greffe deliberation record.";

Lift LiftOf(const PartyAuthority& authority) {
  const std::string quote =
      authority.vote == nullptr || authority.vote->deliberation->scope().quote().empty()
          ? ""
          : authority.vote->deliberation->scope().quote();
  switch (authority.stage) {
    case v1::AUTHORITY_STAGE_NO_MANDATE:
      if (authority.struck) {
        return {"la délibération enregistrée est retirée, suspendue ou annulée (L-58).",
                "the délibération on record is withdrawn, suspended or annulled (L-58).", kRecordFr,
                kRecordEn};
      }
      if (authority.vote != nullptr && !rules::IsCarried(*authority.vote->deliberation)) {
        const rules::Words votes = rules::VoteArithmetic(*authority.vote->deliberation);
        return {
            absl::StrCat("la délibération enregistrée n'est pas adoptée à la majorité (L-05) : ",
                         votes.fr, "."),
            absl::StrCat(
                "the délibération on record is not carried by a majority (L-05): ", votes.en, "."),
            "Faites délibérer à nouveau ; à égalité, enregistrez la voix prépondérante du "
            "président : greffe correct (--casting-vote).",
            "Have the assembly vote again; of a tie, record the casting vote of whoever "
            "presides: greffe correct (--casting-vote)."};
      }
      return {
          "la délibération enregistrée n'approuve pas le texte et n'autorise pas sa signature, "
          "à la majorité (L-05).",
          "the délibération on record does not both approve the text and authorise its "
          "signature by a majority (L-05).",
          "Enregistrez celle qui le fait, ou corrigez-la : greffe deliberation record.",
          "Record one that does, or correct it: greffe deliberation record."};
    case v1::AUTHORITY_STAGE_VOTED:
      return {absl::StrCat("la délibération n'est pas exécutoire, ", authority.executory.why.fr,
                           " (L-07)."),
              absl::StrCat("the délibération is not exécutoire, ", authority.executory.why.en,
                           " (L-07)."),
              "Publiez-la, transmettez-la, puis enregistrez-le : greffe correct (--published-on, "
              "--received-on).",
              "Publish it, transmit it, then record that: greffe correct (--published-on, "
              "--received-on)."};
    default:
      break;
  }
  if (authority.coverage == v1::MANDATE_COVERAGE_LEGAL_REVIEW) {
    return {absl::StrCat("aucune délibération sur cet avenant, et le mandat donné ne le couvre pas "
                         "à coup sûr (L-34) : « ",
                         quote, " »."),
            absl::StrCat("no délibération on this avenant, and the mandate given does not surely "
                         "cover it (L-34): “",
                         quote, "”."),
            "Faites trancher par un juriste : faites délibérer, ou précisez la portée du mandat.",
            "Ask a lawyer: have the assembly vote, or record the mandate's scope."};
  }
  if (authority.coverage == v1::MANDATE_COVERAGE_NEW_DELIBERATION) {
    return {"aucune délibération sur cet avenant, et aucun mandat antérieur ne le couvre (L-34).",
            "no délibération on this avenant, and no earlier mandate covers it (L-34).", kRecordFr,
            kRecordEn};
  }
  return {"aucune délibération sur ce texte n'est enregistrée.",
          "no délibération on this text is on record.", kRecordFr, kRecordEn};
}

// A record that cannot be so says nothing of what the assembly decided.
absl::Status Contradicted(const std::string& who, const PartyAuthority& authority) {
  const rules::Oddity& odd = *authority.contradiction;
  const std::string id(rules::RowOf(odd.rule).id);
  const std::string& day = authority.vote->deliberation->sitting_on();
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = id,
       .field = absl::StrCat("deliberation.", odd.field),
       .fr = absl::StrCat(id, " : ", who,
                          " ne peut pas signer : la délibération enregistrée "
                          "(séance du ",
                          FrenchDate(day), ") se contredit : ", odd.words.fr),
       .en = absl::StrCat(id, ": ", who, " may not sign: the délibération on record (sitting of ",
                          EnglishDate(day), ") contradicts itself: ", odd.words.en),
       .next_fr = "Corrigez-la d'après la pièce : greffe correct.",
       .next_en = "Correct it from the document: greffe correct."});
}

}  // namespace

Authorities::Authorities(const StateData& data, const PartyBook& book, RevisionNumber revision)
    : data_(data),
      book_(book),
      revision_(revision),
      draft_{{}, data.PartnerOf(data.OpeningOf(data.acts.at(data.revisions[revision].act)).event)},
      struck_(StruckVotes(data, Struck::kOrSuspended)),
      of_one_place_(OfOnePlace(data)),
      votes_(VotesOn(revision)) {}

Authorities::Authorities(const StateData& data, const PartyBook& book, Draft draft)
    : data_(data),
      book_(book),
      revision_(kNone),
      draft_(std::move(draft)),
      struck_(StruckVotes(data, Struck::kOrSuspended)),
      of_one_place_(OfOnePlace(data)) {}

// A mandate before none, one whose record holds together first, executory before not, the earliest
// of these.
void Authorities::Take(const DeliberationFact* fact, Best* best) const {
  const std::set<EventNumber> records = struck_.empty() ? struck_ : RecordsOf(data_, *fact);
  const bool struck = std::any_of(records.begin(), records.end(),
                                  [&](EventNumber one) { return struck_.count(one) > 0; });
  Best next{fact, !struck && rules::GivesMandate(*fact->deliberation), struck,
            rules::FirstContradiction(*fact->deliberation),
            rules::ExecutoryOf(*fact->deliberation)};
  const auto rank = [](const Best& one) {
    return std::tuple(!one.mandate, one.contradiction.has_value(), !one.executory.on.has_value(),
                      one.executory.on.value_or(CivilDate{}));
  };
  // Without a mandate the last one on record is shown.
  const bool better =
      best->vote == nullptr || (!next.mandate && !best->mandate) || rank(next) < rank(*best);
  if (better) *best = std::move(next);
}

Authorities::Votes Authorities::VotesOn(RevisionNumber revision) const {
  Votes out;
  for (const DeliberationFact* fact : StandingDeliberations(data_, revision)) {
    const std::string& voter = fact->deliberation->partner_id();
    Take(fact, &out[voter]);
    const auto place = of_one_place_.find(voter);
    if (place == of_one_place_.end()) continue;
    for (const std::string& other : place->second) {
      if (other != voter) Take(fact, &out[other]);
    }
  }
  return out;
}

bool Authorities::Serves(const std::string& voter, const std::string& partner) const {
  const auto place = of_one_place_.find(voter);
  return voter == partner || (place != of_one_place_.end() && place->second.count(partner) > 0);
}

// The mandate given earlier that covers most; the nearest of equals.
void Authorities::LookBehind(const std::string& partner, CivilDate on, PartyAuthority* out) {
  out->coverage = v1::MANDATE_COVERAGE_NEW_DELIBERATION;
  if (!earlier_.has_value()) {
    earlier_.emplace();
    const std::vector<RevisionNumber> bases =
        revision_ == kNone ? draft_.foundation : Foundations(data_, revision_);
    for (const RevisionNumber base : bases) earlier_->push_back(VotesOn(base));
  }
  const rules::Avenant avenant{draft_.proposer, on};
  for (const Votes& votes : *earlier_) {
    const auto found = votes.find(partner);
    if (found == votes.end() || !found->second.mandate) continue;
    const DeliberationFact* const vote = found->second.vote;
    const v1::MandateCoverage coverage = rules::CoverageOf(vote->deliberation->scope(), avenant);
    if (out->vote != nullptr && Rank(coverage) <= Rank(out->coverage)) continue;
    out->vote = vote;
    out->contradiction = found->second.contradiction;
    out->executory = found->second.executory;
    out->coverage = coverage;
  }
}

PartyAuthority Authorities::Of(const std::string& partner, CivilDate on) {
  PartyAuthority out;
  if (!VotesFor(data_, book_, revision_, partner)) {
    out.stage = v1::AUTHORITY_STAGE_NOT_REQUIRED;
    return out;
  }
  const auto found = votes_.find(partner);
  if (found == votes_.end()) {
    out.stage = v1::AUTHORITY_STAGE_PENDING;
    const bool amends = revision_ == kNone || !data_.revisions[revision_].bases.empty();
    if (amends) LookBehind(partner, on, &out);
    if (out.coverage != v1::MANDATE_COVERAGE_COVERED) return out;
  } else {
    out.vote = found->second.vote;
    out.executory = found->second.executory;
    out.struck = found->second.struck;
    out.stage = v1::AUTHORITY_STAGE_NO_MANDATE;
    if (!found->second.mandate) return out;
    out.contradiction = found->second.contradiction;
  }
  if (out.contradiction.has_value()) {
    out.stage = v1::AUTHORITY_STAGE_NO_MANDATE;
    return out;
  }
  out.stage =
      out.executory.on.has_value() ? v1::AUTHORITY_STAGE_EXECUTORY : v1::AUTHORITY_STAGE_VOTED;
  return out;
}

std::set<EventNumber> StruckVotes(const StateData& data, Struck how) {
  std::set<EventNumber> out;
  for (const LifeFact& fact : data.life) {
    if (static_cast<v1::LifeRecorded::FactCase>(fact.kind) !=
        v1::LifeRecorded::kDeliberationChallenged) {
      continue;
    }
    const EventRow& row = data.events[fact.event];
    const bool strikes =
        fact.variant == v1::CHALLENGE_KIND_ANNULLED ||
        fact.variant == v1::CHALLENGE_KIND_WITHDRAWN ||
        (fact.variant == v1::CHALLENGE_KIND_SUSPENDED && how == Struck::kOrSuspended);
    if (!strikes || !row.authorised || row.replaced || fact.answers == kNone) continue;
    const auto vote = data.deliberation_by_event.find(fact.answers);
    if (vote == data.deliberation_by_event.end()) continue;
    const std::string& partner = data.deliberations[vote->second].deliberation->partner_id();
    if (data.PartnerOf(fact.event) == partner) out.insert(fact.answers);
  }
  return out;
}

bool VotesFor(const StateData& data, const PartyBook& book, RevisionNumber revision,
              const std::string& partner) {
  if (revision == kNone) return book.Deliberates(partner);
  const Revision& frozen = data.revisions[revision];
  const ActFacts& act = data.acts.at(frozen.act);
  // What a clause leaves to a committee was voted with the clause (domain.md section 5.5).
  if (data.OpeningOf(act).kind == v1::ACT_KIND_COMMITTEE_DECISION) return false;
  if (book.Deliberates(partner)) return true;
  return std::any_of(frozen.content.begin(), frozen.content.end(), [&](std::uint32_t place) {
    const v1::Element* const put = act.changes[place].put.get();
    return put != nullptr && put->has_party() && put->party().partner_id() == partner &&
           put->party().deliberates();
  });
}

absl::Status CheckMaySign(const StateData& data, RevisionNumber revision,
                          const std::string& partner, CivilDate today, rules::Minute now) {
  const PartyBook book(data);
  const PartyAuthority authority = Authorities(data, book, revision).Of(partner, today);
  if (authority.stage == v1::AUTHORITY_STAGE_NOT_REQUIRED) return absl::OkStatus();
  const std::string who = book.Name(partner);
  if (authority.contradiction.has_value()) return Contradicted(who, authority);
  // With a stage short of executory nothing is proven, whatever the dates of the vote shown.
  const bool executory = authority.stage == v1::AUTHORITY_STAGE_EXECUTORY;
  const rules::Order order =
      rules::OrderOfSignature(executory ? authority.executory : rules::Executory{}, today, now);
  switch (order) {
    case rules::Order::kAfter:
      return absl::OkStatus();
    case rules::Order::kNotProven:
      return Refused(who, LiftOf(authority));
    case rules::Order::kSameDay:
      return Refused(
          who, {absl::StrCat("la délibération est exécutoire de ce jour même, et rien ne prouve "
                             "que la signature la suit (",
                             authority.executory.why.fr, ")."),
                absl::StrCat("the délibération became exécutoire this very day, and nothing proves "
                             "that the signature follows it (",
                             authority.executory.why.en, ")."),
                "Signez demain, ou enregistrez l'heure de la publication et de la réception : "
                "greffe correct (--published-time, --received-time).",
                "Sign tomorrow, or record the time of publication and of receipt: greffe correct "
                "(--published-time, --received-time)."});
    case rules::Order::kBefore:
      return Refused(who, {absl::StrCat("la délibération sera exécutoire plus tard (",
                                        authority.executory.why.fr, ")."),
                           absl::StrCat("the délibération becomes exécutoire later (",
                                        authority.executory.why.en, ")."),
                           "Attendez ce jour, ou corrigez les dates : greffe correct.",
                           "Wait for that day, or correct the dates: greffe correct."});
  }
  return absl::OkStatus();
}

}  // namespace greffe
