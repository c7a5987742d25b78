// SPDX-License-Identifier: Apache-2.0
#include "catalogue/order.hpp"

#include <algorithm>
#include <deque>

namespace casemetry::definition {

std::vector<std::string> in_order(const Needs& needs) {
  std::map<std::string, std::size_t> awaited;
  std::map<std::string, std::vector<std::string>> awaiting;
  std::vector<std::string> order;
  for (const auto& [name, needed] : needs) {
    for (const std::string& other : needed)
      if (needs.contains(other)) {
        ++awaited[name];
        awaiting[other].push_back(name);
      }
    if (!awaited.contains(name)) order.push_back(name);
  }
  for (std::size_t next = 0; next < order.size(); ++next)
    for (const std::string& name : awaiting[order[next]])
      if (--awaited[name] == 0) order.push_back(name);
  return order;
}

std::vector<std::string> circle_through(const Needs& needs, const std::string& name) {
  std::map<std::string, std::string> reached_from;
  std::deque<std::string> reached{name};
  while (!reached.empty() && !reached_from.contains(name)) {
    const std::string from = std::move(reached.front());
    reached.pop_front();
    const auto needed = needs.find(from);
    for (const std::string& other : needed != needs.end() ? needed->second : Names{})
      if (reached_from.emplace(other, from).second) reached.push_back(other);
  }
  if (!reached_from.contains(name)) return {};
  std::vector<std::string> circle{name};
  do circle.push_back(reached_from.at(circle.back()));
  while (circle.back() != name);
  std::ranges::reverse(circle);
  return circle;
}

std::string way(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " → ") + name;
  return text;
}

}  // namespace casemetry::definition
