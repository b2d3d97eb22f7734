#include "core/reader/body_words.h"

#include <gtest/gtest.h>

namespace greffe::reader {
namespace {

TEST(MeetingsPerYear, AreReadInFiguresAndWords) {
  EXPECT_EQ(MeetingsPerYear("Il se réunit une fois par an."), 1u);
  EXPECT_EQ(MeetingsPerYear("Au moins douze fois par an"), 12u);
  EXPECT_EQ(MeetingsPerYear("seize fois par an"), 16u);
  EXPECT_EQ(MeetingsPerYear("2 réunions par an"), 2u);
  EXPECT_EQ(MeetingsPerYear("tous les trois mois"), 4u);
  EXPECT_EQ(MeetingsPerYear("tous les 2 mois"), 6u);
  EXPECT_EQ(MeetingsPerYear("trimestriellement"), 4u);
}

TEST(MeetingsPerYear, AreNoneWhereNoNumberStands) {
  EXPECT_EQ(MeetingsPerYear("plusieurs fois par an"), 0u);
  EXPECT_EQ(MeetingsPerYear("2025 réunions par an"), 0u);
  EXPECT_EQ(MeetingsPerYear("zéro fois par an"), 0u);
  EXPECT_EQ(MeetingsPerYear("tous les ans"), 0u);
}

}  // namespace
}  // namespace greffe::reader
