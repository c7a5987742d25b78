# SPDX-License-Identifier: Apache-2.0
# The C++ door: headers, library and the files of find_package(casemetry).
include(CMakePackageConfigHelpers)

set(cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/casemetry")
install(TARGETS casemetry EXPORT casemetryTargets FILE_SET HEADERS)
install(EXPORT casemetryTargets NAMESPACE casemetry:: DESTINATION "${cmake_dir}")
configure_package_config_file(cpp/cmake/casemetryConfig.cmake.in casemetryConfig.cmake INSTALL_DESTINATION "${cmake_dir}")
write_basic_package_version_file(casemetryConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES "${CMAKE_CURRENT_BINARY_DIR}/casemetryConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/casemetryConfigVersion.cmake"
  DESTINATION "${cmake_dir}")
