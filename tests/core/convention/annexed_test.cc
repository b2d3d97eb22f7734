// The annex that a text reserves for the délibération (L-10): filled by what is on record.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/attachment.h"
#include "core/convention/views/annexed_words.h"
#include "core/convention/views/markdown.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing_support::Put;
using testing_support::SamplePlay;
using testing_support::SoundDeliberation;

constexpr char kAnnexedDay[] = "2025-06-30";

v1::Element AnnexOf(const std::string& title, v1::AnnexContent content) {
  v1::Element out;
  out.set_id("annex-6");
  out.mutable_annex()->set_number("6");
  out.mutable_annex()->set_title(title);
  out.mutable_annex()->set_content(content);
  return out;
}

// The original with an annex 6.
struct Annexing {
  SamplePlay play;

  explicit Annexing(v1::AnnexContent content = v1::ANNEX_CONTENT_RESERVED) {
    Revise(AnnexOf("Délibérations", content));
  }

  void Revise(const v1::Element& element) {
    v1::ReviseActRequest request;
    request.set_act_id(play.original());
    *request.add_changes() = Put(element);
    ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
  }
  void Vote(const v1::Deliberation& vote) {
    v1::RecordDeliberationRequest request;
    *request.mutable_deliberation() = vote;
    ASSERT_OK(play.agglo().Do(request, play.Secretariat(vote.partner_id())));
  }
  v1::ConventionView View(const std::string& on = kAnnexedDay) {
    return ViewConvention(play.agglo().At(on), "").value();
  }
  v1::ElementView Annex(const std::string& on = kAnnexedDay) {
    return ViewConvention(play.agglo().At(on), "annex-6")->elements(0);
  }
  std::vector<std::string> Parties(const std::string& on = kAnnexedDay) {
    std::vector<std::string> out;
    const v1::ElementView annex = Annex(on);
    for (const v1::AnnexedDeliberation& one : annex.annexed()) out.push_back(one.party());
    return out;
  }
};

// A peer may reserve thousands, each of which would repeat all votes.
TEST(Annexed, FillsTheFirstEightReserved) {
  Annexing annexing;
  for (int i = 0; i < 9; ++i) {
    v1::Element annex = AnnexOf("Autre", v1::ANNEX_CONTENT_RESERVED);
    annex.set_id(absl::StrCat("annex-6", i));
    annex.mutable_annex()->set_number(absl::StrCat("6", i));
    annexing.Revise(annex);
  }
  annexing.Vote(SoundDeliberation("vallon", annexing.play.Freeze(annexing.play.original())));

  const v1::ConventionView view = annexing.View();

  EXPECT_EQ(std::count_if(view.elements().begin(), view.elements().end(),
                          [](const v1::ElementView& one) { return one.annexed_size() == 1; }),
            8);
}

TEST(Annexed, FillsTheReservedAnnexAndChangesNoTextThatIsSigned) {
  Annexing annexing;
  SamplePlay& play = annexing.play;
  const std::string revision = play.Freeze(play.original());
  const v1::ConventionView before = annexing.View();
  EXPECT_THAT(annexing.Annex().annexed(), IsEmpty());
  EXPECT_THAT(RenderMarkdown(before), HasSubstr("Aucune délibération n'est enregistrée"));

  const std::string digest(32, 'd');
  v1::AddAttachmentRequest file;
  file.mutable_attachment()->set_sha256(digest);
  file.mutable_attachment()->set_size(10);
  file.mutable_attachment()->set_label("Extrait du registre");
  file.mutable_attachment()->set_media_type("application/pdf");
  file.mutable_attachment()->set_role(v1::ATTACHMENT_ROLE_EVIDENCE);
  file.mutable_attachment()->set_chunk_digests(digest);
  ASSERT_OK(play.agglo().Do(file, play.Secretariat("vallon")));
  v1::Deliberation vote = SoundDeliberation("vallon", revision);
  vote.set_evidence_digest(digest);
  annexing.Vote(vote);

  const v1::ElementView annex = annexing.Annex();
  ASSERT_THAT(annex.annexed(), SizeIs(1));
  EXPECT_EQ(annex.annexed(0).party(), "Commune du Vallon");
  EXPECT_EQ(annex.annexed(0).deliberation().deliberation().number(), "2025-012");
  EXPECT_EQ(annex.annexed(0).attachment_id(), AttachmentIdOf(file.attachment()).ToHex());
  EXPECT_EQ(annex.annexed(0).struck(), "");
  const v1::ConventionView after = annexing.View();
  EXPECT_THAT(
      RenderMarkdown(after),
      AllOf(HasSubstr("- *Commune du Vallon : conseil municipal, n° 2025-012, séance du 10 mars "
                      "2025, 13 pour, 0 contre, 1 abstention ; publiée le 14 mars 2025 ; reçue le "
                      "17 mars 2025 ; accusé 047-000000000-20250310-DEL2025012-DE ; pièce « "
                      "Extrait du registre » ; SHA-256 " +
                      absl::BytesToHexString(digest)),
            Not(HasSubstr("Aucune délibération n'est enregistrée"))));
  // The element itself, and with it what is hashed and signed, is as it was.
  EXPECT_EQ(after.text_digest(), before.text_digest());
  EXPECT_EQ(annex.element().annex().body(), "");
  play.Sign(play.original(), revision, "vallon", "maire");
  play.Sign(play.original(), revision, "agglo", "president");
  play.Sign(play.original(), revision, "caf", "caf-pres");
  play.Sign(play.original(), revision, "caf", "caf-dir");
  EXPECT_EQ(annexing.View().text_digest(), before.text_digest());
  EXPECT_EQ(annexing.View().standing(), v1::CONVENTION_STANDING_IN_FORCE);
}

TEST(Annexed, LeavesOtherAnnexesAsTheyAre) {
  Annexing annexing(v1::ANNEX_CONTENT_MISSING);
  annexing.play.Vote("vallon", annexing.play.Freeze(annexing.play.original()));

  EXPECT_THAT(annexing.Annex().annexed(), IsEmpty());
  EXPECT_THAT(SayAnnexedAll(annexing.Annex()), IsEmpty());
}

TEST(Annexed, IsInTheOrderOfTheParties) {
  Annexing annexing;
  const std::string revision = annexing.play.Freeze(annexing.play.original());
  v1::RecordDeliberationRequest board;
  *board.mutable_deliberation() = SoundDeliberation("caf", revision);
  board.mutable_deliberation()->clear_receipt_id();
  testing_support::MiniReplica& caf = annexing.play.caf();
  ASSERT_OK(caf.Do(board, caf.Context("caf", {v1::ROLE_SECRETARIAT})));
  annexing.play.net().SyncAll();
  annexing.play.Vote("vallon", revision);
  annexing.play.Vote("agglo", revision);

  EXPECT_THAT(annexing.Parties(), ElementsAre("Agglomération du Vallon", "Commune du Vallon",
                                              "Caisse d'allocations familiales"));
}

// A vote binds to the text voted (L-11).
TEST(Annexed, HoldsTheVotesOnThisTextAloneWhicheverFreezeOfItTheyName) {
  Annexing annexing;
  SamplePlay& play = annexing.play;
  const auto withdraw = [&](const std::string& revision) {
    v1::WithdrawActRequest request;
    request.set_act_id(play.original());
    request.set_revision(revision);
    request.set_reason("à revoir");
    ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
  };
  const std::string first = play.Freeze(play.original());
  play.Vote("vallon", first);
  withdraw(first);
  const std::string again = play.Freeze(play.original());
  EXPECT_THAT(annexing.Parties(), ElementsAre("Commune du Vallon"));

  withdraw(again);
  annexing.Revise(AnnexOf("Délibérations des assemblées", v1::ANNEX_CONTENT_RESERVED));
  play.Freeze(play.original());
  EXPECT_THAT(annexing.Parties(), IsEmpty());
}

TEST(Annexed, TellsWhatBecameOfAVote) {
  Annexing annexing;
  SamplePlay& play = annexing.play;
  const Digest vote = play.Vote("vallon", play.Freeze(play.original()));
  v1::RecordFactRequest request;
  request.mutable_fact()->set_happened_on("2025-06-29");
  request.mutable_fact()->set_answers(vote.ToBytes());
  request.mutable_fact()->mutable_deliberation_challenged()->set_kind(v1::CHALLENGE_KIND_WITHDRAWN);
  ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon")));

  const v1::ElementView annex = annexing.Annex();
  ASSERT_THAT(annex.annexed(), SizeIs(1));
  EXPECT_THAT(SayAnnexed(annex.annexed(0)).fr, HasSubstr("retirée le 29 juin 2025"));
  EXPECT_THAT(SayAnnexed(annex.annexed(0)).en, HasSubstr("withdrawn on 29 June 2025"));
}

// The délibérations on an avenant are annexed to it, unless it puts the annex anew.
TEST(Annexed, KeepsThoseOfTheOriginalWhenAnAvenantPutsTheAnnexAnew) {
  Annexing annexing;
  SamplePlay& play = annexing.play;
  play.Conclude(play.original(), play.Freeze(play.original()));
  v1::Element article = testing_support::SampleElement("art-1");
  article.mutable_article()->set_body("Autre objet.");
  const std::string other = play.Propose({Put(article)});
  play.Conclude(other, play.Freeze(other, "2025-07-01"));
  EXPECT_THAT(annexing.Parties("2025-07-01"), SizeIs(2));

  const std::string renamed =
      play.Propose({Put(AnnexOf("Délibérations jointes", v1::ANNEX_CONTENT_RESERVED))});
  play.Conclude(renamed, play.Freeze(renamed, "2025-08-01"));
  EXPECT_THAT(annexing.Parties("2025-07-31"), SizeIs(2));
  EXPECT_THAT(annexing.Parties("2025-08-01"), SizeIs(4));
}

TEST(Annexed, SaysWhatAVoteLeavesOutAndGivesNoFigureThatIsNotKnown) {
  v1::AnnexedDeliberation one;
  one.set_party("Commune du Vallon");
  v1::Deliberation* vote = one.mutable_deliberation()->mutable_deliberation();
  vote->set_assembly("conseil municipal");
  vote->set_sitting_on("2022-12-19");
  vote->set_approves_text(true);

  EXPECT_EQ(SayAnnexed(one).fr,
            "Commune du Vallon : conseil municipal, séance du 19 décembre 2022, votes non connus ; "
            "n'autorise pas sa signature.");
}

}  // namespace
}  // namespace greffe
