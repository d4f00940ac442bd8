// Rooms that take no part in reading a document work things out once as well.
export { once } from '../read/once.ts'
