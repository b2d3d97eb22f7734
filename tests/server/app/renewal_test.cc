// A convention and the one that renews it, held by one replica: each is folded by itself, and what
// became of the one is said where the other is read, to whom it concerns (L-55, L-56).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/server/app/test_replica.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// 2026 to 2029, signed in January 2026 by the Caf, the town and a third party; renewed from 2030 on
// by the Caf and the town alone.
class Renewed : public ::testing::Test {
 protected:
  Renewed() {
    clock().GoTo("2026-01-05");
    first_ = Create("CTG 2026-2029", "2026-01-01", "2029-12-31", {"caf-12", "rodez", "agen"});
    Conclude(first_, {"caf-12", "rodez", "agen"});
  }

  TestClock& clock() { return replica_.clock(); }

  struct Made {
    std::string id;
    std::string act;
  };
  Made Create(const std::string& title, const std::string& from, const std::string& until,
              const std::vector<std::string>& partners) {
    v1::CreateConventionRequest request;
    *request.mutable_draft() = SmallDraft();
    for (v1::Element& one : *request.mutable_draft()->mutable_elements()) {
      if (!one.has_terms()) continue;
      one.mutable_terms()->set_title(title);
      one.mutable_terms()->set_start_date(from);
      one.mutable_terms()->set_end_date(until);
    }
    if (partners.size() > 2) {
      v1::Element third = request.draft().elements(2);
      third.set_id("partie-agen");
      third.mutable_party()->set_partner_id("agen");
      third.mutable_party()->set_name("Ville d'Agen");
      third.mutable_party()->mutable_signing_offices(0)->set_id("signe-agen");
      *request.mutable_draft()->add_elements() = third;
    }
    const auto created = replica_.Do(replica_.User("caf-12"), request);
    EXPECT_OK(created);
    if (!created.ok()) return {};
    return {created->receipt().convention_id(), created->act_id()};
  }
  void Conclude(const Made& made, const std::vector<std::string>& partners) {
    v1::FreezeActRequest freeze;
    freeze.set_convention_id(made.id);
    freeze.set_act_id(made.act);
    const UserCall user = replica_.User("caf-12");
    const auto frozen = replica_.Do(user, replica_.Confirmed(user, freeze));
    ASSERT_OK(frozen);
    for (const std::string& partner : partners) {
      UserCall call = replica_.User(partner);
      call.office = "Directrice";
      v1::SignActRequest sign;
      sign.set_convention_id(made.id);
      sign.set_act_id(made.act);
      sign.set_revision(frozen->revision());
      sign.set_signatory_id("signe-" + partner);
      ASSERT_OK(replica_.Do(call, sign));
    }
  }
  // The first convention is said to be renewed from that day on.
  void Link(const std::string& id, const std::string& from = "2030-01-01") {
    v1::RecordFactRequest request;
    request.set_convention_id(first_.id);
    *request.mutable_fact() = Plain(v1::LifeRecorded::kRenewalLinked, clock().Today().ToString());
    v1::RenewalLinked& link = *request.mutable_fact()->mutable_renewal_linked();
    link.set_title("CTG 2030-2033");
    link.set_start_date(from);
    link.set_end_date("2033-12-31");
    link.set_convention_id(id);
    ASSERT_OK(replica_.Do(replica_.User("caf-12"), request));
  }

  v1::Deadline Alarm(const std::string& partner, const v1::ReadAt& at = {}) {
    v1::GetDeadlinesRequest request;
    request.set_convention_id(first_.id);
    *request.mutable_at() = at;
    const auto answer = replica_->GetDeadlines(replica_.User(partner), request);
    EXPECT_OK(answer);
    if (!answer.ok()) return {};
    for (const v1::Deadline& one : answer->view().deadlines()) {
      if (one.id() == "renewal-3") return one;
    }
    return {};
  }
  v1::StatusView Status(const std::string& partner, const v1::ReadAt& at = {}) {
    v1::GetStatusRequest request;
    request.set_convention_id(first_.id);
    *request.mutable_at() = at;
    const auto answer = replica_->GetStatus(replica_.User(partner), request);
    EXPECT_OK(answer);
    return answer.ok() ? answer->view() : v1::StatusView();
  }
  template <typename View>
  static std::vector<std::string> Said(const View& view) {
    std::vector<std::string> out;
    for (const v1::Finding& one : view.findings()) out.push_back(one.code() + ": " + one.text());
    return out;
  }
  static v1::ReadAt KnownAt(const std::string& instant, const std::string& clock_date) {
    v1::ReadAt at;
    at.set_known_at(instant);
    at.set_clock_date(clock_date);
    return at;
  }

  TestReplica replica_{'c', "Caf", {"caf-12", "rodez", "agen"}};
  Made first_;
};

constexpr char kNotCompared[] =
    "la convention suivante n'est pas lisible ici et n'a pas été comparée";

// L-55: the alarm closes with the conclusion of what follows, as known at the instant asked about.
TEST_F(Renewed, ClosesItsAlarmOnceTheNextIsConcludedAndFollows) {
  clock().GoTo("2029-10-10");
  const Made next = Create("CTG 2030-2033", "2030-01-01", "2033-12-31", {"caf-12", "rodez"});
  Link(next.id);
  EXPECT_EQ(Alarm("caf-12").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(Alarm("caf-12").why(),
              HasSubstr("renouvellement relié, à conclure : « CTG 2030-2033 » n'est pas conclue"));

  clock().GoTo("2029-11-05");
  Conclude(next, {"caf-12", "rodez"});

  EXPECT_EQ(Alarm("caf-12").state(), v1::DEADLINE_STATE_DONE);
  EXPECT_THAT(Alarm("caf-12").why(),
              HasSubstr("« CTG 2030-2033 », conclue le 5 novembre 2029, a effet du 1er janvier "
                        "2030 au 31 décembre 2033"));
  EXPECT_THAT(Said(Status("rodez")), Not(Contains(HasSubstr("renewal-"))));
  const v1::ReadAt before = KnownAt("2029-10-20", "2029-10-20");
  EXPECT_EQ(Alarm("caf-12", before).state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(Alarm("caf-12", before).why(), HasSubstr("n'est pas conclue"));
  // Of the clock's day alone, it was not concluded yet.
  v1::ReadAt past;
  past.set_clock_date("2029-10-20");
  EXPECT_EQ(Alarm("caf-12", past).state(), v1::DEADLINE_STATE_LATE);

  v1::ReadAt after;
  after.set_in_force_on("2030-01-01");
  EXPECT_EQ(Status("caf-12", after).force().state(), v1::FORCE_STATE_EXPIRED);
  EXPECT_THAT(Status("caf-12", after).force().text(),
              HasSubstr("Renouvelée : « CTG 2030-2033 », conclue le 5 novembre 2029"));
  EXPECT_THAT(Status("caf-12", after).force().text_en(), HasSubstr("Renewed: “CTG 2030-2033”"));
}

// L-56: by the term of the convention that follows, whatever the link says.
TEST_F(Renewed, IsJudgedByTheTermOfTheNext) {
  clock().GoTo("2029-10-10");
  const Made next = Create("CTG 2030-2033", "2030-03-01", "2033-12-31", {"caf-12", "rodez"});
  Link(next.id);
  EXPECT_THAT(Said(Status("caf-12")), Not(Contains(HasSubstr("renewal-gap"))));

  Conclude(next, {"caf-12", "rodez"});

  const auto said = Said(Status("caf-12"));
  EXPECT_THAT(said, Contains(AllOf(HasSubstr("renewal-gap"),
                                   HasSubstr("du 1er janvier 2030 au 28 février 2030"),
                                   HasSubstr("conclue le 10 octobre 2029"))));
  EXPECT_THAT(said, Contains(AllOf(HasSubstr("renewal-other-dates"),
                                   HasSubstr("commence le 1er janvier 2030"))));
  EXPECT_EQ(Alarm("caf-12").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(Alarm("caf-12").why(), HasSubstr("qui ne suit pas sans vide"));
  v1::GetLifeRequest life;
  life.set_convention_id(first_.id);
  const auto view = replica_->GetLife(replica_.User("caf-12"), life);
  ASSERT_OK(view);
  EXPECT_THAT(Said(view->view()), Contains(HasSubstr("renewal-other-dates")));
  v1::GetConventionRequest shown;
  shown.set_convention_id(first_.id);
  const auto text = replica_->GetConvention(replica_.User("caf-12"), shown);
  ASSERT_OK(text);
  EXPECT_THAT(Said(text->view()), Contains(HasSubstr("renewal-other-dates")));
}

// Who may not see the next convention learns nothing of it: not even that it is here.
TEST_F(Renewed, SaysNothingOfTheNextToWhoMayNotSeeIt) {
  clock().GoTo("2029-10-10");
  const Made next = Create("CTG 2030-2033", "2030-03-01", "2033-12-31", {"caf-12", "rodez"});
  Link(next.id);
  Conclude(next, {"caf-12", "rodez"});

  EXPECT_EQ(Alarm("agen").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(Alarm("agen").why(), HasSubstr(kNotCompared));
  EXPECT_THAT(Said(Status("agen")), Not(Contains(HasSubstr("renewal-"))));
  EXPECT_THAT(Said(Status("caf-12")), Contains(HasSubstr("renewal-gap")));
}

// What is not here, or was not known by then, or is the convention itself, is not compared.
TEST_F(Renewed, IsNotComparedWithWhatIsNotHere) {
  clock().GoTo("2029-10-01");
  Link(std::string(32, 'a'), "2030-02-01");
  EXPECT_THAT(Alarm("caf-12").why(), HasSubstr(kNotCompared));
  EXPECT_THAT(Said(Status("caf-12")),
              Contains(AllOf(HasSubstr("renewal-gap"), HasSubstr("dates du lien"),
                             HasSubstr(kNotCompared))));
  Link(first_.id);
  EXPECT_THAT(Alarm("caf-12").why(), HasSubstr(kNotCompared));
  Link("");
  EXPECT_THAT(Alarm("caf-12").why(), HasSubstr(kNotCompared));
}

// Each convention has its cut: the answer names both, and a further page goes by those of the
// first.
TEST_F(Renewed, IsReadAlikeOnEveryPageAndItsCutIsNamed) {
  clock().GoTo("2029-10-10");
  const Made next = Create("CTG 2030-2033", "2030-03-01", "2033-12-31", {"caf-12", "rodez"});
  Link(next.id, "2030-02-01");
  Link(next.id, "2030-02-02");
  Link(std::string(32, 'a'), "2030-02-03");
  const auto page = [&](const std::string& partner, const std::string& token,
                        const v1::ReadAt& at = {}) {
    v1::GetLifeRequest request;
    request.set_convention_id(first_.id);
    request.set_page_size(1);
    request.set_page_token(token);
    *request.mutable_at() = at;
    const auto answer = replica_->GetLife(replica_.User(partner), request);
    EXPECT_OK(answer);
    return answer.ok() ? *answer : v1::GetLifeResponse();
  };
  const auto beside = [](const v1::ReplyContext& context) {
    std::vector<std::string> out;
    for (const v1::ReadBeside& one : context.read_beside()) {
      out.push_back(one.convention_id() + " " + one.cut());
    }
    return out;
  };
  const std::string cut = TokenOf(replica_, "caf-12", next.id);
  const v1::GetLifeResponse first = page("caf-12", "");
  EXPECT_THAT(beside(first.context()), ElementsAre(next.id + " " + cut));
  const std::string agen = page("agen", "").next_page_token();

  // What comes meanwhile is on no page.
  Conclude(next, {"caf-12", "rodez"});
  v1::GetLifeResponse further = first;
  std::vector<std::string> said = Said(first.view());
  for (int i = 0; i < 2; ++i) {
    further = page("caf-12", further.next_page_token());
    EXPECT_THAT(beside(further.context()), ElementsAre(next.id + " " + cut));
    for (std::string& one : Said(further.view())) said.push_back(std::move(one));
  }
  EXPECT_EQ(further.next_page_token(), "");
  EXPECT_THAT(said, Contains(HasSubstr("« CTG 2030-2033 » n'est pas conclue")).Times(2));
  EXPECT_THAT(said, Contains(HasSubstr(kNotCompared)).Times(1));

  // A token names nothing to who may not see it; and at a cut all pages say so.
  EXPECT_THAT(beside(page("agen", agen).context()), IsEmpty());
  EXPECT_THAT(beside(page("agen", first.next_page_token()).context()), IsEmpty());
  const v1::ReadAt at = AtCut(TokenOf(replica_, "caf-12", first_.id));
  const v1::GetLifeResponse cut_page = page("caf-12", "", at);
  EXPECT_THAT(beside(cut_page.context()), IsEmpty());
  EXPECT_THAT(Said(page("caf-12", cut_page.next_page_token()).view()),
              Contains(HasSubstr("une coupe ne dit rien d'une autre convention")));
}

// L-56: two records that name different conventions; two of one do not contest each other.
TEST_F(Renewed, IsContestedByAnotherThatIsSaidToFollow) {
  clock().GoTo("2029-10-10");
  Link(std::string(32, 'a'));
  Link(std::string(32, 'a'), "2030-02-01");
  EXPECT_THAT(Said(Status("caf-12")), Not(Contains(HasSubstr("renewal-contested"))));

  Link(std::string(32, 'b'));

  EXPECT_THAT(Said(Status("caf-12")),
              Contains(AllOf(HasSubstr("renewal-contested"), HasSubstr("2 conventions"))).Times(3));
  // Each names its own and the other.
  EXPECT_THAT(Said(Status("caf-12")),
              Contains(HasSubstr("ce lien donne aaaaaaaaaaaa, un autre bbbbbbbbbbbb")).Times(2));
  EXPECT_THAT(Said(Status("caf-12")),
              Contains(HasSubstr("ce lien donne bbbbbbbbbbbb, un autre aaaaaaaaaaaa")).Times(1));
}

// A cut is of one convention: it says nothing of when to read another.
TEST_F(Renewed, IsNotComparedAtACut) {
  clock().GoTo("2029-10-10");
  const Made next = Create("CTG 2030-2033", "2030-01-01", "2033-12-31", {"caf-12", "rodez"});
  Link(next.id);
  const std::string token = TokenOf(replica_, "caf-12", first_.id);
  const v1::Deadline before = Alarm("caf-12", AtCut(token));

  Conclude(next, {"caf-12", "rodez"});

  EXPECT_EQ(Alarm("caf-12").state(), v1::DEADLINE_STATE_DONE);
  EXPECT_EQ(Alarm("caf-12", AtCut(token)).SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(before.state(), v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(before.why(), HasSubstr("une coupe ne dit rien d'une autre convention"));
}

// A link to anything costs a bounded number of readings; the latest are followed.
TEST_F(Renewed, FollowsTheLatestLinks) {
  clock().GoTo("2029-10-10");
  const Made next = Create("CTG 2030-2033", "2030-01-01", "2033-12-31", {"caf-12", "rodez"});
  Link(next.id);
  Conclude(next, {"caf-12", "rodez"});
  clock().GoTo("2029-10-11");
  // One that names none, and one again, take no other's place.
  Link("");
  for (const char digit : {'b', 'b', 'c', 'd'}) Link(std::string(32, digit));
  EXPECT_EQ(Alarm("caf-12").state(), v1::DEADLINE_STATE_DONE);
  Link(std::string(32, 'e'));
  EXPECT_EQ(Alarm("caf-12").state(), v1::DEADLINE_STATE_LATE);
}

}  // namespace
}  // namespace greffe::test
