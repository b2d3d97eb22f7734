#include "core/convention/text/check_tree.h"

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/time.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/text/element_lookup.h"
#include "core/rules/signing.h"

namespace greffe {
namespace {

using Content = v1::Element::ContentCase;

class TreeChecker {
 public:
  TreeChecker(const std::vector<DraftedElement>& text, absl::string_view whole,
              std::vector<Problem>* problems)
      : text_(text), whole_(whole), problems_(*problems) {}

  void Run() {
    CheckCounts();
    CheckIds();
    CheckTerms();
    CheckParties();
    for (const DraftedElement& placed : text_) {
      CheckParent(placed);
      CheckNames(placed);
    }
  }

 private:
  void Add(absl::string_view rule, const DraftedElement* at, absl::string_view field,
           std::string fr, std::string en) {
    const bool own = at != nullptr && !at->path.empty();
    problems_.push_back({.rule = std::string(rule),
                         .field = own ? Join(at->path, field) : whole_,
                         .element_id = at != nullptr ? at->element->id() : "",
                         .fr = std::move(fr),
                         .en = std::move(en)});
  }

  void CheckCounts() {
    if (text_.size() > limits::kElements) {
      Add("limit-elements", nullptr, "",
          absl::StrCat(text_.size(), " éléments, ", limits::kElements, " au plus."),
          absl::StrCat(text_.size(), " elements, at most ", limits::kElements, "."));
    }
    std::size_t parties = 0;
    for (const DraftedElement& placed : text_) parties += placed.element->has_party() ? 1 : 0;
    if (parties > limits::kParties) {
      Add("limit-parties", nullptr, "",
          absl::StrCat(parties, " parties, ", limits::kParties, " au plus."),
          absl::StrCat(parties, " parties, at most ", limits::kParties, "."));
    }
  }

  void CheckIds() {
    for (const DraftedElement& placed : text_) {
      if (!by_id_.emplace(placed.element->id(), &placed).second) {
        Add("unique-id", &placed, "id",
            absl::StrCat("l'identifiant « ", placed.element->id(), " » sert déjà."),
            absl::StrCat("the id \"", placed.element->id(), "\" is already used."));
      }
    }
  }

  void CheckTerms() {
    std::size_t count = 0;
    for (const DraftedElement& placed : text_) {
      const bool is_terms = placed.element->has_terms();
      count += is_terms ? 1 : 0;
      if (is_terms != (placed.element->id() == kTermsId)) {
        Add("one-terms", &placed, "id",
            "l'élément « terms » porte l'intitulé et la durée, et lui seul porte cet identifiant.",
            "the element \"terms\" holds the title and term, and it alone has this id.");
      }
    }
    if (count != 1) {
      Add("one-terms", nullptr, "",
          absl::StrCat("il faut exactement un élément de type « terms » (intitulé et durée) ; il y "
                       "en a ",
                       count, "."),
          absl::StrCat("exactly one element of type \"terms\" (title and term) is wanted; there ",
                       count == 1 ? "is " : "are ", count, "."));
    }
  }

  void CheckParties() {
    std::set<std::string> offices;
    for (const DraftedElement& placed : text_) {
      if (!placed.element->has_party()) continue;
      const v1::Party& party = placed.element->party();
      if (!partners_.insert(party.partner_id()).second) {
        Add("unique-partner", &placed, "party.partner_id",
            absl::StrCat("le partenaire « ", party.partner_id(), " » est déjà partie."),
            absl::StrCat("the partner \"", party.partner_id(), "\" is already a party."));
      }
      for (int i = 0; i < party.signing_offices_size(); ++i) {
        const std::string& id = party.signing_offices(i).id();
        if (!offices.insert(id).second) {
          Add("unique-office", &placed, absl::StrCat("party.signing_offices[", i, "].id"),
              absl::StrCat("l'identifiant de signataire « ", id, " » sert déjà."),
              absl::StrCat("the signatory id \"", id, "\" is already used."));
        }
      }
    }
    if (const auto odd = rules::CheckSomebodySigns(offices.size())) {
      Add(rules::RowOf(odd->rule).id, nullptr, "", odd->words.fr, odd->words.en);
    }
  }

  void CheckParent(const DraftedElement& placed) {
    const std::string& parent = placed.element->parent_id();
    if (parent.empty()) return;
    if (by_id_.count(parent) == 0) {
      Add("parent", &placed, "parent_id",
          absl::StrCat("l'élément parent « ", parent, " » n'existe pas."),
          absl::StrCat("the parent element \"", parent, "\" does not exist."));
      return;
    }
    const v1::Element* up = placed.element;
    for (std::size_t level = 1; !up->parent_id().empty(); ++level) {
      const auto next = by_id_.find(up->parent_id());
      if (next == by_id_.end()) return;  // Said once, where the parent is missing.
      up = next->second->element;
      if (up->id() == placed.element->id()) {
        Add("cycle", &placed, "parent_id", "cet élément serait contenu dans lui-même.",
            "this element would be inside itself.");
        return;
      }
      if (level >= limits::kTreeDepth) {
        Add("limit-depth", &placed, "parent_id",
            absl::StrCat("l'arbre aurait plus de ", limits::kTreeDepth, " niveaux."),
            absl::StrCat("the tree would have more than ", limits::kTreeDepth, " levels."));
        return;
      }
    }
  }

  void CheckNames(const DraftedElement& placed) {
    const v1::Element& element = *placed.element;
    if (element.has_facility()) {
      const std::string& by = element.facility().supported_by();
      if (!by.empty() && partners_.count(by) == 0) {
        Add("supported-by", &placed, "facility.supported_by",
            absl::StrCat("« ", by, " » n'est le partner_id d'aucune partie."),
            absl::StrCat("\"", by, "\" is the partner_id of no party."));
      }
    }
    std::set<std::string> co_chairs;
    for (int i = 0; i < element.body().co_chairs_size(); ++i) {
      const std::string& by = element.body().co_chairs(i);
      const std::string field = absl::StrCat("body.co_chairs[", i, "]");
      if (partners_.count(by) == 0) {
        Add("co-chairs", &placed, field,
            absl::StrCat("« ", by, " » n'est le partner_id d'aucune partie."),
            absl::StrCat("\"", by, "\" is the partner_id of no party."));
      } else if (!co_chairs.insert(by).second) {
        Add("co-chairs", &placed, field, absl::StrCat("« ", by, " » est nommé deux fois."),
            absl::StrCat("\"", by, "\" is named twice."));
      }
    }
    if (element.has_reference() && !element.reference().target_id().empty() &&
        by_id_.count(element.reference().target_id()) == 0) {
      Add("reference", &placed, "reference.target_id",
          absl::StrCat("l'élément « ", element.reference().target_id(), " » n'existe pas."),
          absl::StrCat("the element \"", element.reference().target_id(), "\" does not exist."));
    }
  }

  const std::vector<DraftedElement>& text_;
  const std::string whole_;
  std::vector<Problem>& problems_;
  std::map<std::string, const DraftedElement*> by_id_;
  std::set<std::string> partners_;
};

void AddTo(std::vector<Problem>* problems, absl::string_view rule, std::string field,
           const v1::Element& element, std::string fr, std::string en) {
  problems->push_back({.rule = std::string(rule),
                       .field = std::move(field),
                       .element_id = element.id(),
                       .fr = std::move(fr),
                       .en = std::move(en)});
}

// The term is [start, end]: an end before its start is no term.
void CheckTerm(const v1::Element& element, absl::string_view path, std::vector<Problem>* problems) {
  const auto start = CivilDate::TryParse(element.terms().start_date());
  const auto end = CivilDate::TryParse(element.terms().end_date());
  if (!start.has_value() || !end.has_value() || *start <= *end) return;
  AddTo(problems, "term-order", Join(path, "terms.end_date"), element,
        absl::StrCat("la fin (", element.terms().end_date(), ") précède le début (",
                     element.terms().start_date(), ")."),
        absl::StrCat("the end (", element.terms().end_date(), ") is before the start (",
                     element.terms().start_date(), ")."));
}

void CheckRubric(const v1::Element& element, absl::string_view path,
                 std::vector<Problem>* problems) {
  std::size_t bytes = 0;
  for (const v1::RubricItem& item : element.rubric().items()) bytes += item.text().size();
  if (bytes <= limits::kTextBytes) return;
  AddTo(
      problems, "limit-text", Join(path, "rubric.items"), element,
      absl::StrCat("rubrique trop longue : ", bytes, " octets en tout, ", limits::kTextBytes,
                   " au plus."),
      absl::StrCat("rubric too long: ", bytes, " bytes in all, at most ", limits::kTextBytes, "."));
}

void CheckSources(const v1::Element& element, absl::string_view path,
                  std::vector<Problem>* problems) {
  const std::string field = Join(path, "sources");
  if (static_cast<std::size_t>(element.sources_size()) > limits::kSources) {
    AddTo(problems, "limit-sources", field, element,
          absl::StrCat(element.sources_size(), " sources, ", limits::kSources, " au plus."),
          absl::StrCat(element.sources_size(), " sources, at most ", limits::kSources, "."));
    return;
  }
  for (int i = 0; i < element.sources_size(); ++i) {
    const v1::SourcePlace& place = element.sources(i);
    if (place.first_line() == 0 || place.last_line() < place.first_line()) {
      AddTo(problems, "source-lines", absl::StrCat(field, "[", i, "].last_line"), element,
            "les lignes se comptent à partir de 1, la première avant la dernière.",
            "lines are counted from 1, the first before the last.");
    }
    if (place.confidence() > 100) {
      AddTo(problems, "source-confidence", absl::StrCat(field, "[", i, "].confidence"), element,
            "la confiance est un pourcentage, de 0 à 100.",
            "confidence is a percentage, 0 to 100.");
    }
  }
}

}  // namespace

std::string ContentName(const v1::Element& element) {
  const auto* oneof = v1::Element::descriptor()->FindOneofByName("content");
  const auto* field = element.GetReflection()->GetOneofFieldDescriptor(element, oneof);
  return field == nullptr ? std::string() : field->name();
}

void CheckElement(const v1::Element& element, absl::string_view path,
                  std::vector<Problem>* problems) {
  CheckFields(element, path, element.id(), problems);
  if (element.content_case() == Content::CONTENT_NOT_SET) {
    AddTo(problems, "content", std::string(path), element,
          "élément sans contenu : donnez-lui un type (article, action, facility…).",
          "an element without content: give it a type (article, action, facility…).");
  }
  if (element.has_terms()) CheckTerm(element, path, problems);
  if (element.has_rubric()) CheckRubric(element, path, problems);
  CheckSources(element, path, problems);
  if (const std::size_t bytes = element.ByteSizeLong(); bytes > kElementBytes) {
    AddTo(problems, "limit-event", std::string(path), element,
          absl::StrCat("élément trop grand : ", bytes, " octets, ", kElementBytes,
                       " au plus ; répartissez-le en éléments enfants."),
          absl::StrCat("element too large: ", bytes, " bytes, at most ", kElementBytes,
                       "; split it into child elements."));
  }
}

void CheckTree(const std::vector<DraftedElement>& text, absl::string_view whole,
               std::vector<Problem>* problems) {
  TreeChecker(text, whole, problems).Run();
}

}  // namespace greffe
