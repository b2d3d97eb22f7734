#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/convention/elements/life_text.h"
#include "core/convention/reading/event_teller.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::testing::HasSubstr;
using ::testing::Not;

bool IsDay(const FieldDescriptor& field) {
  return absl::EndsWith(field.name(), "_on") || absl::EndsWith(field.name(), "_date") ||
         absl::EndsWith(field.name(), "_from") || field.name() == "as_of";
}

// Fills every field: days with a day, texts with a word of no language, enums with `value` where
// they have it, references with the frozen text or, for acts, its act.
class Filler {
 public:
  Filler(std::string revision, std::string act, int value)
      : revision_(std::move(revision)), act_(std::move(act)), value_(value) {}

  void Fill(Message* message, int depth = 0) const {
    for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message->GetDescriptor()->field(i);
      const bool chosen = field.real_containing_oneof() == nullptr ||
                          message->GetReflection()->HasField(*message, &field);
      if (chosen && field.name() != "replaces") FillField(message, field, depth);
    }
  }

 private:
  void FillField(Message* message, const FieldDescriptor& field, int depth) const {
    const auto& reflection = *message->GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth > 3) return;
        Fill(field.is_repeated() ? reflection.AddMessage(message, &field)
                                 : reflection.MutableMessage(message, &field),
             depth + 1);
        return;
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string text = field.type() != FieldDescriptor::TYPE_BYTES
                                     ? (IsDay(field) ? "2026-03-01" : "xyz")
                                 : field.name() == "act_id" ? act_
                                                            : revision_;
        if (field.is_repeated()) {
          reflection.AddString(message, &field, text);
        } else {
          reflection.SetString(message, &field, text);
        }
        return;
      }
      case FieldDescriptor::CPPTYPE_ENUM:
        if (!field.is_repeated() && field.enum_type()->FindValueByNumber(value_) != nullptr) {
          reflection.SetEnumValue(message, &field, value_);
        }
        return;
      case FieldDescriptor::CPPTYPE_BOOL:
        if (!field.is_repeated()) reflection.SetBool(message, &field, value_ % 2 == 1);
        return;
      default:
        return;
    }
  }

  const std::string revision_;
  const std::string act_;
  const int value_;
};

// Every payload that an event may bear, those of the life of a convention fact by fact.
std::vector<v1::Event> Payloads() {
  std::vector<v1::Event> out;
  const auto* payload = v1::Event::descriptor()->FindOneofByName("payload");
  for (int i = 0; i < payload->field_count(); ++i) {
    v1::Event event;
    event.GetReflection()->MutableMessage(&event, payload->field(i));
    if (!event.has_life_recorded()) {
      out.push_back(std::move(event));
      continue;
    }
    const auto* fact = v1::LifeRecorded::descriptor()->FindOneofByName("fact");
    for (int j = 0; j < fact->field_count(); ++j) {
      out.push_back(Happened(
          Plain(static_cast<v1::LifeRecorded::FactCase>(fact->field(j)->number()), "2026-03-01")));
    }
  }
  return out;
}

std::string KindOf(const v1::Event& event) {
  const auto* payload = v1::Event::descriptor()->FindFieldByNumber(event.payload_case());
  if (!event.has_life_recorded()) return payload->name();
  return v1::LifeRecorded::descriptor()
      ->FindFieldByNumber(static_cast<int>(event.life_recorded().fact_case()))
      ->name();
}

void ExpectBoth(const v1::EventView& told) {
  EXPECT_THAT(told.summary(), Not(HasSubstr("plus récente")));
  EXPECT_FALSE(told.summary_en().empty());
  EXPECT_NE(told.summary(), told.summary_en());
  // Quotes, spaces before colons and small words give a French sentence away.
  for (const char* french :
       {"«", " :", " le ", " la ", " du ", " des ", " au ", " sur ", " est ", " par ", " avec "}) {
    EXPECT_THAT(told.summary_en(), Not(HasSubstr(french)));
  }
  for (const char* english : {"“", " the ", " of ", " on ", " and "}) {
    EXPECT_THAT(told.summary(), Not(HasSubstr(english)));
  }
}

TEST(EventSentence, IsWrittenInBothLanguagesForEveryPayload) {
  Scenario play;
  EventTeller teller(play.Data());
  const auto unknown = teller.View(v1::Event(), Digest());
  EXPECT_THAT(unknown.summary(), HasSubstr("plus récente"));
  EXPECT_THAT(unknown.summary_en(), HasSubstr("newer version"));

  std::set<std::string> kinds;
  for (v1::Event event : Payloads()) {
    SCOPED_TRACE(KindOf(event));
    kinds.insert(KindOf(event));
    ExpectBoth(teller.View(event, Digest()));
    const auto* payload = v1::Event::descriptor()->FindFieldByNumber(event.payload_case());
    // No enum of an event has more values than that.
    for (int value = 0; value < 8; ++value) {
      SCOPED_TRACE(value);
      const Filler filler(play.Leaf(play.frozen).ToBytes(), play.original.ToBytes(), value);
      filler.Fill(event.GetReflection()->MutableMessage(&event, payload));
      ExpectBoth(teller.View(event, Digest()));
    }
  }
  EXPECT_EQ(kinds.count("signature_given"), 1u);
  EXPECT_EQ(kinds.count("review_given"), 1u);
}

// Values that change the sentence in one language change it in the other.
TEST(EventSentence, SaysInEnglishWhatItSaysInFrench) {
  Scenario play;
  EventTeller teller(play.Data());
  for (v1::Event event : Payloads()) {
    SCOPED_TRACE(KindOf(event));
    const auto* payload = v1::Event::descriptor()->FindFieldByNumber(event.payload_case());
    std::set<std::string> fr;
    std::set<std::string> en;
    for (int value = 0; value < 8; ++value) {
      const Filler filler(play.Leaf(play.frozen).ToBytes(), play.original.ToBytes(), value);
      filler.Fill(event.GetReflection()->MutableMessage(&event, payload));
      const v1::EventView told = teller.View(event, Digest());
      fr.insert(told.summary());
      en.insert(told.summary_en());
    }
    EXPECT_EQ(fr.size(), en.size()) << testing::PrintToString(en);
  }
}

TEST(EventSentence, NamesSignerOfficeAndDayInTheReadersLanguage) {
  Scenario play;
  const auto signature =
      play.history.Write(play.b, "b", Sign(play.Leaf(play.frozen), "ob", "2026-03-01"));
  play.history.LearnAll();
  const StateData& data = play.Data();

  const v1::EventView told = EventTeller(data).View(data.FindEvent(play.Leaf(signature)));

  EXPECT_THAT(told.summary(), testing::EndsWith("» le 1er mars 2026."));
  EXPECT_THAT(told.summary_en(), HasSubstr(": signature in Greffe of “"));
  EXPECT_THAT(told.summary_en(), testing::EndsWith("” on 1 March 2026."));
}

// What is not verified is the file, not the text that was signed.
TEST(EventSentence, SaysLastThatAFileIsNotVerified) {
  Scenario play;
  v1::Event event;
  event.mutable_signature_given()->set_revision(play.Leaf(play.frozen).ToBytes());
  event.mutable_signature_given()->set_kind(v1::SIGNATURE_KIND_OUTSIDE_FILE);
  event.mutable_signature_given()->set_signed_on("2026-03-01");

  const v1::EventView told = EventTeller(play.Data()).View(event, Digest());

  EXPECT_THAT(told.summary(), HasSubstr(": signature dans un fichier externe de « "));
  EXPECT_THAT(told.summary(),
              testing::EndsWith("» le 1er mars 2026 (fichier que Greffe ne vérifie pas)."));
  EXPECT_THAT(told.summary_en(), HasSubstr(": signature in an outside file of “"));
  EXPECT_THAT(told.summary_en(),
              testing::EndsWith("” on 1 March 2026 (a file that Greffe does not verify)."));
}

}  // namespace
}  // namespace greffe::test
