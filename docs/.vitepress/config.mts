import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

/** Only an owner can name it; until then what lies outside of these pages is named and not linked. */
const { repository } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const source: string | undefined = repository?.url?.replace(/^git\+|\.git$/g, '')

const page = (text: string, name: string) => ({ text, link: `/${name}` })

export default defineConfig({
  title: 'rollcall',
  description:
    'From one OpenAPI document: types, a mock that remembers, data, and a contract suite for the real thing.',
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    config(md) {
      // Links of tokens: a link to `../x` leads out of the pages.
      md.core.ruler.push('links-out', ({ tokens }) => {
        for (const { children } of tokens) {
          for (const [at, token] of (children ?? []).entries()) {
            const href = token.type === 'link_open' ? token.attrGet('href') : null
            if (!href?.startsWith('../')) continue
            if (source) {
              token.attrSet('href', `${source}/blob/main/${href.slice(3)}`)
              continue
            }
            const close = children?.slice(at).find(({ type }) => type === 'link_close')
            for (const one of [token, close])
              if (one) Object.assign(one, { type: 'text', tag: '', content: '', nesting: 0 })
          }
        }
      })
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: [
      {
        text: 'Start',
        items: [
          page('I build a front end', 'start-front-end'),
          page('I verify an implementation', 'start-verify'),
          page('I have a document of my own', 'start-own-document'),
        ],
      },
      {
        text: 'The mock',
        items: [
          page('Command line and program', 'mock'),
          page('Configuration', 'configuration'),
          page('Failures on demand', 'failures'),
          page('Control API', 'control-api'),
          page('Inspector', 'inspector'),
          page('Data', 'data'),
          page('A sandbox for several people', 'shared-sandbox'),
          page('An image', 'image'),
        ],
      },
      {
        text: 'In your project',
        items: [
          page('MSW', 'msw'),
          page('Vitest and Playwright', 'tests'),
          page('Generated clients', 'clients'),
          page('Prism', 'prism'),
        ],
      },
      {
        text: 'Documents',
        items: [
          page('Of your own', 'own-documents'),
          page('x- extensions', 'extensions'),
          page('Behaviours', 'behaviours'),
        ],
      },
      {
        text: 'Built in',
        items: [page('Dynamic', 'dynamic'), page('Royalti.io', 'royalti'), page('Descope', 'descope')],
      },
      { text: 'Verifying', items: [page('An implementation', 'verify'), page('Evidence', 'evidence')] },
      { text: 'About', items: [page('Promises', 'promises'), page('Decisions', 'decisions')] },
    ],
  },
})
