/**
 * How a secret may look in a text but for its case and for the escapes of JSON, HTML and URLs: as it is, and in base64,
 * wherever it stands in what was encoded (`user:` before it, in Basic credentials).
 */
export function spellSecret(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret)
  const encoded = [0, 1, 2].map((before) => {
    const code = toBase64(bytes, before)
    // Characters at the ends also hold bits of what stands beside the secret.
    const [first, last] = [Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)]
    return code.slice(first, last)
  })
  return [secret, ...encoded, ...encoded.map((code) => code.replaceAll('+', '-').replaceAll('/', '_'))]
}

/** With so many bytes before them. In a page there is no `Buffer`. */
export const toBase64 = (bytes: Uint8Array, before = 0): string =>
  btoa('\0'.repeat(before) + Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
