#include "core/convention/views/annexed_words.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/elements/french.h"

namespace greffe {
namespace {

void Append(rules::Words* out, const std::string& fr, const std::string& en) {
  absl::StrAppend(&out->fr, fr);
  absl::StrAppend(&out->en, en);
}

}  // namespace

rules::Words SayAnnexed(const v1::AnnexedDeliberation& one) {
  const v1::Deliberation& vote = one.deliberation().deliberation();
  const rules::Words said = DeliberationText(vote);
  rules::Words out{absl::StrCat(one.party(), " : ", said.fr),
                   absl::StrCat(one.party(), ": ", said.en)};
  if (!vote.approves_text() || !vote.authorises_signature()) {
    const rules::Words missing = WhatIsNotVoted(vote);
    Append(&out, absl::StrCat(" ; ", missing.fr), absl::StrCat("; ", missing.en));
  }
  if (!vote.published_on().empty()) {
    Append(&out, absl::StrCat(" ; publiée le ", FrenchDate(vote.published_on())),
           absl::StrCat("; published on ", EnglishDate(vote.published_on())));
  }
  if (!vote.received_on().empty()) {
    Append(&out, absl::StrCat(" ; reçue le ", FrenchDate(vote.received_on())),
           absl::StrCat("; received on ", EnglishDate(vote.received_on())));
  }
  if (!vote.receipt_id().empty()) {
    Append(&out, absl::StrCat(" ; accusé ", vote.receipt_id()),
           absl::StrCat("; receipt ", vote.receipt_id()));
  }
  if (!one.attachment_label().empty()) {
    Append(&out, absl::StrCat(" ; pièce « ", one.attachment_label(), " »"),
           absl::StrCat("; attachment “", one.attachment_label(), "”"));
  }
  if (!vote.evidence_digest().empty()) {
    const std::string digest = absl::BytesToHexString(vote.evidence_digest());
    Append(&out, absl::StrCat(" ; SHA-256 ", digest), absl::StrCat("; SHA-256 ", digest));
  }
  if (!one.struck().empty()) {
    Append(&out, absl::StrCat(" ; ", one.struck()), absl::StrCat("; ", one.struck_en()));
  }
  Append(&out, ".", ".");
  return out;
}

std::vector<rules::Words> SayAnnexedAll(const v1::ElementView& one) {
  const v1::Element& element = one.element();
  if (!element.has_annex() || element.annex().content() != v1::ANNEX_CONTENT_RESERVED) return {};
  std::vector<rules::Words> out;
  for (const v1::AnnexedDeliberation& each : one.annexed()) out.push_back(SayAnnexed(each));
  if (out.empty()) {
    out.push_back({"Aucune délibération n'est enregistrée sur ce texte.",
                   "No délibération is on record on this text."});
  }
  return out;
}

}  // namespace greffe
