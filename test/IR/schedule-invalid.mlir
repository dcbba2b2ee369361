// RUN: norm-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{expects along to name a dimension, but it is empty}}
func.func private @along() attributes {norm.schedule = #norm.schedule<along = "", width = 8>}

// -----

// expected-error @below {{expects width to be a power of two from 1 to 1024, but got 12}}
func.func private @width() attributes {norm.schedule = #norm.schedule<along = "c", width = 12>}

// -----

// expected-error @below {{expects rows to be a power of two from 1 to 64, but got 3}}
func.func private @rows() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, rows = 3, task = 3>}

// -----

// expected-error @below {{expects task to be a multiple of rows, 4, but got 6}}
func.func private @task() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, rows = 4, task = 6>}

// -----

// expected-error @below {{expects accumulators to be at least 1, but got 0}}
func.func private @accumulators() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, accumulators = 0>}

// -----

// expected-error @below {{expects stream not to be negative, but got -1}}
func.func private @stream() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, stream = -1>}

// -----

// expected-error @below {{expects groups to be a power of two below width, 8, but got 8}}
func.func private @groups() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, groups = 8>}

// -----

// expected-error @below {{expects groups or a task to be 1, but got 2 and 4}}
func.func private @groups_task() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, groups = 2, task = 4>}

// -----

// expected-error @below {{expects block to be a power of two from 1 to 64, but got 3}}
func.func private @block() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, block = 3>}

// -----

// expected-error @below {{expects split not to be negative, but got -1}}
func.func private @split() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, split = -1>}

// -----

// expected-error @below {{expects columns and streamColumns to be multiples of width, 8, but got 12 and 0}}
func.func private @columns() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, columns = 12>}

// -----

// expected-error @below {{expects streamRows to be a power of two from 1 to 64, but got 3}}
func.func private @stream_rows() attributes {norm.schedule = #norm.schedule<along = "c", width = 8, streamRows = 3>}

// -----

// expected-error @below {{expects threads to be a power of two below 32 or a multiple of 32 up to 1024, but got 24}}
func.func private @gpu_threads() attributes {norm.schedule = #norm.gpu_schedule<along = "c", width = 8, threads = 24>}

// -----

// expected-error @below {{expects 1 to 1024 threads in a block, but got 5 groups of 256}}
func.func private @gpu_groups() attributes {norm.schedule = #norm.gpu_schedule<along = "c", width = 8, threads = 256, groups = 5>}

// -----

// expected-error @below {{expects most to say how many elements fit in units, but got 0}}
func.func private @gpu_most() attributes {norm.schedule = #norm.gpu_schedule<along = "c", width = 8, threads = 32, units = 4>}

// -----

// expected-error @below {{expects unit to be a power of two from 1 to the number of lanes, 16, but got 32}}
func.func private @unit() attributes {order = #norm.order<lanes = 16, unit = 32>}

// -----

// expected-error @below {{expects accesses of 16 or 32 bytes, but got 8}}
func.func private @gpu_access() attributes {norm.schedule = #norm.gpu_schedule<along = "c", width = 8, threads = 32, access = 8>}
