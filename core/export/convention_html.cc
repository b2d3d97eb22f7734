#include "core/export/convention_html.h"

#include <algorithm>
#include <functional>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/html.h"
#include "core/convention/elements/element_blocks.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/origin_words.h"
#include "core/convention/views/annexed_words.h"
#include "core/convention/views/document_parts.h"
#include "core/export/page.h"

namespace greffe {
namespace {

std::string TitleOf(const v1::ConventionView& view) {
  return view.title().empty() ? "Convention sans intitulé" : view.title();
}

// A word, so that nothing hangs on a colour.
std::string SeverityWord(v1::FindingSeverity severity) {
  switch (severity) {
    case v1::FINDING_SEVERITY_SERIOUS:
      return "Grave";
    case v1::FINDING_SEVERITY_WARNING:
      return "Attention";
    default:
      return "Note";
  }
}

std::string Paragraph(absl::string_view css_class, absl::string_view text) {
  return absl::StrCat("<p class=\"", css_class, "\">", EscapeHtml(text), "</p>\n");
}

class ConventionPage {
 public:
  ConventionPage(const v1::ConventionView& view, const std::vector<std::string>& banners)
      : view_(view), banners_(banners), parts_(view), page_(TitleOf(view)) {}

  std::string Render() {
    for (const DocumentPart& part : parts_.Parts()) {
      switch (part.kind) {
        case DocumentPart::Kind::kElement:
          Alone(*part.elements.front());
          break;
        case DocumentPart::Kind::kParties:
          Parties(part.elements);
          break;
        case DocumentPart::Kind::kFacilities:
          Facilities(part.elements);
          break;
        case DocumentPart::Kind::kIndicators:
          Indicators(part.elements);
          break;
      }
    }
    Clashes();
    FollowUp();
    Findings();
    return page_.Finish(Banner(), Footer());
  }

 private:
  std::string Banner() const {
    std::string out = Paragraph("version", VersionTitle(view_));
    const std::string& force = view_.force().text();
    // What has force says dates and conclusion too; of a project it says what is in force instead.
    if (view_.project() || force.empty()) {
      absl::StrAppend(&out, "<p>Convention ", EscapeHtml(StandingText(view_)), ".</p>\n");
    }
    if (!force.empty()) absl::StrAppend(&out, "<p>", EscapeHtml(force), "</p>\n");
    if (view_.has_on_paper()) {
      absl::StrAppend(&out, "<p>Convention ", EscapeHtml(view_.on_paper().text()), ".</p>\n");
    }
    if (!view_.project()) {
      absl::StrAppend(
          &out,
          "<p>Texte consolidé par application des actes conclus, tel qu'il est connu au relevé "
          "indiqué en pied de page. L'acte d'origine est indiqué sous chaque titre, sous un texte "
          "lorsqu'il n'est pas celui du titre qui le porte, et à chaque ligne d'un tableau "
          "qu'écrivent plusieurs actes",
          kNarrowNoBreak, "; «", kNoBreak, "modifié par", kNoBreak,
          "» désigne l'acte postérieur qui a écrit ou ajouté la rédaction.</p>\n");
    }
    absl::StrAppend(&out, BannersHtml(banners_));
    return out;
  }

  // « Modifié par l'avenant n° 1 du 14 mars 2025, article 3, en effet depuis le 1er janvier 2026 »,
  // or the first act and its day.
  std::string OriginText(const v1::Origin& origin) const {
    if (origin.label().empty()) return "";
    return absl::StrCat(parts_.IsLater(origin) ? absl::StrCat("Modifié par ", OriginAct(origin))
                                               : OriginWords(origin).fr,
                        ", en effet depuis le ", FrenchDate(origin.effective_from()));
  }

  void Origin(const v1::ElementView& one) {
    if (!origins_.Tells(one)) return;
    const std::string text = OriginText(one.origin());
    if (text.empty()) return;
    if (!parts_.IsLater(one.origin())) {
      page_.Paragraph("origin", absl::StrCat("Origine", kNoBreak, ": ", text));
    } else {
      page_.Paragraph("origin later", text);
    }
  }

  void Alone(const v1::ElementView& one) {
    const v1::Element& element = one.element();
    if (HasHeading(element)) {
      page_.Heading(one.depth() + 2, absl::StrCat("e-", element.id()), ElementTitle(element));
    }
    const bool unwritten = one.unwritten();
    if (!unwritten) page_.Element(parts_.Named(element));
    for (const std::string& note : ClauseNotes(view_, element.id()))
      page_.Paragraph("remark", note);
    if (unwritten) {
      page_.Put("<blockquote class=\"side\">\n");
      page_.Paragraph("remark", absl::StrCat(kForTheRecord, kNoBreak, ":"));
      page_.Element(parts_.Named(element));
      page_.Put("</blockquote>\n");
    }
    // L-10: what was recorded for the annex, apart from its wording.
    for (const rules::Words& each : SayAnnexedAll(one)) page_.Paragraph("remark", each.fr);
    Origin(one);
  }

  // A row for each element. Where several acts wrote them, each row ends with its own; one act that
  // wrote them all is named once, above.
  void Table(absl::string_view caption, std::vector<absl::string_view> columns,
             const std::vector<const v1::ElementView*>& run,
             const std::function<std::vector<std::string>(const v1::Element&)>& cells_of) {
    const bool several = std::any_of(run.begin(), run.end(), [&](const v1::ElementView* one) {
      return !SameOrigin(one->origin(), run.front()->origin());
    });
    if (several) {
      columns.push_back("Origine");
    } else {
      Origin(*run.front());
    }
    page_.BeginTable(caption, columns);
    for (const v1::ElementView* one : run) {
      std::vector<std::string> cells = cells_of(one->element());
      if (one->unwritten()) absl::StrAppend(&cells.front(), kRowUnwritten);
      if (several) cells.push_back(OriginText(one->origin()));
      page_.Row(cells);
    }
    page_.EndTable();
  }

  void Parties(const std::vector<const v1::ElementView*>& run) {
    page_.Heading(2, "", "Entre les soussignés");
    Table("Parties et signataires", {"Partie", "Signataires", "Adresse"}, run,
          [this](const v1::Element& element) -> std::vector<std::string> {
            const v1::Party& party = element.party();
            const std::vector<std::string> offices = SigningOffices(party);
            std::string signs = offices.empty() ? kSignsNothing : absl::StrJoin(offices, " et ");
            for (const std::string& note : OfficeNotes(view_, element.id())) {
              absl::StrAppend(&signs, " (", note, ")");
            }
            return {party.name(), std::move(signs), party.address()};
          });
  }

  void Facilities(const std::vector<const v1::ElementView*>& run) {
    Table("Équipements et services", {"Équipement ou service", "Type", "Soutenu par", "Adresse"},
          run, [this](const v1::Element& element) -> std::vector<std::string> {
            const v1::Facility& facility = element.facility();
            return {absl::StrCat(facility.name(), facility.planned() ? " (en projet)" : ""),
                    facility.type(), parts_.PartnerName(facility.supported_by()),
                    facility.address()};
          });
  }

  void Indicators(const std::vector<const v1::ElementView*>& run) {
    Table("Indicateurs", {"Indicateur", "Nature, unité et cible"}, run,
          [](const v1::Element& element) -> std::vector<std::string> {
            return {element.indicator().text(), IndicatorDetail(element.indicator())};
          });
  }

  void Clashes() {
    if (view_.clashes().empty()) return;
    page_.Heading(2, "", "Rédactions concurrentes");
    page_.Paragraph("", ClashIntroduction(view_));
    for (const v1::Clash& clash : view_.clashes()) {
      page_.Heading(3, "", parts_.ElementName(clash.element_id()));
      int number = 0;
      for (const v1::ClashSide& side : clash.sides()) {
        page_.Put("<div class=\"side\">\n");
        page_.Heading(4, "", ClashSideTitle(view_, side, ++number));
        if (side.has_element()) {
          Side(side.element());
        } else {
          page_.Paragraph("", "Élément supprimé.");
        }
        page_.Put("</div>\n");
      }
    }
  }

  // Parties, facilities and indicators have no text of their own to print: their fields are.
  void Side(const v1::Element& element) {
    page_.Paragraph("", absl::StrCat(ElementKind(element), kNoBreak, ": ", ElementTitle(element)));
    if (element.has_party()) {
      const std::vector<std::string> offices = SigningOffices(element.party());
      page_.Paragraph("", offices.empty() ? kSignsNothing : absl::StrJoin(offices, " et "));
      page_.Paragraph("", element.party().address());
    } else if (element.has_facility()) {
      page_.Paragraph("", absl::StrCat(element.facility().type(), kNoBreak, ": ",
                                       parts_.PartnerName(element.facility().supported_by())));
      page_.Paragraph("", element.facility().address());
    } else if (element.has_indicator()) {
      page_.Paragraph("", IndicatorDetail(element.indicator()));
    }
    page_.Element(parts_.Named(element));
  }

  void FollowUp() {
    if (view_.follow_up().empty()) return;
    page_.Heading(2, "", "Suivi");
    page_.Paragraph("remark", "Le suivi n'a pas valeur contractuelle.");
    page_.BeginTable("Dernières valeurs du suivi", {"Objet", "Période", "Valeur", "Selon"});
    for (const v1::FollowUpView& one : view_.follow_up()) {
      for (const v1::FollowUpValue& value : one.values()) {
        page_.Row(
            {parts_.ElementName(one.element_id()), one.period(),
             absl::StrCat(one.values_size() > 1 ? "En conflit\u00a0: " : "", FollowUpText(value)),
             parts_.PartnerName(value.event().partner_id())});
      }
    }
    page_.EndTable();
  }

  void Findings() {
    if (view_.findings().empty()) return;
    page_.Heading(2, "", "Observations");
    page_.Put("<ul>\n");
    for (const v1::Finding& finding : view_.findings()) {
      page_.Put("<li><strong>");
      page_.Text(SeverityWord(finding.severity()));
      page_.Put(absl::StrCat(kNoBreak, ":</strong> "));
      page_.Text(finding.text());
      page_.Put("</li>\n");
    }
    page_.Put("</ul>\n");
  }

  std::string Footer() const {
    return absl::StrCat("<p>Convention", kNoBreak, ": <code>", EscapeHtml(view_.convention_id()),
                        "</code></p>\n<p>Empreinte du texte (SHA-256)", kNoBreak, ": <code>",
                        EscapeHtml(view_.text_digest()), "</code></p>\n<p>Relevé", kNoBreak,
                        ": <code>", EscapeHtml(view_.cut()),
                        "</code></p>\n<p>Le même relevé, à la même date, rend le même texte chez "
                        "chaque partenaire",
                        kNarrowNoBreak, "; seule l'empreinte l'identifie.</p>\n");
  }

  const v1::ConventionView& view_;
  const std::vector<std::string>& banners_;
  const DocumentParts parts_;
  ExportPage page_;
  OriginNotes origins_;
};

}  // namespace

std::string RenderConventionHtml(const v1::ConventionView& view,
                                 const std::vector<std::string>& banners) {
  return ConventionPage(view, banners).Render();
}

}  // namespace greffe
