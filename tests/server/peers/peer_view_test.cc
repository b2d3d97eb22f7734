// What people are told of a peer whose runs, or to whom runs, do not get through.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "server/peers/manager.h"
#include "server/peers/refused_run.h"
#include "tests/server/app/test_replica.h"
#include "tests/server/identity/record_store.h"

namespace greffe::test {
namespace {

using sync::NackReason;
using sync::RefusedRun;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// The manager's end of a stream: what it writes lies here until the test takes it.
class QueueTransport final : public LinkTransport {
 public:
  void Read() override {
    absl::MutexLock lock(&mu_);
    reading_ = true;
  }
  void Write(v1::Frame frame) override {
    absl::MutexLock lock(&mu_);
    written_ = std::move(frame);
  }
  void Close(const absl::Status&) override {}
  void Abort() override {}

  std::optional<v1::Frame> TakeWritten() {
    absl::MutexLock lock(&mu_);
    return std::exchange(written_, std::nullopt);
  }
  bool TakeReading() {
    absl::MutexLock lock(&mu_);
    return std::exchange(reading_, false);
  }

 private:
  absl::Mutex mu_;
  bool reading_ = false;
  std::optional<v1::Frame> written_;
};

// The replica of the Caf with its manager, and Rodez at the other end of a stream.
class PeerViewTest : public testing::Test {
 protected:
  PeerViewTest() {
    caf_.Pin(rodez_);
    rodez_.Pin(caf_);
    id_ = CreateSmall(caf_, "caf-12");
    auto table = PeerTable::Open(records_.store(), records_.writer());
    EXPECT_OK(table);
    table_ = *std::move(table);
    v1::PeerRecord record;
    record.set_public_key(rodez_.key().public_key().ToBytes());
    record.set_name("Rodez");
    EXPECT_OK(table_->Pin(record, caf_.clock().Now()));
  }
  ~PeerViewTest() override { Part(); }

  // The stream opens; both have what they wrote until now.
  void Meet() { MeetAs(rodez_); }
  // The replica with Rodez's key and another store.
  void MeetAs(TestReplica& rodez) {
    manager_ = std::make_unique<PeerManager>(PeerManager::Options{.replica = &*caf_,
                                                                  .table = table_.get(),
                                                                  .clock = &caf_.clock(),
                                                                  .log = &log_,
                                                                  .pool = &pool_,
                                                                  .slow = &pool_});
    auto accepted = manager_->Accept(rodez_.key().replica_id());
    ASSERT_OK(accepted);
    link_ = *std::move(accepted);
    session_ = std::make_unique<sync::Session>(rodez->view(), caf_.key().replica_id());
    link_->Open(&transport_);
    Take(session_->Start(now_ms_));
  }
  void Part() {
    if (link_ != nullptr) link_->OnEnded(absl::UnavailableError("gone"));
    link_.reset();
    manager_.reset();
  }
  // Frames flow until the view is as wanted; false when it is not within ten seconds.
  bool Becomes(const std::function<bool(const v1::PeerView&)>& wanted) {
    for (int i = 0; i < 10'000; ++i) {
      if (auto frame = transport_.TakeWritten()) {
        Take(session_->OnFrame(*frame, now_ms_));
        link_->OnWritten(true);
      }
      reading_ = transport_.TakeReading() || reading_;
      if (reading_ && !to_caf_.empty()) {
        reading_ = false;
        link_->OnRead(std::exchange(to_caf_.front(), {}));
        to_caf_.pop_front();
      }
      caf_.Drain();
      // Roots are told as time passes.
      if (i % 20 == 19) {
        Take(session_->Tick(now_ms_ += 1000));
        link_->Tick();
      }
      if (wanted(View())) return true;
      absl::SleepFor(absl::Milliseconds(1));
    }
    return false;
  }
  // While they are connected and not in step.
  std::string ReasonTold() {
    EXPECT_TRUE(Becomes([](const v1::PeerView& view) {
      return view.state() == v1::PEER_STATE_SYNCING && !view.reason().empty();
    }));
    return View().reason();
  }
  v1::PeerView View(const std::string& partner = "", Language language = Language::kFrench) {
    return manager_->View(*table_->Get(rodez_.key().replica_id()), language, partner);
  }
  std::string Named() const { return absl::StrCat(" (convention ", id_.substr(0, 12), ")"); }

  TestReplica caf_{'c', "Caf", {"caf-12"}};
  TestReplica rodez_{'r', "Rodez", {"rodez"}};
  std::string id_;
  // What Rodez says of each run.
  NackReason refuses_ = NackReason::kDisk;
  std::unique_ptr<sync::Session> session_;
  std::int64_t now_ms_ = 1;

  // What Rodez does next.
  void Take(sync::Step step) {
    for (v1::Frame& frame : step.send) to_caf_.push_back(std::move(frame));
    for (const sync::IngestRun& run : step.ingest) {
      Take(session_->OnStored({.ticket = run.ticket, .refused = refuses_}, now_ms_));
    }
  }

 private:
  RecordStore records_;
  std::unique_ptr<PeerTable> table_;
  const Logger log_{caf_.clock(), LogLevel::kError};
  QueueTransport transport_;
  bool reading_ = false;
  std::deque<v1::Frame> to_caf_;
  // Before the pool goes, nothing uses it any more.
  WorkerPool pool_{WorkerPool::Options{.threads = 2}};
  std::unique_ptr<PeerManager> manager_;
  std::shared_ptr<PeerLink> link_;
};

TEST_F(PeerViewTest, SaysThatThePeerRefusedAndWhyUntilBothHoldTheSame) {
  refuses_ = NackReason::kUnknownAuthor;
  Meet();

  EXPECT_EQ(ReasonTold(),
            absl::StrCat("« Rodez » a refusé le dernier envoi", Named(),
                         " : son auteur n'est pas encore parmi les répliques de cette "
                         "convention."));
  EXPECT_EQ(View("", Language::kEnglish).reason(),
            absl::StrCat("\"Rodez\" refused what was sent last", Named(),
                         ": its author is not yet among the replicas of this convention."));

  // It came another way.
  ASSERT_TRUE(caf_.SendTo(rodez_, IdOf(id_)).empty());
  Take(session_->OnLocalChange(IdOf(id_), now_ms_));
  EXPECT_TRUE(
      Becomes([](const v1::PeerView& view) { return view.state() == v1::PEER_STATE_IN_SYNC; }));
  EXPECT_EQ(View().reason(), "");
}

TEST_F(PeerViewTest, SaysThatThePeersRunWasRefusedHere) {
  ASSERT_TRUE(caf_.SendTo(rodez_, IdOf(id_)).empty());
  ASSERT_OK(rodez_.Do(rodez_.User("rodez"), Measure(id_, "2026", "1")));
  caf_.store().FailNext(absl::UnavailableError("disk"));
  Meet();

  EXPECT_EQ(ReasonTold(), absl::StrCat("Le dernier envoi de « Rodez » a été refusé ici", Named(),
                                       " : il n'a pas pu être écrit sur le disque."));
  EXPECT_EQ(View("", Language::kEnglish).reason(),
            absl::StrCat("What \"Rodez\" sent last was refused here", Named(),
                         ": it could not be written to disk."));
}

TEST_F(PeerViewTest, SaysThatThePeerOpenedAConventionInOurName) {
  TestReplica hostile('r', "Rodez", {"rodez", "caf-12"});
  // The Caf's key is in the roster for another party, so that the convention is offered to it.
  hostile.Pin(RosterCandidate{caf_.key().public_key(), "Caf", {"tiers"}});
  v1::CreateConventionRequest create;
  *create.mutable_draft() = SmallDraft();
  v1::Element* party = create.mutable_draft()->add_elements();
  party->set_id("partie-tiers");
  party->mutable_party()->set_partner_id("tiers");
  party->mutable_party()->set_name("Tiers");
  party->mutable_party()->set_kind(v1::PARTNER_KIND_COMMUNE);
  party->mutable_party()->add_signing_offices()->set_id("signe-tiers");
  party->mutable_party()->mutable_signing_offices(0)->set_office("Maire");
  ASSERT_OK(hostile.Do(hostile.User("rodez"), create));
  MeetAs(hostile);
  // Until the other side refuses something, which is then what is told.
  std::string french;
  std::string english;
  Becomes([&](const v1::PeerView& view) {
    french = view.reason();
    english = View("", Language::kEnglish).reason();
    return french.find("a été refusé ici") != std::string::npos;
  });

  EXPECT_THAT(french, AllOf(StartsWith("Le dernier envoi de « Rodez » a été refusé ici"),
                            HasSubstr("au nom d'un partenaire de qui l'a refusé")));
  EXPECT_THAT(english, HasSubstr("not known to act for that partner"));
  Part();
}

TEST_F(PeerViewTest, SaysThatWhatIsToBeSentCannotBeReadHere) {
  const FeedRow feed =
      caf_.store().ListFeeds(caf_.store().ListConventions()->front().number)->front();
  caf_.store().Rewrite(EventPosition{feed.number, feed.held - 1}, "another");
  Meet();

  EXPECT_EQ(ReasonTold(), absl::StrCat("Ce qui est à envoyer à « Rodez » ne peut pas être lu ici",
                                       Named(), " : greffe audit verify"));
  EXPECT_EQ(View("", Language::kEnglish).reason(),
            absl::StrCat("What is to be sent to \"Rodez\" cannot be read here", Named(),
                         ": greffe audit verify"));
}

// Who is hosted beside them knows nothing of a convention of others, its id neither.
TEST_F(PeerViewTest, NamesTheConventionToThoseWhoMaySeeItAlone) {
  Meet();
  ReasonTold();

  EXPECT_THAT(View("caf-12").reason(), HasSubstr(Named()));
  EXPECT_THAT(View("un-autre").reason(), AllOf(StartsWith("« Rodez » a refusé le dernier envoi : "),
                                               Not(HasSubstr(id_.substr(0, 6)))));
}

TEST(RefusedRun, HasWordsForEveryReasonInBothLanguages) {
  std::set<std::string> said;
  for (const std::optional<NackReason> reason : std::vector<std::optional<NackReason>>{
           NackReason::kGap, NackReason::kBadHead, NackReason::kUnknownAuthor, NackReason::kLimit,
           NackReason::kMalformed, NackReason::kBranchLimit, NackReason::kDisk,
           NackReason::kPartnerClaimed, NackReason::kNotParty, std::nullopt}) {
    const RefusedRun run{RefusedRun::Where::kThere, ConventionId(), ReplicaId(), reason};
    for (const Language language : {Language::kFrench, Language::kEnglish}) {
      const std::string words = InWords(run, "Rodez", /*names_convention=*/false, language);
      EXPECT_TRUE(said.insert(words).second) << words;
      EXPECT_THAT(words, Not(HasSubstr("convention 0")));
    }
  }
}

}  // namespace
}  // namespace greffe::test
