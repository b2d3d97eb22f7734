#include "client/cli/template.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace greffe::cli {
namespace {

// A comment, then the lines that it explains.
struct Section {
  Message comment;
  const char* lines;
};

constexpr Section kSections[] = {
    {{"Projet de convention, au format texte de greffe.v1.ConventionDraft.\n"
      "Ce qui suit # est un commentaire. Remplacez chaque « [à compléter] » et chaque valeur\n"
      "d'exemple, copiez les blocs autant de fois qu'il le faut, puis :\n"
      "  greffe convention new --file CE_FICHIER --dry-run   liste tous les problèmes, par ligne\n"
      "  greffe convention new --file CE_FICHIER             ouvre la convention\n"
      "Un texte qui contient encore « à compléter » ne peut pas être figé (CHK-14).\n"
      "\n"
      "Chaque élément a un id stable (a-z, 0-9, -), unique, jamais réutilisé. parent_id le place\n"
      "sous un autre élément ; l'ordre du fichier est l'ordre du texte.",
      "Draft of a convention, in the text format of greffe.v1.ConventionDraft.\n"
      "What follows # is a comment. Replace each “[à compléter]” and each sample value, copy\n"
      "the blocks as often as needed, then:\n"
      "  greffe convention new --file THIS_FILE --dry-run   lists all problems, by line\n"
      "  greffe convention new --file THIS_FILE             opens the convention\n"
      "A text that still holds “à compléter” cannot be frozen (CHK-14).\n"
      "\n"
      "Each element has a stable id (a-z, 0-9, -), unique, never used again. parent_id puts it\n"
      "under another element; the order of the file is the order of the text. The texts of a\n"
      "convention are in French."},
     ""},
    {{"Remarque montrée aux lecteurs, au plus 2 000 caractères ; peut être vide.",
      "Remark shown to readers, at most 2,000 characters; may be empty."},
     "remark: \"Modèle à remplir\"\n"},
    {{"Intitulé et durée. Un seul élément « terms ». Le dernier jour d'effet est compris. La "
      "durée\n"
      "est indépendante de la date de signature (L-14).",
      "Title and term. One element “terms” only. The last day of effect is included. The term "
      "does\n"
      "not depend on the date of signature (L-14)."},
     "elements {\n"
     "  id: \"terms\"\n"
     "  terms {\n"
     "    title: \"Convention territoriale globale de [à compléter]\"\n"
     "    territory: \"[à compléter]\"\n"
     "    start_date: \"2026-01-01\"\n"
     "    end_date: \"2030-12-31\"\n"
     "  }\n"
     "}\n"},
    {{"Les parties. partner_id est l'identifiant de l'organisation dans les répliques (greffe\n"
      "partner list). signing_offices : les fonctions qui signent, jamais des personnes ; toutes\n"
      "doivent signer (L-02, L-03). deliberates : une assemblée délibère pour cette partie "
      "(L-07).\n"
      "kind : PARTNER_KIND_CAF, _COMMUNE, _INTERCOMMUNALITY, _SYNDICATE, _STATE,\n"
      "_NATIONAL_EDUCATION, _DEPARTMENT ou _OTHER. siren (9 chiffres) et insee peuvent être vides.",
      "The parties. partner_id is the organisation's id in the replicas (greffe partner list).\n"
      "signing_offices: the offices that sign, never persons; all must sign (L-02, L-03).\n"
      "deliberates: an assembly votes for this party (L-07). kind: PARTNER_KIND_CAF, _COMMUNE,\n"
      "_INTERCOMMUNALITY, _SYNDICATE, _STATE, _NATIONAL_EDUCATION, _DEPARTMENT or _OTHER. siren\n"
      "(9 digits) and insee may be empty."},
     "elements {\n"
     "  id: \"partie-caf\"\n"
     "  party {\n"
     "    partner_id: \"caf-exemple\"\n"
     "    name: \"Caisse d'allocations familiales de [à compléter]\"\n"
     "    kind: PARTNER_KIND_CAF\n"
     "    address: \"[à compléter]\"\n"
     "    signing_offices { id: \"caf-presidence\" office: \"Présidente du conseil "
     "d'administration\" }\n"
     "    signing_offices { id: \"caf-direction\" office: \"Directrice\" }\n"
     "  }\n"
     "}\n"
     "elements {\n"
     "  id: \"partie-commune\"\n"
     "  party {\n"
     "    partner_id: \"commune-exemple\"\n"
     "    name: \"Commune de [à compléter]\"\n"
     "    kind: PARTNER_KIND_COMMUNE\n"
     "    address: \"[à compléter]\"\n"
     "    signing_offices { id: \"commune-maire\" office: \"Maire\" }\n"
     "    deliberates: true\n"
     "  }\n"
     "}\n"},
    {{"Visas, préambule, enjeux, formule finale : text_block. kind : TEXT_BLOCK_KIND_VISA,\n"
      "_PREAMBLE, _CROSS_CUTTING, _CLOSING, _HEADING (un titre qui groupe ses enfants),\n"
      "_COMPETENCE ou _DIAGNOSIS (diagnostic partagé, L-01).",
      "Visas, preamble, concerns, closing formula: text_block. kind: TEXT_BLOCK_KIND_VISA,\n"
      "_PREAMBLE, _CROSS_CUTTING, _CLOSING, _HEADING (a heading that groups its children),\n"
      "_COMPETENCE or _DIAGNOSIS (shared diagnosis, L-01)."},
     "elements {\n"
     "  id: \"preambule\"\n"
     "  text_block { kind: TEXT_BLOCK_KIND_PREAMBLE title: \"Préambule\" body: \"[à compléter]\" "
     "}\n"
     "}\n"
     "elements {\n"
     "  id: \"diagnostic\"\n"
     "  text_block { kind: TEXT_BLOCK_KIND_DIAGNOSIS title: \"Diagnostic partagé\" body: \"[à "
     "compléter]\" }\n"
     "}\n"},
    {{"Les articles. number est une étiquette, jamais un identifiant. role dit ce que l'article\n"
      "prévoit (L-27) : CLAUSE_ROLE_OBJECT, _CAF_FIELDS, _LOCAL_FIELDS, _STATE_FIELDS,\n"
      "_SHARED_OBJECTIVES, _COMMITMENTS, _GOVERNANCE, _DATA_EXCHANGE, _COMMUNICATION, "
      "_EVALUATION,\n"
      "_TERM, _AMENDMENT, _TERMINATION, _DISPUTES, _CONFIDENTIALITY.",
      "The articles. number is a label, never an id. role says what the article provides (L-27):\n"
      "CLAUSE_ROLE_OBJECT, _CAF_FIELDS, _LOCAL_FIELDS, _STATE_FIELDS, _SHARED_OBJECTIVES,\n"
      "_COMMITMENTS, _GOVERNANCE, _DATA_EXCHANGE, _COMMUNICATION, _EVALUATION, _TERM, _AMENDMENT,\n"
      "_TERMINATION, _DISPUTES, _CONFIDENTIALITY."},
     "elements {\n"
     "  id: \"article-objet\"\n"
     "  article { number: \"1\" title: \"Objet de la convention\" body: \"[à compléter]\" role: "
     "CLAUSE_ROLE_OBJECT }\n"
     "}\n"
     "elements {\n"
     "  id: \"article-duree\"\n"
     "  article { number: \"2\" title: \"Durée\" body: \"[à compléter]\" role: CLAUSE_ROLE_TERM }\n"
     "}\n"
     "elements {\n"
     "  id: \"article-avenant\"\n"
     "  article { number: \"3\" title: \"Avenants\" body: \"[à compléter]\" role: "
     "CLAUSE_ROLE_AMENDMENT }\n"
     "}\n"},
    {{"Le plan : axes, objectifs, actions. Les rubriques, le calendrier et les indicateurs d'une\n"
      "action sont ses enfants. state dit ce qui se trouve sous un titre : FILLED_STATE_FILLED,\n"
      "_NONE (« / »), _OPEN (« ? ») ou _BLANK (rien). kind d'une rubrique : RUBRIC_KIND_CONTEXT,\n"
      "_OBJECTIVES, _PUBLIC, _CONTENT, _MEANS, _PILOTS, _PARTNERS, _EXPECTED_RESULTS, _TERRITORY,\n"
      "_INHABITANTS_ROLE, _VIGILANCE, _COMMUNICATION ou _OTHER.",
      "The plan: axes, objectives, actions. Rubrics, schedule and indicators of an action are its\n"
      "children. state says what stands under a heading: FILLED_STATE_FILLED, _NONE (“/”), _OPEN\n"
      "(“?”) or _BLANK (nothing). kind of a rubric: RUBRIC_KIND_CONTEXT, _OBJECTIVES, _PUBLIC,\n"
      "_CONTENT, _MEANS, _PILOTS, _PARTNERS, _EXPECTED_RESULTS, _TERRITORY, _INHABITANTS_ROLE,\n"
      "_VIGILANCE, _COMMUNICATION or _OTHER."},
     "elements {\n"
     "  id: \"axe-1\"\n"
     "  axis { ref: \"1\" title: \"Axe [à compléter]\" body: \"[à compléter]\" }\n"
     "}\n"
     "elements {\n"
     "  id: \"action-1\"\n"
     "  parent_id: \"axe-1\"\n"
     "  action { ref: \"1\" title: \"Action [à compléter]\" }\n"
     "}\n"
     "elements {\n"
     "  id: \"action-1-public\"\n"
     "  parent_id: \"action-1\"\n"
     "  rubric {\n"
     "    kind: RUBRIC_KIND_PUBLIC\n"
     "    label: \"Public visé\"\n"
     "    state: FILLED_STATE_FILLED\n"
     "    items { text: \"[à compléter]\" }\n"
     "  }\n"
     "}\n"
     "elements {\n"
     "  id: \"action-1-calendrier\"\n"
     "  parent_id: \"action-1\"\n"
     "  schedule {\n"
     "    from: \"2026\"\n"
     "    to: \"2030\"\n"
     "    state: FILLED_STATE_FILLED\n"
     "    steps { when: \"2026\" text: \"[à compléter]\" }\n"
     "  }\n"
     "}\n"},
    {{"Indicateurs : INDICATOR_KIND_REALISATION, _RESULT ou _IMPACT ; unit et target peuvent être\n"
      "vides. Les valeurs viennent plus tard : greffe follow measure.",
      "Indicators: INDICATOR_KIND_REALISATION, _RESULT or _IMPACT; unit and target may be empty.\n"
      "Values come later: greffe follow measure."},
     "elements {\n"
     "  id: \"action-1-indicateur-1\"\n"
     "  parent_id: \"action-1\"\n"
     "  indicator { kind: INDICATOR_KIND_REALISATION text: \"Nombre de [à compléter]\" target: "
     "\"[à compléter]\" }\n"
     "}\n"},
    {{"Équipements et services soutenus (L-16) ; supported_by est le partner_id d'une partie.\n"
      "planned: true pour ce qui n'est pas encore ouvert.",
      "Facilities and services supported (L-16); supported_by is the partner_id of a party.\n"
      "planned: true for what is not open yet."},
     "elements {\n"
     "  id: \"equipement-1\"\n"
     "  facility {\n"
     "    type: \"EAJE\"\n"
     "    name: \"Crèche [à compléter]\"\n"
     "    address: \"[à compléter]\"\n"
     "    supported_by: \"commune-exemple\"\n"
     "  }\n"
     "}\n"},
    {{"Instances de pilotage (L-20, L-21). kind : BODY_KIND_STEERING, _TECHNICAL, _WORKING_GROUP,\n"
      "_COORDINATION ou _OTHER. co_chairs, facultatif : partner_id des parties qui décident pour\n"
      "l'instance, là où une clause lui laisse un changement ; sans elles, toutes décident.",
      "Bodies of the governance (L-20, L-21). kind: BODY_KIND_STEERING, _TECHNICAL, "
      "_WORKING_GROUP,\n"
      "_COORDINATION or _OTHER. co_chairs, optional: partner_id of the parties that decide for "
      "the\n"
      "body, where a clause leaves it a change; without them all parties decide."},
     "elements {\n"
     "  id: \"comite-pilotage\"\n"
     "  body {\n"
     "    name: \"Comité de pilotage\"\n"
     "    kind: BODY_KIND_STEERING\n"
     "    members: \"[à compléter]\"\n"
     "    chair: \"[à compléter]\"\n"
     "    co_chairs: [\"caf-exemple\", \"commune-exemple\"]\n"
     "    secretariat: \"[à compléter]\"\n"
     "    meetings_per_year_min: 1\n"
     "    cadence: \"au moins une fois par an\"\n"
     "    functions: \"[à compléter]\"\n"
     "  }\n"
     "}\n"},
    {{"Financement. amount_cents est en centimes d'euro ; laissez-le de côté quand le texte ne "
      "donne\n"
      "pas de montant.",
      "Funding. amount_cents is in euro cents; leave it out when the text gives no amount."},
     "elements {\n"
     "  id: \"financement-1\"\n"
     "  funding_line { text: \"[à compléter]\" payer: \"caf-exemple\" state: FILLED_STATE_FILLED "
     "}\n"
     "}\n"},
    {{"Annexes. content : ANNEX_CONTENT_INLINE (ici), _SEPARATE (autre document), _MISSING "
      "(annoncée,\n"
      "introuvable) ou _RESERVED (remplie plus tard : la délibération, L-10).",
      "Annexes. content: ANNEX_CONTENT_INLINE (here), _SEPARATE (another document), _MISSING\n"
      "(announced, not found) or _RESERVED (filled later: the deliberation, L-10)."},
     "elements {\n"
     "  id: \"annexe-1\"\n"
     "  annex { number: \"1\" title: \"Délibération\" content: ANNEX_CONTENT_RESERVED }\n"
     "}\n"},
    {{"Formule finale.", "Closing formula."},
     "elements {\n"
     "  id: \"cloture\"\n"
     "  text_block { kind: TEXT_BLOCK_KIND_CLOSING title: \"Signatures\" body: \"[à compléter]\" "
     "}\n"
     "}\n"},
};

}  // namespace

std::string ConventionTemplate(Lang lang) {
  std::string out = "# proto-file: greffe/v1/draft.proto\n# proto-message: ConventionDraft\n";
  for (const Section& section : kSections) {
    absl::StrAppend(&out, "\n");
    for (const absl::string_view line : absl::StrSplit(Say(lang, section.comment), '\n')) {
      absl::StrAppend(&out, line.empty() ? "#" : "# ", line, "\n");
    }
    absl::StrAppend(&out, section.lines);
  }
  return out;
}

}  // namespace greffe::cli
