/** The style of the page, as a text: the panel of a page puts it into its own tree. */
declare module '*.css' {
  const text: string
  export default text
}
