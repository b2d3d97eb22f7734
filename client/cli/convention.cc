#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/cli/attachment_file.h"
#include "client/cli/commands.h"
#include "client/cli/document.h"
#include "client/cli/draft_file.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/cli/problems.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/template.h"
#include "client/status.h"
#include "core/base/digest.h"
#include "core/base/ids.h"
#include "core/base/status_macros.h"
#include "core/base/time.h"

namespace greffe::cli {
namespace {

// The same draft with comments, or as JSON, which has none: for --json, and for a file that
// `convention new` would read as JSON.
absl::StatusOr<std::string> TemplateText(const Context& context, const std::string& output) {
  const std::string text = ConventionTemplate(context.lang());
  if (!context.globals.json && !absl::EndsWith(output, ".json")) return text;
  v1::ConventionDraft draft;
  SourceMap map;
  RETURN_IF_ERROR(ParseDraft(text, "template.txtpb", draft, map));
  return ToJson(draft, JsonForm::kDraft);
}

CommandResult Template(Context& context, const std::string& output) {
  RETURN_IF_ERROR(CheckOutput(context, output));
  ASSIGN_OR_RETURN(const std::string text, TemplateText(context, output));
  if (output.empty()) {
    context.out() << text;
    return kDone;
  }
  RETURN_IF_ERROR(WriteOutput("--output", output, text));
  context.Note(context.F(msg::kWritten, output));
  return kDone;
}

struct NewArgs {
  std::string file;
  std::vector<std::string> attach;
  std::vector<std::string> replicas;
  bool dry_run = false;
};

// `PARTNER=PEER`; a name may hold further signs of equality.
absl::Status AddChoices(const std::vector<std::string>& typed, v1::CreateConventionRequest* out) {
  for (const std::string& one : typed) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(one, absl::MaxSplits('=', 1));
    if (parts.first.empty() || parts.second.empty()) {
      return UsageError(
          {.field = "--replica",
           .fr = absl::StrCat("« ", one, " » n'est pas PARTENAIRE=PAIR."),
           .en = absl::StrCat("\"", one, "\" is not PARTNER=PEER."),
           .next_fr = "Donnez l'identifiant du partenaire, puis le nom ou l'empreinte de la "
                      "réplique.",
           .next_en = "Give the partner's id, then the name or fingerprint of the replica."});
    }
    v1::ReplicaChoice& choice = *out->add_replicas();
    choice.set_partner_id(parts.first);
    choice.set_replica(parts.second);
  }
  return absl::OkStatus();
}

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

// A file to be kept with the convention, described before anything is sent.
struct ToAttach {
  std::string path;
  v1::Attachment attachment;
};

// What the draft says of the file tells its role: read from it, or the scan of a signature.
absl::StatusOr<std::vector<ToAttach>> FilesToAttach(const std::vector<std::string>& paths,
                                                    const v1::ConventionDraft& draft) {
  std::vector<ToAttach> out;
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(v1::Attachment attachment, DescribeFile(path, "--attach"));
    const std::string sha256 = Digest::FromBytes(attachment.sha256(), "sha256")->ToHex();
    v1::AttachmentRole role = v1::ATTACHMENT_ROLE_OTHER;
    for (const auto& one : draft.on_paper().signatures()) {
      if (one.scan_sha256() == sha256) role = v1::ATTACHMENT_ROLE_SIGNED_COPY;
    }
    for (const auto& one : draft.documents()) {
      if (one.sha256() == sha256) role = v1::ATTACHMENT_ROLE_ORIGINAL;
    }
    attachment.set_role(role);
    attachment.set_label(DefaultLabel(role));
    out.push_back({path, std::move(attachment)});
  }
  return out;
}

// Each under an id that derives from this run's, so that a repeated command goes on.
absl::Status AttachAll(Context& context, Client& client, const std::string& convention,
                       const std::vector<ToAttach>& files) {
  for (const ToAttach& file : files) {
    ASSIGN_OR_RETURN(const std::string request_id, context.RequestId());
    const Digest derived = Sha256({"greffe/v1/attach", request_id, file.attachment.sha256()});
    const auto added = AttachFile(context, client, convention, file.attachment, file.path,
                                  derived.ToBytes().substr(0, RequestId::kSize));
    if (!added.ok()) {
      constexpr Message kLater = {
          "La convention $0 est ouverte, mais « $1 » n'y est pas joint "
          "entièrement. Reprenez : greffe attachment add $0 $1",
          "The convention $0 is open, but “$1” is not wholly attached to "
          "it. Go on: greffe attachment add $0 $1"};
      context.Note(context.F(kLater, ShortHash(convention), file.path));
      return added.status();
    }
    constexpr Message kAttached = {"Joint : $0", "Attached: $0"};
    context.Note(context.F(kAttached, file.path));
  }
  return absl::OkStatus();
}

CommandResult New(Context& context, const NewArgs& args) {
  v1::CreateConventionRequest request;
  SourceMap map;
  RETURN_IF_ERROR(LoadDraft(args.file, *request.mutable_draft(), map));
  // For the next `greffe import` alone.
  request.mutable_draft()->clear_as_read();
  request.set_dry_run(args.dry_run);
  RETURN_IF_ERROR(AddChoices(args.replicas, &request));
  ASSIGN_OR_RETURN(const std::vector<ToAttach> files, FilesToAttach(args.attach, request.draft()));
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  absl::StatusOr<v1::CreateConventionResponse> created;
  {
    const Progress progress(context, {"Ouverture de la convention", "Opening the convention"});
    created = client->CreateConvention(request);
  }
  if (!created.ok()) return WithLines(created.status(), map);
  if (!args.dry_run) {
    RETURN_IF_ERROR(AttachAll(context, *client, created->receipt().convention_id(), files));
  }
  PlaceProblems(created->mutable_problems(), map);
  PlaceProblems(created->mutable_freeze_refuses(), map);
  PlaceProblems(created->mutable_freeze_asks(), map);
  context.Show(*created, [&] {
    if (args.dry_run) {
      PrintProblems(context, args.file, created->problems());
      if (!created->problems().empty()) return;
      PrintCounts(context, created->counts());
      PrintOutlook(context, *created);
      return;
    }
    Facts facts;
    facts.Add("Convention", created->receipt().convention_id());
    facts.Add(context.T({"Acte d'origine", "Original act"}), created->act_id());
    facts.Add(context.T({"Révision", "Revision"}), created->revision());
    facts.Add(context.T({"Partagée avec", "Shared with"}),
              absl::StrJoin(created->shared_with(), ", "));
    facts.Print(context.out(), context.width());
    PrintCounts(context, created->counts());
    constexpr Message kFreeze = {"Ensuite : greffe act freeze $0", "Next: greffe act freeze $0"};
    constexpr Message kAttest = {
        "Signée sur papier : chaque partenaire atteste le texte. Ensuite : greffe act attest $0",
        "Signed on paper: each partner attests the text. Next: greffe act attest $0"};
    context.Note(
        context.F(created->revision().empty() ? kFreeze : kAttest, ShortHash(created->act_id())));
  });
  return created->problems().empty() ? kDone : kRefused;
}

std::string SayStanding(const Context& context, const v1::ConventionSummary& convention) {
  std::string standing = LabelOf(context.lang(), convention.standing());
  if (convention.read_only()) {
    constexpr Message kReadOnly = {"lecture seule", "read-only"};
    absl::StrAppend(&standing, standing.empty() ? "" : ", ", context.T(kReadOnly));
  }
  if (convention.conflicts() > 0) {
    constexpr Message kConflicts = {"$0 conflit(s)", "$0 conflict(s)"};
    absl::StrAppend(&standing, standing.empty() ? "" : ", ",
                    context.F(kConflicts, convention.conflicts()));
  }
  if (!convention.has_on_paper()) return standing;
  const v1::PaperView& paper = convention.on_paper();
  return absl::StrCat(standing, " (", Words(context, paper.text(), paper.text_en()), ")");
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
                 {context.T({"Durée", "Term"})},
                 {context.T({"Parties", "Parties"}), Fit::kKeep, true}});
    for (const auto* convention : sorted) {
      table.AddRow({ShortHash(convention->convention_id()), convention->title(),
                    SayStanding(context, *convention),
                    absl::StrCat(convention->start_date(), "\n", convention->end_date()),
                    absl::StrCat(convention->parties())});
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
  std::vector<std::string> chosen_for;
};

CommandResult Share(Context& context, const ShareArgs& args) {
  v1::ShareConventionRequest request;
  request.set_convention_id(args.convention);
  request.set_peer(args.peer);
  for (const std::string& partner : args.chosen_for) request.add_chosen_for(partner);
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
    const PartnerNames names = NamesOnBoard(*client, convention, {});
    Table table({{context.T({"Réplique", "Replica"}), Fit::kEllipsize},
                 {context.T({"Empreinte", "Fingerprint"})},
                 {context.T({"Agit pour", "Acts for"}), Fit::kWrap}});
    for (const auto& entry : roster.entries()) {
      // The founder's entry bears no name.
      const char* const founder = context.T({"celle qui l'a ouverte", "the one that opened it"});
      table.AddRow({entry.name().empty() ? founder : entry.name(), ShortHash(entry.replica_id()),
                    absl::StrJoin(entry.partner_ids(), ", ",
                                  [&](std::string* out, const std::string& partner) {
                                    absl::StrAppend(out, names.Of(partner));
                                  })});
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
              {"Fichier à écrire (la sortie) ; en JSON, sans commentaires, s'il finit par .json",
               "File to write (stdout); in JSON, without comments, where it ends in .json"})
      .Examples({"  greffe convention template --output projet.txtpb   commenté, à remplir\n"
                 "  greffe convention template --json > projet.json    le même, sans commentaires",
                 "  greffe convention template --output draft.txtpb    commented, to fill in\n"
                 "  greffe convention template --json > draft.json     the same, no comments"})
      .Run([output](Context& context) { return Template(context, *output); });

  const auto create = std::make_shared<NewArgs>();
  line.Add("convention", group::kConvention, "new",
           {"Ouvre une convention à partir d'un projet (greffe.v1.ConventionDraft)",
            "Opens a convention from a draft (greffe.v1.ConventionDraft)"})
      .RequiredOption("--file", "FILE", &create->file,
                      {"Le projet : JSON de protobuf (.json) ou format texte (.txtpb)",
                       "The draft: protobuf JSON (.json) or text format (.txtpb)"})
      .List("--attach", "FILE", &create->attach,
            {"Fichier gardé avec la convention, par son SHA-256 : le document d'origine, des "
             "numérisations",
             "File kept with the convention, by its SHA-256: the original document, scans"})
      .List(
          "--replica", "PARTNER=PEER", &create->replicas,
          {"Pour un partenaire dont plusieurs répliques disent agir : celle qui agit ici, par son "
           "nom ou son empreinte",
           "For a partner for which several replicas say that they act: the one that does here, "
           "by name or fingerprint"})
      .Flag(
          "--dry-run", &create->dry_run,
          {"Vérifie seulement, et liste tous les problèmes par ligne, puis ce que le gel refusera "
           "ou demandera de confirmer (sans --json)",
           "Checks only, and lists all problems by line, then what the freeze will refuse or ask "
           "(without --json)"})
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
      .List("--for", "PARTNER", &share->chosen_for,
            {"Le choisit pour ce partenaire, quoiqu'une autre réplique connue ici dise aussi agir "
             "pour lui",
             "Chooses it for this partner, though another replica known here says that it acts for "
             "it too"})
      .Run([share](Context& context) { return Share(context, *share); });

  const auto roster = std::make_shared<std::string>();
  line.Add("convention", group::kConvention, "roster",
           {"Quelle réplique agit pour qui", "Which replica acts for whom"})
      .Argument("CONVENTION", roster.get(), help::kConvention)
      .Run([roster](Context& context) { return Roster(context, *roster); });
}

}  // namespace greffe::cli
