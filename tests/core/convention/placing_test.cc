#include "core/convention/text/placing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/queries.h"
#include "tests/support/sample_play.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing_support::Put;
using testing_support::SampleElement;
using testing_support::SamplePlay;

// Elements below one parent, named by what they are: « a6 », article 6; « t », a text block.
class Page {
 public:
  void Stands(const std::string& name, const std::string& position) {
    v1::Element& one = Make(name);
    one.set_position(position);
    text_.Put(one, "");
  }
  // Names in reading order once these were added.
  std::vector<std::string> Add(const std::vector<std::string>& names) {
    std::map<std::string, std::vector<v1::Element*>> added;
    for (const std::string& name : names) added[""].push_back(&Make(name));
    PlaceAdded(text_, added);
    std::vector<const v1::Element*> all;
    for (const v1::Element& one : elements_) all.push_back(&one);
    std::sort(all.begin(), all.end(), [](const v1::Element* a, const v1::Element* b) {
      return std::tuple(a->position(), a->id()) < std::tuple(b->position(), b->id());
    });
    std::vector<std::string> out;
    for (const v1::Element* one : all) out.push_back(one->id());
    return out;
  }
  std::size_t LongestKey() const {
    std::size_t out = 0;
    for (const v1::Element& one : elements_) out = std::max(out, one.position().size());
    return out;
  }

 private:
  v1::Element& Make(const std::string& name) {
    v1::Element& one = elements_.emplace_back();
    one.set_id(name);
    switch (name[0]) {
      case 'a':
        one.mutable_article()->set_number(name.substr(1));
        break;
      case 'x':
        one.mutable_annex()->set_number(name.substr(1));
        break;
      default:
        one.mutable_text_block()->set_title(name);
    }
    return one;
  }

  // Does not move what it holds.
  std::deque<v1::Element> elements_;
  TextInMaking text_;
};

Page Convention() {
  Page page;
  page.Stands("t preamble", "2");
  page.Stands("a1er", "4");
  page.Stands("a6", "6");
  page.Stands("a9", "8");
  page.Stands("xI", "A");
  page.Stands("xIX", "C");
  page.Stands("t signatures", "E");
  return page;
}

TEST(Placing, PutsANumberedElementAfterTheNumberBeforeIt) {
  Page page = Convention();

  EXPECT_THAT(page.Add({"a10", "a6 ter", "a6 bis", "xIV", "a2"}),
              ElementsAre("t preamble", "a1er", "a2", "a6", "a6 bis", "a6 ter", "a9", "a10", "xI",
                          "xIV", "xIX", "t signatures"));
}

TEST(Placing, PutsWhatHasNoNumberAfterTheLastOfItsKindInTheOrderOfTheFile) {
  Page page = Convention();
  page.Stands("t after", "G");

  EXPECT_THAT(page.Add({"tz", "ta"}), ElementsAre("t preamble", "a1er", "a6", "a9", "xI", "xIX",
                                                  "t signatures", "t after", "tz", "ta"));
}

TEST(Placing, PutsTheFirstOfAKindLastAndALowerNumberFirst) {
  Page page;
  page.Stands("t", "4");
  page.Stands("a5", "6");

  EXPECT_THAT(page.Add({"xB", "xA", "a4"}), ElementsAre("t", "a4", "a5", "xB", "xA"));
}

TEST(Placing, OrdersSuffixesAsTheyCountAndNotByTheirLetters) {
  Page page = Convention();
  page.Stands("a1er bis", "5");

  EXPECT_THAT(page.Add({"a6 ter", "a6 quater", "a6 bis", "a1er quater", "a1er ter"}),
              ElementsAre("t preamble", "a1er", "a1er bis", "a1er ter", "a1er quater", "a6",
                          "a6 bis", "a6 ter", "a6 quater", "a9", "xI", "xIX", "t signatures"));
}

TEST(Placing, ReadsRomanNumbers) {
  Page page;
  page.Stands("xV", "4");
  page.Stands("xIX", "6");
  page.Stands("xXL", "8");

  EXPECT_THAT(page.Add({"xCX", "xXC", "xX", "xXLI", "xVI", "xIV", "xLX", "xXXIX", "xII"}),
              ElementsAre("xII", "xIV", "xV", "xVI", "xIX", "xX", "xXXIX", "xXL", "xXLI", "xLX",
                          "xXC", "xCX"));
}

TEST(Placing, ReadsLettersInTheirOrder) {
  Page page;
  page.Stands("xA", "4");
  page.Stands("xB", "6");
  page.Stands("xM", "8");

  EXPECT_THAT(page.Add({"xL", "xD", "xC"}), ElementsAre("xA", "xB", "xC", "xD", "xL", "xM"));

  Page articles = Convention();
  EXPECT_THAT(articles.Add({"a6 I", "a6 A", "a1 bis"}),
              ElementsAre("t preamble", "a1er", "a1 bis", "a6", "a6 A", "a6 I", "a9", "xI", "xIX",
                          "t signatures"));
}

TEST(Placing, PutsANumberedElementAfterTheLastOfItsKindWhenNoneHasANumber) {
  Page page;
  page.Stands("a", "4");
  page.Stands("a-", "6");
  page.Stands("t", "8");

  EXPECT_THAT(page.Add({"a5"}), ElementsAre("a", "a-", "a5", "t"));
}

TEST(Placing, PutsWhatHasSiblingsOfItsKindBeforeWhatHasNone) {
  Page page;
  page.Stands("a1", "4");

  EXPECT_THAT(page.Add({"xA", "a2"}), ElementsAre("a1", "a2", "xA"));
}

TEST(Placing, ComesAfterSiblingsOfOnePosition) {
  Page page;
  page.Stands("a1", "4");
  page.Stands("a2", "4");
  page.Stands("a3", "6");

  EXPECT_THAT(page.Add({"a1 bis"}), ElementsAre("a1", "a2", "a1 bis", "a3"));
}

TEST(Placing, LooksForTheGreatestNumberWhereverItStands) {
  Page mixed;
  mixed.Stands("a8", "4");
  mixed.Stands("a9", "5");
  mixed.Stands("a6", "6");
  EXPECT_THAT(mixed.Add({"a7"}), ElementsAre("a8", "a9", "a6", "a7"));

  Page half;
  half.Stands("a5", "4");
  half.Stands("a-", "6");
  EXPECT_THAT(half.Add({"a3"}), ElementsAre("a3", "a5", "a-"));
}

TEST(Placing, KeepsTheOrderOfTheFileWhereNotAllHaveANumber) {
  Page page;
  page.Stands("a1", "4");
  EXPECT_THAT(page.Add({"a3", "a", "a2"}), ElementsAre("a1", "a3", "a", "a2"));
}

TEST(Placing, KeepsKindsTogether) {
  Page empty;
  EXPECT_THAT(empty.Add({"xB", "t", "xA"}), ElementsAre("xB", "xA", "t"));

  Page page;
  page.Stands("a1", "4");
  page.Stands("xI", "6");
  EXPECT_THAT(page.Add({"xIII", "t", "xII"}), ElementsAre("a1", "xI", "xII", "xIII", "t"));
  Page ends;
  ends.Stands("a1", "4");
  EXPECT_THAT(ends.Add({"a3", "a2", "x2"}), ElementsAre("a1", "a2", "a3", "x2"));
}

TEST(Placing, GivesOneElementAKeyNoLongerThanItNeeds) {
  Page page;
  page.Stands("a1", "4");
  page.Stands("a2", "6");
  page.Add({"a1 bis"});
  EXPECT_EQ(page.LongestKey(), 1u);
}

TEST(Placing, KeepsKeysShortHoweverManyComeAtOnce) {
  Page page = Convention();
  std::vector<std::string> many;
  for (int i = 0; i < 3000; ++i) many.push_back(absl::StrCat("a6-", i));

  page.Add(many);

  EXPECT_LE(page.LongestKey(), 4u);
}

TEST(Placing, GoesToTheEndWhereThereIsNoRoom) {
  Page page;
  page.Stands("a1", "4");
  page.Stands("a2", absl::StrCat("4", std::string(63, '0')));
  page.Stands("a3", "5");

  EXPECT_THAT(page.Add({"a1 bis"}), ElementsAre("a1", "a2", "a3", "a1 bis"));
}

TEST(Placing, GivesNoPositionWhereTheEndHasNoRoomEither) {
  Page page;
  page.Stands("a0", "01");
  page.Stands("a1", "4");
  page.Stands("a2", absl::StrCat("4", std::string(63, '0')));
  page.Stands("a3", std::string(64, 'z'));

  EXPECT_THAT(page.Add({"a1 bis", "a1 ter"}),
              ElementsAre("a1 bis", "a1 ter", "a0", "a1", "a2", "a3"));
}

// The wording of the avenant says where the element stands in the text that follows from it.
TEST(Placing, StandsWhereTheAvenantSaysThatItIsInserted) {
  SamplePlay play;
  play.ConcludeOriginal();
  v1::Element article = SampleElement("art-1");
  article.set_id("art-1-bis");
  article.clear_position();
  article.mutable_article()->set_number("1 bis");
  article.mutable_article()->set_body("Une réserve est constituée.");
  v1::Element last = SampleElement("art-1");
  last.set_id("art-last");
  last.set_position("zz");
  last.mutable_article()->set_number("99");
  const std::string act = play.Propose({Put(article), Put(last)});

  const v1::InstrumentView view = ViewInstrument(play.agglo().At("2026-06-30"), act).value();
  ASSERT_EQ(view.operations_size(), 2);
  EXPECT_TRUE(view.proved());
  EXPECT_THAT(view.operations(0).wording(),
              HasSubstr("Après l'article 1er, il est inséré un article 1 bis"));
  // Placed by hand, beyond the committee.
  EXPECT_THAT(view.operations(1).wording(),
              HasSubstr("Après l'instance « Comité de pilotage », il est inséré un article 99"));

  play.Conclude(act, play.Freeze(act, "2026-01-01"));
  const v1::ConventionView text = ViewConvention(play.agglo().At("2026-06-30"), "").value();
  for (int i = 1; i < text.elements_size(); ++i) {
    if (text.elements(i).element().id() == "art-1-bis") {
      EXPECT_EQ(text.elements(i - 1).element().id(), "art-1");
      return;
    }
  }
  ADD_FAILURE() << "the article is not in the text";
}

TEST(Placing, ReadsTheFirstArticleAsNumberOne) {
  Page page;
  page.Stands("a1er", "4");
  page.Stands("a2", "6");

  EXPECT_THAT(page.Add({"a1 bis"}), ElementsAre("a1er", "a1 bis", "a2"));
}

TEST(Placing, NumbersWhatComesNext) {
  EXPECT_EQ(NumberAfter("6"), "6 bis");
  EXPECT_EQ(NumberAfter("6 bis"), "6 ter");
  EXPECT_EQ(NumberAfter("6 Nonies"), "6 decies");
  EXPECT_EQ(NumberAfter("6 decies"), "6 decies bis");
  EXPECT_EQ(NumberAfter("1er"), "1 bis");
  EXPECT_EQ(NumberAfter("2 A"), "2 A bis");
}

}  // namespace
}  // namespace greffe
