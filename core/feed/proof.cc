#include "core/feed/proof.h"

#include <bit>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"

namespace greffe {
namespace {

// Largest power of two below n; n >= 2.
std::uint64_t SplitPoint(std::uint64_t n) { return std::bit_floor(n - 1); }

// Root over leaves [begin, begin + count); begin is a multiple of the split sizes above it, so
// every complete part is a stored node.
absl::StatusOr<Digest> RangeRoot(std::uint64_t begin, std::uint64_t count, const NodeReader& read) {
  if (std::has_single_bit(count)) {
    const auto level = static_cast<std::uint8_t>(std::countr_zero(count));
    return read(level, begin >> level);
  }
  const std::uint64_t split = SplitPoint(count);
  ASSIGN_OR_RETURN(const Digest left, RangeRoot(begin, split, read));
  ASSIGN_OR_RETURN(const Digest right, RangeRoot(begin + split, count - split, read));
  return NodeHash(left, right);
}

// RFC 6962 PATH(m, D[n]).
absl::Status Path(std::uint64_t index, std::uint64_t begin, std::uint64_t count,
                  const NodeReader& read, std::vector<Digest>& out) {
  if (count == 1) return absl::OkStatus();
  const std::uint64_t split = SplitPoint(count);
  const bool left = index < split;
  RETURN_IF_ERROR(left ? Path(index, begin, split, read, out)
                       : Path(index - split, begin + split, count - split, read, out));
  ASSIGN_OR_RETURN(const Digest sibling, left ? RangeRoot(begin + split, count - split, read)
                                              : RangeRoot(begin, split, read));
  out.push_back(sibling);
  return absl::OkStatus();
}

// RFC 6962 SUBPROOF(m, D[n], whole).
absl::Status SubProof(std::uint64_t from, std::uint64_t begin, std::uint64_t count, bool whole,
                      const NodeReader& read, std::vector<Digest>& out) {
  if (from == count) {
    if (whole) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Digest root, RangeRoot(begin, count, read));
    out.push_back(root);
    return absl::OkStatus();
  }
  const std::uint64_t split = SplitPoint(count);
  const bool left = from <= split;
  RETURN_IF_ERROR(left ? SubProof(from, begin, split, whole, read, out)
                       : SubProof(from - split, begin + split, count - split, false, read, out));
  ASSIGN_OR_RETURN(const Digest sibling, left ? RangeRoot(begin + split, count - split, read)
                                              : RangeRoot(begin, split, read));
  out.push_back(sibling);
  return absl::OkStatus();
}

absl::Status PathLength(absl::string_view what, std::size_t got) {
  return absl::DataLossError(
      absl::StrCat(what, ": path length: ", got, " hashes do not fit the sizes"));
}

absl::Status RootMismatch(absl::string_view what, const Digest& got, const Digest& want) {
  return absl::DataLossError(
      absl::StrCat(what, ": root: recomputed ", got.ToHex(), ", the head says ", want.ToHex()));
}

}  // namespace

absl::StatusOr<std::vector<Digest>> InclusionProof(std::uint64_t index, std::uint64_t size,
                                                   const NodeReader& read) {
  if (index >= size) {
    return absl::InvalidArgumentError(absl::StrCat("index: got ", index, ", want below ", size));
  }
  std::vector<Digest> out;
  RETURN_IF_ERROR(Path(index, 0, size, read, out));
  return out;
}

absl::StatusOr<std::vector<Digest>> ConsistencyProof(std::uint64_t from, std::uint64_t to,
                                                     const NodeReader& read) {
  if (from == 0 || from > to) {
    return absl::InvalidArgumentError(
        absl::StrCat("from: got ", from, ", want at least 1 and at most ", to));
  }
  std::vector<Digest> out;
  RETURN_IF_ERROR(SubProof(from, 0, to, true, read, out));
  return out;
}

absl::Status VerifyInclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                             std::span<const Digest> path, const Digest& root) {
  if (index >= size) return absl::DataLossError("inclusion: index: not below the size");
  Digest node = leaf;
  std::uint64_t at = index;
  std::uint64_t last = size - 1;
  for (const Digest& sibling : path) {
    if (last == 0) return PathLength("inclusion", path.size());
    if ((at & 1) != 0 || at == last) {
      node = NodeHash(sibling, node);
      // A right-edge node without a right sibling moves up until it is one.
      while ((at & 1) == 0 && at != 0) {
        at >>= 1;
        last >>= 1;
      }
    } else {
      node = NodeHash(node, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  if (last != 0) return PathLength("inclusion", path.size());
  if (node != root) return RootMismatch("inclusion", node, root);
  return absl::OkStatus();
}

absl::Status VerifyConsistency(std::uint64_t from, const Digest& from_root, std::uint64_t to,
                               const Digest& to_root, std::span<const Digest> path) {
  if (from == 0 || from > to) return absl::DataLossError("consistency: sizes out of order");
  if (from == to) {
    if (!path.empty()) return PathLength("consistency", path.size());
    if (from_root != to_root) return RootMismatch("consistency", from_root, to_root);
    return absl::OkStatus();
  }
  std::uint64_t at = from - 1;
  std::uint64_t last = to - 1;
  while ((at & 1) != 0) {
    at >>= 1;
    last >>= 1;
  }
  std::size_t next = 0;
  // The old tree is complete when it is one subtree: its root starts both computations.
  if (at != 0 && path.empty()) return PathLength("consistency", path.size());
  Digest old_root = at == 0 ? from_root : path[next++];
  Digest new_root = old_root;
  for (; next < path.size(); ++next) {
    if (last == 0) return PathLength("consistency", path.size());
    if ((at & 1) != 0 || at == last) {
      old_root = NodeHash(path[next], old_root);
      new_root = NodeHash(path[next], new_root);
      while ((at & 1) == 0 && at != 0) {
        at >>= 1;
        last >>= 1;
      }
    } else {
      new_root = NodeHash(new_root, path[next]);
    }
    at >>= 1;
    last >>= 1;
  }
  if (last != 0) return PathLength("consistency", path.size());
  if (old_root != from_root) return RootMismatch("consistency, older tree", old_root, from_root);
  if (new_root != to_root) return RootMismatch("consistency, newer tree", new_root, to_root);
  return absl::OkStatus();
}

}  // namespace greffe
