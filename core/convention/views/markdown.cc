#include "core/convention/views/markdown.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/convention/elements/element_blocks.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/markdown_element.h"
#include "core/convention/elements/origin_words.h"
#include "core/convention/views/annexed_words.h"
#include "core/convention/views/document_parts.h"

namespace greffe {
namespace {

std::string Colon(absl::string_view label) { return absl::StrCat(label, kNoBreak, ": "); }

class Document {
 public:
  explicit Document(const v1::ConventionView& view) : view_(view), parts_(view) {}

  std::string Render() {
    Head();
    Elements();
    Clashes();
    FollowUp();
    Findings();
    Foot();
    return std::move(out_);
  }

 private:
  template <typename... Parts>
  void Line(const Parts&... parts) {
    absl::StrAppend(&out_, parts..., "\n");
  }

  void Head() {
    Line("# ", MarkdownLine(view_.title().empty() ? "Convention sans intitulé" : view_.title()));
    Line();
    Line("**", VersionTitle(view_), "**");
    Line();
    Line("Convention ", StandingText(view_), ".");
    Line();
    if (view_.has_on_paper()) {
      Line("Convention ", MarkdownLine(view_.on_paper().text()), ".");
      Line();
    }
    if (!view_.project()) {
      Line(
          "Texte consolidé, rédigé par application des actes conclus, tel qu'il est connu au "
          "relevé indiqué en pied de document.");
      Line();
    }
    CommonOrigin();
  }

  // Told once, since most clauses have it: each of a hundred with its own note hides the few that
  // an avenant wrote.
  void CommonOrigin() {
    for (const v1::ElementView& one : view_.elements()) {
      const v1::Origin& origin = one.origin();
      if (origin.label().empty() || parts_.IsLater(origin)) continue;
      Line("*", Colon("Origine des clauses"), MarkdownLine(OriginWords(origin).fr),
           ", en effet depuis le ", FrenchDate(origin.effective_from()),
           ", sauf là où un autre acte est nommé.*");
      Line();
      return;
    }
  }

  // Where another act wrote, and where the first one did below that.
  void OriginNote(const v1::ElementView& one) {
    const v1::Origin& origin = one.origin();
    const bool later = parts_.IsLater(origin);
    if (later) later_.insert(one.element().id());
    const bool tells = origins_.Tells(one);
    if (!tells || (!later && later_.count(one.element().parent_id()) == 0)) return;
    Line("*",
         later ? absl::StrCat("Rédaction issue de ", MarkdownLine(OriginAct(origin)))
               : absl::StrCat(Colon("Origine"), MarkdownLine(OriginWords(origin).fr)),
         ", en effet depuis le ", FrenchDate(origin.effective_from()), ".*");
    Line();
  }

  // Of rows together: the first act is told once, above; a later one in each row (CellOrigin).
  void RunNote(const std::vector<const v1::ElementView*>& run) {
    for (const v1::ElementView* one : run) {
      if (!parts_.IsLater(one->origin())) return OriginNote(*one);
    }
  }

  void Elements() {
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
  }

  void Alone(const v1::ElementView& one) {
    const std::string text = MarkdownElement(parts_.Named(one.element()), one.depth() + 2);
    const bool unwritten = one.unwritten();
    // The heading stays; the rest is told apart below the note.
    const std::size_t heading = HasHeading(one.element()) ? text.find("\n\n") + 2 : 0;
    absl::StrAppend(&out_, unwritten ? text.substr(0, heading) : text);
    for (const std::string& note : ClauseNotes(view_, one.element().id())) {
      Line("**", MarkdownLine(note), "**");
      Line();
    }
    if (unwritten) ForTheRecord(absl::string_view(text).substr(heading));
    Annexed(one);
    OriginNote(one);
  }

  // L-10: what was recorded for the annex, as a list apart from its wording.
  void Annexed(const v1::ElementView& one) {
    const std::vector<rules::Words> all = SayAnnexedAll(one);
    for (const rules::Words& each : all) Line("- *", MarkdownLine(each.fr), "*");
    if (!all.empty()) Line();
  }

  // What binds nobody any more, as a quotation.
  void ForTheRecord(absl::string_view text) {
    text = absl::StripTrailingAsciiWhitespace(text);
    if (text.empty()) return;
    Line("> *", kForTheRecord, kNoBreak, ":*");
    Line(">");
    for (const absl::string_view line : absl::StrSplit(text, '\n')) {
      Line(line.empty() ? ">" : "> ", line);
    }
    Line();
  }

  void Parties(const std::vector<const v1::ElementView*>& run) {
    Line("## Entre les soussignés");
    Line();
    RunNote(run);
    Line("| Partie | Signataires | Adresse |");
    Line("| --- | --- | --- |");
    for (const v1::ElementView* one : run) {
      const v1::Party& party = one->element().party();
      std::vector<std::string> offices;
      for (const std::string& office : SigningOffices(party)) {
        offices.push_back(MarkdownCell(office));
      }
      Line("| ", MarkdownCell(party.name()), CellOrigin(*one), " | ",
           offices.empty() ? kSignsNothing : absl::StrJoin(offices, " et "), OfficeCell(*one),
           " | ", MarkdownCell(party.address()), " |");
    }
    Line();
  }

  std::string OfficeCell(const v1::ElementView& one) const {
    std::string out;
    for (const std::string& note : OfficeNotes(view_, one.element().id())) {
      absl::StrAppend(&out, " *(", MarkdownCell(note), ")*");
    }
    return out;
  }

  std::string CellOrigin(const v1::ElementView& one) const {
    if (!parts_.IsLater(one.origin())) return "";
    return absl::StrCat(" *(", MarkdownCell(OriginWords(one.origin()).fr), ")*");
  }

  void Facilities(const std::vector<const v1::ElementView*>& run) {
    RunNote(run);
    Line("| Soutenu par | Type | Équipement ou service | Adresse |");
    Line("| --- | --- | --- | --- |");
    for (const v1::ElementView* one : run) {
      const v1::Facility& facility = one->element().facility();
      Line("| ", MarkdownCell(parts_.PartnerName(facility.supported_by())), " | ",
           MarkdownCell(facility.type()), " | ", MarkdownCell(facility.name()),
           facility.planned() ? " (en projet)" : "", one->unwritten() ? kRowUnwritten : "",
           CellOrigin(*one), " | ", MarkdownCell(facility.address()), " |");
    }
    Line();
  }

  void Indicators(const std::vector<const v1::ElementView*>& run) {
    RunNote(run);
    Line("**Indicateurs", kNoBreak, ":**");
    Line();
    for (const v1::ElementView* one : run) {
      const v1::Indicator& indicator = one->element().indicator();
      const std::string more = IndicatorDetail(indicator);
      Line("- ", MarkdownLine(indicator.text()),
           more.empty() ? std::string() : absl::StrCat(" (", MarkdownLine(more), ")"),
           CellOrigin(*one));
    }
    Line();
  }

  void Clashes() {
    if (view_.clashes().empty()) return;
    Line("## Rédactions concurrentes");
    Line();
    Line(ClashIntroduction(view_));
    Line();
    for (const v1::Clash& clash : view_.clashes()) {
      Line("### ", MarkdownLine(parts_.ElementName(clash.element_id())));
      Line();
      int number = 0;
      for (const v1::ClashSide& side : clash.sides()) {
        Line("**", MarkdownLine(ClashSideTitle(view_, side, ++number)), kNoBreak, ":**");
        Line();
        if (!side.has_element()) {
          Line("Élément supprimé.");
          Line();
        } else {
          absl::StrAppend(&out_, MarkdownElement(side.element(), 4));
        }
      }
    }
  }

  void FollowUp() {
    if (view_.follow_up().empty()) return;
    Line("## Suivi");
    Line();
    Line("*Le suivi n'a pas valeur contractuelle.*");
    Line();
    for (const v1::FollowUpView& one : view_.follow_up()) {
      const bool conflict = one.values_size() > 1;
      Line("- ", MarkdownLine(parts_.ElementName(one.element_id())),
           one.period().empty() ? std::string()
                                : absl::StrCat(" (", MarkdownLine(one.period()), ")"),
           conflict ? absl::StrCat(kNoBreak, ": ", one.values_size(), " valeurs en conflit") : "");
      for (const v1::FollowUpValue& value : one.values()) {
        Line("  - ", MarkdownLine(FollowUpText(value)), " (",
             MarkdownLine(parts_.PartnerName(value.event().partner_id())), ")");
      }
    }
    Line();
  }

  void Findings() {
    if (view_.findings().empty()) return;
    Line("## Observations");
    Line();
    for (const v1::Finding& finding : view_.findings()) Line("- ", MarkdownLine(finding.text()));
    Line();
  }

  void Foot() {
    Line("---");
    Line();
    Line(Colon("Convention"), "`", view_.convention_id(), "`  ");
    Line(Colon("Empreinte du texte (SHA-256)"), "`", view_.text_digest(), "`  ");
    Line(Colon("Relevé"), "`", view_.cut(), "`  ");
    Line("Le même relevé, à la même date, rend le même texte chez chaque partenaire",
         kNarrowNoBreak, "; seule l'empreinte l'identifie.");
  }

  const v1::ConventionView& view_;
  const DocumentParts parts_;
  OriginNotes origins_;
  // Elements that a later act wrote, as far as printed.
  std::set<std::string> later_;
  std::string out_;
};

}  // namespace

std::string RenderMarkdown(const v1::ConventionView& view) { return Document(view).Render(); }

}  // namespace greffe
