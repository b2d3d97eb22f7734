#include "server/rpc/admin_commands.h"

#include <unistd.h>

#include <cstdio>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/clock_offset.h"
#include "core/base/naming.h"
#include "core/base/refusal.h"
#include "core/base/shell_word.h"
#include "core/base/status_macros.h"
#include "core/convention/decide/claims.h"
#include "core/convention/elements/french.h"
#include "core/rules/calendar.h"
#include "server/identity/home_copy.h"
#include "server/peers/manager.h"
#include "server/rpc/call_context.h"
#include "server/rpc/host_admin.h"

namespace greffe {
namespace {

constexpr auto kCounter = MetricReading::Kind::kCounter;
constexpr auto kGauge = MetricReading::Kind::kGauge;
constexpr absl::string_view kNotSyncedRule = "restored-not-synced";

absl::Status NotHere(absl::string_view partner_id) {
  return ToStatus({.rule = "partner-here",
                   .field = "partner_id",
                   .fr = absl::StrCat("Cette réplique n'agit pas pour « ", partner_id, " »."),
                   .en = absl::StrCat("This replica does not act for \"", partner_id, "\"."),
                   .next_fr = "Ajoutez d'abord ce partenaire : greffe partner add",
                   .next_en = "Add that partner first: greffe partner add"});
}

v1::PartnerView ViewHere(const RpcRooms& rooms, const v1::PartnerCard& card) {
  v1::PartnerView out;
  *out.mutable_card() = card;
  out.set_here(true);
  out.set_replica_id(rooms.replica.id().ToHex());
  return out;
}

v1::PartnerView ViewAt(const Peer& peer, const v1::PartnerCard& card) {
  v1::PartnerView out;
  *out.mutable_card() = card;
  out.set_peer(peer.record.name());
  out.set_replica_id(peer.id.ToHex());
  if (peer.record.has_signing_stopped_at()) {
    *out.mutable_signing_stopped_at() = peer.record.signing_stopped_at();
  }
  return out;
}

// In the order of the language.
std::vector<v1::Role> EachOnce(const google::protobuf::RepeatedField<int>& roles) {
  std::vector<v1::Role> out;
  for (const int role : std::set<int>(roles.begin(), roles.end())) {
    out.push_back(static_cast<v1::Role>(role));
  }
  return out;
}

}  // namespace

std::uint64_t ResidentBytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  if (file == nullptr) return 0;
  unsigned long long total = 0;
  unsigned long long resident = 0;
  const int fields = std::fscanf(file, "%llu %llu", &total, &resident);
  std::fclose(file);
  return fields == 2 ? resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

absl::StatusOr<v1::WhoAmIResponse> WhoAmI(RpcRooms& rooms, const UserCall& call) {
  v1::WhoAmIResponse out;
  for (const v1::UserView& user : rooms.users.List()) {
    if (user.user() == call.user) *out.mutable_user() = user;
  }
  *out.mutable_context() = rooms.replica.Context(call);
  return out;
}

v1::GetAdminStatusResponse GetAdminStatus(RpcRooms& rooms, const UserCall& call) {
  v1::GetAdminStatusResponse out;
  out.set_replica_id(rooms.replica.id().ToHex());
  out.set_name(rooms.replica.name());
  out.set_version(kVersion);
  const std::optional<std::set<std::string>> shown = PartnersShown(rooms, call);
  for (const std::string& id : rooms.partners.Ids()) {
    if (!shown.has_value() || shown->count(id) > 0) out.add_partner_ids(id);
  }
  // A hosted partner's administrator sees what is its partner's, like everybody else there.
  Health health = rooms.replica.Examine(call, PartnerShown(rooms, call));
  for (v1::ConventionFigures& convention : health.figures) {
    *out.add_conventions() = std::move(convention);
  }
  if (!shown.has_value()) {
    out.set_disk_bytes(rooms.store.DiskBytes());
    const PeerManager::Bytes bytes = rooms.manager.TotalBytes();
    out.set_sync_bytes_sent(bytes.sent);
    out.set_sync_bytes_received(bytes.received);
    out.set_memory_bytes(ResidentBytes());
  }
  out.mutable_started_at()->set_seconds(rooms.started_at.micros / 1'000'000);
  out.set_address(rooms.address());
  *out.mutable_context() = std::move(health.context);
  for (const Peer& peer : PeersShown(rooms, call)) {
    const v1::PeerView view = ViewOfPeer(rooms, call, peer);
    AddClockBanner(view, call.english, out.mutable_context());
    AddStoppedBanner(view, call.english, out.mutable_context());
  }
  return out;
}

absl::StatusOr<v1::GetMetricsResponse> GetMetrics(RpcRooms& rooms, const UserCall& call) {
  // Of the whole machine, whoever is hosted there.
  RETURN_IF_ERROR(RequireHostRole(rooms, call, {v1::ROLE_ADMIN, v1::ROLE_AUDITOR}));
  const ReplicaCounters counters = rooms.replica.Counters();
  const PeerManager::Bytes bytes = rooms.manager.TotalBytes();
  const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
  v1::GetMetricsResponse out;
  out.set_text(rooms.metrics.Text({
      {"greffe_commits_total", "Commits on disk", kCounter, number(counters.commits)},
      {"greffe_events_applied_total", "Events applied", kCounter, number(counters.events)},
      {"greffe_commands_total", "Commands done", kCounter, number(counters.commands)},
      {"greffe_commands_refused_total", "Commands refused", kCounter,
       number(counters.refused_commands)},
      {"greffe_runs_total", "Runs taken from peers", kCounter, number(counters.runs)},
      {"greffe_queue_length", "What waits for the sequencer", kGauge,
       number(counters.queue_length)},
      {"greffe_sync_sent_bytes_total", "Bytes of frames to peers", kCounter, number(bytes.sent)},
      {"greffe_sync_received_bytes_total", "Bytes of frames from peers", kCounter,
       number(bytes.received)},
      {"greffe_store_bytes", "Bytes of the store on disk", kGauge, number(rooms.store.DiskBytes())},
      {"greffe_resident_bytes", "Resident memory", kGauge, number(ResidentBytes())},
      {"greffe_writable", "1 while commands are taken", kGauge,
       rooms.replica.Writable().ok() ? 1.0 : 0.0},
  }));
  return out;
}

absl::StatusOr<v1::ListUsersResponse> ListUsers(RpcRooms& rooms, const UserCall& call) {
  v1::ListUsersResponse out;
  for (const v1::UserView& user : rooms.users.List()) {
    if (IsHostAdmin(rooms, call) || user.partner_id() == call.partner_id) *out.add_users() = user;
  }
  return out;
}

absl::StatusOr<v1::AddUserResponse> AddUser(RpcRooms& rooms, const UserCall& call,
                                            const v1::AddUserRequest& request) {
  v1::UserView wanted;
  wanted.set_user(request.user());
  wanted.set_partner_id(request.partner_id().empty() ? call.partner_id : request.partner_id());
  RETURN_IF_ERROR(RequireAdminOf(rooms, call, wanted.partner_id()));
  if (!rooms.partners.Has(wanted.partner_id())) return NotHere(wanted.partner_id());
  for (const v1::Role role : EachOnce(request.roles())) wanted.add_roles(role);
  wanted.set_office(request.office());
  ASSIGN_OR_RETURN(const NewUser added, rooms.users.Add(wanted, rooms.clock.Now()));
  v1::AddUserResponse out;
  *out.mutable_user() = added.view;
  out.set_token(added.token);
  return out;
}

absl::StatusOr<v1::SetUserRolesResponse> SetUserRoles(RpcRooms& rooms, const UserCall& call,
                                                      const v1::SetUserRolesRequest& request) {
  RETURN_IF_ERROR(RequireRole(call, {v1::ROLE_ADMIN}));
  for (const v1::UserView& user : rooms.users.List()) {
    if (user.user() != request.user()) continue;
    RETURN_IF_ERROR(RequireAdminOf(rooms, call, user.partner_id()));
  }
  std::optional<std::string> office;
  if (request.has_office()) office = request.office();
  v1::SetUserRolesResponse out;
  ASSIGN_OR_RETURN(*out.mutable_user(),
                   rooms.users.SetRoles(request.user(), EachOnce(request.roles()), office,
                                        rooms.partners.Own()));
  std::string roles;
  for (const int role : out.user().roles()) {
    absl::StrAppend(&roles, roles.empty() ? "" : ",", v1::Role_Name(static_cast<v1::Role>(role)));
  }
  // The log bears no person's name.
  rooms.log.Log(LogLevel::kInfo, "user-roles-changed",
                {{"partner", out.user().partner_id()}, {"roles", roles}});
  return out;
}

absl::StatusOr<v1::RemoveUserResponse> RemoveUser(RpcRooms& rooms, const UserCall& call,
                                                  const v1::RemoveUserRequest& request) {
  RETURN_IF_ERROR(RequireRole(call, {v1::ROLE_ADMIN}));
  for (const v1::UserView& user : rooms.users.List()) {
    if (user.user() != request.user()) continue;
    RETURN_IF_ERROR(RequireAdminOf(rooms, call, user.partner_id()));
  }
  RETURN_IF_ERROR(rooms.users.Remove(request.user(), rooms.partners.Own()));
  return v1::RemoveUserResponse();
}

absl::StatusOr<v1::ListPartnersResponse> ListPartners(RpcRooms& rooms, const UserCall& call) {
  v1::ListPartnersResponse out;
  const std::optional<std::set<std::string>> shown = PartnersShown(rooms, call);
  const auto add = [&](v1::PartnerView partner) {
    if (shown.has_value() && shown->count(partner.card().partner_id()) == 0) return;
    *out.add_partners() = std::move(partner);
  };
  for (const v1::PartnerCard& card : rooms.partners.List()) add(ViewHere(rooms, card));
  for (const Peer& peer : PeersShown(rooms, call)) {
    for (const v1::PartnerCard& card : peer.record.partners()) add(ViewAt(peer, card));
  }
  return out;
}

absl::StatusOr<v1::AddPartnerResponse> AddPartner(RpcRooms& rooms, const UserCall& call,
                                                  const v1::AddPartnerRequest& request) {
  RETURN_IF_ERROR(RequireHostAdmin(rooms, call));
  ASSIGN_OR_RETURN(const v1::PartnerCard card, rooms.partners.Add(request.card()));
  rooms.manager.OnPartnersChanged();
  v1::AddPartnerResponse out;
  *out.mutable_partner() = ViewHere(rooms, card);
  return out;
}

absl::StatusOr<v1::MakeBackupResponse> MakeBackup(RpcRooms& rooms, const UserCall& call,
                                                  const v1::MakeBackupRequest& request,
                                                  const std::function<bool()>& go_on) {
  // It holds the key, and what every partner hosted here has.
  RETURN_IF_ERROR(RequireHostAdmin(rooms, call));
  const Instant began = rooms.clock.Now();
  ASSIGN_OR_RETURN(const HomeCopy copy, CopyHome(rooms.paths, rooms.store, request.to(), go_on));
  rooms.log.Log(LogLevel::kInfo, "backup-made",
                {{"bytes", absl::StrCat(copy.bytes)}, {"events", absl::StrCat(copy.store.events)}});
  v1::MakeBackupResponse out;
  out.set_path(copy.path);
  out.set_bytes(copy.bytes);
  out.set_conventions(copy.store.conventions);
  out.set_events(copy.store.events);
  out.mutable_taken_at()->set_seconds(began.micros / 1'000'000);
  return out;
}

absl::StatusOr<std::vector<Peer>> PeersToSync(const RpcRooms& rooms, const UserCall& call,
                                              absl::string_view wanted) {
  std::vector<Peer> shown = PeersShown(rooms, call);
  if (!wanted.empty()) {
    // One that the caller is not told of is as unknown as one that is not there.
    std::vector<PeerName> names;
    for (const Peer& peer : shown) names.push_back({peer.record.name(), peer.id});
    ASSIGN_OR_RETURN(const std::size_t found, FindPeer(wanted, names));
    Peer& peer = shown[found];
    if (!peer.record.paused()) return std::vector<Peer>{std::move(peer)};
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "peer-paused",
         .field = "peer",
         .fr = absl::StrCat("La liaison avec « ", peer.record.name(), " » est en pause ici."),
         .en = absl::StrCat("The connection with \"", peer.record.name(), "\" is paused here."),
         .next_fr = absl::StrCat("Reprenez-la d'abord : greffe peer resume ",
                                 ShellWord(peer.record.name())),
         .next_en =
             absl::StrCat("Resume it first: greffe peer resume ", ShellWord(peer.record.name()))});
  }
  std::erase_if(shown, [](const Peer& peer) { return peer.record.paused(); });
  return shown;
}

void AddClockBanner(const v1::PeerView& peer, bool english, v1::ReplyContext* context) {
  const std::int64_t offset_ms = peer.clock_offset_ms();
  if (!peer.has_last_contact() || !IsClockWrong(offset_ms)) return;
  context->add_banners(english ? WrongClockEn(peer.name(), offset_ms)
                               : WrongClockFr(peer.name(), offset_ms));
}

void AddStoppedBanner(const v1::PeerView& peer, bool english, v1::ReplyContext* context) {
  if (!peer.has_signing_stopped_at()) return;
  const std::int64_t seconds = peer.signing_stopped_at().seconds();
  const std::string day = rules::ParisTimeOf(Instant{seconds * 1'000'000}).day.ToString();
  const std::string id = peer.replica_id().substr(0, kFingerprintShown);
  context->add_banners(
      english ? absl::StrCat("Replica \"", peer.name(), "\" (", id,
                             ") signs no more, for good: it said so on ", day,
                             ". Ask its administrator for the new one; until it is there its "
                             "partners act nowhere that this one alone keeps for them.")
              : absl::StrCat("La réplique « ", peer.name(), " » (", id,
                             ") ne signe plus, pour toujours : elle l'a dit le ", FrenchDate(day),
                             ". Demandez la nouvelle à son administrateur ; d'ici là, ses "
                             "partenaires n'agissent nulle part où elle seule tient la convention "
                             "pour eux."));
}

v1::PeerView ViewOfPeer(const RpcRooms& rooms, const UserCall& call, const Peer& peer) {
  return rooms.manager.View(peer, call.english ? Language::kEnglish : Language::kFrench,
                            PartnerShown(rooms, call));
}

void FillSyncNow(RpcRooms& rooms, const UserCall& call, const std::vector<Peer>& peers,
                 bool in_sync, v1::SyncNowResponse* out) {
  for (const Peer& peer : peers) {
    // As it is now: its cards may have been learnt meanwhile.
    *out->add_peers() = ViewOfPeer(rooms, call, rooms.peers.Get(peer.id).value_or(peer));
  }
  out->set_in_sync(in_sync);
}

absl::Status EndHoldAfter(RpcRooms& rooms, const std::vector<Peer>& peers) {
  if (RefusalOf(rooms.replica.Writable()).rule != kNotSyncedRule) return absl::OkStatus();
  // A peer that is paused, or that the caller is not told of, was not met.
  std::set<ReplicaId> met;
  for (const Peer& peer : peers) met.insert(peer.id);
  for (const Peer& peer : rooms.peers.List()) {
    if (met.count(peer.id) == 0) return absl::OkStatus();
  }
  RETURN_IF_ERROR(RemoveBackupMark(rooms.paths));
  rooms.replica.HoldSigning(false);
  return absl::OkStatus();
}

absl::Status SyncedUnlessStopped(const Replica& replica) {
  Refusal stopped = RefusalOf(replica.Writable());
  if (stopped.rule != "signing-stopped" && stopped.rule != kNotSyncedRule) return absl::OkStatus();
  stopped.fr = absl::StrCat("L'échange est fait. ", stopped.fr);
  stopped.en = absl::StrCat("The exchange is done. ", stopped.en);
  return ToStatus(stopped);
}

}  // namespace greffe
