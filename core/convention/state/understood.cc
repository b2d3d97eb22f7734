#include "core/convention/state/understood.h"

#include <algorithm>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace greffe {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Recursion is bounded: the parser refuses messages nested deeper than 100.
bool KnowsAll(const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) return false;
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        if (!KnowsAll(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                           : reflection.GetMessage(message, field))) {
          return false;
        }
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        const int value = field->is_repeated() ? reflection.GetRepeatedEnumValue(message, field, i)
                                               : reflection.GetEnumValue(message, field);
        if (field->enum_type()->FindValueByNumber(value) == nullptr) return false;
      }
    }
  }
  return true;
}

// False when the message itself holds an unknown field; not its parts.
bool Plain(const Message& message) {
  return message.GetReflection()->GetUnknownFields(message).empty();
}

bool KnowsEnvelope(const v1::Event& event) {
  return Plain(event) && event.format() <= 1 && Plain(event.recorded_at()) &&
         Plain(event.actor()) && std::all_of(event.seen().begin(), event.seen().end(), Plain);
}

}  // namespace

bool IsUnderstood(const v1::Event& event) {
  if (!KnowsEnvelope(event)) return false;
  switch (event.payload_case()) {
    case v1::Event::kProgressReported:
      return Plain(event.progress_reported()) &&
             v1::ProgressState_IsValid(event.progress_reported().state());
    case v1::Event::kIndicatorMeasured:
      return Plain(event.indicator_measured());
    case v1::Event::kMeetingRecorded:
      return Plain(event.meeting_recorded());
    case v1::Event::kPredecessorLinked:
      return Plain(event.predecessor_linked());
    case v1::Event::PAYLOAD_NOT_SET:
      return true;
    default:
      return KnowsAll(event);
  }
}

}  // namespace greffe
