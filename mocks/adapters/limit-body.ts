/** 50 rows with 512 KB of metadata each are about 25 MiB. In a file without Node's types, which a caller may not have. */
export const MAX_BODY_BYTES = 25 * 1024 * 1024
