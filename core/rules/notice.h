#ifndef GREFFE_CORE_RULES_NOTICE_H_
#define GREFFE_CORE_RULES_NOTICE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/rules/deadline.h"
#include "core/rules/notice_period.h"
#include "core/rules/registry.h"
#include "greffe/v1/element.pb.h"
#include "greffe/v1/life.pb.h"

// Mises en demeure, denunciation and termination: who may, from when, with what effect. Pure.
namespace greffe::rules {

// The end of a notice counted from a day, with the clause that says how long it is. `term_last`:
// the last day of the convention, for a period that ends with it (NoticePeriod::to_term).
// OUT_OF_RANGE as in ContractDeadline, and where such a period meets no term.
absl::StatusOr<Deadline> NoticeDeadline(const NoticePeriod& period, CivilDate from,
                                        std::optional<CivilDate> term_last = std::nullopt);

// L-13: there is nothing to breach, to leave or to end before all parties have concluded. A finding
// for a fact before that day, or while there is none.
std::optional<Oddity> CheckAfterConclusion(std::optional<CivilDate> concluded_on, CivilDate day);

// L-51, CHK-29: only the CAF gives notice for a breach of the law.
std::optional<Oddity> CheckMaySend(v1::NoticeKind kind, v1::PartnerKind party);
// L-52, CHK-29: only the CAF ends without notice; after a notice for a breach of the law (L-51),
// too; after another mise en demeure either party may (L-50). `notice` is that of the mise en
// demeure answered, UNSPECIFIED for a termination without notice.
std::optional<Oddity> CheckMayTerminate(v1::TerminationGround ground, v1::NoticeKind notice,
                                        v1::PartnerKind party);
// L-50: a mise en demeure is without effect only once its period has run, counted from sending, or
// from receipt where the convention says so. A finding on or before the last day, and while such a
// receipt is not on record; none for a period that is not clear, which is for people to qualify.
std::optional<Oddity> CheckFruitless(const NoticePeriod& period, CivilDate sent_on, CivilDate on,
                                     std::optional<CivilDate> received_on = std::nullopt);
// L-50: found without effect though the breach was cured before.
Oddity CuredBefore(CivilDate cured_on);
// L-53: a dénonciation taken back after the last day of its notice.
Oddity RetractedLate(CivilDate last_day);
// L-50, L-52: a termination for which the articles about the end do not provide. What it rests on
// is for people to qualify; it is no proof that nothing does.
std::optional<Oddity> CheckTerminationClause(v1::TerminationGround ground,
                                             const NoticePeriods& articles);
// CHK-30: the proof of sending of a notice is attached, and what is on record of its form is that
// which the convention asks for (NoticePeriod::form). `numbered`: the number of its registered
// letter is on record.
std::optional<Oddity> CheckProofOfSending(bool proof, const NoticePeriod& period);
std::optional<Oddity> CheckForm(bool proof, bool numbered, const NoticePeriod& period);
// L-50, L-51, L-53: where the convention asks to tell all others (NoticePeriod::to_all), those who
// were sent no such notice are to be told still. `untold`: their names.
std::optional<Oddity> CheckAllTold(v1::NoticeKind kind, const NoticePeriod& period,
                                   const std::vector<std::string>& untold);
// CHK-30, L-53: the receipt from which a dénonciation is counted.
struct ReceiptClaim {
  CivilDate on;
  // Recorded by who sent the letter, or who speaks for it.
  bool by_sender = false;
  // A document that proves it is named.
  bool proven = false;
  // The first day that another party recorded; absent where none did.
  std::optional<CivilDate> by_other = std::nullopt;
};
// Said by the sender alone, without a proof: unproven; contested where another party says another
// day.
std::optional<Oddity> CheckReceipt(const ReceiptClaim& claim);
// CHK-31: a denunciation whose notice runs out after the end of the term changes nothing.
std::optional<Oddity> CheckDenunciationUseful(const Deadline& notice, CivilDate last_day);

// L-53, and domain.md section 9.1: what a denunciation does to a convention.
enum class DenunciationEffect {
  // Its notice runs, or nobody knows from when.
  kRunning,
  // Its notice is over and there are two parties: the convention has ended.
  kEnds,
  // Its notice is over, but there are more parties: the texts do not say whether all ends or the
  // sender's part alone. Ends nothing until the co-chairs decide.
  kToQualify,
};
// `effect_on`: the first day after the notice; absent while it cannot be computed.
DenunciationEffect EffectOfDenunciation(std::size_t parties, std::optional<CivilDate> effect_on,
                                        CivilDate on);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_NOTICE_H_
