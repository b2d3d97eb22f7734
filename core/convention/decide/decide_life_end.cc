// Notices, denunciations, terminations: who may, and when (L-50 to L-54).

#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/base/status_macros.h"
#include "core/convention/decide/decide_life.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/french.h"
#include "core/rules/life.h"
#include "core/rules/notice.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

absl::Status Refused(absl::string_view rule, absl::string_view field, std::string fr,
                     std::string en, std::string next_fr = "", std::string next_en = "") {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = std::string(rule),
                   .field = std::string(field),
                   .fr = std::move(fr),
                   .en = std::move(en),
                   .next_fr = std::move(next_fr),
                   .next_en = std::move(next_en)});
}

// A project can be neither breached nor ended, and nothing ends before the conclusion (L-13).
absl::Status RequireConcluded(const LifeInput& in) {
  const std::optional<CivilDate> since = InForceSince(in.data);
  const auto odd = rules::CheckAfterConclusion(since, in.day);
  if (!odd.has_value()) return absl::OkStatus();
  if (!since.has_value()) {
    return Blocked(*odd, "",
                   {"Retirez plutôt l'acte : greffe act withdraw.",
                    "Withdraw the act instead: greffe act withdraw."});
  }
  return Blocked(*odd, "fact.happened_on",
                 {"Donnez le jour du fait : --on.", "Give the day of the fact: --on."});
}

// L-53: a party leaves once; a second letter moves nothing once the notice of one runs. Before, the
// first may be lost: it has to be sent again.
absl::Status RequireFirstDenunciation(const LifeInput& in) {
  const EndingFacts ending = FindEnding(in.data, in.book);
  const EndingFacts::Denounced* const first =
      DenouncedAlready(in.book, ending, in.context.partner_id, in.day);
  if (first == nullptr) return absl::OkStatus();
  const std::string day = first->line->opening->day.ToString();
  const rules::Words received = ReceivedWords(first->received_on);
  const std::string fact = in.data.LeafOf(first->line->opening->event).ToHex();
  return Refused(
      "L-53", "fact.notice_sent.kind",
      absl::StrCat("L-53 : vous avez déjà dénoncé la convention par la lettre du ", FrenchDate(day),
                   received.fr, " ; une seconde dénonciation n'y change rien."),
      absl::StrCat("L-53: you gave your dénonciation by the letter of ", EnglishDate(day),
                   received.en, ", already; a second one changes nothing."),
      absl::StrCat("Retirez-la d'abord (greffe notice retract CONVENTION ", fact,
                   "), ou joignez la preuve de l'envoi s'il a eu lieu : --evidence."),
      absl::StrCat("Take it back first (greffe notice retract CONVENTION ", fact,
                   "), or attach the proof of sending if it was sent: --evidence."));
}

// L-40: a party ends the convention by an article that stands.
absl::Status RequireWritten(const LifeInput& in) {
  const EndArticles& articles = EndArticlesOn(in.book, in.day);
  if (!articles.none_stands) return absl::OkStatus();
  const rules::Oddity odd = rules::RestsOnUnwritten(articles.unwritten, /*ends=*/true);
  return Refused(
      "L-40", "fact", absl::StrCat("L-40 : cet acte ", odd.words.fr),
      absl::StrCat("L-40: this act ", odd.words.en),
      "Concluez un avenant qui dit comment la convention prend fin (greffe act propose), "
      "ou corrigez le fait qui répute la clause non écrite (greffe correct).",
      "Conclude an avenant that says how the convention ends (greffe act propose), or "
      "correct the fact that deems the clause unwritten (greffe correct).");
}

absl::Status CheckMaySend(const LifeInput& in, v1::NoticeKind kind, bool corrects) {
  RETURN_IF_ERROR(RequireConcluded(in));
  RETURN_IF_ERROR(RequireNotOver(in, "fact.happened_on"));
  RETURN_IF_ERROR(RequireParty(in));
  if (kind == v1::NOTICE_KIND_DENUNCIATION && !corrects) {
    RETURN_IF_ERROR(RequireFirstDenunciation(in));
  }
  if (kind == v1::NOTICE_KIND_DENUNCIATION) RETURN_IF_ERROR(RequireWritten(in));
  const auto odd = rules::CheckMaySend(kind, in.roll.KindOf(in.context.partner_id));
  if (!odd.has_value()) return absl::OkStatus();
  return Blocked(*odd, "fact.notice_sent.kind",
                 {"Pour un manquement à la convention : --kind breach (L-50).",
                  "For a breach of the convention: --kind breach (L-50)."});
}

absl::Status CheckSent(const LifeInput& in, const v1::NoticeSent& sent, bool corrects) {
  // A letter whose proof of sending is here did leave: it is recorded, and found to end nothing.
  RETURN_IF_ERROR(UnlessProven(in, CheckMaySend(in, sent.kind(), corrects)));
  if (sent.to_partners().empty()) {
    return FieldError("required", "fact.notice_sent.to_partners",
                      "dites à quelle partie l'envoi est adressé.",
                      "say to which party it is sent.");
  }
  std::set<std::string> seen;
  for (int i = 0; i < sent.to_partners_size(); ++i) {
    const std::string& to = sent.to_partners(i);
    const std::string field = absl::StrCat("fact.notice_sent.to_partners[", i, "]");
    if (in.roll.parties.count(to) == 0) {
      return FieldError("party", field,
                        absl::StrCat("« ", to, " » n'est pas partie à la convention."),
                        absl::StrCat("\"", to, "\" is no party to the convention."));
    }
    if (to == in.context.partner_id || !seen.insert(to).second) {
      return FieldError("party", field,
                        absl::StrCat("« ", to, " » : une autre partie, une seule fois."),
                        absl::StrCat("\"", to, "\": another party, once."));
    }
  }
  return absl::OkStatus();
}

// What answers a fact that can end nothing.
absl::Status Ineffective() {
  return Refused("L-13", "fact.answers",
                 "L-13 : le fait auquel il est répondu précède la conclusion : il ne met fin à "
                 "rien.",
                 "L-13: the fact answered is before the conclusion: it ends nothing.",
                 "Envoyez une nouvelle mise en demeure : greffe notice send.",
                 "Send another mise en demeure: greffe notice send.");
}

// Answers of a mise en demeure alone.
absl::Status RequireFormalNotice(const NoticeFacts& notice, absl::string_view rule) {
  if (notice.kind != v1::NOTICE_KIND_DENUNCIATION) return absl::OkStatus();
  return Refused(rule, "fact.answers",
                 absl::StrCat(rule,
                              " : c'est une dénonciation ; elle ne se répare pas et ne reste "
                              "pas sans effet."),
                 absl::StrCat(rule,
                              ": this is a dénonciation; it is neither cured nor without "
                              "effect."),
                 "Son auteur peut la retirer : greffe notice retract CONVENTION FAIT.",
                 "Its author can take it back: greffe notice retract CONVENTION FACT.");
}

absl::Status RequireOpen(const NoticeFacts& notice) {
  const LifeFact* const cured = notice.cured;
  if (cured == nullptr) return absl::OkStatus();
  const std::string day = cured->day.ToString();
  return Refused("L-50", "fact.answers",
                 absl::StrCat("L-50 : le manquement est réparé depuis le ", FrenchDate(day), "."),
                 absl::StrCat("L-50: the breach is cured since ", EnglishDate(day), "."),
                 "Pour un nouveau manquement, envoyez une nouvelle mise en demeure : greffe notice "
                 "send.",
                 "For another breach, send another mise en demeure: greffe notice send.");
}

absl::Status CheckMayCure(const LifeInput& in, const NoticeFacts& notice, bool corrects) {
  RETURN_IF_ERROR(RequireParty(in));
  if (notice.terminated != nullptr) {
    const std::string day = notice.terminated->day.ToString();
    return Refused("L-54", "fact.answers",
                   absl::StrCat("L-54 : la convention est résiliée depuis le ", FrenchDate(day),
                                " sur cette mise en demeure."),
                   absl::StrCat("L-54: the convention was ended on ", EnglishDate(day),
                                " on this mise en demeure."),
                   "Concluez une convention nouvelle avec les parties.",
                   "Conclude a new convention with the parties.");
  }
  return corrects ? absl::OkStatus() : RequireOpen(notice);
}

// Who received the notice says what it did by mail, with its own evidence; who sent it closes it.
absl::Status CheckCured(const LifeInput& in, const v1::LifeRecorded& fact,
                        const NoticeFacts& notice) {
  RETURN_IF_ERROR(RequireFormalNotice(notice, "L-50"));
  if (!SpeaksForSender(in.book, notice, in.context.partner_id, in.day)) {
    return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                     .rule = "own-partner",
                     .field = "fact.answers",
                     .fr = absl::StrCat("c'est ", ToParty(PartnerName(in.data, notice.sender)),
                                        " de constater que sa mise en demeure est suivie "
                                        "d'effet."),
                     .en = absl::StrCat("only ", PartnerName(in.data, notice.sender),
                                        " finds that its mise en demeure was complied with."),
                     .next_fr = "Adressez-lui la preuve de la réparation.",
                     .next_en = "Send it the proof that the breach is cured."});
  }
  return UnlessProven(in, CheckMayCure(in, notice, !fact.replaces().empty()));
}

// What was sent after the end ends nothing, however it is answered.
absl::Status RequireInTime(const LifeInput& in, const NoticeFacts& notice) {
  const auto odd = NotOver(in.book, FindEnding(in.data, in.book), notice.sent_on);
  if (!odd.has_value()) return absl::OkStatus();
  return Blocked(*odd, "fact.answers",
                 {"Rien n'est à constater : la convention était finie.",
                  "There is nothing to find: the convention was over."});
}

absl::Status CheckMayFindFruitless(const LifeInput& in, const NoticeFacts& notice) {
  RETURN_IF_ERROR(RequireParty(in));
  RETURN_IF_ERROR(RequireOpen(notice));
  if (notice.defect == NoticeDefect::kBeforeConclusion) return Ineffective();
  // One beyond the calendar is told of below.
  if (notice.from_sending.has_value()) RETURN_IF_ERROR(RequireInTime(in, notice));
  if (const auto odd = rules::CheckMaySend(notice.kind, in.roll.KindOf(in.context.partner_id))) {
    return Blocked(*odd, "fact.answers", {"La CAF le constate.", "The CAF finds so."});
  }
  const auto odd = rules::CheckFruitless(notice.period, notice.sent_on, in.day, notice.received_on);
  if (!odd.has_value()) return absl::OkStatus();
  if (notice.by_receipt() && !notice.received_on.has_value()) {
    return Blocked(*odd, "fact.answers",
                   {"Enregistrez l'avis de réception : greffe notice received.",
                    "Record the receipt: greffe notice received."});
  }
  // A day of sending at the end of the calendar, recorded by a peer, has no month after it.
  if (!notice.counting().has_value()) {
    return Blocked(*odd, "fact.happened_on",
                   {"Corrigez le jour d'envoi de la mise en demeure.",
                    "Correct the day on which the mise en demeure was sent."});
  }
  return Blocked(
      *odd, "fact.happened_on",
      {absl::StrCat("Attendez le ", FrenchDate(notice.counting()->effect_on.ToString()), "."),
       absl::StrCat("Wait until ", EnglishDate(notice.counting()->effect_on.ToString()), ".")});
}

absl::Status CheckNoticeFruitless(const LifeInput& in, const NoticeFacts& notice) {
  RETURN_IF_ERROR(RequireFormalNotice(notice, "L-50"));
  return UnlessProven(in, CheckMayFindFruitless(in, notice));
}

absl::Status CheckRetracted(const LifeInput& in, const NoticeFacts& notice) {
  if (notice.kind != v1::NOTICE_KIND_DENUNCIATION) {
    return FieldError("answers", "fact.answers", "seule une dénonciation se retire.",
                      "only a dénonciation is taken back.");
  }
  if (!SpeaksForSender(in.book, notice, in.context.partner_id, in.day)) {
    return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                     .rule = "own-partner",
                     .field = "fact.answers",
                     .fr = absl::StrCat("c'est ", ToParty(PartnerName(in.data, notice.sender)),
                                        " de retirer sa dénonciation."),
                     .en = absl::StrCat("only ", PartnerName(in.data, notice.sender),
                                        " takes its dénonciation back.")});
  }
  const std::optional<rules::Deadline>& deadline = notice.counting();
  if (!deadline.has_value() || in.day <= deadline->last_day) return absl::OkStatus();
  return UnlessProven(in, Blocked(rules::RetractedLate(deadline->last_day), "fact.happened_on",
                                  {"Concluez une convention nouvelle avec les parties.",
                                   "Conclude a new convention with the parties."}));
}

absl::Status RequireNamedChange(const LifeInput& in) {
  if (NamesWhatChanged(in.data, *in.line->opening)) return absl::OkStatus();
  return Refused("L-52", "fact.answers",
                 "L-52 : le constat ne dit pas quel terme a été modifié : il ne fonde pas une "
                 "résiliation sans préavis.",
                 "L-52: the observation does not say which term was modified: it is no ground to "
                 "end without notice.",
                 "Corrigez le constat : greffe change observe CONVENTION ÉLÉMENT --text "
                 "\"…\" --replaces FAIT --reason \"…\".",
                 "Correct the observation: greffe change observe CONVENTION ELEMENT --text "
                 "\"…\" --replaces FACT --reason \"…\".");
}

absl::Status CheckTerminated(const LifeInput& in, const v1::TerminationDeclared& declared) {
  RETURN_IF_ERROR(RequireConcluded(in));
  RETURN_IF_ERROR(RequireNotOver(in, "fact.happened_on"));
  RETURN_IF_ERROR(RequireParty(in));
  RETURN_IF_ERROR(RequireWritten(in));
  const bool without_notice = declared.ground() == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION;
  const bool observed = in.line != nullptr && in.line->kind() == Life::kUncoveredChangeObserved;
  const v1::NoticeKind notice = in.line != nullptr && in.line->kind() == Life::kNoticeSent
                                    ? static_cast<v1::NoticeKind>(in.line->opening->variant)
                                    : v1::NOTICE_KIND_UNSPECIFIED;
  if (const auto odd = rules::CheckMayTerminate(declared.ground(), notice,
                                                in.roll.KindOf(in.context.partner_id))) {
    return Blocked(*odd, "fact.termination_declared.ground",
                   {"Mettez d'abord en demeure : greffe notice send --kind breach (L-50).",
                    "Give a mise en demeure first: greffe notice send --kind breach (L-50)."});
  }
  if (without_notice != observed) {
    return Refused(without_notice ? "L-52" : "L-50", "fact.answers",
                   without_notice
                       ? "L-52 : la résiliation sans préavis répond à une modification constatée "
                         "sans avenant signé."
                       : "L-50 : la résiliation répond à une mise en demeure restée sans effet.",
                   without_notice ? "L-52: a termination without notice answers a change observed "
                                    "without a signed avenant."
                                  : "L-50: a termination answers a mise en demeure that was "
                                    "without effect.",
                   "Cherchez le fait : greffe life show CONVENTION.",
                   "Look for the fact: greffe life show CONVENTION.");
  }
  // Nobody may end what the fact answered cannot: it came before the conclusion.
  if (rules::CheckAfterConclusion(InForceSince(in.data), in.line->opening->day)) {
    return Ineffective();
  }
  if (observed) return RequireNamedChange(in);
  const NoticeFacts facts = ReadNotice(in.data, in.book, *in.line);
  RETURN_IF_ERROR(RequireFormalNotice(facts, "L-50"));
  RETURN_IF_ERROR(RequireOpen(facts));
  if (facts.fruitless != nullptr && facts.fruitless->day <= in.day) return absl::OkStatus();
  return Refused("L-50", "fact.answers",
                 "L-50 : personne n'a constaté que la mise en demeure est restée sans effet.",
                 "L-50: nobody has found that the mise en demeure was without effect.",
                 absl::StrCat("Constatez-le d'abord : greffe notice fruitless CONVENTION ",
                              in.data.LeafOf(in.line->opening->event).ToHex(), "."),
                 absl::StrCat("Find so first: greffe notice fruitless CONVENTION ",
                              in.data.LeafOf(in.line->opening->event).ToHex(), "."));
}

}  // namespace

absl::Status CheckEnding(const LifeInput& in, const v1::LifeRecorded& fact) {
  switch (fact.fact_case()) {
    case Life::kNoticeSent:
      return CheckSent(in, fact.notice_sent(), !fact.replaces().empty());
    case Life::kTerminationDeclared:
      return UnlessProven(in, CheckTerminated(in, fact.termination_declared()));
    case Life::kNoticeReceived:
      // The sender holds the receipt of the post, the addressee the letter.
      return UnlessProven(in, RequireParty(in));
    case Life::kNoticeCured:
      return CheckCured(in, fact, ReadNotice(in.data, in.book, *in.line));
    case Life::kNoticeFruitless:
      return CheckNoticeFruitless(in, ReadNotice(in.data, in.book, *in.line));
    case Life::kDenunciationRetracted:
      return CheckRetracted(in, ReadNotice(in.data, in.book, *in.line));
    default:
      return absl::OkStatus();
  }
}

}  // namespace greffe
