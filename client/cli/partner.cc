#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/peer_notes.h"
#include "client/cli/table.h"
#include "core/base/field_names.h"
#include "core/base/status_macros.h"
#include "core/convention/elements/element_text.h"

namespace greffe::cli {
namespace {

struct PartnerAddArgs {
  std::string partner, name, kind, siren, insee;
};

// Where the replica that acts for a partner is: a name, told apart by its fingerprint from others
// of that name.
std::string WhereOf(const Context& context, const v1::PartnerView& partner,
                    const v1::ListPartnersResponse& all, absl::string_view here) {
  std::string out = partner.here() ? std::string(here) : partner.peer();
  const bool ambiguous =
      std::any_of(all.partners().begin(), all.partners().end(), [&](const v1::PartnerView& other) {
        return !partner.here() && !other.here() && other.peer() == partner.peer() &&
               other.replica_id() != partner.replica_id();
      });
  if (ambiguous) absl::StrAppend(&out, " (", ShortHash(partner.replica_id()), ")");
  if (partner.has_signing_stopped_at()) {
    absl::StrAppend(&out, context.T({", ne signe plus", ", signs no more"}));
  }
  return out;
}

void PrintPartners(Context& context, const v1::ListPartnersResponse& partners) {
  std::vector<const v1::PartnerView*> sorted;
  for (const auto& partner : partners.partners()) sorted.push_back(&partner);
  const FrenchOrder order;
  std::sort(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) {
    return order.Compare(a->card().name(), b->card().name()) < 0;
  });
  Table table({{context.T({"Nom", "Name"}), Fit::kWrap},
               {context.T({"Identifiant", "Id"}), Fit::kEllipsize},
               {context.T({"Genre", "Kind"}), Fit::kWrap},
               {"SIREN"},
               {"INSEE"},
               {context.T({"Réplique", "Replica"}), Fit::kWrap}});
  for (const auto* partner : sorted) {
    const auto& card = partner->card();
    table.AddRow({card.name(), card.partner_id(), std::string(WordOf(card.kind())), card.siren(),
                  card.insee(), WhereOf(context, *partner, partners, context.T({"ici", "here"}))});
  }
  table.Print(context.out(), context.width());
}

CommandResult ListPartners(Context& context) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListPartnersResponse partners, client->ListPartners({}));
  context.Show(partners, [&] { PrintPartners(context, partners); });
  return kDone;
}

CommandResult ShowPartner(Context& context, const std::string& id) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListPartnersResponse all, client->ListPartners({}));
  v1::ListPartnersResponse found;
  for (const auto& partner : all.partners()) {
    if (partner.card().partner_id() == id) *found.add_partners() = partner;
  }
  if (found.partners().empty()) {
    return Context::RefuseBy("not-found", absl::StatusCode::kNotFound, msg::kPartnerNotFound,
                             msg::kPartnerNotFoundNext, id);
  }
  context.Show(found, [&] {
    const auto& partner = found.partners(0);
    Facts facts;
    facts.Add(context.T({"Nom", "Name"}), partner.card().name());
    facts.Add(context.T({"Identifiant", "Id"}), partner.card().partner_id());
    const absl::string_view kind = WordOf(partner.card().kind());
    facts.Add(context.T({"Genre", "Kind"}), kind);
    facts.Add("SIREN", partner.card().siren());
    facts.Add("INSEE", partner.card().insee());
    // Each replica that says that it acts for it.
    for (const auto& one : found.partners()) {
      facts.Add(context.T({"Réplique", "Replica"}),
                WhereOf(context, one, all, context.T({"celle-ci", "this one"})));
      facts.Add(context.T({"Empreinte", "Fingerprint"}), one.replica_id());
      if (one.has_signing_stopped_at()) {
        facts.Add(context.T({"Ne signe plus", "Signs no more"}),
                  SayStopped(context.lang(), one.signing_stopped_at()));
      }
    }
    facts.Print(context.out(), context.width());
  });
  return kDone;
}

CommandResult AddPartner(Context& context, const PartnerAddArgs& args) {
  v1::AddPartnerRequest request;
  v1::PartnerCard& card = *request.mutable_card();
  card.set_partner_id(args.partner);
  card.set_name(args.name);
  card.set_siren(args.siren);
  card.set_insee(args.insee);
  ASSIGN_OR_RETURN(const v1::PartnerKind kind, ParsePartnerKind(args.kind));
  card.set_kind(kind);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  const auto answered = client->AddPartner(request);
  if (!answered.ok()) {
    return NameFields(answered.status(), {{"card.partner_id", "PARTNER"},
                                          {"card.name", "--name"},
                                          {"card.kind", "--kind"},
                                          {"card.siren", "--siren"},
                                          {"card.insee", "--insee"}});
  }
  const v1::AddPartnerResponse& added = *answered;
  context.Show(added, [&] {
    constexpr Message kAdded = {"Cette réplique agit pour $0 ($1).",
                                "This replica acts for $0 ($1)."};
    context.out() << context.F(kAdded, Whom(context.lang(), added.partner().card().name()),
                               added.partner().card().partner_id())
                  << '\n';
  });
  return kDone;
}

}  // namespace

void AddPartnerCommands(CommandLine& line) {
  line.Add("partner", group::kPartner, "list",
           {"Les partenaires connus ici", "The partners known here"})
      .Run([](Context& context) { return ListPartners(context); });

  const auto id = std::make_shared<std::string>();
  line.Add("partner", group::kPartner, "show", {"Un partenaire", "One partner"})
      .Argument("PARTNER", id.get(), {"Son identifiant", "Its id"})
      .Run([id](Context& context) { return ShowPartner(context, *id); });

  const auto add = std::make_shared<PartnerAddArgs>();
  line.Add("partner", group::kPartner, "add",
           {"Fait agir cette réplique pour un partenaire de plus",
            "Makes this replica act for a further partner"})
      .Argument("PARTNER", &add->partner,
                {"Identifiant : 1 à 64 caractères parmi a-z 0-9 -",
                 "Id: 1 to 64 characters of a-z 0-9 -"})
      .RequiredOption("--name", "TEXT", &add->name, {"Nom complet", "Full name"})
      .RequiredOption("--kind", "KIND", &add->kind,
                      {"caf, commune, intercommunality, syndicate, state, national-education, "
                       "department, other",
                       "caf, commune, intercommunality, syndicate, state, national-education, "
                       "department, other"})
      .Option("--siren", "N", &add->siren, {"SIREN, neuf chiffres", "SIREN, nine digits"})
      .Option("--insee", "CODE", &add->insee,
              {"Code INSEE d'une commune", "INSEE code of a commune"})
      .Examples({"  greffe partner add commune-boe --name \"Commune de Boé\" --kind commune \\\n"
                 "    --insee 47031",
                 "  greffe partner add commune-boe --name \"Commune de Boé\" --kind commune \\\n"
                 "    --insee 47031"})
      .Run([add](Context& context) { return AddPartner(context, *add); });
}

}  // namespace greffe::cli
