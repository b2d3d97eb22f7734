#ifndef GREFFE_CORE_CONVENTION_CHECKS_NOTICE_CHECK_H_
#define GREFFE_CORE_CONVENTION_CHECKS_NOTICE_CHECK_H_

#include "core/convention/checks/life_finding_list.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"
#include "core/convention/text/party_book.h"

// What people should look at in notices, what answers them, and terminations. Private to
// core/convention.
namespace greffe {

// What was recorded is judged against. Borrows everything.
struct NoticeChecking {
  const StateData& data;
  const PartyBook& names;
  const LifeBook& book;
  // FindEnding of that state.
  const EndingFacts& ending;
};

// Of one thread: a notice before the conclusion (L-13) or after the end (L-54, L-55), without proof
// (CHK-30) or standing (CHK-29, L-51), of an unclear period (L-50, L-53), that changes nothing
// (CHK-31, L-53) or is to be qualified (L-53); answers that do not count; terminations that do not
// hold (L-50 to L-52), rest on no clause or end for more than two parties; a receipt that counts by
// its sender's word alone (CHK-30). Nothing of a thread without either.
void AddNoticeFindings(const NoticeChecking& in, const LifeLine& line, LifeFindingList* out);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_NOTICE_CHECK_H_
