#ifndef GREFFE_CORE_CONVENTION_PRINTED_AVENANT_H_
#define GREFFE_CORE_CONVENTION_PRINTED_AVENANT_H_

#include <string>

#include "greffe/v1/act.pb.h"
#include "greffe/v1/instrument.pb.h"

// The wording of an avenant as it is printed, in French. Private to core/convention.
namespace greffe {

struct AvenantTitle {
  v1::ActKind kind = v1::ACT_KIND_UNSPECIFIED;
  // « avenant n° 1 », or the act's title for a draft.
  std::string label;
  // Title of the convention.
  std::string convention;
};
// Title, one article per operation of the view, the article on its effect; lines parted by LF,
// articles by an empty line.
std::string PrintedAvenant(const v1::InstrumentView& view, const AvenantTitle& title);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_PRINTED_AVENANT_H_
