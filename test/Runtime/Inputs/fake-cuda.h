/* What a test sees of the driver in fake-cuda.c, and tells it to do. */

#ifndef NORMC_TEST_FAKE_CUDA_H
#define NORMC_TEST_FAKE_CUDA_H

enum { fake_devices = 4, fake_params = 8 };

typedef struct fake_launch {
  char function[64];
  int device, with_attributes, dependent, captured;
  unsigned grid[3], block[3], cluster[3], shared_bytes;
  void *stream;
  unsigned long long params[fake_params]; // the first 8 bytes of each
} fake_launch;

typedef struct fake_state {
  // The test's.
  int num_devices, version;
  int arch[fake_devices], shared_bytes_optin[fake_devices], has_pools[fake_devices];
  int static_shared_bytes;           // of every function
  unsigned param_bytes[fake_params]; // of the function that is launched; 0: none
  char fail[64];                     // this function, "" for none,
  int fail_result, fail_after;       // has this result after so many calls
  int refuse_attributes;             // cuFuncSetAttribute fails
  int default_stream_is_captured;    // asking for it has CUDA_ERROR_STREAM_CAPTURE_IMPLICIT

  // The driver's.
  int calls, inits, wrong; // wrong: what a real driver would not have survived
  int retained[fake_devices], loads[fake_devices], unloads[fake_devices], launches[fake_devices];
  int functions_loaded, attributes_set, live_memory, live_streams, live_events, live_graphs;
  char image[64]; // the beginning of the last image loaded
  fake_launch last;
} fake_state;

#endif
