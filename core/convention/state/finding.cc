#include "core/convention/state/finding.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace greffe {
namespace {

struct FindingKind {
  absl::string_view name;
  v1::FindingSeverity severity;
  absl::string_view fr;
  absl::string_view en;
};

constexpr v1::FindingSeverity kNote = v1::FINDING_SEVERITY_NOTE;
constexpr v1::FindingSeverity kWarning = v1::FINDING_SEVERITY_WARNING;
constexpr v1::FindingSeverity kSerious = v1::FINDING_SEVERITY_SERIOUS;

// By FindingCode.
constexpr FindingKind kFindingKinds[] = {
    {"newer-software", kWarning,
     "Un événement vient d'une version plus récente de Greffe : ce qu'il dit n'est pas compris en "
     "entier. Mettez cette réplique à jour avant de figer ou de signer.",
     "An event comes from a newer version of Greffe: what it says is not fully understood. Update "
     "this replica before freezing or signing."},
    {"header-mismatch", kSerious,
     "L'en-tête d'un événement ne correspond pas au journal où il se trouve : sans effet.",
     "The header of an event does not match the feed where it stands: without effect."},
    {"recorded-at-steps-back", kWarning,
     "L'heure d'un événement est antérieure à celle du précédent du même journal : l'horloge de sa "
     "réplique a reculé.",
     "The time of an event is before that of the one before it in its feed: the clock of its "
     "replica stepped back."},
    {"recorded-at-invalid", kWarning, "Un événement porte une heure qui n'existe pas.",
     "An event bears a time that does not exist."},
    {"opening-misplaced", kSerious,
     "Un événement prétend ouvrir la convention sans être le premier du journal de son fondateur : "
     "sans effet.",
     "An event claims to open the convention without being the first of its founder's feed: "
     "without effect."},
    {"not-authorised", kSerious,
     "L'auteur d'un événement n'avait pas autorité pour agir ainsi : conservé, sans effet.",
     "The author of an event had no authority to act so: kept, without effect."},
    {"replaces-ineffective", kWarning,
     "Un événement dit remplacer une valeur que son auteur n'avait pas reçue, ou qui porte sur "
     "autre chose : il ne la remplace pas.",
     "An event says that it replaces a value that its author had not received, or that is about "
     "something else: it does not replace it."},
    {"malformed", kWarning, "Un événement contient une valeur qui n'a pas de sens : ignorée.",
     "An event holds a value that makes no sense: ignored."},
    {"unknown-act", kWarning,
     "Un événement porte sur un acte que son auteur n'avait pas reçu : sans effet.",
     "An event is about an act that its author had not received: without effect."},
    {"unknown-revision", kWarning,
     "Un événement porte sur un texte figé que son auteur n'avait pas reçu : sans effet.",
     "An event is about a frozen text that its author had not received: without effect."},
    {"unknown-signatory", kWarning,
     "Un événement nomme un signataire que le texte figé ne prévoit pas : sans effet.",
     "An event names a signatory that the frozen text does not provide for: without effect."},
    {"unknown-signature", kWarning,
     "Un retrait porte sur une signature que son auteur n'avait pas reçue : sans effet.",
     "A retraction is about a signature that its author had not received: without effect."},
    {"act-id-not-derived", kWarning,
     "L'identifiant d'un acte n'est pas celui que la règle donne : l'acte n'est pas ouvert.",
     "The id of an act is not the one that the rule gives: the act is not opened."},
    {"act-opened-twice", kSerious,
     "Un acte est ouvert deux fois : le journal de son auteur a bifurqué.",
     "An act is opened twice: its author's feed has forked."},
    {"revision-invalid", kSerious, "Un texte figé ne peut pas être conclu.",
     "A frozen text cannot be concluded."},
    {"revision-clash", kWarning,
     "Un texte figé contient deux valeurs pour le même élément : les deux sont montrées.",
     "A frozen text holds two values for one element: both are shown."},
    {"base-ineffective", kWarning,
     "Un texte figé dit se fonder sur un autre que son auteur n'avait pas reçu : sans effet.",
     "A frozen text says that it builds on another that its author had not received: without "
     "effect."},
    {"saw-withdrawal", kWarning,
     "Une signature a été donnée alors que le retrait du texte était connu : elle ne compte pas.",
     "A signature was given although the withdrawal of the text was known: it does not count."},
    {"paper-without-scan", kWarning,
     "Une signature sur papier est consignée sans l'empreinte de sa numérisation.",
     "A paper signature is recorded without the digest of its scan."},
    {"roster-not-allowed", kSerious,
     "Un événement change les répliques d'un partenaire sans agir pour lui : sans effet.",
     "An event changes the replicas of a partner without acting for it: without effect."},
    {"orphan", kWarning,
     "Un élément dépend d'un autre qui n'existe pas à cette date : il est montré à la racine.",
     "An element depends on another that does not exist on that date: it is shown at the root."},
    {"tree-loop", kWarning,
     "Des éléments dépendent les uns des autres en boucle : ils sont montrés à la racine.",
     "Elements depend on each other in a loop: they are shown at the root."},
    {"several-originals", kSerious, "Plusieurs actes se disent la convention initiale.",
     "Several acts claim to be the original convention."},
    {"several-concluded", kSerious,
     "Plusieurs textes figés d'un même acte sont conclus : seul un nouvel acte peut trancher.",
     "Several frozen texts of one act are concluded: only a further act can settle it."},
    {"no-terms", kWarning, "Le texte ne dit ni son titre ni sa durée (élément « terms »).",
     "The text gives neither its title nor its term (element “terms”)."},
    {"search-too-long", kSerious,
     "Les retraits de signatures sont trop enchevêtrés pour dire si le texte est conclu.",
     "The retractions of signatures are too entangled to tell whether the text is concluded."},
    {"signatories-missing", kSerious,
     "Un texte figé ne prévoit pas la signature de chaque partie au texte qu'il change : il ne "
     "peut pas être conclu.",
     "A frozen text does not provide for the signature of each party to the text that it changes: "
     "it cannot be concluded."},
    {"not-founder", kSerious,
     "Un acte se dit la convention initiale sans venir de son fondateur : il ne peut pas être "
     "conclu.",
     "An act claims to be the original convention without coming from its founder: it cannot be "
     "concluded."},
    {"no-payload", kWarning, "Un événement ne dit rien.", "An event says nothing."},
    {"not-on-paper", kWarning,
     "Un événement parle de signatures sur papier pour un texte qui se signe dans Greffe : sans "
     "effet.",
     "An event speaks of paper signatures on a text that is signed in Greffe: without effect."},
    {"not-attested", kWarning,
     "Une signature d'un texte signé sur papier est enregistrée sans que son partenaire ait "
     "d'abord attesté le texte : elle ne compte pas.",
     "A signature of a text signed on paper is recorded although its partner had not attested the "
     "text first: it does not count."},
    {"attachment-limit", kWarning,
     "Une pièce jointe dépasse ce qu'une convention peut contenir : elle n'est ni demandée ni "
     "gardée.",
     "An attachment goes beyond what a convention can hold: it is neither asked for nor kept."},
    {"answers-ineffective", kWarning,
     "Un événement dit répondre à un fait que son auteur n'avait pas reçu, ou auquel on ne répond "
     "pas ainsi : il reste seul.",
     "An event says that it answers a fact that its author had not received, or that is not "
     "answered so: it stands alone."},
    {"findings-omitted", kWarning,
     "Un événement contient plus d'anomalies d'une même sorte qu'il n'en est gardé : les autres ne "
     "sont pas montrées.",
     "An event holds more oddities of one kind than are kept: the others are not shown."},
    {"element-twice", kWarning,
     "Un événement change deux fois le même élément : seul le premier changement est pris.",
     "An event changes one element twice: only the first change is taken."},
    {"roster-limit", kSerious,
     "Une réplique a déjà écrit autant d'entrées de réplique qu'une réplique en écrit : celle-ci "
     "est sans effet.",
     "A replica has written as many roster entries as one replica writes: this one is without "
     "effect."},
    {"outside-without-file", kWarning,
     "Une signature est dite donnée dans un fichier externe, sans l'empreinte de ce fichier : elle "
     "ne compte pas.",
     "A signature is said to be in an outside file, without the digest of that file: it does not "
     "count."},
    {"not-left-to-committee", kWarning,
     "L-30 : Greffe n'a reconnu, dans le texte qu'il modifie, aucune clause qui laisse à un comité "
     "tout ce que change un texte figé comme décision de comité : les assemblées délibèrent et "
     "chaque partie signe.",
     "L-30: in the text that it changes, Greffe recognised no clause that leaves to a committee "
     "all that a text frozen as a committee decision changes: the assemblies vote and every party "
     "signs."},
};
static_assert(std::size(kFindingKinds) == kFindingCodes);

}  // namespace

absl::string_view FindingName(FindingCode code) {
  return kFindingKinds[static_cast<std::size_t>(code)].name;
}

v1::Finding MakeFinding(const rules::Oddity& odd, const rules::Words& who) {
  const absl::string_view id = rules::RowOf(odd.rule).id;
  v1::Finding finding;
  finding.set_code(std::string(odd.code));
  finding.set_severity(odd.severity);
  finding.set_rule(std::string(id));
  finding.set_field(std::string(odd.field));
  finding.set_text(absl::StrCat(id, " : ", who.fr, who.fr.empty() ? "" : " : ", odd.words.fr));
  finding.set_text_en(absl::StrCat(id, ": ", who.en, who.en.empty() ? "" : ": ", odd.words.en));
  return finding;
}

absl::string_view LeadingRule(absl::string_view text) {
  const absl::string_view id = text.substr(0, std::min(text.find(' '), text.find(':')));
  absl::string_view number = id;
  if (!absl::ConsumePrefix(&number, "L-") && !absl::ConsumePrefix(&number, "CHK-")) return "";
  const bool digits = !number.empty() && std::all_of(number.begin(), number.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  return digits ? id : absl::string_view();
}

v1::Finding MakeFinding(FindingCode code, absl::string_view detail, absl::string_view leaf_hex,
                        absl::string_view element_id) {
  const FindingKind& kind = kFindingKinds[static_cast<std::size_t>(code)];
  v1::Finding finding;
  finding.set_code(std::string(kind.name));
  finding.set_severity(kind.severity);
  const std::string about = detail.empty() ? "" : absl::StrCat(" (", detail, ")");
  finding.set_text(absl::StrCat(kind.fr, about));
  finding.set_text_en(absl::StrCat(kind.en, about));
  finding.set_leaf(std::string(leaf_hex));
  finding.set_element_id(std::string(element_id));
  return finding;
}

}  // namespace greffe
