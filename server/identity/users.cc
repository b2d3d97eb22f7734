#include "server/identity/users.h"

#include <algorithm>
#include <utility>

#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "server/identity/token.h"

namespace greffe {
namespace {

constexpr char kUsersTable[] = "users";

bool IsLogin(absl::string_view login) {
  return !login.empty() && login.size() <= limits::kIdCharacters &&
         std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-';
         });
}

bool Administers(const v1::UserRecord& user, absl::string_view partner_id) {
  const auto& roles = user.view().roles();
  return user.view().partner_id() == partner_id &&
         std::find(roles.begin(), roles.end(), v1::ROLE_ADMIN) != roles.end();
}

absl::Status BadToken() {
  return ToStatus({.code = absl::StatusCode::kUnauthenticated,
                   .rule = "token",
                   .fr = "Ce jeton n'ouvre rien ici : il est inconnu ou a été retiré.",
                   .en = "This token opens nothing here: it is unknown or was removed.",
                   .next_fr =
                       "Vérifiez --token-file, ou demandez à l'administrateur de la réplique "
                       "un nouveau jeton (greffe user add).",
                   .next_en = "Check --token-file, or ask the replica's administrator for a new "
                              "token (greffe user add)."});
}

using UserRecords = std::map<std::string, v1::UserRecord>;

absl::Status CheckAdminLeft(const UserRecords& users, absl::string_view own_partner) {
  const bool admin_left = std::any_of(users.begin(), users.end(), [&](const auto& row) {
    return Administers(row.second, own_partner);
  });
  if (admin_left) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "last-admin",
                   .field = "user",
                   .fr = "C'est le dernier administrateur de la réplique : sans lui, plus personne "
                         "ne pourrait y ajouter d'utilisateur.",
                   .en = "This is the replica's last administrator: without one nobody could add "
                         "users here.",
                   .next_fr = "Ajoutez d'abord un autre administrateur : greffe user add LOGIN "
                              "--role admin",
                   .next_en = "Add another administrator first: greffe user add LOGIN --role "
                              "admin"});
}

absl::Status UnknownUser(absl::string_view login) {
  return ToStatus({.code = absl::StatusCode::kNotFound,
                   .rule = "user",
                   .field = "user",
                   .fr = absl::StrCat("Aucun utilisateur « ", login, " » sur cette réplique."),
                   .en = absl::StrCat("No user \"", login, "\" on this replica."),
                   .next_fr = "Voyez la liste : greffe user list",
                   .next_en = "See the list: greffe user list"});
}

}  // namespace

std::vector<v1::Role> FirstUserRoles() {
  return {v1::ROLE_READER, v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT, v1::ROLE_AUDITOR,
          v1::ROLE_ADMIN};
}

absl::Status CheckUser(const v1::UserView& user) {
  if (!IsLogin(user.user())) {
    return ToStatus({.rule = "user-login",
                     .field = "user",
                     .fr = "L'identifiant doit compter 1 à 64 caractères parmi a-z, 0-9, « . », "
                           "« _ » et « - ».",
                     .en = "The login must be 1 to 64 characters of a-z, 0-9, \".\", \"_\", "
                           "\"-\".",
                     .next_fr = "Choisissez par exemple coordination ou secretariat-2.",
                     .next_en = "Choose for example coordination or secretariat-2."});
  }
  const bool known = std::all_of(user.roles().begin(), user.roles().end(), [](int role) {
    return v1::Role_IsValid(role) && role != v1::ROLE_UNSPECIFIED;
  });
  if (user.roles().empty() || !known) {
    return ToStatus({.rule = "user-roles",
                     .field = "roles",
                     .fr = "Il faut au moins un rôle, parmi reader, coordinator, secretariat, "
                           "signatory, dpo, auditor, admin.",
                     .en = "At least one role is needed, of reader, coordinator, secretariat, "
                           "signatory, dpo, auditor, admin.",
                     .next_fr = "Donnez un ou plusieurs de ces rôles, puis recommencez.",
                     .next_en = "Give one or more of these roles, then try again."});
  }
  if (std::find(user.roles().begin(), user.roles().end(), v1::ROLE_SIGNATORY) !=
          user.roles().end() &&
      user.office().empty()) {
    return ToStatus(
        {.rule = "user-office",
         .field = "office",
         .fr = "Un signataire signe pour une fonction : sans elle, il ne signe aucun acte.",
         .en = "A signatory signs for an office: without one, they sign no act.",
         .next_fr = "Ajoutez la fonction telle que la convention l'écrit, par exemple "
                    "--office Maire",
         .next_en = "Add the office as the convention writes it, such as --office "
                    "Maire"});
  }
  if (CountCodePoints(user.office()) > limits::kOfficeCharacters) {
    return ToStatus({.rule = "limit-office",
                     .field = "office",
                     .fr = absl::StrCat("La fonction compte plus de ", limits::kOfficeCharacters,
                                        " caractères."),
                     .en = absl::StrCat("The office is longer than ", limits::kOfficeCharacters,
                                        " characters."),
                     .next_fr = "Abrégez-la, puis recommencez.",
                     .next_en = "Shorten it, then try again."});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Users>> Users::Open(const EventStore& store, RecordWriter writer) {
  ASSIGN_OR_RETURN(auto users, LoadRecords<v1::UserRecord>(store, kUsersTable));
  return std::unique_ptr<Users>(new Users(store, std::move(writer), std::move(users)));
}

Users::Users(const EventStore& store, RecordWriter writer,
             std::map<std::string, v1::UserRecord> users)
    : store_(store), writer_(std::move(writer)) {
  Publish(std::move(users));
}

absl::Status Users::Reload() {
  absl::MutexLock change(&change_mu_);
  ASSIGN_OR_RETURN(auto users, LoadRecords<v1::UserRecord>(store_, kUsersTable));
  Publish(std::move(users));
  return absl::OkStatus();
}

void Users::Publish(std::map<std::string, v1::UserRecord> users) {
  std::map<Digest, std::string> logins;
  for (const auto& [login, user] : users) {
    const auto hash = Digest::FromBytes(user.token_hash(), "token_hash");
    // A row whose hash is damaged gives nobody access; its user can be removed and added again.
    if (hash.ok()) logins.emplace(*hash, login);
  }
  absl::MutexLock lock(&mu_);
  users_ = std::move(users);
  login_of_token_ = std::move(logins);
}

std::map<std::string, v1::UserRecord> Users::Copy() const {
  absl::ReaderMutexLock lock(&mu_);
  return users_;
}

absl::StatusOr<v1::UserView> Users::Authenticate(absl::string_view token) const {
  const Digest hash = HashToken(token);
  absl::ReaderMutexLock lock(&mu_);
  // The search compares hashes, which tell nothing about tokens; the last word is constant time.
  const auto login = login_of_token_.find(hash);
  if (login == login_of_token_.end()) return BadToken();
  const v1::UserRecord& user = users_.at(login->second);
  if (!EqualInConstantTime(user.token_hash(), hash.view())) return BadToken();
  return user.view();
}

std::vector<v1::UserView> Users::List() const {
  absl::ReaderMutexLock lock(&mu_);
  std::vector<v1::UserView> out;
  for (const auto& [login, user] : users_) out.push_back(user.view());
  return out;
}

absl::StatusOr<NewUser> Users::Add(const v1::UserView& wanted, Instant now) {
  RETURN_IF_ERROR(CheckUser(wanted));
  v1::UserRecord user;
  *user.mutable_view() = wanted;
  ASSIGN_OR_RETURN(*user.mutable_view()->mutable_office(),
                   NormaliseText(wanted.office(), "office", 4 * limits::kOfficeCharacters));
  user.mutable_view()->mutable_added_at()->set_seconds(now.micros / 1'000'000);
  const std::string token = MakeUserToken();
  user.set_token_hash(HashToken(token).ToBytes());

  absl::MutexLock change(&change_mu_);
  std::map<std::string, v1::UserRecord> users = Copy();
  if (!users.emplace(wanted.user(), user).second) {
    return ToStatus({.code = absl::StatusCode::kAlreadyExists,
                     .rule = "user-login",
                     .field = "user",
                     .fr = absl::StrCat("L'identifiant « ", wanted.user(), " » est déjà pris."),
                     .en = absl::StrCat("The login \"", wanted.user(), "\" is taken."),
                     .next_fr =
                         "Choisissez-en un autre. Pour changer les rôles de cet utilisateur, "
                         "en les donnant tous : greffe user set-roles",
                     .next_en = "Choose another. To change the roles of that user, giving all of "
                                "them: greffe user set-roles"});
  }
  RETURN_IF_ERROR(writer_({MakeRecord(kUsersTable, wanted.user(), user)}));
  Publish(std::move(users));
  return NewUser{.view = user.view(), .token = token};
}

absl::StatusOr<v1::UserView> Users::SetRoles(absl::string_view login,
                                             const std::vector<v1::Role>& roles,
                                             const std::optional<std::string>& office,
                                             absl::string_view own_partner) {
  absl::MutexLock change(&change_mu_);
  UserRecords users = Copy();
  const auto at = users.find(std::string(login));
  if (at == users.end()) return UnknownUser(login);
  const bool administered = Administers(at->second, own_partner);
  v1::UserView& view = *at->second.mutable_view();
  view.mutable_roles()->Assign(roles.begin(), roles.end());
  if (office.has_value()) view.set_office(*office);
  RETURN_IF_ERROR(CheckUser(view));
  ASSIGN_OR_RETURN(*view.mutable_office(),
                   NormaliseText(view.office(), "office", 4 * limits::kOfficeCharacters));
  if (administered) RETURN_IF_ERROR(CheckAdminLeft(users, own_partner));
  v1::UserView out = view;
  RETURN_IF_ERROR(writer_({MakeRecord(kUsersTable, login, at->second)}));
  Publish(std::move(users));
  return out;
}

absl::Status Users::Remove(absl::string_view login, absl::string_view own_partner) {
  absl::MutexLock change(&change_mu_);
  std::map<std::string, v1::UserRecord> users = Copy();
  const auto removed = users.extract(std::string(login));
  if (removed.empty()) return UnknownUser(login);
  if (Administers(removed.mapped(), own_partner)) {
    RETURN_IF_ERROR(CheckAdminLeft(users, own_partner));
  }
  RETURN_IF_ERROR(writer_({MakeRemoval(kUsersTable, login)}));
  Publish(std::move(users));
  return absl::OkStatus();
}

}  // namespace greffe
