// Recording deliberations. What an assembly did is a fact: figures that do not add up are recorded
// and found, never refused.

#include "core/convention/decide/decide_deliberation.h"

#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/checks/to_come.h"
#include "core/convention/decide.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/french.h"
#include "core/rules/authority.h"
#include "core/rules/calendar.h"

namespace greffe {
namespace {

// Numbers of acts and receipts.
constexpr std::size_t kNumberCharacters = 100;

absl::Status CheckNumber(const std::string& text, absl::string_view field) {
  const std::size_t characters = CountCodePoints(text);
  if (characters <= kNumberCharacters) return absl::OkStatus();
  return FieldError(
      "limit-number", field,
      absl::StrCat("texte trop long : ", characters, " caractères, ", kNumberCharacters,
                   " au plus."),
      absl::StrCat("text too long: ", characters, " characters, at most ", kNumberCharacters, "."));
}

// Records that this one corrects: the partner's own, not corrected yet.
absl::StatusOr<std::set<std::string>> DeliberationsCorrected(
    const StateData& data, const v1::RecordDeliberationRequest& request,
    const v1::Deliberation& deliberation) {
  std::set<std::string> out;
  for (int i = 0; i < request.replaces_size(); ++i) {
    const std::string field = absl::StrCat("replaces[", i, "]");
    ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(request.replaces(i), field));
    const EventNumber event = data.FindEvent(leaf);
    const auto found = data.deliberation_by_event.find(event);
    if (event == kNone || found == data.deliberation_by_event.end() ||
        data.deliberations[found->second].deliberation->partner_id() != deliberation.partner_id()) {
      return FieldError("replaces", field, "ce n'est pas une délibération de votre partenaire.",
                        "this is no deliberation of your partner.");
    }
    if (data.events[event].replaced) {
      return ToStatus(
          {.code = absl::StatusCode::kAborted,
           .rule = "changed-since-read",
           .field = field,
           .fr = absl::StrCat("cette délibération a déjà été corrigée. Vous proposez : ",
                              DeliberationText(deliberation).fr,
                              ". En vigueur : ", CurrentDeliberations(data, deliberation).fr, "."),
           .en = absl::StrCat("this deliberation was already corrected. You say: ",
                              DeliberationText(deliberation).en,
                              ". Current: ", CurrentDeliberations(data, deliberation).en, "."),
           .next_fr = "Relisez (greffe convention status), puis corrigez la correction.",
           .next_en = "Read again (greffe convention status), then correct the correction."});
    }
    out.insert(leaf.ToBytes());
  }
  return out;
}

// L-09. A scope that cannot be is a slip of whoever types it.
absl::Status CheckScope(const StateData& data, const v1::MandateScope& scope) {
  const bool known = scope.proposer().empty() || PartyBook(data).IsKnown(scope.proposer());
  for (const rules::Oddity& odd : rules::CheckScopeLimits(scope, known)) {
    const std::string id(rules::RowOf(odd.rule).id);
    return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                     .rule = id,
                     .field = absl::StrCat("deliberation.", odd.field),
                     .fr = absl::StrCat(id, " : ", odd.words.fr),
                     .en = absl::StrCat(id, ": ", odd.words.en),
                     .next_fr = "Reprenez la portée de la pièce ; les parties : greffe convention "
                                "status.",
                     .next_en = "Take the scope from the document; the parties: greffe convention "
                                "status."});
  }
  return absl::OkStatus();
}

// A time of this very day that has not come: nothing was published or received then.
absl::Status CheckTimesOfToday(const v1::Deliberation& deliberation,
                               const CommandContext& context) {
  const rules::ParisTime now = rules::ParisTimeOf(context.now);
  if (now.day != context.today) return absl::OkStatus();
  for (const auto& [name, day, time] :
       {std::tuple("published_time", &deliberation.published_on(), &deliberation.published_time()),
        std::tuple("received_time", &deliberation.received_on(), &deliberation.received_time())}) {
    const rules::Minute minute = rules::ParseMinute(*time);
    if (!minute.has_value() || *day != context.today.ToString() || *minute <= now.minute) continue;
    return FieldError(std::string(kFutureDate), Join("deliberation", name),
                      absl::StrCat(*time,
                                   " n'est pas encore passé aujourd'hui à Paris : un fait "
                                   "s'enregistre quand il a eu lieu."),
                      absl::StrCat(*time,
                                   " has not come yet today in Paris: a fact is recorded "
                                   "once it happened."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckDeliberation(const v1::Deliberation& deliberation, absl::string_view path,
                               std::optional<CivilDate> today) {
  std::vector<Problem> problems;
  CheckFields(deliberation, path, "", &problems);
  RETURN_IF_ERROR(ToStatus(problems, DryRun::kNone));
  RETURN_IF_ERROR(CheckNumber(deliberation.number(), Join(path, "number")));
  RETURN_IF_ERROR(CheckNumber(deliberation.receipt_id(), Join(path, "receipt_id")));
  if (!deliberation.evidence_digest().empty() &&
      deliberation.evidence_digest().size() != Digest::kSize) {
    return FieldError("digest", Join(path, "evidence_digest"),
                      absl::StrCat("une empreinte SHA-256 compte 32 octets ; ici ",
                                   deliberation.evidence_digest().size(), "."),
                      absl::StrCat("a SHA-256 digest is 32 bytes; here ",
                                   deliberation.evidence_digest().size(), "."));
  }
  const std::pair<const char*, const std::string*> times[] = {
      {"published_time", &deliberation.published_time()},
      {"received_time", &deliberation.received_time()}};
  for (const auto& [name, text] : times) {
    if (text->empty() || rules::ParseMinute(*text).has_value()) continue;
    return FieldError("time-form", Join(path, name),
                      absl::StrCat("« ", *text, " » donné, attendu une heure de Paris HH:MM."),
                      absl::StrCat("got \"", *text, "\", want a time in Paris, HH:MM."));
  }
  const std::pair<const char*, const std::string*> dates[] = {
      {"sitting_on", &deliberation.sitting_on()},
      {"published_on", &deliberation.published_on()},
      {"received_on", &deliberation.received_on()},
      {"convened_on", &deliberation.convened_on()},
      {"transmitted_on", &deliberation.transmitted_on()},
      {"certified_executory_on", &deliberation.certified_executory_on()}};
  for (const auto& [name, text] : dates) {
    const std::string field = Join(path, name);
    const auto date = CivilDate::Parse(*text, field);
    if (today && date.ok() && *date > *today) {
      return FieldError("future-date", field,
                        absl::StrCat("le ", FrenchDate(*text),
                                     " est dans l'avenir : un fait s'enregistre "
                                     "quand il a eu lieu."),
                        absl::StrCat(EnglishDate(*text),
                                     " is in the future: a fact is recorded once it "
                                     "happened."));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckNotRecorded(const StateData& data, const v1::Deliberation& deliberation) {
  for (const DeliberationFact& fact : data.deliberations) {
    const v1::Deliberation& one = *fact.deliberation;
    if (!data.events[fact.event].authorised || data.events[fact.event].replaced) continue;
    if (one.partner_id() != deliberation.partner_id() ||
        one.revision() != deliberation.revision() ||
        one.sitting_on() != deliberation.sitting_on() || one.number() != deliberation.number()) {
      continue;
    }
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "already-recorded",
                     .fr = absl::StrCat("cette délibération est déjà enregistrée : ",
                                        DeliberationText(one).fr, "."),
                     .en = absl::StrCat(
                         "this deliberation is already recorded: ", DeliberationText(one).en, "."),
                     .next_fr = absl::StrCat("Pour la corriger : --replaces ",
                                             data.LeafOf(fact.event).ToHex(), " --reason TEXTE."),
                     .next_en = absl::StrCat("To correct it: --replaces ",
                                             data.LeafOf(fact.event).ToHex(), " --reason TEXT.")});
  }
  return absl::OkStatus();
}

absl::StatusOr<Decision> Decide(const ConventionState& state,
                                const v1::RecordDeliberationRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  v1::Deliberation deliberation = request.deliberation();
  NormaliseFields(&deliberation);
  if (deliberation.partner_id().empty()) deliberation.set_partner_id(context.partner_id);
  if (deliberation.partner_id() != context.partner_id) {
    const PartyBook names(data);
    const std::string own = names.Name(context.partner_id);
    const std::string other = names.Name(deliberation.partner_id());
    return ToStatus(
        {.code = absl::StatusCode::kPermissionDenied,
         .rule = "own-partner",
         .field = "deliberation.partner_id",
         .fr = absl::StrCat("vous enregistrez pour « ", own, " », pas pour « ", other, " »."),
         .en = absl::StrCat("you record for \"", own, "\", not for \"", other, "\"."),
         .next_fr = "Laissez ce partenaire l'enregistrer, ou prenez le jeton d'un de "
                    "ses utilisateurs : --token-file.",
         .next_en = "Let that partner record it, or take the token of one of its "
                    "users: --token-file."});
  }
  RETURN_IF_ERROR(CheckDeliberation(deliberation, "deliberation", context.today));
  RETURN_IF_ERROR(CheckTimesOfToday(deliberation, context));
  RETURN_IF_ERROR(CheckScope(data, deliberation.scope()));
  if (deliberation.members_in_office() == 0) {
    return FieldError("required", "deliberation.members_in_office",
                      "donnez le nombre de membres en exercice.",
                      "give the number of members in office.");
  }
  const EventNumber frozen = data.FindEvent(deliberation.revision());
  if (frozen == kNone || data.revision_by_event.count(frozen) == 0) {
    return RevisionNotFound(Digest::FromBytes(deliberation.revision(), "revision").ok()
                                ? Digest::FromBytes(deliberation.revision(), "revision")->ToHex()
                                : "");
  }
  ASSIGN_OR_RETURN(const std::set<std::string> replaces,
                   DeliberationsCorrected(data, request, deliberation));
  ASSIGN_OR_RETURN(const std::string reason,
                   CheckedText(request.reason(), {.field = "reason",
                                                  .characters_max = limits::kRemarkCharacters,
                                                  .required = !replaces.empty()}));
  if (replaces.empty()) RETURN_IF_ERROR(CheckNotRecorded(data, deliberation));

  Decision decision;
  v1::DeliberationRecorded* recorded =
      decision.events.emplace_back().mutable_deliberation_recorded();
  *recorded->mutable_deliberation() = std::move(deliberation);
  for (const std::string& leaf : replaces) recorded->add_replaces(leaf);
  recorded->set_reason(reason);
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::RecordDeliberationRequest&,
                std::span<const Digest> leaves, v1::RecordDeliberationResponse* response) {
  if (leaves.empty()) return;
  response->set_deliberation(leaves.front().ToHex());
  const StateData& data = after.data();
  const auto found = data.deliberation_by_event.find(data.FindEvent(leaves.front()));
  if (found == data.deliberation_by_event.end()) return;
  Replacements replacements(data);
  for (v1::Finding& finding : DeliberationFindings(
           data, PartyBook(data), data.deliberations[found->second], &replacements)) {
    *response->add_findings() = std::move(finding);
  }
}

}  // namespace greffe
