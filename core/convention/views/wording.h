#ifndef GREFFE_CORE_CONVENTION_VIEWS_WORDING_H_
#define GREFFE_CORE_CONVENTION_VIEWS_WORDING_H_

#include <map>
#include <string>
#include <vector>

#include "core/convention/text/amended_text.h"

// How an avenant words its operations in French (domain.md section 7.6). Private to
// core/convention.
namespace greffe {

// What the words of operations name things after.
class Wording final {
 public:
  // Texts before and after the act; borrowed.
  Wording(const AmendedText& before, const AmendedText& after);

  // « À l'article 10, les mots : « … » sont remplacés par les mots : « … ». »
  std::string Of(const TextOperation& operation) const;
  // « Fiche action 3 › Objectifs »: the element and what it stands in.
  std::string PlaceOf(const TextOperation& operation) const;
  // Both texts of the operation, for a table; empty where there is none.
  std::string Before(const TextOperation& operation) const;
  std::string After(const TextOperation& operation) const;

 private:
  // A noun of French with its article: « l'article 10 », « la fiche action 3 ».
  struct Noun {
    std::string text;
    bool feminine = false;
    // Begins with a vowel: l'.
    bool vowel = false;
    std::string The() const;
    std::string Of() const;
    std::string To() const;
  };

  const v1::Element* Find(const std::string& id) const;
  std::string Prose(const v1::Element& element) const;
  Noun NounOf(const v1::Element& element) const;
  // « l'annexe 2 » for what stands in it; empty text for nothing.
  const v1::Element* HostOf(const v1::Element& element) const;
  std::string InHost(const v1::Element& element) const;
  std::string ListOf(const v1::Element& row) const;
  std::string PartWording(const TextOperation& operation, const v1::Element& element) const;
  std::string WholeWording(const TextOperation& operation) const;
  std::string InsertWording(const TextOperation& operation) const;
  std::string MoveWording(const v1::Element& before, const v1::Element& after) const;
  std::string WordsWording(const TextOperation& operation, const v1::Element& element) const;
  const v1::Element* SiblingBefore(const v1::Element& element) const;

  const AmendedText& before_;
  const AmendedText& after_;
  // Names by partner.
  std::map<std::string, std::string> parties_;
};

// Article of an avenant, ready to print: « Article 1er » …
std::string ArticleHeading(std::size_t number);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_WORDING_H_
