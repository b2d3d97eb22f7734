#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/document.h"
#include "client/cli/help.h"
#include "client/cli/lookup.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct DeliberationsArgs {
  std::string convention, partner, output;
  std::string separator = ",";
  std::vector<std::string> siret, matiere_code, pref, url;
  ReadOptions at;
};

// Whether a value may stand for all partners, without PARTNER=.
enum class ForAll { kAllowed, kRefused };

std::set<std::string> PartnersOf(const v1::ConventionView& view) {
  std::set<std::string> out;
  for (const v1::ElementView& one : view.elements()) {
    if (one.element().has_party()) out.insert(one.element().party().partner_id());
  }
  return out;
}

// PARTNER=VALUE, or VALUE for all. What stands before `=` is a partner only when the convention has
// it: addresses have that sign too.
absl::Status ParsePerPartner(const std::vector<std::string>& given, absl::string_view option,
                             const std::set<std::string>& partners, ForAll for_all,
                             google::protobuf::RepeatedPtrField<v1::PartnerValue>* out) {
  constexpr Message kForm = {"« $0 » : écrivez PARTENAIRE=VALEUR. Parties de la convention : $1.",
                             "“$0”: write PARTNER=VALUE. Parties of the convention: $1."};
  for (const std::string& one : given) {
    const std::size_t sign = one.find('=');
    const std::string partner = sign == std::string::npos ? "" : one.substr(0, sign);
    if (partners.count(partner) > 0) {
      v1::PartnerValue& value = *out->Add();
      value.set_partner_id(partner);
      value.set_value(one.substr(sign + 1));
    } else if (for_all == ForAll::kAllowed) {
      out->Add()->set_value(one);
    } else {
      const std::string all = absl::StrJoin(partners, ", ");
      return UsageError({.field = std::string(option),
                         .fr = Fill(Lang::kFrench, kForm, one, all),
                         .en = Fill(Lang::kEnglish, kForm, one, all)});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::DeliberationsDocument> ParseOptions(const DeliberationsArgs& args,
                                                       const v1::ConventionView& view) {
  const std::set<std::string> partners = PartnersOf(view);
  v1::DeliberationsDocument options;
  options.set_partner_id(args.partner);
  if (!args.partner.empty() && partners.count(args.partner) == 0) {
    constexpr Message kNoParty = {"« $0 » n'est pas partie à la convention.",
                                  "“$0” is not a party to the convention."};
    constexpr Message kParties = {"ses parties : $0", "its parties: $0"};
    const std::string all = absl::StrJoin(partners, ", ");
    return UsageError({.field = "--partner",
                       .fr = Fill(Lang::kFrench, kNoParty, args.partner),
                       .en = Fill(Lang::kEnglish, kNoParty, args.partner),
                       .next_fr = Fill(Lang::kFrench, kParties, all),
                       .next_en = Fill(Lang::kEnglish, kParties, all)});
  }
  // A SIRET names one body: none is everybody's.
  RETURN_IF_ERROR(
      ParsePerPartner(args.siret, "--siret", partners, ForAll::kRefused, options.mutable_siret()));
  RETURN_IF_ERROR(ParsePerPartner(args.matiere_code, "--matiere-code", partners, ForAll::kAllowed,
                                  options.mutable_matiere_code()));
  RETURN_IF_ERROR(
      ParsePerPartner(args.pref, "--pref", partners, ForAll::kAllowed, options.mutable_pref_id()));
  RETURN_IF_ERROR(
      ParsePerPartner(args.url, "--url", partners, ForAll::kAllowed, options.mutable_url()));
  options.set_separator(args.separator);
  return options;
}

CommandResult Deliberations(Context& context, const DeliberationsArgs& args) {
  RETURN_IF_ERROR(CheckOutput(context, args.output));
  v1::GetConventionRequest request;
  request.set_convention_id(args.convention);
  ASSIGN_OR_RETURN(*request.mutable_at(), ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetConventionResponse convention, client->GetConvention(request));
  ASSIGN_OR_RETURN(v1::DeliberationsDocument wanted, ParseOptions(args, convention.view()));
  // Acts as known at the same cut as the parties.
  wanted.mutable_at()->set_in_force_on(convention.view().in_force_on());
  wanted.mutable_at()->set_clock_date(convention.view().clock_date());
  wanted.mutable_at()->set_cut(convention.view().cut());
  if (context.globals.json) {
    v1::GetHistoryRequest acts;
    acts.set_convention_id(args.convention);
    *acts.mutable_at() = wanted.at();
    ASSIGN_OR_RETURN(const v1::GetHistoryResponse history, WholeHistory(*client, std::move(acts)));
    context.Show(history, [] {});
    return kDone;
  }
  v1::ExportDocumentRequest document;
  document.set_convention_id(args.convention);
  *document.mutable_deliberations() = std::move(wanted);
  ASSIGN_OR_RETURN(const v1::ExportDocumentResponse answer, client->ExportDocument(document));
  RETURN_IF_ERROR(PutExported(context, args.output, answer));
  return kDone;
}

struct CalendarArgs {
  std::string convention, until, partner, output;
  ReadOptions at;
};

CommandResult Calendar(Context& context, const CalendarArgs& args) {
  RETURN_IF_ERROR(CheckOutput(context, args.output));
  ASSIGN_OR_RETURN(const v1::ReadAt at, ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  if (context.globals.json) {
    v1::GetDeadlinesRequest request;
    request.set_convention_id(args.convention);
    request.set_until(args.until);
    request.set_partner_id(args.partner);
    *request.mutable_at() = at;
    ASSIGN_OR_RETURN(const v1::GetDeadlinesResponse answer, client->GetDeadlines(request));
    context.Show(answer, [] {});
    return kDone;
  }
  v1::ExportDocumentRequest request;
  request.set_convention_id(args.convention);
  request.mutable_calendar()->set_until(args.until);
  request.mutable_calendar()->set_partner_id(args.partner);
  *request.mutable_calendar()->mutable_at() = at;
  ASSIGN_OR_RETURN(const v1::ExportDocumentResponse answer, client->ExportDocument(request));
  RETURN_IF_ERROR(PutExported(context, args.output, answer));
  return kDone;
}

}  // namespace

void AddExportCommands(CommandLine& line) {
  const auto deliberations = std::make_shared<DeliberationsArgs>();
  line.Add("export", group::kExport, "deliberations",
           {"Les délibérations en données ouvertes : CSV du schéma SCDL « délibérations » 2.1",
            "The deliberations as open data: CSV of the SCDL schema « délibérations » 2.1"})
      .Argument("CONVENTION", &deliberations->convention, help::kConvention)
      .ReadAt(&deliberations->at)
      .Option("--partner", "PARTNER", &deliberations->partner,
              {"Celles de cette partie seulement", "Those of this party alone"})
      .List("--siret", "PARTNER=SIRET", &deliberations->siret,
            {"SIRET d'une partie, quand la convention ne le dit pas",
             "SIRET of a party, where the convention does not say it"})
      .List("--matiere-code", "[PARTNER=]CODE", &deliberations->matiere_code,
            {"Matière de niveau 2 de la nomenclature ACTES (8.2, aide sociale)",
             "Level 2 subject of the ACTES nomenclature (8.2, aide sociale)"})
      .List("--pref", "[PARTNER=]ID", &deliberations->pref,
            {"Préfecture qui a reçu : PREF012, SPREF0121, SGAR076",
             "Authority that received: PREF012, SPREF0121, SGAR076"})
      .List(
          "--url", "[PARTNER=]URL", &deliberations->url,
          {"Adresse où la délibération est publiée", "Address where the deliberation is published"})
      .Option("--separator", "SIGN", &deliberations->separator,
              {"« , » (par défaut) ou « ; »", "“,” (the default) or “;”"})
      .Option("--output", "FILE", &deliberations->output,
              {"Fichier à écrire (la sortie)", "File to write (stdout)"})
      .Examples(
          {"  greffe export deliberations 3f9a2c --siret rodez=21120202300019 --pref PREF012\n"
           "  greffe export deliberations 3f9a2c --partner commune-rodez \\\n"
           "    --output deliberations.csv",
           "  greffe export deliberations 3f9a2c --siret rodez=21120202300019 --pref PREF012\n"
           "  greffe export deliberations 3f9a2c --partner commune-rodez \\\n"
           "    --output deliberations.csv"})
      .Run([deliberations](Context& context) { return Deliberations(context, *deliberations); });

  const auto calendar = std::make_shared<CalendarArgs>();
  line.Add("export", group::kExport, "calendar",
           {"Les échéances pour un agenda : iCalendar, avec des rappels à 30 et 7 jours",
            "The deadlines for a calendar: iCalendar, with alarms 30 and 7 days before"})
      .Argument("CONVENTION", &calendar->convention, help::kConvention)
      .ReadAt(&calendar->at)
      .Option("--until", "DATE", &calendar->until,
              {"Dernier jour regardé (la fin de la convention)",
               "Last day looked at (the end of the convention)"})
      .Option("--partner", "PARTNER", &calendar->partner,
              {"Ce que cette partie doit faire, et ce que toutes doivent",
               "What this party must do, and what all must"})
      .Option("--output", "FILE", &calendar->output,
              {"Fichier à écrire (la sortie)", "File to write (stdout)"})
      .Examples({"  greffe export calendar 3f9a2c --output echeances.ics\n"
                 "  greffe export calendar 3f9a2c --partner commune-rodez --until 2026-12-31",
                 "  greffe export calendar 3f9a2c --output deadlines.ics\n"
                 "  greffe export calendar 3f9a2c --partner commune-rodez --until 2026-12-31"})
      .Run([calendar](Context& context) { return Calendar(context, *calendar); });
}

}  // namespace greffe::cli
