/** One level of braces may stand in a template: `{id:\d{3}}`. */
const TEMPLATE = /\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/g

/**
 * A path whose templates are names alone. Frameworks write more into them (`{ id }`, `{id:int}`, `{path*}`, `{proxy+}`), or
 * write them in another way (`/:id`).
 * @param declared names of the path's parameters
 */
export function readTemplates(path: string, declared: ReadonlySet<string>): string {
  const named = path.replace(TEMPLATE, (template, inner: string) => {
    // What begins so is of the query (RFC 6570).
    if (declared.has(inner) || /^[?&#]/.test(inner)) return template
    const [, name = ''] = /^\s*[+.;*/]?\s*([\w.-]+?)\s*(?:[*+?!]|[:<(].*)?\s*$/s.exec(inner) ?? []
    return name === '' ? template : `{${name}}`
  })
  return named.replace(/\/:([A-Za-z_]\w*)(?=\/|$)/g, (segment, name: string) =>
    declared.has(name) && !named.includes(`{${name}}`) ? `/{${name}}` : segment,
  )
}
