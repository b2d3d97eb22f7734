#include "core/convention/checks/life_check.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/convention/checks/life_finding_list.h"
#include "core/convention/checks/notice_check.h"
#include "core/convention/checks/renewal_words.h"
#include "core/convention/checks/to_come.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/repeated.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/offices.h"
#include "core/rules/clerical.h"
#include "core/rules/life.h"
#include "core/rules/obligations.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

// Digits of the id of a convention that people are shown.
constexpr std::size_t kShortId = 12;

class LifeChecker {
 public:
  LifeChecker(const StateData& data, const PartyBook& names, const LifeBook& book,
              const ConsolidatedText& text, CivilDate on, const Successors* successors)
      : data_(data),
        text_(text),
        on_(on),
        successors_(successors),
        book_(book),
        names_(names),
        ending_(FindEnding(data, book)),
        out_(data, names) {}

  std::vector<v1::Finding> Check() {
    for (const LifeFact& fact : data_.life) ToCome(fact);
    for (const LifeLine& line : book_.lines()) Line(line);
    for (const RepeatedFact& one : RepeatedConsultations(data_)) Repeated(one);
    for (const Succession& one : book_.rolls().successions()) Succeeded(one);
    if (!turns_.empty()) StillActing();
    if (successors_ != nullptr) SeveralNext(successors_->named);
    Represented();
    return out_.TakeSorted();
  }

 private:
  // Commands refuse it; a peer may have written it.
  void ToCome(const LifeFact& fact) {
    const EventRow& row = data_.events[fact.event];
    if (!row.authorised || row.replaced || !WasToCome(row, fact.day)) return;
    const std::string who = names_.Name(data_.PartnerOf(fact.event));
    const rules::Words words = WasToComeWords(row, fact.day);
    out_.Add(fact, kFutureDate, v1::FINDING_SEVERITY_WARNING,
             {absl::StrCat(who, " : ", words.fr), absl::StrCat(who, ": ", words.en)});
  }

  void Line(const LifeLine& line) {
    AddNoticeFindings({data_, names_, book_, ending_}, line, &out_);
    for (const RepeatedFact& one : RepeatedIn(data_, book_, line)) Repeated(one);
    switch (line.kind()) {
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
        return Observed(line);
      default:
        return;
    }
  }

  void Repeated(const RepeatedFact& one) {
    const std::string day = one.first->day.ToString();
    out_.Add(*one.again, kRecordedTwice, v1::FINDING_SEVERITY_NOTE,
             {absl::StrCat("Ce fait est déjà enregistré, au ", FrenchDate(day),
                           " : ce second enregistrement n'y ajoute rien."),
              absl::StrCat("This fact is on record, of ", EnglishDate(day),
                           ": this second record adds nothing.")});
  }

  // L-54, L-55: what came after the end.
  std::optional<rules::Oddity> Late(const LifeFact& fact) const {
    return NotOver(book_, ending_, fact.day);
  }

  // As a new holder of an office, it stands beside the text that was signed.
  void Holds(const Succession& one) {
    const std::string since = one.on.ToString();
    out_.Add(one.event, one.place, kPartySucceeded, v1::FINDING_SEVERITY_NOTE,
             {absl::StrCat("L-60 : depuis le ", FrenchDate(since), ", ", names_.Name(one.after),
                           " tient de plein droit la place de ", names_.Name(one.before),
                           " ; le texte signé ne change pas."),
              absl::StrCat("L-60: since ", EnglishDate(since), " ", names_.Name(one.after),
                           " has by law the place of ", names_.Name(one.before),
                           "; the text as signed does not change.")});
  }

  void Succeeded(const Succession& one) {
    const std::string before = names_.Name(one.before);
    const auto add = [&](absl::string_view code, v1::FindingSeverity severity, rules::Words words) {
      out_.Add(one.event, one.place, code, severity,
               {absl::StrCat("L-60 : succession de ", before, " : ", words.fr),
                absl::StrCat("L-60: succession of ", before, ": ", words.en)});
    };
    switch (one.effect) {
      case SuccessionEffect::kTakesPlace:
        // Where the text of that day names it in that place.
        if (one.before != one.after && book_.RollOn(one.on).IsSucceeded(one.before)) {
          turns_[one.before].push_back(&one);
          turns_[one.after].push_back(&one);
          if (one.on <= on_) Holds(one);
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
      out_.Add(
          event, one.place, "succeeded-party-acts", v1::FINDING_SEVERITY_SERIOUS,
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
        out_.Add(
            last->fact->event, element.id(), kRepresentativeChanged, v1::FINDING_SEVERITY_NOTE,
            {absl::StrCat("Depuis le ", FrenchDate(since), ", « ", office.office(), " » se lit « ",
                          last->reads, " » (fait de suivi) ; le texte signé ne change pas."),
             absl::StrCat("Since ", EnglishDate(since), " “", office.office(), "” reads “",
                          last->reads, "” (follow-up); the text as signed does not change.")});
      }
    }
  }

  void Exchange(const LifeLine& line) {
    out_.Add(*line.opening, Late(*line.opening));
    const std::optional<CivilDate> opinion = FirstOpinion(data_, book_, line);
    const auto counting =
        book_.StandingFor(line, Life::kDataExchangeDecided, data_.Text(line.opening->detail));
    for (std::size_t i = 1; i < counting.size(); ++i) {
      out_.Add(*counting[i], "exchange-decided-twice", v1::FINDING_SEVERITY_WARNING,
               {"L-24 : cette demande était déjà décidée ; la dernière décision est montrée.",
                "L-24: this request was already decided; the last decision is shown."});
    }
    for (const LifeFact* fact : book_.Standing(line, Life::kDataExchangeDecided)) {
      out_.Add(*fact, rules::CheckMayDecideExchange(opinion, fact->day));
      if (fact->variant == 0) continue;
      out_.Add(*fact, Late(*fact));
      out_.Add(*fact, rules::CheckExchangeRegistered(fact->variant != kAcceptedUnregistered));
      const LifeFact* const last = LastOpinion(data_, book_, line, fact->day);
      if (last != nullptr) {
        out_.Add(*fact, rules::CheckAgainstOpinion(last->variant != 0, last->day));
      }
    }
  }

  void Reviews(const LifeLine& line) {
    for (const LifeFact* fact : book_.Standing(line, Life::kReviewGiven)) {
      const std::string& author = data_.PartnerOf(fact->event);
      if (WasAsked(data_, book_, line, author, fact->day)) continue;
      const std::string who = names_.Name(author);
      out_.Add(*fact, kReviewNotAsked, v1::FINDING_SEVERITY_WARNING,
               {absl::StrCat("La relecture n'a pas été demandée ", ToParty(who), "."),
                absl::StrCat("The review was not asked from ", who, ".")});
    }
  }

  // L-56, CHK-17: what lies between this convention and the one that renews it: by the days of that
  // one where it binds, else by those that the link gives.
  void Renewal(const LifeFact& fact) {
    const auto from = CivilDate::TryParse(data_.Text(fact.detail));
    const std::optional<rules::Term> term = EffectOf(book_, text_, ending_, on_);
    if (!from.has_value() || !term.has_value()) return;
    const SuccessorFacts* const next =
        successors_ == nullptr ? nullptr : successors_->Of(data_.LeafOf(fact.event));
    const bool real = next != nullptr && next->renewal.concluded_on.has_value() &&
                      next->renewal.effect.has_value();
    const rules::Term after =
        real ? *next->renewal.effect : rules::Term{*from, std::max(*from, term->last)};
    rules::Words by = next != nullptr ? SayNext(*next) : SayNotCompared(successors_);
    if (!real) {
      by.fr = absl::StrCat("dates du lien ; ", by.fr);
      by.en = absl::StrCat("days of the link; ", by.en);
    }
    const std::string by_fr = absl::StrCat(" (", by.fr, ").");
    const std::string by_en = absl::StrCat(" (", by.en, ").");
    if (real && after.first != *from) {
      out_.Add(fact, "renewal-other-dates", v1::FINDING_SEVERITY_WARNING,
               {absl::StrCat("L-56 : le lien dit que la convention suivante commence le ",
                             FrenchDate(from->ToString()), by_fr),
                absl::StrCat("L-56: the link says that the next convention starts on ",
                             EnglishDate(from->ToString()), by_en)});
    }
    const rules::Succession between = rules::CompareWithPredecessor(*term, after);
    if (between.gap.has_value()) {
      const rules::Term& gap = *between.gap;
      out_.Add(fact, "renewal-gap", v1::FINDING_SEVERITY_WARNING,
               {absl::StrCat("L-56 : rien n'est en vigueur du ", FrenchDate(gap.first.ToString()),
                             " au ", FrenchDate(gap.last.ToString()),
                             ", entre cette convention et la suivante", by_fr),
                absl::StrCat("L-56: nothing is in force from ", EnglishDate(gap.first.ToString()),
                             " to ", EnglishDate(gap.last.ToString()),
                             ", between this convention and the next", by_en)});
    } else if (between.overlap.has_value()) {
      out_.Add(
          fact, "renewal-overlap", v1::FINDING_SEVERITY_WARNING,
          {absl::StrCat("L-56 : la convention suivante commence le ",
                        FrenchDate(after.first.ToString()), ", avant la fin de celle-ci, le ",
                        FrenchDate(term->last.ToString()), by_fr),
           absl::StrCat("L-56: the next convention starts on ", EnglishDate(after.first.ToString()),
                        ", before the end of this one, on ", EnglishDate(term->last.ToString()),
                        by_en)});
    }
  }

  // L-56: records that name different conventions as the one that follows. Links are few
  // (kRenewalsRead).
  void SeveralNext(const std::map<Digest, std::string>& named) {
    // By convention, what people call it here.
    std::map<std::string, rules::Words> all;
    for (const auto& [leaf, id] : named) {
      const SuccessorFacts* const next = successors_->Of(leaf);
      rules::Words& name = all[id];
      const std::string shown = id.substr(0, kShortId);
      if (name.fr.empty()) name = {shown, shown};
      if (next == nullptr || next->title.empty()) continue;
      name = {absl::StrCat("« ", next->title, " » (", shown, ")"),
              absl::StrCat("“", next->title, "” (", shown, ")")};
    }
    if (all.size() < 2) return;
    for (const LifeLine& line : book_.lines()) {
      if (line.kind() != Life::kRenewalLinked || !book_.Stands(line)) continue;
      const auto own = named.find(data_.LeafOf(line.opening->event));
      if (own == named.end()) continue;
      rules::Words others;
      for (const auto& [id, name] : all) {
        if (id == own->second) continue;
        absl::StrAppend(&others.fr, others.fr.empty() ? "" : ", ", name.fr);
        absl::StrAppend(&others.en, others.en.empty() ? "" : ", ", name.en);
      }
      out_.Add(*line.opening, "renewal-contested", v1::FINDING_SEVERITY_WARNING,
               {absl::StrCat("L-56 : ", all.size(),
                             " conventions différentes sont dites suivre celle-ci : ce lien donne ",
                             all[own->second].fr, ", un autre ", others.fr,
                             " ; à vérifier : le lien qui n'est pas le bon se corrige."),
                absl::StrCat("L-56: ", all.size(),
                             " different conventions are said to follow this one: this link gives ",
                             all[own->second].en, ", another ", others.en,
                             "; to be checked: the link that is not right is corrected.")});
    }
  }

  void Corrected(const LifeFact& fact) {
    const v1::Element* const element = Elements().Find(data_.Text(fact.element));
    const bool agreed = element != nullptr && IsAgreed(*element, "");
    if (agreed || fact.variant != 0) out_.Add(fact, rules::ClericalNever());
  }

  // CHK-25: it happened, and weighs on the convention until it is put right or ends it.
  void Observed(const LifeLine& line) {
    const LifeFact& fact = *line.opening;
    if (NamesWhatChanged(data_, fact)) {
      const auto ended = book_.Standing(line, Life::kTerminationDeclared);
      const bool holds = std::any_of(ended.begin(), ended.end(), [&](const LifeFact* one) {
        return TerminationHolds(data_, book_, line, nullptr, *one);
      });
      if (!book_.Stands(line) || fact.day > on_ || holds) return;
      // A fact about no element in particular is about the terms.
      const std::string& element = data_.Text(fact.element);
      const std::string what =
          element.empty() || element == "terms" ? "" : Elements().Name(element);
      const std::string since = fact.day.ToString();
      out_.Add(fact, "change-observed", v1::FINDING_SEVERITY_WARNING,
               {absl::StrCat("CHK-25, L-52 : modification sans avenant constatée le ",
                             FrenchDate(since), what.empty() ? "" : " – ", what,
                             " : à régulariser par un avenant ; la CAF seule peut y fonder une "
                             "résiliation sans préavis."),
                absl::StrCat("CHK-25, L-52: change without an avenant observed on ",
                             EnglishDate(since), what.empty() ? "" : " – ", what,
                             ": to be put right by an avenant; the CAF alone may end the "
                             "convention without notice on that ground.")});
      return;
    }
    out_.Add(
        fact, "change-unnamed", v1::FINDING_SEVERITY_WARNING,
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
    // Of words that a concluded act changed since, it says nothing.
    if (book_.FirstUnwritten({data_.Text(fact.element)}, on_) == nullptr) return;
    const bool court = fact.variant == v1::UNWRITTEN_CAUSE_COURT_DECISION;
    const std::string clause = Elements().Name(data_.Text(fact.element));
    out_.Add(fact, kDeemedUnwritten, v1::FINDING_SEVERITY_WARNING,
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
      out_.Add(opening, before);
      if (!before.has_value() && term.has_value()) {
        const auto outside = rules::CheckYearOfTerm(year, *term);
        out_.Add(opening,
                 outside.has_value() ? outside : rules::CheckYearOver(year, opening.day, *term));
      }
    }
    for (const LifeFact* fact : book_.Standing(line, Life::kEvaluationValidated)) {
      const v1::Element* const body = Elements().Find(data_.Text(fact->detail));
      if (body == nullptr || !body->has_body()) continue;
      out_.Add(*fact, rules::CheckValidatingBody(body->body()));
    }
  }

  const ElementBook& Elements() {
    if (!elements_.has_value()) elements_.emplace(data_, on_);
    return *elements_;
  }

  const StateData& data_;
  const ConsolidatedText& text_;
  const CivilDate on_;
  const Successors* const successors_;
  const LifeBook& book_;
  const PartyBook& names_;
  const EndingFacts ending_;
  // Made when a fact is about one.
  std::optional<ElementBook> elements_;
  // By partner, in the order of the days: where it lost its place, and where it took one.
  std::map<std::string, std::vector<const Succession*>> turns_;
  LifeFindingList out_;
};

}  // namespace

std::vector<v1::Finding> LifeFindings(const StateData& data, const PartyBook& names,
                                      const LifeBook& book, const ConsolidatedText& text,
                                      CivilDate on, const Successors* successors) {
  if (data.life.empty()) return {};
  return LifeChecker(data, names, book, text, on, successors).Check();
}

}  // namespace greffe
