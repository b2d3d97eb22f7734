#ifndef GREFFE_STORAGE_WAY_OUT_H_
#define GREFFE_STORAGE_WAY_OUT_H_

namespace greffe {

// What to do about a store that must not be used. The order matters: a command given to a restored
// replica before it has seen what its peers hold of its own feed would fork that feed, and its key
// would never sign again.
inline constexpr char kRestoreFr[] =
    "N'effacez rien : gardez une copie du dossier entier de la réplique. Remettez à sa place la "
    "dernière sauvegarde de ce dossier entier, lancez greffed run et, avant toute nouvelle "
    "commande : greffe sync --wait, puis greffe admin status, qui dit si elle ne signe plus et, "
    "dans ce cas, comment agir depuis une nouvelle réplique. Une commande passée avant cette "
    "synchronisation ferait bifurquer sa chronique : elle ne signerait plus jamais.";
inline constexpr char kRestoreEn[] =
    "Delete nothing: keep a copy of the replica's whole folder. Put the latest backup of that "
    "whole folder in its place, start greffed run and, before any new command: greffe sync --wait, "
    "then greffe admin status, which says when it no longer signs and, if so, how to act from a "
    "new replica. A command given before that sync would fork its feed: it would never sign again.";

// Room wanted on a disk that was full, in MiB: what opening the store again writes at most (its
// logs, and as much while tables are merged), and some to go on with.
inline constexpr int kRoomMib = 100;

// The same for events whose bytes are no longer those recorded: peers give them again, and no
// backup is needed.
inline constexpr char kRepairFr[] =
    "N'effacez rien et ne remettez pas de sauvegarde : lancez greffed run, puis greffe sync "
    "--wait ; un pair redonne ces événements. Vérifiez ensuite : greffe audit verify";
inline constexpr char kRepairEn[] =
    "Delete nothing and restore no backup: start greffed run, then greffe sync --wait; a peer "
    "gives these events again. Verify afterwards: greffe audit verify";

// The same for files that are not what they were while every row of the store is read and proven:
// what is damaged is what RocksDB needs to find rows fast, and writes anew in time. The disk is not
// to be trusted with more.
inline constexpr char kMoveFr[] =
    "Tout ce que ce magasin contient se lit et passe sa preuve : n'effacez rien et ne remettez pas "
    "de sauvegarde, elle en saurait moins. Le disque est suspect : greffed arrêté, copiez le "
    "dossier entier de la réplique sur un disque sain, vérifiez la copie (greffed check) et lancez "
    "greffed run sur elle seule, jamais plus sur l'ancien dossier ; puis greffe sync --wait.";
inline constexpr char kMoveEn[] =
    "All that this store holds can be read and is proven: delete nothing and restore no backup, it "
    "would know less. The disk is suspect: with greffed stopped, copy the replica's whole folder "
    "to "
    "a sound disk, verify the copy (greffed check) and start greffed run on it alone, never again "
    "on the old folder; then greffe sync --wait.";

// A file or folder of a replica that the system keeps from this account: what is said and what to
// do, whichever layer meets it first.
inline constexpr char kDeniedFr[] = "le système en refuse l'accès au compte qui lance greffed";
inline constexpr char kDeniedEn[] = "the system denies access to the account that runs greffed";
inline constexpr char kDeniedNextFr[] =
    "Rendez le dossier de la réplique à ce compte (chown -R, puis chmod -R u+rwX), puis relancez "
    "greffed.";
inline constexpr char kDeniedNextEn[] =
    "Give the replica's folder to that account (chown -R, then chmod -R u+rwX), then start greffed "
    "again.";

}  // namespace greffe

#endif  // GREFFE_STORAGE_WAY_OUT_H_
