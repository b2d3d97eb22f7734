#include "core/convention/text/word_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <regex>

#include "absl/strings/str_join.h"
#include "core/convention/text/amend.h"
#include "core/convention/views/wording.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

v1::Element OneArticle(const std::string& body) {
  v1::Element out;
  out.set_id("art-2");
  out.set_position("a");
  out.mutable_article()->set_number("2");
  out.mutable_article()->set_body(body);
  return out;
}

// What the avenant that makes `was` into `becomes` says, once its operations are proved.
std::vector<std::string> Said(const std::string& was, const std::string& becomes) {
  AmendedText base;
  base.Put(std::make_shared<const v1::Element>(OneArticle(was)), ElementDigest(OneArticle(was)));
  const auto put = std::make_shared<const v1::Element>(OneArticle(becomes));
  AmendedText after;
  after.Put(put, ElementDigest(*put));
  const auto operations = MakeOperations(base, {{"art-2", put}});
  const Wording wording(base, after);
  std::vector<std::string> out;
  for (const TextOperation& one : operations) out.push_back(wording.Of(one));
  AmendedText applied = base;
  EXPECT_TRUE(ApplyOperations(operations, &applied).ok()) << was << "\n" << becomes;
  EXPECT_EQ(applied.TextDigest(), after.TextDigest()) << was << "\n" << becomes;
  return out;
}

TEST(WordRuns, SaysApartWhatStandsApart) {
  EXPECT_THAT(
      Said("Elle finance l'annexe 2 à hauteur de 135 000 € par an.",
           "Elle finance l'annexe 5 à hauteur de 150 000 € par an."),
      ElementsAre("À l'article 2, les mots : « l'annexe 2 » sont remplacés par les mots : « "
                  "l'annexe 5 ».",
                  "À l'article 2, les mots : « 135 000 € » sont remplacés par les mots : « "
                  "150 000 € »."));
  EXPECT_THAT(Said("Le comité, présidé par la Caf, se réunit une fois par an.",
                   "Le comité technique, présidé par la Caf, se réunit deux fois par an."),
              ElementsAre("À l'article 2, le mot : « comité » est remplacé par les mots : « comité "
                          "technique ».",
                          "À l'article 2, le mot : « une » est remplacé par le mot : « deux »."));
}

TEST(WordRuns, SaysInOneWhatFewWordsPart) {
  EXPECT_THAT(Said("Elle dure trois ans et finit en mai, sauf accord des parties.",
                   "Elle dure quatre ans et finit en juin, sauf accord des parties."),
              ElementsAre("À l'article 2, le mot : « trois » est remplacé par le mot : « quatre ».",
                          "À l'article 2, le mot : « mai » est remplacé par le mot : « juin »."));
  EXPECT_THAT(Said("Elle dure trois ans et six mois, sauf accord des parties.",
                   "Elle dure quatre ans et neuf mois, sauf accord des parties."),
              ElementsAre("À l'article 2, les mots : « trois ans et six » sont remplacés par les "
                          "mots : « quatre ans et neuf »."));
}

TEST(WordRuns, LeavesTheMarksThatCloseAWord) {
  EXPECT_THAT(Said("Il se réunit une fois par an.", "Il se réunit une fois par trimestre."),
              ElementsAre("À l'article 2, le mot : « an » est remplacé par le mot : « trimestre "
                          "»."));
  EXPECT_THAT(Said("Il se réunit (une fois par an) ; il rend compte.",
                   "Il se réunit (une fois par mois) ; il rend compte."),
              ElementsAre("À l'article 2, le mot : « an » est remplacé par le mot : « mois »."));
  // A mark that comes, goes or follows what goes is said with its word.
  EXPECT_THAT(Said("La Caf, la commune et la MSA.", "La Caf la commune et la MSA."),
              ElementsAre("À l'article 2, le mot : « Caf, » est remplacé par le mot : « Caf »."));
  EXPECT_THAT(Said("La Caf verse 24 000 €, puis rend compte.", "La Caf verse 24 000 € et compte."),
              ElementsAre("À l'article 2, les mots : « 24 000 €, puis rend » sont remplacés par "
                          "les mots : « 24 000 € et »."));
}

TEST(WordRuns, SaysABareNumberWithWhatItNumbers) {
  EXPECT_THAT(Said("Voir la fiche 12, en annexe.", "Voir la fiche 13, en annexe."),
              ElementsAre("À l'article 2, les mots : « fiche 12 » sont remplacés par les mots : « "
                          "fiche 13 »."));
}

TEST(WordRuns, SaysAllInOneWhenOneChangePutsInWhatAnotherReplaces) {
  EXPECT_THAT(Said("Le maire signe avec la Caf au nom du conseil.",
                   "Le conseil signe avec la Caf au nom du département."),
              ElementsAre(HasSubstr("sont remplacés par les mots")));
}

TEST(WordRuns, WritesAnewWhatChangesInManyPlaces) {
  EXPECT_THAT(Said("un a b c deux d e f trois g h i quatre j k l cinq",
                   "UN a b c DEUX d e f TROIS g h i QUATRE j k l CINQ"),
              ElementsAre(HasSubstr("Le premier alinéa de l'article 2 est ainsi rédigé")));
}

// As a reader with the paper in hand does it: the words named stand in the article once, and those
// in their place are put there.
bool ApplyByHand(const std::string& sentence, std::string* body) {
  static const std::regex& kSaid = *new std::regex(
      "À l'article 2, (?:le|les) mots? : « (.*?) » (?:est|sont) "
      "(?:supprimés?|remplacés? par (?:le|les) mots? : « (.*) »)\\.");
  std::smatch found;
  if (!std::regex_match(sentence, found, kSaid)) return false;
  const std::string from = found[1];
  const std::string to = found[2];
  const auto ends_word = [&](std::size_t at) {
    return at >= body->size() || std::string(" .,;").find((*body)[at]) != std::string::npos;
  };
  std::vector<std::size_t> places;
  for (std::size_t at = body->find(from); at != std::string::npos; at = body->find(from, at + 1)) {
    if ((at == 0 || (*body)[at - 1] == ' ') && ends_word(at + from.size())) places.push_back(at);
  }
  EXPECT_EQ(places.size(), 1u) << sentence << "\n" << *body;
  if (places.size() != 1) return false;
  const bool gone = to.empty();
  const bool first = places[0] == 0;
  body->replace(places[0] - (gone && !first ? 1 : 0), from.size() + (gone ? 1 : 0), to);
  return true;
}

TEST(WordRuns, TurnOneSentenceIntoTheOtherInTheHandsOfAReader) {
  const char* const kWords[] = {"la",     "Caf",      "verse",   "24 000 €", "par",    "an",
                                "à",      "l'annexe", "2",       "et",       "comité", "rend",
                                "compte", "2026",     "0,8 ETP", "du",       "conseil"};
  const char* const kMarks[] = {"", "", "", "", "", ",", " ;", "."};
  std::uint32_t seed = 4;
  const auto next = [&seed](std::uint32_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
  };
  const auto word = [&] {
    return std::string(kWords[next(std::size(kWords))]) + kMarks[next(std::size(kMarks))];
  };
  int by_words = 0;
  int apart = 0;
  for (int round = 0; round < 5000; ++round) {
    std::vector<std::string> words(1 + next(24));
    for (std::string& one : words) one = word();
    const std::string before = absl::StrJoin(words, " ");
    for (std::uint32_t change = 1 + next(3); change > 0; --change) {
      const auto at = static_cast<std::ptrdiff_t>(next(static_cast<std::uint32_t>(words.size())));
      switch (next(3)) {
        case 0:
          words[static_cast<std::size_t>(at)] = word();
          break;
        case 1:
          words.insert(words.begin() + at, word());
          break;
        default:
          if (words.size() > 1) words.erase(words.begin() + at);
      }
    }
    const std::string after = absl::StrJoin(words, " ");
    const std::vector<std::string> said = Said(before, after);
    std::string body = before;
    bool all = true;
    for (const std::string& one : said) all = all && ApplyByHand(one, &body);
    if (!all) continue;
    EXPECT_EQ(body, after) << absl::StrJoin(said, "\n");
    if (!said.empty()) ++by_words;
    if (said.size() > 1) ++apart;
  }
  // The others write the alinéa anew, or name it since the words stand in another alinéa too.
  EXPECT_GT(by_words, 2000);
  EXPECT_GT(apart, 200);
}

}  // namespace
}  // namespace greffe
