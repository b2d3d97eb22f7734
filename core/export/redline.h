#ifndef GREFFE_CORE_EXPORT_REDLINE_H_
#define GREFFE_CORE_EXPORT_REDLINE_H_

#include <string>

#include "core/export/partner_names.h"
#include "greffe/v1/convention_service.pb.h"

namespace greffe {

// What differs between two versions, word by word: <ins> and <del>, and the same in text
// (« [ajouté : … ] », « [supprimé : … ] ») for those who hear or print it, with the act behind each
// change and both tokens. Who pays and who supports stand by the names given, else by their ids.
// Functions of their arguments alone; texts of documents are escaped.
//
// One self-contained page in French.
std::string RenderRedlineHtml(const v1::DiffView& view, const PartnerNames& names = {});
// The same in Markdown.
std::string RenderRedlineMarkdown(const v1::DiffView& view, const PartnerNames& names = {});

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_REDLINE_H_
