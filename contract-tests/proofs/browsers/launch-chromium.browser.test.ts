import { describe, expect, it } from 'vitest'
import { launchChromium } from './launch-chromium.ts'

describe('launchChromium', () => {
  it('starts a Chromium that runs scripts', async () => {
    await using browser = await launchChromium()
    const page = await browser.newPage()
    expect(await page.evaluate(() => navigator.userAgent)).toContain('Chrome/')
  })
})
