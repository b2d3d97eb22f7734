// What a text must be before it is frozen, and what is found about its dates.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/support/confirmed.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::Put;
using testing_support::SampleDraft;
using testing_support::SamplePlay;
using testing_support::SoundDeliberation;

v1::Element CheckedArticle(const std::string& body, v1::ClauseRole role = v1::CLAUSE_ROLE_OBJECT) {
  const v1::ConventionDraft draft = SampleDraft();
  for (const v1::Element& one : draft.elements()) {
    if (one.id() != "art-1") continue;
    v1::Element out = one;
    out.mutable_article()->set_body(body);
    out.mutable_article()->set_role(role);
    return out;
  }
  return {};
}

struct Freezing {
  SamplePlay play;

  void Revise(const v1::Element& element) {
    v1::ReviseActRequest request;
    request.set_act_id(play.original());
    *request.add_changes() = Put(element);
    ASSERT_OK(play.agglo().Do(request, play.Coordinator()));
  }
  // Confirmed; or not, so that everything is asked.
  v1::FreezeActRequest Request(bool confirmed = true) {
    v1::FreezeActRequest request;
    request.set_act_id(play.original());
    if (!confirmed) return request;
    return testing_support::Confirmed(play.agglo().state(), request, play.Coordinator());
  }
  Refusal Asked() { return Refused(Request(false)); }
  Refusal Refused(const v1::FreezeActRequest& request) {
    return RefusalOf(play.agglo().Do(request, play.Coordinator()));
  }
  std::string FindingText(const std::string& code) {
    const auto view = ViewStatus(play.agglo().At("2025-06-30"), {});
    for (const v1::Finding& one : view->findings()) {
      if (one.code() == code) return one.text();
    }
    return "";
  }
};

TEST(FreezeCheck, RefusesWhatIsStillToBeFilledInByElementAndLine) {
  Freezing freezing;
  freezing.Revise(CheckedArticle("Une première ligne.\nFait en xx exemplaires, le XX/XX/2025."));
  const Refusal refused = freezing.Refused(freezing.Request());
  EXPECT_EQ(refused.rule, "CHK-14");
  EXPECT_THAT(refused.fr, AllOf(HasSubstr("« Article 1 – Objet » (art-1), Texte, ligne 2"),
                                HasSubstr("« xx »"), HasSubstr("« XX/XX/2025 »")));
  EXPECT_THAT(refused.fr, Not(HasSubstr("ligne 1")));
  // Nobody can confirm it away, and it is not asked about.
  EXPECT_EQ(freezing.Asked().rule, "CHK-14");
}

TEST(FreezeCheck, NamesEightPlacesAndCountsTheOthers) {
  Freezing freezing;
  std::string body;
  for (int i = 0; i < 10; ++i) body += "Le xx.\n";
  freezing.Revise(CheckedArticle(body));
  const Refusal refused = freezing.Refused(freezing.Request());
  EXPECT_THAT(refused.fr,
              AllOf(HasSubstr("ligne 8"), Not(HasSubstr("ligne 9")), HasSubstr("et 2 autres")));
}

// What no replica takes as a text to sign is refused before it is frozen.
TEST(FreezeCheck, RefusesMoreChangesAndSignatoriesThanARevisionTakes) {
  const auto draft = [](Freezing* freezing) {
    Decision decision;
    v1::ChangesDrafted* drafted = decision.events.emplace_back().mutable_changes_drafted();
    drafted->set_act_id(ActId::FromHex(freezing->play.original(), "act_id")->ToBytes());
    return decision;
  };
  Freezing many;
  const auto remove = [&](std::size_t from, std::size_t to) {
    Decision changes = draft(&many);
    for (std::size_t i = from; i < to; ++i) {
      changes.events.front().mutable_changes_drafted()->add_changes()->set_remove(
          absl::StrCat("r", i));
    }
    many.play.agglo().Write(changes, many.play.Coordinator());
  };
  // The elements of the convention are changes too.
  const auto elements = static_cast<std::size_t>(SampleDraft().elements_size());
  const std::size_t fits = limits::kRevisionChanges - elements;
  remove(0, fits);
  EXPECT_NE(many.Refused(many.Request()).rule, "limit-changes");
  remove(fits, fits + 1);
  const Refusal refused = many.Refused(many.Request());
  EXPECT_EQ(refused.rule, "limit-changes");
  EXPECT_THAT(refused.fr, HasSubstr(absl::StrCat(limits::kRevisionChanges + 1, " changements")));

  Freezing wide;
  Decision party = draft(&wide);
  v1::Element* put = party.events.front().mutable_changes_drafted()->add_changes()->mutable_put();
  put->set_id("party-wide");
  put->mutable_party()->set_partner_id("wide");
  for (std::size_t i = 0; i < limits::kSignatories; ++i) {
    put->mutable_party()->add_signing_offices()->set_id(absl::StrCat("o", i));
  }
  wide.play.agglo().Write(party, wide.play.Coordinator());
  EXPECT_EQ(wide.Refused(wide.Request()).rule, "limit-signatories");
}

// The same text may be frozen again once it was withdrawn.
TEST(FreezeCheck, FreezesAgainWhatWasWithdrawn) {
  Freezing freezing;
  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(freezing.play.original());
  withdraw.set_revision(freezing.play.Freeze(freezing.play.original()));
  withdraw.set_reason("à revoir");
  ASSERT_OK(freezing.play.agglo().Do(withdraw, freezing.play.Coordinator()));
  EXPECT_OK(freezing.play.agglo().Do(freezing.Request(), freezing.play.Coordinator()));
}

TEST(FreezeCheck, LeavesTheAnnexKeptForTheDeliberationOut) {
  Freezing freezing;
  v1::Element annex;
  annex.set_id("annex-6");
  annex.mutable_annex()->set_number("6");
  annex.mutable_annex()->set_title("Délibération n° XX");
  annex.mutable_annex()->set_content(v1::ANNEX_CONTENT_RESERVED);
  freezing.Revise(annex);
  EXPECT_OK(freezing.play.agglo().Do(freezing.Request(), freezing.play.Coordinator()));
}

// What the annex kept for it will hold changes nothing of what is signed (L-10).
TEST(FreezeCheck, KeepsTheDigestOfTheTextWhenTheDeliberationComes) {
  Freezing freezing;
  v1::Element annex;
  annex.set_id("annex-6");
  annex.mutable_annex()->set_number("6");
  annex.mutable_annex()->set_title("Délibération");
  annex.mutable_annex()->set_content(v1::ANNEX_CONTENT_RESERVED);
  freezing.Revise(annex);
  const std::string revision = freezing.play.Freeze(freezing.play.original());
  const auto digest = [&] {
    return ViewConvention(freezing.play.agglo().At("2025-06-30"), "")->text_digest();
  };
  const std::string before = digest();
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = SoundDeliberation("vallon", revision);
  vote.mutable_deliberation()->set_evidence_digest(std::string(32, 'd'));
  ASSERT_OK(freezing.play.agglo().Do(vote, freezing.play.Secretariat("vallon")));

  EXPECT_EQ(digest(), before);
  const v1::StatusView view = ViewStatus(freezing.play.agglo().At("2025-06-30")).value();
  EXPECT_EQ(view.revision().revision(), revision);
  EXPECT_EQ(view.deliberations(), 1u);
}

TEST(DiagnosisFindings, WantTheSharedDiagnosisSpokenOf) {
  Freezing freezing;
  EXPECT_THAT(freezing.FindingText("diagnosis-missing"), HasSubstr("L-01"));
  freezing.Revise(CheckedArticle("Elle s'appuie sur le diagnostic partagé, joint en annexe."));
  EXPECT_EQ(freezing.FindingText("diagnosis-missing"), "");
}

// The text that the template holds for it counts by its kind, and one of another kind by its title.
TEST(DiagnosisFindings, AreLiftedByTheKindOrTheTitleOfAText) {
  v1::Element text;
  text.set_id("portrait");
  text.mutable_text_block()->set_kind(v1::TEXT_BLOCK_KIND_DIAGNOSIS);
  text.mutable_text_block()->set_title("Portrait du territoire");
  text.mutable_text_block()->set_body("Le territoire compte trois communes.");
  Freezing kind;
  kind.Revise(text);
  EXPECT_EQ(kind.FindingText("diagnosis-missing"), "");

  text.mutable_text_block()->set_kind(v1::TEXT_BLOCK_KIND_PREAMBLE);
  Freezing neither;
  neither.Revise(text);
  EXPECT_THAT(neither.FindingText("diagnosis-missing"), HasSubstr("L-01"));

  text.mutable_text_block()->set_title("Diagnostic partagé");
  Freezing title;
  title.Revise(text);
  EXPECT_EQ(title.FindingText("diagnosis-missing"), "");
}

// SIREN, INSEE code, postcodes of the party and of what it supports.
TEST(IdentityFindings, CompareSirenPostcodeAndCommune) {
  const v1::ConventionDraft draft = SampleDraft();
  const auto find = [&draft](absl::string_view id) {
    for (const v1::Element& one : draft.elements()) {
      if (one.id() == id) return one;
    }
    return v1::Element();
  };
  v1::Element party = find("party-vallon");
  party.mutable_party()->set_siren("214502858");
  party.mutable_party()->set_insee("45285");
  party.mutable_party()->set_address("1 rue Haute, 45800 Port");
  v1::Element facility = find("fac-1");
  facility.mutable_facility()->set_supported_by("vallon");
  facility.mutable_facility()->set_address("2 rue Basse, 45100 Port");
  Freezing freezing;
  freezing.Revise(party);
  freezing.Revise(facility);
  EXPECT_EQ(freezing.FindingText("postcode-of-another-department"), "");
  EXPECT_EQ(freezing.FindingText("siren-of-another-commune"), "");

  facility.mutable_facility()->set_address("2 rue Basse, 47100 Port");
  freezing.Revise(facility);
  EXPECT_THAT(freezing.FindingText("postcode-of-another-department"),
              AllOf(HasSubstr("CHK-35"), HasSubstr(facility.facility().name())));
  party.mutable_party()->set_insee("45286");
  freezing.Revise(party);
  EXPECT_THAT(freezing.FindingText("siren-of-another-commune"), HasSubstr("CHK-02"));
}

TEST(ObjectFindings, NameWhatTransmissionLacksInTheTitleOfAnAct) {
  Freezing freezing;
  EXPECT_EQ(freezing.FindingText("object-letters"), "");
  freezing.play.ConcludeOriginal();
  v1::ProposeActRequest propose;
  *propose.mutable_draft()->add_changes() = Put(CheckedArticle("Autre objet."));
  propose.mutable_draft()->set_kind(v1::ACT_KIND_COMMITTEE_DECISION);
  propose.mutable_draft()->set_title("Décision du comité – 12 €");
  ASSERT_OK(freezing.play.agglo().Do(propose, freezing.play.Coordinator()));
  EXPECT_EQ(freezing.FindingText("object-letters"), "");
  propose.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  propose.mutable_draft()->set_title("Avenant n° 1 : mise en œuvre");
  ASSERT_OK(freezing.play.agglo().Do(propose, freezing.play.Coordinator()));
  EXPECT_THAT(freezing.FindingText("object-letters"),
              AllOf(HasSubstr("CHK-32"), HasSubstr("« Avenant n° 1 : mise en œuvre »")));
}

// Replicas take a title that no command would write: the answer does not carry it.
TEST(ObjectFindings, ShortenWhatAPeerWroteAsATitle) {
  Freezing freezing;
  freezing.play.ConcludeOriginal();
  v1::ProposeActRequest propose;
  *propose.mutable_draft()->add_changes() = Put(CheckedArticle("Autre objet."));
  propose.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  propose.mutable_draft()->set_title("Avenant");
  const CommandContext who = freezing.play.Coordinator();
  auto decision = Decide(freezing.play.agglo().state(), propose, who);
  ASSERT_OK(decision);
  std::string title;
  for (int i = 0; i < 64 * 64; ++i) {
    title += {'\xE5', static_cast<char>(0x80 + i / 64), static_cast<char>(0x80 + i % 64)};
  }
  decision->events[0].mutable_act_opened()->set_title(title);
  freezing.play.agglo().Write(*decision, who);

  const std::string found = freezing.FindingText("object-letters");
  EXPECT_THAT(found, AllOf(HasSubstr("… » : l'objet contient"), HasSubstr(" et d'autres :")));
  EXPECT_LT(found.size(), 2000u);
  EXPECT_THAT(freezing.FindingText("object-length"), HasSubstr("dépasse 499 caractères."));
}

TEST(FreezeCheck, RefusesADayOfEffectThatMeansForEver) {
  Freezing freezing;
  v1::FreezeActRequest request = freezing.Request();
  request.set_effective_from("1900-01-01");
  EXPECT_EQ(freezing.Refused(request).rule, "CHK-37");
}

TEST(FreezeCheck, RecordsATextSignedOnPaperWhateverItSays) {
  Freezing freezing;
  freezing.Revise(CheckedArticle("Fait en xx exemplaires, annexe 9."));
  v1::FreezeActRequest request = freezing.Request(false);
  request.mutable_on_paper();
  EXPECT_OK(freezing.play.agglo().Do(request, freezing.play.Coordinator()));
}

TEST(FreezeCheck, AsksToConfirmReferencesThatLeadNowhere) {
  Freezing freezing;
  freezing.Revise(CheckedArticle("Voir les annexes 1 et 4."));
  const Refusal refused = freezing.Asked();
  EXPECT_EQ(refused.rule, "CHK-13");
  EXPECT_THAT(refused.fr, AllOf(HasSubstr("annexe 4"), Not(HasSubstr("annexe 1"))));
  EXPECT_THAT(refused.next_fr, HasSubstr("--yes"));
  EXPECT_OK(freezing.play.agglo().Do(freezing.Request(), freezing.play.Coordinator()));
}

// An annex that is announced and not there is no place to be led to.
TEST(FreezeCheck, FollowsNoReferenceToAnAnnexThatIsMissing) {
  Freezing freezing;
  v1::Element annex;
  annex.set_id("annex-4");
  annex.mutable_annex()->set_number("4");
  annex.mutable_annex()->set_title("Cartes");
  annex.mutable_annex()->set_content(v1::ANNEX_CONTENT_MISSING);
  freezing.Revise(annex);
  freezing.Revise(CheckedArticle("Voir l'annexe 4."));
  EXPECT_EQ(freezing.Asked().rule, "CHK-13");
}

TEST(FreezeCheck, FollowsReferenceElementsToo) {
  Freezing freezing;
  v1::Element reference;
  reference.set_id("ref-1");
  reference.set_parent_id("act-1");
  reference.mutable_reference()->set_text("voir l'action 9");
  freezing.Revise(reference);
  EXPECT_THAT(freezing.Asked().fr, HasSubstr("voir l'action 9"));
  reference.mutable_reference()->set_target_id("axis-1");
  freezing.Revise(reference);
  EXPECT_THAT(freezing.Asked().fr, Not(HasSubstr("CHK-13")));
}

// CHK-13: what an article says of an annex is not said again by the reference under it, and an
// article of a code is in no convention.
TEST(FreezeCheck, TellsALostAnnexOnceAndLeavesArticlesOfCodes) {
  Freezing freezing;
  const v1::Element article = CheckedArticle("Voir les annexes 8 et 9.");
  freezing.Revise(article);
  int number = 0;
  for (const char* text : {"annexe 8", "9", "articles L. 263-1", "L. 223-1"}) {
    v1::Element reference;
    reference.set_id(absl::StrCat("ref-", ++number));
    reference.set_parent_id(article.id());
    reference.mutable_reference()->set_text(text);
    freezing.Revise(reference);
  }
  const Refusal refused = freezing.Asked();
  EXPECT_THAT(refused.fr, AllOf(HasSubstr("annexe 8"), HasSubstr("annexe 9")));
  EXPECT_THAT(refused.fr, Not(HasSubstr("renvoi «")));
}

// L-31: a résiliation amiable that does not say when the convention ends, ends nothing.
TEST(FreezeCheck, RefusesAnAgreedTerminationThatKeepsTheTerm) {
  Freezing freezing;
  freezing.play.ConcludeOriginal();
  const auto terms = [](const char* last) {
    v1::Element out = testing_support::SampleElement("terms");
    out.mutable_terms()->set_end_date(last);
    return out;
  };
  const auto refusal = [&](const v1::Element& element) {
    v1::FreezeActRequest request;
    request.set_act_id(freezing.play.Propose({Put(element)}, v1::ACT_KIND_AGREED_TERMINATION));
    request.set_effective_from("2026-06-30");
    const CommandContext context = freezing.play.Coordinator();
    const absl::Status done = freezing.play.agglo().Do(
        testing_support::Confirmed(freezing.play.agglo().state(), request, context), context);
    return done.ok() ? Refusal() : RefusalOf(done);
  };
  const Refusal silent = refusal(CheckedArticle("Autre chose."));
  EXPECT_EQ(silent.rule, "L-31");
  EXPECT_EQ(silent.field, "terms.end_date");
  EXPECT_THAT(silent.fr, HasSubstr("la résiliation amiable ne met fin à rien : le dernier jour de "
                                   "la convention était le 31 décembre 2029"));
  EXPECT_THAT(silent.next_fr, HasSubstr("greffe act revise"));
  EXPECT_EQ(refusal(terms("2030-12-31")).rule, "L-31");
  EXPECT_EQ(refusal(terms("2026-12-31")).rule, "");
  // An avenant may leave the term alone.
  const std::string avenant = freezing.play.Propose({Put(CheckedArticle("Autre chose encore."))});
  EXPECT_FALSE(freezing.play.Freeze(avenant, "2026-06-30").empty());
}

// L-36: an act that takes effect once the convention is over changes nothing.
TEST(FreezeCheck, RefusesADayOfEffectAfterTheEnd) {
  Freezing freezing;
  freezing.play.ConcludeOriginal();
  const std::string act = freezing.play.Propose({Put(CheckedArticle("Autre chose."))});
  v1::FreezeActRequest request;
  request.set_act_id(act);
  request.set_effective_from("2030-01-01");
  const Refusal refusal = RefusalOf(freezing.play.agglo().Do(request, freezing.play.Coordinator()));
  EXPECT_EQ(refusal.rule, "L-36");
  EXPECT_EQ(refusal.field, "effective_from");
  EXPECT_THAT(refusal.fr, HasSubstr("31 décembre 2029"));
  EXPECT_THAT(refusal.en, HasSubstr("takes effect on 1 January 2030 would have none: the "
                                    "convention ends on 31 December 2029."));
  EXPECT_THAT(refusal.next_en, HasSubstr("no later than 31 December 2029;"));
  request.set_effective_from("2029-12-31");
  const CommandContext context = freezing.play.Coordinator();
  EXPECT_OK(freezing.play.agglo().Do(
      testing_support::Confirmed(freezing.play.agglo().state(), request, context), context));
}

TEST(TermFindings, CompareTheStatedDurationWithTheDates) {
  Freezing freezing;
  freezing.Revise(
      CheckedArticle("Elle est conclue pour une durée de cinq ans.", v1::CLAUSE_ROLE_TERM));
  EXPECT_EQ(freezing.FindingText("stated-duration"), "");
  // By what a clause provides, not by its words (L-27).
  freezing.Revise(CheckedArticle("Elle est conclue pour une durée de trois ans."));
  EXPECT_EQ(freezing.FindingText("stated-duration"), "");
  freezing.Revise(
      CheckedArticle("Elle est conclue pour une durée de trois ans.", v1::CLAUSE_ROLE_TERM));
  EXPECT_THAT(
      freezing.FindingText("stated-duration"),
      AllOf(HasSubstr("L-15"), HasSubstr("« Elle est conclue pour une durée de trois ans. »")));
}

TEST(DeliberationFindings, CountTheDaysOfConvening) {
  Freezing freezing;
  const std::string revision = freezing.play.Freeze(freezing.play.original());
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = SoundDeliberation("vallon", revision);
  vote.mutable_deliberation()->set_convened_on("2025-03-07");
  ASSERT_OK(freezing.play.agglo().Do(vote, freezing.play.Secretariat("vallon")));
  EXPECT_THAT(freezing.FindingText("convened-late"), HasSubstr("CHK-11"));
}

TEST(Deliberation, IsExecutoryByTheMayorsCertificate) {
  Freezing freezing;
  const std::string revision = freezing.play.Freeze(freezing.play.original());
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = SoundDeliberation("vallon", revision);
  vote.mutable_deliberation()->clear_received_on();
  vote.mutable_deliberation()->set_transmitted_on("2025-03-15");
  vote.mutable_deliberation()->set_number("1");
  ASSERT_OK(freezing.play.agglo().Do(vote, freezing.play.Secretariat("vallon")));
  const auto party = [&] {
    const v1::StatusView view = ViewStatus(freezing.play.agglo().At("2025-06-30"), {}).value();
    for (const v1::PartyStanding& one : view.parties()) {
      if (one.partner_id() == "vallon") return one;
    }
    return v1::PartyStanding();
  };
  EXPECT_EQ(party().stage(), v1::AUTHORITY_STAGE_VOTED);
  EXPECT_EQ(party().why(), "transmise le 15 mars 2025, réception en préfecture à prouver");
  EXPECT_THAT(party().next_step(), HasSubstr("certificat"));
  v1::SignActRequest sign;
  sign.set_act_id(freezing.play.original());
  sign.set_revision(revision);
  EXPECT_EQ(
      RefusalOf(freezing.play.agglo().Do(sign, freezing.play.Signatory("vallon", "Maire"))).rule,
      "L-08");

  vote.mutable_deliberation()->set_number("2");
  vote.mutable_deliberation()->set_certified_executory_on("2025-03-20");
  ASSERT_OK(freezing.play.agglo().Do(vote, freezing.play.Secretariat("vallon")));
  EXPECT_EQ(party().executory_on(), "2025-03-20");
  EXPECT_EQ(party().why(), "certifiée exécutoire le 20 mars 2025");
  EXPECT_OK(freezing.play.agglo().Do(sign, freezing.play.Signatory("vallon", "Maire")));
}

TEST(Deliberation, OfAConveningInTheFutureIsRefused) {
  Freezing freezing;
  const std::string revision = freezing.play.Freeze(freezing.play.original());
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = SoundDeliberation("vallon", revision);
  vote.mutable_deliberation()->set_convened_on("2031-01-01");
  EXPECT_EQ(RefusalOf(freezing.play.agglo().Do(vote, freezing.play.Secretariat("vallon"))).rule,
            "future-date");
}

}  // namespace
}  // namespace greffe
