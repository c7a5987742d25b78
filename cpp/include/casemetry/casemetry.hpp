// SPDX-License-Identifier: Apache-2.0
/// \file
/// casemetry measures case handling: tables of cases go in; indicators come out, each with its definition, its counts,
/// its unknowns and its uncertainty. This header is the whole library.
#pragma once

#include <casemetry/analysis.hpp>
#include <casemetry/arrow.hpp>
#include <casemetry/catalogue.hpp>
#include <casemetry/check.hpp>
#include <casemetry/cube.hpp>
#include <casemetry/error.hpp>
#include <casemetry/expression.hpp>
#include <casemetry/leads.hpp>
#include <casemetry/query.hpp>
#include <casemetry/rules.hpp>
#include <casemetry/statistics.hpp>
#include <casemetry/table.hpp>
#include <casemetry/units.hpp>
#include <casemetry/version.hpp>
#include <casemetry/wide.hpp>
