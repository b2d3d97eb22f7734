#ifndef GREFFE_SERVER_APP_PERSONAL_FIELDS_H_
#define GREFFE_SERVER_APP_PERSONAL_FIELDS_H_

#include <map>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace greffe {

// The one field of views that names a personal value, by its commitment in hexadecimal digits.
inline constexpr char kSignerNameField[] = "signer_name";

// Where in answers of one type personal values are named. Worked out once a type, so that an answer
// of a thousand messages is searched in the few that can hold one. Immutable, thread safe.
class PersonalFields final {
 public:
  using Fields = std::vector<const google::protobuf::FieldDescriptor*>;

  // Lives as long as the process. Takes a lock for a moment.
  static const PersonalFields& For(const google::protobuf::Descriptor* answer);

  // Fields of such a message that are signer_name, or lead to one; none for other types.
  const Fields& Of(const google::protobuf::Descriptor* message) const;

 private:
  explicit PersonalFields(const google::protobuf::Descriptor* answer);

  std::map<const google::protobuf::Descriptor*, Fields> fields_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_PERSONAL_FIELDS_H_
