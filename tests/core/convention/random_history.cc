#include "tests/core/convention/random_history.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/unknown_field_set.h"
#include "tests/core/convention/random_draw.h"
#include "tests/core/convention/random_life.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {
namespace {

using Case = v1::Event::PayloadCase;

class Generator {
 public:
  Generator(std::mt19937_64& random, const RandomOptions& options)
      : random_(random),
        options_(options),
        history_({"a"}),
        draw_(random_, history_),
        life_(draw_, history_, {"a", "b", "c", "d"}) {
    authors_ = {0,
                history_.AddReplica(),
                history_.AddReplica(),
                history_.AddReplica(),
                history_.AddReplica(),
                history_.AddReplica()};
    partners_ = {"a", "b", "c", "d", "z", "b"};
    favourite_ = Below(kKinds);
  }

  History Make() {
    history_.SetClocks(options_.clocks);
    ActId act;
    history_.Write(0, "a", Enrol(history_.key(1), {"b"}));
    history_.Write(0, "a", Enrol(history_.key(2), {"c"}));
    history_.Learn(1, 0);
    history_.Write(1, "b", Enrol(history_.key(5), {"b"}));
    history_.Learn(0, 1);
    history_.Write(0, "a", OpenAct(history_, "a", requests_++, v1::ACT_KIND_ORIGINAL, &act));
    history_.Write(
        0, "a",
        Draft(act, {TermsElement("2024-01-01", "2028-12-31"), PartyOf("a"), PartyOf("b"),
                    PartyOf("c"), ArticleElement("art-1", "un"), Committee({"a", "b"})}));
    history_.LearnAll();
    original_ = act;
    if (Chance(60)) ConcludeOriginal(act);
    while (history_.size() < options_.events) Step();
    return std::move(history_);
  }

 private:
  int Below(int bound) { return draw_.Below(bound); }
  bool Chance(int percent) { return draw_.Chance(percent); }
  std::string Date() { return draw_.Date(); }
  History::Event Pick(int author, Case kind) { return draw_.Pick(author, kind); }
  History::Event PickOwn(int author, const std::string& partner, Case kind) {
    return draw_.PickOwn(author, partner, kind);
  }
  Digest PickLeaf(int author, Case kind) { return draw_.PickLeaf(author, kind); }
  std::vector<Digest> Some(int author, Case kind) { return draw_.Some(author, kind); }

  // Most of what happens to a convention happens once it is concluded.
  void ConcludeOriginal(const ActId& act) {
    SignByAll(history_.Write(
        0, "a", Freeze(act, Known(0, Case::kChangesDrafted), Offices(), "2024-01-01")));
    history_.LearnAll();
  }

  // With one office; the party of `a` is the CAF, the others are communes.
  static v1::Element PartyOf(const std::string& partner) {
    v1::Element out = PartyElement(partner, {absl::StrCat("o", partner)});
    out.mutable_party()->set_kind(partner == "a" ? v1::PARTNER_KIND_CAF : v1::PARTNER_KIND_COMMUNE);
    return out;
  }

  // A committee to which its own words leave something, unless `co_chairs` are none.
  v1::Element Committee(const std::vector<std::string>& co_chairs) {
    v1::Element out;
    out.set_id("comite");
    out.set_position("8");
    out.mutable_body()->set_name("Comité");
    out.mutable_body()->set_kind(v1::BODY_KIND_STEERING);
    for (const std::string& one : co_chairs) out.mutable_body()->add_co_chairs(one);
    if (!co_chairs.empty()) {
      out.mutable_body()->add_functions("De nouveaux indicateurs pourront être ajoutés.");
    }
    return out;
  }

  v1::Element SomeCommittee() {
    std::vector<std::string> co_chairs;
    while (Chance(60)) co_chairs.push_back(partners_[static_cast<std::size_t>(Below(4))]);
    return Committee(co_chairs);
  }

  // What the clause leaves to the committee, or what it does not, frozen for some of the offices.
  void SomeDecision(int author, const std::string& partner) {
    ActId act;
    history_.Write(author, partner,
                   OpenAct(history_, partner, requests_++, v1::ACT_KIND_COMMITTEE_DECISION, &act));
    v1::Element indicator;
    indicator.set_id(absl::StrCat("ind-", Below(4)));
    indicator.mutable_indicator()->set_text(absl::StrCat("mesure ", Below(3)));
    std::vector<v1::Element> put = {indicator};
    if (Chance(15)) put.push_back(Chance(50) ? SomeParty() : SomeCommittee());
    const History::Event drafted = history_.Write(author, partner, Draft(act, put));
    // Whoever freezes it may hear of that later (L-40).
    if (Chance(15)) {
      const int other = (author + 1) % 3;
      v1::LifeRecorded gone = Plain(v1::LifeRecorded::kClauseDeemedUnwritten, Date());
      gone.set_element_id("comite");
      gone.mutable_clause_deemed_unwritten()->set_effective_from(Date());
      history_.Write(other, partners_[static_cast<std::size_t>(other)], Happened(std::move(gone)));
    }
    std::map<std::string, std::string> offices = Offices();
    offices.erase(Chance(80) ? "oc" : Office());
    SignByAll(history_.Write(
        author, partner, Freeze(act, {history_.leaf(drafted)}, offices, Date(), Bases(author))));
  }

  // An avenant that is proposed, frozen and signed in one go, unless somebody stays away.
  void SomeAvenant(int author, const std::string& partner) {
    ActId act;
    if (Chance(40)) {
      history_.Write(author, partner,
                     Happened(Plain(v1::LifeRecorded::kEvaluationReported, Date())));
    }
    v1::Event opened = OpenAct(history_, partner, requests_++, v1::ACT_KIND_AVENANT, &act);
    if (Chance(70)) opened.mutable_act_opened()->set_prompted_by(SomePrompt(author));
    history_.Write(author, partner, std::move(opened));
    const History::Event drafted = history_.Write(
        author, partner,
        Draft(act, {Chance(10)   ? SomeCommittee()
                    : Chance(50) ? SomeParty()
                                 : ArticleElement(ElementId(), absl::StrCat(Below(3)))}));
    SignByAll(history_.Write(
        author, partner, Freeze(act, {history_.leaf(drafted)}, Offices(), Date(), Bases(author))));
  }
  void SignByAll(History::Event revision) {
    bool all = true;
    for (int author = 0; author < 3; ++author) {
      all = all && Chance(90);
      if (!all) continue;
      history_.LearnEvent(author, revision);
      history_.Write(author, partners_[author],
                     Sign(history_.leaf(revision), absl::StrCat("o", partners_[author]), Date()));
    }
    if (all) concluded_.push_back(revision);
  }
  static std::map<std::string, std::string> Offices() {
    return {{"oa", "a"}, {"ob", "b"}, {"oc", "c"}};
  }

  std::vector<Digest> Known(int author, Case kind) {
    std::vector<Digest> leaves;
    for (History::Event e = 0; e < history_.size(); ++e) {
      const bool fits = history_.message(e).payload_case() == kind && history_.Knows(author, e);
      if (fits && !Chance(5)) leaves.push_back(history_.leaf(e));
    }
    return leaves;
  }
  // One of the last that the author knows: signatures meet on a few of them.
  Digest PickRevision(int author) {
    std::vector<History::Event> known;
    for (History::Event e = history_.size(); e-- > 0 && known.size() < 2;) {
      const bool fits = history_.message(e).payload_case() == Case::kRevisionFrozen;
      if (fits && history_.Knows(author, e)) known.push_back(e);
    }
    if (known.empty() || Chance(20)) return PickLeaf(author, Case::kRevisionFrozen);
    return history_.leaf(known[static_cast<std::size_t>(Below(static_cast<int>(known.size())))]);
  }
  // What was drafted of an act, or nearly.
  std::vector<Digest> DraftsOf(int author, const ActId& act) {
    std::vector<Digest> leaves;
    for (History::Event e = 0; e < history_.size(); ++e) {
      const v1::Event& event = history_.message(e);
      if (!event.has_changes_drafted() || !history_.Knows(author, e)) continue;
      const bool of_act = event.changes_drafted().act_id() == act.ToBytes();
      if (of_act ? !Chance(5) : Chance(2)) leaves.push_back(history_.leaf(e));
    }
    return leaves;
  }
  std::vector<Digest> Bases(int author) {
    std::vector<Digest> bases;
    for (const History::Event e : concluded_) {
      if (history_.Knows(author, e) && Chance(70)) bases.push_back(history_.leaf(e));
    }
    if (Chance(20)) bases.push_back(PickRevision(author));
    return bases;
  }
  ActId PickAct(int author) {
    const History::Event e = Pick(author, Case::kActOpened);
    return *ActId::FromBytes(history_.message(e).act_opened().act_id(), "act_id");
  }
  std::string Office() { return std::vector<std::string>{"oa", "ob", "oc", "ox"}[Below(4)]; }
  std::string ElementId() { return absl::StrCat("art-", Below(4)); }

  int UsedRequest(const std::string& partner) {
    for (std::size_t n = opened_.size(); n-- > 0;) {
      if (opened_[n].first == partner && Chance(60)) return opened_[n].second;
    }
    return requests_++;
  }

  // A party as somebody would have it read: its name, office and vote.
  v1::Element SomeParty() {
    const std::string& of = partners_[static_cast<std::size_t>(Chance(10) ? 3 : Below(3))];
    v1::Element party = PartyOf(of);
    party.mutable_party()->set_name(Chance(20) ? "" : absl::StrCat("Partie ", Below(4)));
    party.mutable_party()->set_deliberates(Chance(30));
    if (Chance(10))
      party.mutable_party()->set_partner_id(partners_[static_cast<std::size_t>(Below(4))]);
    return party;
  }

  v1::Event SomePayload(int author, const std::string& partner) {
    switch (Chance(35) ? favourite_ : Below(kKinds)) {
      case 0: {
        ActId act;
        // Sometimes under an id that was used: on another branch, or once more.
        const int request = Chance(30) ? UsedRequest(partner) : requests_++;
        opened_.emplace_back(partner, request);
        v1::Event opened = OpenAct(history_, partner, request,
                                   Chance(80) ? v1::ACT_KIND_AVENANT : v1::ACT_KIND_ORIGINAL, &act);
        if (Chance(50)) opened.mutable_act_opened()->set_prompted_by(SomePrompt(author));
        return opened;
      }
      case 1:
      case 2: {
        v1::Event draft = Draft(
            Chance(40) ? original_ : PickAct(author),
            {Chance(35) ? SomeParty()
                        : ArticleElement(ElementId(), absl::StrCat(Below(3)),
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
        std::map<std::string, std::string> all = Offices();
        if (Chance(5)) all.erase("ob");
        if (Chance(20)) all["oc"] = partners_[static_cast<std::size_t>(Below(4))];
        if (Chance(30)) all["od"] = "d";
        const ActId act = PickAct(author);
        v1::Event freeze = Freeze(act, DraftsOf(author, act), all, Date(), Bases(author));
        return Chance(30) ? FreezePaper(std::move(freeze)) : freeze;
      }
      case 6:
        return Withdraw(PickLeaf(author, Case::kRevisionFrozen));
      case 7:
        return SomeRetraction(author, partner);
      case 8:
        return Refuse(PickLeaf(author, Case::kRevisionFrozen), absl::StrCat("o", partner));
      case 9:
        return Deliberate(PickLeaf(author, Case::kRevisionFrozen), partner,
                          Some(author, Case::kDeliberationRecorded));
      case 10:
        return SomeFollowUp(author);
      case 11: {
        std::vector<std::string> partners;
        // Somebody new, whom others may bring in at the same time, or any.
        if (Chance(40)) partners.push_back(absl::StrCat("n", Below(3)));
        while (Chance(40)) partners.push_back(partners_[Below(4)]);
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
      case 24:
      case 25:
      case 26:
      case 27:
        return life_.Some(author, partner);
      case 12: {
        v1::Event event = SomePaperSignature(author, partner);
        v1::SignatureGiven& given = *event.mutable_signature_given();
        if (Chance(50)) given.set_kind(v1::SIGNATURE_KIND_OUTSIDE_FILE);
        if (Chance(15)) given.clear_scan_digest();
        return event;
      }
      default: {
        v1::Event sign =
            Sign(PickRevision(author), Chance(90) ? absl::StrCat("o", partner) : Office(), Date());
        if (Chance(20)) sign.mutable_signature_given()->set_capacity(life_.Capacity());
        return sign;
      }
    }
  }

  v1::Event SomeRetraction(int author, const std::string& partner) {
    const History::Event signature = PickOwn(author, partner, Case::kSignatureGiven);
    return Retract(signature < 0 ? Sha256({"nothing"}) : history_.leaf(signature));
  }

  // Leaf hash of an evaluation, or of whatever else somebody takes for one.
  std::string SomePrompt(int author) {
    for (History::Event e = history_.size(); e-- > 0;) {
      const bool evaluation = history_.message(e).life_recorded().has_evaluation_reported();
      if (evaluation && (history_.Knows(author, e) || Chance(10)) && Chance(80)) {
        return history_.leaf(e).ToBytes();
      }
    }
    return Chance(10) ? "short" : PickLeaf(author, Case::kLifeRecorded).ToBytes();
  }

  // On its own, or in the place of one that its partner gave before.
  v1::Event SomePaperSignature(int author, const std::string& partner) {
    const History::Event before = PickOwn(author, partner, Case::kSignatureGiven);
    if (before < 0 || Chance(40)) {
      return PaperSign(PickRevision(author), absl::StrCat("o", partner), Date(),
                       Some(author, Case::kSignatureGiven));
    }
    const v1::SignatureGiven& given = history_.message(before).signature_given();
    const auto revision = Digest::FromBytes(given.revision(), "revision");
    return PaperSign(revision.ok() ? *revision : Sha256({"nothing"}), given.signatory_id(), Date(),
                     {history_.leaf(before)});
  }

  // What a partner records alone; of each subject there are often several at once.
  v1::Event SomeFollowUp(int author) {
    switch (Below(4)) {
      case 0: {
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
      case 1:
        return Progress("act-1", static_cast<v1::ProgressState>(1 + Below(5)),
                        Some(author, Case::kProgressReported));
      case 2: {
        v1::Event event;
        v1::MeetingRecorded* meeting = event.mutable_meeting_recorded();
        meeting->set_element_id("comite");
        meeting->set_held_on(Date());
        meeting->add_decisions(absl::StrCat("décision ", Below(3)));
        for (const Digest& leaf : Some(author, Case::kMeetingRecorded)) {
          meeting->add_replaces(leaf.ToBytes());
        }
        return event;
      }
      default:
        return Measure("ind-1", absl::StrCat(2024 + Below(2)), absl::StrCat(Below(9)),
                       Some(author, Case::kIndicatorMeasured));
    }
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
    // Strangers, and who is brought in late, mostly have nothing to say.
    int author = Below(static_cast<int>(authors_.size()));
    if (author == 3 || author == 4) author = Below(static_cast<int>(authors_.size()));
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
    const std::string partner = partners_[author];
    if (Chance(7) && !concluded_.empty()) return SomeAvenant(authors_[author], partner);
    if (Chance(5) && !concluded_.empty()) return SomeDecision(authors_[author], partner);
    v1::Event payload = SomePayload(authors_[author], partner);
    if (Chance(options_.garbage)) {
      history_.WriteMangled(authors_[author], partner, std::move(payload),
                            [this](v1::Event& event) { Mangle(event); });
    } else {
      history_.Write(authors_[author], partner, std::move(payload));
    }
  }

  // Kinds of payload that SomePayload tells apart.
  static constexpr int kKinds = 28;

  std::mt19937_64& random_;
  const RandomOptions options_;
  History history_;
  Draw draw_;
  LifeDraw life_;
  std::vector<History::Author> authors_;
  // By place in authors_.
  std::vector<std::string> partners_;
  int requests_ = 0;
  // Who opened an act, under which request.
  std::vector<std::pair<std::string, int>> opened_;
  ActId original_;
  // Frozen texts that everybody signed.
  std::vector<History::Event> concluded_;
  // Written more often than the others, so that each kind is met in numbers somewhere.
  int favourite_ = 0;
};

}  // namespace

History MakeRandomHistory(std::mt19937_64& random, const RandomOptions& options) {
  return Generator(random, options).Make();
}

}  // namespace greffe::test
