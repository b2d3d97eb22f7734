#include "server/app/stranger_book.h"

#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/base/status_macros.h"

namespace greffe {
namespace {

std::string StrangerKey(const ConventionId& convention, const ReplicaId& peer) {
  return absl::StrCat(convention.ToHex(), "/", peer.ToHex());
}

}  // namespace

absl::Status StrangerBook::Read() {
  if (read_) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<RecordRow> records, store_.ReadTable(kStrangersTable));
  rows_.clear();
  by_peer_.clear();
  for (const RecordRow& record : records) {
    const std::vector<absl::string_view> parts = absl::StrSplit(record.key, '/');
    std::uint64_t bytes = 0;
    if (parts.size() != 2 || !record.value.has_value() ||
        !absl::SimpleAtoi(*record.value, &bytes)) {
      continue;
    }
    const auto convention = ConventionId::FromHex(parts[0], "convention");
    const auto peer = ReplicaId::FromHex(parts[1], "peer");
    if (convention.ok() && peer.ok()) Add(*convention, *peer, bytes);
  }
  read_ = true;
  return absl::OkStatus();
}

sync::IngestContext::Strangers StrangerBook::Brought(const ReplicaId& peer,
                                                     const ConventionId& convention) const {
  sync::IngestContext::Strangers out;
  if (const auto it = by_peer_.find(peer); it != by_peer_.end()) out = it->second;
  const auto row = rows_.find(convention);
  if (row == rows_.end() || row->second.count(peer) == 0) ++out.conventions;
  return out;
}

RecordRow StrangerBook::Add(const ConventionId& convention, const ReplicaId& peer,
                            std::uint64_t bytes) {
  const auto [row, first] = rows_[convention].try_emplace(peer, 0);
  row->second += bytes;
  sync::IngestContext::Strangers& all = by_peer_[peer];
  all.bytes += bytes;
  if (first) ++all.conventions;
  return RecordRow{std::string(kStrangersTable), StrangerKey(convention, peer),
                   absl::StrCat(row->second)};
}

std::vector<RecordRow> StrangerBook::Remove(const ConventionId& convention) {
  std::vector<RecordRow> out;
  const auto found = rows_.find(convention);
  if (found == rows_.end()) return out;
  for (const auto& [peer, bytes] : found->second) {
    sync::IngestContext::Strangers& all = by_peer_[peer];
    all.bytes -= bytes;
    if (--all.conventions == 0) by_peer_.erase(peer);
    out.push_back(
        RecordRow{std::string(kStrangersTable), StrangerKey(convention, peer), std::nullopt});
  }
  rows_.erase(found);
  return out;
}

}  // namespace greffe
