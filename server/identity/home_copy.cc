#include "server/identity/home_copy.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/shell_word.h"
#include "core/base/status_macros.h"
#include "server/identity/home_files.h"
#include "storage/way_out.h"

namespace greffe {
namespace {

constexpr std::size_t kPathBytesMax = 4096;

struct Place {
  std::string target;
  // Where it grows until it is whole.
  std::string beside;
  std::string above;
};

absl::Status BadPath(absl::string_view fr, absl::string_view en) {
  return ToStatus({.rule = "backup-path",
                   .field = "to",
                   .fr = std::string(fr),
                   .en = std::string(en),
                   .next_fr = "Donnez le chemin absolu d'un dossier à créer, sur la machine de "
                              "greffed : --to /chemin/du/dossier",
                   .next_en = "Give the absolute path of a folder to make, on the machine of "
                              "greffed: --to /path/of/folder"});
}

absl::Status InsideHome(const std::string& home) {
  return ToStatus({.rule = "backup-inside-home",
                   .field = "to",
                   .fr = absl::StrCat("Ce dossier est dans celui de la réplique, ", home,
                                      " : il se perdrait avec elle."),
                   .en = absl::StrCat("This folder is inside that of the replica, ", home,
                                      ": it would be lost with it."),
                   .next_fr = "Donnez un dossier ailleurs, au mieux sur un autre disque.",
                   .next_en = "Give a folder elsewhere, on another disk if you can."});
}

absl::Status Exists(const std::string& path) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "backup-exists",
                   .field = "to",
                   .fr = absl::StrCat(path, " existe déjà : une sauvegarde n'écrase jamais rien."),
                   .en = absl::StrCat(path, " exists already: a backup never overwrites."),
                   .next_fr = "Donnez un dossier neuf, par exemple au nom du jour.",
                   .next_en = "Give a new folder, named by the day for instance."});
}

absl::Status Unfinished(const std::string& beside) {
  const std::string word = ShellWord(beside);
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "backup-exists",
       .field = "to",
       .fr = absl::StrCat("Une sauvegarde vers ce dossier est en cours, ou a été interrompue : ",
                          beside, " existe."),
       .en = absl::StrCat("A backup to this folder is under way, or was interrupted: ", beside,
                          " exists."),
       .next_fr = absl::StrCat("Attendez sa fin ou donnez un autre dossier. Si aucune n'est en "
                               "cours : rm -r ",
                               word),
       .next_en = absl::StrCat("Wait for its end or give another folder. If none is under way: "
                               "rm -r ",
                               word)});
}

// Why it was not made, once nothing of it is left. Of what fails beside the home, the way out is
// another than that of a home.
absl::Status NotMade(const std::string& above, const absl::Status& cause) {
  if (absl::IsCancelled(cause)) return cause;
  Refusal refusal = RefusalOf(cause);
  refusal.fr = absl::StrCat("Sauvegarde non faite, il n'en reste rien : ", refusal.fr);
  refusal.en = absl::StrCat("Backup not made, nothing of it is left: ", refusal.en);
  if (refusal.code == absl::StatusCode::kDataLoss) return ToStatus(refusal);
  refusal.field = "to";
  if (refusal.rule == "disk-full") {
    refusal.fr = absl::StrCat("Sauvegarde non faite, il n'en reste rien : le disque de ", above,
                              " est plein.");
    refusal.en =
        absl::StrCat("Backup not made, nothing of it is left: the disk of ", above, " is full.");
    refusal.next_fr = "Libérez-y de la place, ou donnez un dossier d'un autre disque.";
    refusal.next_en = "Make room there, or give a folder of another disk.";
  } else if (refusal.next_fr == kDeniedNextFr) {
    refusal.next_fr = "Donnez un dossier où le compte qui lance greffed peut écrire.";
    refusal.next_en = "Give a folder in which the account that runs greffed can write.";
  } else if (refusal.rule == "store-io") {
    refusal.next_fr = "Vérifiez le disque de la sauvegarde, ou donnez un dossier d'un autre.";
    refusal.next_en = "Check the disk of the backup, or give a folder of another one.";
  }
  return ToStatus(refusal);
}

absl::StatusOr<Place> PlaceOf(const HomePaths& home, std::string to) {
  while (to.size() > 1 && to.back() == '/') to.pop_back();
  const std::filesystem::path path(to);
  const bool named = path.is_absolute() && path.has_filename() &&
                     to.find('\0') == std::string::npos && to.size() <= kPathBytesMax;
  if (!named) {
    return BadPath("Ce n'est pas le chemin absolu d'un dossier.",
                   "This is not the absolute path of a folder.");
  }
  std::error_code error;
  const std::filesystem::path above = std::filesystem::canonical(path.parent_path(), error);
  // A folder above that is not there may be a disk that is not mounted: none is made.
  if (error) return NotMade(to, FileError(path.parent_path().string(), error.value()));
  const std::filesystem::path own = std::filesystem::canonical(home.home, error);
  if (error) return FileError(home.home, error.value());
  const std::string name = path.filename().string();
  Place place{.target = (above / name).string(),
              .beside = (above / absl::StrCat(".", name, ".unfinished")).string(),
              .above = above.string()};
  // Also what a link that leads nowhere is named.
  struct stat status {};
  if (::lstat(place.target.c_str(), &status) == 0) return Exists(place.target);
  if (absl::StartsWith(place.above + "/", own.string() + "/")) return InsideHome(own.string());
  return place;
}

absl::Status SyncFolder(const std::string& path) {
  const FileHandle folder{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (folder.fd < 0 || ::fsync(folder.fd) != 0) return FileError(path, errno);
  return absl::OkStatus();
}

// Fills the folder that was made for it.
absl::StatusOr<HomeCopy> Fill(const HomePaths& from, const EventStore& store, const HomePaths& to,
                              const std::function<bool()>& go_on) {
  HomeCopy out;
  const auto copy = [&out](const std::string& one, const std::string& other) -> absl::Status {
    ASSIGN_OR_RETURN(const std::string content, ReadHomeFile(one));
    out.bytes += content.size();
    return WritePrivateFile(other, content);
  };
  RETURN_IF_ERROR(copy(from.key(), to.key()));
  RETURN_IF_ERROR(copy(from.certificate(), to.certificate()));
  RETURN_IF_ERROR(copy(from.config(), to.config()));
  // The token may be elsewhere, or its user gone.
  const absl::Status token = copy(from.admin_token(), to.admin_token());
  if (!token.ok() && !absl::IsNotFound(token)) return token;
  // Whoever runs it signs nothing before it knows what its peers hold of it.
  RETURN_IF_ERROR(WritePrivateFile(to.from_backup(), ""));
  ASSIGN_OR_RETURN(out.store, store.CopyTo(to.store(), go_on));
  out.bytes += out.store.bytes;
  RETURN_IF_ERROR(SyncFolder(to.home));
  return out;
}

// Under its name, over nothing that came there meanwhile.
absl::Status PutInPlace(const Place& place) {
  // A plain rename would go over an empty folder.
  int failed = 0;
  if (::renameat2(AT_FDCWD, place.beside.c_str(), AT_FDCWD, place.target.c_str(),
                  RENAME_NOREPLACE) != 0) {
    failed = errno;
  }
  // File systems of a network may lack it.
  if (failed == EINVAL || failed == ENOSYS) {
    struct stat status {};
    failed = ::lstat(place.target.c_str(), &status) == 0                 ? EEXIST
             : ::rename(place.beside.c_str(), place.target.c_str()) == 0 ? 0
                                                                         : errno;
  }
  if (failed != 0) return failed == EEXIST ? Exists(place.target) : FileError(place.target, failed);
  const absl::Status synced = SyncFolder(place.above);
  std::error_code error;
  if (!synced.ok()) std::filesystem::remove_all(place.target, error);
  return synced;
}

}  // namespace

absl::StatusOr<HomeCopy> CopyHome(const HomePaths& home, const EventStore& store,
                                  const std::string& to, const std::function<bool()>& go_on) {
  ASSIGN_OR_RETURN(const Place place, PlaceOf(home, to));
  // What could not be started again is no backup, and is better known today.
  RETURN_IF_ERROR(LoadIdentity(home).status());
  RETURN_IF_ERROR(LoadConfig(home).status());
  if (::mkdir(place.beside.c_str(), 0700) != 0) {
    return errno == EEXIST ? Unfinished(place.beside)
                           : NotMade(place.above, FileError(place.above, errno));
  }
  absl::StatusOr<HomeCopy> copy = Fill(home, store, HomePaths(place.beside), go_on);
  const absl::Status made = copy.ok() ? PutInPlace(place) : copy.status();
  if (made.ok()) {
    copy->path = place.target;
    return copy;
  }
  std::error_code error;
  std::filesystem::remove_all(place.beside, error);
  return NotMade(place.above, made);
}

absl::Status RemoveBackupMark(const HomePaths& home) {
  if (::unlink(home.from_backup().c_str()) != 0) {
    return errno == ENOENT ? absl::OkStatus() : FileError(home.from_backup(), errno);
  }
  return SyncFolder(home.home);
}

}  // namespace greffe
