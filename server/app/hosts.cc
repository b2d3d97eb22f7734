#include "server/app/hosts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "core/base/naming.h"
#include "core/base/status_macros.h"
#include "core/rules/access.h"
#include "server/app/refusals.h"

namespace greffe {
namespace {

// Measuring a state costs a walk over it: not at every commit.
constexpr std::uint64_t kMeasureEvery = 256;

bool IsHex(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

Hosts::Hosts(const EventStore& store, const ReplicaId& self, std::size_t bytes_max)
    : store_(store), self_(self), bytes_max_(bytes_max) {}

absl::StatusOr<std::unique_ptr<Hosts>> Hosts::Open(const EventStore& store, const ReplicaId& self,
                                                   std::size_t bytes_max) {
  std::unique_ptr<Hosts> hosts(new Hosts(store, self, bytes_max));
  RETURN_IF_ERROR(hosts->ReadRows());
  return hosts;
}

absl::Status Hosts::ReadRows() {
  ASSIGN_OR_RETURN(const std::vector<ConventionRow> rows, store_.ListConventions());
  ASSIGN_OR_RETURN(const std::vector<RecordRow> partners, store_.ReadTable(kPartnersTable));
  absl::MutexLock lock(&mutex_);
  entries_.clear();
  for (const ConventionRow& row : rows) {
    entries_[row.id].row = row;
    next_convention_ = std::max(next_convention_, row.number + 1);
  }
  for (const RecordRow& record : partners) {
    const auto id = ConventionId::FromHex(record.key, "convention");
    if (!id.ok() || !record.value.has_value()) continue;
    const auto it = entries_.find(*id);
    if (it != entries_.end()) it->second.SetPartners(*record.value);
  }
  return absl::OkStatus();
}

void Hosts::Entry::SetPartners(const std::string& value) {
  if (value == partners_value) return;
  partners_value = value;
  const std::vector<std::string> ids = absl::StrSplit(value, '\n', absl::SkipEmpty());
  partners = std::set<std::string>(ids.begin(), ids.end());
}

void Hosts::OnDamage(std::function<void(const ConventionId&)> on_damage) {
  on_damage_ = std::move(on_damage);
}

void Hosts::ReportDamage(const ConventionId& id) const { on_damage_(id); }

bool Hosts::ReadOnly(const ConventionId& id) const {
  absl::MutexLock lock(&mutex_);
  const auto it = entries_.find(id);
  return it != entries_.end() && it->second.row.read_only;
}

absl::StatusOr<std::shared_ptr<ConventionHost>> Hosts::Get(const ConventionId& id) {
  bool damaged = false;
  ASSIGN_OR_RETURN(std::shared_ptr<ConventionHost> host, GetOrLoad(id, &damaged));
  if (damaged) ReportDamage(id);
  return host;
}

absl::StatusOr<std::shared_ptr<ConventionHost>> Hosts::GetOrLoad(const ConventionId& id,
                                                                 bool* damaged) {
  std::shared_ptr<Slot> slot;
  ConventionRow row;
  absl::ReaderMutexLock opening(&store_mutex_);
  {
    absl::MutexLock lock(&mutex_);
    const auto entry = entries_.find(id);
    if (entry == entries_.end()) return NoSuchConvention();
    row = entry->second.row;
    std::shared_ptr<Slot>& found = slots_[id];
    if (found == nullptr) {
      found = std::make_shared<Slot>();
      used_.push_front(id);
      found->used = used_.begin();
    } else {
      used_.splice(used_.begin(), used_, found->used);
    }
    slot = found;
  }
  absl::MutexLock loading(&slot->loading);
  if (slot->host == nullptr) {
    ASSIGN_OR_RETURN(slot->host, LoadHost(store_, row, self_));
    *damaged = !slot->host->damage.ok() && !row.read_only;
    const std::size_t bytes = slot->host->MemoryBytes();
    absl::MutexLock lock(&mutex_);
    slot->bytes = bytes;
    bytes_ += bytes;
    ++loaded_;
  }
  return slot->host;
}

absl::Status Hosts::Read(const ConventionId& id,
                         absl::FunctionRef<absl::Status(const ConventionHost&)> read, bool any) {
  while (true) {
    absl::Status status;
    {
      ASSIGN_OR_RETURN(const std::shared_ptr<ConventionHost> host, Get(id));
      absl::ReaderMutexLock lock(&host->mutex);
      // A commit failed while we waited, or a repair came: what is on disk is loaded anew.
      if (host->dropped) continue;
      if (host->unreadable && !any) return ConventionUnreadable(host->damage);
      status = read(*host);
    }
    Trim();
    return status;
  }
}

bool Hosts::Holds(const ConventionId& id) const {
  absl::MutexLock lock(&mutex_);
  return entries_.count(id) != 0;
}

std::vector<ConventionId> Hosts::List(const std::string& partner, const ConventionId* after,
                                      std::size_t count_max) const {
  absl::MutexLock lock(&mutex_);
  std::vector<ConventionId> out;
  for (auto it = after == nullptr ? entries_.begin() : entries_.upper_bound(*after);
       it != entries_.end() && out.size() < count_max; ++it) {
    if (partner.empty() || it->second.MayRead(partner)) out.push_back(it->first);
  }
  return out;
}

absl::StatusOr<ConventionId> Hosts::Find(const std::string& partner,
                                         const std::string& text) const {
  if (text.size() < kPrefixDigitsMin || text.size() > 2 * ConventionId::kSize || !IsHex(text)) {
    return BadConventionId();
  }
  absl::MutexLock lock(&mutex_);
  // The smallest id that starts like this.
  std::string low = text;
  low.resize(2 * ConventionId::kSize, '0');
  const auto start = ConventionId::FromHex(low, "convention_id");
  if (!start.ok()) return BadConventionId();
  std::optional<ConventionId> found;
  for (auto it = entries_.lower_bound(*start);
       it != entries_.end() && absl::StartsWith(it->first.ToHex(), text); ++it) {
    if (!it->second.MayRead(partner)) continue;
    if (found.has_value()) return AmbiguousConvention();
    found = it->first;
  }
  if (!found.has_value()) return NoSuchConvention();
  return *found;
}

bool Hosts::Entry::MayRead(const std::string& partner) const {
  return rules::MayRead(partners.count(partner) != 0);
}

const std::map<ConventionId, Digest>* Hosts::SharedRows(const ReplicaId& peer) {
  const auto it = shared_.find(peer);
  if (it != shared_.end()) return &it->second;
  const auto rows = store_.ReadSyncIndex(peer);
  if (!rows.ok()) return nullptr;
  std::map<ConventionId, Digest>& out = shared_[peer];
  for (const SyncIndexRow& row : *rows) {
    if (row.digest.has_value()) out[row.convention] = *row.digest;
  }
  return &out;
}

std::vector<sync::SharedConvention> Hosts::Shared(const ReplicaId& peer) {
  absl::MutexLock lock(&mutex_);
  std::vector<sync::SharedConvention> out;
  if (const auto* rows = SharedRows(peer)) {
    for (const auto& [id, digest] : *rows) {
      const auto entry = entries_.find(id);
      const bool damaged = entry != entries_.end() && entry->second.row.read_only;
      out.push_back(sync::SharedConvention{
          id, damaged ? Sha256({"greffe/v1/damaged", self_.view(), digest.view()}) : digest});
    }
  }
  return out;
}

bool Hosts::MayShare(const ConventionId& id, const ReplicaId& peer) {
  absl::MutexLock lock(&mutex_);
  const auto* rows = SharedRows(peer);
  return rows != nullptr && rows->count(id) != 0;
}

bool Hosts::SharesWith(const std::string& partner, const ReplicaId& peer) {
  absl::MutexLock lock(&mutex_);
  const auto* rows = SharedRows(peer);
  return rows != nullptr && std::any_of(rows->begin(), rows->end(),
                                        [&](const auto& row) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
                                          const auto entry = entries_.find(row.first);
                                          return entry != entries_.end() &&
                                                 entry->second.MayRead(partner);
                                        });
}

std::set<std::string> Hosts::PartnersBeside(const std::string& partner) const {
  absl::MutexLock lock(&mutex_);
  std::set<std::string> out;
  for (const auto& [id, entry] : entries_) {
    if (entry.MayRead(partner)) out.insert(entry.partners.begin(), entry.partners.end());
  }
  return out;
}

void Hosts::Publish(const std::shared_ptr<ConventionHost>& host) {
  const bool measure = host->row.arrivals % kMeasureEvery == 0;
  absl::MutexLock lock(&mutex_);
  Entry& entry = entries_[host->id];
  entry.row = host->row;
  entry.SetPartners(host->partners);
  next_convention_ = std::max(next_convention_, host->row.number + 1);
  std::shared_ptr<Slot>& slot = slots_[host->id];
  const bool created = slot == nullptr;
  if (created) {
    slot = std::make_shared<Slot>();
    slot->host = host;
    used_.push_front(host->id);
    slot->used = used_.begin();
  }
  if (created || measure) {
    bytes_ -= slot->bytes;
    slot->bytes = host->MemoryBytes();
    bytes_ += slot->bytes;
  }
}

void Hosts::PublishRow(const ConventionRow& row) {
  absl::MutexLock lock(&mutex_);
  entries_[row.id].row = row;
}

void Hosts::PublishShared(const std::vector<SyncIndexRow>& rows) {
  absl::MutexLock lock(&mutex_);
  for (const SyncIndexRow& row : rows) {
    const auto it = shared_.find(row.replica);
    if (it == shared_.end()) continue;
    if (row.digest.has_value()) {
      it->second[row.convention] = *row.digest;
    } else {
      it->second.erase(row.convention);
    }
  }
}

void Hosts::Drop(const ConventionId& id) {
  absl::MutexLock lock(&mutex_);
  const auto it = slots_.find(id);
  if (it == slots_.end()) return;
  bytes_ -= it->second->bytes;
  used_.erase(it->second->used);
  slots_.erase(it);
}

absl::Status Hosts::Reload(absl::FunctionRef<absl::Status()> reopen) {
  absl::MutexLock opening(&store_mutex_);
  RETURN_IF_ERROR(reopen());
  RETURN_IF_ERROR(ReadRows());
  absl::MutexLock lock(&mutex_);
  shared_.clear();
  slots_.clear();
  used_.clear();
  bytes_ = 0;
  return absl::OkStatus();
}

void Hosts::Trim() {
  absl::MutexLock lock(&mutex_);
  auto it = used_.end();
  while (bytes_ > bytes_max_ && it != used_.begin()) {
    --it;
    const auto slot = slots_.find(*it);
    // Nobody else holds the slot, so nobody can come to hold the host meanwhile.
    if (slot->second.use_count() > 1) continue;
    if (slot->second->host != nullptr && slot->second->host.use_count() > 1) continue;
    bytes_ -= slot->second->bytes;
    slots_.erase(slot);
    it = used_.erase(it);
  }
}

ConventionNumber Hosts::next_convention() const {
  absl::MutexLock lock(&mutex_);
  return next_convention_;
}

std::uint64_t Hosts::loaded() const {
  absl::MutexLock lock(&mutex_);
  return loaded_;
}

}  // namespace greffe
