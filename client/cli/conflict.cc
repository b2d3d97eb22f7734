#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct ConflictsArgs {
  std::string convention;
  ReadOptions at;
};

// Acts against each other are settled by acts alone.
bool MaySettle(const v1::ConflictView& conflict) {
  return conflict.kind() == v1::CONFLICT_KIND_FOLLOW_UP ||
         conflict.kind() == v1::CONFLICT_KIND_DRAFT;
}

CommandResult ListConflicts(Context& context, const ConflictsArgs& args) {
  v1::ListConflictsRequest request;
  request.set_convention_id(args.convention);
  ASSIGN_OR_RETURN(*request.mutable_at(), ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListConflictsResponse answer, client->ListConflicts(request));
  context.Show(answer, [&] {
    for (const auto& conflict : answer.view().conflicts()) PrintConflict(context, conflict);
    if (answer.view().conflicts().empty()) {
      context.out() << context.T({"Aucun conflit ouvert.", "No open conflict."}) << '\n';
      return;
    }
    const auto& conflicts = answer.view().conflicts();
    if (std::none_of(conflicts.begin(), conflicts.end(), MaySettle)) return;
    constexpr Message kSettle = {
        "Pour départager : greffe conflict settle $0 CONFLIT --keep VALEUR",
        "To settle: greffe conflict settle $0 CONFLICT --keep VALUE"};
    context.Note(context.F(kSettle, args.convention));
  });
  return kDone;
}

struct SettleArgs {
  std::string convention, conflict, keep, read_cut;
};

// The conflict meant: its id, or a start of it that only one has.
absl::StatusOr<v1::ConflictView> Choose(const v1::ConflictsView& view, const SettleArgs& args) {
  std::vector<const v1::ConflictView*> found;
  for (const auto& conflict : view.conflicts()) {
    if (conflict.conflict_id() == args.conflict) return conflict;
    if (absl::StartsWith(conflict.conflict_id(), args.conflict)) found.push_back(&conflict);
  }
  if (found.empty()) {
    return ToStatus({.code = absl::StatusCode::kNotFound,
                     .rule = "not-found",
                     .field = "conflict_id",
                     .fr = Fill(Lang::kFrench, msg::kConflictNotFound, args.conflict),
                     .en = Fill(Lang::kEnglish, msg::kConflictNotFound, args.conflict),
                     .next_fr = Fill(Lang::kFrench, msg::kConflictNotFoundNext, args.convention),
                     .next_en = Fill(Lang::kEnglish, msg::kConflictNotFoundNext, args.convention)});
  }
  if (found.size() > 1) {
    std::vector<std::string> names;
    for (const auto* conflict : found) names.push_back(conflict->conflict_id());
    return AmbiguousName(args.conflict, names);
  }
  return *found.front();
}

// The full hash of the value meant, which is one of the conflict's.
absl::StatusOr<std::string> ValueToKeep(const v1::ConflictView& conflict, const std::string& keep) {
  std::vector<std::string> all, found, shown;
  for (const auto& value : conflict.values()) all.push_back(value.event().leaf());
  for (const auto& draft : conflict.drafts()) all.push_back(draft.event().leaf());
  for (const std::string& leaf : all) {
    if (absl::StartsWith(leaf, keep)) found.push_back(leaf);
    shown.push_back(ShortHash(leaf));
  }
  if (found.empty()) {
    return Context::RefuseBy("not-found", absl::StatusCode::kNotFound, msg::kNotInConflict,
                             msg::kNotInConflictNext, keep, absl::StrJoin(shown, ", "));
  }
  if (found.size() > 1) return AmbiguousName(keep, found);
  return found.front();
}

CommandResult Settle(Context& context, const SettleArgs& args) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  v1::ListConflictsRequest read;
  read.set_convention_id(args.convention);
  if (!args.read_cut.empty()) read.mutable_at()->set_cut(args.read_cut);
  ASSIGN_OR_RETURN(const v1::ListConflictsResponse open, client->ListConflicts(read));
  ASSIGN_OR_RETURN(const v1::ConflictView conflict, Choose(open.view(), args));
  if (conflict.has_clash()) {
    return Context::RefuseBy("clash", absl::StatusCode::kFailedPrecondition, msg::kClashOnlyByAct,
                             msg::kClashOnlyByActNext, args.convention);
  }
  v1::SettleConflictRequest request;
  request.set_convention_id(args.convention);
  request.set_conflict_id(conflict.conflict_id());
  ASSIGN_OR_RETURN(*request.mutable_keep(), ValueToKeep(conflict, args.keep));
  request.set_read_cut(open.view().cut());
  context.RepeatWithCut(request.read_cut());
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  const auto settled = client->SettleConflict(request);
  if (!settled.ok()) {
    if (absl::IsAborted(settled.status())) PrintConflictOnErr(context, conflict);
    return settled.status();
  }
  context.Show(*settled, [&] {
    constexpr Message kSettled = {"Départagé : la valeur $0 est gardée.",
                                  "Settled: value $0 is kept."};
    context.out() << context.F(kSettled, ShortHash(request.keep())) << '\n';
  });
  return kDone;
}

}  // namespace

void AddConflictCommands(CommandLine& line) {
  const auto conflicts = std::make_shared<ConflictsArgs>();
  line.Add("convention", group::kConvention, "conflicts",
           {"Les valeurs et les actes qui se contredisent", "Values and acts that conflict"})
      .Argument("CONVENTION", &conflicts->convention, help::kConvention)
      .ReadAt(&conflicts->at)
      .Run([conflicts](Context& context) { return ListConflicts(context, *conflicts); });

  const auto settle = std::make_shared<SettleArgs>();
  line.Add("conflict", group::kConflict, "settle",
           {"Garde l'une des valeurs en conflit", "Keeps one of the values in conflict"})
      .Argument("CONVENTION", &settle->convention, help::kConvention)
      .Argument("CONFLICT", &settle->conflict,
                {"Identifiant montré par convention conflicts", "Id shown by convention conflicts"})
      .RequiredOption("--keep", "LEAF", &settle->keep,
                      {"Empreinte de la valeur à garder, ou son début",
                       "Hash of the value to keep, or its start"})
      .Option("--read-cut", "CUT", &settle->read_cut, help::kReadCut)
      .Run([settle](Context& context) { return Settle(context, *settle); });
}

}  // namespace greffe::cli
