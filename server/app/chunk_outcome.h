#ifndef GREFFE_SERVER_APP_CHUNK_OUTCOME_H_
#define GREFFE_SERVER_APP_CHUNK_OUTCOME_H_

namespace greffe {

// What became of a chunk of an attachment that was given.
struct ChunkOutcome {
  // Written by this; false: it was here before.
  bool written = false;
  // All chunks are here and the whole has the SHA-256 named.
  bool complete = false;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_CHUNK_OUTCOME_H_
