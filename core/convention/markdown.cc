#include "core/convention/markdown.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/convention/element_text.h"
#include "core/convention/french.h"
#include "core/convention/markdown_element.h"

namespace greffe {
namespace {

std::string Colon(absl::string_view label) { return absl::StrCat(label, kNoBreak, ": "); }

std::string Quoted(absl::string_view text) {
  return absl::StrCat("«", kNoBreak, text, kNoBreak, "»");
}

class Document {
 public:
  explicit Document(const v1::ConventionView& view) : view_(view) {
    for (const v1::ElementView& one : view.elements()) {
      by_id_[one.element().id()] = &one;
      if (one.element().has_party()) {
        partner_names_[one.element().party().partner_id()] = one.element().party().name();
      }
      const v1::Origin& origin = one.origin();
      if (origin.revision().empty()) continue;
      // The oldest act is the convention itself; only later ones are worth a note.
      if (base_.empty() || origin.effective_from() < base_from_) {
        base_ = origin.revision();
        base_from_ = origin.effective_from();
      }
    }
  }

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
    if (view_.project()) {
      Line("**Projet", kNoBreak, ": ce texte n'est pas conclu. État au ",
           FrenchDate(view_.in_force_on()), "**");
    } else {
      Line("**Version en vigueur au ", FrenchDate(view_.in_force_on()), "**");
    }
    Line();
    Line("Convention ", Standing(), ".");
    Line();
    if (view_.has_on_paper()) {
      Line("Convention ", MarkdownLine(view_.on_paper().text()), ".");
      Line();
    }
    if (!view_.project()) {
      Line(
          "Texte consolidé, rédigé par application des actes conclus, tel qu'il est connu au "
          "relevé "
          "indiqué en pied de document.");
      Line();
    }
  }

  std::string Standing() const {
    std::string out = FrenchName(view_.standing());
    if (!view_.in_force_since().empty()) {
      absl::StrAppend(&out, ", conclue le ", FrenchDate(view_.in_force_since()),
                      " (dernière signature)");
    }
    if (!view_.start_date().empty()) {
      absl::StrAppend(&out, kNarrowNoBreak, "; effet du ", FrenchDate(view_.start_date()), " au ",
                      FrenchDate(view_.end_date()), " inclus");
    }
    return out;
  }

  // « avenant n° 1 » when the element is not as the original put it.
  std::string LaterAct(const v1::Origin& origin) const {
    return origin.revision().empty() || origin.revision() == base_ ? std::string() : origin.label();
  }

  void OriginNote(const v1::Origin& origin) {
    const std::string act = LaterAct(origin);
    if (act.empty()) return;
    Line("*Rédaction issue de ", Quoted(MarkdownLine(act)), ", en effet depuis le ",
         FrenchDate(origin.effective_from()), ".*");
    Line();
  }

  void Elements() {
    const auto& all = view_.elements();
    for (int i = 0; i < all.size();) {
      const v1::Element& element = all[i].element();
      int end = i + 1;
      while (end < all.size() && all[end].element().content_case() == element.content_case() &&
             all[end].element().parent_id() == element.parent_id()) {
        ++end;
      }
      const std::vector<const v1::ElementView*> run = Run(i, end);
      if (element.has_party()) {
        Parties(run);
      } else if (element.has_facility()) {
        Facilities(run);
      } else if (element.has_indicator()) {
        Indicators(run);
      } else {
        if (!element.has_terms()) Alone(all[i]);
        end = i + 1;
      }
      i = end;
    }
  }

  std::vector<const v1::ElementView*> Run(int begin, int end) const {
    std::vector<const v1::ElementView*> out;
    for (int i = begin; i < end; ++i) out.push_back(&view_.elements(i));
    return out;
  }

  void Alone(const v1::ElementView& one) {
    absl::StrAppend(&out_, MarkdownElement(one.element(), one.depth() + 2));
    OriginNote(one.origin());
  }

  void Parties(const std::vector<const v1::ElementView*>& run) {
    Line("## Entre les soussignés");
    Line();
    Line("| Partie | Signataires | Adresse |");
    Line("| --- | --- | --- |");
    for (const v1::ElementView* one : run) {
      const v1::Party& party = one->element().party();
      std::vector<std::string> offices;
      for (const v1::SigningOffice& office : party.signing_offices()) {
        offices.push_back(MarkdownCell(office.office()));
      }
      Line("| ", MarkdownCell(party.name()), CellOrigin(*one), " | ",
           offices.empty() ? "partie associée, sans signature" : absl::StrJoin(offices, " et "),
           " | ", MarkdownCell(party.address()), " |");
    }
    Line();
  }

  std::string CellOrigin(const v1::ElementView& one) const {
    const std::string act = LaterAct(one.origin());
    return act.empty() ? std::string() : absl::StrCat(" *(", MarkdownCell(act), ")*");
  }

  // By supporting party, parties in the order of the text, then those nobody supports.
  void Facilities(std::vector<const v1::ElementView*> run) {
    std::map<std::string, std::size_t> rank;
    for (const v1::ElementView& one : view_.elements()) {
      if (one.element().has_party()) rank.emplace(one.element().party().partner_id(), rank.size());
    }
    const auto rank_of = [&](const v1::ElementView* one) {
      const auto found = rank.find(one->element().facility().supported_by());
      return found == rank.end() ? rank.size() : found->second;
    };
    std::stable_sort(run.begin(), run.end(),
                     [&](const auto* a, const auto* b) { return rank_of(a) < rank_of(b); });
    Line("| Soutenu par | Type | Équipement ou service | Adresse |");
    Line("| --- | --- | --- | --- |");
    for (const v1::ElementView* one : run) {
      const v1::Facility& facility = one->element().facility();
      Line("| ", MarkdownCell(PartnerName(facility.supported_by())), " | ",
           MarkdownCell(facility.type()), " | ", MarkdownCell(facility.name()),
           facility.planned() ? " (en projet)" : "", CellOrigin(*one), " | ",
           MarkdownCell(facility.address()), " |");
    }
    Line();
  }

  std::string PartnerName(const std::string& partner) const {
    const auto found = partner_names_.find(partner);
    return found == partner_names_.end() ? partner : found->second;
  }

  void Indicators(const std::vector<const v1::ElementView*>& run) {
    Line("**Indicateurs", kNoBreak, ":**");
    Line();
    for (const v1::ElementView* one : run) {
      const v1::Indicator& indicator = one->element().indicator();
      std::vector<std::string> more;
      if (std::string kind(WordOf(indicator.kind())); !kind.empty()) {
        kind[0] = absl::ascii_tolower(static_cast<unsigned char>(kind[0]));
        more.push_back(std::move(kind));
      }
      if (!indicator.unit().empty())
        more.push_back(Colon("unité") + MarkdownLine(indicator.unit()));
      if (!indicator.target().empty()) {
        more.push_back(Colon("cible") + MarkdownLine(indicator.target()));
      }
      Line("- ", MarkdownLine(indicator.text()),
           more.empty() ? std::string() : absl::StrCat(" (", absl::StrJoin(more, ", "), ")"),
           CellOrigin(*one));
    }
    Line();
  }

  std::string Name(const std::string& element_id) const {
    const auto found = by_id_.find(element_id);
    return found == by_id_.end() ? element_id : ElementTitle(found->second->element());
  }

  void Clashes() {
    if (view_.clashes().empty()) return;
    Line("## Rédactions concurrentes");
    Line();
    Line("Des actes conclus séparément disent chacun autre chose", kNoBreak,
         ": les deux rédactions sont données, seul un nouvel acte les départage (L-30).");
    Line();
    for (const v1::Clash& clash : view_.clashes()) {
      Line("### ", MarkdownLine(Name(clash.element_id())));
      Line();
      for (const v1::ClashSide& side : clash.sides()) {
        Line("**Selon ", Quoted(MarkdownLine(side.origin().label())), ", en effet depuis le ",
             FrenchDate(side.origin().effective_from()), kNoBreak, ":**");
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
      Line("- ", MarkdownLine(Name(one.element_id())),
           one.period().empty() ? std::string()
                                : absl::StrCat(" (", MarkdownLine(one.period()), ")"),
           conflict ? absl::StrCat(kNoBreak, ": ", one.values_size(), " valeurs en conflit") : "");
      for (const v1::FollowUpValue& value : one.values()) {
        Line("  - ", MarkdownLine(ValueText(value)), " (",
             MarkdownLine(PartnerName(value.event().partner_id())), ")");
      }
    }
    Line();
  }

  static std::string ValueText(const v1::FollowUpValue& value) {
    if (value.has_measurement()) return value.measurement().value();
    if (value.has_meeting()) {
      return absl::StrCat("réunion du ", FrenchDate(value.meeting().held_on()), ", ",
                          Count(static_cast<std::size_t>(value.meeting().decisions_size()),
                                "décision", "décisions"));
    }
    std::string out = FrenchName(value.progress().state());
    if (value.progress().has_percent()) {
      absl::StrAppend(&out, ", ", value.progress().percent(), kNoBreak, "%");
    }
    return absl::StrCat(out, " au ", FrenchDate(value.progress().as_of()));
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
  std::map<std::string, const v1::ElementView*> by_id_;
  std::map<std::string, std::string> partner_names_;
  std::string base_;
  std::string base_from_;
  std::string out_;
};

}  // namespace

std::string RenderMarkdown(const v1::ConventionView& view) { return Document(view).Render(); }

}  // namespace greffe
