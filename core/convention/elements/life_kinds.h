#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_LIFE_KINDS_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_LIFE_KINDS_H_

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/life.pb.h"

// The table of what can happen in the life of a convention (domain.md section 5.7): one line per
// kind of fact says what it is about, what it answers, and who may record it (section 5.5). Private
// to core/convention.
namespace greffe {

using LifeCase = v1::LifeRecorded::FactCase;

// A set of kinds, and of the events of acts that facts answer too.
class Answerable final {
 public:
  constexpr Answerable() = default;
  constexpr Answerable(std::initializer_list<LifeCase> kinds) {
    for (const LifeCase kind : kinds) bits_ |= Bit(kind);
  }
  // Deliberations on record; frozen revisions.
  static constexpr Answerable Deliberation() { return Answerable(kDeliberationBit); }
  static constexpr Answerable Revision() { return Answerable(kRevisionBit); }

  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool Has(LifeCase kind) const { return (bits_ & Bit(kind)) != 0; }
  constexpr bool HasDeliberation() const { return (bits_ & kDeliberationBit) != 0; }
  constexpr bool HasRevision() const { return (bits_ & kRevisionBit) != 0; }

 private:
  // Field numbers of LifeRecorded.fact start at 10.
  static constexpr std::uint64_t kDeliberationBit = 1u << 1;
  static constexpr std::uint64_t kRevisionBit = 1u << 2;
  static constexpr std::uint64_t Bit(LifeCase kind) {
    return std::uint64_t{1} << static_cast<unsigned>(kind);
  }
  explicit constexpr Answerable(std::uint64_t bits) : bits_(bits) {}

  std::uint64_t bits_ = 0;
};

// What a fact is about.
enum class LifeSubject : std::uint8_t { kTerms, kParty, kAction, kAny };

struct LifeKind {
  LifeCase fact;
  // Stable, such as "notice-sent".
  absl::string_view name;
  // « Mise en demeure » or "Request for data": what people call it.
  absl::string_view fr;
  absl::string_view en;
  LifeSubject subject;
  Answerable answers;
  // It says nothing unless it answers something.
  bool must_answer;
  // One of these roles is needed to record it.
  std::span<const v1::Role> roles;
};

// Null for a fact of newer software, or none.
const LifeKind* FindLifeKind(LifeCase fact);

// Variant of a decision that accepts an exchange of data without an entry in the register.
inline constexpr int kAcceptedUnregistered = 2;
// The enum or flag that a fact bears (kind of notice, ground, favourable…) as a number; 0 for none.
// Of a change observed: 1 when it says in words what changed. Of a clerical error: 1 when its words
// alone show that it is none.
int LifeVariant(const v1::LifeRecorded& life);
// What reading needs of a fact beside its day: only addressee of a notice, holder of a request for
// data, year of an evaluation, body of a validation or a consultation, first day of an unwritten
// clause or of a renewal, code of a message, partner that succeeds, act to be reviewed (hex). Empty
// for others.
std::string LifeDetail(const v1::LifeRecorded& life);
// A notice says the number of its registered letter.
inline constexpr char kNumberedLetter[] = "numbered";
// Words of a fact that views print and rules compare, so that they need not read the store: office,
// capacity, first and last day of a delegation; kNumberedLetter or nothing of a notice, then its
// addressees; office and its new wording of a representative;
// name of a successor; partners asked for a review, none for all. Empty for others.
std::vector<std::string> LifeWords(const v1::LifeRecorded& life);
// The payload of a fact as far as its variant and detail go.
v1::LifeRecorded MakeLife(LifeCase fact, int variant, const std::string& detail);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_LIFE_KINDS_H_
