// SPDX-License-Identifier: Apache-2.0
#include "catalogue/shipped.hpp"

#include <algorithm>
#include <casemetry/catalogue.hpp>

namespace casemetry {

std::vector<std::string> shipped_catalogues() {
  std::vector<std::string> ids;
  for (const definition::Shipped& one : definition::shipped()) ids.emplace_back(one.id);
  return ids;
}

Catalogue Catalogue::shipped(std::string_view id) {
  const auto all = definition::shipped();
  const auto found = std::ranges::find(all, id, &definition::Shipped::id);
  if (found == all.end())
    throw QueryError(hinted("no catalogue '" + std::string(id) + "' is shipped", id, shipped_catalogues()));
  return from_json(found->json);
}

}  // namespace casemetry
