#include "core/reader/draft_builder.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/reader/facts.h"

namespace greffe::reader {
namespace {

std::vector<std::string> KnownNames(const Convention& convention) {
  std::vector<std::string> names;
  for (const Party& party : convention.parties) {
    for (const Representative& person : party.representatives) names.push_back(person.name.text);
  }
  return names;
}

// Names of bodies and places, which look like those of persons.
std::vector<std::string> PublicNames(const Convention& convention) {
  std::vector<std::string> names;
  for (const Party& party : convention.parties) names.push_back(party.name.text);
  for (const Facility& facility : convention.facilities) names.push_back(facility.name.text);
  for (const Body& body : convention.bodies) names.push_back(body.name.text);
  return names;
}

// At most limits::kSources ranges, in order, overlapping and touching ones as one; where there are
// still more, those with the smallest gap between are joined.
std::vector<Lines> Merged(std::vector<Lines> lines) {
  std::sort(lines.begin(), lines.end());
  std::vector<Lines> merged;
  for (std::uint32_t gap = 1;; gap *= 4) {
    merged.clear();
    for (const Lines& next : lines) {
      if (!merged.empty() && merged.back().document == next.document &&
          next.first <= merged.back().last + gap) {
        merged.back().last = std::max(merged.back().last, next.last);
      } else {
        merged.push_back(next);
      }
    }
    if (merged.size() <= limits::kSources || gap > (1u << 28)) break;
  }
  if (merged.size() > limits::kSources) merged.resize(limits::kSources);
  return merged;
}

}  // namespace

DraftBuilder::DraftBuilder(const Reading& reading, const std::vector<DocumentFile>& files)
    : reading_(reading),
      files_(files),
      names_(KnownNames(reading.convention), PublicNames(reading.convention)) {
  // Who attended or signed is named elsewhere too, without a sign that it is a person.
  for (const Deliberation& vote : reading.convention.deliberations) names_.Learn(vote.body.text);
  for (const Section& section : reading.convention.sections) names_.Learn(section.body.text);
}

DraftBuilder::Index DraftBuilder::Add(Index parent, absl::string_view id) {
  v1::Element element;
  if (parent != kRoot) element.set_parent_id(elements_[parent].id());
  element.set_id(ids_.Take(id));
  elements_.push_back(std::move(element));
  parents_.push_back(parent);
  sources_.emplace_back();
  return elements_.size() - 1;
}

DraftBuilder::Index DraftBuilder::AddUnder(Index parent, absl::string_view label) {
  // Room for a label of its own in the 64 characters of an id.
  constexpr std::size_t kPrefix = 24;
  std::string prefix = parent == kRoot ? "" : elements_[parent].id().substr(0, kPrefix);
  while (!prefix.empty() && prefix.back() == '-') prefix.pop_back();
  return Add(parent, absl::StrCat(prefix, prefix.empty() ? "" : "-", label));
}

void DraftBuilder::Cite(Index index, const Source& source) {
  if (source.lines.empty()) return;
  Source& mine = sources_[index];
  // An element is as sure as its least sure part.
  mine.confidence = std::min(mine.confidence, std::min<std::uint32_t>(source.confidence, 100));
  if (mine.recovered.empty()) mine.recovered = source.recovered;
  mine.lines.insert(mine.lines.end(), source.lines.begin(), source.lines.end());
}

void DraftBuilder::AddAliases(Index index, const std::vector<Text>& aliases) {
  for (const Text& alias : aliases) {
    const std::string wording = WithoutNames(CleanLine(alias.text));
    if (wording.empty()) continue;
    if (CountCodePoints(wording) > limits::kTitleCharacters) {
      AddChild(index, "autre libellé", alias);
      continue;
    }
    Cite(index, alias.source);
    v1::Alias& added = *elements_[index].add_aliases();
    added.set_wording(wording);
    added.set_source(CutLine(SourceText(reading_, alias.source), limits::kRemarkCharacters));
  }
}

void DraftBuilder::AddWhole(Index index, absl::string_view label, std::string text,
                            const Source& source) {
  const std::vector<std::string> pieces = SplitText(text, limits::kTextBytes);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Index child = AddUnder(index, Slug(label, 4));
    Cite(child, source);
    v1::TextBlock& block = *At(child).mutable_text_block();
    block.set_kind(v1::TEXT_BLOCK_KIND_HEADING);
    block.set_title(i == 0 ? std::string(label) : absl::StrCat(label, " (suite ", i + 1, ")"));
    block.set_body(pieces[i]);
  }
}

std::string DraftBuilder::Fit(Index index, std::string clean, absl::string_view label,
                              std::size_t characters, const Source& source) {
  Cite(index, source);
  std::string cut = CutLine(clean, characters);
  if (cut.size() == clean.size()) return cut;
  Note(index,
       absl::StrCat("« ", label, " » dépasse ", characters,
                    " caractères : coupé, et gardé entier dans un élément enfant."),
       absl::StrCat("\"", label, "\" is longer than ", characters,
                    " characters: cut, and kept whole in a child element."));
  AddWhole(index, label, std::move(clean), source);
  return cut;
}

std::string DraftBuilder::Line(Index index, const Text& text, absl::string_view label,
                               std::size_t characters) {
  return Fit(index, WithoutNames(CleanLine(text.text)), label, characters, text.source);
}

std::string DraftBuilder::PublicLine(Index index, const Text& text, absl::string_view label,
                                     std::size_t characters) {
  return Fit(index, CleanLine(text.text), label, characters, text.source);
}

std::string DraftBuilder::Body(Index index, const Text& text, absl::string_view label) {
  Cite(index, text.source);
  const std::string clean = WithoutNames(CleanText(text.text));
  if (clean.size() <= limits::kTextBytes) return clean;
  const std::string first = SplitText(clean, limits::kTextBytes).front();
  Note(index,
       absl::StrCat("« ", label, " » dépasse ", limits::kTextBytes,
                    " octets : la suite est dans des éléments enfants."),
       absl::StrCat("\"", label, "\" is longer than ", limits::kTextBytes,
                    " bytes: the rest is in child elements."));
  AddWhole(index, absl::StrCat(label, ", suite"), CleanText(clean.substr(first.size())),
           text.source);
  return first;
}

void DraftBuilder::AddChild(Index index, absl::string_view label, const Text& text) {
  const std::string clean = WithoutNames(CleanText(text.text));
  if (!clean.empty()) AddWhole(index, label, clean, text.source);
}

std::string DraftBuilder::WithoutNames(absl::string_view text) { return names_.Filter(text); }

void DraftBuilder::Note(Index index, std::string fr, std::string en) {
  notes_.push_back({elements_[index].id(), std::move(fr), std::move(en)});
}

DraftBuilder::Index DraftBuilder::Named(const std::string& piece) const {
  const auto found = named_.find(piece);
  return found == named_.end() ? kRoot : found->second;
}

void DraftBuilder::CiteIn(Index index, v1::Element& element) const {
  for (const Lines& lines : Merged(sources_[index].lines)) {
    if (lines.document >= files_.size() || lines.first == 0 || lines.last < lines.first) continue;
    v1::SourcePlace& place = *element.add_sources();
    place.set_document_sha256(files_[lines.document].sha256);
    place.set_first_line(lines.first);
    place.set_last_line(lines.last);
    place.set_confidence(sources_[index].confidence);
    place.set_recovered(CutLine(CleanLine(sources_[index].recovered), limits::kTitleCharacters));
  }
}

std::vector<DraftBuilder::Index> DraftBuilder::Order() const {
  std::vector<std::vector<Index>> children(elements_.size());
  std::vector<Index> top;
  for (Index i = 0; i < elements_.size(); ++i) {
    (parents_[i] == kRoot ? top : children[parents_[i]]).push_back(i);
  }
  std::vector<Lines> columns = reading_.columns;  // Stretches apart from each other.
  std::sort(columns.begin(), columns.end());
  // Terms and parties open every convention; the rest follows the documents.
  const auto key = [&](Index i) {
    const bool opens = elements_[i].has_terms() || elements_[i].has_party();
    const auto& lines = sources_[i].lines;
    Lines first = lines.empty() ? Lines{} : *std::min_element(lines.begin(), lines.end());
    const auto below =
        std::partition_point(columns.begin(), columns.end(), [&first](const Lines& each) {
          return std::pair(each.document, each.first) <= std::pair(first.document, first.first);
        });
    if (below != columns.begin()) {  // Read as they were added, not line by line.
      const Lines& around = *std::prev(below);
      if (around.document == first.document && first.first <= around.last)
        first = {around.document, around.first, around.first};
    }
    return std::tuple(!opens, !opens && lines.empty(), opens ? Lines{} : first);
  };
  std::vector<std::pair<decltype(key(0)), Index>> keyed;  // Of two equal keys the first one added.
  for (const Index i : top) keyed.emplace_back(key(i), i);
  std::sort(keyed.begin(), keyed.end());
  for (std::size_t i = 0; i < top.size(); ++i) top[i] = keyed[i].second;
  std::vector<Index> order;
  std::vector<Index> stack(top.rbegin(), top.rend());
  while (!stack.empty()) {
    const Index i = stack.back();
    stack.pop_back();
    order.push_back(i);
    stack.insert(stack.end(), children[i].rbegin(), children[i].rend());
  }
  return order;
}

Draft DraftBuilder::Finish() {
  Draft out;
  for (std::size_t d = 0; d < reading_.documents.size() && d < files_.size(); ++d) {
    if (d == limits::kDocuments) break;
    v1::SourceDocument& document = *out.draft.add_documents();
    document.set_name(CutLine(CleanLine(reading_.documents[d].name), limits::kTitleCharacters));
    document.set_sha256(files_[d].sha256);
    document.set_bytes(files_[d].bytes);
    document.set_media_type(files_[d].media_type);
  }
  for (const Index i : Order()) {
    CiteIn(i, elements_[i]);
    *out.draft.add_elements() = std::move(elements_[i]);
  }
  if (names_.count() > 0) {
    notes_.push_back({"",
                      absl::StrCat(names_.count(), " nom(s) de personnes remplacé(s) par « ",
                                   kNameMark, " » : la convention ne garde que des fonctions."),
                      absl::StrCat(names_.count(), " name(s) of persons replaced by \"", kNameMark,
                                   "\": the convention keeps offices only.")});
  }
  for (const std::uint32_t amendment : reading_.amendments) {
    const std::string& name = reading_.documents[amendment].name;
    notes_.push_back(
        {"",
         absl::StrCat(name,
                      " est un avenant : rien n'en change la convention, ni articles, ni durée, "
                      "ni signatures. Ses lignes sont gardées comme simple texte, à retirer de "
                      "l'ébauche ; l'avenant se propose par « greffe act propose »."),
         absl::StrCat(name,
                      " is an avenant: nothing of it changes the convention, neither articles "
                      "nor term nor signatures. Its lines are kept as plain text, to be taken out "
                      "of the draft; the avenant is proposed with “greffe act propose”.")});
  }
  if (std::none_of(out.draft.elements().begin(), out.draft.elements().end(),
                   [](const v1::Element& element) { return element.has_party(); })) {
    notes_.push_back({"",
                      "Aucune partie n'a été reconnue : une convention sans partie n'est celle de "
                      "personne. Relisez le début du document et ajoutez les parties à l'ébauche.",
                      "No party was recognised: a convention without parties is nobody's. Read the "
                      "start of the document again and add the parties to the draft."});
  }
  out.notes = std::move(notes_);
  return out;
}

}  // namespace greffe::reader
