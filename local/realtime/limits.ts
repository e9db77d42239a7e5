/** Numbers of the Pusher Channels documentation and of the two client libraries, read 2026-11. */

/** Larger event data is answered 413. */
export const EVENT_DATA_MAX_BYTES = 10_240;
/** A request body above this is refused unread: ten batch events of the largest size, escaped twice. */
export const REQUEST_MAX_BYTES = 1_048_576;
/** One trigger may name at most so many channels. */
export const CHANNELS_PER_EVENT_MAX = 100;
/** One batch carries at most so many events. */
export const BATCH_MAX_COUNT = 10;
export const EVENT_NAME_MAX_LENGTH = 200;
export const CHANNEL_NAME_MAX_LENGTH = 200;
/** A request whose timestamp is further off than this is answered 401. */
export const TIMESTAMP_TOLERANCE_SECONDS = 600;

export const PRESENCE_MEMBERS_MAX = 100;
export const USER_ID_MAX_LENGTH = 128;
export const USER_INFO_MAX_BYTES = 1_024;

/** After so much silence of a client the server asks whether it is still there. */
export const ACTIVITY_TIMEOUT_MS = 120_000;
/** A client that does not answer the ping within this time is closed with 4201. */
export const PONG_TIMEOUT_MS = 30_000;
/** Client events above this rate are dropped and answered with error 4301. */
export const CLIENT_EVENTS_PER_SECOND = 10;

/** Chosen by us: a frame larger than this can only be a mistake, the socket is closed by the library (1009). */
export const FRAME_MAX_BYTES = 65_536;
/** Chosen by us: a browser with this much unsent data is not reading; it is dropped and fetches what it missed. */
export const SOCKET_BUFFER_MAX_BYTES = 1_048_576;
/** Chosen by us: above it a new connection is refused with 4004. */
export const CONNECTIONS_MAX = 10_000;
