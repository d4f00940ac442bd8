import { type Browser, chromium, type LaunchOptions } from 'playwright'
import { findChromium } from './find-chromium.ts'

/** Starts the Chromium that is found, headless; close it, or let `await using` do it. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await findChromium()
  // As root, and in most containers, Chromium cannot start its sandbox. It opens our own pages alone.
  return chromium.launch({ executablePath, chromiumSandbox: false, ...options })
}
