#include "core/convention/elements/field_words.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "greffe/v1/act_service.pb.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/attachment_service.pb.h"
#include "greffe/v1/audit_service.pb.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/element.pb.h"
#include "greffe/v1/follow_up_service.pb.h"
#include "greffe/v1/life_service.pb.h"

namespace greffe {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Fields that no person fills in: what the next import compares with.
bool IsForMachines(const FieldDescriptor& field) {
  return field.name() == "as_read" || field.name() == "salt";
}

// Each field of the message and of what it holds, with the name that it stands in.
void EachField(const Descriptor& message, const std::string& within,
               std::set<std::string>* seen_paths, std::set<const Descriptor*>* open) {
  if (!open->insert(&message).second) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (IsForMachines(field)) continue;
    seen_paths->insert(within.empty() ? field.name() : absl::StrCat(within, ".", field.name()));
    const Descriptor* const inner = field.message_type();
    if (inner == nullptr || !absl::StartsWith(inner->full_name(), "greffe.v1.")) continue;
    EachField(*inner, field.name(), seen_paths, open);
  }
  open->erase(&message);
}

std::set<std::string> AllPaths() {
  std::set<std::string> paths;
  std::set<const Descriptor*> open;
  EachField(*v1::Element::descriptor(), "element", &paths, &open);
  for (const auto* file :
       {v1::ProposeActRequest::descriptor()->file(), v1::AddUserRequest::descriptor()->file(),
        v1::AddAttachmentRequest::descriptor()->file(), v1::VerifyRequest::descriptor()->file(),
        v1::GetConventionRequest::descriptor()->file(),
        v1::ReportProgressRequest::descriptor()->file(),
        v1::RecordFactRequest::descriptor()->file()}) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      const Descriptor& message = *file->message_type(i);
      if (absl::EndsWith(message.name(), "Request")) EachField(message, "", &paths, &open);
    }
  }
  return paths;
}

TEST(FieldWords, EveryFieldOfElementsAndRequestsHasALabelInBothLanguages) {
  const std::set<std::string> paths = AllPaths();
  // The walk reaches what stands deep.
  EXPECT_EQ(paths.count("deliberation.votes_for"), 1u);
  EXPECT_EQ(paths.count("items.text"), 1u);
  EXPECT_EQ(paths.count("notice_sent.to_partners"), 1u);
  for (const std::string& path : paths) {
    EXPECT_NE(FindFieldLabel(path), "") << path;
    EXPECT_NE(FindFieldLabelEn(path), "") << path;
    EXPECT_FALSE(absl::StrContains(FindFieldLabel(path), "_")) << path;
  }
}

TEST(FieldWords, TheLongerKeyWins) {
  EXPECT_EQ(FieldLabel("body"), "Instance");
  EXPECT_EQ(FieldLabel("article.body"), "Texte");
  EXPECT_EQ(FieldLabel("changes[2].put.article.body"), "Texte");
  EXPECT_EQ(FieldLabel("body.members[2]"), "Membre");
  EXPECT_EQ(FieldLabelEn("deliberation.votes_for"), "Votes for");
}

TEST(FieldWords, WhatHasNoWordKeepsItsName) {
  EXPECT_EQ(FindFieldLabel("--html"), "");
  EXPECT_EQ(FindFieldLabel(""), "");
  EXPECT_EQ(FieldLabel("deliberation.of_newer_software"), "of_newer_software");
  EXPECT_EQ(FieldLabelEn("0"), "0");
}

TEST(FieldWords, EveryEnumValueOfAnElementHasAWord) {
  std::set<std::string> enums;
  const Descriptor& element = *v1::Element::descriptor();
  for (int i = 0; i < element.field_count(); ++i) {
    const Descriptor* const content = element.field(i)->message_type();
    if (content == nullptr) continue;
    for (int j = 0; j < content->field_count(); ++j) {
      const FieldDescriptor& field = *content->field(j);
      if (field.enum_type() == nullptr) continue;
      enums.insert(field.enum_type()->name());
      const std::string path = absl::StrCat(element.field(i)->name(), ".", field.name());
      for (int value = 0; value < field.enum_type()->value_count(); ++value) {
        if (field.enum_type()->value(value)->number() == 0) continue;
        const std::string& name = field.enum_type()->value(value)->name();
        EXPECT_NE(FieldValue({path, name}), name) << path;
        EXPECT_NE(FieldValueEn({path, name}), name) << path;
      }
    }
  }
  EXPECT_GE(enums.size(), 8u);
}

TEST(FieldWords, ATextThatReadsLikeAValueStaysATextOfItsAuthor) {
  EXPECT_EQ(FieldValue({"article.body", "PARTNER_KIND_CAF"}), "PARTNER_KIND_CAF");
  EXPECT_EQ(FieldValue({"party.deliberates", "true"}), "oui");
  EXPECT_EQ(FieldValue({"terms.end_date", "2025-12-31"}), "31 décembre 2025");
  EXPECT_EQ(FieldValueEn({"terms.end_date", "2025-12-31"}), "31 December 2025");
  EXPECT_EQ(FieldValueEn({"party.deliberates", "false"}), "no");
}

}  // namespace
}  // namespace greffe
