/** A JSON value that nobody has looked at yet: any member may be asked for, and may be missing. */
// biome-ignore lint/suspicious/noExplicitAny: parsed text is open data until a room has looked at it
export type Json = any
