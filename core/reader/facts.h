// A reading as facts, one a line, so that it can be compared with a reference.
#ifndef GREFFE_CORE_READER_FACTS_H_
#define GREFFE_CORE_READER_FACTS_H_

#include <string>

#include "core/reader/model.h"

namespace greffe::reader {

// `kind TAB key TAB text TAB source` lines, in the order of the convention. Kinds and keys are
// those of docs/cli.md, "Facts"; the source is `document:first-last`, several joined by commas,
// with ` ~` and how it was found when it is not printed there. Tabs and line ends inside a text
// become spaces. Empty texts make no fact. Never fails. Holds names of persons: for people's eyes.
std::string FactsTsv(const Reading& reading);

// `document:first-last`, several joined by commas; one line is `document:line`.
std::string SourceText(const Reading& reading, const Source& source);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_FACTS_H_
