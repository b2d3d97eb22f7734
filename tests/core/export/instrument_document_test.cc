#include "core/export/instrument_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/convention/views/printed_avenant.h"
#include "tests/core/export/html_check.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::InstrumentView Sample() {
  v1::InstrumentView view;
  v1::Operation& one = *view.add_operations();
  one.set_place("Article 3");
  one.set_wording("L'article 3 est ainsi rédigé :\n« <b>six</b> ans | *net* ».");
  one.set_before("Cinq ans.\nFermes.");
  one.set_after("<b>six</b> ans | *net*");
  one.set_change_class(v1::CHANGE_CLASS_AVENANT);
  v1::PartyCoverage& party = *view.add_coverage();
  party.set_name("Ville de Rodez");
  party.set_coverage(v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  party.set_why("faire délibérer.");
  view.set_effective_from("2026-01-01");
  view.set_proved(true);
  view.set_cut("gt1.essai");
  AvenantFrame frame;
  frame.label = "avenant n° 1";
  frame.convention = "CTG";
  frame.parties = {{"rodez", "Ville de Rodez", "1 place d'Armes", {"Maire"}}};
  frame.visas = {"Vu le code de l'action sociale"};
  frame.signatures = {{"rodez", "Ville de Rodez", "Maire", ""}};
  view.set_heading(PrintedAvenant(view, frame));
  return view;
}

TEST(RenderInstrumentMarkdown, IsAWholeAvenant) {
  const std::string text = RenderInstrumentMarkdown(Sample());

  EXPECT_EQ(text.rfind("# Avenant n° 1\n\nà la convention « CTG »\n\n## Entre les soussignés\n", 0),
            0u)
      << text;
  EXPECT_THAT(text, HasSubstr("– la Ville de Rodez, 1 place d'Armes, agissant par : Maire."));
  EXPECT_THAT(text, HasSubstr("Vu le code de l'action sociale ;  \nIl est convenu ce qui suit."));
  EXPECT_THAT(text, HasSubstr("## Article 1er – Modification : Article 3\n"));
  EXPECT_THAT(text, HasSubstr("« \\<b>six\\</b> ans | \\*net\\* »"));
  EXPECT_THAT(text, HasSubstr("| Pour la Ville de Rodez – Maire | le ……………… | <br>"));
  EXPECT_THAT(text, HasSubstr("| 1 | A | Article 3 | Cinq ans.<br>Fermes. | \\<b>six\\</b> ans "
                              "\\| \\*net\\* |"));
  EXPECT_THAT(text, HasSubstr("| Ville de Rodez | à délibérer | faire délibérer. |"));
  EXPECT_THAT(text, HasSubstr("prouvé"));
  // What people sign comes before what helps them check it.
  EXPECT_LT(text.find("## Signatures"), text.find("n'en fait pas partie"));
}

TEST(RenderInstrumentHtml, IsOnePageThatReadsAloudAndPrints) {
  const std::string page = RenderInstrumentHtml(Sample(), {"trois <événements> attendent"});

  EXPECT_THAT(testing_support::ProblemsOfPage(page), ::testing::IsEmpty()) << page;
  EXPECT_THAT(page, HasSubstr("<h1>Avenant n° 1</h1>"));
  EXPECT_THAT(page, HasSubstr("<html lang=\"fr\">"));
  EXPECT_THAT(page, HasSubstr("<caption>Places de signature</caption>"));
  EXPECT_THAT(page, HasSubstr("<li>– la Ville de Rodez, 1 place d&#39;Armes, agissant par\u00a0: "
                              "Maire.</li>\n</ul>"));
  EXPECT_THAT(page, HasSubstr("<ul class=\"lines\">\n<li>Vu le code de l&#39;action sociale\u00a0;"
                              "</li>\n</ul>\n<p>Il est convenu ce qui suit.</p>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">Pour la Ville de Rodez – Maire</th>"));
  EXPECT_THAT(page, HasSubstr("« &lt;b&gt;six&lt;/b&gt; ans | *net* »"));
  EXPECT_THAT(page, HasSubstr("trois &lt;événements&gt; attendent"));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
}

}  // namespace
}  // namespace greffe
