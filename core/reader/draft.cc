#include "core/reader/draft.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/reader/draft_builder.h"
#include "core/reader/draft_paper.h"
#include "core/reader/draft_plan.h"
#include "core/reader/fold.h"

namespace greffe::reader {
namespace {

using Index = DraftBuilder::Index;

constexpr std::size_t kLine = limits::kTitleCharacters;

const char* SlugOf(v1::PartnerKind kind) {
  switch (kind) {
    case v1::PARTNER_KIND_CAF:
      return "caf";
    case v1::PARTNER_KIND_COMMUNE:
      return "commune";
    case v1::PARTNER_KIND_INTERCOMMUNALITY:
      return "epci";
    case v1::PARTNER_KIND_SYNDICATE:
      return "syndicat";
    case v1::PARTNER_KIND_STATE:
      return "etat";
    case v1::PARTNER_KIND_NATIONAL_EDUCATION:
      return "education";
    case v1::PARTNER_KIND_DEPARTMENT:
      return "departement";
    default:
      return "partenaire";
  }
}

const char* SlugOf(v1::TextBlockKind kind) {
  switch (kind) {
    case v1::TEXT_BLOCK_KIND_PREAMBLE:
      return "preambule";
    case v1::TEXT_BLOCK_KIND_CROSS_CUTTING:
      return "transversal";
    case v1::TEXT_BLOCK_KIND_CLOSING:
      return "cloture";
    case v1::TEXT_BLOCK_KIND_COMPETENCE:
      return "competence";
    case v1::TEXT_BLOCK_KIND_DIAGNOSIS:
      return "diagnostic";
    default:
      return "texte";
  }
}

// Assemblies of local authorities vote (L-07); a caisse and the State act through an office.
bool Deliberates(v1::PartnerKind kind) {
  return kind == v1::PARTNER_KIND_COMMUNE || kind == v1::PARTNER_KIND_INTERCOMMUNALITY ||
         kind == v1::PARTNER_KIND_SYNDICATE || kind == v1::PARTNER_KIND_DEPARTMENT;
}

// The nine digits of a SIREN, blanks left out; empty when it is none.
std::string Siren(absl::string_view text) {
  std::string digits;
  for (const char c : CleanLine(text)) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c != ' ' && c != '.') {
      return "";
    }
  }
  return digits.size() == 9 ? digits : "";
}

class Drafter final {
 public:
  Drafter(const Reading& reading, const std::vector<DocumentFile>& files)
      : convention_(reading.convention), b_(reading, files) {}

  Draft Make() {
    AddTerms();
    for (std::size_t i = 0; i < convention_.parties.size(); ++i) AddParty(i);
    for (const Text& visa : convention_.visas) AddVisa(visa);
    for (const Section& section : convention_.sections) AddSection(section);
    for (const Article& article : convention_.articles) AddArticle(article);
    for (const Annex& annex : convention_.annexes) AddAnnex(annex);
    AddPlan(convention_, b_);
    for (const Deliberation& vote : convention_.deliberations) AddDeliberation(vote);
    // Last: every piece that one may mean has its id.
    for (const Reference& reference : convention_.references) AddReference(reference);
    return b_.Finish();
  }

 private:
  void AddTerms() {
    const Index at = b_.Add(DraftBuilder::kRoot, "terms");
    const std::string title = b_.PublicLine(at, convention_.title, "Intitulé", kLine);
    const std::string territory = b_.PublicLine(at, convention_.territory, "Territoire", kLine);
    b_.Cite(at, convention_.from.printed.source);
    b_.Cite(at, convention_.to.printed.source);
    v1::Terms& out = *b_.At(at).mutable_terms();
    out.set_title(title);
    out.set_territory(territory);
    out.set_start_date(convention_.from.date);
    out.set_end_date(convention_.to.date);
    NotePrecision(at, convention_.from, "du début", "start");
    NotePrecision(at, convention_.to, "de la fin", "end");
  }

  void NotePrecision(Index at, const PeriodEnd& end, const char* fr, const char* en) {
    if (end.precision != Precision::kYear && end.precision != Precision::kMonth) return;
    b_.Note(at,
            absl::StrCat("Le jour ", fr, " n'est pas imprimé (« ", CleanLine(end.printed.text),
                         " ») : ", end.date, " est à confirmer."),
            absl::StrCat("The day of the ", en, " is not printed (\"", CleanLine(end.printed.text),
                         "\"): ", end.date, " is to be confirmed."));
  }

  void AddParty(std::size_t number) {
    const Party& party = convention_.parties[number];
    const std::string slug = Slug(party.name.text, 6);
    const Index at = b_.Add(DraftBuilder::kRoot,
                            absl::StrCat("partie-", slug.empty() ? SlugOf(party.kind) : slug));
    b_.Name(absl::StrCat("party:", number), at);
    const std::string name = b_.PublicLine(at, party.name, "Nom de la partie", kLine);
    const std::string address = b_.PublicLine(at, party.address, "Adresse", kLine);
    const std::string siren = Siren(party.siren.text);
    b_.Cite(at, party.siren.source);
    v1::Party& out = *b_.At(at).mutable_party();
    out.set_partner_id(partners_.Take(slug.empty() ? SlugOf(party.kind) : slug));
    out.set_name(name);
    out.set_kind(party.kind == v1::PARTNER_KIND_UNSPECIFIED ? v1::PARTNER_KIND_OTHER : party.kind);
    out.set_siren(siren);
    out.set_address(address);
    out.set_deliberates(Deliberates(party.kind));
    for (const Representative& person : party.representatives) AddOffice(at, person);
    if (siren.empty()) b_.AddChild(at, "SIREN", party.siren);
    b_.AddAliases(at, party.aliases);
  }

  void AddOffice(Index at, const Representative& person) {
    b_.Cite(at, person.name.source);
    const std::string office =
        b_.Line(at, person.office, "Fonction du signataire", limits::kOfficeCharacters);
    if (office.empty()) {
      b_.Note(at, "Une personne représente cette partie sans que sa fonction soit imprimée.",
              "A person represents this party, and no office is printed.");
      return;
    }
    const std::string& partner = b_.At(at).party().partner_id();
    const std::string id = offices_.Take(absl::StrCat(partner.substr(0, 30), "-", Slug(office, 3)));
    v1::SigningOffice& out = *b_.At(at).mutable_party()->add_signing_offices();
    out.set_id(id);
    out.set_office(office);
  }

  void AddVisa(const Text& visa) {
    const Index at = b_.Add(DraftBuilder::kRoot, absl::StrCat("visa-", Slug(visa.text, 6)));
    const std::string body = b_.Body(at, visa, "Visa");
    v1::TextBlock& out = *b_.At(at).mutable_text_block();
    out.set_kind(v1::TEXT_BLOCK_KIND_VISA);
    out.set_body(body);
  }

  void AddSection(const Section& section) {
    const std::string slug = Slug(section.title.text, 5);
    const Index at = b_.Add(DraftBuilder::kRoot,
                            absl::StrCat(SlugOf(section.kind), slug.empty() ? "" : "-", slug));
    const std::string title = b_.Line(at, section.title, "Titre", kLine);
    const std::string body = b_.Body(at, section.body, "Texte");
    v1::TextBlock& out = *b_.At(at).mutable_text_block();
    out.set_kind(section.kind == v1::TEXT_BLOCK_KIND_UNSPECIFIED ? v1::TEXT_BLOCK_KIND_HEADING
                                                                 : section.kind);
    out.set_title(title);
    out.set_body(body);
  }

  void AddArticle(const Article& article) {
    const Index at = b_.Add(DraftBuilder::kRoot, absl::StrCat("article-", Slug(article.number, 6)));
    b_.Name(absl::StrCat("article:", article.number), at);
    const std::string title = b_.Line(at, article.title, "Titre de l'article", kLine);
    const std::string body = b_.Body(at, article.body, "Texte de l'article");
    v1::Article& out = *b_.At(at).mutable_article();
    out.set_number(CutLine(CleanLine(article.number), kLine));
    out.set_title(title);
    out.set_body(body);
    out.set_role(article.role);
    b_.AddAliases(at, article.aliases);
  }

  void AddAnnex(const Annex& annex) {
    const Index at = b_.Add(DraftBuilder::kRoot, absl::StrCat("annexe-", Slug(annex.number, 6)));
    b_.Name(absl::StrCat("annex:", annex.number), at);
    const std::string title = b_.Line(at, annex.title, "Titre de l'annexe", kLine);
    const std::string body = b_.Body(at, annex.body, "Texte de l'annexe");
    v1::Annex& out = *b_.At(at).mutable_annex();
    out.set_number(CutLine(CleanLine(annex.number), kLine));
    out.set_title(title);
    const bool known = annex.content != v1::ANNEX_CONTENT_UNSPECIFIED;
    out.set_content(known          ? annex.content
                    : body.empty() ? v1::ANNEX_CONTENT_MISSING
                                   : v1::ANNEX_CONTENT_INLINE);
    out.set_body(body);
    b_.AddAliases(at, annex.aliases);
  }

  // A vote is a fact of its own (`greffe deliberation record`), no wording of the contract; its
  // text stands in the draft as the annex that it is, with every figure.
  void AddDeliberation(const Deliberation& vote) {
    const Index at =
        b_.Add(DraftBuilder::kRoot, absl::StrCat("deliberation-", Slug(vote.number.text, 6)));
    std::string body;
    const auto say = [&](const char* label, const Text& value) {
      b_.Cite(at, value.source);
      const std::string line = b_.WithoutNames(CleanLine(value.text));
      if (!line.empty()) absl::StrAppend(&body, label, " : ", line, "\n");
    };
    say("Partie", vote.party);
    say("Date", vote.date);
    say("Objet", vote.object);
    say("Convocation", vote.convened_on);
    say("Numéro de télétransmission", vote.transmitted_number);
    say("En exercice", vote.members_in_office);
    say("Présents", vote.present);
    say("Représentés", vote.represented);
    say("Pour", vote.votes_for);
    say("Contre", vote.votes_against);
    say("Abstentions", vote.abstentions);
    say("Accusé de réception", vote.receipt_id);
    for (const Text& receipt : vote.receipt_ids) {
      if (receipt.text != vote.receipt_id.text) say("Accusé de réception", receipt);
    }
    say("Envoyé le", vote.sent_on);
    say("Reçu le", vote.received_on);
    say("Publié le", vote.published_on);
    const Text whole{absl::StrCat(body, vote.body.text), vote.body.source};
    const std::string text = b_.Body(at, whole, "Texte de la délibération");
    v1::Annex& out = *b_.At(at).mutable_annex();
    const std::string number = CleanLine(vote.number.text);
    b_.Cite(at, vote.number.source);
    out.set_title(
        CutLine(absl::StrCat("Délibération", number.empty() ? "" : " n° ", number), kLine));
    out.set_content(v1::ANNEX_CONTENT_INLINE);
    out.set_body(text);
    NoteReserved(at);
  }

  // L-10: a text that keeps an annex for the délibération does not hold it. Nothing that was read
  // is left out of a draft by itself: people take the element out.
  void NoteReserved(Index at) {
    const auto reserved =
        std::find_if(convention_.annexes.begin(), convention_.annexes.end(),
                     [](const Annex& one) { return one.content == v1::ANNEX_CONTENT_RESERVED; });
    if (reserved == convention_.annexes.end()) return;
    const std::string number = CutLine(CleanLine(reserved->number), kLine);
    b_.Note(
        at,
        absl::StrCat("Délibération imprimée avec la convention, qui lui réserve l'annexe ", number,
                     " : retirez cet élément de l'ébauche pour qu'il n'entre pas dans "
                     "l'empreinte du texte (L-10). Le texte figé, enregistrez le vote (greffe "
                     "deliberation record) : l'annexe le montre."),
        absl::StrCat("A délibération printed with the convention, which keeps annex ", number,
                     " for it: take this element out of the draft, so that it does not enter "
                     "the digest of the text (L-10). Once the text is frozen, record the vote "
                     "(greffe deliberation record): the annex shows it."));
  }

  void AddReference(const Reference& reference) {
    const Index from = b_.Named(reference.from);
    const Index target = b_.Named(reference.target);
    const std::string label = absl::StrCat("renvoi-", Slug(reference.text.text, 5));
    const Index at = from == DraftBuilder::kRoot ? b_.Add(from, label) : b_.AddUnder(from, label);
    const std::string text = b_.Line(at, reference.text, "Renvoi", kLine);
    const std::string id = target == DraftBuilder::kRoot ? "" : b_.At(target).id();
    v1::Reference& out = *b_.At(at).mutable_reference();
    out.set_text(text);
    out.set_target_id(id);
  }

  const Convention& convention_;
  DraftBuilder b_;
  IdBook partners_;
  IdBook offices_;
};

}  // namespace

Draft MakeDraft(const Reading& reading, const std::vector<DocumentFile>& files) {
  Draft made = Drafter(reading, files).Make();
  made.paper = ReadPaper(reading, made.draft);
  if (made.paper.shown) *made.draft.mutable_on_paper() = made.paper.signing;
  return made;
}

}  // namespace greffe::reader
