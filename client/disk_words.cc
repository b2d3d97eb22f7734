#include "client/disk_words.h"

#include <cerrno>
#include <cstring>

namespace greffe {
namespace {

std::string InFrench(int error) {
  switch (error) {
    case ENOENT:
      return "aucun fichier ni dossier de ce nom";
    case EACCES:
    case EPERM:
      return "accès refusé";
    case EISDIR:
      return "c'est un dossier";
    case ENOTDIR:
      return "un des noms du chemin n'est pas un dossier";
    case ENAMETOOLONG:
      return "nom trop long";
    case ENOSPC:
      return "plus de place sur le disque";
    case EROFS:
      return "disque en lecture seule";
    default:
      return std::strerror(error);
  }
}

}  // namespace

DiskWords WordsOfErrno(int error) { return {InFrench(error), std::strerror(error)}; }

}  // namespace greffe
