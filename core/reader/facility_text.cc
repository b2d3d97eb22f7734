#include "core/reader/facility_text.h"

#include <algorithm>
#include <utility>

#include "core/reader/fold.h"

namespace greffe::reader {
namespace {

struct TypeWords {
  absl::string_view words;
  const char* name;
};
constexpr TypeWords kTypes[] = {
#include "core/reader/lexicon/facility_types.inc"
};

struct ManagerWords {
  absl::string_view words;
  bool colon;  // Only before a colon.
};
constexpr ManagerWords kManagerWords[] = {
#include "core/reader/lexicon/facility_managers.inc"
};

struct AddressWord {
  const char* word;
  bool street;
};
constexpr AddressWord kAddressWords[] = {
#include "core/reader/lexicon/address_words.inc"
};

enum class Opens { kNothing, kStreet, kBuilding };

Opens OpensAddress(absl::string_view folded) {
  const auto* found = std::find_if(std::begin(kAddressWords), std::end(kAddressWords),
                                   [&](const AddressWord& each) { return folded == each.word; });
  if (found == std::end(kAddressWords)) return Opens::kNothing;
  return found->street ? Opens::kStreet : Opens::kBuilding;
}

bool IsParticle(absl::string_view word) {
  return word == "de" || word == "du" || word == "des" || word == "d" || word == "la" ||
         word == "le" || word == "les" || word == "l" || word == "sur" || word == "sous" ||
         word == "en" || word == "et" || word == "aux" || word == "au" || word == "lez" ||
         word == "les" || word == "sainte" || word == "saint";
}

bool IsStreetAdjective(absl::string_view word) {
  return word == "grande" || word == "grand" || word == "petite" || word == "petit" ||
         word == "vieille" || word == "vieux" || word == "haute" || word == "basse" ||
         word == "ancienne" || word == "nouvelle";
}

bool IsNumberSuffix(absl::string_view word) {
  return word == "bis" || word == "ter" || word == "quater";
}

// Number of words of a type's name at words[at].
std::size_t TypeWordsAt(const std::vector<Word>& words, std::size_t at, std::string* name) {
  std::size_t best = 0;
  for (const TypeWords& type : kTypes) {
    const std::size_t count = MatchPhrase(type.words, words, at);
    if (count <= best) continue;
    best = count;
    if (name != nullptr) *name = type.name;
  }
  return best;
}

// Words of the postcode at words[at]: « 47000 » is one, « 12 000 » two, 0 for none.
std::size_t PostcodeAt(absl::string_view text, const std::vector<Word>& words, std::size_t at) {
  if (!words[at].number) return 0;
  if (words[at].folded.size() == 5) return 1;
  const bool spaced = words[at].folded.size() == 2 && at + 1 < words.size() &&
                      words[at + 1].number && words[at + 1].folded.size() == 3 &&
                      text.substr(words[at].end, words[at + 1].begin - words[at].end) == " ";
  return spaced ? 2 : 0;
}

bool Breaks(absl::string_view between) {
  return between.find_first_of(",;:()\"/") != absl::string_view::npos ||
         between.find("\xC2\xAB") != absl::string_view::npos ||
         between.find("\xE2\x80\x9C") != absl::string_view::npos;
}

// The first word after the town that follows a postcode; `at` is the first word after the code.
std::size_t AfterTown(absl::string_view text, const std::vector<Word>& words, std::size_t at) {
  bool any = false;
  bool capitals = false;
  for (; at < words.size(); ++at) {
    const Word& word = words[at];
    const absl::string_view between =
        text.substr(words[at - 1].end, word.begin - words[at - 1].end);
    if (Breaks(between)) break;
    if (word.folded == "cedex") {
      any = true;
      if (at + 1 < words.size() && words[at + 1].number && words[at + 1].folded.size() <= 2) ++at;
      continue;
    }
    if (word.number) break;
    if (any && word.capital && TypeWordsAt(words, at, nullptr) > 0) break;
    if (!any && word.capital && TypeWordsAt(words, at, nullptr) > 0 && !word.all_capital) break;
    const bool particle = IsParticle(word.folded) && at + 1 < words.size() &&
                          (capitals ? words[at + 1].all_capital : words[at + 1].capital);
    const bool hyphened = any && between == "-";
    if (!particle && !hyphened) {
      if (any && capitals && !word.all_capital) break;
      if (!word.capital) break;
    }
    if (!any) capitals = word.all_capital;
    any = any || !particle;
  }
  return at;
}

absl::string_view StripMarks(absl::string_view text) {
  static constexpr absl::string_view kMarks[] = {
      "-", ",", ";", ":", "/", ".", "\xE2\x80\x93", "\xE2\x80\x94", "|"};
  for (bool again = true; again;) {
    again = false;
    text = TrimBlanks(text);
    for (const absl::string_view mark : kMarks) {
      if (text.substr(0, mark.size()) == mark) {
        text.remove_prefix(mark.size());
        again = true;
      } else if (text.size() >= mark.size() && mark != "." &&
                 text.substr(text.size() - mark.size()) == mark) {
        text.remove_suffix(mark.size());
        again = true;
      }
    }
  }
  return text;
}

// Where a quoted name ends, 0 without one; `open` is set when the quotation never closes.
std::size_t QuoteEnd(absl::string_view text, std::size_t* begin, bool* open) {
  static constexpr absl::string_view kQuotes[][2] = {
      {"\xC2\xAB", "\xC2\xBB"}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\"", "\""}};
  for (const auto& quote : kQuotes) {
    const std::size_t from = text.find(quote[0]);
    if (from == absl::string_view::npos) continue;
    *begin = from;
    const std::size_t to = text.find(quote[1], from + quote[0].size());
    if (to == absl::string_view::npos) {
      *open = true;
      return 0;
    }
    return to + quote[1].size();
  }
  *begin = text.size();
  return 0;
}

// « Name, 1 jetée Sud, 97990 … »: after a comma a number and a word open the address, whatever the
// word, unless they count children or years.
bool OpensByNumber(absl::string_view text, const std::vector<Word>& words, std::size_t at) {
  if (!words[at].number || words[at].folded.size() > 4 || at + 1 >= words.size()) return false;
  const absl::string_view gap = text.substr(words[at - 1].end, words[at].begin - words[at - 1].end);
  const absl::string_view next = words[at + 1].folded;
  const absl::string_view after = text.substr(words[at].end, words[at + 1].begin - words[at].end);
  if (gap.find(',') == absl::string_view::npos || words[at + 1].number) return false;
  return TrimBlanks(after).empty() && next != "a" && next != "ans" && next != "mois" &&
         next.substr(0, 5) != "place" && next.substr(0, 6) != "enfant";
}

// « Les Colibris, bout du monde, 97880 … »: the piece before the postcode is of the address.
std::size_t BeforeLastComma(absl::string_view text, std::size_t postcode) {
  absl::string_view before = TrimBlanks(text.substr(0, postcode));
  if (!before.empty() && before.back() == ',') before.remove_suffix(1);
  const std::size_t comma = before.rfind(',');
  if (comma == absl::string_view::npos || comma == 0) return postcode;
  return text.find_first_not_of(' ',
                                static_cast<std::size_t>(before.data() - text.data()) + comma + 1);
}

// Where the address in `text` starts; its size when there is none.
std::size_t AddressAt(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  std::size_t quote_begin = text.size();
  bool open_quote = false;
  const std::size_t quote_end = QuoteEnd(text, &quote_begin, &open_quote);
  const std::size_t first = std::max<std::size_t>(1, TypeWordsAt(words, 0, nullptr));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (PostcodeAt(text, words, i) > 0) {
      // « « Sucre d'Orge » Saint Amans – 47240 … »: a place between the name and the code.
      if (quote_end > 0 && quote_end < words[i].begin) return quote_end;
      return BeforeLastComma(text, words[i].begin);
    }
    if (i < first || (words[i].begin > quote_begin && words[i].begin < quote_end)) continue;
    if (OpensByNumber(text, words, i)) return words[i].begin;
    const Opens opens = OpensAddress(words[i].folded);
    const bool dit =
        words[i].folded != "lieu" || (i + 1 < words.size() && words[i + 1].folded == "dit");
    if (opens == Opens::kNothing || !dit) continue;
    if (open_quote && opens == Opens::kBuilding && words[i].begin > quote_begin) continue;
    std::size_t start = i;
    const absl::string_view gap = text.substr(words[i - 1].end, words[i].begin - words[i - 1].end);
    const bool marked =
        gap.find_first_of(",-") != absl::string_view::npos || words[i - 1].end == quote_end;
    while (start > 1 && (words[start - 1].number || IsNumberSuffix(words[start - 1].folded)))
      --start;
    // « 17 grande rue », « 2 vieille route ».
    if (start == i && i >= 2 && IsStreetAdjective(words[i - 1].folded) && words[i - 2].number) {
      start = i - 2;
    }
    if (start == i && !marked && IsParticle(words[i - 1].folded)) {
      if (words[i].folded != "bourg" || words[i - 1].folded != "le") continue;
      --start;
    }
    // A small « place », « centre » goes on with a sentence; a street is also printed small.
    if (opens == Opens::kBuilding && !words[i].capital) continue;
    return words[start].begin;
  }
  return text.size();
}

// Where the text begins to say who runs the place above: « … Gestionnaire : commune de X », « …,
// géré par l'association Y ». Its size when it does not.
std::size_t ManagerAt(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  for (std::size_t i = 2; i < words.size(); ++i) {  // A name stands before.
    for (const ManagerWords& manager : kManagerWords) {
      const std::size_t count = MatchPhrase(manager.words, words, i);
      if (count == 0) continue;
      const absl::string_view after = TrimBlanks(text.substr(words[i + count - 1].end));
      if (!manager.colon || after.substr(0, 1) == ":") return words[i].begin;
    }
  }
  return text.size();
}

NamedPlace TakeApart(absl::string_view text) {
  const std::size_t at = AddressAt(text);
  NamedPlace place;
  place.name = std::string(StripMarks(text.substr(0, at)));
  place.address = std::string(StripMarks(text.substr(at)));
  if (place.address.empty()) {  // « RPE Les Lutins - Impasse… » without a word we know.
    return place;
  }
  return place;
}

}  // namespace

FacilityType FacilityTypeAt(absl::string_view text) {
  const std::vector<Word> words = Words(text.substr(0, 200));
  FacilityType type;
  const std::size_t count = TypeWordsAt(words, 0, &type.name);
  if (count > 0) type.bytes = words[count - 1].end;
  return type;
}

bool StartsAddress(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.empty() || !HasPostcode(text)) return false;
  return words[0].number || OpensAddress(words[0].folded) != Opens::kNothing;
}

bool HasPostcode(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (PostcodeAt(text, words, i) > 0) return true;
  }
  return false;
}

std::vector<ProsePlace> FacilitiesInProse(absl::string_view text) {
  constexpr std::size_t kWordsBefore = 10;  // Between the type and the name.
  constexpr std::size_t kWordsAfter = 20;   // Of the address.
  constexpr absl::string_view kOpen = "\xC2\xAB";
  constexpr absl::string_view kClose = "\xC2\xBB";
  std::vector<ProsePlace> places;
  const std::vector<Word> words = Words(text);
  std::size_t next = 0;  // The first word that no facility has taken.
  std::size_t at = 0;
  for (std::size_t open = text.find(kOpen); open != absl::string_view::npos;
       open = text.find(kOpen, open + kOpen.size())) {
    const std::size_t close = text.find(kClose, open);
    if (close == absl::string_view::npos) break;
    while (at < words.size() && words[at].begin < open) ++at;
    std::size_t after = at;
    while (after < words.size() && words[after].begin < close) ++after;
    ProsePlace place;
    const std::size_t from = std::max(next, at > kWordsBefore ? at - kWordsBefore : 0);
    for (std::size_t i = from; i < at && place.type.empty(); ++i) {
      const std::size_t count = TypeWordsAt(words, i, nullptr);
      if (count == 0) continue;
      place.type =
          std::string(text.substr(words[i].begin, words[i + count - 1].end - words[i].begin));
    }
    std::size_t code = after;
    while (code < std::min(words.size(), after + kWordsAfter) && PostcodeAt(text, words, code) == 0)
      ++code;
    const bool coded = code < std::min(words.size(), after + kWordsAfter);
    if (place.type.empty() || !coded) continue;
    const std::size_t town = AfterTown(text, words, code + PostcodeAt(text, words, code));
    place.place.name =
        std::string(StripMarks(text.substr(open + kOpen.size(), close - open - kOpen.size())));
    place.place.address = std::string(StripMarks(
        text.substr(close + kClose.size(), words[town - 1].end - close - kClose.size())));
    if (place.place.name.empty()) continue;
    places.push_back(std::move(place));
    next = town;
  }
  return places;
}

std::vector<NamedPlace> SplitFacilities(absl::string_view text) {
  if (const std::size_t manager = ManagerAt(text); manager < text.size()) {
    absl::string_view place = TrimBlanks(text.substr(0, manager));
    while (!place.empty() && (place.back() == '.' || place.back() == ',')) place.remove_suffix(1);
    return SplitFacilities(place);
  }
  std::vector<NamedPlace> places;
  const std::vector<Word> words = Words(text);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t code = PostcodeAt(text, words, i);
    if (code == 0) {
      ++i;
      continue;
    }
    const std::size_t town = AfterTown(text, words, i + code);
    i = town;
    if (town < words.size()) {
      // The postcode again, « CS 50010 », a remark in brackets: the address goes on.
      const absl::string_view between =
          text.substr(words[town - 1].end, words[town].begin - words[town - 1].end);
      if (PostcodeAt(text, words, town) > 0 || between.find('(') != absl::string_view::npos)
        continue;
    }
    const std::size_t end = town < words.size() ? words[town].begin : text.size();
    std::size_t cut = end;
    // An opening quotation mark goes with what follows.
    while (cut > words[town - 1].end && text[cut - 1] != ' ') --cut;
    if (cut == words[town - 1].end) cut = end;
    const absl::string_view piece = StripMarks(text.substr(begin, cut - begin));
    if (!piece.empty()) places.push_back(TakeApart(piece));
    begin = cut;
  }
  const absl::string_view rest = StripMarks(text.substr(begin));
  if (!Words(rest).empty()) places.push_back(TakeApart(rest));
  return places;
}

}  // namespace greffe::reader
