#include "core/convention/reading/stale.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/base/utf8.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/field_words.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/changed_words.h"
#include "core/convention/reading/instrument.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/calendar.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

// Enough to recognise a value; the whole of it is a `show` away.
constexpr std::size_t kStaleFieldsShown = 3;
constexpr std::size_t kStaleTextShown = 80;

bool KnowsConclusion(const StateData& data, RevisionNumber revision, const Conclusion& conclusion,
                     const Knows& knows) {
  return knows(data.revisions[revision].event) &&
         std::all_of(conclusion.chosen.begin(), conclusion.chosen.end(), [&](SignatureNumber s) {
           return s == kNone || knows(data.signatures[s].event);
         });
}

}  // namespace

ConcludedElsewhere::ConcludedElsewhere(const StateData& data, const ActId& act) : data_(data) {
  for (const RevisionNumber revision : ConcludedRevisions(data)) {
    if (data.revisions[revision].act == act) continue;
    concluded_.push_back({revision, Conclude(data, revision)});
  }
}

std::vector<std::string> ConcludedElsewhere::Lineage(const std::string& element_id) const {
  if (!parents_.has_value()) {
    parents_.emplace();
    for (const auto& [id, act] : data_.acts) {
      for (const DraftChange& change : act.changes) {
        if (change.put != nullptr) (*parents_)[change.put->id()] = change.put->parent_id();
      }
    }
  }
  std::vector<std::string> out = {element_id};
  for (auto at = parents_->find(element_id);
       at != parents_->end() && !at->second.empty() && out.size() <= limits::kTreeDepth;
       at = parents_->find(at->second)) {
    out.push_back(at->second);
  }
  return out;
}

const std::map<std::string, std::string>& ConcludedElsewhere::PutBelow(
    RevisionNumber revision) const {
  const auto [found, first] = put_below_.try_emplace(revision);
  if (!first) return found->second;
  const ActFacts& facts = data_.acts.at(data_.revisions[revision].act);
  for (const std::uint32_t at : data_.revisions[revision].content) {
    if (facts.changes[at].put == nullptr) continue;
    const std::string& id = facts.changes[at].put->id();
    for (const std::string& above : Lineage(id)) {
      if (above != id) found->second.emplace(above, id);
    }
  }
  return found->second;
}

ConcludedElsewhere::Unknown ConcludedElsewhere::UnknownChange(const std::string& element_id,
                                                              bool takes_out,
                                                              const Knows& knows) const {
  std::vector<RevisionNumber> unknown;
  for (const Concluded& one : concluded_) {
    if (rules::IsBehind(KnowsConclusion(data_, one.revision, one.conclusion, knows))) {
      unknown.push_back(one.revision);
    }
  }
  if (unknown.empty()) return {};
  const std::vector<std::string> lineage = Lineage(element_id);
  for (const RevisionNumber revision : unknown) {
    const ActFacts& facts = data_.acts.at(data_.revisions[revision].act);
    for (const std::uint32_t at : data_.revisions[revision].content) {
      const DraftChange& change = facts.changes[at];
      const std::string& id = data_.Text(change.element);
      const bool inherits =
          change.put == nullptr && std::count(lineage.begin(), lineage.end(), id) > 0;
      if (id == element_id || inherits) return {revision, element_id};
    }
    if (!takes_out) continue;
    const std::map<std::string, std::string>& below = PutBelow(revision);
    if (const auto at = below.find(element_id); at != below.end()) return {revision, at->second};
  }
  return {};
}

absl::Status StaleBase(const StateData& data, const ConcludedElsewhere::Unknown& unknown,
                       const std::string& own_id, const v1::Element* mine) {
  const RevisionNumber revision = unknown.revision;
  const std::string& element_id = unknown.element_id;
  const Revision& changed = data.revisions[revision];
  const ActFacts& facts = data.acts.at(changed.act);
  const v1::Element* theirs = nullptr;
  for (const std::uint32_t at : changed.content) {
    if (data.Text(facts.changes[at].element) == element_id) theirs = facts.changes[at].put.get();
  }
  const AmendedText base = BaseOf(data, changed.act, revision);
  const AmendedText::Entry* const entry = base.Find(element_id);
  const v1::Element* const before = entry == nullptr ? nullptr : entry->element.get();
  const rules::Words in_force = ChangedWords(before, theirs);
  const rules::Words yours = ChangedWords(before, mine);
  const v1::Element* const named = theirs != nullptr ? theirs : before != nullptr ? before : mine;
  const std::string name =
      named == nullptr
          ? element_id
          : NameWithin(*named, FindElementAnywhere(data, named->parent_id(), std::nullopt));
  return ToStatus(
      {.code = absl::StatusCode::kAborted,
       .rule = "L-35",
       .field = "changes",
       .fr = absl::StrCat("L-35 : « ", name, " » (", element_id, ") a été changé par « ",
                          changed.label, " » depuis votre lecture. En vigueur : ", in_force.fr,
                          " Votre acte : ", yours.fr),
       .en = absl::StrCat("L-35: “", name, "” (", element_id, ") was changed by “", changed.label,
                          "” since you read it. In force: ", in_force.en, " Your act: ", yours.en),
       .next_fr =
           absl::StrCat("Relisez le texte en vigueur (greffe convention show), puis révisez "
                        "l'acte (greffe act revise) ; pour en ôter ce changement : changes { "
                        "remove: \"",
                        own_id, "\" drop: true }."),
       .next_en =
           absl::StrCat("Read the text in force again (greffe convention show), then revise "
                        "the act (greffe act revise); to take this change out of it: changes "
                        "{ remove: \"",
                        own_id, "\" drop: true }.")});
}

rules::Words Excerpt(const v1::Element* value, const v1::Element* other) {
  if (value == nullptr) return {"supprimé.", "removed."};
  std::map<std::string, std::string> others;
  if (other != nullptr) {
    for (const ElementField& field : ElementFields(*other)) others[field.path] = field.text;
  }
  std::vector<std::string> fr;
  std::vector<std::string> en;
  std::size_t more = 0;
  for (const ElementField& field : ElementFields(*value)) {
    const auto found = others.find(field.path);
    if (found != others.end() && found->second == field.text) continue;
    if (fr.size() == kStaleFieldsShown) {
      ++more;
      continue;
    }
    fr.push_back(absl::StrCat(FieldLabel(field.path), " = « ",
                              Shortened(FieldValue(field), kStaleTextShown), " »"));
    en.push_back(absl::StrCat(FieldLabelEn(field.path), " = “",
                              Shortened(FieldValueEn(field), kStaleTextShown), "”"));
  }
  if (fr.empty()) {
    const std::string title = ElementTitle(*value);
    return {absl::StrCat("« ", title, " »."), absl::StrCat("“", title, "”.")};
  }
  const char* const end = more > 0 ? ", …" : ".";
  return {absl::StrCat(absl::StrJoin(fr, ", "), end), absl::StrCat(absl::StrJoin(en, ", "), end)};
}

absl::Status StaleError(const StaleValue& stale) {
  return ToStatus(
      {.code = absl::StatusCode::kAborted,
       .rule = "changed-since-read",
       .field = stale.field,
       .fr = absl::StrCat(stale.subject.fr, " a changé depuis votre lecture. Valeur actuelle : ",
                          stale.theirs.fr, " La vôtre : ", stale.mine.fr),
       .en = absl::StrCat(stale.subject.en, ": changed since you read it. Current value: ",
                          stale.theirs.en, " Yours: ", stale.mine.en),
       .next_fr = "Relisez, puis recommencez avec le relevé de cette lecture.",
       .next_en = "Read again, then try again with the cut of that answer."});
}

rules::Words AuthorText(const StateData& data, EventNumber event) {
  const std::string who = PartnerName(data, data.PartnerOf(event));
  const Instant recorded{data.events[event].recorded_micros};
  const std::string day = rules::ParisTimeOf(recorded).day.ToString();
  return {absl::StrCat(who, ", le ", FrenchDate(day)),
          absl::StrCat(who, ", on ", EnglishDate(day))};
}

}  // namespace greffe
