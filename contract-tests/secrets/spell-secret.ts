/**
 * How a secret may look in a text but for its case and for the escapes of JSON, HTML and URLs: as it is, and in base64,
 * wherever it stands in what was encoded (`user:` before it, in Basic credentials).
 */
export function spellSecret(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret)
  const encoded = [0, 1, 2].map((before) => {
    const code = btoa(String.fromCharCode(...new Uint8Array(before), ...bytes))
    // Characters at the ends also hold bits of what stands beside the secret.
    const [first, last] = [Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)]
    return code.slice(first, last)
  })
  return [secret, ...encoded, ...encoded.map((code) => code.replaceAll('+', '-').replaceAll('/', '_'))]
}
