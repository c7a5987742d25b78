# SPDX-License-Identifier: Apache-2.0
# A C++ library that pip installed keeps its files where CMake does not look: TBB under <prefix>/lib,
# nlohmann-json in site-packages/nlohmann_json. Python's own records know where.
#
#   casemetry_find_in_python(<variable> <distribution> <file>)
#
# sets <variable> in the cache to the folder of <file>, unless it is set already or the distribution is absent.
function(casemetry_find_in_python variable distribution file)
  if(DEFINED ${variable} OR NOT Python_EXECUTABLE)
    return()
  endif()
  set(program [[
import importlib.metadata, sys
name, wanted = sys.argv[1:]
try:
    files = importlib.metadata.files(name) or []
except importlib.metadata.PackageNotFoundError:
    files = []
print(next((f.locate().resolve().parent.as_posix() for f in files if f.as_posix().endswith(wanted)), ""), end="")
]])
  execute_process(
    COMMAND "${Python_EXECUTABLE}" -c "${program}" "${distribution}" "${file}"
    OUTPUT_VARIABLE folder
    RESULT_VARIABLE failed)
  if(NOT failed AND folder)
    set(${variable} "${folder}" CACHE PATH "Found in the Python distribution ${distribution}")
    message(STATUS "casemetry: ${distribution} from pip: ${folder}")
  endif()
endfunction()
