#include "core/rules/clear_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace greffe::rules {
namespace {

using ::testing::HasSubstr;

constexpr v1::FindingSeverity kNothing = v1::FINDING_SEVERITY_UNSPECIFIED;
constexpr v1::FindingSeverity kNote = v1::FINDING_SEVERITY_NOTE;
constexpr v1::FindingSeverity kWarning = v1::FINDING_SEVERITY_WARNING;

// What is found of an assembly that sat on 23 June 2025: empty for nothing.
struct Found {
  std::string code;
  v1::FindingSeverity severity = kNothing;
  std::string fr;
};
Found Find(const std::string& assembly, std::uint32_t members, const std::string& convened_on) {
  v1::Deliberation vote;
  vote.set_assembly(assembly);
  vote.set_members_in_office(members);
  vote.set_sitting_on("2025-06-23");
  vote.set_convened_on(convened_on);
  const auto found = CheckConvening(vote);
  if (found.empty()) return {};
  EXPECT_EQ(found[0].rule, Rule::kConvening);
  return {std::string(found[0].code), found[0].severity, found[0].words.fr};
}
v1::FindingSeverity Severity(const std::string& assembly, std::uint32_t members,
                             const std::string& convened_on) {
  return Find(assembly, members, convened_on).severity;
}

TEST(ClearDays, AreCountedBetweenConveningAndSitting) {
  EXPECT_EQ(Find("", 35, "2025-06-17").code, "");
  EXPECT_EQ(Find("", 35, "2025-06-18").code, "convened-under-five-days");
  EXPECT_EQ(Find("", 35, "2025-06-19").code, "convened-under-five-days");
  EXPECT_EQ(Find("", 35, "2025-06-20").code, "convened-late");
  EXPECT_THAT(Find("", 35, "2025-06-20").fr, HasSubstr("le 20 juin 2025, 2 jours francs avant"));
  EXPECT_EQ(Find("", 35, "2025-06-23").code, "convened-late");
  EXPECT_THAT(Find("", 35, "2025-06-23").fr, HasSubstr(", 0 jour franc"));
  EXPECT_EQ(Find("", 35, "").code, "");
}

// Whatever the assembly.
TEST(ClearDays, AreNoneAfterTheSitting) {
  for (const char* const assembly : {"", "Commission permanente", "Conseil régional"}) {
    EXPECT_EQ(Find(assembly, 35, "2025-06-24").code, "convened-after-sitting") << assembly;
    EXPECT_EQ(Severity(assembly, 35, "2025-06-24"), v1::FINDING_SEVERITY_SERIOUS) << assembly;
  }
}

// L. 2121-11, L. 2121-12.
TEST(ClearDays, OfACommuneAreThoseOfItsSize) {
  const char* const four = "2025-06-18";
  EXPECT_EQ(Severity("Conseil municipal", 0, four), kNote);
  EXPECT_EQ(Severity("Conseil municipal", 24, four), kNote);
  EXPECT_EQ(Severity("Conseil municipal", 26, four), kNote);
  EXPECT_EQ(Severity("Conseil municipal", 27, four), kWarning);
  EXPECT_EQ(Severity("Conseil municipal", 23, four), kNothing);
  // Three are wanted of all.
  const char* const two = "2025-06-20";
  EXPECT_THAT(Find("Conseil municipal", 0, two).fr, HasSubstr("il en faut trois"));
  EXPECT_EQ(Severity("Conseil municipal", 0, two), kWarning);
  EXPECT_THAT(Find("Conseil municipal", 27, two).fr, HasSubstr("il en faut cinq"));
  EXPECT_EQ(Severity("Conseil municipal", 11, "2025-06-19"), kNothing);
}

// L. 5211-1.
TEST(ClearDays, OfAnEpciAreFiveWhateverItsSize) {
  for (const char* const assembly :
       {"Conseil communautaire", "Conseil de la communauté de communes", "Conseil d'agglomération",
        "Conseil de la métropole", "Conseil métropolitain",
        "Comité syndical du syndicat intercommunal", "Comité du syndicat de communes",
        "Comité syndical du SIVU", "Comité du SIVOM", "Comité du SIVOS"}) {
    EXPECT_EQ(Severity(assembly, 12, "2025-06-18"), kWarning) << assembly;
    EXPECT_THAT(Find(assembly, 12, "2025-06-20").fr, HasSubstr("cinq dans un EPCI")) << assembly;
    EXPECT_EQ(Severity(assembly, 12, "2025-06-17"), kNothing) << assembly;
  }
}

// L. 5711-1, L. 5721-2: what a syndicat mixte wants depends on who is in it.
TEST(ClearDays, OfASyndicatMixteAreFiveWhereItIsFerme) {
  EXPECT_EQ(Severity("Comité du syndicat mixte fermé", 12, "2025-06-18"), kWarning);
  EXPECT_THAT(Find("Comité du syndicat mixte fermé", 12, "2025-06-18").fr, HasSubstr("L. 5711-1"));
  EXPECT_EQ(Severity("Comité du syndicat mixte ouvert", 12, "2025-06-22"), kNothing);
  for (const char* const assembly : {"Comité syndical", "Comité du syndicat mixte"}) {
    EXPECT_EQ(Severity(assembly, 12, "2025-06-18"), kNote) << assembly;
    EXPECT_EQ(Severity(assembly, 40, "2025-06-22"), kNote) << assembly;
    EXPECT_THAT(Find(assembly, 12, "2025-06-18").fr, HasSubstr("les statuts le disent"));
    EXPECT_EQ(Severity(assembly, 12, "2025-06-17"), kNothing) << assembly;
  }
}

// L. 3121-19, L. 4132-18: of the report, and of days that the law does not call clear.
TEST(ClearDays, OfADepartementAreTwelveToTheReport) {
  for (const char* const assembly : {"Conseil départemental", "Assemblée départementale"}) {
    EXPECT_EQ(Find(assembly, 50, "2025-06-12").code, "convened-under-twelve-days") << assembly;
    EXPECT_EQ(Severity(assembly, 50, "2025-06-22"), kNote) << assembly;
    EXPECT_THAT(Find(assembly, 50, "2025-06-12").fr, HasSubstr("L. 3121-19")) << assembly;
    EXPECT_EQ(Severity(assembly, 50, "2025-06-11"), kNothing) << assembly;
  }
  EXPECT_THAT(Find("Conseil régional", 60, "2025-06-12").fr, HasSubstr("L. 4132-18"));
  EXPECT_EQ(Severity("Conseil régional", 60, "2025-06-11"), kNothing);
  EXPECT_EQ(Severity("Commission permanente du conseil départemental", 12, "2025-06-22"), kNothing);
}

}  // namespace
}  // namespace greffe::rules
