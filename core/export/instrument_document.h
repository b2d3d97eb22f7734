#ifndef GREFFE_CORE_EXPORT_INSTRUMENT_DOCUMENT_H_
#define GREFFE_CORE_EXPORT_INSTRUMENT_DOCUMENT_H_

#include <string>
#include <vector>

#include "greffe/v1/instrument.pb.h"

namespace greffe {

// An avenant in French, fit to print, vote on and sign: title, parties, visas, articles, places of
// signature; then, apart, what people check it by: before and after, mandates, proof. Functions of
// the view alone, but for `banners`, what the replica warns of. Pure; thread safe.
std::string RenderInstrumentMarkdown(const v1::InstrumentView& view);
// One page without outside resources or scripts.
std::string RenderInstrumentHtml(const v1::InstrumentView& view,
                                 const std::vector<std::string>& banners);

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_INSTRUMENT_DOCUMENT_H_
