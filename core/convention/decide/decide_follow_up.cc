// Progress, measurements, minutes: what a partner records alone, and corrects.

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/convention/checks/follow_up_check.h"
#include "core/convention/decide.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/follow_up_form.h"
#include "core/convention/reading/stale.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/follow_up.h"

namespace greffe {
namespace {

using Payload = v1::Event::PayloadCase;

// What a predecessor is a fact about.

// An event with what the user says, and the path of the request field that holds it.
struct Value {
  v1::Event event;
  std::string path;
};

struct FactSubject {
  std::string element_id;
  std::string period;
};

FactSubject SubjectOf(const v1::Event& event) {
  if (event.has_progress_reported()) return {event.progress_reported().element_id(), ""};
  if (event.has_indicator_measured()) {
    return {event.indicator_measured().element_id(), event.indicator_measured().period()};
  }
  if (event.has_predecessor_linked()) return {event.predecessor_linked().element_id(), ""};
  return {event.meeting_recorded().element_id(), event.meeting_recorded().held_on()};
}

const google::protobuf::Message& PayloadOf(const v1::Event& event) {
  if (event.has_progress_reported()) return event.progress_reported();
  if (event.has_indicator_measured()) return event.indicator_measured();
  if (event.has_predecessor_linked()) return event.predecessor_linked();
  return event.meeting_recorded();
}

google::protobuf::RepeatedPtrField<std::string>* ReplacesOf(v1::Event* event) {
  if (event->has_progress_reported()) {
    return event->mutable_progress_reported()->mutable_replaces();
  }
  if (event->has_indicator_measured()) {
    return event->mutable_indicator_measured()->mutable_replaces();
  }
  if (event->has_predecessor_linked()) {
    return event->mutable_predecessor_linked()->mutable_replaces();
  }
  return event->mutable_meeting_recorded()->mutable_replaces();
}

// Only what is followed this way: progress of actions, values of indicators, meetings of bodies.
absl::Status CheckElementKind(const StateData& data, const Value& value, CivilDate today) {
  const std::string id = SubjectOf(value.event).element_id;
  const v1::Element* element = FindElementAnywhere(data, id, today);
  if (element == nullptr) return ElementNotFound(id);
  const Payload payload = value.event.payload_case();
  const bool fits = (payload == Payload::kProgressReported && element->has_action()) ||
                    (payload == Payload::kIndicatorMeasured && element->has_indicator()) ||
                    (payload == Payload::kMeetingRecorded && element->has_body()) ||
                    (payload == Payload::kPredecessorLinked && element->has_terms());
  if (fits) return absl::OkStatus();
  const char* wanted_fr = payload == Payload::kProgressReported    ? "une action"
                          : payload == Payload::kIndicatorMeasured ? "un indicateur"
                          : payload == Payload::kMeetingRecorded   ? "une instance"
                                                                   : "la durée (« terms »)";
  const char* wanted_en = payload == Payload::kProgressReported    ? "an action"
                          : payload == Payload::kIndicatorMeasured ? "an indicator"
                          : payload == Payload::kMeetingRecorded   ? "a body"
                                                                   : "the terms (\"terms\")";
  return FieldError("element", Join(value.path, "element_id"),
                    absl::StrCat("« ", id, " » n'est pas ", wanted_fr, "."),
                    absl::StrCat("\"", id, "\" is not ", wanted_en, "."));
}

absl::Status CheckValue(const StateData& data, const Value& value, const CommandContext& context) {
  std::vector<Problem> problems;
  CheckFields(PayloadOf(value.event), value.path, "", &problems);
  RETURN_IF_ERROR(ToStatus(problems, DryRun::kNone));
  RETURN_IF_ERROR(CheckFollowUpForm(value.event, value.path, context.today));
  return CheckElementKind(data, value, context.today);
}

// What a value says and whose it is; without its text when the store cannot give it.
rules::Words Described(const StateData& data, const CommandContext& context, EventNumber event) {
  const absl::StatusOr<v1::Event> stored = ReadStored(data, context.read_event, event);
  const std::string leaf = data.LeafOf(event).ToHex();
  const rules::Words value = stored.ok() ? ValueText(*stored) : rules::Words{leaf, leaf};
  const rules::Words author = AuthorText(data, event);
  return {absl::StrCat(value.fr, " (", author.fr, ")."),
          absl::StrCat(value.en, " (", author.en, ").")};
}

// What the user says, as a sentence.
rules::Words Said(const v1::Event& event) {
  const rules::Words value = ValueText(event);
  return {absl::StrCat(value.fr, "."), absl::StrCat(value.en, ".")};
}

std::uint32_t SubjectNumber(const StateData& data, const v1::Event& event) {
  const FactSubject subject = SubjectOf(event);
  return data.FindSubject(static_cast<std::uint8_t>(event.payload_case()), subject.element_id,
                          subject.period);
}

// Fills `replaces` with the values that stand; refuses when one of them was not shown.
absl::Status FillReplaces(const StateData& data, const CommandContext& context, Value* value) {
  std::set<std::string> replaces;
  for (const EventNumber event : CurrentValues(data, SubjectNumber(data, value->event))) {
    if (!WasShown(data, context, event)) {
      const FactSubject subject = SubjectOf(value->event);
      const std::string name = ElementName(data, subject.element_id, context.today);
      const char* const comma = subject.period.empty() ? "" : ", ";
      return StaleError(
          {.field = value->path,
           .subject = {absl::StrCat("« ", name, " »", comma, FrenchDate(subject.period)),
                       absl::StrCat("“", name, "”", comma, EnglishDate(subject.period))},
           .theirs = Described(data, context, event),
           .mine = Said(value->event)});
    }
    replaces.insert(data.LeafOf(event).ToBytes());
  }
  for (const std::string& leaf : replaces) ReplacesOf(&value->event)->Add()->assign(leaf);
  return absl::OkStatus();
}

absl::StatusOr<Decision> Record(const StateData& data, const CommandContext& context, Value value) {
  RETURN_IF_ERROR(RequirePartner(data, context));
  ReplacesOf(&value.event)->Clear();
  RETURN_IF_ERROR(CheckValue(data, value, context));
  RETURN_IF_ERROR(FillReplaces(data, context, &value));
  Decision decision;
  decision.events.push_back(std::move(value.event));
  RETURN_IF_ERROR(CheckEventSizes(decision));
  return decision;
}

// The reason is kept where people read the value: the payload has no field of its own for it.
absl::Status AddReason(const std::string& reason, Value* value) {
  const std::string note = absl::StrCat("Correction : ", reason);
  const auto append = [&](std::string* text) {
    absl::StrAppend(text, text->empty() ? "" : "\n", note);
  };
  if (value->event.has_progress_reported()) {
    append(value->event.mutable_progress_reported()->mutable_comment());
  } else if (value->event.has_indicator_measured()) {
    append(value->event.mutable_indicator_measured()->mutable_source());
  } else if (value->event.has_predecessor_linked()) {
    append(value->event.mutable_predecessor_linked()->mutable_source());
  } else {
    value->event.mutable_meeting_recorded()->add_decisions(note);
  }
  std::vector<Problem> problems;
  CheckFields(PayloadOf(value->event), value->path, "", &problems);
  return ToStatus(problems, DryRun::kNone);
}

absl::StatusOr<Value> CorrectedValue(const v1::CorrectFactRequest& request) {
  Value value;
  switch (request.corrected_case()) {
    case v1::CorrectFactRequest::kProgress:
      *value.event.mutable_progress_reported() = request.progress();
      value.path = "progress";
      break;
    case v1::CorrectFactRequest::kMeasurement:
      *value.event.mutable_indicator_measured() = request.measurement();
      value.path = "measurement";
      break;
    case v1::CorrectFactRequest::kMeeting:
      *value.event.mutable_meeting_recorded() = request.meeting();
      value.path = "meeting";
      break;
    case v1::CorrectFactRequest::kPredecessor:
      *value.event.mutable_predecessor_linked() = request.predecessor();
      value.path = "predecessor";
      break;
    case v1::CorrectFactRequest::CORRECTED_NOT_SET:
      return FieldError("required", "corrected", "dites la valeur corrigée.",
                        "say the corrected value.");
  }
  NormaliseFields(&value.event);
  ReplacesOf(&value.event)->Clear();
  return value;
}

// Facts that other commands correct.
absl::Status CheckCorrectable(const StateData& data, EventNumber fact, absl::string_view given) {
  const auto payload = static_cast<Payload>(data.events[fact].payload);
  if (payload == Payload::kDeliberationRecorded || payload == Payload::kSignatureGiven) {
    const bool vote = payload == Payload::kDeliberationRecorded;
    const std::string command = absl::StrCat(
        vote ? "greffe deliberation record" : "greffe signature record", " --replaces ", given);
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "dedicated-command",
         .field = "fact",
         .fr = vote ? "une délibération se corrige par un nouvel enregistrement."
                    : "une signature sur papier se corrige par un nouvel enregistrement.",
         .en = vote ? "a deliberation is corrected by recording it again."
                    : "a paper signature is corrected by recording it again.",
         .next_fr = command,
         .next_en = command});
  }
  const bool follow_up =
      payload == Payload::kProgressReported || payload == Payload::kIndicatorMeasured ||
      payload == Payload::kMeetingRecorded || payload == Payload::kPredecessorLinked;
  if (follow_up && data.events[fact].subject != kNone) return absl::OkStatus();
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "L-30",
       .field = "fact",
       .fr = "L-30 : cet événement n'est pas un fait de suivi ; un acte ne se corrige que "
             "par un acte.",
       .en = "L-30: this event is not a fact of follow-up; an act is corrected by an act "
             "alone.",
       .next_fr = "Révisez l'acte (greffe act revise) ou proposez un avenant.",
       .next_en = "Revise the act (greffe act revise) or propose an avenant."});
}

// What was found of the one record that the command made.
template <typename Response>
void AddFindings(const ConventionState& after, std::span<const Digest> leaves, Response* response) {
  if (leaves.empty()) return;
  const EventNumber event = after.data().FindEvent(leaves.front());
  if (event == kNone) return;
  for (v1::Finding& finding : FollowUpFindingsOf(after.data(), event)) {
    *response->add_findings() = std::move(finding);
  }
}

}  // namespace

absl::StatusOr<Decision> Decide(const ConventionState& state,
                                const v1::ReportProgressRequest& request,
                                const CommandContext& context) {
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  Value value{.event = {}, .path = "progress"};
  *value.event.mutable_progress_reported() = request.progress();
  if (request.progress().as_of().empty()) {
    value.event.mutable_progress_reported()->set_as_of(context.today.ToString());
  }
  NormaliseFields(&value.event);
  return Record(state.data(), context, std::move(value));
}

absl::StatusOr<Decision> Decide(const ConventionState& state,
                                const v1::RecordMeasurementRequest& request,
                                const CommandContext& context) {
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  Value value{.event = {}, .path = "measurement"};
  *value.event.mutable_indicator_measured() = request.measurement();
  NormaliseFields(&value.event);
  return Record(state.data(), context, std::move(value));
}

absl::StatusOr<Decision> Decide(const ConventionState& state,
                                const v1::RecordMeetingRequest& request,
                                const CommandContext& context) {
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  Value value{.event = {}, .path = "meeting"};
  *value.event.mutable_meeting_recorded() = request.meeting();
  NormaliseFields(&value.event);
  return Record(state.data(), context, std::move(value));
}

absl::StatusOr<Decision> Decide(const ConventionState& state,
                                const v1::LinkPredecessorRequest& request,
                                const CommandContext& context) {
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  Value value{.event = {}, .path = "predecessor"};
  *value.event.mutable_predecessor_linked() = request.predecessor();
  value.event.mutable_predecessor_linked()->set_element_id(kTermsId);
  NormaliseFields(&value.event);
  return Record(state.data(), context, std::move(value));
}

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::CorrectFactRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(request.fact(), "fact"));
  const EventNumber fact = data.FindEvent(leaf);
  if (fact == kNone) {
    return ToStatus({.code = absl::StatusCode::kNotFound,
                     .rule = "not-found",
                     .field = "fact",
                     .fr = absl::StrCat("fait « ", request.fact(),
                                        " » introuvable, ou qui n'est pas le vôtre."),
                     .en = absl::StrCat("no fact \"", request.fact(), "\", or not yours."),
                     .next_fr = "Cherchez-le : greffe audit events CONVENTION.",
                     .next_en = "Look for it: greffe audit events CONVENTION."});
  }
  RETURN_IF_ERROR(CheckCorrectable(data, fact, request.fact()));
  ASSIGN_OR_RETURN(const std::string reason,
                   CheckedText(request.reason(), {.field = "reason",
                                                  .characters_max = limits::kRemarkCharacters,
                                                  .required = true}));
  ASSIGN_OR_RETURN(Value value, CorrectedValue(request));
  RETURN_IF_ERROR(CheckValue(data, value, context));
  if (SubjectNumber(data, value.event) != data.events[fact].subject) {
    return ToStatus(
        {.rule = "same-subject",
         .field = value.path,
         .fr = absl::StrCat(value.path,
                            " : la correction porte sur le même élément et la même "
                            "période, ou le même jour, que le fait corrigé."),
         .en = absl::StrCat(value.path,
                            ": the correction is about the same element and period, or day, as "
                            "the fact."),
         .next_fr = "Corrigez ici la valeur seule, et dites pourquoi dans --reason ; enregistrez "
                    "la bonne période ou le bon jour à part : greffe follow.",
         .next_en = "Correct only the value here, and say why in --reason; record the right "
                    "period or day on its own: greffe follow."});
  }
  if (data.events[fact].replaced) {
    rules::Words theirs;
    for (const EventNumber event : CurrentValues(data, data.events[fact].subject)) {
      const char* const space = theirs.fr.empty() ? "" : " ";
      const rules::Words one = Described(data, context, event);
      absl::StrAppend(&theirs.fr, space, one.fr);
      absl::StrAppend(&theirs.en, space, one.en);
    }
    return StaleError({.field = "fact",
                       .subject = {"ce fait", "this fact"},
                       .theirs = theirs,
                       .mine = Said(value.event)});
  }
  RETURN_IF_ERROR(AddReason(reason, &value));
  ReplacesOf(&value.event)->Add()->assign(leaf.ToBytes());
  Decision decision;
  decision.events.push_back(std::move(value.event));
  RETURN_IF_ERROR(CheckEventSizes(decision));
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::ReportProgressRequest&,
                std::span<const Digest> leaves, v1::ReportProgressResponse* response) {
  AddFindings(after, leaves, response);
}

void FillAnswer(const ConventionState& after, const v1::RecordMeasurementRequest&,
                std::span<const Digest> leaves, v1::RecordMeasurementResponse* response) {
  AddFindings(after, leaves, response);
}

void FillAnswer(const ConventionState& after, const v1::RecordMeetingRequest&,
                std::span<const Digest> leaves, v1::RecordMeetingResponse* response) {
  AddFindings(after, leaves, response);
}

void FillAnswer(const ConventionState& after, const v1::LinkPredecessorRequest&,
                std::span<const Digest> leaves, v1::LinkPredecessorResponse* response) {
  AddFindings(after, leaves, response);
}

void FillAnswer(const ConventionState& after, const v1::CorrectFactRequest&,
                std::span<const Digest> leaves, v1::CorrectFactResponse* response) {
  AddFindings(after, leaves, response);
}

}  // namespace greffe
