#include "tests/core/export/html_check.h"

#include <regex>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace greffe::testing_support {
namespace {

const std::set<std::string> kElements = {
    "html", "head",  "meta",    "title", "style", "body", "a",  "header", "h1",     "h2",
    "h3",   "h4",    "h5",      "h6",    "p",     "ul",   "li", "nav",    "main",   "footer",
    "div",  "table", "caption", "thead", "tbody", "tr",   "th", "td",     "strong", "br",
    "code", "ins",   "del",     "span",  "dl",    "dt",   "dd"};
const std::set<std::string> kAttributes = {"lang",  "charset",    "name",     "content",
                                           "class", "http-equiv", "tabindex", "scope",
                                           "role",  "aria-label", "href",     "id"};

class Checker {
 public:
  explicit Checker(const std::string& html) : html_(html) {}

  std::vector<std::string> Run() {
    if (!absl::StartsWith(html_, "<!DOCTYPE html>\n<html lang=\"fr\">")) Add("no French HTML page");
    std::size_t at = html_.find('>') + 1;
    while ((at = html_.find('<', at)) != std::string::npos) {
      const std::size_t end = html_.find('>', at);
      if (end == std::string::npos) {
        Add("a tag that does not end");
        break;
      }
      Tag(html_.substr(at + 1, end - at - 1));
      at = end + 1;
    }
    if (!open_.empty()) Add("left open: " + open_.back());
    if (h1_ != 1) Add("not exactly one h1");
    if (captions_ != tables_) Add("a table without caption");
    for (const std::string& target : links_) {
      if (ids_.count(target) == 0) Add("link to nowhere: " + target);
    }
    return problems_;
  }

 private:
  void Add(const std::string& problem) { problems_.push_back(problem); }

  void Tag(const std::string& tag) {
    static const std::regex kOpen(R"re(([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*))re");
    if (!tag.empty() && tag[0] == '/') {
      if (open_.empty() || open_.back() != tag.substr(1)) {
        Add("closes what is not open: " + tag);
        return;
      }
      open_.pop_back();
      return;
    }
    std::smatch parts;
    if (!std::regex_match(tag, parts, kOpen)) {
      Add("not a tag: " + tag);
      return;
    }
    const std::string name = parts[1];
    if (kElements.count(name) == 0) Add("unexpected element: " + name);
    Attributes(name, parts[2]);
    if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
      const int level = name[1] - '0';
      if (level > level_ + 1) Add(absl::StrCat("a gap before h", level));
      level_ = level;
      h1_ += level == 1;
    }
    tables_ += name == "table";
    captions_ += name == "caption";
    if (name != "meta" && name != "br") open_.push_back(name);
  }

  void Attributes(const std::string& name, const std::string& text) {
    static const std::regex kOne(R"re( ([a-z-]+)="([^"]*)")re");
    bool scope = false;
    for (std::sregex_iterator it(text.begin(), text.end(), kOne), none; it != none; ++it) {
      const std::string attribute = (*it)[1];
      const std::string value = (*it)[2];
      if (kAttributes.count(attribute) == 0) Add("unexpected attribute: " + attribute);
      if (attribute == "href") {
        if (value.empty() || value[0] != '#') {
          Add("leads out of the page: " + value);
        } else {
          links_.insert(value.substr(1));
        }
      }
      if (attribute == "id" && !ids_.insert(value).second) Add("id given twice: " + value);
      scope |= attribute == "scope" && (value == "col" || value == "row");
    }
    if (name == "th" && !scope) Add("th without scope");
  }

  const std::string& html_;
  std::vector<std::string> problems_;
  std::vector<std::string> open_;
  std::set<std::string> ids_;
  std::set<std::string> links_;
  int level_ = 0;
  int h1_ = 0;
  int tables_ = 0;
  int captions_ = 0;
};

}  // namespace

std::vector<std::string> ProblemsOfPage(const std::string& html) { return Checker(html).Run(); }

}  // namespace greffe::testing_support
