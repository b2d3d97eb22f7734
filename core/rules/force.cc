#include "core/rules/force.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/rules/calendar.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

bool Covers(const Term& term, CivilDate day) { return term.first <= day && day <= term.last; }

CivilDate DayBefore(CivilDate day) { return CivilDate{day.days - 1}; }

std::string TermFr(const Term& term) {
  return absl::StrCat("du ", DateFr(term.first), " au ", DateFr(term.last));
}
std::string TermEn(const Term& term) {
  return absl::StrCat("from ", DateEn(term.first), " to ", DateEn(term.last));
}

void Say(Force* out, std::string fr, std::string en) {
  const char* const space = out->words.fr.empty() ? "" : " ";
  absl::StrAppend(&out->words.fr, space, fr);
  absl::StrAppend(&out->words.en, space, en);
}

// The end that comes before that of the term.
std::optional<Ending> EarlierEnd(const ForceFacts& facts) {
  if (!IsOn(Rule::kTermination) || !facts.ending.has_value() || !facts.term.has_value() ||
      facts.ending->last_day >= facts.term->last) {
    return std::nullopt;
  }
  return facts.ending;
}

// The texts let either party terminate, and say nothing of more than two (L-50; domain.md section
// 9.1 asks the question of a denunciation alone).
void SayForAll(const Ending& ending, Force* out) {
  if (ending.sides <= 2) return;
  Say(out,
      absl::StrCat("Elle vaut pour les ", ending.sides,
                   " parties, selon la lettre de l'article (L-50) ; son effet entre plus de deux "
                   "parties est à qualifier par la coprésidence."),
      absl::StrCat("It ends for all ", ending.sides,
                   " parties, by the words of the article (L-50); its effect among more than two "
                   "parties is to be qualified by the co-chairs."));
}

void SayEnded(const ForceFacts& facts, const Ending& ending, Force* out) {
  const bool ahead = facts.today <= ending.last_day;
  const bool denounced = ending.kind == EndingKind::kDenunciation;
  Say(out,
      absl::StrCat(denounced ? "Dénoncée" : "Résiliée", " : ",
                   ahead ? "cessera de produire effet après le " : "sans effet depuis le ",
                   DateFr(ahead ? ending.last_day : ending.last_day.NextDay()),
                   denounced ? " (L-53)" : " (L-54)",
                   " ; les autres droits et les dommages-intérêts demeurent."),
      absl::StrCat(denounced ? "Ended by dénonciation: " : "Terminated: ",
                   ahead ? "will have no effect after " : "without effect since ",
                   DateEn(ahead ? ending.last_day : ending.last_day.NextDay()),
                   denounced ? " (L-53)" : " (L-54)", "; other rights and damages remain."));
  if (!denounced) SayForAll(ending, out);
}

void Concluded(const ForceFacts& facts, Force* out) {
  const Term& term = *facts.term;
  // Switched off, nothing ever ends, or force and efficacy are one.
  const bool ends = IsOn(Rule::kExpiry);
  const bool retroacts = IsOn(Rule::kEfficacyAndForce);
  const CivilDate from = retroacts ? term.first : std::max(term.first, *facts.concluded_on);
  const std::optional<Ending> earlier = EarlierEnd(facts);
  if (earlier.has_value() && facts.on > earlier->last_day) {
    out->state = v1::FORCE_STATE_TERMINATED;
    return SayEnded(facts, *earlier, out);
  }
  if (facts.on < from) {
    // What binds from its signature may end before its first day of effect.
    const bool never = earlier.has_value() && earlier->last_day < term.first;
    out->state = v1::FORCE_STATE_TO_COME;
    Say(out,
        absl::StrCat("Conclue le ", DateFr(*facts.concluded_on), " ; ",
                     never ? "l'effet était prévu " : "effet ", TermFr(term), "."),
        absl::StrCat("Concluded on ", DateEn(*facts.concluded_on), "; effect ",
                     never ? "was to be " : "", TermEn(term), "."));
    if (earlier.has_value()) SayEnded(facts, *earlier, out);
    return;
  }
  if (facts.on <= term.last || !ends) {
    out->state = v1::FORCE_STATE_IN_FORCE;
    Say(out,
        absl::StrCat("En vigueur : effet ", TermFr(term), ", conclue le ",
                     DateFr(*facts.concluded_on), "."),
        absl::StrCat("In force: effect ", TermEn(term), ", concluded on ",
                     DateEn(*facts.concluded_on), "."));
    if (earlier.has_value()) SayEnded(facts, *earlier, out);
    return;
  }
  out->state = v1::FORCE_STATE_EXPIRED;
  const bool ahead = facts.today <= term.last;
  Say(out,
      absl::StrCat(ahead ? "Aura expiré" : "Expirée", " au ", DateFr(term.last),
                   ahead ? ", sauf si un renouvellement exprès est conclu."
                         : " ; aucune reconduction tacite (L-55)."),
      absl::StrCat(ahead ? "Will have expired on " : "Expired on ", DateEn(term.last),
                   ahead ? ", unless an express renewal is concluded."
                         : "; nothing is renewed tacitly (L-55)."));
}

void NotConcluded(const ForceFacts& facts, Force* out) {
  out->state = v1::FORCE_STATE_NOTHING;
  if (!facts.predecessor.has_value()) {
    Say(out, "Rien en vigueur : la convention est en projet.",
        "Nothing in force: the convention is a project.");
    return;
  }
  if (facts.on < facts.predecessor->first) {
    Say(out,
        absl::StrCat("Rien d'enregistré n'est en vigueur le ", DateFr(facts.on),
                     " : la convention précédente va ", TermFr(*facts.predecessor),
                     ", et celle-ci est en projet."),
        absl::StrCat("Nothing on record is in force on ", DateEn(facts.on),
                     ": the previous convention runs ", TermEn(*facts.predecessor),
                     ", and this one is a project."));
    return;
  }
  Say(out,
      absl::StrCat("Rien en vigueur depuis le ", DateFr(facts.predecessor->last.NextDay()),
                   " : la convention est en projet."),
      absl::StrCat("Nothing in force since ", DateEn(facts.predecessor->last.NextDay()),
                   ": the convention is a project."));
}

}  // namespace

std::vector<Oddity> CheckStatedDuration(const Term& term, int months) {
  const std::optional<CivilDate> after = AddMonths(term.first, months);
  if (!IsOn(Rule::kStatedDuration) || !after.has_value() || DayBefore(*after) == term.last) {
    return {};
  }
  const Term stated{term.first, DayBefore(*after)};
  return {{Rule::kStatedDuration,
           "stated-duration",
           FindingSeverityOf(RowOf(Rule::kStatedDuration).severity),
           {absl::StrCat(months, " mois donnent ", TermFr(stated), " ; le texte dit ", TermFr(term),
                         "."),
            absl::StrCat(months, " months give ", TermEn(stated), "; the text says ", TermEn(term),
                         ".")}}};
}

std::uint32_t RetroactiveDays(CivilDate first, CivilDate concluded_on) {
  if (!IsOn(Rule::kRetroactive) || concluded_on <= first) return 0;
  return static_cast<std::uint32_t>(concluded_on.days - first.days);
}

Succession CompareWithPredecessor(const Term& before, const Term& after) {
  Succession out;
  if (!IsOn(Rule::kGapOrOverlap)) return out;
  if (after.first > before.last.NextDay()) {
    out.gap = Term{before.last.NextDay(), DayBefore(after.first)};
  } else if (after.first <= before.last && before.first <= after.last) {
    out.overlap = Term{std::max(before.first, after.first), std::min(before.last, after.last)};
  }
  return out;
}

std::optional<Oddity> CheckBeforeEnd(CivilDate last_day, CivilDate day) {
  if (!IsOn(Rule::kBeforeEnd) || day <= last_day) return std::nullopt;
  return Oddity{
      Rule::kBeforeEnd,
      "act-after-end",
      FindingSeverityOf(RowOf(Rule::kBeforeEnd).severity),
      {absl::StrCat("la convention prend fin le ", DateFr(last_day), " ; au ", DateFr(day),
                    ", un acte ne la modifie ni ne la prolonge plus : c'est un renouvellement."),
       absl::StrCat("the convention ends on ", DateEn(last_day), "; on ", DateEn(day),
                    " an act changes or prolongs it no more: it is a renewal.")}};
}

Oddity Stillborn(const std::string& label, CivilDate last_day, CivilDate effective_from) {
  return {Rule::kBeforeEnd,
          "act-stillborn",
          v1::FINDING_SEVERITY_SERIOUS,
          {absl::StrCat("« ", label, " » est mort-né : effet prévu le ", DateFr(effective_from),
                        ", la convention prend fin le ", DateFr(last_day),
                        " ; rien n'en est dans le texte en vigueur."),
           absl::StrCat("“", label, "” is mort-né (stillborn): effect was to be on ",
                        DateEn(effective_from), ", the convention ends on ", DateEn(last_day),
                        "; nothing of it is in the text in force.")}};
}

bool IsOver(const std::optional<End>& end, CivilDate day) {
  return end.has_value() && day > end->last_day &&
         IsOn(end->early ? Rule::kTermination : Rule::kExpiry);
}

std::optional<Oddity> CheckNotOver(const std::optional<End>& end, CivilDate day) {
  if (!IsOver(end, day)) return std::nullopt;
  const Rule rule = end->early ? Rule::kTermination : Rule::kExpiry;
  // That a convention ends is no fault; acting as though it had not is.
  return Oddity{rule,
                "after-end",
                v1::FINDING_SEVERITY_SERIOUS,
                {absl::StrCat("la convention prend fin le ", DateFr(end->last_day),
                              end->early ? ", avant son terme" : ", à son terme", " ; daté du ",
                              DateFr(day), ", ce fait vient après et n'y change rien."),
                 absl::StrCat("the convention ends on ", DateEn(end->last_day),
                              end->early ? ", before its term" : ", at its term", "; dated ",
                              DateEn(day), ", this fact comes after it and changes nothing.")}};
}

std::optional<Oddity> CheckFollowUpNotOver(const std::optional<End>& end, CivilDate first_day) {
  if (!IsOver(end, first_day)) return std::nullopt;
  return Oddity{
      end->early ? Rule::kTermination : Rule::kExpiry,
      "follow-up-after-end",
      v1::FINDING_SEVERITY_WARNING,
      {absl::StrCat("la convention prend fin le ", DateFr(end->last_day),
                    end->early ? ", avant son terme" : ", à son terme",
                    " ; ce qui est suivi à partir du ", DateFr(first_day), " n'en relève plus."),
       absl::StrCat("the convention ends on ", DateEn(end->last_day),
                    end->early ? ", before its term" : ", at its term", "; what is followed from ",
                    DateEn(first_day), " on is no longer part of it.")}};
}

Force ForceOn(const ForceFacts& facts) {
  Force out;
  const bool concluded = facts.term.has_value() && facts.concluded_on.has_value();
  if (concluded) out.retroactive_days = RetroactiveDays(facts.term->first, *facts.concluded_on);
  if (facts.predecessor.has_value()) {
    const Term& before = *facts.predecessor;
    if (concluded) {
      const Succession between = CompareWithPredecessor(before, *facts.term);
      if (between.gap.has_value()) {
        out.gap_from = between.gap->first;
        out.gap_until = between.gap->last;
      }
      out.overlap = between.overlap.has_value();
    } else if (IsOn(Rule::kGapOrOverlap) && before.first <= facts.on) {
      // Nothing that binds follows it yet. Asked of a day before it, there is no gap to speak of.
      out.gap_from = before.last.NextDay();
    }
  }
  const bool own = concluded && Covers(*facts.term, facts.on);
  if (!own && facts.predecessor.has_value() && Covers(*facts.predecessor, facts.on)) {
    out.state = v1::FORCE_STATE_PREDECESSOR;
    Say(&out,
        absl::StrCat("La convention précédente est en vigueur, ", TermFr(*facts.predecessor), "."),
        absl::StrCat("The previous convention is in force, ", TermEn(*facts.predecessor), "."));
  } else if (concluded) {
    Concluded(facts, &out);
  } else {
    NotConcluded(facts, &out);
  }
  if (out.retroactive_days > 0 && out.state == v1::FORCE_STATE_IN_FORCE) {
    Say(&out,
        absl::StrCat("Effet rétroactif de ", Counted(out.retroactive_days, "jour", "jours"), "."),
        absl::StrCat("Retroactive by ", Counted(out.retroactive_days, "day", "days"), "."));
  }
  if (concluded) {
    const std::optional<Ending> earlier = EarlierEnd(facts);
    out.last_day = earlier.has_value() ? earlier->last_day : facts.term->last;
  }
  if (facts.to_qualify.has_value() && *facts.to_qualify <= facts.on && IsOn(Rule::kDenunciation) &&
      out.state == v1::FORCE_STATE_IN_FORCE) {
    Say(&out,
        absl::StrCat("Une partie l'a dénoncée, préavis échu le ",
                     DateFr(DayBefore(*facts.to_qualify)),
                     " : effet à qualifier par la coprésidence ; ne met fin à rien de soi-même "
                     "(L-53)."),
        absl::StrCat("A party gave its dénonciation, notice over on ",
                     DateEn(DayBefore(*facts.to_qualify)),
                     ": effect to be qualified by the co-chairs; it ends nothing by itself "
                     "(L-53)."));
  }
  if (facts.unclear_termination.has_value() && *facts.unclear_termination <= facts.on &&
      IsOn(Rule::kContractPeriod) && out.state == v1::FORCE_STATE_IN_FORCE) {
    const CivilDate day = *facts.unclear_termination;
    Say(&out,
        absl::StrCat("Résiliation du ", DateFr(day),
                     ", le délai de la mise en demeure n'étant pas compris avec certitude : effet "
                     "à qualifier ; ne met fin à rien de soi-même (L-50)."),
        absl::StrCat("Termination of ", DateEn(day),
                     ", the period of the mise en demeure not being understood with certainty: "
                     "effect to be qualified; it ends nothing by itself (L-50)."));
  }
  if (out.gap_from.has_value() && out.gap_until.has_value()) {
    Say(&out,
        absl::StrCat("Vide après la précédente ", TermFr({*out.gap_from, *out.gap_until}), "."),
        absl::StrCat("Gap after the previous one ", TermEn({*out.gap_from, *out.gap_until}), "."));
  }
  if (out.overlap) {
    Say(&out, "Chevauche la convention précédente.", "Overlaps the previous convention.");
  }
  return out;
}

}  // namespace greffe::rules
