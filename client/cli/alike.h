#ifndef GREFFE_CLIENT_CLI_ALIKE_H_
#define GREFFE_CLIENT_CLI_ALIKE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace greffe::cli {

// A sentence and what else must agree for it to be told together with another: its severity, its
// code, its field.
struct Sentence {
  std::string kind;
  std::string text;
};

// Sentences that say the same of several: 46 parties that signed without a vote are one line.
struct Alike {
  // Place of the first of them.
  std::size_t first = 0;
  // The sentence; of several what they share, « … » where they differ.
  std::string shared;
  // What each says in its place, as a French dictionary orders it; empty for a sentence alone.
  std::vector<std::string> each;
};

// In the order of the first of each. Three or more are told together when they are of one kind, end
// alike, and share more words than they differ in. In the time of a sort.
std::vector<Alike> TellTogether(const std::vector<Sentence>& sentences);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_ALIKE_H_
