#include "core/convention/reading/ended.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/ending.h"
#include "core/convention/state/finding.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/rules/calendar.h"
#include "core/rules/force.h"

namespace greffe {
namespace {

const v1::Terms* TermsAmong(const std::vector<const v1::Element*>& elements) {
  for (const v1::Element* element : elements) {
    if (element->has_terms()) return &element->terms();
  }
  return nullptr;
}

// The last day of the term as known from a day on.
struct TermStep {
  CivilDate since;
  CivilDate last;
  // Which revision gives it.
  RevisionNumber by = kNone;
};

// Concluded revisions that put the term, by the day of their conclusion; what one builds on before
// it.
std::vector<TermStep> TermsConcluded(const StateData& data) {
  std::vector<TermStep> out;
  for (const RevisionNumber number : ConcludedRevisions(data)) {
    const Revision& revision = data.revisions[number];
    for (const v1::Element* element : PutElements(data.acts.at(revision.act), revision)) {
      if (!element->has_terms()) continue;
      const auto term = TermBetween(element->terms().start_date(), element->terms().end_date());
      if (term.has_value()) {
        out.push_back({*Conclude(data, number).concluded_on, term->last, number});
      }
    }
  }
  std::sort(out.begin(), out.end(), [](const TermStep& x, const TermStep& y) {
    return std::tie(x.since, x.by) < std::tie(y.since, y.by);
  });
  return out;
}

// How the end of the term moved, by day: what is concluded once it is over, or takes effect later
// than the day after, prolongs nothing (L-36).
std::vector<TermStep> TermSteps(const StateData& data) {
  std::vector<TermStep> out;
  const std::vector<TermStep> concluded = TermsConcluded(data);
  std::vector<RevisionNumber> by;
  for (const TermStep& step : concluded) by.push_back(step.by);
  const RevisionOrder order(data, by);
  for (TermStep step : concluded) {
    if (!out.empty()) {
      const TermStep& before = out.back();
      const CivilDate from = *data.revisions[step.by].effective_from;
      if (step.since > before.last || from > before.last.NextDay()) continue;
      // Nothing is undone before the day of effect. Of two acts that clash on the term, nobody is
      // late by the shorter one.
      step.last = std::max(step.last, CivilDate{from.days - 1});
      if (!order.BuildsOn(step.by, before.by)) step.last = std::max(step.last, before.last);
    }
    out.push_back(step);
  }
  return out;
}

// The end that an act signed on a day finds: of the term as acts concluded until then leave it, or
// what came before it. Absent before anything was concluded.
std::optional<CivilDate> EndFoundOn(const std::vector<TermStep>& steps,
                                    const std::optional<rules::Ending>& ending, CivilDate day) {
  const auto after =
      std::upper_bound(steps.begin(), steps.end(), day,
                       [](CivilDate on, const TermStep& step) { return on < step.since; });
  if (after == steps.begin()) return std::nullopt;
  const CivilDate last = std::prev(after)->last;
  const bool early = ending.has_value() && rules::IsOn(rules::Rule::kTermination);
  return early ? std::min(last, ending->last_day) : last;
}

// The day whose text has effect on that day.
CivilDate TextDay(const StateData& data, const LifeBook& book, CivilDate day) {
  const CivilDate of_term = book.rolls().TextDay(day);
  if (!rules::IsOn(rules::Rule::kBeforeEnd)) return day;
  const std::optional<rules::End> end = EndMet(book, FindEnding(data, book), of_term);
  return end.has_value() && end->early ? std::min(of_term, end->last_day) : of_term;
}

// What ends what is concluded, before its term.
EndingFacts EndingKnown(const StateData& data, CivilDate today) {
  const ConsolidatedText text = TextInForce(data, today);
  return text.project ? EndingFacts{} : FindEnding(data, LifeBook(data, text, today));
}

// The end of a text that gives `last` as its own, where that comes before a day.
std::optional<rules::End> AfterEnd(const EndingFacts& ending, std::optional<CivilDate> last,
                                   CivilDate day) {
  bool early = false;
  if (ending.ending.has_value() && rules::IsOn(rules::Rule::kTermination) &&
      (!last.has_value() || ending.ending->last_day < *last)) {
    last = ending.ending->last_day;
    early = true;
  }
  if (!last.has_value() || !rules::CheckBeforeEnd(*last, day)) return std::nullopt;
  return rules::End{*last, early};
}

// The end that an act with effect on a day comes too late for: that of the text it makes, and, for
// one that prolongs the term, the day after the end as concluded acts leave it today.
std::optional<rules::End> MissedEnd(const StateData& data, const EndingFacts& ending,
                                    std::optional<CivilDate> last, CivilDate day, CivilDate today) {
  if (auto end = AfterEnd(ending, last, day)) return end;
  const ConsolidatedText text = TextInForce(data, today);
  if (text.project) return std::nullopt;
  const LifeBook book(data, text, today);
  const std::optional<rules::End> known = EndMet(book, ending, today);
  if (!known.has_value() || !rules::CheckBeforeEnd(known->last_day.NextDay(), day)) {
    return std::nullopt;
  }
  return known;
}

// `lifts`: what would, without a full stop.
absl::Status NoEffect(CivilDate last_day, CivilDate effective_from, const rules::Words& lifts) {
  const std::string id(rules::RowOf(rules::Rule::kBeforeEnd).id);
  const std::string from = effective_from.ToString();
  const std::string end = last_day.ToString();
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = id,
       .field = "effective_from",
       .fr = absl::StrCat(id, " : un acte qui prend effet le ", FrenchDate(from),
                          " n'en aurait aucun : la convention prend fin le ", FrenchDate(end), "."),
       .en = absl::StrCat(id, ": an act that takes effect on ", EnglishDate(from),
                          " would have none: the convention ends on ", EnglishDate(end), "."),
       .next_fr = absl::StrCat(lifts.fr,
                               " ; ce qui vient après est l'objet d'une convention nouvelle "
                               "(greffe convention new)."),
       .next_en = absl::StrCat(lifts.en,
                               "; what comes after is for a new convention (greffe convention "
                               "new).")});
}

v1::Finding Late(const StateData& data, EventNumber event, const rules::Oddity& odd,
                 const rules::Words& who = {}) {
  v1::Finding out = MakeFinding(odd, who);
  out.set_leaf(data.LeafOf(event).ToHex());
  return out;
}

// What nobody can sign any more: opened after the end by its author's clock, and open still. One
// frozen as signed on paper is judged by the days of its signatures.
bool IsOpen(const StateData& data, const ActFacts& act) {
  const v1::ActStanding standing = StandingOf(data, act);
  if (standing != v1::ACT_STANDING_DRAFT && standing != v1::ACT_STANDING_FROZEN) return false;
  return std::none_of(act.revisions.begin(), act.revisions.end(),
                      [&](RevisionNumber one) { return data.revisions[one].on_paper; });
}

void AddProposedLate(const StateData& data, const std::vector<TermStep>& steps,
                     const std::optional<rules::Ending>& ending, std::vector<v1::Finding>* out) {
  if (steps.empty()) return;
  for (const auto& [id, act] : data.acts) {
    const ActOpening& opening = data.OpeningOf(act);
    if (opening.kind == v1::ACT_KIND_ORIGINAL) continue;
    const CivilDate day =
        rules::ParisTimeOf(Instant{data.events[opening.event].recorded_micros}).day;
    const std::optional<CivilDate> last = EndFoundOn(steps, ending, day);
    if (!last.has_value()) continue;
    auto odd = rules::CheckBeforeEnd(*last, day);
    // Asked last: few come late, and what is open takes the whole draft to tell.
    if (!odd.has_value() || !IsOpen(data, act)) continue;
    odd->code = "act-proposed-after-end";
    out->push_back(Late(data, opening.event, *odd,
                        {absl::StrCat("« ", opening.title, " », à retirer (greffe act withdraw)"),
                         absl::StrCat("“", opening.title,
                                      "”, to be withdrawn (greffe act "
                                      "withdraw)")}));
  }
}

}  // namespace

std::optional<rules::End> EndBefore(const StateData& data, CivilDate today) {
  const ConsolidatedText text = TextInForce(data, today);
  return EndBefore(data, text, LifeBook(data, text, today), today);
}

std::optional<rules::End> EndBefore(const StateData& data, const ConsolidatedText& text,
                                    const LifeBook& book, CivilDate today) {
  if (text.project) return std::nullopt;
  const std::optional<rules::End> end = EndMet(book, FindEnding(data, book), today);
  if (!end.has_value() || !rules::CheckBeforeEnd(end->last_day, today)) return std::nullopt;
  return end;
}

absl::Status RequireNotEnded(const StateData& data, CivilDate today) {
  const std::optional<rules::End> end = EndBefore(data, today);
  if (!end.has_value()) return absl::OkStatus();
  const auto odd = rules::CheckBeforeEnd(end->last_day, today);
  const std::string id(rules::RowOf(odd->rule).id);
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = id,
       .fr = absl::StrCat(id, " : ", odd->words.fr),
       .en = absl::StrCat(id, ": ", odd->words.en),
       .next_fr = "Concluez une convention nouvelle (greffe convention new), puis reliez-la à "
                  "celle-ci : greffe renewal link. Un acte signé sur papier avant cette fin se "
                  "reprend : --on-paper.",
       .next_en = "Conclude a new convention (greffe convention new), then link it to this one: "
                  "greffe renewal link. An act signed on paper before that end is taken up: "
                  "--on-paper."});
}

absl::Status RequireEffectBeforeEnd(const StateData& data, std::optional<CivilDate> last,
                                    CivilDate effective_from, CivilDate today) {
  const EndingFacts end = EndingKnown(data, today);
  const auto odd = MissedEnd(data, end, last, effective_from, today);
  if (!odd.has_value()) return absl::OkStatus();
  return NoEffect(
      odd->last_day, effective_from,
      {absl::StrCat("Donnez une date d'effet jusqu'au ", FrenchDate(odd->last_day.ToString())),
       absl::StrCat("Give a day of effect no later than ", EnglishDate(odd->last_day.ToString()))});
}

absl::Status RequireTakesEffect(const StateData& data, RevisionNumber revision, CivilDate today) {
  const Revision& one = data.revisions[revision];
  // The convention itself begins, and ends nothing before it.
  if (one.bases.empty() || !one.effective_from.has_value()) return absl::OkStatus();
  const v1::Terms* const terms = TermsAmong(ElementsOf(data, {revision}));
  const EndingFacts end = EndingKnown(data, today);
  const auto odd =
      MissedEnd(data, end, terms == nullptr ? std::nullopt : CivilDate::TryParse(terms->end_date()),
                *one.effective_from, today);
  if (!odd.has_value()) return absl::OkStatus();
  const std::string last = odd->last_day.ToString();
  const bool runs =
      odd->early && end.ending->kind == rules::EndingKind::kDenunciation && today <= odd->last_day;
  return NoEffect(
      odd->last_day, *one.effective_from,
      {absl::StrCat("Figez-le de nouveau avec une date d'effet jusqu'au ", FrenchDate(last),
                    " (greffe act freeze)",
                    runs ? ", ou l'auteur de la dénonciation la retire d'ici là (greffe notice "
                           "retract)"
                         : ""),
       absl::StrCat("Freeze it anew with a day of effect no later than ", EnglishDate(last),
                    " (greffe act freeze)",
                    runs ? ", or the author of the dénonciation takes it back until then (greffe "
                           "notice retract)"
                         : "")});
}

ConsolidatedText TextInForce(const StateData& data, CivilDate on) {
  // The convention itself is never stillborn.
  if (ConcludedRevisions(data).size() < 2) return Consolidate(data, on);
  return Consolidate(data, TextDay(data, LifeBook(data), on));
}

bool IsStillborn(const StateData& data, const LifeBook& book, RevisionNumber revision) {
  const Revision& one = data.revisions[revision];
  return one.valid && !one.bases.empty() && one.effective_from.has_value() &&
         TextDay(data, book, *one.effective_from) < *one.effective_from;
}

rules::Words StillbornWords(const StateData& data, const LifeBook& book, RevisionNumber revision) {
  const std::string from = data.revisions[revision].effective_from->ToString();
  const std::string last = TextDay(data, book, *data.revisions[revision].effective_from).ToString();
  return {
      absl::StrCat("Mort-né : effet prévu le ", FrenchDate(from), ", la convention prend fin le ",
                   FrenchDate(last), " (L-36). Rien à signer."),
      absl::StrCat("Mort-né (stillborn): effect was to be on ", EnglishDate(from),
                   ", the convention ends on ", EnglishDate(last), " (L-36). Nothing to sign.")};
}

std::vector<v1::Finding> EndedFindings(const StateData& data, const LifeBook& book) {
  std::vector<v1::Finding> out;
  const EndingFacts end = FindEnding(data, book);
  const std::vector<TermStep> steps = TermSteps(data);
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    const Revision& revision = data.revisions[r];
    // Concluded first: few are, and what is asked next reads the whole life of the convention.
    if (!revision.signatures.empty() && IsConcluded(data, r) && IsStillborn(data, book, r)) {
      const CivilDate from = *revision.effective_from;
      const rules::Oddity odd = rules::Stillborn(revision.label, TextDay(data, book, from), from);
      out.push_back(Late(data, revision.event, odd));
    }
    if (!revision.valid || revision.bases.empty()) continue;
    for (const SignatureNumber number : revision.signatures) {
      const SignatureFact& one = data.signatures[number];
      if (!one.counts || one.replaced || !one.signed_on.has_value()) continue;
      const auto last = EndFoundOn(steps, end.ending, *one.signed_on);
      if (!last.has_value()) continue;
      const auto odd = rules::CheckBeforeEnd(*last, *one.signed_on);
      if (odd.has_value()) out.push_back(Late(data, one.event, *odd));
    }
  }
  AddProposedLate(data, steps, end.ending, &out);
  std::sort(out.begin(), out.end(),
            [](const v1::Finding& a, const v1::Finding& b) { return a.leaf() < b.leaf(); });
  return out;
}

}  // namespace greffe
