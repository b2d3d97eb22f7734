#include "tests/scenarios/runner.h"

#include <cstddef>
#include <regex>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/views/queries_life.h"
#include "tests/scenarios/language.h"

namespace greffe::scenario {
namespace {

// Sentences begin with a capital letter or not: « La CAF » is « la CAF ».
std::string Uncapitalised(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] += 'a' - 'A';
  if (absl::StartsWith(text, "À")) return absl::StrCat("à", absl::StripPrefix(text, "À"));
  return text;
}

template <typename Form>
struct Compiled {
  std::regex expression;
  const Form* form;
};

template <typename Form>
void Compile(const std::vector<Form>& forms, std::vector<Compiled<Form>>* out) {
  for (const Form& form : forms) out->push_back({Expression(form.form), &form});
}

const std::vector<Compiled<Sentence>>& CompiledSteps() {
  static const auto* const kAll = [] {
    auto* all = new std::vector<Compiled<Sentence>>();
    Compile(Steps(), all);
    Compile(LifeSteps(), all);
    Compile(FollowSteps(), all);
    Compile(ReviewSteps(), all);
    Compile(FileSteps(), all);
    return all;
  }();
  return *kAll;
}

const std::vector<Compiled<Phrase>>& CompiledPhrases() {
  static const auto* const kAll = [] {
    auto* all = new std::vector<Compiled<Phrase>>();
    Compile(Phrases(), all);
    Compile(LifePhrases(), all);
    Compile(FollowPhrases(), all);
    Compile(FilePhrases(), all);
    Compile(ExportPhrases(), all);
    return all;
  }();
  return *kAll;
}

class Runner {
 public:
  explicit Runner(absl::string_view name) : name_(name) {}

  std::vector<std::string> Run(absl::string_view text) {
    for (absl::string_view line : absl::StrSplit(text, '\n')) {
      ++line_;
      line = absl::StripAsciiWhitespace(line);
      if (line.empty() || line[0] == '#') continue;
      if (!Play(std::string(line))) return problems_;
    }
    if (refused_line_ != 0) Unexpected();
    if (expectations_ == 0) {
      line_ = 0;
      Problem("aucune attente : un scénario dit au moins une chose qui doit être vraie");
    }
    return problems_;
  }

 private:
  void Problem(absl::string_view text) {
    problems_.push_back(absl::StrCat(name_, ":", line_, ": ", text));
  }

  void Unexpected() {
    line_ = refused_line_;
    Problem(absl::StrCat("refusé sans que le scénario l'attende (", refusal_.rule,
                         ") : ", refusal_.fr));
  }

  // False ends the play.
  bool Play(std::string sentence) {
    if (sentence.back() != '.') {
      Problem("une phrase finit par un point");
      return false;
    }
    sentence.pop_back();
    static const std::regex kRefused("(?:.+) est refusée? : ([A-Za-z0-9-]+)(?:, « ?(.*?) ?»)?");
    static const std::regex kAt(
        "[Aa]u (\\d{4}-\\d{2}-\\d{2})(?:, connu le (\\d{4}-\\d{2}-\\d{2}))?(?:, chez ([^:]+?))? : "
        "(.+)");
    static const std::regex kKnows("(.+) sait jusqu'au (\\d{4}-\\d{2}-\\d{2})");
    std::smatch words;
    if (std::regex_match(sentence, words, kRefused)) return ExpectRefusal(words);
    if (refused_line_ != 0) {
      Unexpected();
      return false;
    }
    if (std::regex_match(sentence, words, kAt)) return ExpectAt(words);
    if (std::regex_match(sentence, words, kKnows)) return ExpectKnows(words);
    if (sentence == "Les répliques disent la même chose") return ExpectSame();
    return Step(std::move(sentence));
  }

  bool Step(std::string sentence) {
    static const std::regex kDated("Le (\\d{4}-\\d{2}-\\d{2}), (.+)");
    std::smatch words;
    if (std::regex_match(sentence, words, kDated)) {
      const absl::StatusOr<CivilDate> day = CivilDate::Parse(words[1].str(), "date");
      const absl::Status moved = day.ok() ? world_.GoTo(*day) : day.status();
      if (!moved.ok()) {
        Problem(moved.message());
        return false;
      }
      sentence = words[2].str();
    }
    sentence = Uncapitalised(sentence);
    for (const Compiled<Sentence>& one : CompiledSteps()) {
      if (!std::regex_match(sentence, words, one.expression)) continue;
      const absl::Status done = one.form->act(world_, words);
      if (done.ok()) return true;
      refusal_ = RefusalOf(done);
      if (refusal_.rule.empty()) {
        Problem(absl::StrCat("impossible : ", done.message()));
        return false;
      }
      refused_line_ = line_;
      return true;
    }
    Problem(absl::StrCat("phrase inconnue : « ", sentence, " »"));
    return false;
  }

  bool ExpectRefusal(const std::smatch& words) {
    ++expectations_;
    if (refused_line_ == 0) {
      Problem("rien n'a été refusé");
      return true;
    }
    refused_line_ = 0;
    if (refusal_.rule != words[1].str()) {
      Problem(absl::StrCat("refusé par ", refusal_.rule, " : ", refusal_.fr));
    } else if (!absl::StrContains(refusal_.fr, words[2].str())) {
      Problem(absl::StrCat("refusé en disant : ", refusal_.fr));
    }
    return true;
  }

  // Everybody, or whoever is named: « la CAF et le service ».
  std::vector<Who> Asked(const std::string& where) const {
    if (where.empty()) return world_.Holders();
    std::vector<Who> out;
    for (const absl::string_view one : absl::StrSplit(where, " et ")) {
      out.push_back(WhoIn(std::string(one)));
    }
    return out;
  }

  absl::StatusOr<Answer> Ask(Who who, CivilDate on, CivilDate known) const {
    ASSIGN_OR_RETURN(const Known at, world_.At(who, on, known));
    Answer answer;
    ASSIGN_OR_RETURN(answer.status, ViewStatus(at));
    ASSIGN_OR_RETURN(answer.blocking, ViewStatus(at, {.blocking = true}));
    answer.since = [this, who, known, at](CivilDate before) -> absl::StatusOr<v1::DiffView> {
      ASSIGN_OR_RETURN(const Known from, world_.At(who, before, known));
      return ViewDiff(from, at);
    };
    ASSIGN_OR_RETURN(answer.convention, ViewConvention(at, ""));
    ASSIGN_OR_RETURN(answer.life, ViewLife(at, ""));
    answer.deadlines = ViewDeadlines(at);
    ASSIGN_OR_RETURN(answer.history, ViewHistory(at, ""));
    ASSIGN_OR_RETURN(answer.conflicts, ViewConflicts(at));
    answer.attachments = ViewAttachments(at);
    answer.has_in_events = [this, who](const std::string& bytes) {
      return world_.HasInEvents(who, bytes);
    };
    answer.pieces = world_.pieces;
    return answer;
  }

  bool ExpectAt(const std::smatch& words) {
    const absl::StatusOr<CivilDate> on = CivilDate::Parse(words[1].str(), "date");
    const std::string known_on = words[2];
    const absl::StatusOr<CivilDate> known =
        known_on.empty() ? world_.today() : CivilDate::Parse(known_on, "date");
    if (!on.ok() || !known.ok()) {
      Problem(on.ok() ? known.status().message() : on.status().message());
      return false;
    }
    for (const Who who : Asked(words[3])) {
      const absl::StatusOr<Answer> answer = Ask(who, *on, *known);
      if (!answer.ok()) {
        Problem(absl::StrCat(PartnerOf(who), " : ", answer.status().message()));
        return false;
      }
      const std::string phrases = words[4];
      for (const absl::string_view phrase : absl::StrSplit(phrases, " ; ")) {
        if (!Check(*answer, who, std::string(absl::StripAsciiWhitespace(phrase)))) return false;
      }
    }
    return true;
  }

  bool Check(const Answer& answer, Who who, const std::string& phrase) {
    for (const Compiled<Phrase>& one : CompiledPhrases()) {
      std::smatch words;
      if (!std::regex_match(phrase, words, one.expression)) continue;
      ++expectations_;
      const absl::Status checked = one.form->check(answer, words);
      if (!checked.ok()) {
        Problem(absl::StrCat("« ", phrase, " » est faux chez ",
                             who == Who::kService ? "le service" : PartnerOf(who), " : ",
                             checked.message()));
      }
      return true;
    }
    Problem(absl::StrCat("attente inconnue : « ", phrase, " »"));
    return false;
  }

  bool ExpectKnows(const std::smatch& words) {
    ++expectations_;
    const absl::StatusOr<CivilDate> until = world_.KnowsUntil(WhoIn(words[1].str()));
    if (!until.ok()) {
      Problem(until.status().message());
    } else if (until->ToString() != words[2].str()) {
      Problem(absl::StrCat("sait jusqu'au ", until->ToString()));
    }
    return true;
  }

  bool ExpectSame() {
    ++expectations_;
    for (const Who who : world_.Holders()) {
      if (world_.StateOf(who).StateDigest() != world_.StateOf(Who::kCommune).StateDigest()) {
        Problem(absl::StrCat(PartnerOf(who), " dit autre chose que la commune"));
      }
    }
    return true;
  }

  const std::string name_;
  std::size_t line_ = 0;
  World world_;
  std::vector<std::string> problems_;
  std::size_t expectations_ = 0;
  // Line of a refusal that no sentence has expected yet; 0: none.
  std::size_t refused_line_ = 0;
  Refusal refusal_;
};

}  // namespace

std::vector<std::string> RunScenario(absl::string_view text, absl::string_view name) {
  return Runner(name).Run(text);
}

}  // namespace greffe::scenario
