// SPDX-License-Identifier: Apache-2.0
// The only source that includes the JSON library. Its events build the tree, so that numbers stay as they were written
// and a key that stands twice is seen.
#include <nlohmann/json.hpp>
#include <set>

#include "catalogue/tree.hpp"

namespace casemetry::definition {
namespace {

constexpr std::size_t deepest = 32;

class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(Faults& faults) : faults_(faults) {}
  Tree result() && { return std::move(root_); }

  bool null() override { return put({}); }
  bool boolean(bool value) override { return put({value}); }
  bool number_integer(number_integer_t value) override { return put({Tree::Number{std::to_string(value)}}); }
  bool number_unsigned(number_unsigned_t value) override { return put({Tree::Number{std::to_string(value)}}); }
  bool number_float(number_float_t, const string_t& written) override { return put({Tree::Number{written}}); }
  bool string(string_t& value) override { return put({std::move(value)}); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open({Tree::Object{}}); }
  bool start_array(std::size_t) override { return open({Tree::List{}}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    level.key = name;
    level.repeats = !level.seen.insert(name).second;
    if (level.repeats) faults_.tell(path(), "the key stands twice");
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    const std::string what = error.what();
    const std::string place = "parse error ";
    const auto found = what.find(place);
    faults_.tell("", "not JSON " + (found == std::string::npos ? what : what.substr(found + place.size())));
    return false;
  }

 private:
  // A list or object that is not yet closed.
  struct Level {
    Tree tree;
    std::string key;             // the last one
    std::set<std::string> seen;  // all of them
    bool repeats = false;        // the last one stood before; the first counts
  };

  bool put(Tree tree) {
    if (levels_.empty()) {
      root_ = std::move(tree);
      return true;
    }
    Level& level = levels_.back();
    if (auto* list = std::get_if<Tree::List>(&level.tree.value)) {
      list->push_back(std::move(tree));
    } else if (!level.repeats) {
      std::get<Tree::Object>(level.tree.value).push_back({level.key, std::move(tree)});
    }
    return true;
  }

  bool open(Tree tree) {
    if (levels_.size() == deepest) {
      faults_.tell("", "nested deeper than " + std::to_string(deepest) + " levels");
      return false;
    }
    levels_.push_back({.tree = std::move(tree)});
    return true;
  }

  bool close() {
    Tree tree = std::move(levels_.back().tree);
    levels_.pop_back();
    return put(std::move(tree));
  }

  std::string path() const {
    std::string path;
    for (const Level& level : levels_) {
      const Tree::List* list = level.tree.list();
      path = list != nullptr ? below(path, list->size()) : below(path, level.key);
    }
    return path;
  }

  Faults& faults_;
  std::vector<Level> levels_;
  Tree root_;
};

}  // namespace

std::optional<Tree> parse_json(std::string_view text, Faults& faults) {
  TreeBuilder builder(faults);
  if (!nlohmann::json::sax_parse(text, &builder)) return std::nullopt;
  return std::move(builder).result();
}

}  // namespace casemetry::definition
