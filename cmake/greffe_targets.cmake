# How targets are made here: one function each for libraries, programs and tests, so that warnings,
# sanitizers, precompiled headers and labels are the same everywhere.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
find_program(GREFFE_MOLD mold)
if(GREFFE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
# -pthread everywhere: gRPC's targets ask for it, and precompiled headers fit only equal options.
# GCC 12 warns wrongly inside its own and Abseil's headers once it optimises; these four are off.
add_compile_options(-Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers
    -Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
    -fno-omit-frame-pointer -pthread)
if(GREFFE_WERROR)
  add_compile_options(-Werror)
endif()
if(GREFFE_SANITIZE)
  add_compile_options(-fsanitize=${GREFFE_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GREFFE_SANITIZE})
endif()

find_package(absl REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Protobuf REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(Threads REQUIRED)
if(NOT GREFFE_PURE_ONLY)
  find_package(gRPC REQUIRED)
  find_package(RocksDB REQUIRED)
  find_package(fmt REQUIRED)
  find_package(CLI11 REQUIRED)
endif()
if(GREFFE_TESTS)
  find_package(GTest REQUIRED)
endif()

# Precompiled headers: one set for the whole tree keeps clean builds short on two cores.
set(GREFFE_PCH_COMMON <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set>
    <span> <string> <utility> <variant> <vector>
    <absl/status/status.h> <absl/status/statusor.h> <absl/strings/str_cat.h>
    <absl/strings/string_view.h>)

file(WRITE ${CMAKE_BINARY_DIR}/greffe_pch.cc "// Anchor of the shared precompiled headers.\n")
add_library(greffe_pch STATIC ${CMAKE_BINARY_DIR}/greffe_pch.cc)
if(GREFFE_PCH)
  target_precompile_headers(greffe_pch PRIVATE ${GREFFE_PCH_COMMON})
endif()

function(greffe_common target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
endfunction()

# greffe_library(NAME name SOURCES ... DEPS ... [PRIVATE_DEPS ...])
function(greffe_library)
  cmake_parse_arguments(A "" "NAME" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(${A_NAME} STATIC ${A_SOURCES})
  greffe_common(${A_NAME})
  target_link_libraries(${A_NAME} PUBLIC ${A_DEPS} PRIVATE ${A_PRIVATE_DEPS})
  if(GREFFE_PCH)
    target_precompile_headers(${A_NAME} REUSE_FROM greffe_pch)
  endif()
endfunction()

# greffe_program(NAME name SOURCES ... DEPS ...)
function(greffe_program)
  cmake_parse_arguments(A "" "NAME" "SOURCES;DEPS" ${ARGN})
  add_executable(${A_NAME} ${A_SOURCES})
  greffe_common(${A_NAME})
  target_link_libraries(${A_NAME} PRIVATE ${A_DEPS})
  set_target_properties(${A_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# greffe_test(NAME name SOURCES ... DEPS ... [LABELS unit] [TIMEOUT seconds]): a GoogleTest program,
# run as one ctest entry.
function(greffe_test)
  cmake_parse_arguments(A "" "NAME;TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT A_LABELS)
    set(A_LABELS unit)
  endif()
  if(NOT A_TIMEOUT)
    set(A_TIMEOUT 120)
  endif()
  add_executable(${A_NAME} ${A_SOURCES})
  greffe_common(${A_NAME})
  target_link_libraries(${A_NAME} PRIVATE ${A_DEPS} GTest::gtest GTest::gmock greffe_test_main)
  set_target_properties(${A_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(GREFFE_PCH)
    target_precompile_headers(${A_NAME} REUSE_FROM greffe_test_main)
  endif()
  add_test(NAME ${A_NAME} COMMAND ${A_NAME} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${A_NAME} PROPERTIES LABELS "${A_LABELS}" TIMEOUT ${A_TIMEOUT})
endfunction()
