#ifndef GREFFE_CORE_CONVENTION_TEXT_ELEMENT_LOOKUP_H_
#define GREFFE_CORE_CONVENTION_TEXT_ELEMENT_LOOKUP_H_

#include <optional>
#include <string>
#include <unordered_map>

#include "core/convention/state/state.h"
#include "core/convention/text/text_weight.h"

namespace greffe {

// The one element that every text has: term, review, ends. Its id is part of the language.
inline constexpr char kTermsId[] = "terms";

// Elements by id, whatever text has them: what is in force before what was, both before what is
// only proposed (TextWeight); of equals the least leaf, so that every replica picks the same. Made
// once for many questions; borrows the state. Private to core/convention.
class ElementBook final {
 public:
  // In force on `on`; without a day, whatever the day of effect.
  explicit ElementBook(const StateData& data, std::optional<CivilDate> on = std::nullopt);

  // Null when no act ever put an element of that id.
  const v1::Element* Find(const std::string& id) const;
  // NameWithin, or the id of an unknown one.
  std::string Name(const std::string& id) const;

 private:
  const StateData& data_;
  std::unordered_map<TextNumber, WeighedPut> best_;
};

// « Article 3 – Gouvernance »; of a part that many elements have one of, « Fiche action 3 – Accueil
// › Échéancier ». `above`: what it stands in, or null.
std::string NameWithin(const v1::Element& element, const v1::Element* above);

// One question alone.
const v1::Element* FindElementAnywhere(const StateData& data, const std::string& id,
                                       std::optional<CivilDate> on = std::nullopt);
std::string ElementName(const StateData& data, const std::string& id,
                        std::optional<CivilDate> on = std::nullopt);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_ELEMENT_LOOKUP_H_
