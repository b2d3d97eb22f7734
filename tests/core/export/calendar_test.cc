#include "core/export/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::StatusIs;

v1::DeadlinesView View() {
  v1::DeadlinesView view;
  view.set_convention_id("3f9a2c00000000000000000000000000");
  view.set_title("Convention d'essai");
  view.set_clock_date("2025-09-01");
  v1::Deadline* denunciation = view.add_deadlines();
  denunciation->set_id("L-53-0a1b");
  denunciation->set_rule("L-53");
  denunciation->set_state(v1::DEADLINE_STATE_TO_COME);
  denunciation->set_last_day("2026-02-28");
  denunciation->set_effect_on("2026-03-01");
  denunciation->set_text("Fin du préavis de dénonciation");
  denunciation->set_why("six mois à compter du 31 août 2025");
  denunciation->set_partner_id("commune");
  return view;
}

// Lines as a reader of calendars sees them: unfolded. Empty when the file breaks RFC 5545, 3.1.
std::vector<std::string> Unfolded(const std::string& file) {
  if (!absl::EndsWith(file, "\r\n")) return {};
  for (const absl::string_view line : absl::StrSplit(file, "\r\n")) {
    if (line.size() > 75 || line.find_first_of(absl::string_view("\r\n\0", 3)) != line.npos) {
      return {};
    }
    // A character must not be split.
    if (!line.empty() && (static_cast<unsigned char>(line[0]) & 0xC0) == 0x80) return {};
    if (line.size() > 1 && line[0] == ' ' && (static_cast<unsigned char>(line[1]) & 0xC0) == 0x80) {
      return {};
    }
  }
  const std::string joined = absl::StrReplaceAll(file, {{"\r\n ", ""}});
  std::vector<std::string> lines = absl::StrSplit(joined, "\r\n");
  lines.pop_back();
  return lines;
}

std::vector<std::string> Lines(const v1::DeadlinesView& view) {
  const auto file = RenderCalendar(view);
  EXPECT_OK(file);
  return file.ok() ? Unfolded(*file) : std::vector<std::string>();
}

TEST(RenderCalendar, NamesWhoHasToAct) {
  v1::StatusView board;
  board.add_parties()->set_partner_id("commune");
  board.mutable_parties(0)->set_name("Commune du Vallon");
  PartnerNames names;
  names.Add(board);

  const auto file = RenderCalendar(View(), names);

  ASSERT_OK(file);
  EXPECT_THAT(Unfolded(*file), Contains(HasSubstr("Qui\u00a0: Commune du Vallon\\n")));
}

TEST(RenderCalendar, WritesOneDeadlineAsAnAllDayEventWithAlarms) {
  EXPECT_THAT(
      Lines(View()),
      ElementsAre(
          "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Greffe//Échéances//FR", "CALSCALE:GREGORIAN",
          "X-WR-CALNAME:Convention d'essai", "BEGIN:VEVENT",
          "UID:3f9a2c00000000000000000000000000-L-53-0a1b@greffe", "DTSTAMP:20250901T000000Z",
          "SUMMARY:Fin du préavis de dénonciation (à venir)",
          "DESCRIPTION:Convention d'essai\\nsix mois à compter du 31 août 2025\\nEffet\u00a0: 1er "
          "mars 2026\\nQui\u00a0: commune\\nRègle\u00a0: L-53\\nCalculé au 1er septembre 2025.",
          "DTSTART;VALUE=DATE:20260228", "DTEND;VALUE=DATE:20260301", "TRANSP:TRANSPARENT",
          "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Fin du préavis de dénonciation",
          "TRIGGER:-P30D", "END:VALARM", "BEGIN:VALARM", "ACTION:DISPLAY",
          "DESCRIPTION:Fin du préavis de dénonciation", "TRIGGER:-P7D", "END:VALARM", "END:VEVENT",
          "END:VCALENDAR"));
}

TEST(RenderCalendar, GivesTheSameBytesForTheSameView) {
  EXPECT_EQ(*RenderCalendar(View()), *RenderCalendar(View()));
}

TEST(RenderCalendar, KeepsTheUidWhereTheDateMoves) {
  v1::DeadlinesView later = View();
  later.set_clock_date("2025-10-01");
  later.mutable_deadlines(0)->set_last_day("2026-03-31");
  later.mutable_deadlines(0)->set_text("Autrement dit");

  EXPECT_THAT(Lines(later), Contains("UID:3f9a2c00000000000000000000000000-L-53-0a1b@greffe"));
}

TEST(RenderCalendar, AlarmsOnlyForWhatIsOpen) {
  v1::DeadlinesView view = View();
  view.mutable_deadlines(0)->set_state(v1::DEADLINE_STATE_DONE);
  EXPECT_THAT(Lines(view), Not(Contains("BEGIN:VALARM")));
  view.mutable_deadlines(0)->set_state(v1::DEADLINE_STATE_LATE);
  EXPECT_THAT(Lines(view), Not(Contains("BEGIN:VALARM")));
  EXPECT_THAT(Lines(view), Contains("SUMMARY:Fin du préavis de dénonciation (en retard)"));
  view.mutable_deadlines(0)->set_state(v1::DEADLINE_STATE_DUE);
  EXPECT_THAT(Lines(view), Contains("BEGIN:VALARM"));
}

TEST(RenderCalendar, MakesATaskOfWhatCannotBeComputed) {
  v1::DeadlinesView view = View();
  view.mutable_deadlines(0)->set_state(v1::DEADLINE_STATE_NOT_COMPUTABLE);
  view.mutable_deadlines(0)->clear_last_day();
  view.mutable_deadlines(0)->set_why("la publication n'est pas connue");

  const std::vector<std::string> lines = Lines(view);

  EXPECT_THAT(lines, Contains("BEGIN:VTODO"));
  EXPECT_THAT(lines, Not(Contains("BEGIN:VEVENT")));
  EXPECT_THAT(lines, Contains(HasSubstr("la publication n'est pas connue")));
}

TEST(RenderCalendar, TakesALastDayThatIsNoDateForUnknown) {
  v1::DeadlinesView view = View();
  view.mutable_deadlines(0)->set_last_day("2026-02-30\r\nBEGIN:VALARM");

  EXPECT_THAT(Lines(view), Contains("BEGIN:VTODO"));
  EXPECT_THAT(Lines(view), Not(Contains("BEGIN:VALARM")));
}

TEST(RenderCalendar, FoldsBetweenCharactersWhateverTheLength) {
  for (std::size_t size = 0; size < 200; ++size) {
    v1::DeadlinesView view = View();
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += i % 3 == 0 ? "é" : i % 3 == 1 ? "x" : "€";
    view.mutable_deadlines(0)->set_text(text);

    EXPECT_THAT(Lines(view), Contains("SUMMARY:" + text + " (à venir)")) << size;
  }
}

TEST(RenderCalendar, NoTextBreaksOutOfItsLine) {
  for (const char* text :
       {"a\r\nBEGIN:VALARM", "a\nEND:VCALENDAR", "a\rb", "a;b,c\\d", "a\x1B[2J"}) {
    v1::DeadlinesView view = View();
    view.set_title(text);
    view.set_convention_id(text);
    v1::Deadline* deadline = view.mutable_deadlines(0);
    deadline->set_id(text);
    deadline->set_text(text);
    deadline->set_why(text);
    deadline->set_rule(text);
    deadline->set_partner_id(text);
    deadline->set_effect_on(text);

    const std::vector<std::string> lines = Lines(view);

    EXPECT_THAT(lines, Not(IsEmpty())) << text;
    EXPECT_EQ(lines.size(), 25u) << text;
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "END:VCALENDAR"), 1) << text;
  }
  v1::DeadlinesView view = View();
  view.mutable_deadlines(0)->set_text("a;b,c\\d\ne");
  EXPECT_THAT(Lines(view), Contains("SUMMARY:a\\;b\\,c\\\\d\\ne (à venir)"));
}

// RFC 5545, 3.6: at least one component.
TEST(RenderCalendar, SaysThatNothingIsDue) {
  v1::DeadlinesView view = View();
  view.clear_deadlines();

  EXPECT_THAT(Lines(view),
              ElementsAre("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Greffe//Échéances//FR",
                          "CALSCALE:GREGORIAN", "X-WR-CALNAME:Convention d'essai", "BEGIN:VJOURNAL",
                          "UID:3f9a2c00000000000000000000000000@greffe", "DTSTAMP:20250901T000000Z",
                          "SUMMARY:Convention d'essai\u00a0: aucune échéance", "END:VJOURNAL",
                          "END:VCALENDAR"));
}

TEST(RenderCalendar, RefusesAClockDateThatIsNone) {
  v1::DeadlinesView view = View();
  view.clear_clock_date();

  EXPECT_THAT(RenderCalendar(view).status(), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace greffe
