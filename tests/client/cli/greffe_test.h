#ifndef GREFFE_TESTS_CLIENT_CLI_GREFFE_TEST_H_
#define GREFFE_TESTS_CLIENT_CLI_GREFFE_TEST_H_

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/client/cli/run_greffe.h"
#include "tests/client/fake_replica.h"

namespace greffe::cli {

template <typename Response>
Response FromJson(const std::string& json) {
  Response response;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &response).ok()) << json;
  return response;
}

inline std::string ReadAll(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// The command line, in French, with a replica that answers what the test tells it to.
class GreffeTest : public ::testing::Test {
 protected:
  Outcome Greffe(std::vector<std::string> arguments, const Terminal& terminal = {}) {
    arguments.insert(arguments.end(), {"--home", replica_.home(), "--lang", "fr"});
    return RunGreffe(std::move(arguments), terminal);
  }

  FakeReplica replica_;
};

}  // namespace greffe::cli

#endif  // GREFFE_TESTS_CLIENT_CLI_GREFFE_TEST_H_
