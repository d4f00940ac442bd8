/**
 * The one script of the report: it hides what does not hold all words of the search, and opens what a link leads to. The
 * choice of outcomes works without it.
 */
export const SCRIPT = `
const box = document.getElementById('q')
const said = document.getElementById('found')
const items = [...document.querySelectorAll('.i')]
let texts
box.parentElement.hidden = false

const number = (count, noun) => count + ' ' + noun + (count === 1 ? '' : 's')

function search() {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean)
  texts ??= items.map((item) => (item.title + ' ' + item.textContent).toLowerCase())
  const found = items.filter((item, at) => {
    item.hidden = !words.every((word) => texts[at].includes(word))
    return !item.hidden
  })
  document.body.classList.toggle('searching', words.length > 0)
  const findings = found.filter((item) => item.matches('.finding')).length
  const parts = [
    ...(items.some((item) => item.matches('.finding')) ? [number(findings, 'finding')] : []),
    number(found.length - findings, 'case'),
  ]
  said.textContent = words.length > 0 ? parts.join(', ') : ''
}

function follow() {
  const name = decodeURIComponent(location.hash.slice(1))
  if (name.startsWith('q=')) {
    box.value = name.slice(2)
    search()
    return
  }
  const target = document.getElementById(name)
  if (!target) return
  if (target.hidden) {
    box.value = ''
    search()
  }
  if (target.matches('details')) target.open = true
  target.scrollIntoView()
}

box.addEventListener('input', search)
addEventListener('hashchange', follow)
addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== box && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    box.focus()
    box.select()
  } else if (event.key === 'Escape' && document.activeElement === box) {
    box.value = ''
    search()
  }
})
follow()
`
