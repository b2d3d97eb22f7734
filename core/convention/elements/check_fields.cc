#include "core/convention/elements/check_fields.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/base/utf8.h"
#include "core/convention/elements/field_forms.h"
#include "core/rules/identity.h"
#include "core/rules/printed.h"
#include "google/protobuf/descriptor.h"

namespace greffe {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

struct Bound {
  std::size_t characters_max;
  std::size_t bytes_max;
  const char* rule;
};

Bound BoundOf(Form form) {
  switch (form) {
    case Form::kText:
      return {0, limits::kTextBytes, "limit-text"};
    case Form::kRemark:
    case Form::kRequiredRemark:
      return {limits::kRemarkCharacters, 0, "limit-remark"};
    case Form::kOffice:
    case Form::kOptionalOffice:
      return {limits::kOfficeCharacters, 0, "limit-office"};
    case Form::kPosition:
    case Form::kSlug:
    case Form::kOptionalSlug:
      return {limits::kIdCharacters, 0, "limit-id"};
    default:
      return {limits::kTitleCharacters, 0, "limit-title"};
  }
}

bool IsOneLine(Form form) {
  return form != Form::kText && form != Form::kRemark && form != Form::kRequiredRemark;
}

class FieldsChecker {
 public:
  FieldsChecker(absl::string_view element_id, std::vector<Problem>* problems)
      : element_id_(element_id), problems_(*problems) {}

  void Add(absl::string_view rule, absl::string_view field, std::string fr, std::string en) {
    problems_.push_back({.rule = std::string(rule),
                         .field = std::string(field),
                         .element_id = std::string(element_id_),
                         .fr = std::move(fr),
                         .en = std::move(en)});
  }

  void CheckMessage(const Message& message, absl::string_view path) {
    const Reflection& reflection = *message.GetReflection();
    if (!reflection.GetUnknownFields(message).empty()) {
      Add("unknown-field", path, "champ inconnu de cette version de Greffe : mettez-la à jour.",
          "a field that this version of Greffe does not know: update it.");
    }
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      const std::string name = Join(path, field.name());
      if (field.is_repeated()) {
        for (int k = 0; k < reflection.FieldSize(message, &field); ++k) {
          CheckRepeated(message, field, k, absl::StrCat(name, "[", k, "]"));
        }
      } else if (!field.real_containing_oneof() || reflection.HasField(message, &field)) {
        CheckSingle(message, field, name);
      }
    }
  }

  // A refusal of core/base names its field first; problems keep the field apart.
  void AddRefusal(const absl::Status& status, absl::string_view field) {
    const Refusal refusal = RefusalOf(status);
    Add(refusal.rule, field, std::string(absl::StripPrefix(refusal.fr, absl::StrCat(field, " : "))),
        std::string(absl::StripPrefix(refusal.en, absl::StrCat(field, ": "))));
  }

  void AddOddity(const rules::Oddity& odd, absl::string_view field) {
    Add(rules::RowOf(odd.rule).id, field, odd.words.fr, odd.words.en);
  }

  void CheckDateText(absl::string_view value, absl::string_view field) {
    if (const auto odd = rules::CheckSentinelDay(value)) return AddOddity(*odd, field);
    const absl::StatusOr<CivilDate> date = CivilDate::Parse(value, field);
    if (!date.ok()) AddRefusal(date.status(), field);
  }

 private:
  // Enough of a wrong value to recognise it.
  static std::string Shown(absl::string_view value) {
    constexpr std::size_t kShownBytes = 60;
    return Shortened(value, kShownBytes);
  }

  void CheckRepeated(const Message& message, const FieldDescriptor& field, int index,
                     const std::string& name) {
    const Reflection& reflection = *message.GetReflection();
    switch (field.type()) {
      case FieldDescriptor::TYPE_MESSAGE:
        CheckMessage(reflection.GetRepeatedMessage(message, &field, index), name);
        break;
      case FieldDescriptor::TYPE_STRING:
        CheckText(reflection.GetRepeatedString(message, &field, index), field, name);
        break;
      default:
        break;
    }
  }

  void CheckSingle(const Message& message, const FieldDescriptor& field, const std::string& name) {
    const Reflection& reflection = *message.GetReflection();
    switch (field.type()) {
      case FieldDescriptor::TYPE_MESSAGE:
        if (reflection.HasField(message, &field)) {
          CheckMessage(reflection.GetMessage(message, &field), name);
        }
        break;
      case FieldDescriptor::TYPE_STRING:
        CheckText(reflection.GetString(message, &field), field, name);
        break;
      case FieldDescriptor::TYPE_ENUM:
        CheckEnum(reflection.GetEnumValue(message, &field), field, name);
        break;
      default:
        break;
    }
  }

  void CheckEnum(int value, const FieldDescriptor& field, const std::string& name) {
    if (field.enum_type()->FindValueByNumber(value) == nullptr) {
      Add("enum", name, absl::StrCat("valeur inconnue de cette version : ", value, "."),
          absl::StrCat("a value that this version does not know: ", value, "."));
      return;
    }
    if (value == 0 && !MayBeUnsaid(field)) {
      const std::string choices = Choices(*field.enum_type());
      Add("enum", name, absl::StrCat("il faut choisir une valeur parmi ", choices, "."),
          absl::StrCat("choose one of ", choices, "."));
    }
  }

  static std::string Choices(const EnumDescriptor& type) {
    std::string out;
    for (int i = 0; i < type.value_count(); ++i) {
      if (type.value(i)->number() == 0) continue;
      absl::StrAppend(&out, out.empty() ? "" : ", ", type.value(i)->name());
    }
    return out;
  }

  void CheckText(const std::string& raw, const FieldDescriptor& field, const std::string& name) {
    const Form form = FormOf(field);
    // Sizes first: what is far too long is not worth a normalisation.
    const Bound bound = BoundOf(form);
    const std::size_t bytes_max = bound.bytes_max != 0 ? bound.bytes_max : bound.characters_max * 4;
    if (raw.size() > 4 * bytes_max) return AddTooLong(raw.size(), bound, name);
    const absl::StatusOr<std::string> text = NormaliseText(raw, name, raw.size() * 4 + 16);
    if (!text.ok()) return AddRefusal(text.status(), name);
    if (bound.bytes_max != 0 && text->size() > bound.bytes_max) {
      return AddTooLong(text->size(), bound, name);
    }
    const std::size_t characters = CountCodePoints(*text);
    if (bound.characters_max != 0 && characters > bound.characters_max) {
      return AddTooLong(characters, bound, name);
    }
    if (IsOneLine(form) && text->find_first_of("\n\t") != std::string::npos) {
      return Add("one-line", name, "ce texte doit tenir sur une ligne.",
                 "this text must be a single line.");
    }
    CheckForm(*text, form, name);
  }

  void AddTooLong(std::size_t size, const Bound& bound, const std::string& name) {
    const bool bytes = bound.bytes_max != 0;
    const std::size_t most = bytes ? bound.bytes_max : bound.characters_max;
    Add(bound.rule, name,
        absl::StrCat("texte trop long : ", size, bytes ? " octets" : " caractères", ", ", most,
                     " au plus."),
        absl::StrCat("text too long: ", size, bytes ? " bytes" : " characters", ", at most ", most,
                     "."));
  }

  void CheckForm(const std::string& text, Form form, const std::string& name) {
    switch (form) {
      case Form::kRequiredLine:
      case Form::kRequiredRemark:
      case Form::kOffice:
        if (IsInvisible(text)) {
          Add("required", name, "ce texte est obligatoire.", "this text is required.");
        }
        break;
      case Form::kSlug:
      case Form::kOptionalSlug:
        if (text.empty() && form == Form::kOptionalSlug) break;
        if (const absl::Status slug = CheckSlug(text, name); !slug.ok()) AddRefusal(slug, name);
        break;
      case Form::kDate:
        CheckDateText(text, name);
        break;
      case Form::kOptionalDate:
        if (!text.empty()) CheckDateText(text, name);
        break;
      case Form::kPosition:
        if (!text.empty() && !PositionBetween(text, "").ok()) {
          Add("position", name,
              "clé de position invalide : 1 à 64 caractères parmi 0-9, A-Z et a-z. Laissez-la vide "
              ": "
              "l'ordre du fichier décide.",
              "invalid position key: 1 to 64 characters of 0-9, A-Z and a-z. Leave it empty: the "
              "order of the file decides.");
        }
        break;
      case Form::kSiren:
        CheckCode(text, 9, "un SIREN de neuf chiffres", "a SIREN of nine digits", name);
        CheckKey(text, 9, rules::CheckSiren(text), name);
        break;
      case Form::kSiret:
        CheckCode(text, 14, "un SIRET de quatorze chiffres", "a SIRET of fourteen digits", name);
        CheckKey(text, 14, rules::CheckSiret(text), name);
        break;
      case Form::kInsee:
        CheckCode(text, 5, "un code INSEE de cinq caractères", "an INSEE code of five characters",
                  name);
        break;
      case Form::kSha256:
        CheckDigest(text, name);
        break;
      default:
        break;
    }
  }

  // CHK-01, of a code that has the right form.
  void CheckKey(const std::string& text, std::size_t size, const std::optional<rules::Oddity>& odd,
                const std::string& name) {
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
      return absl::ascii_isdigit(static_cast<unsigned char>(c));
    });
    if (text.size() != size || !digits || !odd.has_value()) return;
    AddOddity(*odd, name);
  }

  void CheckDigest(const std::string& text, const std::string& name) {
    const bool fits = text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
                        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                      });
    if (fits) return;
    Add("code", name,
        absl::StrCat("« ", Shown(text), " » n'est pas une empreinte SHA-256 de 64 ",
                     "chiffres hexadécimaux minuscules."),
        absl::StrCat("\"", Shown(text), "\" is not a SHA-256 of 64 lower-case hex digits."));
  }

  void CheckCode(const std::string& text, std::size_t size, absl::string_view fr,
                 absl::string_view en, const std::string& name) {
    // INSEE codes of Corsica hold a letter: 2A004.
    const bool fits = text.size() == size && std::all_of(text.begin(), text.end(), [&](char c) {
                        return absl::ascii_isdigit(static_cast<unsigned char>(c)) ||
                               (size == 5 && (c == 'A' || c == 'B'));
                      });
    if (text.empty() || fits) return;
    Add("code", name, absl::StrCat("« ", Shown(text), " » n'est pas ", fr, "."),
        absl::StrCat("\"", Shown(text), "\" is not ", en, "."));
  }

  absl::string_view element_id_;
  std::vector<Problem>& problems_;
};

std::string Normalised(const std::string& text) {
  absl::StatusOr<std::string> out = NormaliseText(text, "text", text.size() * 4 + 16);
  return out.ok() ? *std::move(out) : text;
}

}  // namespace

std::string Join(absl::string_view path, absl::string_view field) {
  return path.empty() ? std::string(field) : absl::StrCat(path, ".", field);
}

void CheckFields(const Message& message, absl::string_view path, absl::string_view element_id,
                 std::vector<Problem>* problems) {
  FieldsChecker(element_id, problems).CheckMessage(message, path);
}

void CheckDate(absl::string_view value, absl::string_view field, absl::string_view element_id,
               std::vector<Problem>* problems) {
  FieldsChecker(element_id, problems).CheckDateText(value, field);
}

void NormaliseFields(Message* message) {
  const Reflection& reflection = *message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(*message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->type() == FieldDescriptor::TYPE_MESSAGE) {
        NormaliseFields(field->is_repeated() ? reflection.MutableRepeatedMessage(message, field, i)
                                             : reflection.MutableMessage(message, field));
      } else if (field->type() == FieldDescriptor::TYPE_STRING && field->is_repeated()) {
        reflection.SetRepeatedString(message, field, i,
                                     Normalised(reflection.GetRepeatedString(*message, field, i)));
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        reflection.SetString(message, field, Normalised(reflection.GetString(*message, field)));
      }
    }
  }
}

}  // namespace greffe
