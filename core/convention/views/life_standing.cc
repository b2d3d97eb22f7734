#include "core/convention/views/life_standing.h"

#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/convention/elements/french.h"
#include "core/rules/clerical.h"
#include "core/rules/life.h"
#include "core/rules/notice.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

std::string Fr(CivilDate day) { return FrenchDate(day.ToString()); }
std::string En(CivilDate day) { return EnglishDate(day.ToString()); }

LifeStanding On(absl::string_view name, absl::string_view fr, absl::string_view en, CivilDate day,
                rules::Words next = {}) {
  return {std::string(name),
          {absl::StrCat(fr, " le ", Fr(day), "."), absl::StrCat(en, " on ", En(day), ".")},
          std::move(next)};
}

// A notice that can end nothing, whatever follows.
LifeStanding Void(const NoticeFacts& notice) {
  switch (notice.defect) {
    case NoticeDefect::kBeforeConclusion:
      return {"void",
              {absl::StrCat("Envoyée le ", Fr(notice.sent_on),
                            ", avant la conclusion : elle ne met fin à rien (L-13)."),
               absl::StrCat("Sent on ", En(notice.sent_on),
                            ", before the conclusion: it ends nothing (L-13).")},
              {"Son auteur peut l'envoyer de nouveau, la convention conclue : greffe notice send.",
               "Its sender may send it again once the convention is concluded: greffe notice "
               "send."}};
    case NoticeDefect::kNoParty:
      return {"void",
              {"Son auteur n'était pas partie ce jour-là : elle ne met fin à rien (CHK-29).",
               "Its sender was no party on that day: it ends nothing (CHK-29)."}};
    case NoticeDefect::kUnwritten:
      return {"void",
              {absl::StrCat("Elle repose sur une clause réputée non écrite (", notice.unwritten,
                            ") : elle ne met fin à rien (L-40)."),
               absl::StrCat("It rests on a clause deemed unwritten (", notice.unwritten,
                            "): it ends nothing (L-40).")}};
    default:
      return {"void",
              {"La CAF seule le peut : elle ne met fin à rien (L-51).",
               "Only the CAF may: it ends nothing (L-51)."}};
  }
}

// What came after the end, and so ends nothing; empty for what did not. `fr`, `en`: what was done.
std::optional<LifeStanding> AfterEnd(const DeadlineInput& in, CivilDate day, absl::string_view fr,
                                     absl::string_view en) {
  const std::optional<rules::End> end = EndMet(in.book, in.ending, day);
  const auto odd = rules::CheckNotOver(end, day);
  if (!odd.has_value()) return std::nullopt;
  const CivilDate last = end->last_day;
  const absl::string_view rule = rules::RowOf(odd->rule).id;
  return LifeStanding{"void",
                      {absl::StrCat(fr, " le ", Fr(day), ", après la fin de la convention (",
                                    Fr(last), ") : elle ne met fin à rien (", rule, ")."),
                       absl::StrCat(en, " on ", En(day), ", after the end of the convention (",
                                    En(last), "): it ends nothing (", rule, ").")}};
}

// L-54, L-55: a notice that the end of the convention overtook; empty while it runs, or when the
// notice itself ended it.
std::optional<LifeStanding> Overtaken(const DeadlineInput& in, const LifeLine& line) {
  const std::optional<rules::End> end = OverBy(in, &line);
  if (!end.has_value()) return std::nullopt;
  return LifeStanding{"overtaken",
                      {absl::StrCat("Sans suite : la convention a pris fin le ", Fr(end->last_day),
                                    " ; les autres droits demeurent (L-54)."),
                       absl::StrCat("Overtaken: the convention ended on ", En(end->last_day),
                                    "; other rights stay (L-54).")}};
}

// L-50: what a termination did on its day; among more than two parties the texts say no more.
LifeStanding Terminated(const DeadlineInput& in, const LifeFact& termination) {
  if (auto late = AfterEnd(in, termination.day, "Résiliation", "Termination")) {
    return *std::move(late);
  }
  if (const EndArticles& articles = EndArticlesOn(in.book, termination.day); articles.none_stands) {
    return {"void",
            {absl::StrCat("La résiliation du ", Fr(termination.day),
                          " repose sur une clause réputée non écrite (", articles.unwritten,
                          ") : elle ne met fin à rien (L-40)."),
             absl::StrCat("The termination of ", En(termination.day),
                          " rests on a clause deemed unwritten (", articles.unwritten,
                          "): it ends nothing (L-40).")}};
  }
  LifeStanding out =
      On("terminated", "Convention résiliée", "Convention terminated", termination.day);
  const auto no_clause =
      rules::CheckTerminationClause(static_cast<v1::TerminationGround>(termination.variant),
                                    EndArticlesOn(in.book, termination.day).periods);
  if (no_clause.has_value()) {
    const absl::string_view rule = rules::RowOf(no_clause->rule).id;
    absl::StrAppend(&out.text.fr, " Aucun article ne la prévoit : à faire qualifier (", rule, ").");
    absl::StrAppend(&out.text.en, " No article provides for it: to be qualified (", rule, ").");
  }
  const std::size_t sides = in.book.RollOn(termination.day).sides;
  if (sides <= 2) return out;
  absl::StrAppend(&out.text.fr, " Elle vaut pour les ", sides, " parties",
                  no_clause.has_value() ? "" : ", selon la lettre de l'article (L-50)",
                  " ; effet à qualifier.");
  absl::StrAppend(&out.text.en, " It ends for all ", sides, " parties",
                  no_clause.has_value() ? "" : ", by the words of the article (L-50)",
                  "; effect to be qualified.");
  out.next = {"La coprésidence qualifie l'effet entre plus de deux parties.",
              "The co-chairs qualify the effect among more than two parties."};
  return out;
}

// After a day that hangs on a period not understood.
rules::Words InDoubt(const NoticeFacts& notice) {
  if (!notice.period.unclear) return {};
  const rules::Words length = rules::LengthOf(notice.period);
  return {absl::StrCat(" si le délai est de ", length.fr,
                       " : la clause n'est pas comprise avec certitude, à qualifier"),
          absl::StrCat(" if the period is of ", length.en,
                       ": the clause is not understood with certainty, to be qualified")};
}

LifeStanding FormalNotice(const DeadlineInput& in, const LifeLine& line,
                          const NoticeFacts& notice) {
  if (auto late = AfterEnd(in, notice.sent_on, "Envoyée", "Sent")) return *std::move(late);
  if (notice.defect != NoticeDefect::kNone) return Void(notice);
  if (notice.terminated != nullptr) return Terminated(in, *notice.terminated);
  if (notice.unclear_termination != nullptr) {
    const CivilDate day = notice.unclear_termination->day;
    return {"to-qualify",
            {absl::StrCat("Effet à qualifier : résiliation du ", Fr(day),
                          ", délai non compris avec certitude ; ne met fin à rien de soi-même."),
             absl::StrCat("Effet à qualifier (to be qualified): termination of ", En(day),
                          ", period not understood with certainty; it ends nothing by itself.")},
            {"Les parties qualifient la fin, par un avenant s'il le faut : greffe act propose.",
             "The parties qualify the end, by an avenant if need be: greffe act propose."}};
  }
  if (notice.cured != nullptr) {
    return On("cured", "Manquement réparé", "Breach cured", notice.cured->day);
  }
  if (auto over = Overtaken(in, line)) return *std::move(over);
  if (notice.fruitless != nullptr) {
    return On("fruitless", "Restée sans effet, constaté", "Found without effect",
              notice.fruitless->day,
              {"Résilier (greffe terminate) ou laisser courir : une partie en a le droit, pas le "
               "devoir (L-50).",
               "Terminate (greffe terminate) or let it run: a party may, and need not (L-50)."});
  }
  if (notice.by_receipt() && !notice.received_on.has_value()) {
    return {"not-received",
            {"Réception non enregistrée : le délai court d'elle.",
             "Receipt not on record: the period runs from it."},
            {"Enregistrer l'avis de réception : greffe notice received.",
             "Record the receipt: greffe notice received."}};
  }
  if (!notice.counting().has_value()) {
    return {"not-computable", {"Fin non calculable.", "Its end cannot be computed."}};
  }
  const rules::Deadline& deadline = *notice.counting();
  const rules::Words doubt = InDoubt(notice);
  // Who received it may say neither.
  const std::string sender =
      in.names.Name(SpeakerFor(in.book, notice.sender, notice.sent_on, in.today));
  // L-51.
  const bool caf_alone = notice.kind == v1::NOTICE_KIND_LAW;
  if (in.today <= deadline.last_day) {
    return {"running",
            {absl::StrCat("Court jusqu'au ", Fr(deadline.last_day), " inclus", doubt.fr, "."),
             absl::StrCat("Runs until ", En(deadline.last_day), " included", doubt.en, ".")},
            {absl::StrCat("Réparer le manquement avant cette date ; c'est ", ToParty(sender),
                          " de le constater : greffe notice cured."),
             absl::StrCat("Cure the breach before that day; it is for ", sender,
                          " to find so: greffe notice cured.")}};
  }
  return {"expired",
          {absl::StrCat("Délai échu le ", Fr(deadline.last_day), doubt.fr, "."),
           absl::StrCat("Period over on ", En(deadline.last_day), doubt.en, ".")},
          {absl::StrCat("C'est ", ToParty(sender),
                        " de constater la réparation (greffe notice cured) ; ",
                        caf_alone ? "la CAF" : "une partie",
                        " peut constater l'absence d'effet (greffe notice fruitless)."),
           absl::StrCat("It is for ", sender, " to find that it was cured (greffe notice cured); ",
                        caf_alone ? "the CAF" : "a party",
                        " may find that it had no effect (greffe notice fruitless).")}};
}

LifeStanding Denunciation(const DeadlineInput& in, const LifeLine& line,
                          const NoticeFacts& notice) {
  if (notice.retracted != nullptr) {
    return On("retracted", "Retirée par son auteur", "Taken back by its author",
              notice.retracted->day);
  }
  if (auto late = AfterEnd(in, notice.sent_on, "Envoyée", "Sent")) return *std::move(late);
  if (notice.defect != NoticeDefect::kNone) return Void(notice);
  if (auto over = Overtaken(in, line)) return *std::move(over);
  if (!notice.counting().has_value()) {
    if (!notice.by_receipt() || notice.received_on.has_value()) {
      return {"not-computable", {"Fin non calculable.", "Its end cannot be computed."}};
    }
    return {"not-received",
            {"Réception non enregistrée : le préavis ne se calcule que depuis l'envoi.",
             "Receipt not on record: the notice is computed from sending alone."},
            {"Enregistrer l'avis de réception : greffe notice received.",
             "Record the receipt: greffe notice received."}};
  }
  const rules::Deadline& deadline = *notice.counting();
  const rules::Words doubt = InDoubt(notice);
  switch (notice.EffectOn(in.today)) {
    case rules::DenunciationEffect::kRunning:
      return {"running",
              {absl::StrCat("Préavis jusqu'au ", Fr(deadline.last_day), " inclus", doubt.fr, "."),
               absl::StrCat("Notice until ", En(deadline.last_day), " included", doubt.en, ".")},
              {"Son auteur peut la retirer d'ici là : greffe notice retract.",
               "Its author may take it back until then: greffe notice retract."}};
    case rules::DenunciationEffect::kEnds:
      return {
          "due",
          {absl::StrCat("Préavis échu : la convention a pris fin le ", Fr(deadline.last_day), "."),
           absl::StrCat("Notice over: the convention ended on ", En(deadline.last_day), ".")}};
    case rules::DenunciationEffect::kToQualify:
      break;
  }
  const rules::Words why = notice.WhyToQualify();
  const rules::Words exit = rules::ExitSaid(notice.exit, deadline.last_day);
  return {
      "to-qualify",
      {absl::StrCat("Effet à qualifier : préavis échu le ", Fr(deadline.last_day), ", ", why.fr,
                    " ; ne met fin à rien de soi-même.", exit.fr),
       absl::StrCat("Effet à qualifier (to be qualified): notice over on ", En(deadline.last_day),
                    ", ", why.en, "; it ends nothing by itself.", exit.en)},
      {"La coprésidence décide : avenant de retrait ou fin pour tous.",
       "The co-chairs decide: an avenant of withdrawal, or an end for all."}};
}

LifeStanding Exchange(const DeadlineInput& in, const LifeLine& line) {
  const std::string& partner = in.data.Text(line.opening->detail);
  const std::string holder =
      in.names.Name(SpeakerFor(in.book, partner, line.opening->day, in.today));
  const auto decisions = in.book.StandingFor(line, Life::kDataExchangeDecided, partner);
  if (!decisions.empty()) {
    const LifeFact* const decided = decisions.back();
    return decided->variant != 0
               ? On("accepted", "Échange accepté", "Exchange accepted", decided->day)
               : On("refused", "Échange refusé", "Exchange refused", decided->day);
  }
  const auto opinions = in.book.StandingFor(line, Life::kDpoOpinionGiven, partner);
  if (!opinions.empty()) {
    return On("opinion-given", "Avis rendu", "Opinion given", opinions.back()->day,
              {absl::StrCat("Décision ", OfParty(holder), " : greffe data decide."),
               absl::StrCat("Decision by ", holder, ": greffe data decide.")});
  }
  return {"asked",
          {"Avis du délégué à la protection des données attendu.",
           "The opinion of the data protection officer is awaited."},
          {absl::StrCat("Avis du délégué ", OfParty(holder), " : greffe data opinion."),
           absl::StrCat("Opinion of the officer of ", holder, ": greffe data opinion.")}};
}

LifeStanding Decided(const DeadlineInput& in, const LifeLine& line) {
  const LifeFact* const decision = in.book.Last(line, Life::kCourtDecisionRecorded);
  switch (
      rules::CaseOf(decision == nullptr ? std::nullopt : std::optional(decision->variant != 0))) {
    case rules::Case::kClosed:
      return On("final", "Décision définitive", "Final decision", decision->day);
    case rules::Case::kOpenToAppeal:
      return On("decided", "Décision susceptible de recours", "Decision open to appeal",
                decision->day);
    case rules::Case::kPending:
      break;
  }
  return {
      "pending",
      {"En cours.", "Pending."},
      {"Enregistrer la décision quand elle est rendue.", "Record the decision once it is given."}};
}

LifeStanding Challenge(const DeadlineInput& in, const LifeLine& line) {
  switch (line.opening->variant) {
    case v1::CHALLENGE_KIND_SUSPENDED:
      return On("suspended", "Délibération suspendue", "Délibération suspended", line.opening->day);
    case v1::CHALLENGE_KIND_ANNULLED:
      return On("annulled", "Délibération annulée", "Délibération annulled", line.opening->day,
                {"Faire voter de nouveau avant toute signature nouvelle.",
                 "Have it voted again before any further signature."});
    case v1::CHALLENGE_KIND_WITHDRAWN:
      return On("withdrawn", "Délibération retirée", "Délibération withdrawn", line.opening->day);
    default:
      return Decided(in, line);
  }
}

LifeStanding Answered(const DeadlineInput& in, const LifeLine& line, Life::FactCase answer,
                      const LifeStanding& open, absl::string_view name, absl::string_view fr,
                      absl::string_view en) {
  const LifeFact* const found = in.book.Last(line, answer);
  return found == nullptr ? open : On(name, fr, en, found->day);
}

// L-23: what another body than one charged with it validated is still to be validated.
LifeStanding Evaluation(const DeadlineInput& in, const LifeLine& line) {
  if (const LifeFact* const found = ValidationOf(in, line); found != nullptr) {
    return On("validated", "Validée", "Validated", found->day);
  }
  LifeStanding out = {
      "reported",
      {"Rendue, à valider par le comité.", "Reported, to be validated by the committee."},
      {"Validation par le comité : greffe evaluation validate.",
       "Validation by the committee: greffe evaluation validate."}};
  const LifeFact* const other = in.book.Last(line, Life::kEvaluationValidated);
  if (other == nullptr) return out;
  absl::StrAppend(&out.text.fr, " La validation du ", Fr(other->day),
                  " vient d'une instance qui n'en est pas chargée (L-23).");
  absl::StrAppend(&out.text.en, " The validation of ", En(other->day),
                  " comes from a body that is not charged with it (L-23).");
  return out;
}

// L-27: by another party than its author.
LifeStanding Correction(const DeadlineInput& in, const LifeLine& line) {
  const std::string& author = in.data.PartnerOf(line.root->event);
  for (const LifeFact* fact : in.book.Standing(line, Life::kCorrectionAttested)) {
    if (!rules::Attests(author, in.data.PartnerOf(fact->event))) continue;
    return On("attested", "Attestée", "Attested", fact->day);
  }
  return {"to-attest",
          {"À attester par une autre partie.", "To be attested by another party."},
          {"Une autre partie atteste : greffe correction attest.",
           "Another party attests: greffe correction attest."}};
}

LifeStanding Observed(const DeadlineInput& in, const LifeLine& line) {
  for (const LifeFact* fact : in.book.Standing(line, Life::kTerminationDeclared)) {
    if (TerminationHolds(in.data, in.book, line, nullptr, *fact)) return Terminated(in, *fact);
  }
  return {
      "observed",
      {"Constatée, sans avenant signé (CHK-25).", "Observed, without a signed avenant (CHK-25)."},
      {"Régulariser par un avenant ; la CAF seule peut résilier sans préavis (L-52).",
       "Put it right by an avenant; the CAF alone may terminate without notice (L-52)."}};
}

}  // namespace

LifeStanding StandingOf(const DeadlineInput& in, const LifeLine& line) {
  switch (line.kind()) {
    case Life::kNoticeSent: {
      const NoticeFacts notice = ReadNotice(in.data, in.book, line);
      return notice.kind == v1::NOTICE_KIND_DENUNCIATION ? Denunciation(in, line, notice)
                                                         : FormalNotice(in, line, notice);
    }
    case Life::kDataExchangeRequested:
      return Exchange(in, line);
    case Life::kDisputeOpened:
      return Decided(in, line);
    case Life::kDeliberationChallenged:
      return Challenge(in, line);
    case Life::kEvaluationReported:
      return Evaluation(in, line);
    case Life::kErrorCorrected:
      return Correction(in, line);
    case Life::kUncoveredChangeObserved:
      return Observed(in, line);
    case Life::kCommentPosted:
      return Answered(
          in, line, Life::kCommentResolved,
          {"open",
           {"Ouvert.", "Open."},
           {"Le traiter : greffe comment resolve.", "Settle it: greffe comment resolve."}},
          "resolved", "Traité", "Settled");
    case Life::kReviewRequested: {
      const std::size_t given = in.book.Standing(line, Life::kReviewGiven).size();
      return {"asked",
              {absl::StrCat(Count(given, "relecture rendue", "relectures rendues"), "."),
               absl::StrCat(CountEn(given, "review", "reviews"), " given.")}};
    }
    default:
      return {"recorded", {"Enregistré.", "On record."}};
  }
}

}  // namespace greffe
