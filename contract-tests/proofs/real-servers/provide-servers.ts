import { findPowerDns } from './find-powerdns.ts'

/** Before the tests that need them: an installation happens once, under no time limit of a test. */
export default async function provideServers(): Promise<void> {
  await findPowerDns()
}
