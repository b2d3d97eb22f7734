#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/rpc/admin_commands.h"

namespace greffe::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(ClockBanner, NamesThePeerWhoseClockIsNotOurs) {
  v1::PeerView peer;
  peer.set_name("Rodez");
  peer.set_clock_offset_ms(-315'360'000'010);
  v1::ReplyContext context;
  AddClockBanner(peer, /*english=*/false, &context);
  EXPECT_THAT(context.banners(), IsEmpty()) << "never met: nothing is known of its clock";

  peer.mutable_last_contact()->set_seconds(1);
  AddClockBanner(peer, /*english=*/false, &context);
  AddClockBanner(peer, /*english=*/true, &context);
  EXPECT_THAT(context.banners(), ElementsAre(AllOf(HasSubstr("« Rodez »"), HasSubstr("10 ans")),
                                             AllOf(HasSubstr("\"Rodez\""), HasSubstr("10 years"))));

  peer.set_clock_offset_ms(300'000);
  v1::ReplyContext within;
  AddClockBanner(peer, /*english=*/false, &within);
  EXPECT_THAT(within.banners(), IsEmpty());
}

}  // namespace
}  // namespace greffe::test
