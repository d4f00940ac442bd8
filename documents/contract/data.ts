/** JSON data. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [name: string]: Data }
