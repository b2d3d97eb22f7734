// The end of the term, and what both families of deadlines share.

#include "core/convention/views/deadlines.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/checks/renewal_words.h"
#include "core/convention/elements/french.h"
#include "core/rules/obligations.h"

namespace greffe {
namespace {

v1::DeadlineState StateOf(const DeadlineMade& made, CivilDate today) {
  if (!made.last_day.has_value()) return v1::DEADLINE_STATE_NOT_COMPUTABLE;
  if (made.done) return v1::DEADLINE_STATE_DONE;
  if (today > *made.last_day) {
    return made.nature == DeadlineNature::kPeriod ? v1::DEADLINE_STATE_PASSED
                                                  : v1::DEADLINE_STATE_LATE;
  }
  return made.last_day->days - today.days <= rules::kDueDays ? v1::DEADLINE_STATE_DUE
                                                             : v1::DEADLINE_STATE_TO_COME;
}

// What the alarms say of what follows, after the day that they count to.
rules::Words WhatFollows(const DeadlineInput& in, const RenewalRead& renewal) {
  if (renewal.link == nullptr) {
    return {" ; rien n'est reconduit tacitement.", "; nothing is renewed tacitly."};
  }
  const rules::Words said =
      renewal.next != nullptr ? SayNext(*renewal.next) : SayNotCompared(in.successors);
  const bool binds = renewal.next != nullptr && renewal.next->renewal.concluded_on.has_value() &&
                     *renewal.next->renewal.concluded_on <= in.today;
  const rules::Words how =
      renewal.renewed ? rules::Words{" : ", ": "}
      : binds         ? rules::Words{", qui ne suit pas sans vide : ", ", which leaves a gap: "}
                      : rules::Words{", à conclure : ", ", and to be concluded: "};
  return {absl::StrCat(" ; renouvellement relié", how.fr, said.fr, "."),
          absl::StrCat("; a renewal is linked", how.en, said.en, ".")};
}

// Which text writes the term: the one of that day, or one that takes effect later.
rules::Words WhyTerm(const DeadlineInput& in) {
  const auto term = in.book.rolls().TermEndFrom(in.today);
  if (!term.has_value() || !term->given_from.has_value()) {
    return {"Terme écrit dans le texte.", "Term written in the text."};
  }
  const std::string from = term->given_from->ToString();
  return {absl::StrCat("Terme écrit dans le texte qui prend effet le ", FrenchDate(from),
                       ", déjà conclu (L-36)."),
          absl::StrCat("Term written in the text that takes effect on ", EnglishDate(from),
                       ", concluded already (L-36).")};
}

// What ended the convention, and what that leaves (L-54).
rules::Words WhyEarly(const DeadlineInput& in) {
  const std::string sent = in.ending.fact->day.ToString();
  const std::string last = in.ending.ending->last_day.ToString();
  const bool denounced = in.ending.ending->kind == rules::EndingKind::kDenunciation;
  return {absl::StrCat(denounced
                           ? absl::StrCat("Dénonciation envoyée le ", FrenchDate(sent),
                                          ", préavis jusqu'au ", FrenchDate(last), " inclus (L-53)")
                           : absl::StrCat("Résiliation du ", FrenchDate(sent), " (L-54)"),
                       " : les engagements s'arrêtent ; les autres droits et les "
                       "dommages-intérêts demeurent (L-54)."),
          absl::StrCat(denounced
                           ? absl::StrCat("Dénonciation sent on ", EnglishDate(sent),
                                          ", notice until ", EnglishDate(last), " included (L-53)")
                           : absl::StrCat("Termination of ", EnglishDate(sent), " (L-54)"),
                       ": commitments stop; other rights and damages remain (L-54).")};
}

}  // namespace

DeadlineInput DeadlineInputOf(const Known& known, const ConsolidatedText& text,
                              const LifeBook& book, const PartyBook& names) {
  const StateData& data = known.state.data();
  return {data,
          text,
          book,
          names,
          FindEnding(data, book),
          InForceSince(data),
          known.clock_date,
          known.successors};
}

std::optional<rules::End> OverBy(const DeadlineInput& in, const LifeLine* line) {
  const std::optional<rules::End> end = EndMet(in.book, in.ending, in.today);
  if (!rules::IsOver(end, in.today)) return std::nullopt;
  const bool own = end->early && line != nullptr && in.book.LineOf(in.ending.fact->event) == line;
  return own ? std::nullopt : end;
}

void ForgiveBeforeConclusion(const DeadlineInput& in, DeadlineMade* made) {
  if (!made->last_day.has_value() || !rules::IsOn(rules::Rule::kAfterConclusion)) return;
  const std::optional<CivilDate>& since = in.in_force_since;
  if (!since.has_value()) {
    made->nature = DeadlineNature::kPeriod;
    absl::StrAppend(&made->why.fr,
                    " La convention n'est pas conclue : elle ne lie encore personne (L-13).");
    absl::StrAppend(&made->why.en, " The convention is not concluded: it binds nobody yet (L-13).");
    return;
  }
  if (*since <= *made->last_day) return;
  made->nature = DeadlineNature::kPeriod;
  absl::StrAppend(&made->why.fr, " Conclue le ", FrenchDate(since->ToString()),
                  ", la convention ne liait encore personne ce jour-là (L-13).");
  absl::StrAppend(&made->why.en, " Concluded on ", EnglishDate(since->ToString()),
                  ", the convention bound nobody yet on that day (L-13).");
}

v1::Deadline MakeDeadline(const DeadlineInput& in, DeadlineMade made) {
  v1::Deadline out;
  out.set_state(StateOf(made, in.today));
  out.set_id(std::move(made.id));
  out.set_rule(std::string(rules::RowOf(made.rule).id));
  if (made.last_day.has_value()) out.set_last_day(made.last_day->ToString());
  if (made.effect_on.has_value()) out.set_effect_on(made.effect_on->ToString());
  out.set_text(std::move(made.text.fr));
  out.set_text_en(std::move(made.text.en));
  out.set_why(std::move(made.why.fr));
  out.set_why_en(std::move(made.why.en));
  out.set_element_id(std::move(made.element_id));
  if (made.fact != kNone) out.set_fact(in.data.LeafOf(made.fact).ToHex());
  out.set_partner_id(std::move(made.partner_id));
  return out;
}

std::vector<v1::Deadline> EndDeadlines(const DeadlineInput& in) {
  std::vector<v1::Deadline> out;
  const std::optional<rules::Term> term = TermOf(in.text);
  const std::optional<rules::End> end = EndMet(in.book, in.ending, in.today);
  if (!term.has_value() || !end.has_value()) {
    out.push_back(MakeDeadline(in, {.id = "term-end",
                                    .rule = rules::Rule::kExpiry,
                                    .text = {"Fin de la convention", "End of the convention"},
                                    .why = {"Le texte ne donne pas de dates de début et de fin.",
                                            "The text gives no first and last day."}}));
    return out;
  }
  const RenewalRead renewal = ReadRenewal(in.data, in.book, in.successors, end->last_day, in.today);
  const rules::Words follows = WhatFollows(in, renewal);
  if (!end->early) {
    for (const rules::Alarm& alarm : rules::RenewalAlarms({term->first, end->last_day})) {
      const std::string months = absl::StrCat(alarm.months);
      // After the end there is nothing left to prepare: nobody did it, and it is late no more.
      const bool over = in.today > end->last_day;
      const std::string last = end->last_day.ToString();
      DeadlineMade made{
          .id = absl::StrCat("renewal-", months),
          .rule = rules::Rule::kExpiry,
          .nature = over ? DeadlineNature::kPeriod : DeadlineNature::kObligation,
          .done = renewal.renewed,
          .last_day = alarm.on,
          .text = {absl::StrCat("Préparer la suite : fin dans ", months, " mois"),
                   absl::StrCat("Prepare what follows: end in ", months, " months")},
          .why = {absl::StrCat(months, " mois avant le ", FrenchDate(last), follows.fr),
                  absl::StrCat(months, " months before ", EnglishDate(last), follows.en)},
          .element_id = "terms"};
      ForgiveBeforeConclusion(in, &made);
      out.push_back(MakeDeadline(in, std::move(made)));
    }
  }
  out.push_back(MakeDeadline(
      in, {.id = "term-end",
           .rule = end->early ? rules::Rule::kTermination : rules::Rule::kExpiry,
           .last_day = end->last_day,
           .effect_on = end->last_day.NextDay(),
           .text = end->early ? rules::Words{"Fin anticipée de la convention",
                                             "Early end of the convention"}
                              : rules::Words{"Fin de la convention", "End of the convention"},
           .why = end->early ? WhyEarly(in) : WhyTerm(in),
           .element_id = "terms",
           .fact = end->early ? in.ending.fact->event : kNone}));
  return out;
}

}  // namespace greffe
