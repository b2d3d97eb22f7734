#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include "core/base/refusal.h"
#include "google/protobuf/util/json_util.h"
#include "greffe/v1/record.pb.h"
#include "server/identity/home.h"
#include "server/main/commands.h"
#include "server/main/exit_code.h"
#include "server/main/open_store.h"
#include "storage/check.h"
#include "storage/way_out.h"

namespace greffe {
namespace {

struct CheckTyped {
  std::string home;
  bool json = false;
};

const char* KindName(CheckProblem::Kind kind) {
  switch (kind) {
    case CheckProblem::Kind::kFile:
      return "file";
    case CheckProblem::Kind::kOpen:
      return "open";
    case CheckProblem::Kind::kRow:
      return "row";
    case CheckProblem::Kind::kEvents:
      return "events";
    case CheckProblem::Kind::kHead:
      return "head";
    case CheckProblem::Kind::kArrival:
      return "arrival";
    case CheckProblem::Kind::kSyncIndex:
      return "sync-index";
    case CheckProblem::Kind::kSealed:
      return "sealed";
  }
  return "row";
}

v1::CheckResult ResultOf(const CheckReport& report) {
  v1::CheckResult out;
  out.set_ok(report.ok());
  out.set_more(report.more);
  out.set_files(report.files);
  out.set_bytes(report.bytes);
  out.set_conventions(report.conventions);
  out.set_feeds(report.feeds);
  out.set_events(report.events);
  out.set_heads(report.heads);
  out.set_arrivals(report.arrivals);
  out.set_sealed(report.sealed);
  for (const CheckProblem& problem : report.problems) {
    v1::CheckResult::Problem& row = *out.add_problems();
    row.set_kind(KindName(problem.kind));
    row.set_file(problem.file);
    if (problem.convention.has_value()) row.set_convention_id(problem.convention->ToHex());
    if (problem.replica.has_value()) row.set_replica_id(problem.replica->ToHex());
    if (problem.first.has_value()) row.set_first(*problem.first);
    if (problem.last.has_value()) row.set_last(*problem.last);
    row.set_text_fr(problem.fr);
    row.set_text_en(problem.en);
  }
  return out;
}

void PrintJson(const CheckReport& report) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  if (google::protobuf::util::MessageToJsonString(ResultOf(report), &json, options).ok()) {
    std::fputs(json.c_str(), stdout);
  }
}

// French counts zero as one.
std::string Count(Language language, std::uint64_t count, absl::string_view one,
                  absl::string_view many) {
  const bool single = language == Language::kFrench ? count < 2 : count == 1;
  return absl::StrCat(count, " ", single ? one : many);
}

void PrintText(const CheckReport& report, Language language) {
  const bool french = language == Language::kFrench;
  for (const CheckProblem& problem : report.problems) {
    std::fprintf(stdout, "%s\n", (french ? problem.fr : problem.en).c_str());
  }
  if (report.more) {
    std::fprintf(
        stdout, "%s\n",
        Say(language, "D'autres dommages suivent, non listés.", "There is more damage, not listed.")
            .c_str());
  }
  const std::string figures =
      french
          ? absl::StrCat(Count(language, report.conventions, "convention", "conventions"), ", ",
                         Count(language, report.events, "événement", "événements"), ", ",
                         Count(language, report.heads, "tête signée", "têtes signées"), ", ",
                         Count(language, report.files, "fichier vérifié", "fichiers vérifiés"), ".")
          : absl::StrCat(Count(language, report.conventions, "convention", "conventions"), ", ",
                         Count(language, report.events, "event", "events"), ", ",
                         Count(language, report.heads, "signed head", "signed heads"), ", ",
                         Count(language, report.files, "file verified", "files verified"), ".");
  std::fprintf(stdout, "%s\n", figures.c_str());
}

// A file of the home that is missing, or not what it was, among what the check found.
void AddHomeProblem(const absl::Status& identity, CheckReport& report) {
  const Refusal refusal = RefusalOf(identity);
  CheckProblem problem;
  problem.kind = CheckProblem::Kind::kFile;
  problem.file = refusal.field;
  problem.fr = refusal.fr;
  problem.en = refusal.en;
  report.problems.push_back(std::move(problem));
}

bool AllOfKind(const CheckReport& report, CheckProblem::Kind kind) {
  return !report.more &&
         std::all_of(report.problems.begin(), report.problems.end(),
                     [kind](const CheckProblem& problem) { return problem.kind == kind; });
}

// The way out, by what is damaged: peers give rewritten events again, tables whose every row is
// proven need another disk, a file of the home comes back by itself, and anything else takes a
// backup of the whole folder.
absl::Status Failed(const CheckReport& store, const absl::Status& identity) {
  Refusal out{.code = absl::StatusCode::kDataLoss,
              .rule = "store-check",
              .fr = "ce magasin ne passe pas sa vérification.",
              .en = "this store fails its verification.",
              .next_fr = kRestoreFr,
              .next_en = kRestoreEn};
  if (store.ok()) {
    out = RefusalOf(identity);
    out.fr = "ce dossier ne passe pas sa vérification.";
    out.en = "this folder fails its verification.";
  } else if (AllOfKind(store, CheckProblem::Kind::kEvents) && identity.ok()) {
    out.next_fr = kRepairFr;
    out.next_en = kRepairEn;
  } else if (AllOfKind(store, CheckProblem::Kind::kFile) && identity.ok()) {
    out.next_fr = kMoveFr;
    out.next_en = kMoveEn;
  }
  return ToStatus(out);
}

// DATA_LOSS also for a configuration that cannot be read as one, as for a key or certificate.
absl::Status CheckConfig(const HomePaths& paths) {
  const absl::Status status = LoadConfig(paths).status();
  Refusal refusal = RefusalOf(status);
  if (refusal.rule != "config") return status;
  refusal.code = absl::StatusCode::kDataLoss;
  return ToStatus(refusal);
}

int Check(const CheckTyped& typed, Language language) {
  const HomePaths paths(typed.home);
  const absl::Status config = CheckConfig(paths);
  // Damaged, it keeps nothing else from being verified; in no replica there is nothing.
  if (!config.ok() && !absl::IsDataLoss(config)) return EndWith(config, language);
  const auto lock = HomeLock::TakeToRead(paths);
  if (!lock.ok()) return EndWith(lock.status(), language);
  const absl::Status identity = LoadIdentity(paths).status();
  const absl::Status home = config.ok() ? identity : config;
  const absl::Status folder = CheckStoreFolder(paths);
  absl::StatusOr<CheckReport> report =
      folder.ok() ? CheckStore({.path = paths.store()}) : absl::StatusOr<CheckReport>(folder);
  if (!report.ok()) {
    return EndWith(StoreNotOpened(paths, report.status(), StoreUser::kCheck), language);
  }
  const bool sound = report->ok();
  const absl::Status end = sound && home.ok() ? absl::OkStatus() : Failed(*report, home);
  for (const absl::Status& one : {config, identity}) {
    if (absl::IsDataLoss(one)) AddHomeProblem(one, *report);
  }
  if (typed.json) {
    PrintJson(*report);
  } else {
    PrintText(*report, language);
  }
  // What is no damage, such as a key that others may read, stops a run all the same.
  return EndWith(sound && !absl::IsDataLoss(home) ? home : end, language);
}

}  // namespace

void AddCheckCommand(CLI::App& app, Language language, Chosen& chosen) {
  const auto say = [language](const char* fr, const char* en) { return Say(language, fr, en); };
  // Shared with the callback, which runs after this returned.
  auto typed = std::make_shared<CheckTyped>();
  CLI::App* check = app.add_subcommand(
      "check", say("Vérifie tout un magasin à l'arrêt, sans rien y changer : fichiers, événements, "
                   "têtes signées, ordre d'arrivée.",
                   "Verifies a whole store offline and changes nothing: files, events, signed "
                   "heads, order of arrival."));
  check->add_option("--home", typed->home, say("Dossier de la réplique", "Folder of the replica"))
      ->required()
      ->type_name("DIR");
  check->add_flag("--json", typed->json,
                  say("Imprime le résultat en JSON", "Prints the result as JSON"));
  check->footer(
      say("Code de sortie 4, en nommant l'événement ou le fichier, quand une preuve ne "
          "tient pas.",
          "Exit code 4, naming the event or file, when a proof does not hold."));
  check->callback([typed, language, &chosen] {
    chosen = [typed, language] { return Check(*typed, language); };
  });
}

}  // namespace greffe
