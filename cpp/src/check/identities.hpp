// SPDX-License-Identifier: Apache-2.0
/// \file
/// Identities (数据勾稽): what must hold between counts, looked at in each cell and period.
#pragma once

#include <casemetry/check.hpp>

namespace casemetry::quality {

/// Looks at all identities of the catalogue, and adds where they do not hold. Builds one cube of their aggregates.
void check_identities(const Tables& tables, const Catalogue& catalogue, const CheckOptions& options, Check& check);

}  // namespace casemetry::quality
