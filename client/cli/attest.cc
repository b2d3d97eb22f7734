#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct AttestArgs {
  std::string act, convention, revision, read_cut;
  std::vector<std::string> signed_on, scans, capacities;
};

// OFFICE=VALUE.
absl::StatusOr<std::pair<std::string, std::string>> ParsePair(const std::string& text,
                                                              const char* option) {
  const std::size_t equals = text.find('=');
  if (equals != std::string::npos && equals > 0 && equals + 1 < text.size()) {
    return std::pair(text.substr(0, equals), text.substr(equals + 1));
  }
  constexpr Message kBadPair = {"« $0 » : écrivez FONCTION=VALEUR, par exemple maire=2025-03-14.",
                                "“$0”: write OFFICE=VALUE, such as maire=2025-03-14."};
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, kBadPair, text),
                     .en = Fill(Lang::kEnglish, kBadPair, text)});
}

absl::Status FillSignatures(const AttestArgs& args, v1::AttestActRequest* request) {
  std::map<std::string, v1::PaperSignature> by_office;
  for (const std::string& one : args.signed_on) {
    ASSIGN_OR_RETURN(const auto pair, ParsePair(one, "--signed-on"));
    by_office[pair.first].set_signed_on(pair.second);
  }
  for (const std::string& one : args.scans) {
    ASSIGN_OR_RETURN(const auto pair, ParsePair(one, "--scan"));
    ASSIGN_OR_RETURN(*by_office[pair.first].mutable_scan_sha256(),
                     DigestOfFile(pair.second, "--scan"));
  }
  for (const std::string& one : args.capacities) {
    ASSIGN_OR_RETURN(const auto pair, ParsePair(one, "--capacity"));
    by_office[pair.first].set_capacity(pair.second);
  }
  for (auto& [office, signature] : by_office) {
    signature.set_signatory_id(office);
    *request->add_signatures() = std::move(signature);
  }
  return absl::OkStatus();
}

std::string SayCapacity(const Context& context, const v1::PaperSignature& one) {
  if (one.capacity().empty()) return "";
  return context.F({" en qualité de « $0 »", " in the capacity of “$0”"}, one.capacity());
}

// What is stated of one office, and what the user says instead.
std::string SayOffice(Context& context, const v1::PaperOfficeView& office,
                      const v1::AttestActRequest& request) {
  if (office.has_own()) {
    return context.F({"déjà enregistrée, le $0", "already on record, on $0"},
                     LongDate(context.lang(), office.own().signed_on()));
  }
  for (const v1::PaperSignature& one : request.signatures()) {
    if (one.signatory_id() == office.signatory().id() && !one.signed_on().empty()) {
      return absl::StrCat(context.F({"signée le $0, dites-vous", "signed on $0, you say"},
                                    LongDate(context.lang(), one.signed_on())),
                          SayCapacity(context, one));
    }
  }
  std::vector<std::string> dates;
  for (const v1::PaperSignature& one : office.stated()) {
    if (one.signed_on().empty()) continue;
    dates.push_back(
        absl::StrCat(LongDate(context.lang(), one.signed_on()), SayCapacity(context, one)));
  }
  if (dates.empty()) {
    // The id stands in the label.
    return context.T({"date inconnue : ne comptera pas sans --signed-on FONCTION=DATE",
                      "date unknown: will not count without --signed-on OFFICE=DATE"});
  }
  return context.F({"déclarée signée le $0", "declared signed on $0"},
                   absl::StrJoin(dates, context.T({" ou le ", " or on "})));
}

// What is about to be attested, on stderr, so that stdout holds the answer.
void ShowWhatIsAttested(Context& context, const v1::ActView& act, const v1::RevisionView& revision,
                        const std::string& partner, const v1::AttestActRequest& request) {
  Facts facts;
  facts.Add(context.T({"Acte", "Act"}), act.title());
  facts.Add(context.T({"Révision", "Revision"}), revision.revision());
  facts.Add(context.T({"Libellé", "Label"}), revision.label());
  facts.Add(context.T({"Effet", "Effective"}), LongDate(context.lang(), revision.effective_from()));
  facts.Add(context.T({"État", "Standing"}),
            Words(context, revision.on_paper().text(), revision.on_paper().text_en()));
  for (const v1::PaperPartyView& party : revision.on_paper().parties()) {
    if (party.partner_id() != partner) continue;
    for (const v1::PaperOfficeView& office : party.offices()) {
      facts.Add(absl::StrCat(office.signatory().office(), " (", office.signatory().id(), ")"),
                SayOffice(context, office, request));
    }
    for (const v1::Deliberation& vote : party.stated_deliberations()) {
      constexpr Message kVote = {"$0, séance du $1 : deviendra votre enregistrement",
                                 "$0, sitting of $1: will become your own record"};
      facts.Add(context.T({"Délibération", "Deliberation"}),
                context.F(kVote, vote.number(), LongDate(context.lang(), vote.sitting_on())));
    }
  }
  facts.Print(context.err(), context.width());
}

CommandResult Attest(Context& context, const AttestArgs& args) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, {}));
  v1::AttestActRequest request;
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  ASSIGN_OR_RETURN(*request.mutable_revision(), RevisionToDecideOn(found, args.revision));
  RETURN_IF_ERROR(FillSignatures(args, &request));
  request.set_read_cut(args.read_cut.empty() ? found.answer.cut() : args.read_cut);
  context.RepeatWithCut(request.read_cut());
  if (!context.globals.json || !context.globals.yes) {
    ASSIGN_OR_RETURN(const v1::WhoAmIResponse who, client->WhoAmI({}));
    for (const v1::RevisionView& one : found.answer.act().revisions()) {
      if (one.revision() != request.revision()) continue;
      ShowWhatIsAttested(context, found.answer.act(), one, who.user().partner_id(), request);
    }
  }
  constexpr Message kAsk = {"Attester que c'est le texte signé sur papier ? [oui/non] ",
                            "Attest that this is the text signed on paper? [yes/no] "};
  RETURN_IF_ERROR(context.Confirm(kAsk));
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(const v1::AttestActResponse attested, client->AttestAct(request));
  context.Show(attested, [&] {
    constexpr Message kAttested = {
        "Attesté par $0 partenaire(s) sur $1 ; $2 signature(s) sur $3 comptent.",
        "Attested by $0 partner(s) of $1; $2 signature(s) of $3 count."};
    context.out() << context.F(kAttested, attested.attested(), attested.partners(),
                               attested.signed_(), attested.needed());
    if (attested.concluded()) {
      context.out() << context.T({" L'acte est conclu.", " The act is concluded."});
    }
    context.out() << '\n';
  });
  return kDone;
}

}  // namespace

void AddAttestCommand(CommandLine& line) {
  const auto args = std::make_shared<AttestArgs>();
  line.Add("act", group::kAct, "attest",
           {"Atteste, pour votre partenaire, que la révision est le texte signé sur papier",
            "Attests, for your partner, that the revision is the text signed on paper"})
      .Argument("ACT", &args->act, help::kAct)
      .List("--signed-on", "OFFICE=DATE", &args->signed_on,
            {"Date que porte le papier, pour une fonction de votre partenaire",
             "Date on the paper, for an office of your partner"})
      .List("--scan", "OFFICE=FILE", &args->scans,
            {"L'image ; seule son empreinte est gardée (voir greffe attachment add)",
             "The scan; only its digest is kept (see greffe attachment add)"})
      .List("--capacity", "OFFICE=TEXT", &args->capacities,
            {"En quelle qualité quelqu'un a signé pour la fonction, comme « première adjointe » "
             "(L-04)",
             "In which capacity somebody signed for the office, in French (L-04)"})
      .Option("--revision", "HEX", &args->revision, help::kRevision)
      .Option("--read-cut", "CUT", &args->read_cut, help::kReadCut)
      .Convention(&args->convention)
      .Examples({"  greffe act attest 8c41d0   montre l'empreinte et les faits, puis demande\n"
                 "  greffe act attest 8c41d0 --signed-on maire=2025-03-14 --yes",
                 "  greffe act attest 8c41d0   shows hash and facts, then asks\n"
                 "  greffe act attest 8c41d0 --signed-on maire=2025-03-14 --yes"})
      .Run([args](Context& context) { return Attest(context, *args); });
}

}  // namespace greffe::cli
