// Documents come from strangers: the whole way from bytes to facts, draft and report.
#include <cstdlib>

#include "core/convention/decide.h"
#include "core/reader/draft.h"
#include "core/reader/facts.h"
#include "core/reader/reader.h"
#include "core/reader/redraft.h"
#include "core/reader/report_html.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace greffe;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto reading = reader::Read({{"document.txt", text}});
  if (!reading.ok()) return 0;
  const std::vector<reader::DocumentFile> files = {{std::string(64, '0'), size, "text/plain"}};
  reader::Draft draft = reader::MakeDraft(*reading, files);
  reader::SetAsRead(&draft.draft);
  // A reading compared with itself must find nothing.
  if (!reader::Redraft(draft.draft, draft.draft).changes.empty()) std::abort();
  reader::FactsTsv(*reading);
  const std::string html = reader::ReportHtml(*reading, files, draft, CheckDraft(draft.draft));
  if (html.find("<script") != std::string::npos) std::abort();
  return 0;
}

std::vector<std::string> Seeds() {
  return {
      R"(CONVENTION TERRITORIALE GLOBALE 2026 - 2029

Entre :
La Caisse d'allocations familiales de l'Exemple,
représentée par sa directrice, Madame Prénom EXEMPLE,
Et :
La commune de Valbourg, représentée par son Maire

Vu le Code de la sécurité sociale ;

Article 1 : Objet
La convention vise les familles (annexe 2).

Article 2 - Durée
Du 1er janvier 2026 au 31 décembre 2029.

Fait à Valbourg, le 18 décembre 2025
)",
      R"(Axe 1 : Accueillir
Objectif 1.1 : Ouvrir
Fiche action n° 1 : Agrandir
Constats
Une liste d'attente.
Moyens
/
Partenaires
?
Calendrier prévisionnel
2026 : études
Critères d'évaluation
- Nombre de places
| Type | Nom | Adresse |
|---|---|---|
| EAJE | Les Lucioles | 5 rue des Écoles, 99120 Valbourg |
)",
      "<table><tr><td>ACTION</td><td>PILOTE<tr><td>1.1 Ouvrir <ul><li>un<li>deux</table>\n"
      "N°\tAction\t2026\t2027\n1\tOuvrir\tX\t\n",
      R"(EXTRAIT DU REGISTRE DES DELIBERATIONS
L'an deux mille vingt-cinq, le onze décembre
Membres en exercice : 27 Présents : 23 Représentés : 3
DELIBERATION N° 2025-114
par 25 voix pour, 0 contre et 1 abstention
Accusé de réception en préfecture
099-249900001-20251211-DEL2025114-DE
Reçu le 15/12/2025
)"};
}
