#ifndef GREFFE_CORE_RULES_CHANGE_CLASS_H_
#define GREFFE_CORE_RULES_CHANGE_CLASS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/element.pb.h"
#include "greffe/v1/instrument.pb.h"
#include "greffe/v1/view.pb.h"

// Which instrument a change needs: an avenant (A), a committee decision that a clause allows (B) or
// follow-up (C). Whatever is not known to be B or C is A: to change a term without an avenant lets
// the CAF end the convention without notice (L-52). Pure.
namespace greffe::rules {

// What a clause may leave to a committee.
enum class Matter : std::uint8_t {
  // The order of priority of what is there already.
  kPriorities,
  // The schedule of an action, inside the term.
  kSchedule,
  // Further indicators of evaluation.
  kIndicators,
  // How an action is carried out.
  kConduct,
  // What a rule of law to come changes in an action.
  kRegulation,
};

// A sentence that leaves a matter to a committee.
struct Delegation {
  Matter matter = Matter::kPriorities;
  // Element that holds it.
  std::string clause_id;
  // The action in whose sheet it stands, and for which alone it holds; empty: for all.
  std::string action_id;
  std::string quote;
};

// Where a text stands.
struct ClausePlace {
  std::string clause_id;
  std::string action_id;
  // It says what a body of the convention does.
  bool of_body = false;
  // Names of the bodies of the text, folded: a committee whatever it is called. Borrowed.
  std::span<const std::vector<std::string>> bodies = {};
};
// What the sentences of a clause leave to a committee, by the words of core/rules/lexicon. One that
// denies, or that names an avenant but to do without (« sans avenant »), leaves nothing; nor do
// priorities in a clause that names no body: each party has its own.
std::vector<Delegation> FindDelegations(const ClausePlace& place, absl::string_view text);

// One changed element.
struct ChangeFacts {
  v1::Element::ContentCase kind = v1::Element::CONTENT_NOT_SET;
  v1::DiffKind how = v1::DIFF_KIND_UNSPECIFIED;
  // Paths of the changed fields, such as `schedule.to`, `position`.
  std::vector<std::string> fields;
  // Of a rubric, before and after the change.
  v1::RubricKind rubric = v1::RUBRIC_KIND_UNSPECIFIED;
  // Of an article, before or after the change: what it provides.
  v1::ClauseRole role = v1::CLAUSE_ROLE_UNSPECIFIED;
  // The action that it is, or in whose sheet it stands; empty: none.
  std::string action_id;
  // A schedule that ends after the last day of the convention, or whose end cannot be told.
  bool beyond_term = false;
};

struct Classified {
  v1::ChangeClass change_class = v1::CHANGE_CLASS_AVENANT;
  // The clause that allows B; null for A and C. Borrowed from the delegations given.
  const Delegation* clause = nullptr;
  // A change that some conventions leave to a committee.
  bool delegable = false;
  Words why;
};
// L-16, L-17, L-26: the rule by which what is changed binds the parties together, so that none of
// them changes it alone: the facilities supported, what is paid, how the convention is made known;
// none for everything else. What is in no such rule may still take an avenant (ClassOf).
std::optional<Rule> CommitmentOf(const ChangeFacts& facts);
// False for kinds of elements of which no change is ever left to a committee (`delegable`).
bool EverDelegated(v1::Element::ContentCase kind);
// L-30, CHK-26.
Classified ClassOf(const ChangeFacts& facts, std::span<const Delegation> delegations);

// CHK-25, CHK-26: what forbids that this kind of act makes the change; empty when it may.
std::vector<Oddity> CheckInstrument(v1::ActKind kind, const Classified& change);

// CHK-18: true when what a schedule says reaches beyond the last day of the convention, by the last
// year that it names ("2025-2027", « fin 2027 ») or by naming the next convention. True too when
// its end cannot be told: no year, or the year in the middle of which the convention ends.
bool BeyondTerm(std::span<const std::string> wordings, CivilDate last_day);
// CHK-18: a schedule that names a year after that of the last day. One whose end cannot be told is
// none.
std::optional<Oddity> CheckScheduleInsideTerm(std::span<const std::string> wordings,
                                              CivilDate last_day);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_CHANGE_CLASS_H_
