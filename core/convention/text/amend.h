#ifndef GREFFE_CORE_CONVENTION_TEXT_AMEND_H_
#define GREFFE_CORE_CONVENTION_TEXT_AMEND_H_

#include <memory>
#include <string>
#include <vector>

#include "core/convention/text/amended_text.h"

// From the changes of an act to the operations of its avenant. Private to core/convention.
namespace greffe {

// One element as an act changes it.
struct AmendedElement {
  std::string id;
  // As it shall read; null: it is taken out with what stands below.
  std::shared_ptr<const v1::Element> put;
};

// Operations that make of `base` what the changes say, each as small as French drafting has words
// for (domain.md section 7.6): words or alinéas of a text, else the whole element. In the
// order of `changes`, what is taken out last; but no number is given while another element bears
// it. Where small operations do not give
// the element to the byte, it is written anew: ApplyOperations always reconstructs what is asked.
std::vector<TextOperation> MakeOperations(const AmendedText& base,
                                          const std::vector<AmendedElement>& changes);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_AMEND_H_
