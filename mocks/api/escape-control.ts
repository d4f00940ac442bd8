/** What comes from outside must not move the cursor or fake a line where it is printed: control characters as `\x1b`. */
export const escapeControl = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, (char) => `\\x${char.charCodeAt(0).toString(16)}`)
