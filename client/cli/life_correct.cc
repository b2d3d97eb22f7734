#include "client/cli/life_correct.h"

#include <span>
#include <utility>

#include "client/cli/lookup.h"
#include "client/cli/problems.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

using google::protobuf::FieldDescriptor;

// Every option of every row.
template <typename Visit>
void ForEachOption(const Visit& visit) {
  for (const std::span<const LifeCommand> rows : {EndingRows(), LivingRows()}) {
    for (const LifeCommand& row : rows) {
      for (const LifeOption& option : row.options) {
        if (option.name != nullptr) visit(row, option);
      }
    }
  }
}

bool IsGiven(const LifeOptionValue& value) {
  return value.yes || value.no || !value.text.empty() || !value.list.empty();
}

absl::Status NeverEmpty(const std::string& option) {
  constexpr Message kEmpty = {"$0 est vide : ce fait ne peut pas s'en passer.",
                              "$0 is empty: this fact cannot be without it."};
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, kEmpty, option),
                     .en = Fill(Lang::kEnglish, kEmpty, option)});
}

absl::Status NotOfThisFact(const std::string& option) {
  constexpr Message kOther = {"$0 n'est pas une option de la commande qui a enregistré ce fait.",
                              "$0 is no option of the command that recorded this fact."};
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, kOther, option),
                     .en = Fill(Lang::kEnglish, kOther, option)});
}

}  // namespace

void LifeCorrection::AddTo(Command& command) {
  constexpr Message kShared = {"Comme dans la commande qui a enregistré le fait",
                               "As in the command that recorded the fact"};
  command.Option("--on", "DATE", &on_, {"Jour d'un fait de la vie", "Day of a fact of life"})
      .Option("--text", "TEXT", &text_,
              {"En clair, sans nom de personne", "In plain words, no names of persons"});
  std::map<std::string, int> uses;
  ForEachOption([&](const LifeCommand&, const LifeOption& option) { ++uses[option.name]; });
  ForEachOption([&](const LifeCommand& row, const LifeOption& option) {
    const std::string name = option.name;
    if (taken_.count(name) + values_.count(name) + flags_.count(name) > 0) return;
    const FieldDescriptor& field = *LifeField(row, option);
    const Message& about = uses[option.name] > 1 ? kShared : option.help;
    if (field.is_repeated()) {
      command.List(option.name, option.kind, &values_[name].list, about);
    } else if (field.type() == FieldDescriptor::TYPE_BOOL) {
      command.Flag(option.name, &flags_[name], about);
      if (option.otherwise == nullptr) return;
      command.Flag(option.otherwise, &flags_[option.otherwise], option.otherwise_help);
    } else {
      command.Option(option.name, option.kind, &values_[name].text, about);
    }
  });
}

LifeOptionValue LifeCorrection::ValueOf(const char* name) const {
  const auto own = values_.find(name);
  if (own != values_.end()) return own->second;
  LifeOptionValue value;
  if (const auto flag = flags_.find(name); flag != flags_.end() && flag->second.has_value()) {
    (*flag->second ? value.yes : value.no) = true;
  }
  if (const auto taken = taken_.find(name); taken != taken_.end()) value.list = *taken->second;
  return value;
}

absl::StatusOr<v1::LifeRecorded> LifeCorrection::Correct(
    const v1::LifeRecorded& was, const std::set<std::string>& emptied) const {
  if (emptied.count("--on") > 0) return NeverEmpty("--on");
  v1::LifeRecorded fact = was;
  fact.clear_replaces();
  fact.clear_reason();
  if (!on_.empty()) fact.set_happened_on(on_);
  if (!text_.empty() || emptied.count("--text") > 0) fact.set_text(text_);
  std::set<std::string> known;
  absl::Status filled;
  ForEachOption([&](const LifeCommand& row, const LifeOption& option) {
    if (row.fact != was.fact_case() || !filled.ok()) return;
    LifeOptionValue value = ValueOf(option.name);
    known.insert(option.name);
    if (option.otherwise != nullptr) {
      known.insert(option.otherwise);
      const LifeOptionValue otherwise = ValueOf(option.otherwise);
      value.yes = value.yes || otherwise.no;
      value.no = value.no || otherwise.yes;
    }
    const bool clear = emptied.count(option.name) > 0;
    if (clear && option.required) {
      filled = NeverEmpty(option.name);
      return;
    }
    if (!IsGiven(value) && !clear) return;
    const FieldDescriptor& field = *LifeField(row, option);
    const auto* const reflection = fact.GetReflection();
    google::protobuf::Message* const payload = reflection->MutableMessage(
        &fact, v1::LifeRecorded::descriptor()->FindFieldByNumber(static_cast<int>(row.fact)));
    // A list is given anew, not added to.
    if (field.is_repeated() || clear) payload->GetReflection()->ClearField(payload, &field);
    if (clear) return;
    filled = FillLifeOption(option, value, field, payload);
  });
  RETURN_IF_ERROR(filled);
  for (const auto& [name, value] : values_) {
    if (IsGiven(value) && known.count(name) == 0) return NotOfThisFact(name);
  }
  for (const auto& [name, value] : flags_) {
    if (value.has_value() && known.count(name) == 0) return NotOfThisFact(name);
  }
  for (const std::string& name : emptied) {
    if (values_.count(name) > 0 && known.count(name) == 0) return NotOfThisFact(name);
  }
  for (const auto& [name, value] : taken_) {
    if (!value->empty() && known.count(name) == 0) return NotOfThisFact(name);
  }
  return fact;
}

}  // namespace greffe::cli
