#ifndef GREFFE_TESTS_CORE_READER_SAMPLE_READING_H_
#define GREFFE_TESTS_CORE_READER_SAMPLE_READING_H_

#include <string>
#include <vector>

#include "core/reader/draft.h"
#include "core/reader/model.h"

namespace greffe::testing_support {

inline reader::Text At(const std::string& text, std::uint32_t first, std::uint32_t last = 0) {
  reader::Text out;
  out.text = text;
  out.source.lines = {{0, first, last == 0 ? first : last}};
  return out;
}

// A small reading made by hand, so that what comes after the reader is tested without it.
inline reader::Reading SampleReading() {
  reader::Reading reading;
  reader::Document document;
  document.name = "convention.txt";
  for (int i = 1; i <= 30; ++i) document.lines.push_back("ligne " + std::to_string(i));
  document.lines[29].clear();
  reading.documents.push_back(document);
  reading.uses.emplace_back(30, reader::LineUse::kRead);
  reading.uses[0][29] = reader::LineUse::kBlank;
  reader::Convention& convention = reading.convention;
  convention.title = At("Convention territoriale globale", 1);
  convention.from.date = "2025-01-01";
  convention.from.precision = reader::Precision::kYear;
  convention.from.printed = At("2025", 1);
  convention.to.date = "2029-12-31";
  convention.to.precision = reader::Precision::kDay;
  reader::Party caf;
  caf.kind = v1::PARTNER_KIND_CAF;
  caf.name = At("Caisse d'allocations familiales du Val", 2);
  caf.representatives.push_back({At("Mme Jeanne EXEMPLE", 3), At("Directrice", 3)});
  reader::Party town;
  town.kind = v1::PARTNER_KIND_COMMUNE;
  town.name = At("Commune de Valbourg", 4);
  town.siren = At("211 234 562", 4);
  town.representatives.push_back({At("M. Paul MODELE", 5), At("Maire", 5)});
  convention.parties = {caf, town};
  convention.visas.push_back(At("Vu le code de l'action sociale", 6));
  reader::Article article;
  article.number = "3";
  article.title = At("Pilotage", 7);
  article.body = At("Le comité est présidé par Madame Jeanne Exemple.\nIl se réunit.", 8, 9);
  convention.articles.push_back(article);
  reader::Axis axis;
  axis.ref = "I";
  axis.title = At("Petite enfance", 10);
  axis.objectives.push_back({"I.A", At("Accueillir", 11), {}});
  convention.axes.push_back(axis);
  reader::Action action;
  action.ref = "I.A.1";
  action.title = At("Ouvrir des places", 12);
  action.title.source.recovered = "order";
  action.title.source.confidence = 50;
  action.aliases.push_back(At("Ouverture de places", 20));
  action.axis_ref = "I";
  action.objective_ref = "I.A";
  reader::Rubric none;
  none.kind = v1::RUBRIC_KIND_MEANS;
  none.label = At("Moyens", 13);
  none.state = v1::FILLED_STATE_NONE;
  reader::Rubric open = none;
  open.kind = v1::RUBRIC_KIND_PILOTS;
  open.state = v1::FILLED_STATE_OPEN;
  reader::Rubric blank = none;
  blank.kind = v1::RUBRIC_KIND_PARTNERS;
  blank.state = v1::FILLED_STATE_BLANK;
  reader::Rubric filled = none;
  filled.kind = v1::RUBRIC_KIND_PUBLIC;
  filled.state = v1::FILLED_STATE_FILLED;
  filled.items.push_back({At("Familles", 14), 0});
  action.rubrics = {none, open, blank, filled};
  action.indicators.push_back({v1::INDICATOR_KIND_RESULT, At("Nombre de places", 15), {}});
  action.schedule.push_back({"2026", At("Travaux", 16)});
  action.schedule_state = v1::FILLED_STATE_FILLED;
  convention.actions.push_back(action);
  reader::Facility facility;
  facility.type = "EAJE";
  facility.name = At("Crèche Madame Colette", 17);
  facility.supported_by = At("commune de Valbourg", 17);
  convention.facilities.push_back(facility);
  reader::Reference reference;
  reference.text = At("fiche I.A.1", 9);
  reference.from = "article:3";
  reference.target = "action:I.A.1";
  convention.references.push_back(reference);
  return reading;
}

inline std::vector<reader::DocumentFile> SampleFiles() {
  return {{std::string(64, 'a'), 300, "text/plain"}};
}

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_CORE_READER_SAMPLE_READING_H_
