// The board: who has voted and signed, what each party has to do next.

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/status_macros.h"
#include "core/convention/act_view.h"
#include "core/convention/facts_check.h"
#include "core/convention/mandate.h"
#include "core/convention/order.h"
#include "core/convention/paper.h"
#include "core/convention/queries.h"
#include "core/convention/query_common.h"

namespace greffe {
namespace {

// The latest frozen revision that waits for signatures, else the latest concluded one.
RevisionNumber RevisionOfBoard(const StateData& data) {
  RevisionNumber waiting = kNone;
  RevisionNumber concluded = kNone;
  const auto later = [&](RevisionNumber a, RevisionNumber b) {
    return b == kNone || Before(data, data.revisions[b].event, data.revisions[a].event);
  };
  for (RevisionNumber i = 0; i < data.revisions.size(); ++i) {
    if (!data.revisions[i].valid) continue;
    if (Conclude(data, i).concluded) {
      if (later(i, concluded)) concluded = i;
      continue;
    }
    const bool dead =
        IsWithdrawn(data, i) ||
        StandingOf(data, data.acts.at(data.revisions[i].act)) == v1::ACT_STANDING_CONCLUDED;
    if (!dead && later(i, waiting)) waiting = i;
  }
  return waiting != kNone ? waiting : concluded;
}

bool IsExecutory(const v1::Deliberation& one) {
  return !one.published_on().empty() && !one.received_on().empty();
}

bool IsMandated(const v1::PartyStanding& party) {
  const auto& votes = party.deliberations();
  return std::any_of(votes.begin(), votes.end(),
                     [](const auto& one) { return GivesMandate(one.deliberation()); });
}

class Board {
 public:
  Board(const StateData& data, RevisionNumber revision, const v1::RevisionView& view,
        EventTeller* teller)
      : data_(data), revision_(revision), view_(view), teller_(*teller) {
    if (revision == kNone) return;
    for (const DeliberationFact* fact : StandingDeliberations(data, revision)) {
      deliberations_.push_back(fact);
    }
    conclusion_ = Conclude(data, revision);
  }

  v1::PartyStanding Of(const std::string& partner, bool deliberates) {
    v1::PartyStanding out;
    out.set_partner_id(partner);
    out.set_name(teller_.book().Name(partner));
    out.set_deliberates(deliberates);
    for (const DeliberationFact* fact : deliberations_) {
      if (fact->deliberation->partner_id() == partner) {
        *out.add_deliberations() = MakeDeliberationView(*fact, &teller_);
      }
    }
    std::vector<std::string> unsigned_offices;
    CountSignatures(partner, &out, &unsigned_offices);
    out.set_next_step(NextStep(out, unsigned_offices));
    return out;
  }

 private:
  void CountSignatures(const std::string& partner, v1::PartyStanding* out,
                       std::vector<std::string>* unsigned_offices) const {
    if (revision_ == kNone) return;
    const Revision& revision = data_.revisions[revision_];
    for (std::size_t i = 0; i < revision.signatories.size(); ++i) {
      if (revision.signatories[i].partner_id() != partner) continue;
      out->set_offices(out->offices() + 1);
      const SignatureNumber chosen = conclusion_.chosen[i];
      if (chosen == kNone) {
        unsigned_offices->push_back(revision.signatories[i].office());
        continue;
      }
      out->set_signed_(out->signed_() + 1);
      if (data_.signatures[ShownFor(data_, chosen)].kind == v1::SIGNATURE_KIND_PAPER) {
        out->set_paper(out->paper() + 1);
      } else {
        out->set_electronic(out->electronic() + 1);
      }
    }
  }

  std::string NextStep(const v1::PartyStanding& party,
                       const std::vector<std::string>& unsigned_offices) const {
    if (revision_ == kNone || view_.concluded()) return "";
    if (data_.revisions[revision_].on_paper) return PaperStep(party, unsigned_offices);
    if (party.deliberates() && party.deliberations().empty()) {
      return "Faire délibérer l'assemblée, puis enregistrer la délibération.";
    }
    const auto& votes = party.deliberations();
    if (party.deliberates() && !IsMandated(party)) {
      return "Faire approuver le texte et autoriser sa signature (L-05).";
    }
    const bool executory = std::any_of(votes.begin(), votes.end(), [](const auto& one) {
      return GivesMandate(one.deliberation()) && IsExecutory(one.deliberation());
    });
    if (party.deliberates() && !executory) {
      return "Publier la délibération, la transmettre, puis enregistrer la réception (L-07).";
    }
    if (unsigned_offices.empty()) return "";
    return absl::StrCat("Signer : ", absl::StrJoin(unsigned_offices, ", "), ".");
  }

  // Nobody votes or signs again on a text signed on paper.
  std::string PaperStep(const v1::PartyStanding& party,
                        const std::vector<std::string>& unsigned_offices) const {
    if (party.offices() == 0) return "";
    if (StandingAttestation(data_, data_.revisions[revision_], party.partner_id()) == kNone) {
      return "Attester le texte signé sur papier : greffe act attest.";
    }
    if (unsigned_offices.empty()) return "";
    return absl::StrCat("Donner la date de signature : ", absl::StrJoin(unsigned_offices, ", "),
                        ".");
  }

  const StateData& data_;
  const RevisionNumber revision_;
  const v1::RevisionView& view_;
  EventTeller& teller_;
  std::vector<const DeliberationFact*> deliberations_;
  Conclusion conclusion_;
};

// Parties of the text in reading order, then signatories' partners that are not in it yet, or no
// more.
std::vector<std::string> PartiesInOrder(const ConsolidatedText& text,
                                        const v1::RevisionView& revision) {
  std::vector<std::string> out;
  std::set<std::string> known;
  for (const PlacedElement& placed : text.elements) {
    if (!placed.shown().element->has_party()) continue;
    const std::string& partner = placed.shown().element->party().partner_id();
    if (known.insert(partner).second) out.push_back(partner);
  }
  for (const v1::SignatoryView& one : revision.signatories()) {
    if (known.insert(one.signatory().partner_id()).second) {
      out.push_back(one.signatory().partner_id());
    }
  }
  return out;
}

}  // namespace

absl::StatusOr<v1::StatusView> ViewStatus(const Known& known) {
  const StateData& data = known.state.data();
  const ConsolidatedText text = Consolidate(data, known.in_force_on);
  EventTeller teller(data);
  v1::StatusView view;
  view.set_convention_id(known.state.id().ToHex());
  view.set_in_force_on(known.in_force_on.ToString());
  view.set_cut(known.cut);
  view.set_standing(StandingOn(text, known.in_force_on));
  if (text.terms != nullptr) {
    view.set_title(text.terms->title());
    view.set_start_date(text.terms->start_date());
    view.set_end_date(text.terms->end_date());
  }
  if (const auto since = InForceSince(data)) view.set_in_force_since(since->ToString());

  const RevisionNumber revision = RevisionOfBoard(data);
  if (revision != kNone) *view.mutable_revision() = MakeRevisionView(data, revision, &teller);
  Board board(data, revision, view.revision(), &teller);
  for (const std::string& partner : PartiesInOrder(text, view.revision())) {
    const v1::PartyStanding& party = *view.add_parties() =
        board.Of(partner, teller.book().Deliberates(partner));
    if (!party.deliberates()) continue;
    view.set_deliberating_parties(view.deliberating_parties() + 1);
    if (IsMandated(party)) view.set_deliberations(view.deliberations() + 1);
  }
  for (const ActId* id : ActsInOrder(data)) {
    *view.add_acts() = MakeActView(data, *id, data.acts.at(*id), &teller);
  }
  for (v1::Finding& finding : FindingsOf(data, text)) *view.add_findings() = std::move(finding);
  return view;
}

}  // namespace greffe
