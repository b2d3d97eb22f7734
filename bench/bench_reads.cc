// A consolidated convention at any date, warm, as the server computes it.
//   bench_reads DRAFT.json
#include <cstdio>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "bench/support/history.h"
#include "bench/support/measure.h"

namespace greffe::bench {
namespace {

constexpr int kOperations = 200;
constexpr std::uint64_t kFollowUps = 10'000;

// An avenant of 200 operations: rubrics with other words, then new rows of the list of facilities.
v1::ActDraft LargeAvenant(const v1::ConventionDraft& draft) {
  v1::ActDraft out;
  out.set_kind(v1::ACT_KIND_AVENANT);
  out.set_title("Avenant de mesure");
  const v1::Facility* row = nullptr;
  std::string parent;
  for (const v1::Element& one : draft.elements()) {
    if (one.has_facility()) {
      row = &one.facility();
      parent = one.parent_id();
    }
    if (!one.has_rubric() || one.rubric().items().empty()) continue;
    if (out.changes_size() == kOperations / 2) continue;
    v1::Element changed = one;
    changed.mutable_rubric()->mutable_items(0)->mutable_text()->append(" Et davantage.");
    *out.add_changes()->mutable_put() = std::move(changed);
  }
  for (int i = 0; out.changes_size() < kOperations; ++i) {
    v1::Element added;
    added.set_id(absl::StrCat("mesure-", i));
    added.set_parent_id(parent);
    *added.mutable_facility() = *row;
    added.mutable_facility()->set_name(absl::StrCat("Accueil ", i));
    *out.add_changes()->mutable_put() = std::move(added);
  }
  return out;
}

// How an avenant reads: wording, classes, coverage and the proof.
// Returns the avenant.
std::string RunInstrument(BenchReplica& replica, const v1::ConventionDraft& draft,
                          const std::string& convention, const std::string& partner) {
  v1::ProposeActRequest propose;
  propose.set_convention_id(convention);
  *propose.mutable_draft() = LargeAvenant(draft);
  v1::GetInstrumentRequest get;
  get.set_convention_id(convention);
  get.set_act_id(replica.Do(partner, propose).act_id());
  const UserCall call = replica.User(partner);
  std::vector<double> samples;
  for (int i = 0; i < 50; ++i) {
    const double start = Seconds();
    const auto answer = replica.replica().GetInstrument(call, get);
    samples.push_back(Seconds() - start);
    BenchReplica::Require(answer.status());
    if (answer->view().operations_size() != kOperations || !answer->view().proved()) {
      BenchReplica::Require(absl::InternalError("the avenant is not proved"));
    }
  }
  PrintRow("GetInstrument, 200 operations, p50", Micros(Percentile(samples, 0.5)), "", "",
           "<= 20,000 us");
  return get.act_id();
}

// A read, warm: the median of many.
template <typename Read>
void RunRead(const std::string& title, const std::string& target, Read read) {
  std::vector<double> samples;
  for (int i = 0; i < 200; ++i) {
    const double start = Seconds();
    read();
    samples.push_back(Seconds() - start);
  }
  PrintRow(title, Micros(Percentile(samples, 0.5)), "", "", target);
}

// Standing and board of every party, then what is to come, due and late.
void RunBoard(BenchReplica& replica, const std::string& convention, const std::string& partner,
              const std::string& when, const std::string& target) {
  const UserCall call = replica.User(partner);
  v1::GetStatusRequest status;
  status.set_convention_id(convention);
  v1::GetDeadlinesRequest deadlines;
  deadlines.set_convention_id(convention);
  const auto board = [&] {
    const auto answer = replica.replica().GetStatus(call, status);
    BenchReplica::Require(answer.status());
    if (answer->view().parties().empty()) {
      BenchReplica::Require(absl::InternalError("an empty board"));
    }
  };
  const auto due = [&] {
    const auto answer = replica.replica().GetDeadlines(call, deadlines);
    BenchReplica::Require(answer.status());
    if (answer->view().deadlines().empty()) {
      BenchReplica::Require(absl::InternalError("no deadline"));
    }
  };
  RunRead(absl::StrCat("GetStatus, ", when, ", p50"), "", board);
  RunRead(absl::StrCat("GetDeadlines, ", when, ", p50"), "", due);
  RunRead(absl::StrCat("both, ", when, ", p50"), target, [&] {
    board();
    due();
  });
}

void Run(const std::string& path) {
  const std::filesystem::path dir =
      std::filesystem::temp_directory_path() / absl::StrCat("greffe-bench-reads-", getpid());
  const v1::ConventionDraft draft = ReadDraft(path);
  const std::vector<std::string> partners = PartnersOf(draft);
  {
    auto replica = BenchReplica::Open(dir.string(), std::string(32, 'r'), "bench", partners);
    v1::CreateConventionRequest create;
    *create.mutable_draft() = draft;
    const auto created = replica->Do(partners[0], create);
    Conclude(*replica, draft, created);
    const UserCall call = replica->User(partners[0]);
    v1::GetConventionRequest get;
    get.set_convention_id(created.receipt().convention_id());
    std::vector<double> samples;
    std::size_t bytes = 0;
    for (int i = 0; i < 500; ++i) {
      get.mutable_at()->set_in_force_on(absl::StrCat(2020 + i % 10, "-03-01"));
      const double start = Seconds();
      const auto answer = replica->replica().GetConvention(call, get);
      samples.push_back(Seconds() - start);
      BenchReplica::Require(answer.status());
      bytes = answer->ByteSizeLong();
    }
    // What cannot be saved: writing the same answer once as protobuf.
    const auto answer = *replica->replica().GetConvention(call, get);
    std::string out;
    const double encode = Fastest(20, [&] { answer.SerializeToString(&out); });
    const double p50 = Percentile(samples, 0.5);
    PrintRow("GetConvention, warm, p50", Micros(p50),
             absl::StrCat("encoding its ", bytes / 1024, " KiB alone ", Micros(encode)),
             Ratio(p50 / encode), "<= 1,000 us");
    PrintRow("GetConvention, warm, p99", Micros(Percentile(samples, 0.99)), "", "", "");
    const std::string convention = created.receipt().convention_id();
    RunBoard(*replica, convention, partners[0], "concluded", "<= 2,000 us");
    const std::string act = RunInstrument(*replica, draft, convention, partners[0]);
    v1::FreezeActRequest freeze;
    freeze.set_convention_id(convention);
    freeze.set_act_id(act);
    for (const v1::Element& one : draft.elements()) {
      if (one.has_terms()) freeze.set_effective_from(one.terms().start_date());
    }
    replica->Freeze(partners[0], freeze);
    RunBoard(*replica, convention, partners[0], "an avenant to sign", "<= 2,000 us");
    const std::string indicator = FirstElement(draft, v1::Element::kIndicator);
    Fill(*replica, partners[0], convention, {indicator}, kFollowUps);
    RunBoard(*replica, convention, partners[0], "10,000 follow-ups", "<= 5,000 us");
  }
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace greffe::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "bench_reads DRAFT.json\n");
    return 2;
  }
  greffe::bench::PrintHeader();
  greffe::bench::Run(argv[1]);
  return 0;
}
