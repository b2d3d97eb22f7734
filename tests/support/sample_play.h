#ifndef GREFFE_TESTS_SUPPORT_SAMPLE_PLAY_H_
#define GREFFE_TESTS_SUPPORT_SAMPLE_PLAY_H_

#include <string>
#include <vector>

#include "greffe/v1/draft.pb.h"
#include "tests/support/mini_replica.h"

namespace greffe::testing_support {

// A small convention that may enter: three parties, four signatories of which the CAF has two, and
// one element of most types. Ids: `terms`, `party-agglo` (partner agglo, votes, office president),
// `party-vallon` (partner vallon, votes, office maire), `party-caf` (partner caf, offices caf-pres
// and caf-dir), `art-1`, `annex-1` with `fac-1`, `axis-1` > `act-1` > `act-1-sched`, `ind-1`,
// `body-1`.
v1::ConventionDraft SampleDraft();
// The element of that id; a test program that names another is aborted.
v1::Element SampleElement(const std::string& id);

v1::Element Facility(const std::string& id, const std::string& parent, const std::string& name,
                     const std::string& supported_by);
v1::Element Indicator(const std::string& id, const std::string& parent, const std::string& text);

// The life of SampleDraft between replica 0 (agglo, vallon) and replica 1 (caf). Steps abort the
// test program when they are refused: they are not what is tested.
class SamplePlay final {
 public:
  SamplePlay();

  MiniNet& net() { return net_; }
  MiniReplica& agglo() { return net_.replica(0); }
  MiniReplica& caf() { return net_.replica(1); }
  // Hex of the original act.
  const std::string& original() const { return original_; }

  CommandContext Coordinator() { return agglo().Context("agglo", {v1::ROLE_COORDINATOR}); }
  CommandContext CafCoordinator() { return caf().Context("caf", {v1::ROLE_COORDINATOR}); }
  CommandContext Secretariat(const std::string& partner) {
    return agglo().Context(partner, {v1::ROLE_SECRETARIAT});
  }
  CommandContext Signatory(const std::string& partner, const std::string& office) {
    return (partner == "caf" ? caf() : agglo()).Context(partner, {v1::ROLE_SIGNATORY}, office);
  }

  // Freezes an act, confirming what is asked, and lets everybody know; the revision in hex.
  std::string Freeze(const std::string& act, const std::string& effective_from = "");
  // Records a sound deliberation of a partner of replica 0.
  Digest Vote(const std::string& partner, const std::string& revision);
  // One signature, electronic, after a sound vote where an assembly must give it and did not yet
  // (L-08); lets everybody know.
  Digest Sign(const std::string& act, const std::string& revision, const std::string& partner,
              const std::string& office);
  // Votes and signatures of all.
  void Conclude(const std::string& act, const std::string& revision);
  // Both frozen on one base: the last signature on each is given unaware of the other's.
  void ConcludeBoth(const std::string& first, const std::string& of_first,
                    const std::string& second, const std::string& of_second);
  // Freezes, votes and signs the original; its revision.
  std::string ConcludeOriginal();
  // Proposes an act by agglo; its id in hex.
  std::string Propose(const std::vector<v1::Change>& changes,
                      v1::ActKind kind = v1::ACT_KIND_AVENANT);

 private:
  MiniNet net_;
  std::string original_;
};

v1::Change Put(const v1::Element& element);
v1::Change Remove(const std::string& id);

// A deliberation in which everything is in order.
v1::Deliberation SoundDeliberation(const std::string& partner, const std::string& revision_hex);

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_SUPPORT_SAMPLE_PLAY_H_
