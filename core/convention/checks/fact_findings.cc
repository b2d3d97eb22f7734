#include "core/convention/checks/fact_findings.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/french.h"
#include "core/convention/state/finding.h"
#include "core/convention/text/conclude.h"
#include "core/rules/calendar.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

// The day in Paris on which its author says that it recorded the fact.
CivilDate RecordedOn(const StateData& data, EventNumber event) {
  return rules::ParisTimeOf(Instant{data.events[event].recorded_micros}).day;
}

// L-12: who signs, signs the text that was frozen. Before its first freeze, there was none to sign;
// what was signed on paper and entered afterwards was.
void CheckSignedText(const StateData& data, const PartyBook& book, RevisionNumber number,
                     FirstFreezes* freezes, FactFindings* out) {
  const Revision& revision = data.revisions[number];
  if (revision.on_paper || revision.signatures.empty()) return;
  const CivilDate frozen = freezes->Of(number).day;
  for (const SignatureNumber s : revision.signatures) {
    const SignatureFact& fact = data.signatures[s];
    if (!fact.counts || fact.replaced || !fact.signed_on || !(*fact.signed_on < frozen)) continue;
    const v1::Signatory* const signatory = FindSignatory(revision, fact.signatory_id);
    if (signatory == nullptr) continue;
    const std::string who =
        absl::StrCat(book.Name(signatory->partner_id()), " (", signatory->office(), ")");
    const std::string day = fact.signed_on->ToString();
    const std::string from = frozen.ToString();
    out->Add(fact.event, "signature-before-text", v1::FINDING_SEVERITY_WARNING,
             absl::StrCat("L-12 : ", who, " a signé le ", FrenchDate(day), " « ", revision.label,
                          " », figé le ", FrenchDate(from),
                          " seulement : la date, ou le texte signé, est à vérifier."),
             absl::StrCat("L-12: ", who, " signed on ", EnglishDate(day), " “", revision.label,
                          "”, frozen on ", EnglishDate(from),
                          " only: the date, or the text signed, is to be checked."));
  }
}

// L-11: who votes, votes the text that was frozen. What was signed on paper and entered afterwards
// was voted before.
void CheckVotedOn(const StateData& data, const PartyBook& book, RevisionNumber number,
                  FirstFreezes* freezes, FactFindings* out) {
  if (freezes->same().FirstOf(number) != number) return;
  std::vector<rules::DatedVote> votes;
  const FirstFreezes::First& frozen = freezes->Of(number);
  EventNumber early = kNone;
  for (const RevisionNumber one : freezes->same().Of(number)) {
    if (data.revisions[one].on_paper) continue;
    for (const std::uint32_t at : data.revisions[one].deliberations) {
      const DeliberationFact& fact = data.deliberations[at];
      const EventRow& row = data.events[fact.event];
      const auto sitting = CivilDate::TryParse(fact.deliberation->sitting_on());
      if (!row.authorised || row.replaced || !sitting || *sitting >= frozen.day) continue;
      votes.push_back({book.Name(fact.deliberation->partner_id()), *sitting});
      early = fact.event;
    }
  }
  if (votes.empty()) return;
  const bool one = votes.size() == 1;
  const auto odd = rules::CheckVotesAfterText(std::move(votes), frozen.day);
  if (!odd.has_value()) return;
  const std::string text = absl::StrCat("« ", data.revisions[number].label, " »");
  out->Add(one ? early : frozen.event, *odd, [&] { return rules::Words{text, text}; });
}

void CheckRefusals(const StateData& data, const PartyBook& book, RevisionNumber number,
                   FactFindings* out) {
  const Revision& revision = data.revisions[number];
  for (const std::uint32_t at : revision.refusals) {
    const RefusalFact& refusal = data.refusals[at];
    if (!refusal.counts) continue;
    const v1::Signatory* const signatory = FindSignatory(revision, refusal.signatory_id);
    const std::string who = signatory == nullptr ? refusal.signatory_id
                                                 : absl::StrCat(book.Name(signatory->partner_id()),
                                                                ", ", signatory->office());
    bool after = false;
    bool concurrent = false;
    bool signed_later = false;
    // Of a signature recorded after the refusal, the day that it bears, where that is before it.
    std::optional<CivilDate> dated_before;
    const CivilDate refused_on = RecordedOn(data, refusal.event);
    for (const SignatureNumber s : revision.signatures) {
      const SignatureFact& fact = data.signatures[s];
      if (fact.signatory_id != refusal.signatory_id || !fact.counts) continue;
      const bool seen = data.Saw(refusal.event, fact.event);
      after = after || seen;
      const bool later = data.Saw(fact.event, refusal.event);
      if (later && fact.signed_on.has_value() && *fact.signed_on < refused_on) {
        dated_before = std::max(dated_before, fact.signed_on);
      } else {
        signed_later = signed_later || later;
      }
      concurrent = concurrent || (!seen && !data.Saw(fact.event, refusal.event));
    }
    if (signed_later) {
      out->Add(refusal.event, "signature-after-refusal", v1::FINDING_SEVERITY_NOTE,
               absl::StrCat("« ", who, " » a refusé « ", revision.label, " », puis l'a signé."),
               absl::StrCat("“", who, "” refused “", revision.label, "”, then signed it."));
    }
    if (dated_before.has_value() && !signed_later) {
      const std::string refused = refused_on.ToString();
      const std::string day = dated_before->ToString();
      out->Add(refusal.event, "refusal-after-signature", v1::FINDING_SEVERITY_WARNING,
               absl::StrCat("« ", who, " » a refusé « ", revision.label, " » (refus enregistré le ",
                            FrenchDate(refused),
                            ") ; une signature enregistrée ensuite est datée "
                            "du ",
                            FrenchDate(day), " : refus postérieur à la signature, à qualifier."),
               absl::StrCat("“", who, "” refused “", revision.label, "” (refusal recorded on ",
                            EnglishDate(refused), "); a signature recorded afterwards is dated ",
                            EnglishDate(day), ": a refusal after the signature, to be qualified."));
    }
    if (!after && !concurrent) continue;
    out->Add(refusal.event, "refusal-after-signature", v1::FINDING_SEVERITY_WARNING,
             absl::StrCat("« ", who, " » a refusé « ", revision.label,
                          after ? " » après l'avoir signé."
                                : " » et l'a signé, chacun sans "
                                  "connaître l'autre."),
             absl::StrCat("“", who, "” refused “", revision.label,
                          after ? "” after signing it."
                                : "” and signed it, each without knowing of the other."));
  }
}

void CheckWithdrawals(const StateData& data, RevisionNumber number, FactFindings* out) {
  const Revision& revision = data.revisions[number];
  for (const std::uint32_t at : revision.withdrawals) {
    const WithdrawalFact& withdrawal = data.withdrawals[at];
    if (!withdrawal.counts) continue;
    std::size_t unseen = 0;
    for (const SignatureNumber s : revision.signatures) {
      const SignatureFact& fact = data.signatures[s];
      if (fact.counts && !data.Saw(withdrawal.event, fact.event)) ++unseen;
    }
    if (unseen == 0) continue;
    out->Add(
        withdrawal.event, "withdrawal-unseen", v1::FINDING_SEVERITY_SERIOUS,
        absl::StrCat("« ", revision.label, " » a été retiré ; ",
                     Count(unseen, "signature donnée", "signatures données"),
                     " sans que le retrait soit connu. L'acte conclu malgré lui reste conclu."),
        absl::StrCat("“", revision.label, "” was withdrawn; ",
                     Count(unseen, "signature was", "signatures were"),
                     " given without knowing of it. The act concluded all the same stays so."));
  }
}

}  // namespace

void FactFindings::Add(EventNumber event, absl::string_view code, v1::FindingSeverity severity,
                       std::string fr, std::string en) {
  v1::Finding& out = out_.emplace_back();
  out.set_code(std::string(code));
  out.set_severity(severity);
  out.set_rule(std::string(LeadingRule(fr)));
  out.set_text(std::move(fr));
  out.set_text_en(std::move(en));
  out.set_leaf(data_.LeafOf(event).ToHex());
}

void FactFindings::Add(EventNumber event, const rules::Oddity& odd, Who who) {
  v1::Finding& out = out_.emplace_back(MakeFinding(odd, who()));
  if (!odd.field.empty()) out.set_field(absl::StrCat("deliberation.", odd.field));
  out.set_leaf(data_.LeafOf(event).ToHex());
}

const FirstFreezes::First& FirstFreezes::Of(RevisionNumber revision) {
  const auto [known, added] = by_text_.try_emplace(same_.FirstOf(revision));
  if (!added) return known->second;
  for (const RevisionNumber one : same_.Of(revision)) {
    const EventNumber event = data_.revisions[one].event;
    const CivilDate day = RecordedOn(data_, event);
    First& first = known->second;
    if (first.event == kNone || day < first.day ||
        (day == first.day && data_.LeafOf(event) < data_.LeafOf(first.event))) {
      first = {day, event};
    }
  }
  return known->second;
}

void CheckOrderOfFacts(const StateData& data, const PartyBook& book, RevisionNumber revision,
                       FirstFreezes* freezes, FactFindings* out) {
  CheckSignedText(data, book, revision, freezes, out);
  CheckVotedOn(data, book, revision, freezes, out);
  CheckRefusals(data, book, revision, out);
  CheckWithdrawals(data, revision, out);
}

}  // namespace greffe
