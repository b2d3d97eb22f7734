#include "core/reader/redraft.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/base/digest.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/text/consolidate.h"

namespace greffe::reader {
namespace {

using ById = std::map<std::string, const v1::Element*>;

// Half of a digest tells versions of one element apart.
constexpr std::size_t kDigestDigits = 32;

// Of the wording alone: a line added above moves every alias' place.
std::string DigestOf(const v1::Element& element) {
  if (element.aliases().empty()) return ElementDigest(element).ToHex().substr(0, kDigestDigits);
  v1::Element copy = element;
  for (v1::Alias& alias : *copy.mutable_aliases()) alias.clear_source();
  return ElementDigest(copy).ToHex().substr(0, kDigestDigits);
}

// The id under which `as_read` holds the section on_paper; no element's, for its underscore.
constexpr char kOnPaper[] = "on_paper";
constexpr char kNoPaper[] = "none";

std::string PaperDigestOf(const v1::ConventionDraft& draft) {
  if (!draft.has_on_paper()) return kNoPaper;
  // Without maps and unknown fields, one message has one serialisation.
  return Sha256({draft.on_paper().SerializeAsString()}).ToHex().substr(0, kDigestDigits);
}

ById IndexById(const v1::ConventionDraft& draft) {
  ById out;
  for (const v1::Element& element : draft.elements()) out.emplace(element.id(), &element);
  return out;
}

class Merger final {
 public:
  Merger(const v1::ConventionDraft& before, const v1::ConventionDraft& fresh)
      : before_(before), fresh_(fresh), old_(IndexById(before)), new_(IndexById(fresh)) {
    for (const v1::ReadElement& read : before.as_read()) as_read_[read.id()] = read.digest();
  }

  Redrafted Merge() {
    out_.draft = fresh_;
    out_.draft.clear_elements();
    out_.draft.clear_as_read();
    if (!before_.remark().empty()) out_.draft.set_remark(before_.remark());
    TakePaper();
    FindAdditions();
    TakeAdditionsAfter("");
    for (const v1::Element& element : fresh_.elements()) TakeFresh(element);
    for (const v1::Element& element : before_.elements()) {
      if (new_.count(element.id()) == 0 && !IsAddition(element)) {
        Tell(v1::IMPORT_CHANGE_KIND_REMOVED, element);
        // What people added after it stands where it stood.
        TakeAdditionsAfter(element.id());
      }
    }
    v1::ConventionDraft read = fresh_;
    SetAsRead(&read);
    *out_.draft.mutable_as_read() = read.as_read();
    KeepCitedDocuments();
    return std::move(out_);
  }

 private:
  // Elements that no reading gave: a person wrote them.
  bool IsAddition(const v1::Element& element) const {
    const auto read = as_read_.find(element.id());
    return new_.count(element.id()) == 0 &&
           (read == as_read_.end() || read->second != DigestOf(element));
  }

  void FindAdditions() {
    std::string last;
    for (const v1::Element& element : before_.elements()) {
      if (IsAddition(element)) {
        additions_[last].push_back(&element);
      } else {
        last = element.id();
      }
    }
  }

  void TakeAdditionsAfter(const std::string& id) {
    const auto found = additions_.find(id);
    if (found == additions_.end()) return;
    for (const v1::Element* element : found->second) {
      *out_.draft.add_elements() = *element;
      Tell(as_read_.count(element->id()) == 0 ? v1::IMPORT_CHANGE_KIND_CORRECTION_KEPT
                                              : v1::IMPORT_CHANGE_KIND_BOTH,
           *element);
    }
    additions_.erase(found);
  }

  void TakeFresh(const v1::Element& element) {
    const auto old = old_.find(element.id());
    const auto read = as_read_.find(element.id());
    const std::string fresh_digest = DigestOf(element);
    if (old == old_.end()) {
      TakeMissing(element, read == as_read_.end() ? "" : read->second, fresh_digest);
      return;
    }
    const std::string old_digest = DigestOf(*old->second);
    const bool corrected = read == as_read_.end() || old_digest != read->second;
    const bool changed = read == as_read_.end() || fresh_digest != read->second;
    v1::Element& taken = *out_.draft.add_elements();
    if (old_digest == fresh_digest) {
      taken = element;
    } else if (!corrected) {
      taken = element;
      Tell(v1::IMPORT_CHANGE_KIND_CHANGED, element);
    } else {
      taken = *old->second;
      // The correction's place is where its wording is read now.
      *taken.mutable_sources() = element.sources();
      const bool both = changed && read != as_read_.end();
      Tell(both ? v1::IMPORT_CHANGE_KIND_BOTH : v1::IMPORT_CHANGE_KIND_CORRECTION_KEPT,
           *old->second);
    }
    TakeAdditionsAfter(element.id());
  }

  // Not in the old draft: new in the documents, or taken away by a person.
  void TakeMissing(const v1::Element& element, const std::string& read,
                   const std::string& fresh_digest) {
    if (read.empty()) {
      *out_.draft.add_elements() = element;
      Tell(v1::IMPORT_CHANGE_KIND_ADDED, element);
      return;
    }
    Tell(
        read == fresh_digest ? v1::IMPORT_CHANGE_KIND_CORRECTION_KEPT : v1::IMPORT_CHANGE_KIND_BOTH,
        element);
  }

  // The section stays or goes as a whole: its parts have no ids.
  void TakePaper() {
    const auto read = as_read_.find(kOnPaper);
    const std::string old = PaperDigestOf(before_);
    const std::string fresh = PaperDigestOf(fresh_);
    if (old == fresh) return;
    const bool known = read != as_read_.end();
    if (known && old == read->second) {
      return TellPaper(old == kNoPaper     ? v1::IMPORT_CHANGE_KIND_ADDED
                       : fresh == kNoPaper ? v1::IMPORT_CHANGE_KIND_REMOVED
                                           : v1::IMPORT_CHANGE_KIND_CHANGED);
    }
    out_.draft.clear_on_paper();
    if (before_.has_on_paper()) *out_.draft.mutable_on_paper() = before_.on_paper();
    TellPaper(known && fresh != read->second ? v1::IMPORT_CHANGE_KIND_BOTH
                                             : v1::IMPORT_CHANGE_KIND_CORRECTION_KEPT);
  }

  void TellPaper(v1::ImportChangeKind kind) {
    v1::ImportChange change;
    change.set_kind(kind);
    change.set_element_id(kOnPaper);
    change.set_title("Signée sur papier");
    out_.changes.push_back(std::move(change));
  }

  // What people added may cite a document that is read no more.
  void KeepCitedDocuments() {
    std::set<std::string> cited;
    for (const v1::Element& element : out_.draft.elements()) {
      for (const v1::SourcePlace& place : element.sources()) cited.insert(place.document_sha256());
    }
    for (const v1::SourceDocument& document : out_.draft.documents()) {
      cited.erase(document.sha256());
    }
    for (const v1::SourceDocument& document : before_.documents()) {
      if (cited.erase(document.sha256()) > 0) *out_.draft.add_documents() = document;
    }
  }

  void Tell(v1::ImportChangeKind kind, const v1::Element& element) {
    v1::ImportChange change;
    change.set_kind(kind);
    change.set_element_id(element.id());
    change.set_title(ElementTitle(element));
    out_.changes.push_back(std::move(change));
  }

  const v1::ConventionDraft& before_;
  const v1::ConventionDraft& fresh_;
  const ById old_;
  const ById new_;
  std::map<std::string, std::string> as_read_;
  // By the id of the element that they follow; "" at the start.
  std::map<std::string, std::vector<const v1::Element*>> additions_;
  Redrafted out_;
};

}  // namespace

void SetAsRead(v1::ConventionDraft* draft) {
  draft->clear_as_read();
  for (const v1::Element& element : draft->elements()) {
    v1::ReadElement& read = *draft->add_as_read();
    read.set_id(element.id());
    read.set_digest(DigestOf(element));
  }
  v1::ReadElement& paper = *draft->add_as_read();
  paper.set_id(kOnPaper);
  paper.set_digest(PaperDigestOf(*draft));
}

Redrafted Redraft(const v1::ConventionDraft& before, const v1::ConventionDraft& fresh) {
  return Merger(before, fresh).Merge();
}

}  // namespace greffe::reader
