#include "client/cli/status_party.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/format.h"
#include "client/cli/labels.h"
#include "client/cli/life_show.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "core/base/status_macros.h"
#include "core/rules/vote.h"

namespace greffe::cli {
namespace {

// What is told of one party beside its place on the board.
struct PartyFacts {
  // Delegations that it recorded, corrected ones left out.
  std::vector<v1::LifeFactView> delegations;
  LifeNames names;
  // Leaves of its votes, signatures and delegations.
  std::set<std::string> leaves;
};

// A replica of an older version knows no facts of life.
absl::Status AddDelegations(Context& context, Client& client, const v1::StatusView& view,
                            const std::string& partner, PartyFacts* facts) {
  v1::GetLifeRequest request;
  request.set_convention_id(view.convention_id());
  request.mutable_at()->set_in_force_on(view.in_force_on());
  request.mutable_at()->set_clock_date(view.clock_date());
  request.mutable_at()->set_cut(view.cut());
  const auto life = WholeLife(client, std::move(request));
  if (absl::IsUnimplemented(life.status())) return absl::OkStatus();
  RETURN_IF_ERROR(life.status());
  const auto add = [&](const v1::LifeFactView& one) {
    if (!one.fact().has_delegation_recorded() || one.replaced() ||
        one.event().partner_id() != partner) {
      return;
    }
    facts->delegations.push_back(one);
    facts->leaves.insert(one.event().leaf());
  };
  for (const v1::LifeThread& thread : life->view().threads()) {
    add(thread.opening());
    for (const v1::LifeFactView& one : thread.answers()) add(one);
  }
  facts->names = NamesIn(context, life->view().labels());
  return absl::OkStatus();
}

void AddLeaves(const v1::StatusView& view, const v1::PartyStanding& party, PartyFacts* facts) {
  for (const v1::DeliberationView& vote : party.deliberations()) {
    facts->leaves.insert(vote.event().leaf());
  }
  for (const v1::ActView& act : view.acts()) {
    for (const v1::RevisionView& revision : act.revisions()) {
      for (const v1::SignatoryView& office : revision.signatories()) {
        if (office.signatory().partner_id() != party.partner_id()) continue;
        for (const auto& one : office.signatures()) facts->leaves.insert(one.event().leaf());
        for (const auto& one : office.refusals()) facts->leaves.insert(one.leaf());
      }
    }
  }
}

// CHK-10, of a vote whose members were counted.
std::string SayQuorum(const Context& context, const v1::Deliberation& vote) {
  if (vote.members_in_office() == 0) return "";
  for (const rules::Oddity& odd : rules::CheckQuorum(vote)) {
    return absl::StrCat(Words(context, odd.words.fr, odd.words.en), " (CHK-10)");
  }
  constexpr Message kReached = {"atteint : $0 présents, plus de la moitié de $1 en exercice",
                                "reached: $0 present, more than half of $1 in office"};
  constexpr Message kNone = {
      "aucun n'est exigé sur seconde convocation : $0 présents sur $1 en "
      "exercice",
      "none is needed, convened a second time: $0 present of $1 in office"};
  const bool reached = std::uint64_t{2} * vote.members_present() > vote.members_in_office();
  return context.F(reached ? kReached : kNone, vote.members_present(), vote.members_in_office());
}

// Its other votes on the text, and what they change.
void AddOtherVotes(Context& context, const v1::StatusView& view, const v1::PartyStanding& party,
                   Facts* facts) {
  const v1::DeliberationView* const shown = VoteOfBoard(party);
  for (const v1::DeliberationView& one : party.deliberations()) {
    if (&one == shown) continue;
    std::string said = absl::StrCat(SaySummary(context.lang(), one.event()), " [",
                                    ShortHash(one.event().leaf()), "]");
    if (!rules::GivesMandate(one.deliberation())) {
      absl::StrAppend(&said, context.T({" ; ne donne pas mandat", "; gives no mandate"}));
    }
    const std::string& concluded = view.revision().concluded_on();
    if (!concluded.empty() && concluded < one.deliberation().sitting_on()) {
      constexpr Message kAfter = {" ; séance après la conclusion du $0",
                                  "; sitting after the conclusion of $0"};
      absl::StrAppend(&said, context.F(kAfter, LongDate(context.lang(), concluded)));
    }
    facts->Add(context.T({"Autre vote", "Other vote"}), said);
  }
}

void AddDelegationFacts(Context& context, const v1::StatusView& view, const PartyFacts& of_party,
                        Facts* facts) {
  const Lang lang = context.lang();
  for (const v1::LifeFactView& one : of_party.delegations) {
    const v1::DelegationRecorded& given = one.fact().delegation_recorded();
    const auto office = of_party.names.find(given.office_id());
    std::string said =
        absl::StrCat(office == of_party.names.end() ? given.office_id() : office->second, " : ",
                     given.capacity());
    if (!given.from().empty()) {
      absl::StrAppend(&said, context.T({", à partir du ", ", from "}),
                      LongDate(lang, given.from()));
    }
    if (!given.until().empty()) {
      const bool over = given.until() < view.clock_date();
      absl::StrAppend(&said,
                      over ? context.T({", terminée le ", ", ended on "})
                           : context.T({", jusqu'au ", ", until "}),
                      LongDate(lang, given.until()));
    }
    absl::StrAppend(&said, " [", ShortHash(one.event().leaf()), "]");
    facts->Add(context.T({"Délégation", "Delegation"}), said);
  }
}

// « ! à vérifier : CHK-10, L-08 » where findings call the step into question; with `leaves`, those
// of these records alone. The findings themselves stand below.
std::string SayMarks(const Context& context, const v1::PartyStanding& party, v1::ChainStep step,
                     const std::set<std::string>* leaves = nullptr) {
  std::set<std::string> rules;
  for (const v1::ChainMark& one : party.marks()) {
    if (one.step() != step || (leaves != nullptr && leaves->count(one.leaf()) == 0)) continue;
    rules.insert(one.rule().empty() ? one.code() : one.rule());
  }
  if (rules.empty()) return "";
  return absl::StrCat(context.T({" ! à vérifier : ", " ! to be checked: "}),
                      absl::StrJoin(rules, ", "));
}

void AddVote(Context& context, const v1::PartyStanding& party, Facts* facts) {
  const Lang lang = context.lang();
  const auto day = [&](const Message& name, const std::string& date, v1::ChainStep step) {
    facts->Add(context.T(name), absl::StrCat(date.empty() ? context.T({"pas encore", "not yet"})
                                                          : LongDate(lang, date),
                                             SayMarks(context, party, step)));
  };
  // Without its figures the sitting stands for the vote.
  const bool counted = !party.vote().empty();
  day({"Séance", "Sitting"}, party.sitting_on(),
      counted ? v1::CHAIN_STEP_UNSPECIFIED : v1::CHAIN_STEP_VOTE);
  if (counted) {
    facts->Add(context.T({"Vote", "Vote"}),
               absl::StrCat(Words(context, party.vote(), party.vote_en()),
                            SayMarks(context, party, v1::CHAIN_STEP_VOTE)));
  }
  if (const v1::DeliberationView* const vote = VoteOfBoard(party); vote != nullptr) {
    facts->Add("Quorum", SayQuorum(context, vote->deliberation()));
  }
  day({"Publication", "Publication"}, party.published_on(), v1::CHAIN_STEP_PUBLICATION);
  day({"Réception", "Receipt"}, party.received_on(), v1::CHAIN_STEP_RECEIPT);
  // Of a vote that gives no mandate it is said why, not that it is to come.
  if (party.stage() == v1::AUTHORITY_STAGE_NO_MANDATE && !party.why().empty()) {
    facts->Add(context.T({"Exécutoire", "Exécutoire"}),
               absl::StrCat(context.T({"ne donne pas mandat : ", "gives no mandate: "}),
                            Words(context, party.why(), party.why_en())));
  } else {
    day({"Exécutoire", "Exécutoire"}, party.executory_on(), v1::CHAIN_STEP_EXECUTORY);
  }
  if (!party.scope().quote().empty()) {
    facts->Add(context.T({"Mandat", "Mandate"}), absl::StrCat("« ", party.scope().quote(), " »"));
  }
}

// Leaves of the office's signatures on the revision of the board.
std::set<std::string> SignaturesOf(const v1::StatusView& view, const std::string& office) {
  std::set<std::string> out;
  for (const v1::SignatoryView& one : view.revision().signatories()) {
    if (one.signatory().id() != office) continue;
    for (const v1::SignatureView& signature : one.signatures()) {
      out.insert(signature.event().leaf());
    }
  }
  return out;
}

std::string SaySigned(const Context& context, const v1::OfficeStanding& office) {
  if (!office.signed_on().empty()) {
    const bool outside = office.kind() == v1::SIGNATURE_KIND_OUTSIDE_FILE;
    return absl::StrCat(
        LongDate(context.lang(), office.signed_on()), ", ", LabelOf(context.lang(), office.kind()),
        outside ? context.T({" (que Greffe ne vérifie pas)", " (not verified by Greffe)"}) : "",
        office.on_behalf().empty() ? "" : ", ", office.on_behalf());
  }
  return office.one_of() ? context.T({"pas encore signé ; un seul des signataires suffit",
                                      "not signed yet; one of the signatories is enough"})
                         : context.T({"pas encore signé", "not signed yet"});
}

void PrintParty(Context& context, const v1::StatusView& view, const v1::PartyStanding& party,
                const PartyFacts& of_party) {
  Facts facts;
  facts.Add(context.T({"Partie", "Party"}), party.name());
  if (!party.succeeds().empty()) {
    facts.Add(context.T({"Succède à", "Succeeds"}),
              absl::StrCat(absl::StrJoin(party.succeeds(), ", "), " (L-60)"));
  }
  if (party.stage() == v1::AUTHORITY_STAGE_NOT_REQUIRED) {
    const std::string why = Words(context, party.why(), party.why_en());
    facts.Add(context.T({"Vote", "Vote"}),
              why.empty()
                  ? context.T({"aucun : elle signe par sa fonction", "none: it signs on office"})
                  : absl::StrCat(context.T({"aucun. ", "none. "}), why));
  } else {
    AddVote(context, party, &facts);
  }
  AddOtherVotes(context, view, party, &facts);
  AddDelegationFacts(context, view, of_party, &facts);
  for (const auto& office : party.signing()) {
    const std::set<std::string> signatures = SignaturesOf(view, office.id());
    facts.Add(context.T({"Signe", "Signs"}),
              absl::StrCat(office.office(), " : ", SaySigned(context, office),
                           SayMarks(context, party, v1::CHAIN_STEP_SIGNATURE, &signatures)));
  }
  if (!party.next_step().empty()) {
    facts.Add(context.T({"À faire", "Next"}),
              context.Completed(Words(context, party.next_step(), party.next_step_en())));
  }
  facts.Print(context.out(), context.width());
  google::protobuf::RepeatedPtrField<v1::Finding> found;
  for (const v1::Finding& one : view.findings()) {
    if (of_party.leaves.count(one.leaf()) > 0) *found.Add() = one;
  }
  PrintFindings(context, found);
}

}  // namespace

const v1::DeliberationView* VoteOfBoard(const v1::PartyStanding& party) {
  const v1::DeliberationView* found = nullptr;
  for (const v1::DeliberationView& one : party.deliberations()) {
    const v1::Deliberation& vote = one.deliberation();
    const bool same = vote.sitting_on() == party.sitting_on() &&
                      vote.published_on() == party.published_on() &&
                      vote.received_on() == party.received_on();
    // Of two that say the same days, the one that gives the mandate.
    if (same && (found == nullptr || rules::GivesMandate(vote))) found = &one;
  }
  return found;
}

CommandResult ShowParty(Context& context, Client& client, const v1::GetStatusResponse& answer,
                        const std::string& partner) {
  const v1::StatusView& view = answer.view();
  for (const v1::PartyStanding& party : view.parties()) {
    if (party.partner_id() != partner) continue;
    PartyFacts facts;
    if (!context.globals.json) {
      RETURN_IF_ERROR(AddDelegations(context, client, view, partner, &facts));
    }
    AddLeaves(view, party, &facts);
    context.Show(answer, [&] { PrintParty(context, view, party, facts); });
    return kDone;
  }
  for (const v1::PartyStanding& party : view.parties()) {
    const auto& before = party.succeeds();
    if (std::find(before.begin(), before.end(), partner) == before.end()) continue;
    constexpr Message kSucceeded = {
        "« $0 » n'est plus une partie : $1 tient sa place de plein droit (L-60).",
        "\"$0\" is a party no more: $1 has its place by law (L-60)."};
    constexpr Message kSee = {"Voyez la partie qui lui succède : --party $2.",
                              "See the party that succeeds it: --party $2."};
    return Context::RefuseBy("succeeded-party", absl::StatusCode::kNotFound, kSucceeded, kSee,
                             partner, PrintableLine(party.name()), party.partner_id());
  }
  constexpr Message kNoParty = {"« $0 » n'est pas une partie de cette convention.",
                                "\"$0\" is no party to this convention."};
  constexpr Message kNext = {"Voyez le tableau : greffe convention status.",
                             "See the board: greffe convention status."};
  return Context::RefuseBy("not-found", absl::StatusCode::kNotFound, kNoParty, kNext, partner);
}

}  // namespace greffe::cli
