#include "core/reader/body_words.h"

#include <algorithm>

#include "core/reader/date_text.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

struct BodyWords {
  absl::string_view words;
  v1::BodyKind kind;
};
constexpr BodyWords kBodies[] = {
#include "core/reader/lexicon/bodies.inc"
};

struct FieldWords {
  absl::string_view words;
  BodyField field;
};
constexpr FieldWords kBodyFields[] = {
#include "core/reader/lexicon/body_fields.inc"
};
constexpr FieldWords kSentences[] = {
#include "core/reader/lexicon/body_sentences.inc"
};

constexpr std::size_t kHeadingWords = 16;
constexpr absl::string_view kPosts[] = {
#include "core/reader/lexicon/body_posts.inc"
};

// No body meets more often than that in a year.
constexpr uint32_t kCountMax = 99;

uint32_t NumberOf(const Word& word) {
  const auto number = NumberAt(word.folded);
  const bool whole = number.has_value() && number->bytes == word.folded.size();
  return whole && number->value <= kCountMax ? number->value : 0;
}

}  // namespace

std::optional<BodyName> BodyNameAt(absl::string_view text, const std::vector<Word>& words,
                                   std::size_t at) {
  std::size_t best = 0;
  BodyName name;
  for (const BodyWords& body : kBodies) {
    const std::size_t count = MatchPhrase(body.words, words, at);
    if (count <= best) continue;
    best = count;
    name.kind = body.kind;
  }
  if (best == 0) return std::nullopt;
  name.at = at;
  name.text = std::string(text.substr(words[at].begin, words[at + best - 1].end - words[at].begin));
  return name;
}

std::optional<BodyName> FindBodyName(absl::string_view text, const std::vector<Word>& words,
                                     std::size_t within) {
  for (std::size_t at = 0; at < std::min(within, words.size()); ++at) {
    std::optional<BodyName> name = BodyNameAt(text, words, at);
    if (name.has_value()) return name;
  }
  return std::nullopt;
}

bool IsPost(absl::string_view name) {
  const std::vector<Word> words = Words(name);
  return !words.empty() &&
         std::find(std::begin(kPosts), std::end(kPosts), words[0].folded) != std::end(kPosts);
}

bool IsFrenchArticle(absl::string_view word) {
  return word == "le" || word == "la" || word == "les" || word == "l" || word == "un" ||
         word == "une" || word == "des";
}

std::optional<BodyName> HeadingBodyName(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  if (words.empty() || words.size() > kHeadingWords || EndsSentence(text)) {
    if (text.empty() || text.back() != ':' || words.size() > kHeadingWords) return std::nullopt;
  }
  std::optional<BodyName> name = FindBodyName(text, words, 4);
  if (!name.has_value()) return std::nullopt;
  for (std::size_t i = 0; i < name->at; ++i) {
    const bool number = words[i].number || words[i].folded.size() == 1;
    if (!IsFrenchArticle(words[i].folded) && !number) return std::nullopt;
  }
  // A verb after the name makes it a sentence.
  static constexpr absl::string_view kVerbs[] = {
      "est", "sont", "se",     "assure", "assurent", "sera",     "seront",
      "a",   "ont",  "reunit", "veille", "valide",   "constitue"};
  for (const Word& word : words) {
    if (std::find(std::begin(kVerbs), std::end(kVerbs), word.folded) != std::end(kVerbs)) {
      return std::nullopt;
    }
  }
  // « Comité de pilotage de la Ctg »: the heading says of what, and nothing more.
  const std::size_t behind = name->at + Words(name->text).size();
  const bool whole =
      behind < words.size() && std::all_of(words.begin() + static_cast<std::ptrdiff_t>(behind),
                                           words.end(), [](const Word& word) {
                                             return word.folded == "de" || word.folded == "la" ||
                                                    word.folded == "ctg";
                                           });
  if (whole) {
    const std::size_t begin = words[name->at].begin;
    name->text = std::string(text.substr(begin, words.back().end - begin));
  }
  return name;
}

std::optional<BodyField> BodyFieldOf(absl::string_view text) {
  const std::string fold = Fold(text);
  for (const FieldWords& each : kBodyFields) {
    if (fold == each.words) return each.field;
  }
  return std::nullopt;
}

std::optional<BodyPair> BodyPairOf(absl::string_view text) {
  constexpr std::size_t kLabelBytes = 40;
  const std::size_t colon = text.find(':');
  if (colon == absl::string_view::npos || colon > kLabelBytes) return std::nullopt;
  const std::optional<BodyField> field = BodyFieldOf(text.substr(0, colon));
  const absl::string_view value = TrimBlanks(text.substr(colon + 1));
  if (!field.has_value() || value.empty()) return std::nullopt;
  return BodyPair{*field, std::string(value)};
}

BodyField BodyFieldOfSentence(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  for (const FieldWords& each : kSentences) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (MatchPhrase(each.words, words, at) > 0) return each.field;
    }
  }
  return BodyField::kFunctions;
}

uint32_t MeetingsPerYear(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 3 < words.size() && words[i + 1].folded == "fois" && words[i + 2].folded == "par" &&
        (words[i + 3].folded == "an" || words[i + 3].folded == "annee")) {
      return NumberOf(words[i]);
    }
    if (i + 3 < words.size() && words[i + 1].folded.substr(0, 7) == "reunion" &&
        words[i + 2].folded == "par" && words[i + 3].folded == "an") {
      return NumberOf(words[i]);
    }
    if (i + 3 < words.size() && words[i].folded == "tous" && words[i + 1].folded == "les" &&
        words[i + 3].folded == "mois") {
      const uint32_t months = NumberOf(words[i + 2]);
      return months == 0 ? 0 : 12 / months;
    }
    if (words[i].folded.substr(0, 11) == "trimestriel") return 4;
    if (words[i].folded.substr(0, 10) == "semestriel") return 2;
    if (words[i].folded == "annuellement") return 1;
  }
  return 0;
}

}  // namespace greffe::reader
