/** What can be no name becomes one (XML 1.0, section 2.3): other letters underlines, a digit does not come first. */
export const nameElement = (text: string): string =>
  text.replace(/[^\p{L}\p{N}_.-]/gu, '_').replace(/^(?=[^\p{L}_])|^$/u, '_')
