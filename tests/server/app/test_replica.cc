#include "tests/server/app/test_replica.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"

namespace greffe::test {

TestReplica::TestReplica(char seed, const std::string& name, std::vector<std::string> partners)
    : name_(name), partners_(std::move(partners)) {
  key_ = *SigningKey::FromSeed(std::string(32, seed));
  Open();
}

void TestReplica::Tune(std::size_t host_bytes, std::uint64_t snapshot_every) {
  host_bytes_ = host_bytes;
  snapshot_every_ = snapshot_every;
}

void TestReplica::Close() {
  replica_.reset();
  store_.reset();
}

void TestReplica::Reopen() {
  Close();
  Open();
}

void TestReplica::Open() {
  auto rocks = RocksEventStore::Open({.path = folder_.path() + "/store"});
  ASSERT_TRUE(rocks.ok()) << rocks.status().ToString();
  store_ = std::make_unique<WatchedStore>(*std::move(rocks));
  ReplicaOptions options;
  options.store = store_.get();
  options.key = key_.get();
  options.clock = &clock_;
  options.random = [this](std::size_t count) {
    std::string bytes;
    while (bytes.size() < count) {
      bytes += Sha256({"random", name_, absl::StrCat(random_++)}).ToBytes();
    }
    return bytes.substr(0, count);
  };
  options.name = name_;
  options.own_partners = [this] {
    std::vector<v1::PartnerCard> cards;
    for (const std::string& id : partners_) cards.emplace_back().set_partner_id(id);
    return cards;
  };
  options.peers = [this] { return peers_; };
  options.stopped_peers = [this] { return stopped_; };
  options.host_bytes = host_bytes_;
  options.snapshot_every = snapshot_every_;
  options.notice = [this](absl::string_view event, absl::string_view key, absl::string_view value) {
    notices_.push_back(absl::StrCat(event, " ", key, "=", value));
  };
  auto replica = Replica::Open(std::move(options));
  ASSERT_TRUE(replica.ok()) << replica.status().ToString();
  replica_ = *std::move(replica);
}

UserCall TestReplica::User(const std::string& partner, const std::string& login) const {
  UserCall call;
  call.user = login;
  call.partner_id = partner;
  call.office = "Chargée de coopération";
  call.roles = {v1::ROLE_READER, v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY,
                v1::ROLE_AUDITOR};
  return call;
}

std::string TestReplica::NextRequest() {
  return Sha256({"request", name_, absl::StrCat(requests_++)}).ToBytes().substr(0, 16);
}

std::optional<sync::NackReason> TestReplica::Take(const ReplicaId& from, v1::Run run) {
  std::optional<sync::StoredRun> outcome;
  replica_->SubmitRun(from, sync::IngestRun{1, std::move(run)},
                      [&](sync::StoredRun stored) { outcome = std::move(stored); });
  Drain();
  return outcome->refused;
}

std::vector<sync::NackReason> TestReplica::SendTo(TestReplica& to, const ConventionId& convention) {
  constexpr std::size_t kFrame = 200 * 1024;
  std::vector<sync::NackReason> refused;
  std::map<ReplicaId, std::uint64_t> held;
  for (const sync::HeldBranch& branch : to->view().Branches(convention)) {
    std::uint64_t& size = held[branch.point.replica];
    size = std::max(size, branch.point.size);
  }
  for (const sync::HeldBranch& branch : replica_->view().Branches(convention)) {
    std::uint64_t from = held[branch.point.replica];
    while (from < branch.point.size) {
      auto run = replica_->view().ReadRun(convention, branch.number, from, kFrame);
      EXPECT_TRUE(run.ok()) << run.status().ToString();
      if (!run.ok()) return refused;
      from += static_cast<std::uint64_t>(run->events_size());
      if (const auto reason = to.Take(key_->replica_id(), *std::move(run))) {
        refused.push_back(*reason);
        break;
      }
    }
  }
  return refused;
}

v1::ConventionDraft SmallDraft() {
  v1::ConventionDraft draft;
  v1::Element* terms = draft.add_elements();
  terms->set_id("terms");
  terms->mutable_terms()->set_title("Convention d'essai");
  terms->mutable_terms()->set_start_date("2026-01-01");
  terms->mutable_terms()->set_end_date("2029-12-31");
  const auto party = [&](const std::string& id, const std::string& name, v1::PartnerKind kind) {
    v1::Element* element = draft.add_elements();
    element->set_id("partie-" + id);
    element->mutable_party()->set_partner_id(id);
    element->mutable_party()->set_name(name);
    element->mutable_party()->set_kind(kind);
    v1::SigningOffice* office = element->mutable_party()->add_signing_offices();
    office->set_id("signe-" + id);
    office->set_office("Directrice");
  };
  party("caf-12", "Caf de l'Aveyron", v1::PARTNER_KIND_CAF);
  party("rodez", "Ville de Rodez", v1::PARTNER_KIND_COMMUNE);
  v1::Element* article = draft.add_elements();
  article->set_id("article-1");
  article->mutable_article()->set_number("1");
  article->mutable_article()->set_title("Objet");
  article->mutable_article()->set_body("La convention a pour objet un essai.");
  article->mutable_article()->set_role(v1::CLAUSE_ROLE_OBJECT);
  v1::Element* indicator = draft.add_elements();
  indicator->set_id("indicateur-1");
  indicator->mutable_indicator()->set_kind(v1::INDICATOR_KIND_RESULT);
  indicator->mutable_indicator()->set_text("Places ouvertes");
  return draft;
}

std::string CreateSmall(TestReplica& replica, const std::string& partner) {
  v1::CreateConventionRequest request;
  *request.mutable_draft() = SmallDraft();
  const auto created = replica.Do(replica.User(partner), request);
  EXPECT_OK(created);
  return created.ok() ? created->receipt().convention_id() : "";
}

ConventionId IdOf(const std::string& hex) { return *ConventionId::FromHex(hex, "id"); }

v1::RecordMeasurementRequest Measure(const std::string& convention, const std::string& period,
                                     const std::string& value, const std::string& read_cut) {
  v1::RecordMeasurementRequest request;
  request.set_convention_id(convention);
  request.mutable_measurement()->set_element_id("indicateur-1");
  request.mutable_measurement()->set_period(period);
  request.mutable_measurement()->set_value(value);
  request.set_read_cut(read_cut);
  return request;
}

std::string TokenOf(TestReplica& replica, const std::string& partner,
                    const std::string& convention) {
  v1::ListConflictsRequest request;
  request.set_convention_id(convention);
  const auto response = replica->ListConflicts(replica.User(partner), request);
  EXPECT_OK(response);
  return response.ok() ? response->view().cut() : "";
}

std::string ViewBytes(TestReplica& replica, const std::string& partner,
                      const std::string& convention, const v1::ReadAt& at) {
  v1::GetConventionRequest request;
  request.set_convention_id(convention);
  *request.mutable_at() = at;
  const auto response = replica->GetConvention(replica.User(partner), request);
  EXPECT_OK(response);
  return response.ok() ? response->view().SerializeAsString() : "";
}

v1::ReadAt AtCut(const std::string& token) {
  v1::ReadAt at;
  at.set_cut(token);
  return at;
}

}  // namespace greffe::test
