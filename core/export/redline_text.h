#ifndef GREFFE_CORE_EXPORT_REDLINE_TEXT_H_
#define GREFFE_CORE_EXPORT_REDLINE_TEXT_H_

#include <string>
#include <vector>

#include "core/export/partner_names.h"
#include "core/export/word_diff.h"
#include "greffe/v1/convention_service.pb.h"

// What a redline says, before it is Markdown or HTML. Private to core/export. Pure.
namespace greffe {

// One changed field that the printed text does not show, such as the place of an element.
struct RedlineField {
  std::string label;
  std::string before;
  std::string after;
};

struct RedlineEntry {
  std::string place;
  // « Modifié par l'avenant n° 1 du 12 février 2026, article 3, en effet depuis le 1er mars 2026 ».
  std::string act;
  // The printed text with what changed in it, lines divided by LF.
  std::vector<DiffRun> text;
  std::vector<RedlineField> fields;
};

std::vector<RedlineEntry> RedlineEntries(const v1::DiffView& view, const PartnerNames& names);
// « Modifications du 30 juin 2026 au 1er juillet 2026 ».
std::string RedlineTitle(const v1::DiffView& view);
// « 1 élément ajouté, 2 modifiés, aucun supprimé ».
std::string RedlineCounts(const v1::DiffView& view);

// An element as plain lines: title, paragraphs, labelled lines, items.
std::string PrintedText(const v1::Element& element);

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_REDLINE_TEXT_H_
