#include "core/convention/checks/notice_check.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/convention/elements/french.h"
#include "core/rules/life.h"
#include "core/rules/notice.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

class NoticeChecker {
 public:
  NoticeChecker(const NoticeChecking& in, LifeFindingList* out) : in_(in), out_(out) {}

  void Line(const LifeLine& line) {
    std::optional<NoticeFacts> notice;
    if (line.kind() == Life::kNoticeSent) notice = ReadNotice(in_.data, in_.book, line);
    for (const LifeFact* fact : in_.book.Standing(line, Life::kTerminationDeclared)) {
      Termination(line, notice.has_value() ? &*notice : nullptr, *fact);
    }
    if (notice.has_value()) Notice(line, *notice);
  }

 private:
  // L-54, L-55: what came after the end.
  std::optional<rules::Oddity> Late(const LifeFact& fact) const {
    return NotOver(in_.book, in_.ending, fact.day);
  }

  // The last day of the convention as a notice meets it, which it is not itself the cause of.
  std::optional<CivilDate> LastDay(const LifeLine& line) const {
    const bool own = in_.ending.fact != nullptr && in_.book.LineOf(in_.ending.fact->event) == &line;
    const auto end = EndMet(in_.book, own ? EndingFacts{} : in_.ending, line.opening->day);
    return end.has_value() ? std::optional<CivilDate>(end->last_day) : std::nullopt;
  }

  void Notice(const LifeLine& line, const NoticeFacts& notice) {
    const LifeFact& opening = *line.opening;
    out_->Add(opening, rules::CheckProofOfSending(opening.evidence, notice.period));
    out_->Add(opening, rules::CheckForm(opening.evidence, notice.numbered, notice.period));
    out_->Add(opening, rules::CheckAfterConclusion(in_.book.concluded_on(), opening.day));
    if (const auto late = Late(opening)) return out_->Add(opening, late);
    if (notice.defect == NoticeDefect::kNoParty) {
      const std::string who = in_.names.Name(notice.sender);
      out_->Add(
          opening, "notice-standing", v1::FINDING_SEVERITY_SERIOUS,
          {absl::StrCat("CHK-29 : ", who,
                        " n'était pas partie ce jour-là : sa lettre ne met fin à rien."),
           absl::StrCat("CHK-29: ", who, " was no party on that day: its letter ends nothing.")});
    }
    Unclear(opening, notice);
    Untold(opening, notice);
    if (notice.rests_on_unwritten) {
      out_->Add(opening, rules::RestsOnUnwritten(notice.unwritten,
                                                 notice.kind == v1::NOTICE_KIND_DENUNCIATION));
    }
    out_->Add(opening,
              rules::CheckMaySend(notice.kind, in_.book.RollOn(opening.day).KindOf(notice.sender)));
    Answers(line, notice);
    if (notice.kind != v1::NOTICE_KIND_DENUNCIATION || notice.retracted != nullptr ||
        notice.defect != NoticeDefect::kNone) {
      return;
    }
    const std::optional<CivilDate> last = LastDay(line);
    const std::optional<rules::Deadline>& deadline =
        notice.counting().has_value() ? notice.counting() : notice.from_sending;
    if (last.has_value() && deadline.has_value()) {
      out_->Add(opening, rules::CheckDenunciationUseful(*deadline, *last));
    }
    Receipt(line, notice);
    Repeated(line, notice);
    if (!deadline.has_value() || !notice.to_qualify()) return;
    const std::string who = in_.names.Name(notice.sender);
    const rules::Words why = notice.WhyToQualify();
    const rules::Words exit = rules::ExitSaid(notice.exit, deadline->last_day);
    out_->Add(opening, "denunciation-to-qualify", v1::FINDING_SEVERITY_WARNING,
              {absl::StrCat("L-53 : dénonciation ", OfParty(who), " (", why.fr,
                            ") : effet à qualifier ; elle ne met fin à rien de soi-même.", exit.fr),
               absl::StrCat("L-53: dénonciation by ", who, " (", why.en,
                            "): effect to be qualified; it ends nothing by itself.", exit.en)});
  }

  // CHK-30, L-53: the receipt that counts, by the sender's word alone or against another's.
  void Receipt(const LifeLine& line, const NoticeFacts& notice) {
    if (notice.received == nullptr) return;
    const auto by_sender = [&](const LifeFact& fact) {
      return SpeaksForSender(in_.book, notice, in_.data.PartnerOf(fact.event), fact.day);
    };
    rules::ReceiptClaim claim{.on = notice.received->day,
                              .by_sender = by_sender(*notice.received),
                              .proven = notice.received->evidence};
    for (const LifeFact* fact : in_.book.Standing(line, Life::kNoticeReceived)) {
      if (fact->day < claim.on || by_sender(*fact) ||
          !in_.book.RollOn(fact->day).IsParty(in_.data.PartnerOf(fact->event))) {
        continue;
      }
      claim.by_other = fact->day;
      break;
    }
    out_->Add(*notice.received, rules::CheckReceipt(claim));
  }

  // CHK-29: who was no party on that day; what it says of a notice counts for nothing.
  void NoParty(const LifeFact& fact) {
    const std::string& author = in_.data.PartnerOf(fact.event);
    if (in_.book.RollOn(fact.day).IsParty(author)) return;
    const std::string who = in_.names.Name(author);
    out_->Add(fact, "notice-standing", v1::FINDING_SEVERITY_SERIOUS,
              {absl::StrCat("CHK-29 : ", who, " n'était pas partie le ",
                            FrenchDate(fact.day.ToString()), " : ce fait ne compte pas."),
               absl::StrCat("CHK-29: ", who, " was no party on ", EnglishDate(fact.day.ToString()),
                            ": this fact does not count.")});
  }

  // What was recorded in answer to a notice and does not count, or comes too late.
  void Answers(const LifeLine& line, const NoticeFacts& notice) {
    for (const LifeFact* fact : in_.book.Standing(line, Life::kNoticeReceived)) NoParty(*fact);
    for (const LifeFact* fact : in_.book.Standing(line, Life::kNoticeCured)) {
      if (notice.terminated != nullptr && notice.terminated->day < fact->day) {
        out_->Add(*fact, Late(*fact));
      }
    }
    for (const LifeFact* fact : in_.book.Standing(line, Life::kNoticeFruitless)) {
      NoParty(*fact);
      const std::string& author = in_.data.PartnerOf(fact->event);
      out_->Add(*fact, rules::CheckMaySend(notice.kind, in_.book.RollOn(fact->day).KindOf(author)));
      out_->Add(*fact, rules::CheckFruitless(notice.period, notice.sent_on, fact->day,
                                             notice.received_on));
      if (notice.cured != nullptr && notice.cured->day <= fact->day) {
        out_->Add(*fact, rules::CuredBefore(notice.cured->day));
      }
    }
    const std::optional<rules::Deadline>& deadline = notice.counting();
    if (notice.kind != v1::NOTICE_KIND_DENUNCIATION || !deadline.has_value()) return;
    for (const LifeFact* fact : in_.book.Standing(line, Life::kDenunciationRetracted)) {
      if (deadline->last_day < fact->day)
        out_->Add(*fact, rules::RetractedLate(deadline->last_day));
    }
  }

  // L-50, L-53: a period that the convention does not say clearly is for people to check.
  void Unclear(const LifeFact& opening, const NoticeFacts& notice) {
    if (!notice.period.unclear) return;
    const char* const rule = notice.kind == v1::NOTICE_KIND_DENUNCIATION ? "L-53" : "L-50";
    const rules::Words said = rules::SaidOf(notice.period);
    out_->Add(opening, "notice-period-unclear", v1::FINDING_SEVERITY_WARNING,
              {absl::StrCat(rule, " : ", said.fr), absl::StrCat(rule, ": ", said.en)});
  }

  // Whom no letter of this kind was sent to, where the clause asks to tell all.
  void Untold(const LifeFact& opening, const NoticeFacts& notice) {
    if (notice.period.to_all.empty() || notice.retracted != nullptr) return;
    std::set<std::string> told(notice.to.begin(), notice.to.end());
    // Who leaves may write to each of the others.
    const auto letters = in_.ending.told.find(notice.place);
    if (notice.kind == v1::NOTICE_KIND_DENUNCIATION && letters != in_.ending.told.end()) {
      told.insert(letters->second.begin(), letters->second.end());
    }
    const PartyRoll& roll = in_.book.RollOn(opening.day);
    std::vector<std::string> untold;
    for (const auto& [partner, entry] : roll.parties) {
      if (!entry.side || partner == notice.sender || told.count(partner) > 0) continue;
      untold.push_back(in_.names.Name(partner));
    }
    out_->Add(opening, rules::CheckAllTold(notice.kind, notice.period, untold));
  }

  void Repeated(const LifeLine& line, const NoticeFacts& notice) {
    const EndingFacts::Denounced* const first =
        DenouncedAlready(in_.book, in_.ending, notice.sender, notice.sent_on, &line);
    if (first == nullptr) return;
    const std::string day = first->line->opening->day.ToString();
    const rules::Words received = ReceivedWords(first->received_on);
    out_->Add(*line.opening, "denunciation-repeated", v1::FINDING_SEVERITY_NOTE,
              {absl::StrCat("L-53 : la même partie dénonce par sa lettre du ", FrenchDate(day),
                            received.fr, " : celle-ci n'y change rien."),
               absl::StrCat("L-53: the same party denounces by its letter of ", EnglishDate(day),
                            received.en, ": this one changes nothing.")});
  }

  void Termination(const LifeLine& line, const NoticeFacts* notice, const LifeFact& fact) {
    const PartyRoll& roll = in_.book.RollOn(fact.day);
    if (const auto early = rules::CheckAfterConclusion(in_.book.concluded_on(), fact.day)) {
      return out_->Add(fact, early);
    }
    if (const auto late = Late(fact)) return out_->Add(fact, late);
    const EndArticles& articles = EndArticlesOn(in_.book, fact.day);
    if (TerminationHolds(in_.data, in_.book, line, notice, fact)) {
      const auto no_clause = rules::CheckTerminationClause(
          static_cast<v1::TerminationGround>(fact.variant), articles.periods);
      out_->Add(fact, no_clause);
      return ForAll(fact, roll.sides, /*by_article=*/!no_clause.has_value());
    }
    if (notice != nullptr && notice->unclear_termination == &fact) {
      return out_->Add(
          fact, "termination-to-qualify", v1::FINDING_SEVERITY_WARNING,
          {"L-50 : résiliation après une mise en demeure dont le délai n'est pas compris avec "
           "certitude : effet à qualifier ; elle ne met fin à rien de soi-même.",
           "L-50: termination after a mise en demeure of which the period is not understood with "
           "certainty: effect to be qualified; it ends nothing by itself."});
    }
    if (articles.none_stands) {
      return out_->Add(fact, rules::RestsOnUnwritten(articles.unwritten, /*ends=*/true));
    }
    const std::optional<rules::Oddity> standing =
        rules::CheckMayTerminate(static_cast<v1::TerminationGround>(fact.variant),
                                 notice == nullptr ? v1::NOTICE_KIND_UNSPECIFIED : notice->kind,
                                 roll.KindOf(in_.data.PartnerOf(fact.event)));
    if (standing.has_value()) return out_->Add(fact, standing);
    NoParty(fact);
    if (fact.variant == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION) {
      return out_->Add(
          fact, "termination-ineffective", v1::FINDING_SEVERITY_SERIOUS,
          {"L-52 : la résiliation sans préavis ne répond à aucune modification constatée "
           "d'un terme nommé, sans avenant signé : elle ne met fin à rien.",
           "L-52: the termination without notice answers no observed change of a named "
           "term without a signed avenant: it ends nothing."});
    }
    out_->Add(
        fact, "termination-ineffective", v1::FINDING_SEVERITY_SERIOUS,
        {"L-50 : la résiliation ne répond à aucune mise en demeure restée sans effet : elle ne met "
         "fin à rien.",
         "L-50: the termination answers no mise en demeure that ran out without effect: it ends "
         "nothing."});
  }

  // L-50 lets either party terminate; the texts say nothing of more than two. `by_article`: an
  // article provides for it.
  void ForAll(const LifeFact& fact, std::size_t sides, bool by_article) {
    if (sides <= 2) return;
    const std::string who = in_.names.Name(in_.data.PartnerOf(fact.event));
    out_->Add(fact, "termination-to-qualify", v1::FINDING_SEVERITY_WARNING,
              {absl::StrCat("L-50 : résiliation par ", who, " ; elle vaut pour les ", sides,
                            " parties", by_article ? ", selon la lettre de l'article" : "",
                            " ; son effet entre plus de deux parties est à qualifier par la "
                            "coprésidence."),
               absl::StrCat("L-50: termination by ", who, "; it ends for all ", sides, " parties",
                            by_article ? ", by the words of the article" : "",
                            "; its effect among more than two parties is to be qualified by the "
                            "co-chairs.")});
  }

  const NoticeChecking& in_;
  LifeFindingList* const out_;
};

}  // namespace

void AddNoticeFindings(const NoticeChecking& in, const LifeLine& line, LifeFindingList* out) {
  NoticeChecker(in, out).Line(line);
}

}  // namespace greffe
