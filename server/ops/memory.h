#ifndef GREFFE_SERVER_OPS_MEMORY_H_
#define GREFFE_SERVER_OPS_MEMORY_H_

namespace greffe {

// Makes the process give memory back. By default glibc learns from large allocations to keep their
// like in the heap, where what is freed stays in holes, and gives each thread a heap of its own: a
// first sync of 100,000 events then leaves the process twice as large as what it holds. Called
// once, before any thread.
void ReturnFreedMemory();

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_MEMORY_H_
