#include "server/main/listen_address.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

TEST(ListenAddress, IsAHostAndAPortUpTo65535) {
  for (const char* address :
       {"127.0.0.1:0", "127.0.0.1:65535", "0.0.0.0:7443", "[::]:7443", "greffe.example.fr:7443"}) {
    EXPECT_OK(CheckListenAddress(address)) << address;
  }
}

TEST(ListenAddress, IsRefusedInAnyOtherForm) {
  for (const char* address :
       {"", "foo", ":7443", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:99999", "127.0.0.1:+1",
        "127.0.0.1:-1", "::1:7443", "[::1:7443", "[127.0.0.1/8]:1", "a b:1", "unix:/tmp/x:1",
        "[]:1", "127.0.0.1:18446744073709551617"}) {
    const Refusal refusal = RefusalOf(CheckListenAddress(address));
    EXPECT_EQ(refusal.rule, "listen-form") << address;
    EXPECT_EQ(refusal.field, "listen") << address;
    EXPECT_NE(refusal.fr.find(std::string("« ") + address + " »"), std::string::npos);
    EXPECT_NE(refusal.en.find(std::string("\"") + address + "\""), std::string::npos);
    EXPECT_NE(refusal.next_fr.find("--listen 127.0.0.1:7443"), std::string::npos) << address;
    EXPECT_NE(refusal.next_en.find("greffed.json"), std::string::npos) << address;
  }
}

}  // namespace
}  // namespace greffe
