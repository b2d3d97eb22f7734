// Pages of a convention's life: how many threads, how many bytes, at which cut.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "server/app/paging.h"
#include "tests/server/app/test_replica.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

using testing_support::StatusIs;

class LifePages : public ::testing::Test {
 protected:
  LifePages() : id_(CreateSmall(caf_, "caf-12")) {
    v1::ListActsRequest request;
    request.set_convention_id(id_);
    const auto acts = caf_->ListActs(caf_.User("caf-12"), request);
    EXPECT_OK(acts);
    act_ = absl::HexStringToBytes(acts->acts(0).act_id());
  }

  // The comment's leaf in bytes.
  std::string Comment(const std::string& text, const std::string& answers = "") {
    v1::RecordFactRequest request;
    request.set_convention_id(id_);
    *request.mutable_fact() = Plain(v1::LifeRecorded::kCommentPosted, "2026-03-01");
    request.mutable_fact()->mutable_comment_posted()->set_act_id(act_);
    request.mutable_fact()->set_text(text);
    request.mutable_fact()->set_answers(answers);
    const auto done = caf_.Do(caf_.User("caf-12"), request);
    EXPECT_OK(done);
    return done.ok() ? absl::HexStringToBytes(done->fact()) : "";
  }
  absl::StatusOr<v1::GetLifeResponse> Read(std::uint32_t size, const std::string& token = "") {
    v1::GetLifeRequest request;
    request.set_convention_id(id_);
    request.set_page_size(size);
    request.set_page_token(token);
    return caf_->GetLife(caf_.User("caf-12"), request);
  }

  TestReplica caf_{'c', "Caf", {"caf-12"}};
  const std::string id_;
  std::string act_;
};

TEST_F(LifePages, HaveAtMostTwoHundredThreads) {
  for (int i = 0; i < 200; ++i) Comment(absl::StrCat("remarque ", i));
  ASSERT_OK_AND_ASSIGN(const auto whole, Read(200));
  EXPECT_EQ(whole.view().threads_size(), 200);
  EXPECT_EQ(whole.next_page_token(), "");
  Comment("une de trop");

  for (const std::uint32_t asked : {200u, 201u, 100'000u}) {
    ASSERT_OK_AND_ASSIGN(const auto page, Read(asked));
    EXPECT_EQ(page.view().threads_size(), 200) << asked;
    ASSERT_OK_AND_ASSIGN(const auto last, Read(asked, page.next_page_token()));
    EXPECT_EQ(last.view().threads_size(), 1) << asked;
    EXPECT_EQ(last.next_page_token(), "");
  }
  ASSERT_OK_AND_ASSIGN(const auto usual, Read(0));
  EXPECT_EQ(usual.view().threads_size(), 100);
}

// Which are picked is told in core/convention; what is asked for in either case.
TEST_F(LifePages, OfDeadlinesArePickedAsAsked) {
  v1::GetDeadlinesRequest request;
  request.set_convention_id(id_);
  const UserCall user = caf_.User("caf-12");
  ASSERT_OK_AND_ASSIGN(const auto all, caf_->GetDeadlines(user, request));
  ASSERT_GT(all.view().deadlines_size(), 0);
  EXPECT_EQ(all.view().picked_from(), static_cast<std::uint32_t>(all.view().deadlines_size()));
  request.add_rules("l-99");
  ASSERT_OK_AND_ASSIGN(const auto none, caf_->GetDeadlines(user, request));
  EXPECT_EQ(none.view().deadlines_size(), 0);
  EXPECT_GT(none.view().picked_from(), 0u);
  request.set_rules(0, absl::AsciiStrToLower(all.view().deadlines(0).rule()));
  ASSERT_OK_AND_ASSIGN(const auto some, caf_->GetDeadlines(user, request));
  EXPECT_GT(some.view().deadlines_size(), 0);

  request.set_late(true);
  EXPECT_OK(caf_->GetDeadlines(user, request));
  request.set_within_days(0);
  EXPECT_EQ(RefusalOf(caf_->GetDeadlines(user, request).status()).field, "late");
  request.clear_late();
  EXPECT_OK(caf_->GetDeadlines(user, request));
  while (request.rules_size() < 101) request.add_rules("L-21");
  EXPECT_EQ(RefusalOf(caf_->GetDeadlines(user, request).status()).field, "rules");
}

// A dry run shows the fact and what would be found about it; nobody can answer what is not there.
TEST_F(LifePages, KnowNothingOfADryRun) {
  v1::RecordFactRequest ask;
  ask.set_convention_id(id_);
  *ask.mutable_fact() = Plain(v1::LifeRecorded::kReviewRequested, "2026-03-01");
  ask.mutable_fact()->mutable_review_requested()->set_act_id(act_);
  ask.mutable_fact()->mutable_review_requested()->add_partner_ids("rodez");
  ASSERT_OK_AND_ASSIGN(const auto asked, caf_.Do(caf_.User("caf-12"), ask));
  const std::size_t commits = caf_.store().commits();
  v1::RecordFactRequest give;
  give.set_convention_id(id_);
  give.set_dry_run(true);
  *give.mutable_fact() = Plain(v1::LifeRecorded::kReviewGiven, "2026-03-02");
  give.mutable_fact()->set_answers(absl::HexStringToBytes(asked.fact()));
  give.mutable_fact()->mutable_review_given()->set_verdict(v1::REVIEW_VERDICT_AGREED);

  ASSERT_OK_AND_ASSIGN(const auto refused, caf_.Do(caf_.User("caf-12"), give));
  ASSERT_EQ(refused.problems_size(), 1);
  EXPECT_EQ(refused.problems(0).rule(), "review-not-asked");
  EXPECT_EQ(refused.problems(0).field(), "fact.answers");
  EXPECT_FALSE(refused.problems(0).text_en().empty());
  EXPECT_FALSE(refused.problems(0).next_step().empty());
  EXPECT_FALSE(refused.problems(0).next_step_en().empty());
  EXPECT_FALSE(refused.has_would_record());

  // All that is wrong, and the field of each beside its sentence.
  give.mutable_fact()->set_happened_on("2199-01-01");
  give.mutable_fact()->set_evidence_digest("short");
  ASSERT_OK_AND_ASSIGN(const auto wrong, caf_.Do(caf_.User("caf-12"), give));
  ASSERT_EQ(wrong.problems_size(), 2);
  EXPECT_EQ(wrong.problems(0).field(), "fact.evidence_digest");
  EXPECT_EQ(wrong.problems(0).text(), "une empreinte SHA-256 compte 32 octets ; ici 5.");
  EXPECT_EQ(wrong.problems(1).rule(), "future-date");

  give.clear_request_id();
  give.mutable_fact()->set_happened_on("2026-03-02");
  give.mutable_fact()->set_evidence_digest(std::string(32, 'e'));
  ASSERT_OK_AND_ASSIGN(const auto shown, caf_.Do(caf_.User("caf-12"), give));
  EXPECT_EQ(shown.problems_size(), 0);
  EXPECT_EQ(shown.fact(), "");
  EXPECT_FALSE(shown.has_receipt());
  EXPECT_EQ(shown.would_record().happened_on(), "2026-03-02");
  ASSERT_GT(shown.labels_size(), 0);
  EXPECT_EQ(shown.labels(0).id(), "terms");
  ASSERT_EQ(shown.findings_size(), 1);
  EXPECT_EQ(shown.findings(0).code(), "review-not-asked");
  EXPECT_EQ(shown.findings(0).leaf(), "");
  EXPECT_EQ(caf_.store().commits(), commits);
  ASSERT_OK_AND_ASSIGN(const auto page, Read(10));
  ASSERT_EQ(page.view().threads_size(), 1);
  EXPECT_EQ(page.view().threads(0).answers_size(), 0);
}

TEST_F(LifePages, StayAtTheirCut) {
  for (int i = 0; i < 5; ++i) Comment(absl::StrCat("remarque ", i));
  ASSERT_OK_AND_ASSIGN(auto whole, Read(0));
  v1::LifeView pages;
  std::string token;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Read(2, token));
    pages.MergeFrom(page.view());
    token = page.next_page_token();
    // What comes meanwhile does not move the pages.
    Comment(absl::StrCat("plus tard ", pages.threads_size()));
  } while (!token.empty());
  // Each page names what its own facts name.
  EXPECT_EQ(pages.labels_size(), 3 * whole.view().labels_size());
  pages.clear_labels();
  whole.mutable_view()->clear_labels();
  EXPECT_EQ(pages.SerializeAsString(), whole.view().SerializeAsString());
}

TEST_F(LifePages, StayShortHoweverLongAThreadIs) {
  std::string text;
  for (std::size_t i = 0; i < limits::kRemarkCharacters; ++i) text += "\U0001F4DC";
  const std::string opening = Comment(text);
  constexpr int kReplies = 200;
  for (int i = 0; i < kReplies; ++i) Comment(text, opening);
  Comment("après");

  int answers = 0;
  int pages = 0;
  std::size_t most = 0;
  std::string token;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Read(0, token));
    ++pages;
    most = std::max(most, page.ByteSizeLong());
    for (const v1::LifeThread& thread : page.view().threads()) answers += thread.answers_size();
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(answers, kReplies);
  EXPECT_GE(pages, 2);
  EXPECT_GT(most, kPageBytes);
  EXPECT_LT(most, kPageBytes + limits::kEventBytes);
}

TEST_F(LifePages, RefuseATokenThatIsNone) {
  Comment("remarque");
  const auto token = [&](const std::string& place, const std::string& beside = "") {
    return absl::WebSafeBase64Escape(absl::StrCat(place, "\n2026-03-02\n2026-03-02\n",
                                                  TokenOf(caf_, "caf-12", id_), "\n", beside));
  };
  const std::string other(32, 'a');
  std::string many;
  for (const char c : {'a', 'b', 'c', 'd', 'e'}) {
    absl::StrAppend(&many, many.empty() ? "" : ";", std::string(32, c), ":gt1.x");
  }
  for (const std::string& bad :
       {std::string("?"), token("1"), token("x\n0"), token("9\n0"), token("0\n9"), token("0\n-1"),
        token("0\n0\n0"), token("0\n0", other), token("0\n0", "zz:gt1.x"),
        token("0\n0", other + ":x"), token("0\n0", many)}) {
    const auto page = Read(0, bad);
    EXPECT_THAT(page.status(), StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
    EXPECT_EQ(RefusalOf(page.status()).field, "page_token") << bad;
  }
  EXPECT_OK(Read(0, token("0\n0")).status());
  // Names of what this convention does not link are read by nobody.
  EXPECT_OK(Read(0, token("0\n0", other + ":gt1.x")).status());
}

}  // namespace
}  // namespace greffe::test
