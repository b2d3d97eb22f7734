// The attachments that a convention names.

#include <algorithm>

#include "core/convention/queries.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/state/order.h"
#include "core/convention/state/stamp.h"

namespace greffe {

v1::ListAttachmentsResponse ViewAttachments(const Known& known) {
  const StateData& data = known.state.data();
  std::vector<const AttachmentFact*> sorted;
  for (const AttachmentFact& one : data.attachments) sorted.push_back(&one);
  std::sort(sorted.begin(), sorted.end(),
            [&](const auto* a, const auto* b) { return Before(data, a->event, b->event); });
  EventTeller teller(data);
  v1::ListAttachmentsResponse response;
  for (const AttachmentFact* one : sorted) {
    v1::AttachmentView* view = response.add_attachments();
    view->set_attachment_id(one->id.ToHex());
    view->set_sha256(one->sha256.ToHex());
    view->set_size(one->size);
    view->set_label(one->label);
    view->set_media_type(one->media_type);
    view->set_role(one->role);
    *view->mutable_event() = teller.View(one->event);
  }
  PutStamp(known, &response);
  return response;
}

}  // namespace greffe
