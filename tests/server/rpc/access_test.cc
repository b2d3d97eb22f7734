// Who may call, over the socket and over TLS.

#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <map>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "greffe/v1/error.pb.h"
#include "greffe/v1/event.pb.h"
#include "tests/server/rpc/served.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

v1::ErrorDetail DetailOf(const grpc::Status& status) {
  v1::ErrorDetail out;
  EXPECT_TRUE(out.ParseFromString(status.error_details()));
  return out;
}

grpc::Status WhoAmI(const std::shared_ptr<grpc::Channel>& channel, const std::string& token,
                    v1::WhoAmIResponse* response, const std::string& language = "fr") {
  return v1::AdminService::Stub(channel).WhoAmI(Call(token, language)(), v1::WhoAmIRequest(),
                                                response);
}

class AccessTest : public testing::Test {
 protected:
  Served caf_{"caf-12", v1::PARTNER_KIND_CAF};
  v1::WhoAmIResponse who_;
};

TEST_F(AccessTest, TakesTheFirstUsersTokenOverTheSocketAndOverTls) {
  EXPECT_TRUE(WhoAmI(caf_.Local(), caf_.token(), &who_).ok());
  EXPECT_EQ(who_.user().user(), "admin");
  EXPECT_EQ(who_.user().partner_id(), "caf-12");

  const grpc::Status status = WhoAmI(caf_.Tls(), caf_.token(), &who_);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(AccessTest, KeepsTheSocketToItsOwner) {
  struct stat status {};
  ASSERT_EQ(::stat(caf_.paths().socket().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(AccessTest, RefusesACallWithoutTokenAndSaysWhatToDo) {
  for (const auto& channel : {caf_.Local(), caf_.Tls()}) {
    const grpc::Status status = WhoAmI(channel, "", &who_);

    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(DetailOf(status).rule(), "token");
    EXPECT_NE(DetailOf(status).next_fr().find("--token-file"), std::string::npos);
  }
}

TEST_F(AccessTest, RefusesAWrongTokenInTheCallersLanguage) {
  const grpc::Status french = WhoAmI(caf_.Local(), "greffe_guess", &who_);
  const grpc::Status english = WhoAmI(caf_.Local(), "greffe_guess", &who_, "en-GB");

  EXPECT_EQ(french.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(french.error_message(), DetailOf(french).text_fr());
  EXPECT_EQ(english.error_message(), DetailOf(english).text_en());
  EXPECT_NE(french.error_message(), english.error_message());
}

TEST_F(AccessTest, RefusesARemovedTokenAtOnce) {
  const std::string token = caf_.AddUser("lecture", v1::ROLE_READER);
  ASSERT_TRUE(WhoAmI(caf_.Local(), token, &who_).ok());
  v1::RemoveUserRequest request;
  request.set_user("lecture");
  v1::RemoveUserResponse response;
  ASSERT_TRUE(caf_.Admin().RemoveUser(Call(caf_.token())(), request, &response).ok());

  EXPECT_EQ(WhoAmI(caf_.Local(), token, &who_).error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(AccessTest, ChangesRolesAtOnceAndForAdministratorsAlone) {
  const std::string token = caf_.AddUser("lecture", v1::ROLE_READER);
  v1::SetUserRolesRequest request;
  request.set_user("lecture");
  request.add_roles(v1::ROLE_READER);
  request.add_roles(v1::ROLE_ADMIN);
  request.add_roles(v1::ROLE_ADMIN);
  v1::SetUserRolesResponse response;
  v1::InvitePeerResponse invited;

  EXPECT_EQ(caf_.Admin().SetUserRoles(Call(token)(), request, &response).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  ASSERT_TRUE(caf_.Admin().SetUserRoles(Call(caf_.token())(), request, &response).ok());

  EXPECT_EQ(response.user().roles_size(), 2);
  EXPECT_TRUE(caf_.Admin().InvitePeer(Call(token)(), v1::InvitePeerRequest(), &invited).ok());
  // One's own too, with another administrator left.
  request.set_user("admin");
  request.clear_roles();
  request.add_roles(v1::ROLE_READER);
  ASSERT_TRUE(caf_.Admin().SetUserRoles(Call(caf_.token())(), request, &response).ok());
  EXPECT_EQ(
      caf_.Admin().InvitePeer(Call(caf_.token())(), v1::InvitePeerRequest(), &invited).error_code(),
      grpc::StatusCode::PERMISSION_DENIED);
  request.set_user("lecture");
  const grpc::Status last = caf_.Admin().SetUserRoles(Call(token)(), request, &response);
  EXPECT_EQ(RuleOf(last), "last-admin");
}

TEST_F(AccessTest, WhoeverIsGivenARemovedLoginIsAnotherPerson) {
  const std::string convention = caf_.CreateConvention();
  const auto measure = [&](const std::string& token, const std::string& period) {
    v1::RecordMeasurementRequest request;
    request.set_request_id(NextRequestId());
    request.set_convention_id(convention);
    request.mutable_measurement()->set_element_id("indicateur-1");
    request.mutable_measurement()->set_period(period);
    request.mutable_measurement()->set_value("1");
    v1::RecordMeasurementResponse response;
    const grpc::Status status =
        caf_.FollowUp().RecordMeasurement(Call(token)(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  };
  const std::string first = caf_.AddUser("suivi", v1::ROLE_COORDINATOR);
  measure(first, "2020");
  caf_.Stop();
  caf_.Start();
  measure(first, "2021");
  v1::RemoveUserRequest removal;
  removal.set_user("suivi");
  v1::RemoveUserResponse removed;
  ASSERT_TRUE(caf_.Admin().RemoveUser(Call(caf_.token())(), removal, &removed).ok());
  measure(caf_.AddUser("suivi", v1::ROLE_COORDINATOR), "2022");

  v1::ExportConventionRequest request;
  request.set_convention_id(convention);
  Call call(caf_.token());
  auto stub = caf_.Audit();
  auto stream = stub.ExportConvention(call(), request);
  std::map<std::string, std::string> person_of_period;
  v1::ExportConventionResponse piece;
  while (stream->Read(&piece)) {
    for (const std::string& bytes : piece.events()) {
      v1::Event event;
      ASSERT_TRUE(event.ParseFromString(bytes));
      if (!event.has_indicator_measured()) continue;
      person_of_period[event.indicator_measured().period()] = event.actor().person_id();
    }
  }

  ASSERT_EQ(person_of_period.size(), 3u);
  EXPECT_EQ(person_of_period["2020"], person_of_period["2021"]) << "one account, also restarted";
  EXPECT_NE(person_of_period["2020"], person_of_period["2022"]);
}

TEST_F(AccessTest, NamesTheRoleThatIsMissing) {
  const std::string token = caf_.AddUser("lecture", v1::ROLE_READER);
  v1::AddUserRequest request;
  request.set_user("another");
  request.add_roles(v1::ROLE_ADMIN);
  v1::AddUserResponse response;

  const grpc::Status status = caf_.Admin().AddUser(Call(token)(), request, &response);

  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_NE(status.error_message().find("admin"), std::string::npos);
  v1::GetMetricsResponse metrics;
  EXPECT_EQ(caf_.Admin().GetMetrics(Call(token)(), v1::GetMetricsRequest(), &metrics).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(AccessTest, AddsUsersOnlyForPartnersActedForHere) {
  v1::AddUserRequest request;
  request.set_user("another");
  request.set_partner_id("rodez");
  request.add_roles(v1::ROLE_READER);
  v1::AddUserResponse response;

  const grpc::Status status = caf_.Admin().AddUser(Call(caf_.token())(), request, &response);

  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(DetailOf(status).rule(), "partner-here");
}

TEST_F(AccessTest, GoesOnAfterARequestBeyond5MiB) {
  v1::CreateConventionRequest request;
  request.mutable_draft()->set_remark(std::string(5 * 1024 * 1024 + 1, 'x'));
  v1::CreateConventionResponse response;

  const grpc::Status status =
      caf_.Conventions().CreateConvention(Call(caf_.token())(), request, &response);

  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(WhoAmI(caf_.Local(), caf_.token(), &who_).ok());
}

TEST_F(AccessTest, PutsNoPersonalDataIntoMetrics) {
  caf_.AddUser("zephyrine", v1::ROLE_SIGNATORY);
  v1::GetMetricsResponse metrics;
  ASSERT_TRUE(
      caf_.Admin().GetMetrics(Call(caf_.token())(), v1::GetMetricsRequest(), &metrics).ok());

  EXPECT_NE(metrics.text().find("greffe_commits_total"), std::string::npos);
  EXPECT_NE(metrics.text().find("greffe_command_seconds_bucket"), std::string::npos);
  for (const char* word : {"zephyrine", "admin", "caf-12"}) {
    EXPECT_EQ(metrics.text().find(word), std::string::npos) << word;
  }
}

TEST_F(AccessTest, LetsOneProcessWorkOnAHome) {
  const auto second = Server::Start({.home = caf_.paths().home, .listen = "127.0.0.1:0"});

  EXPECT_THAT(second, testing_support::StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_TRUE(WhoAmI(caf_.Local(), caf_.token(), &who_).ok());
}

TEST_F(AccessTest, SaysWhenItsPortIsTaken) {
  Served other("rodez", v1::PARTNER_KIND_COMMUNE);
  other.Stop();

  const auto status =
      Server::Start({.home = other.paths().home, .listen = caf_.address()}).status();

  EXPECT_THAT(status, testing_support::StatusIs(absl::StatusCode::kUnavailable,
                                                testing::HasSubstr(caf_.address())));
}

// What OpenSSL, as a client of its own, agrees on with the server; empty when nothing.
std::string Handshake(const std::string& address, int version) {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                            &SSL_CTX_free);
  SSL_CTX_set_min_proto_version(context.get(), version);
  SSL_CTX_set_max_proto_version(context.get(), version);
  std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new_ssl_connect(context.get()),
                                                    &BIO_free_all);
  SSL* ssl = nullptr;
  BIO_get_ssl(bio.get(), &ssl);
  BIO_set_conn_hostname(bio.get(), address.c_str());
  static const unsigned char kAlpn[] = {2, 'h', '2'};
  SSL_set_alpn_protos(ssl, kAlpn, sizeof(kAlpn));
  const bool done = BIO_do_connect(bio.get()) == 1 && BIO_do_handshake(bio.get()) == 1;
  ERR_clear_error();
  return done ? SSL_get_version(ssl) : "";
}

TEST_F(AccessTest, SpeaksTls13Alone) {
  EXPECT_EQ(Handshake(caf_.address(), TLS1_3_VERSION), "TLSv1.3");
  EXPECT_EQ(Handshake(caf_.address(), TLS1_2_VERSION), "");
}

TEST_F(AccessTest, AnswersNothingInTheClear) {
  const auto channel = grpc::CreateChannel(caf_.address(), grpc::InsecureChannelCredentials());

  EXPECT_EQ(WhoAmI(channel, caf_.token(), &who_).error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace greffe::test
