// The draft that people correct, made from a reading.
#ifndef GREFFE_CORE_READER_DRAFT_H_
#define GREFFE_CORE_READER_DRAFT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/reader/model.h"
#include "greffe/v1/draft.pb.h"

namespace greffe::reader {

// The file behind Reading::documents of the same index, as its owner keeps it: for a PDF, of its
// bytes, not of the text in it.
struct DocumentFile {
  std::string sha256;  // 64 lower-case hex digits.
  std::uint64_t bytes = 0;
  std::string media_type;
};

// Something the draft does not say as the document does, which a person should know.
struct DraftNote {
  std::string element_id;
  std::string fr, en;
};

// What the documents show of a signing on paper (draft_paper.h).
struct PaperReading {
  v1::PaperSigning signing;
  // They show it: `signing` stands in the draft unless people say otherwise.
  bool shown = false;
  std::string fr, en;  // Why, and which flag says otherwise.
  std::vector<Lines> lines;
  std::size_t unplaced = 0;  // Deliberations of a party that is not recognised, left out.
};

struct Draft {
  v1::ConventionDraft draft;
  std::vector<DraftNote> notes;
  PaperReading paper;
};

// What `greffe convention new --file` takes once a person has corrected it: what the documents do
// not say (a date, an office) is left empty, and the checks of core/convention/checks/draft_check.h
// name it. Never fails, and within the limits of core/base/limits.h but for the number of elements.
//
// Ids come of kinds, printed numbers and first words, so that a second reading of a corrected
// source gives the same ids. What is too long for its field is cut there and stands whole in a
// child; what fits no field stands in a child named by its label. Names of persons are replaced by
// « [nom] »: they stay in the source and in the report. `files` has one entry a document.
Draft MakeDraft(const Reading& reading, const std::vector<DocumentFile>& files);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_DRAFT_H_
