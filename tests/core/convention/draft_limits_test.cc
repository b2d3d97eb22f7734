// What drafts may hold at most.

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/text/check_tree.h"
#include "tests/core/convention/draft_lines.h"

namespace greffe {
namespace {

using testing_support::Facility;
using testing_support::Named;
using testing_support::With;

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

}  // namespace
}  // namespace greffe
