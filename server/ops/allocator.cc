// Read by jemalloc before the first allocation; MALLOC_CONF in the environment goes above it.
// What is freed goes back to the system at once: by default jemalloc keeps it for ten seconds, and
// a first sync of 100,000 events then holds a third more. Two arenas, as many as threads that work
// at a time on the machines that replicas run on; by default four for each core.
extern "C" {
const char* malloc_conf = "narenas:2,dirty_decay_ms:0,muzzy_decay_ms:0";
}
