#ifndef GREFFE_CORE_EXPORT_CONVENTION_HTML_H_
#define GREFFE_CORE_EXPORT_CONVENTION_HTML_H_

#include <string>
#include <vector>

#include "greffe/v1/view.pb.h"

namespace greffe {

// The consolidated text as one self-contained HTML page in French: version and standing, each
// clause with the act that wrote it, clashes with all their sides, follow-up, findings, and at the
// foot the digest and the token by which anyone finds the same text again. `banners` are what the
// replica warns of (ReplyContext.banners): the only part that is not a function of the view. Pure;
// texts of documents are escaped.
std::string RenderConventionHtml(const v1::ConventionView& view,
                                 const std::vector<std::string>& banners);

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_CONVENTION_HTML_H_
