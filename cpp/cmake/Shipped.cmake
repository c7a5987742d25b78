# SPDX-License-Identifier: Apache-2.0
# The shipped definitions (TOML) as JSON compiled into the library. Python reads TOML by itself; C++ then need not.
if(NOT Python_EXECUTABLE)
  message(FATAL_ERROR "Python 3.11 or later is needed to build casemetry: it turns the shipped definitions into JSON")
endif()
set(shipped_script "${CMAKE_CURRENT_SOURCE_DIR}/cpp/cmake/shipped.py")
set(shipped_source "${CMAKE_CURRENT_BINARY_DIR}/shipped.cpp")
file(GLOB shipped_definitions CONFIGURE_DEPENDS python/casemetry/definitions/*.toml)
add_custom_command(
  OUTPUT "${shipped_source}"
  COMMAND "${Python_EXECUTABLE}" "${shipped_script}" "${shipped_source}" ${shipped_definitions}
  DEPENDS "${shipped_script}" ${shipped_definitions}
  COMMENT "Turning the shipped definitions into JSON"
  VERBATIM)
target_sources(casemetry PRIVATE "${shipped_source}")
