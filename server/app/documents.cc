#include "server/app/documents.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/views/markdown.h"
#include "core/export/calendar.h"
#include "core/export/convention_html.h"
#include "core/export/partner_names.h"
#include "core/export/redline.h"
#include "core/export/scdl.h"

namespace greffe {
namespace {

// Below what clients take in one answer (client/connection.cc).
constexpr std::size_t kDocumentBytesMax = 48u << 20;
constexpr int kPartnerValuesMax = 1000;

constexpr char kMarkdownType[] = "text/markdown; charset=utf-8";
constexpr char kHtmlType[] = "text/html; charset=utf-8";
constexpr char kCsvType[] = "text/csv; charset=utf-8";
constexpr char kCalendarType[] = "text/calendar; charset=utf-8";

// The point of a view already read, to be read again.
template <typename View>
v1::ReadAt SamePoint(const View& view) {
  v1::ReadAt at;
  at.set_in_force_on(view.in_force_on());
  at.set_clock_date(view.clock_date());
  at.set_cut(view.cut());
  return at;
}

absl::Status CheckForm(v1::DocumentForm form) {
  if (form == v1::DOCUMENT_FORM_MARKDOWN || form == v1::DOCUMENT_FORM_HTML) {
    return absl::OkStatus();
  }
  return ToStatus({.field = "form",
                   .fr = "la forme du document manque : Markdown ou HTML.",
                   .en = "the form of the document is missing: Markdown or HTML."});
}

void Name(v1::ExportDocumentResponse* response, const std::string& what,
          const std::string& convention_id, absl::string_view end, absl::string_view type) {
  response->set_file_name(absl::StrCat(what, "-", convention_id.substr(0, 8), end));
  response->set_media_type(std::string(type));
}

absl::Status AddNames(const Replica& replica, const UserCall& call,
                      const std::string& convention_id, v1::ReadAt at, PartnerNames* names) {
  v1::GetStatusRequest request;
  request.set_convention_id(convention_id);
  *request.mutable_at() = std::move(at);
  ASSIGN_OR_RETURN(const v1::GetStatusResponse board, replica.GetStatus(call, request));
  names->Add(board.view());
  return absl::OkStatus();
}

absl::StatusOr<v1::ExportDocumentResponse> ExportText(const Replica& replica, const UserCall& call,
                                                      const std::string& convention_id,
                                                      const v1::TextDocument& wanted) {
  RETURN_IF_ERROR(CheckForm(wanted.form()));
  v1::GetConventionRequest request;
  request.set_convention_id(convention_id);
  request.set_element_id(wanted.element_id());
  *request.mutable_at() = wanted.at();
  ASSIGN_OR_RETURN(v1::GetConventionResponse read, replica.GetConvention(call, request));
  const bool html = wanted.form() == v1::DOCUMENT_FORM_HTML;
  const auto& banners = read.context().banners();
  v1::ExportDocumentResponse response;
  response.set_content(html ? RenderConventionHtml(read.view(), {banners.begin(), banners.end()})
                            : RenderMarkdown(read.view()));
  Name(&response, "convention", read.view().convention_id(), html ? ".html" : ".md",
       html ? kHtmlType : kMarkdownType);
  response.set_cut(read.view().cut());
  *response.mutable_context() = std::move(*read.mutable_context());
  return response;
}

absl::StatusOr<v1::ExportDocumentResponse> ExportRedline(const Replica& replica,
                                                         const UserCall& call,
                                                         const std::string& convention_id,
                                                         const v1::RedlineDocument& wanted) {
  RETURN_IF_ERROR(CheckForm(wanted.form()));
  v1::DiffConventionRequest request;
  request.set_convention_id(convention_id);
  *request.mutable_from() = wanted.from();
  *request.mutable_to() = wanted.to();
  ASSIGN_OR_RETURN(v1::DiffConventionResponse read, replica.DiffConvention(call, request));
  // Parties that left, too: the later names count where both have one.
  PartnerNames names;
  for (const bool to : {true, false}) {
    v1::ReadAt at;
    at.set_in_force_on(to ? read.view().to_in_force_on() : read.view().from_in_force_on());
    at.set_cut(to ? read.view().to_cut() : read.view().from_cut());
    RETURN_IF_ERROR(AddNames(replica, call, convention_id, std::move(at), &names));
  }
  const bool html = wanted.form() == v1::DOCUMENT_FORM_HTML;
  v1::ExportDocumentResponse response;
  response.set_content(html ? RenderRedlineHtml(read.view(), names)
                            : RenderRedlineMarkdown(read.view(), names));
  Name(&response, "comparaison", read.view().convention_id(), html ? ".html" : ".md",
       html ? kHtmlType : kMarkdownType);
  response.set_cut(read.view().to_cut());
  *response.mutable_context() = std::move(*read.mutable_context());
  return response;
}

std::set<std::string> PartiesOf(const v1::ConventionView& view) {
  std::set<std::string> out;
  for (const v1::ElementView& one : view.elements()) {
    if (one.element().has_party()) out.insert(one.element().party().partner_id());
  }
  return out;
}

absl::Status NoParty(const std::string& field, const std::string& partner_id) {
  return ToStatus({.field = field,
                   .fr = absl::StrCat("« ", partner_id, " » n'est pas partie à la convention."),
                   .en = absl::StrCat("“", partner_id, "” is not a party to the convention.")});
}

using Values = google::protobuf::RepeatedPtrField<v1::PartnerValue>;

absl::StatusOr<PerPartner> ByPartner(const Values& given, const std::string& field,
                                     const std::set<std::string>& parties) {
  if (given.size() > kPartnerValuesMax) {
    return ToStatus(
        {.field = field,
         .fr = absl::StrCat(given.size(), " valeurs, ", kPartnerValuesMax, " au plus."),
         .en = absl::StrCat(given.size(), " values, at most ", kPartnerValuesMax, ".")});
  }
  PerPartner out;
  for (const v1::PartnerValue& one : given) {
    const bool all = one.partner_id().empty();
    // A SIRET names one body: none is everybody's.
    if (all ? field == "siret" : parties.count(one.partner_id()) == 0) {
      return NoParty(field, one.partner_id());
    }
    out[one.partner_id()] = one.value();
  }
  return out;
}

absl::StatusOr<ScdlOptions> OptionsOf(const v1::DeliberationsDocument& wanted,
                                      const v1::ConventionView& view) {
  const std::set<std::string> parties = PartiesOf(view);
  ScdlOptions options{.partner_id = wanted.partner_id()};
  if (!wanted.partner_id().empty() && parties.count(wanted.partner_id()) == 0) {
    return NoParty("partner_id", wanted.partner_id());
  }
  ASSIGN_OR_RETURN(options.siret, ByPartner(wanted.siret(), "siret", parties));
  ASSIGN_OR_RETURN(options.matiere_code, ByPartner(wanted.matiere_code(), "matiere_code", parties));
  ASSIGN_OR_RETURN(options.pref_id, ByPartner(wanted.pref_id(), "pref_id", parties));
  ASSIGN_OR_RETURN(options.url, ByPartner(wanted.url(), "url", parties));
  // Another sign, or several, core/export refuses.
  if (!wanted.separator().empty()) {
    options.separator = wanted.separator().size() == 1 ? wanted.separator().front() : '\0';
  }
  return options;
}

absl::StatusOr<v1::ExportDocumentResponse> ExportDeliberations(
    const Replica& replica, const UserCall& call, const std::string& convention_id,
    const v1::DeliberationsDocument& wanted) {
  v1::GetConventionRequest request;
  request.set_convention_id(convention_id);
  *request.mutable_at() = wanted.at();
  ASSIGN_OR_RETURN(v1::GetConventionResponse text, replica.GetConvention(call, request));
  ASSIGN_OR_RETURN(const ScdlOptions options, OptionsOf(wanted, text.view()));
  // Acts as known at the same cut as the parties, page after page.
  v1::GetHistoryRequest acts;
  acts.set_convention_id(convention_id);
  *acts.mutable_at() = SamePoint(text.view());
  acts.set_page_size(200);
  v1::HistoryView history;
  do {
    ASSIGN_OR_RETURN(v1::GetHistoryResponse page, replica.GetHistory(call, acts));
    for (v1::HistoryEntry& entry : *page.mutable_view()->mutable_entries()) {
      *history.add_entries() = std::move(entry);
    }
    acts.set_page_token(page.next_page_token());
  } while (!acts.page_token().empty());
  v1::ExportDocumentResponse response;
  ASSIGN_OR_RETURN(*response.mutable_content(),
                   RenderScdlDeliberations(text.view(), history, options));
  Name(&response, "deliberations", text.view().convention_id(), ".csv", kCsvType);
  response.set_cut(text.view().cut());
  *response.mutable_context() = std::move(*text.mutable_context());
  return response;
}

absl::StatusOr<v1::ExportDocumentResponse> ExportCalendar(const Replica& replica,
                                                          const UserCall& call,
                                                          const std::string& convention_id,
                                                          const v1::CalendarDocument& wanted) {
  v1::GetDeadlinesRequest request;
  request.set_convention_id(convention_id);
  request.set_until(wanted.until());
  request.set_partner_id(wanted.partner_id());
  *request.mutable_at() = wanted.at();
  ASSIGN_OR_RETURN(v1::GetDeadlinesResponse read, replica.GetDeadlines(call, request));
  // Who has to act, as the convention named it at that cut.
  PartnerNames names;
  RETURN_IF_ERROR(AddNames(replica, call, convention_id, SamePoint(read.view()), &names));
  v1::ExportDocumentResponse response;
  ASSIGN_OR_RETURN(*response.mutable_content(), RenderCalendar(read.view(), names));
  Name(&response, "echeances", read.view().convention_id(), ".ics", kCalendarType);
  response.set_cut(read.view().cut());
  *response.mutable_context() = std::move(*read.mutable_context());
  return response;
}

absl::StatusOr<v1::ExportDocumentResponse> Render(const Replica& replica, const UserCall& call,
                                                  const v1::ExportDocumentRequest& request) {
  const std::string& id = request.convention_id();
  switch (request.document_case()) {
    case v1::ExportDocumentRequest::kText:
      return ExportText(replica, call, id, request.text());
    case v1::ExportDocumentRequest::kRedline:
      return ExportRedline(replica, call, id, request.redline());
    case v1::ExportDocumentRequest::kDeliberations:
      return ExportDeliberations(replica, call, id, request.deliberations());
    case v1::ExportDocumentRequest::kCalendar:
      return ExportCalendar(replica, call, id, request.calendar());
    case v1::ExportDocumentRequest::DOCUMENT_NOT_SET:
      break;
  }
  return ToStatus({.field = "document",
                   .fr = "le document voulu manque, ou cette version ne le connaît pas.",
                   .en = "the document wanted is missing, or this version does not know it."});
}

}  // namespace

absl::StatusOr<v1::ExportDocumentResponse> ExportDocument(
    const Replica& replica, const UserCall& call, const v1::ExportDocumentRequest& request) {
  ASSIGN_OR_RETURN(v1::ExportDocumentResponse response, Render(replica, call, request));
  if (response.content().size() <= kDocumentBytesMax) return response;
  return ToStatus(
      {.code = absl::StatusCode::kResourceExhausted,
       .rule = "limit-document",
       .fr = absl::StrCat("le document fait ", response.content().size(), " octets, ",
                          kDocumentBytesMax, " au plus."),
       .en = absl::StrCat("the document has ", response.content().size(), " bytes, at most ",
                          kDocumentBytesMax, "."),
       .next_fr = "demandez une partie du texte (--element) ou une partie à la convention",
       .next_en = "ask for a part of the text (--element) or for one party"});
}

}  // namespace greffe
