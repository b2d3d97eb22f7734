// Proof of a whole convention.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/feed/verifier.h"
#include "server/app/feed_tree.h"
#include "server/app/refusals.h"
#include "server/app/repair.h"
#include "server/app/replay.h"
#include "server/app/rooms.h"

namespace greffe {
namespace {

constexpr std::size_t kEventsPage = 1024;
constexpr std::size_t kPageBytes = 1024 * 1024;
constexpr std::size_t kHeadsPage = 256;

// What a verification looks at, taken in one moment; the rest is read without a lock.
struct Subject {
  ConventionRow row;
  std::vector<FeedRow> feeds;
  Digest digest;
  bool readable = false;
};

// Heads of a branch in ascending order, from page to page.
class HeadPages {
 public:
  HeadPages(const EventStore& store, FeedNumber feed) : store_(store), feed_(feed) {}

  // The head of this size, or null.
  absl::StatusOr<const StoredHead*> At(std::uint64_t size) {
    while (next_ == heads_.size() || heads_[next_].size < size) {
      if (next_ < heads_.size()) {
        ++next_;
        continue;
      }
      if (done_) return nullptr;
      ASSIGN_OR_RETURN(heads_, store_.ReadHeads(feed_, size, kHeadsPage));
      next_ = 0;
      done_ = heads_.empty();
    }
    return heads_[next_].size == size ? &heads_[next_] : nullptr;
  }

 private:
  const EventStore& store_;
  const FeedNumber feed_;
  std::vector<StoredHead> heads_;
  std::size_t next_ = 0;
  bool done_ = false;
};

absl::Status VerifyFeed(const EventStore& store, const Subject& subject, const FeedRow& feed,
                        const std::function<bool()>& cancelled, FeedVerifier* verifier) {
  HeadPages heads(store, feed.number);
  const NodeReader nodes = TreeReader(store, subject.feeds, feed.number);
  while (verifier->size() < feed.held) {
    if (cancelled && cancelled()) return absl::CancelledError("verification");
    const std::uint64_t from = verifier->size();
    const FeedRow* owner = FindFeed(subject.feeds, OwnerOf(subject.feeds, feed.number, from));
    const std::uint64_t end =
        owner->number == feed.number ? feed.held : std::min(feed.forked_at, owner->held);
    ASSIGN_OR_RETURN(
        const std::vector<std::string> events,
        store.ReadEvents(owner->number, from, std::min<std::uint64_t>(kEventsPage, end - from),
                         kPageBytes));
    if (events.empty()) return EventMissing(from);
    for (const std::string& event : events) {
      verifier->Add(event);
      ASSIGN_OR_RETURN(const Digest leaf, nodes(0, verifier->size() - 1));
      if (!verifier->CheckLeaf(leaf).ok()) {
        return EventRewritten(verifier->size() - 1, LeafHash(event), leaf);
      }
      ASSIGN_OR_RETURN(const StoredHead* head, heads.At(verifier->size()));
      if (head == nullptr) continue;
      if (const absl::Status said = verifier->CheckHead(head->note); !said.ok()) {
        const std::uint64_t last = verifier->size() - 1;
        return Damage(absl::StrCat("événements ", verifier->verified_size(), " à ", last,
                                   " : la tête signée dit autre chose"),
                      absl::StrCat("events ", verifier->verified_size(), " to ", last,
                                   ": the signed head says otherwise (", said.message(), ")"));
      }
    }
  }
  if (verifier->verified_size() != feed.held) {
    return Damage(absl::StrCat("événements ", verifier->verified_size(), " à ", feed.held - 1,
                               " : aucune tête signée ne les couvre"),
                  absl::StrCat("events ", verifier->verified_size(), " to ", feed.held - 1,
                               ": no signed head covers them"));
  }
  return absl::OkStatus();
}

std::string Problem(const absl::Status& status, bool english) {
  const Refusal why = RefusalOf(AsDamage(status));
  return english ? why.en : why.fr;
}

// Of a convention as a whole, and of none of its feeds.
void AddProblem(const ConventionId& id, const absl::Status& status, bool english,
                v1::VerifyResponse* response) {
  v1::FeedReport* report = response->add_feeds();
  report->set_convention_id(id.ToHex());
  report->set_problem(Problem(status, english));
}

absl::StatusOr<Subject> TakeSubject(Hosts& hosts, const ConventionId& id) {
  while (true) {
    ASSIGN_OR_RETURN(const std::shared_ptr<ConventionHost> host, hosts.Get(id));
    absl::ReaderMutexLock lock(&host->mutex);
    if (host->dropped) continue;
    Subject subject;
    subject.row = host->row;
    subject.feeds = host->feeds;
    subject.readable = !host->unreadable;
    if (subject.readable) subject.digest = host->state.StateDigest();
    return subject;
  }
}

// Sets whether all of it stands in `sound`.
absl::Status VerifySubject(const EventStore& store, const Subject& subject, bool english,
                           bool* sound, const std::function<bool()>& cancelled,
                           v1::VerifyResponse* response) {
  for (const FeedRow& feed : subject.feeds) {
    v1::FeedReport* report = response->add_feeds();
    report->set_convention_id(subject.row.id.ToHex());
    report->set_replica_id(feed.replica.ToHex());
    if (feed.parent.has_value()) report->set_forked_at(feed.forked_at);
    FeedVerifier verifier(subject.row.id, feed.key);
    const absl::Status verified = VerifyFeed(store, subject, feed, cancelled, &verifier);
    if (absl::IsCancelled(verified)) return verified;
    report->set_size(feed.held);
    report->set_root(verifier.root().ToHex());
    report->set_heads(verifier.heads());
    report->set_ok(verified.ok());
    if (!verified.ok()) {
      report->set_problem(Problem(verified, english));
      *sound = false;
    }
    response->set_events(response->events() + verifier.size() - feed.forked_at);
  }
  // The state in memory must be what the stored events say.
  ConventionState again(subject.row.id);
  absl::Status folded = Replay(store, subject.feeds, subject.row.number, 0, subject.row.arrivals,
                               {}, &again, {}, cancelled);
  if (absl::IsCancelled(folded)) return folded;
  if (folded.ok() && subject.readable && again.StateDigest() != subject.digest) {
    folded = Damage("l'état ne découle pas des événements enregistrés",
                    "the state does not follow from the stored events");
  }
  if (!folded.ok()) {
    AddProblem(subject.row.id, folded, english, response);
    *sound = false;
  }
  v1::ConventionDigest* digest = response->add_digests();
  digest->set_convention_id(subject.row.id.ToHex());
  digest->set_state_digest(again.StateDigest().ToHex());
  digest->set_fold_version(kFoldVersion);
  digest->set_events(subject.row.arrivals);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::VerifyResponse> Replica::Verify(const UserCall& call,
                                                   const v1::VerifyRequest& request,
                                                   const std::function<bool()>& cancelled) const {
  std::vector<ConventionId> ids;
  if (request.convention_id().empty()) {
    ids = rooms_->hosts->List(call.partner_id, nullptr, SIZE_MAX);
  } else {
    ASSIGN_OR_RETURN(const ConventionId id, rooms_->Find(call, request.convention_id()));
    ids.push_back(id);
  }
  v1::VerifyResponse response;
  response.set_ok(true);
  for (const ConventionId& id : ids) {
    absl::StatusOr<Subject> taken = TakeSubject(*rooms_->hosts, id);
    if (!taken.ok()) {
      // Asked about alone, it is refused with its reason and way out. Among others, they are
      // verified all the same.
      if (!request.convention_id().empty()) return taken.status();
      AddProblem(id, taken.status(), call.english, &response);
      response.set_ok(false);
      continue;
    }
    const Subject& subject = *taken;
    bool sound = true;
    RETURN_IF_ERROR(
        VerifySubject(*rooms_->options.store, subject, call.english, &sound, cancelled, &response));
    if (!sound) response.set_ok(false);
    // What is found here is kept; what stands again, after a repair by hand, is taken back.
    if (!sound && !subject.row.read_only) rooms_->hosts->ReportDamage(id);
    if (sound && subject.row.read_only) {
      rooms_->sequencer->Queue(MendWork(rooms_->sequencer.get(), id));
    }
  }
  rooms_->FillContext(call, ids.size() == 1 ? ids.data() : nullptr, response.mutable_context());
  return response;
}

}  // namespace greffe
