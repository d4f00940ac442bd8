import { access, constants, mkdir } from 'node:fs/promises'

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of it is a file',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
}

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
    const { code = 'EIO', message } = error as NodeJS.ErrnoException
    throw Object.assign(
      new Error(`${flag} ${folder} cannot be used: ${REASONS[code] ?? message}; name another folder`),
      {
        code,
      },
    )
  }
}
