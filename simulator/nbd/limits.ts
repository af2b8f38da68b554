/**
 * Every bound of the NBD export that a client or the passing of time could otherwise grow without end,
 * each with its unit in the name and its reason. It knows nothing of what is exported.
 */

export const NBD_LIMITS = {
  // The listener.
  /** Open connections: some volumes at once, each with the 4 to 16 connections of a parallel copy. */
  connections: 64,
  /** From the connection to the request for an export: enough to ask about each of 10,000 exports. */
  handshakeTimeoutMs: 30_000,
  /** A client that owes the rest of a message, or does not take its replies; an idle one owes nothing. */
  stallTimeoutMs: 60_000,
  /** How long the clients of a withdrawn export may still ask, to be told why, before they are cut off. */
  withdrawalGraceMs: 1_000,

  // The handshake.
  /** Data of one option: the longest name and a few dozen queries. */
  optionBytes: 64 * 1024,
  /** Name of an export, query of a context: the bound that the protocol states for any string. */
  stringBytes: 4_096,
  /** Queries in one option; real clients send one to three. */
  contextQueries: 64,
  /** Exports in one list: what listing clients accept. */
  listedExports: 10_000,

  // One request.
  /** Data of one read or write: the length that the protocol asks every server to accept. */
  payloadBytes: 32 * 1024 * 1024,
  /** Advertised as preferred: the page of the systems that will read. */
  preferredBlockBytes: 4_096,
  /** Data of one chunk of a structured reply, so that a long read never lies in memory whole. */
  chunkBytes: 1024 * 1024,
  /** Extents in one block status reply; the client asks again from where it ends. */
  statusExtents: 4_096,
  /** Characters of an error message: a line or two for people, within the protocol's bound. */
  messageCharacters: 500,

  // One connection.
  /** Requests worked on at once; above it no further one is read. Clients keep 16 to 64 on the way. */
  requestsInFlight: 64,
  /** Data of those requests in memory; at least one of the greatest must fit. */
  bytesInFlight: 32 * 1024 * 1024,
} as const;

/** The bounds in force; tests shorten the waits. */
export type NbdLimits = Readonly<Record<keyof typeof NBD_LIMITS, number>>;
