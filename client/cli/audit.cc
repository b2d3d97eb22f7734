#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/document.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/cli/proof.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

void PrintVerification(Context& context, const v1::VerifyResponse& answer) {
  const Lang lang = context.lang();
  Table table({{"Convention"},
               {context.T({"Réplique", "Replica"})},
               {context.T({"Événements", "Events"}), Fit::kKeep, true},
               {context.T({"Têtes", "Heads"}), Fit::kKeep, true},
               {context.T({"Racine", "Root"})},
               {context.T({"Preuve", "Proof"}), Fit::kWrap}});
  for (const auto& feed : answer.feeds()) {
    std::string proof = feed.ok()
                            ? context.T({"bonne", "good"})
                            : absl::StrCat(context.T({"ÉCHEC : ", "FAILED: "}), feed.problem());
    if (feed.has_forked_at()) {
      constexpr Message kFork = {" (branche depuis $0)", " (branch since $0)"};
      proof += context.F(kFork, feed.forked_at());
    }
    table.AddRow({ShortHash(feed.convention_id()), ShortHash(feed.replica_id()),
                  Count(lang, feed.size()), Count(lang, feed.heads()), ShortHash(feed.root()),
                  proof});
  }
  table.Print(context.out(), context.width());
  for (const auto& digest : answer.digests()) {
    constexpr Message kDigest = {"Convention $0 : $1 événements, état $2",
                                 "Convention $0: $1 events, state $2"};
    context.out() << context.F(kDigest, ShortHash(digest.convention_id()),
                               Count(lang, digest.events()), digest.state_digest())
                  << '\n';
  }
  constexpr Message kGood = {"Tout est vérifié : $0 événements.", "All is verified: $0 events."};
  constexpr Message kBad = {
      "La vérification échoue : voir ci-dessus. Les conventions touchées sont "
      "en lecture seule ; un pair peut les réparer (greffe sync --wait).",
      "Verification fails: see above. The conventions concerned are "
      "read-only; a peer can repair them (greffe sync --wait)."};
  context.out() << (answer.ok() ? context.F(kGood, Count(lang, answer.events())) : context.T(kBad))
                << '\n';
}

CommandResult Verify(Context& context, const std::string& convention) {
  v1::VerifyRequest request;
  request.set_convention_id(convention);
  ASSIGN_OR_RETURN(Client* const client, context.Connect(Work::kLong));
  absl::StatusOr<v1::VerifyResponse> answer;
  {
    const Progress progress(context, {"Vérification", "Verifying"});
    answer = client->Verify(request);
  }
  if (!answer.ok()) return answer.status();
  context.Show(*answer, [&] { PrintVerification(context, *answer); });
  return answer->ok() ? kDone : kIntegrity;
}

absl::StatusOr<v1::ListEventsResponse> AllEvents(Client& client, const std::string& convention) {
  v1::ListEventsResponse all;
  v1::ListEventsRequest request;
  request.set_convention_id(convention);
  request.set_page_size(500);
  do {
    ASSIGN_OR_RETURN(v1::ListEventsResponse page, client.ListEvents(request));
    for (auto& event : *page.mutable_events()) *all.add_events() = std::move(event);
    *all.mutable_context() = page.context();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

CommandResult Events(Context& context, const std::string& convention) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListEventsResponse events, AllEvents(*client, convention));
  context.Show(events, [&] {
    // Two lines an event: its place and author, then what it says.
    for (const auto& event : events.events()) {
      constexpr Message kPlace = {"$0  réplique $1, n° $2  [$3]", "$0  replica $1, no. $2  [$3]"};
      context.out() << context.F(kPlace, ShortHash(event.leaf()), event.replica_id().substr(0, 8),
                                 event.sequence(), SayAuthor(context.lang(), event))
                    << '\n';
      PrintText(context,
                event.authorised() ? ""
                                   : context.T({"SANS EFFET (pas autorisé) : ",
                                                "WITHOUT EFFECT (no authority): "}),
                SaySummary(context.lang(), event), 4);
    }
  });
  return kDone;
}

struct ProveArgs {
  std::string event, convention;
};

// The full hash of an event of this convention, or empty.
absl::StatusOr<std::string> FullLeaf(Client& client, const std::string& convention,
                                     const std::string& prefix) {
  if (prefix.size() == 64) return prefix;
  ASSIGN_OR_RETURN(const v1::ListEventsResponse events, AllEvents(client, convention));
  std::vector<std::string> found;
  for (const auto& event : events.events()) {
    if (absl::StartsWith(event.leaf(), prefix)) found.push_back(event.leaf());
  }
  if (found.size() > 1) return AmbiguousName(prefix, found);
  return found.empty() ? std::string() : found.front();
}

CommandResult Prove(Context& context, const ProveArgs& args) {
  const absl::Status none = ToStatus({.code = absl::StatusCode::kNotFound,
                                      .rule = "not-found",
                                      .field = "leaf",
                                      .fr = Fill(Lang::kFrench, msg::kEventNotFound, args.event),
                                      .en = Fill(Lang::kEnglish, msg::kEventNotFound, args.event),
                                      .next_fr = msg::kEventNotFoundNext.fr,
                                      .next_en = msg::kEventNotFoundNext.en});
  if (args.event.size() < 6) return none;
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const auto ids, ConventionsToSearch(*client, args.convention));
  for (const std::string& id : ids) {
    v1::ProveEventRequest request;
    request.set_convention_id(id);
    ASSIGN_OR_RETURN(*request.mutable_leaf(), FullLeaf(*client, id, args.event));
    if (request.leaf().empty()) continue;
    const auto proof = client->ProveEvent(request);
    if (absl::IsNotFound(proof.status())) continue;
    if (!proof.ok()) return proof.status();
    // Here, by code that trusts nothing but hashes and the key: not the replica's word.
    RETURN_IF_ERROR(CheckProof(*proof, request.leaf()));
    context.Show(*proof, [&] {
      Facts facts;
      facts.Add(context.T({"Événement", "Event"}), request.leaf());
      facts.Add(context.T({"Quoi", "What"}), SaySummary(context.lang(), proof->view()));
      facts.Add(context.T({"Par", "By"}), SayAuthor(context.lang(), proof->view()));
      facts.Add(context.T({"Réplique", "Replica"}), proof->view().replica_id());
      facts.Add(context.T({"Place", "Place"}), absl::StrCat(proof->sequence()));
      facts.Add(context.T({"Chemin", "Path"}),
                context.F({"empreintes : $0", "hashes: $0"}, proof->path_size()));
      facts.Print(context.out(), context.width());
    });
    // A signed note is copied as it is: not fitted.
    if (!context.globals.json) context.out() << '\n' << proof->head() << '\n';
    context.Note(
        context.T({"Vérifié ici : l'événement est dans l'arbre de cette tête, signée par "
                   "la clé de la réplique.",
                   "Verified here: the event is in the tree of this head, signed by the "
                   "replica's key."}));
    return kDone;
  }
  return none;
}

struct ExportArgs {
  std::string convention, output;
};

// As the readers of protobuf call it: delimited.
std::string Delimited(const v1::ExportConventionResponse& piece) {
  std::string out;
  google::protobuf::io::StringOutputStream stream(&out);
  google::protobuf::util::SerializeDelimitedToZeroCopyStream(piece, &stream);
  return out;
}

CommandResult Export(Context& context, const ExportArgs& args) {
  RETURN_IF_ERROR(CheckOutput(context, args.output));
  v1::ExportConventionRequest request;
  request.set_convention_id(args.convention);
  ASSIGN_OR_RETURN(Client* const client, context.Connect(Work::kLong));
  // Half an export proves nothing: it is there once it is whole.
  ASSIGN_OR_RETURN(const std::unique_ptr<NewFile> file, NewFile::Make("--output", args.output));
  std::uint64_t events = 0;
  absl::Status status;
  {
    const Progress progress(context, {"Export", "Exporting"});
    status = client->Export(request, [&](const v1::ExportConventionResponse& piece) {
      events += static_cast<std::uint64_t>(piece.events_size());
      return file->Append(Delimited(piece));
    });
  }
  RETURN_IF_ERROR(status);
  RETURN_IF_ERROR(file->Keep());
  constexpr Message kExported = {"$0 événement(s) dans $1", "$0 event(s) in $1"};
  context.Note(context.F(kExported, Count(context.lang(), events), args.output));
  return kDone;
}

}  // namespace

void AddAuditCommands(CommandLine& line) {
  const auto verify = std::make_shared<std::string>();
  line.Add("audit", group::kAudit, "verify",
           {"Recalcule chaque empreinte et vérifie chaque signature",
            "Recomputes every hash and checks every signature"})
      .OptionalArgument(
          "CONVENTION", verify.get(),
          {"Celle-ci (toutes celles que vous voyez)", "This one (all that you may see)"})
      .Run([verify](Context& context) { return Verify(context, *verify); });

  const auto events = std::make_shared<std::string>();
  line.Add("audit", group::kAudit, "events",
           {"Tous les événements, dans l'ordre d'arrivée ici",
            "All events, in order of arrival here"})
      .Argument("CONVENTION", events.get(), help::kConvention)
      .Run([events](Context& context) { return Events(context, *events); });

  const auto prove = std::make_shared<ProveArgs>();
  line.Add("audit", group::kAudit, "prove",
           {"Prouve qu'un événement est dans son journal, et vérifie la preuve ici même",
            "Proves that an event is in its feed, and verifies the proof right here"})
      .Argument("EVENT", &prove->event,
                {"Empreinte de l'événement, ou son début", "Hash of the event, or its start"})
      .Convention(&prove->convention)
      .Run([prove](Context& context) { return Prove(context, *prove); });

  const auto out = std::make_shared<ExportArgs>();
  line.Add("audit", group::kAudit, "export",
           {"Écrit tout ce qu'il faut pour vérifier ailleurs",
            "Writes all that is needed to verify elsewhere"})
      .Argument("CONVENTION", &out->convention, help::kConvention)
      .RequiredOption("--output", "FILE", &out->output, {"Fichier à écrire", "File to write"})
      .Run([out](Context& context) { return Export(context, *out); });
}

}  // namespace greffe::cli
