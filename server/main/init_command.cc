#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/field_names.h"
#include "server/identity/home.h"
#include "server/main/commands.h"
#include "server/main/exit_code.h"
#include "server/main/init_home.h"

namespace greffe {
namespace {

// The uppermost folder above `home` that is not there; empty when all are.
std::string FirstMissingAbove(const std::string& home) {
  std::error_code error;
  std::filesystem::path path = std::filesystem::absolute(home, error).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  std::string missing;
  for (path = path.parent_path(); path != path.root_path(); path = path.parent_path()) {
    if (!std::filesystem::exists(path, error) && !error) missing = path.string();
  }
  return missing;
}

const std::map<std::string, v1::PartnerKind>& Kinds() {
  static const auto& kKinds = *new std::map<std::string, v1::PartnerKind>{
      {"caf", v1::PARTNER_KIND_CAF},
      {"commune", v1::PARTNER_KIND_COMMUNE},
      {"intercommunality", v1::PARTNER_KIND_INTERCOMMUNALITY},
      {"syndicate", v1::PARTNER_KIND_SYNDICATE},
      {"state", v1::PARTNER_KIND_STATE},
      {"national-education", v1::PARTNER_KIND_NATIONAL_EDUCATION},
      {"department", v1::PARTNER_KIND_DEPARTMENT},
      {"other", v1::PARTNER_KIND_OTHER}};
  return kKinds;
}

struct InitTyped {
  InitOptions options;
  std::string partner;
  std::string name;
  std::string kind;
  std::string siren;
  std::string insee;
  bool json = false;
};

// The options that fill the fields of a card.
const FieldNames& Options() {
  static const auto& kOptions = *new FieldNames{{"partner.partner_id", "--partner"},
                                                {"partner.name", "--name"},
                                                {"partner.kind", "--kind"},
                                                {"partner.siren", "--siren"},
                                                {"partner.insee", "--insee"}};
  return kOptions;
}

// No call of a service: three names, for scripts.
std::string AsJson(const HomePaths& paths, const ReplicaId& made) {
  google::protobuf::Struct answer;
  auto& fields = *answer.mutable_fields();
  fields["replica_id"].set_string_value(made.ToHex());
  fields["home"].set_string_value(paths.home);
  fields["token_file"].set_string_value(paths.admin_token());
  std::string json;
  // Fails for numbers that are none; there are no numbers.
  if (!google::protobuf::util::MessageToJsonString(answer, &json).ok()) json = "{}";
  return json;
}

int Init(InitTyped& typed, Language language) {
  typed.options.partner.set_partner_id(typed.partner);
  typed.options.partner.set_name(typed.name);
  typed.options.partner.set_kind(Kinds().at(typed.kind));
  typed.options.partner.set_siren(typed.siren);
  typed.options.partner.set_insee(typed.insee);
  const std::string above = FirstMissingAbove(typed.options.home);
  const absl::StatusOr<ReplicaId> made = InitHome(typed.options);
  if (!made.ok()) return EndWith(NameFields(made.status(), Options()), language);
  const HomePaths paths(typed.options.home);
  std::printf("%s\n", typed.json ? AsJson(paths, *made).c_str() : made->ToHex().c_str());
  if (!above.empty()) {
    // It may be a name mistyped, or a disk that is not mounted.
    std::fprintf(stderr,
                 Say(language, "Le dossier %s n'était pas là : il a été créé.\n",
                     "The folder %s was not there: it was made.\n")
                     .c_str(),
                 above.c_str());
  }
  std::fprintf(stderr,
               Say(language,
                   "Réplique créée dans %s ; la ligne imprimée est son empreinte.\n"
                   "Jeton de l'administrateur « %s » : %s\n"
                   "Ensuite : greffed run --home %s\n",
                   "Replica made in %s; the line printed is its fingerprint.\n"
                   "Token of the administrator \"%s\": %s\n"
                   "Next: greffed run --home %s\n")
                   .c_str(),
               paths.home.c_str(), typed.options.user.c_str(), paths.admin_token().c_str(),
               paths.home.c_str());
  return kExitDone;
}

}  // namespace

void AddInitCommand(CLI::App& app, Language language, Chosen& chosen) {
  const auto say = [language](const std::string& fr, const std::string& en) {
    return language == Language::kFrench ? fr : en;
  };
  // Shared with the callback, which runs after this returned.
  auto typed = std::make_shared<InitTyped>();
  CLI::App* init = app.add_subcommand(
      "init", say("Crée une réplique : clé, certificat, configuration, premier utilisateur. "
                  "Imprime son empreinte.",
                  "Makes a replica: key, certificate, configuration, first user. Prints its "
                  "fingerprint."));
  init->add_option("--home", typed->options.home,
                   say("Dossier neuf de la réplique", "New folder of the replica"))
      ->required()
      ->type_name("DIR");
  init->add_option("--partner", typed->partner,
                   say("Identifiant du partenaire pour qui elle agit, comme caf-47",
                       "Id of the partner it acts for, such as caf-47"))
      ->required()
      ->type_name("ID");
  init->add_option("--name", typed->name, say("Nom du partenaire", "Name of the partner"))
      ->required()
      ->type_name("TEXT");
  std::vector<std::string> kinds;
  for (const auto& [kind, value] : Kinds()) kinds.push_back(kind);
  init->add_option("--kind", typed->kind,
                   say(absl::StrCat("Nature du partenaire : ", absl::StrJoin(kinds, ", ")),
                       absl::StrCat("Kind of the partner: ", absl::StrJoin(kinds, ", "))))
      ->required()
      ->type_name("KIND")
      ->check(CLI::IsMember(kinds).description(""));
  init->add_option("--siren", typed->siren,
                   say("Numéro SIREN, neuf chiffres", "SIREN number, nine digits"))
      ->type_name("SIREN");
  init->add_option("--insee", typed->insee,
                   say("Code INSEE de la commune", "INSEE code of the commune"))
      ->type_name("INSEE");
  init->add_option("--user", typed->options.user,
                   say("Identifiant du premier utilisateur", "Login of the first user"))
      ->type_name("LOGIN")
      ->capture_default_str();
  init->add_option("--listen", typed->options.listen,
                   say("Adresse où elle écoutera", "Address at which it will listen"))
      ->type_name("HOST:PORT")
      ->capture_default_str();
  init->add_flag("--json", typed->json,
                 say("L'empreinte, le dossier et le fichier du jeton en un document JSON",
                     "The fingerprint, the folder and the file of the token as one JSON document"));
  init->footer(
      say("Exemple :\n  greffed init --home /var/lib/greffe/caf --partner caf-47 \\\n"
          "    --name \"CAF de Lot-et-Garonne\" --kind caf",
          "Example:\n  greffed init --home /var/lib/greffe/caf --partner caf-47 \\\n"
          "    --name \"CAF de Lot-et-Garonne\" --kind caf"));
  init->callback([typed, language, &chosen] {
    chosen = [typed, language] { return Init(*typed, language); };
  });
}

}  // namespace greffe
