import type { Document } from '../read/read-document.ts'
import type { Server } from './contract.ts'

/** A document's servers, variables filled with their defaults. */
export const readServers = ({ servers = [] }: Document): Server[] =>
  servers.map(({ url, variables }) => ({
    template: url,
    url: url.replace(/\{([^}]+)\}/g, (whole, name: string) => variables?.[name]?.default ?? whole),
  }))
