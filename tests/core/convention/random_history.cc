#include "tests/core/convention/random_history.h"

#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/unknown_field_set.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {
namespace {

using Case = v1::Event::PayloadCase;

class Generator {
 public:
  Generator(std::mt19937_64& random, const RandomOptions& options)
      : random_(random), options_(options), history_({"a"}) {
    authors_ = {0, history_.AddReplica(), history_.AddReplica(), history_.AddReplica(),
                history_.AddReplica()};
    partners_ = {"a", "b", "c", "d", "z"};
  }

  History Make() {
    ActId act;
    history_.Write(0, "a", Enrol(history_.key(1), {"b"}));
    history_.Write(0, "a", Enrol(history_.key(2), {"c"}));
    history_.Write(0, "a", OpenAct(history_, "a", requests_++, v1::ACT_KIND_ORIGINAL, &act));
    history_.Write(0, "a",
                   Draft(act, {TermsElement("2024-01-01", "2028-12-31"), PartyElement("a", {"oa"}),
                               PartyElement("b", {"ob"}), PartyElement("c", {"oc"}),
                               ArticleElement("art-1", "un")}));
    history_.LearnAll();
    while (history_.size() < options_.events) Step();
    return std::move(history_);
  }

 private:
  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
  bool Chance(int percent) { return Below(100) < percent; }

  // A random event of a kind that the author knows, or any of that kind, or -1.
  History::Event Pick(int author, Case kind) {
    std::vector<History::Event> known;
    std::vector<History::Event> any;
    for (History::Event e = 0; e < history_.size(); ++e) {
      if (history_.message(e).payload_case() != kind) continue;
      any.push_back(e);
      if (history_.Knows(author, e)) known.push_back(e);
    }
    const std::vector<History::Event>& from = known.empty() || Chance(3) ? any : known;
    return from.empty() ? -1 : from[Below(static_cast<int>(from.size()))];
  }
  Digest PickLeaf(int author, Case kind) {
    const History::Event e = Pick(author, kind);
    return e < 0 ? Sha256({"nothing"}) : history_.leaf(e);
  }
  std::vector<Digest> Some(int author, Case kind) {
    std::vector<Digest> leaves;
    while (Chance(60)) leaves.push_back(PickLeaf(author, kind));
    return leaves;
  }
  std::vector<Digest> Known(int author, Case kind) {
    std::vector<Digest> leaves;
    for (History::Event e = 0; e < history_.size(); ++e) {
      const bool fits = history_.message(e).payload_case() == kind && history_.Knows(author, e);
      if (fits && !Chance(5)) leaves.push_back(history_.leaf(e));
    }
    return leaves;
  }
  ActId PickAct(int author) {
    const History::Event e = Pick(author, Case::kActOpened);
    return *ActId::FromBytes(history_.message(e).act_opened().act_id(), "act_id");
  }
  std::string Date() { return absl::StrCat("2024-0", 1 + Below(9), "-1", Below(10)); }
  std::string Office() { return std::vector<std::string>{"oa", "ob", "oc", "ox"}[Below(4)]; }
  std::string ElementId() { return absl::StrCat("art-", Below(4)); }

  v1::Event SomePayload(int author, const std::string& partner) {
    switch (Below(24)) {
      case 0: {
        ActId act;
        return OpenAct(history_, partner, requests_++,
                       Chance(80) ? v1::ACT_KIND_AVENANT : v1::ACT_KIND_ORIGINAL, &act);
      }
      case 1:
      case 2: {
        v1::Event draft =
            Draft(PickAct(author),
                  {ArticleElement(ElementId(), absl::StrCat(Below(3)),
                                  Chance(50) ? ElementId() : "", absl::StrCat(Below(3)))},
                  Some(author, Case::kChangesDrafted));
        // Other elements, the same one again, and more nonsense than findings are kept of.
        while (Chance(30)) {
          draft.mutable_changes_drafted()->add_changes()->mutable_put()->set_id(ElementId());
        }
        if (Chance(3)) {
          for (int i = Below(40); i > 0; --i) draft.mutable_changes_drafted()->add_changes();
        }
        return draft;
      }
      case 3:
        return Remove(PickAct(author), ElementId(), Some(author, Case::kChangesDrafted));
      case 4:
      case 5: {
        std::map<std::string, std::string> all{{"oa", "a"}, {"ob", "b"}, {"oc", "c"}};
        if (Chance(5)) all.erase("ob");
        if (Chance(20)) all["oc"] = partners_[static_cast<std::size_t>(Below(4))];
        v1::Event freeze = Freeze(PickAct(author), Known(author, Case::kChangesDrafted), all,
                                  Date(), Some(author, Case::kRevisionFrozen));
        return Chance(40) ? FreezePaper(std::move(freeze)) : freeze;
      }
      case 6:
        return Withdraw(PickLeaf(author, Case::kRevisionFrozen));
      case 7:
        return Retract(PickLeaf(author, Case::kSignatureGiven));
      case 8:
        return Refuse(PickLeaf(author, Case::kRevisionFrozen), absl::StrCat("o", partner));
      case 9:
        return Deliberate(PickLeaf(author, Case::kRevisionFrozen), partner,
                          Some(author, Case::kDeliberationRecorded));
      case 10:
        if (Chance(30)) {
          v1::Event event;
          v1::Predecessor* before = event.mutable_predecessor_linked();
          before->set_element_id("terms");
          before->set_title("avant");
          before->set_start_date("2020-01-01");
          before->set_end_date(Date());
          for (const Digest& leaf : Some(author, Case::kPredecessorLinked)) {
            before->add_replaces(leaf.ToBytes());
          }
          return event;
        }
        return Measure("ind-1", absl::StrCat(2024 + Below(2)), absl::StrCat(Below(9)),
                       Some(author, Case::kIndicatorMeasured));
      case 11: {
        std::vector<std::string> partners;
        while (Chance(60)) partners.push_back(partners_[Below(4)]);
        return Enrol(history_.key(authors_[Below(static_cast<int>(authors_.size()))]), partners,
                     Some(author, Case::kRosterEntrySet));
      }
      case 13:
        return StatePaper(PickLeaf(author, Case::kRevisionFrozen), {{Office(), Date()}});
      case 14:
      case 15:
        return AttestPaper(PickLeaf(author, Case::kRevisionFrozen),
                           Some(author, Case::kPaperSigningStated));
      case 16:
        // Sixteen of these fill a convention.
        return Attach(32 * 1024 * 1024 - static_cast<std::uint64_t>(Below(3)), Below(40));
      case 20:
      case 21:
      case 22:
      case 23:
        return SomeLife(author);
      case 12:
        return PaperSign(PickLeaf(author, Case::kRevisionFrozen), absl::StrCat("o", partner),
                         Date(), Some(author, Case::kSignatureGiven));
      default:
        return Sign(PickLeaf(author, Case::kRevisionFrozen),
                    Chance(90) ? absl::StrCat("o", partner) : Office(), Date());
    }
  }

  // The law puts a partner in the place of a party, or somebody says so.
  v1::Event SomeSuccession(int author) {
    v1::LifeRecorded fact = Plain(v1::LifeRecorded::kPartySucceeded, Date());
    fact.set_element_id(absl::StrCat("partie-", partners_[static_cast<std::size_t>(Below(3))]));
    if (Chance(80)) {
      fact.mutable_party_succeeded()->set_successor_partner_id(
          partners_[static_cast<std::size_t>(Below(4))]);
    }
    if (Chance(20)) fact = Replacing(std::move(fact), Some(author, Case::kLifeRecorded));
    return Happened(std::move(fact));
  }

  // Notices, evaluations, requests, challenges, and what answers them, rightly or not.
  v1::Event SomeLife(int author) {
    using Life = v1::LifeRecorded;
    if (Chance(20)) return SomeSuccession(author);
    constexpr Life::FactCase kKinds[] = {Life::kNoticeReceived,      Life::kNoticeCured,
                                         Life::kTerminationDeclared, Life::kEvaluationReported,
                                         Life::kEvaluationValidated, Life::kDataExchangeRequested,
                                         Life::kDpoOpinionGiven,     Life::kDeliberationChallenged,
                                         Life::kCommitteeConsulted,  Life::kCommentPosted,
                                         Life::kCommentResolved,     Life::kNoticeFruitless,
                                         Life::kDelegationRecorded,  Life::kRepresentativeChanged,
                                         Life::kReviewRequested,     Life::kReviewGiven};
    v1::LifeRecorded fact = Chance(40) ? Notice(static_cast<v1::NoticeKind>(1 + Below(3)), Date())
                                       : Plain(kKinds[Below(std::size(kKinds))], Date());
    if (Chance(70)) {
      const Case kinds[] = {Case::kLifeRecorded, Case::kLifeRecorded, Case::kDeliberationRecorded,
                            Case::kRevisionFrozen};
      fact = Answering(std::move(fact), PickLeaf(author, kinds[Below(4)]));
    }
    if (Chance(30)) fact = Replacing(std::move(fact), Some(author, Case::kLifeRecorded));
    return Happened(std::move(fact));
  }

  // What hostile or newer software could write.
  void Mangle(v1::Event& event) {
    switch (Below(13)) {
      case 0:
        event.clear_payload();
        break;
      case 1:
        event.GetReflection()->MutableUnknownFields(&event)->AddVarint(900, 1);
        break;
      case 2:
        event.set_sequence(event.sequence() + 1);
        break;
      case 3:
        event.mutable_recorded_at()->set_seconds(static_cast<std::int64_t>(random_()));
        break;
      case 4:
        event.mutable_actor()->set_partner_id("z");
        break;
      case 5:
        event.mutable_changes_drafted()->add_changes();
        break;
      case 6:
        event.mutable_signature_given()->set_kind(static_cast<v1::SignatureKind>(7));
        event.mutable_signature_given()->set_revision("short");
        break;
      case 7:
        event.mutable_convention_opened()->set_nonce("again");
        break;
      case 8:
        event.mutable_attachment_named()->mutable_attachment()->set_size(1);
        break;
      case 9:
        event.mutable_paper_text_attested()->set_revision("short");
        break;
      case 10:
        event.mutable_life_recorded()->set_happened_on("2024-02-30");
        break;
      case 11:
        event.mutable_life_recorded()->mutable_notice_sent()->set_kind(
            static_cast<v1::NoticeKind>(77));
        break;
      default:
        event.mutable_revision_frozen()->add_signatories();
        event.mutable_revision_frozen()->set_effective_from("2024-02-30");
        break;
    }
  }

  void Step() {
    const int author = Below(static_cast<int>(authors_.size()));
    if (Chance(40))
      history_.Learn(authors_[author], authors_[Below(static_cast<int>(authors_.size()))]);
    if (Chance(options_.forks) && authors_.size() < 9) {
      const int size = static_cast<int>(history_.feed(authors_[author]).size());
      if (size > 0) {
        authors_.push_back(history_.Fork(authors_[author], Below(size)));
        partners_.push_back(partners_[author]);
        return;
      }
    }
    const std::string& partner = partners_[author];
    v1::Event payload = SomePayload(authors_[author], partner);
    if (Chance(options_.garbage)) {
      history_.WriteMangled(authors_[author], partner, std::move(payload),
                            [this](v1::Event& event) { Mangle(event); });
    } else {
      history_.Write(authors_[author], partner, std::move(payload));
    }
  }

  std::mt19937_64& random_;
  const RandomOptions options_;
  History history_;
  std::vector<History::Author> authors_;
  // By place in authors_.
  std::vector<std::string> partners_;
  int requests_ = 0;
};

}  // namespace

History MakeRandomHistory(std::mt19937_64& random, const RandomOptions& options) {
  return Generator(random, options).Make();
}

}  // namespace greffe::test
