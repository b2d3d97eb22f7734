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
if(GREFFE_UNITY)
  # GCC takes what a unit includes for headers, where a member of an unnamed namespace's type is a slip.
  add_compile_options(-Wno-subobject-linkage)
endif()
if(GREFFE_WERROR)
  add_compile_options(-Werror)
endif()
if(GREFFE_SANITIZE)
  add_compile_options(-fsanitize=${GREFFE_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GREFFE_SANITIZE})
endif()
if(GREFFE_FUZZ)
  # Everywhere, not in the targets alone: libFuzzer is led by the branches of what it tries.
  add_compile_options(-fsanitize=fuzzer-no-link)
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

# Precompiled headers: most of a build is reading headers, so each room reads its own set once. A set
# is an anchor target that the rooms reuse; which room takes which is the table in
# greffe_precompile. The sets of messages and of gRPC exist once proto/ is known.
set(GREFFE_PCH_COMMON <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set>
    <span> <string> <utility> <variant> <vector>
    <absl/status/status.h> <absl/status/statusor.h> <absl/strings/match.h>
    <absl/strings/str_cat.h> <absl/strings/str_join.h> <absl/strings/string_view.h>)
set(GREFFE_PCH_PROTO <greffe/v1/act_service.pb.h> <greffe/v1/admin_service.pb.h>
    <greffe/v1/attachment_service.pb.h>
    <greffe/v1/convention_service.pb.h>
    <greffe/v1/follow_up_service.pb.h> <greffe/v1/life_service.pb.h> <greffe/v1/sync.pb.h>)
set(GREFFE_PCH_GRPC <grpcpp/grpcpp.h>)

file(WRITE ${CMAKE_BINARY_DIR}/greffe_pch.cc "// Anchor of the shared precompiled headers.\n")

# greffe_precompiled(NAME headers... [DEPS targets...]): makes one set.
function(greffe_precompiled name)
  cmake_parse_arguments(A "" "" "DEPS" ${ARGN})
  add_library(${name} STATIC ${CMAKE_BINARY_DIR}/greffe_pch.cc)
  target_link_libraries(${name} PUBLIC ${A_DEPS})
  if(GREFFE_PCH)
    target_precompile_headers(${name} PRIVATE ${A_UNPARSED_ARGUMENTS})
  endif()
endfunction()

greffe_precompiled(greffe_pch ${GREFFE_PCH_COMMON})

# Gives a target the set of the folder that it is made in.
function(greffe_precompile target)
  if(NOT GREFFE_PCH)
    return()
  endif()
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(from greffe_pch_proto)
  if(folder MATCHES "^core/(base|feed)$")
    set(from greffe_pch)
  elseif(folder MATCHES "^(proto|server/(rpc|peers|main)|client|tests/client)$")
    set(from greffe_pch_grpc)
  endif()
  target_precompile_headers(${target} REUSE_FROM ${from})
endfunction()

# Several files of a room as one unit: most of what is left of a build is the templates that each file
# makes again from the same headers. What protoc made is not built so: its files share names.
function(greffe_common target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${GREFFE_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# greffe_library(NAME name SOURCES ... DEPS ... [PRIVATE_DEPS ...])
function(greffe_library)
  cmake_parse_arguments(A "" "NAME" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(${A_NAME} STATIC ${A_SOURCES})
  greffe_common(${A_NAME})
  target_link_libraries(${A_NAME} PUBLIC ${A_DEPS} PRIVATE ${A_PRIVATE_DEPS})
  greffe_precompile(${A_NAME})
endfunction()

# greffe_program(NAME name SOURCES ... DEPS ...)
function(greffe_program)
  cmake_parse_arguments(A "" "NAME" "SOURCES;DEPS" ${ARGN})
  add_executable(${A_NAME} ${A_SOURCES})
  greffe_common(${A_NAME})
  target_link_libraries(${A_NAME} PRIVATE ${A_DEPS})
  set_target_properties(${A_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  # Fuzz targets have options of their own.
  if(NOT GREFFE_FUZZ)
    greffe_precompile(${A_NAME})
  endif()
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
  if(GREFFE_LONG)
    math(EXPR A_TIMEOUT "${A_TIMEOUT} * 60")
  endif()
  set_tests_properties(${A_NAME} PROPERTIES LABELS "${A_LABELS}" TIMEOUT ${A_TIMEOUT})
endfunction()
