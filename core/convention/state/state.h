#ifndef GREFFE_CORE_CONVENTION_STATE_STATE_H_
#define GREFFE_CORE_CONVENTION_STATE_STATE_H_

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "core/base/ids.h"
#include "core/base/signature.h"
#include "core/base/time.h"
#include "core/convention/convention.h"
#include "core/convention/elements/number_table.h"
#include "core/convention/state/causality.h"
#include "core/convention/state/finding.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/attachment.pb.h"
#include "greffe/v1/element.pb.h"

// The facts of one convention, as plain data. All numbers are places in the vectors below, in the
// order of arrival: local, never shown, never in canonical bytes. Facts are only ever added; the
// flags on them only ever go up. Included by the files of core/convention alone.

namespace greffe {

using EventNumber = std::uint32_t;
using TextNumber = std::uint32_t;
using ActorNumber = std::uint32_t;
using ReplicaNumber = std::uint32_t;
using RosterNumber = std::uint32_t;
using RevisionNumber = std::uint32_t;
using SignatureNumber = std::uint32_t;

// No day is known: before all of them.
inline constexpr CivilDate kNoDay{std::numeric_limits<std::int32_t>::min()};

// One applied event, whatever it says.
struct EventRow {
  Digest leaf;
  std::int64_t recorded_micros = 0;
  BranchIndex branch = 0;
  std::uint32_t sequence = 0;
  ActorNumber actor = kNone;
  // Place in StateData.subjects; kNone for anything but follow-up.
  std::uint32_t subject = kNone;
  // Of follow-up, the first day that it is about: as_of of a report, the day of a meeting, the
  // first of a period. kNoDay for anything else, and for what is no day.
  CivilDate day = kNoDay;
  // v1::Event::PayloadCase.
  std::uint8_t payload = 0;
  // The author had the authority, in the event's own past, to say this.
  bool authorised = false;
  // Follow-up, deliberations and facts of life: an authorised event that had seen this one replaces
  // it.
  bool replaced = false;
  // The header is right and every part was understood.
  bool understood = false;
};

// Actor, interned.
struct ActorRow {
  std::string person_id;
  TextNumber office = kNone;
  TextNumber partner = kNone;
};

struct ReplicaRow {
  ReplicaId id;
  std::vector<RosterNumber> entries;
};

// A roster entry, from ConventionOpened or RosterEntrySet.
struct RosterFact {
  EventNumber event = kNone;
  ReplicaNumber replica = kNone;
  PublicKey key;
  std::string name;
  // Sorted, unique.
  std::vector<TextNumber> partners;
  // Entries that it replaces in effect.
  std::vector<RosterNumber> replaces;
  // Entries that replace it, when both are authorised.
  std::vector<RosterNumber> replaced_by;
};

// One change of a ChangesDrafted event whose act its author knew.
struct DraftChange {
  EventNumber event = kNone;
  // Place in the event.
  std::uint32_t index = 0;
  TextNumber element = kNone;
  // The element as it shall read; null for a removal or a drop.
  std::shared_ptr<const v1::Element> put;
  // ElementDigest of `put`, so that reading a text does not hash it again; else zeros.
  Digest content;
  bool drop = false;
  // ChangesDrafted events of the same act whose changes to the same element it replaces in effect.
  std::vector<EventNumber> replaces;
  // An authorised change replaces this one.
  bool replaced = false;
};

struct ActOpening {
  EventNumber event = kNone;
  v1::ActKind kind = v1::ACT_KIND_UNSPECIFIED;
  std::string title;
  // What it names as the evaluation that led to it, whether that is one or not (prompt.h).
  std::optional<Digest> prompted_by;
};

// An act with at least one authorised opening of a well-derived id.
struct ActFacts {
  // More than one only when its author's feed forked.
  std::vector<ActOpening> openings;
  // By (event, element), unauthorised ones included; one event changes an element once.
  std::vector<DraftChange> changes;
  std::vector<RevisionNumber> revisions;
};

// A frozen revision of a known act.
struct Revision {
  EventNumber event = kNone;
  ActId act;
  std::string label;
  std::optional<CivilDate> effective_from;
  // Base revisions in effect (known and seen), sorted by leaf.
  std::vector<RevisionNumber> bases;
  // As listed, one per id, sorted by id.
  std::vector<v1::Signatory> signatories;
  // Places in ActFacts.changes that make the text, sorted by (element id, leaf, index). Drops are
  // left out. Two for one element clash.
  std::vector<std::uint32_t> content;
  // False: it can never be concluded (its listed changes are not all known and authorised, it bears
  // no date, nobody signs, or its author had no authority).
  bool valid = false;
  // Elements whose clauses leave all that it changes to a committee (class B, committee.h), as its
  // author had seen them; by id. None: assemblies vote, and every office signs.
  std::vector<TextNumber> clauses;
  // Its co-chairs decide: it is not for every office of the text to sign.
  bool left_to_co_chairs = false;
  std::vector<SignatureNumber> signatures;
  // Places in StateData.withdrawals and refusals.
  std::vector<std::uint32_t> withdrawals;
  std::vector<std::uint32_t> refusals;
  // Places in StateData.deliberations.
  std::vector<std::uint32_t> deliberations;
  // The text was signed on paper: a signature counts only after its partner's attestation.
  bool on_paper = false;
  // Places in StateData.paper_statements and attestations; empty unless on paper.
  std::vector<std::uint32_t> paper_statements;
  std::vector<std::uint32_t> attestations;
};

struct SignatureFact {
  EventNumber event = kNone;
  RevisionNumber revision = kNone;
  std::string signatory_id;
  v1::SignatureKind kind = v1::SIGNATURE_KIND_UNSPECIFIED;
  std::optional<CivilDate> signed_on;
  std::optional<Digest> scan_digest;
  std::optional<Digest> signer_name;
  // In which capacity somebody signed for the office, and by which delegation (L-04); empty: its
  // holder.
  std::string capacity;
  std::optional<Digest> delegation;
  // Signatures of the same signatory that it corrects in effect.
  std::vector<SignatureNumber> replaces;
  // A counting signature corrects this one: shown is the correction; conclusion keeps both.
  bool replaced = false;
  // Authorised, given for the signatory's own partner, understood, dated, revision seen, and no
  // withdrawal of the revision seen, and the revision not seen concluded; for a text signed on
  // paper, its partner's attestation seen: may conclude.
  bool counts = false;
  // Places in StateData.retractions, of those that name this one or, in their past, another of its
  // chain of corrections.
  std::vector<std::uint32_t> retractions;
};

struct RetractionFact {
  EventNumber event = kNone;
  SignatureNumber signature = kNone;
  std::string reason;
  // Given by the partner that signed.
  bool counts = false;
};

struct WithdrawalFact {
  EventNumber event = kNone;
  RevisionNumber revision = kNone;
  std::string reason;
  // Given by the partner that opened the act or froze the revision.
  bool counts = false;
};

struct RefusalFact {
  EventNumber event = kNone;
  RevisionNumber revision = kNone;
  std::string signatory_id;
  std::string reason;
  // Given by the signatory's own partner.
  bool counts = false;
};

// What somebody read of everybody's signatures on a paper text: shown, counts for nobody.
struct PaperStatement {
  EventNumber event = kNone;
  RevisionNumber revision = kNone;
  std::shared_ptr<const v1::PaperSigning> signing;
  // Authorised and understood.
  bool counts = false;
};

// A partner's word that a frozen text is the one that its offices signed on paper.
struct AttestationFact {
  EventNumber event = kNone;
  RevisionNumber revision = kNone;
  // Statements that its author was shown, in effect.
  std::vector<EventNumber> statements;
  // Given for a partner that signs, and no withdrawal of the revision seen.
  bool counts = false;
};

// A file of the convention. One without authority or beyond the totals leaves a finding alone.
struct AttachmentFact {
  EventNumber event = kNone;
  // AttachmentIdOf.
  Digest id;
  Digest sha256;
  std::uint64_t size = 0;
  v1::AttachmentRole role = v1::ATTACHMENT_ROLE_UNSPECIFIED;
  std::string label;
  std::string media_type;
};

// EventRow.authorised says that it was recorded for the partner whose assembly voted;
// EventRow.replaced that it was corrected.
struct DeliberationFact {
  EventNumber event = kNone;
  RevisionNumber revision = kNone;
  std::shared_ptr<const v1::Deliberation> deliberation;
  std::string reason;
  // Deliberation events that it corrects in effect.
  std::vector<EventNumber> replaces;
};

// What follow-up events are about; their texts stay in the store.
struct FollowUpSubject {
  // v1::Event::PayloadCase: kProgressReported, kIndicatorMeasured, kMeetingRecorded or
  // kPredecessorLinked.
  std::uint8_t payload = 0;
  TextNumber element = kNone;
  // Period of a measurement, day of a meeting, else the empty text.
  TextNumber period = kNone;
  // In order of arrival, unauthorised ones included. Current: authorised and not replaced. Most
  // subjects have few values: these fit in the row, which is no larger than a vector's.
  absl::InlinedVector<EventNumber, 4> events;
};

// A fact of the convention's life; its text stays in the store. EventRow.replaced says that it was
// corrected. What it answers and what answers it make a thread (life.h).
struct LifeFact {
  EventNumber event = kNone;
  // v1::LifeRecorded::FactCase.
  std::uint8_t kind = 0;
  // LifeVariant and LifeDetail (life_kinds.h).
  std::uint8_t variant = 0;
  TextNumber detail = kNone;
  // LifeWords.
  std::vector<TextNumber> words;
  TextNumber element = kNone;
  CivilDate day;
  // A document that proves it is named.
  bool evidence = false;
  // The fact, deliberation or frozen revision that it answers, in its past; kNone without effect.
  EventNumber answers = kNone;
  // Records of this fact that it corrects in effect.
  std::vector<EventNumber> replaces;
};

struct FindingFact {
  EventNumber event = kNone;
  FindingCode code = FindingCode::kMalformed;
  // Field or id concerned; may be empty. A function of the event alone.
  std::string detail;
  friend auto operator<=>(const FindingFact&, const FindingFact&) = default;
};

struct StateData {
  explicit StateData(const ConventionId& id) : convention(id) {}

  ConventionId convention;
  bool needs_newer_software = false;

  Causality causality;
  // By BranchIndex: the replica that writes it, and the events it owns in order.
  std::vector<ReplicaNumber> branch_replica;
  std::vector<std::vector<EventNumber>> branch_events;

  std::vector<EventRow> events;
  std::vector<std::string> texts;
  std::vector<ActorRow> actors;
  std::vector<ReplicaRow> replicas;

  std::vector<RosterFact> roster;
  // Event that opened the convention, or kNone. Two only when the founder's feed forked at 0.
  std::vector<EventNumber> openings;
  std::map<ActId, ActFacts> acts;
  std::vector<Revision> revisions;
  std::vector<SignatureFact> signatures;
  std::vector<RetractionFact> retractions;
  std::vector<WithdrawalFact> withdrawals;
  std::vector<RefusalFact> refusals;
  std::vector<DeliberationFact> deliberations;
  std::vector<PaperStatement> paper_statements;
  std::vector<AttestationFact> attestations;
  std::vector<AttachmentFact> attachments;
  std::vector<FollowUpSubject> subjects;
  std::vector<LifeFact> life;
  std::set<FindingFact> findings;

  // Indices, rebuilt from the above.
  NumberTable event_by_leaf;
  NumberTable text_by_bytes;
  NumberTable actor_by_content;
  NumberTable replica_by_id;
  NumberTable subject_by_key;
  std::map<EventNumber, RevisionNumber> revision_by_event;
  std::map<EventNumber, SignatureNumber> signature_by_event;
  std::map<EventNumber, std::uint32_t> deliberation_by_event;
  std::map<EventNumber, RosterNumber> roster_by_event;
  std::map<EventNumber, std::uint32_t> life_by_event;

  // --- Looking up; kNone or null when there is none ---
  EventNumber FindEvent(const Digest& leaf) const;
  // Raw bytes of any length.
  EventNumber FindEvent(absl::string_view leaf) const;
  // The event at a place, through the prefix that a fork's branch shares.
  EventNumber EventAt(BranchIndex branch, std::uint64_t sequence) const;
  EventPosition PositionOf(EventNumber event) const;
  const Digest& LeafOf(EventNumber event) const { return events[event].leaf; }
  const ReplicaId& AuthorOf(EventNumber event) const;
  // Empty when the event bears no actor.
  const std::string& PartnerOf(EventNumber event) const;
  const std::string& OfficeOf(EventNumber event) const;
  TextNumber FindText(absl::string_view text) const;
  const std::string& Text(TextNumber text) const;
  const ActFacts* FindAct(const ActId& act) const;
  RevisionNumber FindRevision(const Digest& leaf) const;
  SignatureNumber FindSignature(const Digest& leaf) const;
  std::uint32_t FindSubject(std::uint8_t payload, absl::string_view element,
                            absl::string_view period) const;
  // The changes of one ChangesDrafted event in its act.
  std::span<const DraftChange> ChangesOf(const ActFacts& act, EventNumber event) const;

  // --- Causality ---
  // True when `earlier` is in the causal past of `later`, or the same event.
  bool Saw(EventNumber later, EventNumber earlier) const;
  // True when the points contain the event.
  bool InCut(std::span<const LocalPoint> cut, EventNumber event) const;

  // --- Roster ---
  // True when the entry is authorised and not replaced by one that is; looking at what is in the
  // past of `seen_by` alone, when given.
  bool EntryCounts(RosterNumber entry, EventNumber seen_by) const;
  // Entries of a replica that count, as above.
  std::vector<RosterNumber> Entries(ReplicaNumber replica, EventNumber seen_by = kNone) const;
  bool ActsFor(ReplicaNumber replica, TextNumber partner, EventNumber seen_by = kNone) const;
  // True when some replica acts for the partner.
  bool HasReplica(TextNumber partner, EventNumber seen_by = kNone) const;

  // --- Acts ---
  // The opening shown: the authorised one with the least leaf.
  const ActOpening& OpeningOf(const ActFacts& act) const;
  // Draft changes that stand (authorised, not replaced), drops included, sorted by (element id,
  // leaf, index). Several with one element are a conflict of the draft.
  std::vector<const DraftChange*> CurrentDraft(const ActFacts& act) const;
  // Leaves of all authorised ChangesDrafted events of the act, sorted by bytes: what a freeze of
  // the whole draft lists. Replaced ones are needed too, for what they share an event with.
  std::vector<Digest> DraftLeaves(const ActFacts& act) const;

  // --- Adding, for apply*.cc and the snapshot alone ---
  TextNumber InternText(absl::string_view text);
  ActorNumber InternActor(absl::string_view person, absl::string_view office,
                          absl::string_view partner);
  ReplicaNumber InternReplica(const ReplicaId& id);
  std::uint32_t InternSubject(std::uint8_t payload, TextNumber element, TextNumber period);
  void IndexEvent(EventNumber event);
  void AddFinding(EventNumber event, FindingCode code, absl::string_view detail = "");
  void RebuildIndices();
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_STATE_H_
