// Read by jemalloc before the first allocation; MALLOC_CONF in the environment goes above it.
// Small blocks that are freed stay for a fifth of a second: the next command wants them again.
// Large ones, which are tables in memory (kArenaBlockBytes of storage) and messages of a sync, go
// back to the system at once: kept as long, a first sync of 100,000 events holds a fifth more; as
// long as jemalloc does by default, ten seconds, a third. Two arenas, as many as threads that work
// at a time on the machines that replicas run on; by default four for each core.
extern "C" {
const char* malloc_conf = "narenas:2,dirty_decay_ms:200,muzzy_decay_ms:0,oversize_threshold:65536";
}
