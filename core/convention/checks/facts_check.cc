#include "core/convention/checks/facts_check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/fact_findings.h"
#include "core/convention/checks/rivals.h"
#include "core/convention/checks/to_come.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/committee.h"
#include "core/convention/reading/paper.h"
#include "core/convention/reading/prompt.h"
#include "core/convention/state/finding.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/rules/clear_days.h"
#include "core/rules/printed.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

using Who = FactFindings::Who;

void CheckFigures(const v1::Deliberation& one, EventNumber event, Who who, FactFindings* out) {
  if (one.members_in_office() == 0) {
    // Of a text signed on paper long ago; nothing can be said of figures that are not there.
    out->Add(event, "votes-unknown", v1::FINDING_SEVERITY_NOTE,
             absl::StrCat(who().fr, " : les votes ne sont pas connus."),
             absl::StrCat(who().en, ": the votes are not known."));
    return;
  }
  for (const rules::Oddity& odd : rules::CheckVote(one)) out->Add(event, odd, who);
  for (const rules::Oddity& odd : rules::CheckScdlFigures(one)) out->Add(event, odd, who);
  for (const rules::Oddity& odd : rules::CheckQuorum(one)) out->Add(event, odd, who);
}

// `assembly`: its votes are acts that are published and transmitted (L-07).
void CheckDates(const v1::Deliberation& one, EventNumber event, Who who, bool assembly,
                FactFindings* out) {
  for (const rules::Oddity& odd : rules::CheckOrderOfDates(one)) out->Add(event, odd, who);
  for (const rules::Oddity& odd : rules::CheckConvening(one)) out->Add(event, odd, who);
  for (const auto& [field, day] :
       {std::pair("sitting_on", &one.sitting_on()), std::pair("convened_on", &one.convened_on()),
        std::pair("published_on", &one.published_on()),
        std::pair("received_on", &one.received_on()),
        std::pair("transmitted_on", &one.transmitted_on()),
        std::pair("certified_executory_on", &one.certified_executory_on())}) {
    std::optional<rules::Oddity> odd = rules::CheckSentinelDay(*day);
    if (!odd.has_value()) continue;
    odd->field = field;
    out->Add(event, *odd, who);
  }
  const rules::Executory executory = rules::ExecutoryOf(one);
  if (executory.on.has_value() || !assembly) return;
  out->Add(event, "not-executory", v1::FINDING_SEVERITY_NOTE,
           absl::StrCat("L-07 : ", who().fr, " : caractère exécutoire non prouvé (",
                        executory.why.fr, ")."),
           absl::StrCat("L-07: ", who().en, ": caractère exécutoire not proven (", executory.why.en,
                        ")."));
}

// A signature given in Greffe the same day, whose author had seen the times of the vote on record:
// the command was taken because they prove the order.
bool OrderProven(const StateData& data, const SignatureFact& signature,
                 const PartyAuthority& authority) {
  return signature.kind == v1::SIGNATURE_KIND_ELECTRONIC && authority.executory.at.has_value() &&
         data.Saw(signature.event, authority.vote->event);
}

void CheckSignatures(const StateData& data, const PartyBook& book, const VoteReading& reading,
                     RevisionNumber number, Replacements* replacements, FactFindings* out) {
  const Revision& revision = data.revisions[number];
  if (revision.signatures.empty()) return;
  const rules::Words text = NameOfRevision(data, number);
  const rules::Words of{absl::StrCat(" (", text.fr, ")"), absl::StrCat(" (", text.en, ")")};
  Authorities authorities(data, book, reading, number);
  std::map<std::string, const v1::Signatory*> signatories;
  for (const v1::Signatory& one : revision.signatories) signatories[one.id()] = &one;
  for (const SignatureNumber s : revision.signatures) {
    const SignatureFact& fact = data.signatures[s];
    const auto signatory = signatories.find(fact.signatory_id);
    if (!fact.counts || fact.replaced || !fact.signed_on || signatory == signatories.end()) {
      continue;
    }
    const std::string& partner = signatory->second->partner_id();
    // Most signatures are in order: nothing is said of them.
    const auto who = [&] {
      return absl::StrCat(book.Name(partner), " (", signatory->second->office(), ")");
    };
    const auto on = [&] { return FrenchDate(fact.signed_on->ToString()); };
    const auto on_en = [&] { return EnglishDate(fact.signed_on->ToString()); };
    if (const EventRow& row = data.events[fact.event]; WasToCome(row, *fact.signed_on)) {
      const rules::Words words = WasToComeWords(row, *fact.signed_on);
      out->Add(fact.event, kFutureDate, v1::FINDING_SEVERITY_WARNING,
               absl::StrCat(who(), " : signature : ", words.fr),
               absl::StrCat(who(), ": signature: ", words.en));
    }
    if (const RevisionNumber now = replacements->ConcludedInstead(number, fact.event);
        now != kNone) {
      const rules::Words current = NameOfRevision(data, now);
      out->Add(fact.event, "signature-on-replaced-text", v1::FINDING_SEVERITY_WARNING,
               absl::StrCat("L-11 : ", who(), " a signé le ", on(), " un texte remplacé", of.fr,
                            " ; l'acte est conclu sur un autre (", current.fr, ")."),
               absl::StrCat("L-11: ", who(), " signed on ", on_en(), " a text that was replaced",
                            of.en, "; the act is concluded on another one (", current.en, ")."));
    }
    const PartyAuthority authority = authorities.Of(partner, *fact.signed_on);
    if (authority.stage == v1::AUTHORITY_STAGE_NOT_REQUIRED) continue;
    if (authority.contradiction.has_value()) {
      const rules::Oddity& odd = *authority.contradiction;
      const absl::string_view id = rules::RowOf(odd.rule).id;
      out->Add(fact.event, "signature-on-contradiction", odd.severity,
               absl::StrCat(id, " : ", who(), " a signé le ", on(),
                            " ; la délibération enregistrée ne vaut pas : ", odd.words.fr, of.fr),
               absl::StrCat(id, ": ", who(), " signed on ", on_en(),
                            "; the délibération on record does not hold: ", odd.words.en, of.en));
      continue;
    }
    const bool executory = authority.stage == v1::AUTHORITY_STAGE_EXECUTORY;
    const rules::Order order = rules::OrderOfSignature(
        executory ? authority.executory : rules::Executory{}, *fact.signed_on, {});
    if (order == rules::Order::kNotProven && authority.struck.has_value()) {
      const rules::Words strike = StrikeWords(*authority.struck);
      const std::string& sat_on = authority.vote->deliberation->sitting_on();
      out->Add(fact.event, "signature-without-deliberation", v1::FINDING_SEVERITY_WARNING,
               absl::StrCat("L-08 : ", who(), " a signé le ", on(), " ; la délibération du ",
                            FrenchDate(sat_on), " a été ", strike.fr, " (L-58).", of.fr),
               absl::StrCat("L-08: ", who(), " signed on ", on_en(), "; the délibération of ",
                            EnglishDate(sat_on), " was ", strike.en, " (L-58).", of.en));
    } else if (order == rules::Order::kNotProven) {
      const rules::Words why = WhyNoBasis(data, authority);
      // Without a mandate it is no less early than before receipt. Where one is there, or may be,
      // that is not known; nor of a text signed on paper long ago, whose votes others may have.
      const bool early = authority.stage != v1::AUTHORITY_STAGE_VOTED &&
                         authority.coverage != v1::MANDATE_COVERAGE_LEGAL_REVIEW &&
                         !revision.on_paper;
      out->Add(fact.event, "signature-without-deliberation",
               early ? v1::FINDING_SEVERITY_SERIOUS : v1::FINDING_SEVERITY_WARNING,
               absl::StrCat("L-08 : ", who(), " a signé le ", on(), " ; ", why.fr, of.fr),
               absl::StrCat("L-08: ", who(), " signed on ", on_en(), "; ", why.en, of.en));
    } else if (order == rules::Order::kBefore) {
      const std::string from = authority.executory.on->ToString();
      out->Add(fact.event, "signature-before-receipt", v1::FINDING_SEVERITY_SERIOUS,
               absl::StrCat("L-08 : ", who(), " a signé le ", on(),
                            ", avant que la délibération soit exécutoire (", FrenchDate(from), ").",
                            of.fr),
               absl::StrCat("L-08: ", who(), " signed on ", on_en(),
                            ", before the délibération became exécutoire (", EnglishDate(from),
                            ").", of.en));
    } else if (order == rules::Order::kSameDay && !OrderProven(data, fact, authority)) {
      out->Add(fact.event, "signature-day-of-receipt", v1::FINDING_SEVERITY_NOTE,
               absl::StrCat("L-08 : ", who(), " a signé le ", on(),
                            ", le jour même où la délibération est devenue exécutoire.", of.fr),
               absl::StrCat("L-08: ", who(), " signed on ", on_en(),
                            ", the very day the délibération became exécutoire.", of.en));
    }
  }
}

bool Less(const v1::Finding& a, const v1::Finding& b) {
  return std::tie(a.leaf(), a.code(), a.text(), a.element_id()) <
         std::tie(b.leaf(), b.code(), b.text(), b.element_id());
}

// All of them by (leaf, code).
std::vector<v1::Finding> RevisionFindings(const StateData& data, const PartyBook& book,
                                          const VoteReading& reading, RevisionNumber revision,
                                          Replacements* replacements, FirstFreezes* freezes) {
  FactFindings out(data);
  CheckSignatures(data, book, reading, revision, replacements, &out);
  CheckOrderOfFacts(data, book, revision, freezes, &out);
  std::vector<v1::Finding> found = out.Take();
  std::sort(found.begin(), found.end(), Less);
  return found;
}

// Of a paper without a scan, whose signature it is: several of one act read alike otherwise.
void NameSigner(const StateData& data, const PartyBook& book, v1::Finding* one) {
  if (one->code() != FindingName(FindingCode::kPaperWithoutScan)) return;
  const EventNumber event = data.FindEvent(absl::HexStringToBytes(one->leaf()));
  if (event == kNone) return;
  const std::string who = book.Name(data.PartnerOf(event));
  one->set_text(absl::StrCat(who, " : ", one->text()));
  one->set_text_en(absl::StrCat(who, ": ", one->text_en()));
}

void Append(std::vector<v1::Finding> some, std::vector<v1::Finding>* all) {
  for (v1::Finding& one : some) all->push_back(std::move(one));
}

}  // namespace

std::vector<v1::Finding> DeliberationFindings(const StateData& data, const PartyBook& book,
                                              const DeliberationFact& fact,
                                              Replacements* replacements) {
  FactFindings out(data);
  const v1::Deliberation& one = *fact.deliberation;
  const auto who = [&]() -> rules::Words {
    const std::string name = book.Name(one.partner_id());
    return {absl::StrCat(name, ", séance du ", FrenchDate(one.sitting_on())),
            absl::StrCat(name, ", sitting of ", EnglishDate(one.sitting_on()))};
  };
  CheckFigures(one, fact.event, who, &out);
  CheckDates(one, fact.event, who, book.TransmitsVotes(one.partner_id()), &out);
  CheckWasToCome(data, one, fact.event, who, &out);
  for (const rules::Oddity& odd : rules::CheckActesId(one, book.ReceiptOwnerOf(one.partner_id()))) {
    out.Add(fact.event, odd, who);
  }
  for (const rules::Oddity& odd :
       rules::CheckScopeLimits(one.scope(), book.IsKnown(one.scope().proposer()))) {
    out.Add(fact.event, odd, who);
  }
  if (const auto odd = rules::CheckScopeQuoted(one.scope())) out.Add(fact.event, *odd, who);
  if (!one.approves_text() || !one.authorises_signature()) {
    out.Add(fact.event, "mandate-incomplete", v1::FINDING_SEVERITY_WARNING,
            absl::StrCat("L-05 : ", who().fr, " : la délibération n'",
                         !one.approves_text() ? "approuve pas le texte" : "",
                         !one.approves_text() && !one.authorises_signature() ? " et n'" : "",
                         !one.authorises_signature() ? "autorise pas la signature" : "", "."),
            absl::StrCat("L-05: ", who().en, ": the délibération does not ",
                         !one.approves_text() ? "approve the text" : "",
                         !one.approves_text() && !one.authorises_signature() ? " and not " : "",
                         !one.authorises_signature() ? "authorise the signature" : "", "."));
  }
  RevisionNumber now = replacements->Of(fact.revision);
  if (now == kNone) now = replacements->ConcludedInstead(fact.revision, fact.event);
  // Frozen again without a change, the text voted is the one to sign.
  if (now != kNone && !replacements->AreOneText(fact.revision, now)) {
    if (const auto odd = rules::CheckVotedText(NameOfRevision(data, now))) {
      out.Add(fact.event, *odd, who);
    }
  }
  if (!VotesFor(data, book, fact.revision, one.partner_id())) {
    out.Add(fact.event, "vote-not-required", v1::FINDING_SEVERITY_NOTE,
            absl::StrCat(who().fr, " : aucun vote n'est attendu de cette partie."),
            absl::StrCat(who().en, ": no vote is expected of this party."));
  }
  return out.Take();
}

FindingList AllFindings(const StateData& data, const PartyBook& book, const VoteReading& reading) {
  FindingList list = StoredFindings(data);
  std::vector<v1::Finding>& all = list.found;
  for (v1::Finding& one : all) NameSigner(data, book, &one);
  Replacements replacements(data);
  AddOvertakenFindings(data, &replacements, &list);
  Append(UnwrittenClauseFindings(data), &all);
  Append(RivalFindings(data), &all);
  AddPromptFindings(data, &list);
  FirstFreezes freezes(data, reading.same());
  for (RevisionNumber i = 0; i < data.revisions.size(); ++i) {
    Append(RevisionFindings(data, book, reading, i, &replacements, &freezes), &all);
    Append(PaperFindings(data, book, i), &all);
    for (const DeliberationFact* fact : StandingDeliberations(data, i)) {
      Append(DeliberationFindings(data, book, *fact, &replacements), &all);
    }
  }
  std::sort(all.begin(), all.end(), Less);
  return list;
}

std::vector<v1::Finding> SignatureFindings(const StateData& data, const PartyBook& book,
                                           const VoteReading& reading, SignatureNumber signature) {
  const SignatureFact& fact = data.signatures[signature];
  const std::string leaf = data.LeafOf(fact.event).ToHex();
  Replacements replacements(data);
  std::vector<v1::Finding> out = StoredFindingsOf(data, fact.event);
  for (v1::Finding& one : out) NameSigner(data, book, &one);
  FirstFreezes freezes(data, reading.same());
  Append(RevisionFindings(data, book, reading, fact.revision, &replacements, &freezes), &out);
  std::erase_if(out, [&](const v1::Finding& one) { return one.leaf() != leaf; });
  std::sort(out.begin(), out.end(), Less);
  return out;
}

rules::Words DeliberationText(const v1::Deliberation& deliberation) {
  const std::string which = absl::StrCat(
      deliberation.assembly(), deliberation.number().empty() ? "" : ", n° ", deliberation.number());
  // Of a text signed on paper long ago.
  if (deliberation.members_in_office() == 0) {
    return {absl::StrCat(which, ", séance du ", FrenchDate(deliberation.sitting_on()),
                         ", votes non connus"),
            absl::StrCat(which, ", sitting of ", EnglishDate(deliberation.sitting_on()),
                         ", votes not known")};
  }
  return {
      absl::StrCat(which, ", séance du ", FrenchDate(deliberation.sitting_on()), ", ",
                   deliberation.votes_for(), " pour, ", deliberation.votes_against(), " contre, ",
                   Count(deliberation.abstentions(), "abstention", "abstentions")),
      absl::StrCat(which, ", sitting of ", EnglishDate(deliberation.sitting_on()), ", ",
                   deliberation.votes_for(), " for, ", deliberation.votes_against(), " against, ",
                   CountEn(deliberation.abstentions(), "abstention", "abstentions"))};
}

std::vector<const DeliberationFact*> StandingDeliberations(const StateData& data,
                                                           RevisionNumber revision) {
  std::vector<const DeliberationFact*> out;
  for (const std::uint32_t at : data.revisions[revision].deliberations) {
    const DeliberationFact& fact = data.deliberations[at];
    if (data.events[fact.event].authorised && !data.events[fact.event].replaced) {
      out.push_back(&fact);
    }
  }
  std::sort(out.begin(), out.end(),
            [&](const auto* a, const auto* b) { return Before(data, a->event, b->event); });
  return out;
}

std::set<EventNumber> RecordsOf(const StateData& data, const DeliberationFact& fact) {
  std::set<EventNumber> out{fact.event};
  std::vector<EventNumber> next = fact.replaces;
  while (!next.empty()) {
    const EventNumber event = next.back();
    next.pop_back();
    const auto found = data.deliberation_by_event.find(event);
    if (!out.insert(event).second || found == data.deliberation_by_event.end()) continue;
    const std::vector<EventNumber>& more = data.deliberations[found->second].replaces;
    next.insert(next.end(), more.begin(), more.end());
  }
  return out;
}

rules::Words CurrentDeliberations(const StateData& data, const v1::Deliberation& like) {
  rules::Words out;
  const EventNumber frozen = data.FindEvent(like.revision());
  const auto revision = data.revision_by_event.find(frozen);
  if (frozen != kNone && revision != data.revision_by_event.end()) {
    for (const DeliberationFact* fact : StandingDeliberations(data, revision->second)) {
      if (fact->deliberation->partner_id() != like.partner_id()) continue;
      const rules::Words one = DeliberationText(*fact->deliberation);
      absl::StrAppend(&out.fr, out.fr.empty() ? "" : " ; ", one.fr);
      absl::StrAppend(&out.en, out.en.empty() ? "" : "; ", one.en);
    }
  }
  return out.fr.empty() ? rules::Words{"aucune", "none"} : out;
}

}  // namespace greffe
