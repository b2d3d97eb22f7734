#include <memory>
#include <optional>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/text_width.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct WatchArgs {
  std::string convention;
  std::optional<std::uint32_t> after, count;
};

CommandResult Watch(Context& context, const WatchArgs& args) {
  v1::WatchConventionRequest request;
  request.set_convention_id(args.convention);
  if (args.after.has_value()) request.set_after(*args.after);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  // A person watches until Ctrl-C; even so the request has an end.
  ASSIGN_OR_RETURN(const auto timeout, context.Timeout(std::chrono::hours(24)));
  std::uint32_t seen = 0;
  std::optional<std::uint64_t> last;
  const absl::Status status =
      client->Watch(request, timeout, [&](const v1::WatchConventionResponse& event) {
        if (context.globals.json) {
          context.out() << ToJson(event, JsonForm::kOneLine);
        } else {
          context.ShowText([&] {
            context.out() << event.arrival() << "  " << ShortHash(event.event().leaf()) << "  "
                          << SaySummary(context.lang(), event.event()) << "  ["
                          << SayAuthor(context.lang(), event.event()) << "]\n";
          });
        }
        ++seen;
        last = event.arrival();
        // Whoever read this is gone, or the disk is full: the end of the run says so.
        return context.Flush() && (!args.count.has_value() || seen < *args.count);
      });
  if (last.has_value() && (!status.ok() || args.count.has_value())) {
    constexpr Message kGoOn = {"Pour la suite : greffe watch $0 --after $1",
                               "To go on: greffe watch $0 --after $1"};
    context.Note(context.F(kGoOn, args.convention, *last + 1));
  }
  if (!status.ok()) return status;
  return kDone;
}

}  // namespace

void AddWatchCommand(CommandLine& line) {
  const auto args = std::make_shared<WatchArgs>();
  line.Add(
          "", group::kNone, "watch",
          {"Les événements, à mesure qu'ils sont appliqués ici", "Events as they are applied here"})
      .Argument("CONVENTION", &args->convention, help::kConvention)
      .Number("--after", &args->after,
              {"À partir de cette arrivée (0 : depuis le début ; sinon, seulement la suite)",
               "From this arrival on (0: from the first; otherwise only what comes)"})
      .Number("--count", &args->count, {"S'arrête après N événements", "Stops after N events"})
      .Run([args](Context& context) { return Watch(context, *args); });
}

}  // namespace greffe::cli
