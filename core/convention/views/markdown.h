#ifndef GREFFE_CORE_CONVENTION_VIEWS_MARKDOWN_H_
#define GREFFE_CORE_CONVENTION_VIEWS_MARKDOWN_H_

#include <string>

#include "greffe/v1/view.pb.h"

namespace greffe {

// The consolidated text as a French document in Markdown, fit to print and sign: parties and their
// signatories, articles, plan, facilities, governance, clashes side by side, follow-up, findings,
// and at the foot the digest and the token by which anyone finds the same text again. A function
// of the view alone: equal views give equal bytes.
std::string RenderMarkdown(const v1::ConventionView& view);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_MARKDOWN_H_
