#include "core/rules/notice.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/rules/calendar.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

// Two sides, so that one that leaves leaves nobody to contract with.
constexpr std::size_t kTwoParties = 2;

Oddity Make(Rule rule, absl::string_view code, std::string fr, std::string en) {
  return {rule, code, FindingSeverityOf(RowOf(rule).severity), {std::move(fr), std::move(en)}};
}

absl::Status NoEnd(CivilDate from) {
  return ToStatus({.code = absl::StatusCode::kOutOfRange,
                   .rule = "date-range",
                   .fr = absl::StrCat("compté du ", DateFr(from),
                                      " : la fin de ce préavis n'est pas calculable."),
                   .en = absl::StrCat("counted from ", DateEn(from),
                                      ": the end of this notice cannot be computed.")});
}

// A length of time before a day; absent beyond the calendar.
std::optional<CivilDate> LengthBefore(const NoticePeriod& period, CivilDate day) {
  if (period.days > 0) return CivilDate{day.days - period.days};
  return AddMonths(day, -period.months);
}

Deadline EndsWith(CivilDate from, CivilDate latest, CivilDate last) {
  Deadline out{last, last.NextDay()};
  // Switched off, the period has run out the day it starts.
  if (!IsOn(Rule::kContractPeriod)) out.last_day = out.effect_on = from;
  out.why = {absl::StrCat("Fin au ", DateFr(last), " pour une lettre comptée au plus tard du ",
                          DateFr(latest), " ; celle-ci compte du ", DateFr(from), "."),
             absl::StrCat("End on ", DateEn(last), " for a letter counted at the latest from ",
                          DateEn(latest), "; this one counts from ", DateEn(from), ".")};
  out.effect = {absl::StrCat("Effet le lendemain, le ", DateFr(out.effect_on), " à 0 h."),
                absl::StrCat("Effect on the next day, ", DateEn(out.effect_on), " at 00:00.")};
  return out;
}

// The first end before which the letter was there in time.
absl::StatusOr<Deadline> ForYearDay(const NoticePeriod& period, CivilDate from) {
  // The year of the letter; the next, where that end came first; one more, where it is too late.
  for (int year = from.year(); year <= from.year() + 12; ++year) {
    const std::optional<CivilDate> end = OnYear(*period.ends_on, year);
    if (!end.has_value()) break;
    std::optional<CivilDate> latest;
    if (period.given_before.has_value()) {
      latest = OnYear(*period.given_before, year);
      if (latest.has_value() && *latest > *end) latest = OnYear(*period.given_before, year - 1);
      if (latest.has_value() && !period.day_included) --latest->days;
    } else {
      latest = LengthBefore(period, *end);
    }
    if (!latest.has_value()) break;
    // « pour le 1er janvier »: effect on that day.
    const CivilDate last = period.ends_on->day == 1 ? CivilDate{end->days - 1} : *end;
    if (from <= *latest) return EndsWith(from, *latest, last);
  }
  return NoEnd(from);
}

absl::StatusOr<Deadline> ForTerm(const NoticePeriod& period, CivilDate from,
                                 std::optional<CivilDate> term_last) {
  if (!term_last.has_value()) return NoEnd(from);
  const std::optional<CivilDate> latest = LengthBefore(period, *term_last);
  if (!latest.has_value()) return NoEnd(from);
  Deadline out = EndsWith(from, *latest, *term_last);
  if (from <= *latest) return out;
  absl::StrAppend(&out.why.fr, " Elle vient après ce jour : la convention finit à son terme.");
  absl::StrAppend(&out.why.en, " It comes after that day: the convention ends with its term.");
  return out;
}

bool IsCaf(v1::PartnerKind party) { return party == v1::PARTNER_KIND_CAF; }

}  // namespace

absl::StatusOr<Deadline> NoticeDeadline(const NoticePeriod& period, CivilDate from,
                                        std::optional<CivilDate> term_last) {
  ASSIGN_OR_RETURN(Deadline out, period.ends_on.has_value() ? ForYearDay(period, from)
                                 : period.to_term           ? ForTerm(period, from, term_last)
                                 : period.days > 0 ? ContractDeadlineInDays(from, period.days)
                                                   : ContractDeadline(from, period.months));
  if (period.from == CountedFrom::kPresentation) {
    absl::StrAppend(&out.why.fr,
                    " Compté de la première présentation, au jour enregistré comme "
                    "réception.");
    absl::StrAppend(&out.why.en,
                    " Counted from the first presentation, on the day recorded as "
                    "receipt.");
  }
  const Words said = period.quotes.empty() ? AssumedOf(period) : SaidOf(period);
  absl::StrAppend(&out.why.fr, " ", said.fr);
  absl::StrAppend(&out.why.en, " ", said.en);
  return out;
}

std::optional<Oddity> CheckAfterConclusion(std::optional<CivilDate> concluded_on, CivilDate day) {
  if (!IsOn(Rule::kAfterConclusion)) return std::nullopt;
  if (!concluded_on.has_value()) {
    return Make(Rule::kAfterConclusion, "before-conclusion",
                "la convention n'est pas conclue : il n'y a rien à finir.",
                "the convention is not concluded: there is nothing to end.");
  }
  if (day >= *concluded_on) return std::nullopt;
  return Make(Rule::kAfterConclusion, "before-conclusion",
              absl::StrCat("la convention est conclue depuis le ", DateFr(*concluded_on),
                           " ; daté du ", DateFr(day), ", ce fait ne met fin à rien."),
              absl::StrCat("the convention is concluded since ", DateEn(*concluded_on), "; dated ",
                           DateEn(day), ", this fact ends nothing."));
}

std::optional<Oddity> CheckMaySend(v1::NoticeKind kind, v1::PartnerKind party) {
  if (!IsOn(Rule::kNoticeByCaf) || kind != v1::NOTICE_KIND_LAW || IsCaf(party)) return std::nullopt;
  return Make(Rule::kNoticeByCaf, "notice-standing",
              "seule la CAF met en demeure pour un manquement à la loi ; pour un manquement à la "
              "convention, chaque partie le peut (L-50).",
              "only the CAF gives a mise en demeure for a breach of the law; for a breach of the "
              "convention each party may (L-50).");
}

std::optional<Oddity> CheckMayTerminate(v1::TerminationGround ground, v1::NoticeKind notice,
                                        v1::PartnerKind party) {
  if (IsCaf(party)) return std::nullopt;
  if (ground == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION) {
    if (!IsOn(Rule::kWithoutNotice)) return std::nullopt;
    return Make(Rule::kWithoutNotice, "termination-standing",
                "seule la CAF résilie sans préavis, quand un terme est modifié sans avenant signé.",
                "only the CAF ends the convention without notice, when a term is changed without a "
                "signed avenant.");
  }
  if (!IsOn(Rule::kNoticeByCaf) || notice != v1::NOTICE_KIND_LAW) return std::nullopt;
  return Make(Rule::kNoticeByCaf, "termination-standing",
              "seule la CAF résilie après une mise en demeure pour manquement à la loi.",
              "only the CAF ends the convention after a mise en demeure for a breach of the law.");
}

std::optional<Oddity> CheckFruitless(const NoticePeriod& period, CivilDate sent_on, CivilDate on,
                                     std::optional<CivilDate> received_on) {
  if (period.unclear) return std::nullopt;
  const bool by_receipt = period.FromReceipt(v1::NOTICE_KIND_BREACH);
  if (by_receipt && !received_on.has_value()) {
    const Words said = SaidOf(period);
    Oddity unknown =
        Make(Rule::kContractPeriod, "notice-running",
             absl::StrCat("le délai de la mise en demeure envoyée le ", DateFr(sent_on),
                          " court de sa réception, qui n'est pas enregistrée. ", said.fr),
             absl::StrCat("the period of the mise en demeure sent on ", DateEn(sent_on),
                          " runs from its receipt, which is not on record. ", said.en));
    unknown.severity = v1::FINDING_SEVERITY_SERIOUS;
    return unknown;
  }
  const absl::StatusOr<Deadline> deadline =
      NoticeDeadline(period, by_receipt ? *received_on : sent_on);
  if (!deadline.ok()) {
    Oddity beyond = Make(Rule::kContractPeriod, "notice-running",
                         absl::StrCat("la mise en demeure envoyée le ", DateFr(sent_on),
                                      " court au-delà du calendrier."),
                         absl::StrCat("the mise en demeure sent on ", DateEn(sent_on),
                                      " runs beyond the calendar."));
    beyond.severity = v1::FINDING_SEVERITY_SERIOUS;
    return beyond;
  }
  if (on >= deadline->effect_on) return std::nullopt;
  Oddity odd = Make(Rule::kContractPeriod, "notice-running",
                    absl::StrCat("la mise en demeure envoyée le ", DateFr(sent_on),
                                 " court jusqu'au ", DateFr(deadline->last_day),
                                 " inclus : ", deadline->why.fr, " ", deadline->effect.fr),
                    absl::StrCat("the mise en demeure sent on ", DateEn(sent_on), " runs until ",
                                 DateEn(deadline->last_day), " included: ", deadline->why.en, " ",
                                 deadline->effect.en));
  // The period itself is arithmetic; acting before its end is not.
  odd.severity = v1::FINDING_SEVERITY_SERIOUS;
  return odd;
}

Oddity CuredBefore(CivilDate cured_on) {
  Oddity odd = Make(Rule::kContractPeriod, "fruitless-after-cure",
                    absl::StrCat("le manquement est réparé depuis le ", DateFr(cured_on),
                                 " : la mise en demeure n'est pas restée sans effet."),
                    absl::StrCat("the breach is cured since ", DateEn(cured_on),
                                 ": the mise en demeure was not without effect."));
  odd.severity = v1::FINDING_SEVERITY_SERIOUS;
  return odd;
}

Oddity RetractedLate(CivilDate last_day) {
  Oddity odd = Make(Rule::kDenunciation, "retraction-late",
                    absl::StrCat("le préavis est échu depuis le ", DateFr(last_day),
                                 " : la dénonciation ne se retire plus seule."),
                    absl::StrCat("the notice is over since ", DateEn(last_day),
                                 ": the dénonciation is no longer taken back alone."));
  odd.severity = v1::FINDING_SEVERITY_SERIOUS;
  return odd;
}

std::optional<Oddity> CheckTerminationClause(v1::TerminationGround ground,
                                             const NoticePeriods& articles) {
  Oddity odd{Rule::kContractPeriod, "termination-without-clause", v1::FINDING_SEVERITY_WARNING, {}};
  if (ground == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION) {
    odd.rule = Rule::kWithoutNotice;
    if (articles.without_notice || !IsOn(odd.rule)) return std::nullopt;
    odd.words = {
        "aucun article sur la fin de la convention ne prévoit de résiliation sans préavis "
        ": résiliation sans clause sur laquelle reposer, à faire qualifier.",
        "no article about the end of the convention provides for a termination without "
        "notice: a termination without a clause to rest on, to be qualified."};
    return odd;
  }
  if (articles.formal.spoken_of || !IsOn(odd.rule)) return std::nullopt;
  const Words assumed = AssumedOf(articles.formal);
  odd.words = {absl::StrCat("aucun article sur la fin de la convention ne prévoit de résiliation "
                            "après mise en demeure : résiliation sans clause sur laquelle reposer, "
                            "à faire qualifier. ",
                            assumed.fr),
               absl::StrCat("no article about the end of the convention provides for a termination "
                            "after a mise en demeure: a termination without a clause to rest on, "
                            "to be qualified. ",
                            assumed.en)};
  return odd;
}

std::optional<Oddity> CheckProofOfSending(bool proof, const NoticePeriod& period) {
  if (proof || !IsOn(Rule::kProofOfSending)) return std::nullopt;
  if (period.form.empty()) {
    return Make(Rule::kProofOfSending, "proof-of-sending",
                "la preuve de l'envoi n'est pas jointe (la convention n'en dit pas la forme) : le "
                "délai calculé n'est pas opposable.",
                "the proof of sending is not attached (the convention does not say its form): the "
                "period computed cannot be relied upon.");
  }
  const bool letter = !period.by_delivery;
  return Make(
      Rule::kProofOfSending, "proof-of-sending",
      absl::StrCat(letter ? "la preuve de l'envoi recommandé que la convention demande (« "
                          : "la preuve de l'envoi ou de la remise dans la forme que la "
                            "convention demande (« ",
                   period.form, " ») n'est pas jointe : le délai calculé n'est pas opposable."),
      absl::StrCat(letter ? "the proof of the registered letter that the convention asks "
                            "for (“"
                          : "the proof of sending or delivery in the form that the "
                            "convention asks for (“",
                   period.form, "”) is not attached: the period computed cannot be relied upon."));
}

std::optional<Oddity> CheckForm(bool proof, bool numbered, const NoticePeriod& period) {
  if (period.form.empty() || !IsOn(Rule::kProofOfSending)) return std::nullopt;
  // Without a proof it is that which lacks (CheckProofOfSending).
  const bool unnumbered = proof && !numbered && !period.by_delivery;
  const bool other = numbered && !period.by_registered_letter;
  if (!unnumbered && !other) return std::nullopt;
  Oddity odd = Make(
      Rule::kProofOfSending, "notice-form",
      absl::StrCat(other ? "cette lettre est enregistrée comme recommandée, alors que la "
                           "convention demande une autre forme : « "
                         : "aucun numéro de lettre recommandée n'est enregistré, et la convention "
                           "en demande une : « ",
                   period.form, " » ; forme à vérifier."),
      absl::StrCat(other ? "this letter is on record as a registered one, and the convention asks "
                           "for another form: “"
                         : "no number of a registered letter is on record, and the convention asks "
                           "for one: “",
                   period.form, "”; its form is to be checked."));
  odd.severity = other ? v1::FINDING_SEVERITY_WARNING : v1::FINDING_SEVERITY_NOTE;
  return odd;
}

std::optional<Oddity> CheckAllTold(v1::NoticeKind kind, const NoticePeriod& period,
                                   const std::vector<std::string>& untold) {
  const Rule rule = kind == v1::NOTICE_KIND_DENUNCIATION ? Rule::kDenunciation
                    : kind == v1::NOTICE_KIND_LAW        ? Rule::kNoticeByCaf
                                                         : Rule::kContractPeriod;
  if (period.to_all.empty() || untold.empty() || !IsOn(rule)) return std::nullopt;
  constexpr std::size_t kNamed = 10;
  std::vector<std::string> named(
      untold.begin(),
      untold.begin() + static_cast<std::ptrdiff_t>(std::min(untold.size(), kNamed)));
  Words names{absl::StrJoin(named, ", "), absl::StrJoin(named, ", ")};
  if (untold.size() > named.size()) {
    const std::size_t rest = untold.size() - named.size();
    absl::StrAppend(&names.fr, " et ", rest, " de plus");
    absl::StrAppend(&names.en, " and ", rest, " more");
  }
  Words from;
  if (period.FromReceipt(kind)) {
    from = {
        " De plusieurs réceptions, la convention ne dit pas laquelle compte : la première "
        "enregistrée est supposée.",
        " Of several receipts the convention does not say which counts: the first on record is "
        "supposed."};
  } else {
    from = {
        " Le délai est compté de cet envoi ; de plusieurs, la convention ne dit pas lequel "
        "compte.",
        " The period is counted from this letter; of several, the convention does not say "
        "which counts."};
  }
  // What it says, and Greffe does not understand, is quoted with the period (SaidOf).
  if (period.unclear) from = {};
  Oddity odd =
      Make(rule, "notice-not-to-all",
           absl::StrCat("la convention demande de prévenir toutes les autres parties (« ",
                        period.to_all, " ») ; restent à prévenir : ", names.fr, ".", from.fr),
           absl::StrCat("the convention asks to tell all other parties (“", period.to_all,
                        "”); still to be told: ", names.en, ".", from.en));
  odd.severity = v1::FINDING_SEVERITY_WARNING;
  return odd;
}

std::optional<Oddity> CheckReceipt(const ReceiptClaim& claim) {
  if (!claim.by_sender || claim.proven || !IsOn(Rule::kProofOfSending)) return std::nullopt;
  if (claim.by_other == claim.on) return std::nullopt;
  if (claim.by_other.has_value()) {
    return Make(Rule::kProofOfSending, "receipt-contested",
                absl::StrCat("réception du ", DateFr(claim.on),
                             " enregistrée par l'auteur de la lettre, sans preuve jointe, alors "
                             "qu'une autre partie l'enregistre le ",
                             DateFr(*claim.by_other),
                             " : date contestée, à prouver ; la première est comptée (L-53)."),
                absl::StrCat("receipt of ", DateEn(claim.on),
                             " recorded by who sent the letter, without a proof, while another "
                             "party records ",
                             DateEn(*claim.by_other),
                             ": a contested day, to be proven; the first is counted (L-53)."));
  }
  Oddity odd =
      Make(Rule::kProofOfSending, "receipt-unproven",
           absl::StrCat("réception du ", DateFr(claim.on),
                        " enregistrée par l'auteur de la lettre seul, sans preuve jointe : "
                        "date à prouver, ou à confirmer par qui l'a reçue (L-53)."),
           absl::StrCat("receipt of ", DateEn(claim.on),
                        " recorded by who sent the letter alone, without a proof: a day "
                        "to be proven, or confirmed by who received it (L-53)."));
  odd.severity = v1::FINDING_SEVERITY_WARNING;
  return odd;
}

std::optional<Oddity> CheckDenunciationUseful(const Deadline& notice, CivilDate last_day) {
  if (!IsOn(Rule::kDenunciationUseful) || notice.effect_on <= last_day) return std::nullopt;
  return Make(
      Rule::kDenunciationUseful, "denunciation-after-end",
      absl::StrCat("le préavis finit le ", DateFr(notice.last_day),
                   " ; la convention finit déjà le ", DateFr(last_day), " : sans effet propre."),
      absl::StrCat("the notice ends on ", DateEn(notice.last_day),
                   "; the convention already ends on ", DateEn(last_day),
                   ": no effect of its own."));
}

DenunciationEffect EffectOfDenunciation(std::size_t parties, std::optional<CivilDate> effect_on,
                                        CivilDate on) {
  if (!effect_on.has_value() || on < *effect_on) return DenunciationEffect::kRunning;
  // Switched off, a denunciation always ends the whole.
  if (parties == kTwoParties || !IsOn(Rule::kDenunciation)) return DenunciationEffect::kEnds;
  return DenunciationEffect::kToQualify;
}

}  // namespace greffe::rules
