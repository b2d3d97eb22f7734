#include "server/app/cut_token.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/convention.h"
#include "server/app/feed_tree.h"

namespace greffe {
namespace {

constexpr absl::string_view kPrefix = "gt1.";

absl::Status Malformed(const std::string& field, absl::string_view en) {
  return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                   .rule = "cut-form",
                   .field = field,
                   .fr = "Ce jeton de lecture est abîmé : il commence par « gt1. » et se recopie "
                         "en entier, tel que la réponse l'a donné.",
                   .en = absl::StrCat("This reading token is damaged: ", en),
                   .next_fr = "Reprenez le jeton de la réponse, ou donnez un instant.",
                   .next_en = "Take the token from the answer again, or give an instant."});
}

auto Key(const v1::FeedPoint& point) {
  return std::make_tuple(absl::string_view(point.replica_id()), point.size(),
                         absl::string_view(point.root()));
}

}  // namespace

bool LooksLikeToken(const std::string& text) { return absl::StartsWith(text, kPrefix); }

std::string EncodeCut(const v1::Cut& cut) {
  return absl::StrCat(kPrefix, absl::WebSafeBase64Escape(cut.SerializeAsString()));
}

absl::StatusOr<v1::Cut> DecodeCut(const std::string& token, const ConventionId& convention,
                                  const std::string& field) {
  if (token.size() > kCutTokenBytesMax) return Malformed(field, "it is too long.");
  if (!LooksLikeToken(token)) return Malformed(field, "it does not start with \"gt1.\".");
  std::string bytes;
  v1::Cut cut;
  if (!absl::WebSafeBase64Unescape(absl::string_view(token).substr(kPrefix.size()), &bytes) ||
      !cut.ParseFromString(bytes)) {
    return Malformed(field, "it cannot be decoded.");
  }
  // One cut has one token, so that equal tokens are equal answers.
  if (EncodeCut(cut) != token)
    return Malformed(field, "it is not written as this program writes it.");
  // A prefix alone is no token of another convention.
  if (cut.convention_id().size() != ConventionId::kSize || cut.points().empty()) {
    return Malformed(field, "it names no convention, or nothing of one.");
  }
  const v1::FeedPoint* previous = nullptr;
  for (const v1::FeedPoint& point : cut.points()) {
    if (point.replica_id().size() != ReplicaId::kSize || point.root().size() != Digest::kSize ||
        point.size() == 0) {
      return Malformed(field, "one of its points is malformed.");
    }
    if (previous != nullptr && !(Key(*previous) < Key(point))) {
      return Malformed(field, "its points are not in order.");
    }
    previous = &point;
  }
  if (cut.convention_id() != convention.view()) {
    return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                     .rule = "cut-convention",
                     .field = field,
                     .fr = "Ce jeton de lecture vient d'une autre convention.",
                     .en = "This reading token comes from another convention.",
                     .next_fr = "Donnez un jeton de cette convention, ou un instant.",
                     .next_en = "Give a token of this convention, or an instant."});
  }
  if (cut.fold_version() != kFoldVersion) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "cut-fold-version",
         .field = field,
         .fr = absl::StrCat("Ce jeton a été donné par une version de calcul ", cut.fold_version(),
                            " ; cette réplique calcule en version ", kFoldVersion, "."),
         .en = absl::StrCat("This token was given by fold version ", cut.fold_version(),
                            "; this replica folds with version ", kFoldVersion, "."),
         .next_fr = "Lisez à un instant plutôt qu'à un jeton.",
         .next_en = "Read at an instant instead of a token."});
  }
  return cut;
}

std::vector<LocalPoint> CoverOf(std::span<const FeedRow> feeds,
                                std::span<const LocalPoint> points) {
  std::map<FeedNumber, std::uint64_t> cover;
  for (LocalPoint point : points) {
    while (true) {
      const FeedRow* row = FindFeed(feeds, point.feed);
      if (row == nullptr) break;
      if (!row->parent.has_value() || point.size > row->forked_at) {
        std::uint64_t& size = cover[point.feed];
        size = std::max(size, point.size);
      }
      if (!row->parent.has_value()) break;
      point = LocalPoint{*row->parent, std::min(point.size, row->forked_at)};
    }
  }
  std::vector<LocalPoint> out;
  for (const auto& [feed, size] : cover) {
    if (size > 0) out.push_back(LocalPoint{feed, size});
  }
  return out;
}

v1::Cut CutOf(const ConventionId& convention, std::span<const FeedRow> feeds,
              std::span<const LocalPoint> points, const KnownRoot& root_of) {
  const std::vector<LocalPoint> cover = CoverOf(feeds, points);
  // How much of a branch is a prefix of others that are included beyond their forks.
  std::map<FeedNumber, std::uint64_t> covered;
  for (const LocalPoint& point : cover) {
    std::uint64_t shared = point.size;
    for (const FeedRow* row = FindFeed(feeds, point.feed); row != nullptr && row->parent;
         row = FindFeed(feeds, *row->parent)) {
      shared = std::min(shared, row->forked_at);
      std::uint64_t& size = covered[*row->parent];
      size = std::max(size, shared);
    }
  }
  std::vector<v1::FeedPoint> named;
  for (const LocalPoint& point : cover) {
    const auto prefix = covered.find(point.feed);
    if (prefix != covered.end() && point.size <= prefix->second) continue;
    v1::FeedPoint out;
    out.set_replica_id(FindFeed(feeds, point.feed)->replica.ToBytes());
    out.set_size(point.size);
    out.set_root(root_of(point.feed, point.size).ToBytes());
    named.push_back(std::move(out));
  }
  std::sort(named.begin(), named.end(),
            [](const v1::FeedPoint& a, const v1::FeedPoint& b) { return Key(a) < Key(b); });
  v1::Cut cut;
  cut.set_fold_version(kFoldVersion);
  cut.set_convention_id(convention.ToBytes());
  for (v1::FeedPoint& point : named) *cut.add_points() = std::move(point);
  return cut;
}

}  // namespace greffe
