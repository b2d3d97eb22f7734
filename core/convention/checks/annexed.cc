#include "core/convention/checks/annexed.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/convention/reading/act_view.h"
#include "core/convention/state/order.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

// Of one answer: what peers may make long is told in parts elsewhere (the history lists all votes).
constexpr std::size_t kAnnexesFilled = 8;
constexpr int kAnnexedMost = 1000;

bool IsReserved(const v1::Element& element) {
  return element.has_annex() && rules::IsFilledAfterVote(element.annex().content());
}

bool Reserves(const StateData& data, RevisionNumber number, const std::string& element) {
  const Revision& revision = data.revisions[number];
  const ActFacts& act = data.acts.at(revision.act);
  return std::any_of(revision.content.begin(), revision.content.end(), [&](std::uint32_t at) {
    const v1::Element* const put = act.changes[at].put.get();
    return put != nullptr && put->id() == element && IsReserved(*put);
  });
}

// Of several files with the same bytes the first one named.
std::map<Digest, const AttachmentFact*> FilesByDigest(const StateData& data) {
  std::map<Digest, const AttachmentFact*> out;
  for (const AttachmentFact& one : data.attachments) {
    const auto [at, first] = out.emplace(one.sha256, &one);
    if (!first && Before(data, one.event, at->second->event)) at->second = &one;
  }
  return out;
}

// The votes that fill annexes of one text.
class Annexer final {
 public:
  Annexer(const StateData& data, const VoteReading& reading, const ConsolidatedText& text,
          EventTeller* teller)
      : data_(data), reading_(reading), teller_(*teller), files_(FilesByDigest(data)) {
    for (const PlacedElement& placed : text.elements) {
      const v1::Element& element = *placed.shown().element;
      if (element.has_party()) rank_.emplace(element.party().partner_id(), rank_.size());
    }
  }

  // At most `most`, of the parties in the order of the text.
  int Fill(RevisionNumber revision, int most, v1::ElementView* annex) const {
    for (const VoteReading::Ballot* ballot : BallotsFor(revision, annex->element().id())) {
      if (annex->annexed_size() == most) break;
      Put(*ballot, annex->add_annexed());
    }
    return annex->annexed_size();
  }

 private:
  std::vector<const VoteReading::Ballot*> BallotsFor(RevisionNumber revision,
                                                     const std::string& annex) const {
    std::vector<const VoteReading::Ballot*> out;
    std::set<RevisionNumber> texts;
    for (const RevisionNumber one : WithAllBelow(data_, {revision})) {
      // Freezes of one text share their votes.
      if (!Reserves(data_, one, annex) || !texts.insert(reading_.same().FirstOf(one)).second) {
        continue;
      }
      for (const VoteReading::Ballot& ballot : reading_.On(one).ballots) out.push_back(&ballot);
    }
    const auto key = [this](const VoteReading::Ballot& one) {
      const v1::Deliberation& vote = *one.vote->deliberation;
      const auto found = rank_.find(vote.partner_id());
      // Who came by law is in no text: last.
      const std::size_t rank = found == rank_.end() ? rank_.size() : found->second;
      return std::make_tuple(rank, vote.partner_id(), vote.sitting_on(),
                             data_.LeafOf(one.vote->event));
    };
    std::sort(out.begin(), out.end(),
              [&](const auto* a, const auto* b) { return key(*a) < key(*b); });
    return out;
  }

  void Put(const VoteReading::Ballot& ballot, v1::AnnexedDeliberation* out) const {
    *out->mutable_deliberation() = MakeDeliberationView(*ballot.vote, &teller_);
    const v1::Deliberation& vote = *ballot.vote->deliberation;
    out->set_party(teller_.book().Name(vote.partner_id()));
    if (ballot.struck.has_value()) {
      rules::Words words = StrikeWords(*ballot.struck);
      out->set_struck(std::move(words.fr));
      out->set_struck_en(std::move(words.en));
    }
    const auto digest = Digest::FromBytes(vote.evidence_digest(), "evidence_digest");
    if (!digest.ok()) return;
    const auto file = files_.find(*digest);
    if (file == files_.end()) return;
    out->set_attachment_id(file->second->id.ToHex());
    out->set_attachment_label(file->second->label);
  }

  const StateData& data_;
  const VoteReading& reading_;
  EventTeller& teller_;
  const std::map<Digest, const AttachmentFact*> files_;
  // Of parties of the text, by partner.
  std::map<std::string, std::size_t> rank_;
};

}  // namespace

void AddAnnexed(const StateData& data, const VoteReading& reading, const ConsolidatedText& text,
                EventTeller* teller, v1::ConventionView* view) {
  // Most texts reserve one annex at most, and before the first vote there is nothing to put in it.
  if (data.deliberations.empty()) return;
  std::optional<Annexer> annexer;
  std::size_t filled = 0;
  int left = kAnnexedMost;
  for (v1::ElementView& one : *view->mutable_elements()) {
    if (!IsReserved(one.element())) continue;
    const PlacedElement* const placed = text.Find(one.element().id());
    // A draft is on no vote.
    if (placed == nullptr || placed->shown().revision == kNone) continue;
    if (!annexer.has_value()) annexer.emplace(data, reading, text, teller);
    left -= annexer->Fill(placed->shown().revision, left, &one);
    if (++filled == kAnnexesFilled || left == 0) break;
  }
}

}  // namespace greffe
