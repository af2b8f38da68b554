/**
 * The numbers of the NBD protocol that this server speaks: magics, options, replies, flags, commands and
 * errors, as stated by the protocol document of the NBD project (doc/proto.md). All on the wire is in
 * network byte order. Nothing but constants is here.
 */

export const MAGIC = {
  /** "NBDMAGIC", the server's first word. */
  greeting: 0x4e42444d41474943n,
  /** "IHAVEOPT": after the greeting, and before each option of the client. */
  option: 0x49484156454f5054n,
  optionReply: 0x0003e889045565a9n,
  request: 0x25609513,
  simpleReply: 0x67446698,
  chunk: 0x668e33ef,
} as const;

/** Handshake flags; the client's have the same bits. */
export const HANDSHAKE = { fixedNewstyle: 1, noZeroes: 2 } as const;

export const OPTION = {
  exportName: 1,
  abort: 2,
  list: 3,
  startTls: 5,
  info: 6,
  go: 7,
  structuredReply: 8,
  listMetaContext: 9,
  setMetaContext: 10,
} as const;

/** Reply types of the handshake; errors have bit 31 set. */
export const OPTION_REPLY = {
  ack: 1,
  server: 2,
  info: 3,
  metaContext: 4,
  unsupported: 0x80000001,
  policy: 0x80000002,
  invalid: 0x80000003,
  unknown: 0x80000006,
  tooBig: 0x80000009,
} as const;

export const INFO = { export: 0, name: 1, blockSize: 3 } as const;

/** What an export offers; bits of the transmission flags. */
export const EXPORT_FLAG = {
  hasFlags: 1 << 0,
  readOnly: 1 << 1,
  flush: 1 << 2,
  fua: 1 << 3,
  trim: 1 << 5,
  writeZeroes: 1 << 6,
  dontFragment: 1 << 7,
  multiConn: 1 << 8,
} as const;

export const COMMAND = {
  read: 0,
  write: 1,
  disconnect: 2,
  flush: 3,
  trim: 4,
  writeZeroes: 6,
  blockStatus: 7,
} as const;

export const COMMAND_FLAG = { fua: 1, noHole: 2, dontFragment: 4, oneExtent: 8 } as const;

/** Types of chunks of a structured reply; errors have bit 15 set. */
export const CHUNK = { none: 0, data: 1, hole: 2, blockStatus: 5, error: 0x8001 } as const;

/** Flag of the last chunk of a reply. */
export const CHUNK_DONE = 1;

/** The one metadata context offered, and the number that stands for it on a connection. */
export const ALLOCATION = { name: 'base:allocation', id: 1 } as const;

/** Status flags of `base:allocation`. */
export const EXTENT_FLAG = { hole: 1, zero: 2 } as const;

export const ERROR = {
  EPERM: 1,
  EIO: 5,
  EINVAL: 22,
  ENOSPC: 28,
  ESHUTDOWN: 108,
} as const;

/** Lengths of fixed messages, in bytes. */
export const SIZE = {
  option: 16,
  optionReply: 20,
  request: 28,
  simpleReply: 16,
  chunk: 20,
} as const;
