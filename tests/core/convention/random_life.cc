#include "tests/core/convention/random_life.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {
namespace {

using DrawnCase = Draw::Case;
using Life = v1::LifeRecorded;

bool IsLife(const v1::Event& event, LifeCase kind) {
  return event.has_life_recorded() && event.life_recorded().fact_case() == kind;
}

}  // namespace

std::vector<LifeCase> AllLifeKinds() {
  std::vector<LifeCase> out;
  const auto* const kinds = Life::descriptor()->FindOneofByName("fact");
  for (int i = 0; i < kinds->field_count(); ++i) {
    out.push_back(static_cast<LifeCase>(kinds->field(i)->number()));
  }
  return out;
}

LifeDraw::LifeDraw(Draw& draw, const History& history, std::vector<std::string> partners)
    : draw_(draw),
      history_(history),
      partners_(std::move(partners)),
      kinds_(AllLifeKinds()),
      favourite_(kinds_[static_cast<std::size_t>(draw.Below(static_cast<int>(kinds_.size())))]) {}

v1::Event LifeDraw::Some(History::Author author, const std::string& partner) {
  const auto of_life = [](const v1::Event& event) { return event.has_life_recorded(); };
  if (draw_.Chance(25) && draw_.PickWhere(author, of_life) >= 0) {
    return Happened(Correction(author, partner));
  }
  Life fact;
  if (draw_.Chance(50)) fact = FittingAnswer(author, partner);
  if (fact.fact_case() == Life::FACT_NOT_SET) {
    fact = Fact(Kind(), author, partner);
    // In answer to something, which seldom fits.
    constexpr DrawnCase kAnything[] = {DrawnCase::kLifeRecorded, DrawnCase::kDeliberationRecorded,
                                       DrawnCase::kRevisionFrozen};
    if (draw_.Chance(30)) {
      const DrawnCase what = kAnything[draw_.Below(std::size(kAnything))];
      fact = Answering(std::move(fact), draw_.PickLeaf(author, what));
    }
  }
  if (draw_.Chance(15)) {
    fact = Replacing(std::move(fact), draw_.Some(author, DrawnCase::kLifeRecorded));
  }
  return Happened(std::move(fact));
}

std::string LifeDraw::Capacity() { return absl::StrCat("adjoint ", draw_.Below(2)); }

// What ends a convention, and who stands for a party, meets most rules: more often than the rest.
// And each history has a kind that its partners record again and again, so that several do at once.
LifeCase LifeDraw::Kind() {
  if (draw_.Chance(35)) return favourite_;
  constexpr LifeCase kOften[] = {Life::kNoticeSent,         Life::kNoticeSent,
                                 Life::kPartySucceeded,     Life::kPartySucceeded,
                                 Life::kDelegationRecorded, Life::kRepresentativeChanged};
  if (draw_.Chance(25)) return kOften[draw_.Below(std::size(kOften))];
  return kinds_[static_cast<std::size_t>(draw_.Below(static_cast<int>(kinds_.size())))];
}

std::string LifeDraw::Partner(int among) {
  return partners_[static_cast<std::size_t>(draw_.Below(among))];
}

// Mostly the party of the author's partner.
std::string LifeDraw::Place(const std::string& partner) {
  return absl::StrCat("partie-", draw_.Chance(60) ? partner : Partner(3));
}

std::string LifeDraw::ActIdKnownTo(History::Author author) {
  const History::Event e = draw_.Pick(author, DrawnCase::kActOpened);
  return draw_.Chance(5) || e < 0 ? "short" : history_.message(e).act_opened().act_id();
}

Life LifeDraw::Fact(LifeCase kind, History::Author author, const std::string& partner) {
  Life fact = Plain(kind, draw_.Date());
  FillParty(partner, &fact);
  FillText(&fact);
  FillCase(author, &fact);
  if (draw_.Chance(30)) fact.set_evidence_digest(std::string(32, 'e'));
  return fact;
}

// Facts about parties: who stands for whom, who is written to.
void LifeDraw::FillParty(const std::string& partner, Life* fact) {
  const std::string office = absl::StrCat("o", partner);
  switch (fact->fact_case()) {
    case Life::kNoticeSent:
      fact->mutable_notice_sent()->set_kind(static_cast<v1::NoticeKind>(1 + draw_.Below(3)));
      while (draw_.Chance(50)) fact->mutable_notice_sent()->add_to_partners(Partner(4));
      break;
    case Life::kTerminationDeclared:
      fact->mutable_termination_declared()->set_ground(
          static_cast<v1::TerminationGround>(1 + draw_.Below(2)));
      break;
    case Life::kPartySucceeded:
      fact->set_element_id(Place(partner));
      if (draw_.Chance(80)) {
        fact->mutable_party_succeeded()->set_successor_partner_id(Partner(4));
      }
      fact->mutable_party_succeeded()->set_successor_name(absl::StrCat("Suite ", draw_.Below(3)));
      break;
    case Life::kDelegationRecorded: {
      if (draw_.Chance(50)) fact->set_happened_on("2024-02-10");
      fact->set_element_id(Place(partner));
      v1::DelegationRecorded& delegation = *fact->mutable_delegation_recorded();
      delegation.set_office_id(office);
      delegation.set_capacity(Capacity());
      if (draw_.Chance(30)) delegation.set_from(draw_.Date());
      if (draw_.Chance(30)) delegation.set_until(draw_.Date());
      break;
    }
    case Life::kRepresentativeChanged:
      if (draw_.Chance(50)) fact->set_happened_on("2024-02-10");
      fact->set_element_id(Place(partner));
      fact->mutable_representative_changed()->set_office_id(office);
      fact->mutable_representative_changed()->set_office(absl::StrCat("Fonction ", draw_.Below(3)));
      break;
    case Life::kDataExchangeRequested:
      fact->mutable_data_exchange_requested()->set_holder_partner_id(Partner(4));
      fact->mutable_data_exchange_requested()->set_purpose("places occupées");
      break;
    case Life::kDpoOpinionGiven:
      fact->mutable_dpo_opinion_given()->set_favourable(draw_.Chance(50));
      break;
    case Life::kDataExchangeDecided:
      fact->mutable_data_exchange_decided()->set_accepted(draw_.Chance(60));
      if (draw_.Chance(50)) {
        fact->mutable_data_exchange_decided()->set_register_reference("registre 12");
      }
      break;
    default:
      break;
  }
}

// Facts about the text in force: what it is deemed to say, what it is followed by.
void LifeDraw::FillText(Life* fact) {
  const std::string article = absl::StrCat("art-", draw_.Below(4));
  switch (fact->fact_case()) {
    case Life::kClauseDeemedUnwritten: {
      fact->set_element_id(draw_.Chance(30) ? "comite" : article);
      v1::ClauseDeemedUnwritten& clause = *fact->mutable_clause_deemed_unwritten();
      clause.set_cause(static_cast<v1::UnwrittenCause>(1 + draw_.Below(2)));
      clause.set_reference("décision");
      if (draw_.Chance(50)) clause.set_final_on(draw_.Date());
      if (draw_.Chance(50)) clause.set_effective_from(draw_.Date());
      break;
    }
    case Life::kErrorCorrected: {
      // What articles of random histories read, and what no clerical error changes.
      constexpr const char* kWords[] = {"un", "0", "1", "2", "Partie 1"};
      fact->set_element_id(draw_.Chance(70) ? article : "terms");
      fact->mutable_error_corrected()->set_wrong(kWords[draw_.Below(std::size(kWords))]);
      fact->mutable_error_corrected()->set_right(draw_.Chance(50) ? "une" : "3");
      break;
    }
    case Life::kUncoveredChangeObserved:
      fact->set_element_id(article);
      if (draw_.Chance(50)) fact->set_text("appliqué autrement");
      break;
    case Life::kRenewalLinked: {
      v1::RenewalLinked& renewal = *fact->mutable_renewal_linked();
      renewal.set_title("suivante");
      renewal.set_start_date(draw_.Chance(50) ? "2029-01-01" : draw_.Date());
      renewal.set_end_date(draw_.Chance(50) ? "2032-12-31" : draw_.Date());
      break;
    }
    case Life::kEvaluationReported:
      fact->mutable_evaluation_reported()->set_kind(
          static_cast<v1::EvaluationKind>(1 + draw_.Below(3)));
      if (draw_.Chance(60)) {
        fact->mutable_evaluation_reported()->set_year(absl::StrCat(2024 + draw_.Below(3)));
      }
      break;
    case Life::kEvaluationValidated:
      fact->mutable_evaluation_validated()->set_body_id(draw_.Chance(70) ? "comite" : article);
      break;
    case Life::kCommitteeConsulted:
      fact->mutable_committee_consulted()->set_body_id(draw_.Chance(70) ? "comite" : article);
      break;
    default:
      break;
  }
}

// Courts, the legality control, and what is said of texts in the making.
void LifeDraw::FillCase(History::Author author, Life* fact) {
  switch (fact->fact_case()) {
    case Life::kDisputeOpened:
      fact->mutable_dispute_opened()->set_court("tribunal");
      break;
    case Life::kCourtDecisionRecorded:
      fact->mutable_court_decision_recorded()->set_reference(absl::StrCat("n° ", draw_.Below(3)));
      fact->mutable_court_decision_recorded()->set_final(draw_.Chance(50));
      break;
    case Life::kLegalityMessageRecorded:
      fact->mutable_legality_message_recorded()->set_code(absl::StrCat(1 + draw_.Below(7), "-1"));
      break;
    case Life::kDeliberationChallenged:
      fact->mutable_deliberation_challenged()->set_kind(
          static_cast<v1::ChallengeKind>(1 + draw_.Below(6)));
      break;
    case Life::kCommentPosted:
      if (draw_.Chance(40)) fact->set_element_id(absl::StrCat("art-", draw_.Below(4)));
      fact->set_text("remarque");
      fact->mutable_comment_posted()->set_act_id(ActIdKnownTo(author));
      break;
    case Life::kReviewRequested:
      fact->mutable_review_requested()->set_act_id(ActIdKnownTo(author));
      while (draw_.Chance(50)) fact->mutable_review_requested()->add_partner_ids(Partner(4));
      break;
    case Life::kReviewGiven:
      fact->mutable_review_given()->set_verdict(static_cast<v1::ReviewVerdict>(1 + draw_.Below(3)));
      break;
    default:
      break;
  }
}

History::Event LifeDraw::PickAnswered(History::Author author, const LifeKind& kind) {
  return draw_.PickWhere(author, [&kind](const v1::Event& one) {
    if (one.has_life_recorded()) return kind.answers.Has(one.life_recorded().fact_case());
    return (one.has_deliberation_recorded() && kind.answers.HasDeliberation()) ||
           (one.has_revision_frozen() && kind.answers.HasRevision());
  });
}

Life LifeDraw::FittingAnswer(History::Author author, const std::string& partner) {
  std::vector<LifeCase> open;
  std::vector<LifeCase> closed;
  for (const LifeCase one : kinds_) {
    const LifeKind* const kind = FindLifeKind(one);
    if (kind == nullptr || kind->answers.empty()) continue;
    (PickAnswered(author, *kind) < 0 ? closed : open).push_back(one);
  }
  // Where nothing was opened that one could answer, something is opened.
  if (open.empty() || (draw_.Chance(35) && !closed.empty())) {
    const LifeKind* const kind = FindLifeKind(
        closed[static_cast<std::size_t>(draw_.Below(static_cast<int>(closed.size())))]);
    for (const LifeCase one : kinds_) {
      if (kind->answers.Has(one)) return Fact(one, author, partner);
    }
    return Life();
  }
  const LifeCase kind = open[static_cast<std::size_t>(draw_.Below(static_cast<int>(open.size())))];
  Life fact = Fact(kind, author, partner);
  const History::Event answered = PickAnswered(author, *FindLifeKind(kind));
  // A reply to a comment is mostly about its act.
  if (kind == Life::kCommentPosted && IsLife(history_.message(answered), kind) &&
      draw_.Chance(80)) {
    fact.mutable_comment_posted()->set_act_id(
        history_.message(answered).life_recorded().comment_posted().act_id());
  }
  return Answering(std::move(fact), history_.leaf(answered));
}

Life LifeDraw::Correction(History::Author author, const std::string& partner) {
  const History::Event before = draw_.Chance(85)
                                    ? draw_.PickOwn(author, partner, DrawnCase::kLifeRecorded)
                                    : draw_.Pick(author, DrawnCase::kLifeRecorded);
  Life fact = history_.message(before).life_recorded();
  fact.set_happened_on(draw_.Date());
  fact.clear_replaces();
  fact.set_reason("mal saisi");
  return Replacing(std::move(fact), {history_.leaf(before)});
}

}  // namespace greffe::test
