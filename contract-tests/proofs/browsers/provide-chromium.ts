import { findChromium } from './find-chromium.ts'

/** Before the tests that need a browser: an installation happens once, not in several files at once under a time limit. */
export default async function provideChromium(): Promise<void> {
  await findChromium()
}
