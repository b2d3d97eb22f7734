#include "core/sync/digests.h"

#include <algorithm>
#include <string>

namespace greffe::sync {
namespace {

// Fixed widths, so that two lists never run into the same bytes.
void AppendNumber(std::uint64_t number, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
}

void AppendShared(const SharedConvention& shared, std::string& out) {
  out.append(shared.id.view().data(), ConventionId::kSize);
  out.append(shared.digest.view().data(), Digest::kSize);
}

}  // namespace

Digest ConventionDigest(std::vector<Point> points) {
  std::sort(points.begin(), points.end());
  std::string bytes;
  bytes.reserve(points.size() * (ReplicaId::kSize + 8 + Digest::kSize));
  for (const Point& point : points) {
    bytes.append(point.replica.view().data(), ReplicaId::kSize);
    AppendNumber(point.size, bytes);
    bytes.append(point.root.view().data(), Digest::kSize);
  }
  return Sha256({bytes});
}

Digest SharedRoot(std::span<const SharedConvention> shared) {
  std::string bytes;
  bytes.reserve(shared.size() * (ConventionId::kSize + Digest::kSize));
  for (const SharedConvention& one : shared) AppendShared(one, bytes);
  return Sha256({bytes});
}

ShortDigest Shorten(const Digest& salt, const Digest& digest) {
  const Digest salted = Sha256({salt.view(), digest.view()});
  ShortDigest out;
  std::copy_n(salted.bytes.begin(), ShortDigest::kSize, out.bytes.begin());
  return out;
}

Digest SaltOf(absl::string_view asker_nonce, absl::string_view lister_nonce) {
  return Sha256({"greffe/v1/short", asker_nonce, lister_nonce});
}

std::map<std::uint8_t, ShortDigest> BucketDigests(const Digest& salt,
                                                  std::span<const SharedConvention> shared) {
  std::map<std::uint8_t, std::string> groups;
  for (const SharedConvention& one : shared) AppendShared(one, groups[one.id.bytes[0]]);
  std::map<std::uint8_t, ShortDigest> digests;
  for (const auto& [first_byte, bytes] : groups)
    digests[first_byte] = Shorten(salt, Sha256({bytes}));
  return digests;
}

}  // namespace greffe::sync
