#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/peer_notes.h"
#include "client/cli/table.h"
#include "core/base/clock_offset.h"
#include "core/base/naming.h"
#include "core/base/refusal.h"
#include "core/base/shell_word.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

// An invitation is an address, a certificate and a secret: far below this.
constexpr std::size_t kInvitationBytes = 64 * 1024;

// Who answers that it will not meet us is reached.
std::string StateOf(Lang lang, const v1::PeerView& peer) {
  if (peer.state() != v1::PEER_STATE_UNREACHABLE || peer.refused_by().empty()) {
    return LabelOf(lang, peer.state());
  }
  return Say(lang, peer.refused_by() == "peer-paused"
                       ? Message{"en pause chez ce pair", "paused by this peer"}
                       : Message{"refuse la liaison", "refuses to connect"});
}

// Without a connection nobody knows what the other side lacks by now: what the last one left is the
// least.
std::string Left(Lang lang, const v1::PeerView& peer, std::uint64_t events) {
  if (peer.state() == v1::PEER_STATE_IN_SYNC || peer.state() == v1::PEER_STATE_SYNCING) {
    return Count(lang, events);
  }
  return events == 0 ? "?" : absl::StrCat("≥ ", Count(lang, events));
}

void PrintPeers(Context& context, const google::protobuf::RepeatedPtrField<v1::PeerView>& peers) {
  std::vector<const v1::PeerView*> sorted;
  for (const auto& peer : peers) sorted.push_back(&peer);
  const FrenchOrder order;
  std::sort(sorted.begin(), sorted.end(),
            [&](const auto* a, const auto* b) { return order.Compare(a->name(), b->name()) < 0; });
  const Lang lang = context.lang();
  Table table({{context.T({"Pair", "Peer"}), Fit::kWrap},
               {context.T({"État", "State"}), Fit::kWrap},
               {context.T({"Adresse", "Address"})},
               {context.T({"Contact", "Contact"})},
               // To send, to receive.
               {context.T({"Reste", "Left"})},
               {context.T({"Empreinte", "Fingerprint"})}});
  for (const auto* peer : sorted) {
    std::string state = StateOf(lang, *peer);
    if (!peer->reason().empty()) {
      absl::StrAppend(&state, lang == Lang::kFrench ? " : " : ": ", peer->reason());
    }
    if (peer->has_signing_stopped_at()) {
      absl::StrAppend(&state, context.T({" ; ne signe plus, ", "; signs no more, "}),
                      SayStopped(lang, peer->signing_stopped_at()));
    }
    table.AddRow({peer->name(), state, peer->address(),
                  peer->has_last_contact()
                      ? absl::StrReplaceAll(ShortInstant(lang, peer->last_contact()), {{" ", "\n"}})
                      : "–",
                  absl::StrCat("↑ ", Left(lang, *peer, peer->to_send()), "\n↓ ",
                               Left(lang, *peer, peer->to_receive())),
                  ShortHash(peer->replica_id())});
  }
  table.Print(context.out(), context.width());
  if (!sorted.empty()) {
    context.out() << context.T(
        {"Reste : événements ↑ à envoyer, ↓ à recevoir ; ? : inconnu sans liaison.\n",
         "Left: events ↑ to send, ↓ to receive; ?: unknown while not "
         "connected.\n"});
    for (const auto* peer : sorted) ShowIfClockWrong(context, *peer);
  } else {
    constexpr Message kNoPeer = {"Aucun pair. Pour en inviter un : greffe peer invite",
                                 "No peer. To invite one: greffe peer invite"};
    context.Note(context.T(kNoPeer));
  }
}

void PrintPeer(Context& context, const v1::PeerView& peer) {
  const Lang lang = context.lang();
  Facts facts;
  facts.Add(context.T({"Pair", "Peer"}), peer.name());
  facts.Add(context.T({"État", "State"}), StateOf(lang, peer));
  facts.Add(context.T({"Raison", "Reason"}), peer.reason());
  if (peer.has_signing_stopped_at()) {
    facts.Add(context.T({"Ne signe plus", "Signs no more"}),
              SayStopped(lang, peer.signing_stopped_at()));
  }
  facts.Add(context.T({"Adresse", "Address"}), peer.address());
  facts.Add(context.T({"Empreinte", "Fingerprint"}), peer.replica_id());
  facts.Add(context.T({"Agit pour", "Acts for"}),
            absl::StrJoin(peer.partners(), ", ", [](std::string* out, const v1::PartnerCard& card) {
              absl::StrAppend(out, card.name());
            }));
  if (peer.has_last_contact()) {
    facts.Add(context.T({"Dernier contact", "Last contact"}),
              LongInstant(lang, peer.last_contact()));
    facts.Add(context.T({"Écart d'horloge", "Clock offset"}),
              lang == Lang::kFrench ? ClockOffsetFr(peer.clock_offset_ms())
                                    : ClockOffsetEn(peer.clock_offset_ms()));
  }
  facts.Add(context.T({"À envoyer", "To send"}), Left(lang, peer, peer.to_send()));
  facts.Add(context.T({"À recevoir", "To receive"}), Left(lang, peer, peer.to_receive()));
  facts.Add(context.T({"Envoyé", "Sent"}), Bytes(lang, peer.bytes_sent()));
  facts.Add(context.T({"Reçu", "Received"}), Bytes(lang, peer.bytes_received()));
  facts.Print(context.out(), context.width());
  ShowIfClockWrong(context, peer);
}

CommandResult Invite(Context& context, const std::string& address) {
  v1::InvitePeerRequest request;
  request.set_address(address);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::InvitePeerResponse invited, client->InvitePeer(request));
  context.Show(invited, [&] {
    constexpr Message kInvited = {
        "Transmettez cette ligne par un moyen sûr ; elle sert une fois, jusqu'au $0.\n"
        "En face : greffe peer join LIGNE",
        "Hand this line over by safe means; it works once, until $0.\n"
        "At the other end: greffe peer join LINE"};
    context.Note(context.F(kInvited, LongInstant(context.lang(), invited.expires_at())));
    context.out() << invited.invitation() << '\n';
  });
  return kDone;
}

CommandResult Join(Context& context, std::string invitation, const std::string& address) {
  if (invitation == "-") {
    invitation.clear();
    for (char c = 0; invitation.size() < kInvitationBytes && std::cin.get(c);) invitation += c;
  }
  v1::JoinPeerRequest request;
  request.set_invitation(std::string(absl::StripAsciiWhitespace(invitation)));
  request.set_address(address);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::JoinPeerResponse joined, client->JoinPeer(request));
  context.Show(joined, [&] { PrintPeer(context, joined.peer()); });
  NoteClaimedTwice(context, *client, joined.peer());
  return kDone;
}

CommandResult ListPeers(Context& context) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListPeersResponse peers, client->ListPeers({}));
  context.Show(peers, [&] { PrintPeers(context, peers.peers()); });
  return kDone;
}

CommandResult PeerStatus(Context& context, const std::string& name) {
  if (name.empty()) return ListPeers(context);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListPeersResponse all, client->ListPeers({}));
  std::vector<PeerName> names;
  for (const auto& peer : all.peers()) {
    ASSIGN_OR_RETURN(const ReplicaId id, ReplicaId::FromHex(peer.replica_id(), "replica_id"));
    names.push_back({peer.name(), id});
  }
  ASSIGN_OR_RETURN(const std::size_t at, FindPeer(name, names));
  v1::ListPeersResponse found;
  *found.add_peers() = all.peers(static_cast<int>(at));
  context.Show(found, [&] { PrintPeer(context, found.peers(0)); });
  return kDone;
}

CommandResult Pause(Context& context, const std::string& peer) {
  v1::PausePeerRequest request;
  request.set_peer(peer);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::PausePeerResponse paused, client->PausePeer(request));
  context.Show(paused, [&] {
    constexpr Message kPaused = {
        "La liaison avec « $0 » est en pause. Pour la reprendre : greffe peer resume $1",
        "The connection with \"$0\" is paused. To resume it: greffe peer resume $1"};
    const std::string& name = paused.peer().name();
    context.out() << context.F(kPaused, name, ShellWord(name)) << '\n';
  });
  return kDone;
}

CommandResult Resume(Context& context, const std::string& peer) {
  v1::ResumePeerRequest request;
  request.set_peer(peer);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ResumePeerResponse resumed, client->ResumePeer(request));
  context.Show(resumed, [&] {
    constexpr Message kResumed = {
        "La liaison avec « $0 » reprend. Où elle en est : greffe peer status $1",
        "The connection with \"$0\" is resumed. How it is: greffe peer status $1"};
    const std::string& name = resumed.peer().name();
    context.out() << context.F(kResumed, name, ShellWord(name)) << '\n';
  });
  return kDone;
}

CommandResult Remove(Context& context, const std::string& peer) {
  v1::RemovePeerRequest request;
  request.set_peer(peer);
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::RemovePeerResponse removed, client->RemovePeer(request));
  context.Show(removed, [&] {
    constexpr Message kRemoved = {"La clé du pair $0 n'est plus acceptée ici.",
                                  "The key of $0 is no longer accepted here."};
    context.out() << context.F(kRemoved, peer) << '\n';
  });
  return kDone;
}

// A sync that meets nobody because everybody is paused has not done what was asked.
absl::Status RefuseIfAllPaused(Client& client) {
  ASSIGN_OR_RETURN(const v1::ListPeersResponse all, client.ListPeers({}));
  std::vector<std::string> names, commands;
  for (const auto& peer : all.peers()) {
    if (peer.state() != v1::PEER_STATE_PAUSED) continue;
    names.push_back(absl::StrCat("« ", peer.name(), " »"));
    commands.push_back(absl::StrCat("greffe peer resume ", ShellWord(peer.name())));
  }
  if (names.empty()) return absl::OkStatus();
  constexpr Message kPaused = {"Personne n'est rencontré. En pause ici : $0.",
                               "Nobody is met. Paused here: $0."};
  constexpr Message kPausedNext = {"$1", "$1"};
  return Context::RefuseBy("peer-paused", absl::StatusCode::kFailedPrecondition, kPaused,
                           kPausedNext, absl::StrJoin(names, ", "), absl::StrJoin(commands, " ; "));
}

// Where nobody answers, greffed tries again by itself.
bool Refuses(const v1::PeerView& peer) { return !peer.refused_by().empty(); }

// What people are to do about a peer that is not in step.
Message StepOf(const v1::PeerView& peer) {
  if (peer.refused_by() == "peer-paused") {
    return {"la liaison est en pause chez ce pair : son administrateur y tape greffe peer resume",
            "the connection is paused at this peer: its administrator types greffe peer resume "
            "there"};
  }
  if (Refuses(peer)) {
    return {
        "si votre clé n'y est plus connue : greffe peer invite d'un côté, greffe peer join de "
        "l'autre",
        "if they no longer know your key: greffe peer invite on one side, greffe peer join on "
        "the other"};
  }
  switch (peer.state()) {
    case v1::PEER_STATE_PAUSED:
      return {"greffe peer resume $0", "greffe peer resume $0"};
    case v1::PEER_STATE_SYNCING:
      return {"il reste à échanger : greffe sync --wait, avec plus de temps (--timeout 30m)",
              "there is more to exchange: greffe sync --wait, with more time (--timeout 30m)"};
    default:
      if (peer.address().empty()) {
        return {"ce pair doit appeler : greffe sync, chez lui",
                "this peer has to call: greffe sync, over there"};
      }
      return {
          "vérifiez que sa réplique tourne et que son adresse est la bonne ; greffed réessaie "
          "de lui-même",
          "check that its replica runs and that its address is right; greffed tries again by "
          "itself"};
  }
}

// `reasons`: each name is followed by its reason, where nothing else says it.
absl::Status RefuseFor(const std::vector<const v1::PeerView*>& peers, const char* rule,
                       const Message& text, bool reasons) {
  std::vector<std::string> fr, en, names;
  for (const v1::PeerView* peer : peers) {
    names.push_back(reasons && !peer->reason().empty()
                        ? absl::StrCat(peer->name(), " (", peer->reason(), ")")
                        : peer->name());
    const std::string typed = ShellWord(peer->name());
    fr.push_back(absl::StrCat(peer->name(), " : ", Fill(Lang::kFrench, StepOf(*peer), typed)));
    en.push_back(absl::StrCat(peer->name(), ": ", Fill(Lang::kEnglish, StepOf(*peer), typed)));
  }
  const std::string list = absl::StrJoin(names, ", ");
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = rule,
                   .fr = Fill(Lang::kFrench, text, list),
                   .en = Fill(Lang::kEnglish, text, list),
                   .next_fr = absl::StrJoin(fr, " ; "),
                   .next_en = absl::StrJoin(en, "; ")});
}

CommandResult Sync(Context& context, const std::string& peer, bool wait) {
  v1::SyncNowRequest request;
  request.set_peer(peer);
  request.set_wait(wait);
  ASSIGN_OR_RETURN(Client* const client, context.Connect(wait ? Work::kLong : Work::kShort));
  if (wait) NoteUnreachable(context, *client, peer);
  absl::StatusOr<v1::SyncNowResponse> synced;
  {
    const Progress progress(context, {"Échange avec les pairs", "Syncing with peers"});
    synced = client->SyncNow(request);
  }
  if (!synced.ok()) return synced.status();
  if (synced->peers().empty()) RETURN_IF_ERROR(RefuseIfAllPaused(*client));
  std::vector<const v1::PeerView*> refusing, behind;
  for (const v1::PeerView& one : synced->peers()) {
    if (Refuses(one)) refusing.push_back(&one);
    if (one.state() != v1::PEER_STATE_IN_SYNC) behind.push_back(&one);
  }
  const bool done = refusing.empty() && (!wait || synced->in_sync());
  // The table is for people, of a refusal too; a program gets an answer or a refusal.
  const bool json = context.globals.json;
  if (done || !json) context.Show(*synced, [&] { PrintPeers(context, synced->peers()); });
  if (done) return kDone;
  constexpr Message kRefusing = {"Ne veut pas nous rencontrer, pour la raison ci-dessus : $0.",
                                 "Does not want to meet us, for the reason above: $0."};
  constexpr Message kRefusingJson = {"Ne veut pas nous rencontrer : $0.",
                                     "Does not want to meet us: $0."};
  if (!refusing.empty()) {
    return RefuseFor(refusing, "peer-refuses", json ? kRefusingJson : kRefusing, json);
  }
  constexpr Message kBehind = {"Tous les pairs ne sont pas à jour : $0.",
                               "Not every peer is in sync: $0."};
  return RefuseFor(behind, "peers-behind", kBehind, json);
}

}  // namespace

void AddPeerCommands(CommandLine& line) {
  constexpr Message kPeerName = {"Nom, ou début de l'empreinte (6 chiffres au moins)",
                                 "Name, or start of the fingerprint (at least 6 digits)"};
  const auto invite = std::make_shared<std::string>();
  line.Add("peer", group::kPeer, "invite",
           {"Fait une invitation d'une ligne, qui sert une fois",
            "Makes an invitation of one line that works once"})
      .Option("--address", "HOST:PORT", invite.get(),
              {"Où l'invité joindra cette réplique (l'adresse servie)",
               "Where the invited reaches this replica (the address served)"})
      .Run([invite](Context& context) { return Invite(context, *invite); });

  struct JoinArgs {
    std::string invitation, address;
  };
  const auto join = std::make_shared<JoinArgs>();
  line.Add("peer", group::kPeer, "join",
           {"Se sert d'une invitation : chaque réplique retient la clé de l'autre",
            "Uses an invitation: each replica pins the other's key"})
      .Argument("INVITATION", &join->invitation,
                {"La ligne reçue, ou - pour la lire sur l'entrée",
                 "The line received, or - to read it from stdin"})
      .Option("--address", "HOST:PORT", &join->address,
              {"Où l'autre joindra cette réplique (l'adresse servie)",
               "Where the other reaches this replica (the address served)"})
      .Run([join](Context& context) { return Join(context, join->invitation, join->address); });

  line.Add("peer", group::kPeer, "list", {"Les pairs", "The peers"}).Run([](Context& context) {
    return ListPeers(context);
  });

  const auto status = std::make_shared<std::string>();
  line.Add("peer", group::kPeer, "status",
           {"Comment vont les pairs, ou l'un d'eux", "How the peers are, or one of them"})
      .OptionalArgument("PEER", status.get(), kPeerName)
      .Run([status](Context& context) { return PeerStatus(context, *status); });

  const auto pause = std::make_shared<std::string>();
  line.Add("peer", group::kPeer, "pause",
           {"Cesse de rencontrer un pair, jusqu'à resume", "Stops meeting a peer until resumed"})
      .Argument("PEER", pause.get(), kPeerName)
      .Run([pause](Context& context) { return Pause(context, *pause); });

  const auto resume = std::make_shared<std::string>();
  line.Add("peer", group::kPeer, "resume", {"Rencontre de nouveau un pair", "Meets a peer again"})
      .Argument("PEER", resume.get(), kPeerName)
      .Run([resume](Context& context) { return Resume(context, *resume); });

  const auto remove = std::make_shared<std::string>();
  line.Add("peer", group::kPeer, "remove",
           {"Oublie un pair : sa clé n'est plus acceptée",
            "Forgets a peer: its key is no longer accepted"})
      .Argument("PEER", remove.get(), kPeerName)
      .Run([remove](Context& context) { return Remove(context, *remove); });

  struct SyncArgs {
    std::string peer;
    bool wait = false;
  };
  const auto sync = std::make_shared<SyncArgs>();
  line.Add("", group::kNone, "sync",
           {"Rencontre un pair, ou tous, maintenant", "Meets one peer, or all, now"})
      .OptionalArgument("PEER", &sync->peer, kPeerName)
      .Flag(
          "--wait", &sync->wait,
          {"Attend que les deux côtés aient la même chose", "Waits until both sides hold the same"})
      .Examples({"  greffe sync --wait\n  greffe sync agglo-agen --wait --timeout 5m",
                 "  greffe sync --wait\n  greffe sync agglo-agen --wait --timeout 5m"})
      .Run([sync](Context& context) { return Sync(context, sync->peer, sync->wait); });
}

}  // namespace greffe::cli
