// Documents that a replica makes of its own reads.

#include "server/app/documents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/convention/views/markdown.h"
#include "tests/server/app/test_replica.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class DocumentsTest : public ::testing::Test {
 protected:
  DocumentsTest() : id_(CreateSmall(caf_, "caf-12")) { request_.set_convention_id(id_); }

  absl::StatusOr<v1::ExportDocumentResponse> Export(const std::string& partner = "caf-12") {
    return ExportDocument(*caf_, caf_.User(partner), request_);
  }

  TestReplica caf_{'c', "Caf", {"caf-12"}};
  const std::string id_;
  v1::ExportDocumentRequest request_;
};

TEST_F(DocumentsTest, AreWhatTheReadOfTheSameCutSays) {
  request_.mutable_text()->set_form(v1::DOCUMENT_FORM_MARKDOWN);
  ASSERT_OK_AND_ASSIGN(const auto document, Export());
  v1::GetConventionRequest read;
  read.set_convention_id(id_);
  read.mutable_at()->set_cut(document.cut());
  ASSERT_OK_AND_ASSIGN(const auto answer, caf_->GetConvention(caf_.User("caf-12"), read));

  EXPECT_EQ(document.content(), RenderMarkdown(answer.view()));
  EXPECT_THAT(document.content(), HasSubstr(document.cut()));
  EXPECT_EQ(document.file_name(), "convention-" + id_.substr(0, 8) + ".md");
  EXPECT_THAT(document.media_type(), StartsWith("text/markdown"));
}

TEST_F(DocumentsTest, HaveEveryKind) {
  request_.mutable_text()->set_form(v1::DOCUMENT_FORM_HTML);
  ASSERT_OK_AND_ASSIGN(const auto page, Export());
  EXPECT_THAT(page.content(), HasSubstr("<html lang=\"fr\">"));
  request_.mutable_redline()->set_form(v1::DOCUMENT_FORM_HTML);
  ASSERT_OK_AND_ASSIGN(const auto redline, Export());
  EXPECT_THAT(redline.content(), HasSubstr("<html lang=\"fr\">"));
  request_.mutable_deliberations();
  ASSERT_OK_AND_ASSIGN(const auto csv, Export());
  EXPECT_THAT(csv.content(), StartsWith("COLL_NOM,"));
  request_.mutable_calendar();
  ASSERT_OK_AND_ASSIGN(const auto calendar, Export());
  EXPECT_THAT(calendar.content(), StartsWith("BEGIN:VCALENDAR"));
}

TEST_F(DocumentsTest, AreForThoseWhoMayRead) {
  request_.mutable_calendar();
  EXPECT_EQ(Export("inconnu").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(DocumentsTest, RefuseWhatTheyDoNotUnderstand) {
  EXPECT_EQ(Export().status().code(), absl::StatusCode::kInvalidArgument);
  request_.mutable_text();
  EXPECT_EQ(Export().status().code(), absl::StatusCode::kInvalidArgument);
  request_.mutable_deliberations()->set_partner_id("inconnu");
  EXPECT_EQ(Export().status().code(), absl::StatusCode::kInvalidArgument);
  // A SIRET names one body: none is everybody's.
  request_.mutable_deliberations()->clear_partner_id();
  request_.mutable_deliberations()->add_siret()->set_value("21120202300019");
  EXPECT_EQ(Export().status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace greffe::test
