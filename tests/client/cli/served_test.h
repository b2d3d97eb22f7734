#ifndef GREFFE_TESTS_CLIENT_CLI_SERVED_TEST_H_
#define GREFFE_TESTS_CLIENT_CLI_SERVED_TEST_H_

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/client/cli/run_greffe.h"
#include "tests/support/temp_folder.h"

namespace greffe::cli {

// The command line, in French, with a replica of the services that the test implements itself.
class ServedTest : public ::testing::Test {
 protected:
  // Before the services of the test go.
  void TearDown() override { server_->Shutdown(); }

  // Before the first Greffe.
  void Serve(const std::vector<grpc::Service*>& services) {
    std::ofstream(folder_.path() + "/admin.token") << "token\n";
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + folder_.path() + "/greffe.sock",
                             grpc::InsecureServerCredentials());
    for (grpc::Service* const service : services) builder.RegisterService(service);
    server_ = builder.BuildAndStart();
  }

  Outcome Greffe(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--home", folder_.path(), "--lang", "fr"});
    return RunGreffe(std::move(arguments), {.width = 300});
  }

  const std::string& folder() const { return folder_.path(); }

 private:
  const TempFolder folder_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace greffe::cli

#endif  // GREFFE_TESTS_CLIENT_CLI_SERVED_TEST_H_
