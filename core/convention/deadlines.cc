// The end of the term, and what both families of deadlines share.

#include "core/convention/deadlines.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/french.h"
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

// An express renewal on record.
const LifeFact* Renewal(const DeadlineInput& in) {
  const LifeFact* out = nullptr;
  for (const LifeLine& line : in.book.lines()) {
    if (line.kind() == v1::LifeRecorded::kRenewalLinked) out = line.opening;
  }
  return out;
}

}  // namespace

std::optional<rules::End> OverBy(const DeadlineInput& in, const LifeLine* line) {
  const std::optional<rules::End> end = EndMet(in.book, in.ending, in.today);
  if (!rules::IsOver(end, in.today)) return std::nullopt;
  const bool own = end->early && line != nullptr && in.book.LineOf(in.ending.fact->event) == line;
  return own ? std::nullopt : end;
}

void ForgiveBeforeConclusion(const DeadlineInput& in, DeadlineMade* made) {
  const std::optional<CivilDate>& since = in.in_force_since;
  if (!since.has_value() || !made->last_day.has_value() || *since <= *made->last_day) return;
  if (!rules::IsOn(rules::Rule::kAfterConclusion)) return;
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
  if (!term.has_value()) {
    out.push_back(MakeDeadline(in, {.id = "term-end",
                                    .rule = rules::Rule::kExpiry,
                                    .text = {"Fin de la convention", "End of the convention"},
                                    .why = {"Le texte ne donne pas de dates de début et de fin.",
                                            "The text gives no first and last day."}}));
    return out;
  }
  const EndingFacts& end = in.ending;
  const bool ended = end.ending.has_value() && end.ending->last_day < term->last;
  const LifeFact* const renewal = Renewal(in);
  if (!ended) {
    for (const rules::Alarm& alarm : rules::RenewalAlarms(*term)) {
      const std::string months = absl::StrCat(alarm.months);
      // After the end there is nothing left to prepare: nobody did it, and it is late no more.
      const bool over = in.today > term->last;
      DeadlineMade made{
          .id = absl::StrCat("renewal-", months),
          .rule = rules::Rule::kExpiry,
          .nature = over ? DeadlineNature::kPeriod : DeadlineNature::kObligation,
          .done = renewal != nullptr,
          .last_day = alarm.on,
          .text = {absl::StrCat("Préparer la suite : fin dans ", months, " mois"),
                   absl::StrCat("Prepare what follows: end in ", months, " months")},
          .why = {absl::StrCat(months, " mois avant le ", FrenchDate(term->last.ToString()),
                               renewal != nullptr ? " ; renouvellement exprès enregistré."
                                                  : " ; rien n'est reconduit tacitement."),
                  absl::StrCat(months, " months before ", EnglishDate(term->last.ToString()),
                               renewal != nullptr ? "; an express renewal is on record."
                                                  : "; nothing is renewed tacitly.")},
          .element_id = "terms"};
      ForgiveBeforeConclusion(in, &made);
      out.push_back(MakeDeadline(in, std::move(made)));
    }
  }
  out.push_back(MakeDeadline(
      in,
      {.id = "term-end",
       .rule = ended ? rules::Rule::kTermination : rules::Rule::kExpiry,
       .last_day = ended ? end.ending->last_day : term->last,
       .effect_on = (ended ? end.ending->last_day : term->last).NextDay(),
       .text = ended ? rules::Words{"Fin anticipée de la convention", "Early end of the convention"}
                     : rules::Words{"Fin de la convention", "End of the convention"},
       .why = ended ? rules::Words{"Résiliation ou dénonciation enregistrée.",
                                   "A termination or dénonciation is on record."}
                    : rules::Words{"Terme écrit dans le texte.", "Term written in the text."},
       .element_id = "terms",
       .fact = ended ? end.fact->event : kNone}));
  return out;
}

}  // namespace greffe
