// What must hold after every step, and what must hold once everything came to rest.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/sim/sim_people.h"
#include "tests/sim/sim_world.h"

namespace greffe::sim {

// What a node says of a convention on a fixed date: its cut, and the repeatable part of answers.
struct Answer {
  std::string cut;
  std::string bytes;
  // For people who look for the difference.
  std::string text;
};

namespace {

std::string Difference(const std::string& a, const std::string& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t at = 0;
  while (at < shorter && a[at] == b[at]) ++at;
  const std::size_t from = at < 120 ? 0 : at - 120;
  return absl::StrCat("\n    one: ", a.substr(from, 300), "\n    other: ", b.substr(from, 300));
}

absl::StatusOr<Answer> Ask(Node& node, const std::string& convention, const std::string& cut) {
  v1::GetConventionRequest request;
  request.set_convention_id(convention);
  request.mutable_at()->set_in_force_on("2026-07-01");
  request.mutable_at()->set_clock_date("2026-07-01");
  if (!cut.empty()) request.mutable_at()->set_cut(cut);
  const auto response = node.replica().GetConvention(node.call(), request);
  if (!response.ok()) return response.status();
  v1::GetStatusRequest status;
  status.set_convention_id(convention);
  *status.mutable_at() = request.at();
  status.mutable_at()->set_cut(response->view().cut());
  const auto board = node.replica().GetStatus(node.call(), status);
  if (!board.ok()) return board.status();
  return Answer{.cut = response->view().cut(),
                .bytes = response->view().SerializeAsString() + board->view().SerializeAsString(),
                .text = absl::StrCat(response->view().ShortDebugString(), " ",
                                     board->view().ShortDebugString())};
}

std::map<std::string, std::string> StateDigests(Node& node) {
  std::map<std::string, std::string> digests;
  for (const v1::ConventionFigures& one : node.replica().Examine(UserCall(), "").figures) {
    digests[one.convention_id()] = one.state_digest();
  }
  return digests;
}

std::set<std::string> Leaves(Node& node, const std::string& convention) {
  std::set<std::string> leaves;
  v1::ListEventsRequest request;
  request.set_convention_id(convention);
  request.set_page_size(200);
  do {
    const auto page = node.replica().ListEvents(node.call(), request);
    if (!page.ok()) break;
    for (const v1::EventView& event : page->events()) leaves.insert(event.leaf());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return leaves;
}

}  // namespace

// An armed node may have lost its power already: its reads fail until it comes up again.
bool World::Readable(int index) const { return nodes_[index]->up() && armed_.count(index) == 0; }

void World::Check() {
  for (int i = 0; i < size(); ++i) {
    if (Readable(i)) CheckNode(i);
  }
  CheckAgreement();
  CheckSessions();
}

// What a session sent and nobody acknowledged stays within its credit, whatever became of it.
void World::CheckSessions() {
  for (const auto& [ends, link] : links_) {
    for (int side = 0; link.connected && side < 2; ++side) {
      const sync::SessionProgress progress = link.sessions[side]->progress();
      if (progress.unacknowledged_bytes > sync::SessionOptions().credit_bytes) {
        Violation(absl::StrCat(nodes_[link.ends[side]]->name(), " has ",
                               progress.unacknowledged_bytes, " bytes unacknowledged"));
      }
      // At rest nothing is kept of what was on its way.
      if (progress.in_sync && progress.unacknowledged_bytes > 0) {
        Violation(absl::StrCat(nodes_[link.ends[side]]->name(),
                               " is in sync and waits for acknowledgements"));
      }
    }
  }
}

void World::CheckNode(int index) {
  Node& node = *nodes_[index];
  if (node.honest && !node.replica().Writable().ok()) {
    Violation(absl::StrCat(node.name(), " writes nothing: ", node.replica().Writable().ToString()));
  }
  for (const auto& [hex, members] : members_) {
    const ConventionId convention = *ConventionId::FromHex(hex, "id");
    if (members.count(index) == 0) {
      if (!node.honest_view().Branches(convention).empty()) {
        Violation(absl::StrCat(node.name(), " holds ", hex, " and is not a member"));
      }
      continue;
    }
    CheckFeeds(index, convention);
    const auto own = own_.find({index, hex});
    if (own != own_.end() && !node.honest_view().FindBranch(convention, own->second)) {
      Violation(
          absl::StrCat(node.name(), " lost its own events of ", hex, " before ", own->second.size));
    }
  }
}

// Whose feeds are said to fork, beside every answer about a convention: by the digits shown.
static std::set<std::string> ForksShown(Node& node, const std::string& convention) {
  std::set<std::string> out;
  v1::GetRosterRequest request;
  request.set_convention_id(convention);
  const auto response = node.replica().GetRoster(node.call(), request);
  if (!response.ok()) return out;
  constexpr absl::string_view kBefore = "La chronique de la réplique ";
  for (const std::string& banner : response->context().banners()) {
    if (absl::StartsWith(banner, kBefore)) out.insert(banner.substr(kBefore.size(), 12));
  }
  return out;
}

// What is held of an honest author's feed is what the author has, and is one branch. A fork is
// shown with its author's name, and nothing else is.
void World::CheckFeeds(int index, const ConventionId& convention) {
  std::map<ReplicaId, int> branches;
  for (const sync::HeldBranch& branch : nodes_[index]->honest_view().Branches(convention)) {
    ++branches[branch.point.replica];
    for (int author = 0; author < size(); ++author) {
      Node& writer = *nodes_[author];
      if (writer.id() != branch.point.replica || !writer.honest || !Readable(author)) continue;
      if (!writer.honest_view().FindBranch(convention, branch.point)) {
        Violation(absl::StrCat(nodes_[index]->name(), " holds ", branch.point.size, " events of ",
                               writer.name(), " that it did not write"));
      }
    }
  }
  std::set<std::string> forked;
  for (const auto& [replica, count] : branches) {
    if (count > 1) forked.insert(replica.ToHex().substr(0, 12));
  }
  const std::set<std::string> shown = ForksShown(*nodes_[index], convention.ToHex());
  // Before its roster entry is applied, a member is told "not found".
  if (shown != forked && !branches.empty() && Ask(*nodes_[index], convention.ToHex(), "").ok()) {
    Violation(absl::StrCat(nodes_[index]->name(), " shows forks of [", absl::StrJoin(shown, " "),
                           "] and holds forks of [", absl::StrJoin(forked, " "), "]"));
  }
  for (const auto& [replica, count] : branches) {
    if (count == 1) continue;
    const bool liar = std::any_of(nodes_.begin(), nodes_.end(), [&](const auto& node) {
      return node->id() == replica && !node->honest;
    });
    if (liar) {
      ++exercised_.forks;
    } else {
      Violation(absl::StrCat(nodes_[index]->name(), " blames an honest author for a fork"));
    }
  }
}

// The same events give the same state, and the same token the same answer.
void World::CheckAgreement() {
  // By cut: who had it first, its digest, its answer.
  struct First {
    std::string node;
    std::string digest;
    Answer answer;
  };
  std::map<std::string, First> first;
  for (int i = 0; i < size(); ++i) {
    if (!Readable(i)) continue;
    Node& node = *nodes_[i];
    const std::map<std::string, std::string> digests = StateDigests(node);
    for (const auto& [convention, digest] : digests) {
      const absl::StatusOr<Answer> answer = Ask(node, convention, "");
      // A member that has not applied its roster entry yet is told "not found".
      if (absl::IsNotFound(answer.status())) continue;
      if (!answer.ok()) {
        Violation(absl::StrCat(node.name(), " cannot answer: ", answer.status().ToString()));
        continue;
      }
      const auto [found, fresh] =
          first.try_emplace(answer->cut, First{node.name(), digest, *answer});
      if (found->second.digest != digest) {
        Violation(absl::StrCat(node.name(), " and ", found->second.node,
                               " have the same events of ", convention, " and other states"));
      } else if (found->second.answer.bytes != answer->bytes) {
        Violation(absl::StrCat(node.name(), " and ", found->second.node,
                               " answer one token in two ways",
                               Difference(answer->text, found->second.answer.text)));
      }
      if (fresh) CheckForeignCut(i, convention, *answer);
    }
  }
}

void World::CheckForeignCut(int from, const std::string& convention, const Answer& answered) {
  const int other = Pick(size());
  if (other == from || !Readable(other)) return;
  const absl::StatusOr<Answer> answer = Ask(*nodes_[other], convention, answered.cut);
  if (answer.ok() && answer->bytes != answered.bytes) {
    Violation(absl::StrCat(nodes_[other]->name(), " answers a token of ", nodes_[from]->name(),
                           " in another way", Difference(answer->text, answered.text)));
  }
}

void World::CountWhatCameOut(Node& node, const std::string& convention) {
  v1::ListConflictsRequest conflicts;
  conflicts.set_convention_id(convention);
  const auto open = node.replica().ListConflicts(node.call(), conflicts);
  if (open.ok()) exercised_.conflicts += static_cast<unsigned>(open->view().conflicts_size());
  v1::ListActsRequest acts;
  acts.set_convention_id(convention);
  const auto listed = node.replica().ListActs(node.call(), acts);
  if (!listed.ok()) return;
  for (const v1::ActView& act : listed->acts()) {
    for (const v1::RevisionView& revision : act.revisions()) {
      if (revision.concluded()) ++exercised_.conclusions;
    }
  }
}

Exercised World::exercised() const {
  Exercised all = exercised_;
  for (const auto& node : nodes_) all.acknowledged += node->acknowledged.size();
  return all;
}

Exercised& Exercised::operator+=(const Exercised& other) {
  commands += other.commands;
  acknowledged += other.acknowledged;
  frames += other.frames;
  crashes += other.crashes;
  cuts += other.cuts;
  cuts_inside += other.cuts_inside;
  lost += other.lost;
  repeated += other.repeated;
  replays += other.replays;
  swaps += other.swaps;
  flips += other.flips;
  deaf += other.deaf;
  held_back += other.held_back;
  crashes_in_write += other.crashes_in_write;
  crashes_in_step += other.crashes_in_step;
  clock_faults += other.clock_faults;
  forks += other.forks;
  conflicts += other.conflicts;
  conclusions += other.conclusions;
  personal_values += other.personal_values;
  return *this;
}

std::string Exercised::ToString() const {
  return absl::StrCat("commands=", commands, " acknowledged=", acknowledged, " frames=", frames,
                      " crashes=", crashes, " cuts=", cuts, " cuts_inside=", cuts_inside,
                      " lost=", lost, " repeated=", repeated, " replays=", replays,
                      " swaps=", swaps, " flips=", flips, " deaf=", deaf, " held_back=", held_back,
                      " crashes_in_write=", crashes_in_write, " crashes_in_step=", crashes_in_step,
                      " clock_faults=", clock_faults, " forks=", forks, " conflicts=", conflicts,
                      " conclusions=", conclusions, " personal_values=", personal_values);
}

// Personal values stand outside events, cuts and digests: nothing else would show one that did not
// come, or came changed.
void World::CheckPersonalValues(const std::string& convention, const std::set<int>& members) {
  std::optional<std::map<std::string, std::string>> first;
  for (const int member : members) {
    Node& node = *nodes_[member];
    v1::ListActsRequest request;
    request.set_convention_id(convention);
    const auto acts = node.replica().ListActs(node.call(), request);
    if (!acts.ok()) continue;
    std::map<std::string, std::string> here;
    for (const v1::PersonalValue& one : acts->context().personal_values()) {
      here[one.commitment()] = one.value();
      if (!one.value().empty()) continue;
      Violation(absl::StrCat(node.name(), " lacks a name under an act of ", convention));
    }
    if (!first) first = here;
    if (*first != here) {
      Violation(absl::StrCat("members read other names under acts of ", convention));
    }
  }
  if (first) exercised_.personal_values += first->size();
}

void World::CheckSettled() {
  for (const auto& [convention, members] : members_) {
    std::optional<Answer> first;
    std::set<std::string> leaves;
    for (const int member : members) {
      Node& node = *nodes_[member];
      const absl::StatusOr<Answer> answer = Ask(node, convention, "");
      if (!answer.ok()) {
        Violation(absl::StrCat(node.name(), " does not have ", convention, ": ",
                               answer.status().ToString()));
        continue;
      }
      if (!first) CountWhatCameOut(node, convention);
      if (!first) first = *answer;
      if (first->cut != answer->cut) {
        Violation(absl::StrCat("members differ about ", convention, " at rest"));
      }
      const std::set<std::string> here = Leaves(node, convention);
      if (leaves.empty()) leaves = here;
      if (leaves != here) Violation(absl::StrCat("members list other events of ", convention));
    }
    CheckPersonalValues(convention, members);
    // What one member holds whole, every one does.
    std::map<std::string, std::set<v1::AttachmentState>> states;
    for (const int member : members) {
      v1::ListAttachmentsRequest request;
      request.set_convention_id(convention);
      const auto all = nodes_[member]->replica().ListAttachments(nodes_[member]->call(), request);
      if (!all.ok()) continue;
      for (const v1::AttachmentHere& one : all->here()) {
        states[one.attachment_id()].insert(one.state());
      }
    }
    for (const auto& [attachment, found] : states) {
      if (found.count(v1::ATTACHMENT_STATE_FALSE) > 0 ||
          (found.size() > 1 && found.count(v1::ATTACHMENT_STATE_HELD) > 0)) {
        Violation(absl::StrCat("attachment ", attachment, " did not reach everybody"));
      }
    }
    for (const auto& node : nodes_) {
      for (const Acknowledged& acknowledged : node->acknowledged) {
        if (acknowledged.convention != convention) continue;
        for (const std::string& leaf : acknowledged.leaves) {
          if (leaves.count(leaf) == 0) {
            Violation(absl::StrCat("acknowledged by ", node->name(), " and lost: ", leaf));
          }
        }
      }
    }
  }
}

}  // namespace greffe::sim
