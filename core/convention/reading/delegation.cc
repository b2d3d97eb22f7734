#include "core/convention/reading/delegation.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/decide_common.h"
#include "core/convention/state/finding.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/party_book.h"
#include "core/rules/sentence.h"
#include "core/rules/signing.h"

namespace greffe {
namespace {

// Delegations of every partner and what corrects them: one pass over the facts of life, for many
// signatures. Borrows the state.
class DelegationBook final {
 public:
  explicit DelegationBook(const StateData& data) : data_(data) {
    for (const LifeFact& fact : data.life) {
      if (fact.kind == v1::LifeRecorded::kDelegationRecorded &&
          data.events[fact.event].authorised) {
        of_partner_[data.PartnerOf(fact.event)].push_back(fact.event);
      }
      for (const EventNumber corrected : fact.replaces)
        corrections_[corrected].push_back(fact.event);
    }
    for (auto& [partner, events] : of_partner_) {
      std::sort(events.begin(), events.end(),
                [&](EventNumber x, EventNumber y) { return data.LeafOf(x) < data.LeafOf(y); });
    }
  }

  // In order: those that stand, or, with `seen_by`, those that did as far as that event's author
  // saw, whoever corrected them.
  std::vector<EventNumber> Of(const std::string& partner, EventNumber seen_by = kNone) const {
    std::vector<EventNumber> out;
    const auto found = of_partner_.find(partner);
    if (found == of_partner_.end()) return out;
    std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(out),
                 [&](EventNumber event) {
                   return seen_by == kNone ? !data_.events[event].replaced
                                           : StoodFor(event, seen_by);
                 });
    return out;
  }

 private:
  bool StoodFor(EventNumber event, EventNumber seen_by) const {
    if (!data_.Saw(seen_by, event)) return false;
    const auto found = corrections_.find(event);
    return found == corrections_.end() ||
           std::none_of(found->second.begin(), found->second.end(),
                        [&](EventNumber one) { return data_.Saw(seen_by, one); });
  }

  const StateData& data_;
  // By partner; events by leaf.
  std::map<std::string, std::vector<EventNumber>> of_partner_;
  // By what they correct.
  absl::flat_hash_map<EventNumber, std::vector<EventNumber>> corrections_;
};

// Of events that the book gave; LifeWords says what their words are.
std::vector<rules::DelegationOnRecord> ReadAll(const StateData& data,
                                               const std::vector<EventNumber>& events) {
  std::vector<rules::DelegationOnRecord> out;
  for (const EventNumber event : events) {
    const std::vector<TextNumber>& words = data.life[data.life_by_event.at(event)].words;
    out.push_back({data.Text(words[0]), data.Text(words[1]),
                   CivilDate::TryParse(data.Text(words[2])),
                   CivilDate::TryParse(data.Text(words[3]))});
  }
  return out;
}

// As the text to sign calls it; empty for a revision or an office that is none.
std::string OfficeOf(const StateData& data, RevisionNumber revision, const std::string& id) {
  if (revision == kNone) return "";
  const v1::Signatory* const signatory = FindSignatory(data.revisions[revision], id);
  return signatory == nullptr ? "" : signatory->office();
}

absl::Status Refused(const rules::Oddity& odd, absl::string_view field) {
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "L-04",
       .field = std::string(field),
       .fr = absl::StrCat("L-04 : ", odd.words.fr),
       .en = absl::StrCat("L-04: ", odd.words.en),
       .next_fr = "Nommez une délégation qui couvre cette signature, ou faites-la enregistrer : "
                  "greffe delegation give.",
       .next_en = "Name a delegation that covers this signature, or have it recorded: greffe "
                  "delegation give."});
}

}  // namespace

absl::Status SetCapacity(const StateData& data, const CapacityUsed& used,
                         const CommandContext& context, v1::SignatureGiven* given) {
  ASSIGN_OR_RETURN(const std::string capacity,
                   CheckedText(used.capacity,
                               {.field = "capacity", .characters_max = limits::kOfficeCharacters}));
  if (capacity.find_first_of("\n\t") != std::string::npos) {
    return FieldError("one-line", "capacity", "ce texte doit tenir sur une ligne.",
                      "this text must be a single line.");
  }
  given->set_capacity(capacity);
  if (capacity.empty()) {
    if (used.delegation.empty()) return absl::OkStatus();
    return FieldError("capacity", "capacity",
                      "dites en quelle qualité la délégation est exercée (--capacity).",
                      "say in which capacity the delegation is used (--capacity).");
  }
  const RevisionNumber revision =
      data.FindRevision(*Digest::FromBytes(given->revision(), "revision"));
  const rules::DelegatedSignature signature{given->signatory_id(), capacity, used.on,
                                            OfficeOf(data, revision, given->signatory_id())};
  std::vector<EventNumber> standing = DelegationBook(data).Of(context.partner_id);
  if (!used.delegation.empty()) {
    ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(used.delegation, "delegation"));
    const EventNumber named = data.FindEvent(leaf);
    if (std::find(standing.begin(), standing.end(), named) == standing.end()) {
      return FieldError("delegation", "delegation",
                        "ce n'est pas une délégation enregistrée de votre partenaire, ou elle a "
                        "été corrigée.",
                        "this is no delegation on record of your partner, or it was corrected.");
    }
    standing = {named};
    if (used.fact) given->set_delegation(leaf.ToBytes());
  }
  const std::vector<rules::DelegationOnRecord> on_record = ReadAll(data, standing);
  if (!used.delegation.empty() && !used.fact) {
    // Of the one named people are told what does not fit.
    const std::vector<rules::Oddity> odd = rules::CheckDelegation(on_record.front(), signature);
    if (!odd.empty()) return Refused(odd.front(), "delegation");
  }
  const std::optional<rules::Oddity> odd = rules::CheckCapacity(on_record, signature);
  if (odd.has_value() && !used.fact) return Refused(*odd, "capacity");
  for (std::size_t i = 0; i < standing.size(); ++i) {
    if (!rules::CheckDelegation(on_record[i], signature).empty()) continue;
    given->set_delegation(data.LeafOf(standing[i]).ToBytes());
    break;
  }
  return absl::OkStatus();
}

std::vector<v1::Finding> CapacityFindings(const StateData& data) {
  std::vector<v1::Finding> out;
  // Made for the first: most conventions have none.
  std::optional<DelegationBook> book;
  std::optional<PartyBook> names;
  std::map<std::string, std::vector<rules::DelegationOnRecord>> by_now;
  for (const SignatureFact& fact : data.signatures) {
    if (!fact.counts || fact.replaced || fact.capacity.empty() || !fact.signed_on) continue;
    const std::string& partner = data.PartnerOf(fact.event);
    if (!book.has_value()) book.emplace(data);
    std::vector<EventNumber> seen = book->Of(partner, fact.event);
    if (fact.delegation.has_value()) {
      const EventNumber named = data.FindEvent(*fact.delegation);
      std::erase_if(seen, [&](EventNumber one) { return one != named; });
    }
    const std::vector<rules::DelegationOnRecord> on_record = ReadAll(data, seen);
    const rules::DelegatedSignature signature{fact.signatory_id, fact.capacity, *fact.signed_on,
                                              OfficeOf(data, fact.revision, fact.signatory_id)};
    std::optional<rules::Oddity> odd = rules::CheckCapacity(on_record, signature);
    if (!odd.has_value()) {
      const auto [now, first] = by_now.try_emplace(partner);
      if (first) now->second = ReadAll(data, book->Of(partner));
      odd = rules::CheckCapacityStill(now->second, signature);
    }
    if (!odd.has_value()) continue;
    if (!names.has_value()) names.emplace(data);
    const std::string who = names->Name(partner);
    v1::Finding& finding = out.emplace_back(MakeFinding(*odd, {who, who}));
    finding.set_leaf(data.LeafOf(fact.event).ToHex());
  }
  std::sort(out.begin(), out.end(),
            [](const v1::Finding& a, const v1::Finding& b) { return a.leaf() < b.leaf(); });
  return out;
}

std::vector<v1::Finding> CapacityFindingsOf(const StateData& data, EventNumber delegation) {
  const auto found = data.life_by_event.find(delegation);
  if (found == data.life_by_event.end()) return {};
  const LifeFact& fact = data.life[found->second];
  if (fact.kind != v1::LifeRecorded::kDelegationRecorded || fact.replaces.empty()) return {};
  const std::string& office = data.Text(fact.words[0]);
  const std::vector<std::string> capacity = rules::FoldedWords(data.Text(fact.words[1]));
  std::vector<v1::Finding> out = CapacityFindings(data);
  std::erase_if(out, [&](const v1::Finding& one) {
    const SignatureFact& signature =
        data.signatures[data.FindSignature(*Digest::FromHex(one.leaf(), "leaf"))];
    return data.PartnerOf(signature.event) != data.PartnerOf(delegation) ||
           signature.signatory_id != office || rules::FoldedWords(signature.capacity) != capacity;
  });
  return out;
}

}  // namespace greffe
