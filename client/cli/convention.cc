#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/draft_file.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/cli/problems.h"
#include "client/cli/table.h"
#include "client/cli/template.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

CommandResult Template(Context& context, const std::string& output) {
  const std::string text = ConventionTemplate(context.lang());
  if (output.empty()) {
    context.out() << text;
    return kDone;
  }
  RETURN_IF_ERROR(WriteOutput(output, text));
  context.Note(context.F(msg::kWritten, output));
  return kDone;
}

struct NewArgs {
  std::string file;
  bool dry_run = false;
};

void PrintCounts(Context& context, const v1::ConventionCounts& counts) {
  constexpr Message kCounts = {
      "parties $0 · signataires $1 · articles $2 · actions $3 · indicateurs $4 · équipements $5 · "
      "instances $6",
      "parties $0 · signatories $1 · articles $2 · actions $3 · indicators $4 · facilities $5 · "
      "bodies $6"};
  context.out() << context.F(kCounts, counts.parties(), counts.signatories(), counts.articles(),
                             counts.actions(), counts.indicators(), counts.facilities(),
                             counts.bodies())
                << '\n';
}

CommandResult New(Context& context, const NewArgs& args) {
  v1::CreateConventionRequest request;
  SourceMap map;
  RETURN_IF_ERROR(LoadDraft(args.file, *request.mutable_draft(), map));
  // For the next `greffe import` alone.
  request.mutable_draft()->clear_as_read();
  request.set_dry_run(args.dry_run);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  absl::StatusOr<v1::CreateConventionResponse> created;
  {
    const Progress progress(context, {"Ouverture de la convention", "Opening the convention"});
    created = client->CreateConvention(request);
  }
  if (!created.ok()) return WithLines(created.status(), map);
  PlaceProblems(created->mutable_problems(), map);
  context.Show(*created, [&] {
    if (args.dry_run) {
      PrintProblems(context, args.file, created->problems());
      if (created->problems().empty()) PrintCounts(context, created->counts());
      return;
    }
    Facts facts;
    facts.Add("Convention", created->receipt().convention_id());
    facts.Add(context.T({"Acte d'origine", "Original act"}), created->act_id());
    facts.Add(context.T({"Partagée avec", "Shared with"}),
              absl::StrJoin(created->shared_with(), ", "));
    facts.Print(context.out(), context.width());
    PrintCounts(context, created->counts());
    constexpr Message kNext = {"Ensuite : greffe act freeze $0", "Next: greffe act freeze $0"};
    context.Note(context.F(kNext, ShortHash(created->act_id())));
  });
  return created->problems().empty() ? kDone : kRefused;
}

CommandResult List(Context& context) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListConventionsResponse all, AllConventions(*client));
  context.Show(all, [&] {
    std::vector<const v1::ConventionSummary*> sorted;
    for (const auto& convention : all.conventions()) sorted.push_back(&convention);
    const FrenchOrder order;
    std::sort(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) {
      const int title = order.Compare(a->title(), b->title());
      return title != 0 ? title < 0 : a->convention_id() < b->convention_id();
    });
    Table table({{"Convention"},
                 {context.T({"Intitulé", "Title"}), Fit::kWrap},
                 {context.T({"État", "Standing"}), Fit::kWrap},
                 {context.T({"Début", "Start"})},
                 {context.T({"Fin", "End"})},
                 {context.T({"Parties", "Parties"}), Fit::kKeep, true},
                 {context.T({"Conflits", "Conflicts"}), Fit::kKeep, true}});
    for (const auto* convention : sorted) {
      table.AddRow({ShortHash(convention->convention_id()), convention->title(),
                    LabelOf(context.lang(), convention->standing()), convention->start_date(),
                    convention->end_date(), absl::StrCat(convention->parties()),
                    absl::StrCat(convention->conflicts())});
    }
    table.Print(context.out(), context.width());
    if (sorted.empty()) {
      constexpr Message kNoConvention = {
          "Aucune convention. Pour commencer : greffe convention template --output projet.txtpb",
          "No convention. To begin: greffe convention template --output draft.txtpb"};
      context.Note(context.T(kNoConvention));
    }
  });
  return kDone;
}

struct ShareArgs {
  std::string convention, peer;
};

CommandResult Share(Context& context, const ShareArgs& args) {
  v1::ShareConventionRequest request;
  request.set_convention_id(args.convention);
  request.set_peer(args.peer);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ShareConventionResponse shared, client->ShareConvention(request));
  context.Show(shared, [&] {
    constexpr Message kShared = {"$0 tient maintenant la convention pour : $1",
                                 "$0 now keeps the convention for: $1"};
    context.out() << context.F(kShared, args.peer, absl::StrJoin(shared.partner_ids(), ", "))
                  << '\n';
  });
  return kDone;
}

CommandResult Roster(Context& context, const std::string& convention) {
  v1::GetRosterRequest request;
  request.set_convention_id(convention);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetRosterResponse roster, client->GetRoster(request));
  context.Show(roster, [&] {
    Table table({{context.T({"Réplique", "Replica"}), Fit::kEllipsize},
                 {context.T({"Empreinte", "Fingerprint"})},
                 {context.T({"Agit pour", "Acts for"}), Fit::kWrap}});
    for (const auto& entry : roster.entries()) {
      table.AddRow(
          {entry.name(), ShortHash(entry.replica_id()), absl::StrJoin(entry.partner_ids(), ", ")});
    }
    table.Print(context.out(), context.width());
  });
  return kDone;
}

}  // namespace

void AddConventionCommands(CommandLine& line) {
  const auto output = std::make_shared<std::string>();
  line.Add("convention", group::kConvention, "template",
           {"Écrit un projet commenté, à remplir", "Writes a commented draft to fill in"})
      .Option("--output", "FILE", output.get(),
              {"Fichier à écrire (la sortie)", "File to write (stdout)"})
      .Examples({"  greffe convention template --output projet.txtpb",
                 "  greffe convention template --output draft.txtpb"})
      .Run([output](Context& context) { return Template(context, *output); });

  const auto create = std::make_shared<NewArgs>();
  line.Add("convention", group::kConvention, "new",
           {"Ouvre une convention à partir d'un projet (greffe.v1.ConventionDraft)",
            "Opens a convention from a draft (greffe.v1.ConventionDraft)"})
      .RequiredOption("--file", "FILE", &create->file,
                      {"Le projet : JSON de protobuf (.json) ou format texte (.txtpb)",
                       "The draft: protobuf JSON (.json) or text format (.txtpb)"})
      .Flag("--dry-run", &create->dry_run,
            {"Vérifie seulement, et liste tous les problèmes par ligne",
             "Checks only, and lists all problems by line"})
      .Examples({"  greffe convention new --file projet.txtpb --dry-run\n"
                 "  greffe convention new --file projet.txtpb",
                 "  greffe convention new --file draft.txtpb --dry-run\n"
                 "  greffe convention new --file draft.txtpb"})
      .Run([create](Context& context) { return New(context, *create); });

  line.Add("convention", group::kConvention, "list",
           {"Les conventions de votre partenaire", "The conventions of your partner"})
      .Run([](Context& context) { return List(context); });

  const auto share = std::make_shared<ShareArgs>();
  line.Add("convention", group::kConvention, "share",
           {"Fait tenir la convention par la réplique d'un pair",
            "Lets a peer's replica keep the convention"})
      .Argument("CONVENTION", &share->convention, help::kConvention)
      .Argument("PEER", &share->peer,
                {"Nom du pair, ou début de son empreinte", "Name of the peer or its fingerprint"})
      .Run([share](Context& context) { return Share(context, *share); });

  const auto roster = std::make_shared<std::string>();
  line.Add("convention", group::kConvention, "roster",
           {"Quelle réplique agit pour qui", "Which replica acts for whom"})
      .Argument("CONVENTION", roster.get(), help::kConvention)
      .Run([roster](Context& context) { return Roster(context, *roster); });
}

}  // namespace greffe::cli
