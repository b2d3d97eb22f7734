#ifndef GREFFE_CORE_BASE_LIMITS_H_
#define GREFFE_CORE_BASE_LIMITS_H_

#include <cstddef>

// Limits that people meet, each tested at n and n + 1.
namespace greffe::limits {

// Fits a line or two of a screen.
inline constexpr std::size_t kTitleCharacters = 500;
// The longest article of the known conventions is a tenth of it; two texts fit an event.
inline constexpr std::size_t kTextBytes = 64 * 1024;
// One event: a frame of 256 KiB holds at least one with its head.
inline constexpr std::size_t kEventBytes = 128 * 1024;
// One act, all its changes together.
inline constexpr std::size_t kActBytes = 4 * 1024 * 1024;
inline constexpr std::size_t kParties = 200;
inline constexpr std::size_t kElements = 5000;
// Offices that sign one revision: the largest known convention has 50.
inline constexpr std::size_t kSignatories = 1000;
// Changes that make one frozen revision: all elements removed and as many put.
inline constexpr std::size_t kRevisionChanges = 2 * kElements;
inline constexpr std::size_t kPartnersPerReplica = 64;
// Roster entries that one replica writes in a convention: five for each party that there may be.
// Authority is looked up among them for every event, and they are held in memory for ever.
inline constexpr std::size_t kRosterEntries = 1000;
// Findings kept of one kind about one event: nobody reads more of them, and one event of 128 KiB
// could give 60,000.
inline constexpr std::size_t kFindingsOfAnEvent = 16;
// Findings of one kind in one answer; how many more there are is said. All kinds together, at the
// length below, stay far below what a reply may hold.
inline constexpr std::size_t kFindingsOfAKind = 100;
// Text of one finding in one language; names in it are what peers wrote.
inline constexpr std::size_t kFindingTextBytes = 4096;
// Remarks, reasons, sources.
inline constexpr std::size_t kRemarkCharacters = 2000;
inline constexpr std::size_t kOfficeCharacters = 200;
inline constexpr std::size_t kIdCharacters = 64;
// Places where one element was read: a sheet of ten pages with every line apart has fewer.
inline constexpr std::size_t kSources = 200;
// Documents that one draft was read from.
inline constexpr std::size_t kDocuments = 100;
// Deeper trees are not conventions.
inline constexpr std::size_t kTreeDepth = 16;
// Branches kept of one forked feed.
inline constexpr std::size_t kBranches = 16;
// One frame between replicas.
inline constexpr std::size_t kFrameBytes = 256 * 1024;
// A head is signed at least this often inside a large commit.
inline constexpr std::size_t kHeadEveryBytes = 128 * 1024;
// Personal value kept apart.
inline constexpr std::size_t kSealedBytes = 2000;
// One attachment: a scan of a hundred pages at 300 dpi in two colours.
inline constexpr std::size_t kAttachmentBytes = 32 * 1024 * 1024;
// A frame holds one chunk and what names it; the digests of 256 of them fit an event.
inline constexpr std::size_t kChunkBytes = 128 * 1024;
// All attachments of one convention together: what every partner's replica must have room for.
inline constexpr std::size_t kAttachmentsBytes = 512 * 1024 * 1024;
inline constexpr std::size_t kAttachments = 1000;
// `type/subtype`, as registries write it.
inline constexpr std::size_t kMediaTypeCharacters = 100;

}  // namespace greffe::limits

#endif  // GREFFE_CORE_BASE_LIMITS_H_
