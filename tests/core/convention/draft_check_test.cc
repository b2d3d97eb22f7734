#include "core/convention/checks/draft_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "core/base/limits.h"
#include "core/convention/decide.h"
#include "core/convention/text/check_tree.h"
#include "google/protobuf/util/json_util.h"
#include "tests/core/convention/draft_lines.h"
#include "tests/support/sample_play.h"

namespace greffe {
namespace {

using testing_support::Facility;
using testing_support::Lines;
using testing_support::Named;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleDraft;
using testing_support::SamplePlay;
using testing_support::With;

TEST(CheckDraft, AcceptsASoundDraft) { EXPECT_EQ(Lines(SampleDraft()), ""); }

TEST(CheckDraft, NamesFieldAndRuleOfADayThatTheCalendarDoesNotHave) {
  const std::string lines = With([](v1::ConventionDraft& draft) {
    draft.mutable_elements(0)->mutable_terms()->set_start_date("2022-02-30");
  });

  EXPECT_TRUE(absl::StrContains(lines, "elements[0].terms.start_date")) << lines;
  EXPECT_TRUE(absl::StrContains(lines, "2022-02-30")) << lines;
  EXPECT_TRUE(absl::StrContains(lines, "calendrier")) << lines;
}

// A draft whose first element was read from one place of one document.
std::string WithSource(const std::string& digest, std::uint32_t first, std::uint32_t last,
                       std::uint32_t confidence) {
  return With([&](v1::ConventionDraft& draft) {
    v1::SourceDocument& document = *draft.add_documents();
    document.set_name("convention.pdf");
    document.set_sha256(digest);
    v1::SourcePlace& place = *draft.mutable_elements(0)->add_sources();
    place.set_document_sha256(digest);
    place.set_first_line(first);
    place.set_last_line(last);
    place.set_confidence(confidence);
  });
}

TEST(CheckDraft, ChecksThePlacesWhereElementsWereRead) {
  const std::string digest(64, 'a');

  EXPECT_EQ(WithSource(digest, 1, 1, 100), "");
  EXPECT_TRUE(absl::StrContains(WithSource(digest, 2, 1, 100), "sources[0].last_line"));
  EXPECT_TRUE(absl::StrContains(WithSource(digest, 0, 1, 100), "sources[0].last_line"));
  EXPECT_TRUE(absl::StrContains(WithSource(digest, 1, 1, 101), "sources[0].confidence"));
  const std::string capital = WithSource(std::string(64, 'A'), 1, 1, 100);
  EXPECT_TRUE(absl::StrContains(capital, "documents[0].sha256")) << capital;
  EXPECT_TRUE(absl::StrContains(capital, "elements[0].sources[0].document_sha256")) << capital;
}

TEST(CheckDraft, RefusesATermThatEndsBeforeItStarts) {
  const std::string same = With([](v1::ConventionDraft& draft) {
    Named(draft, "terms").mutable_terms()->set_end_date("2025-01-01");
  });
  const std::string before = With([](v1::ConventionDraft& draft) {
    Named(draft, "terms").mutable_terms()->set_end_date("2024-12-31");
  });

  EXPECT_EQ(same, "");
  EXPECT_TRUE(absl::StrContains(before, "elements[0].terms.end_date")) << before;
}

TEST(CheckDraft, RefusesParentsThatDoNotExistAndCircles) {
  const std::string orphan =
      With([](v1::ConventionDraft& draft) { Named(draft, "fac-1").set_parent_id("nowhere"); });
  const std::string circle =
      With([](v1::ConventionDraft& draft) { Named(draft, "axis-1").set_parent_id("ind-1"); });
  const std::string itself =
      With([](v1::ConventionDraft& draft) { Named(draft, "axis-1").set_parent_id("axis-1"); });

  EXPECT_TRUE(absl::StrContains(orphan, "elements[6].parent_id")) << orphan;
  EXPECT_TRUE(absl::StrContains(circle, "contenu dans lui-même")) << circle;
  EXPECT_TRUE(absl::StrContains(itself, "contenu dans lui-même")) << itself;
}

TEST(CheckDraft, RefusesIdsOfficesAndPartnersUsedTwice) {
  const std::string id =
      With([](v1::ConventionDraft& draft) { Named(draft, "fac-1").set_id("art-1"); });
  const std::string office = With([](v1::ConventionDraft& draft) {
    Named(draft, "party-vallon").mutable_party()->mutable_signing_offices(0)->set_id("caf-dir");
  });
  const std::string partner = With([](v1::ConventionDraft& draft) {
    Named(draft, "party-caf").mutable_party()->set_partner_id("agglo");
  });

  EXPECT_TRUE(absl::StrContains(id, "« art-1 » sert déjà")) << id;
  EXPECT_TRUE(absl::StrContains(office, "« caf-dir » sert déjà")) << office;
  EXPECT_TRUE(absl::StrContains(partner, "« agglo » est déjà partie")) << partner;
}

TEST(CheckDraft, WantsExactlyOneTermsAndSomebodyWhoSigns) {
  const std::string none =
      With([](v1::ConventionDraft& draft) { draft.mutable_elements()->DeleteSubrange(0, 1); });
  const std::string two = With([](v1::ConventionDraft& draft) {
    *draft.add_elements() = draft.elements(0);
    draft.mutable_elements(draft.elements_size() - 1)->set_id("terms-2");
  });
  const std::string nobody = With([](v1::ConventionDraft& draft) {
    for (v1::Element& element : *draft.mutable_elements()) {
      if (element.has_party()) element.mutable_party()->clear_signing_offices();
    }
  });

  EXPECT_TRUE(absl::StrContains(none, "il y en a 0")) << none;
  EXPECT_TRUE(absl::StrContains(two, "il y en a 2")) << two;
  EXPECT_TRUE(absl::StrContains(nobody, "L-02")) << nobody;
}

TEST(CheckDraft, RefusesASupportingPartnerThatIsNoParty) {
  const std::string lines = With([](v1::ConventionDraft& draft) {
    Named(draft, "fac-1").mutable_facility()->set_supported_by("elsewhere");
  });

  EXPECT_TRUE(absl::StrContains(lines, "elements[6].facility.supported_by")) << lines;
}

TEST(CheckDraft, RefusesUnsaidAndUnknownEnumValues) {
  const std::string unsaid = With(
      [](v1::ConventionDraft& draft) { Named(draft, "party-caf").mutable_party()->clear_kind(); });
  const std::string unknown = With([](v1::ConventionDraft& draft) {
    Named(draft, "party-caf").mutable_party()->set_kind(static_cast<v1::PartnerKind>(99));
  });
  const std::string open = With([](v1::ConventionDraft& draft) {
    Named(draft, "ind-1").mutable_indicator()->clear_kind();
    Named(draft, "art-1").mutable_article()->clear_role();
  });

  EXPECT_TRUE(absl::StrContains(unsaid, "PARTNER_KIND_CAF")) << unsaid;
  EXPECT_TRUE(absl::StrContains(unknown, "99")) << unknown;
  EXPECT_EQ(open, "");
}

TEST(CheckDraft, RefusesUnknownFieldsInsideElements) {
  const std::string lines = With([](v1::ConventionDraft& draft) {
    v1::Article* article = Named(draft, "art-1").mutable_article();
    article->GetReflection()->MutableUnknownFields(article)->AddVarint(999, 1);
  });

  EXPECT_TRUE(absl::StrContains(lines, "champ inconnu")) << lines;
}

TEST(CheckDraft, RefusesControlCharactersAndBrokenUtf8) {
  const std::string bell = With([](v1::ConventionDraft& draft) {
    Named(draft, "art-1").mutable_article()->set_body("a\x07");
  });
  const std::string broken = With([](v1::ConventionDraft& draft) {
    Named(draft, "art-1").mutable_article()->set_body("a\xC3(");
  });
  const std::string two_lines = With([](v1::ConventionDraft& draft) {
    Named(draft, "art-1").mutable_article()->set_title("a\nb");
  });

  EXPECT_TRUE(absl::StrContains(bell, "contrôle")) << bell;
  EXPECT_TRUE(absl::StrContains(broken, "UTF-8")) << broken;
  EXPECT_TRUE(absl::StrContains(two_lines, "une ligne")) << two_lines;
}

TEST(CheckDraft, ListsAllProblems) {
  const auto problems = CheckDraft([] {
    v1::ConventionDraft draft = SampleDraft();
    draft.mutable_elements(0)->mutable_terms()->set_title("");
    Named(draft, "fac-1").mutable_facility()->set_supported_by("elsewhere");
    Named(draft, "body-1").mutable_body()->clear_kind();
    return draft;
  }());

  EXPECT_EQ(problems.size(), 3u) << Lines(problems);
}

TEST(CheckDraft, ListsAllProblemsOfARevision) {
  SamplePlay play;
  v1::ReviseActRequest request;
  request.set_act_id(play.original());
  *request.add_changes() = Put(Facility("fac-1", "annex-1", "", "vallon"));
  *request.add_changes() = Remove("unknown");

  const std::string lines = Lines(CheckDraft(play.agglo().state(), request));

  EXPECT_TRUE(absl::StrContains(lines, "changes[0].put.facility.name")) << lines;
  EXPECT_TRUE(absl::StrContains(lines, "changes[1].remove")) << lines;
}

TEST(CheckDraft, AcceptsTheExamples) {
  for (const char* path : {"examples/agen/convention.json", "examples/rodez/convention.json"}) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    v1::ConventionDraft draft;
    const auto parsed = google::protobuf::util::JsonStringToMessage(text.str(), &draft);
    ASSERT_TRUE(parsed.ok()) << path << ": " << parsed.ToString();

    EXPECT_EQ(Lines(draft), "") << path;
  }
}

TEST(NormaliseDraft, PutsTextsInNfcWithLfAndGivesPositionsInFileOrder) {
  v1::ConventionDraft draft = SampleDraft();
  Named(draft, "art-1").mutable_article()->set_body("e\u0301te\u0301\r\nfin\r");

  NormaliseDraft(&draft);

  EXPECT_EQ(Named(draft, "art-1").article().body(), "été\nfin\n");
  std::string last;
  for (const v1::Element& element : draft.elements()) {
    if (!element.parent_id().empty()) continue;
    EXPECT_LT(last, element.position()) << element.id();
    last = element.position();
  }
}

TEST(NormaliseDraft, PutsAnUnplacedSiblingAfterTheOneBeforeIt) {
  v1::ConventionDraft draft = SampleDraft();
  for (v1::Element& element : *draft.mutable_elements()) {
    if (element.parent_id().empty()) element.set_position(element.id() == "body-1" ? "Z" : "M");
  }
  Named(draft, "art-1").set_position("A");
  Named(draft, "annex-1").set_position("");

  NormaliseDraft(&draft);

  EXPECT_GT(Named(draft, "annex-1").position(), "A");
  EXPECT_LT(Named(draft, "annex-1").position(), "M");
}

TEST(CheckDraft, ChecksAnAvenantAgainstTheText) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::ActDraft draft;
  draft.set_kind(v1::ACT_KIND_AVENANT);
  draft.set_title("Avenant");
  *draft.add_changes() = Put(Facility("fac-2", "annex-1", "Relais", "nobody"));
  *draft.add_changes() = Put(Facility("fac-3", "nowhere", "Relais", "vallon"));
  *draft.add_changes() = Remove("unknown");
  *draft.add_changes() = Put(Facility("art-1", "", "Autre type", "vallon"));

  const std::string lines = Lines(CheckDraft(play.agglo().state(), draft));

  EXPECT_TRUE(absl::StrContains(lines, "changes[0].put.facility.supported_by")) << lines;
  EXPECT_TRUE(absl::StrContains(lines, "changes[1].put.parent_id")) << lines;
  EXPECT_TRUE(absl::StrContains(lines, "changes[2].remove")) << lines;
  EXPECT_TRUE(absl::StrContains(lines, "changes[3].put: « art-1 »")) << lines;
}

TEST(CheckDraft, SaysThatAnAvenantChangesNothing) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::ActDraft draft;
  draft.set_kind(v1::ACT_KIND_AVENANT);
  draft.set_title("Avenant");
  v1::Element article = testing_support::SampleElement("art-1");
  article.clear_position();
  *draft.add_changes() = Put(article);
  EXPECT_TRUE(absl::StrContains(Lines(CheckDraft(play.agglo().state(), draft)),
                                "changes: cet acte ne change rien"));

  *draft.add_changes() = Remove("axis-1");
  EXPECT_EQ(Lines(CheckDraft(play.agglo().state(), draft)), "");
}

TEST(CheckDraft, RefusesToDropWhatTheActDoesNotChange) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::ReviseActRequest request;
  request.set_act_id(play.Propose({Remove("axis-1")}));
  v1::Change& change = *request.add_changes();
  change.set_remove("art-1");
  change.set_drop(true);
  EXPECT_TRUE(absl::StrContains(Lines(CheckDraft(play.agglo().state(), request)),
                                "changes[0].remove: l'acte ne change pas"));

  change.set_remove("axis-1");
  EXPECT_EQ(Lines(CheckDraft(play.agglo().state(), request)), "");
}

TEST(CheckDraft, BoundsTheChangesOfAnAvenant) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::ActDraft draft;
  draft.set_kind(v1::ACT_KIND_AVENANT);
  draft.set_title("Avenant");
  for (std::size_t i = 0; i <= limits::kElements; ++i) {
    *draft.add_changes() = Remove(absl::StrCat("r", i));
  }
  const auto problems = CheckDraft(play.agglo().state(), draft);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems.front().rule(), "limit-elements");
}

TEST(CheckDraft, AcceptsASoundAvenant) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::ActDraft draft;
  draft.set_kind(v1::ACT_KIND_AVENANT);
  draft.set_title("Avenant");
  *draft.add_changes() = Put(Facility("fac-2", "annex-1", "Relais", "vallon"));
  *draft.add_changes() = Remove("axis-1");

  EXPECT_EQ(Lines(CheckDraft(play.agglo().state(), draft)), "");
}

}  // namespace
}  // namespace greffe
