#include "core/convention/life_check.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/convention/element_lookup.h"
#include "core/rules/life.h"
#include "core/rules/notice.h"
#include "core/rules/obligations.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

class Checker {
 public:
  Checker(const StateData& data, const ConsolidatedText& text, CivilDate on)
      : data_(data), text_(text), on_(on), book_(data), names_(data), roll_(RollOf(text)) {}

  std::vector<v1::Finding> Check() {
    for (const LifeLine& line : book_.lines()) Line(line);
    std::sort(out_.begin(), out_.end(), [](const v1::Finding& a, const v1::Finding& b) {
      return std::tie(a.leaf(), a.code()) < std::tie(b.leaf(), b.code());
    });
    return std::move(out_);
  }

 private:
  void Add(const LifeFact& fact, absl::string_view code, v1::FindingSeverity severity,
           rules::Words words) {
    v1::Finding& out = out_.emplace_back();
    out.set_code(std::string(code));
    out.set_severity(severity);
    out.set_text(std::move(words.fr));
    out.set_text_en(std::move(words.en));
    out.set_leaf(data_.LeafOf(fact.event).ToHex());
    out.set_element_id(data_.Text(fact.element));
  }

  void Add(const LifeFact& fact, const std::optional<rules::Oddity>& odd) {
    if (!odd.has_value()) return;
    const absl::string_view id = rules::RowOf(odd->rule).id;
    const std::string who = names_.Name(data_.PartnerOf(fact.event));
    Add(fact, odd->code, odd->severity,
        {absl::StrCat(id, " : ", who, " : ", odd->words.fr),
         absl::StrCat(id, ": ", who, ": ", odd->words.en)});
  }

  void Line(const LifeLine& line) {
    std::optional<NoticeFacts> notice;
    if (line.kind() == Life::kNoticeSent) notice = ReadNotice(data_, book_, line, roll_);
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
      default:
        return;
    }
  }

  void Notice(const LifeLine& line, const NoticeFacts& notice) {
    const LifeFact& opening = *line.opening;
    Add(opening, rules::CheckProofOfSending(opening.evidence));
    Add(opening, rules::CheckMaySend(notice.kind, roll_.KindOf(notice.sender)));
    for (const LifeFact* fact : book_.Standing(line, Life::kNoticeFruitless)) {
      Add(*fact, rules::CheckFruitless(notice.kind, notice.sent_on, fact->day));
    }
    if (notice.kind != v1::NOTICE_KIND_DENUNCIATION || notice.retracted != nullptr) return;
    const std::optional<rules::Term> term = TermOf(text_);
    const std::optional<rules::Deadline>& deadline =
        notice.counting().has_value() ? notice.counting() : notice.from_sending;
    if (term.has_value() && deadline.has_value()) {
      Add(opening, rules::CheckDenunciationUseful(*deadline, term->last));
    }
    if (!deadline.has_value() ||
        rules::EffectOfDenunciation(roll_.sides, deadline->effect_on, deadline->effect_on) !=
            rules::DenunciationEffect::kToQualify) {
      return;
    }
    const std::string who = names_.Name(notice.sender);
    Add(opening, "denunciation-to-qualify", v1::FINDING_SEVERITY_WARNING,
        {absl::StrCat("L-53 : dénonciation de ", who, " parmi ", roll_.sides,
                      " parties : effet à qualifier ; elle ne met fin à rien de soi-même."),
         absl::StrCat("L-53: dénonciation by ", who, " among ", roll_.sides,
                      " parties: effect to be qualified; it ends nothing by itself.")});
  }

  void Termination(const LifeLine& line, const NoticeFacts* notice, const LifeFact& fact) {
    if (TerminationHolds(data_, book_, roll_, line, notice, fact)) return;
    const std::optional<rules::Oddity> standing =
        rules::CheckMayTerminate(static_cast<v1::TerminationGround>(fact.variant),
                                 notice == nullptr ? v1::NOTICE_KIND_UNSPECIFIED : notice->kind,
                                 roll_.KindOf(data_.PartnerOf(fact.event)));
    if (standing.has_value()) return Add(fact, standing);
    Add(fact, "termination-ineffective", v1::FINDING_SEVERITY_SERIOUS,
        {"L-50 : la résiliation ne répond à aucune mise en demeure restée sans effet ni à une "
         "modification sans avenant : elle ne met fin à rien.",
         "L-50: the termination answers no mise en demeure that ran out without effect and no "
         "change without an avenant: it ends nothing."});
  }

  void Exchange(const LifeLine& line) {
    const std::optional<CivilDate> opinion = FirstOpinion(data_, book_, line);
    for (const LifeFact* fact : book_.Standing(line, Life::kDataExchangeDecided)) {
      Add(*fact, rules::CheckMayDecideExchange(opinion, fact->day));
    }
  }

  void Unwritten(const LifeFact& fact) {
    const auto from = CivilDate::Parse(data_.Text(fact.detail), "effective_from");
    const std::optional<rules::Term> term = TermOf(text_);
    if (!rules::IsUnwritten(from.ok() ? std::optional<CivilDate>(*from) : std::nullopt,
                            term.has_value() ? std::optional<CivilDate>(term->first) : std::nullopt,
                            on_)) {
      return;
    }
    const bool court = fact.variant == v1::UNWRITTEN_CAUSE_COURT_DECISION;
    const std::string clause = ElementName(data_, data_.Text(fact.element));
    Add(fact, "deemed-unwritten", v1::FINDING_SEVERITY_WARNING,
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
      const std::optional<rules::Term> term = TermOf(text_);
      const auto before = rules::CheckYearBegun(year, opening.day);
      Add(opening, before);
      if (!before.has_value() && term.has_value()) {
        Add(opening, rules::CheckYearOver(year, opening.day, *term));
      }
    }
    for (const LifeFact* fact : book_.Standing(line, Life::kEvaluationValidated)) {
      const v1::Element* const body = FindElementAnywhere(data_, data_.Text(fact->detail));
      if (body == nullptr || !body->has_body()) continue;
      Add(*fact, rules::CheckValidatingBody(body->body()));
    }
  }

  const StateData& data_;
  const ConsolidatedText& text_;
  const CivilDate on_;
  const LifeBook book_;
  const PartyBook names_;
  const PartyRoll roll_;
  std::vector<v1::Finding> out_;
};

}  // namespace

std::vector<v1::Finding> LifeFindings(const StateData& data, const ConsolidatedText& text,
                                      CivilDate on) {
  if (data.life.empty()) return {};
  return Checker(data, text, on).Check();
}

}  // namespace greffe
