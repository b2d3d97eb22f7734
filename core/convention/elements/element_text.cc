#include "core/convention/elements/element_text.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/base/utf8.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace greffe {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// « Article 3 – Gouvernance »; either part may be missing.
std::string Labelled(absl::string_view kind, absl::string_view label, absl::string_view title) {
  std::string out(kind);
  if (!label.empty()) absl::StrAppend(&out, " ", label);
  if (!title.empty()) absl::StrAppend(&out, " – ", title);
  return out;
}

std::string FirstOf(absl::string_view a, absl::string_view b) {
  return std::string(a.empty() ? b : a);
}

// Titles are one line, whatever the text they are taken from.
std::string OneLine(absl::string_view text) {
  constexpr std::size_t kTitleBytes = 120;
  std::string line(text.substr(0, text.find('\n')));
  if (line.size() <= kTitleBytes) return line;
  line.resize(WholeCharacters(line, kTitleBytes));
  return line + "…";
}

std::string TitleOrEmpty(const v1::Element& element) {
  switch (element.content_case()) {
    case v1::Element::kTerms:
      return element.terms().title();
    case v1::Element::kParty:
      return element.party().name();
    case v1::Element::kTextBlock:
      return FirstOf(element.text_block().title(), WordOf(element.text_block().kind()));
    case v1::Element::kArticle:
      return Labelled("Article", element.article().number(), element.article().title());
    case v1::Element::kAnnex:
      return Labelled("Annexe", element.annex().number(), element.annex().title());
    case v1::Element::kAxis:
      return Labelled("Axe", element.axis().ref(), element.axis().title());
    case v1::Element::kObjective:
      return Labelled("Objectif", element.objective().ref(), element.objective().title());
    case v1::Element::kAction:
      return Labelled("Fiche action", element.action().ref(), element.action().title());
    case v1::Element::kRubric:
      return FirstOf(element.rubric().label(), WordOf(element.rubric().kind()));
    case v1::Element::kSchedule:
      return "Échéancier";
    case v1::Element::kIndicator:
      return element.indicator().text();
    case v1::Element::kFacility:
      return FirstOf(element.facility().name(), element.facility().type());
    case v1::Element::kBody:
      return element.body().name();
    case v1::Element::kFundingLine:
      return FirstOf(element.funding_line().text(), "Financement");
    case v1::Element::kReference:
      return element.reference().text();
    case v1::Element::kRoleSheet:
      return element.role_sheet().title();
    case v1::Element::CONTENT_NOT_SET:
      return "";
  }
  return "";
}

void AddFields(const Message& message, const std::string& prefix,
               std::vector<ElementField>& fields);

void AddValue(const Message& message, const FieldDescriptor* field, int index, std::string path,
              std::vector<ElementField>& fields) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = field->is_repeated();
  std::string text;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      AddFields(repeated ? reflection.GetRepeatedMessage(message, field, index)
                         : reflection.GetMessage(message, field),
                path + ".", fields);
      return;
    case FieldDescriptor::CPPTYPE_STRING:
      text = repeated ? reflection.GetRepeatedString(message, field, index)
                      : reflection.GetString(message, field);
      break;
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = repeated ? reflection.GetRepeatedEnumValue(message, field, index)
                                  : reflection.GetEnumValue(message, field);
      const auto* const value = field->enum_type()->FindValueByNumber(number);
      text = value == nullptr ? absl::StrCat(number) : std::string(value->name());
      break;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      text = reflection.GetBool(message, field) ? "true" : "false";
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      text = absl::StrCat(reflection.GetUInt32(message, field));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      text = absl::StrCat(reflection.GetInt64(message, field));
      break;
    default:
      // Elements hold no other type; element_text_test walks their descriptors.
      return;
  }
  fields.push_back({std::move(path), std::move(text)});
}

void AddFields(const Message& message, const std::string& prefix,
               std::vector<ElementField>& fields) {
  std::vector<const FieldDescriptor*> filled;
  // Filled fields by number, which is the order of declaration.
  message.GetReflection()->ListFields(message, &filled);
  for (const FieldDescriptor* field : filled) {
    if (field->is_repeated()) {
      const int count = message.GetReflection()->FieldSize(message, field);
      for (int i = 0; i < count; ++i) {
        AddValue(message, field, i, absl::StrCat(prefix, field->name(), "[", i, "]"), fields);
      }
    } else {
      AddValue(message, field, 0, absl::StrCat(prefix, field->name()), fields);
    }
  }
}

}  // namespace

absl::string_view ElementKind(const v1::Element& element) {
  switch (element.content_case()) {
    case v1::Element::kTerms:
      return "Titre et durée";
    case v1::Element::kParty:
      return "Partie";
    case v1::Element::kTextBlock:
      return "Texte";
    case v1::Element::kArticle:
      return "Article";
    case v1::Element::kAnnex:
      return "Annexe";
    case v1::Element::kAxis:
      return "Axe";
    case v1::Element::kObjective:
      return "Objectif";
    case v1::Element::kAction:
      return "Fiche action";
    case v1::Element::kRubric:
      return "Rubrique";
    case v1::Element::kSchedule:
      return "Échéancier";
    case v1::Element::kIndicator:
      return "Indicateur";
    case v1::Element::kFacility:
      return "Équipement";
    case v1::Element::kBody:
      return "Instance";
    case v1::Element::kFundingLine:
      return "Financement";
    case v1::Element::kReference:
      return "Renvoi";
    case v1::Element::kRoleSheet:
      return "Fiche mission";
    case v1::Element::CONTENT_NOT_SET:
      break;
  }
  return "Élément";
}

std::string ElementTitle(const v1::Element& element) {
  const std::string title = OneLine(TitleOrEmpty(element));
  return title.empty() ? element.id() : title;
}

std::vector<ElementField> ElementFields(const v1::Element& element) {
  std::vector<ElementField> fields;
  AddFields(element, "", fields);
  std::erase_if(fields, [](const ElementField& field) {
    return field.path == "id" || field.path == "position" ||
           absl::StartsWith(field.path, "sources[");
  });
  return fields;
}

}  // namespace greffe
