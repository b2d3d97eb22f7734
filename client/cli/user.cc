#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/cli/commands.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/table.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct UserAddArgs {
  std::string user, roles, partner, office, token_out;
};

CommandResult AddUser(Context& context, const UserAddArgs& args) {
  v1::AddUserRequest request;
  request.set_user(args.user);
  request.set_partner_id(args.partner);
  request.set_office(args.office);
  for (const auto word : absl::StrSplit(args.roles, ',', absl::SkipWhitespace())) {
    ASSIGN_OR_RETURN(const v1::Role role, ParseRole(word));
    request.add_roles(role);
  }
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  std::unique_ptr<NewFile> file;
  if (!args.token_out.empty()) {
    // For its owner alone, and made before the token is asked for: a token that cannot be written,
    // or is written over another, would be lost.
    ASSIGN_OR_RETURN(file, NewFile::Make("--token-out", args.token_out, Readers::kOwner));
  }
  auto added = client->AddUser(request);
  if (!added.ok()) return added.status();
  absl::Status written;
  if (file != nullptr) written = file->Append(absl::StrCat(added->token(), "\n"));
  if (file != nullptr && written.ok()) written = file->Keep();
  const bool in_file = file != nullptr && written.ok();
  const std::string token = added->token();
  // A file that asks for the token keeps it to itself.
  if (in_file) added->clear_token();
  context.Show(*added, [&] {
    constexpr Message kAdded = {"L'utilisateur $0 (partenaire $1) peut se servir de la réplique.",
                                "User $0 (partner $1) may use the replica."};
    context.Note(context.F(kAdded, added->user().user(), added->user().partner_id()));
    if (in_file) {
      constexpr Message kInFile = {
          "Son jeton est dans $0, que vous seul pouvez lire. Remettez-lui ce fichier : le jeton "
          "n'est montré nulle part ailleurs.",
          "The token is in $0, which you alone can read. Hand that file over: the token is shown "
          "nowhere else."};
      context.Note(context.F(kInFile, args.token_out));
      return;
    }
    context.Note(context.T({"Son jeton, montré une seule fois :", "The token, shown this once:"}));
    context.out() << token << '\n';
  });
  if (written.ok()) return kDone;
  // The user exists and the token comes once: it is shown rather than lost.
  const Refusal why = RefusalOf(written);
  constexpr Message kCameMeanwhile = {"« $0 » existe à présent, et reste comme il est.",
                                      "“$0” is there by now, and stays as it is."};
  context.Note(why.rule == "file-exists"         ? context.F(kCameMeanwhile, args.token_out)
               : context.lang() == Lang::kFrench ? why.fr
                                                 : why.en);
  return kRefused;
}

std::string Roles(const v1::UserView& user) {
  return absl::StrJoin(user.roles(), ", ", [](std::string* out, int role) {
    absl::StrAppend(out, RoleWord(static_cast<v1::Role>(role)));
  });
}

CommandResult ListUsers(Context& context) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListUsersResponse users, client->ListUsers({}));
  context.Show(users, [&] {
    std::vector<const v1::UserView*> sorted;
    for (const auto& user : users.users()) sorted.push_back(&user);
    const FrenchOrder order;
    std::sort(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) {
      const int partner = order.Compare(a->partner_id(), b->partner_id());
      return partner != 0 ? partner < 0 : order.Compare(a->user(), b->user()) < 0;
    });
    // Ids are copied by hand: whole, and the day is enough.
    Table table({{context.T({"Partenaire", "Partner"})},
                 {context.T({"Utilisateur", "User"})},
                 {context.T({"Rôles", "Roles"}), Fit::kWrap},
                 {context.T({"Fonction", "Office"}), Fit::kWrap},
                 {context.T({"Ajouté", "Added"})}});
    for (const auto* user : sorted) {
      table.AddRow({user->partner_id(), user->user(), Roles(*user), user->office(),
                    user->has_added_at() ? ShortDay(context.lang(), user->added_at()) : ""});
    }
    table.Print(context.out(), context.width());
  });
  return kDone;
}

struct SetRolesArgs {
  std::string user, roles, office;
};

CommandResult SetUserRoles(Context& context, const SetRolesArgs& args) {
  v1::SetUserRolesRequest request;
  request.set_user(args.user);
  if (!args.office.empty()) request.set_office(args.office);
  for (const auto word : absl::StrSplit(args.roles, ',', absl::SkipWhitespace())) {
    ASSIGN_OR_RETURN(const v1::Role role, ParseRole(word));
    request.add_roles(role);
  }
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::SetUserRolesResponse changed, client->SetUserRoles(request));
  context.Show(changed, [&] {
    constexpr Message kChanged = {
        "Rôles de l'utilisateur $0 désormais : $1. Son jeton reste le même.",
        "Roles of $0 from now on: $1. The token stays the same."};
    context.out() << context.F(kChanged, args.user, Roles(changed.user())) << '\n';
  });
  return kDone;
}

CommandResult RemoveUser(Context& context, const std::string& user) {
  v1::RemoveUserRequest request;
  request.set_user(user);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::RemoveUserResponse removed, client->RemoveUser(request));
  context.Show(removed, [&] {
    constexpr Message kRemoved = {"Le jeton de l'utilisateur $0 ne vaut plus rien.",
                                  "The token of $0 no longer works."};
    context.out() << context.F(kRemoved, user) << '\n';
  });
  return kDone;
}

}  // namespace

void AddUserCommands(CommandLine& line) {
  const auto add = std::make_shared<UserAddArgs>();
  line.Add("user", group::kUser, "add",
           {"Ajoute un utilisateur et donne son jeton, une seule fois",
            "Adds a user and gives the token, once"})
      .Argument("USER", &add->user,
                {"Nom : 1 à 64 caractères parmi a-z 0-9 . _ -",
                 "Login: 1 to 64 characters of a-z 0-9 . _ -"})
      .RequiredOption("--role", "ROLE", &add->roles,
                      {"Un rôle ou plusieurs, séparés par des virgules : reader, coordinator, "
                       "secretariat, signatory, dpo, auditor, admin",
                       "One role or several, with commas: reader, coordinator, secretariat, "
                       "signatory, dpo, auditor, admin"})
      .Option("--partner", "PARTNER", &add->partner,
              {"Son partenaire (le vôtre)", "The user's partner (yours)"})
      .Option("--office", "TEXT", &add->office,
              {"Sa fonction, en français ; un signataire (signatory) signe pour elle",
               "The office, in French; a signatory signs for it"})
      .Option("--token-out", "FILE", &add->token_out,
              {"Écrit le jeton dans ce fichier, lisible de vous seul",
               "Writes the token to this file, for your eyes only"})
      .Examples({"  greffe user add secretariat.astaffort --role secretariat,coordinator \\\n"
                 "    --partner commune-astaffort\n"
                 "  greffe user add maire --role signatory --office Maire --token-out maire.token",
                 "  greffe user add secretariat.astaffort --role secretariat,coordinator \\\n"
                 "    --partner commune-astaffort\n"
                 "  greffe user add maire --role signatory --office Maire --token-out maire.token"})
      .Run([add](Context& context) { return AddUser(context, *add); });

  line.Add("user", group::kUser, "list", {"Les utilisateurs", "The users"})
      .Run([](Context& context) { return ListUsers(context); });

  const auto set = std::make_shared<SetRolesArgs>();
  line.Add("user", group::kUser, "set-roles",
           {"Donne à un utilisateur ces rôles à la place des siens ; son jeton reste",
            "Gives a user these roles in place of the former ones; the token stays"})
      .Argument("USER", &set->user, {"Son nom", "The login"})
      .RequiredOption("--role", "ROLE", &set->roles,
                      {"Tous ses rôles désormais, séparés par des virgules, comme pour user add",
                       "All roles from now on, with commas, as for user add"})
      .Option("--office", "TEXT", &set->office,
              {"Sa fonction désormais (celle qu'il a)", "The office from now on (the present one)"})
      .Examples({"  greffe user set-roles secretariat.astaffort --role secretariat\n"
                 "  greffe user set-roles maire --role signatory,reader --office Maire",
                 "  greffe user set-roles secretariat.astaffort --role secretariat\n"
                 "  greffe user set-roles maire --role signatory,reader --office Maire"})
      .Run([set](Context& context) { return SetUserRoles(context, *set); });

  const auto user = std::make_shared<std::string>();
  line.Add("user", group::kUser, "remove",
           {"Retire un utilisateur : son jeton cesse de valoir aussitôt",
            "Takes a user out: the token stops working at once"})
      .Argument("USER", user.get(), {"Son nom", "The login"})
      .Run([user](Context& context) { return RemoveUser(context, *user); });
}

}  // namespace greffe::cli
