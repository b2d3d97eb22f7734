#include "core/export/calendar.h"

#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "core/base/status_macros.h"
#include "core/base/time.h"
#include "core/base/utf8.h"
#include "core/convention/elements/element_blocks.h"
#include "core/convention/elements/french.h"

namespace greffe {
namespace {

// RFC 5545, 3.1: octets of a line without its end.
constexpr std::size_t kLineOctets = 75;
constexpr int kAlarmDays[] = {30, 7};

// 3.3.11. Other control characters may not stand in a text.
std::string Text(absl::string_view text) {
  std::string out = absl::StrReplaceAll(
      text, {{"\\", "\\\\"}, {";", "\\;"}, {",", "\\,"}, {"\r\n", "\\n"}, {"\n", "\\n"}});
  for (char& c : out) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) c = ' ';
  }
  return out;
}

// « 20250301 ».
std::string BasicDate(CivilDate date) { return absl::StrReplaceAll(date.ToString(), {{"-", ""}}); }

// Ids of other software may hold anything; a UID is printable and has no sign with a meaning.
std::string UidPart(absl::string_view id) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || c == '-' || c == '.' || c == '_') {
      out.push_back(c);
    } else {
      absl::StrAppend(&out, "=", std::string(1, kHex[byte >> 4]), std::string(1, kHex[byte & 15]));
    }
  }
  return out;
}

const char* StateWord(v1::DeadlineState state) {
  switch (state) {
    case v1::DEADLINE_STATE_TO_COME:
      return "à venir";
    case v1::DEADLINE_STATE_DUE:
      return "proche";
    case v1::DEADLINE_STATE_LATE:
      return "en retard";
    case v1::DEADLINE_STATE_DONE:
      return "faite";
    case v1::DEADLINE_STATE_PASSED:
      return "passée";
    case v1::DEADLINE_STATE_NOT_COMPUTABLE:
      return "non calculable";
    default:
      return "état inconnu";
  }
}

class Calendar {
 public:
  Calendar(const v1::DeadlinesView& view, const PartnerNames& names, CivilDate stamp)
      : view_(view), names_(names), stamp_(absl::StrCat(BasicDate(stamp), "T000000Z")) {}

  std::string Render() {
    Line("BEGIN:VCALENDAR");
    Line("VERSION:2.0");
    Line("PRODID:-//Greffe//Échéances//FR");
    Line("CALSCALE:GREGORIAN");
    Line(absl::StrCat("X-WR-CALNAME:", Text(view_.title())));
    for (const v1::Deadline& deadline : view_.deadlines()) {
      const std::optional<CivilDate> last = CivilDate::TryParse(deadline.last_day());
      if (last.has_value() && deadline.state() != v1::DEADLINE_STATE_NOT_COMPUTABLE) {
        Event(deadline, *last);
      } else {
        Task(deadline);
      }
    }
    if (view_.deadlines().empty()) Nothing();
    Line("END:VCALENDAR");
    return std::move(out_);
  }

 private:
  // A content line, folded between characters.
  void Line(absl::string_view line) {
    std::size_t room = kLineOctets;
    while (line.size() > room) {
      std::size_t cut = room;
      while (cut > 1 && ContinuesCharacter(line[cut])) --cut;
      absl::StrAppend(&out_, line.substr(0, cut), "\r\n ");
      line.remove_prefix(cut);
      // The space that begins a continued line counts.
      room = kLineOctets - 1;
    }
    absl::StrAppend(&out_, line, "\r\n");
  }

  void Event(const v1::Deadline& deadline, CivilDate last) {
    Line("BEGIN:VEVENT");
    Common(deadline);
    Line(absl::StrCat("DTSTART;VALUE=DATE:", BasicDate(last)));
    Line(absl::StrCat("DTEND;VALUE=DATE:", BasicDate(last.NextDay())));
    Line("TRANSP:TRANSPARENT");
    const bool open = deadline.state() == v1::DEADLINE_STATE_TO_COME ||
                      deadline.state() == v1::DEADLINE_STATE_DUE;
    for (const int days : kAlarmDays) {
      if (open) Alarm(deadline, days);
    }
    Line("END:VEVENT");
  }

  void Task(const v1::Deadline& deadline) {
    Line("BEGIN:VTODO");
    Common(deadline);
    Line("STATUS:NEEDS-ACTION");
    Line("END:VTODO");
  }

  // 3.6: a calendar holds at least one component.
  void Nothing() {
    Line("BEGIN:VJOURNAL");
    Line(absl::StrCat("UID:", UidPart(view_.convention_id()), "@greffe"));
    Line(absl::StrCat("DTSTAMP:", stamp_));
    Line(absl::StrCat("SUMMARY:", Text(view_.title()), kNoBreak, ": aucune échéance"));
    Line("END:VJOURNAL");
  }

  void Alarm(const v1::Deadline& deadline, int days) {
    Line("BEGIN:VALARM");
    Line("ACTION:DISPLAY");
    Line(absl::StrCat("DESCRIPTION:", Text(deadline.text())));
    Line(absl::StrCat("TRIGGER:-P", days, "D"));
    Line("END:VALARM");
  }

  void Common(const v1::Deadline& deadline) {
    Line(absl::StrCat("UID:", UidPart(view_.convention_id()), "-", UidPart(deadline.id()),
                      "@greffe"));
    Line(absl::StrCat("DTSTAMP:", stamp_));
    Line(absl::StrCat("SUMMARY:", Text(deadline.text()), " (", StateWord(deadline.state()), ")"));
    Line(absl::StrCat("DESCRIPTION:", Text(Description(deadline))));
  }

  std::string Description(const v1::Deadline& deadline) const {
    std::vector<std::string> lines = {view_.title()};
    const auto add = [&](absl::string_view label, absl::string_view text) {
      if (!text.empty()) lines.push_back(absl::StrCat(label, kNoBreak, ": ", text));
    };
    if (!deadline.why().empty()) lines.push_back(deadline.why());
    add("Effet", FrenchDate(deadline.effect_on()));
    if (!deadline.partner_id().empty()) add("Qui", names_.Of(deadline.partner_id()));
    add("Règle", deadline.rule());
    lines.push_back(absl::StrCat("Calculé au ", FrenchDate(view_.clock_date()), "."));
    return absl::StrJoin(lines, "\n");
  }

  const v1::DeadlinesView& view_;
  const PartnerNames& names_;
  const std::string stamp_;
  std::string out_;
};

}  // namespace

absl::StatusOr<std::string> RenderCalendar(const v1::DeadlinesView& view,
                                           const PartnerNames& names) {
  ASSIGN_OR_RETURN(const CivilDate stamp, CivilDate::Parse(view.clock_date(), "clock_date"));
  return Calendar(view, names, stamp).Render();
}

}  // namespace greffe
