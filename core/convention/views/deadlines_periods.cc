// Periods that end by themselves: notices, and windows before the courts.

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/life_text.h"
#include "core/convention/views/deadlines.h"
#include "core/rules/life.h"
#include "core/rules/notice.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

// Enough digits to tell the facts of one convention apart.
std::string Key(const DeadlineInput& in, EventNumber event) {
  return in.data.LeafOf(event).ToHex().substr(0, 16);
}

bool IsAfterEnd(const DeadlineInput& in, CivilDate day) {
  return NotOver(in.book, in.ending, day).has_value();
}

rules::Rule RuleOf(v1::NoticeKind kind) {
  return kind == v1::NOTICE_KIND_DENUNCIATION ? rules::Rule::kDenunciation
         : kind == v1::NOTICE_KIND_LAW        ? rules::Rule::kNoticeByCaf
                                              : rules::Rule::kContractPeriod;
}

// L-50: found without effect, or followed by a termination: nothing was cured, and nobody has
// anything left to do about it.
bool IsWithoutEffect(const NoticeFacts& notice) {
  return notice.terminated != nullptr || (notice.fruitless != nullptr && notice.cured == nullptr);
}

rules::Words NoticeText(const DeadlineInput& in, const NoticeFacts& notice) {
  const std::string sender = in.names.Name(notice.sender);
  if (notice.kind == v1::NOTICE_KIND_DENUNCIATION) {
    return {absl::StrCat("Préavis de la dénonciation ", OfParty(sender)),
            absl::StrCat("Notice of the dénonciation by ", sender)};
  }
  if (IsWithoutEffect(notice)) {
    return {absl::StrCat("Mise en demeure ", OfParty(sender), ", restée sans effet"),
            absl::StrCat("Mise en demeure by ", sender, ", without effect")};
  }
  return {absl::StrCat("Réparer : mise en demeure ", OfParty(sender)),
          absl::StrCat("Cure: mise en demeure by ", sender)};
}

// L-53, domain.md section 9.1: what follows the notice is for the co-chairs to say.
DeadlineMade ToQualify(const std::optional<rules::Deadline>& period, const NoticeFacts& notice,
                       DeadlineMade made) {
  if (!period.has_value()) return made;
  made.effect_on.reset();
  const rules::Words why = notice.WhyToQualify();
  const rules::Words exit = rules::ExitSaid(notice.exit, period->last_day);
  made.why = {absl::StrCat(period->why.fr, " Effet à qualifier par la coprésidence : ", why.fr,
                           " ; la dénonciation ne met fin à rien de soi-même (L-53).", exit.fr),
              absl::StrCat(period->why.en, " Effect to be qualified by the co-chairs: ", why.en,
                           "; the dénonciation ends nothing by itself (L-53).", exit.en)};
  return made;
}

// L-53: of several letters of one party, only the one whose notice is over first changes anything.
bool IsRepeated(const DeadlineInput& in, const LifeLine& line, const NoticeFacts& notice) {
  return notice.kind == v1::NOTICE_KIND_DENUNCIATION &&
         DenouncedAlready(in.book, in.ending, notice.sender, notice.sent_on, &line) != nullptr;
}

DeadlineMade FromPeriod(const std::optional<rules::Deadline>& period, rules::Words missing) {
  DeadlineMade made;
  if (!period.has_value()) {
    made.why = std::move(missing);
    return made;
  }
  made.last_day = period->last_day;
  made.effect_on = period->effect_on;
  made.why = {absl::StrCat(period->why.fr, " ", period->effect.fr),
              absl::StrCat(period->why.en, " ", period->effect.en)};
  return made;
}

// Threads that may restart the period of a referral (L-59), by the record of a délibération that
// they answer.
using Restarts = std::multimap<EventNumber, const LifeLine*>;
Restarts RestartsIn(const DeadlineInput& in) {
  Restarts out;
  for (const LifeLine& line : in.book.lines()) {
    const std::string& code = in.data.Text(line.opening->detail);
    const bool asks = line.kind() == Life::kLegalityMessageRecorded &&
                      (absl::StartsWith(code, "3-") || absl::StartsWith(code, "4-"));
    const bool appeals = line.kind() == Life::kDeliberationChallenged &&
                         line.opening->variant == v1::CHALLENGE_KIND_GRACIOUS;
    if ((asks || appeals) && in.book.Stands(line)) out.emplace(line.opening->answers, &line);
  }
  return out;
}

// Receipt, or the last message or recours gracieux that restarted the period while it ran (L-59).
// `records`: the délibération and what it corrects, which messages may have answered.
std::optional<CivilDate> ReferralFrom(const Restarts& restarts,
                                      const std::set<EventNumber>& records,
                                      std::optional<CivilDate> received) {
  if (!received.has_value()) return std::nullopt;
  // As they stand in one vector, by day.
  std::set<const LifeLine*> lines;
  for (const EventNumber record : records) {
    const auto [first, last] = restarts.equal_range(record);
    for (auto one = first; one != last; ++one) lines.insert(one->second);
  }
  CivilDate from = *received;
  for (const LifeLine* line : lines) {
    const std::optional<rules::Deadline> running = rules::ReferralWindow(from).deadline;
    const CivilDate day = line->opening->day;
    if (from <= day && running.has_value() && day <= running->last_day) from = day;
  }
  return from;
}

// Nothing runs from dates that cannot be so.
DeadlineMade NotComputable(DeadlineMade made, const rules::Oddity& odd) {
  const absl::string_view rule = rules::RowOf(made.rule).id;
  const absl::string_view check = rules::RowOf(odd.rule).id;
  made.last_day.reset();
  made.effect_on.reset();
  made.why = {absl::StrCat(rule,
                           " : délai non calculable, la délibération enregistrée est à "
                           "corriger (",
                           check, ") : ", odd.words.fr),
              absl::StrCat(rule,
                           ": the period cannot be computed, the délibération on record is to "
                           "be corrected (",
                           check, "): ", odd.words.en)};
  return made;
}

DeadlineMade FromWindow(const rules::Window& window) {
  DeadlineMade made;
  made.why = window.why;
  if (!window.deadline.has_value()) return made;
  made.last_day = window.deadline->last_day;
  made.effect_on = window.deadline->effect_on;
  return made;
}

}  // namespace

std::vector<v1::Deadline> NoticeDeadlines(const DeadlineInput& in, const LifeLine& line) {
  const NoticeFacts notice = ReadNotice(in.data, in.book, line);
  // A letter taken back has no deadline.
  if (notice.retracted != nullptr) return {};
  // Nothing runs from what can end nothing.
  if (notice.defect != NoticeDefect::kNone || IsAfterEnd(in, notice.sent_on)) return {};
  if (IsRepeated(in, line, notice)) return {};
  // L-54, L-55: what the end of the convention overtook runs no more.
  const std::optional<rules::End> over = OverBy(in, &line);
  if (over.has_value() && notice.counting().has_value() &&
      over->last_day < notice.counting()->last_day) {
    return {};
  }
  const rules::Words too_late{"La fin est au-delà du calendrier.",
                              "The end is beyond the calendar."};
  const auto finish = [&](const std::optional<rules::Deadline>& period, const rules::Words& missing,
                          absl::string_view from) {
    DeadlineMade made = FromPeriod(period, missing);
    if (notice.to_qualify()) made = ToQualify(period, notice, std::move(made));
    made.id = absl::StrCat("notice-", Key(in, line.root->event), from);
    made.rule = RuleOf(notice.kind);
    const rules::Words text = NoticeText(in, notice);
    made.text.fr = text.fr;
    made.text.en = text.en;
    made.element_id = in.data.Text(line.opening->element);
    made.fact = line.opening->event;
    if (period.has_value() && !notice.unwritten.empty()) {
      const rules::Words said =
          rules::PeriodOfUnwritten(notice.unwritten, rules::LengthOf(notice.period));
      made.why.fr = absl::StrCat(said.fr, " ", made.why.fr);
      made.why.en = absl::StrCat(said.en, " ", made.why.en);
    }
    return made;
  };
  const rules::Words not_received{"Le jour de réception n'est pas enregistré.",
                                  "The day of receipt is not on record."};
  const auto received = [&] {
    return finish(notice.from_receipt, notice.received_on.has_value() ? too_late : not_received,
                  "-received");
  };
  std::vector<v1::Deadline> out;
  DeadlineMade sent = finish(notice.from_sending, too_late, "-sent");
  if (notice.kind != v1::NOTICE_KIND_DENUNCIATION) {
    if (notice.by_receipt()) sent = received();
    // What a termination by it did is for people to say.
    if (notice.period.unclear) sent.effect_on.reset();
    const bool past = over.has_value() || IsWithoutEffect(notice);
    sent.nature = past ? DeadlineNature::kPeriod : DeadlineNature::kObligation;
    sent.partner_id =
        SpeakerFor(in.book, in.data.Text(line.opening->detail), notice.sent_on, in.today);
    sent.done = notice.cured != nullptr && !IsWithoutEffect(notice);
    out.push_back(MakeDeadline(in, std::move(sent)));
    return out;
  }
  const bool open = notice.to_qualify();
  const auto add = [&](DeadlineMade made, absl::string_view fr, absl::string_view en) {
    absl::StrAppend(&made.text.fr, fr, open ? " ; effet à qualifier" : "");
    absl::StrAppend(&made.text.en, en, open ? "; effect to be qualified" : "");
    out.push_back(MakeDeadline(in, std::move(made)));
  };
  // Both, where the convention does not say from when.
  const bool unsaid = notice.period.from == rules::CountedFrom::kUnsaid;
  if (unsaid || !notice.by_receipt()) {
    add(std::move(sent), ", compté de l'envoi", ", counted from sending");
  }
  if (unsaid || notice.by_receipt()) {
    add(received(), ", compté de la réception", ", counted from receipt");
  }
  return out;
}

std::vector<v1::Deadline> WindowDeadlines(const DeadlineInput& in) {
  std::vector<v1::Deadline> out;
  const std::set<EventNumber> struck = StruckVotes(in.data, Struck::kForGood);
  const Restarts restarts = RestartsIn(in);
  for (const DeliberationFact& fact : in.data.deliberations) {
    const EventRow& row = in.data.events[fact.event];
    if (!row.authorised || row.replaced) continue;
    const std::set<EventNumber> records = RecordsOf(in.data, fact);
    const bool gone = std::any_of(records.begin(), records.end(),
                                  [&](EventNumber one) { return struck.count(one) > 0; });
    if (gone) continue;
    const v1::Deliberation& vote = *fact.deliberation;
    if (!in.names.TransmitsVotes(vote.partner_id())) continue;
    const std::optional<CivilDate> received = CivilDate::TryParse(vote.received_on());
    const std::string name = in.names.Name(vote.partner_id());
    const std::string& day = vote.sitting_on();
    const rules::Words of{absl::StrCat(" : délibération ", OfParty(name), " du ", FrenchDate(day)),
                          absl::StrCat(": délibération of ", name, " of ", EnglishDate(day))};
    const std::optional<rules::Oddity> odd =
        rules::FirstContradictionOfDates(vote, in.names.ReceiptOwnerOf(vote.partner_id()));
    const auto add = [&](DeadlineMade made, absl::string_view id, rules::Rule rule,
                         absl::string_view fr, absl::string_view en) {
      made.id = absl::StrCat(id, "-", Key(in, fact.event));
      made.rule = rule;
      if (odd.has_value()) made = NotComputable(std::move(made), *odd);
      made.text = {absl::StrCat(fr, of.fr), absl::StrCat(en, of.en)};
      made.fact = fact.event;
      made.partner_id = vote.partner_id();
      out.push_back(MakeDeadline(in, std::move(made)));
    };
    if (rules::IsOn(rules::Rule::kChallengePeriod)) {
      add(FromWindow(rules::ChallengeWindow(CivilDate::TryParse(vote.published_on()), received)),
          "challenge", rules::Rule::kChallengePeriod, "Recours des tiers",
          "Challenge by third parties");
    }
    if (rules::IsOn(rules::Rule::kReferralPeriod)) {
      add(FromWindow(rules::ReferralWindow(ReferralFrom(restarts, records, received))), "referral",
          rules::Rule::kReferralPeriod, "Déféré du préfet", "Referral by the prefect");
    }
  }
  return out;
}

}  // namespace greffe
