// Cut tokens come from the command line.
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "core/convention/convention.h"
#include "server/app/cut_token.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

greffe::ConventionId Convention() {
  return *greffe::ConventionId::FromBytes(std::string(16, 'c'), "c");
}

greffe::v1::Cut CutOfPoints(int points) {
  greffe::v1::Cut cut;
  cut.set_fold_version(greffe::kFoldVersion);
  cut.set_convention_id(Convention().ToBytes());
  for (int i = 0; i < points; ++i) {
    auto* point = cut.add_points();
    point->set_replica_id(greffe::Sha256({absl::StrCat(i)}).ToBytes());
    point->set_size(static_cast<std::uint64_t>(i) + 1);
    point->set_root(greffe::Sha256({"root", absl::StrCat(i)}).ToBytes());
  }
  return cut;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string token(reinterpret_cast<const char*>(data), size);
  const auto cut = greffe::DecodeCut(token, Convention(), "known_at");
  if (!cut.ok()) return 0;
  // What was taken says the same again.
  const auto again = greffe::DecodeCut(greffe::EncodeCut(*cut), Convention(), "known_at");
  if (!again.ok() || again->SerializeAsString() != cut->SerializeAsString()) std::abort();
  return 0;
}

std::vector<std::string> Seeds() {
  return {greffe::EncodeCut(CutOfPoints(0)), greffe::EncodeCut(CutOfPoints(1)),
          greffe::EncodeCut(CutOfPoints(3)), "gt1.", "2025-03-01T12:00:00Z"};
}
