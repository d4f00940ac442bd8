/**
 * How many levels of a document are read, each object and list one of them: what goes through schemas, here and in the
 * libraries that compile them, calls itself for each. Nobody writes a hundred schemas one inside the other.
 */
export const DEEPEST = 300
