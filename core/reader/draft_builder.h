// Elements of a draft one after the other: ids, sources, limits and names in one place, so that
// what says which content goes where (draft.cc, draft_plan.cc) stays plain.
#ifndef GREFFE_CORE_READER_DRAFT_BUILDER_H_
#define GREFFE_CORE_READER_DRAFT_BUILDER_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/draft.h"
#include "core/reader/draft_text.h"
#include "core/reader/names.h"

namespace greffe::reader {

// Lives for one draft. Elements are named by their index: adding one moves the others.
class DraftBuilder final {
 public:
  using Index = std::size_t;
  static constexpr Index kRoot = static_cast<Index>(-1);

  DraftBuilder(const Reading& reading, const std::vector<DocumentFile>& files);

  // A new element under `parent`, with `id` or, where that is taken, one like it.
  Index Add(Index parent, absl::string_view id);
  // As Add; the id is made of the parent's and `label`.
  Index AddUnder(Index parent, absl::string_view label);
  v1::Element& At(Index index) { return elements_[index]; }

  // Cites the place of what went into the element.
  void Cite(Index index, const Source& source);
  // Other wordings, each with its place.
  void AddAliases(Index index, const std::vector<Text>& aliases);

  // Text for a field of one line of at most `characters`: cited, without names of persons. What is
  // longer is cut there and stands whole in a child called `label`.
  std::string Line(Index index, const Text& text, absl::string_view label, std::size_t characters);
  // Text for a field of at most limits::kTextBytes: what is more stands in children.
  std::string Body(Index index, const Text& text, absl::string_view label);
  // As these, where names are no persons': facilities, streets, organisations.
  std::string PublicLine(Index index, const Text& text, absl::string_view label,
                         std::size_t characters);

  // Text that fits no field: a child called `label`. Nothing for an empty text.
  void AddChild(Index index, absl::string_view label, const Text& text);
  // `text` without names of persons.
  std::string WithoutNames(absl::string_view text);

  void Note(Index index, std::string fr, std::string en);

  // `piece` (« article:7 », « action:I.A.1 ») is this element, for references to it.
  void Name(const std::string& piece, Index index) { named_.emplace(piece, index); }
  // kRoot when nothing has that name.
  Index Named(const std::string& piece) const;

  // The draft, its top elements in the order of the documents, each followed by what it holds.
  Draft Finish();

 private:
  std::string Fit(Index index, std::string clean, absl::string_view label, std::size_t characters,
                  const Source& source);
  void CiteIn(Index index, v1::Element& element) const;
  std::vector<Index> Order() const;
  void AddWhole(Index index, absl::string_view label, std::string text, const Source& source);

  const Reading& reading_;
  const std::vector<DocumentFile>& files_;
  NameFilter names_;
  IdBook ids_;
  std::vector<v1::Element> elements_;
  std::vector<Index> parents_;
  std::vector<Source> sources_;
  std::vector<DraftNote> notes_;
  std::map<std::string, Index> named_;
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_DRAFT_BUILDER_H_
