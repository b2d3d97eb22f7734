// A consolidated convention at any date, warm, as the server computes it.
//   bench_reads DRAFT.json
#include <cstdio>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "bench/support/history.h"
#include "bench/support/measure.h"

namespace greffe::bench {
namespace {

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
