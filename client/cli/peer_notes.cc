#include "client/cli/peer_notes.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/format.h"
#include "client/client.h"
#include "core/base/clock_offset.h"

namespace greffe::cli {

void ShowIfClockWrong(Context& context, const v1::PeerView& peer) {
  const std::int64_t offset_ms = peer.clock_offset_ms();
  if (!peer.has_last_contact() || !IsClockWrong(offset_ms)) return;
  context.ShowBanner(context.lang() == Lang::kFrench ? WrongClockFr(peer.name(), offset_ms)
                                                     : WrongClockEn(peer.name(), offset_ms));
}

std::string SayStopped(Lang lang, const google::protobuf::Timestamp& told_at) {
  constexpr Message kStopped = {"dit le $0, pour toujours", "said on $0, for good"};
  return Fill(lang, kStopped, ShortDay(lang, told_at));
}

void NoteClaimedTwice(Context& context, Client& client, const v1::PeerView& joined) {
  // The partners of this replica and of every peer, each with who acts for it.
  const auto partners = client.ListPartners({});
  const auto peers = client.ListPeers({});
  if (!partners.ok() || !peers.ok()) return;
  for (const v1::PartnerCard& claimed : joined.partners()) {
    const std::string& id = claimed.partner_id();
    std::vector<std::string> others;
    if (std::any_of(partners->partners().begin(), partners->partners().end(),
                    [&](const auto& one) { return one.here() && one.card().partner_id() == id; })) {
      others.push_back(context.T({"cette réplique", "this replica"}));
    }
    for (const v1::PeerView& peer : peers->peers()) {
      if (peer.replica_id() == joined.replica_id()) continue;
      for (const v1::PartnerCard& card : peer.partners()) {
        if (card.partner_id() != id) continue;
        others.push_back(absl::StrCat(peer.name(), " (", ShortHash(peer.replica_id()), ")"));
      }
    }
    if (others.empty()) continue;
    constexpr Message kTwice = {
        "! « $0 » ($3) dit agir pour « $1 », comme le fait déjà : $2. Demandez à ce partenaire, "
        "par un autre moyen, si les deux sont à lui. Une convention nouvelle avec lui demande "
        "laquelle agit (partner-claimed-twice) : greffe convention new … --replica $1=EMPREINTE. "
        "Celle qui n'est pas la sienne s'ôte : greffe peer remove.",
        "! \"$0\" ($3) says that it acts for \"$1\", as does already: $2. Ask that partner, by "
        "other means, whether both are its own. A new convention with it wants to know which one "
        "acts (partner-claimed-twice): greffe convention new … --replica $1=FINGERPRINT. One that "
        "is not its own is removed: greffe peer remove."};
    context.Note(context.F(kTwice, joined.name(), id, absl::StrJoin(others, ", "),
                           ShortHash(joined.replica_id())));
  }
}

void NoteUnreachable(Context& context, Client& client, const std::string& peer) {
  const auto all = client.ListPeers({});
  if (!all.ok()) return;
  for (const v1::PeerView& one : all->peers()) {
    // Who answers with a refusal is there.
    if (one.state() != v1::PEER_STATE_UNREACHABLE || !one.refused_by().empty()) continue;
    if (!peer.empty() && peer != one.name() && !absl::StartsWith(one.replica_id(), peer)) continue;
    constexpr Message kWaiting = {
        "« $0 » était injoignable au dernier essai : attendu jusqu'au bout du délai (--timeout).",
        "\"$0\" could not be reached last time: waited for until time is up (--timeout)."};
    context.Note(context.F(kWaiting, one.name()));
  }
}

}  // namespace greffe::cli
