#include "core/convention/checks/freeze_confirm.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/digest.h"
#include "core/base/refusal.h"
#include "core/convention/checks/freeze_check.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/life_kinds.h"
#include "core/convention/reading/text_check.h"
#include "core/convention/state/order.h"
#include "core/convention/text/party_book.h"
#include "core/convention/text/succession.h"
#include "core/rules/force.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

// What of the text the act answers for: all of an original, what it puts of another.
std::vector<rules::Oddity> AskAboutText(const StateData& data, const FreezeInMaking& freeze) {
  std::set<std::string> put;
  for (const DraftChange* change : data.CurrentDraft(*freeze.act.facts)) {
    if (change->put != nullptr) put.insert(change->put->id());
  }
  return Together(CheckChangedText(ElementsOf(freeze.text), put));
}

// A refusal travels in the trailers of a call, where little fits: as many as freeze_check.cc names.
constexpr std::size_t kSilentNamed = 8;

// Partner ids of the co-chairs of the text's steering committees; without any, of its CAFs.
struct Reviewers {
  bool co_chairs = false;
  std::set<std::string> partners;
};

Reviewers ReviewersOf(const TextInMaking& text) {
  std::set<std::string> co_chairs;
  std::set<std::string> cafs;
  for (const DraftedElement& one : text.Elements()) {
    const v1::Body& body = one.element->body();
    if (body.kind() == v1::BODY_KIND_STEERING) {
      co_chairs.insert(body.co_chairs().begin(), body.co_chairs().end());
    }
    const v1::Party& party = one.element->party();
    if (party.kind() == v1::PARTNER_KIND_CAF) cafs.insert(party.partner_id());
  }
  if (co_chairs.empty()) return {false, std::move(cafs)};
  return {true, std::move(co_chairs)};
}

// Reviews of a draft, and who stands for whom by law. A partner may have given any number.
class Reviews final {
 public:
  Reviews(const StateData& data, const ActRef& act) : data_(data), of_one_place_(OfOnePlace(data)) {
    std::vector<EventNumber> drafted;
    for (const DraftChange* change : data.CurrentDraft(*act.facts))
      drafted.push_back(change->event);
    drafted_ = LastOfEachBranch(data, drafted);
    const std::string id = act.id.ToHex();
    for (const LifeFact& fact : data.life) {
      const EventRow& row = data.events[fact.event];
      const auto asked = data.life_by_event.find(fact.answers);
      if (static_cast<LifeCase>(fact.kind) != v1::LifeRecorded::kReviewGiven || !row.authorised ||
          row.replaced || asked == data.life_by_event.end() ||
          data.Text(data.life[asked->second].detail) != id) {
        continue;
      }
      Given& by = given_[data.PartnerOf(fact.event)];
      (fact.variant == v1::REVIEW_VERDICT_AGREED ? by.agreed : by.other).push_back(fact.event);
    }
  }

  bool IsSame(const std::string& one, const std::string& other) const {
    return one == other || PlaceOf(one).count(other) > 0;
  }

  // True when the partner found the draft good as it stands, and said nothing else that it had not
  // seen then.
  bool Agrees(const std::string& partner) const {
    Given all;
    for (const std::string& one : PlaceOf(partner)) {
      const auto found = given_.find(one);
      if (found == given_.end()) continue;
      const Given& by = found->second;
      all.agreed.insert(all.agreed.end(), by.agreed.begin(), by.agreed.end());
      all.other.insert(all.other.end(), by.other.begin(), by.other.end());
    }
    const std::vector<EventNumber> agreed = LastOfEachBranch(data_, all.agreed);
    const std::vector<EventNumber> other = LastOfEachBranch(data_, all.other);
    return std::any_of(agreed.begin(), agreed.end(), [&](EventNumber one) {
      const auto seen = [&](EventNumber event) { return data_.Saw(one, event); };
      return std::all_of(drafted_.begin(), drafted_.end(), seen) &&
             std::all_of(other.begin(), other.end(), seen);
    });
  }

 private:
  struct Given {
    std::vector<EventNumber> agreed;
    std::vector<EventNumber> other;
  };

  // The partner and those that stand with it for one place.
  std::set<std::string> PlaceOf(const std::string& partner) const {
    const auto place = of_one_place_.find(partner);
    return place == of_one_place_.end() ? std::set<std::string>{partner} : place->second;
  }

  const StateData& data_;
  const std::map<std::string, std::set<std::string>> of_one_place_;
  std::vector<EventNumber> drafted_;
  // By partner that gave them.
  std::map<std::string, Given> given_;
};

std::optional<FreezeQuestion> AskAboutReviews(const StateData& data, const FreezeInMaking& freeze,
                                              const std::string& author) {
  if (!rules::IsOn(rules::Rule::kSteering)) return std::nullopt;
  const Reviews reviews(data, freeze.act);
  const PartyBook book(data);
  const Reviewers wanted = ReviewersOf(freeze.text);
  std::vector<std::string> named;
  std::size_t silent = 0;
  for (const std::string& one : wanted.partners) {
    if (reviews.IsSame(one, author) || reviews.Agrees(one)) continue;
    if (++silent <= kSilentNamed) named.push_back(book.Name(one));
  }
  if (silent == 0) return std::nullopt;
  const std::size_t more = silent - named.size();
  const std::string names = absl::StrJoin(named, ", ");
  return FreezeQuestion{
      rules::Rule::kSteering,
      {absl::StrCat(wanted.co_chairs ? "on fige avec la coprésidence"
                                     : "aucun comité de pilotage du texte ne nomme de "
                                       "coprésidence, on fige avec la Caf",
                    " ; pas de relecture favorable du projet tel qu'il est : ", names,
                    more == 0   ? ""
                    : more == 1 ? ", et 1 autre"
                                : absl::StrCat(", et ", more, " autres"),
                    " (greffe review ask, review give)."),
       absl::StrCat(wanted.co_chairs ? "a text is frozen with the co-chairs"
                                     : "no steering committee of the text names co-chairs, a text "
                                       "is frozen with the CAF",
                    "; no favourable review of the draft as it stands: ", names,
                    more == 0 ? "" : absl::StrCat(", and ", more, " more"),
                    " (greffe review ask, review give).")}};
}

// What answers these questions and no others. The rules are there for people who read a log.
std::string ConfirmationOf(const StateData& data, const ActRef& act,
                           const std::vector<FreezeQuestion>& questions) {
  std::vector<std::string> lines;
  for (const Digest& leaf : data.DraftLeaves(*act.facts)) lines.push_back(leaf.ToHex());
  // No two acts have a change in common. In an order that is the same on every replica.
  std::sort(lines.begin(), lines.end());
  lines.insert(lines.begin(), "greffe/v1/confirm");
  std::vector<absl::string_view> rules;
  for (const FreezeQuestion& one : questions) {
    rules.push_back(rules::RowOf(one.rule).id);
    lines.push_back(one.words.fr);
  }
  return absl::StrCat(absl::StrJoin(rules, "+"), ":", Sha256({absl::StrJoin(lines, "\n")}).ToHex());
}

}  // namespace

std::optional<FreezeQuestion> AskAboutEffect(CivilDate from, CivilDate today) {
  const std::uint32_t days = rules::RetroactiveDays(from, today);
  if (days == 0) return std::nullopt;
  const std::string day = from.ToString();
  return FreezeQuestion{
      rules::Rule::kRetroactive,
      {absl::StrCat("l'acte aurait effet dès le ", FrenchDate(day), ", ",
                    Count(days, "jour", "jours"),
                    " avant aujourd'hui, et davantage tant qu'il n'est pas conclu."),
       absl::StrCat("the act would have effect from ", EnglishDate(day), " on, ",
                    CountEn(days, "day", "days"),
                    " before today, and more while it is not concluded.")}};
}

std::optional<FreezeQuestion> AskAboutDiagnosis(const TextInMaking& text) {
  bool articles = false;
  std::vector<absl::string_view> texts;
  for (const DraftedElement& one : text.Elements()) {
    articles = articles || one.element->has_article();
    AddTextsOfDiagnosis(*one.element, &texts);
  }
  if (!articles) return std::nullopt;
  const std::optional<rules::Oddity> odd = rules::CheckDiagnosis(texts);
  if (!odd.has_value()) return std::nullopt;
  return FreezeQuestion{odd->rule, odd->words};
}

absl::Status CheckConfirmed(const StateData& data, const FreezeInMaking& freeze,
                            absl::string_view confirmed, const CommandContext& context) {
  std::vector<FreezeQuestion> questions;
  const auto add = [&](std::optional<FreezeQuestion> one) {
    if (one.has_value()) questions.push_back(*std::move(one));
  };
  if (auto words = UnresolvedReferences(data, *freeze.act.facts, freeze.text)) {
    add(FreezeQuestion{rules::Rule::kReferences, *std::move(words)});
  }
  for (rules::Oddity& odd : AskAboutText(data, freeze)) {
    add(FreezeQuestion{odd.rule, std::move(odd.words)});
  }
  add(AskAboutEffect(freeze.effective_from, context.today));
  if (data.OpeningOf(*freeze.act.facts).kind == v1::ACT_KIND_ORIGINAL) {
    add(AskAboutDiagnosis(freeze.text));
  }
  add(AskAboutReviews(data, freeze, context.partner_id));
  if (questions.empty()) return absl::OkStatus();
  const std::string confirm = ConfirmationOf(data, freeze.act, questions);
  if (confirmed == confirm) return absl::OkStatus();
  std::vector<std::string> fr;
  std::vector<std::string> en;
  if (!confirmed.empty()) {
    fr.push_back("Le projet ou ce qu'il faut confirmer a changé depuis :");
    en.push_back("The draft, or what is to be confirmed, has changed since:");
  }
  for (const FreezeQuestion& one : questions) {
    const absl::string_view id = rules::RowOf(one.rule).id;
    fr.push_back(absl::StrCat(id, " : ", one.words.fr));
    en.push_back(absl::StrCat(id, ": ", one.words.en));
  }
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = std::string(rules::RowOf(questions.front().rule).id),
                   .field = "confirmed",
                   .fr = absl::StrJoin(fr, "\n"),
                   .en = absl::StrJoin(en, "\n"),
                   .next_fr = "Vérifiez et corrigez (greffe act revise), ou confirmez le tout : "
                              "greffe act freeze … --yes.",
                   .next_en =
                       "Check and correct (greffe act revise), or confirm it all: greffe act "
                       "freeze … --yes.",
                   .confirm = confirm});
}

}  // namespace greffe
