import { access, constants, mkdir } from 'node:fs/promises'
import { reasonOf } from './reason-of.ts'

/**
 * Makes the folder that files will go to, before the work that they come from.
 * @param flag how the command line calls it
 * @throws Error with a code when nothing can be written there
 */
export async function openFolder(flag: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (error) {
    const { code = 'EIO' } = error as NodeJS.ErrnoException
    const reason = reasonOf(error as NodeJS.ErrnoException)
    throw Object.assign(new Error(`${flag} ${folder} cannot be used: ${reason}; name another folder`), { code })
  }
}
