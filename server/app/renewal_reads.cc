#include "server/app/renewal_reads.h"

#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/renewal.h"
#include "server/app/cut_token.h"

namespace greffe {
namespace {

constexpr char kAtCut[] = "cut";

}  // namespace

std::string ReadBesides::ToText() const {
  if (at_cut) return kAtCut;
  return absl::StrJoin(cuts, ";", absl::PairFormatter(":"));
}

std::optional<ReadBesides> ReadBesides::OfFurtherPage(absl::string_view text) {
  ReadBesides out{.further = true, .at_cut = text == kAtCut, .cuts = {}};
  if (out.at_cut || text.empty()) return out;
  for (const absl::string_view one : absl::StrSplit(text, ';')) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(one, absl::MaxSplits(':', 1));
    const bool fits = ConventionId::FromHex(parts.first, "page_token").ok() &&
                      LooksLikeToken(parts.second) && out.cuts.size() < kRenewalsFollowed;
    if (!fits) return std::nullopt;
    out.cuts.insert(parts);
  }
  return out;
}

void ReadBesides::Tell(v1::ReplyContext* context) const {
  for (const auto& [convention, cut] : cuts) {
    v1::ReadBeside* one = context->add_read_beside();
    one->set_convention_id(convention);
    one->set_cut(cut);
  }
}

absl::Status ReadRenewed(const std::string& partner, const Hosts& hosts, CutStates* cuts,
                         const ConventionId& id, const v1::ReadAt& at, ReadBesides* beside,
                         const std::function<absl::Status(const Known&)>& read) {
  if (!beside->further) beside->at_cut = at.has_cut();
  const std::map<std::string, std::string> first = std::move(beside->cuts);
  beside->cuts.clear();
  std::vector<RenewalLink> links;
  bool answered = false;
  RETURN_IF_ERROR(cuts->ReadOne(id, at, [&](const Known& known) -> absl::Status {
    links = RenewalLinks(known);
    answered = links.empty();
    return answered ? read(known) : absl::OkStatus();
  }));
  if (answered) return absl::OkStatus();
  Successors successors;
  successors.at_cut = beside->at_cut;
  for (const RenewalLink& link : links) {
    successors.named.emplace(link.leaf, link.convention_id);
    const auto other = ConventionId::FromHex(link.convention_id, "convention_id");
    if (successors.at_cut || !other.ok() || *other == id) continue;
    if (!hosts.Find(partner, other->ToHex()).ok()) continue;
    v1::ReadAt when = at;
    if (beside->further) {
      const auto known = first.find(other->ToHex());
      if (known == first.end()) continue;
      when.set_cut(known->second);
    }
    // What is not known yet, or damaged, is not compared; this convention is read all the same.
    cuts->ReadOne(*other, when,
                  [&](const Known& known) {
                    successors.by_link.emplace(link.leaf, ReadSuccessor(known));
                    beside->cuts[other->ToHex()] = known.cut;
                    return absl::OkStatus();
                  })
        .IgnoreError();
  }
  return cuts->ReadOne(id, at, [&](const Known& known) {
    Known with = known;
    with.successors = &successors;
    return read(with);
  });
}

}  // namespace greffe
