#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/attachment_file.h"
#include "client/cli/commands.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/lookup.h"
#include "client/cli/parse.h"
#include "client/cli/table.h"
#include "client/status.h"
#include "core/base/digest.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

constexpr std::chrono::minutes kDownloadTime{10};

struct AddArgs {
  std::string convention, file, label, role = "other", media_type;
};

CommandResult Add(Context& context, const AddArgs& args) {
  ASSIGN_OR_RETURN(const v1::AttachmentRole role, ParseAttachmentRole(args.role));
  ASSIGN_OR_RETURN(v1::Attachment attachment, DescribeFile(args.file, "FILE", args.media_type));
  attachment.set_role(role);
  attachment.set_label(args.label.empty() ? DefaultLabel(role) : args.label);
  if (!args.label.empty()) {
    context.Note(context.T(
        {"Le libellé reste pour toujours, chez tous les partenaires : pas de nom de personne.",
         "The label stays for ever, with all partners: no name of a person."}));
  }
  ASSIGN_OR_RETURN(const std::string request_id, context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(
      const v1::AddAttachmentResponse added,
      AttachFile(context, *client, args.convention, attachment, args.file, request_id));
  context.Show(added, [&] {
    Facts facts;
    facts.Add("SHA-256", Digest::FromBytes(attachment.sha256(), "sha256")->ToHex());
    facts.Add(context.T({"Libellé", "Label"}), attachment.label());
    facts.Add(context.T({"Taille", "Size"}), Bytes(context.lang(), attachment.size()));
    facts.Add("Type", attachment.media_type());
    facts.Print(context.out(), context.width());
  });
  return kDone;
}

std::string SayHere(const Context& context, const v1::AttachmentHere& here) {
  switch (here.state()) {
    case v1::ATTACHMENT_STATE_HELD:
      return context.T({"entière", "whole"});
    case v1::ATTACHMENT_STATE_FALSE:
      return context.T({"FAUSSE : pas l'empreinte annoncée", "FALSE: not the SHA-256 announced"});
    default:
      return context.F({"manque ici ($0 morceaux sur $1)", "missing here ($0 chunks of $1)"},
                       here.chunks_held(), here.chunks());
  }
}

struct ListArgs {
  std::string convention;
  ReadOptions at;
};

CommandResult List(Context& context, const ListArgs& args) {
  v1::ListAttachmentsRequest request;
  request.set_convention_id(args.convention);
  ASSIGN_OR_RETURN(*request.mutable_at(), ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListAttachmentsResponse all, client->ListAttachments(request));
  context.Show(all, [&] {
    Table table({{"SHA-256"},
                 {context.T({"Libellé", "Label"}), Fit::kWrap},
                 {context.T({"Rôle", "Role"})},
                 {"Type", Fit::kEllipsize},
                 {context.T({"Taille", "Size"}), Fit::kKeep, true},
                 {context.T({"Par", "By"}), Fit::kEllipsize},
                 {context.T({"Ici", "Here"}), Fit::kWrap}});
    for (int i = 0; i < all.attachments_size() && i < all.here_size(); ++i) {
      const v1::AttachmentView& one = all.attachments(i);
      table.AddRow({ShortHash(one.sha256()), one.label(), AttachmentRoleWord(one.role()),
                    one.media_type(), Bytes(context.lang(), one.size()), one.event().partner_id(),
                    SayHere(context, all.here(i))});
    }
    table.Print(context.out(), context.width());
    if (all.attachments().empty()) {
      context.Note(context.T({"Aucune pièce jointe.", "No attachment."}));
    }
  });
  return kDone;
}

struct GetArgs {
  std::string convention, sha256, out;
};

CommandResult Get(Context& context, const GetArgs& args) {
  v1::DownloadAttachmentRequest request;
  request.set_convention_id(args.convention);
  request.set_sha256(args.sha256);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const auto timeout, context.Timeout(kDownloadTime));
  ASSIGN_OR_RETURN(const std::unique_ptr<NewFile> file, NewFile::Make("--out", args.out));
  v1::AttachmentView view;
  Sha256Stream hash;
  absl::Status status;
  {
    const Progress progress(context, {"Réception du fichier", "Receiving the file"});
    status = client->DownloadAttachment(
        request, timeout, [&](const v1::DownloadAttachmentResponse& piece) -> absl::Status {
          if (piece.has_attachment()) view = piece.attachment();
          hash.Update(piece.chunk());
          return file->Append(piece.chunk());
        });
  }
  RETURN_IF_ERROR(status);
  // Here, by code that trusts nothing but the digest.
  const std::string digest = hash.Finish().ToHex();
  if (digest != view.sha256()) {
    return ToStatus({.code = absl::StatusCode::kDataLoss,
                     .rule = "attachment-digest",
                     .fr = absl::StrCat("Les octets reçus ont l'empreinte ", digest,
                                        ", pas celle de l'événement."),
                     .en = absl::StrCat("The bytes received have the SHA-256 ", digest,
                                        ", not that of the event.")});
  }
  RETURN_IF_ERROR(file->Keep());
  context.Show(view, [&] {
    Facts facts;
    facts.Add("SHA-256", view.sha256());
    facts.Add(context.T({"Libellé", "Label"}), view.label());
    facts.Add("Type", view.media_type());
    facts.Add(context.T({"Écrit", "Written"}), args.out);
    facts.Print(context.out(), context.width());
  });
  return kDone;
}

}  // namespace

void AddAttachmentCommands(CommandLine& line) {
  const auto add = std::make_shared<AddArgs>();
  line.Add("attachment", group::kAttachment, "add",
           {"Joint un fichier à la convention, par son SHA-256 ; repris là où il s'est arrêté",
            "Attaches a file to the convention, by its SHA-256; goes on where it stopped"})
      .Argument("CONVENTION", &add->convention, help::kConvention)
      .Argument("FILE", &add->file, {"Le fichier, 32 Mio au plus", "The file, at most 32 MiB"})
      .Option("--role", "ROLE", &add->role,
              {"original, signed, evidence, minutes ou other",
               "original, signed, evidence, "
               "minutes or other"})
      .Option("--label", "TEXT", &add->label,
              {"Libellé ; gardé pour toujours : pas de nom de personne",
               "Label; kept for ever: no name of a person"})
      .Option("--media-type", "TYPE", &add->media_type,
              {"Type, comme application/pdf (d'après la fin du nom)",
               "Type, such as application/pdf (from the end of the name)"})
      .Examples({"  greffe attachment add 4f2a91 convention-signee.pdf --role signed",
                 "  greffe attachment add 4f2a91 signed-convention.pdf --role signed"})
      .Run([add](Context& context) { return Add(context, *add); });

  const auto list = std::make_shared<ListArgs>();
  line.Add("attachment", group::kAttachment, "list",
           {"Les pièces jointes, et ce qui en manque ici",
            "The attachments, and what of them is "
            "missing here"})
      .Argument("CONVENTION", &list->convention, help::kConvention)
      .ReadAt(&list->at)
      .Run([list](Context& context) { return List(context, *list); });

  const auto get = std::make_shared<GetArgs>();
  line.Add("attachment", group::kAttachment, "get",
           {"Écrit une pièce jointe dans un fichier, et vérifie son SHA-256 ici même",
            "Writes an attachment to a file, and verifies its SHA-256 right here"})
      .Argument("CONVENTION", &get->convention, help::kConvention)
      .Argument("SHA256", &get->sha256,
                {"Son SHA-256, ou les 6 premiers chiffres au moins",
                 "Its SHA-256, or at least the first 6 digits"})
      .RequiredOption("--out", "FILE", &get->out, {"Fichier à écrire", "File to write"})
      .Run([get](Context& context) { return Get(context, *get); });
}

}  // namespace greffe::cli
