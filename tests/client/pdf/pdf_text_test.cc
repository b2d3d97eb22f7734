#include "client/pdf/pdf_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "tests/client/pdf/sample_pdf.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::MakePdf;
using testing_support::MakePdfBomb;

TEST(PdfText, GivesTheLinesOfAllPagesInOrder) {
  const auto text = PdfText(MakePdf({{"Article 1 (objet)", "Le texte."}, {"Article 2"}}), "a.pdf");

  ASSERT_TRUE(text.ok()) << text.status();
  const std::size_t first = text->find("Article 1 (objet)");
  const std::size_t body = text->find("Le texte.");
  const std::size_t second = text->find("Article 2");
  ASSERT_NE(first, std::string::npos) << *text;
  EXPECT_LT(first, body);
  EXPECT_LT(body, second);
  EXPECT_NE(text->substr(first, body - first).find('\n'), std::string::npos);
  EXPECT_EQ(text->find('\f'), std::string::npos);
}

TEST(PdfText, RefusesByNameWhatIsNoPdf) {
  const Refusal refusal = RefusalOf(PdfText("%PDF-1.4\nrien de plus", "faux.pdf").status());

  EXPECT_EQ(refusal.code, absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(refusal.rule, "pdf-form");
  EXPECT_THAT(refusal.fr, HasSubstr("faux.pdf"));
  EXPECT_THAT(refusal.en, HasSubstr("faux.pdf"));
  EXPECT_NE(refusal.next_fr, "");
}

TEST(PdfText, RefusesAScanAndSaysWhatToDo) {
  const Refusal refusal = RefusalOf(PdfText(MakePdf({{}, {}}), "scan.pdf").status());

  EXPECT_EQ(refusal.rule, "pdf-scan");
  EXPECT_THAT(refusal.next_fr, HasSubstr("reconnaissance"));
}

TEST(PdfText, EndsAPdfThatComputesForEver) {
  PdfLimits limits;
  limits.cpu_seconds = 1;
  limits.wall = std::chrono::seconds(30);

  const Refusal refusal = RefusalOf(PdfText(MakePdfBomb(12), "bombe.pdf", limits).status());

  EXPECT_EQ(refusal.code, absl::StatusCode::kResourceExhausted) << refusal.fr;
  EXPECT_THAT(refusal.fr, AllOf(HasSubstr("bombe.pdf"), HasSubstr("calcul")));
}

TEST(PdfText, EndsAPdfThatTakesAllMemory) {
  PdfLimits limits;
  limits.memory_bytes = 24 * 1024 * 1024;
  limits.cpu_seconds = 30;

  // A million words at one place, each an object of the library.
  const absl::Status status = PdfText(MakePdfBomb(6), "bombe.pdf", limits).status();

  EXPECT_FALSE(status.ok());
  EXPECT_THAT(RefusalOf(status).fr, HasSubstr("bombe.pdf"));
}

TEST(PdfText, TakesFileTextAndPagesUpToTheirLimits) {
  const std::string pdf = MakePdf({{"un"}, {"deux"}});
  const std::string text = *PdfText(pdf, "a.pdf");
  PdfLimits limits;
  limits.file_bytes = pdf.size();
  limits.text_bytes = text.size();
  limits.pages = 2;
  EXPECT_TRUE(PdfText(pdf, "a.pdf", limits).ok());
  const auto rule_with = [&](auto change) {
    PdfLimits less = limits;
    change(less);
    return RefusalOf(PdfText(pdf, "a.pdf", less).status());
  };

  EXPECT_THAT(rule_with([](PdfLimits& l) { --l.file_bytes; }).fr, HasSubstr("Mio"));
  EXPECT_THAT(rule_with([](PdfLimits& l) { --l.text_bytes; }).fr, HasSubstr("octets"));
  EXPECT_THAT(rule_with([](PdfLimits& l) { --l.pages; }).fr, HasSubstr("plus de 1 pages"));
}

TEST(LooksLikePdf, LooksAtTheFirstKilobyteOnly) {
  EXPECT_TRUE(LooksLikePdf("%PDF-1.7\n"));
  EXPECT_TRUE(LooksLikePdf(std::string(1019, ' ') + "%PDF-"));
  EXPECT_FALSE(LooksLikePdf(std::string(1020, ' ') + "%PDF-"));
  EXPECT_FALSE(LooksLikePdf("Convention territoriale globale"));
}

}  // namespace
}  // namespace greffe
