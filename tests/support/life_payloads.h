#ifndef GREFFE_TESTS_SUPPORT_LIFE_PAYLOADS_H_
#define GREFFE_TESTS_SUPPORT_LIFE_PAYLOADS_H_

#include <string>
#include <utility>
#include <vector>

#include "core/base/digest.h"
#include "greffe/v1/event.pb.h"

// Facts of a convention's life, for short tests.
namespace greffe::test {

inline v1::LifeRecorded Notice(v1::NoticeKind kind, const std::string& sent_on,
                               const std::vector<std::string>& to = {}) {
  v1::LifeRecorded fact;
  fact.set_element_id("terms");
  fact.set_happened_on(sent_on);
  fact.mutable_notice_sent()->set_kind(kind);
  for (const std::string& partner : to) fact.mutable_notice_sent()->add_to_partners(partner);
  return fact;
}

// A fact without more to say than its kind, about the whole convention.
inline v1::LifeRecorded Plain(v1::LifeRecorded::FactCase kind, const std::string& day) {
  v1::LifeRecorded fact;
  fact.set_element_id("terms");
  fact.set_happened_on(day);
  fact.GetReflection()->MutableMessage(
      &fact, v1::LifeRecorded::descriptor()->FindFieldByNumber(static_cast<int>(kind)));
  return fact;
}

inline v1::LifeRecorded Answering(v1::LifeRecorded fact, const Digest& leaf) {
  fact.set_answers(leaf.ToBytes());
  return fact;
}

inline v1::LifeRecorded Replacing(v1::LifeRecorded fact, const std::vector<Digest>& leaves) {
  for (const Digest& leaf : leaves) fact.add_replaces(leaf.ToBytes());
  return fact;
}

inline v1::Event Happened(v1::LifeRecorded fact) {
  v1::Event event;
  *event.mutable_life_recorded() = std::move(fact);
  return event;
}

}  // namespace greffe::test

#endif  // GREFFE_TESTS_SUPPORT_LIFE_PAYLOADS_H_
