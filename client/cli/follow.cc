#include <memory>
#include <optional>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/follow_args.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/text_width.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct FollowArgs {
  std::string convention, element, read_cut;
  ProgressArgs progress;
  MeasurementArgs measurement;
  MeetingArgs meeting;
  PredecessorArgs predecessor;
};

// What is on record about one subject, and the token of the answer that said so.
struct Current {
  v1::FollowUpView values;
  std::string cut;
};

absl::StatusOr<Current> ReadCurrent(Client& client, const FollowArgs& args,
                                    const std::string& period) {
  v1::GetConventionRequest request;
  request.set_convention_id(args.convention);
  request.set_element_id(args.element);
  ASSIGN_OR_RETURN(const v1::GetConventionResponse answer, client.GetConvention(request));
  Current current;
  current.cut = answer.view().cut();
  for (const auto& follow_up : answer.view().follow_up()) {
    if (follow_up.element_id() == args.element && follow_up.period() == period) {
      current.values = follow_up;
    }
  }
  return current;
}

void ShowCurrent(Context& context, const Current& current) {
  context.Note(context.T({"Déjà enregistré :", "Already on record:"}));
  for (const auto& value : current.values.values()) {
    context.Note("  " + DescribeValue(context, value));
  }
}

// The token of what the person was shown: the one given, else that of a read made now, whose
// values are shown and, if there are any, asked about.
absl::StatusOr<std::string> CutToReplace(Context& context, Client& client, const FollowArgs& args,
                                         const std::string& period) {
  if (!args.read_cut.empty()) return args.read_cut;
  RETURN_IF_ERROR(UserWithRole(client, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}).status());
  ASSIGN_OR_RETURN(const Current current, ReadCurrent(client, args, period));
  if (!current.values.values().empty()) {
    if (!context.globals.json || !context.globals.yes) ShowCurrent(context, current);
    RETURN_IF_ERROR(context.Confirm(msg::kAskReplace));
  }
  context.RepeatWithCut(current.cut);
  return current.cut;
}

// Somebody recorded another value meanwhile: show it beside the refusal.
absl::Status ShowBoth(Context& context, Client& client, const FollowArgs& args,
                      const std::string& period, const absl::Status& status) {
  if (!absl::IsAborted(status)) return status;
  const auto current = ReadCurrent(client, args, period);
  if (current.ok()) ShowCurrent(context, *current);
  Refusal refusal = RefusalOf(status);
  if (refusal.next_fr.empty()) {
    refusal.next_fr = "comparez les deux valeurs, puis relancez la commande sans --read-cut";
    refusal.next_en = "compare both values, then run the command again without --read-cut";
  }
  return ToStatus(refusal);
}

template <typename Response>
void Recorded(Context& context, const Response& response) {
  context.Show(response, [&] {
    constexpr Message kRecorded = {"Enregistré : $0", "On record: $0"};
    for (const auto& leaf : response.receipt().leaves()) {
      context.out() << context.F(kRecorded, leaf) << '\n';
    }
    PrintFindings(context, response.findings());
  });
}

// The answer to a command that was done under this id, whatever has been recorded since; nothing
// where it is still to be done. The replica looks the id up first; else a command that read nothing
// replaces nothing: it is refused where a value stands, and the question is asked.
template <typename Request, typename Call>
auto DoneBefore(const Context& context, const FollowArgs& args, Request request, const Call& call)
    -> std::optional<decltype(call(request))> {
  if (context.globals.request_id.empty() || !args.read_cut.empty()) return std::nullopt;
  auto answer = call(request);
  if (answer.ok() || RefusalOf(answer.status()).rule == "request-id-reused") return answer;
  return std::nullopt;
}

// Records what `request` says, with `call`: the period or day under which values stand, and the cut
// that people were shown, are added.
template <typename Request, typename Call>
CommandResult Record(Context& context, Client& client, const FollowArgs& args,
                     const std::string& period, Request& request, const Call& call) {
  if (const auto before = DoneBefore(context, args, request, call)) {
    if (!before->ok()) return before->status();
    Recorded(context, **before);
    return kDone;
  }
  ASSIGN_OR_RETURN(*request.mutable_read_cut(), CutToReplace(context, client, args, period));
  const auto recorded = call(request);
  if (!recorded.ok()) return ShowBoth(context, client, args, period, recorded.status());
  Recorded(context, *recorded);
  return kDone;
}

CommandResult Report(Context& context, const FollowArgs& args) {
  v1::ReportProgressRequest request;
  request.set_convention_id(args.convention);
  v1::ProgressReported& progress = *request.mutable_progress();
  progress.set_element_id(args.element);
  progress.set_as_of(TodayInParis());
  RETURN_IF_ERROR(args.progress.Fill(progress));
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  return Record(context, *client, args, "", request,
                [client](const auto& one) { return client->ReportProgress(one); });
}

CommandResult Measure(Context& context, const FollowArgs& args) {
  v1::RecordMeasurementRequest request;
  request.set_convention_id(args.convention);
  request.mutable_measurement()->set_element_id(args.element);
  args.measurement.Fill(*request.mutable_measurement());
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  return Record(context, *client, args, args.measurement.period, request,
                [client](const auto& one) { return client->RecordMeasurement(one); });
}

CommandResult Meeting(Context& context, const FollowArgs& args) {
  v1::RecordMeetingRequest request;
  request.set_convention_id(args.convention);
  request.mutable_meeting()->set_element_id(args.element);
  RETURN_IF_ERROR(args.meeting.Fill(*request.mutable_meeting()));
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  return Record(context, *client, args, args.meeting.held_on, request,
                [client](const auto& one) { return client->RecordMeeting(one); });
}

CommandResult Predecessor(Context& context, FollowArgs& args) {
  args.element = "terms";
  v1::LinkPredecessorRequest request;
  request.set_convention_id(args.convention);
  args.predecessor.Fill(*request.mutable_predecessor());
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  return Record(context, *client, args, "", request,
                [client](const auto& one) { return client->LinkPredecessor(one); });
}

// A usage error naming the option that is missing.
absl::Status Need(const char* option, const std::string& given) {
  if (!given.empty()) return absl::OkStatus();
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, msg::kMissing, option),
                     .en = Fill(Lang::kEnglish, msg::kMissing, option)});
}

}  // namespace

void AddFollowCommands(CommandLine& line) {
  const auto report = std::make_shared<FollowArgs>();
  Command command = line.Add("follow", group::kFollow, "report",
                             {"L'avancement d'une action", "Progress of an action"});
  command.Argument("CONVENTION", &report->convention, help::kConvention)
      .Argument("ACTION", &report->element, {"Identifiant de l'action", "Id of the action"});
  report->progress.AddTo(command);
  command.Option("--read-cut", "CUT", &report->read_cut, help::kReadCut)
      .Examples({"  greffe follow report 3f9a2c action-1 --state in-progress --percent 40",
                 "  greffe follow report 3f9a2c action-1 --state in-progress --percent 40"})
      .Run([report](Context& context) -> CommandResult {
        RETURN_IF_ERROR(Need("--state", report->progress.state));
        return Report(context, *report);
      });

  const auto measure = std::make_shared<FollowArgs>();
  command = line.Add(
      "follow", group::kFollow, "measure",
      {"La valeur d'un indicateur pour une période", "The value of an indicator for a period"});
  command.Argument("CONVENTION", &measure->convention, help::kConvention)
      .Argument("INDICATOR", &measure->element,
                {"Identifiant de l'indicateur", "Id of the indicator"});
  measure->measurement.AddTo(command);
  command.Option("--read-cut", "CUT", &measure->read_cut, help::kReadCut)
      .Examples(
          {"  greffe follow measure 3f9a2c action-1-indicateur-1 --period 2025 --value 12 \\\n"
           "    --source \"bilan annuel\"",
           "  greffe follow measure 3f9a2c action-1-indicateur-1 --period 2025 --value 12 \\\n"
           "    --source \"bilan annuel\""})
      .Run([measure](Context& context) -> CommandResult {
        RETURN_IF_ERROR(Need("--period", measure->measurement.period));
        RETURN_IF_ERROR(Need("--value", measure->measurement.value));
        return Measure(context, *measure);
      });

  const auto meeting = std::make_shared<FollowArgs>();
  command = line.Add("follow", group::kFollow, "meeting",
                     {"Le compte rendu d'une réunion", "The minutes of a meeting"});
  command.Argument("CONVENTION", &meeting->convention, help::kConvention)
      .Argument("BODY", &meeting->element, {"Identifiant de l'instance", "Id of the body"});
  meeting->meeting.AddTo(command);
  command.Option("--read-cut", "CUT", &meeting->read_cut, help::kReadCut)
      .Examples({"  greffe follow meeting 3f9a2c comite-pilotage --held-on 2026-05-12 \\\n"
                 "    --attendance \"CAF, présidence\" --decision \"Bilan 2025 validé\"",
                 "  greffe follow meeting 3f9a2c comite-pilotage --held-on 2026-05-12 \\\n"
                 "    --attendance \"CAF, présidence\" --decision \"Bilan 2025 validé\""})
      .Run([meeting](Context& context) -> CommandResult {
        RETURN_IF_ERROR(Need("--held-on", meeting->meeting.held_on));
        return Meeting(context, *meeting);
      });

  const auto before = std::make_shared<FollowArgs>();
  command = line.Add("follow", group::kFollow, "predecessor",
                     {"La convention que celle-ci suit", "The convention that this one follows"});
  command.Argument("CONVENTION", &before->convention, help::kConvention);
  before->predecessor.AddTo(command);
  command
      .Option("--source", "TEXT", &before->predecessor.source,
              {"D'où on le sait", "Where it is known from"})
      .Option("--read-cut", "CUT", &before->read_cut, help::kReadCut)
      .Examples({"  greffe follow predecessor 3f9a2c --previous-title \"CTG 2021-2024\" \\\n"
                 "    --previous-start 2021-01-01 --previous-end 2024-12-31",
                 "  greffe follow predecessor 3f9a2c --previous-title \"CTG 2021-2024\" \\\n"
                 "    --previous-start 2021-01-01 --previous-end 2024-12-31"})
      .Run([before](Context& context) -> CommandResult {
        RETURN_IF_ERROR(Need("--previous-title", before->predecessor.title));
        RETURN_IF_ERROR(Need("--previous-start", before->predecessor.start));
        RETURN_IF_ERROR(Need("--previous-end", before->predecessor.end));
        return Predecessor(context, *before);
      });
}

}  // namespace greffe::cli
