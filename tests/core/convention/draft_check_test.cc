#include "core/convention/draft_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/check_tree.h"
#include "core/convention/decide.h"
#include "google/protobuf/util/json_util.h"
#include "tests/support/sample_play.h"

namespace greffe {
namespace {

using testing_support::Facility;
using testing_support::Put;
using testing_support::Remove;
using testing_support::SampleDraft;
using testing_support::SamplePlay;

// Problems as "field: text" lines.
std::string Lines(const std::vector<v1::DraftProblem>& problems) {
  std::string out;
  for (const v1::DraftProblem& one : problems) {
    absl::StrAppend(&out, one.field(), ": ", one.text(), "\n");
  }
  return out;
}

std::string Lines(const v1::ConventionDraft& draft) { return Lines(CheckDraft(draft)); }

v1::Element& Named(v1::ConventionDraft& draft, const std::string& id) {
  for (v1::Element& element : *draft.mutable_elements()) {
    if (element.id() == id) return element;
  }
  ADD_FAILURE() << id;
  return *draft.mutable_elements(0);
}

// A draft with one thing changed, and what CheckDraft says of it.
template <typename Change>
std::string With(Change change) {
  v1::ConventionDraft draft = SampleDraft();
  change(draft);
  return Lines(draft);
}

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

TEST(CheckDraft, TakesSourcesAndDocumentsUpToTheirLimits) {
  const auto with = [](std::size_t sources, std::size_t documents) {
    return With([&](v1::ConventionDraft& draft) {
      while (static_cast<std::size_t>(draft.documents_size()) < documents) {
        draft.add_documents()->set_name("a.txt");
        draft.mutable_documents()->rbegin()->set_sha256(std::string(64, '0'));
      }
      for (std::size_t i = 0; i < sources; ++i) {
        v1::SourcePlace& place = *draft.mutable_elements(0)->add_sources();
        place.set_document_sha256(std::string(64, '0'));
        place.set_first_line(1);
        place.set_last_line(1);
      }
    });
  };

  EXPECT_EQ(with(limits::kSources, limits::kDocuments), "");
  EXPECT_TRUE(absl::StrContains(with(limits::kSources + 1, 1), "201 sources"));
  EXPECT_TRUE(absl::StrContains(with(1, limits::kDocuments + 1), "101 documents"));
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

TEST(CheckDraft, CountsTitlesInCharactersUpToTheLimit) {
  const auto with_title = [](std::size_t characters) {
    return With([&](v1::ConventionDraft& draft) {
      std::string title;
      for (std::size_t i = 0; i < characters; ++i) title += "é";
      Named(draft, "act-1").mutable_action()->set_title(title);
    });
  };

  EXPECT_EQ(with_title(limits::kTitleCharacters), "");
  EXPECT_TRUE(absl::StrContains(with_title(limits::kTitleCharacters + 1), "501 caractères"));
}

TEST(CheckDraft, CountsTitlesAfterNormalising) {
  // e and a combining accent: two code points before, one after.
  const std::string lines = With([](v1::ConventionDraft& draft) {
    std::string title;
    for (std::size_t i = 0; i < limits::kTitleCharacters; ++i) title += "e\u0301";
    Named(draft, "act-1").mutable_action()->set_title(title);
  });

  EXPECT_EQ(lines, "");
}

TEST(CheckDraft, BoundsTextsInBytes) {
  const auto with_body = [](std::size_t bytes) {
    return With([&](v1::ConventionDraft& draft) {
      Named(draft, "art-1").mutable_article()->set_body(std::string(bytes, 'a'));
    });
  };

  EXPECT_EQ(with_body(limits::kTextBytes), "");
  EXPECT_TRUE(absl::StrContains(with_body(limits::kTextBytes + 1), "65537 octets"));
  EXPECT_TRUE(absl::StrContains(with_body(limits::kTextBytes + 1), ".article.body"));
}

TEST(CheckDraft, BoundsARubricInAll) {
  const auto with_items = [](std::size_t last) {
    return With([&](v1::ConventionDraft& draft) {
      v1::Element* element = draft.add_elements();
      element->set_id("rub-1");
      element->set_parent_id("act-1");
      element->mutable_rubric()->set_kind(v1::RUBRIC_KIND_CONTENT);
      element->mutable_rubric()->set_state(v1::FILLED_STATE_FILLED);
      element->mutable_rubric()->add_items()->set_text(std::string(limits::kTextBytes / 2, 'a'));
      element->mutable_rubric()->add_items()->set_text(std::string(last, 'b'));
    });
  };

  EXPECT_EQ(with_items(limits::kTextBytes / 2), "");
  EXPECT_TRUE(absl::StrContains(with_items(limits::kTextBytes / 2 + 1), ".rubric.items"));
}

TEST(CheckDraft, BoundsOneElementToWhatAnEventHolds) {
  const auto with_element = [](std::size_t surplus) {
    return With([&](v1::ConventionDraft& draft) {
      v1::Element& element = Named(draft, "body-1");
      NormaliseDraft(&draft);
      v1::Body* body = element.mutable_body();
      body->add_functions(std::string(60000, 'a'));
      body->add_functions("");
      // Every length from here on takes three bytes of prefix.
      body->set_functions(1, std::string(20000, 'b'));
      const std::size_t rest = kElementBytes - element.ByteSizeLong();
      body->set_functions(1, std::string(20000 + rest + surplus, 'b'));
      // The outer length prefix may have grown: settle on the exact size.
      while (element.ByteSizeLong() > kElementBytes + surplus) {
        body->mutable_functions(1)->pop_back();
      }
      EXPECT_EQ(element.ByteSizeLong(), kElementBytes + surplus);
    });
  };

  EXPECT_EQ(with_element(0), "");
  EXPECT_TRUE(absl::StrContains(with_element(1), "élément trop grand"));
}

TEST(CheckDraft, BoundsRemarksAndOffices) {
  const auto remark = [](std::size_t n) {
    return With([&](v1::ConventionDraft& draft) { draft.set_remark(std::string(n, 'r')); });
  };
  const auto office = [](std::size_t n) {
    return With([&](v1::ConventionDraft& draft) {
      Named(draft, "party-vallon")
          .mutable_party()
          ->mutable_signing_offices(0)
          ->set_office(std::string(n, 'o'));
    });
  };

  EXPECT_EQ(remark(limits::kRemarkCharacters), "");
  EXPECT_TRUE(absl::StrContains(remark(limits::kRemarkCharacters + 1), "remark"));
  EXPECT_EQ(office(limits::kOfficeCharacters), "");
  EXPECT_TRUE(
      absl::StrContains(office(limits::kOfficeCharacters + 1), "signing_offices[0].office"));
}

TEST(CheckDraft, BoundsIdsAndTheirForm) {
  const auto with_id = [](const std::string& id) {
    return With([&](v1::ConventionDraft& draft) { Named(draft, "fac-1").set_id(id); });
  };

  EXPECT_EQ(with_id(std::string(limits::kIdCharacters, 'a')), "");
  EXPECT_NE(with_id(std::string(limits::kIdCharacters + 1, 'a')), "");
  EXPECT_NE(with_id(""), "");
  EXPECT_NE(with_id("Fac-1"), "");
  EXPECT_NE(with_id("-fac"), "");
  EXPECT_NE(with_id("fac_1"), "");
}

TEST(CheckDraft, BoundsTheNumberOfElements) {
  const auto with_elements = [](std::size_t count) {
    return With([&](v1::ConventionDraft& draft) {
      for (std::size_t i = static_cast<std::size_t>(draft.elements_size()); i < count; ++i) {
        *draft.add_elements() = Facility(absl::StrCat("f-", i), "annex-1", "Nom", "vallon");
      }
    });
  };

  EXPECT_EQ(with_elements(limits::kElements), "");
  EXPECT_TRUE(absl::StrContains(with_elements(limits::kElements + 1), "5001 éléments"));
}

TEST(CheckDraft, BoundsTheNumberOfParties) {
  const auto with_parties = [](std::size_t count) {
    return With([&](v1::ConventionDraft& draft) {
      for (std::size_t i = 3; i < count; ++i) {
        v1::Element* element = draft.add_elements();
        element->set_id(absl::StrCat("p-", i));
        element->mutable_party()->set_partner_id(absl::StrCat("partner-", i));
        element->mutable_party()->set_name("Partie");
        element->mutable_party()->set_kind(v1::PARTNER_KIND_COMMUNE);
      }
    });
  };

  EXPECT_EQ(with_parties(limits::kParties), "");
  EXPECT_TRUE(absl::StrContains(with_parties(limits::kParties + 1), "201 parties"));
}

TEST(CheckDraft, BoundsTheBytesOfAnAct) {
  const auto with_bytes = [](std::size_t target) {
    return With([&](v1::ConventionDraft& draft) {
      for (int i = 0; i < 70; ++i) {
        v1::Element* element = draft.add_elements();
        element->set_id(absl::StrCat("big-", i));
        element->mutable_article()->set_title("t");
        element->mutable_article()->set_body(std::string(20000, 'x'));
      }
      NormaliseDraft(&draft);
      const auto total = [&] {
        std::size_t bytes = 0;
        for (const v1::Element& one : draft.elements()) bytes += one.ByteSizeLong();
        return bytes;
      };
      for (int i = 0; i < 70 && total() < target; ++i) {
        v1::Article* article = Named(draft, absl::StrCat("big-", i)).mutable_article();
        const std::size_t rest = std::min<std::size_t>(target - total(), 45000);
        article->mutable_body()->append(rest, 'y');
      }
      for (int i = 69; total() > target; --i) {
        v1::Article* article = Named(draft, absl::StrCat("big-", i)).mutable_article();
        article->mutable_body()->resize(article->body().size() - (total() - target));
      }
      EXPECT_EQ(total(), target);
    });
  };

  EXPECT_EQ(with_bytes(limits::kActBytes), "");
  EXPECT_TRUE(absl::StrContains(with_bytes(limits::kActBytes + 1), "acte trop grand"));
}

TEST(CheckDraft, BoundsTheDepthOfTheTree) {
  const auto with_levels = [](std::size_t levels) {
    return With([&](v1::ConventionDraft& draft) {
      for (std::size_t i = 0; i < levels; ++i) {
        v1::Element* element = draft.add_elements();
        element->set_id(absl::StrCat("level-", i));
        if (i > 0) element->set_parent_id(absl::StrCat("level-", i - 1));
        element->mutable_objective()->set_title("Objectif");
      }
    });
  };

  EXPECT_EQ(with_levels(limits::kTreeDepth), "");
  EXPECT_TRUE(absl::StrContains(with_levels(limits::kTreeDepth + 1), "16 niveaux"));
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
