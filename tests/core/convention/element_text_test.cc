#include "core/convention/elements/element_text.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/diff.h"
#include "core/convention/text/consolidate.h"
#include "google/protobuf/descriptor.h"

namespace greffe {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

void CheckTypes(const Descriptor* message, std::set<const Descriptor*>& done) {
  if (!done.insert(message).second) return;
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* const field = message->field(i);
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        CheckTypes(field->message_type(), done);
        break;
      case FieldDescriptor::CPPTYPE_STRING:
      case FieldDescriptor::CPPTYPE_ENUM:
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_INT64:
        EXPECT_FALSE(field->is_repeated()) << field->full_name();
        break;
      default:
        ADD_FAILURE() << field->full_name() << " has a type that ElementFields leaves out";
    }
  }
}

TEST(ElementFields, KnowsTheTypeOfEveryFieldOfEveryKind) {
  std::set<const Descriptor*> done;
  CheckTypes(v1::Element::descriptor(), done);
  EXPECT_GT(done.size(), 15u);
}

TEST(ElementFields, GivesPathsAndTexts) {
  v1::Element element;
  element.set_id("x");
  element.set_parent_id("p");
  element.set_position("5");
  element.add_aliases()->set_wording("autre");
  v1::Rubric& rubric = *element.mutable_rubric();
  rubric.set_kind(v1::RUBRIC_KIND_PUBLIC);
  rubric.add_items()->set_text("un");
  rubric.add_items()->set_level(2);
  std::string all;
  for (const ElementField& field : ElementFields(element))
    all += field.path + "=" + field.text + ";";
  EXPECT_EQ(all,
            "parent_id=p;aliases[0].wording=autre;rubric.kind=RUBRIC_KIND_PUBLIC;"
            "rubric.items[0].text=un;rubric.items[1].level=2;");
}

TEST(ElementFields, LeavesOutWhereAWordingWasRead) {
  v1::Element element;
  element.mutable_article()->set_body("texte");
  const v1::Element plain = element;
  v1::SourcePlace& place = *element.add_sources();
  place.set_first_line(3);
  place.set_last_line(4);
  ASSERT_EQ(ElementFields(element).size(), 1u);
  EXPECT_EQ(ElementFields(element)[0].path, "article.body");
  EXPECT_TRUE(SameElement(plain, element));
  EXPECT_EQ(ElementDigest(plain), ElementDigest(element));
  element.mutable_article()->set_body("autre texte");
  EXPECT_FALSE(SameElement(plain, element));
}

TEST(ElementFields, TellsAnAmountOfNothingFromNoAmount) {
  v1::Element element;
  element.mutable_funding_line();
  EXPECT_TRUE(ElementFields(element).empty());
  element.mutable_funding_line()->set_amount_cents(0);
  ASSERT_EQ(ElementFields(element).size(), 1u);
  EXPECT_EQ(ElementFields(element)[0].text, "0");
}

TEST(ElementTitle, IsOneReadableLineForEveryKind) {
  const Descriptor* const descriptor = v1::Element::descriptor();
  const auto* const content = descriptor->FindOneofByName("content");
  for (int i = 0; i < content->field_count(); ++i) {
    v1::Element element;
    element.set_id("x-1");
    element.GetReflection()->MutableMessage(&element, content->field(i));
    EXPECT_NE(ElementKind(element), "Élément") << content->field(i)->name();
    EXPECT_FALSE(ElementTitle(element).empty());
  }
  v1::Element article;
  article.mutable_article()->set_number("3");
  article.mutable_article()->set_title("Gouvernance");
  EXPECT_EQ(ElementTitle(article), "Article 3 – Gouvernance");
  v1::Element indicator;
  indicator.mutable_indicator()->set_text(absl::StrCat(std::string(119, 'a'), "éé\nsuite"));
  EXPECT_EQ(ElementTitle(indicator), absl::StrCat(std::string(119, 'a'), "…"));
}

}  // namespace
}  // namespace greffe
