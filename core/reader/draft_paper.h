// What documents show of a signing on paper, as `on_paper` of a draft.
#ifndef GREFFE_CORE_READER_DRAFT_PAPER_H_
#define GREFFE_CORE_READER_DRAFT_PAPER_H_

#include <vector>

#include "core/reader/draft.h"

namespace greffe::reader {

// Signatures and votes that `reading` prints, of the parties and offices of `draft`. What is not
// printed, or not of a party for certain, is left out: nothing is concluded from silence, and no
// scan is taken for one. The text counts as signed on paper (`shown`) when a signature bears a date
// or a mark (« signé »). A vote signs nothing: a text that was voted, with its date of signature
// blank, stays a project, and `signing` holds the vote for people who say otherwise. Holds no names
// of persons. Pure; never fails.
PaperReading ReadPaper(const Reading& reading, const v1::ConventionDraft& draft);

// Evidence that `on_paper` of the draft lacks, one note a party; empty when it has no such section.
std::vector<DraftNote> MissingPaper(const v1::ConventionDraft& draft);

// Adds to what `paper` says how many deliberations were left out.
void TellUnplaced(PaperReading* paper);
// What `paper` says where people decided otherwise than the documents show: that the draft is on
// paper, or a project, because they asked so. Nothing changes where both agree.
void TellDecision(bool on_paper, PaperReading* paper);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_DRAFT_PAPER_H_
