// biome-ignore lint/suspicious/noExplicitAny: parsed text is open data until a room has looked at it
export type Json = any
