#ifndef GREFFE_SERVER_APP_CUT_TOKEN_H_
#define GREFFE_SERVER_APP_CUT_TOKEN_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/ids.h"
#include "greffe/v1/event.pb.h"
#include "storage/event_store.h"

namespace greffe {

// Longer tokens are refused before anything is decoded: 4,096 feeds are far from it.
inline constexpr std::size_t kCutTokenBytesMax = 512 * 1024;

// "gt1." and the base64url of the cut, unpadded.
std::string EncodeCut(const v1::Cut& cut);
// A token as EncodeCut made it, for this convention and fold version. INVALID_ARGUMENT naming
// `field`; FAILED_PRECONDITION rule `cut-fold-version`.
absl::StatusOr<v1::Cut> DecodeCut(const std::string& token, const ConventionId& convention,
                                  const std::string& field);
// True when the text has the form of a token.
bool LooksLikeToken(const std::string& text);

// What a cut is called everywhere: `points` are the events applied per branch; what another point
// covers is left out, the rest sorted. `root_of` must know every point.
using KnownRoot = std::function<Digest(FeedNumber, std::uint64_t size)>;
v1::Cut CutOf(const ConventionId& convention, std::span<const FeedRow> feeds,
              std::span<const LocalPoint> points, const KnownRoot& root_of);

// Points with what they cover in parent branches: how many events of each branch are included.
std::vector<LocalPoint> CoverOf(std::span<const FeedRow> feeds, std::span<const LocalPoint> points);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_CUT_TOKEN_H_
