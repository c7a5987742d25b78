// SPDX-License-Identifier: Apache-2.0
#include "catalogue/tree.hpp"
#include "catalogue/validate.hpp"
#include "written.hpp"

namespace casemetry::definition {
namespace {

std::string days_of(const Version& version) {
  const std::string from = version.valid_from ? "from " + date_text(*version.valid_from) : "from the beginning";
  return from + (version.valid_to ? " to " + date_text(*version.valid_to) : "");
}

// One that can end before it begins, replaces nothing, or goes on for ever.
void validate_version(const Version& version, bool is_last, const std::string& path, Faults& faults) {
  if (version.valid_from && version.valid_to && *version.valid_to < *version.valid_from)
    faults.tell_first(path + ".valid_to",
                      date_text(*version.valid_to) + " is before it begins, on " + date_text(*version.valid_from));
  if (!version.of && !version.numerator && !version.denominator)
    faults.tell_first(path, "it replaces nothing: write of, numerator or denominator as it was");
  if (is_last && !version.valid_to)
    faults.tell_first(path + ".valid_to", "no last day: today's definition holds after it, so say until when it held");
}

// Each after the one before, without a day in common.
void validate_order(const Version& before, const Version& version, const std::string& path, Faults& faults) {
  const std::string key = path + ".valid_from";
  if (!version.valid_from) {
    faults.tell_first(key, "no first day: only the first version can be from the beginning");
  } else if (before.valid_from && *version.valid_from < *before.valid_from) {
    faults.tell_first(key, "it begins on " + date_text(*version.valid_from) + ", the one before it on " +
                               date_text(*before.valid_from) + ": the earliest comes first");
  } else if (before.valid_to ? *version.valid_from <= *before.valid_to
                             : before.valid_from && *version.valid_from == *before.valid_from) {
    faults.tell_first(key, "it holds " + days_of(version) + ", the one before it " + days_of(before) +
                               ": two definitions on one day");
  }
}

}  // namespace

std::string path_of_version(const Indicator& indicator, const Version& version, const std::string& path) {
  return below(below(path, "version"), static_cast<std::size_t>(&version - indicator.versions.data()));
}

void validate_versions(const Indicator& indicator, const std::string& path, Faults& faults) {
  const std::vector<Version>& versions = indicator.versions;
  if (!versions.empty() && indicator.kind == Indicator::Kind::contribution)
    return faults.tell_first(below(path, "version"), "a contribution has no formula that a version could replace");
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const std::string at = path_of_version(indicator, versions[i], path);
    validate_version(versions[i], i + 1 == versions.size(), at, faults);
    if (i > 0) validate_order(versions[i - 1], versions[i], at, faults);
  }
}

}  // namespace casemetry::definition
