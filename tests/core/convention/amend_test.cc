#include "core/convention/text/amend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/convention/elements/prose.h"
#include "core/convention/views/wording.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

using Elements = std::vector<v1::Element>;

v1::Element Article(const std::string& id, const std::string& number, const std::string& body,
                    const std::string& position) {
  v1::Element out;
  out.set_id(id);
  out.set_position(position);
  out.mutable_article()->set_number(number);
  out.mutable_article()->set_title("Titre " + number);
  out.mutable_article()->set_body(body);
  return out;
}

v1::Element Annex(const std::string& id, const std::string& number, const std::string& position) {
  v1::Element out;
  out.set_id(id);
  out.set_position(position);
  out.mutable_annex()->set_number(number);
  out.mutable_annex()->set_title("Équipements");
  out.mutable_annex()->set_content(v1::ANNEX_CONTENT_INLINE);
  return out;
}

v1::Element Facility(const std::string& id, const std::string& parent, const std::string& name) {
  v1::Element out;
  out.set_id(id);
  out.set_parent_id(parent);
  out.set_position(id.substr(id.size() - 1));
  out.mutable_facility()->set_type("RPE");
  out.mutable_facility()->set_name(name);
  return out;
}

AmendedText TextOf(const Elements& elements) {
  AmendedText out;
  for (const v1::Element& one : elements) {
    out.Put(std::make_shared<const v1::Element>(one), ElementDigest(one));
  }
  return out;
}

const Elements& Base() {
  static const Elements& base = *new Elements{
      Article("art-5", "5", "Un premier alinéa.\nUn deuxième alinéa qui suit.", "a"),
      Article("art-6", "6", "Le comité se réunit une fois par an.\n\nIl rend compte.", "b"),
      Article("art-7", "7", "La convention dure trois ans.", "c"),
      Annex("annexe-2", "2", "d"),
      Facility("rpe-1", "annexe-2", "RPE du centre"),
      Facility("rpe-2", "annexe-2", "RPE du nord"),
  };
  return base;
}

// What the act puts, or takes out (an element without content).
struct Made {
  std::vector<TextOperation> operations;
  std::vector<std::string> words;
  bool proved = false;
};
Made Amend(const Elements& puts, const std::vector<std::string>& removals = {}) {
  const AmendedText base = TextOf(Base());
  std::vector<AmendedElement> changes;
  AmendedText wanted = base;
  for (const v1::Element& one : puts) {
    changes.push_back({one.id(), std::make_shared<const v1::Element>(one)});
    wanted.Put(changes.back().put, ElementDigest(one));
  }
  for (const std::string& id : removals) changes.push_back({id, nullptr});
  Elements left;
  wanted.ForEach([&](const v1::Element& one) {
    const auto gone = [&](const std::string& id) {
      return std::find(removals.begin(), removals.end(), id) != removals.end();
    };
    if (!gone(one.id()) && !gone(one.parent_id())) left.push_back(one);
  });
  Made out;
  out.operations = MakeOperations(base, changes);
  const AmendedText after = TextOf(left);
  const Wording wording(base, after);
  for (const TextOperation& one : out.operations) out.words.push_back(wording.Of(one));
  AmendedText applied = base;
  out.proved =
      ApplyOperations(out.operations, &applied).ok() && applied.TextDigest() == after.TextDigest();
  return out;
}

v1::Element With(std::size_t at, const std::string& body) {
  v1::Element out = Base()[at];
  out.mutable_article()->set_body(body);
  return out;
}

TEST(Amend, ReplacesTheSmallestRunOfWholeWords) {
  const Made made = Amend({With(2, "La convention dure quatre ans.")});
  EXPECT_TRUE(made.proved);
  EXPECT_THAT(
      made.words,
      ElementsAre("À l'article 7, le mot : « trois » est remplacé par le mot : « quatre »."));
  const Made longer = Amend({With(2, "La convention dure quatre ou cinq ans.")});
  EXPECT_TRUE(longer.proved);
  EXPECT_THAT(longer.words, ElementsAre("À l'article 7, le mot : « trois » est remplacé par les "
                                        "mots : « quatre ou cinq »."));
}

TEST(Amend, TakesWordsOutAndPutsThemIn) {
  const Made out = Amend({With(1, "Le comité se réunit.\n\nIl rend compte.")});
  EXPECT_TRUE(out.proved);
  EXPECT_THAT(out.operations, SizeIs(1));
  const Made in =
      Amend({With(1, "Le comité technique se réunit une fois par an.\n\nIl rend compte.")});
  EXPECT_TRUE(in.proved);
  EXPECT_THAT(in.words,
              ElementsAre("À l'article 6, le mot : « comité » est remplacé par les mots : "
                          "« comité technique »."));
}

TEST(Amend, CutsNoAmount) {
  const auto words = [](const std::string& was, const std::string& becomes) {
    const AmendedText base = TextOf({Article("art-1", "2", was, "a")});
    const v1::Element put = Article("art-1", "2", becomes, "a");
    const auto made = MakeOperations(base, {{"art-1", std::make_shared<const v1::Element>(put)}});
    EXPECT_THAT(made, SizeIs(1));
    return Wording(base, TextOf({put})).Of(made.front());
  };
  EXPECT_EQ(words("La Caf verse 24 000 € par an.", "La Caf verse 30 000 € par an."),
            "À l'article 2, les mots : « 24 000 € » sont remplacés par les mots : « 30 000 € ».");
  // Nor where the words are made longer until they stand there once.
  EXPECT_EQ(words("Elle verse 24 000 € en mai puis 24 000 € en juin.",
                  "Elle verse 24 000 € en mai puis 24 000 000 € en juin."),
            "À l'article 2, les mots : « puis 24 000 € » sont remplacés par les mots : « puis "
            "24 000 000 € ».");
  EXPECT_EQ(words("Soit 0,8 ETP par an.", "Soit 0,9 ETP par an."),
            "À l'article 2, les mots : « 0,8 ETP » sont remplacés par les mots : « 0,9 ETP ».");
}

TEST(Amend, NamesTheAlineaWhereTheWordsStandTwice) {
  const Made made = Amend({With(0, "Un premier alinéa.\nTrois deuxième alinéa qui suit.")});
  EXPECT_TRUE(made.proved);
  EXPECT_THAT(made.words, ElementsAre("Au deuxième alinéa de l'article 5, le mot : « Un » est "
                                      "remplacé par le mot : « Trois »."));
}

TEST(Amend, ReplacesAddsInsertsAndRepealsAlineas) {
  const Made replaced = Amend({With(0,
                                    "Tout autre chose, sans rien de commun.\nUn deuxième alinéa "
                                    "qui suit.")});
  EXPECT_TRUE(replaced.proved);
  EXPECT_THAT(replaced.words, ElementsAre("Le premier alinéa de l'article 5 est ainsi rédigé : « "
                                          "Tout autre chose, sans rien de commun. »."));
  const Made added =
      Amend({With(0, "Un premier alinéa.\nUn deuxième alinéa qui suit.\nUn autre.")});
  EXPECT_TRUE(added.proved);
  EXPECT_THAT(added.words, ElementsAre("L'article 5 est complété par un alinéa ainsi rédigé : « Un "
                                       "autre. »."));
  const Made inserted =
      Amend({With(1, "Le comité se réunit une fois par an.\n\nUn A.\n\nUn B.\n\nIl rend compte.")});
  EXPECT_TRUE(inserted.proved);
  EXPECT_THAT(inserted.words,
              ElementsAre("Après le premier alinéa de l'article 6, sont insérés 2 alinéas ainsi "
                          "rédigés : « Un A.\n\nUn B. »."));
  const Made first = Amend({With(0, "Zéro.\nUn premier alinéa.\nUn deuxième alinéa qui suit.")});
  EXPECT_TRUE(first.proved);
  EXPECT_THAT(first.words, ElementsAre("Avant le premier alinéa de l'article 5, il est inséré un "
                                       "alinéa ainsi rédigé : « Zéro. »."));
  const Made repealed = Amend({With(0, "Un deuxième alinéa qui suit.")});
  EXPECT_TRUE(repealed.proved);
  EXPECT_THAT(repealed.words, ElementsAre("Le premier alinéa de l'article 5 est supprimé."));
}

TEST(Amend, CountsAlineasOfTheTextBeforeTheAct) {
  const Made made = Amend({With(0, "Un premier alinéa.\nEntre deux.\nUn autre alinéa qui suit.")});
  EXPECT_TRUE(made.proved);
  const Made twice = Amend({With(1, "Avant.\n\nLe comité se réunit deux fois par an.\n\nFin.")});
  EXPECT_TRUE(twice.proved);
}

TEST(Amend, InsertsRenumbersAndRepealsArticles) {
  v1::Element renumbered = Base()[2];
  renumbered.mutable_article()->set_number("8");
  const Made made = Amend({Article("art-6b", "", "Texte neuf.", "bV"), renumbered}, {"art-5"});
  EXPECT_TRUE(made.proved);
  ASSERT_THAT(made.words, SizeIs(3));
  EXPECT_EQ(made.words[0],
            "Après l'article 6, il est inséré un article 6 bis ainsi rédigé : « Article – Titre "
            "\nTexte neuf. ».");
  EXPECT_EQ(made.words[1], "L'article 7 devient l'article 8.");
  EXPECT_EQ(made.words[2], "L'article 5 est abrogé.");
}

v1::Element Renumbered(std::size_t at, const std::string& number) {
  v1::Element out = Base()[at];
  out.mutable_article()->set_number(number);
  return out;
}

// Read from the first operation on, each speaks of one article.
TEST(Amend, GivesNoNumberThatAnotherArticleBears) {
  const Made down = Amend({Renumbered(1, "5"), Renumbered(2, "6")}, {"art-5"});
  EXPECT_TRUE(down.proved);
  EXPECT_THAT(down.words, ElementsAre("L'article 5 est abrogé.", "L'article 6 devient l'article 5.",
                                      "L'article 7 devient l'article 6."));

  const Made up =
      Amend({Article("art-5b", "6", "Texte neuf.", "aV"), Renumbered(1, "7"), Renumbered(2, "8")});
  EXPECT_TRUE(up.proved);
  EXPECT_THAT(up.words,
              ElementsAre("L'article 7 devient l'article 8.", "L'article 6 devient l'article 7.",
                          testing::StartsWith("Après l'article 5, il est inséré un ")));

  // Whatever comes first, one of both bears a number twice.
  const Made swapped = Amend({Renumbered(1, "7"), Renumbered(2, "6")});
  EXPECT_TRUE(swapped.proved);
  EXPECT_THAT(swapped.words, SizeIs(2));
}

// What goes with its section goes when the section does.
TEST(Amend, TakesOutASectionFirstWhoseNumberIsGivenAnew) {
  AmendedText base = TextOf(Base());
  v1::Element below = Article("art-8", "8", "Texte.", "a");
  below.set_parent_id("annexe-2");
  base.Put(std::make_shared<const v1::Element>(below), ElementDigest(below));
  const v1::Element fresh = Article("art-8b", "8", "Texte neuf.", "cV");

  const std::vector<TextOperation> made =
      MakeOperations(base, {{fresh.id(), std::make_shared<const v1::Element>(fresh)},
                            {"annexe-2", nullptr},
                            {"rpe-1", nullptr},
                            {"rpe-2", nullptr},
                            {"art-8", nullptr}});

  ASSERT_THAT(made, SizeIs(2));
  EXPECT_EQ(made[0].element_id, "annexe-2");
}

TEST(Amend, TakesOutWhatHeldSomethingThatStaysOnceItIsElsewhere) {
  v1::Element moved = Base()[4];
  moved.set_parent_id("annexe-3");

  const Made made = Amend({Annex("annexe-3", "2", "e"), moved}, {"annexe-2"});

  EXPECT_TRUE(made.proved);
  ASSERT_THAT(made.operations, SizeIs(3));
  EXPECT_EQ(made.operations[2].element_id, "annexe-2");
}

TEST(Amend, AddsAndRemovesRowsOfAnAnnex) {
  const Made made = Amend({Facility("rpe-3", "annexe-2", "RPE du sud")}, {"rpe-1"});
  EXPECT_TRUE(made.proved);
  EXPECT_THAT(made.words,
              ElementsAre("La liste de l'annexe 2 est complétée par : « RPE du sud (RPE) ».",
                          "La ligne « RPE du centre » de l'annexe 2 est supprimée."));
  EXPECT_EQ(made.operations[0].kind, v1::OPERATION_KIND_ADD_ROW);
  EXPECT_EQ(made.operations[1].kind, v1::OPERATION_KIND_REMOVE_ROW);
  EXPECT_EQ(made.operations[0].before, std::nullopt);
  EXPECT_EQ(made.operations[1].after, std::nullopt);
}

TEST(Amend, RewritesRowsReplacesAnnexesAndMoves) {
  v1::Element row = Base()[4];
  row.mutable_facility()->set_name("RPE de la gare");
  v1::Element annex = Base()[3];
  annex.mutable_annex()->set_content(v1::ANNEX_CONTENT_SEPARATE);
  v1::Element moved = Base()[0];
  moved.set_position("cV");
  const Made made = Amend({annex, row, moved});
  EXPECT_TRUE(made.proved);
  EXPECT_THAT(
      made.words,
      ElementsAre("L'annexe 2 est remplacée par l'annexe jointe au présent avenant.",
                  "La ligne « RPE du centre » de l'annexe 2 est ainsi rédigée : « RPE de la "
                  "gare (RPE) ».",
                  "L'article 5 est placé après l'article 7."));
}

TEST(Wording, SaysFirstArticlesDatesMeetingsAndAmountsAsPeopleDo) {
  v1::Element terms;
  terms.set_id("terms");
  terms.mutable_terms()->set_title("Convention");
  terms.mutable_terms()->set_start_date("2026-01-01");
  terms.mutable_terms()->set_end_date("2030-12-31");
  EXPECT_EQ(ProseOf(terms), "Convention\ndu 1er janvier 2026 au 31 décembre 2030");
  v1::Element body;
  body.mutable_body()->set_name("Comité");
  body.mutable_body()->set_meetings_per_year_min(2);
  EXPECT_EQ(ProseOf(body), "Comité\nréunions par an, au moins : 2");
  v1::Element line;
  line.mutable_funding_line()->set_text("Un poste");
  line.mutable_funding_line()->set_amount_cents(125005);
  EXPECT_EQ(ProseOf(line), "Un poste\n1250,05 €");

  const v1::Element first = Article("art-1", "1", "Un texte.", "a");
  v1::Element after = first;
  after.mutable_article()->set_body("Un autre.");
  const AmendedText base = TextOf({first});
  const auto operations =
      MakeOperations(base, {{"art-1", std::make_shared<const v1::Element>(after)}});
  ASSERT_THAT(operations, SizeIs(1));
  EXPECT_THAT(Wording(base, TextOf({after})).Of(operations[0]), HasSubstr("l'article 1er"));
}

TEST(Wording, NamesWhoPays) {
  v1::Element party;
  party.set_id("party-caf");
  party.mutable_party()->set_partner_id("caf");
  party.mutable_party()->set_name("Caisse du Lot");
  v1::Element line;
  line.set_id("fund-1");
  line.mutable_funding_line()->set_text("Un poste");
  line.mutable_funding_line()->set_payer("commune");
  v1::Element after = line;
  after.mutable_funding_line()->set_payer("caf");
  const AmendedText base = TextOf({party, line});
  const auto operations =
      MakeOperations(base, {{"fund-1", std::make_shared<const v1::Element>(after)}});
  ASSERT_THAT(operations, SizeIs(1));

  const AmendedText amended = TextOf({party, after});
  const Wording wording(base, amended);

  EXPECT_EQ(wording.Before(operations[0]), "Un poste\ncommune");
  EXPECT_EQ(wording.After(operations[0]), "Un poste\nCaisse du Lot");
}

TEST(Amend, TakesOutAnAnnexWithItsRowsByOneOperation) {
  const Made made = Amend({}, {"annexe-2", "rpe-1", "rpe-2"});
  EXPECT_TRUE(made.proved);
  EXPECT_THAT(made.words, ElementsAre("L'annexe 2 est abrogée."));
}

TEST(ApplyOperations, ProvesNothingWhenOneIsDropped) {
  v1::Element moved = Base()[2];
  moved.set_position("Z");
  const Made made = Amend({With(0, "Autre.\nUn deuxième alinéa qui suit.\nUn troisième."), moved,
                           Facility("rpe-3", "annexe-2", "RPE du sud")},
                          {"rpe-1", "art-6"});
  ASSERT_TRUE(made.proved);
  ASSERT_THAT(made.operations, SizeIs(6));
  AmendedText whole = TextOf(Base());
  ASSERT_TRUE(ApplyOperations(made.operations, &whole).ok());
  for (std::size_t drop = 0; drop < made.operations.size(); ++drop) {
    std::vector<TextOperation> some = made.operations;
    some.erase(some.begin() + static_cast<std::ptrdiff_t>(drop));
    AmendedText text = TextOf(Base());
    const bool proved =
        ApplyOperations(some, &text).ok() && text.TextDigest() == whole.TextDigest();
    EXPECT_FALSE(proved) << drop;
  }
}

TEST(ApplyOperations, RefusesAnotherTextThanTheOneItWasMadeFor) {
  const Made made = Amend({With(2, "La convention dure quatre ans.")});
  ASSERT_THAT(made.operations, SizeIs(1));
  Elements other = Base();
  other[2].mutable_article()->set_body("La convention dure bien trois ans.");
  AmendedText text = TextOf(other);
  const Digest untouched = text.TextDigest();
  const absl::Status got = ApplyOperations(made.operations, &text);
  EXPECT_EQ(got.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(got.message(), HasSubstr("art-7"));
  EXPECT_EQ(text.TextDigest(), untouched);

  // The text is right, the operation was tampered with.
  for (const char* words : {"quatre", "ans", "absent", ""}) {
    TextOperation wrong = made.operations[0];
    wrong.old_text = words;
    AmendedText again = TextOf(Base());
    EXPECT_FALSE(again.Apply(wrong).ok()) << words;
    EXPECT_EQ(again.TextDigest(), TextOf(Base()).TextDigest()) << words;
  }
  TextOperation wrong = made.operations[0];
  wrong.new_text = "cinq";
  AmendedText again = TextOf(Base());
  EXPECT_FALSE(again.Apply(wrong).ok());
  EXPECT_EQ(again.TextDigest(), TextOf(Base()).TextDigest());
}

TEST(ApplyOperations, RefusesToInsertWhatStandsThereAlready) {
  const Made made = Amend({Facility("rpe-3", "annexe-2", "RPE du sud")});
  AmendedText text = TextOf(Base());
  ASSERT_TRUE(ApplyOperations(made.operations, &text).ok());
  EXPECT_FALSE(ApplyOperations(made.operations, &text).ok());
}

// A seeded search for texts that the small operations could get wrong.
TEST(Amend, ReconstructsAnyChangeOfABody) {
  const char* const kLines[] = {"a b c", "a b c", "b c d e", "", "x", "a c", "  ", "b b b"};
  std::uint32_t seed = 12345;
  const auto next = [&seed](std::uint32_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
  };
  const auto body = [&] {
    std::string out;
    const std::uint32_t lines = next(6);
    for (std::uint32_t i = 0; i < lines; ++i) {
      out += std::string(i == 0 ? "" : "\n") + kLines[next(std::size(kLines))];
    }
    return out;
  };
  for (int round = 0; round < 3000; ++round) {
    const v1::Element before = Article("art-1", "1", body(), "a");
    const v1::Element after = Article("art-1", next(4) == 0 ? "2" : "1", body(), "a");
    const AmendedText base = TextOf({before});
    AmendedText applied = base;
    const auto operations =
        MakeOperations(base, {{"art-1", std::make_shared<const v1::Element>(after)}});
    ASSERT_TRUE(ApplyOperations(operations, &applied).ok()) << round;
    ASSERT_EQ(applied.TextDigest(), TextOf({after}).TextDigest())
        << round << "\n"
        << before.article().body() << "\n--\n"
        << after.article().body();
  }
}

}  // namespace
}  // namespace greffe
