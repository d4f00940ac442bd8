import { listedUsers } from './attack.ts'

/** Bytes that two readers of HTTP may read differently, or that are no request. A Latin-1 character for a byte. */
export interface HostileLine {
  /** What is wrong, with the section of RFC 9112 that says so. */
  readonly what: string
  readonly bytes: string
  /** `refused`: with 4xx and the end of the connection, and nothing after it is answered; a number: so many replies. */
  readonly want: 'refused' | number
}

const AUTHORIZED = 'Host: localhost\r\nAuthorization: Bearer dyn_example\r\n'
const BODY = `POST ${listedUsers}/bulk HTTP/1.1\r\n${AUTHORIZED}Content-Type: application/json\r\n`
const GET = `GET ${listedUsers} HTTP/1.1\r\n`
/** What would be answered if it were taken for a request of its own. */
const SMUGGLED = `GET ${listedUsers}?smuggled=1 HTTP/1.1\r\n${AUTHORIZED}\r\n`

const refused = (what: string, bytes: string): HostileLine => ({ what, bytes, want: 'refused' })
const read = (what: string, bytes: string, replies = 1): HostileLine => ({ what, bytes, want: replies })

/** Each in the place of the request line of a GET. */
const REQUEST_LINES: readonly (readonly [what: string, line: string])[] = [
  ['no version (2.3)', `GET ${listedUsers}`],
  ['version 0.9 (2.3)', `GET ${listedUsers} HTTP/0.9`],
  ['version 2.0 (2.3)', `GET ${listedUsers} HTTP/2.0`],
  ['version 1.2 (2.3)', `GET ${listedUsers} HTTP/1.2`],
  ['version 1.10 (2.3)', `GET ${listedUsers} HTTP/1.10`],
  ['version in lower case (2.3)', `GET ${listedUsers} http/1.1`],
  ['version without minor (2.3)', `GET ${listedUsers} HTTP/1`],
  ['a space at the beginning (3)', ` GET ${listedUsers} HTTP/1.1`],
  ['a tab between method and target (3)', `GET\t${listedUsers} HTTP/1.1`],
  ['a tab before the version (3)', `GET ${listedUsers}\tHTTP/1.1`],
  ['a space in the target (3.2)', `GET ${listedUsers} x HTTP/1.1`],
  ['something after the version (3)', `GET ${listedUsers} HTTP/1.1 x`],
  ['a space after the version (3)', `GET ${listedUsers} HTTP/1.1 `],
  ['a method in lower case (3.1)', `get ${listedUsers} HTTP/1.1`],
  ['a method that nobody knows (3.1)', `FETCH ${listedUsers} HTTP/1.1`],
  ['a method with a character that is none of a token (3.1)', `G@T ${listedUsers} HTTP/1.1`],
  ['no method (3.1)', `${listedUsers} HTTP/1.1`],
  ['a control character in the target (3.2)', `GET ${listedUsers}\x01 HTTP/1.1`],
  ['a NUL in the target (3.2)', `GET ${listedUsers}\x00 HTTP/1.1`],
  ['a DEL in the target (3.2)', `GET ${listedUsers}\x7f HTTP/1.1`],
  ['bytes beyond ASCII in the target (3.2)', `GET ${listedUsers}?q=\xff\xfe HTTP/1.1`],
  ['a fragment in the target (3.2)', `GET ${listedUsers}#part HTTP/1.1`],
  ['a target without a slash (3.2)', 'GET users HTTP/1.1'],
  ['a target that is a query (3.2)', 'GET ?a=b HTTP/1.1'],
  ['a target that is an asterisk, for GET (3.2.4)', 'GET * HTTP/1.1'],
  ['a target that is an authority, for GET (3.2.3)', 'GET localhost:80 HTTP/1.1'],
  ['a target of another scheme (3.2.2)', `GET ftp://localhost${listedUsers} HTTP/1.1`],
  ['a target without an authority (3.2.2)', `GET http:${listedUsers} HTTP/1.1`],
  ['a target with an empty authority (3.2.2)', `GET http://${listedUsers} HTTP/1.1`],
  ['a target with a user (3.2.2)', `GET http://me:secret@localhost${listedUsers} HTTP/1.1`],
  ['a target with a port that is none (3.2.2)', `GET http://localhost:99999${listedUsers} HTTP/1.1`],
  ['CONNECT without an authority (3.2.3)', `CONNECT ${listedUsers} HTTP/1.1`],
  ['a target with a backslash (3.2)', 'GET \\\\localhost\\users HTTP/1.1'],
  ['a target of 100,000 bytes (3)', `GET /${'a'.repeat(100_000)} HTTP/1.1`],
  ['the preface of HTTP/2 (2.3)', 'PRI * HTTP/2.0'],
]

/** Each among the header fields of a GET. */
const HEADERS: readonly (readonly [what: string, lines: string])[] = [
  ['a space before the colon (5.1)', 'X-A : b'],
  ['a tab before the colon (5.1)', 'X-A\t: b'],
  ['no colon (5)', 'X-A'],
  ['no name (5.1)', ': b'],
  ['a name with a space (5.1)', 'X A: b'],
  ['a name in brackets (5.1)', 'X(A): b'],
  ['a name with a NUL (5.1)', 'X\x00A: b'],
  ['a name beyond ASCII (5.1)', 'X-\xc4: b'],
  ['a value with a NUL (5.5)', 'X-A: b\x00c'],
  ['a value with a lone CR (2.2)', 'X-A: b\rX-B: c'],
  ['a value with a control character (5.5)', 'X-A: b\x01c'],
  ['a value with a DEL (5.5)', 'X-A: b\x7fc'],
  ['a value that is folded by a space (5.2)', 'X-A: b\r\n c'],
  ['a value that is folded by a tab (5.2)', 'X-A: b\r\n\tc'],
  ['a second Host (3.2)', 'Host: localhost'],
  ['a second Host, another one (3.2)', 'Host: elsewhere.example'],
  ['lines that end with LF alone (2.2)', 'X-A: b\nX-B: c'],
  ['20,000 bytes of one header (3)', `X-A: ${'b'.repeat(20_000)}`],
  ['5,000 headers (3)', Array.from({ length: 5000 }, (_, at) => `x${at}: b`).join('\r\n')],
]

/** Each in the place of Host. */
const HOSTS: readonly (readonly [what: string, lines: string])[] = [
  ['no Host (3.2)', ''],
  ['Host with a space (3.2)', 'Host: local host\r\n'],
  ['Host with a path (3.2)', 'Host: localhost/x\r\n'],
  ['Host with a user (3.2)', 'Host: me@localhost\r\n'],
  ['Host with two names (3.2)', 'Host: localhost, elsewhere.example\r\n'],
  ['Host with a port that is none (3.2)', 'Host: localhost:port\r\n'],
  ['Host with a scheme (3.2)', 'Host: http://localhost\r\n'],
  ['Host with a space before its colon (5.1)', 'Host : localhost\r\n'],
  ['Host that is folded (5.2)', 'Host:\r\n localhost\r\n'],
  ['Host with a quote (3.2)', 'Host: "localhost"\r\n'],
]

/** Lengths beside each other, each with what a body may be. */
const FRAMINGS: readonly (readonly [what: string, lines: string, body: string])[] = [
  ['length and chunks (6.1)', 'Content-Length: 4\r\nTransfer-Encoding: chunked', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['chunks and length (6.1)', 'Transfer-Encoding: chunked\r\nContent-Length: 4', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['two lengths that differ (6.3)', 'Content-Length: 4\r\nContent-Length: 6', '[{}]'],
  ['two lengths that are the same (6.3)', 'Content-Length: 4\r\nContent-Length: 4', '[{}]'],
  ['a list of lengths (6.3)', 'Content-Length: 4, 4', '[{}]'],
  ['a list of lengths that differ (6.3)', 'Content-Length: 4, 6', '[{}]'],
  ['a length with a sign (6.2)', 'Content-Length: +4', '[{}]'],
  ['a negative length (6.2)', 'Content-Length: -1', '[{}]'],
  ['a length in hexadecimal (6.2)', 'Content-Length: 0x4', '[{}]'],
  ['a length with a fraction (6.2)', 'Content-Length: 4.0', '[{}]'],
  ['a length with an exponent (6.2)', 'Content-Length: 4e0', '[{}]'],
  ['a length with a space in it (6.2)', 'Content-Length: 4 4', '[{}]'],
  ['a length that is empty (6.2)', 'Content-Length:', '[{}]'],
  ['a length in words (6.2)', 'Content-Length: four', '[{}]'],
  ['a length with an underscore (6.2)', 'Content-Length: 4_0', '[{}]'],
  ['a length beyond 64 bits (6.3)', 'Content-Length: 99999999999999999999', '[{}]'],
  ['a length with a space before its colon (5.1)', 'Content-Length : 4', '[{}]'],
  ['an encoding with a space before its colon (5.1)', 'Transfer-Encoding : chunked', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['an encoding that nobody knows (6.1)', 'Transfer-Encoding: xchunked', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['an encoding that is identity (6.1)', 'Transfer-Encoding: identity', '[{}]'],
  ['an encoding that is gzip alone (6.1)', 'Transfer-Encoding: gzip', '[{}]'],
  ['chunked that is not the last (6.1)', 'Transfer-Encoding: chunked, gzip', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['chunked before gzip, in two lines (6.1)', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip', '0\r\n\r\n'],
  ['chunked twice (6.1)', 'Transfer-Encoding: chunked, chunked', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['chunked twice, in two lines (6.1)', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', '0\r\n\r\n'],
  ['chunked in quotes (6.1)', 'Transfer-Encoding: "chunked"', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['chunked with a parameter (7)', 'Transfer-Encoding: chunked;a=b', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['chunked after a vertical tab (6.1)', 'Transfer-Encoding: \x0bchunked', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['chunked that is folded (5.2)', 'Transfer-Encoding:\r\n chunked', '4\r\n[{}]\r\n0\r\n\r\n'],
  ['an encoding that is empty (6.1)', 'Transfer-Encoding:', '[{}]'],
]

/** Bodies in chunks. */
const CHUNKS: readonly (readonly [what: string, body: string])[] = [
  ['a size in words (7.1)', 'four\r\n[{}]\r\n0\r\n\r\n'],
  ['a size with a sign (7.1)', '+4\r\n[{}]\r\n0\r\n\r\n'],
  ['a negative size (7.1)', '-4\r\n[{}]\r\n0\r\n\r\n'],
  ['a size with 0x (7.1)', '0x4\r\n[{}]\r\n0\r\n\r\n'],
  ['a size beyond 64 bits (7.1)', '10000000000000004\r\n[{}]\r\n0\r\n\r\n'],
  ['a size that is empty (7.1)', '\r\n[{}]\r\n0\r\n\r\n'],
  ['a space before the size (7.1)', ' 4\r\n[{}]\r\n0\r\n\r\n'],
  ['a space after the size (7.1.1)', '4 \r\n[{}]\r\n0\r\n\r\n'],
  ['a size that is too small (7.1)', '3\r\n[{}]\r\n0\r\n\r\n'],
  ['no line end after the data (7.1)', '4\r\n[{}]0\r\n\r\n'],
  ['LF alone after the size (7.1)', '4\n[{}]\r\n0\r\n\r\n'],
  ['LF alone after the data (7.1)', '4\r\n[{}]\n0\r\n\r\n'],
  ['CR alone after the size (7.1)', '4\r[{}]\r\n0\r\n\r\n'],
  ['an extension with a line feed (7.1.1)', '4;a\nb\r\n[{}]\r\n0\r\n\r\n'],
  ['an extension of 20,000 bytes (7.1.1)', `4;${'a'.repeat(20_000)}\r\n[{}]\r\n0\r\n\r\n`],
  ['a trailer without a colon (7.1.2)', '4\r\n[{}]\r\n0\r\nX\r\n\r\n'],
  ['a trailer with a space before its colon (7.1.2)', '4\r\n[{}]\r\n0\r\nX : y\r\n\r\n'],
  ['a trailer that is folded (7.1.2)', '4\r\n[{}]\r\n0\r\nX: y\r\n z\r\n\r\n'],
  ['trailers of 100,000 bytes (7.1.2)', `4\r\n[{}]\r\n0\r\n${`X: ${'y'.repeat(1000)}\r\n`.repeat(100)}\r\n`],
]

/** The list: what is not named in RFC 9112 is none of it. */
export const LINES: readonly HostileLine[] = [
  ...REQUEST_LINES.map(([what, line]) => refused(what, `${line}\r\n${AUTHORIZED}\r\n`)),
  ...HEADERS.map(([what, lines]) => refused(what, `${GET}${AUTHORIZED}${lines}\r\n\r\n`)),
  ...HOSTS.map(([what, lines]) => refused(what, `${GET}${lines}Authorization: Bearer dyn_example\r\n\r\n`)),
  ...FRAMINGS.map(([what, lines, body]) =>
    refused(`${what}, then another request`, `${BODY}${lines}\r\n\r\n${body}${SMUGGLED}`),
  ),
  ...CHUNKS.map(([what, body]) =>
    refused(`${what}, then another request`, `${BODY}Transfer-Encoding: chunked\r\n\r\n${body}${SMUGGLED}`),
  ),
  refused(
    'a client of HTTP/1.0 that sends chunks (6.1)',
    `${BODY.replace('HTTP/1.1', 'HTTP/1.0')}Transfer-Encoding: chunked\r\n\r\n4\r\n[{}]\r\n0\r\n\r\n${SMUGGLED}`,
  ),
  refused('an empty line between line and headers (2.2)', `${GET}\r\n${AUTHORIZED}\r\n`),
  refused('white space between line and headers (2.2)', `${GET} X: y\r\n${AUTHORIZED}\r\n`),
  refused('the beginning of TLS (2.2)', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  refused('only line ends, then noise (2.2)', '\r\n\r\n\x00\x00\x00\x00\r\n\r\n'),
  read(
    'two spaces after the method, which may be read as one (3)',
    `${GET.replace(' ', '  ')}${AUTHORIZED}Connection: close\r\n\r\n`,
  ),
  read(
    'two spaces after the target, which may be read as one (3)',
    `${GET.replace(' HTTP', '  HTTP')}${AUTHORIZED}Connection: close\r\n\r\n`,
  ),
  read(
    'quotes and brackets in a query, as clients send them (3.2)',
    `${GET.replace(' HTTP', '?q={"a":[<1>]} HTTP')}${AUTHORIZED}Connection: close\r\n\r\n`,
  ),
  read('an empty line before the request line (2.2)', `\r\n${GET}${AUTHORIZED}Connection: close\r\n\r\n`),
  read('an empty Host (3.2)', `${GET}Host:\r\nAuthorization: Bearer dyn_example\r\nConnection: close\r\n\r\n`),
  read(
    'a target in absolute form (3.2.2)',
    `GET http://localhost${listedUsers} HTTP/1.1\r\n${AUTHORIZED}Connection: close\r\n\r\n`,
  ),
  read('OPTIONS * (3.2.4)', `OPTIONS * HTTP/1.1\r\n${AUTHORIZED}Connection: close\r\n\r\n`),
  read('a body of a GET (6)', `${GET}${AUTHORIZED}Content-Length: 4\r\n\r\n[{}]${SMUGGLED}`, 2),
  read(
    'extensions of chunks (7.1.1)',
    `${BODY}Transfer-Encoding: chunked\r\n\r\n4;a=b;c="d"\r\n[{}]\r\n0\r\n\r\n${SMUGGLED}`,
    2,
  ),
  read('zeros before a size (7.1)', `${BODY}Transfer-Encoding: chunked\r\n\r\n0004\r\n[{}]\r\n0\r\n\r\n${SMUGGLED}`, 2),
  read('trailers (7.1.2)', `${BODY}Transfer-Encoding: chunked\r\n\r\n4\r\n[{}]\r\n0\r\nX: y\r\n\r\n${SMUGGLED}`, 2),
  read('Chunked in capitals (7)', `${BODY}Transfer-Encoding: Chunked\r\n\r\n4\r\n[{}]\r\n0\r\n\r\n${SMUGGLED}`, 2),
  read('zeros before a length (6.2)', `${BODY}Content-Length: 0004\r\n\r\n[{}]${SMUGGLED}`, 2),
  read('pipelined requests (9.3.2)', SMUGGLED.repeat(5), 5),
  read('what comes after close is not read (9.6)', `${GET}${AUTHORIZED}Connection: close\r\n\r\n${SMUGGLED}`),
  read('HTTP/1.0 without Host (3.2)', `GET ${listedUsers} HTTP/1.0\r\nAuthorization: Bearer dyn_example\r\n\r\n`),
  read('HTTP/1.0 closes by itself (9.3)', `GET ${listedUsers} HTTP/1.0\r\n${AUTHORIZED}\r\n${SMUGGLED}`),
]
