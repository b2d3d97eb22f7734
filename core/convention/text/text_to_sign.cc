#include "core/convention/text/text_to_sign.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/convention/elements/french.h"
#include "core/convention/state/finding.h"
#include "core/convention/state/order.h"
#include "core/convention/text/conclude.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

// A set of concluded revisions for each revision. There may be very many of these.
class ConcludedSets final {
 public:
  ConcludedSets(std::size_t revisions, std::size_t concluded)
      : words_((concluded + kBits - 1) / kBits), bits_(revisions * words_) {}

  void Insert(RevisionNumber of, std::size_t place) {
    bits_[of * words_ + place / kBits] |= std::uint64_t{1} << (place % kBits);
  }
  bool Has(RevisionNumber of, std::size_t place) const {
    return (bits_[of * words_ + place / kBits] >> (place % kBits) & 1) != 0;
  }
  void InsertAll(RevisionNumber to, RevisionNumber from) {
    for (std::size_t i = 0; i < words_; ++i) bits_[to * words_ + i] |= bits_[from * words_ + i];
  }

 private:
  static constexpr std::size_t kBits = 64;
  const std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

// What concluded revisions are below each revision, and above it, for many questions: worked out
// once. Borrows the state.
class Bases final {
 public:
  explicit Bases(const StateData& data)
      : data_(data),
        concluded_(ConcludedRevisions(data)),
        place_(data.revisions.size(), kNone),
        below_(data.revisions.size(), concluded_.size()),
        above_(data.revisions.size(), concluded_.size()) {
    for (std::size_t i = 0; i < concluded_.size(); ++i) {
      place_[concluded_[i]] = static_cast<std::uint32_t>(i);
    }
    // Bases have lower numbers.
    const auto revisions = static_cast<RevisionNumber>(data.revisions.size());
    for (RevisionNumber one = 0; one < revisions; ++one) {
      for (const RevisionNumber base : data.revisions[one].bases) {
        below_.InsertAll(one, base);
        if (IsConcluded(base)) below_.Insert(one, place_[base]);
      }
    }
    for (RevisionNumber one = revisions; one-- > 0;) {
      for (const RevisionNumber base : data.revisions[one].bases) {
        above_.InsertAll(base, one);
        if (IsConcluded(one)) above_.Insert(base, place_[one]);
      }
    }
  }

  bool IsConcluded(RevisionNumber revision) const { return place_[revision] != kNone; }
  // Some revision of the act is.
  bool IsConcluded(const ActFacts& act) const {
    return std::any_of(act.revisions.begin(), act.revisions.end(),
                       [&](RevisionNumber one) { return IsConcluded(one); });
  }

  // Acts concluded on the base of this one that nothing concluded since brings together with it.
  std::vector<RevisionNumber> Beside(RevisionNumber revision) const {
    const Revision& frozen = data_.revisions[revision];
    std::vector<RevisionNumber> out;
    if (frozen.bases.empty()) return out;
    // Concluded on both, a later act says what became of them.
    std::vector<RevisionNumber> above;
    for (std::size_t i = 0; i < concluded_.size(); ++i) {
      if (above_.Has(revision, i)) above.push_back(concluded_[i]);
    }
    for (std::size_t i = 0; i < concluded_.size(); ++i) {
      const RevisionNumber other = concluded_[i];
      const bool settled = std::any_of(above.begin(), above.end(),
                                       [&](RevisionNumber later) { return below_.Has(later, i); });
      if (settled || data_.revisions[other].act == frozen.act || below_.Has(revision, i) ||
          above_.Has(revision, i)) {
        continue;
      }
      out.push_back(other);
    }
    return out;
  }

 private:
  const StateData& data_;
  // By leaf.
  const std::vector<RevisionNumber> concluded_;
  // By revision: its place there; kNone for one that is not concluded.
  std::vector<std::uint32_t> place_;
  ConcludedSets below_;
  ConcludedSets above_;
};

std::vector<std::string> Labels(const StateData& data,
                                const std::vector<RevisionNumber>& revisions) {
  std::vector<std::string> out;
  for (const RevisionNumber one : revisions) {
    out.push_back(absl::StrCat("« ", data.revisions[one].label, " »"));
  }
  return out;
}

std::size_t Signatures(const StateData& data, const Revision& revision) {
  return static_cast<std::size_t>(
      std::count_if(revision.signatures.begin(), revision.signatures.end(), [&](auto number) {
        const SignatureFact& one = data.signatures[number];
        return one.counts && !one.replaced && !IsRetracted(data, number);
      }));
}

// A text with something to be said of it, not worded yet.
struct OvertakenText {
  RevisionNumber revision = kNone;
  // What replaced it; kNone: others were concluded beside it.
  RevisionNumber now = kNone;
};

// CHK-23 of a text out for signature, or concluded by people who could not know.
v1::Finding BesideFinding(const StateData& data, RevisionNumber number, const rules::Oddity& odd) {
  const std::string& label = data.revisions[number].label;
  return MakeFinding(odd, {absl::StrCat("« ", label, " »"), absl::StrCat("“", label, "”")});
}

// What stays behind with a text that was replaced.
v1::Finding ReplacedFinding(const StateData& data, const OvertakenText& one) {
  const Revision& revision = data.revisions[one.revision];
  const rules::Words current = NameOfRevision(data, one.now);
  const std::size_t left = Signatures(data, revision);
  v1::Finding found;
  found.set_code("signatures-left-behind");
  found.set_severity(v1::FINDING_SEVERITY_WARNING);
  found.set_rule("L-11");
  found.set_text(absl::StrCat(
      "L-11 : « ", revision.label, " » a été figé de nouveau (", current.fr,
      ") : ", Count(left, "signature reste donnée", "signatures restent données"),
      " sur le texte remplacé et ne ", left == 1 ? "vaut" : "valent", " pas pour le nouveau."));
  found.set_text_en(absl::StrCat("L-11: “", revision.label, "” was frozen anew (", current.en,
                                 "): ", CountEn(left, "signature stays", "signatures stay"),
                                 " on the text replaced and ", left == 1 ? "does" : "do",
                                 " not hold for the new one."));
  return found;
}

// Words those with the least leaves and counts the others as left out.
void AddShown(const StateData& data, const Bases& bases, std::vector<OvertakenText> all,
              FindingList* list) {
  const auto leaf = [&](const OvertakenText& one) -> const Digest& {
    return data.LeafOf(data.revisions[one.revision].event);
  };
  const std::size_t before = list->found.size();
  const std::size_t shown = std::min(all.size(), limits::kFindingsOfAKind);
  std::partial_sort(
      all.begin(), all.begin() + static_cast<std::ptrdiff_t>(shown), all.end(),
      [&](const OvertakenText& a, const OvertakenText& b) { return leaf(a) < leaf(b); });
  for (std::size_t i = 0; i < shown; ++i) {
    const RevisionNumber number = all[i].revision;
    std::vector<v1::Finding> found;
    if (all[i].now != kNone) {
      found.push_back(ReplacedFinding(data, all[i]));
    } else {
      const std::vector<std::string> labels = Labels(data, bases.Beside(number));
      for (const rules::Oddity& odd : CheckBeside(labels, bases.IsConcluded(number))) {
        found.push_back(BesideFinding(data, number, odd));
      }
    }
    for (v1::Finding& one : found) {
      one.set_leaf(leaf(all[i]).ToHex());
      list->found.push_back(std::move(one));
    }
  }
  if (shown == all.size() || list->found.size() == before) return;
  const v1::Finding& last = list->found.back();
  list->left_out[last.code()] = {all.size() - shown, last.severity()};
}

}  // namespace

rules::Words NameOfRevision(const StateData& data, RevisionNumber revision) {
  const Revision& one = data.revisions[revision];
  const std::string leaf = data.LeafOf(one.event).ToHex().substr(0, 12);
  return {absl::StrCat("révision ", leaf, ", « ", one.label, " »"),
          absl::StrCat("revision ", leaf, ", “", one.label, "”")};
}

RevisionNumber Replacements::Of(RevisionNumber revision) {
  const ActId& id = data_.revisions[revision].act;
  const ActFacts& act = data_.acts.at(id);
  if (act.revisions.size() < 2) return kNone;
  const auto [last, first] = last_.try_emplace(id);
  if (first && StandingOf(data_, act) != v1::ACT_STANDING_CONCLUDED) {
    std::vector<EventNumber> frozen;
    for (const RevisionNumber one : act.revisions) {
      if (data_.revisions[one].valid && !IsWithdrawn(data_, one)) {
        frozen.push_back(data_.revisions[one].event);
      }
    }
    last->second = LastOfEachBranch(data_, frozen);
    SortEvents(data_, &last->second);
  }
  const std::vector<EventNumber>& in_order = last->second;
  const EventNumber event = data_.revisions[revision].event;
  const auto later = std::find_if(in_order.rbegin(), in_order.rend(), [&](EventNumber other) {
    return other != event && data_.Saw(other, event);
  });
  return later == in_order.rend() ? kNone : data_.revision_by_event.at(*later);
}

RevisionNumber Replacements::ConcludedInstead(RevisionNumber revision, EventNumber fact) {
  const ActId& id = data_.revisions[revision].act;
  const ActFacts& act = data_.acts.at(id);
  if (act.revisions.size() < 2) return kNone;
  const auto [concluded, first] = concluded_.try_emplace(id);
  std::vector<RevisionNumber>& all = concluded->second;
  if (first) {
    std::copy_if(act.revisions.begin(), act.revisions.end(), std::back_inserter(all),
                 [&](RevisionNumber one) { return IsConcluded(data_, one); });
  }
  if (std::count(all.begin(), all.end(), revision) > 0) return kNone;
  const auto found = std::find_if(all.begin(), all.end(), [&](RevisionNumber one) {
    return data_.Saw(fact, data_.revisions[one].event);
  });
  return found == all.end() ? kNone : *found;
}

bool Replacements::AreOneText(RevisionNumber one, RevisionNumber other) {
  if (!same_.has_value()) same_.emplace(data_);
  return same_->Are(one, other);
}

RevisionNumber ReplacedBy(const StateData& data, RevisionNumber revision) {
  return Replacements(data).Of(revision);
}

std::vector<RevisionNumber> ConcludedBeside(const StateData& data, RevisionNumber revision) {
  return Bases(data).Beside(revision);
}

std::vector<rules::Oddity> CheckBeside(const std::vector<std::string>& labels, bool concluded) {
  return concluded ? rules::CheckSignedOnOldBase(labels) : rules::CheckConcludedSince(labels);
}

absl::Status CheckStillToSign(const StateData& data, RevisionNumber revision) {
  if (IsConcluded(data, revision)) return absl::OkStatus();
  if (const RevisionNumber now = ReplacedBy(data, revision); now != kNone) {
    const rules::Words current = NameOfRevision(data, now);
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "L-11",
         .field = "revision",
         .fr = absl::StrCat("L-11 : ce texte a été remplacé : l'acte a été figé de nouveau (",
                            current.fr, "), et c'est le texte figé en dernier qui se signe."),
         .en = absl::StrCat("L-11: this text was replaced: the act was frozen anew (", current.en,
                            "), and the text frozen last is the one to sign."),
         .next_fr = "Lisez la nouvelle révision (greffe act show), puis signez-la (greffe act "
                    "sign).",
         .next_en = "Read the new revision (greffe act show), then sign it (greffe act sign)."});
  }
  const std::vector<std::string> labels = Labels(data, ConcludedBeside(data, revision));
  const std::string act = Short(data.revisions[revision].act.ToHex());
  for (const rules::Oddity& odd : rules::CheckConcludedSince(labels)) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "L-35",
         .field = "revision",
         .fr = absl::StrCat("L-35 (", rules::RowOf(odd.rule).id, ") : ", odd.words.fr),
         .en = absl::StrCat("L-35 (", rules::RowOf(odd.rule).id, "): ", odd.words.en),
         .next_fr = absl::StrCat("Figez l'acte de nouveau, sur le texte en vigueur : "
                                 "greffe act freeze ",
                                 act,
                                 ". S'il change ce qu'un autre a changé depuis, le gel "
                                 "dit quoi reprendre d'abord (greffe act revise)."),
         .next_en = absl::StrCat("Freeze the act anew, on the text in force: greffe act "
                                 "freeze ",
                                 act,
                                 ". Where it changes what another changed since, the "
                                 "freeze says what to revise first (greffe act "
                                 "revise).")});
  }
  return absl::OkStatus();
}

void AddOvertakenFindings(const StateData& data, Replacements* replacements, FindingList* list) {
  if (data.revisions.size() < 2) return;
  const Bases bases(data);
  std::vector<OvertakenText> replaced;
  std::vector<OvertakenText> beside;
  for (const auto& [id, act] : data.acts) {
    const bool over = bases.IsConcluded(act);
    for (const RevisionNumber one : act.revisions) {
      if (!data.revisions[one].valid) continue;
      if ((over || IsWithdrawn(data, one)) && !bases.IsConcluded(one)) continue;
      if (const RevisionNumber now = replacements->Of(one); now != kNone) {
        if (Signatures(data, data.revisions[one]) > 0) replaced.push_back({one, now});
      } else if (!bases.Beside(one).empty()) {
        beside.push_back({one, kNone});
      }
    }
  }
  AddShown(data, bases, std::move(replaced), list);
  AddShown(data, bases, std::move(beside), list);
}

}  // namespace greffe
