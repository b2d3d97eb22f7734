#ifndef GREFFE_CORE_RULES_INSTRUMENT_H_
#define GREFFE_CORE_RULES_INSTRUMENT_H_

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/rules/registry.h"
#include "greffe/v1/element.pb.h"

// What an avenant must be before it is signed: built on the text in force, complete, seen by the
// committee where the convention says so, and with nothing left to fill in. Pure.
namespace greffe::rules {

// CHK-22: `unseen` names what was concluded and its author had not been shown; empty: nothing.
std::vector<Oddity> CheckBase(absl::string_view unseen);
// CHK-22: words that an act gives as the old text of an element and that are not in it.
struct OldWords {
  absl::string_view words;
  // The element for people, and the act that wrote it; empty in a project.
  std::string place;
  std::string written_by;
  // False: no such element is in force.
  bool exists = false;
};
std::optional<Oddity> CheckOldText(const OldWords& old);
// CHK-23: labels of the acts concluded on the same base since.
std::vector<Oddity> CheckConcludedSince(const std::vector<std::string>& labels);
// The same of an act that was signed all the same, by people who could not know.
std::vector<Oddity> CheckSignedOnOldBase(const std::vector<std::string>& labels);
// L-35 of acts that are not concluded and change the same elements, by name; `more` counts the
// elements that are not named. `of_one`: said of one act, the others named.
std::vector<Oddity> CheckRivals(const std::vector<std::string>& acts,
                                const std::vector<std::string>& elements, std::size_t more,
                                bool of_one);
// L-36: an act that moves the last day of the term to a later one, concluded (or, while it is not,
// on the day of the question) after that term ended.
std::optional<Oddity> CheckExtension(CivilDate last_before, CivilDate last_after, CivilDate on);
// L-31: an agreed termination (résiliation amiable) that leaves the last day of the convention
// where it is, or moves it to a later one: what an act changes it says, and this one ends nothing.
// Absent for a day that is not known.
std::optional<Oddity> CheckEndsEarlier(std::optional<CivilDate> last_before,
                                       std::optional<CivilDate> last_after);
// L-01: none of the texts of a convention speaks of a diagnosis, its own or in a document apart.
std::optional<Oddity> CheckDiagnosis(const std::vector<absl::string_view>& texts);
// L-35: an act is behind what was concluded on its element when its author had not been shown that,
// and is taken up again.
bool IsBehind(bool shown);

// L-31, CHK-24: what the operations make of the base is the consolidated text.
std::vector<Oddity> CheckOperations(const Digest& applied, const Digest& consolidated);

// L-32: the sentence of a clause that wants avenants shown to a committee first; absent: none.
// `committees`: the names of the bodies of the text, folded. « écrit additionnel » is an avenant
// where the clause amends by it; a pronoun stands for the committee with which a sentence before it
// opens, which is quoted as well.
std::optional<std::string> FindConsultation(
    absl::string_view clause, std::span<const std::vector<std::string>> committees = {});
std::vector<Oddity> CheckConsultation(absl::string_view quote, bool consulted);
// How well a body fits the sentence, which names a committee by its name, by its kind (« comité de
// pilotage », « COTECH ») or not at all.
enum class CommitteeFit : std::uint8_t { kNotNamed, kByKind, kByName };
CommitteeFit FitOfCommittee(absl::string_view quote, const v1::Body& body);

// CHK-14: something still to be filled in: « xx », « XX/XX/ », « .... », « à compléter ».
struct Placeholder {
  // Counted from 1 in the text given.
  std::size_t line = 0;
  // As it stands there.
  std::string mark;
};
std::vector<Placeholder> FindPlaceholders(absl::string_view text);

// L-10: an annex that is kept for the deliberation and filled in after the vote: what it will hold
// is no part of what is frozen, voted on and signed.
bool IsFilledAfterVote(v1::AnnexContent content);

// CHK-13: numbers of annexes that a text refers to and that are not among `known`, once each, in
// order: « annexe 5 », « annexes 2, 3 et 4 ». Annexes of a law, a code, a décret or a circular are
// outside the text and lead nowhere in it: they are left out.
std::vector<std::string> UnresolvedAnnexes(absl::string_view text,
                                           const std::set<std::string>& known);
// CHK-13: whether a reference is to an article of a code (« article L. 263-1 », « R223-1 »), which
// leads outside the text by its letter.
bool IsArticleOfLaw(absl::string_view mention);

// L-15: how long a clause says that the convention lasts, in months, with the sentence; absent when
// it does not say: a length of an action, a mandate or an avenant is another one. "trois ans", "36
// mois", « quatre (4) années ».
struct StatedDuration {
  int months = 0;
  std::string quote;
};
std::optional<StatedDuration> FindStatedDuration(absl::string_view clause);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_INSTRUMENT_H_
