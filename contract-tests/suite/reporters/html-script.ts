/**
 * The one script of the report: of items of the class `i` it shows those of the chosen outcome that hold all words and
 * "phrases" of the search, hides groups of the class `g` with nothing to show, and opens what a link leads to.
 */
export const SCRIPT = `
const box = document.getElementById('q')
const said = document.getElementById('found')
const items = [...document.querySelectorAll('.i')]
const groups = document.querySelectorAll('.g')
const nav = document.querySelector('nav')
let texts

const count = (number, noun) => number + ' ' + noun + (number === 1 ? '' : 's')

function narrow() {
  const words = [...box.value.toLowerCase().matchAll(/"([^"]+)"|\\S+/g)].map(([word, phrase]) => phrase ?? word)
  const outcome = nav.querySelector(':checked').value
  if (words.length > 0) texts ??= items.map((item) => (item.title + ' ' + item.textContent).toLowerCase())
  const found = items.filter((item, at) => {
    const isShown = (outcome === '' || item.dataset.o === outcome) && words.every((word) => texts[at].includes(word))
    item.hidden = !isShown
    return isShown
  })
  for (const group of groups) group.hidden = !group.querySelector('.i:not([hidden])')
  document.body.classList.toggle('narrowed', words.length > 0 || outcome !== '')
  document.querySelector('.empty').hidden = found.length > 0
  const findings = found.filter((item) => item.matches('.finding')).length
  const parts = [
    ...(document.querySelector('.finding') ? [count(findings, 'finding')] : []),
    count(found.length - findings, 'case'),
  ]
  said.textContent = words.length > 0 ? parts.join(', ') : ''
}

function search(text) {
  box.value = text
  narrow()
}

function follow() {
  const name = decodeURIComponent(location.hash.slice(1))
  if (name.startsWith('q=')) return search(name.slice(2))
  const target = document.getElementById(name)
  if (!target) return
  if (target.hidden) search('')
  if (target.matches('details')) target.open = true
  target.scrollIntoView()
}

nav.hidden = false
nav.addEventListener('input', narrow)
addEventListener('hashchange', follow)
addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== box && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault()
    box.focus()
    box.select()
  } else if (event.key === 'Escape' && document.activeElement === box) search('')
})
follow()
`
