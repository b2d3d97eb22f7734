#ifndef GREFFE_CORE_CONVENTION_VIEWS_DOCUMENT_PARTS_H_
#define GREFFE_CORE_CONVENTION_VIEWS_DOCUMENT_PARTS_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "greffe/v1/view.pb.h"

// What the printed forms of a consolidated text share (Markdown, HTML): its parts in the order of
// reading, and the French words of what stands around the clauses. Pure; thread safe.
namespace greffe {

// Elements that are printed together.
struct DocumentPart {
  enum class Kind { kElement, kParties, kFacilities, kIndicators };
  Kind kind = Kind::kElement;
  // One for kElement. Facilities by supporting party in the order of the text, then the rest.
  std::vector<const v1::ElementView*> elements;
};

// A view and what it says of its names. `view` must outlive it.
class DocumentParts final {
 public:
  explicit DocumentParts(const v1::ConventionView& view);

  // All elements but the terms, which the head of the text shows.
  std::vector<DocumentPart> Parts() const;
  // True when a named act after the first put the element as it is.
  bool IsLater(const v1::Origin& origin) const;
  // The party's name, else the id itself.
  std::string PartnerName(const std::string& partner) const;
  // The element's title, else the id itself.
  std::string ElementName(const std::string& element_id) const;
  // The element with the names of partners in the place of their ids, where people read them.
  v1::Element Named(const v1::Element& element) const;

 private:
  const v1::ConventionView& view_;
  std::map<std::string, const v1::ElementView*> by_id_;
  std::map<std::string, std::string> partner_names_;
  std::string base_;
};

// Which act wrote each element, and by which of its articles, told once for what stands together:
// at each heading, and below it where something else did. Asked in the order of reading.
class OriginNotes final {
 public:
  // True when the act is known and what was told above does not cover the element.
  bool Tells(const v1::ElementView& one);

 private:
  // Told or covered so far, by element. Borrowed from the view.
  std::map<std::string, const v1::Origin*> told_;
};

// The element with what `name` gives in the place of partners' ids where people read them: who
// pays, who supports. What is no id, such as a payer in words, `name` gives back as it is.
v1::Element WithPartnerNames(v1::Element element,
                             const std::function<std::string(const std::string&)>& name);

// What the text shown is, by its standing: « Projet : … », « Version qui prendra effet le … »,
// « Version en vigueur au … », « Version en vigueur jusqu'au … ».
std::string VersionTitle(const v1::ConventionView& view);
// Above elements of which several wordings stand, and above each of these, which is the
// `number`-th: in a project they are those of the draft, not of acts.
std::string ClashIntroduction(const v1::ConventionView& view);
std::string ClashSideTitle(const v1::ConventionView& view, const v1::ClashSide& side, int number);
// « en vigueur, conclue le … (dernière signature) ; effet du … au … inclus ».
std::string StandingText(const v1::ConventionView& view);
// Offices that sign, joined by « et »; what is said of a party that does not sign.
std::vector<std::string> SigningOffices(const v1::Party& party);
// How they read since their holders changed, beside what was signed (class C): a sentence each.
std::vector<std::string> OfficeNotes(const v1::ConventionView& view, absl::string_view party_id);
// What became of a clause without an act: deemed unwritten (L-40), a clerical error that another
// party attested (domain.md section 5.6). A sentence each.
std::vector<std::string> ClauseNotes(const v1::ConventionView& view, absl::string_view element_id);
// Before the text of an element that is deemed unwritten (ElementView.unwritten).
inline constexpr char kRowUnwritten[] = " (réputé non écrit)";
inline constexpr char kForTheRecord[] = "Texte réputé non écrit, rappelé pour mémoire";
inline constexpr char kSignsNothing[] = "partie associée, sans signature";
// « réalisation, unité : places, cible : 40 », or empty.
std::string IndicatorDetail(const v1::Indicator& indicator);
// « en cours, 40 % au 1er mars 2025 », « convention précédente : … ».
std::string FollowUpText(const v1::FollowUpValue& value);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_DOCUMENT_PARTS_H_
