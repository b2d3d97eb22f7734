#include "core/convention/text_to_sign.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/refusal.h"
#include "core/convention/conclude.h"
#include "core/convention/decide_common.h"
#include "core/convention/finding.h"
#include "core/convention/french.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

// Who builds on whom, for many questions: what is below a revision is worked out once. Borrows the
// state.
class Bases final {
 public:
  explicit Bases(const StateData& data) : data_(data), concluded_(ConcludedRevisions(data)) {}

  bool IsConcluded(RevisionNumber revision) const {
    return std::find(concluded_.begin(), concluded_.end(), revision) != concluded_.end();
  }
  // Some revision of the act is.
  bool IsConcluded(const ActFacts& act) const {
    return std::any_of(act.revisions.begin(), act.revisions.end(),
                       [&](RevisionNumber one) { return IsConcluded(one); });
  }

  // Acts concluded on the base of this one that nothing concluded since brings together with it.
  std::vector<RevisionNumber> Beside(RevisionNumber revision) {
    const Revision& frozen = data_.revisions[revision];
    std::vector<RevisionNumber> out;
    if (frozen.bases.empty()) return out;
    std::vector<RevisionNumber> above;
    std::copy_if(concluded_.begin(), concluded_.end(), std::back_inserter(above),
                 [&](RevisionNumber later) { return Below(later).contains(revision); });
    // Concluded on both, a later act says what became of them.
    const auto settled = [&](RevisionNumber other) {
      return std::any_of(above.begin(), above.end(),
                         [&](RevisionNumber later) { return Below(later).contains(other); });
    };
    for (const RevisionNumber other : concluded_) {
      if (data_.revisions[other].act == frozen.act || Below(revision).contains(other) ||
          Below(other).contains(revision) || settled(other)) {
        continue;
      }
      out.push_back(other);
    }
    return out;
  }

 private:
  // All that a revision builds on.
  const std::set<RevisionNumber>& Below(RevisionNumber revision) {
    const auto [at, first] = below_.try_emplace(revision);
    if (!first) return at->second;
    std::set<RevisionNumber>& out = at->second;
    std::vector<RevisionNumber> next = {revision};
    while (!next.empty()) {
      const RevisionNumber one = next.back();
      next.pop_back();
      for (const RevisionNumber base : data_.revisions[one].bases) {
        if (out.insert(base).second) next.push_back(base);
      }
    }
    return out;
  }

  const StateData& data_;
  // By leaf.
  const std::vector<RevisionNumber> concluded_;
  std::map<RevisionNumber, std::set<RevisionNumber>> below_;
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

// CHK-23 of a text out for signature, or concluded by people who could not know.
void AddBeside(const StateData& data, RevisionNumber number, Bases* bases,
               std::vector<v1::Finding>* out) {
  const std::vector<std::string> labels = Labels(data, bases->Beside(number));
  const Revision& revision = data.revisions[number];
  for (const rules::Oddity& odd : CheckBeside(labels, bases->IsConcluded(number))) {
    v1::Finding& found = out->emplace_back(MakeFinding(
        odd, {absl::StrCat("« ", revision.label, " »"), absl::StrCat("“", revision.label, "”")}));
    found.set_leaf(data.LeafOf(revision.event).ToHex());
  }
}

// What stays behind with a text that was replaced.
void AddReplaced(const StateData& data, RevisionNumber number, RevisionNumber now,
                 std::vector<v1::Finding>* out) {
  const Revision& revision = data.revisions[number];
  const rules::Words current = NameOfRevision(data, now);
  const std::size_t left = Signatures(data, revision);
  if (left == 0) return;
  v1::Finding& found = out->emplace_back();
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
  found.set_leaf(data.LeafOf(revision.event).ToHex());
}

// The revision of the act, of which none is concluded, that was frozen last by somebody who knew
// this one.
RevisionNumber FrozenAnew(const StateData& data, const ActFacts& act, RevisionNumber revision) {
  if (act.revisions.size() < 2) return kNone;
  const std::vector<RevisionNumber> all = RevisionsInOrder(data, act);
  for (auto it = all.rbegin(); it != all.rend(); ++it) {
    const Revision& other = data.revisions[*it];
    if (*it != revision && other.valid && !IsWithdrawn(data, *it) &&
        data.Saw(other.event, data.revisions[revision].event)) {
      return *it;
    }
  }
  return kNone;
}

}  // namespace

rules::Words NameOfRevision(const StateData& data, RevisionNumber revision) {
  const Revision& one = data.revisions[revision];
  const std::string leaf = data.LeafOf(one.event).ToHex().substr(0, 12);
  return {absl::StrCat("révision ", leaf, ", « ", one.label, " »"),
          absl::StrCat("revision ", leaf, ", “", one.label, "”")};
}

RevisionNumber ReplacedBy(const StateData& data, RevisionNumber revision) {
  const ActFacts& act = data.acts.at(data.revisions[revision].act);
  if (act.revisions.size() < 2 || StandingOf(data, act) == v1::ACT_STANDING_CONCLUDED) return kNone;
  return FrozenAnew(data, act, revision);
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
  for (const rules::Oddity& odd : rules::CheckConcludedSince(labels)) {
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "L-35",
                     .field = "revision",
                     .fr = absl::StrCat("L-35 (", rules::RowOf(odd.rule).id, ") : ", odd.words.fr),
                     .en = absl::StrCat("L-35 (", rules::RowOf(odd.rule).id, "): ", odd.words.en),
                     .next_fr = "Reprenez l'acte sur le texte en vigueur : greffe act revise, puis "
                                "greffe act freeze.",
                     .next_en = "Take the act up again on the text in force: greffe act revise, "
                                "then greffe act freeze."});
  }
  return absl::OkStatus();
}

std::vector<v1::Finding> OvertakenFindings(const StateData& data) {
  std::vector<v1::Finding> out;
  if (data.revisions.size() < 2) return out;
  Bases bases(data);
  for (const auto& [id, act] : data.acts) {
    const bool over = bases.IsConcluded(act);
    for (const RevisionNumber one : act.revisions) {
      if (!data.revisions[one].valid) continue;
      if ((over || IsWithdrawn(data, one)) && !bases.IsConcluded(one)) continue;
      if (const RevisionNumber now = over ? kNone : FrozenAnew(data, act, one); now != kNone) {
        AddReplaced(data, one, now, &out);
      } else {
        AddBeside(data, one, &bases, &out);
      }
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const v1::Finding& a, const v1::Finding& b) { return a.leaf() < b.leaf(); });
  return out;
}

}  // namespace greffe
