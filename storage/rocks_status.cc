#include "storage/rocks_status.h"

#include <rocksdb/status.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/base/refusal.h"
#include "storage/way_out.h"

namespace greffe::rocks {
namespace {

// How much a word says about what is damaged: 0 when it is no file of a store. RocksDB blames the
// manifest too whenever a file that it lists is missing.
int Rank(absl::string_view word) {
  if (absl::StartsWith(word, "MANIFEST-")) return 1;
  if (word == "CURRENT") return 2;
  const bool numbered =
      absl::EndsWith(word, ".sst") || absl::EndsWith(word, ".log") || absl::EndsWith(word, ".ldb");
  const absl::string_view stem = word.substr(0, word.size() < 4 ? 0 : word.size() - 4);
  if (!numbered || stem.empty()) return 0;
  const bool digits =
      std::all_of(stem.begin(), stem.end(), [](char c) { return absl::ascii_isdigit(c); });
  return digits ? 3 : 0;
}

bool IsDiskFull(const rocksdb::Status& status) {
  return status.IsNoSpace() || status.subcode() == rocksdb::Status::kSpaceLimit;
}

absl::Status DiskFull(absl::string_view subject, const std::string& text) {
  return ToStatus({.code = absl::StatusCode::kResourceExhausted,
                   .rule = "disk-full",
                   .field = std::string(subject),
                   .fr = "le disque est plein : rien n'a été enregistré",
                   .en = absl::StrCat("the disk is full: nothing was recorded (", text, ")"),
                   .next_fr = absl::StrCat("libérez au moins ", kRoomMib,
                                           " Mio ; greffed reprend alors de lui-même"),
                   .next_en = absl::StrCat("make room of at least ", kRoomMib,
                                           " MiB; greffed then goes on by itself")});
}

}  // namespace

std::string FileNamedIn(absl::string_view text) {
  std::string found;
  int rank = 0;
  for (absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" /:,;()[]\"'\n\t"))) {
    while (absl::EndsWith(word, ".")) word.remove_suffix(1);
    if (Rank(word) == 0 || Rank(word) < rank) continue;
    rank = Rank(word);
    found = std::string(word);
  }
  // RocksDB tries a missing table under its name of old last, and reports that one.
  if (absl::EndsWith(found, ".ldb")) found.replace(found.size() - 4, 4, ".sst");
  return found;
}

absl::Status DamagedStore(absl::string_view file, absl::string_view fr, absl::string_view en) {
  return ToStatus({.code = absl::StatusCode::kDataLoss,
                   .rule = "store-damaged",
                   .field = std::string(file),
                   .fr = std::string(fr),
                   .en = std::string(en),
                   .next_fr = kRestoreFr,
                   .next_en = kRestoreEn});
}

absl::Status NoStore(absl::string_view path) {
  return ToStatus({.code = absl::StatusCode::kNotFound,
                   .rule = "store-missing",
                   .field = std::string(path),
                   .fr = absl::StrCat("aucun magasin dans ", path),
                   .en = absl::StrCat("no store in ", path),
                   .next_fr = "vérifiez le dossier donné, ou lancez « greffed init »",
                   .next_en = "check the folder given, or run \"greffed init\""});
}

absl::Status StoreInUse(absl::string_view path) {
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "store-locked",
       .field = std::string(path),
       .fr = absl::StrCat("une autre instance de greffed utilise déjà ce dossier : ", path),
       .en = absl::StrCat("another greffed already uses this folder: ", path),
       .next_fr = "arrêtez l'autre instance, ou donnez un autre dossier",
       .next_en = "stop the other one, or give another folder"});
}

absl::Status StatusOf(const rocksdb::Status& status, absl::string_view subject) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  if (status.IsNotFound()) return absl::NotFoundError(absl::StrCat(subject, ": not found"));
  if (IsDiskFull(status)) return DiskFull(subject, text);
  if (status.IsCorruption()) {
    return DamagedStore(FileNamedIn(text),
                        absl::StrCat("le magasin est endommagé (", subject, ") : ", text),
                        absl::StrCat("the store is damaged (", subject, "): ", text));
  }
  // RocksDB has no code of its own for it.
  if (status.IsIOError() && absl::StrContains(text, "Permission denied")) {
    return ToStatus({.code = absl::StatusCode::kUnavailable,
                     .rule = "store-permission",
                     .field = std::string(subject),
                     .fr = absl::StrCat(kDeniedFr, " (", text, ")"),
                     .en = absl::StrCat(kDeniedEn, " (", text, ")"),
                     .next_fr = kDeniedNextFr,
                     .next_en = kDeniedNextEn});
  }
  if (status.IsIOError() || status.IsBusy() || status.IsTimedOut() || status.IsTryAgain()) {
    return ToStatus({.code = absl::StatusCode::kUnavailable,
                     .rule = "store-io",
                     .field = std::string(subject),
                     .fr = absl::StrCat("le disque n'a pas répondu : ", text),
                     .en = absl::StrCat("the disk did not answer: ", text),
                     .next_fr = "vérifiez le disque et ses droits, puis redémarrez greffed",
                     .next_en = "check the disk and its permissions, then restart greffed"});
  }
  return absl::InternalError(absl::StrCat(subject, ": ", text));
}

absl::Status OpenStatusOf(const rocksdb::Status& status, absl::string_view path,
                          absl::string_view log_lines) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  // What RocksDB says when LOCK is held: by this process, then by another.
  if (absl::StrContains(text, "lock hold by current process") ||
      absl::StrContains(text, "While lock file")) {
    return StoreInUse(path);
  }
  if (IsDiskFull(status)) return StatusOf(status, path);
  if (status.IsIOError() && !status.IsPathNotFound()) return StatusOf(status, path);
  // A file that the manifest names and the folder lacks counts as damage, as does a family that
  // this software does not know or misses.
  std::string file = FileNamedIn(text);
  if (file.empty()) file = FileNamedIn(log_lines);
  const std::string named = file.empty() ? std::string(path) : file;
  return DamagedStore(
      file,
      absl::StrCat("le magasin ", path, " ne peut pas être ouvert, fichier ", named, " : ", text),
      absl::StrCat("the store ", path, " cannot be opened, file ", named, ": ", text));
}

}  // namespace greffe::rocks
