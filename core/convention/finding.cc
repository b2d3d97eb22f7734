#include "core/convention/finding.h"

#include <array>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

struct FindingKind {
  absl::string_view name;
  v1::FindingSeverity severity;
  absl::string_view text;
};

constexpr v1::FindingSeverity kNote = v1::FINDING_SEVERITY_NOTE;
constexpr v1::FindingSeverity kWarning = v1::FINDING_SEVERITY_WARNING;
constexpr v1::FindingSeverity kSerious = v1::FINDING_SEVERITY_SERIOUS;

// By FindingCode.
constexpr FindingKind kKinds[] = {
    {"newer-software", kWarning,
     "Un événement vient d'une version plus récente de Greffe : ce qu'il dit n'est pas compris en "
     "entier. Mettez cette réplique à jour avant de figer ou de signer."},
    {"header-mismatch", kSerious,
     "L'en-tête d'un événement ne correspond pas au journal où il se trouve : sans effet."},
    {"recorded-at-steps-back", kWarning,
     "L'heure d'un événement est antérieure à celle du précédent du même journal : l'horloge de "
     "sa réplique a reculé."},
    {"recorded-at-invalid", kWarning, "Un événement porte une heure qui n'existe pas."},
    {"opening-misplaced", kSerious,
     "Un événement prétend ouvrir la convention sans être le premier du journal de son fondateur : "
     "sans effet."},
    {"not-authorised", kSerious,
     "L'auteur d'un événement n'avait pas autorité pour agir ainsi : conservé, sans effet."},
    {"replaces-ineffective", kWarning,
     "Un événement dit remplacer une valeur que son auteur n'avait pas reçue, ou qui porte sur "
     "autre chose : il ne la remplace pas."},
    {"malformed", kWarning, "Un événement contient une valeur qui n'a pas de sens : ignorée."},
    {"unknown-act", kWarning, "Un événement porte sur un acte que son auteur n'avait pas reçu : sans effet."},
    {"unknown-revision", kWarning,
     "Un événement porte sur un texte figé que son auteur n'avait pas reçu : sans effet."},
    {"unknown-signatory", kWarning,
     "Un événement nomme un signataire que le texte figé ne prévoit pas : sans effet."},
    {"unknown-signature", kWarning,
     "Un retrait porte sur une signature que son auteur n'avait pas reçue : sans effet."},
    {"act-id-not-derived", kWarning,
     "L'identifiant d'un acte n'est pas celui que la règle donne : l'acte n'est pas ouvert."},
    {"act-opened-twice", kSerious,
     "Un acte est ouvert deux fois : le journal de son auteur a bifurqué."},
    {"revision-invalid", kSerious, "Un texte figé ne peut pas être conclu."},
    {"revision-clash", kWarning,
     "Un texte figé contient deux valeurs pour le même élément : les deux sont montrées."},
    {"base-ineffective", kWarning,
     "Un texte figé dit se fonder sur un autre que son auteur n'avait pas reçu : sans effet."},
    {"saw-withdrawal", kWarning,
     "Une signature a été donnée alors que le retrait du texte était connu : elle ne compte pas."},
    {"paper-without-scan", kWarning,
     "Une signature sur papier est consignée sans l'empreinte de sa numérisation."},
    {"roster-not-allowed", kSerious,
     "Un événement change les répliques d'un partenaire sans agir pour lui : sans effet."},
    {"orphan", kWarning,
     "Un élément dépend d'un autre qui n'existe pas à cette date : il est montré à la racine."},
    {"tree-loop", kWarning,
     "Des éléments dépendent les uns des autres en boucle : ils sont montrés à la racine."},
    {"several-originals", kSerious, "Plusieurs actes se disent la convention initiale."},
    {"several-concluded", kSerious,
     "Plusieurs textes figés d'un même acte sont conclus : seul un nouvel acte peut trancher."},
    {"no-terms", kWarning, "Le texte ne dit ni son titre ni sa durée (élément « terms »)."},
    {"search-too-long", kSerious,
     "Les retraits de signatures sont trop enchevêtrés pour dire si le texte est conclu."},
    {"signatories-missing", kSerious,
     "Un texte figé ne prévoit pas la signature de chaque partie au texte qu'il change : il ne "
     "peut pas être conclu."},
    {"not-founder", kSerious,
     "Un acte se dit la convention initiale sans venir de son fondateur : il ne peut pas être "
     "conclu."},
    {"no-payload", kWarning, "Un événement ne dit rien."},
};
static_assert(std::size(kKinds) == kFindingCodes);

}  // namespace

absl::string_view FindingName(FindingCode code) {
  return kKinds[static_cast<std::size_t>(code)].name;
}

v1::Finding MakeFinding(FindingCode code, absl::string_view detail, absl::string_view leaf_hex,
                        absl::string_view element_id) {
  const FindingKind& kind = kKinds[static_cast<std::size_t>(code)];
  v1::Finding finding;
  finding.set_code(std::string(kind.name));
  finding.set_severity(kind.severity);
  finding.set_text(detail.empty() ? std::string(kind.text)
                                  : absl::StrCat(kind.text, " (", detail, ")"));
  finding.set_leaf(std::string(leaf_hex));
  finding.set_element_id(std::string(element_id));
  return finding;
}

}  // namespace greffe
