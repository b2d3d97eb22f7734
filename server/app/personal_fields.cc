#include "server/app/personal_fields.h"

#include <memory>
#include <set>

#include "absl/synchronization/mutex.h"

namespace greffe {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

bool IsMessage(const FieldDescriptor* field) {
  return field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

bool NamesOne(const FieldDescriptor* field) {
  return field->name() == kSignerNameField && !field->is_repeated() &&
         field->type() == FieldDescriptor::TYPE_STRING;
}

// `answer` and every type within it, at any depth.
std::vector<const Descriptor*> TypesWithin(const Descriptor* answer) {
  std::vector<const Descriptor*> out{answer};
  std::set<const Descriptor*> known{answer};
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (int f = 0; f < out[i]->field_count(); ++f) {
      const FieldDescriptor* const field = out[i]->field(f);
      if (IsMessage(field) && known.insert(field->message_type()).second) {
        out.push_back(field->message_type());
      }
    }
  }
  return out;
}

}  // namespace

PersonalFields::PersonalFields(const Descriptor* answer) {
  const std::vector<const Descriptor*> types = TypesWithin(answer);
  // Types may hold each other: goes on until nothing more leads to a name.
  std::set<const Descriptor*> leading;
  for (bool more = true; more;) {
    more = false;
    for (const Descriptor* type : types) {
      if (leading.count(type) > 0) continue;
      for (int f = 0; f < type->field_count(); ++f) {
        const FieldDescriptor* const field = type->field(f);
        if (!NamesOne(field) && !(IsMessage(field) && leading.count(field->message_type()) > 0)) {
          continue;
        }
        more = leading.insert(type).second;
        break;
      }
    }
  }
  for (const Descriptor* type : leading) {
    for (int f = 0; f < type->field_count(); ++f) {
      const FieldDescriptor* const field = type->field(f);
      if (NamesOne(field) || (IsMessage(field) && leading.count(field->message_type()) > 0)) {
        fields_[type].push_back(field);
      }
    }
  }
}

const PersonalFields& PersonalFields::For(const Descriptor* answer) {
  static absl::Mutex mutex(absl::kConstInit);
  static auto* const known = new std::map<const Descriptor*, std::unique_ptr<PersonalFields>>();
  const absl::MutexLock lock(&mutex);
  std::unique_ptr<PersonalFields>& one = (*known)[answer];
  if (one == nullptr) one.reset(new PersonalFields(answer));
  return *one;
}

const PersonalFields::Fields& PersonalFields::Of(const Descriptor* message) const {
  static const auto* const none = new Fields();
  const auto found = fields_.find(message);
  return found == fields_.end() ? *none : found->second;
}

}  // namespace greffe
