// Where a text signed on paper stands, for people.

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/act_view.h"
#include "core/convention/reading/paper.h"
#include "core/convention/text/conclude.h"

namespace greffe {
namespace {

// The signature of the office that counts, as it is shown: its partner's own word; else kNone.
SignatureNumber OwnSignature(const StateData& data, const Conclusion& conclusion, std::size_t at) {
  const SignatureNumber chosen = conclusion.chosen[at];
  return chosen == kNone ? kNone : ShownFor(data, chosen);
}

std::vector<v1::PaperSignature> StatedOf(const StateData& data, const Revision& revision,
                                         const std::string& office) {
  std::vector<v1::PaperSignature> out;
  for (const PaperStatement* statement : StatementsOf(data, revision)) {
    for (const v1::PaperSignature& one : statement->signing->signatures()) {
      if (one.signatory_id() != office) continue;
      const bool known = std::any_of(out.begin(), out.end(), [&](const v1::PaperSignature& other) {
        return other.signed_on() == one.signed_on() && other.scan_sha256() == one.scan_sha256() &&
               other.capacity() == one.capacity();
      });
      if (!known) out.push_back(one);
    }
  }
  return out;
}

std::vector<const v1::Deliberation*> StatedVotesOf(const StateData& data, const Revision& revision,
                                                   const std::string& partner) {
  std::vector<const v1::Deliberation*> out;
  for (const PaperStatement* statement : StatementsOf(data, revision)) {
    for (const v1::Deliberation& one : statement->signing->deliberations()) {
      if (one.partner_id() == partner) out.push_back(&one);
    }
  }
  return out;
}

bool HasAttachment(const StateData& data, const std::string& sha256_hex) {
  return std::any_of(data.attachments.begin(), data.attachments.end(),
                     [&](const AttachmentFact& one) { return one.sha256.ToHex() == sha256_hex; });
}

// Two languages of one list.
struct Lines {
  std::vector<std::string> fr;
  std::vector<std::string> en;
  void Add(std::string french, std::string english) {
    fr.push_back(std::move(french));
    en.push_back(std::move(english));
  }
};

// What is missing of one partner's evidence, its own records before what was stated.
class MissingParts {
 public:
  MissingParts(const StateData& data, RevisionNumber number)
      : data_(data), revision_(data.revisions[number]), conclusion_(Conclude(data, number)) {
    votes_ = StandingDeliberations(data, number);
  }

  Lines Of(const std::string& partner, bool deliberates) const {
    Lines out;
    for (std::size_t i = 0; i < revision_.signatories.size(); ++i) {
      if (revision_.signatories[i].partner_id() == partner) Office(i, &out);
    }
    if (deliberates) Vote(partner, &out);
    return out;
  }

 private:
  void Office(std::size_t at, Lines* out) const {
    const std::string& office = revision_.signatories[at].office();
    Lines names{{"numérisation de la signature", "fichier de la numérisation"},
                {"scan of the signature", "file of the scan"}};
    std::set<std::string> dates;
    std::set<std::string> scans;
    if (const SignatureNumber own = OwnSignature(data_, conclusion_, at); own != kNone) {
      const SignatureFact& fact = data_.signatures[own];
      // Given in Greffe: there is no paper to look for.
      if (fact.kind == v1::SIGNATURE_KIND_ELECTRONIC) return;
      if (fact.kind == v1::SIGNATURE_KIND_OUTSIDE_FILE) {
        names = {{"fichier de signature externe", "fichier de signature externe"},
                 {"outside signature file", "outside signature file"}};
      }
      dates.insert(fact.signed_on->ToString());
      if (fact.scan_digest) scans.insert(fact.scan_digest->ToHex());
    } else {
      for (const auto& one : StatedOf(data_, revision_, revision_.signatories[at].id())) {
        if (!one.signed_on().empty()) dates.insert(one.signed_on());
        if (!one.scan_sha256().empty()) scans.insert(one.scan_sha256());
      }
    }
    if (dates.empty()) {
      out->Add(absl::StrCat("date de signature (", office, ")"),
               absl::StrCat("date of signature (", office, ")"));
    } else if (dates.size() > 1) {
      out->Add(absl::StrCat("date de signature à départager (", office, " : ",
                            absl::StrJoin(dates, ", "), ")"),
               absl::StrCat("date of signature to be settled (", office, ": ",
                            absl::StrJoin(dates, ", "), ")"));
    }
    if (scans.empty()) {
      out->Add(absl::StrCat(names.fr[0], " (", office, ")"),
               absl::StrCat(names.en[0], " (", office, ")"));
    } else if (std::none_of(scans.begin(), scans.end(),
                            [&](const std::string& one) { return HasAttachment(data_, one); })) {
      out->Add(absl::StrCat(names.fr[1], " (", office, ")"),
               absl::StrCat(names.en[1], " (", office, ")"));
    }
  }

  void Vote(const std::string& partner, Lines* out) const {
    std::vector<const v1::Deliberation*> votes;
    for (const DeliberationFact* fact : votes_) {
      if (fact->deliberation->partner_id() == partner) votes.push_back(fact->deliberation.get());
    }
    if (votes.empty()) votes = StatedVotesOf(data_, revision_, partner);
    if (votes.empty()) return out->Add("délibération", "deliberation");
    const auto none = [&](auto has) { return std::none_of(votes.begin(), votes.end(), has); };
    if (none([](const auto* one) { return one->members_in_office() > 0; })) {
      out->Add("votes de la délibération", "votes of the deliberation");
    }
    if (none([](const auto* one) { return !one->published_on().empty(); })) {
      out->Add("publication de la délibération", "publication of the deliberation");
    }
    if (none([](const auto* one) { return !one->received_on().empty(); })) {
      out->Add("réception de la délibération en préfecture",
               "receipt of the deliberation by the préfecture");
    }
  }

  const StateData& data_;
  const Revision& revision_;
  const Conclusion conclusion_;
  std::vector<const DeliberationFact*> votes_;
};

v1::Finding MakePaperFinding(const StateData& data, const Revision& revision, std::string code,
                             std::string fr, std::string en) {
  v1::Finding out;
  out.set_code(std::move(code));
  out.set_severity(v1::FINDING_SEVERITY_WARNING);
  out.set_text(std::move(fr));
  out.set_text_en(std::move(en));
  out.set_leaf(data.LeafOf(revision.event).ToHex());
  return out;
}

}  // namespace

v1::PaperView SummarisePaper(const StateData& data, RevisionNumber number) {
  const Revision& revision = data.revisions[number];
  v1::PaperView view;
  view.set_attested(CountAttested(data, revision));
  view.set_partners(static_cast<std::uint32_t>(PartnersOf(revision).size()));
  view.set_text(absl::StrCat("déclarée signée sur papier, attestée par ", view.attested(), " sur ",
                             view.partners()));
  view.set_text_en(absl::StrCat("declared signed on paper, attested by ", view.attested(), " of ",
                                view.partners()));
  return view;
}

v1::PaperView MakePaperView(const StateData& data, RevisionNumber number, EventTeller* teller) {
  const Revision& revision = data.revisions[number];
  const Conclusion conclusion = Conclude(data, number);
  v1::PaperView view = SummarisePaper(data, number);
  for (const std::string& partner : PartnersOf(revision)) {
    v1::PaperPartyView* party = view.add_parties();
    party->set_partner_id(partner);
    party->set_name(teller->book().Name(partner));
    const EventNumber attestation = StandingAttestation(data, revision, partner);
    if (attestation != kNone) *party->mutable_attested() = teller->View(attestation);
    for (std::size_t i = 0; i < revision.signatories.size(); ++i) {
      if (revision.signatories[i].partner_id() != partner) continue;
      v1::PaperOfficeView* office = party->add_offices();
      *office->mutable_signatory() = revision.signatories[i];
      for (v1::PaperSignature& one : StatedOf(data, revision, revision.signatories[i].id())) {
        *office->add_stated() = std::move(one);
      }
      if (const SignatureNumber own = OwnSignature(data, conclusion, i); own != kNone) {
        *office->mutable_own() = MakeSignatureView(data, own, teller);
      }
    }
    for (const v1::Deliberation* vote : StatedVotesOf(data, revision, partner)) {
      *party->add_stated_deliberations() = *vote;
    }
  }
  for (const PaperStatement* statement : StatementsOf(data, revision)) {
    *view.add_statements() = teller->View(statement->event);
  }
  return view;
}

std::vector<v1::Finding> PaperFindings(const StateData& data, const PartyBook& book,
                                       RevisionNumber number) {
  const Revision& revision = data.revisions[number];
  std::vector<v1::Finding> out;
  if (!revision.on_paper || !revision.valid) return out;
  if (IsWithdrawn(data, number) && !IsConcluded(data, number)) return out;
  const MissingParts missing(data, number);
  std::vector<std::string> silent;
  for (const std::string& partner : PartnersOf(revision)) {
    const std::string name = book.Name(partner);
    if (StandingAttestation(data, revision, partner) == kNone) silent.push_back(name);
    const Lines lines = missing.Of(partner, VotesFor(data, book, number, partner));
    if (lines.fr.empty()) continue;
    out.push_back(MakePaperFinding(
        data, revision, "paper-evidence-missing",
        absl::StrCat(name, ", preuves manquantes : ", absl::StrJoin(lines.fr, " ; "), "."),
        absl::StrCat(name, ", missing evidence: ", absl::StrJoin(lines.en, "; "), ".")));
  }
  if (!silent.empty()) {
    out.push_back(MakePaperFinding(
        data, revision, "paper-not-attested",
        absl::StrCat("« ", revision.label, " », signé sur papier, n'est pas encore attesté par : ",
                     absl::StrJoin(silent, ", "), "."),
        absl::StrCat("“", revision.label, "”, signed on paper, is not attested yet by: ",
                     absl::StrJoin(silent, ", "), ".")));
  }
  return out;
}

}  // namespace greffe
