#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/deliberation_args.h"
#include "client/cli/draft_file.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/life_args.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct RecordArgs {
  std::string act, convention, file, revision, reason, read_cut;
  std::vector<std::string> replaces;
  DeliberationArgs fields;
};

CommandResult Record(Context& context, const RecordArgs& args) {
  v1::RecordDeliberationRequest request;
  v1::Deliberation& deliberation = *request.mutable_deliberation();
  SourceMap map;
  if (!args.file.empty()) RETURN_IF_ERROR(LoadDraft(args.file, deliberation, map));
  RETURN_IF_ERROR(args.fields.Fill(deliberation));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, {}));
  request.set_convention_id(found.convention_id);
  if (deliberation.revision().empty() || !args.revision.empty()) {
    ASSIGN_OR_RETURN(const std::string revision, RevisionToDecideOn(found, args.revision));
    ASSIGN_OR_RETURN(*deliberation.mutable_revision(), ParseHex(revision, 32, "--revision"));
  }
  for (const std::string& leaf : args.replaces) {
    ASSIGN_OR_RETURN(*request.add_replaces(), FindDeliberation(*client, found.convention_id, leaf));
  }
  request.set_reason(args.reason);
  request.set_read_cut(args.replaces.empty() || !args.read_cut.empty() ? args.read_cut
                                                                       : found.answer.cut());
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  const auto recorded = client->RecordDeliberation(request);
  if (!recorded.ok()) return WithLines(recorded.status(), map);
  context.Show(*recorded, [&] {
    constexpr Message kRecorded = {"Délibération enregistrée : $0", "Deliberation on record: $0"};
    context.out() << context.F(kRecorded, recorded->deliberation()) << '\n';
    PrintFindings(context, recorded->findings());
  });
  return kDone;
}

}  // namespace

absl::Status DeliberationArgs::Fill(v1::Deliberation& out) const {
  const auto text = [](const std::string& from, std::string* to) {
    if (!from.empty()) *to = from;
  };
  text(partner, out.mutable_partner_id());
  text(assembly, out.mutable_assembly());
  text(number, out.mutable_number());
  text(sitting_on, out.mutable_sitting_on());
  text(published_on, out.mutable_published_on());
  text(received_on, out.mutable_received_on());
  text(convened_on, out.mutable_convened_on());
  text(transmitted_on, out.mutable_transmitted_on());
  text(certified_on, out.mutable_certified_executory_on());
  text(receipt, out.mutable_receipt_id());
  text(remark, out.mutable_remark());
  text(published_time, out.mutable_published_time());
  text(received_time, out.mutable_received_time());
  if (!scope.empty()) {
    ASSIGN_OR_RETURN(const v1::MandateReach reach, ParseMandateReach(scope));
    out.mutable_scope()->set_reach(reach);
  }
  if (!scope_quote.empty()) out.mutable_scope()->set_quote(scope_quote);
  if (!scope_proposer.empty()) out.mutable_scope()->set_proposer(scope_proposer);
  if (!scope_from.empty()) out.mutable_scope()->set_covers_from(scope_from);
  if (!scope_until.empty()) out.mutable_scope()->set_covers_until(scope_until);
  if (in_office) out.set_members_in_office(*in_office);
  if (present) out.set_members_present(*present);
  if (represented) out.set_members_represented(*represented);
  if (votes_for) out.set_votes_for(*votes_for);
  if (against) out.set_votes_against(*against);
  if (abstentions) out.set_abstentions(*abstentions);
  if (!casting.empty()) {
    ASSIGN_OR_RETURN(const v1::CastingVote vote, ParseCastingVote(casting));
    out.set_casting_vote(vote);
  }
  if (approves) out.set_approves_text(*approves);
  if (authorises) out.set_authorises_signature(*authorises);
  if (!publication.empty()) {
    ASSIGN_OR_RETURN(const v1::PublicationMode mode, ParsePublicationMode(publication));
    out.set_publication_mode(mode);
  }
  ASSIGN_OR_RETURN(const std::string digest, EvidenceDigest());
  if (!digest.empty()) out.set_evidence_digest(digest);
  return absl::OkStatus();
}

absl::StatusOr<std::string> DeliberationArgs::EvidenceDigest() const {
  std::string digest = evidence_digest;
  if (!evidence.empty()) {
    ASSIGN_OR_RETURN(digest, DigestOfFile(evidence, "--evidence"));
  }
  if (digest.empty()) return digest;
  return ParseHex(digest, 32, "--evidence-digest");
}

void DeliberationArgs::AddTo(Command& command) {
  command.Option(
      "--partner", "PARTNER", &partner,
      {"Partenaire dont l'assemblée a voté (le vôtre)", "Partner whose assembly voted (yours)"});
  AddFactsTo(command);
}

void DeliberationArgs::AddFactsTo(Command& command) {
  command
      .Option("--assembly", "TEXT", &assembly,
              {"L'assemblée, comme « conseil municipal »", "The assembly, in French"})
      .Option("--number", "TEXT", &number, {"Numéro de l'acte", "Number of the act"})
      .Option("--sitting-on", "DATE", &sitting_on, {"Jour de la séance", "Day of the sitting"})
      .Option("--convened-on", "DATE", &convened_on,
              {"Jour de la convocation (CHK-11)", "Day the assembly was convened (CHK-11)"})
      .Number("--in-office", &in_office, {"Membres en exercice", "Members in office"})
      .Number("--present", &present, {"Membres présents", "Members present"})
      .Number("--represented", &represented, {"Membres représentés", "Members by proxy"})
      .Number("--for", &votes_for, {"Voix pour", "Votes for"})
      .Number("--against", &against, {"Voix contre", "Votes against"})
      .Number("--abstentions", &abstentions, {"Abstentions", "Abstentions"})
      .Option("--casting-vote", "VOTE", &casting,
              {"Voix prépondérante du président à égalité : for ou against (CGCT art. L. 2121-20)",
               "Casting vote of whoever presides, of a tie: for or against (CGCT art. L. 2121-20)"})
      .Flag("--approves", &approves,
            {"L'assemblée approuve le texte (L-05)", "The assembly approves the text (L-05)"})
      .Flag("--authorises", &authorises,
            {"L'assemblée autorise la signature (L-05)",
             "The assembly authorises the signature (L-05)"})
      .Option("--published-on", "DATE", &published_on, {"Jour de publication", "Day published"})
      .Option("--publication", "KIND", &publication,
              {"web, posting (affichage) ou paper", "web, posting or paper"})
      .Option("--transmitted-on", "DATE", &transmitted_on,
              {"Jour de transmission à la préfecture", "Day transmitted to the préfecture"})
      .Option("--certified-executory-on", "DATE", &certified_on,
              {"Jour à partir duquel le maire ou le président la certifie exécutoire (L-07)",
               "Day from which the mayor or president certifies it exécutoire (L-07)"})
      .Option("--received-on", "DATE", &received_on,
              {"Jour de réception en préfecture", "Day received by the préfecture"})
      .Option("--receipt", "TEXT", &receipt,
              {"Identifiant de l'accusé (ACTES)", "Identifier of the receipt (ACTES)"})
      .Option(
          "--evidence", "FILE", &evidence,
          {"La pièce ; seule son empreinte est gardée", "The document; only its digest is kept"})
      .Option("--evidence-digest", "HEX", &evidence_digest,
              {"Ou son SHA-256, 64 chiffres", "Or its SHA-256, 64 digits"})
      .Option("--published-time", "HH:MM", &published_time,
              {"Heure de publication, à Paris", "Time of publication, in Paris"})
      .Option("--received-time", "HH:MM", &received_time,
              {"Heure de réception, à Paris", "Time of receipt, in Paris"})
      .Option("--scope", "REACH", &scope,
              {"Portée du mandat : text, execution ou avenants (L-09)",
               "Reach of the mandate: text, execution or avenants (L-09)"})
      .Option("--scope-quote", "TEXT", &scope_quote,
              {"La phrase qui le dit ; sans elle aucun avenant n'est couvert (L-34)",
               "The sentence that says so; without it no avenant is covered (L-34)"})
      .Option("--scope-proposer", "PARTNER", &scope_proposer,
              {"Les avenants de ce partenaire seul", "Avenants of this partner alone"})
      .Option("--scope-from", "DATE", &scope_from, {"Premier jour couvert", "First day covered"})
      .Option("--scope-until", "DATE", &scope_until, {"Dernier jour couvert", "Last day covered"})
      .Option("--remark", "TEXT", &remark, {"Remarque", "Remark"});
}

void AddDeliberationCommands(CommandLine& line) {
  const auto args = std::make_shared<RecordArgs>();
  Command command = line.Add("deliberation", group::kDeliberation, "record",
                             {"Enregistre le vote d'une assemblée, comme un fait",
                              "Records the vote of an assembly, as a fact"});
  command.Argument("ACT", &args->act, help::kAct)
      .Option("--file", "FILE", &args->file,
              {"La délibération (greffe.v1.Deliberation) ; les options la complètent",
               "The deliberation (greffe.v1.Deliberation); options complete it"});
  args->fields.AddTo(command);
  command.Option("--revision", "HEX", &args->revision, help::kRevision)
      .List("--replaces", "LEAF", &args->replaces,
            {"Enregistrement que celui-ci corrige", "Record that this one corrects"})
      .Option("--reason", "TEXT", &args->reason, {"Pourquoi on le corrige", "Why it is corrected"})
      .Option("--read-cut", "CUT", &args->read_cut, help::kReadCut)
      .Convention(&args->convention)
      .Examples({"  greffe deliberation record 8c41d0 --assembly \"conseil municipal\" \\\n"
                 "    --number 2026-017 --sitting-on 2026-02-10 \\\n"
                 "    --in-office 19 --present 15 --represented 2 --for 17 \\\n"
                 "    --approves --authorises \\\n"
                 "    --published-on 2026-02-12 --publication web --received-on 2026-02-13",
                 "  greffe deliberation record 8c41d0 --assembly \"conseil municipal\" \\\n"
                 "    --number 2026-017 --sitting-on 2026-02-10 \\\n"
                 "    --in-office 19 --present 15 --represented 2 --for 17 \\\n"
                 "    --approves --authorises \\\n"
                 "    --published-on 2026-02-12 --publication web --received-on 2026-02-13"})
      .Run([args](Context& context) { return Record(context, *args); });
}

}  // namespace greffe::cli
