#include "core/convention/life_check.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/convention/element_lookup.h"
#include "core/convention/ending.h"
#include "core/convention/finding.h"
#include "core/convention/french.h"
#include "core/convention/offices.h"
#include "core/rules/clerical.h"
#include "core/rules/life.h"
#include "core/rules/notice.h"
#include "core/rules/obligations.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

class Checker {
 public:
  Checker(const StateData& data, const PartyBook& names, const LifeBook& book,
          const ConsolidatedText& text, CivilDate on)
      : data_(data),
        text_(text),
        on_(on),
        book_(book),
        names_(names),
        ending_(FindEnding(data, book)) {}

  std::vector<v1::Finding> Check() {
    for (const LifeLine& line : book_.lines()) Line(line);
    for (const Succession& one : book_.rolls().successions()) Succeeded(one);
    if (!turns_.empty()) StillActing();
    Represented();
    std::sort(out_.begin(), out_.end(), [](const v1::Finding& a, const v1::Finding& b) {
      return std::tie(a.leaf(), a.code()) < std::tie(b.leaf(), b.code());
    });
    return std::move(out_);
  }

 private:
  void Add(EventNumber event, absl::string_view element, absl::string_view code,
           v1::FindingSeverity severity, rules::Words words) {
    v1::Finding& out = out_.emplace_back();
    out.set_code(std::string(code));
    out.set_severity(severity);
    out.set_rule(std::string(LeadingRule(words.fr)));
    out.set_text(std::move(words.fr));
    out.set_text_en(std::move(words.en));
    out.set_leaf(data_.LeafOf(event).ToHex());
    out.set_element_id(std::string(element));
  }

  void Add(const LifeFact& fact, absl::string_view code, v1::FindingSeverity severity,
           rules::Words words) {
    Add(fact.event, data_.Text(fact.element), code, severity, std::move(words));
  }

  void Add(const LifeFact& fact, const std::optional<rules::Oddity>& odd) {
    if (!odd.has_value()) return;
    const std::string who = names_.Name(data_.PartnerOf(fact.event));
    v1::Finding& out = out_.emplace_back(MakeFinding(*odd, {who, who}));
    out.set_leaf(data_.LeafOf(fact.event).ToHex());
    out.set_element_id(data_.Text(fact.element));
  }

  void Line(const LifeLine& line) {
    std::optional<NoticeFacts> notice;
    if (line.kind() == Life::kNoticeSent) notice = ReadNotice(data_, book_, line);
    for (const LifeFact* fact : book_.Standing(line, Life::kTerminationDeclared)) {
      Termination(line, notice.has_value() ? &*notice : nullptr, *fact);
    }
    switch (line.kind()) {
      case Life::kNoticeSent:
        return Notice(line, *notice);
      case Life::kDataExchangeRequested:
        return Exchange(line);
      case Life::kClauseDeemedUnwritten:
        return Unwritten(*line.opening);
      case Life::kEvaluationReported:
        return Evaluation(line);
      case Life::kRenewalLinked:
        return Renewal(*line.opening);
      case Life::kReviewRequested:
        return Reviews(line);
      case Life::kErrorCorrected:
        return Corrected(*line.opening);
      case Life::kUncoveredChangeObserved:
        return Observed(*line.opening);
      default:
        return;
    }
  }

  // L-54, L-55: what came after the end.
  std::optional<rules::Oddity> Late(const LifeFact& fact) const {
    return NotOver(book_, ending_, fact.day);
  }

  // The last day of the convention as a notice meets it, which it is not itself the cause of.
  std::optional<CivilDate> LastDay(const LifeLine& line) const {
    const bool own = ending_.fact != nullptr && book_.LineOf(ending_.fact->event) == &line;
    const auto end = EndMet(book_, own ? EndingFacts{} : ending_, line.opening->day);
    return end.has_value() ? std::optional<CivilDate>(end->last_day) : std::nullopt;
  }

  void Notice(const LifeLine& line, const NoticeFacts& notice) {
    const LifeFact& opening = *line.opening;
    Add(opening, rules::CheckProofOfSending(opening.evidence));
    Add(opening, rules::CheckAfterConclusion(book_.concluded_on(), opening.day));
    if (const auto late = Late(opening)) return Add(opening, late);
    if (notice.defect == NoticeDefect::kNoParty) {
      const std::string who = names_.Name(notice.sender);
      Add(opening, "notice-standing", v1::FINDING_SEVERITY_SERIOUS,
          {absl::StrCat("CHK-29 : ", who, " n'était pas partie ce jour-là ; rien n'y met fin."),
           absl::StrCat("CHK-29: ", who, " was no party on that day; nothing ends by it.")});
    }
    Unclear(opening, notice);
    Add(opening, rules::CheckMaySend(notice.kind, book_.RollOn(opening.day).KindOf(notice.sender)));
    Answers(line, notice);
    if (notice.kind != v1::NOTICE_KIND_DENUNCIATION || notice.retracted != nullptr ||
        notice.defect != NoticeDefect::kNone) {
      return;
    }
    const std::optional<CivilDate> last = LastDay(line);
    const std::optional<rules::Deadline>& deadline =
        notice.counting().has_value() ? notice.counting() : notice.from_sending;
    if (last.has_value() && deadline.has_value()) {
      Add(opening, rules::CheckDenunciationUseful(*deadline, *last));
    }
    Repeated(line, notice);
    if (!deadline.has_value() || !notice.to_qualify()) return;
    const std::string who = names_.Name(notice.sender);
    Add(opening, "denunciation-to-qualify", v1::FINDING_SEVERITY_WARNING,
        {absl::StrCat("L-53 : dénonciation ", OfParty(who), " parmi ", notice.sides,
                      " parties : effet à qualifier ; elle ne met fin à rien de soi-même."),
         absl::StrCat("L-53: dénonciation by ", who, " among ", notice.sides,
                      " parties: effect to be qualified; it ends nothing by itself.")});
  }

  // CHK-29: who was no party on that day; what it says of a notice counts for nothing.
  void NoParty(const LifeFact& fact) {
    const std::string& author = data_.PartnerOf(fact.event);
    if (book_.RollOn(fact.day).IsParty(author)) return;
    const std::string who = names_.Name(author);
    Add(fact, "notice-standing", v1::FINDING_SEVERITY_SERIOUS,
        {absl::StrCat("CHK-29 : ", who, " n'était pas partie le ", FrenchDate(fact.day.ToString()),
                      " : ce fait ne compte pas."),
         absl::StrCat("CHK-29: ", who, " was no party on ", EnglishDate(fact.day.ToString()),
                      ": this fact does not count.")});
  }

  // What was recorded in answer to a notice and does not count, or comes too late.
  void Answers(const LifeLine& line, const NoticeFacts& notice) {
    for (const LifeFact* fact : book_.Standing(line, Life::kNoticeReceived)) NoParty(*fact);
    for (const LifeFact* fact : book_.Standing(line, Life::kNoticeCured)) {
      if (notice.terminated != nullptr && notice.terminated->day < fact->day) {
        Add(*fact, Late(*fact));
      }
    }
    for (const LifeFact* fact : book_.Standing(line, Life::kNoticeFruitless)) {
      NoParty(*fact);
      const std::string& author = data_.PartnerOf(fact->event);
      Add(*fact, rules::CheckMaySend(notice.kind, book_.RollOn(fact->day).KindOf(author)));
      Add(*fact, rules::CheckFruitless(notice.period, notice.sent_on, fact->day));
      if (notice.cured != nullptr && notice.cured->day <= fact->day) {
        Add(*fact, rules::CuredBefore(notice.cured->day));
      }
    }
    const std::optional<rules::Deadline>& deadline = notice.counting();
    if (notice.kind != v1::NOTICE_KIND_DENUNCIATION || !deadline.has_value()) return;
    for (const LifeFact* fact : book_.Standing(line, Life::kDenunciationRetracted)) {
      if (deadline->last_day < fact->day) Add(*fact, rules::RetractedLate(deadline->last_day));
    }
  }

  // L-50, L-53: a period that the convention does not say clearly is for people to check.
  void Unclear(const LifeFact& opening, const NoticeFacts& notice) {
    if (!notice.period.unclear) return;
    const char* const rule = notice.kind == v1::NOTICE_KIND_DENUNCIATION ? "L-53" : "L-50";
    const rules::Words said = rules::SaidOf(notice.period);
    Add(opening, "notice-period-unclear", v1::FINDING_SEVERITY_WARNING,
        {absl::StrCat(rule, " : ", said.fr), absl::StrCat(rule, ": ", said.en)});
  }

  void Repeated(const LifeLine& line, const NoticeFacts& notice) {
    const EndingFacts::Denounced* const first =
        DenouncedAlready(book_, ending_, notice.sender, notice.sent_on, &line);
    if (first == nullptr) return;
    const std::string day = first->line->opening->day.ToString();
    const std::string received = first->received_on.ToString();
    Add(*line.opening, "denunciation-repeated", v1::FINDING_SEVERITY_NOTE,
        {absl::StrCat("L-53 : la même partie dénonce par sa lettre du ", FrenchDate(day),
                      ", reçue le ", FrenchDate(received), " : celle-ci n'y change rien."),
         absl::StrCat("L-53: the same party denounces by its letter of ", EnglishDate(day),
                      ", received on ", EnglishDate(received), ": this one changes nothing.")});
  }

  void Termination(const LifeLine& line, const NoticeFacts* notice, const LifeFact& fact) {
    const PartyRoll& roll = book_.RollOn(fact.day);
    if (const auto early = rules::CheckAfterConclusion(book_.concluded_on(), fact.day)) {
      return Add(fact, early);
    }
    if (const auto late = Late(fact)) return Add(fact, late);
    if (TerminationHolds(data_, book_, line, notice, fact)) return ForAll(fact, roll.sides);
    const std::optional<rules::Oddity> standing =
        rules::CheckMayTerminate(static_cast<v1::TerminationGround>(fact.variant),
                                 notice == nullptr ? v1::NOTICE_KIND_UNSPECIFIED : notice->kind,
                                 roll.KindOf(data_.PartnerOf(fact.event)));
    if (standing.has_value()) return Add(fact, standing);
    NoParty(fact);
    if (fact.variant == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION) {
      return Add(fact, "termination-ineffective", v1::FINDING_SEVERITY_SERIOUS,
                 {"L-52 : la résiliation sans préavis ne répond à aucune modification constatée "
                  "d'un terme nommé, sans avenant signé : elle ne met fin à rien.",
                  "L-52: the termination without notice answers no observed change of a named "
                  "term without a signed avenant: it ends nothing."});
    }
    Add(fact, "termination-ineffective", v1::FINDING_SEVERITY_SERIOUS,
        {"L-50 : la résiliation ne répond à aucune mise en demeure restée sans effet : elle ne met "
         "fin à rien.",
         "L-50: the termination answers no mise en demeure that ran out without effect: it ends "
         "nothing."});
  }

  // L-50 lets either party terminate; the texts say nothing of more than two.
  void ForAll(const LifeFact& fact, std::size_t sides) {
    if (sides <= 2) return;
    const std::string who = names_.Name(data_.PartnerOf(fact.event));
    Add(fact, "termination-to-qualify", v1::FINDING_SEVERITY_WARNING,
        {absl::StrCat("L-50 : résiliation par ", who, " ; elle vaut pour les ", sides,
                      " parties, selon la lettre de l'article ; son effet entre plus de deux "
                      "parties est à qualifier par la coprésidence."),
         absl::StrCat("L-50: termination by ", who, "; it ends for all ", sides,
                      " parties, by the words of the article; its effect among more than two "
                      "parties is to be qualified by the co-chairs.")});
  }

  void Succeeded(const Succession& one) {
    const std::string before = names_.Name(one.before);
    const auto add = [&](absl::string_view code, v1::FindingSeverity severity, rules::Words words) {
      Add(one.event, one.place, code, severity,
          {absl::StrCat("L-60 : succession de ", before, " : ", words.fr),
           absl::StrCat("L-60: succession of ", before, ": ", words.en)});
    };
    switch (one.effect) {
      case SuccessionEffect::kTakesPlace:
        // Where the text of that day names it in that place.
        if (one.before != one.after && book_.RollOn(one.on).IsSucceeded(one.before)) {
          turns_[one.before].push_back(&one);
          turns_[one.after].push_back(&one);
        }
        return;
      case SuccessionEffect::kUnnamed:
        return add("succession-unnamed", v1::FINDING_SEVERITY_WARNING,
                   {"le successeur n'est connu que de nom : personne ne peut agir pour lui ici. "
                    "Corrigez le fait avec son identifiant de partenaire (successor_partner_id).",
                    "the successor is known by name alone: nobody can act for it here. Correct "
                    "the record with its partner id (successor_partner_id)."});
      case SuccessionEffect::kUnattested:
        return add("succession-unattested", v1::FINDING_SEVERITY_WARNING,
                   {"nul ne prend la place d'une partie sur la parole d'un seul : elle-même "
                    "enregistre le fait, ou deux autres parties que le successeur, chacune à sa "
                    "réplique.",
                    "nobody takes a party's place by the word of one alone: the party itself "
                    "records the fact, or two other parties than the successor, each at its "
                    "own replica."});
      case SuccessionEffect::kContested:
        return add("succession-contested", v1::FINDING_SEVERITY_SERIOUS,
                   {"deux successeurs sont donnés pour le même jour : aucun ne prend la place "
                    "tant qu'un des faits n'est pas corrigé.",
                    "two successors are given for the same day: neither takes the place until "
                    "one of the records is corrected."});
    }
  }

  // A party that has a successor acts no more from that day on (L-60), unless it took a place
  // since.
  void StillActing() {
    const auto odd = [&](EventNumber event, CivilDate day) {
      const auto turns = turns_.find(data_.PartnerOf(event));
      if (turns == turns_.end()) return;
      const auto until =
          std::upper_bound(turns->second.begin(), turns->second.end(), day,
                           [](CivilDate d, const Succession* turn) { return d < turn->on; });
      if (until == turns->second.begin()) return;
      const Succession& one = **std::prev(until);
      if (one.before != turns->first) return;
      const std::string who = names_.Name(one.before);
      Add(event, one.place, "succeeded-party-acts", v1::FINDING_SEVERITY_SERIOUS,
          {absl::StrCat("L-60 : ", who, " a un successeur (", names_.Name(one.after),
                        ") depuis le ", FrenchDate(one.on.ToString()),
                        " : ce n'est plus à elle d'agir."),
           absl::StrCat("L-60: ", who, " has a successor (", names_.Name(one.after), ") since ",
                        EnglishDate(one.on.ToString()), ": it is no longer for it to act.")});
    };
    for (const LifeLine& line : book_.lines()) {
      const bool ends =
          line.kind() == Life::kNoticeSent || line.kind() == Life::kUncoveredChangeObserved;
      if (!ends) continue;
      if (line.kind() == Life::kNoticeSent && book_.Stands(line)) {
        odd(line.opening->event, line.opening->day);
      }
      for (const Life::FactCase kind : {Life::kNoticeCured, Life::kNoticeFruitless,
                                        Life::kDenunciationRetracted, Life::kTerminationDeclared}) {
        for (const LifeFact* fact : book_.Standing(line, kind)) odd(fact->event, fact->day);
      }
    }
    for (const SignatureFact& signature : data_.signatures) {
      if (!signature.counts || signature.replaced || !signature.signed_on.has_value()) continue;
      odd(signature.event, *signature.signed_on);
    }
  }

  // A new holder of an office changes no text that was signed (class C): it stands beside it.
  void Represented() {
    const OfficeBook offices(data_, book_.rolls());
    if (offices.changes().empty()) return;
    for (const PlacedElement& placed : text_.elements) {
      const v1::Element& element = *placed.shown().element;
      for (const v1::SigningOffice& office : element.party().signing_offices()) {
        const OfficeChange* const last = offices.Last(placed, office.id(), on_);
        if (last == nullptr || last->reads == office.office()) continue;
        const std::string since = last->fact->day.ToString();
        Add(last->fact->event, element.id(), kRepresentativeChanged, v1::FINDING_SEVERITY_NOTE,
            {absl::StrCat("Depuis le ", FrenchDate(since), ", « ", office.office(), " » se lit « ",
                          last->reads, " » (fait de suivi) ; le texte signé ne change pas."),
             absl::StrCat("Since ", EnglishDate(since), " “", office.office(), "” reads “",
                          last->reads, "” (follow-up); the text as signed does not change.")});
      }
    }
  }

  void Exchange(const LifeLine& line) {
    Add(*line.opening, Late(*line.opening));
    const std::optional<CivilDate> opinion = FirstOpinion(data_, book_, line);
    const auto counting =
        book_.StandingFor(line, Life::kDataExchangeDecided, data_.Text(line.opening->detail));
    for (std::size_t i = 1; i < counting.size(); ++i) {
      Add(*counting[i], "exchange-decided-twice", v1::FINDING_SEVERITY_WARNING,
          {"L-24 : cette demande était déjà décidée ; la dernière décision est montrée.",
           "L-24: this request was already decided; the last decision is shown."});
    }
    for (const LifeFact* fact : book_.Standing(line, Life::kDataExchangeDecided)) {
      Add(*fact, rules::CheckMayDecideExchange(opinion, fact->day));
      if (fact->variant == 0) continue;
      Add(*fact, Late(*fact));
      Add(*fact, rules::CheckExchangeRegistered(fact->variant != kAcceptedUnregistered));
      const LifeFact* const last = LastOpinion(data_, book_, line, fact->day);
      if (last != nullptr) {
        Add(*fact, rules::CheckAgainstOpinion(last->variant != 0, last->day));
      }
    }
  }

  void Reviews(const LifeLine& line) {
    for (const LifeFact* fact : book_.Standing(line, Life::kReviewGiven)) {
      const std::string& author = data_.PartnerOf(fact->event);
      if (WasAsked(data_, book_, line, author, fact->day)) continue;
      const std::string who = names_.Name(author);
      Add(*fact, kReviewNotAsked, v1::FINDING_SEVERITY_WARNING,
          {absl::StrCat("La relecture n'a pas été demandée ", ToParty(who), "."),
           absl::StrCat("The review was not asked from ", who, ".")});
    }
  }

  // L-56, CHK-17: what lies between this convention and the one that renews it.
  void Renewal(const LifeFact& fact) {
    const auto from = CivilDate::TryParse(data_.Text(fact.detail));
    const std::optional<rules::Term> term = EffectOf(book_, text_, ending_, on_);
    if (!from.has_value() || !term.has_value()) return;
    const rules::Succession between =
        rules::CompareWithPredecessor(*term, {*from, std::max(*from, term->last)});
    if (between.gap.has_value()) {
      const rules::Term& gap = *between.gap;
      Add(fact, "renewal-gap", v1::FINDING_SEVERITY_WARNING,
          {absl::StrCat("L-56 : rien n'est en vigueur du ", FrenchDate(gap.first.ToString()),
                        " au ", FrenchDate(gap.last.ToString()),
                        ", entre cette convention et la suivante."),
           absl::StrCat("L-56: nothing is in force from ", EnglishDate(gap.first.ToString()),
                        " to ", EnglishDate(gap.last.ToString()),
                        ", between this convention and the next.")});
    } else if (between.overlap.has_value()) {
      Add(fact, "renewal-overlap", v1::FINDING_SEVERITY_WARNING,
          {absl::StrCat("L-56 : la convention suivante commence le ", FrenchDate(from->ToString()),
                        ", avant la fin de celle-ci (", FrenchDate(term->last.ToString()), ")."),
           absl::StrCat("L-56: the next convention starts on ", EnglishDate(from->ToString()),
                        ", before the end of this one (", EnglishDate(term->last.ToString()),
                        ").")});
    }
  }

  void Corrected(const LifeFact& fact) {
    const v1::Element* const element = Elements().Find(data_.Text(fact.element));
    const bool agreed = element != nullptr && IsAgreed(*element, "");
    if (agreed || fact.variant != 0) Add(fact, rules::ClericalNever());
  }

  void Observed(const LifeFact& fact) {
    if (NamesWhatChanged(data_, fact)) return;
    Add(fact, "change-unnamed", v1::FINDING_SEVERITY_WARNING,
        {"L-52 : le constat ne dit pas quel terme a été modifié : il ne fonde aucune résiliation.",
         "L-52: the observation does not say which term was modified: it is no ground to end the "
         "convention."});
  }

  void Unwritten(const LifeFact& fact) {
    const auto from = CivilDate::TryParse(data_.Text(fact.detail));
    const std::optional<rules::Term> term = TermOf(text_);
    if (!rules::IsUnwritten(
            from, term.has_value() ? std::optional<CivilDate>(term->first) : std::nullopt, on_)) {
      return;
    }
    const bool court = fact.variant == v1::UNWRITTEN_CAUSE_COURT_DECISION;
    const std::string clause = Elements().Name(data_.Text(fact.element));
    Add(fact, kDeemedUnwritten, v1::FINDING_SEVERITY_WARNING,
        {absl::StrCat("Réputé non écrit – ", clause, " : ",
                      court ? "décision de justice définitive" : "règle de droit en vigueur",
                      " (L-40) ; le reste demeure."),
         absl::StrCat("Réputé non écrit (deemed unwritten) – ", clause, ": ",
                      court ? "final decision of a court" : "rule of law in force",
                      " (L-40); the rest stands.")});
  }

  void Evaluation(const LifeLine& line) {
    const LifeFact& opening = *line.opening;
    int year = 0;
    const bool annual = opening.variant == v1::EVALUATION_KIND_ANNUAL &&
                        absl::SimpleAtoi(data_.Text(opening.detail), &year);
    if (annual) {
      const std::optional<rules::Term> term = EffectOf(book_, text_, ending_, on_);
      const auto before = rules::CheckYearBegun(year, opening.day);
      Add(opening, before);
      if (!before.has_value() && term.has_value()) {
        const auto outside = rules::CheckYearOfTerm(year, *term);
        Add(opening,
            outside.has_value() ? outside : rules::CheckYearOver(year, opening.day, *term));
      }
    }
    for (const LifeFact* fact : book_.Standing(line, Life::kEvaluationValidated)) {
      const v1::Element* const body = Elements().Find(data_.Text(fact->detail));
      if (body == nullptr || !body->has_body()) continue;
      Add(*fact, rules::CheckValidatingBody(body->body()));
    }
  }

  const ElementBook& Elements() {
    if (!elements_.has_value()) elements_.emplace(data_, on_);
    return *elements_;
  }

  const StateData& data_;
  const ConsolidatedText& text_;
  const CivilDate on_;
  const LifeBook& book_;
  const PartyBook& names_;
  const EndingFacts ending_;
  // Made when a fact is about one.
  std::optional<ElementBook> elements_;
  // By partner, in the order of the days: where it lost its place, and where it took one.
  std::map<std::string, std::vector<const Succession*>> turns_;
  std::vector<v1::Finding> out_;
};

}  // namespace

std::vector<v1::Finding> LifeFindings(const StateData& data, const PartyBook& names,
                                      const LifeBook& book, const ConsolidatedText& text,
                                      CivilDate on) {
  if (data.life.empty()) return {};
  return Checker(data, names, book, text, on).Check();
}

}  // namespace greffe
