#include "client/client.h"

#include <grpcpp/support/sync_stream.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cerrno>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "client/disk_words.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "tests/client/fake_replica.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using testing_support::StatusIs;

ClientOptions Quick() {
  ClientOptions options;
  options.retry.pause_first = std::chrono::milliseconds(1);
  options.retry.pause_max = std::chrono::milliseconds(2);
  return options;
}

struct KeyAndCertificate {
  std::string key_pem;
  std::string certificate_pem;
};

// A self-signed Ed25519 certificate of the name that replicas use.
KeyAndCertificate MakeCertificate() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  X509* certificate = X509_new();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(kCertificateName), -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  X509_set_pubkey(certificate, key);
  X509_EXTENSION* san = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                            absl::StrCat("DNS:", kCertificateName).c_str());
  X509_add_ext(certificate, san, -1);
  X509_EXTENSION_free(san);
  X509_sign(certificate, key, nullptr);
  KeyAndCertificate out;
  const auto text = [](auto write) {
    BIO* bio = BIO_new(BIO_s_mem());
    write(bio);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string pem(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    return pem;
  };
  out.key_pem = text(
      [&](BIO* bio) { PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
  out.certificate_pem = text([&](BIO* bio) { PEM_write_bio_X509(bio, certificate); });
  X509_free(certificate);
  EVP_PKEY_free(key);
  return out;
}

TEST(Client, TakesARefusalThatFillsTheTrailers) {
  v1::ErrorDetail detail;
  detail.set_rule("L-01");
  detail.set_field("acts[0]");
  detail.set_text_fr("non");
  const std::string text(1'200, 'x');
  for (int i = 0; i < 9; ++i) {
    v1::ErrorDetail& more = *detail.add_more();
    more.set_text_fr(text);
    more.set_text_en(text);
  }
  FakeReplica replica;
  replica.admin.who = [&](const auto&, v1::WhoAmIResponse*) {
    return Refusing(grpc::StatusCode::FAILED_PRECONDITION, detail);
  };
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = replica.home()}, Quick()));

  const absl::Status status = client->WhoAmI({}).status();

  EXPECT_EQ(RefusalOf(status).rule, "L-01") << status;
  EXPECT_EQ(RefusalOf(status).field, "acts[0]");
  EXPECT_EQ(FurtherProblems(status).size(), 9);
}

TEST(Client, SendsTokenLanguageAndDeadlineWithEachCall) {
  FakeReplica replica;
  replica.admin.who = [](const auto&, v1::WhoAmIResponse* response) {
    response->mutable_user()->set_user("admin");
    return grpc::Status::OK;
  };
  ClientOptions options = Quick();
  options.timeout = std::chrono::milliseconds(5'000);
  options.language = "en";
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = replica.home()}, options));

  ASSERT_OK_AND_ASSIGN(const v1::WhoAmIResponse answer, client->WhoAmI({}));

  EXPECT_EQ(answer.user().user(), "admin");
  EXPECT_EQ(replica.metadata()["authorization"], "Bearer jeton-1");
  EXPECT_EQ(replica.metadata()["accept-language"], "en");
  EXPECT_GT(replica.time_left().count(), 0);
  // gRPC rounds what it sends up, so a little more than was asked may arrive.
  EXPECT_LE(replica.time_left().count(), 6'000);
}

TEST(Client, RepeatsACommandWithTheSameRequestIdWhenUnavailable) {
  FakeReplica replica;
  std::vector<std::string> ids;
  replica.conventions.create = [&](const v1::CreateConventionRequest& request,
                                   v1::CreateConventionResponse* response) {
    ids.push_back(request.request_id());
    if (ids.size() < 3) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting");
    response->set_act_id("aa");
    return grpc::Status::OK;
  };
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = replica.home()}, Quick()));

  ASSERT_OK_AND_ASSIGN(const auto created, client->CreateConvention({}));

  EXPECT_EQ(created.act_id(), "aa");
  ASSERT_EQ(ids.size(), 3u);
  EXPECT_EQ(ids[0].size(), 16u);
  EXPECT_EQ(ids[0], ids[1]);
  EXPECT_EQ(ids[0], ids[2]);
}

TEST(Client, MakesADifferentRequestIdForEachCommandAndKeepsOneGiven) {
  FakeReplica replica;
  std::vector<std::string> ids;
  replica.conventions.create = [&](const v1::CreateConventionRequest& request, auto*) {
    ids.push_back(request.request_id());
    return grpc::Status::OK;
  };
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = replica.home()}, Quick()));

  EXPECT_OK(client->CreateConvention({}));
  EXPECT_OK(client->CreateConvention({}));
  v1::CreateConventionRequest given;
  given.set_request_id(std::string(16, 'r'));
  EXPECT_OK(client->CreateConvention(given));

  EXPECT_NE(ids[0], ids[1]);
  EXPECT_EQ(ids[2], std::string(16, 'r'));
}

TEST(Client, DoesNotRepeatWhatWouldBeDoneTwice) {
  FakeReplica replica;
  int calls = 0;
  replica.admin.add_user = [&](const auto&, auto*) {
    ++calls;
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting");
  };
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = replica.home()}, Quick()));

  EXPECT_THAT(client->AddUser({}), StatusIs(absl::StatusCode::kUnavailable));

  EXPECT_EQ(calls, 1);
}

TEST(Client, GivesUpAfterItsAttempts) {
  FakeReplica replica;
  int calls = 0;
  replica.admin.who = [&](const auto&, auto*) {
    ++calls;
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting");
  };
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = replica.home()}, Quick()));

  EXPECT_THAT(client->WhoAmI({}), StatusIs(absl::StatusCode::kUnavailable));

  EXPECT_EQ(calls, RetryPolicy().attempts_max);
}

TEST(Client, TurnsErrorDetailIntoARefusal) {
  FakeReplica replica;
  v1::ErrorDetail detail;
  detail.set_rule("L-30");
  detail.set_field("draft.changes[0]");
  detail.set_text_fr("L'acte repose sur une base dépassée.");
  detail.set_text_en("The act stands on a stale base.");
  detail.set_next_fr("relisez");
  detail.add_more()->set_text_fr("et encore ceci");
  replica.admin.who = [&](const auto&, auto*) {
    return Refusing(grpc::StatusCode::FAILED_PRECONDITION, detail);
  };
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = replica.home()}, Quick()));

  const absl::Status status = client->WhoAmI({}).status();

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  const Refusal refusal = RefusalOf(status);
  EXPECT_EQ(refusal.rule, "L-30");
  EXPECT_EQ(refusal.field, "draft.changes[0]");
  EXPECT_EQ(refusal.fr, "L'acte repose sur une base dépassée.");
  EXPECT_EQ(refusal.en, "The act stands on a stale base.");
  EXPECT_EQ(refusal.next_fr, "relisez");
  ASSERT_EQ(FurtherProblems(status).size(), 1u);
  EXPECT_EQ(FurtherProblems(status)[0].text_fr(), "et encore ceci");
  EXPECT_TRUE(IsFromReplica(status));
}

TEST(Client, SaysWhatToDoWhenNobodyAnswers) {
  const TempFolder home;
  std::ofstream(home.path() + "/admin.token") << "jeton\n";
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = home.path()}, Quick()));

  const absl::Status status = client->WhoAmI({}).status();

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(RefusalOf(status).next_fr, HasSubstr("greffed run"));
  EXPECT_FALSE(IsFromReplica(status));
}

TEST(Client, RefusesAMissingHomeAnEmptyTokenAndALongSocketPath) {
  EXPECT_THAT(Client::Open({.home = "/nowhere/at/all"}, {}),
              StatusIs(absl::StatusCode::kUnavailable));

  const TempFolder home;
  std::ofstream(home.path() + "/admin.token") << " \n";
  const auto empty = Client::Open({.home = home.path()}, {});
  EXPECT_TRUE(IsUsageError(empty.status()));

  std::ofstream(home.path() + "/token") << "jeton";
  const auto long_path = Client::Open(
      {.home = home.path() + "/" + std::string(120, 'x'), .token_file = home.path() + "/token"},
      {});
  EXPECT_EQ(RefusalOf(long_path.status()).rule, "limit-socket-path");
}

TEST(Client, TrustsOnlyThePinnedCertificate) {
  FakeReplica replica;
  replica.admin.who = [](const auto&, auto*) { return grpc::Status::OK; };
  const KeyAndCertificate own = MakeCertificate();
  const KeyAndCertificate other = MakeCertificate();
  const std::string server =
      absl::StrCat("127.0.0.1:", replica.ServeTls(own.key_pem, own.certificate_pem));
  std::ofstream(replica.home() + "/server.pem") << own.certificate_pem;
  std::ofstream(replica.home() + "/other.pem") << other.certificate_pem;

  ASSERT_OK_AND_ASSIGN(const auto pinned,
                       Client::Open({.home = replica.home(), .server = server}, Quick()));
  EXPECT_OK(pinned->WhoAmI({}));

  ASSERT_OK_AND_ASSIGN(
      const auto wrong,
      Client::Open(
          {.home = replica.home(), .server = server, .server_cert = replica.home() + "/other.pem"},
          Quick()));
  const absl::Status refused = wrong->WhoAmI({}).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(RefusalOf(refused).rule, "pinned-certificate") << refused;
}

TEST(Client, SaysThatAFileHoldsNoCertificate) {
  FakeReplica replica;
  const std::string file = replica.home() + "/notes.txt";
  std::ofstream(file) << "pas un certificat\n";

  const auto client =
      Client::Open({.home = replica.home(), .server = "127.0.0.1:1", .server_cert = file}, Quick());

  EXPECT_TRUE(IsUsageError(client.status()));
  EXPECT_EQ(RefusalOf(client.status()).rule, "certificate");
  EXPECT_EQ(RefusalOf(client.status()).field, "--server-cert");
  EXPECT_THAT(RefusalOf(client.status()).fr, HasSubstr("n'est pas un certificat en PEM"));
}

TEST(Client, TakesAWatchUpWhereItBroke) {
  FakeReplica replica;
  std::vector<std::uint64_t> starts;
  replica.conventions.watch = [&](const v1::WatchConventionRequest& request, auto* writer) {
    starts.push_back(request.after());
    for (std::uint64_t i = 0; i < 2; ++i) {
      v1::WatchConventionResponse event;
      event.set_arrival(request.after() + i);
      writer->Write(event);
    }
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting");
  };
  ASSERT_OK_AND_ASSIGN(const auto client, Client::Open({.home = replica.home()}, Quick()));

  std::vector<std::uint64_t> arrivals;
  EXPECT_OK(client->Watch({}, std::chrono::seconds(10), [&](const auto& event) {
    arrivals.push_back(event.arrival());
    return arrivals.size() < 5;
  }));

  EXPECT_EQ(arrivals, (std::vector<std::uint64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(starts, (std::vector<std::uint64_t>{0, 2, 4}));
}

TEST(WordsOfErrno, SayInFrenchWhyAFileIsNotThere) {
  EXPECT_EQ(WordsOfErrno(ENOENT).fr, "aucun fichier ni dossier de ce nom");
  EXPECT_EQ(WordsOfErrno(ENOENT).en, "No such file or directory");
  EXPECT_EQ(WordsOfErrno(EACCES).fr, "accès refusé");
  EXPECT_EQ(WordsOfErrno(EISDIR).fr, "c'est un dossier");
}

}  // namespace
}  // namespace greffe
