# What `cmake --install` copies: everything that a compiler that uses normc needs. The tree can be
# moved: nothing in it names the folders that it was built in or installed to.
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/Normc)

install(DIRECTORY include/normc include/normc-c ${CMAKE_BINARY_DIR}/include/normc
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.h.inc"
  PATTERN CMakeFiles EXCLUDE)

set(tools normc norm-opt norm-run norm-lsp-server norm-reduce)
set_target_properties(${tools} PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
install(TARGETS ${tools} NormPlugin normrt normptxsim normcPTXSim
    normc-c normcIR normcSchedule normcTransforms normcRaise normcConversion normcPipelines normcCompiler
  EXPORT NormcTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT NormcTargets NAMESPACE Normc:: DESTINATION ${package})

configure_package_config_file(tools/cmake/NormcConfig.cmake.in NormcConfig.cmake
  INSTALL_DESTINATION ${package} NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# Until 1.0 a minor version may change what an earlier one meant.
write_basic_package_version_file(NormcConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES tools/cmake/NormcLLD.cmake ${CMAKE_BINARY_DIR}/NormcConfig.cmake
    ${CMAKE_BINARY_DIR}/NormcConfigVersion.cmake
  DESTINATION ${package})
