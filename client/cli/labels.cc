#include "client/cli/labels.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "client/cli/format.h"
#include "client/cli/text_width.h"
#include "core/base/french_name.h"
#include "core/convention/elements/field_words.h"

namespace greffe::cli {
namespace {

constexpr Message kUnknown = {"?", "?"};

}  // namespace

const char* LabelOf(Lang lang, v1::ConventionStanding standing) {
  switch (standing) {
    case v1::CONVENTION_STANDING_PROJECT:
      return Say(lang, {"projet", "draft"});
    case v1::CONVENTION_STANDING_CONCLUDED:
      return Say(lang, {"conclue, pas encore d'effet", "concluded, not yet in effect"});
    case v1::CONVENTION_STANDING_IN_FORCE:
      return Say(lang, {"en vigueur", "in force"});
    case v1::CONVENTION_STANDING_EXPIRED:
      return Say(lang, {"expirée", "expired"});
    case v1::CONVENTION_STANDING_TERMINATED:
      return Say(lang, {"finie avant son terme", "ended before its term"});
    default:
      return Say(lang, kUnknown);
  }
}

const char* LabelOf(Lang lang, v1::ActStanding standing) {
  switch (standing) {
    case v1::ACT_STANDING_DRAFT:
      return Say(lang, {"en préparation", "draft"});
    case v1::ACT_STANDING_FROZEN:
      return Say(lang, {"figé, à signer", "frozen, to be signed"});
    case v1::ACT_STANDING_CONCLUDED:
      return Say(lang, {"conclu", "concluded"});
    case v1::ACT_STANDING_WITHDRAWN:
      return Say(lang, {"retiré", "withdrawn"});
    default:
      return Say(lang, kUnknown);
  }
}

const char* LabelOf(Lang lang, v1::ActKind kind) {
  switch (kind) {
    case v1::ACT_KIND_ORIGINAL:
      return Say(lang, {"convention d'origine", "convention d'origine"});
    case v1::ACT_KIND_AVENANT:
      return Say(lang, {"avenant", "avenant"});
    case v1::ACT_KIND_COMMITTEE_DECISION:
      return Say(lang, {"décision du comité", "décision du comité"});
    case v1::ACT_KIND_AGREED_TERMINATION:
      return Say(lang, {"résiliation amiable", "résiliation amiable"});
    default:
      return Say(lang, kUnknown);
  }
}

const char* LabelOf(Lang lang, v1::PeerState state) {
  switch (state) {
    case v1::PEER_STATE_IN_SYNC:
      return Say(lang, {"à jour", "in sync"});
    case v1::PEER_STATE_SYNCING:
      return Say(lang, {"en cours d'échange", "syncing"});
    case v1::PEER_STATE_UNREACHABLE:
      return Say(lang, {"injoignable", "unreachable"});
    case v1::PEER_STATE_PAUSED:
      return Say(lang, {"en pause", "paused"});
    case v1::PEER_STATE_NEVER_MET:
      return Say(lang, {"jamais rencontré", "never met"});
    default:
      return Say(lang, kUnknown);
  }
}

const char* LabelOf(Lang lang, v1::ProgressState state) {
  switch (state) {
    case v1::PROGRESS_STATE_NOT_STARTED:
      return Say(lang, {"pas commencée", "not started"});
    case v1::PROGRESS_STATE_IN_PROGRESS:
      return Say(lang, {"en cours", "in progress"});
    case v1::PROGRESS_STATE_DONE:
      return Say(lang, {"faite", "done"});
    case v1::PROGRESS_STATE_DELAYED:
      return Say(lang, {"en retard", "delayed"});
    case v1::PROGRESS_STATE_ABANDONED:
      return Say(lang, {"abandonnée", "abandoned"});
    default:
      return Say(lang, kUnknown);
  }
}

const char* LabelOf(Lang lang, v1::FindingSeverity severity) {
  switch (severity) {
    case v1::FINDING_SEVERITY_NOTE:
      return Say(lang, {"note", "note"});
    case v1::FINDING_SEVERITY_WARNING:
      return Say(lang, {"attention", "warning"});
    case v1::FINDING_SEVERITY_SERIOUS:
      return Say(lang, {"grave", "serious"});
    default:
      return Say(lang, kUnknown);
  }
}

const char* LabelOf(Lang lang, v1::SignatureKind kind) {
  switch (kind) {
    case v1::SIGNATURE_KIND_ELECTRONIC:
      return Say(lang, {"dans Greffe", "in Greffe"});
    case v1::SIGNATURE_KIND_PAPER:
      return Say(lang, {"sur papier", "on paper"});
    case v1::SIGNATURE_KIND_OUTSIDE_FILE:
      return Say(lang, {"fichier de signature externe", "outside signature file"});
    default:
      return Say(lang, kUnknown);
  }
}

const char* SignOf(v1::DiffKind kind) {
  switch (kind) {
    case v1::DIFF_KIND_ADDED:
      return "+";
    case v1::DIFF_KIND_REMOVED:
      return "-";
    default:
      return "~";
  }
}

std::string SayValue(Lang lang, const v1::FollowUpValue& value, const PartnerNames* names) {
  std::string out;
  switch (value.value_case()) {
    case v1::FollowUpValue::kMeasurement:
      out = absl::StrCat(value.measurement().value(), " (", value.measurement().period(), ")");
      if (!value.measurement().source().empty()) {
        absl::StrAppend(&out, " – ", value.measurement().source());
      }
      break;
    case v1::FollowUpValue::kProgress:
      out = LabelOf(lang, value.progress().state());
      if (value.progress().has_percent()) {
        absl::StrAppend(&out, ", ", value.progress().percent(), " %");
      }
      if (!value.progress().as_of().empty()) {
        absl::StrAppend(&out, ", ", LongDate(lang, value.progress().as_of()));
      }
      if (!value.progress().comment().empty()) {
        absl::StrAppend(&out, " – ", value.progress().comment());
      }
      break;
    case v1::FollowUpValue::kMeeting:
      out = LongDate(lang, value.meeting().held_on());
      if (!value.meeting().attendance().empty()) {
        // An organisation may be named by its id.
        const auto name = [&](std::string* to, const std::string& one) {
          absl::StrAppend(to, names == nullptr ? one : NameAndId(*names, one));
        };
        absl::StrAppend(&out, Say(lang, {" ; présents : ", "; present: "}),
                        absl::StrJoin(value.meeting().attendance(), " · ", name));
      }
      for (const std::string& decision : value.meeting().decisions()) {
        absl::StrAppend(&out, " ; ", decision);
      }
      break;
    case v1::FollowUpValue::kPredecessor:
      out = absl::StrCat(value.predecessor().title(), ", ",
                         LongDate(lang, value.predecessor().start_date()), " – ",
                         LongDate(lang, value.predecessor().end_date()));
      break;
    default:
      out = Say(lang, kUnknown);
  }
  return PrintableLine(absl::StrReplaceAll(out, {{"\n", " ; "}}));
}

std::string SaySummary(Lang lang, const v1::EventView& event) {
  // A replica of an older version says it in French alone.
  const bool english = lang == Lang::kEnglish && !event.summary_en().empty();
  return PrintableLine(english ? event.summary_en() : InnerQuotes(event.summary()));
}

std::string SaySubject(Lang lang, const v1::ConflictView& conflict) {
  const bool english = lang == Lang::kEnglish && !conflict.subject_en().empty();
  return english ? conflict.subject_en() : conflict.subject();
}

std::string OfWhom(Lang lang, absl::string_view party) {
  return lang == Lang::kFrench ? OfParty(party) : absl::StrCat("of ", party);
}

std::string Whom(Lang lang, absl::string_view party) {
  return lang == Lang::kFrench ? TheParty(party) : std::string(party);
}

std::string SayField(Lang lang, absl::string_view path) {
  // What `peer join` was given holds it; nobody typed a field of that name.
  if (path == "secret") return "INVITATION";
  const absl::string_view label =
      lang == Lang::kFrench ? FindFieldLabel(path) : FindFieldLabelEn(path);
  return label.empty() ? std::string(path) : absl::StrCat(label, " (", path, ")");
}

std::string NameAndId(const PartnerNames& names, const std::string& partner_id) {
  const std::string name = names.Of(partner_id);
  const std::string id = absl::StrCat("(", partner_id, ")");
  // Two of one name are told apart already.
  return name == partner_id || absl::EndsWith(name, id) ? name : absl::StrCat(name, " ", id);
}

std::string SayAuthor(Lang lang, const v1::EventView& event, const PartnerNames* names) {
  std::string out = names == nullptr ? event.partner_id() : NameAndId(*names, event.partner_id());
  if (!event.office().empty()) absl::StrAppend(&out, ", ", event.office());
  absl::StrAppend(&out, ", ", ShortInstant(lang, event.recorded_at()));
  return PrintableLine(out);
}

}  // namespace greffe::cli
