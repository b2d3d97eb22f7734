#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "server/peers/manager.h"
#include "server/peers/refused_run.h"

namespace greffe {
namespace {

void SetTime(Instant instant, google::protobuf::Timestamp* out) {
  out->set_seconds(instant.micros / 1'000'000);
  out->set_nanos(static_cast<std::int32_t>(instant.micros % 1'000'000) * 1000);
}

Refusal NotKnownThere(absl::string_view peer) {
  return {
      .code = absl::StatusCode::kUnauthenticated,
      .rule = "peer-key",
      .field = "",
      .fr = absl::StrCat("« ", peer,
                         " » ne connaît pas, ou plus, la clé de cette réplique : la liaison y a "
                         "été retirée."),
      .en = absl::StrCat("\"", peer,
                         "\" does not know the key of this replica, or no longer: the "
                         "connection was removed there."),
      .next_fr =
          "Reliez-les de nouveau : greffe peer invite chez l'un, greffe peer join chez "
          "l'autre.",
      .next_en =
          "Connect them again: greffe peer invite at one, greffe peer join at the "
          "other."};
}

std::string InWords(const Refusal& refusal, bool french) {
  const std::string& text = french ? refusal.fr : refusal.en;
  const std::string& next = french ? refusal.next_fr : refusal.next_en;
  return next.empty() ? text : absl::StrCat(text, " ", next);
}

// Why the last connection ended, for people: what the peer itself said, or that it does not answer.
std::string ReasonOf(const Peer& peer, const absl::Status& error, const Refusal& refusal,
                     Language language) {
  const bool french = language == Language::kFrench;
  // Said by the peer of this replica: "here" in its words is there.
  if (refusal.rule == "peer-key") return InWords(NotKnownThere(peer.record.name()), french);
  if (!refusal.rule.empty()) return InWords(refusal, french);
  if (peer.record.address().empty()) {
    return french ? "Aucune adresse connue : c'est ce pair qui doit appeler."
                  : "No address known: this peer has to call.";
  }
  if (error.ok()) return "";
  return absl::StrCat(french ? "Pas de réponse à l'adresse " : "No answer at ",
                      peer.record.address(),
                      french ? " ; nouvel essai plus tard." : "; tried again later.");
}

}  // namespace

v1::PeerView PeerManager::View(const Peer& peer, Language language,
                               const std::string& partner_id) const {
  v1::PeerView out;
  out.set_name(peer.record.name());
  out.set_replica_id(peer.id.ToHex());
  out.set_address(peer.record.address());
  *out.mutable_partners() = peer.record.partners();
  if (peer.record.has_signing_stopped_at()) {
    *out.mutable_signing_stopped_at() = peer.record.signing_stopped_at();
  }
  const bool french = language == Language::kFrench;
  const Refusal stopped = RefusalOf(options_.replica->Writable());
  absl::MutexLock lock(&mu_);
  const auto it = states_.find(peer.id);
  const PeerState none;
  const PeerState& state = it == states_.end() ? none : it->second;
  if (state.last_contact.has_value()) SetTime(*state.last_contact, out.mutable_last_contact());
  out.set_clock_offset_ms(state.clock_offset_ms);
  const sync::SessionProgress progress =
      state.active == nullptr ? sync::SessionProgress{} : state.active->progress();
  out.set_bytes_sent(state.past.sent + progress.bytes_sent);
  out.set_bytes_received(state.past.received + progress.bytes_received);
  // Without a connection, as it was at the end of the last one.
  out.set_to_send(state.active == nullptr ? state.to_send : progress.events_to_send);
  out.set_to_receive(state.active == nullptr ? state.to_receive : progress.events_to_receive);
  if (peer.record.paused()) {
    out.set_state(v1::PEER_STATE_PAUSED);
  } else if (state.active != nullptr) {
    const bool in_step = InStep(peer.id);
    out.set_state(in_step ? v1::PEER_STATE_IN_SYNC : v1::PEER_STATE_SYNCING);
    if (!in_step && progress.last_refusal.has_value()) {
      const sync::RefusedRun& run = *progress.last_refusal;
      const bool named = partner_id.empty() || options_.replica->MaySee(partner_id, run.convention);
      out.set_reason(InWords(run, peer.record.name(), named, language));
    }
  } else {
    const bool tried = state.last_contact.has_value() || !state.last_error.ok();
    out.set_state(tried ? v1::PEER_STATE_UNREACHABLE : v1::PEER_STATE_NEVER_MET);
    const Refusal refusal = RefusalOf(state.last_error);
    out.set_reason(ReasonOf(peer, state.last_error, refusal, language));
    out.set_refused_by(refusal.rule);
  }
  // It meets us, and nothing of this replica's own will ever follow. The way out is the replica's,
  // and stands in its banners.
  if (state.active != nullptr && out.reason().empty() && stopped.rule == "signing-stopped") {
    out.set_reason(french ? stopped.fr : stopped.en);
  }
  return out;
}

PeerManager::Bytes PeerManager::TotalBytes() const {
  absl::MutexLock lock(&mu_);
  Bytes out;
  for (const auto& [id, state] : states_) {
    out.sent += state.past.sent;
    out.received += state.past.received;
    if (state.active == nullptr) continue;
    const sync::SessionProgress progress = state.active->progress();
    out.sent += progress.bytes_sent;
    out.received += progress.bytes_received;
  }
  return out;
}

}  // namespace greffe
