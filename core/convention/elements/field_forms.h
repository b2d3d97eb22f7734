#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_FIELD_FORMS_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_FIELD_FORMS_H_

#include "google/protobuf/descriptor.h"

namespace greffe {

// What a text field may hold.
enum class Form {
  kLine,
  kRequiredLine,
  kText,
  kRemark,
  kRequiredRemark,
  kOffice,
  kOptionalOffice,
  kSlug,
  kOptionalSlug,
  kDate,
  kOptionalDate,
  kPosition,
  kSiren,
  kSiret,
  kInsee,
  kSha256
};

// The form of a text field, by its name in the table (field_forms.cc); kLine without one.
Form FormOf(const google::protobuf::FieldDescriptor& field);
// True for an enum that documents leave open.
bool MayBeUnsaid(const google::protobuf::FieldDescriptor& field);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_FIELD_FORMS_H_
