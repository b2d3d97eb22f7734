#include "server/app/refusals.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "storage/way_out.h"

namespace greffe {

absl::Status NoSuchConvention() {
  return ToStatus({.code = absl::StatusCode::kNotFound,
                   .rule = "not-found",
                   .field = "convention_id",
                   .fr = "Aucune convention de votre organisation ne porte cet identifiant.",
                   .en = "No convention of your organisation has this id.",
                   .next_fr = "La liste : greffe convention list",
                   .next_en = "The list: greffe convention list"});
}

absl::Status AmbiguousConvention() {
  return ToStatus(
      {.code = absl::StatusCode::kInvalidArgument,
       .rule = "id-prefix",
       .field = "convention_id",
       .fr = "Plusieurs conventions de votre organisation commencent ainsi : donnez plus "
             "de chiffres.",
       .en = "Several conventions of your organisation start like this: give more digits.",
       .next_fr = "La liste : greffe convention list",
       .next_en = "The list: greffe convention list"});
}

absl::Status BadConventionId() {
  return ToStatus(
      {.code = absl::StatusCode::kInvalidArgument,
       .rule = "id-form",
       .field = "convention_id",
       .fr = "Un identifiant de convention a 32 chiffres hexadécimaux en minuscules, ou en "
             "donne au moins les 6 premiers.",
       .en = "A convention id has 32 lower-case hexadecimal digits; at least its first 6 "
             "are wanted.",
       .next_fr = "La liste : greffe convention list",
       .next_en = "The list: greffe convention list"});
}

absl::Status CutNotApplied(const std::string& field, const std::string& replica) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "cut-not-applied",
                   .field = field,
                   .fr = absl::StrCat("Ce jeton compte des événements de ", replica,
                                      " que cette réplique n'a pas encore appliqués."),
                   .en = absl::StrCat("This token counts events of ", replica,
                                      " that this replica has not applied yet."),
                   .next_fr = "Synchronisez, puis recommencez : greffe sync --wait",
                   .next_en = "Sync, then try again: greffe sync --wait"});
}

absl::Status Damage(std::string fr, std::string en) {
  return ToStatus({.code = absl::StatusCode::kDataLoss,
                   .rule = "proof",
                   .fr = std::move(fr),
                   .en = std::move(en)});
}

absl::Status EventMissing(std::uint64_t sequence) {
  return Damage(absl::StrCat("événement ", sequence, " : absent"),
                absl::StrCat("event ", sequence, ": missing"));
}

absl::Status EventRewritten(std::uint64_t sequence, const Digest& found, const Digest& recorded) {
  return Damage(absl::StrCat("événement ", sequence, ", enregistré comme ", recorded.ToHex(),
                             " : ses octets ont pour empreinte ", found.ToHex()),
                absl::StrCat("event ", sequence, ", recorded as ", recorded.ToHex(),
                             ": its bytes hash to ", found.ToHex()));
}

absl::Status AsDamage(const absl::Status& status) {
  if (!RefusalOf(status).rule.empty()) return status;
  return Damage(absl::StrCat("lecture impossible (", status.message(), ")"),
                absl::StrCat("cannot be read (", status.message(), ")"));
}

absl::Status ConventionReadOnly(const absl::Status& damage) {
  const Refusal why = RefusalOf(damage);
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "convention-read-only",
       .fr = absl::StrCat("Cette convention ne passe plus sa preuve sur cette réplique, qui ne la "
                          "modifie donc plus : ",
                          why.fr, "."),
       .en = absl::StrCat("This convention fails its proof on this replica, which "
                          "therefore no longer changes it: ",
                          why.en, "."),
       .next_fr = "Un pair peut la réparer : greffe sync --wait. Constat complet : greffe audit "
                  "verify ; en attendant, agissez depuis une autre réplique.",
       .next_en = "A peer can repair it: greffe sync --wait. Full report: greffe audit verify; "
                  "meanwhile act from another replica."});
}

absl::Status ConventionUnreadable(const absl::Status& damage) {
  const Refusal why = RefusalOf(damage);
  return ToStatus(
      {.code = absl::StatusCode::kDataLoss,
       .rule = "convention-damaged",
       .fr = absl::StrCat("Cette convention est abîmée sur cette réplique : ", why.fr, "."),
       .en = absl::StrCat("This convention is damaged on this replica: ", why.en, "."),
       .next_fr = "Un pair peut la réparer : greffe sync --wait. En attendant, lisez-la depuis la "
                  "réplique d'un autre partenaire ; constat : greffe audit verify",
       .next_en = "A peer can repair it: greffe sync --wait. Meanwhile read it at another "
                  "partner's replica; report: greffe audit verify"});
}

std::string TwoLanguages(absl::string_view fr, absl::string_view en) {
  return absl::StrCat(fr, "\n", en);
}

absl::Status SigningStopped(const std::string& reason) {
  const std::size_t end = reason.find('\n');
  const std::string fr = reason.substr(0, end);
  const std::string en = end == std::string::npos ? reason : reason.substr(end + 1);
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "signing-stopped",
       .fr = absl::StrCat("Cette réplique ne signe plus sous sa clé : ", fr, "."),
       .en = absl::StrCat("This replica no longer signs under its key: ", en, "."),
       .next_fr = "Ses données ont sans doute été restaurées d'une sauvegarde, ou sa clé sert "
                  "ailleurs. Lire et recevoir continuent. Pour agir, faites une nouvelle réplique "
                  "dans un autre dossier, avec sa propre clé (greffed init), et reliez-la aux "
                  "autres (greffe peer invite, greffe peer join). Une réplique de ce partenaire "
                  "qui signe encore la fait entrer dans ses conventions : greffe convention share. "
                  "S'il n'en a pas d'autre, les conventions en cours ne se signent plus ici.",
       .next_en = "Its data were probably restored from a backup, or its key is in use elsewhere. "
                  "Reading and receiving go on. To act, make a new replica in another folder, with "
                  "a key of its own (greffed init), and connect it with the others (greffe peer "
                  "invite, greffe peer join). A replica of this partner that still signs brings it "
                  "into its conventions: greffe convention share. Without another one, present "
                  "conventions are signed here no more."});
}

absl::Status RestoredNotSynced() {
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "restored-not-synced",
       .fr = "Cette réplique vient d'une sauvegarde et n'a pas encore revu tous ses pairs : l'un "
             "d'eux peut tenir d'elle ce que la sauvegarde n'a pas.",
       .en = "This replica comes from a backup and has not met all its peers yet: one of them may "
             "hold of it what the backup does not.",
       .next_fr = "Synchronisez avec tous : greffe sync --wait. Auparavant, reprenez un pair en "
                  "pause (greffe peer resume) et retirez celui qui ne reviendra jamais (greffe "
                  "peer remove). Lire et recevoir continuent.",
       .next_en = "Sync with all of them: greffe sync --wait. Before that, resume a peer that is "
                  "paused (greffe peer resume) and remove one that will never come back (greffe "
                  "peer remove). Reading and receiving go on."});
}

absl::Status CommitFailed(const absl::Status& cause) {
  const bool full = absl::IsResourceExhausted(cause);
  return ToStatus(
      {.code = full ? absl::StatusCode::kResourceExhausted : absl::StatusCode::kUnavailable,
       .rule = full ? "disk-full" : "store-failed",
       .fr = full ? "Le disque est plein : rien n'a été confirmé."
                  : absl::StrCat("L'écriture a échoué, rien n'est confirmé : ",
                                 std::string(cause.message())),
       .en = full ? "The disk is full: nothing was confirmed."
                  : absl::StrCat("Writing failed, nothing is confirmed: ",
                                 std::string(cause.message())),
       .next_fr = full ? absl::StrCat("Libérez au moins ", kRoomMib,
                                      " Mio : le service se remet alors à écrire de lui-même. "
                                      "Renvoyez ensuite la même commande.")
                       : "Le service rouvre son magasin de lui-même. Renvoyez ensuite la même "
                         "commande.",
       .next_en = full ? absl::StrCat("Free at least ", kRoomMib,
                                      " MiB: the service then goes on writing by itself. Send the "
                                      "same command again afterwards.")
                       : "The service opens its store again by itself. Send the same command again "
                         "afterwards."});
}

absl::Status StoreMustBeReopened() {
  return ToStatus(
      {.code = absl::StatusCode::kUnavailable,
       .rule = "store-must-be-reopened",
       .fr = "Une écriture a échoué sur cette réplique : elle n'écrit plus rien tant que son "
             "stockage n'a pas été rouvert. La lecture continue.",
       .en = "A write failed on this replica: it writes nothing more until its store has "
             "been opened again. Reading goes on.",
       .next_fr = "Le service réessaie de lui-même : s'il y manque de la place, "
                  "libérez-en, puis renvoyez la même commande.",
       .next_en = "The service tries again by itself: if it lacks space, make some, "
                  "then send the same command again."});
}

absl::Status QueueFull() {
  return ToStatus({.code = absl::StatusCode::kResourceExhausted,
                   .rule = "queue-full",
                   .fr = "Trop de commandes attendent sur cette réplique.",
                   .en = "Too many commands are waiting on this replica.",
                   .next_fr = "Renvoyez la même commande dans un instant.",
                   .next_en = "Send the same command again in a moment."});
}

absl::Status DeadlinePassed() {
  return ToStatus(
      {.code = absl::StatusCode::kDeadlineExceeded,
       .rule = "deadline",
       .fr = "Le délai de la demande est passé avant qu'elle commence : rien n'a été fait.",
       .en = "The request's deadline passed before it began: nothing was done.",
       .next_fr = "Renvoyez la même commande.",
       .next_en = "Send the same command again."});
}

absl::Status RequestIdReused() {
  return ToStatus({.code = absl::StatusCode::kAlreadyExists,
                   .rule = "request-id-reused",
                   .field = "request_id",
                   .fr = "Cet identifiant de demande a déjà servi pour une demande différente.",
                   .en = "This request id was already used for a different request.",
                   .next_fr = "Tirez un nouvel identifiant pour une nouvelle demande.",
                   .next_en = "Draw a new id for a new request."});
}

absl::Status BadPageToken() {
  return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                   .rule = "page-token",
                   .field = "page_token",
                   .fr = "Ce repère de page ne vient pas d'une réponse à cette demande.",
                   .en = "This page token does not come from an answer to this request.",
                   .next_fr = "Reprenez à la première page.",
                   .next_en = "Start again at the first page."});
}

absl::Status ReplicaStopping() {
  return ToStatus({.code = absl::StatusCode::kUnavailable,
                   .rule = "stopping",
                   .fr = "Le service s'arrête.",
                   .en = "The service is stopping.",
                   .next_fr = "Renvoyez la même commande quand il aura redémarré.",
                   .next_en = "Send the same command once it has started again."});
}

}  // namespace greffe
