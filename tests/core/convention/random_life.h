#ifndef GREFFE_TESTS_CORE_CONVENTION_RANDOM_LIFE_H_
#define GREFFE_TESTS_CORE_CONVENTION_RANDOM_LIFE_H_

#include <string>
#include <vector>

#include "core/convention/elements/life_kinds.h"
#include "tests/core/convention/random_draw.h"

namespace greffe::test {

// Draws facts of a convention's life: of every kind that the language has, about elements of the
// random history or none of it, in answer to what they may answer, to something else or to nothing,
// and in the place of others.
class LifeDraw {
 public:
  using Life = v1::LifeRecorded;

  // Borrows both. `partners`: who is named in facts; parties first.
  LifeDraw(Draw& draw, const History& history, std::vector<std::string> partners);

  // One that `author` could write for `partner`, rightly or not.
  v1::Event Some(History::Author author, const std::string& partner);
  std::string Capacity();

 private:
  LifeCase Kind();
  // A fact of that kind with something in its fields; answers nothing yet.
  Life Fact(LifeCase kind, History::Author author, const std::string& partner);
  void FillParty(const std::string& partner, Life* fact);
  void FillText(Life* fact);
  void FillCase(History::Author author, Life* fact);
  // An answer that fits a fact, vote or text which the author knows; no kind where there is none.
  Life FittingAnswer(History::Author author, const std::string& partner);
  // What was recorded before, said otherwise.
  Life Correction(History::Author author, const std::string& partner);
  // What a fact of that kind may answer, as far as the author knows; -1 for none.
  History::Event PickAnswered(History::Author author, const LifeKind& kind);
  std::string Partner(int among);
  std::string Place(const std::string& partner);
  std::string ActIdKnownTo(History::Author author);

  Draw& draw_;
  const History& history_;
  const std::vector<std::string> partners_;
  const std::vector<LifeCase> kinds_;
  const LifeCase favourite_;
};

// Every kind of fact of the language, in the order of its fields.
std::vector<LifeCase> AllLifeKinds();

}  // namespace greffe::test

#endif  // GREFFE_TESTS_CORE_CONVENTION_RANDOM_LIFE_H_
