#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/state/state.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_support::MiniNet;
using testing_support::Put;
using testing_support::SampleDraft;
using testing_support::SamplePlay;
using testing_support::StatusIs;

struct Creation {
  MiniNet net;
  v1::CreateConventionRequest request;
  std::vector<std::string> own = {"agglo", "vallon", "stranger"};
  std::vector<RosterCandidate> peers = {
      {.key = MiniNet::KeyOf(1), .name = "CAF", .partner_ids = {"caf", "elsewhere"}},
      {.key = MiniNet::KeyOf(2), .name = "Inconnu", .partner_ids = {"elsewhere"}}};

  Creation() { *request.mutable_draft() = SampleDraft(); }
  CommandContext Context(std::vector<v1::Role> roles = {v1::ROLE_COORDINATOR}) {
    return net.replica(0).Context("agglo", std::move(roles));
  }
  absl::StatusOr<Decision> Decide(const CommandContext& context) {
    return DecideCreate(net.replica(0).state(), request, context, net.nonce(), MiniNet::KeyOf(0),
                        own, peers);
  }
};

// A fingerprint as refusals print it.
std::string PrintOf(int key) { return ReplicaIdOf(MiniNet::KeyOf(key)).ToHex().substr(0, 12); }

TEST(DecideCreate, OpensWithTheFounderThenPeersThenTheActAndItsChanges) {
  Creation creation;

  const auto decision = creation.Decide(creation.Context());

  ASSERT_OK(decision);
  ASSERT_EQ(decision->events.size(), 4u);
  EXPECT_THAT(decision->events[0].convention_opened().partner_ids(),
              ElementsAre("agglo", "vallon"));
  EXPECT_THAT(decision->events[1].roster_entry_set().partner_ids(), ElementsAre("caf"));
  EXPECT_EQ(decision->events[1].roster_entry_set().name(), "CAF");
  EXPECT_EQ(decision->events[2].act_opened().kind(), v1::ACT_KIND_ORIGINAL);
  EXPECT_EQ(decision->events[3].changes_drafted().changes_size(), SampleDraft().elements_size());
}

TEST(DecideCreate, PacksALargeActIntoEventsThatFit) {
  Creation creation;
  for (int i = 0; i < 40; ++i) {
    v1::Element* element = creation.request.mutable_draft()->add_elements();
    element->set_id("big-" + std::to_string(i));
    element->mutable_article()->set_title("t");
    element->mutable_article()->set_body(std::string(20000, 'x'));
  }
  const CommandContext context = creation.Context();

  const auto decision = creation.Decide(context);

  ASSERT_OK(decision);
  int changes = 0;
  for (const v1::Event& event : decision->events) {
    EXPECT_LE(event.ByteSizeLong(), 104u * 1024);
    changes += event.changes_drafted().changes_size();
  }
  EXPECT_EQ(changes, creation.request.draft().elements_size());
  EXPECT_EQ(decision->events.size(), 3u + 8u);
}

TEST(DecideCreate, RefusesAUserWithoutTheRole) {
  Creation creation;

  const auto decision = creation.Decide(creation.Context({v1::ROLE_ADMIN, v1::ROLE_SIGNATORY}));

  EXPECT_THAT(decision, StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("coordination")));
}

TEST(DecideCreate, RefusesAPartnerThatIsNoParty) {
  Creation creation;
  CommandContext context = creation.Context();
  context.partner_id = "stranger";

  const auto decision = creation.Decide(context);

  EXPECT_THAT(decision, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("stranger")));
}

TEST(DecideCreate, RefusesAWrongDraftNamingTheFieldAndHowManyMore) {
  Creation creation;
  creation.request.mutable_draft()->mutable_elements(0)->mutable_terms()->set_start_date(
      "2022-02-30");
  creation.request.mutable_draft()->mutable_elements(0)->mutable_terms()->set_title("");

  const auto decision = creation.Decide(creation.Context());

  ASSERT_THAT(decision, StatusIs(absl::StatusCode::kInvalidArgument));
  const Refusal refusal = RefusalOf(decision.status());
  EXPECT_THAT(refusal.field, HasSubstr("elements[0].terms"));
  EXPECT_THAT(refusal.fr, HasSubstr("1 autre problème"));
  EXPECT_THAT(refusal.next_fr, HasSubstr("--dry-run"));
}

TEST(DecideCreate, RefusesASirenOrSiretThatFailsItsKey) {
  const auto refused = [](const std::string& siren, const std::string& siret) {
    Creation creation;
    for (v1::Element& one : *creation.request.mutable_draft()->mutable_elements()) {
      if (one.id() != "party-vallon") continue;
      one.mutable_party()->set_siren(siren);
      one.mutable_party()->set_siret(siret);
    }
    return RefusalOf(creation.Decide(creation.Context()).status());
  };

  EXPECT_EQ(refused("211202024", "").rule, "CHK-01");
  EXPECT_THAT(refused("211202024", "").field, HasSubstr("party.siren"));
  EXPECT_EQ(refused("", "21120202300018").rule, "CHK-01");
  EXPECT_THAT(refused("", "21120202300018").field, HasSubstr("party.siret"));
  EXPECT_EQ(refused("21120202", "").rule, "code");
  EXPECT_EQ(refused("211202023", "21120202300019").rule, "");
}

TEST(DecideCreate, RefusesADayThatMeansForEver) {
  const auto refused = [](const std::string& last) {
    Creation creation;
    for (v1::Element& one : *creation.request.mutable_draft()->mutable_elements()) {
      if (one.has_terms()) one.mutable_terms()->set_end_date(last);
    }
    return RefusalOf(creation.Decide(creation.Context()).status());
  };

  EXPECT_EQ(refused("2099-12-31").rule, "CHK-37");
  EXPECT_THAT(refused("2099-12-31").field, HasSubstr("terms.end_date"));
  EXPECT_EQ(refused("9999-12-31").rule, "CHK-37");
  EXPECT_EQ(refused("2099-12-30").rule, "");
}

TEST(DecideCreate, AnswersWithTheActTheCountsAndThePeers) {
  Creation creation;
  const CommandContext context = creation.Context();
  const auto decision = creation.Decide(context);
  ASSERT_OK(decision);
  const auto leaves = creation.net.replica(0).Write(*decision, context);

  v1::CreateConventionResponse response;
  FillAnswer(creation.net.replica(0).state(), creation.request, leaves, &response);

  EXPECT_EQ(response.act_id(),
            DeriveActId(creation.net.convention(), "agglo", context.request).ToHex());
  EXPECT_THAT(response.shared_with(), ElementsAre("CAF"));
  EXPECT_EQ(response.counts().parties(), 3u);
  EXPECT_EQ(response.counts().signatories(), 4u);
}

TEST(DecideCreate, RefusesAPartyThatTwoReplicasClaim) {
  Creation creation;
  creation.peers.push_back({.key = MiniNet::KeyOf(3), .name = "Autre CAF", .partner_ids = {"caf"}});

  const auto decision = creation.Decide(creation.Context());

  ASSERT_THAT(decision, StatusIs(absl::StatusCode::kFailedPrecondition));
  const Refusal refusal = RefusalOf(decision.status());
  EXPECT_EQ(refusal.rule, "partner-claimed-twice");
  const std::string caf = PrintOf(1);
  const std::string other = PrintOf(3);
  EXPECT_THAT(refusal.fr,
              AllOf(HasSubstr("« CAF » (" + caf), HasSubstr("« Autre CAF » (" + other)));
  EXPECT_THAT(refusal.next_fr, AllOf(HasSubstr("greffe convention new … --replica caf=" + other),
                                     HasSubstr("greffe peer remove")));
  EXPECT_THAT(refusal.next_en, HasSubstr("--replica caf=" + other));
}

TEST(DecideCreate, BringsInTheReplicaChosenOfTwoThatClaimAParty) {
  Creation creation;
  creation.peers.push_back({.key = MiniNet::KeyOf(3), .name = "Autre CAF", .partner_ids = {"caf"}});
  v1::ReplicaChoice& choice = *creation.request.add_replicas();
  choice.set_partner_id("caf");

  for (const auto& [wanted, key] :
       {std::pair<std::string, int>{"Autre CAF", 3}, {PrintOf(3), 3}, {PrintOf(1), 1}}) {
    choice.set_replica(wanted);

    const auto decision = creation.Decide(creation.Context());

    ASSERT_OK(decision);
    std::vector<std::string> keys;
    for (const v1::Event& event : decision->events) {
      if (event.has_roster_entry_set()) keys.push_back(event.roster_entry_set().public_key());
    }
    EXPECT_THAT(keys, ElementsAre(MiniNet::KeyOf(key).ToBytes()));
  }
}

TEST(DecideCreate, LeavesAHostedPartyToThePeerChosenAndKeepsItWhenChosenItself) {
  Creation creation;
  creation.peers[1].partner_ids = {"vallon"};
  v1::ReplicaChoice& choice = *creation.request.add_replicas();
  choice.set_partner_id("vallon");
  choice.set_replica("Inconnu");

  const auto there = creation.Decide(creation.Context());
  choice.set_replica(PrintOf(0));
  const auto here = creation.Decide(creation.Context());

  ASSERT_OK(there);
  EXPECT_THAT(there->events[0].convention_opened().partner_ids(), ElementsAre("agglo"));
  EXPECT_THAT(there->events[2].roster_entry_set().partner_ids(), ElementsAre("vallon"));
  ASSERT_OK(here);
  EXPECT_THAT(here->events[0].convention_opened().partner_ids(), ElementsAre("agglo", "vallon"));
}

TEST(DecideCreate, RefusesAChoiceThatCannotBe) {
  Creation creation;
  creation.peers[1].partner_ids = {"agglo"};
  const auto rule_of = [&](const char* partner, const std::string& replica, bool twice = false) {
    creation.request.clear_replicas();
    for (int i = 0; i < (twice ? 2 : 1); ++i) {
      v1::ReplicaChoice& choice = *creation.request.add_replicas();
      choice.set_partner_id(partner);
      choice.set_replica(replica);
    }
    return RefusalOf(creation.Decide(creation.Context()).status()).rule;
  };

  EXPECT_EQ(rule_of("elsewhere", "CAF"), "replica-choice");
  EXPECT_EQ(rule_of("vallon", "CAF"), "replica-choice");
  EXPECT_EQ(rule_of("caf", PrintOf(0)), "replica-choice");
  EXPECT_EQ(rule_of("caf", "CAF", /*twice=*/true), "replica-choice");
  // The caller's own partner acts where the convention is opened.
  EXPECT_EQ(rule_of("agglo", "Inconnu"), "replica-choice");
  EXPECT_EQ(rule_of("agglo", PrintOf(0)), "");
  EXPECT_EQ(rule_of("caf", "Personne"), "peer");
  EXPECT_EQ(rule_of("caf", ""), "peer");
}

TEST(DecideCreate, RefusesAPeerThatClaimsAPartyOfThisReplica) {
  Creation creation;
  creation.peers[1].partner_ids = {"vallon"};

  const auto decision = creation.Decide(creation.Context());

  ASSERT_THAT(decision, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(RefusalOf(decision.status()).rule, "partner-claimed-twice");
  EXPECT_THAT(RefusalOf(decision.status()).fr, HasSubstr("cette réplique"));
}

TEST(DecideShare, RefusesAPartyThatAnotherReplicaClaims) {
  Creation creation;
  creation.peers.clear();
  const CommandContext context = creation.Context();
  const auto opened = creation.Decide(context);
  ASSERT_OK(opened);
  creation.net.replica(0).Write(*opened, context);
  const RosterCandidate one = {.key = MiniNet::KeyOf(5), .name = "Une", .partner_ids = {"caf"}};
  const RosterCandidate other = {.key = MiniNet::KeyOf(6), .name = "Deux", .partner_ids = {"caf"}};
  v1::ShareConventionRequest request;
  const auto share = [&](std::vector<std::string> own, std::vector<RosterCandidate> peers) {
    return DecideShare(creation.net.replica(0).state(), creation.Context(), one, own, peers,
                       request);
  };

  EXPECT_EQ(RefusalOf(share({}, {one, other}).status()).rule, "partner-claimed-twice");
  EXPECT_EQ(RefusalOf(share({"caf"}, {one}).status()).rule, "partner-claimed-twice");
  EXPECT_THAT(RefusalOf(share({}, {one, other}).status()).next_fr,
              HasSubstr("greffe convention share … --for caf"));
  EXPECT_OK(share({"agglo"}, {one}));

  request.add_chosen_for("caf");
  const auto chosen = share({}, {one, other});
  ASSERT_OK(chosen);
  EXPECT_EQ(chosen->events[0].roster_entry_set().public_key(), one.key.ToBytes());

  request.add_chosen_for("vallon");
  EXPECT_EQ(RefusalOf(share({}, {one, other}).status()).rule, "replica-choice");
}

TEST(DecideShare, BringsInAPartnersFirstReplicaOnly) {
  SamplePlay play;
  const RosterCandidate second = {
      .key = MiniNet::KeyOf(5), .name = "Autre", .partner_ids = {"caf", "vallon"}};

  const auto by_agglo = DecideShare(play.agglo().state(), play.Coordinator(), second);
  const auto by_caf = DecideShare(play.caf().state(), play.CafCoordinator(), second);

  ASSERT_OK(by_agglo);
  EXPECT_THAT(by_agglo->events[0].roster_entry_set().partner_ids(), ElementsAre("vallon"));
  ASSERT_OK(by_caf);
  EXPECT_THAT(by_caf->events[0].roster_entry_set().partner_ids(), ElementsAre("caf"));
}

TEST(DecideShare, SaysWhoMayBringInAFurtherReplicaOfAPartner) {
  SamplePlay play;
  const RosterCandidate second = {
      .key = MiniNet::KeyOf(5), .name = "Autre", .partner_ids = {"caf"}};

  const auto refused = DecideShare(play.agglo().state(), play.Coordinator(), second);

  ASSERT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  const Refusal refusal = RefusalOf(refused.status());
  EXPECT_EQ(refusal.rule, "roster");
  const std::string caf = play.caf().id().ToHex().substr(0, 12);
  EXPECT_THAT(refusal.next_fr,
              AllOf(HasSubstr(caf), HasSubstr("greffe convention share"),
                    HasSubstr("Si aucune ne signe plus"), HasSubstr("greffe succession record")));
  EXPECT_THAT(refusal.next_en, HasSubstr(caf));
}

TEST(DecideShare, SaysWhatToDoAboutAPeerThatIsNoParty) {
  SamplePlay play;
  const RosterCandidate stranger = {
      .key = MiniNet::KeyOf(5), .name = "Autre", .partner_ids = {"ailleurs"}};

  const auto refused = DecideShare(play.agglo().state(), play.Coordinator(), stranger);

  EXPECT_EQ(RefusalOf(refused.status()).rule, "not-party");
  EXPECT_THAT(RefusalOf(refused.status()).next_fr, HasSubstr("greffe act propose"));
}

TEST(DecideShare, TakesEffectInTheRoster) {
  SamplePlay play;
  const RosterCandidate second = {
      .key = MiniNet::KeyOf(5), .name = "Autre", .partner_ids = {"vallon"}};
  const CommandContext context = play.Coordinator();
  const auto decision = DecideShare(play.agglo().state(), context, second);
  ASSERT_OK(decision);

  play.agglo().Write(*decision, context);

  EXPECT_TRUE(play.agglo().state().InRoster(ReplicaIdOf(MiniNet::KeyOf(5))));
  EXPECT_THAT(DecideShare(play.agglo().state(), play.Coordinator(), second),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("déjà partagée")));
}

TEST(DecideShare, EndsAtTheLimitOfWhatOneReplicaWrites) {
  SamplePlay play;
  const RosterCandidate second = {
      .key = MiniNet::KeyOf(5), .name = "Autre", .partner_ids = {"vallon"}};
  const StateData& data = play.agglo().state().data();
  const auto written = [&] {
    return std::count_if(data.roster.begin(), data.roster.end(), [&](const RosterFact& fact) {
      return data.AuthorOf(fact.event) == play.agglo().id();
    });
  };
  const CommandContext context = play.Coordinator();
  Decision again;
  v1::RosterEntrySet* const entry = again.events.emplace_back().mutable_roster_entry_set();
  entry->set_public_key(MiniNet::KeyOf(0).ToBytes());
  entry->add_partner_ids("agglo");
  while (written() + 1 < static_cast<std::ptrdiff_t>(limits::kRosterEntries)) {
    play.agglo().Write(again, context);
  }
  EXPECT_OK(DecideShare(play.agglo().state(), play.Coordinator(), second));
  play.agglo().Write(again, context);

  const auto over = DecideShare(play.agglo().state(), play.Coordinator(), second);

  ASSERT_THAT(over, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(RefusalOf(over.status()).rule, "limit-roster");
}

TEST(DecideShare, BringsInAPartyThatOnlyADraftNames) {
  SamplePlay play;
  play.ConcludeOriginal();
  const RosterCandidate ville = {
      .key = MiniNet::KeyOf(5), .name = "Ville", .partner_ids = {"ville-neuve"}};
  EXPECT_THAT(DecideShare(play.agglo().state(), play.Coordinator(), ville),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("aucune partie")));
  v1::Element party;
  party.set_id("partie-ville-neuve");
  party.mutable_party()->set_partner_id("ville-neuve");
  party.mutable_party()->set_name("Ville Neuve");
  party.mutable_party()->set_kind(v1::PARTNER_KIND_COMMUNE);
  v1::SigningOffice* const office = party.mutable_party()->add_signing_offices();
  office->set_id("maire-ville-neuve");
  office->set_office("le maire");
  play.Propose({Put(party)});

  const auto decision = DecideShare(play.agglo().state(), play.Coordinator(), ville);

  ASSERT_OK(decision);
  EXPECT_THAT(decision->events[0].roster_entry_set().partner_ids(), ElementsAre("ville-neuve"));
}

TEST(DecideShare, IsOpenToAdministratorsAndRefusesStrangers) {
  SamplePlay play;
  const CommandContext admin = play.agglo().Context("agglo", {v1::ROLE_ADMIN});
  const CommandContext reader = play.agglo().Context("agglo", {v1::ROLE_READER});
  const RosterCandidate own = {
      .key = MiniNet::KeyOf(5), .name = "Autre", .partner_ids = {"vallon"}};
  const RosterCandidate stranger = {
      .key = MiniNet::KeyOf(6), .name = "Tiers", .partner_ids = {"elsewhere"}};

  EXPECT_OK(DecideShare(play.agglo().state(), admin, own));
  EXPECT_THAT(DecideShare(play.agglo().state(), reader, own),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(DecideShare(play.agglo().state(), admin, stranger),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("aucune partie")));
}

}  // namespace
}  // namespace greffe
