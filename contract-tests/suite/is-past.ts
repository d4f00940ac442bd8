/** What ends like this has happened: `createdAt`, `lastVisit`. When something ends, begins or is due may lie ahead. */
const PAST = /(?:ed|login|logon|seen|sent)(?:At|Time)$|Visit$/i
/** What is told in the same words and may lie ahead. */
const AHEAD = /(?:scheduled|planned|expected|estimated|expired|needed)(?:At|Time)$/i

/** Whether a member says by its name when something happened. */
export const isPast = (name: string): boolean => PAST.test(name) && !AHEAD.test(name)
