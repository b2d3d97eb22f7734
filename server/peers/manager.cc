#include "server/peers/manager.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/base/clock_offset.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/identity/partners.h"
#include "server/ops/random.h"
#include "server/peers/dial.h"

namespace greffe {
namespace {

constexpr absl::Duration kLoopEvery = absl::Milliseconds(200);
constexpr std::int64_t kTickMs = 1000;
// A connection that lived so long was a good one: the next attempt comes fast.
constexpr std::int64_t kGoodLinkMs = 3000;
// Streams of one peer whose hello has not come; a further one ends the oldest.
constexpr std::size_t kArrivingMax = 2;
// About the year 31 000: further off makes no difference, and no sum of such overflows.
constexpr std::int64_t kClockMsMax = 1'000'000'000'000'000;
// News that a peer sent just before are on their way; roots are believed after this.
constexpr std::int64_t kSettleMs = 50;

absl::Status NotPinned() {
  return ToStatus({.code = absl::StatusCode::kUnauthenticated,
                   .rule = "peer-key",
                   .fr = "La clé de cette réplique n'est pas connue ici.",
                   .en = "This replica's key is not known here.",
                   .next_fr = "Reliez les deux répliques : greffe peer invite, puis greffe peer "
                              "join.",
                   .next_en = "Connect the two replicas: greffe peer invite, then greffe peer "
                              "join."});
}

absl::Status PausedThere() {
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "peer-paused",
       .fr = "L'autre réplique a mis cette liaison en pause.",
       .en = "The other replica has paused this connection.",
       .next_fr = "Elle reprend quand son administrateur tape, là-bas : greffe peer resume",
       .next_en = "It resumes when its administrator types, over there: greffe peer resume"});
}

absl::Status Stopping() { return absl::UnavailableError("the replica stops"); }
absl::Status Replaced() { return absl::AbortedError("another connection of this peer counts"); }

std::uint32_t RandomBits() {
  const std::string bytes = SecureRandomBytes(4);
  std::uint32_t out = 0;
  for (const char c : bytes) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}

}  // namespace

PeerManager::PeerManager(Options options) : options_(std::move(options)) {}

PeerManager::~PeerManager() { Stop(); }

void PeerManager::Start() {
  {
    absl::MutexLock lock(&mu_);
    started_ = true;
  }
  listener_ = options_.replica->AddListener([this](const Published& published) {
    const auto tell = [&published](PeerLink& link) {
      if (published.attachment_held) {
        link.OnAttachmentHeld(published.convention, *published.attachment_held);
      } else {
        link.OnLocalChange(published.convention);
      }
    };
    absl::MutexLock lock(&mu_);
    for (auto& [id, state] : states_) {
      if (state.active != nullptr) tell(*state.active);
      if (state.dialling != nullptr) tell(*state.dialling);
      for (const auto& link : state.arriving) tell(*link);
    }
  });
  thread_ = std::thread([this] { Loop(); });
}

void PeerManager::Stop() {
  std::vector<ReplicaId> peers;
  {
    absl::MutexLock lock(&mu_);
    if (stopping_ || !started_) {
      stopping_ = true;
      return;
    }
    stopping_ = true;
    for (const auto& [id, state] : states_) peers.push_back(id);
  }
  thread_.join();
  options_.replica->RemoveListener(listener_);
  for (const ReplicaId& id : peers) CloseAll(id, Stopping());
  std::vector<Waiter> waiters;
  {
    absl::MutexLock lock(&mu_);
    waiters.swap(waiters_);
  }
  for (const Waiter& waiter : waiters) options_.pool->Put([done = waiter.done] { done(false); });
  absl::MutexLock lock(&mu_);
  const auto none = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return links_ == 0; };
  mu_.Await(absl::Condition(&none));
}

std::int64_t PeerManager::NowMs() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void PeerManager::Loop() {
  std::int64_t ticked_ms = NowMs();
  while (true) {
    {
      absl::MutexLock lock(&mu_);
      const auto due = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return stopping_ || poked_; };
      mu_.AwaitWithTimeout(absl::Condition(&due), kLoopEvery);
      if (stopping_) return;
      poked_ = false;
    }
    DialDue();
    if (NowMs() - ticked_ms >= kTickMs) {
      ticked_ms = NowMs();
      TickLinks();
    }
    CheckWaiters();
  }
}

void PeerManager::DialDue() {
  for (const Peer& peer : options_.table->List()) {
    if (peer.record.paused() || peer.record.address().empty()) continue;
    std::shared_ptr<PeerLink> link;
    {
      absl::MutexLock lock(&mu_);
      PeerState& state = states_[peer.id];
      if (stopping_ || state.active != nullptr || state.dialling != nullptr ||
          NowMs() < state.dial_at_ms) {
        continue;
      }
      link = state.dialling = MakeLink(peer.id, /*dialled=*/true);
      ++links_;
    }
    DialPeer(*options_.identity, peer, std::move(link));
  }
}

void PeerManager::TickLinks() {
  absl::MutexLock lock(&mu_);
  for (auto& [id, state] : states_) {
    if (state.active != nullptr) state.active->Tick();
    if (state.dialling != nullptr) state.dialling->Tick();
    for (const auto& link : state.arriving) link->Tick();
  }
}

std::shared_ptr<PeerLink> PeerManager::MakeLink(const ReplicaId& peer, bool dialled) {
  return std::make_shared<PeerLink>(PeerLink::Options{
      .replica = options_.replica,
      .pool = options_.pool,
      .peer = peer,
      .dialled = dialled,
      .now_ms = [this] { return NowMs(); },
      .on_progress = [this](PeerLink& link) { OnProgress(link); },
      .on_ended = [this](PeerLink& link, const absl::Status& status) { OnEnded(link, status); }});
}

absl::StatusOr<std::shared_ptr<PeerLink>> PeerManager::Accept(const ReplicaId& peer) {
  const std::optional<Peer> known = options_.table->Get(peer);
  if (!known.has_value()) return NotPinned();
  if (known->record.paused()) return PausedThere();
  absl::MutexLock lock(&mu_);
  if (stopping_) return Stopping();
  PeerState& state = states_[peer];
  if (state.arriving.size() >= kArrivingMax) state.arriving.front()->Close(Replaced());
  if (state.arriving.size() > 2 * kArrivingMax) {
    return absl::ResourceExhaustedError("limit-links: too many streams of this peer");
  }
  state.arriving.push_back(MakeLink(peer, /*dialled=*/false));
  ++links_;
  return state.arriving.back();
}

void PeerManager::OnProgress(PeerLink& link) {
  const std::optional<v1::Hello> hello = link.hello();
  if (!hello.has_value()) return;
  {
    absl::MutexLock lock(&mu_);
    PeerState& state = states_[link.peer()];
    state.last_contact = options_.clock->Now();
    if (!waiters_.empty()) poked_ = true;
    if (state.active.get() == &link) return;
  }
  Settle(link, *hello);
}

void PeerManager::Settle(PeerLink& link, const v1::Hello& hello) {
  std::shared_ptr<PeerLink> loser;
  // A peer says what it likes, the smallest number there is too.
  const std::int64_t offset_ms =
      std::clamp(hello.clock_ms(), -kClockMsMax, kClockMsMax) - options_.clock->Now().micros / 1000;
  {
    absl::MutexLock lock(&mu_);
    PeerState& state = states_[link.peer()];
    std::shared_ptr<PeerLink> self;
    if (state.dialling.get() == &link) {
      self = std::move(state.dialling);
    } else {
      const auto it = std::find_if(state.arriving.begin(), state.arriving.end(),
                                   [&link](const auto& other) { return other.get() == &link; });
      // Closed meanwhile.
      if (it == state.arriving.end()) return;
      self = *it;
      state.arriving.erase(it);
    }
    const bool we_are_lower = options_.replica->id() < link.peer();
    const bool wins = state.active == nullptr || state.active->dialled() == link.dialled() ||
                      link.dialled() == we_are_lower;
    loser = wins ? std::exchange(state.active, self) : self;
    if (wins) {
      state.active_since_ms = NowMs();
      state.last_error = absl::OkStatus();
      state.clock_offset_ms = offset_ms;
    }
    if (loser != nullptr) state.leaving.push_back(loser);
  }
  if (loser != nullptr) loser->Close(Replaced());
  options_.log->Log(
      LogLevel::kInfo, "peer-met",
      {{"peer", link.peer().ToHex()}, {"dialled", link.dialled() ? "here" : "there"}});
  if (IsClockWrong(offset_ms)) {
    options_.log->Log(LogLevel::kWarning, "clocks-differ",
                      {{"peer", link.peer().ToHex()}, {"peer_is", ClockOffsetEn(offset_ms)}});
  }
  options_.slow->Put([this, peer = link.peer(), hello] {
    const auto cards = NormalisePartnerCards(hello.partners());
    const absl::StatusOr<std::size_t> ignored =
        cards.ok() ? options_.table->Learn(peer, hello.name(), *cards) : cards.status();
    if (!ignored.ok()) {
      options_.log->Log(
          LogLevel::kWarning, "peer-cards-refused",
          {{"peer", peer.ToHex()}, {"code", absl::StatusCodeToString(ignored.status().code())}});
    } else if (*ignored > 0) {
      options_.log->Log(LogLevel::kWarning, "peer-claims-more",
                        {{"peer", peer.ToHex()}, {"count", std::uint64_t{*ignored}}});
    }
    const absl::Status learnt =
        options_.table->LearnSigning(peer, hello.signing_stopped(), options_.clock->Now());
    if (!learnt.ok() && !absl::IsNotFound(learnt)) {
      options_.log->Log(
          LogLevel::kWarning, "peer-not-noted",
          {{"peer", peer.ToHex()}, {"code", absl::StatusCodeToString(learnt.code())}});
    }
  });
}

void PeerManager::OnEnded(PeerLink& link, const absl::Status& status) {
  const sync::SessionProgress progress = link.progress();
  absl::MutexLock lock(&mu_);
  PeerState& state = states_[link.peer()];
  state.past.sent += progress.bytes_sent;
  state.past.received += progress.bytes_received;
  const bool was_active = state.active.get() == &link;
  if (was_active) {
    state.to_send = progress.events_to_send;
    state.to_receive = progress.events_to_receive;
  }
  const bool was_dialling = state.dialling.get() == &link;
  if (was_active) state.active.reset();
  if (was_dialling) state.dialling.reset();
  for (auto* links : {&state.arriving, &state.leaving}) {
    std::erase_if(*links, [&link](const auto& other) { return other.get() == &link; });
  }
  if (was_active || was_dialling) {
    state.last_error = status;
    if (was_active && NowMs() - state.active_since_ms >= kGoodLinkMs) state.backoff.Reset();
    state.dial_at_ms = NowMs() + state.backoff.NextMs(RandomBits());
    // Attempts that fail are tried again for as long as it takes; the log need not grow with them.
    options_.log->Log(was_active ? LogLevel::kInfo : LogLevel::kDebug,
                      was_active ? "peer-left" : "peer-not-met",
                      {{"peer", link.peer().ToHex()},
                       {"code", absl::StatusCodeToString(status.code())},
                       {"why", RefusalOf(status).en}});
  }
  --links_;
  poked_ = true;
}

void PeerManager::CloseAll(const ReplicaId& peer, const absl::Status& status) {
  absl::MutexLock lock(&mu_);
  const auto it = states_.find(peer);
  if (it == states_.end()) return;
  if (it->second.active != nullptr) it->second.active->Close(status);
  if (it->second.dialling != nullptr) it->second.dialling->Close(status);
  for (const auto& link : it->second.arriving) link->Close(status);
}

void PeerManager::OnPinned(const ReplicaId& peer) {
  absl::MutexLock lock(&mu_);
  states_[peer].dial_at_ms = 0;
  states_[peer].backoff.Reset();
  poked_ = true;
}

void PeerManager::OnPaused(const ReplicaId& peer) { CloseAll(peer, PausedThere()); }

void PeerManager::OnRemoved(const ReplicaId& peer) { CloseAll(peer, NotPinned()); }

void PeerManager::OnPartnersChanged() {
  absl::MutexLock lock(&mu_);
  for (auto& [id, state] : states_) {
    state.backoff.Reset();
    if (state.active != nullptr) state.active->Close(Replaced());
  }
}

void PeerManager::SyncNow(std::vector<ReplicaId> peers, bool wait, Instant deadline,
                          std::function<void(bool)> done) {
  absl::MutexLock lock(&mu_);
  if (stopping_) {
    options_.pool->Put([done = std::move(done)] { done(false); });
    return;
  }
  const std::int64_t now_ms = NowMs();
  for (const ReplicaId& id : peers) {
    states_[id].dial_at_ms = 0;
    states_[id].backoff.Reset();
  }
  const std::int64_t left_ms =
      std::max<std::int64_t>(0, (deadline.micros - options_.clock->Now().micros) / 1000);
  waiters_.push_back({.peers = std::move(peers),
                      .deadline_ms = now_ms + (wait ? left_ms : kSettleMs),
                      .not_before_ms = now_ms + kSettleMs,
                      .done = std::move(done)});
  poked_ = true;
}

bool PeerManager::InStep(const ReplicaId& peer) const {
  const auto it = states_.find(peer);
  return it != states_.end() && it->second.active != nullptr && it->second.active->settled() &&
         it->second.active->progress().in_sync;
}

void PeerManager::CheckWaiters() {
  const std::int64_t now_ms = NowMs();
  std::vector<std::pair<std::function<void(bool)>, bool>> ready;
  {
    absl::MutexLock lock(&mu_);
    std::vector<Waiter> left;
    for (Waiter& waiter : waiters_) {
      const bool in_step =
          now_ms >= waiter.not_before_ms &&
          std::all_of(waiter.peers.begin(), waiter.peers.end(),
                      [this](const ReplicaId& id)
                          ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return InStep(id); });
      if (in_step || now_ms >= waiter.deadline_ms) {
        ready.emplace_back(std::move(waiter.done), in_step);
      } else {
        left.push_back(std::move(waiter));
      }
    }
    waiters_ = std::move(left);
  }
  for (auto& [done, in_step] : ready) {
    options_.pool->Put([done = std::move(done), in_step = in_step] { done(in_step); });
  }
}

}  // namespace greffe
