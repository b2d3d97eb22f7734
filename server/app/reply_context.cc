// What stands outside the repeatable part of an answer: who answers, what a reader must know, the
// personal values of those that the answer names by commitment.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/refusal.h"
#include "core/convention/checks/doubted_replicas.h"
#include "core/convention/elements/french.h"
#include "core/rules/calendar.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "server/app/personal_fields.h"
#include "server/app/rooms.h"

namespace greffe {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Digits of an id that people are shown.
constexpr std::size_t kShownDigits = 12;

void CollectCommitments(const PersonalFields& fields, const Message& message,
                        std::set<std::string>* out) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : fields.Of(message.GetDescriptor())) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      if (!reflection.GetString(message, field).empty()) {
        out->insert(reflection.GetString(message, field));
      }
    } else if (!field->is_repeated()) {
      if (reflection.HasField(message, field)) {
        CollectCommitments(fields, reflection.GetMessage(message, field), out);
      }
    } else {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        CollectCommitments(fields, reflection.GetRepeatedMessage(message, field, i), out);
      }
    }
  }
}

// One who only administers the replica of a partner has no need of names.
bool MayReadNames(const UserCall& call) {
  return std::any_of(call.roles.begin(), call.roles.end(),
                     [](v1::Role role) { return role != v1::ROLE_ADMIN; });
}

// A feed with two continuations: its replica told two stories, or its key signs at two places.
struct Fork {
  ReplicaId replica;
  // The first event that differs.
  std::uint64_t at = 0;
  auto operator<=>(const Fork&) const = default;
};

// Which feeds are a second branch of their author, by place. One that differs from the first event
// on shares nothing with the other, and so has no parent.
std::vector<bool> FindForks(const ConventionHost& host) {
  std::set<ReplicaId> authors;
  std::vector<bool> out;
  out.reserve(host.feeds.size());
  for (const FeedRow& feed : host.feeds) out.push_back(!authors.insert(feed.replica).second);
  return out;
}

std::string ForkText(const ConventionHost& host, const Fork& fork, bool english) {
  std::vector<std::string> partners;
  for (const RosterEntry& entry : host.state.Roster()) {
    if (entry.replica == fork.replica) partners = entry.partner_ids;
  }
  const std::string id = fork.replica.ToHex().substr(0, kShownDigits);
  const std::string names = absl::StrJoin(partners, ", ");
  if (english) {
    return absl::StrCat("The feed of replica ", id, partners.empty() ? "" : " (", names,
                        partners.empty() ? "" : ")", " has two continuations from event ", fork.at,
                        " on: it told two stories, or its key signs at two places. Both are kept: "
                        "greffe audit verify");
  }
  return absl::StrCat("La chronique de la réplique ", id, partners.empty() ? "" : " (", names,
                      partners.empty() ? "" : ")", " a deux suites depuis l'événement ", fork.at,
                      " : elle a tenu deux récits, ou sa clé signe à deux endroits. Les deux sont "
                      "gardées : greffe audit verify");
}

std::string InLanguage(const UserCall& call, const absl::Status& status) {
  const Refusal refusal = RefusalOf(status);
  const std::string& text = call.english ? refusal.en : refusal.fr;
  const std::string& next = call.english ? refusal.next_en : refusal.next_fr;
  return next.empty() ? text : absl::StrCat(text, " ", next);
}

// What this replica knows of who acts for whom, beside what conventions say.
struct KnownHere {
  std::set<std::string> own;
  KnownReplicas replicas;
  // Names of peers, as people here know them.
  std::map<ReplicaId, std::string> names;
};

KnownHere KnownBy(const ReplicaOptions& options, const ReplicaId& self) {
  KnownHere out;
  for (const v1::PartnerCard& card : options.own_partners()) {
    out.own.insert(card.partner_id());
    out.replicas[card.partner_id()].insert(self);
  }
  // A replica that people knew for a partner's, and whose time is over, is no stranger in the
  // conventions of its time.
  for (const auto& peers : {options.former_peers(), options.peers()}) {
    for (const RosterCandidate& peer : peers) {
      const ReplicaId id = ReplicaIdOf(peer.key);
      out.names[id] = peer.name;
      for (const std::string& partner : peer.partner_ids) out.replicas[partner].insert(id);
    }
  }
  return out;
}

// Replicas that one convention's banners name; further ones are counted.
constexpr std::size_t kToldDoubtsMax = 10;

// One banner, in both languages.
struct Told {
  std::string fr;
  std::string en;
  // True where the words say which convention it is.
  bool named = false;
};

Told DoubtText(const DoubtedReplica& doubt, const KnownHere& known) {
  const std::string id = doubt.replica.ToHex().substr(0, kShownDigits);
  const auto name = known.names.find(doubt.replica);
  const bool has_name = name != known.names.end();
  const bool own = known.own.count(doubt.partner_id) > 0;
  return {
      absl::StrCat("GRAVE — la réplique ", id,
                   has_name ? absl::StrCat(", connue ici comme « ", name->second, " »,") : "",
                   " agit dans cette convention au nom de « ", doubt.partner_id, " »",
                   own ? ", que représente cette réplique-ci" : "",
                   ", et n'est pas connue ici pour agir pour ce partenaire. Signatures qu'elle a "
                   "enregistrées à ce nom : ",
                   doubt.signatures,
                   ". Demandez à ce partenaire, par un autre moyen, si elle est la sienne (greffe "
                   "convention "
                   "roster) ; si oui, reliez-la : greffe peer invite, puis greffe peer join."),
      absl::StrCat(
          "GRAVE — replica ", id,
          has_name ? absl::StrCat(", known here as "
                                  ", name->second, "
                                  ",")
                   : "",
          " acts in this convention in the name of "
          ", doubt.partner_id, "
          "",
          own ? ", for which this replica acts" : "",
          ", and is not known here to act for that partner. Signatures that it recorded in "
          "that name: ",
          doubt.signatures,
          ". Ask that partner, by other means, whether it is its own (greffe convention "
          "roster); if so, connect it: greffe peer invite, then greffe peer join.")};
}

void TellDoubts(const ConventionHost& host, const KnownHere& known, std::vector<Told>* out) {
  if (host.unreadable) return;
  const std::vector<DoubtedReplica> doubts = DoubtedReplicas(host.state, known.replicas);
  const std::size_t told = std::min(doubts.size(), kToldDoubtsMax);
  for (std::size_t i = 0; i < told; ++i) out->push_back(DoubtText(doubts[i], known));
  if (told == doubts.size()) return;
  const std::size_t more = doubts.size() - told;
  out->push_back(
      {absl::StrCat("GRAVE — autres répliques de cette convention qui ne sont pas connues ici pour "
                    "agir pour leur partenaire : ",
                    more, " (greffe convention roster)."),
       absl::StrCat(
           "GRAVE — further replicas of this convention that are not known here to act for "
           "their partner: ",
           more, " (greffe convention roster).")});
}

// Conventions whose banners an administrator is shown; further ones are counted.
constexpr std::size_t kToldConventionsMax = 20;

std::string ShownId(const ConventionId& convention) {
  return convention.ToHex().substr(0, kShownDigits);
}

// What is wrong with a convention here, or waits.
std::vector<Told> HealthOf(const ConventionId& convention, const ConventionHost& host,
                           const KnownHere& known) {
  std::vector<Told> out;
  TellDoubts(host, known, &out);
  if (!host.damage.ok()) {
    const Refusal why = RefusalOf(host.damage);
    const std::string id = ShownId(convention);
    out.push_back(
        {absl::StrCat("Convention ", id,
                      " en lecture seule sur cette réplique, sa preuve échoue : ", why.fr,
                      ". Un pair peut la réparer : greffe sync --wait"),
         absl::StrCat("Convention ", id, " is read-only on this replica, its proof fails: ", why.en,
                      ". A peer can repair it: greffe sync --wait"),
         /*named=*/true});
  }
  if (const std::uint64_t waiting = host.Waiting(); waiting > 0) {
    out.push_back(
        {absl::StrCat("Événements reçus qui en attendent d'autres, pas encore reçus : ", waiting,
                      "."),
         absl::StrCat("Events received that wait for others not received yet: ", waiting, ".")});
  }
  std::set<Fork> forks;
  const std::vector<bool> is_fork = FindForks(host);
  for (std::size_t i = 0; i < host.feeds.size(); ++i) {
    if (is_fork[i]) forks.insert(Fork{host.feeds[i].replica, host.feeds[i].forked_at});
  }
  for (const Fork& fork : forks) {
    out.push_back(
        {ForkText(host, fork, /*english=*/false), ForkText(host, fork, /*english=*/true)});
  }
  if (host.state.needs_newer_software()) {
    out.push_back(
        {"Un partenaire a écrit avec un logiciel plus récent : mettez cette réplique à jour pour "
         "figer ou signer.",
         "A partner wrote with newer software: update this replica to freeze or sign."});
  }
  return out;
}

std::string PartnersIn(const RosterEntry& entry) { return absl::StrJoin(entry.partner_ids, ", "); }

// Peers of the roster that sign no more, where no other replica acts for all of their partners.
std::vector<Told> StoppedIn(const ConventionHost& host,
                            const std::map<ReplicaId, Instant>& stopped) {
  std::vector<Told> out;
  if (stopped.empty()) return out;
  const std::vector<RosterEntry> roster = host.state.Roster();
  std::set<std::string> acting;
  for (const RosterEntry& entry : roster) {
    if (stopped.count(entry.replica) > 0) continue;
    acting.insert(entry.partner_ids.begin(), entry.partner_ids.end());
  }
  for (const RosterEntry& entry : roster) {
    const auto it = stopped.find(entry.replica);
    if (it == stopped.end() ||
        std::all_of(entry.partner_ids.begin(), entry.partner_ids.end(),
                    [&](const std::string& partner) { return acting.count(partner) > 0; })) {
      continue;
    }
    const std::string id = entry.replica.ToHex().substr(0, kShownDigits);
    const std::string day = rules::ParisTimeOf(it->second).day.ToString();
    out.push_back(
        {absl::StrCat("La réplique ", id, " (", PartnersIn(entry),
                      ") ne signe plus, pour toujours : elle l'a dit le ", FrenchDate(day),
                      ". Rien de nouveau ne viendra d'elle dans cette convention."),
         absl::StrCat("Replica ", id, " (", PartnersIn(entry),
                      ") signs no more, for good: it said so on ", day,
                      ". Nothing new will come from it in this convention.")});
  }
  return out;
}

void FillFigures(const ConventionHost& host, v1::ConventionFigures* figures) {
  std::uint64_t held = 0;
  const std::vector<bool> is_fork = FindForks(host);
  for (std::size_t i = 0; i < host.feeds.size(); ++i) {
    const FeedRow& feed = host.feeds[i];
    held += feed.held - feed.forked_at;
    v1::FeedFigures* row = figures->add_feeds();
    row->set_replica_id(feed.replica.ToHex());
    row->set_size(feed.held);
    row->set_applied(feed.applied);
    row->set_root(host.edges[i].held.Root().ToHex());
    row->set_branch(is_fork[i]);
  }
  figures->set_events_held(held);
  figures->set_events_applied(host.row.arrivals);
  figures->set_state_digest(host.state.StateDigest().ToHex());
  figures->set_read_only(!host.damage.ok());
}

}  // namespace

void Replica::Rooms::FillContext(const UserCall& call, const ConventionId* convention,
                                 v1::ReplyContext* context) const {
  context->set_replica(options.name);
  context->set_replica_id(self.ToHex());
  const absl::Status writable = sequencer->Writable();
  if (context->banners().empty() && !writable.ok()) {
    context->add_banners(InLanguage(call, writable));
  }
  if (convention == nullptr) return;
  const auto say = [&](const std::string& fr, const std::string& en) {
    context->add_banners(call.english ? en : fr);
  };
  const KnownHere known = KnownBy(options, self);
  const absl::Status read = hosts->Read(*convention, [&](const ConventionHost& host) {
    for (const Told& told : HealthOf(*convention, host, known)) say(told.fr, told.en);
    for (const Told& told : StoppedIn(host, options.stopped_peers())) say(told.fr, told.en);
    // What partners did since, this replica cannot know of; silence is no proof that nothing was.
    const CivilDate heard = rules::ParisTimeOf(host.last_received).day;
    if (host.row.arrivals > 0 && heard < options.clock->Today()) {
      say(absl::StrCat("Cette réplique sait jusqu'au ", FrenchDate(heard.ToString()),
                       " : rien n'y est arrivé depuis."),
          absl::StrCat("This replica knows up to ", heard.ToString(),
                       ": nothing has arrived here since."));
    }
    return absl::OkStatus();
  });
  if (!read.ok()) context->add_banners(InLanguage(call, read));
  if (const std::size_t open = attachments->CountOpen(*convention); open > 0) {
    say(absl::StrCat("Pièces jointes pas encore entières ici : ", open,
                     " (greffe attachment list)."),
        absl::StrCat("Attachments not whole here yet: ", open, " (greffe attachment list)."));
  }
}

bool Replica::MaySee(const std::string& partner_id, const ConventionId& convention) const {
  return rooms_->hosts->Find(partner_id, convention.ToHex()).ok();
}

bool Replica::SharesWith(const std::string& partner_id, const ReplicaId& peer) const {
  return rooms_->hosts->SharesWith(partner_id, peer);
}

std::set<std::string> Replica::PartnersBeside(const std::string& partner_id) const {
  return rooms_->hosts->PartnersBeside(partner_id);
}

Health Replica::Examine(const UserCall& call, const std::string& partner_id) const {
  Health health;
  v1::ReplyContext& context = health.context;
  rooms_->FillContext(call, nullptr, &context);
  const KnownHere known = KnownBy(rooms_->options, rooms_->self);
  std::size_t unwell = 0;
  for (const ConventionId& id : rooms_->hosts->List(partner_id, nullptr, SIZE_MAX)) {
    std::vector<std::string> banners;
    const auto prefix = [&id](bool named) {
      return named ? "" : absl::StrCat("Convention ", ShownId(id), " — ");
    };
    v1::ConventionFigures& figures = health.figures.emplace_back();
    figures.set_convention_id(id.ToHex());
    const absl::Status read = rooms_->hosts->Read(id, [&](const ConventionHost& host) {
      FillFigures(host, &figures);
      for (const Told& told : HealthOf(id, host, known)) {
        banners.push_back(absl::StrCat(prefix(told.named), call.english ? told.en : told.fr));
      }
      return absl::OkStatus();
    });
    // Damaged, or not to be read at all.
    if (!read.ok()) {
      figures.set_read_only(absl::IsDataLoss(read));
      banners.push_back(absl::StrCat(prefix(false), InLanguage(call, read)));
    }
    if (banners.empty() || ++unwell > kToldConventionsMax) continue;
    for (std::string& banner : banners) context.add_banners(std::move(banner));
  }
  if (unwell > kToldConventionsMax) {
    const std::size_t more = unwell - kToldConventionsMax;
    context.add_banners(call.english
                            ? absl::StrCat("Further conventions with a warning: ", more,
                                           " (greffe convention show ID).")
                            : absl::StrCat("Autres conventions avec un avertissement : ", more,
                                           " (greffe convention show ID)."));
  }
  return health;
}

void Replica::Rooms::FillPersonalValues(const UserCall& call, const ConventionId& convention,
                                        const Message& view, v1::ReplyContext* context) const {
  if (!MayReadNames(call)) return;
  std::set<std::string> commitments;
  CollectCommitments(PersonalFields::For(view.GetDescriptor()), view, &commitments);
  for (const std::string& hex : commitments) {
    const auto commitment = Digest::FromHex(hex, kSignerNameField);
    if (!commitment.ok()) continue;
    v1::PersonalValue* value = context->add_personal_values();
    value->set_commitment(hex);
    auto row = options.store->ReadSealed(convention, *commitment);
    if (!row.ok()) continue;
    value->set_erased(row->erased);
    if (!row->erased) value->set_value(std::move(row->value));
  }
}

}  // namespace greffe
