#include "core/convention/views/wording.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/limits.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/prose.h"
#include "core/convention/text/placing.h"
#include "core/convention/views/document_parts.h"

namespace greffe {
namespace {

constexpr absl::string_view kOrdinals[] = {"premier",   "deuxième",    "troisième", "quatrième",
                                           "cinquième", "sixième",     "septième",  "huitième",
                                           "neuvième",  "dixième",     "onzième",   "douzième",
                                           "treizième", "quatorzième", "quinzième", "seizième"};

std::string Ordinal(std::size_t number) {
  if (number >= 1 && number <= std::size(kOrdinals)) return std::string(kOrdinals[number - 1]);
  return absl::StrCat(number, "e");
}

std::string Quoted(absl::string_view text) {
  return absl::StrCat("« ", absl::StripAsciiWhitespace(text), " »");
}

// « À l'article 3 » at the start of a sentence.
std::string Capital(std::string text) {
  if (absl::StartsWith(text, "à")) return absl::StrCat("À", text.substr(std::string("à").size()));
  if (absl::StartsWith(text, "é")) return absl::StrCat("É", text.substr(std::string("é").size()));
  if (!text.empty()) text[0] = absl::ascii_toupper(static_cast<unsigned char>(text[0]));
  return text;
}

bool OneWord(absl::string_view text) {
  return text.find_first_of(" \t\n") == absl::string_view::npos;
}

std::string WordOrWords(absl::string_view text) { return OneWord(text) ? "le mot" : "les mots"; }

// « un alinéa ainsi rédigé », « trois alinéas ainsi rédigés ».
std::string AlineasWritten(std::size_t count) {
  return count == 1 ? "un alinéa ainsi rédigé" : absl::StrCat(count, " alinéas ainsi rédigés");
}

// What a list holds of which this is a row.
std::string RowsLike(const v1::Element& row) {
  switch (row.content_case()) {
    case v1::Element::kParty:
      return " des parties";
    case v1::Element::kIndicator:
      return " des indicateurs";
    case v1::Element::kReference:
      return " des renvois";
    case v1::Element::kFacility:
      return " des équipements";
    case v1::Element::kFundingLine:
      return " des financements";
    default:
      return "";
  }
}

// What changes alone.
std::string TermsWording(const v1::Terms& before, const v1::Terms& after) {
  std::vector<std::string> out;
  if (before.title() != after.title()) {
    out.push_back(
        absl::StrCat("Le titre de la convention est ainsi rédigé : ", Quoted(after.title()), "."));
  }
  if (before.territory() != after.territory()) {
    out.push_back(absl::StrCat(
        "Le territoire de la convention est ainsi désigné : ", Quoted(after.territory()), "."));
  }
  if (before.start_date() != after.start_date() || before.end_date() != after.end_date()) {
    out.push_back(absl::StrCat("La convention a effet du ", FrenchDate(after.start_date()), " au ",
                               FrenchDate(after.end_date()), ", au lieu du ",
                               FrenchDate(before.start_date()), " au ",
                               FrenchDate(before.end_date()), "."));
  }
  return absl::StrJoin(out, " ");
}

}  // namespace

std::string Wording::Noun::The() const {
  return absl::StrCat(vowel ? "l'" : feminine ? "la " : "le ", text);
}
std::string Wording::Noun::Of() const {
  return absl::StrCat(vowel ? "de l'" : feminine ? "de la " : "du ", text);
}
std::string Wording::Noun::To() const {
  return absl::StrCat(vowel ? "à l'" : feminine ? "à la " : "au ", text);
}

std::string ArticleHeading(std::size_t number) {
  return number == 1 ? "Article 1er" : absl::StrCat("Article ", number);
}

Wording::Wording(const AmendedText& before, const AmendedText& after)
    : before_(before), after_(after) {
  for (const AmendedText* text : {&before, &after}) {
    text->ForEach([this](const v1::Element& element) {
      if (element.has_party())
        parties_.emplace(element.party().partner_id(), element.party().name());
    });
  }
}

// As people read it: parties by name.
std::string Wording::Prose(const v1::Element& element) const {
  return ProseOf(WithPartnerNames(element, [this](const std::string& id) {
    const auto name = parties_.find(id);
    return name == parties_.end() ? id : name->second;
  }));
}

// As it stood before the act: that is what an avenant speaks of.
const v1::Element* Wording::Find(const std::string& id) const {
  const AmendedText::Entry* entry = before_.Find(id);
  if (entry == nullptr) entry = after_.Find(id);
  return entry == nullptr ? nullptr : entry->element.get();
}

Wording::Noun Wording::NounOf(const v1::Element& element) const {
  const auto labelled = [&](absl::string_view kind, TextPart part, bool feminine, bool vowel) {
    const std::string* const number = PartOf(element, part);
    const std::string* const title = PartOf(element, TextPart::kTitle);
    const bool numbered = number != nullptr && !number->empty();
    return Noun{absl::StrCat(kind, " ",
                             numbered           ? *number
                             : title != nullptr ? Quoted(*title)
                                                : ""),
                feminine, vowel};
  };
  const std::string name = Quoted(ElementTitle(element));
  switch (element.content_case()) {
    case v1::Element::kArticle:
      if (element.article().number() == "1") return {"article 1er", false, true};
      return labelled("article", TextPart::kNumber, false, true);
    case v1::Element::kAnnex:
      return labelled("annexe", TextPart::kNumber, true, true);
    case v1::Element::kAxis:
      return labelled("axe", TextPart::kNumber, false, true);
    case v1::Element::kObjective:
      return labelled("objectif", TextPart::kNumber, false, true);
    case v1::Element::kAction:
      return labelled("fiche action", TextPart::kNumber, true, false);
    case v1::Element::kTextBlock:
      if (element.text_block().kind() == v1::TEXT_BLOCK_KIND_PREAMBLE) return {"préambule"};
      return {absl::StrCat("texte ", name)};
    case v1::Element::kTerms:
      return {"titre de la convention"};
    case v1::Element::kParty:
      return {absl::StrCat("partie ", name), true, false};
    case v1::Element::kRubric:
      return {absl::StrCat("rubrique ", name, InHost(element)), true, false};
    case v1::Element::kSchedule:
      return {absl::StrCat("échéancier", InHost(element)), false, true};
    case v1::Element::kIndicator:
      return {absl::StrCat("indicateur ", name, InHost(element)), false, true};
    case v1::Element::kBody:
      return {absl::StrCat("instance ", name), true, true};
    case v1::Element::kReference:
      return {absl::StrCat("renvoi ", name), false, false};
    case v1::Element::kRoleSheet:
      return {absl::StrCat("fiche mission ", name), true, false};
    default:
      return {absl::StrCat("ligne ", name, InHost(element)), true, false};
  }
}

// The nearest annex, action sheet or article above.
const v1::Element* Wording::HostOf(const v1::Element& element) const {
  const v1::Element* one = Find(element.parent_id());
  for (std::size_t level = 0; one != nullptr && level < limits::kTreeDepth; ++level) {
    if (one->has_annex() || one->has_action() || one->has_article()) return one;
    one = Find(one->parent_id());
  }
  return nullptr;
}

std::string Wording::InHost(const v1::Element& element) const {
  const v1::Element* const host = HostOf(element);
  return host == nullptr ? "" : absl::StrCat(" ", NounOf(*host).Of());
}

// « des équipements » of the convention, « de l'annexe 2 ».
std::string Wording::ListOf(const v1::Element& row) const {
  const std::string host = InHost(row);
  const bool named = host.empty() || row.has_party() || row.has_indicator() || row.has_reference();
  return absl::StrCat(named ? RowsLike(row) : "", host);
}

const v1::Element* Wording::SiblingBefore(const v1::Element& element) const {
  const v1::Element* best = nullptr;
  after_.ForEach([&](const v1::Element& other) {
    if (other.parent_id() != element.parent_id()) return;
    const auto key = [](const v1::Element& one) { return std::pair(one.position(), one.id()); };
    if (key(other) < key(element) && (best == nullptr || key(*best) < key(other))) best = &other;
  });
  return best;
}

std::string Wording::WordsWording(const TextOperation& operation,
                                  const v1::Element& element) const {
  std::string place;
  if (operation.part == TextPart::kTitle) {
    place = absl::StrCat("dans l'intitulé ", NounOf(element).Of());
  } else {
    // The alinéa is named where the words alone do not tell it.
    const std::string* const body = PartOf(element, TextPart::kBody);
    const std::size_t first = body == nullptr ? 0 : body->find(operation.old_text);
    const bool once = body != nullptr && first != std::string::npos &&
                      body->find(operation.old_text, first + 1) == std::string::npos;
    place = once ? NounOf(element).To()
                 : absl::StrCat("au ", Ordinal(operation.alinea), " alinéa ", NounOf(element).Of());
  }
  const std::string start = absl::StrCat(Capital(place), ", ", WordOrWords(operation.old_text),
                                         " : ", Quoted(operation.old_text));
  const bool one = OneWord(operation.old_text);
  if (operation.new_text.empty()) {
    return absl::StrCat(start, one ? " est supprimé." : " sont supprimés.");
  }
  return absl::StrCat(start, one ? " est remplacé par " : " sont remplacés par ",
                      WordOrWords(operation.new_text), " : ", Quoted(operation.new_text), ".");
}

std::string Wording::PartWording(const TextOperation& operation, const v1::Element& element) const {
  const Noun noun = NounOf(element);
  const std::string alinea = absl::StrCat("le ", Ordinal(operation.alinea), " alinéa ", noun.Of());
  switch (operation.kind) {
    case v1::OPERATION_KIND_REPLACE_WORDS:
      return WordsWording(operation, element);
    case v1::OPERATION_KIND_RENUMBER: {
      Noun renamed = noun;
      const std::size_t number = renamed.text.rfind(operation.old_text);
      if (!operation.old_text.empty() && number != std::string::npos) {
        renamed.text.replace(number, std::string::npos, operation.new_text);
        return absl::StrCat(Capital(noun.The()), " devient ", renamed.The(), ".");
      }
      return absl::StrCat(Capital(noun.The()), " prend le numéro ", operation.new_text, ".");
    }
    case v1::OPERATION_KIND_REPLACE_ALINEA:
      return absl::StrCat(Capital(alinea), " est ainsi rédigé : ", Quoted(operation.new_text), ".");
    case v1::OPERATION_KIND_REPEAL:
      return absl::StrCat(Capital(alinea), " est supprimé.");
    case v1::OPERATION_KIND_ADD_AT_END:
      return absl::StrCat(Capital(noun.The()),
                          noun.feminine ? " est complétée par " : " est complété par ",
                          AlineasWritten(AlineasOf(operation.new_text).size()), " : ",
                          Quoted(operation.new_text), ".");
    default: {
      const bool first = operation.alinea == 0;
      const std::size_t count = AlineasOf(operation.new_text).size();
      return absl::StrCat(first ? absl::StrCat("Avant le premier alinéa ", noun.Of())
                                : absl::StrCat("Après ", alinea),
                          count == 1 ? ", il est inséré " : ", sont insérés ",
                          AlineasWritten(count), " : ", Quoted(operation.new_text), ".");
    }
  }
}

std::string Wording::InsertWording(const TextOperation& operation) const {
  const v1::Element& element = *operation.elements.front();
  const v1::Element* const before = SiblingBefore(element);
  const v1::Element* const parent = Find(element.parent_id());
  Noun noun = NounOf(element);
  const std::string* const number = PartOf(element, TextPart::kNumber);
  if (element.has_article() && number->empty() && before != nullptr && before->has_article() &&
      !before->article().number().empty()) {
    // Labels say nothing of order: what nobody numbered takes the one after the number before.
    noun.text = absl::StrCat("article ", NumberAfter(before->article().number()));
  }
  const std::string place = before != nullptr   ? absl::StrCat("Après ", NounOf(*before).The())
                            : parent != nullptr ? absl::StrCat("Au début ", NounOf(*parent).Of())
                                                : "Au début de la convention";
  return absl::StrCat(
      place, ", il est inséré ", noun.feminine ? "une " : "un ", noun.text,
      noun.feminine ? " ainsi rédigée : " : " ainsi rédigé : ", Quoted(After(operation)), ".");
}

std::string Wording::MoveWording(const v1::Element& before, const v1::Element& after) const {
  const Noun noun = NounOf(before);
  const v1::Element* const sibling = SiblingBefore(after);
  const v1::Element* const parent = Find(after.parent_id());
  const std::string placed =
      absl::StrCat(Capital(noun.The()), noun.feminine ? " est placée " : " est placé ");
  if (sibling != nullptr) return absl::StrCat(placed, "après ", NounOf(*sibling).The(), ".");
  if (parent != nullptr) return absl::StrCat(placed, "au début ", NounOf(*parent).Of(), ".");
  return absl::StrCat(placed, "au début de la convention.");
}

std::string Wording::WholeWording(const TextOperation& operation) const {
  const v1::Element* const before = Find(operation.element_id);
  switch (operation.kind) {
    case v1::OPERATION_KIND_INSERT_AFTER:
      return InsertWording(operation);
    case v1::OPERATION_KIND_ADD_ROW: {
      const v1::Element& row = *operation.elements.front();
      return absl::StrCat("La liste", ListOf(row),
                          " est complétée par : ", Quoted(After(operation)), ".");
    }
    case v1::OPERATION_KIND_REMOVE_ROW: {
      const std::string host = InHost(*before);
      return absl::StrCat("La ligne ", Quoted(ElementTitle(*before)),
                          host.empty() ? absl::StrCat(" de la liste", ListOf(*before)) : host,
                          " est supprimée.");
    }
    case v1::OPERATION_KIND_REPEAL: {
      const Noun noun = NounOf(*before);
      return absl::StrCat(Capital(noun.The()), noun.feminine ? " est abrogée." : " est abrogé.");
    }
    case v1::OPERATION_KIND_REPLACE_ANNEX: {
      const std::string the = NounOf(*before).The();
      return absl::StrCat(Capital(the), " est remplacée par l'annexe jointe au présent avenant.");
    }
    default:
      break;
  }
  const v1::Element& after = *operation.elements.front();
  if (operation.before == operation.after || before->parent_id() != after.parent_id()) {
    v1::Element moved = *before;
    moved.set_parent_id(after.parent_id());
    // Moved alone; what also reads otherwise is said below.
    if (ElementDigest(moved) == ElementDigest(after)) return MoveWording(*before, after);
  }
  if (before->has_terms() && after.has_terms()) return TermsWording(before->terms(), after.terms());
  const Noun noun = NounOf(*before);
  return absl::StrCat(
      Capital(noun.The()),
      noun.feminine ? " est ainsi rédigée : " : " est ainsi rédigé : ", Quoted(Prose(after)), ".");
}

std::string Wording::Of(const TextOperation& operation) const {
  if (operation.part == TextPart::kWhole) return WholeWording(operation);
  return PartWording(operation, *Find(operation.element_id));
}

std::string Wording::PlaceOf(const TextOperation& operation) const {
  const v1::Element* one = Find(operation.element_id);
  std::string out;
  for (std::size_t level = 0; one != nullptr && level < limits::kTreeDepth; ++level) {
    out = out.empty() ? ElementTitle(*one) : absl::StrCat(ElementTitle(*one), " › ", out);
    one = Find(one->parent_id());
  }
  return out;
}

std::string Wording::Before(const TextOperation& operation) const {
  if (operation.part != TextPart::kWhole) return operation.old_text;
  const AmendedText::Entry* const entry = before_.Find(operation.element_id);
  return entry == nullptr ? "" : Prose(*entry->element);
}

std::string Wording::After(const TextOperation& operation) const {
  if (operation.part != TextPart::kWhole) {
    return std::string(absl::StripAsciiWhitespace(operation.new_text));
  }
  std::vector<std::string> out;
  for (const auto& element : operation.elements) out.push_back(Prose(*element));
  return absl::StrJoin(out, "\n");
}

}  // namespace greffe
