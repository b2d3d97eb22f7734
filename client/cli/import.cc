#include <sys/stat.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/draft_file.h"
#include "client/cli/files.h"
#include "client/cli/import_files.h"
#include "client/cli/import_show.h"
#include "client/status.h"
#include "core/base/status_macros.h"
#include "core/reader/draft.h"
#include "core/reader/draft_paper.h"
#include "core/reader/facts.h"
#include "core/reader/reader.h"
#include "core/reader/redraft.h"
#include "core/reader/report_html.h"

namespace greffe::cli {
namespace {

struct ImportArgs {
  std::vector<std::string> files;
  std::string out, report, facts;
  bool force = false;
  bool on_paper = false, not_on_paper = false;
};

bool IsThere(const std::string& path) {
  struct stat there {};
  return !path.empty() && stat(path.c_str(), &there) == 0 && S_ISREG(there.st_mode);
}

// Before the work is done, so that nothing is half written.
absl::Status CheckTargets(const ImportArgs& args) {
  std::vector<std::string> targets;
  for (const std::string& path : {args.out, args.report, args.facts}) {
    if (path.empty()) continue;
    for (const std::string& other : targets) {
      if (other == path) {
        constexpr Message kSame = {"« $0 » est donné pour deux résultats.",
                                   "“$0” is given for two results."};
        return UsageError(
            {.fr = Fill(Lang::kFrench, kSame, path), .en = Fill(Lang::kEnglish, kSame, path)});
      }
    }
    targets.push_back(path);
  }
  if (args.on_paper && args.not_on_paper) {
    constexpr Message kBoth = {
        "--on-paper et --not-on-paper se contredisent : donnez l'un des deux.",
        "--on-paper and --not-on-paper contradict each other: give one."};
    return UsageError({.fr = kBoth.fr, .en = kBoth.en});
  }
  if (args.force) return absl::OkStatus();
  for (const std::string& path : {args.report, args.facts}) {
    if (!IsThere(path)) continue;
    constexpr Message kNext = {"donnez un autre nom, ou ajoutez --force pour le remplacer",
                               "give another name, or add --force to replace it"};
    return Context::RefuseBy("file-exists", absl::StatusCode::kAlreadyExists, msg::kFileExists,
                             kNext, path);
  }
  return absl::OkStatus();
}

absl::Status Write(const ImportArgs& args, const char* option, const std::string& path,
                   const std::string& content, Readers readers, v1::ImportReport& report) {
  if (path.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(
      WriteOutput(option, path, content, readers, args.force ? Old::kReplaced : Old::kStays));
  report.add_written(path);
  return absl::OkStatus();
}

CommandResult Import(Context& context, const ImportArgs& args) {
  RETURN_IF_ERROR(CheckTargets(args));
  const bool compare = IsThere(args.out);
  v1::ConventionDraft before;
  if (compare) {
    SourceMap map;
    RETURN_IF_ERROR(LoadDraft(args.out, before, map));
  }
  ASSIGN_OR_RETURN(ImportInputs inputs, LoadInputs(args.files));
  absl::StatusOr<reader::Reading> reading;
  {
    const Progress progress(context, {"Lecture", "Reading"});
    reading = reader::Read(std::move(inputs.texts));
  }
  if (!reading.ok()) return reading.status();
  reader::Draft draft = reader::MakeDraft(*reading, inputs.files);
  reader::SetAsRead(&draft.draft);
  reader::Redrafted merged;
  if (compare) {
    merged = reader::Redraft(before, draft.draft);
    draft.draft = merged.draft;
  }
  // After the merge: a later reading without the flag keeps its answer as it keeps corrections.
  if (args.not_on_paper) draft.draft.clear_on_paper();
  if (args.on_paper && !draft.draft.has_on_paper()) {
    *draft.draft.mutable_on_paper() = draft.paper.signing;
  }
  reader::TellDecision(draft.draft.has_on_paper(), &draft.paper);
  v1::ImportReport report = ReportOf(*reading, draft);
  for (v1::ImportChange& change : merged.changes) *report.add_changes() = std::move(change);
  const bool held_back = compare && !args.force;
  if (!held_back && !args.out.empty()) {
    const std::string json = ToJson(draft.draft, JsonForm::kDraft);
    RETURN_IF_ERROR(Write(args, "--out", args.out, json, Readers::kAll, report));
  }
  // The report and the facts quote the documents, names of persons and all.
  if (!args.report.empty()) {
    const std::vector<v1::DraftProblem> problems(report.problems().begin(),
                                                 report.problems().end());
    RETURN_IF_ERROR(Write(args, "--report", args.report,
                          reader::ReportHtml(*reading, inputs.files, draft, problems),
                          Readers::kOwner, report));
  }
  RETURN_IF_ERROR(
      Write(args, "--facts", args.facts, reader::FactsTsv(*reading), Readers::kOwner, report));
  context.Show(report, [&] { PrintImport(context, report, draft.draft); });
  if (!held_back) return kDone;
  constexpr Message kHeldBack = {
      "« $0 » existe et n'est pas touché. Avec --force la nouvelle lecture y entre, corrections "
      "gardées ; un autre --out l'écrit à part.",
      "“$0” exists and is not touched. With --force the new reading enters it, corrections kept; "
      "another --out writes it apart."};
  context.Note(context.F(kHeldBack, args.out));
  return kRefused;
}

}  // namespace

void AddImportCommand(CommandLine& line) {
  auto args = std::make_shared<ImportArgs>();
  line.Add("", group::kNone, "import",
           {"Lit une convention (PDF ou texte) en une ébauche à corriger ; hors ligne",
            "Reads a convention (PDF or text) into a draft to correct; offline"})
      .Arguments("FILE", &args->files,
                 {"Les documents d'une même convention : PDF, ou texte UTF-8 (Markdown et restes "
                  "de HTML compris)",
                  "The documents of one convention: PDF, or UTF-8 text (Markdown and remains of "
                  "HTML included)"})
      .Option("--out", "DRAFT", &args->out,
              {"L'ébauche, en JSON, pour « convention new --file ». Si elle existe, la nouvelle "
               "lecture lui est comparée et rien n'y est écrit sans --force",
               "The draft, in JSON, for “convention new --file”. If it exists, the new reading is "
               "compared with it, and nothing is written there without --force"})
      .Option("--report", "HTML", &args->report,
              {"Le rapport, une page sans ressources extérieures : constats, puis source et "
               "ébauche côte à côte. Il contient des noms de personnes",
               "The report, one page without outside resources: findings, then source and draft "
               "side by side. It holds names of persons"})
      .Option("--facts", "TSV", &args->facts,
              {"Un fait par ligne, avec ses lignes de source ; contient des noms de personnes",
               "One fact a line, with its source lines; holds names of persons"})
      .Flag(
          "--on-paper", &args->on_paper,
          {"L'ébauche entre comme signée sur papier, même si les documents ne le montrent pas. "
           "Par défaut elle le fait quand une signature porte une date ou une marque (« signé »)",
           "The draft enters as signed on paper, even if the documents do not show it. By default "
           "it does when a signature bears a date or a mark (« signé »)"})
      .Flag("--not-on-paper", &args->not_on_paper,
            {"L'ébauche entre comme un projet à signer, quoi que montrent les documents",
             "The draft enters as a project to sign, whatever the documents show"})
      .Flag("--force", &args->force,
            {"Remplace les fichiers qui existent ; les corrections de l'ébauche sont gardées",
             "Replaces files that exist; corrections of the draft are kept"})
      .Examples({"  greffe import convention.pdf --out projet.json --report rapport.html\n"
                 "  greffe import convention.txt plan.txt deliberation.pdf --out projet.json\n"
                 "  greffe import convention.txt --out projet.json          ce qui a changé\n"
                 "  greffe import convention.txt --out projet.json --force  le reprendre\n"
                 "  greffe convention new --file projet.json --dry-run",
                 "  greffe import convention.pdf --out draft.json --report report.html\n"
                 "  greffe import convention.txt plan.txt deliberation.pdf --out draft.json\n"
                 "  greffe import convention.txt --out draft.json          what changed\n"
                 "  greffe import convention.txt --out draft.json --force  take it over\n"
                 "  greffe convention new --file draft.json --dry-run"})
      .Run([args](Context& context) { return Import(context, *args); });
}

}  // namespace greffe::cli
