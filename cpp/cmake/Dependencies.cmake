# SPDX-License-Identifier: Apache-2.0
# The three libraries of the core, from the system or from pip: TBB, Boost.Math (headers) and JSON (headers).
include(FindInPython)

if(CASEMETRY_BUILD_PYTHON)
  find_package(Python 3.11 REQUIRED COMPONENTS Interpreter Development.Module)
  find_package(pybind11 3 CONFIG REQUIRED)
elseif(NOT Python_EXECUTABLE)
  find_program(Python_EXECUTABLE NAMES python3 python)
endif()

casemetry_find_in_python(TBB_DIR tbb-devel TBBConfig.cmake)
casemetry_find_in_python(CASEMETRY_JSON_DIR nlohmann-json nlohmann/json.hpp)
casemetry_find_in_python(CASEMETRY_BOOST_DIR boost-headers boost/math/special_functions/beta.hpp)

find_package(TBB 2021 CONFIG REQUIRED COMPONENTS tbb)

add_library(casemetry_boost INTERFACE)
if(CASEMETRY_BOOST_DIR)
  cmake_path(SET boost_include NORMALIZE "${CASEMETRY_BOOST_DIR}/../../..")
  target_include_directories(casemetry_boost SYSTEM INTERFACE "${boost_include}")
else()
  find_package(Boost 1.74 REQUIRED)
  target_link_libraries(casemetry_boost INTERFACE Boost::headers)
endif()

add_library(casemetry_json INTERFACE)
if(CASEMETRY_JSON_DIR)
  cmake_path(GET CASEMETRY_JSON_DIR PARENT_PATH json_include)
  target_include_directories(casemetry_json SYSTEM INTERFACE "${json_include}")
else()
  find_package(nlohmann_json 3.11 CONFIG REQUIRED)
  target_link_libraries(casemetry_json INTERFACE nlohmann_json::nlohmann_json)
endif()
